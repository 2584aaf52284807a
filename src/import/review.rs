//! An original beside what was read of it, for the editor who checks the one against the other.
//!
//! The original is read anew: what is shown is what the importer makes of it today, beside what the document says now.
//! Nothing here changes either.

use super::clean::{Ambiguity, Repair};
use super::{Clause, Draft, Part, Passage, Piece, Refusal, Vocabulary, clean, identity, read, understand};
use crate::model::Registers;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

pattern! {
    DECIDED = r"(?i)\b(?:beslut(?:ade|ar|at|ades|as)|beslöt)\b";
}

/// A decision of the document, as the portal has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Number of its agenda item.
    pub item: String,
    pub text: String,
    /// Its place on the document's page.
    pub anchor: String,
}

/// The two side by side, and what ties them together.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    pub rows: Vec<Row>,
    pub decisions: Vec<Tied>,
    /// Decisions that the original has and the document has not.
    pub lost: Vec<Clause>,
    pub mentions: Vec<Mention>,
    /// The original, understood anew.
    pub draft: Draft,
}

/// Lines of the source and the passage that they became.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub lines: Vec<Shown>,
    pub part: &'static str,
    /// The number of an item, or of a decision's.
    pub no: Option<String>,
    pub text: Vec<String>,
}

/// A line of the source.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub number: usize,
    pub pieces: Vec<Marked>,
    /// A header, a footer or a page's number.
    pub furniture: bool,
}

/// A piece of a line, and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub text: String,
    /// What the scanner should have read.
    pub repaired: Option<String>,
    /// What it can be read as.
    pub readings: Vec<String>,
}

/// A decision of the document with its line in the source, if it has one.
#[derive(Clone, Debug, Serialize)]
pub struct Tied {
    pub item: String,
    pub text: String,
    pub anchor: String,
    pub line: Option<usize>,
}

/// A line that says that something was decided, and what it was read as.
#[derive(Clone, Debug, Serialize)]
pub struct Mention {
    pub line: usize,
    pub text: String,
    pub part: &'static str,
}

/// Reads the original `bytes` anew and ties the document's decisions to it.
///
/// # Errors
/// When the original cannot be read.
pub fn review(
    name: &str,
    bytes: &[u8],
    registers: &Registers,
    vocabulary: &Vocabulary,
    decided: &[Decided],
) -> Result<Review, Refusal> {
    let pieces = read(name, bytes)?;
    let source = lines(&pieces);
    let cleaned = clean(pieces, vocabulary);
    identity::refuse_personal(&cleaned)?;
    let draft = understand(&cleaned, registers);
    let furniture: BTreeSet<usize> = cleaned.furniture.iter().map(|line| line.number).collect();
    let words = Words::of(&draft);
    let shown: Vec<Shown> =
        source.iter().map(|(number, text)| shown(*number, text, furniture.contains(number), &words)).collect();
    let decisions = tied(decided, &draft.decisions, &source);
    let known: HashSet<String> = decided.iter().map(|decided| fold(&decided.text)).collect();
    let lost = draft.decisions.iter().filter(|clause| !known.contains(&fold(&clause.text))).cloned().collect();
    let rows = rows(shown, &draft);
    let mentions = mentions(&source, &draft);
    Ok(Review { rows, decisions, lost, mentions, draft })
}

/// Every line that says something, with its number; several pieces may share a number.
fn lines(pieces: &[Piece]) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line { number, text } | Piece::Furniture { number, text } => lines.push((*number, text.clone())),
            Piece::Block(block) => lines.extend(block.text.lines().map(|text| (block.number(), text.to_owned()))),
            Piece::PageBreak => {}
        }
    }
    lines.retain(|(_, text)| !text.trim().is_empty());
    lines.sort_by_key(|(number, _)| *number);
    lines
}

/// What was done to words, by line.
#[derive(Default)]
struct Words<'a> {
    repairs: HashMap<usize, Vec<&'a Repair>>,
    ambiguous: HashMap<usize, Vec<&'a Ambiguity>>,
}

impl<'a> Words<'a> {
    fn of(draft: &'a Draft) -> Self {
        let mut words = Self::default();
        draft.repairs.iter().for_each(|repair| words.repairs.entry(repair.line).or_default().push(repair));
        draft.ambiguous.iter().for_each(|word| words.ambiguous.entry(word.line).or_default().push(word));
        words
    }
}

fn shown(number: usize, text: &str, furniture: bool, words: &Words) -> Shown {
    let mut marks: Vec<(usize, usize, Option<String>, Vec<String>)> = Vec::new();
    let mut mark = |word: &str, repaired: Option<&str>, readings: &[String]| {
        let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let free = |at: usize| {
            let whole = !within(text[..at].chars().next_back()) && !within(text[at + word.len()..].chars().next());
            whole && !marks.iter().any(|(from, to, ..)| (*from..*to).contains(&at))
        };
        if let Some((at, _)) = text.match_indices(word).find(|(at, _)| free(*at)) {
            marks.push((at, at + word.len(), repaired.map(str::to_owned), readings.to_vec()));
        }
    };
    for repair in words.repairs.get(&number).into_iter().flatten() {
        mark(&repair.from, Some(&repair.to), &[]);
    }
    for ambiguity in words.ambiguous.get(&number).into_iter().flatten() {
        mark(&ambiguity.word, None, &ambiguity.readings);
    }
    marks.sort();
    let plain = |text: &str| Marked { text: text.to_owned(), repaired: None, readings: Vec::new() };
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (from, to, repaired, readings) in marks {
        pieces.push(plain(&text[at..from]));
        pieces.push(Marked { text: text[from..to].to_owned(), repaired, readings });
        at = to;
    }
    pieces.push(plain(&text[at..]));
    pieces.retain(|piece| !piece.text.is_empty());
    Shown { number, pieces, furniture }
}

/// Each passage with the lines from its own up to the next passage's.
fn rows(source: Vec<Shown>, draft: &Draft) -> Vec<Row> {
    let mut passages: Vec<&Passage> = draft.passages.iter().collect();
    passages.sort_by_key(|passage| passage.line);
    let mut source = source.into_iter().peekable();
    let mut rows = Vec::new();
    let mut before = Vec::new();
    let first = passages.first().map_or(usize::MAX, |passage| passage.line);
    while let Some(line) = source.next_if(|line| line.number < first) {
        before.push(line);
    }
    if !before.is_empty() {
        rows.push(Row { lines: before, part: "inte med", no: None, text: Vec::new() });
    }
    for (at, passage) in passages.iter().enumerate() {
        let end = passages.get(at + 1).map_or(usize::MAX, |next| next.line);
        let mut lines = Vec::new();
        while let Some(line) = source.next_if(|line| line.number < end) {
            lines.push(line);
        }
        rows.push(row(passage, lines, draft));
    }
    rows
}

fn row(passage: &Passage, lines: Vec<Shown>, draft: &Draft) -> Row {
    let plain = vec![passage.text.split_whitespace().collect::<Vec<_>>().join(" ")];
    let (no, text) = match passage.part {
        Part::Item(at) => (Some(draft.agenda[at].no.clone()), vec![draft.agenda[at].title.clone()]),
        Part::Clauses(from, to) => {
            let clauses = &draft.decisions[from..to];
            (
                clauses.first().map(|clause| clause.item.clone()),
                clauses.iter().map(|clause| clause.text.clone()).collect(),
            )
        }
        _ => (None, plain),
    };
    Row { lines, part: part(passage, draft), no, text }
}

/// What a passage was read as, in the editor's words.
fn part(passage: &Passage, draft: &Draft) -> &'static str {
    // In the order of the passages.
    let told = draft.reported_decisions.binary_search_by_key(&passage.line, |reported| reported.line).is_ok();
    match passage.part {
        Part::Cover => "omslag",
        Part::Item(_) => "punkt",
        Part::Presenter => "föredragande",
        Part::Attachment => "bilaga",
        Part::CaseNumber => "diarienummer",
        Part::Decider => "beslutar",
        Part::Clauses(..) => "beslut",
        _ if told => "återgivet beslut",
        Part::Heading(_) => "rubrik",
        Part::Paragraph => "text",
        Part::ListItem(_) => "lista",
        Part::TableRow => "tabell",
        Part::Closing => "underskrift",
    }
}

/// Each decision of the document with the clause it is: of its own item, else of any.
fn tied(decided: &[Decided], clauses: &[Clause], source: &[(usize, String)]) -> Vec<Tied> {
    let (mut own, mut any) = (HashMap::new(), HashMap::new());
    for clause in clauses {
        own.entry((fold(&clause.text), number(&clause.item))).or_insert(clause.line);
        any.entry(fold(&clause.text)).or_insert(clause.line);
    }
    let whole: String = source.iter().map(|(_, line)| squeezed(line)).collect();
    let tie = |decided: &Decided| {
        let Decided { item, text, anchor } = decided.clone();
        let folded = fold(&text);
        let line = own.get(&(folded.clone(), number(&item))).or_else(|| any.get(&folded)).copied();
        Tied { line: line.or_else(|| begins(&text, &whole, source)), item, text, anchor }
    };
    decided.iter().map(tie).collect()
}

/// The line where a text that no clause was made of begins, if the source has it at all.
fn begins(text: &str, whole: &str, source: &[(usize, String)]) -> Option<usize> {
    let wanted = squeezed(text);
    if wanted.is_empty() || !whole.contains(&wanted) {
        return None;
    }
    let start: String = wanted.chars().take(18).collect();
    source.iter().find(|(_, line)| squeezed(line).contains(&start)).map(|(number, _)| *number)
}

fn mentions(source: &[(usize, String)], draft: &Draft) -> Vec<Mention> {
    let mut passages: Vec<&Passage> = draft.passages.iter().collect();
    passages.sort_by_key(|passage| passage.line);
    let read_as = |line: usize| {
        let above = &passages[..passages.partition_point(|passage| passage.line <= line)];
        let last = above.last().map(|passage| passage.line);
        let own = &above[above.partition_point(|passage| Some(passage.line) < last)..];
        let decides = own.iter().find(|passage| matches!(passage.part, Part::Decider | Part::Clauses(..)));
        decides.or(own.last()).map_or("inte med", |passage| part(passage, draft))
    };
    let found = source.iter().filter(|(_, text)| DECIDED.is_match(text));
    found.map(|(line, text)| Mention { line: *line, text: text.trim().to_owned(), part: read_as(*line) }).collect()
}

fn fold(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.trim_end_matches(['.', ',', ';']).to_owned()
}

/// Letters and digits only: no line break or hyphen of the page hides a word.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn number(no: &str) -> String {
    no.chars().filter(|c| c.is_alphanumeric() || *c == '/').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Nämnden\nMinnesanteckningar 2026-01-29\n\n1. Plan\nNämnden beslutade\natt anta planen för det gemensamma arbe-\ntet.\nRådet beslutade den 3 maj 2025 att vänta.\n2. Övrigt\nInget.\n";

    fn reviewed(decided: &[(&str, &str)]) -> Review {
        let decided: Vec<Decided> = decided
            .iter()
            .map(|(item, text)| Decided { item: (*item).to_owned(), text: (*text).to_owned(), anchor: String::new() })
            .collect();
        let registers = Registers::default();
        review("a.txt", SOURCE.as_bytes(), &registers, &Vocabulary::default(), &decided).expect("a readable source")
    }

    #[test]
    fn every_line_stands_once_beside_its_reading() {
        let review = reviewed(&[]);
        let numbers: Vec<usize> = review.rows.iter().flat_map(|row| row.lines.iter().map(|line| line.number)).collect();
        assert_eq!(numbers, [1, 2, 4, 5, 6, 7, 8, 9, 10]);
        let parts: Vec<&str> = review.rows.iter().map(|row| row.part).collect();
        assert_eq!(parts, ["omslag", "omslag", "punkt", "beslutar", "beslut", "återgivet beslut", "punkt", "text"]);
    }

    #[test]
    fn decisions_are_tied_to_their_lines_both_ways() {
        let right = reviewed(&[("1", "att anta planen för det gemensamma arbetet.")]);
        assert_eq!((right.decisions[0].line, right.lost.len()), (Some(6), 0));
        let wrong = reviewed(&[("1", "att avslå planen.")]);
        assert_eq!((wrong.decisions[0].line, wrong.lost.len()), (None, 1));
        let said: Vec<(usize, &str)> = right.mentions.iter().map(|mention| (mention.line, mention.part)).collect();
        assert_eq!(said, [(5, "beslutar"), (8, "återgivet beslut")]);
    }

    #[test]
    fn repairs_are_marked_where_they_stand() {
        let mut draft = Draft::default();
        let repair = |from: &str, to: &str| super::super::clean::Repair { line: 1, from: from.into(), to: to.into() };
        draft.repairs = vec![repair("ar", "år"), repair("ar", "är")];
        let line = shown(1, "varje ar ar langt", false, &Words::of(&draft));
        let repaired: Vec<Option<&str>> = line.pieces.iter().map(|piece| piece.repaired.as_deref()).collect();
        assert_eq!(repaired, [None, Some("år"), None, Some("är"), None]);
    }
}
