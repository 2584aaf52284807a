//! JSON-LD of a page, for search engines: schema.org, as a data block that no browser runs.
//!
//! What is made here may stand in `<script type="application/ld+json">` as it is.

use super::agreements::legal_force;
use crate::model::{Body, BodyId, Document, Kind, Member, Party, Portal, Tier, Topic, ValidityEvent};
use serde_json::{Value, json};

pub fn document(portal: &Portal, document: &Document) -> String {
    let mut data = match &document.kind {
        Kind::Agreement(agreement) => {
            let (status, _) = portal.status(agreement);
            let date = |pick: fn(&ValidityEvent) -> Option<String>| agreement.events.first().and_then(pick);
            json!({
                "@type": "Legislation",
                "legislationType": agreement.form.map(|form| form.label()),
                "legislationDate": date(|event| event.decided.or(event.from).map(|day| day.to_string())),
                "legislationLegalForce": legal_force(status.applies()),
                "temporalCoverage": coverage(date(|event| event.from.map(|day| day.to_string())), status.until.map(|day| day.to_string())),
                "legislationPassedBy": agreement.parties.iter().map(|party| organization(portal, party)).collect::<Vec<_>>(),
            })
        }
        Kind::Meeting(meeting) => json!({
            "@type": "Event",
            "startDate": document.date.map(|date| date.to_string()),
            "location": meeting.venue,
            "organizer": document.body.clone().map(|id| organization(portal, &Party::Body(id))),
        }),
        Kind::Assignment(_) => json!({
            "@type": "CreativeWork",
            "datePublished": document.date.map(|date| date.to_string()),
            "creator": document.body.clone().map(|id| organization(portal, &Party::Body(id))),
        }),
        Kind::Page(_) => json!({
            "@type": "WebPage",
            "dateModified": document.date.map(|date| date.to_string()),
            "isPartOf": { "@type": "WebSite", "name": portal.site.title },
        }),
    };
    data["name"] = json!(document.title);
    data["description"] = json!(document.summary);
    block(portal, data, Some(document.url().as_str()))
}

pub fn body(portal: &Portal, body: &Body) -> String {
    let names = body.abbreviation.iter().chain(&body.aliases).chain(body.former_names.iter().map(|held| &held.name));
    let named = |id: &BodyId| organization(portal, &Party::Body(id.clone()));
    let bodies = portal.registers.bodies.iter();
    let below = bodies.clone().filter(|other| other.above.contains(&body.id)).map(|other| named(&other.id));
    let joined = bodies.filter(|other| other.members.contains(&Member::Body(body.id.clone())));
    let data = json!({
        "@type": if body.tier == Tier::Principal { "GovernmentOrganization" } else { "Organization" },
        "name": body.name,
        "alternateName": names.collect::<Vec<_>>(),
        "description": body.description,
        "areaServed": body.county.as_ref().or(portal.site.county.as_ref()),
        "parentOrganization": body.above.iter().map(named).collect::<Vec<_>>(),
        "subOrganization": below.collect::<Vec<_>>(),
        "memberOf": joined.map(|other| named(&other.id)).collect::<Vec<_>>(),
        "foundingDate": body.founded.map(|day| day.to_string()),
        "dissolutionDate": body.dissolved.map(|day| day.to_string()),
    });
    block(portal, data, portal.body_url(&body.id).as_ref().map(|url| url.as_str()))
}

pub fn topic(portal: &Portal, topic: &Topic) -> String {
    let older = topic.older_terms.iter().map(|older| &older.term);
    let data = json!({
        "@type": "DefinedTerm",
        "name": topic.name,
        "alternateName": topic.synonyms.iter().chain(older).collect::<Vec<_>>(),
        "description": topic.description,
        "inDefinedTermSet": { "@type": "DefinedTermSet", "name": format!("Ämnen – {}", portal.site.title) },
    });
    block(portal, data, Some(topic.url().as_str()))
}

/// The start page.
pub fn site(portal: &Portal) -> String {
    let site = &portal.site;
    let data = json!({
        "@type": "WebSite",
        "name": site.title,
        "description": site.description,
        "publisher": site.owner.as_ref().map(|name| json!({ "@type": "Organization", "name": name })),
    });
    block(portal, data, Some("index.html"))
}

/// Any other page by its name.
pub fn page(portal: &Portal, title: &str, url: &str) -> String {
    let part_of = json!({ "@type": "WebSite", "name": portal.site.title });
    block(portal, json!({ "@type": "WebPage", "name": title, "isPartOf": part_of }), Some(url))
}

fn block(portal: &Portal, mut data: Value, url: Option<&str>) -> String {
    data["@context"] = json!("https://schema.org");
    data["inLanguage"] = json!(portal.site.language);
    data["url"] = json!(portal.site.base_url.as_ref().zip(url).map(|(base, url)| format!("{base}{url}")));
    let held = data.as_object_mut().expect("every kind is an object");
    held.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()));
    // A data block ends at the first "</": no sign of markup may stand in it.
    data.to_string().replace('<', "\\u003c")
}

fn organization(portal: &Portal, party: &Party) -> Value {
    json!({ "@type": "Organization", "name": super::organization(portal, party).name })
}

fn coverage(from: Option<String>, until: Option<String>) -> Option<String> {
    (from.is_some() || until.is_some())
        .then(|| format!("{}/{}", from.as_deref().unwrap_or(".."), until.as_deref().unwrap_or("..")))
}
