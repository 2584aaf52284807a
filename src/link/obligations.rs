//! Who owes what, when and to whom, as one document says it.

use crate::model::{
    AssignmentStatus, Date, Decision, DecisionFacts, DecisionRef, Document, Due, EventKind, Kind, Obligation,
    ObligationKind, PartialDate, Site, Status, StatusKind, status,
};

/// Adds what `document` makes somebody owe, in the order of the document.
pub fn obligations(site: &Site, document: &Document, today: Date, out: &mut Vec<Obligation>) {
    let obligation = |kind, who, what: String, due, to_whom, decision| Obligation {
        kind,
        who,
        what,
        due,
        to_whom,
        document: document.id.clone(),
        decision,
    };
    match &document.kind {
        Kind::Assignment(assignment)
            if matches!(assignment.status, AssignmentStatus::Ended | AssignmentStatus::Replaced) => {}
        Kind::Assignment(assignment) => {
            let leader = |word: &str| {
                let named = assignment.roles.iter().filter(|role| role.role.to_lowercase().contains(word));
                named.flat_map(|role| role.holders.clone()).collect::<Vec<_>>()
            };
            for follow_up in &assignment.follow_up {
                let due = Due::Recurring(follow_up.cadence, follow_up.first.map(PartialDate::Day));
                let what =
                    follow_up.what.clone().unwrap_or_else(|| format!("Uppföljning, {}", follow_up.cadence.label()));
                let who = follow_up.by.clone().into_iter().collect();
                out.push(obligation(
                    ObligationKind::FollowUp,
                    who,
                    what,
                    due,
                    follow_up.to.clone().into_iter().collect(),
                    None,
                ));
            }
            for gate in assignment.gates.iter().filter(|gate| gate.what.is_some() || gate.date.is_some()) {
                let what =
                    gate.what.as_ref().map_or_else(|| gate.label.clone(), |what| format!("{}: {what}", gate.label));
                let due = gate.date.map_or(Due::Open, |date| Due::On(PartialDate::Day(date)));
                out.push(obligation(ObligationKind::Gate, gate.by.clone(), what, due, Vec::new(), None));
            }
            for deliverable in &assignment.deliverables {
                let due = deliverable.due.map_or(Due::Open, Due::On);
                let who = leader("ledare");
                out.push(obligation(
                    ObligationKind::Deliverable,
                    who,
                    deliverable.what.clone(),
                    due,
                    deliverable.to.clone(),
                    None,
                ));
            }
        }
        Kind::Agreement(agreement) => {
            let (status, event) = status(&agreement.events, today, site.ends_soon_days);
            let ended_by_decision =
                event.is_some_and(|event| matches!(event.kind, EventKind::Repealed | EventKind::Terminated));
            let open = status.kind != StatusKind::Ended || !ended_by_decision;
            if let Some((what, due)) = validity_end(&document.title, &status, today).filter(|_| open) {
                out.push(obligation(
                    ObligationKind::ValidityEnd,
                    agreement.parties.clone(),
                    what,
                    due,
                    Vec::new(),
                    None,
                ));
            }
        }
        Kind::Meeting(_) | Kind::Page(_) => {}
    }
    let taken = document.decisions().iter().map(|decision: &Decision| (&decision.id, &decision.facts));
    let reported = document.reported().iter().map(|decision| (&decision.id, &decision.facts));
    for (id, DecisionFacts { gives, .. }) in taken.chain(reported) {
        for given in gives {
            let decision = DecisionRef { document: document.id.clone(), decision: id.clone() };
            let due = given.due.map_or(Due::Open, Due::On);
            out.push(obligation(
                ObligationKind::Assignment,
                vec![given.to.clone()],
                given.what.clone(),
                due,
                Vec::new(),
                Some(decision),
            ));
        }
    }
}

/// How long an agreement that ran out stays among what is to be followed up.
const RECENT_DAYS: i32 = 365;

/// What an agreement's end asks of its parties: to act before it, to meet its condition, or to tell what came after it.
fn validity_end(title: &str, status: &Status, today: Date) -> Option<(String, Due)> {
    let on = |day: Date| Due::On(PartialDate::Day(day));
    match (&status.kind, status.until) {
        (StatusKind::InForce | StatusKind::Prolonged | StatusKind::Terminated, Some(until)) => {
            Some((format!("{title} upphör att gälla"), on(until)))
        }
        (StatusKind::Conditional(condition), _) if !condition.is_empty() => {
            Some((format!("{title} gäller tills {condition}"), Due::Open))
        }
        (StatusKind::Ended, Some(until)) => {
            let since = until.until(today).ok()?.get_days();
            (since <= RECENT_DAYS).then(|| (format!("{title} upphör att gälla"), on(until)))
        }
        _ => None,
    }
}
