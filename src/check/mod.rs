//! What a portal's authors must mend: one file a rule.
//!
//! A rule over one document needs nothing but the document and the registers. A rule over a document's relations may look
//! at what it names. The preview asks both for a document that was edited before it shows it; the whole portal's rules
//! come after. Errors stop a build, warnings never do. What each code means to an editor stands in
//! `diagnostic/catalogue.rs`.

mod accessibility;
mod addresses;
mod agreement_ended;
mod assignment_duties;
mod attachments;
mod bodies;
mod documents;
mod double_numbers;
mod empty;
mod ends_in_prose;
mod links;
mod ocr;
mod original;
pub mod personal_data;
mod repealed_acts;
mod reported_decisions;
mod summary;
mod topic_missing;
mod topics;
mod two_ends;
mod unregistered_bodies;
mod validity_events;

use crate::diagnostic::Diagnostic;
use crate::model::{AllowedContacts, Date, Document, Phrases, Portal, Registers};
use rayon::prelude::*;
use std::sync::Arc;

/// What a rule over one document may know besides the document.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub registers: &'a Registers,
    /// The acts of the registers as they are cited, when any of them is repealed.
    pub repealed: &'a Phrases,
    /// What may be published of addresses and telephone numbers.
    pub contacts: &'a AllowedContacts,
    pub today: Date,
}

type DocumentRule = fn(&Document, Around<'_>, &mut Vec<Diagnostic>);
type RelationRule = fn(&Portal, &Document, &mut Vec<Diagnostic>);
type PortalRule = fn(&Portal, &mut Vec<Diagnostic>);

const DOCUMENT_RULES: [DocumentRule; 12] = [
    personal_data::check,
    assignment_duties::check,
    attachments::check,
    double_numbers::check,
    ends_in_prose::check,
    ocr::check,
    original::check,
    repealed_acts::check,
    summary::check,
    topic_missing::check,
    two_ends::check,
    unregistered_bodies::check,
];

const RELATION_RULES: [RelationRule; 5] =
    [bodies::check, topics::check, documents::check, links::check, validity_events::check];

const PORTAL_RULES: [PortalRule; 11] = [
    bodies::check_registers,
    documents::check_registers,
    topics::check_registers,
    links::check_sections,
    addresses::check,
    accessibility::check,
    agreement_ended::check,
    reported_decisions::check,
    personal_data::check_registers,
    double_numbers::check_minutes,
    two_ends::check_decisions,
];

/// What one document makes wrong by itself, whatever other documents the portal holds.
pub fn check_document(document: &Document, around: Around<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for rule in DOCUMENT_RULES {
        rule(document, around, &mut problems);
    }
    problems
}

/// What is wrong in one document's relations, as it stands in `portal`.
pub fn check_relations(portal: &Portal, document: &Document) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for rule in RELATION_RULES {
        rule(portal, document, &mut problems);
    }
    problems
}

/// Every problem in the relations of the portal, rule by rule.
///
/// `portal` is the uncut one: an internal document's faults count too.
pub fn check(portal: &Portal) -> Vec<Diagnostic> {
    let relations = |document: &Arc<Document>| check_relations(portal, document);
    let mut problems: Vec<_> = portal.documents.par_iter().flat_map_iter(relations).collect();
    problems.par_extend(PORTAL_RULES.par_iter().flat_map_iter(|rule| {
        let mut found = Vec::new();
        rule(portal, &mut found);
        found
    }));
    problems
}

/// Whether there is a document at all; asked when nothing else kept documents from being read.
pub fn check_empty(portal: &Portal) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    empty::check(portal, &mut problems);
    problems
}

/// In the order of files and lines, each once.
pub fn sort(problems: &mut Vec<Diagnostic>) {
    let key = |problem: &Diagnostic| {
        (problem.place.source.path.clone(), problem.place.span.start, problem.code, problem.message.clone())
    };
    problems.sort_by_cached_key(key);
    let same = |a: &Diagnostic, b: &Diagnostic| {
        let place = a.place.span.start == b.place.span.start && a.place.source.path == b.place.source.path;
        place && a.code == b.code && a.message == b.message
    };
    problems.dedup_by(|a, b| same(a, b));
}
