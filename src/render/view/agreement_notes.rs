//! What an agreement's events do not say in so many words: gaps, overlaps, late prolongations, those left out, and
//! whether the one who prolonged is one who may. Notes, never verdicts, and only from typed relations.

use super::siblings::left_out;
use super::site::PortalObject;
use super::{Ref, body_ref, document_ref};
use crate::model::{
    Agreement, Applies, BodyId, Date, Document, EventKind, Kind, PartialDate, Party, Portal, Reference, Relation,
    ValidityEvent, swedish_date,
};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub label: &'static str,
    pub text: String,
    /// What the text speaks of.
    pub links: Vec<Ref>,
}

impl Note {
    pub fn new(label: &'static str, text: String) -> Self {
        Self { label, text, links: Vec::new() }
    }

    pub fn with(self, links: impl IntoIterator<Item = Ref>) -> Self {
        Self { links: links.into_iter().collect(), ..self }
    }
}

/// Everything worth pointing out about `document`, which holds `agreement`.
pub fn notes(site: &PortalObject, document: &Document, agreement: &Agreement) -> Vec<Note> {
    let portal = &*site.portal;
    let mut out = periods(&agreement.events);
    out.extend(agreement.events.iter().filter_map(condition));
    out.extend(left_out(site, document));
    out.extend(authority(portal, document, agreement));
    out.extend(outlives(portal, agreement));
    out
}

/// Gaps and overlaps between periods, and prolongations decided when the time had already run out.
fn periods(events: &[ValidityEvent]) -> Vec<Note> {
    let mut out = Vec::new();
    let mut end: Option<Date> = None;
    for event in events {
        if matches!(event.kind, EventKind::Adopted | EventKind::Prolonged | EventKind::Revised)
            && let Some(end) = end
        {
            out.extend(event.from.and_then(|from| break_between(end, from)));
            out.extend(event.decided.filter(|day| day.first_day() > end).map(|day| {
                let text = format!("Beslutet togs {}, sedan tiden hade gått ut {}.", day.swedish(), swedish_date(end));
                Note::new("Förlängd i efterhand", text)
            }));
        }
        end = event.to.filter(|_| !event.kind.ends()).map(PartialDate::last_day).or(end);
    }
    out
}

fn break_between(end: Date, from: PartialDate) -> Option<Note> {
    let first = from.first_day();
    let next = end.tomorrow().ok()?;
    if first > next {
        let last = first.yesterday().ok()?;
        let text = format!("Ingen giltighet är beslutad från {} till {}.", swedish_date(next), swedish_date(last));
        return Some(Note::new("Uppehåll", text));
    }
    // A year or a month that begins by then may still follow the day after.
    (from.last_day() <= end).then(|| {
        let text = format!("En ny period börjar {}, innan den förra slutar {}.", from.swedish(), swedish_date(end));
        Note::new("Perioderna går i varandra", text)
    })
}

fn condition(event: &ValidityEvent) -> Option<Note> {
    let EventKind::Conditional(until) = &event.kind else { return None };
    let until = if until.is_empty() { String::new() } else { format!(" tills {until}") };
    Some(Note::new("Villkor", format!("Gäller{until}. Underlaget visar inte att villkoret är uppfyllt.")))
}

/// Who changed the validity, set beside who adopted and who may change.
fn authority(portal: &Portal, document: &Document, agreement: &Agreement) -> Vec<Note> {
    let adopters = adopters(portal, agreement);
    let changes = agreement.events.iter().filter_map(|event| {
        let verb = match event.kind {
            EventKind::Prolonged => "Förlängd",
            EventKind::Revised => "Reviderad",
            EventKind::Terminated => "Uppsagd",
            EventKind::Repealed => "Upphävd",
            _ => return None,
        };
        Some((verb, decider(portal, event)))
    });
    let mut out: Vec<Note> = Vec::new();
    for (verb, decider) in changes {
        let note = match decider {
            None => Note::new("Vem som fick besluta", format!("{verb}, men av vem framgår inte av underlaget.")),
            Some(decider) => may_decide(portal, document, verb, &decider, &adopters),
        };
        if !out.contains(&note) {
            out.push(note);
        }
    }
    out
}

fn adopters(portal: &Portal, agreement: &Agreement) -> BTreeSet<BodyId> {
    let adopted = agreement.events.iter().filter(|event| event.kind == EventKind::Adopted);
    let events = adopted.filter_map(|event| decider(portal, event));
    let parties = agreement.adoptions.iter().filter_map(|adoption| match &adoption.party {
        Party::Body(id) => Some(id.clone()),
        Party::Text(_) => None,
    });
    events.chain(parties).collect()
}

/// The body behind an event: as it says, else the one that took its decision.
fn decider(portal: &Portal, event: &ValidityEvent) -> Option<BodyId> {
    let of_decision = || {
        let reference = event.decision.as_ref()?;
        match (portal.reported(reference), portal.decision(reference)) {
            (Some((_, held)), _) => match &held.decided_by {
                Some(Party::Body(id)) => Some(id.clone()),
                _ => None,
            },
            (None, Some((document, _))) => document.body.clone(),
            (None, None) => None,
        }
    };
    event.decided_by.clone().or_else(of_decision)
}

fn may_decide(portal: &Portal, document: &Document, verb: &str, decider: &BodyId, adopters: &BTreeSet<BodyId>) -> Note {
    let label = "Vem som fick besluta";
    let name = portal.registers.body_name(decider);
    if adopters.contains(decider) {
        return Note::new(label, format!("{verb} av {name}, som också antog överenskommelsen."));
    }
    if let Some((concerns, assignment)) = mandate(portal, document, decider) {
        let text = format!("{verb} av {name}, som enligt ett uppdrag beslutar om: {concerns}.");
        return Note::new(label, text).with([document_ref(assignment)]);
    }
    if adopters.is_empty() {
        let text = format!(
            "{verb} av {name}. Vem som antog överenskommelsen framgår inte av underlaget, och därmed inte om {name} får ändra dess giltighet."
        );
        return Note::new(label, text);
    }
    let prepares = portal.registers.bodies.get(decider.as_str());
    let prepares =
        prepares.map(|body| body.prepares_for.iter().filter(|id| adopters.contains(*id)).collect::<Vec<_>>());
    let prepares = match prepares.as_deref() {
        Some([id, ..]) => format!(" {name} bereder ärenden för {}.", portal.registers.body_name(id)),
        _ => String::new(),
    };
    let text = format!(
        "{verb} av {name} men antagen av andra. Underlaget visar inte att {name} får ändra giltigheten.{prepares} Antagen av:"
    );
    Note::new(label, text).with(adopters.iter().map(|id| body_ref(portal, id)))
}

/// What an assignment that belongs to the agreement lets `decider` decide.
fn mandate<'a>(portal: &'a Portal, document: &Document, decider: &BodyId) -> Option<(&'a str, &'a Document)> {
    let named = document.relates.iter().chain(&document.founded_on).filter_map(|reference| match reference {
        Reference::Document(id) => portal.document(id.as_str()),
        Reference::Text(_) => None,
    });
    let naming = portal
        .backlinks(&document.id)
        .iter()
        .filter(|backlink| matches!(backlink.relation, Relation::Relates | Relation::FoundedOn));
    let mut related = named.chain(naming.map(|backlink| portal.at(backlink.from)));
    related.find_map(|held| {
        let Kind::Assignment(assignment) = &held.kind else { return None };
        let mandate = assignment.change_mandates.iter().find(|mandate| {
            let concerns = mandate.concerns.to_lowercase();
            let of_validity = ["giltig", "förläng", "överenskommelse"].iter().any(|word| concerns.contains(word));
            of_validity && mandate.decided_by.contains(&Party::Body(decider.clone()))
        })?;
        Some((mandate.concerns.as_str(), &**held))
    })
}

/// A local agreement that is to last longer than the regional one it rests on, or that applies where that one does not.
fn outlives(portal: &Portal, agreement: &Agreement) -> Option<Note> {
    let below = portal.document(agreement.builds_on.as_ref()?.as_str())?;
    let Kind::Agreement(regional) = &below.kind else { return None };
    let (own, base) = (portal.status(agreement).0, portal.status(regional).0);
    let text = match (own.until, base.until) {
        _ if own.applies() == Applies::Yes && base.applies() == Applies::No => format!(
            "Den {} gäller denna överenskommelse, men inte den som den bygger på: {}.",
            swedish_date(portal.today),
            base.label()
        ),
        (Some(own), Some(base)) if own > base && own >= portal.today => format!(
            "Gäller till {}, men den överenskommelse som den bygger på till {}.",
            swedish_date(own),
            swedish_date(base)
        ),
        _ => return None,
    };
    Some(Note::new("Längre än sin grund", text).with([document_ref(below)]))
}
