//! Sheets into posting lists: one thread's share of the work, over a run of sheets.
//!
//! What a word costs is kept small: a form is looked up once a token, and everything that depends on the form alone is
//! worked out when it is first seen.

use super::codec::{Reach, put_number, put_posting};
use super::concepts::{Concepts, Walk, concept_key};
use super::interner::{Interned, Interner};
use super::spec::SPEC;
use super::stem::stem;
use super::token::{Place, Reading, normalised, tokens};
use super::unit::{Sheet, Tone, Unit, UnitKind};
use hashbrown::HashMap;

/// The lists of a run of sheets; units are counted from the run's first.
pub struct Gathered {
    /// By the form's number.
    pub forms: Vec<Box<str>>,
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
}

/// What the unit being read has of a form. Apart from its list, so that the forms of a text lie close together.
#[derive(Clone, Default)]
struct Now {
    title: u16,
    body: u16,
    position: u32,
    leads: bool,
    /// Whether it stands in forms of several words.
    spelt: bool,
}

/// Reads sheets one after the other.
pub struct Gatherer<'a> {
    concepts: &'a Concepts,
    concept_forms: Vec<u32>,
    /// By kind of unit.
    kind_keys: Vec<String>,
    forms: Interner,
    lists: Vec<List>,
    /// By form, as the lists.
    now: Vec<Now>,
    /// Of forms in concepts of several words; see [`Concepts::symbol`].
    symbols: HashMap<u32, u32>,
    units: u32,
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
            kind_keys: UnitKind::ALL.iter().map(|kind| facet_key("typ", kind.1)).collect(),
            forms: Interner::default(),
            lists: Vec::new(),
            now: Vec::new(),
            symbols: HashMap::new(),
            units: 0,
            touched: Vec::new(),
            walk: Walk::default(),
            position: 0,
        };
        gatherer.concept_forms = concepts.iter().map(|(concept, _)| gatherer.form(&concept_key(concept))).collect();
        gatherer
    }

    pub fn finish(self) -> Gathered {
        Gathered { forms: self.forms.into_words(), lists: self.lists, units: self.units }
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
            self.units += 1;
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
        self.put_kind(unit);
        self.flush(title, body, unit.tone, Reach::Document(parts));
    }

    fn part(&mut self, unit: &Unit) {
        let title = self.read(&unit.title, Field::Title);
        let body = self.read(&unit.text, Field::Body) + self.read(&unit.words, Field::Body);
        self.put_kind(unit);
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
            let as_it_stands = std::ptr::eq(token.term.as_ptr(), text[token.start..].as_ptr());
            let form = if as_it_stands {
                let number = self.forms.number_at(&text, token.start..token.end);
                self.known(number, token.term)
            } else {
                self.form(token.term)
            };
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
        let spelt = self.now[form as usize].spelt;
        if !spelt && self.walk.is_still() {
            return;
        }
        let symbol = if spelt { self.symbols.get(&form).copied() } else { None };
        let mut walk = std::mem::take(&mut self.walk);
        self.concepts.step(&mut walk, symbol, |concept| {
            let form = self.concept_forms[concept as usize];
            self.touch(form, field);
        });
        self.walk = walk;
    }

    #[inline]
    fn form(&mut self, term: &str) -> u32 {
        let number = self.forms.number(term);
        self.known(number, term)
    }

    #[inline]
    fn known(&mut self, number: Interned, term: &str) -> u32 {
        match number {
            Interned::Known(form) => form,
            Interned::New(form) => {
                let symbol = self.concepts.symbol(&stem(term));
                self.symbols.extend(symbol.map(|symbol| (form, symbol)));
                self.lists.push(List::default());
                self.now.push(Now { spelt: symbol.is_some(), ..Now::default() });
                form
            }
        }
    }

    #[inline]
    fn touch(&mut self, form: u32, field: Field) {
        let now = &mut self.now[form as usize];
        let first = now.title == 0 && now.body == 0 && !now.leads;
        match field {
            Field::Title => now.title = now.title.saturating_add(1),
            Field::Body => now.body = now.body.saturating_add(1),
            Field::Heading => {
                now.title = now.title.saturating_add(1);
                now.leads = true;
            }
            Field::Context => now.leads = true,
        }
        let step = if first { self.position << 1 | 1 } else { (self.position - now.position) << 1 };
        now.position = self.position;
        put_number(&mut self.lists[form as usize].positions, u64::from(step));
        if first {
            self.touched.push(form);
        }
    }

    /// Writes the unit's postings.
    fn flush(&mut self, title_words: u32, body_words: u32, tone: Tone, reach: Reach) {
        let impact = Impact::new(title_words, body_words, tone);
        let unit = self.units;
        for form in self.touched.drain(..) {
            let list = &mut self.lists[form as usize];
            let now = &mut self.now[form as usize];
            let now = std::mem::replace(now, Now { spelt: now.spelt, ..Now::default() });
            let own = now.title > 0 || now.body > 0;
            let share = if own { impact.of(now.title, now.body) } else { 0 };
            let reach = if now.leads { reach } else { Reach::Own };
            put_posting(&mut list.postings, unit + 1 - list.after, share, reach);
            list.after = unit + 1;
            list.count += 1;
        }
        self.position = 0;
    }

    fn put_kind(&mut self, unit: &Unit) {
        let key = std::mem::take(&mut self.kind_keys[unit.kind as usize]);
        self.put(&key, 1, Reach::Own);
        self.kind_keys[unit.kind as usize] = key;
    }

    /// A posting of a key that is no word: without positions.
    fn put(&mut self, key: &str, impact: u8, reach: Reach) {
        let unit = self.units;
        let form = self.form(key);
        let list = &mut self.lists[form as usize];
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
