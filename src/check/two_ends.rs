//! `två-slutdatum`: an agreement or an assignment ends once.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{Agreement, Assignment, Document, Ending, EventKind, Kind, PartialDate, Portal};

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let found = match &document.kind {
        Kind::Agreement(agreement) => agreement_ends(agreement),
        Kind::Assignment(assignment) => assignment_ends(assignment),
        Kind::Meeting(_) | Kind::Page(_) => None,
    };
    if let Some((other, message)) = found {
        problems.push(two_ends(document, &other, message));
    }
}

/// Two events of the same kind and day that say different ends.
fn agreement_ends(agreement: &Agreement) -> Option<(String, String)> {
    let events = &agreement.events;
    events.iter().enumerate().find_map(|(at, event)| {
        let to = event.to?;
        let other = events[..at].iter().find(|other| {
            let same_kind = std::mem::discriminant(&other.kind) == std::mem::discriminant(&event.kind);
            let repeats = same_kind && matches!(event.kind, EventKind::Adopted | EventKind::Prolonged);
            repeats && other.decided == event.decided && other.to.is_some_and(|end| end != to)
        })?;
        let first = other.to?;
        Some((
            to.to_string(),
            format!("giltigheten slutar både {first} och {to} enligt händelsen `{}`", event.kind.key()),
        ))
    })
}

fn assignment_ends(assignment: &Assignment) -> Option<(String, String)> {
    let period = assignment.period.as_ref()?;
    let to = period.to?;
    if period.open_ended == Ending::UntilFurtherNotice {
        return Some((to.to_string(), format!("uppdraget slutar {to} och gäller samtidigt tills vidare")));
    }
    let last = assignment.phases.iter().filter_map(|phase| phase.to).max_by_key(|end| end.last_day())?;
    (last.first_day() > to.last_day())
        .then(|| (last.to_string(), format!("uppdraget slutar {to}, men en fas pågår till {last}")))
}

/// The end that a decision sets is the end that the agreement's event carries.
pub fn check_decisions(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    for document in &portal.documents {
        let Kind::Agreement(agreement) = &document.kind else { continue };
        for event in &agreement.events {
            let (Some(to), Some(reference)) = (event.to, &event.decision) else { continue };
            let decided = portal.reported(reference).and_then(|(_, decision)| decision.until);
            if let Some(until) = decided.filter(|until| PartialDate::Day(*until) != to) {
                let message = format!("giltigheten slutar {to}, men beslutet `{reference}` säger {until}");
                problems.push(two_ends(document, &to.to_string(), message));
            }
        }
    }
}

fn two_ends(document: &Document, date: &str, message: String) -> Diagnostic {
    Diagnostic::warning("två-slutdatum", document.place.of("till", date), message)
        .hint("kontrollera mot originalet; säger källan själv två saker, skriv det under `motsägelser`")
}
