//! Documents to a portal: ids, order, what points at what, and who owes what.
//!
//! Everything here is an index into the documents; no text is copied. What one document adds is its `Part`. The links
//! of a portal are the parts of its documents put in order, and an edit takes one part out and puts another in. Faults in
//! the relations are found by `check`, which sees the finished portal.

mod obligations;
mod part;

use crate::model::{
    Backlink, Choice, Clause, Date, DecisionRef, Document, DocumentId, Links, Obligation, ObligationKind, PartialDate,
    Portal, RegisterPage, Section, Site,
};
use part::{Entry, Ground, InSection, Part};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How `documents` (in the order of their ids) hang together on `today`.
pub fn links(site: &Site, sections: &BTreeMap<String, Section>, documents: &[Arc<Document>], today: Date) -> Links {
    let ground = Ground { site, sections, today };
    let parts: Vec<Part> =
        documents.par_iter().enumerate().map(|(at, document)| Part::of(document, at, ground)).collect();
    let mut links = Links {
        by_id: Arc::new(documents.iter().enumerate().map(|(at, document)| (document.id.clone(), at)).collect()),
        ..Links::default()
    };
    for page in [RegisterPage::Meetings, RegisterPage::Assignments] {
        links.listed.insert(page, BTreeMap::from([(Choice::All, Vec::new())]));
    }
    links.decisions.insert(Choice::All, Arc::default());
    let mut newest_first: Vec<&Part> = parts.iter().collect();
    newest_first.sort_by(|a, b| a.order.cmp(&b.order));
    for part in newest_first {
        links.by_date.push(part.at);
        part.entries.iter().for_each(|entry| add(&mut links, entry, part.at, documents));
        links.by_section.entry(part.section.clone()).or_default().push(part.at);
        Arc::make_mut(&mut links.obligations).extend(part.obligations.iter().cloned());
    }
    for held in links.by_section.values_mut() {
        held.sort_by(|&a, &b| parts[a].in_section.cmp(&parts[b].in_section));
    }
    Arc::make_mut(&mut links.obligations).sort_by(|a, b| by_due(a).cmp(&by_due(b)));
    links
}

/// `portal` with `document` in place of the one at `at`, which has the same id. Costs the same in a large portal as in a
/// small one, but for copying lists.
pub fn replaced(portal: &Portal, at: usize, document: Arc<Document>) -> Portal {
    let ground = Ground { site: &portal.site, sections: &portal.sections, today: portal.today };
    let (was, is) = (Part::of(portal.at(at), at, ground), Part::of(&document, at, ground));
    let mut next = portal.clone();
    next.documents[at] = document;
    if was != is {
        exchange(Arc::make_mut(&mut next.links), &was, is, &next.documents, ground);
    }
    next
}

/// Takes `was` out of the links and puts `is` in.
fn exchange(links: &mut Links, was: &Part, is: Part, now: &[Arc<Document>], ground: Ground<'_>) {
    let moved = was.order != is.order;
    was.entries
        .iter()
        .filter(|entry| moved || !is.entries.contains(entry))
        .for_each(|entry| remove(links, entry, is.at));
    is.entries
        .iter()
        .filter(|entry| moved || !was.entries.contains(entry))
        .for_each(|entry| add(links, entry, is.at, now));
    if moved {
        links.by_date.retain(|at| *at != is.at);
        put(&mut links.by_date, [is.at], |at| newest(now, *at));
    }
    let held = links.by_section.entry(is.section).or_default();
    held.retain(|at| *at != is.at);
    let to = held.partition_point(|at| InSection::of(&now[*at], ground.sections) <= is.in_section);
    held.insert(to, is.at);
    if moved || was.obligations != is.obligations {
        owe(links, &is.order.1, is.obligations, now);
    }
}

/// Puts what `document` makes somebody owe in place of what it did before.
fn owe(links: &mut Links, document: &DocumentId, obligations: Vec<Obligation>, documents: &[Arc<Document>]) {
    let by_id = Arc::clone(&links.by_id);
    let order = |held: &Obligation| by_id.get(&held.document).map(|&at| newest(documents, at));
    let owed = Arc::make_mut(&mut links.obligations);
    owed.retain(|held| held.document != *document);
    for obligation in obligations {
        let own = (by_due(&obligation), order(&obligation));
        let to = owed.partition_point(|held| (by_due(held), order(held)) <= own);
        owed.insert(to, obligation);
    }
}

/// Puts an entry of the document at `at` into its list.
fn add(links: &mut Links, entry: &Entry, at: usize, documents: &[Arc<Document>]) {
    match entry {
        Entry::Body(id) => put(links.by_body.entry(id.clone()).or_default(), [at], |at| newest(documents, *at)),
        Entry::Topic(id) => put(links.by_topic.entry(id.clone()).or_default(), [at], |at| newest(documents, *at)),
        Entry::Roles(body, roles) => {
            let roles = roles.iter().map(|role| (at, role.clone()));
            put(links.roles_of.entry(body.clone()).or_default(), roles, |(at, _)| newest(documents, *at));
        }
        Entry::Backlinks(target, found) => {
            let backlinks = Arc::make_mut(&mut links.backlinks).entry(target.clone()).or_default();
            let found = found.iter().map(|(relation, decision)| Backlink {
                relation: *relation,
                from: at,
                decision: decision.clone(),
            });
            put(backlinks, found, |backlink| newest(documents, backlink.from));
        }
        Entry::Fulfilments(target, found) => {
            let by_id = Arc::clone(&links.by_id);
            let held = links.fulfilled_by.entry(target.clone()).or_default();
            let place = |own: &DecisionRef| newest(documents, by_id.get(&own.document).copied().unwrap_or(at));
            put(held, found.iter().cloned(), place);
        }
        Entry::Listed(register, choice) => {
            let lists = links.listed.entry(*register).or_default();
            put(lists.entry(choice.clone()).or_default(), [at], |at| newest(documents, *at));
        }
        Entry::Decisions(choice, _, clauses) => {
            let held = Arc::make_mut(links.decisions.entry(choice.clone()).or_default());
            let taken = |(at, clause): &(usize, Clause)| (Reverse(clause.day(&documents[*at])), &documents[*at].id);
            put(held, clauses.iter().map(|clause| (at, *clause)), taken);
        }
    }
}

/// Takes an entry of the document at `at` out of its list, and the list away when nothing is left of it.
fn remove(links: &mut Links, entry: &Entry, at: usize) {
    let other = |held: &usize| *held != at;
    match entry {
        Entry::Body(id) => shrink(&mut links.by_body, id, |held| held.retain(other)),
        Entry::Topic(id) => shrink(&mut links.by_topic, id, |held| held.retain(other)),
        Entry::Roles(body, _) => shrink(&mut links.roles_of, body, |held| held.retain(|(at, _)| other(at))),
        Entry::Backlinks(target, _) => {
            let backlinks = Arc::make_mut(&mut links.backlinks);
            shrink(backlinks, target, |held| held.retain(|backlink| other(&backlink.from)));
        }
        Entry::Fulfilments(target, found) => {
            shrink(&mut links.fulfilled_by, target, |held| held.retain(|own| !found.contains(own)));
        }
        Entry::Listed(register, choice) => {
            let lists = links.listed.entry(*register).or_default();
            shrink(lists, choice, |held| held.retain(other));
            lists.entry(Choice::All).or_default();
        }
        Entry::Decisions(choice, _, clauses) => {
            if let Some(held) = links.decisions.get_mut(choice) {
                Arc::make_mut(held).retain(|(at, clause)| other(at) || !clauses.contains(clause));
            }
            links.decisions.retain(|choice, held| *choice == Choice::All || !held.is_empty());
        }
    }
}

fn shrink<K: Ord, T>(lists: &mut BTreeMap<K, Vec<T>>, key: &K, take: impl FnOnce(&mut Vec<T>)) {
    if let Some(held) = lists.get_mut(key) {
        take(held);
        if held.is_empty() {
            lists.remove(key);
        }
    }
}

/// Puts a document's entries, which share one place, into a list that is kept newest first. A list that is made in
/// order only grows at its end.
fn put<'a, T>(
    list: &mut Vec<T>,
    entries: impl IntoIterator<Item = T>,
    place: impl Fn(&T) -> (Reverse<Option<Date>>, &'a DocumentId),
) {
    let mut entries = entries.into_iter().peekable();
    let Some(own) = entries.peek().map(&place) else { return };
    let before = |held: &T| place(held) <= own;
    if list.last().is_none_or(before) {
        list.extend(entries);
    } else {
        let to = list.partition_point(before);
        list.splice(to..to, entries);
    }
}

fn newest(documents: &[Arc<Document>], at: usize) -> (Reverse<Option<Date>>, &DocumentId) {
    (Reverse(documents[at].date), &documents[at].id)
}

fn by_due(obligation: &Obligation) -> (bool, Option<PartialDate>, ObligationKind, &str) {
    let date = obligation.due.date();
    (date.is_none(), date, obligation.kind, &obligation.what)
}
