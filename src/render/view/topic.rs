//! Topics: their register, and each topic's own page.

use super::register::{LATEST, Values, page_refs, slice};
use super::{Count, Ref, page_ref, pagination, taken, value};
use crate::model::{Decision, Document, Formality, Kind, Portal, RegisterPage, TopicId, collation_key};
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// Topics with their number of documents, in Swedish order.
pub fn topic_counts(portal: &Portal) -> Vec<Count> {
    let topics = portal.registers.topics.iter().filter_map(|topic| {
        let count = portal.links.by_topic.get(&topic.id).map_or(0, Vec::len);
        Some(Count { title: topic.name.clone(), url: portal.topic_url(&topic.id)?.to_string(), count })
    });
    let mut out: Vec<_> = topics.collect();
    out.sort_by_cached_key(|count| collation_key(&count.title));
    out
}

#[derive(Serialize)]
pub struct TopicEntry<'a> {
    title: &'a str,
    url: String,
    count: usize,
    description: Option<&'a str>,
    broader: Option<Ref>,
}

pub fn topic_ref(portal: &Portal, id: &TopicId) -> Ref {
    Ref { title: portal.registers.topic_name(id).to_owned(), url: portal.topic_url(id).map(|url| url.to_string()) }
}

pub fn topics(portal: &Portal) -> Vec<TopicEntry<'_>> {
    let entries = portal.registers.topics.iter().map(|topic| TopicEntry {
        title: &topic.name,
        url: topic.url().to_string(),
        count: portal.links.by_topic.get(&topic.id).map_or(0, Vec::len),
        description: topic.description.as_deref(),
        broader: topic.broader.as_ref().map(|id| topic_ref(portal, id)),
    });
    let mut out: Vec<_> = entries.collect();
    out.sort_by_cached_key(|topic| collation_key(topic.title));
    out
}

/// A topic's page; `None` when the register lacks it.
pub fn topic_context(portal: &Portal, id: &TopicId, number: usize) -> Option<Values> {
    let topic = portal.registers.topics.get(id.as_str())?;
    let held = portal.links.by_topic.get(id).map_or(&[][..], Vec::as_slice);
    let per_page = portal.site.per_page;
    let path = format!("{}/{id}", RegisterPage::Topics.path());
    let documents = || held.iter().map(|&at| portal.at(at));
    let agreements = documents().filter(|document| matches!(document.kind, Kind::Agreement(_))).take(LATEST * 2);
    let on_topic = |document: &Document, decision: &Decision| document.topics_of(decision).contains(id);
    let decisions = documents()
        .flat_map(|document| document.decisions().iter().map(move |decision| (document, decision)))
        .filter(|(document, decision)| decision.formality == Formality::Substantive && on_topic(document, decision))
        .take(LATEST);
    let narrower = portal.registers.topics.iter().filter(|other| other.broader.as_ref() == Some(id));
    let older = topic.older_terms.iter().map(|older| {
        Value::from_pairs([
            ("term", Value::from(older.term.as_str())),
            ("until", Value::from(older.until.clone())),
            ("note", Value::from(older.note.clone())),
        ])
    });
    let view = Value::from_pairs([
        ("id", Value::from(id.as_str())),
        ("name", Value::from(topic.name.as_str())),
        ("url", Value::from(topic.url().as_str())),
        ("description", Value::from(topic.description.clone())),
        ("synonyms", value(&topic.synonyms)),
        ("older_terms", Value::from(older.collect::<Vec<_>>())),
        ("broader", value(topic.broader.as_ref().map(|id| topic_ref(portal, id)))),
        ("narrower", value(narrower.map(|other| topic_ref(portal, &other.id)).collect::<Vec<_>>())),
    ]);
    Some(BTreeMap::from([
        ("topic", view),
        ("agreements", value(agreements.map(|document| page_ref(portal, document)).collect::<Vec<_>>())),
        (
            "decisions",
            value(decisions.map(|(document, decision)| taken(portal, document, decision)).collect::<Vec<_>>()),
        ),
        ("pages", value(page_refs(portal, slice(held, number, per_page)))),
        ("pagination", value(pagination(&path, number, held.len(), per_page))),
    ]))
}
