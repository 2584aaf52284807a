//! `sammanfattning-saknas`, `lång-sammanfattning`: lists and hits show what a document is about.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Draft, Kind};

/// What fits in a list, in characters.
const LONGEST: usize = 300;

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    match &document.summary {
        Some(summary) => {
            let length = summary.chars().count();
            if length > LONGEST {
                problems.push(
                    Diagnostic::error(
                        "lång-sammanfattning",
                        document.place.of("sammanfattning", ""),
                        format!("sammanfattningen har {length} tecken, högst {LONGEST} får plats"),
                    )
                    .hint("korta den till en eller två meningar"),
                );
            }
        }
        None if document.draft == Draft::Finished && !matches!(document.kind, Kind::Page(_)) => problems.push(
            Diagnostic::warning(
                "sammanfattning-saknas",
                document.place.of("titel", ""),
                "dokumentet saknar sammanfattning",
            )
            .hint("lägg till en rad `sammanfattning: …` med en eller två meningar; den visas i listor och i sökningen"),
        ),
        None => {}
    }
}
