//! Text that has been through a scanner: words get their letters back where exactly one Swedish reading exists, figures
//! read as noise are left out. What was changed, and what could not be, is listed for the editor.

mod context;
mod figures;
mod installed;
mod readings;
mod vocabulary;
mod words;

pub use vocabulary::Vocabulary;

use crate::import::Line;
use crate::model::Quality;
use readings::Reading;
use serde::Serialize;
use std::collections::BTreeSet;

pattern! {
    WORD = r"[\p{L}\d&‘|]*\p{L}[\p{L}\d&‘]*";
    /// No Swedish word is an e alone.
    SCANNED_BULLET = r"^(?:(?:[o»¢]|\*)\s+(\p{Lu})|[e«]\s+(\p{L}))";
    NOISE_CAPITALS = r"^[\p{Lu}\d\s.,|–-]+$";
}

/// A word that was given back its letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repair {
    pub line: usize,
    pub from: String,
    pub to: String,
}

/// A word that can be read in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ambiguity {
    pub line: usize,
    pub word: String,
    pub readings: Vec<String>,
}

/// Noise that was left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Omission {
    pub line: usize,
    pub lines: usize,
    pub text: String,
}

pub(super) struct Restored {
    pub(super) lines: Vec<Line>,
    pub(super) repairs: Vec<Repair>,
    pub(super) ambiguous: Vec<Ambiguity>,
    pub(super) omitted: Vec<Omission>,
}

impl Restored {
    pub(super) fn untouched(lines: Vec<Line>) -> Self {
        Self { lines, repairs: Vec::new(), ambiguous: Vec::new(), omitted: Vec::new() }
    }
}

/// Swedish has four to five å, ä or ö in a hundred letters, and cannot do without `för`, `är` and `på`; a scanner that does
/// not know them leaves next to none, and other words in their place.
pub(super) fn quality<'a>(lines: impl Iterator<Item = &'a Line>) -> Quality {
    let (mut letters, mut ringed, mut accented, mut lost, mut kept, mut swedish) = (0, 0, 0, 0, 0, 0);
    for line in lines {
        for c in line.text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            ringed += usize::from(matches!(c, 'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö'));
            accented += usize::from(matches!(c, 'é' | 'è' | 'É'));
        }
        for word in line.text.split_whitespace() {
            lost += usize::from(matches!(
                word,
                "for" | "fér" | "fdr" | "ar" | "pa" | "fran" | "aven" | "nar" | "dar" | "over"
            ));
            swedish += usize::from(matches!(word, "och" | "att" | "av" | "som" | "till" | "med" | "den" | "det"));
            kept += usize::from(matches!(word, "för" | "är" | "på" | "från" | "även" | "när" | "där" | "över"));
        }
    }
    let scanned = ringed * 100 < letters * 2 && lost > kept || accented * 100 > letters && lost > 0;
    // Swedish of some length with hardly a ring or a dot has lost them, whatever its words.
    let bare = letters > 350 && swedish > 4 && ringed * 100 < letters;
    if bare || letters > 150 && lost > 1 && scanned { Quality::Ocr } else { Quality::Digital }
}

/// Repairs the words of the lines, after leaving out what the scanner made of figures.
pub(super) fn restore(lines: Vec<Line>, vocabulary: &Vocabulary) -> Restored {
    let (lines, omitted) = figures::without_figures(lines);
    let vocabulary = vocabulary.with_text(lines.iter().map(|line| line.text.as_str()));
    let mut restored = Restored { omitted, ..Restored::untouched(Vec::new()) };
    let mut seen = BTreeSet::new();
    for line in lines.into_iter().filter(|line| !is_letterhead(&line.text)) {
        let text = SCANNED_BULLET.replace(&line.text, "• $1$2").into_owned();
        let text = restored.mend(&text, line.number, &vocabulary, &mut seen);
        let settled = context::settle(&text);
        let words = text.split_whitespace().zip(settled.split_whitespace()).filter(|(from, to)| from != to);
        restored.repairs.extend(words.map(|(from, to)| Repair {
            line: line.number,
            from: from.to_owned(),
            to: to.to_owned(),
        }));
        restored.lines.push(Line { text: settled, ..line });
    }
    restored
}

/// A few capitals and signs alone on a line are what is left of a logotype.
fn is_letterhead(text: &str) -> bool {
    NOISE_CAPITALS.is_match(text) && text.chars().any(char::is_alphabetic) && text.chars().count() < 20
}

impl Restored {
    fn mend(&mut self, text: &str, line: usize, vocabulary: &Vocabulary, seen: &mut BTreeSet<String>) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let mut end = 0;
        for found in WORD.find_iter(text) {
            out.push_str(&text[end..found.start()]);
            end = found.end();
            let word = found.as_str();
            match vocabulary.read(word) {
                Reading::One(right) => {
                    self.repairs.push(Repair { line, from: word.to_owned(), to: right.clone() });
                    out.push_str(&right);
                    continue;
                }
                Reading::Several(readings) if seen.insert(word.to_lowercase()) => {
                    self.ambiguous.push(Ambiguity { line, word: word.to_owned(), readings });
                }
                _ => {}
            }
            out.push_str(word);
        }
        out.push_str(&text[end..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    fn line(text: &str) -> Line {
        Line { number: 1, text: text.to_owned(), indent: 0, gap: 0, turn: Turn::SamePage }
    }

    #[test]
    fn only_one_reading_is_a_repair() {
        let lines = vec![line("« Uppféljning av psykisk halsa over tid ar viktig"), line("DALARNA")];
        let restored = restore(lines, &Vocabulary::default());
        assert_eq!(restored.lines.len(), 1);
        assert!(restored.lines[0].text.starts_with("• Uppföljning av psykisk hälsa"), "{}", restored.lines[0].text);
        assert!(restored.ambiguous.iter().any(|found| found.word == "ar"), "{:?}", restored.ambiguous);
        assert_eq!(restored.repairs[0].from, "Uppféljning");
    }

    #[test]
    fn swedish_without_its_letters_has_been_scanned() {
        let right = line(&"På länsnivå följs arbetet upp varje år av nätverket. ".repeat(12));
        let wrong = line(&"Pa lansniva foljs arbetet upp varje ar av natverket. ".repeat(12));
        assert_eq!(quality([right].iter()), Quality::Digital);
        assert_eq!(quality([wrong].iter()), Quality::Ocr);
    }
}
