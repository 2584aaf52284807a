//! `ämne-saknas`: a document on no topic is found by nobody who looks by topic.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Draft, Kind};

pub fn check(document: &Document, around: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let is_page = matches!(document.kind, Kind::Page(_));
    if is_page || document.draft == Draft::Draft || around.registers.topics.is_empty() {
        return;
    }
    let taken = document.decisions().iter().flat_map(|decision| &decision.facts.topics);
    let reported = document.reported().iter().flat_map(|decision| &decision.facts.topics);
    if document.topics.iter().chain(taken).chain(reported).next().is_none() {
        problems.push(
            Diagnostic::warning("ämne-saknas", document.place.of("titel", ""), "dokumentet har inget ämne")
                .hint("lägg till en rad `ämnen: [id]` med ett eller flera ämnen ur `site/ämnen.yaml`"),
        );
    }
}
