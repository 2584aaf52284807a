//! One tantivy segment, read: its dictionary, its postings with what they weigh, its stored records.

use super::catalogue::Catalogue;
use super::codec::Posting;
use super::schema::{Fields, Part, schema};
use super::spec::SPEC;
use super::stored::{Header, Record, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{DocSet, InvertedIndexReader, TERMINATED, TantivyDocument};

/// Reading was tried when the index was opened.
const READABLE: &str = "the segment's checksums were right when it was opened";
/// Stored blocks kept unpacked.
const BLOCKS: usize = 64;

pub struct Layer {
    pub catalogue: Catalogue,
    pub units: u32,
    fields: Fields,
    /// By [`Part`].
    words: [Arc<InvertedIndexReader>; 3],
    own: Arc<InvertedIndexReader>,
    shared: Arc<InvertedIndexReader>,
    norms: [FieldNormReader; 2],
    layout: Arc<dyn ColumnValues<u64>>,
    store: StoreReader,
    impact: Impact,
}

impl Layer {
    /// Opens the one segment of `index`.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn open(index: &tantivy::Index, catalogue: Catalogue) -> tantivy::Result<Self> {
        let fields = schema().1;
        let segments = index.searchable_segments()?;
        let segment = segments.first().ok_or_else(|| tantivy::TantivyError::SystemError("no segment".to_owned()))?;
        let reader = SegmentReader::open(segment)?;
        let [title, body, context] = fields.words;
        Ok(Self {
            catalogue,
            units: reader.max_doc(),
            fields,
            words: [reader.inverted_index(title)?, reader.inverted_index(body)?, reader.inverted_index(context)?],
            own: reader.inverted_index(fields.own)?,
            shared: reader.inverted_index(fields.shared)?,
            norms: [reader.get_fieldnorms_reader(title)?, reader.get_fieldnorms_reader(body)?],
            layout: reader.fast_fields().u64("layout")?.first_or_default_col(0),
            store: reader.get_store_reader(BLOCKS)?,
            impact: Impact::new(),
        })
    }

    /// Calls `each` with every term of words in a range of keys, in each part's order, and in how many units it stands.
    pub fn words_between(&self, from: &str, to: &str, mut each: impl FnMut(&str, u32)) {
        for words in &self.words {
            let mut stream = words.terms().range().ge(from).lt(to).into_stream().expect(READABLE);
            while stream.advance() {
                each(text(stream.key()), stream.value().doc_freq);
            }
        }
    }

    /// All terms of words, with the units they stand in added up over the parts.
    pub fn terms(&self) -> BTreeMap<String, u32> {
        let mut out = BTreeMap::new();
        for words in &self.words {
            let mut stream = words.terms().stream().expect(READABLE);
            while stream.advance() {
                match out.get_mut(text(stream.key())) {
                    Some(count) => *count += stream.value().doc_freq,
                    None => drop(out.insert(text(stream.key()).to_owned(), stream.value().doc_freq)),
                }
            }
        }
        out
    }

    /// All terms that are no words: kinds, names, facets.
    pub fn keys(&self) -> Vec<String> {
        let mut out = Vec::new();
        for keys in [&self.own, &self.shared] {
            let mut stream = keys.terms().stream().expect(READABLE);
            while stream.advance() {
                out.push(text(stream.key()).to_owned());
            }
        }
        out
    }

    /// The postings of a word's term, in order of unit.
    pub fn postings(&self, term: &str) -> Vec<Posting> {
        let mut seen: Vec<(u32, usize, u32)> = Vec::new();
        for (part, words) in self.words.iter().enumerate() {
            let Some(mut postings) = read(words, term, IndexRecordOption::WithFreqs) else { continue };
            while postings.doc() != TERMINATED {
                seen.push((postings.doc(), part, postings.term_freq()));
                postings.advance();
            }
        }
        // Most words stand in one part only, and are in order already.
        seen.sort();
        let numbers = term.bytes().any(|byte| byte.is_ascii_digit());
        seen.chunk_by(|one, other| one.0 == other.0).map(|same| self.posting(same, numbers)).collect()
    }

    /// A date, an amount or a reference stands in a text or does not: how long the text is says nothing of it.
    fn posting(&self, parts: &[(u32, usize, u32)], numbers: bool) -> Posting {
        let unit = parts[0].0;
        let mut often = [0; 3];
        parts.iter().for_each(|(_, part, count)| often[*part] = *count);
        let [title, body, context] = often;
        let layout = self.layout.get_val(unit);
        let own = title > 0 || body > 0;
        let quiet = layout & 1 == 1;
        let norms = [Part::Title, Part::Body].map(|part| self.norms[part as usize].fieldnorm_id(unit));
        Posting {
            unit,
            impact: match own {
                true if numbers && quiet => QUIET_NUMBER,
                true if numbers => MOST,
                true => self.impact.of([title, body], norms, quiet),
                false => 0,
            },
            parts: if context > 0 { (layout >> 1) as u32 } else { 0 },
        }
    }

    /// Unit and place of every occurrence of a word's term, in order. Parts lie far from each other, so that no phrase
    /// reaches over from one into the next.
    pub fn places(&self, term: &str) -> Vec<(u32, u32)> {
        let mut out = Vec::new();
        let mut held = Vec::new();
        for (part, words) in self.words.iter().enumerate() {
            let Some(mut postings) = read(words, term, IndexRecordOption::WithFreqsAndPositions) else { continue };
            let start = FIRST_PLACE[part];
            while postings.doc() != TERMINATED {
                postings.positions_with_offset(start, &mut held);
                out.extend(held.iter().map(|place| (postings.doc(), *place)));
                postings.advance();
            }
        }
        out.sort();
        out
    }

    /// The postings of a term that is no word.
    pub fn key_postings(&self, key: &str) -> Vec<Posting> {
        let mut out = Vec::new();
        for (keys, shared) in [(&self.own, false), (&self.shared, true)] {
            let Some(mut postings) = read(keys, key, IndexRecordOption::Basic) else { continue };
            while postings.doc() != TERMINATED {
                let unit = postings.doc();
                let layout = self.layout.get_val(unit);
                let parts = if shared { (layout >> 1) as u32 } else { 0 };
                out.push(Posting { unit, impact: if layout & 1 == 1 { 1 } else { MOST }, parts });
                postings.advance();
            }
        }
        out
    }

    /// The unit as it is shown.
    pub fn record(&self, unit: u32) -> Option<Record> {
        let head: Header =
            serde_json::from_str(&self.stored(self.catalogue.sheet(unit).first, self.fields.head)?).ok()?;
        let row: Row = serde_json::from_str(&self.row(unit)?).ok()?;
        Record::new(head, row)
    }

    /// What hits show of the sheet that begins with unit `first`; JSON.
    pub fn head(&self, first: u32) -> Option<String> {
        self.stored(first, self.fields.head)
    }

    /// What hits show of a unit; JSON.
    pub fn row(&self, unit: u32) -> Option<String> {
        self.stored(unit, self.fields.row)
    }

    fn stored(&self, unit: u32, field: tantivy::schema::Field) -> Option<String> {
        let document: TantivyDocument = self.store.get(unit).ok()?;
        document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned)
    }
}

/// The highest impact.
const MOST: u8 = 15;
/// Of a number where nothing else of its own is said.
const QUIET_NUMBER: u8 = 5;

/// Where the places of title, body and context begin.
const FIRST_PLACE: [u32; 3] = [1 << 20, 0, 1 << 21];

fn text(term: &[u8]) -> &str {
    std::str::from_utf8(term).expect("terms are made of text")
}

fn read(index: &InvertedIndexReader, term: &str, option: IndexRecordOption) -> Option<SegmentPostings> {
    let info = index.terms().get(term).expect(READABLE)?;
    Some(index.read_postings_from_terminfo(&info, option).expect(READABLE))
}

/// BM25's share of a term's weight in a unit, in fifteenths. The usual lengths are fixed, so that one document's edit
/// moves no other document's score.
struct Impact {
    /// By tantivy's codes of lengths.
    title: Vec<f32>,
    body: Vec<f32>,
}

/// What a unit keeps of a word's weight that says nothing of its own.
const QUIET: f32 = 0.2;

impl Impact {
    fn new() -> Self {
        let weights = &SPEC.weights;
        let table = |weight: f32, usual: f32| {
            let lengths = (0..=255).map(FieldNormReader::id_to_fieldnorm);
            lengths.map(|words| weight / (1.0 - weights.slope + weights.slope * words as f32 / usual)).collect()
        };
        Self { title: table(weights.title, weights.title_length), body: table(weights.body, weights.body_length) }
    }

    /// 1 to 15, for how often the term stands in title and body, and the codes of their lengths.
    fn of(&self, [title, body]: [u32; 2], norms: [u8; 2], quiet: bool) -> u8 {
        let weight = title as f32 * self.title[usize::from(norms[0])] + body as f32 * self.body[usize::from(norms[1])];
        let frequency = if quiet { QUIET * weight } else { weight };
        1 + (frequency / (frequency + SPEC.weights.k) * 14.999) as u8
    }
}
