//! Single values as editors write them: words to choose among, ids, dates. What cannot be read is reported.

use super::front_matter::Scalar;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Date, PartialDate, slug};
use std::collections::BTreeSet;

/// The chosen ones among known words; all of them when nothing was written.
pub fn choices<T: Copy + Ord>(
    key: &str,
    words: Option<Vec<String>>,
    known: &[(&str, T)],
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> BTreeSet<T> {
    let Some(words) = words else { return known.iter().map(|(_, value)| *value).collect() };
    words.iter().filter_map(|word| choice(key, word, known, place, problems)).collect()
}

/// One among known words; any other is reported.
pub fn choice<T: Copy>(
    key: &str,
    word: &str,
    known: &[(&str, T)],
    place: &Place,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        problems.push(
            Diagnostic::error("okänt-värde", place.of(key, word), format!("okänt värde `{word}` för `{key}`"))
                .hint(format!("välj bland: {}", names.join(", "))),
        );
    }
    found
}

/// An id that is fit for an address; what is not is reported.
pub fn checked_id(key: &str, id: &str, place: &Place, problems: &mut Vec<Diagnostic>) -> String {
    if slug(id) != id || id.is_empty() {
        problems.push(
            Diagnostic::error("id", place.of(key, id), format!("`{id}` kan inte vara ett id"))
                .hint(format!("använd bara a–z, 0–9 och bindestreck: `{}`", slug(id))),
        );
    }
    id.to_owned()
}

/// A day; anything else is reported.
pub fn date(key: &str, text: &Scalar, place: &Place, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    match PartialDate::parse(&text.0) {
        Some(PartialDate::Day(date)) => Some(date),
        _ => {
            problems.push(wrong_date(key, &text.0, place).hint("skriv år, månad och dag så här: 2026-01-29"));
            None
        }
    }
}

/// A day, a month or a year; anything else is reported.
pub fn partial(key: &str, text: &Scalar, place: &Place, problems: &mut Vec<Diagnostic>) -> Option<PartialDate> {
    let date = PartialDate::parse(&text.0);
    if date.is_none() {
        problems.push(
            wrong_date(key, &text.0, place).hint("skriv 2026-01-29, eller 2026-01 eller 2026 när dagen inte är känd"),
        );
    }
    date
}

fn wrong_date(key: &str, text: &str, place: &Place) -> Diagnostic {
    let year = text.split('-').next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    let message = match year.filter(|year| !PartialDate::YEARS.contains(year)) {
        Some(year) => {
            let (first, last) = (PartialDate::YEARS.start(), PartialDate::YEARS.end());
            format!("`{text}` kan inte stämma: året {year} ligger inte mellan {first} och {last}")
        }
        None => format!("`{text}` är inte ett datum"),
    };
    Diagnostic::error("fel-datum", place.of(key, text), message)
}
