//! The accessibility statement's items, with the deficiencies that the portal knows by itself.

use super::register::Values;
use super::{Ref, document_ref, value};
use crate::model::{Accessibility, Document, Portal, Quality, swedish_date};
use serde::Serialize;
use std::collections::BTreeMap;

/// As many documents are named; the others are counted.
const NAMED: usize = 20;

#[derive(Serialize)]
struct StatementView<'a> {
    actor: &'a str,
    service: &'a str,
    level: &'a str,
    deficiencies: Vec<DeficiencyView<'a>>,
    /// What follows from the content itself.
    found: Vec<FoundView>,
    assessed_words: String,
    updated_words: String,
    method: &'a str,
    contact: &'a str,
    supervision: &'a str,
    disproportionate_burden: &'a str,
    exemptions: &'a str,
}

#[derive(Serialize)]
struct DeficiencyView<'a> {
    what: &'a str,
    why: Option<&'a str>,
    alternative: Option<&'a str>,
}

#[derive(Serialize)]
struct FoundView {
    what: String,
    why: &'static str,
    alternative: &'static str,
    pages: Vec<Ref>,
    more: usize,
}

/// The accessibility statement's items.
pub fn statement_context(portal: &Portal) -> Values {
    let statement = portal.site.accessibility.as_ref().map(|held| {
        let Accessibility {
            actor,
            service,
            level,
            deficiencies,
            assessed,
            updated,
            method,
            contact,
            supervision,
            disproportionate_burden,
            exemptions,
        } = held;
        let deficiencies = deficiencies.iter().map(|deficiency| DeficiencyView {
            what: &deficiency.what,
            why: deficiency.why.as_deref(),
            alternative: deficiency.alternative.as_deref(),
        });
        StatementView {
            actor,
            service,
            level,
            deficiencies: deficiencies.collect(),
            found: found(portal),
            assessed_words: swedish_date(*assessed),
            updated_words: swedish_date(*updated),
            method,
            contact,
            supervision,
            disproportionate_burden,
            exemptions,
        }
    });
    BTreeMap::from([("statement", value(statement))])
}

/// Attachments that are files alone, and texts that a machine read.
fn found(portal: &Portal) -> Vec<FoundView> {
    let attachments = portal.documents.iter().map(|document| without_page(document)).sum::<usize>();
    let with_attachments = named(portal, |document| without_page(document) > 0);
    let read = named(portal, |document| document.quality == Quality::Ocr);
    let mut out = Vec::new();
    if attachments > 0 {
        let what = match attachments {
            1 => "En bilaga finns bara som fil och inte som webbsida.".to_owned(),
            count => format!("{count} bilagor finns bara som filer och inte som webbsidor."),
        };
        out.push(FoundView {
            what,
            why: "Filerna har kommit från den som upprättade handlingen, och är kanske inte gjorda för att läsas med hjälpmedel.",
            alternative: "Handlingens innehåll finns som webbsida. Fråga efter bilagan i en annan form.",
            ..with_attachments
        });
    }
    if !read.pages.is_empty() {
        let what = match read.pages.len() + read.more {
            1 => "En sida har text som är maskinellt avläst ur en inskannad handling.".to_owned(),
            count => format!("{count} sidor har text som är maskinellt avläst ur inskannade handlingar."),
        };
        out.push(FoundView {
            what,
            why: "Avläsningen kan ha blivit fel, så att ord och tabeller läses upp fel.",
            alternative: "Det står på sidan att texten är avläst. Fråga efter originalet när ordalydelsen är avgörande.",
            ..read
        });
    }
    out
}

fn without_page(document: &Document) -> usize {
    let files = document.attachments.iter().filter_map(|attachment| attachment.file.as_deref());
    files.filter(|file| !file.ends_with(".html")).count()
}

fn named(portal: &Portal, belongs: impl Fn(&Document) -> bool) -> FoundView {
    let documents: Vec<_> = portal.documents.iter().filter(|document| belongs(document)).collect();
    let pages = documents.iter().take(NAMED).map(|document| document_ref(document)).collect();
    let more = documents.len().saturating_sub(NAMED);
    FoundView { what: String::new(), why: "", alternative: "", pages, more }
}
