//! `personnummer`, `e-postadress`, `telefonnummer`: nothing that is published tells what is a person's own.
//!
//! Found in every text that the public edition may hold. There it is an error; while the portal is only read within the
//! house it is a warning.

mod contacts;

use super::Around;
use crate::diagnostic::{Diagnostic, Place, Severity, SourceText};
use crate::model::{AllowedContacts, Document, Draft, Portal, Visibility, personal_numbers};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// A personal fact and where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Personal,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Personal {
    Number,
    Address,
    Telephone,
}

pub fn check(document: &Document, around: Around<'_>, problems: &mut Vec<Diagnostic>) {
    if document.visibility == Visibility::Public && document.draft == Draft::Finished {
        check_text(
            &document.place.source,
            0..document.place.source.text.len(),
            around.contacts,
            |at| !document.text.is_internal(at),
            problems,
        );
    }
}

/// The same for what the registers and sections say.
pub fn check_registers(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let Portal { site, registers, sections, .. } = portal;
    let shown = |visibility, place| (visibility == Visibility::Public).then_some(place);
    let bodies = registers.bodies.iter().filter_map(|body| shown(body.visibility, &body.place));
    let topics = registers.topics.iter().filter_map(|topic| shown(topic.visibility, &topic.place));
    let terms = registers.terms.iter().filter_map(|term| shown(term.visibility, &term.place));
    let acts = registers.acts.iter().map(|act| &act.place);
    let own = sections.values().map(|section| &section.place);
    for place in bodies.chain(topics).chain(terms).chain(acts).chain(own).chain([&site.place]) {
        check_text(&place.source, place.span.clone(), &site.allowed_contacts, |_| true, problems);
    }
    for text in sections.values().filter_map(|section| section.public_text.as_ref()) {
        check_text(&text.source, text.span.clone(), &site.allowed_contacts, |_| true, problems);
    }
}

/// Reports what stands in `span` of a file where `counts` says that it may be published.
pub fn check_text(
    source: &Arc<SourceText>,
    span: Range<usize>,
    allowed: &AllowedContacts,
    counts: impl Fn(usize) -> bool,
    problems: &mut Vec<Diagnostic>,
) {
    for finding in findings(&source.text[span.clone()], allowed) {
        let at = span.start + finding.span.start;
        if counts(at) {
            let place = Place::at(source, at..span.start + finding.span.end);
            problems.push(warning(finding.kind, place, &format!("texten innehåller {}", finding.kind.words())));
        }
    }
}

/// Every personal fact in a text, in order.
pub fn findings(text: &str, allowed: &AllowedContacts) -> Vec<Finding> {
    // What begins with 0 may be a telephone number that the site has listed.
    let is_listed = |number: &str| number.starts_with('0') && allowed.allows_number(number);
    let numbers = personal_numbers(text).into_iter().filter(|span| !is_listed(&text[span.clone()]));
    let numbers = numbers.map(|span| Finding { kind: Personal::Number, span });
    let mut out: Vec<Finding> = numbers.collect();
    out.extend(
        contacts::addresses(text)
            .filter(|span| !allowed.allows_address(&text[span.clone()]))
            .map(|span| Finding { kind: Personal::Address, span }),
    );
    let known = out.clone();
    let apart =
        |span: &Range<usize>| known.iter().all(|other| span.end <= other.span.start || other.span.end <= span.start);
    let telephones =
        contacts::telephones(text).filter(|span| apart(span) && !allowed.allows_number(&text[span.clone()]));
    out.extend(telephones.map(|span| Finding { kind: Personal::Telephone, span }));
    out.sort_by_key(|finding| finding.span.start);
    out
}

/// A warning of what may not be published.
pub fn warning(kind: Personal, place: Place, message: &str) -> Diagnostic {
    match kind {
        Personal::Number => Diagnostic::warning("personnummer", place, message)
            .hint("ta bort numret; personnummer får inte publiceras (ett klockslag skrivs `kl. 09.15`)"),
        Personal::Address => Diagnostic::warning("e-postadress", place, message)
            .hint("ta bort adressen, eller skriv den eller dess domän under `tillåtna_kontaktuppgifter` i `site.yaml`"),
        Personal::Telephone => Diagnostic::warning("telefonnummer", place, message)
            .hint("ta bort numret, eller skriv det under `tillåtna_kontaktuppgifter` i `site.yaml`"),
    }
}

/// The same problem as the public edition has it: what is a person's own stops it.
pub fn in_public(problem: Diagnostic) -> Diagnostic {
    let stops = ["personnummer", "e-postadress", "telefonnummer"].contains(&problem.code);
    Diagnostic { severity: if stops { Severity::Error } else { problem.severity }, ..problem }
}

impl Personal {
    /// With its article.
    pub fn words(self) -> &'static str {
        match self {
            Self::Number => "ett personnummer",
            Self::Address => "en e-postadress som inte står på listan över tillåtna",
            Self::Telephone => "ett telefonnummer som inte står på listan över tillåtna",
        }
    }
}
