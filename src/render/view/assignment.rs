//! Assignments: roles, period, gates, deliverables, follow-up.

use super::decision::{DecisionView, reported, taken};
use super::site::PortalObject;
use super::{PartyView, parties, party, value};
use crate::model::{
    Assignment, AssignmentStatus, Certainty, DecisionRef, Document, Ending, PartialDate, Period, PeriodStart, Portal,
    swedish_date,
};
use minijinja::Value;
use serde::Serialize;

#[derive(Serialize)]
struct RoleView {
    role: String,
    holders: Vec<PartyView>,
    through: Option<PartyView>,
}

#[derive(Serialize)]
struct PhaseView<'a> {
    name: &'a str,
    from: Option<String>,
    to: Option<String>,
    words: Option<String>,
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct GateView<'a> {
    label: &'a str,
    date: Option<String>,
    date_words: Option<String>,
    what: Option<&'a str>,
    by: Vec<PartyView>,
}

#[derive(Serialize)]
struct DeliverableView<'a> {
    what: &'a str,
    to: Vec<PartyView>,
    due_words: Option<String>,
}

#[derive(Serialize)]
struct FollowUpView<'a> {
    cadence: &'static str,
    by: Option<PartyView>,
    to: Option<PartyView>,
    first_words: Option<String>,
    what: Option<&'a str>,
}

#[derive(Serialize)]
struct FundingView<'a> {
    source: &'a str,
    amount: Option<u64>,
    code: Option<&'a str>,
}

#[derive(Serialize)]
struct MandateView<'a> {
    concerns: &'a str,
    decided_by: Vec<PartyView>,
}

/// The values of an assignment's own page.
pub fn field(site: &PortalObject, document: &Document, assignment: &Assignment, key: &str) -> Option<Value> {
    let portal = &*site.portal;
    Some(match key {
        "roles" => value(roles(portal, assignment)),
        "period_words" => Value::from(assignment.period.as_ref().map(period)),
        "phases" => value(phases(assignment)),
        "gates" => value(gates(portal, assignment)),
        "deliverables" => value(deliverables(portal, assignment)),
        "follow_up" => value(follow_up(portal, assignment)),
        "funding" => value(funding(assignment)),
        "change_mandates" => value(mandates(portal, assignment)),
        "adopted" => value(assignment.adopted.as_ref().and_then(|reference| decision(portal, reference))),
        "state" => Value::from(
            Some(assignment.status).filter(|status| *status != AssignmentStatus::Unknown).map(AssignmentStatus::label),
        ),
        "target_group" => Value::from(assignment.target_group.clone()),
        "contradictions" => value(&assignment.contradictions),
        "obligations" => {
            let own = site.owed().of_document(&document.id).iter().map(|&at| &portal.links.obligations[at]);
            value(own.filter_map(|obligation| super::obligation(portal, obligation)).collect::<Vec<_>>())
        }
        _ => return None,
    })
}

/// The decision a reference names, wherever it was taken.
pub fn decision(portal: &Portal, reference: &DecisionRef) -> Option<DecisionView> {
    let own = portal.decision(reference).map(|(document, decision)| taken(portal, document, decision));
    own.or_else(|| portal.reported(reference).map(|(document, decision)| reported(portal, document, decision)))
}

fn roles(portal: &Portal, assignment: &Assignment) -> Vec<RoleView> {
    let roles = assignment.roles.iter();
    roles
        .map(|role| RoleView {
            role: super::capitalised(&role.role),
            holders: parties(portal, &role.holders),
            through: role.through.as_ref().map(|through| party(portal, through)),
        })
        .collect()
}

/// "från beslutsdatum, tills vidare"; "7 februari 2020 till 31 december 2020 (preliminärt)"
fn period(period: &Period) -> String {
    let from = period.from.as_ref().map(|from| match from {
        PeriodStart::Date(date) => format!("från {}", date.swedish()),
        PeriodStart::Words(words) => format!("från {words}"),
    });
    let to = period.to.map(|to| format!("till {}", to.swedish()));
    let open = (period.open_ended == Ending::UntilFurtherNotice).then(|| "tills vidare".to_owned());
    let words = [from, to, open].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let words = super::capitalised(&words);
    if period.certainty == Certainty::Preliminary { format!("{words} (preliminärt)") } else { words }
}

fn phases(assignment: &Assignment) -> Vec<PhaseView<'_>> {
    let phases = assignment.phases.iter();
    phases
        .map(|phase| PhaseView {
            name: &phase.name,
            from: phase.from.map(|from| from.to_string()),
            to: phase.to.map(|to| to.to_string()),
            words: match (phase.from.map(PartialDate::swedish), phase.to.map(PartialDate::swedish)) {
                (Some(from), Some(to)) => Some(format!("{from} – {to}")),
                (Some(from), None) => Some(format!("från {from}")),
                (None, Some(to)) => Some(format!("till {to}")),
                (None, None) => None,
            },
            description: phase.description.as_deref(),
        })
        .collect()
}

fn gates<'a>(portal: &Portal, assignment: &'a Assignment) -> Vec<GateView<'a>> {
    let gates = assignment.gates.iter();
    gates
        .map(|gate| GateView {
            label: &gate.label,
            date: gate.date.map(|date| date.to_string()),
            date_words: gate.date.map(swedish_date),
            what: gate.what.as_deref(),
            by: parties(portal, &gate.by),
        })
        .collect()
}

fn deliverables<'a>(portal: &Portal, assignment: &'a Assignment) -> Vec<DeliverableView<'a>> {
    let deliverables = assignment.deliverables.iter();
    deliverables
        .map(|deliverable| DeliverableView {
            what: &deliverable.what,
            to: parties(portal, &deliverable.to),
            due_words: deliverable.due.map(PartialDate::swedish),
        })
        .collect()
}

fn follow_up<'a>(portal: &Portal, assignment: &'a Assignment) -> Vec<FollowUpView<'a>> {
    let follow_ups = assignment.follow_up.iter();
    follow_ups
        .map(|follow_up| FollowUpView {
            cadence: follow_up.cadence.label(),
            by: follow_up.by.as_ref().map(|by| party(portal, by)),
            to: follow_up.to.as_ref().map(|to| party(portal, to)),
            first_words: follow_up.first.map(swedish_date),
            what: follow_up.what.as_deref(),
        })
        .collect()
}

fn funding(assignment: &Assignment) -> Vec<FundingView<'_>> {
    let funding = assignment.funding.iter();
    funding
        .map(|funding| FundingView { source: &funding.source, amount: funding.amount, code: funding.code.as_deref() })
        .collect()
}

fn mandates<'a>(portal: &Portal, assignment: &'a Assignment) -> Vec<MandateView<'a>> {
    let mandates = assignment.change_mandates.iter();
    mandates
        .map(|mandate| MandateView { concerns: &mandate.concerns, decided_by: parties(portal, &mandate.decided_by) })
        .collect()
}
