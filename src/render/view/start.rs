//! The start page: what applies, what was decided last, what is due.

use super::register::{LATEST, Values, agreements};
use super::topic::topic_counts;
use super::{PageRef, obligation, page_ref, taken, value};
use crate::model::{Applies, Document, Due, Formality, Kind, Portal, RegisterPage};
use crate::render::diagram;
use crate::render::html::Markup;
use minijinja::Value;
use std::collections::BTreeMap;

/// How much the start page tells of what is due.
const UPCOMING: usize = 5;

/// The start page.
pub fn start_context(portal: &Portal, root: &str) -> Values {
    let text = portal.sections.get("").and_then(|section| section.text.as_ref());
    let latest_meeting = portal
        .links
        .by_date
        .iter()
        .map(|&at| portal.at(at))
        .find(|document| matches!(document.kind, Kind::Meeting(_)) && !document.decisions().is_empty());
    let structure = portal.has(RegisterPage::Structure).then(|| diagram::overview(portal, root)).flatten();
    BTreeMap::from([
        ("content", safe(text.map(|text| Markup::new(text, portal, root).html()))),
        ("agreements", value(agreements_in_force(portal))),
        ("latest_meeting", latest_meeting.map_or(Value::from(()), |document| latest(portal, document))),
        ("upcoming", value(upcoming(portal))),
        ("structure", structure.map_or(Value::from(()), Value::from_safe_string)),
        ("latest", value(latest_documents(portal))),
        ("topics", value(topic_counts(portal).into_iter().filter(|topic| topic.count > 0).collect::<Vec<_>>())),
    ])
}

fn safe(html: Option<String>) -> Value {
    Value::from_safe_string(html.unwrap_or_default())
}

fn latest(portal: &Portal, document: &Document) -> Value {
    let decided = document.decisions().iter().filter(|decision| decision.formality == Formality::Substantive);
    Value::from_pairs([
        ("page", value(page_ref(portal, document))),
        ("decisions", value(decided.map(|decision| taken(portal, document, decision)).collect::<Vec<_>>())),
    ])
}

/// What is dated and still to come, nearest first, and then what has just passed; other counties' affairs are theirs.
fn upcoming(portal: &Portal) -> Vec<super::ObligationView> {
    let own = |document: &Document| document.county.is_none();
    let dated = portal.links.obligations.iter().filter(|held| {
        matches!(held.due, Due::On(_)) && portal.document(held.document.as_str()).is_some_and(|document| own(document))
    });
    let views: Vec<_> = dated.filter_map(|held| obligation(portal, held)).collect();
    let (passed, mut coming): (Vec<_>, Vec<_>) = views.into_iter().partition(|view| view.overdue);
    coming.truncate(UPCOMING);
    let recent = passed.into_iter().rev().take(UPCOMING - coming.len().min(UPCOMING - 1));
    coming.extend(recent);
    coming
}

fn latest_documents(portal: &Portal) -> Vec<PageRef> {
    let dated = portal.links.by_date.iter().map(|&at| portal.at(at));
    let documents = dated.filter(|document| document.date.is_some() && !matches!(document.kind, Kind::Page(_)));
    documents.take(LATEST).map(|document| page_ref(portal, document)).collect()
}

/// Agreements that apply, and a few that will: those the browser shows when their day has come. One whose validity
/// nobody has told waits in the register.
fn agreements_in_force(portal: &Portal) -> Vec<PageRef> {
    let held = agreements(portal).into_iter().filter(|(_, applies)| *applies != Applies::Perhaps);
    let (yes, no): (Vec<_>, Vec<_>) = held.partition(|(_, applies)| *applies == Applies::Yes);
    let coming = no.into_iter().map(|(document, _)| page_ref(portal, document));
    let coming =
        coming.filter(|page| page.status.as_ref().is_some_and(|status| status.key == "inte-an")).take(UPCOMING);
    yes.into_iter().map(|(document, _)| page_ref(portal, document)).chain(coming).collect()
}
