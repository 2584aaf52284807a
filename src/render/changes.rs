//! What has changed since the build before, for the feeds: of each document and decision, a digest of what the edition
//! shows of it, and the day on which a build found another one.
//!
//! The site carries the list (`andringar.json`), so that the next build into the same folder can compare with it. It is
//! made of the edition alone: what the edition may not hold cannot make anything change.

use super::feeds::dated;
use crate::model::{Agreement, Date, Document, Formality, Kind, MARKDOWN, Meeting, Portal};
use pulldown_cmark::{Parser, html::push_html};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The list's name in the output.
pub const CHANGES: &str = "andringar.json";

/// How digests are made. Those of another form tell nothing.
const FORM: u32 = 1;

/// By the entry's id within the feeds: a document's, or a document's and a decision's anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    form: u32,
    entries: BTreeMap<String, Shown>,
}

/// What an entry showed, and when a build last found that this was not what it had shown before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    parts: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub day: Date,
    /// The parts that changed; none when the entry was new.
    pub parts: Vec<String>,
}

impl Changes {
    /// What the portal shows, compared with `before`: the list of the same edition's earlier build, as it stands in its
    /// file. Without one that can be read nothing has changed.
    pub fn since(portal: &Portal, before: Option<&[u8]>) -> Self {
        let before = before.and_then(|json| serde_json::from_slice::<Self>(json).ok());
        let told: Vec<_> = portal.documents.par_iter().flat_map_iter(|document| shown(portal, document)).collect();
        let entries = told.into_iter().map(|(id, dating, parts)| {
            let changed = match &before {
                Some(before) => before.change(&id, &parts, portal.today),
                None => (dating == Dating::None).then(|| Change { day: portal.today, parts: Vec::new() }),
            };
            (id, Shown { parts, changed })
        });
        Self { form: FORM, entries: entries.collect() }
    }

    fn change(&self, id: &str, parts: &BTreeMap<String, String>, today: Date) -> Option<Change> {
        let Some(held) = self.entries.get(id) else { return Some(Change { day: today, parts: Vec::new() }) };
        let other = parts.iter().filter(|(name, digest)| held.parts.get(*name) != Some(*digest));
        let other: Vec<String> = other.map(|(name, _)| name.clone()).collect();
        if other.is_empty() || self.form != FORM {
            return held.changed.clone();
        }
        Some(Change { day: today, parts: other })
    }

    /// When a build last found the entry changed; `None` when no two builds have differed in it.
    pub fn of(&self, id: &str) -> Option<&Change> {
        self.entries.get(id)?.changed.as_ref()
    }

    /// As it stands in the file.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("texts, numbers and days are JSON");
        json.push(b'\n');
        json
    }
}

/// Whether the content gives an entry a day that has come. What it gives none was made known by its first build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dating {
    Past,
    None,
}

impl Dating {
    fn of(portal: &Portal, mut days: impl Iterator<Item = Date>) -> Self {
        if days.any(|day| day <= portal.today) { Self::Past } else { Self::None }
    }
}

/// The entries of a document, with the digests of their parts.
fn shown(portal: &Portal, document: &Document) -> Vec<(String, Dating, BTreeMap<String, String>)> {
    if matches!(document.kind, Kind::Page(_)) {
        return Vec::new();
    }
    let dating = Dating::of(portal, dated(portal, document).map(|(day, _)| day));
    let own = (document.id.to_string(), dating, parts(portal, document));
    let decisions = document.decisions().iter().filter(|decision| decision.formality == Formality::Substantive);
    let decisions = decisions.map(|decision| {
        let parts = BTreeMap::from([("ordalydelse".to_owned(), digest(&decision.text))]);
        let dating = Dating::of(portal, document.date.into_iter());
        (format!("{}/{}", document.id, decision.id.anchor()), dating, parts)
    });
    std::iter::once(own).chain(decisions).collect()
}

/// Digests of what a reader sees of a document. Nothing in them tells where in its file it stands: that changes with what
/// the edition does not show.
fn parts(portal: &Portal, document: &Document) -> BTreeMap<String, String> {
    let Document {
        id,
        title,
        date,
        body,
        topics,
        summary,
        dnr,
        version,
        versions,
        attachments,
        replaces,
        founded_on,
        relates,
        original,
        county,
        kind,
        text: _,
        visibility: _,
        quality: _,
        proofread: _,
        aliases: _,
        draft: _,
        cut: _,
        place: _,
    } = document;
    let original = original.as_ref().map(|original| (&original.file, &original.held_by));
    let facts = (title, date, body, topics, summary, dnr, version, versions, county);
    let related = (attachments, replaces, founded_on, relates, original);
    let mut parts = BTreeMap::from([("text".to_owned(), digest(&html(document)))]);
    let mut tell = |name: &str, shown: &dyn Debug| {
        parts.insert(name.to_owned(), digest(&format!("{shown:?}")));
    };
    match kind {
        Kind::Agreement(agreement) => {
            let acts = portal.backlinks(id).iter().filter(|backlink| backlink.relation.acts());
            let acts: Vec<_> = acts.map(|act| (act.relation, &portal.at(act.from).id, &act.decision)).collect();
            let Agreement { form, parties, target_group, events, adoptions, builds_on, notice, contradictions } =
                agreement;
            tell("giltighet", &(events, adoptions, acts));
            tell("uppgifter", &(facts, related, form, parties, target_group, builds_on, notice, contradictions));
        }
        Kind::Assignment(assignment) => tell("uppgifter", &(facts, related, assignment)),
        Kind::Meeting(Meeting { form, venue, decisions, reported, .. }) => {
            let decisions: Vec<_> =
                decisions.iter().map(|decision| (&decision.id, &decision.text, &decision.facts)).collect();
            tell("beslut", &(decisions, reported));
            tell("uppgifter", &(facts, related, form, venue));
        }
        Kind::Page(_) => {}
    }
    parts
}

/// The text as a reader sees it: marks, blanks and comments that show nothing are no part of it.
fn html(document: &Document) -> String {
    let markdown = document.text.without_directive_lines();
    let mut parts = markdown.split("<!--");
    let shown = parts.next().into_iter().chain(parts.map(|part| part.split_once("-->").map_or("", |(_, after)| after)));
    let mut html = String::with_capacity(markdown.len());
    push_html(&mut html, Parser::new_ext(&shown.collect::<String>(), MARKDOWN));
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..12].to_owned()
}
