//! `upphävd-lag`: what still holds does not rest on an act that has been repealed.

use super::Around;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Act, Applies, AssignmentStatus, Date, Document, Found, Kind, cited_act, status, swedish_date};
use std::collections::BTreeSet;

pub fn check(document: &Document, around: Around<'_>, problems: &mut Vec<Diagnostic>) {
    if is_over(document, around.today) {
        return;
    }
    let acts = &around.registers.acts;
    let source = &document.place.source;
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    let mut found = Vec::new();
    for Found { span, meanings } in around.repealed.find(&source.text) {
        let Some(act) = cited_act(meanings, acts, document) else { continue };
        if cited.insert(act) && acts[act].is_repealed(around.today) {
            found.push((act, Place::at(source, span)));
        }
    }
    // Who names the later act too has told the reader already.
    let told = |act: &Act| act.repealed_by.iter().any(|by| cited.iter().any(|&at| acts[at].sfs == *by));
    let stale = found.into_iter().map(|(act, place)| (&acts[act], place));
    problems.extend(
        stale.filter(|(act, _)| !told(act) && !is_older(document, act)).map(|(act, place)| repealed(act, place)),
    );
}

/// What was over before the act was repealed cites it rightly for ever.
fn is_over(document: &Document, today: Date) -> bool {
    match &document.kind {
        Kind::Agreement(agreement) => status(&agreement.events, today, 0).0.applies() == Applies::No,
        Kind::Assignment(assignment) => {
            let ended = assignment.period.as_ref().and_then(|period| period.to).is_some_and(|to| to.last_day() < today);
            ended || matches!(assignment.status, AssignmentStatus::Ended | AssignmentStatus::Replaced)
        }
        Kind::Meeting(_) | Kind::Page(_) => false,
    }
}

/// A meeting or page of its day is history; an agreement or assignment that still holds is not.
fn is_older(document: &Document, act: &Act) -> bool {
    let records = matches!(document.kind, Kind::Meeting(_) | Kind::Page(_));
    records && document.date.is_some_and(|date| act.repealed_from.is_some_and(|from| date < from))
}

fn repealed(act: &Act, place: Place) -> Diagnostic {
    let from = act.repealed_from.map(|from| format!(" den {}", swedish_date(from))).unwrap_or_default();
    let by = act.repealed_by.as_ref().map(|by| format!(" och ersattes av {by}")).unwrap_or_default();
    Diagnostic::warning("upphävd-lag", place, format!("{} upphävdes{from}{by}", act.name))
        .hint("ändra inte källans ord; läsaren får en anmärkning. Är texten er egen, hänvisa till den lag som gäller")
}
