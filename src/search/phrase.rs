//! Words in a row: what a phrase in quotes matches.

use super::dictionary::ListKind;
use super::index::Index;
use super::matched::Matched;
use super::query::Word;
use super::spec::SPEC;
use super::stem::{fold, stem};
use std::collections::BTreeMap;

/// Units, and where in each the row so far ends.
type Rows = BTreeMap<u32, Vec<(u32, Row)>>;

/// Units with the words in a row; of several words also inflected, a single one only as written.
pub fn phrase(index: &Index, words: &[Word]) -> Matched {
    let mut out = Matched::new(index.all_units());
    let mut found = words.iter().map(|word| places(index, word, words.len() > 1));
    let first = found.next().unwrap_or_default();
    for (unit, rows) in found.fold(first, |rows, next| follow(rows, &next)) {
        let exact = rows.iter().any(|(_, row)| *row == Row::Exact);
        let band = if exact { SPEC.bands.exact } else { SPEC.bands.stem };
        if let Some(own) = out.own.get_mut(unit as usize).filter(|_| !rows.is_empty()) {
            *own = band.1 as u16;
            out.having += 1;
        }
    }
    out
}

fn places(index: &Index, word: &Word, inflected: bool) -> Rows {
    let mut out = Rows::new();
    let wanted = stem(&word.term);
    for list in index.lookup(&fold(&wanted)) {
        let row = if list.label == word.term { Row::Exact } else { Row::Inflected };
        let fits = row == Row::Exact || inflected && stem(&list.label) == wanted;
        if list.kind != ListKind::Form || !fits {
            continue;
        }
        for (unit, place) in index.places(&list) {
            out.entry(unit).or_default().push((place, row));
        }
    }
    out
}

/// How a row of words stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Inflected,
    Exact,
}

/// Rows that go on with the next word.
fn follow(rows: Rows, next: &Rows) -> Rows {
    let mut out = Rows::new();
    for (unit, rows) in rows {
        let Some(places) = next.get(&unit) else { continue };
        let went_on: Vec<(u32, Row)> = places
            .iter()
            .filter_map(|(place, row)| {
                let before = rows.iter().filter(|(last, _)| last + 1 == *place).map(|(_, row)| *row).max()?;
                Some((*place, before.min(*row)))
            })
            .collect();
        if !went_on.is_empty() {
            out.insert(unit, went_on);
        }
    }
    out
}
