//! A document's relations in both directions, grouped by their kind.

use super::decision::place_words;
use super::{document_ref, reference};
use crate::model::{Backlink, Document, DocumentId, Kind, Portal, Relation, swedish_date};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Group {
    pub label: &'static str,
    pub items: Vec<Related>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    pub title: String,
    pub url: Option<String>,
    pub date_words: Option<String>,
    /// The agenda item or decision in which the relation is made.
    pub context: Option<String>,
}

/// What the document relates to, and what relates to it.
pub fn groups(portal: &Portal, document: &Document) -> Vec<Group> {
    let mut held: BTreeMap<(Relation, bool), Vec<Related>> = BTreeMap::new();
    for (relation, related) in outgoing(portal, document) {
        add(held.entry((relation, false)).or_default(), related);
    }
    for backlink in portal.backlinks(&document.id) {
        let key = match backlink.relation {
            // The same words in both directions: one group.
            Relation::Relates => (Relation::Relates, false),
            relation => (relation, true),
        };
        add(held.entry(key).or_default(), incoming(portal, backlink));
    }
    let told: Vec<(u8, String)> = held
        .iter()
        .flat_map(|((relation, _), items)| items.iter().map(|item| (strength(*relation), page(item).to_owned())))
        .collect();
    let groups = held.into_iter().map(|((relation, inverse), mut items)| {
        let own = strength(relation);
        items.retain(|item| own == 2 || !told.iter().any(|(other, url)| *other > own && url == page(item)));
        Group { label: if inverse { relation.inverse_label() } else { relation.label() }, items }
    });
    groups.filter(|group| !group.items.is_empty()).collect()
}

/// How much a relation says: a mention is not told beside a relation, nor "hör ihop med" beside one that says how.
fn strength(relation: Relation) -> u8 {
    match relation {
        Relation::Mentions => 0,
        Relation::Relates => 1,
        _ => 2,
    }
}

fn page(item: &Related) -> &str {
    item.url.as_deref().unwrap_or_default().split('#').next().unwrap_or_default()
}

/// Adds what is not there yet: a relation told in both documents is one, though only one of them tells its day.
fn add(items: &mut Vec<Related>, related: Related) {
    let same =
        |held: &Related| held.url == related.url && held.title == related.title && held.context == related.context;
    if !items.iter().any(same) {
        items.push(related);
    }
}

fn outgoing(portal: &Portal, document: &Document) -> Vec<(Relation, Related)> {
    let mut out = Vec::new();
    let to = |id: &DocumentId| portal.document(id.as_str()).map(|target| related(target));
    out.extend(document.replaces.iter().filter_map(to).map(|item| (Relation::Replaces, item)));
    for (references, relation) in [(&document.founded_on, Relation::FoundedOn), (&document.relates, Relation::Relates)]
    {
        for found in references.iter().filter_map(|held| reference(portal, held)) {
            out.push((relation, Related { title: found.title, url: found.url, date_words: None, context: None }));
        }
    }
    if let Kind::Agreement(agreement) = &document.kind {
        out.extend(agreement.builds_on.iter().filter_map(to).map(|item| (Relation::BuildsOn, item)));
    }
    out
}

fn related(document: &Document) -> Related {
    let target = document_ref(document);
    Related { title: target.title, url: target.url, date_words: None, context: None }
}

fn incoming(portal: &Portal, backlink: &Backlink) -> Related {
    let from = portal.at(backlink.from);
    let mut item = related(from);
    item.date_words = from.date.map(swedish_date);
    if let Some(decision) = &backlink.decision {
        item.url = Some(format!("{}#{}", from.url(), decision.decision.anchor()));
        let clause = from.decisions().iter().find(|held| held.id == decision.decision).map(|held| held.clause);
        item.context = place_words(from, &decision.decision).map(|place| match clause {
            Some(clause) => format!("{place}, beslut {clause}"),
            None => format!("återgivet under {place}"),
        });
    }
    item
}
