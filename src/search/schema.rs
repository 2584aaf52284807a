//! How units stand in tantivy: its fields, its terms, and the tokenizer that hands over what `analyser` has read.
//!
//! A unit is one tantivy document. A term of its words is a key, a zero and the form as it is written; the key is the
//! stem without diacritics, so that one range of the dictionary holds all that a word of a question may mean.

use super::stem::{fold, stem};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{IndexBuilder, IndexSettings};

/// Raised whenever an index that an older build wrote could not be read by this one, or holds what this one leaves out.
pub const FORMAT: u32 = 4;

/// Where tantivy keeps what is known of a unit.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// By [`Part`]: with positions and lengths.
    pub words: [Field; 3],
    /// Terms that hold for the unit alone: its kind, what it is called, which questions lead to it.
    pub own: Field,
    /// Terms that hold for all units of its sheet, kept with the first one: body, year, status, topics, county.
    pub shared: Field,
    /// What a hit shows of the sheet, with its first unit; JSON.
    pub head: Field,
    /// What a hit shows of the unit; JSON.
    pub row: Field,
    /// How many units after this one belong to its sheet, times two, plus one where it says nothing of its own.
    pub layout: Field,
}

/// Where in a unit a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Title,
    Body,
    /// Not part of its text: leads to all units of the sheet.
    Context,
}

/// Name and options are part of the format.
pub fn schema() -> (Schema, Fields) {
    let text = |option| {
        let indexing = TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let placed = || text(IndexRecordOption::WithFreqsAndPositions);
    let mut builder = Schema::builder();
    let fields = Fields {
        words: ["title", "body", "context"].map(|name| builder.add_text_field(name, placed())),
        own: builder.add_text_field("own", text(IndexRecordOption::Basic)),
        shared: builder.add_text_field("shared", text(IndexRecordOption::Basic)),
        head: builder.add_text_field("head", STORED),
        row: builder.add_text_field("row", STORED),
        layout: builder.add_u64_field("layout", FAST),
    };
    (builder.build(), fields)
}

/// An index to be written: packed by the thread that adds to it, so that the order of units is the order of adding.
pub fn builder() -> (IndexBuilder, Fields) {
    let (schema, fields) = schema();
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    let tokenizers = TokenizerManager::default();
    tokenizers.register(TOKENIZER, Lines::default());
    (tantivy::Index::builder().schema(schema).settings(settings).tokenizers(tokenizers), fields)
}

/// The term of a word as it is written, in small letters.
pub fn term(form: &str) -> String {
    format!("{}\0{form}", fold(&stem(form)))
}

/// The key and the form of a term.
pub fn key_and_form(term: &str) -> (&str, &str) {
    term.split_once('\0').unwrap_or((term, ""))
}

const TOKENIZER: &str = "lines";
/// Begins a term that stands in the place of the one before it.
pub const SAME_PLACE: char = '\t';

/// Takes a text of one term a line, as `analyser` writes it.
#[derive(Clone, Default)]
struct Lines {
    token: Token,
}

struct LineStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((line, rest)) = self.rest.split_once('\n') else { return false };
        self.rest = rest;
        let term = match line.strip_prefix(SAME_PLACE) {
            Some(term) => term,
            None => {
                // Reset puts it before the first place.
                self.token.position = self.token.position.wrapping_add(1);
                line
            }
        };
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
