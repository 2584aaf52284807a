//! `okänt-ämne`: every topic that is named by id stands in `ämnen.yaml`.

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::model::{Document, Portal, TopicId};

pub fn check(portal: &Portal, document: &Document, problems: &mut Vec<Diagnostic>) {
    let taken = document.decisions().iter().flat_map(|decision| &decision.facts.topics);
    let reported = document.reported().iter().flat_map(|decision| &decision.facts.topics);
    for id in document.topics.iter().chain(taken).chain(reported) {
        known(portal, "ämnen", id, &document.place, problems);
    }
}

pub fn check_registers(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    for topic in portal.registers.topics.iter() {
        topic.broader.iter().for_each(|id| known(portal, "överordnat", id, &topic.place, problems));
    }
    for term in &portal.registers.terms {
        term.topic.iter().for_each(|id| known(portal, "ämne", id, &term.place, problems));
    }
}

fn known(portal: &Portal, key: &str, id: &TopicId, place: &Place, problems: &mut Vec<Diagnostic>) {
    let topics = &portal.registers.topics;
    if topics.get(id.as_str()).is_some() {
        return;
    }
    let problem = Diagnostic::error("okänt-ämne", place.of(key, id.as_str()), format!("okänt ämne `{id}`"));
    problems.push(match nearest(id.as_str(), topics.ids()) {
        Some(near) => problem.hint(format!("menade du `{near}`?")),
        None => problem.hint("lägg till ämnet i `site/ämnen.yaml`"),
    });
}
