//! JSON-LD of a page, for search engines: schema.org, as a data block that no browser runs.

use super::agreements::legal_force;
use crate::model::{Document, Kind, Party, Portal, ValidityEvent, status};
use serde_json::{Value, json};

/// What the document is, ready to stand in `<script type="application/ld+json">`; none for plain pages.
pub fn json_ld(portal: &Portal, document: &Document) -> Option<String> {
    let mut data = match &document.kind {
        Kind::Agreement(agreement) => {
            let (status, _) = status(&agreement.events, portal.today, portal.site.ends_soon_days);
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
        Kind::Page(_) => return None,
    };
    let held = data.as_object_mut().expect("every kind is an object");
    held.insert("@context".to_owned(), json!("https://schema.org"));
    held.insert("name".to_owned(), json!(document.title));
    held.insert("inLanguage".to_owned(), json!(portal.site.language));
    held.insert("description".to_owned(), json!(document.summary));
    held.insert("url".to_owned(), json!(portal.site.base_url.as_ref().map(|base| format!("{base}{}", document.url()))));
    held.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()));
    // A data block ends at the first "</": no sign of markup may stand in it.
    Some(data.to_string().replace('<', "\\u003c"))
}

fn organization(portal: &Portal, party: &Party) -> Value {
    json!({ "@type": "Organization", "name": super::organization(portal, party).name })
}

fn coverage(from: Option<String>, until: Option<String>) -> Option<String> {
    (from.is_some() || until.is_some())
        .then(|| format!("{}/{}", from.as_deref().unwrap_or(".."), until.as_deref().unwrap_or("..")))
}
