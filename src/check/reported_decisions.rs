//! `återgivet-utan-möte`: a decision that a meeting only tells of has a meeting of its own in the portal.

use crate::diagnostic::Diagnostic;
use crate::model::{BodyId, Date, Document, Kind, PartialDate, Party, Portal, swedish_date};
use std::collections::{BTreeMap, HashSet};

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let held: HashSet<(&BodyId, Date)> = portal
        .documents
        .iter()
        .filter(|document| matches!(document.kind, Kind::Meeting(_)))
        .filter_map(|document| Some((document.body.as_ref()?, document.date?)))
        .collect();
    for document in &portal.documents {
        for ((body, date), count) in told(document) {
            if date.is_none_or(|date| !held.contains(&(body, date))) {
                problems.push(without_meeting(portal, document, (body, date), count));
            }
        }
    }
}

/// By whom and when the decisions were taken that the document tells of, with their number.
fn told(document: &Document) -> BTreeMap<(&BodyId, Option<Date>), usize> {
    let mut out = BTreeMap::new();
    for decision in document.reported() {
        let Some(Party::Body(body)) = &decision.decided_by else { continue };
        // A month or a year names no meeting that could be looked for.
        let day = match decision.date {
            Some(PartialDate::Day(day)) => Some(day),
            Some(_) => continue,
            None => None,
        };
        *out.entry((body, day)).or_default() += 1;
    }
    out
}

fn without_meeting(
    portal: &Portal,
    document: &Document,
    (body, date): (&BodyId, Option<Date>),
    count: usize,
) -> Diagnostic {
    let name = portal.registers.body_name(body);
    let what = if count == 1 { "ett beslut".to_owned() } else { format!("{count} beslut") };
    let (message, hint) = match date {
        Some(date) => (
            format!("{what} återges från {name} den {}, men det mötet finns inte i portalen", swedish_date(date)),
            "lägg in mötets egna anteckningar, så att beslutets ordalydelse går att läsa där det togs",
        ),
        None => (
            format!("{what} återges från {name} utan datum, så det egna mötet går inte att finna"),
            "skriv `datum` för det återgivna beslutet, om underlaget säger när det togs",
        ),
    };
    Diagnostic::warning("återgivet-utan-möte", document.place.of("återgivna_beslut", ""), message).hint(hint)
}
