//! What a portal's authors must mend: one file a rule, over the whole portal.

mod accessibility;
mod addresses;
mod bodies;
mod documents;
mod empty;
mod links;
mod personal_numbers;
mod topics;

use crate::diagnostic::Diagnostic;
use crate::model::{Document, Portal};

/// What one document's own text makes wrong, whatever else the portal holds.
pub fn check_document(document: &Document) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    personal_numbers::check(document, &mut problems);
    problems
}

/// Every problem in the relations of the portal, in the order of files and lines.
///
/// `portal` is the uncut one: an internal document's faults count too.
pub fn check(portal: &Portal) -> Vec<Diagnostic> {
    const RULES: [fn(&Portal, &mut Vec<Diagnostic>); 6] =
        [bodies::check, topics::check, documents::check, links::check, addresses::check, accessibility::check];
    let mut problems = Vec::new();
    RULES.iter().for_each(|rule| rule(portal, &mut problems));
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
    problems.dedup_by(|a, b| key(a) == key(b));
}
