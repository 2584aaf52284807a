//! A portal as sheets: its documents, register entries and register pages, in the order in which equals are shown.

use super::analyser::name_key;
use super::concepts::{Concepts, stems};
use super::entries;
use super::plain;
use super::stored::Room;
use super::unit::{Class, Label, Sheet, Standing, Tone, Unit, UnitKind};
use super::writer::Content;
use crate::model::{
    AgendaItem, AgreementForm, BodyId, Date, Decision, Document, Formality, Kind, Meeting, Party, Portal, RegisterPage,
    Status, TopicId, status,
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
        names.retain(|name| self.named.get(&name_key(&stems(name))) == Some(source));
        names
    }

    /// A name leads to one sheet: a term before a body before a topic before a document.
    fn name(&mut self) {
        let mut sources: Vec<&Source> = self.order.iter().map(|(_, source)| source).collect();
        sources.sort();
        let mut named = BTreeMap::new();
        for source in sources {
            for name in self.names(source) {
                named.entry(name_key(&stems(&name))).or_insert_with(|| source.clone());
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
            let (status, _) = status(&agreement.events, portal.today, portal.site.ends_soon_days);
            let decided = agreement.events.iter().filter_map(|event| event.decided).max();
            (status.applies().into(), document.date.or(decided.map(|date| date.first_day())))
        }
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
        context: context(portal, document),
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

fn agreement_status(portal: &Portal, document: &Document) -> Option<Status> {
    let Kind::Agreement(agreement) = &document.kind else { return None };
    Some(status(&agreement.events, portal.today, portal.site.ends_soon_days).0)
}

/// What leads to every part of a document beside its title.
fn context(portal: &Portal, document: &Document) -> String {
    let mut out = Words::default();
    if let Some(id) = &document.body {
        let Label { name, also, .. } = body_label(portal, id);
        out.add(&name);
        also.iter().for_each(|name| out.add(name));
    }
    out.date(document.date);
    document.topics.iter().for_each(|id| out.add(portal.registers.topic_name(id)));
    out.add(form(&document.kind));
    [&document.dnr, &document.county].into_iter().flatten().for_each(|text| out.add(text));
    out.text
}

fn form(kind: &Kind) -> &'static str {
    match kind {
        Kind::Meeting(meeting) => meeting.form.label(),
        Kind::Assignment(assignment) => assignment.form.label(),
        Kind::Agreement(agreement) => agreement.form.map_or("Överenskommelse", AgreementForm::label),
        Kind::Page(_) => "",
    }
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
        words: facts(portal, document),
        tone: Tone::Plain,
    }
}

/// What the page tells in its fact box.
fn facts(portal: &Portal, document: &Document) -> String {
    let mut out = Words { portal: Some(portal), ..Words::default() };
    out.add(document.version.as_deref().unwrap_or_default());
    match &document.kind {
        Kind::Agreement(agreement) => {
            out.add(&agreement_status(portal, document).map(|status| status.label()).unwrap_or_default());
            agreement.parties.iter().for_each(|party| out.party(party));
            agreement.target_group.iter().for_each(|text| out.add(text));
            for event in &agreement.events {
                event.from.iter().for_each(|_| out.add("börjar gälla"));
                event.to.iter().for_each(|_| out.add("upphör, löper ut, slutar gälla"));
                [event.from, event.to, event.decided].into_iter().flatten().for_each(|date| out.add(&date.swedish()));
                event.decided_by.iter().for_each(|id| out.add(portal.registers.body_name(id)));
            }
        }
        Kind::Assignment(assignment) => {
            out.add(assignment.status.label());
            assignment.target_group.iter().for_each(|text| out.add(text));
            for role in &assignment.roles {
                out.add(&role.role);
                role.holders.iter().chain(&role.through).for_each(|party| out.party(party));
            }
            assignment.deliverables.iter().for_each(|deliverable| out.add(&deliverable.what));
            for funding in &assignment.funding {
                out.add(&funding.source);
                funding.code.iter().for_each(|code| out.add(code));
            }
        }
        Kind::Meeting(meeting) => {
            for present in &meeting.present {
                out.add(&present.name);
                present.role.iter().chain(&present.organisation).for_each(|text| out.add(text));
            }
            meeting.venue.iter().for_each(|text| out.add(text));
        }
        Kind::Page(_) => {}
    }
    out.text
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
            words: item_words(portal, meeting, item),
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

fn item_words(portal: &Portal, meeting: &Meeting, item: &AgendaItem) -> String {
    let mut out = Words { portal: Some(portal), ..Words::default() };
    item.kinds.iter().for_each(|kind| out.add(kind.label()));
    item.presenters.iter().chain(&item.attachments).chain(&item.dnr).for_each(|text| out.add(text));
    for reported in meeting.reported.iter().filter(|reported| reported.item == item.number) {
        out.add("Beslut");
        reported.decided_by.iter().for_each(|party| out.party(party));
        reported.date.iter().for_each(|date| out.add(&date.swedish()));
        out.add(&reported.text);
        out.date(reported.until);
    }
    out.text
}

/// A decision, with the day on which it was taken: it is asked for by that.
fn clause(document: &Document, meeting: &Meeting, at: usize, title: &str) -> Unit {
    let decision: &Decision = &meeting.decisions[at];
    let mut words = Words::default();
    words.add("Beslut");
    words.date(document.date);
    decision.facts.amount.iter().for_each(|amount| words.add(&amount.to_string()));
    let ruling = meeting.rulings.iter().find(|ruling| ruling.decisions.contains(&at));
    let by = ruling.map_or("", |ruling| ruling.decided_by.as_str());
    let lead = if by.is_empty() { String::new() } else { format!("{by} beslutade ") };
    Unit {
        kind: UnitKind::Decision,
        anchor: Some(decision.id.anchor()),
        title: title.to_owned(),
        text: format!("{lead}{}", decision.text),
        words: words.text,
        tone: if decision.formality == Formality::Formal { Tone::Formal } else { Tone::Plain },
    }
}

/// Words gathered for the index, one group a line so that no phrase reaches from one into the next.
#[derive(Default)]
struct Words<'a> {
    portal: Option<&'a Portal>,
    text: String,
}

impl Words<'_> {
    fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str(text);
            self.text.push_str(" .\n");
        }
    }

    fn date(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            self.add(&date.to_string());
        }
    }

    fn party(&mut self, party: &Party) {
        match (party, self.portal) {
            (Party::Body(id), Some(portal)) => {
                let name = portal.registers.body_name(id).to_owned();
                self.add(&name);
            }
            (Party::Body(id), None) => self.add(id.as_str()),
            (Party::Text(text), _) => self.add(text),
        }
    }
}
