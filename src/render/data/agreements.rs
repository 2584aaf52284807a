//! Agreements with what happened to their validity, and how they stand on the portal's day.

use super::sheet::sheet;
use super::{Field, Organization, organization};
use crate::model::{
    Agreement, AgreementForm, Applies, Document, EventKind, Kind, Party, Portal, ValidityEvent, collation_key,
};
use serde::Serialize;

pub const FIELDS: [Field; 12] = [
    ("id", "Dokumentets id."),
    ("url", "Sidans adress, räknad från portalens rot (base)."),
    ("name", "Överenskommelsens namn."),
    ("legislationType", "RÖK, LÖK eller statlig."),
    ("jurisdiction", "Länet den gäller i."),
    ("about", "Målgruppen."),
    ("keyword", "Ämnenas id."),
    ("parties", "Parterna: id och namn, eller namn med ord."),
    ("legislationLegalForce", "InForce, NotInForce eller null när giltigheten inte framgår, på filens datum (date)."),
    ("status", "Läget på filens datum: nyckel, ord och sista giltighetsdag."),
    (
        "events",
        "Vad som hänt med giltigheten, äldst först: slag, från, till, beslutad, av vem och genom vilket beslut.",
    ),
    ("isBasedOn", "Den regionala överenskommelse som en lokal bygger på."),
];

pub const COLUMNS: [Field; 10] = [
    ("id", "Dokumentets id."),
    ("namn", "Överenskommelsens namn."),
    ("form", "RÖK, LÖK eller statlig."),
    ("län", "Länet den gäller i."),
    ("gäller", "ja, nej eller okänt, på filens datum."),
    ("status", "Läget med ord."),
    ("till", "Sista giltighetsdag, om den är känd."),
    ("parter", "Parternas namn, åtskilda med komma."),
    ("ämnen", "Ämnenas id, med mellanslag emellan."),
    ("adress", "Sidans adress."),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    id: &'a str,
    url: String,
    name: &'a str,
    legislation_type: Option<&'static str>,
    jurisdiction: Option<&'a str>,
    about: Option<&'a str>,
    keyword: Vec<&'a str>,
    parties: Vec<Organization>,
    legislation_legal_force: Option<&'static str>,
    status: StatusRecord,
    events: Vec<EventRecord>,
    is_based_on: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StatusRecord {
    key: &'static str,
    name: String,
    valid_through: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventRecord {
    kind: &'static str,
    valid_from: Option<String>,
    valid_through: Option<String>,
    condition: Option<String>,
    decided: Option<String>,
    decided_by: Option<Organization>,
    decision: Option<String>,
}

/// The agreements in the order of a register.
pub fn held(portal: &Portal) -> impl Iterator<Item = (&Document, &Agreement)> {
    let mut held: Vec<_> = portal
        .documents
        .iter()
        .filter_map(|document| match &document.kind {
            Kind::Agreement(agreement) => Some((&**document, agreement)),
            _ => None,
        })
        .collect();
    held.sort_by_cached_key(|(document, _)| (collation_key(&document.title), document.id.clone()));
    held.into_iter()
}

pub fn records(portal: &Portal) -> Vec<Record<'_>> {
    held(portal).map(|(document, agreement)| record(portal, document, agreement)).collect()
}

fn record<'a>(portal: &'a Portal, document: &'a Document, agreement: &'a Agreement) -> Record<'a> {
    let (status, _) = portal.status(agreement);
    Record {
        id: document.id.as_str(),
        url: document.url().to_string(),
        name: &document.title,
        legislation_type: agreement.form.map(form),
        jurisdiction: document.county.as_deref().or(portal.site.county.as_deref()),
        about: agreement.target_group.as_deref(),
        keyword: document.topics.iter().map(|topic| topic.as_str()).collect(),
        parties: agreement.parties.iter().map(|party| organization(portal, party)).collect(),
        legislation_legal_force: legal_force(status.applies()),
        status: StatusRecord {
            key: status.key(),
            name: status.label(),
            valid_through: status.until.map(|until| until.to_string()),
        },
        events: agreement.events.iter().map(|event| event_record(portal, event)).collect(),
        is_based_on: agreement.builds_on.as_ref().map(|id| id.as_str()),
    }
}

fn form(form: AgreementForm) -> &'static str {
    AgreementForm::ALL[form as usize].1
}

/// schema.org's word; none where the portal does not know.
pub fn legal_force(applies: Applies) -> Option<&'static str> {
    match applies {
        Applies::Yes => Some("InForce"),
        Applies::No => Some("NotInForce"),
        Applies::Perhaps => None,
    }
}

fn event_record(portal: &Portal, event: &ValidityEvent) -> EventRecord {
    let ValidityEvent { kind, from, to, decided, decision, decided_by, .. } = event;
    EventRecord {
        kind: match kind {
            EventKind::Adopted => "adopted",
            EventKind::Prolonged => "prolonged",
            EventKind::Conditional(_) => "conditional",
            EventKind::Revised => "revised",
            EventKind::Replaced(_) => "replaced",
            EventKind::Terminated => "terminated",
            EventKind::Repealed => "repealed",
        },
        valid_from: from.map(|from| from.to_string()),
        valid_through: to.map(|to| to.to_string()),
        condition: match kind {
            EventKind::Conditional(condition) if !condition.is_empty() => Some(condition.clone()),
            _ => None,
        },
        decided: decided.map(|decided| decided.to_string()),
        decided_by: decided_by.as_ref().map(|id| organization(portal, &Party::Body(id.clone()))),
        // A clause that this edition lacks is not told of.
        decision: decision
            .as_ref()
            .filter(|reference| portal.decision(reference).is_some() || portal.reported(reference).is_some())
            .map(ToString::to_string),
    }
}

pub fn csv(portal: &Portal) -> Vec<u8> {
    let base = portal.site.base_url.as_deref().unwrap_or_default();
    let rows = records(portal).into_iter().map(|record| {
        let applies = match record.legislation_legal_force {
            Some("InForce") => "ja",
            Some(_) => "nej",
            None => "okänt",
        };
        [
            record.id.to_owned(),
            record.name.to_owned(),
            record.legislation_type.unwrap_or_default().to_owned(),
            record.jurisdiction.unwrap_or_default().to_owned(),
            applies.to_owned(),
            record.status.name,
            record.status.valid_through.unwrap_or_default(),
            record.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", "),
            record.keyword.join(" "),
            format!("{base}{}", record.url),
        ]
    });
    sheet(COLUMNS.map(|(name, _)| name), rows)
}
