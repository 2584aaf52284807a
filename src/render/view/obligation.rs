//! Obligations as lists show them: when, who, and how far it has come.

use super::agreement::short_decision_ref;
use super::{PartyView, Ref, document_ref, parties};
use crate::model::{
    Cadence, Date, DecisionRef, Due, Kind, Obligation, ObligationKind, PartialDate, Portal, swedish_date,
};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct ObligationView {
    pub kind: &'static str,
    pub what: String,
    /// "Ansvarar" or "Parter".
    pub who_label: &'static str,
    pub who: Vec<PartyView>,
    pub to: Vec<PartyView>,
    pub due: Option<String>,
    pub due_words: String,
    /// `done`, `overdue`, `dated`, `recurring` or `open`, on the portal's day.
    pub state: &'static str,
    /// What a passed date means: for the badge, and for the browser when the date passes later.
    pub late: &'static str,
    pub overdue: bool,
    pub soon: bool,
    /// The last day in time; nothing for what is done, recurs or has no date.
    pub last: Option<String>,
    pub recurs: Option<Recurrence>,
    /// Given, adopted, fulfilled: what is noted of its way.
    pub stages: Vec<Stage>,
    pub document: Ref,
    pub county: Option<String>,
    pub decision: Option<Ref>,
}

/// How a duty comes again.
#[derive(Clone, Debug, Serialize)]
pub struct Recurrence {
    pub months: i32,
    /// The first time, or the day it is counted from.
    pub start: String,
    /// The day is set; else it is counted from the adoption, and no day is.
    pub set: bool,
    pub next: String,
    pub next_words: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    pub label: &'static str,
    pub date_words: Option<String>,
    pub url: Option<String>,
}

/// What a list shows of an obligation on the portal's day; `None` when its document is gone.
pub fn obligation(portal: &Portal, obligation: &Obligation) -> Option<ObligationView> {
    let document = portal.document(obligation.document.as_str())?;
    let date = obligation.due.date();
    let days = date.and_then(|date| portal.today.until(date.last_day()).ok()).map(|span| span.get_days());
    let state = state(portal, obligation);
    let last = match obligation.due {
        Due::On(date) if state != "done" => Some(date.last_day().to_string()),
        _ => None,
    };
    Some(ObligationView {
        kind: obligation.kind.label(),
        what: obligation.what.clone(),
        who_label: match obligation.kind {
            ObligationKind::ValidityEnd | ObligationKind::Condition => "Parter",
            _ => "Ansvarar",
        },
        who: parties(portal, &obligation.who),
        to: parties(portal, &obligation.to_whom),
        due: date.map(|date| date.to_string()),
        due_words: match obligation.due {
            Due::On(date) => date.swedish(),
            Due::Recurring(cadence, Some(first)) => format!("{}, första gången {}", cadence.label(), first.swedish()),
            Due::Recurring(cadence, None) => cadence.label().to_owned(),
            Due::Open => "utan datum".to_owned(),
        },
        state,
        late: late(obligation.kind),
        overdue: state == "overdue",
        soon: last.is_some() && days.is_some_and(|days| (0..=i32::from(portal.site.ends_soon_days)).contains(&days)),
        last,
        recurs: recurrence(portal, obligation),
        stages: stages(portal, obligation),
        document: document_ref(document),
        county: document.county.clone(),
        decision: obligation.decision.as_ref().map(|decision| Ref {
            title: "beslutet".to_owned(),
            url: Some(format!("{}#{}", document.url(), decision.decision.anchor())),
        }),
    })
}

/// Where an obligation stands on the portal's day.
pub fn state(portal: &Portal, obligation: &Obligation) -> &'static str {
    let fulfilled = obligation.decision.as_ref().is_some_and(|given| !portal.fulfilled_by(given).is_empty());
    match obligation.due {
        _ if fulfilled => "done",
        Due::On(date) if date.last_day() < portal.today => "overdue",
        Due::On(_) => "dated",
        Due::Recurring(..) => "recurring",
        Due::Open => "open",
    }
}

/// The portal knows what is noted, not what was done.
fn late(kind: ObligationKind) -> &'static str {
    match kind {
        ObligationKind::Gate => "Datumet har passerat utan noterat beslut",
        ObligationKind::ValidityEnd => "Tiden har gått ut",
        ObligationKind::FollowUp
        | ObligationKind::Deliverable
        | ObligationKind::Condition
        | ObligationKind::Assignment => "Förfallen utan noterad uppföljning",
    }
}

/// The next day of what recurs, where it can be told.
pub fn next_day(portal: &Portal, obligation: &Obligation) -> Option<Date> {
    recurrence(portal, obligation)?.next.parse().ok()
}

fn recurrence(portal: &Portal, obligation: &Obligation) -> Option<Recurrence> {
    let Due::Recurring(cadence, first) = obligation.due else { return None };
    let months = cadence.months()?;
    let set = match first {
        Some(PartialDate::Day(first)) => Some(first),
        _ => None,
    };
    let start = set.or_else(|| adoption(portal, obligation))?;
    // Counted from an adoption, the first time comes when the period has passed once.
    let next = next(cadence, start, portal.today, set.is_some())?;
    Some(Recurrence {
        months,
        start: start.to_string(),
        set: set.is_some(),
        next: next.to_string(),
        next_words: swedish_date(next),
    })
}

fn next(cadence: Cadence, start: Date, today: Date, set: bool) -> Option<Date> {
    let from = if set { today } else { today.max(start.tomorrow().ok()?) };
    cadence.next(start, from)
}

/// The day on which the assignment behind the obligation was adopted.
fn adoption(portal: &Portal, obligation: &Obligation) -> Option<Date> {
    let document = portal.document(obligation.document.as_str())?;
    let Kind::Assignment(assignment) = &document.kind else { return None };
    decided(portal, assignment.adopted.as_ref()?).and_then(|day| match day {
        PartialDate::Day(day) => Some(day),
        _ => None,
    })
}

fn decided(portal: &Portal, decision: &DecisionRef) -> Option<PartialDate> {
    match portal.reported(decision) {
        Some((_, reported)) => reported.date,
        None => portal.decision(decision).and_then(|(document, _)| document.date).map(PartialDate::Day),
    }
}

fn stages(portal: &Portal, obligation: &Obligation) -> Vec<Stage> {
    let stage = |label, decision: &DecisionRef| {
        let url = short_decision_ref(portal, decision)?.url;
        Some(Stage { label, date_words: decided(portal, decision).map(PartialDate::swedish), url })
    };
    let mut out = Vec::new();
    if let Some(given) = &obligation.decision {
        out.extend(stage("Givet", given));
        for done in portal.fulfilled_by(given) {
            let facts = portal.decision(done).map(|(_, held)| &held.facts);
            let facts = facts.or_else(|| portal.reported(done).map(|(_, held)| &held.facts));
            let adopts = facts.is_some_and(|facts| !facts.adopts.is_empty());
            out.extend(stage(if adopts { "Antaget" } else { "Redovisat" }, done));
        }
    } else if let Some(document) = portal.document(obligation.document.as_str())
        && let Kind::Assignment(assignment) = &document.kind
        && let Some(adopted) = &assignment.adopted
    {
        out.extend(stage("Uppdraget antaget", adopted));
    }
    out
}

/// Who owes and to whom, in words.
pub fn obligation_parties(view: &ObligationView) -> (Option<String>, Option<String>) {
    let words = |parties: &[PartyView]| {
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    };
    (words(&view.who), words(&view.to))
}
