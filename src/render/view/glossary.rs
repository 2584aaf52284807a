//! The glossary: terms, abbreviations and acts.

use super::register::Values;
use super::topic::topic_ref;
use super::{Ref, body_ref, value};
use crate::model::{Portal, collation_key, swedish_date};
use serde::Serialize;
use std::cmp::Reverse;

#[derive(Serialize)]
struct TermView<'a> {
    anchor: String,
    short: Option<&'a str>,
    long: Option<&'a str>,
    explanation: Option<&'a str>,
    body: Option<Ref>,
    topic: Option<Ref>,
}

#[derive(Serialize)]
struct ActView<'a> {
    anchor: String,
    short: Option<&'a str>,
    name: &'a str,
    sfs: &'a str,
    note: Option<String>,
}

pub fn add(portal: &Portal, values: &mut Values) {
    let mut terms: Vec<_> = portal.registers.terms.iter().collect();
    terms.sort_by_cached_key(|term| collation_key(term.headword()));
    let terms = terms.into_iter().map(|term| TermView {
        anchor: term.anchor(),
        short: term.short.as_deref(),
        long: term.long.as_deref(),
        explanation: term.explanation.as_deref(),
        body: term.body.as_ref().map(|id| body_ref(portal, id)),
        topic: term.topic.as_ref().map(|id| topic_ref(portal, id)),
    });
    let mut acts: Vec<_> = portal.registers.acts.iter().collect();
    acts.sort_by_cached_key(|act| (collation_key(&act.name), Reverse(act.sfs.clone())));
    let acts = acts.into_iter().map(|act| ActView {
        anchor: act.anchor(),
        short: act.short.as_deref(),
        name: &act.name,
        sfs: &act.sfs,
        note: act.repealed_by.as_ref().map(|by| match act.repealed_from {
            Some(from) => format!("Upphävd {}, ersatt av {by}", swedish_date(from)),
            None => format!("Ersatt av {by}"),
        }),
    });
    values.insert("terms", value(terms.collect::<Vec<_>>()));
    values.insert("acts", value(acts.collect::<Vec<_>>()));
}
