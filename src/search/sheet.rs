//! A portal as sheets: its documents, register entries and register pages, in the order in which equals are shown.

use super::analyser::name_key;
use super::concepts::{Concepts, name_stems};
use super::entries;
use super::facts;
use super::plain;
use super::stored::Room;
use super::unit::{Class, Label, Sheet, Standing, Tone, Unit, UnitKind};
use super::writer::Content;
use crate::model::{
    AgendaItem, BodyId, Decision, Document, Formality, Kind, Meeting, Portal, RegisterPage, Status, TopicId,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All that is searched in a portal; a sheet is made when it is asked for.
pub struct Sheets<'a> {
    portal: &'a Portal,
    /// In order of standing.
    pub order: Vec<(Standing, Source)>,
    /// The sheet that a name leads to, by the name's key.
    named: BTreeMap<String, Source>,
}

/// Where a sheet comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Term(usize),
    Act(usize),
    Body(usize),
    Topic(usize),
    Document(usize),
    Register(RegisterPage),
    Section(String),
}

impl<'a> Sheets<'a> {
    pub fn new(portal: &'a Portal) -> Self {
        let documents = (0..portal.documents.len()).map(|at| (standing(portal, at), Source::Document(at)));
        let mut order: Vec<(Standing, Source)> = documents.chain(entries::sources(portal)).collect();
        order.sort();
        let mut sheets = Self { portal, order, named: BTreeMap::new() };
        sheets.name();
        sheets
    }

    /// The same sheets, of these documents only.
    pub fn of_documents(portal: &'a Portal, wanted: impl Fn(&Document) -> bool) -> Self {
        let mut sheets = Self::new(portal);
        sheets.order.retain(|(_, source)| matches!(source, Source::Document(at) if wanted(&portal.documents[*at])));
        sheets
    }

    /// All of them, to be written.
    pub fn content<'b>(&'b self, concepts: &'b Concepts) -> Content<'b, impl Fn(usize) -> Sheet + Send + 'b> {
        Content {
            order: self.order.iter().map(|(standing, _)| standing.clone()).collect(),
            make: |at| self.make(at),
            concepts,
            room: Room::new(self.portal.documents.iter().map(|document| document.text.span.len()).sum()),
        }
    }

    /// What the sheet of document `at` is made of beside its text: how it stands today, and the names that lead to it.
    pub fn beside_the_text(&self, at: usize) -> String {
        let status = agreement_status(self.portal, &self.portal.documents[at]).map(|status| status.label());
        let names = self.leading_names(&Source::Document(at));
        format!("{}\0{}", status.unwrap_or_default(), names.join("\0"))
    }

    fn make(&self, at: usize) -> Sheet {
        let source = &self.order[at].1;
        let mut sheet = match source {
            Source::Document(at) => document(self.portal, &self.portal.documents[*at]),
            entry => entries::sheet(self.portal, entry),
        };
        sheet.names = self.leading_names(source);
        sheet
    }

    fn leading_names(&self, source: &Source) -> Vec<String> {
        let mut names = self.names(source);
        names.retain(|name| self.named.get(&name_key(&name_stems(name))) == Some(source));
        names
    }

    /// A name leads to one sheet: a term before a body before a topic before a document.
    fn name(&mut self) {
        let mut sources: Vec<&Source> = self.order.iter().map(|(_, source)| source).collect();
        sources.sort();
        let mut named = BTreeMap::new();
        for source in sources {
            for name in self.names(source) {
                named.entry(name_key(&name_stems(&name))).or_insert_with(|| source.clone());
            }
        }
        self.named = named;
    }

    fn names(&self, source: &Source) -> Vec<String> {
        match source {
            Source::Document(at) => {
                let document = &self.portal.documents[*at];
                let meeting = matches!(document.kind, Kind::Meeting(_));
                if meeting { Vec::new() } else { vec![document.title.clone()] }
            }
            entry => entries::names(self.portal, entry),
        }
    }
}

fn standing(portal: &Portal, at: usize) -> Standing {
    let document = &portal.documents[at];
    let (class, date) = match &document.kind {
        Kind::Agreement(agreement) => {
            let (status, _) = portal.status(agreement);
            let decided = agreement.events.iter().filter_map(|event| event.decided).max();
            (status.applies().into(), document.date.or(decided.map(|date| date.first_day())))
        }
        Kind::Page(_) => (Class::Aside, document.date),
        _ => (Class::Current, document.date),
    };
    Standing { class, date: Reverse(date), id: document.id.to_string() }
}

fn document(portal: &Portal, document: &Document) -> Sheet {
    let texts = plain::sections(&document.text);
    let mut units = vec![head(portal, document, &texts[0])];
    match &document.kind {
        Kind::Meeting(meeting) => meeting_units(portal, document, meeting, &texts, &mut units),
        _ => units.extend(sections(document, &texts)),
    }
    Sheet {
        id: document.id.to_string(),
        url: document.url().to_string(),
        title: document.title.clone(),
        body: document.body.as_ref().map(|id| body_label(portal, id)),
        date: document.date,
        status: agreement_status(portal, document).map(|status| label(status.key(), &status.label())),
        topics: document.topics.iter().map(|id| topic_label(portal, id)).collect(),
        county: document.county.clone().or_else(|| portal.site.county.clone()),
        context: facts::context(portal, document),
        names: Vec::new(),
        leads: Vec::new(),
        units,
    }
}

fn label(key: &str, name: &str) -> Label {
    Label { key: key.to_owned(), name: name.to_owned(), also: Vec::new() }
}

pub fn body_label(portal: &Portal, id: &BodyId) -> Label {
    let body = portal.registers.bodies.get(id.as_str());
    let also = body.and_then(|body| body.abbreviation.clone()).into_iter().collect();
    Label { also, ..label(id.as_str(), portal.registers.body_name(id)) }
}

fn topic_label(portal: &Portal, id: &TopicId) -> Label {
    label(id.as_str(), portal.registers.topic_name(id))
}

pub fn agreement_status(portal: &Portal, document: &Document) -> Option<Status> {
    let Kind::Agreement(agreement) = &document.kind else { return None };
    Some(portal.status(agreement).0)
}

fn head(portal: &Portal, document: &Document, opening: &str) -> Unit {
    let kind = match &document.kind {
        Kind::Meeting(_) => UnitKind::Meeting,
        Kind::Assignment(_) => UnitKind::Assignment,
        Kind::Agreement(_) => UnitKind::Agreement,
        Kind::Page(_) => UnitKind::Page,
    };
    let summary = document.summary.as_deref().unwrap_or_default();
    let gap = if summary.is_empty() || opening.is_empty() { "" } else { "\n" };
    Unit {
        kind,
        anchor: None,
        title: document.title.clone(),
        text: format!("{summary}{gap}{opening}"),
        words: facts::of_document(portal, document),
        tone: Tone::Plain,
    }
}

/// A document's sections. A heading without a number below a numbered one belongs to it: what is cited is the number.
fn sections(document: &Document, texts: &[String]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut above: Option<u8> = None;
    for (at, heading) in document.text.headings.iter().enumerate() {
        if above.is_some_and(|level| heading.level <= level) {
            above = None;
        }
        match (heading.number.is_some(), above, out.last_mut()) {
            (false, Some(_), Some(last)) => append(&mut last.text, &[&heading.title, &texts[at + 1]]),
            (numbered, ..) => {
                above = numbered.then_some(heading.level);
                out.push(section(document, at, texts));
            }
        }
    }
    out
}

fn append(text: &mut String, more: &[&str]) {
    for more in more.iter().filter(|more| !more.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(more);
    }
}

fn section(document: &Document, at: usize, texts: &[String]) -> Unit {
    let heading = &document.text.headings[at];
    Unit {
        kind: UnitKind::Section,
        anchor: Some(heading.anchor.clone()),
        title: numbered(heading.number.as_deref(), &heading.title),
        text: texts[at + 1].clone(),
        words: String::new(),
        tone: Tone::Plain,
    }
}

fn numbered(number: Option<&str>, title: &str) -> String {
    match number {
        Some(number) if number.starts_with('§') => format!("{number} {title}"),
        Some(number) => format!("{number}. {title}"),
        None => title.to_owned(),
    }
}

fn meeting_units(portal: &Portal, document: &Document, meeting: &Meeting, texts: &[String], units: &mut Vec<Unit>) {
    let first = meeting.agenda.iter().map(|item| item.heading).min().unwrap_or(texts.len() - 1);
    units.extend((0..first).map(|at| section(document, at, texts)));
    let loose = meeting.decisions.iter().enumerate().filter(|(_, decision)| decision.item.is_none());
    units.extend(loose.map(|(at, _)| clause(document, meeting, at, &document.title)));
    for (at, item) in meeting.agenda.iter().enumerate() {
        let own = meeting.decisions.iter().enumerate().filter(|(_, decision)| decision.item == Some(at));
        let title = numbered(Some(&item.number), &item.title);
        let clauses: Vec<Unit> = own.map(|(at, _)| clause(document, meeting, at, &title)).collect();
        let text = item_text(document, meeting, item, texts);
        let formal = !clauses.is_empty() && clauses.iter().all(|unit| unit.tone == Tone::Formal);
        let said: usize = clauses.iter().map(|unit| unit.text.len()).sum();
        let tone = if formal && text.len() < said + 120 { Tone::Formal } else { Tone::Plain };
        units.extend(clauses);
        units.push(Unit {
            kind: UnitKind::Item,
            anchor: document.text.headings.get(item.heading).map(|heading| heading.anchor.clone()),
            title,
            text,
            words: facts::of_item(portal, meeting, item),
            tone,
        });
    }
}

/// The item's text, with the headings below it that are no items of their own ("Beslut", "Reservation").
fn item_text(document: &Document, meeting: &Meeting, item: &AgendaItem, texts: &[String]) -> String {
    let mut out = texts[item.heading + 1].clone();
    for at in item.heading + 1..document.text.headings.len() {
        if meeting.agenda.iter().any(|other| other.heading == at) {
            break;
        }
        append(&mut out, &[&document.text.headings[at].title, &texts[at + 1]]);
    }
    out
}

/// A decision, with the day on which it was taken: it is asked for by that.
fn clause(document: &Document, meeting: &Meeting, at: usize, title: &str) -> Unit {
    let decision: &Decision = &meeting.decisions[at];
    let ruling = meeting.rulings.iter().find(|ruling| ruling.decisions.contains(&at));
    let by = ruling.map_or("", |ruling| ruling.decided_by.as_str());
    let lead = if by.is_empty() { String::new() } else { format!("{by} beslutade ") };
    Unit {
        kind: UnitKind::Decision,
        anchor: Some(decision.id.anchor()),
        title: title.to_owned(),
        text: format!("{lead}{}", decision.text),
        words: facts::of_decision(document, decision),
        tone: if decision.formality == Formality::Formal { Tone::Formal } else { Tone::Plain },
    }
}
