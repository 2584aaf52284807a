//! Meetings (OParl `Meeting`): agenda items and decisions.

use super::{Date, DecisionId, DocumentId, PartialDate, Party, Relation, TopicId};
use std::cmp::Ordering;
use std::ops::Range;

#[derive(Clone, Debug)]
pub struct Meeting {
    pub form: MeetingForm,
    pub venue: Option<String>,
    /// Why the date is what it is, when the document itself does not say it.
    pub date_source: Option<String>,
    pub present: Vec<Presence>,
    pub agenda: Vec<AgendaItem>,
    pub decisions: Vec<Decision>,
    /// Where in the text decisions stand together under one "X beslutade".
    pub rulings: Vec<Ruling>,
    pub reported: Vec<ReportedDecision>,
}

/// "X beslutade" and its clauses.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// Index of its agenda item.
    pub item: Option<usize>,
    /// The body as the text names it.
    pub decided_by: String,
    /// The words that lead in the clauses: "Nämnden beslutade enligt alternativ B"; empty below a heading "Beslut".
    pub lead: String,
    /// From the words "X beslutade" through the last clause, in the document's file.
    pub span: Range<usize>,
    /// Its clauses in [`Meeting::decisions`].
    pub decisions: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingForm {
    /// Minnesanteckningar.
    Notes,
    /// Protokoll.
    Minutes,
    /// Kallelse: proposals, never decisions.
    Notice,
}

#[derive(Clone, Debug)]
pub struct Presence {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
}

#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// `5`, `6b` or `§ 12`.
    pub number: String,
    pub title: String,
    pub kinds: Vec<ItemKind>,
    pub presenters: Vec<String>,
    /// As named in the heading: `Bilaga 2 A–B`.
    pub attachments: Vec<String>,
    pub dnr: Option<String>,
    /// Index of its heading in the document's text.
    pub heading: usize,
    /// Blocks of the file that say nothing but presenters or diarienummer: they are told here, not in the text.
    pub stated: Vec<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    Information,
    Dialogue,
    Decision,
}

/// One clause that the meeting's body decided.
#[derive(Clone, Debug)]
pub struct Decision {
    pub id: DecisionId,
    /// Index of its agenda item; `None` when it stands before the first one.
    pub item: Option<usize>,
    /// Counted from 1 within the item.
    pub clause: u32,
    /// The exact words from "att" on, white space folded.
    pub text: String,
    pub formality: Formality,
    /// Byte range of the clause in the document's file.
    pub span: Range<usize>,
    /// What the editor added in the front matter.
    pub facts: DecisionFacts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formality {
    /// Opening, agenda, "lägga till handlingarna".
    Formal,
    Substantive,
}

/// What a decision does, beyond its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionFacts {
    pub adopts: Vec<DocumentId>,
    pub prolongs: Vec<DocumentId>,
    pub terminates: Vec<DocumentId>,
    pub gives: Vec<AssignmentGiven>,
    /// References to what it fulfils, as written: a document or a decision.
    pub fulfils: Vec<String>,
    /// Who prepared it for the body that took it.
    pub prepared_by: Vec<Party>,
    pub notes: Vec<DocumentId>,
    pub topics: Vec<TopicId>,
    /// Kronor.
    pub amount: Option<u64>,
    /// The page of the original on which it stands, from 1.
    pub source_page: Option<u32>,
}

impl DecisionFacts {
    /// The documents it acts on, by relation.
    pub fn targets(&self) -> [(&[DocumentId], Relation); 4] {
        [
            (&self.adopts, Relation::Adopts),
            (&self.prolongs, Relation::Prolongs),
            (&self.terminates, Relation::Terminates),
            (&self.notes, Relation::Notes),
        ]
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct AssignmentGiven {
    pub to: Party,
    pub what: String,
    pub due: Option<PartialDate>,
}

/// A decision taken elsewhere and only told of here.
#[derive(Clone, Debug)]
pub struct ReportedDecision {
    pub id: DecisionId,
    /// Number of the agenda item where it is told.
    pub item: String,
    /// `None` where the source does not say.
    pub decided_by: Option<Party>,
    pub date: Option<PartialDate>,
    pub text: String,
    /// The new end, when it prolongs.
    pub until: Option<Date>,
    pub facts: DecisionFacts,
}

/// Order of numbers as people count them: `5a` < `5b` < `10`, `§ 9` < `§ 10`.
pub fn by_number(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| -> Vec<(u64, String)> {
        let mut out = Vec::new();
        for part in text.split(['.', '/', '-', ' ', '§']).filter(|part| !part.is_empty()) {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            out.push((part[..digits].parse().unwrap_or(0), part[digits..].to_owned()));
        }
        out
    };
    parts(a).cmp(&parts(b))
}

impl MeetingForm {
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Notes, "minnesanteckningar", "Minnesanteckningar"),
        (Self::Minutes, "protokoll", "Protokoll"),
        (Self::Notice, "kallelse", "Kallelse"),
    ];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl ItemKind {
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Information, "Information"), (Self::Dialogue, "Dialog"), (Self::Decision, "Beslut")];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_people_count() {
        let mut numbers = ["10", "5b", "§ 10", "5a", "§ 9", "5"];
        numbers.sort_by(|a, b| by_number(a, b));
        assert_eq!(numbers, ["5", "5a", "5b", "§ 9", "10", "§ 10"]);
    }
}
