//! `bilaga-saknas`: an attachment that a document names is listed, and the portal holds its file.

use super::Around;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Document, Kind};
use std::ops::Range;

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let without_file: Vec<&str> = document
        .attachments
        .iter()
        .filter(|attachment| attachment.file.is_none())
        .map(|attachment| attachment.label.as_str())
        .collect();
    if let Some(first) = without_file.first() {
        problems.push(
            Diagnostic::warning(
                "bilaga-saknas",
                document.place.of("beteckning", first),
                match without_file.len() {
                    1 => format!("bilagan `{first}` har ingen fil"),
                    count => format!("{count} bilagor har ingen fil: {}", without_file.join(", ")),
                },
            )
            .hint("lägg filen bredvid dokumentet och skriv `fil: namn.pdf`; annars visas bilagan som ej publicerad"),
        );
    }
    // The attachment that a page or an agreement speaks of may be another document's.
    if matches!(document.kind, Kind::Meeting(_)) || !document.attachments.is_empty() {
        unlisted(document, problems);
    }
}

/// Attachments that the text names and the front matter does not, each number once.
fn unlisted(document: &Document, problems: &mut Vec<Diagnostic>) {
    let mut known: Vec<u32> = document.attachments.iter().filter_map(|attachment| number(&attachment.label)).collect();
    let text = &document.text;
    for (named, span) in mentions(text.markdown()) {
        if known.contains(&named) {
            continue;
        }
        known.push(named);
        let place = Place::at(&text.source, text.span.start + span.start..text.span.start + span.end);
        problems.push(
            Diagnostic::warning(
                "bilaga-saknas",
                place,
                format!("texten nämner bilaga {named}, som inte finns bland bilagorna"),
            )
            .hint(format!("lägg till `beteckning: Bilaga {named}` under `bilagor`, eller rätta numret")),
        );
    }
}

/// The number of a label: 2 for "Bilaga 2 A–B".
pub fn number(label: &str) -> Option<u32> {
    let digits: String = label.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// "Bilaga 2" in a text: its number and where it stands.
fn mentions(text: &str) -> impl Iterator<Item = (u32, Range<usize>)> + '_ {
    const WORD: &str = "ilaga ";
    text.match_indices(WORD).filter_map(move |(at, _)| {
        let start = at.checked_sub(1).filter(|&start| matches!(text.as_bytes()[start], b'b' | b'B'))?;
        let after = &text[at + WORD.len()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let named = after[..digits].parse().ok()?;
        let alone = !text[..start].ends_with(char::is_alphanumeric) && digits <= 2;
        alone.then_some((named, start..at + WORD.len() + digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_mentions_are_found() {
        assert_eq!(number("Bilaga 2 A–B"), Some(2));
        assert_eq!(number("Bilaga"), None);
        let found: Vec<u32> =
            mentions("Se Bilaga 3 A och bilaga 12, inte underbilaga 4 eller bilaga A.").map(|found| found.0).collect();
        assert_eq!(found, [3, 12]);
    }
}
