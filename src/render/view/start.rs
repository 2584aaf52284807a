//! The start page: what applies, what was decided last, what is due.

use super::register::{LATEST, Values, agreements};
use super::topic::topic_counts;
use super::{ObligationView, PageRef, obligation, page_ref, taken, value};
use crate::model::{Applies, Date, Document, Due, Formality, Kind, Obligation, Portal, RegisterPage};
use crate::render::diagram;
use crate::render::html::Markup;
use minijinja::Value;
use std::collections::BTreeMap;

/// How much the start page tells of what is due.
const UPCOMING: usize = 5;

/// How much of it may be what has passed; what passed longer ago than a year waits on the page of all that is owed.
const OVERDUE: usize = 2;
const RECENT_DAYS: i32 = 365;

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

/// What has just passed without an answer, latest first, and what is dated and still to come, nearest first; other
/// counties' affairs are theirs.
fn upcoming(portal: &Portal) -> Vec<ObligationView> {
    let own =
        |held: &&Obligation| portal.document(held.document.as_str()).is_some_and(|document| document.county.is_none());
    let dated = portal.links.obligations.iter().filter(own).filter_map(|held| match held.due {
        Due::On(day) => Some((day.last_day(), obligation(portal, held)?)),
        Due::Recurring(..) | Due::Open => None,
    });
    let dated = dated.filter(|(_, view)| view.state != "done");
    let (passed, coming): (Vec<_>, Vec<_>) = dated.partition(|(_, view)| view.overdue);
    let is_recent = |day: Date| day.until(portal.today).is_ok_and(|span| span.get_days() <= RECENT_DAYS);
    let recent = passed.into_iter().rev().filter(|(day, _)| is_recent(*day)).take(OVERDUE);
    recent.chain(coming).take(UPCOMING).map(|(_, view)| view).collect()
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
