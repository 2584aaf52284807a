//! "Två av de tre förlängdes": agreements that were decided together, some of which a later decision left out.

use super::agreement::decision_ref;
use super::agreement_notes::Note;
use super::site::PortalObject;
use super::{capitalised, document_ref};
use crate::model::{Agreement, Date, DecisionRef, Document, EventKind, Kind, PartialDate};
use std::collections::{BTreeMap, BTreeSet};

/// What was decided of agreements under one item, on one day: in one clause or in several.
#[derive(Default)]
struct Joint {
    decision: Option<DecisionRef>,
    adopted: BTreeSet<usize>,
    prolonged: BTreeSet<usize>,
}

/// The meeting, what the ids of an item's decisions begin with, and the day.
type Place = (usize, String, Option<Date>);

/// What is worth telling of the agreements that `document` was decided together with.
pub fn left_out(site: &PortalObject, document: &Document) -> Vec<Note> {
    let Some(&own) = site.portal.links.by_id.get(&document.id) else { return Vec::new() };
    let mut out = Vec::new();
    for ((.., first_day), first) in joints(site, own) {
        let together: BTreeSet<usize> = first.adopted.union(&first.prolonged).copied().collect();
        let later: BTreeMap<_, _> = together.iter().flat_map(|&at| joints(site, at)).collect();
        let later = later.into_iter().filter(|((.., day), _)| *day > first_day);
        let mut later: Vec<_> = later.collect();
        // What was taken at a meeting of its own and told of at another is one; the meeting's own is shown.
        later.sort_by_key(|((_, item, day), joint)| (*day, joint.prolonged.clone(), item.starts_with("r-")));
        later.dedup_by(|((.., a), told), ((.., b), own)| a == b && told.prolonged == own.prolonged);
        let verb = if first.prolonged.contains(&own) { "förlängdes" } else { "antogs" };
        for (_, later) in later {
            let prolonged = together.intersection(&later.prolonged).count();
            let omitted = together.difference(&later.prolonged).filter(|&&at| !is_settled(site, at, first_day));
            let names: Vec<_> = omitted.map(|&at| document_ref(site.portal.at(at))).collect();
            if prolonged == 0 || names.is_empty() {
                continue;
            }
            let text = format!(
                "{} av de {} överenskommelser som {verb} tillsammans förlängdes genom ett senare beslut. Utanför stod:",
                capitalised(&counted(prolonged)),
                counted(together.len()),
            );
            let decision = later.decision.and_then(|decision| decision_ref(&site.portal, &decision));
            out.push(Note::new("Förlängd utan alla", text).with(names.into_iter().chain(decision)));
        }
    }
    out
}

/// Whether something else has become of the agreement since `day`, or it has ended.
fn is_settled(site: &PortalObject, at: usize, day: Option<Date>) -> bool {
    let Kind::Agreement(agreement) = &site.portal.at(at).kind else { return true };
    let by_event = agreement.events.iter().any(|event| match event.kind {
        EventKind::Prolonged | EventKind::Revised => event.decided.map(PartialDate::last_day) > day,
        ref kind => kind.ends(),
    });
    by_event || joints(site, at).iter().any(|((.., other), joint)| *other > day && joint.prolonged.contains(&at))
}

/// The decisions that adopted or prolonged the agreement, each with all that was decided together with it.
fn joints(site: &PortalObject, at: usize) -> BTreeMap<Place, Joint> {
    let document = site.portal.at(at);
    let Kind::Agreement(agreement) = &document.kind else { return BTreeMap::new() };
    let named = agreement.events.iter().filter_map(|event| event.decision.as_ref());
    let naming = site.portal.backlinks(&document.id).iter().filter_map(|backlink| backlink.decision.as_ref());
    let decisions = named.chain(naming).filter(|decision| effect(site, decision, at).is_some());
    let places: BTreeSet<Place> = decisions.filter_map(|decision| place(site, decision)).collect();
    places.into_iter().map(|place| (place.clone(), joint(site, &place))).collect()
}

fn place(site: &PortalObject, decision: &DecisionRef) -> Option<Place> {
    let at = *site.portal.links.by_id.get(&decision.document)?;
    let day = match site.portal.reported(decision) {
        Some((_, held)) => held.date.map(PartialDate::first_day),
        None => site.portal.at(at).date,
    };
    Some((at, item(decision).to_owned(), day))
}

/// `6b` of `6b-1`, `r-4c` of `r-4c-1`.
fn item(decision: &DecisionRef) -> &str {
    let id = decision.decision.as_str();
    id.rsplit_once('-').map_or(id, |(item, _)| item)
}

fn joint(site: &PortalObject, wanted: &Place) -> Joint {
    let document = site.portal.at(wanted.0);
    let taken = document.decisions().iter().map(|decision| &decision.id);
    let ids = taken.chain(document.reported().iter().map(|decision| &decision.id));
    let decisions = ids.map(|id| DecisionRef { document: document.id.clone(), decision: id.clone() });
    let mut out = Joint::default();
    for decision in decisions.filter(|decision| place(site, decision).as_ref() == Some(wanted)) {
        for at in site.matters().acted_on(&decision) {
            match effect(site, &decision, at) {
                Some(Effect::Adopts) => out.adopted.insert(at),
                Some(Effect::Prolongs) => out.prolonged.insert(at),
                None => continue,
            };
            out.decision.get_or_insert_with(|| decision.clone());
        }
    }
    out
}

enum Effect {
    Adopts,
    Prolongs,
}

/// What a decision does to an agreement, by the decision's own facts or by the agreement's events.
fn effect(site: &PortalObject, decision: &DecisionRef, at: usize) -> Option<Effect> {
    let document = site.portal.at(at);
    let Kind::Agreement(Agreement { events, .. }) = &document.kind else { return None };
    let facts = match (site.portal.reported(decision), site.portal.decision(decision)) {
        (Some((_, held)), _) => &held.facts,
        (None, Some((_, held))) => &held.facts,
        (None, None) => return None,
    };
    let names =
        |kind: EventKind| events.iter().any(|event| event.kind == kind && event.decision.as_ref() == Some(decision));
    if facts.prolongs.contains(&document.id) || names(EventKind::Prolonged) {
        Some(Effect::Prolongs)
    } else {
        (facts.adopts.contains(&document.id) || names(EventKind::Adopted)).then_some(Effect::Adopts)
    }
}

fn counted(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
