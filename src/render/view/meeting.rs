//! Meetings: agenda items with their texts, decision boxes and reported decisions.

use super::decision::{DecisionView, reported, taken};
use super::decision_context::{told_in, with_context};
use super::site::PortalObject;
use super::{Ref, body_ref, value};
use crate::model::{AgendaItem, Decision, DecisionRef, Document, Formality, Meeting, Portal, Ruling, by_number};
use crate::render::html::{Markup, Parts};
use minijinja::Value;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Serialize)]
struct ItemView<'a> {
    number: &'a str,
    title: &'a str,
    level: u8,
    kinds: Vec<&'static str>,
    presenters: &'a [String],
    attachments: Vec<AttachmentLink>,
    dnr: Option<&'a str>,
    anchor: &'a str,
    /// Something more than a formality was decided.
    decided: bool,
    formal_only: bool,
    parts: Vec<Part>,
    reported: Vec<DecisionView>,
}

#[derive(Serialize)]
struct AttachmentLink {
    label: String,
    url: Option<String>,
    title: Option<String>,
}

/// A stretch of an item: running text, or what was decided.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part {
    Text {
        #[serde(serialize_with = "safe")]
        html: String,
    },
    Decision {
        decided_by: String,
        lead: String,
        /// What the body did, where that is more than "beslutade": "beslutade enligt alternativ B".
        said: Option<String>,
        body: Option<Ref>,
        formal: bool,
        clauses: Vec<DecisionView>,
    },
}

/// HTML that a template need not escape.
pub fn safe<S: Serializer>(html: &str, serializer: S) -> Result<S::Ok, S::Error> {
    Value::from_safe_string(html.to_owned()).serialize(serializer)
}

#[derive(Serialize)]
struct PresenceView<'a> {
    name: &'a str,
    role: Option<&'a str>,
    organisation: Option<&'a str>,
}

/// The values of a meeting's own page.
pub fn field(site: &PortalObject, document: &Document, meeting: &Meeting, root: &str, key: &str) -> Option<Value> {
    let portal = &*site.portal;
    Some(match key {
        "venue" => Value::from(meeting.venue.clone()),
        "date_source" => Value::from(meeting.date_source.clone()),
        "present" => value(
            meeting
                .present
                .iter()
                .map(|presence| PresenceView {
                    name: &presence.name,
                    role: presence.role.as_deref(),
                    organisation: presence.organisation.as_deref(),
                })
                .collect::<Vec<_>>(),
        ),
        "decided" => value(decided(document, meeting)),
        "intro" => Value::from_safe_string(intro(portal, document, meeting, root)),
        "agenda" => value(agenda(site, document, meeting, root)),
        "told_in" => value(told_in(site, document)),
        _ => return None,
    })
}

/// What was decided under one item, in short: for paper.
#[derive(Serialize)]
struct DecidedView<'a> {
    number: Option<&'a str>,
    title: Option<&'a str>,
    formal: bool,
    clauses: Vec<&'a str>,
}

fn decided<'a>(document: &'a Document, meeting: &'a Meeting) -> Vec<DecidedView<'a>> {
    let mut out: Vec<(Option<usize>, DecidedView<'a>)> = Vec::new();
    for decision in document.decisions() {
        match out.last_mut().filter(|(item, _)| *item == decision.item) {
            Some((_, view)) => {
                view.formal &= decision.formality == Formality::Formal;
                view.clauses.push(&decision.text);
            }
            None => {
                let item = decision.item.map(|at| &meeting.agenda[at]);
                let view = DecidedView {
                    number: item.map(|item| item.number.as_str()),
                    title: item.map(|item| item.title.as_str()),
                    formal: decision.formality == Formality::Formal,
                    clauses: vec![&decision.text],
                };
                out.push((decision.item, view));
            }
        }
    }
    out.into_iter().map(|(_, view)| view).collect()
}

/// What stands before the first item.
fn intro(portal: &Portal, document: &Document, meeting: &Meeting, root: &str) -> String {
    let Parts { html, notes, references: _ } =
        Markup::of(document, portal, root).parts(&[intro_range(document, meeting)], 1);
    html.concat() + if meeting.agenda.is_empty() { &notes } else { "" }
}

fn intro_range(document: &Document, meeting: &Meeting) -> Range<usize> {
    let text = &document.text;
    let end = meeting.agenda.first().map_or(text.span.end, |item| text.headings[item.heading].span.start);
    text.span.start..end
}

fn agenda<'a>(site: &PortalObject, document: &'a Document, meeting: &'a Meeting, root: &str) -> Vec<ItemView<'a>> {
    let markup = Markup::of(document, &site.portal, root).after(intro_range(document, meeting));
    let stretches: Vec<Vec<Stretch<'_>>> =
        (0..meeting.agenda.len()).map(|at| stretches(document, meeting, at)).collect();
    let ranges: Vec<Range<usize>> = stretches.iter().flatten().filter_map(Stretch::text).collect();
    // Headings within an item stand below the item's own.
    let Parts { mut html, notes, references } = markup.parts(&ranges, 3);
    html.last_mut().iter_mut().for_each(|last| last.push_str(&notes));
    let mut html = html.into_iter();
    meeting
        .agenda
        .iter()
        .zip(stretches)
        .enumerate()
        .map(|(at, (item, stretches))| {
            let parts = stretches.into_iter().map(|stretch| match stretch {
                Stretch::Text(_) => Part::Text { html: html.next().unwrap_or_default() },
                Stretch::Ruling(ruling) => ruling_view(site, document, meeting, ruling, &references),
            });
            let parts = parts.filter(|part| !matches!(part, Part::Text { html } if html.trim().is_empty())).collect();
            item_view(site, document, meeting, (at, item), parts)
        })
        .collect()
}

enum Stretch<'a> {
    Text(Range<usize>),
    Ruling(&'a Ruling),
}

impl Stretch<'_> {
    fn text(&self) -> Option<Range<usize>> {
        if let Self::Text(range) = self { Some(range.clone()) } else { None }
    }
}

/// The item's text, cut at its rulings.
fn stretches<'a>(document: &Document, meeting: &'a Meeting, at: usize) -> Vec<Stretch<'a>> {
    let text = &document.text;
    let start = text.headings[meeting.agenda[at].heading].span.end;
    let end = meeting.agenda.get(at + 1).map_or(text.span.end, |next| text.headings[next.heading].span.start);
    let rulings = meeting
        .rulings
        .iter()
        .filter(|ruling| ruling.item == Some(at))
        .map(|ruling| (ruling.span.clone(), Some(ruling)));
    let stated = meeting.agenda[at].stated.iter().map(|span| (span.clone(), None));
    let mut cuts: Vec<_> = rulings.chain(stated).collect();
    cuts.sort_by_key(|(span, _)| span.start);
    let mut out = Vec::new();
    let mut from = start;
    for (span, ruling) in cuts {
        out.push(Stretch::Text(from..span.start));
        out.extend(ruling.map(Stretch::Ruling));
        from = span.end;
    }
    out.push(Stretch::Text(from..end));
    out
}

/// `references` are those to notes, by where they stand.
fn ruling_view(
    site: &PortalObject,
    document: &Document,
    meeting: &Meeting,
    ruling: &Ruling,
    references: &BTreeMap<usize, String>,
) -> Part {
    let portal = &*site.portal;
    let decisions = &meeting.decisions[ruling.decisions.clone()];
    let mut notes = vec![String::new(); decisions.len()];
    for (at, reference) in references.range(ruling.span.clone()) {
        // A note to the words before the clauses is shown with the first of them.
        let clause = decisions.iter().rposition(|decision| decision.span.start <= *at).unwrap_or_default();
        notes[clause].push_str(reference);
    }
    let clause = |(decision, notes): (&Decision, String)| {
        let reference = DecisionRef { document: document.id.clone(), decision: decision.id.clone() };
        DecisionView { notes, ..with_context(site, &reference, taken(portal, document, decision)) }
    };
    Part::Decision {
        decided_by: ruling.decided_by.clone(),
        lead: ruling.lead.clone(),
        said: said(ruling),
        body: document.body.as_ref().map(|id| body_ref(portal, id)),
        formal: decisions.iter().all(|decision| decision.formality == Formality::Formal),
        clauses: decisions.iter().zip(notes).map(clause).collect(),
    }
}

/// The lead without who decided, when it says more than the verb.
fn said(ruling: &Ruling) -> Option<String> {
    let said = ruling.lead.strip_prefix(&ruling.decided_by)?.trim_start_matches([',', ' ']);
    said.contains(' ').then(|| said.to_owned())
}

fn item_view<'a>(
    site: &PortalObject,
    document: &'a Document,
    meeting: &'a Meeting,
    (at, item): (usize, &'a AgendaItem),
    parts: Vec<Part>,
) -> ItemView<'a> {
    let heading = &document.text.headings[item.heading];
    let decisions = || meeting.decisions.iter().filter(|decision| decision.item == Some(at));
    let decided = decisions().any(|decision| decision.formality == Formality::Substantive);
    let only_decisions = parts.iter().all(|part| matches!(part, Part::Decision { .. }));
    let told = meeting.reported.iter().filter(|reported| by_number(&reported.item, &item.number).is_eq());
    ItemView {
        number: &item.number,
        title: &item.title,
        level: heading.level.clamp(2, 3),
        kinds: item.kinds.iter().map(|kind| kind.label()).collect(),
        presenters: &item.presenters,
        attachments: attachments(document, item),
        dnr: item.dnr.as_deref(),
        anchor: &heading.anchor,
        decided,
        formal_only: !decided && only_decisions && decisions().next().is_some(),
        parts,
        reported: told
            .map(|decision| {
                let reference = DecisionRef { document: document.id.clone(), decision: decision.id.clone() };
                with_context(site, &reference, reported(&site.portal, document, decision))
            })
            .collect(),
    }
}

/// The attachments that the heading names, with what the front matter knows of them.
fn attachments(document: &Document, item: &AgendaItem) -> Vec<AttachmentLink> {
    let named = item.attachments.iter().map(|label| {
        let same = |known: &&crate::model::Attachment| fold(&known.label) == fold(label);
        let belongs = |known: &&crate::model::Attachment| {
            known.item.as_deref().is_none_or(|number| by_number(number, &item.number).is_eq())
        };
        let known = document.attachments.iter().filter(same).find(belongs);
        AttachmentLink {
            label: label.clone(),
            url: known.and_then(|known| known.file.as_deref()).map(crate::model::file_url),
            title: known.and_then(|known| known.title.clone()),
        }
    });
    named.collect()
}

/// Labels are compared without regard to dashes and spaces: "Bilaga 2 A-B" is "Bilaga 2 A–B".
fn fold(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric() || *c == '+').flat_map(char::to_lowercase).collect()
}
