//! Sheets as tantivy documents: every word read once, with what its inflections share and what it means with others.

use super::concepts::{Concepts, Walk, concept_key, name_stems};
use super::schema::{Fields, Part, SAME_PLACE, term};
use super::stem::{fold, stem};
use super::stored::{Room, head_json, row_json};
use super::token::{Place, Reading, normalised, tokens};
use super::unit::{Sheet, Tone, Unit, UnitKind};
use hashbrown::HashMap;
use tantivy::TantivyDocument;

/// Reads sheets one after the other, and remembers the words that it has met.
pub struct Analyser<'a> {
    fields: Fields,
    concepts: &'a Concepts,
    room: Room,
    forms: HashMap<String, Form>,
    walk: Walk,
}

/// What is worked out once for a word as it is written.
struct Form {
    term: String,
    /// Of a word in concepts of several words; see [`Concepts::symbol`].
    symbol: Option<u32>,
}

impl<'a> Analyser<'a> {
    pub fn new(fields: Fields, concepts: &'a Concepts, room: Room) -> Self {
        Self { fields, concepts, room, forms: HashMap::new(), walk: Walk::default() }
    }

    /// The sheet's units, in their order.
    pub fn documents(&mut self, sheet: &Sheet) -> Vec<TantivyDocument> {
        let units = sheet.units.iter().enumerate();
        units.map(|(at, unit)| self.document(sheet, unit, sheet.units.len() - 1 - at, at == 0)).collect()
    }

    fn document(&mut self, sheet: &Sheet, unit: &Unit, after: usize, is_head: bool) -> TantivyDocument {
        let Fields { own, shared, head, row, layout, .. } = self.fields;
        let mut document = TantivyDocument::new();
        self.read(&mut document, &unit.text, Part::Body);
        self.read(&mut document, &unit.words, Part::Body);
        document.add_text(own, line(&facet_key("typ", unit.kind.key())));
        document.add_text(row, row_json(sheet, unit, self.room));
        let parts = if is_head { after as u64 } else { 0 };
        document.add_u64(layout, parts << 1 | u64::from(unit.tone != Tone::Plain));
        if is_head {
            let (in_title, leads) = head_title(unit);
            in_title.then(|| self.read(&mut document, &unit.title, Part::Title));
            leads.then(|| self.read(&mut document, &unit.title, Part::Context));
            self.read(&mut document, &sheet.context, Part::Context);
            let names = sheet.names.iter().map(|name| name_key(&name_stems(name)));
            let asked = sheet.leads.iter().map(|lead| lead_key(&stem(lead)));
            names.chain(asked).for_each(|key| document.add_text(own, line(&key)));
            facet_keys(sheet).iter().for_each(|key| document.add_text(shared, line(key)));
            document.add_text(head, head_json(sheet));
        } else {
            self.read(&mut document, &unit.title, Part::Title);
        }
        document
    }

    /// Adds a text to a field of words.
    fn read(&mut self, document: &mut TantivyDocument, text: &str, part: Part) {
        if text.is_empty() {
            return;
        }
        let mut out = String::with_capacity(3 * text.len());
        self.walk.reset();
        tokens(&normalised(text), Reading::Text, |token| self.put(token.term, token.place, &mut out));
        document.add_text(self.fields.words[part as usize], out);
    }

    fn put(&mut self, word: &str, place: Place, out: &mut String) {
        let concepts = self.concepts;
        let form = self
            .forms
            .entry_ref(word)
            .or_insert_with(|| Form { term: line(&term(word)), symbol: concepts.symbol(&stem(word)) });
        if place == Place::Same {
            out.push(SAME_PLACE);
        }
        out.push_str(&form.term);
        if place == Place::Next && (form.symbol.is_some() || !self.walk.is_still()) {
            concepts.step(&mut self.walk, form.symbol, |concept| {
                out.push(SAME_PLACE);
                out.push_str(&line(&concept_term(concept as usize)));
            });
        }
    }
}

/// Whether the title of a sheet is part of its first unit, and whether it leads to all of them. The unit of a meeting or
/// assignment is found by it no better than the others are: who asks for what is in the title wants the place that tells
/// of it.
fn head_title(unit: &Unit) -> (bool, bool) {
    match unit.kind {
        UnitKind::Meeting | UnitKind::Assignment => (false, true),
        UnitKind::Agreement | UnitKind::Page => (true, true),
        _ => (true, false),
    }
}

fn line(term: &str) -> String {
    format!("{term}\n")
}

/// The term of places where a concept of several words is named.
pub fn concept_term(concept: usize) -> String {
    format!("{}\0", concept_key(concept))
}

/// The key of an entry that is called just so, perhaps written without diacritics.
pub fn name_key<S: AsRef<str>>(stems: &[S]) -> String {
    let stems: Vec<String> = stems.iter().map(|stem| fold(stem.as_ref())).collect();
    format!("~{}", stems.join(" "))
}

/// The key of an entry that a stem leads to in a question.
pub fn lead_key(stem: &str) -> String {
    format!("?{stem}")
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
