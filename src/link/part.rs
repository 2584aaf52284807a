//! What one document adds to the links of its portal.

use super::obligations::obligations;
use crate::model::{
    BodyId, Choice, Clause, CollationKey, Date, DecisionFacts, DecisionId, DecisionRef, Document, DocumentId,
    Formality, Kind, Obligation, Party, Reference, RegisterPage, Relation, Role, Section, Site, SortBy, TopicId,
    collation_key,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Everything by which a document stands in lists and at the other ends of relations.
///
/// The links are made of parts and of nothing else, so that a document whose part is the same can be exchanged without
/// touching them. What the links are to tell more is to be an [`Entry`] here.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// The document's position.
    pub at: usize,
    pub order: Order,
    pub section: String,
    pub in_section: InSection,
    pub entries: Vec<Entry>,
    pub obligations: Vec<Obligation>,
}

/// What stands of a document in one list that is kept newest first.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    Body(BodyId),
    Topic(TopicId),
    Roles(BodyId, Vec<String>),
    Backlinks(DocumentId, Vec<(Relation, Option<DecisionRef>)>),
    /// A decision, and those of the document that fulfil what it gave.
    Fulfilments(DecisionRef, Vec<DecisionRef>),
    Listed(RegisterPage, Choice),
    /// Its decisions of one day.
    Decisions(Choice, Option<Date>, Vec<Clause>),
}

/// Newest first, undated last.
pub type Order = (Reverse<Option<Date>>, DocumentId);

/// Where a document stands in its section.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InSection {
    Dated(Order),
    Titled(CollationKey, Order),
    Weighed(i64, DocumentId),
}

/// What the links depend on besides the documents.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub site: &'a Site,
    pub sections: &'a BTreeMap<String, Section>,
    pub today: Date,
}

impl Part {
    pub fn of(document: &Document, at: usize, ground: Ground<'_>) -> Self {
        let mut owed = Vec::new();
        obligations(ground.site, document, ground.today, &mut owed);
        Self {
            at,
            order: order(document),
            section: document.section().to_owned(),
            in_section: InSection::of(document, ground.sections),
            entries: entries(document),
            obligations: owed,
        }
    }
}

impl InSection {
    /// Where `document` stands in its section.
    pub fn of(document: &Document, sections: &BTreeMap<String, Section>) -> Self {
        match sections.get(document.section()).map_or(SortBy::Date, |section| section.sort) {
            SortBy::Date => Self::Dated(order(document)),
            SortBy::Title => Self::Titled(collation_key(&document.title), order(document)),
            SortBy::Weight => Self::Weighed(weight(document), document.id.clone()),
        }
    }
}

pub fn order(document: &Document) -> Order {
    (Reverse(document.date), document.id.clone())
}

fn entries(document: &Document) -> Vec<Entry> {
    let mut out: Vec<Entry> = document.body.iter().cloned().map(Entry::Body).collect();
    out.extend(topics(document).into_iter().map(Entry::Topic));
    out.extend(grouped(roles(document)).map(|(body, roles)| Entry::Roles(body, roles)));
    out.extend(grouped(relations(document)).map(|(target, backlinks)| Entry::Backlinks(target, backlinks)));
    out.extend(grouped(fulfilments(document)).map(|(target, own)| Entry::Fulfilments(target, own)));
    if let Some(register) = register(document) {
        out.extend(choices(document).map(|choice| Entry::Listed(register, choice)));
    }
    let decisions = grouped(decisions(document));
    out.extend(decisions.map(|((choice, day), mut clauses)| {
        clauses.sort_by_key(|clause| is_formal(document, *clause));
        Entry::Decisions(choice, day, clauses)
    }));
    out
}

/// What opens a meeting and notes its papers stands after what it decided.
fn is_formal(document: &Document, clause: Clause) -> bool {
    matches!(clause, Clause::Taken(at) if document.decisions()[at].formality == Formality::Formal)
}

/// By key, in the order in which they came.
fn grouped<K: Ord, V>(pairs: Vec<(K, V)>) -> impl Iterator<Item = (K, Vec<V>)> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups.into_iter()
}

fn register(document: &Document) -> Option<RegisterPage> {
    match document.kind {
        Kind::Meeting(_) => Some(RegisterPage::Meetings),
        Kind::Assignment(_) => Some(RegisterPage::Assignments),
        Kind::Agreement(_) | Kind::Page(_) => None,
    }
}

/// Under which choices a register lists it: all, its year, its body.
fn choices(document: &Document) -> impl Iterator<Item = Choice> + '_ {
    let year = document.date.map(|date| Choice::Year(date.year()));
    let body = document.body.clone().map(Choice::Body);
    std::iter::once(Choice::All).chain(year).chain(body)
}

/// Its decisions under the same choices, under their topics and sorts; what it only tells of under what is known of it.
fn decisions(document: &Document) -> Vec<((Choice, Option<Date>), Clause)> {
    let taken = document.decisions().iter().enumerate().flat_map(|(at, decision)| {
        let topics: BTreeSet<&TopicId> = document.topics_of(decision).iter().collect();
        let topics = topics.into_iter().cloned().map(Choice::Topic);
        let sorts = decision.kinds().into_iter().map(Choice::Sort);
        choices(document).chain(topics).chain(sorts).map(move |choice| (choice, Clause::Taken(at))).collect::<Vec<_>>()
    });
    let reported = document.reported().iter().enumerate().flat_map(|(at, decision)| {
        let year = decision.date.map(|date| Choice::Year(date.first_day().year()));
        let body = match &decision.decided_by {
            Some(Party::Body(id)) => Some(Choice::Body(id.clone())),
            Some(Party::Text(_)) | None => None,
        };
        let topics: BTreeSet<&TopicId> = decision.facts.topics.iter().collect();
        let topics = topics.into_iter().cloned().map(Choice::Topic);
        let sorts = decision.kinds().into_iter().map(Choice::Sort);
        let choices = std::iter::once(Choice::All).chain(year).chain(body).chain(topics).chain(sorts);
        choices.map(move |choice| (choice, Clause::Reported(at))).collect::<Vec<_>>()
    });
    taken.chain(reported).map(|(choice, clause)| ((choice, clause.day(document)), clause)).collect()
}

/// A document's own topics and those its decisions add, each once.
fn topics(document: &Document) -> Vec<TopicId> {
    let decided = document.decisions().iter().flat_map(|decision| &decision.facts.topics);
    let reported = document.reported().iter().flat_map(|decision| &decision.facts.topics);
    let mut out: Vec<TopicId> = Vec::new();
    for topic in document.topics.iter().chain(decided).chain(reported) {
        if !out.contains(topic) {
            out.push(topic.clone());
        }
    }
    out
}

fn weight(document: &Document) -> i64 {
    if let Kind::Page(page) = &document.kind { page.weight } else { 0 }
}

fn roles(document: &Document) -> Vec<(BodyId, String)> {
    let mut out: Vec<(BodyId, String)> = Vec::new();
    let mut add = |party: &Party, role: &str| {
        let Party::Body(body) = party else { return };
        if !out.iter().any(|(held, name)| held == body && name == role) {
            out.push((body.clone(), role.to_owned()));
        }
    };
    match &document.kind {
        Kind::Agreement(agreement) => agreement.parties.iter().for_each(|party| add(party, "part")),
        Kind::Assignment(assignment) => {
            for Role { role, holders, through } in &assignment.roles {
                holders.iter().chain(through).for_each(|party| add(party, role));
            }
        }
        Kind::Meeting(_) | Kind::Page(_) => {}
    }
    out
}

fn relations(document: &Document) -> Vec<(DocumentId, (Relation, Option<DecisionRef>))> {
    let mut out = Vec::new();
    let mut add = |target: &DocumentId, relation: Relation, decision: Option<&DecisionRef>| {
        let found = (target.clone(), (relation, decision.cloned()));
        if *target != document.id && !out.contains(&found) {
            out.push(found);
        }
    };
    for target in &document.replaces {
        add(target, Relation::Replaces, None);
    }
    for (references, relation) in [(&document.founded_on, Relation::FoundedOn), (&document.relates, Relation::Relates)]
    {
        for reference in references {
            if let Reference::Document(target) = reference {
                add(target, relation, None);
            }
        }
    }
    if let Kind::Agreement(agreement) = &document.kind {
        agreement.builds_on.iter().for_each(|target| add(target, Relation::BuildsOn, None));
    }
    let taken = document.decisions().iter().map(|decision| (&decision.id, &decision.facts));
    let reported = document.reported().iter().map(|decision| (&decision.id, &decision.facts));
    for (id, facts) in taken.chain(reported) {
        let decision = DecisionRef { document: document.id.clone(), decision: id.clone() };
        for (targets, relation) in facts.targets() {
            targets.iter().for_each(|target| add(target, relation, Some(&decision)));
        }
        for target in &facts.fulfils {
            let target = target.split('#').next().unwrap_or_default();
            add(&DocumentId::new(target), Relation::Fulfils, Some(&decision));
        }
    }
    for link in &document.text.links {
        add(&DocumentId::new(&link.target.path), Relation::Mentions, None);
    }
    out
}

fn fulfilments(document: &Document) -> Vec<(DecisionRef, DecisionRef)> {
    let taken = document.decisions().iter().map(|decision| (&decision.id, &decision.facts));
    let reported = document.reported().iter().map(|decision| (&decision.id, &decision.facts));
    let of = |(id, facts): (&DecisionId, &DecisionFacts)| {
        let own = DecisionRef { document: document.id.clone(), decision: id.clone() };
        let targets = facts.fulfils.iter().filter_map(|target| DecisionRef::parse(target));
        targets.map(|target| (target, own.clone())).collect::<Vec<_>>()
    };
    taken.chain(reported).flat_map(of).collect()
}
