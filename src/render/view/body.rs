//! Bodies: their registers by tier, and each body's own page.

use super::decision::reported;
use super::register::{LATEST, Values, page_refs, slice};
use super::site::PortalObject;
use super::{
    Count, PageRef, PartyView, Ref, body_ref, obligation, page_ref, pagination, party, reference, taken, value,
};
use crate::model::{
    Body, BodyId, Choice, Clause, Formality, Forming, Kind, Member, Party, Portal, Reference, RegisterPage,
    collation_key,
};
use crate::render::calendar::has_events;
use crate::render::diagram;
use crate::render::routes::part_path;
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct BodyView<'a> {
    id: &'a str,
    name: &'a str,
    url: Option<String>,
    abbreviation: Option<&'a str>,
    former_names: Vec<FormerNameView<'a>>,
    aliases: &'a [String],
    tier: Labelled,
    principal: Option<PrincipalView>,
    county: Option<String>,
    description: Option<&'a str>,
    relations: Vec<BodyRelation>,
    members: Vec<PartyView>,
    founded_words: Option<String>,
    dissolved_words: Option<String>,
    forming: bool,
    source: Option<Ref>,
}

#[derive(Serialize)]
struct Labelled {
    key: &'static str,
    label: &'static str,
}

#[derive(Serialize)]
struct FormerNameView<'a> {
    name: &'a str,
    until_words: Option<String>,
    source: Option<Ref>,
}

/// A body's page; `None` when the register lacks it.
pub fn body_context(object: &PortalObject, id: &BodyId, number: usize, root: &str) -> Option<Values> {
    let (portal, owed) = (&*object.portal, object.owed());
    let body = portal.registers.bodies.get(id.as_str())?;
    let held = portal.links.by_body.get(id).map_or(&[][..], Vec::as_slice);
    let per_page = portal.site.per_page;
    let path = format!("{}/{id}", RegisterPage::Bodies.path());
    let mut values = BTreeMap::from([
        ("body", value(body_view(portal, body))),
        ("diagram", diagram::around(portal, body, root).map_or(Value::from(()), Value::from_safe_string)),
        ("pages", value(page_refs(portal, slice(held, number, per_page)))),
        ("pagination", value(pagination(&path, number, held.len(), per_page))),
    ]);
    let documents = || held.iter().map(|&at| portal.at(at));
    let meetings = documents().filter(|document| matches!(document.kind, Kind::Meeting(_))).take(LATEST);
    values.insert("meetings", value(meetings.map(|document| page_ref(portal, document)).collect::<Vec<_>>()));
    // A decision that gives an assignment stands under that heading alone.
    let gives = |decision: &super::DecisionView| decision.effects.iter().any(|effect| effect.label == "Ger uppdrag");
    let (mut given, mut taken): (Vec<_>, Vec<_>) = decided(object, id).into_iter().partition(gives);
    for (name, list) in [("given", &mut given), ("decisions", &mut taken)] {
        list.truncate(LATEST);
        values.insert(name, value(list));
    }
    let (roles, more) = roles(portal, id);
    values.insert("roles", value(roles));
    values.insert("roles_more", Value::from(more));
    if portal.has(RegisterPage::FollowUp) && has_events(portal, owed, Some(id)) {
        values.insert("calendar", Value::from(format!("{path}/kalender.ics")));
    }
    let all = owed.by(id);
    values.insert("groups", value(super::follow_up::groups(portal, slice(all, 1, per_page))));
    if all.len() > per_page && portal.has(RegisterPage::FollowUp) {
        let url = format!("{}.html", part_path(RegisterPage::FollowUp, &Choice::Body(id.clone())));
        values.insert("owed_more", value(Count { title: body.name.clone(), url, count: all.len() }));
    }
    let expected = owed.towards(id).iter().filter_map(|&at| obligation(portal, &portal.links.obligations[at]));
    values.insert("expected", value(expected.take(LATEST).collect::<Vec<_>>()));
    Some(values)
}

#[derive(Serialize)]
struct RolesView {
    roles: String,
    page: PageRef,
}

/// The latest documents in which the body has a role, each with all it is there, and how many more there are.
fn roles(portal: &Portal, id: &BodyId) -> (Vec<RolesView>, usize) {
    let held = portal.links.roles_of.get(id).map_or(&[][..], Vec::as_slice);
    let by_document = || held.chunk_by(|(a, _), (b, _)| a == b);
    let views = by_document().take(portal.site.per_page).map(|held| {
        let names: Vec<&str> = held.iter().map(|(_, role)| role.as_str()).collect();
        RolesView { roles: super::capitalised(&names.join(", ")), page: page_ref(portal, portal.at(held[0].0)) }
    });
    (views.collect(), by_document().count().saturating_sub(portal.site.per_page))
}

/// The latest decisions that are more than formalities, also those that are only told of elsewhere.
fn decided(object: &PortalObject, id: &BodyId) -> Vec<super::DecisionView> {
    let portal = &*object.portal;
    let held = object.portal.links.decisions.get(&Choice::Body(id.clone())).map_or(&[][..], |held| held.as_slice());
    let views = held.iter().filter_map(|&(at, clause)| {
        let document = portal.at(at);
        match clause {
            Clause::Reported(at) => Some(reported(portal, document, &document.reported()[at])),
            Clause::Taken(at) => {
                let decision = &document.decisions()[at];
                (decision.formality == Formality::Substantive).then(|| taken(portal, document, decision))
            }
        }
    });
    views.take(LATEST * 4).collect()
}

fn body_view<'a>(portal: &Portal, body: &'a Body) -> BodyView<'a> {
    let source = |source: &Option<Reference>| reference(portal, source.as_ref()?);
    BodyView {
        id: body.id.as_str(),
        name: &body.name,
        url: portal.body_url(&body.id).map(|url| url.to_string()),
        abbreviation: body.abbreviation.as_deref(),
        former_names: body
            .former_names
            .iter()
            .map(|former| FormerNameView {
                name: &former.name,
                until_words: former.until.map(|until| until.swedish()),
                source: source(&former.source),
            })
            .collect(),
        aliases: &body.aliases,
        tier: Labelled { key: body.tier.key(), label: body.tier.label() },
        principal: principal(body),
        county: foreign_county(portal, body),
        description: body.description.as_deref(),
        relations: body_relations(portal, body),
        members: body
            .members
            .iter()
            .map(|member| match member {
                Member::Body(id) => party(portal, &Party::Body(id.clone())),
                Member::Function(name) => PartyView { name: name.clone(), url: None },
            })
            .collect(),
        founded_words: body.founded.map(|date| date.swedish()),
        dissolved_words: body.dissolved.map(|date| date.swedish()),
        forming: body.forming == Forming::Forming,
        source: source(&body.source),
    }
}

/// Bodies with their number of documents, in Swedish order.
pub fn body_counts(portal: &Portal) -> Vec<Count> {
    let bodies = portal.registers.bodies.iter().filter_map(|body| {
        let count = portal.links.by_body.get(&body.id).map_or(0, Vec::len);
        Some(Count { title: body.name.clone(), url: portal.body_url(&body.id)?.to_string(), count })
    });
    let mut out: Vec<_> = bodies.collect();
    out.sort_by_cached_key(|count| collation_key(&count.title));
    out
}

#[derive(Serialize)]
pub struct TierView {
    title: &'static str,
    bodies: Vec<BodyEntry>,
}

#[derive(Serialize)]
struct BodyEntry {
    title: String,
    url: Option<String>,
    abbreviation: Option<String>,
    principal: Option<PrincipalView>,
    county: Option<String>,
    count: usize,
    relations: Vec<BodyRelation>,
}

#[derive(Debug, Serialize)]
pub struct PrincipalView {
    key: &'static str,
    label: &'static str,
    mark: &'static str,
}

#[derive(Serialize)]
struct BodyRelation {
    label: &'static str,
    bodies: Vec<Ref>,
}

pub fn principal(body: &Body) -> Option<PrincipalView> {
    body.principal.map(|held| PrincipalView { key: held.key(), label: held.label(), mark: held.mark() })
}

pub fn tiers(portal: &Portal) -> Vec<TierView> {
    let mut out = Vec::new();
    for (tier, _, title) in crate::model::Tier::ALL {
        let bodies = portal.registers.bodies.iter().filter(|body| body.tier == tier);
        let bodies: Vec<_> = bodies.map(|body| body_entry(portal, body)).collect();
        if !bodies.is_empty() {
            out.push(TierView { title, bodies });
        }
    }
    out
}

fn body_entry(portal: &Portal, body: &Body) -> BodyEntry {
    let Ref { title, url } = body_ref(portal, &body.id);
    BodyEntry {
        title,
        url,
        abbreviation: body.abbreviation.clone(),
        principal: principal(body),
        county: foreign_county(portal, body),
        count: portal.links.by_body.get(&body.id).map_or(0, Vec::len),
        relations: body_relations(portal, body),
    }
}

pub fn foreign_county(portal: &Portal, body: &Body) -> Option<String> {
    body.county.clone().filter(|county| portal.site.county.as_ref() != Some(county))
}

/// The body's relations in both directions.
fn body_relations(portal: &Portal, body: &Body) -> Vec<BodyRelation> {
    type Targets = fn(&Body) -> &[BodyId];
    const RELATIONS: [(&str, &str, Targets); 5] = [
        ("Överordnat organ", "Underordnade organ", |body| &body.above),
        ("Styrs av", "Styr", |body| &body.steered_by),
        ("Får uppdrag från", "Ger uppdrag till", |body| &body.assignment_from),
        ("Bereder för", "Bereds av", |body| &body.prepares_for),
        ("Rapporterar till", "Får rapporter från", |body| &body.reports_to),
    ];
    let mut out = Vec::new();
    for (label, inverse, targets) in RELATIONS {
        let own = targets(body).iter().map(|id| body_ref(portal, id)).collect();
        let from = portal.registers.bodies.iter().filter(|other| targets(other).contains(&body.id));
        let from = from.map(|other| body_ref(portal, &other.id)).collect();
        for (label, bodies) in [(label, own), (inverse, from)] {
            let bodies: Vec<Ref> = bodies;
            if !bodies.is_empty() {
                out.push(BodyRelation { label, bodies });
            }
        }
    }
    let member = |other: &&Body| other.members.contains(&Member::Body(body.id.clone()));
    let bodies: Vec<_> =
        portal.registers.bodies.iter().filter(member).map(|other| body_ref(portal, &other.id)).collect();
    if !bodies.is_empty() {
        out.push(BodyRelation { label: "Ingår i", bodies });
    }
    out
}
