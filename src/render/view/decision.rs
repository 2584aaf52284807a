//! Decisions as lists and meeting pages show them.

use super::agreement::short_decision_ref;
use super::meeting::safe;
use super::{Ref, body_ref, capitalised, document_ref, party};
use crate::model::{
    AgendaItem, Decision, DecisionFacts, DecisionId, DecisionRef, Document, Formality, Kind, Meeting, Party, Portal,
    Relation, ReportedDecision, by_number, swedish_date,
};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    pub id: String,
    pub anchor: String,
    pub url: String,
    /// The exact words, from "att"; for a reported decision, the portal's own.
    pub text: String,
    /// References to notes of the document, on its own page.
    #[serde(serialize_with = "safe")]
    pub notes: String,
    pub decided_by: String,
    pub body: Option<Ref>,
    pub formal: bool,
    pub reported: bool,
    pub item_number: Option<String>,
    /// "§ 12" or "punkt 6b".
    pub item_words: Option<String>,
    pub item_title: Option<String>,
    pub item_url: Option<String>,
    pub meeting: Ref,
    pub date: Option<String>,
    pub date_words: Option<String>,
    pub effects: Vec<Effect>,
    pub amount: Option<u64>,
    /// The page of the original on which it stands.
    pub source_page: Option<u32>,
    pub citation: String,
    /// Where its whole matter is told, when that is asked for.
    pub matter: Option<Ref>,
}

/// What the decision does: "Antar" and the documents.
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    pub label: &'static str,
    pub items: Vec<Ref>,
}

/// A decision taken at the meeting that `document` records.
pub fn taken(portal: &Portal, document: &Document, decision: &Decision) -> DecisionView {
    let Kind::Meeting(meeting) = &document.kind else { unreachable!("only meetings hold decisions") };
    let item = decision.item.map(|at| &meeting.agenda[at]);
    let body = document.body.as_ref().map(|id| body_ref(portal, id));
    let named = meeting.rulings.iter().find(|ruling| ruling.decisions.contains(&position(meeting, decision)));
    let decided_by = body.as_ref().map(|body| body.title.clone()).or_else(|| Some(named?.decided_by.clone()));
    let decided_by = decided_by.unwrap_or_default();
    let anchor = decision.id.anchor();
    DecisionView {
        id: format!("{}#{anchor}", document.id),
        url: format!("{}#{anchor}", document.url()),
        citation: citation(&decided_by, document.date.map(swedish_date), item, decision.clause, document),
        anchor,
        text: decision.text.clone(),
        notes: String::new(),
        decided_by,
        body,
        formal: decision.formality == Formality::Formal,
        reported: false,
        item_number: item.map(|item| item.number.clone()),
        item_words: place_words(document, &decision.id),
        item_title: item.map(|item| item.title.clone()),
        item_url: item.map(|item| item_url(document, item)),
        meeting: document_ref(document),
        date: document.date.map(|date| date.to_string()),
        date_words: document.date.map(swedish_date),
        effects: effects(portal, &decision.facts),
        amount: decision.facts.amount,
        source_page: source_page(document, &decision.facts, item.map(|item| item.number.as_str())),
        matter: None,
    }
}

fn position(meeting: &Meeting, decision: &Decision) -> usize {
    meeting.decisions.iter().position(|other| other.id == decision.id).unwrap_or(usize::MAX)
}

/// A decision taken elsewhere that `document` tells of.
pub fn reported(portal: &Portal, document: &Document, decision: &ReportedDecision) -> DecisionView {
    let Kind::Meeting(meeting) = &document.kind else { unreachable!("only meetings tell of decisions") };
    let item = meeting.agenda.iter().find(|item| by_number(&item.number, &decision.item).is_eq());
    let by = decision.decided_by.as_ref().map(|by| party(portal, by).name).unwrap_or_default();
    let anchor = decision.id.anchor();
    let date_words = decision.date.map(|date| date.swedish());
    let told = format!("återgivet i {}", document.title);
    DecisionView {
        id: format!("{}#{anchor}", document.id),
        url: format!("{}#{anchor}", document.url()),
        citation: [Some(by.clone()).filter(|by| !by.is_empty()), date_words.clone(), Some(told)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        anchor,
        text: decision.text.clone(),
        notes: String::new(),
        body: match &decision.decided_by {
            Some(Party::Body(id)) => Some(body_ref(portal, id)),
            Some(Party::Text(_)) | None => None,
        },
        decided_by: by,
        formal: false,
        reported: true,
        item_number: Some(decision.item.clone()),
        item_words: place_words(document, &decision.id),
        item_title: item.map(|item| item.title.clone()),
        item_url: item.map(|item| item_url(document, item)),
        meeting: document_ref(document),
        date: decision.date.map(|date| date.to_string()),
        date_words,
        effects: effects(portal, &decision.facts),
        amount: decision.facts.amount,
        source_page: source_page(document, &decision.facts, Some(&decision.item)),
        matter: None,
    }
}

/// Its own page of the original, else its item's.
fn source_page(document: &Document, facts: &DecisionFacts, item: Option<&str>) -> Option<u32> {
    let pages = || document.original.as_ref().map(|original| &original.pages).into_iter().flatten();
    let of_item = || pages().find(|(number, _)| by_number(number, item.unwrap_or_default()).is_eq());
    facts.source_page.or_else(|| item.and_then(|_| of_item()).map(|(_, page)| *page))
}

fn item_url(document: &Document, item: &AgendaItem) -> String {
    format!("{}#{}", document.url(), document.text.headings[item.heading].anchor)
}

/// "Länschefsnätverket, 29 januari 2026, punkt 6b, beslut 1", as one writes it in a document of one's own.
fn citation(by: &str, date: Option<String>, item: Option<&AgendaItem>, clause: u32, document: &Document) -> String {
    let place = item.map(|item| item_words(&item.number));
    let dnr = document.dnr.as_ref().map(|dnr| format!("dnr {dnr}"));
    let parts = [Some(by.to_owned()), date, place, Some(format!("beslut {clause}")), dnr];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "§ 12" or "punkt 6b", as one writes it.
fn item_words(number: &str) -> String {
    if number.starts_with('§') { number.replace("§ ", "§\u{a0}") } else { format!("punkt {number}") }
}

/// Under which item of its meeting a decision stands, taken there or told of, in words.
pub fn place_words(document: &Document, decision: &DecisionId) -> Option<String> {
    let Kind::Meeting(meeting) = &document.kind else { return None };
    if let Some(taken) = meeting.decisions.iter().find(|held| held.id == *decision) {
        return taken.item.map(|at| item_words(&meeting.agenda[at].number));
    }
    let told = meeting.reported.iter().find(|held| held.id == *decision)?;
    let item = meeting.agenda.iter().find(|item| by_number(&item.number, &told.item).is_eq());
    Some(item_words(item.map_or(&told.item, |item| &item.number)))
}

fn effects(portal: &Portal, facts: &DecisionFacts) -> Vec<Effect> {
    let mut out = Vec::new();
    for (targets, relation) in facts.targets() {
        let documents = targets.iter().filter_map(|id| portal.document(id.as_str()));
        push(&mut out, relation.label(), documents.map(|document| document_ref(document)).collect());
    }
    let fulfilled = facts.fulfils.iter().filter_map(|target| {
        if let Some(decision) = DecisionRef::parse(target) {
            return short_decision_ref(portal, &decision);
        }
        let (id, _) = target.split_once('#').unwrap_or((target, ""));
        let document = portal.document(id)?;
        let anchor = target.strip_prefix(id).unwrap_or_default();
        Some(Ref { title: document.title.clone(), url: Some(format!("{}{anchor}", document.url())) })
    });
    push(&mut out, Relation::Fulfils.label(), fulfilled.collect());
    let given = facts.gives.iter().map(|given| {
        let to = party(portal, &given.to);
        let due = given.due.map(|due| format!(", senast {}", due.swedish())).unwrap_or_default();
        Ref { title: format!("{}: {}{due}", to.name, capitalised(&given.what)), url: to.url }
    });
    push(&mut out, "Ger uppdrag", given.collect());
    out
}

fn push(out: &mut Vec<Effect>, label: &'static str, items: Vec<Ref>) {
    if !items.is_empty() {
        out.push(Effect { label, items });
    }
}
