//! "Följ frågan": a matter's steps over meetings and bodies, oldest first.

use super::decision::{DecisionView, reported, taken};
use super::register::Values;
use super::site::PortalObject;
use super::{ObligationView, PageRef, obligation, page_ref, value};
use crate::model::{Date, DecisionRef, Kind, PartialDate, Portal};
use crate::render::matters::{Matter, Part};
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Step {
    date: Option<String>,
    date_words: Option<String>,
    label: String,
    decision: Option<DecisionView>,
    page: Option<PageRef>,
    /// What happened, where neither a decision nor a document says it.
    text: Option<String>,
    #[serde(skip)]
    order: (Option<Date>, u8),
}

/// The matter's page.
pub fn matter_context(object: &PortalObject, matter: &Matter) -> Values {
    let portal = &*object.portal;
    let undated = |part: &Part| matches!(part, Part::Document(at) if portal.at(*at).date.is_none());
    let parts = matter.parts.iter().filter(|part| !undated(part));
    let mut steps: Vec<Step> = parts.filter_map(|part| step(portal, part)).collect();
    steps.extend(events(portal, matter));
    // What has no day came before what has: an adoption that is only known by its end.
    steps.sort_by_key(|step| step.order);
    let bodies: Vec<String> =
        steps.iter().filter_map(|step| step.decision.as_ref()?.body.as_ref()).map(|body| body.title.clone()).collect();
    let mut ahead: Vec<ObligationView> = Vec::new();
    for part in &matter.parts {
        let (document, decision) = match part {
            Part::Document(at) => (&portal.at(*at).id, None),
            Part::Decision(decision) => (&decision.document, Some(decision)),
        };
        let owed = object.owed().of_document(document).iter().map(|&at| &portal.links.obligations[at]);
        ahead
            .extend(owed.filter(|held| held.decision.as_ref() == decision).filter_map(|held| obligation(portal, held)));
    }
    ahead.retain(|held| held.state != "done");
    let related = matter.document.map(|at| super::relations::groups(portal, portal.at(at))).unwrap_or_default();
    let related = related.into_iter().find(|group| group.label == crate::model::Relation::Relates.label());
    BTreeMap::from([
        ("title", Value::from(matter_title(portal, matter))),
        ("page", value(matter.document.map(|at| page_ref(portal, portal.at(at))))),
        ("steps", value(steps)),
        ("ahead", value(ahead)),
        ("bodies", value(distinct(bodies))),
        ("related", value(related.map(|group| group.items))),
    ])
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    names.into_iter().for_each(|name| {
        if !out.contains(&name) {
            out.push(name)
        }
    });
    out
}

/// The document's title, else the words of the first decision.
pub fn matter_title(portal: &Portal, matter: &Matter) -> String {
    if let Some(at) = matter.document {
        return portal.at(at).title.clone();
    }
    let steps = matter.parts.iter().filter_map(|part| step(portal, part));
    let first = steps.min_by_key(|step| (step.order.0.is_none(), step.order));
    first.and_then(|step| step.decision).map(|decision| super::capitalised(&decision.text)).unwrap_or_default()
}

fn step(portal: &Portal, part: &Part) -> Option<Step> {
    match part {
        Part::Decision(reference) => decision_step(portal, reference),
        Part::Document(at) => {
            let document = portal.at(*at);
            Some(Step {
                date: document.date.map(|date| date.to_string()),
                date_words: document.date.map(crate::model::swedish_date),
                label: super::form(document).to_owned(),
                decision: None,
                page: Some(page_ref(portal, document)),
                text: None,
                order: (document.date, 1),
            })
        }
    }
}

fn decision_step(portal: &Portal, reference: &DecisionRef) -> Option<Step> {
    let (view, day) = match (portal.reported(reference), portal.decision(reference)) {
        (Some((document, held)), _) => (reported(portal, document, held), held.date.map(PartialDate::first_day)),
        (None, Some((document, held))) => (taken(portal, document, held), document.date),
        (None, None) => return None,
    };
    Some(Step {
        date: view.date.clone(),
        date_words: view.date_words.clone(),
        label: if view.reported { "Beslut, återgivet".to_owned() } else { "Beslut".to_owned() },
        page: None,
        text: None,
        order: (day, 0),
        decision: Some(view),
    })
}

/// What has happened to an agreement's validity without a decision that the portal knows.
fn events(portal: &Portal, matter: &Matter) -> Vec<Step> {
    let Some(Kind::Agreement(agreement)) = matter.document.map(|at| &portal.at(at).kind) else { return Vec::new() };
    let told = agreement.events.iter().filter(|event| event.decision.is_none());
    let steps = told.map(|event| {
        let day = event.decided.or(event.from);
        let to = event.to.map(|to| format!(" till {}", to.swedish())).unwrap_or_default();
        Step {
            date: day.map(|day| day.to_string()),
            date_words: day.map(PartialDate::swedish),
            label: "Giltighet".to_owned(),
            decision: None,
            page: None,
            text: Some(format!("{}{to}", super::capitalised(event.kind.key()))),
            order: (day.map(PartialDate::first_day), 2),
        }
    });
    steps.collect()
}
