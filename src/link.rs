//! Documents to a portal: ids, order, what points at what, and who owes what.
//!
//! Everything here is an index into the documents; no text is copied. Faults in the relations are found by `check`,
//! which sees the finished portal.

use crate::model::{
    AssignmentStatus, Backlink, BodyId, Date, Decision, DecisionFacts, DecisionRef, Document, DocumentId, Due,
    EventKind, Kind, Links, Obligation, ObligationKind, PartialDate, Party, Reference, Relation, Role, Section, Site,
    SortBy, Status, StatusKind, TopicId, collation_key, status,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How `documents` (in the order of their ids) hang together on `today`.
pub fn links(site: &Site, sections: &BTreeMap<String, Section>, documents: &[Arc<Document>], today: Date) -> Links {
    let mut links = Links {
        by_id: documents.iter().enumerate().map(|(at, document)| (document.id.clone(), at)).collect(),
        by_date: (0..documents.len()).collect(),
        ..Links::default()
    };
    links.by_date.sort_by_key(|&at| (Reverse(documents[at].date), &documents[at].id));
    for &at in &links.by_date {
        let document = &documents[at];
        links.by_section.entry(document.section().to_owned()).or_default().push(at);
        if let Some(body) = &document.body {
            links.by_body.entry(body.clone()).or_default().push(at);
        }
        for topic in topics(document) {
            links.by_topic.entry(topic.clone()).or_default().push(at);
        }
        links.decisions.extend((0..document.decisions().len()).map(|decision| (at, decision)));
        roles(document, at, &mut links.roles_of);
        relations(document, at, &mut links.backlinks);
        fulfilments(document, &mut links.fulfilled_by);
        obligations(site, document, today, &mut links.obligations);
    }
    sort_sections(sections, documents, &mut links);
    links.obligations.sort_by_key(|obligation| {
        (obligation.due.date().is_none(), obligation.due.date(), obligation.kind, obligation.what.clone())
    });
    links
}

/// A document's own topics and those its decisions add, each once.
fn topics(document: &Document) -> Vec<&TopicId> {
    let decided = document.decisions().iter().flat_map(|decision| &decision.facts.topics);
    let reported = document.reported().iter().flat_map(|decision| &decision.facts.topics);
    let mut out: Vec<&TopicId> = Vec::new();
    for topic in document.topics.iter().chain(decided).chain(reported) {
        if !out.contains(&topic) {
            out.push(topic);
        }
    }
    out
}

fn sort_sections(sections: &BTreeMap<String, Section>, documents: &[Arc<Document>], links: &mut Links) {
    for (path, held) in &mut links.by_section {
        match sections.get(path).map_or(SortBy::Date, |section| section.sort) {
            SortBy::Date => {}
            SortBy::Title => held.sort_by_cached_key(|&at| collation_key(&documents[at].title)),
            SortBy::Weight => held.sort_by_key(|&at| (weight(&documents[at]), &documents[at].id)),
        }
    }
}

fn weight(document: &Document) -> i64 {
    if let Kind::Page(page) = &document.kind { page.weight } else { 0 }
}

fn roles(document: &Document, at: usize, roles_of: &mut BTreeMap<BodyId, Vec<(usize, String)>>) {
    let Kind::Assignment(assignment) = &document.kind else {
        if let Kind::Agreement(agreement) = &document.kind {
            for party in &agreement.parties {
                add_role(roles_of, party, at, "part");
            }
        }
        return;
    };
    for Role { role, holders, through } in &assignment.roles {
        for party in holders.iter().chain(through) {
            add_role(roles_of, party, at, role);
        }
    }
}

fn add_role(roles_of: &mut BTreeMap<BodyId, Vec<(usize, String)>>, party: &Party, at: usize, role: &str) {
    let Party::Body(body) = party else { return };
    let held = roles_of.entry(body.clone()).or_default();
    if !held.iter().any(|(document, name)| *document == at && name == role) {
        held.push((at, role.to_owned()));
    }
}

fn relations(document: &Document, at: usize, backlinks: &mut BTreeMap<DocumentId, Vec<Backlink>>) {
    let mut add = |target: &DocumentId, relation: Relation, decision: Option<DecisionRef>| {
        let backlink = Backlink { relation, from: at, decision };
        let held = backlinks.entry(target.clone()).or_default();
        if *target != document.id && !held.contains(&backlink) {
            held.push(backlink);
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
            targets.iter().for_each(|target| add(target, relation, Some(decision.clone())));
        }
        for target in &facts.fulfils {
            let target = target.split('#').next().unwrap_or_default();
            add(&DocumentId::new(target), Relation::Fulfils, Some(decision.clone()));
        }
    }
    for link in &document.text.links {
        add(&DocumentId::new(&link.target.path), Relation::Mentions, None);
    }
}

fn fulfilments(document: &Document, fulfilled_by: &mut BTreeMap<DecisionRef, Vec<DecisionRef>>) {
    let taken = document.decisions().iter().map(|decision| (&decision.id, &decision.facts));
    let reported = document.reported().iter().map(|decision| (&decision.id, &decision.facts));
    for (id, facts) in taken.chain(reported) {
        let own = DecisionRef { document: document.id.clone(), decision: id.clone() };
        for target in facts.fulfils.iter().filter_map(|target| DecisionRef::parse(target)) {
            fulfilled_by.entry(target).or_default().push(own.clone());
        }
    }
}

fn obligations(site: &Site, document: &Document, today: Date, out: &mut Vec<Obligation>) {
    let obligation = |kind, who, what: String, due, to_whom, decision| Obligation {
        kind,
        who,
        what,
        due,
        to_whom,
        document: document.id.clone(),
        decision,
    };
    match &document.kind {
        Kind::Assignment(assignment)
            if matches!(assignment.status, AssignmentStatus::Ended | AssignmentStatus::Replaced) => {}
        Kind::Assignment(assignment) => {
            let leader = |word: &str| {
                let named = assignment.roles.iter().filter(|role| role.role.to_lowercase().contains(word));
                named.flat_map(|role| role.holders.clone()).collect::<Vec<_>>()
            };
            for follow_up in &assignment.follow_up {
                let due = Due::Recurring(follow_up.cadence, follow_up.first.map(PartialDate::Day));
                let what =
                    follow_up.what.clone().unwrap_or_else(|| format!("Uppföljning, {}", follow_up.cadence.label()));
                let who = follow_up.by.clone().into_iter().collect();
                out.push(obligation(
                    ObligationKind::FollowUp,
                    who,
                    what,
                    due,
                    follow_up.to.clone().into_iter().collect(),
                    None,
                ));
            }
            for gate in assignment.gates.iter().filter(|gate| gate.what.is_some() || gate.date.is_some()) {
                let what =
                    gate.what.as_ref().map_or_else(|| gate.label.clone(), |what| format!("{}: {what}", gate.label));
                let due = gate.date.map_or(Due::Open, |date| Due::On(PartialDate::Day(date)));
                out.push(obligation(ObligationKind::Gate, gate.by.clone(), what, due, Vec::new(), None));
            }
            for deliverable in &assignment.deliverables {
                let due = deliverable.due.map_or(Due::Open, Due::On);
                let who = leader("ledare");
                out.push(obligation(
                    ObligationKind::Deliverable,
                    who,
                    deliverable.what.clone(),
                    due,
                    deliverable.to.clone(),
                    None,
                ));
            }
        }
        Kind::Agreement(agreement) => {
            let (status, event) = status(&agreement.events, today, site.ends_soon_days);
            let ended_by_decision =
                event.is_some_and(|event| matches!(event.kind, EventKind::Repealed | EventKind::Terminated));
            let open = status.kind != StatusKind::Ended || !ended_by_decision;
            if let Some((kind, what, due)) = validity_end(&document.title, &status, today).filter(|_| open) {
                out.push(obligation(kind, agreement.parties.clone(), what, due, Vec::new(), None));
            }
        }
        Kind::Meeting(_) | Kind::Page(_) => {}
    }
    let taken = document.decisions().iter().map(|decision: &Decision| (&decision.id, &decision.facts));
    let reported = document.reported().iter().map(|decision| (&decision.id, &decision.facts));
    for (id, DecisionFacts { gives, .. }) in taken.chain(reported) {
        for given in gives {
            let decision = DecisionRef { document: document.id.clone(), decision: id.clone() };
            let due = given.due.map_or(Due::Open, Due::On);
            out.push(obligation(
                ObligationKind::Assignment,
                vec![given.to.clone()],
                given.what.clone(),
                due,
                Vec::new(),
                Some(decision),
            ));
        }
    }
}

/// How long an agreement that ran out stays among what is to be followed up.
const RECENT_DAYS: i32 = 365;

/// What an agreement's end asks of its parties: to act before it, to meet its condition, or to tell what came after it.
fn validity_end(title: &str, status: &Status, today: Date) -> Option<(ObligationKind, String, Due)> {
    let ends = || format!("{title} upphör att gälla");
    let on = |day: Date| Due::On(PartialDate::Day(day));
    match (&status.kind, status.until) {
        (StatusKind::InForce | StatusKind::Prolonged | StatusKind::Terminated, Some(until)) => {
            Some((ObligationKind::ValidityEnd, ends(), on(until)))
        }
        (StatusKind::Conditional(condition), _) if !condition.is_empty() => {
            Some((ObligationKind::Condition, format!("{title} gäller tills {condition}"), Due::Open))
        }
        (StatusKind::Ended, Some(until)) => {
            let since = until.until(today).ok()?.get_days();
            (since <= RECENT_DAYS).then(|| (ObligationKind::ValidityEnd, ends(), on(until)))
        }
        _ => None,
    }
}
