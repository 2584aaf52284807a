//! Bodies as Popolo `Organization`s, their members as `Membership`s and functions as `Post`s.

use super::Field;
use crate::model::{Body, BodyId, Forming, Member, Portal};
use serde::Serialize;

pub const FIELDS: [Field; 12] = [
    ("organizations[].id", "Organets id."),
    ("organizations[].name", "Organets namn."),
    (
        "organizations[].other_names",
        "Förkortning, andra skrivsätt och tidigare namn, med slutdag (end_date) där den är känd.",
    ),
    ("organizations[].classification", "Nivån i samverkansstrukturen."),
    ("organizations[].parent_id", "Det överordnade organets id."),
    ("organizations[].area", "Länet."),
    ("organizations[].founding_date, dissolution_date", "När organet bildades och upphörde."),
    ("organizations[].principal", "Huvudman: region, kommun, gemensam, stat eller annan. Finns inte i Popolo."),
    ("organizations[].status", "forming för ett organ under bildande. Finns inte i Popolo."),
    ("organizations[].relations", "Vem som styr, ger uppdrag, bereds för och rapporteras till. Finns inte i Popolo."),
    ("memberships", "Organ som ingår i andra organ (member_id i organization_id)."),
    ("posts", "Funktioner som ingår i ett organ."),
];

#[derive(Serialize)]
pub struct Popolo<'a> {
    organizations: Vec<OrganizationRecord<'a>>,
    memberships: Vec<Membership<'a>>,
    posts: Vec<Post<'a>>,
}

#[derive(Serialize)]
struct OrganizationRecord<'a> {
    id: &'a str,
    name: &'a str,
    other_names: Vec<OtherName<'a>>,
    classification: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<Area<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founding_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dissolution_date: Option<String>,
    links: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    relations: Vec<Relation<'a>>,
}

#[derive(Serialize)]
struct OtherName<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    note: &'static str,
}

#[derive(Serialize)]
struct Area<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Link {
    url: String,
    note: &'static str,
}

#[derive(Serialize)]
struct Relation<'a> {
    kind: &'static str,
    organization_id: &'a str,
}

#[derive(Serialize)]
struct Membership<'a> {
    organization_id: &'a str,
    member_id: &'a str,
}

#[derive(Serialize)]
struct Post<'a> {
    id: String,
    label: &'a str,
    organization_id: &'a str,
}

pub fn popolo(portal: &Portal) -> Popolo<'_> {
    let bodies = &portal.registers.bodies;
    let (mut memberships, mut posts) = (Vec::new(), Vec::new());
    for body in bodies.iter() {
        let organization_id = body.id.as_str();
        for (at, member) in body.members.iter().enumerate() {
            match member {
                Member::Body(id) => memberships.push(Membership { organization_id, member_id: id.as_str() }),
                Member::Function(label) => {
                    posts.push(Post { id: format!("{organization_id}#{}", at + 1), label, organization_id });
                }
            }
        }
    }
    Popolo { organizations: bodies.iter().map(|body| record(portal, body)).collect(), memberships, posts }
}

fn record<'a>(portal: &'a Portal, body: &'a Body) -> OrganizationRecord<'a> {
    OrganizationRecord {
        id: body.id.as_str(),
        name: &body.name,
        other_names: other_names(body),
        classification: body.tier.label(),
        parent_id: body.above.first().map(BodyId::as_str),
        area: body.county.as_deref().or(portal.site.county.as_deref()).map(|name| Area { name }),
        description: body.description.as_deref(),
        founding_date: body.founded.map(|date| date.to_string()),
        dissolution_date: body.dissolved.map(|date| date.to_string()),
        links: link(portal, body).into_iter().collect(),
        principal: body.principal.map(|principal| principal.key()),
        status: (body.forming == Forming::Forming).then_some("forming"),
        relations: relations(body),
    }
}

/// Popolo's links are absolute: there is none without the site's address.
fn link(portal: &Portal, body: &Body) -> Option<Link> {
    let base = portal.site.base_url.as_ref()?;
    Some(Link { url: format!("{base}{}", portal.body_url(&body.id)?), note: "Organets sida i portalen" })
}

fn other_names(body: &Body) -> Vec<OtherName<'_>> {
    let short = body.abbreviation.iter().map(|name| OtherName { name, end_date: None, note: "förkortning" });
    let also = body.aliases.iter().map(|name| OtherName { name, end_date: None, note: "annat skrivsätt" });
    let former = body.former_names.iter().map(|former| OtherName {
        name: &former.name,
        end_date: former.until.map(|until| until.to_string()),
        note: "tidigare namn",
    });
    short.chain(also).chain(former).collect()
}

fn relations(body: &Body) -> Vec<Relation<'_>> {
    let kinds = [
        ("subordinate_to", &body.above),
        ("steered_by", &body.steered_by),
        ("assignment_from", &body.assignment_from),
        ("prepares_for", &body.prepares_for),
        ("reports_to", &body.reports_to),
    ];
    kinds
        .into_iter()
        .flat_map(|(kind, ids)| ids.iter().map(move |id| Relation { kind, organization_id: id.as_str() }))
        .collect()
}
