//! What was understood of a source: every field is what the text says, or absent with a question.
//!
//! Serialised, it is the form of `import --format json`.

use super::clean::{Ambiguity, Omission, Repair};
use serde::Serialize;

/// A document as it was understood. Dates are ISO, with what is known of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Draft {
    #[serde(rename = "type")]
    pub kind: Option<DraftKind>,
    pub subtype: Option<Subtype>,
    pub title: Option<String>,
    /// The body's name as the text has it, or the register's current name for it.
    pub body: Option<String>,
    /// The body's id in the register.
    pub body_id: Option<String>,
    /// The register's name, where the text uses a former one.
    pub body_now: Option<String>,
    pub date: Option<String>,
    /// Why the date is what it is, or why there is none.
    pub date_note: Option<String>,
    pub county: Option<String>,
    pub dnr: Option<String>,
    pub quality: SourceQuality,
    pub version: Option<String>,
    pub versions: Vec<Version>,
    pub place: Option<String>,
    pub next_meeting: Option<String>,
    pub present: Vec<Present>,
    pub agenda: Vec<Item>,
    pub decisions: Vec<Clause>,
    pub reported_decisions: Vec<Reported>,
    pub sections: Vec<String>,
    pub roles: Vec<RoleHeld>,
    pub commissioner: Option<String>,
    pub parties: Vec<String>,
    pub period: Option<Span>,
    pub validity: Option<Span>,
    /// An older agreement that an assignment is about, and how long it still holds.
    pub agreement: Option<OlderAgreement>,
    pub gates: Vec<GateRow>,
    pub phases: Vec<String>,
    pub deliverables: Vec<String>,
    pub follow_up: Vec<String>,
    pub funding: Option<Funds>,
    pub change_mandates: Vec<Mandate>,
    pub attachments: Vec<AttachmentRef>,
    pub amounts: Vec<Amount>,
    pub references: Vec<String>,
    pub questions: Vec<Question>,
    /// Things the editor should look at, that no field can settle.
    pub warnings: Vec<String>,
    pub repairs: Vec<Repair>,
    pub ambiguous: Vec<Ambiguity>,
    pub omitted: Vec<Omission>,
    /// The text itself in reading order, for the document's body.
    #[serde(skip)]
    pub passages: Vec<Passage>,
    /// The line on which each page after the first begins; empty where the original has no pages of its own.
    #[serde(skip)]
    pub page_starts: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DraftKind {
    Minnesanteckningar,
    Protokoll,
    Kallelse,
    /// With directives among its subtypes.
    Uppdragsbeskrivning,
    #[serde(rename = "överenskommelse")]
    Överenskommelse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Subtype {
    #[serde(rename = "uppdragsdirektiv")]
    Directive,
    #[serde(rename = "projektdirektiv")]
    ProjectDirective,
    #[serde(rename = "RÖK")]
    Regional,
    #[serde(rename = "LÖK")]
    Local,
    #[serde(rename = "statlig")]
    State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceQuality {
    #[default]
    Digital,
    Ocr,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    pub v: String,
    pub date: Option<String>,
    pub comment: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Present {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
}

/// An agenda item; `no` is `5`, `6b` or `§ 12`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    pub no: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub presenters: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dnr: Option<String>,
    /// The body whose item it is, where the number says so (`KS § 12`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    pub line: usize,
}

/// One clause that was decided, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    pub item: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ClauseKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    pub line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClauseKind {
    Formalia,
    Bordläggning,
    #[serde(rename = "återremiss")]
    Återremiss,
    /// The body decides to propose; another decides.
    Förslag,
}

/// A decision taken elsewhere and only told of here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reported {
    pub item: Option<String>,
    pub by: Option<String>,
    pub date: Option<String>,
    pub what: String,
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleHeld {
    pub role: String,
    pub holder: String,
    pub line: usize,
}

/// From when to when something holds, with the words that bear on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub from: Option<String>,
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preliminary: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guided_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prolongation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OlderAgreement {
    pub name: String,
    pub expired: Option<String>,
    pub still_valid_until: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GateRow {
    pub bp: String,
    pub date: Option<String>,
    pub what: Option<String>,
    pub by: Option<String>,
    pub comment: Option<String>,
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Funds {
    pub source: Option<String>,
    pub code: Option<String>,
}

/// Who decides on changes of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mandate {
    pub concerns: String,
    pub by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentRef {
    pub item: Option<String>,
    #[serde(rename = "ref")]
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    pub item: Option<String>,
    pub text: String,
    /// Kronor.
    pub value: Option<u64>,
}

/// Something the text does not settle, for the editor to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    pub field: &'static str,
    pub question: String,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub line: usize,
    pub text: String,
}

/// A piece of the body with its part in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub part: Part,
    pub text: String,
    pub line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Before the first item or section: what the front matter says instead.
    Cover,
    /// Index of the agenda item it opens.
    Item(usize),
    Presenter,
    /// Named in the item's heading already.
    Attachment,
    CaseNumber,
    /// A label of a protokoll, or a heading without number.
    Heading(u8),
    /// "X beslutade", before its clauses.
    Decider,
    /// The decisions it holds: from the first index up to the second.
    Clauses(usize, usize),
    Paragraph,
    ListItem(u8),
    TableRow,
    /// Signatures after the last item.
    Closing,
}
