//! `tillgänglighet`: the statement that the DOS act (2018:1937) asks for is there, at most a year old, and says no more than
//! the content keeps.

use crate::diagnostic::Diagnostic;
use crate::model::{Accessibility, Document, Portal, Quality};

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let place = &portal.site.place;
    let Some(statement) = &portal.site.accessibility else {
        problems.push(
            Diagnostic::warning("tillgänglighet", place.of("tillgänglighet", ""), "tillgänglighetsredogörelsen saknas")
                .hint("fyll i `tillgänglighet` i `site.yaml`: lagen kräver den av offentliga aktörer"),
        );
        return;
    };
    // A statement of 29 February is a year old on 1 March.
    let year_later = statement.assessed.saturating_add(jiff::Span::new().years(1));
    if portal.today > year_later {
        problems.push(
            Diagnostic::warning(
                "tillgänglighet",
                place.of("bedömd", &statement.assessed.to_string()),
                "tillgängligheten bedömdes för mer än ett år sedan",
            )
            .hint("gör en ny bedömning och ändra `bedömd` och `uppdaterad`"),
        );
    }
    claims_too_much(portal, statement, problems);
}

fn claims_too_much(portal: &Portal, statement: &Accessibility, problems: &mut Vec<Diagnostic>) {
    let falls_short = |document: &Document| {
        let mut files = document.attachments.iter().filter_map(|attachment| attachment.file.as_deref());
        document.quality == Quality::Ocr || files.any(|file| !file.ends_with(".html"))
    };
    if statement.level == "helt" && portal.documents.iter().any(|document| falls_short(document)) {
        problems.push(
            Diagnostic::warning(
                "tillgänglighet",
                portal.site.place.of("nivå", "helt"),
                "nivån är `helt`, men portalen har bilagor som bara är filer eller text som är maskinellt avläst",
            )
            .hint("skriv `nivå: delvis`; bristerna räknas upp av sig själva i redogörelsen"),
        );
    }
}
