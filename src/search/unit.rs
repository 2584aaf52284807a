//! What is searched: a portal as sheets (a document, a register entry, a register page) of units (a decision, an agenda
//! item, a section). How a portal becomes sheets is in `sheet.rs`.

use crate::model::{Applies, Date};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A document or register entry with all of its units.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Id of the document or entry: `moten/2026-01-29-lanschefsnatverket`.
    pub id: String,
    /// Of its page, from the site's root: `moten/x.html`; of a glossary term with its anchor.
    pub url: String,
    pub title: String,
    /// Id and names of its body, the name to show first.
    pub body: Option<Label>,
    pub date: Option<Date>,
    pub status: Option<Label>,
    pub topics: Vec<Label>,
    pub county: Option<String>,
    /// Words that lead to all units: the body's names, the date, the topics.
    pub context: String,
    /// What the entry is called, when a question for just that name should lead here first.
    pub names: Vec<String>,
    /// Words that lead here when the question asks (`vilka`, `när`).
    pub leads: Vec<String>,
    /// The first one stands for the whole sheet.
    pub units: Vec<Unit>,
}

/// A stable key, what it is called, and other names that a filter may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub key: String,
    pub name: String,
    pub also: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Unit {
    pub kind: UnitKind,
    /// Within the page: `b-6b-1`; `None` for the whole of it.
    pub anchor: Option<String>,
    pub title: String,
    /// Plain text, shown in hits.
    pub text: String,
    /// Searched as the text is, and not shown: facts that the page tells in other words.
    pub words: String,
    pub tone: Tone,
}

/// Whether a unit says something of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Formalities: found, but after everything else.
    Formal,
    /// Register entries: after what documents say.
    Register,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum UnitKind {
    #[serde(rename = "beslut")]
    Decision,
    #[serde(rename = "punkt")]
    Item,
    #[serde(rename = "avsnitt")]
    Section,
    #[serde(rename = "överenskommelse")]
    Agreement,
    #[serde(rename = "uppdrag")]
    Assignment,
    #[serde(rename = "möte")]
    Meeting,
    #[serde(rename = "organ")]
    Body,
    #[serde(rename = "ämne")]
    Topic,
    #[serde(rename = "begrepp")]
    Term,
    #[serde(rename = "sida")]
    Page,
}

impl UnitKind {
    /// With the key of the JSON answer and the word that readers see.
    pub const ALL: [(Self, &'static str, &'static str); 10] = [
        (Self::Decision, "beslut", "Beslut"),
        (Self::Item, "punkt", "Ärenden"),
        (Self::Section, "avsnitt", "Avsnitt"),
        (Self::Agreement, "överenskommelse", "Överenskommelser"),
        (Self::Assignment, "uppdrag", "Uppdrag"),
        (Self::Meeting, "möte", "Möten"),
        (Self::Body, "organ", "Organ"),
        (Self::Topic, "ämne", "Ämnen"),
        (Self::Term, "begrepp", "Begrepp"),
        (Self::Page, "sida", "Sidor"),
    ];

    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// Where a sheet stands among others at equal relevance: in force before not, newer before older, then by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Standing {
    pub class: Class,
    pub date: Reverse<Option<Date>>,
    pub id: String,
}

/// What leads to the portal's documents, or tells of the portal itself, comes last, so that its units are a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    Current,
    /// An agreement that no longer applies.
    Past,
    /// Entries of registers, and pages.
    Aside,
}

impl From<Applies> for Class {
    fn from(applies: Applies) -> Self {
        if applies == Applies::No { Self::Past } else { Self::Current }
    }
}
