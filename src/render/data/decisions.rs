//! Decisions taken and decisions told of, each with its exact words.

use super::sheet::sheet;
use super::{Field, Organization, Target, organization};
use crate::model::{
    AgendaItem, Date, DecisionFacts, Document, Formality, Kind, Party, Portal, Relation, TopicId, by_number,
};
use serde::Serialize;
use std::cmp::Reverse;

pub const FIELDS: [Field; 14] = [
    ("id", "Dokumentets id, # och beslutets ankare. Ändras inte när portalen byggs om."),
    ("url", "Beslutets adress, räknad från portalens rot (base)."),
    ("kind", "taken för beslut fattade på mötet, reported för beslut som mötet bara återger."),
    ("resolutionText", "Beslutets ordalydelse. För ett återgivet beslut portalens egna ord."),
    ("date", "Dagen då beslutet fattades, om den är känd (ISO 8601; månad eller år när dagen saknas)."),
    ("organization", "Organet som beslutade: id och namn."),
    ("meeting", "Mötet där beslutet fattades eller återgavs: id, namn, adress och datum."),
    ("agendaItem", "Ärendet: nummer, rubrik och diarienummer."),
    ("formality", "formal för formalia som att öppna mötet, annars substantive."),
    ("keyword", "Ämnenas id."),
    ("amount", "Belopp i kronor, om beslutet anger ett."),
    ("relations", "Vad beslutet gör med andra dokument: adopts, prolongs, terminates, fulfils, notes."),
    ("assignments", "Uppdrag som beslutet ger: till vem, vad och senast när."),
    ("validThrough", "Ny slutdag, när beslutet förlänger något."),
];

pub const COLUMNS: [Field; 13] = [
    ("id", "Beslutets id."),
    ("datum", "Dagen då det fattades."),
    ("organ_id", "Organets id."),
    ("organ", "Organets namn."),
    ("möte", "Mötets titel."),
    ("punkt", "Ärendets nummer."),
    ("rubrik", "Ärendets rubrik."),
    ("beslut", "Ordalydelsen."),
    ("slag", "fattat eller återgivet."),
    ("formalia", "ja eller nej."),
    ("ämnen", "Ämnenas id, med mellanslag emellan."),
    ("belopp", "Kronor."),
    ("adress", "Beslutets adress."),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    id: String,
    url: String,
    kind: &'static str,
    resolution_text: &'a str,
    date: Option<String>,
    organization: Option<Organization>,
    meeting: MeetingRef<'a>,
    agenda_item: Option<Item<'a>>,
    formality: &'static str,
    keyword: Vec<&'a str>,
    amount: Option<u64>,
    relations: Vec<Target>,
    assignments: Vec<Assigned<'a>>,
    valid_through: Option<String>,
}

#[derive(Serialize)]
struct MeetingRef<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    start: Option<String>,
}

#[derive(Serialize)]
struct Item<'a> {
    number: &'a str,
    name: &'a str,
    reference: Option<&'a str>,
}

#[derive(Serialize)]
struct Assigned<'a> {
    to: Organization,
    name: &'a str,
    due: Option<String>,
}

/// Every decision, newest meeting first, in the meeting's order.
pub fn records(portal: &Portal) -> Vec<Record<'_>> {
    let mut meetings: Vec<&Document> = portal.documents.iter().map(|document| &**document).collect();
    meetings.retain(|document| !document.decisions().is_empty() || !document.reported().is_empty());
    meetings.sort_by_key(|document| (Reverse(document.date), &document.id));
    meetings.into_iter().flat_map(|document| taken(portal, document).chain(reported(portal, document))).collect()
}

pub fn count(portal: &Portal) -> usize {
    portal.documents.iter().map(|document| document.decisions().len() + document.reported().len()).sum()
}

fn taken<'a>(portal: &'a Portal, document: &'a Document) -> impl Iterator<Item = Record<'a>> {
    document.decisions().iter().map(move |decision| {
        let by = document.body.clone().map(Party::Body);
        let item = decision.item.and_then(|at| agenda(document).get(at));
        let topics = document.topics_of(decision);
        let common = Common { document, anchor: decision.id.anchor(), by, item, topics, facts: &decision.facts };
        Record {
            kind: "taken",
            resolution_text: &decision.text,
            date: document.date.map(|date| date.to_string()),
            formality: if decision.formality == Formality::Formal { "formal" } else { "substantive" },
            ..common.record(portal, None)
        }
    })
}

fn reported<'a>(portal: &'a Portal, document: &'a Document) -> impl Iterator<Item = Record<'a>> {
    document.reported().iter().map(move |decision| {
        let item = agenda(document).iter().find(|item| by_number(&item.number, &decision.item).is_eq());
        let common = Common {
            document,
            anchor: decision.id.anchor(),
            by: decision.decided_by.clone(),
            item,
            topics: &decision.facts.topics,
            facts: &decision.facts,
        };
        Record {
            kind: "reported",
            resolution_text: &decision.text,
            date: decision.date.map(|date| date.to_string()),
            ..common.record(portal, decision.until)
        }
    })
}

fn agenda(document: &Document) -> &[AgendaItem] {
    if let Kind::Meeting(meeting) = &document.kind { &meeting.agenda } else { &[] }
}

/// What both kinds of decision have.
struct Common<'a> {
    document: &'a Document,
    anchor: String,
    by: Option<Party>,
    item: Option<&'a AgendaItem>,
    topics: &'a [TopicId],
    facts: &'a DecisionFacts,
}

impl<'a> Common<'a> {
    fn record(self, portal: &'a Portal, until: Option<Date>) -> Record<'a> {
        let Self { document, anchor, by, item, topics, facts } = self;
        Record {
            id: format!("{}#{anchor}", document.id),
            url: format!("{}#{anchor}", document.url()),
            kind: "",
            resolution_text: "",
            date: None,
            organization: by.map(|by| organization(portal, &by)),
            meeting: MeetingRef {
                id: document.id.as_str(),
                name: &document.title,
                url: document.url().to_string(),
                start: document.date.map(|date| date.to_string()),
            },
            agenda_item: item.map(|item| Item {
                number: &item.number,
                name: &item.title,
                reference: item.dnr.as_deref(),
            }),
            formality: "substantive",
            keyword: topics.iter().map(TopicId::as_str).collect(),
            amount: facts.amount,
            relations: relations(portal, facts),
            assignments: facts
                .gives
                .iter()
                .map(|given| Assigned {
                    to: organization(portal, &given.to),
                    name: &given.what,
                    due: given.due.map(|due| due.to_string()),
                })
                .collect(),
            valid_through: until.map(|until| until.to_string()),
        }
    }
}

fn relations(portal: &Portal, facts: &DecisionFacts) -> Vec<Target> {
    let targets =
        facts.targets().into_iter().flat_map(|(ids, relation)| ids.iter().map(move |id| (id.as_str(), relation)));
    let fulfilled = facts.fulfils.iter().map(|target| (target.as_str(), Relation::Fulfils));
    let named = targets.chain(fulfilled).filter_map(|(id, relation)| {
        let document = portal.document(id.split('#').next().unwrap_or(id))?;
        Some(Target { relation: word(relation), id: id.to_owned(), name: document.title.clone() })
    });
    named.collect()
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Adopts => "adopts",
        Relation::Prolongs => "prolongs",
        Relation::Terminates => "terminates",
        Relation::Fulfils => "fulfils",
        _ => "notes",
    }
}

pub fn csv(portal: &Portal) -> Vec<u8> {
    let base = portal.site.base_url.as_deref().unwrap_or_default();
    let rows = records(portal).into_iter().map(|record| {
        let (number, name) = record.agenda_item.map(|item| (item.number, item.name)).unwrap_or_default();
        let by = record.organization;
        [
            record.id,
            record.date.unwrap_or_default(),
            by.as_ref().and_then(|by| by.id.clone()).unwrap_or_default(),
            by.map(|by| by.name).unwrap_or_default(),
            record.meeting.name.to_owned(),
            number.to_owned(),
            name.to_owned(),
            record.resolution_text.to_owned(),
            if record.kind == "taken" { "fattat" } else { "återgivet" }.to_owned(),
            if record.formality == "formal" { "ja" } else { "nej" }.to_owned(),
            record.keyword.join(" "),
            record.amount.map(|amount| amount.to_string()).unwrap_or_default(),
            format!("{base}{}", record.url),
        ]
    });
    sheet(COLUMNS.map(|(name, _)| name), rows)
}
