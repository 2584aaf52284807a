//! Sheets into posting lists: one thread's share of the work, over a run of sheets.
//!
//! What a word costs is kept small: a form is looked up once a token, and everything that depends on the form alone is
//! worked out when it is first seen.

use super::codec::{Reach, put_number, put_posting};
use super::concepts::{Concepts, Walk, concept_key};
use super::spec::SPEC;
use super::stem::stem;
use super::token::{Place, Reading, normalised, tokens};
use super::unit::{Sheet, Tone, Unit, UnitKind};
use hashbrown::HashMap;

/// The lists of a run of sheets; units are counted from the run's first.
#[derive(Default)]
pub struct Gathered {
    pub forms: HashMap<Box<str>, u32>,
    pub lists: Vec<List>,
    pub units: u32,
}

/// One form's postings and positions.
#[derive(Default)]
pub struct List {
    pub postings: Vec<u8>,
    pub positions: Vec<u8>,
    pub count: u32,
    /// One more than the last unit written.
    pub after: u32,
    /// In forms of several words; see [`Concepts::symbol`].
    symbol: Option<u32>,
    now: Now,
}

/// What the unit being read has of a form.
#[derive(Default)]
struct Now {
    title: u16,
    body: u16,
    leads: bool,
    position: u32,
}

/// Reads sheets one after the other.
pub struct Gatherer<'a> {
    concepts: &'a Concepts,
    concept_forms: Vec<u32>,
    out: Gathered,
    touched: Vec<u32>,
    walk: Walk,
    position: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Body,
    /// A title that leads to all of the sheet's units too.
    Heading,
    /// Leads to all of the sheet's units, and is not part of the text.
    Context,
}

/// The title of a meeting or assignment leads to its parts, and its own unit is found by it no better than they are: a
/// reader who asks for what is in the title wants the place that tells of it.
fn head_title(unit: &Unit) -> Field {
    match unit.kind {
        UnitKind::Meeting | UnitKind::Assignment => Field::Context,
        UnitKind::Agreement | UnitKind::Page => Field::Heading,
        _ => Field::Title,
    }
}

/// Between fields, so that no phrase reaches over from one into the next.
const FIELD_GAP: u32 = 8;

impl<'a> Gatherer<'a> {
    pub fn new(concepts: &'a Concepts) -> Self {
        let mut gatherer = Self {
            concepts,
            concept_forms: Vec::new(),
            out: Gathered::default(),
            touched: Vec::new(),
            walk: Walk::default(),
            position: 0,
        };
        gatherer.concept_forms = concepts.iter().map(|(concept, _)| gatherer.form(&concept_key(concept))).collect();
        gatherer
    }

    pub fn finish(self) -> Gathered {
        self.out
    }

    /// Adds a sheet's units.
    pub fn add(&mut self, sheet: &Sheet) {
        let parts = (sheet.units.len() as u32).saturating_sub(1);
        for (at, unit) in sheet.units.iter().enumerate() {
            if at == 0 {
                self.head(sheet, unit, parts);
            } else {
                self.part(unit);
            }
            self.out.units += 1;
        }
    }

    fn head(&mut self, sheet: &Sheet, unit: &Unit, parts: u32) {
        let title = self.read(&unit.title, head_title(unit));
        let body = self.read(&unit.text, Field::Body) + self.read(&unit.words, Field::Body);
        self.read(&sheet.context, Field::Context);
        for label in facet_keys(sheet) {
            self.put(&label, 1, Reach::Document(parts));
        }
        for name in &sheet.names {
            self.put(&name_key(name), 1, Reach::Own);
        }
        for lead in &sheet.leads {
            self.put(&format!("?{lead}"), 1, Reach::Own);
        }
        self.put(&kind_key(unit), 1, Reach::Own);
        self.flush(title, body, unit.tone, Reach::Document(parts));
    }

    fn part(&mut self, unit: &Unit) {
        let title = self.read(&unit.title, Field::Title);
        let body = self.read(&unit.text, Field::Body) + self.read(&unit.words, Field::Body);
        self.put(&kind_key(unit), 1, Reach::Own);
        self.flush(title, body, unit.tone, Reach::Own);
    }

    /// Reads a field and returns how many words it has.
    fn read(&mut self, text: &str, field: Field) -> u32 {
        if text.is_empty() {
            return 0;
        }
        self.walk.reset();
        let text = normalised(text);
        let start = self.position;
        tokens(&text, Reading::Text, |token| {
            if token.place == Place::Next {
                self.position += 1;
            }
            let form = self.form(token.term);
            self.touch(form, field);
            if token.place == Place::Next {
                self.find_concepts(form, field);
            }
        });
        let words = self.position - start;
        self.position += FIELD_GAP;
        words
    }

    fn find_concepts(&mut self, form: u32, field: Field) {
        let symbol = self.out.lists[form as usize].symbol;
        let mut walk = std::mem::take(&mut self.walk);
        self.concepts.step(&mut walk, symbol, |concept| {
            let form = self.concept_forms[concept as usize];
            self.touch(form, field);
        });
        self.walk = walk;
    }

    fn form(&mut self, term: &str) -> u32 {
        if let Some(form) = self.out.forms.get(term) {
            return *form;
        }
        let form = self.out.lists.len() as u32;
        self.out.forms.insert(term.into(), form);
        let symbol = self.concepts.symbol(&stem(term));
        self.out.lists.push(List { symbol, ..List::default() });
        form
    }

    fn touch(&mut self, form: u32, field: Field) {
        let list = &mut self.out.lists[form as usize];
        let first = list.now.title == 0 && list.now.body == 0 && !list.now.leads;
        match field {
            Field::Title => list.now.title = list.now.title.saturating_add(1),
            Field::Body => list.now.body = list.now.body.saturating_add(1),
            Field::Heading => {
                list.now.title = list.now.title.saturating_add(1);
                list.now.leads = true;
            }
            Field::Context => list.now.leads = true,
        }
        if first {
            self.touched.push(form);
            put_number(&mut list.positions, u64::from(self.position) << 1 | 1);
        } else {
            put_number(&mut list.positions, u64::from(self.position - list.now.position) << 1);
        }
        list.now.position = self.position;
    }

    /// Writes the unit's postings.
    fn flush(&mut self, title_words: u32, body_words: u32, tone: Tone, reach: Reach) {
        let impact = Impact::new(title_words, body_words, tone);
        let unit = self.out.units;
        for form in self.touched.drain(..) {
            let list = &mut self.out.lists[form as usize];
            let now = std::mem::take(&mut list.now);
            let own = now.title > 0 || now.body > 0;
            let share = if own { impact.of(now.title, now.body) } else { 0 };
            let reach = if now.leads { reach } else { Reach::Own };
            put_posting(&mut list.postings, unit + 1 - list.after, share, reach);
            list.after = unit + 1;
            list.count += 1;
        }
        self.position = 0;
    }

    /// A posting of a key that is no word: without positions.
    fn put(&mut self, key: &str, impact: u8, reach: Reach) {
        let unit = self.out.units;
        let form = self.form(key);
        let list = &mut self.out.lists[form as usize];
        if list.after == unit + 1 {
            return;
        }
        put_posting(&mut list.postings, unit + 1 - list.after, impact, reach);
        list.after = unit + 1;
        list.count += 1;
    }
}

/// BM25's share of a term's weight in a unit of known lengths, in fifteenths.
struct Impact {
    title: f32,
    body: f32,
}

impl Impact {
    fn new(title_words: u32, body_words: u32, tone: Tone) -> Self {
        let weights = &SPEC.weights;
        let norm = |words: u32, usual: f32| 1.0 - weights.slope + weights.slope * words as f32 / usual;
        let tone = if tone == Tone::Plain { 1.0 } else { 0.2 };
        Self {
            title: tone * weights.title / norm(title_words, weights.title_length),
            body: tone * weights.body / norm(body_words, weights.body_length),
        }
    }

    fn of(&self, title: u16, body: u16) -> u8 {
        let frequency = f32::from(title) * self.title + f32::from(body) * self.body;
        1 + (frequency / (frequency + SPEC.weights.k) * 14.999) as u8
    }
}

/// The key of an entry that is called just so.
pub fn name_key(name: &str) -> String {
    format!("~{}", super::concepts::stems(name).join(" "))
}

fn kind_key(unit: &Unit) -> String {
    facet_key("typ", unit.kind.key())
}

/// The key of a facet's value: `#organ:lanschefsnatverket`.
pub fn facet_key(facet: &str, value: &str) -> String {
    format!("#{facet}:{value}")
}

fn facet_keys(sheet: &Sheet) -> Vec<String> {
    let year = sheet.date.map(|date| facet_key("år", &date.year().to_string()));
    let body = sheet.body.as_ref().map(|body| facet_key("organ", &body.key));
    let status = sheet.status.as_ref().map(|status| facet_key("status", &status.key));
    let county = sheet.county.as_ref().map(|county| facet_key("län", &crate::model::slug(county)));
    let topics = sheet.topics.iter().map(|topic| facet_key("ämne", &topic.key));
    year.into_iter().chain(body).chain(status).chain(county).chain(topics).collect()
}
