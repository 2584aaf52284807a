//! What surrounds a decision: who prepared it, what it acts on, where it was taken, what fulfils it, its matter.

use super::agreement::short_decision_ref;
use super::decision::{DecisionView, Effect, place_words};
use super::site::PortalObject;
use super::{Ref, document_ref, party};
use crate::model::{DecisionRef, Document, EventKind, Kind, PartialDate, Party, Portal};
use crate::render::matters::Part;

/// `view` of the decision `reference`, with what others say of it.
pub fn with_context(site: &PortalObject, reference: &DecisionRef, view: DecisionView) -> DecisionView {
    let portal = &*site.portal;
    let mut effects = prepared(portal, reference);
    effects.extend(view.effects);
    for at in site.matters().acted_on(reference) {
        let document = portal.at(at);
        let link = document_ref(document);
        let told = effects.iter().any(|effect| effect.items.contains(&link));
        if let Some(label) = acts_on(document, reference).filter(|_| !told) {
            effects.push(Effect { label, items: vec![link] });
        }
    }
    let done = portal.fulfilled_by(reference).iter().filter_map(|done| short_decision_ref(portal, done));
    push(&mut effects, "Fullgjort genom", done.collect());
    push(&mut effects, "Fattades vid", taken_at(site, reference));
    let matter = site.matters().with(&Part::Decision(reference.clone()));
    let matter = matter.map(|matter| Ref { title: "Följ frågan".to_owned(), url: Some(matter.url()) });
    DecisionView { effects, matter, ..view }
}

fn push(out: &mut Vec<Effect>, label: &'static str, items: Vec<Ref>) {
    if !items.is_empty() {
        out.push(Effect { label, items });
    }
}

fn prepared(portal: &Portal, reference: &DecisionRef) -> Vec<Effect> {
    let facts = portal.decision(reference).map(|(_, held)| &held.facts);
    let by = facts.into_iter().flat_map(|facts| &facts.prepared_by).map(|by| {
        let view = party(portal, by);
        Ref { title: view.name, url: view.url }
    });
    let mut out = Vec::new();
    push(&mut out, "Bereddes av", by.collect());
    out
}

/// What a document says that the decision did to it.
fn acts_on(document: &Document, reference: &DecisionRef) -> Option<&'static str> {
    match &document.kind {
        Kind::Assignment(assignment) => (assignment.adopted.as_ref() == Some(reference)).then_some("Antar"),
        Kind::Agreement(agreement) => {
            let event = agreement.events.iter().find(|event| event.decision.as_ref() == Some(reference));
            let event = event.map(|event| match event.kind {
                EventKind::Adopted => "Antar",
                EventKind::Prolonged => "Förlänger",
                EventKind::Conditional(_) => "Sätter villkor för",
                EventKind::Revised => "Reviderar",
                EventKind::Replaced(_) => "Ersätter",
                EventKind::Terminated => "Säger upp",
                EventKind::Repealed => "Upphäver",
            });
            let adopts = agreement.adoptions.iter().any(|adoption| adoption.decision.as_ref() == Some(reference));
            event.or_else(|| adopts.then_some("Antar"))
        }
        Kind::Meeting(_) | Kind::Page(_) => None,
    }
}

/// The body's own meeting on the day of a decision that is told of elsewhere.
fn taken_at(site: &PortalObject, reference: &DecisionRef) -> Vec<Ref> {
    let portal = &*site.portal;
    let Some((teller, held)) = portal.reported(reference) else { return Vec::new() };
    let (Some(Party::Body(body)), Some(PartialDate::Day(date))) = (&held.decided_by, held.date) else {
        return Vec::new();
    };
    let meetings = site.matters().sittings(body, date).iter().map(|&at| portal.at(at));
    meetings.filter(|meeting| meeting.id != teller.id).map(|meeting| document_ref(meeting)).collect()
}

/// The items of other meetings that tell of decisions taken at this one.
pub fn told_in(site: &PortalObject, document: &Document) -> Vec<Ref> {
    let (Some(body), Some(date)) = (&document.body, document.date) else { return Vec::new() };
    let told = site.matters().told(body, date).iter().filter(|decision| decision.document != document.id);
    told.filter_map(|decision| place(&site.portal, decision)).collect()
}

fn place(portal: &Portal, decision: &DecisionRef) -> Option<Ref> {
    let (document, _) = portal.reported(decision)?;
    let url = format!("{}#{}", document.url(), decision.decision.anchor());
    let place = place_words(document, &decision.decision)?;
    Some(Ref { title: format!("{}, {place}", document.title), url: Some(url) })
}
