//! Sound documents with bytes changed, cut out and spliced: whatever is left of them, reading it is an answer and no panic.

use super::cases;
use super::hostile::archive;
use proptest::prelude::*;
use samverk::import::{Vocabulary, document, draft};
use samverk::model::Registers;
use std::fs;
use std::sync::LazyLock;

/// What is done to a document, at places given as shares of its length.
#[derive(Clone, Debug)]
enum Change {
    Set(f64, u8),
    Cut(f64, f64),
    Repeat(f64, f64),
    /// A piece of another document in the middle of this one.
    Splice(f64, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = || 0.0..1.0f64;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (place(), place()).prop_map(|(from, to)| Change::Cut(from, to)),
        (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
        (place(), any::<usize>()).prop_map(|(at, other)| Change::Splice(at, other)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_changed_document_never_panics(which in any::<usize>(), changes in prop::collection::vec(change(), 1..6)) {
        let source = &SOURCES[which % SOURCES.len()];
        let bytes = source.file(changes.into_iter().fold(source.bytes.clone(), changed));
        if let Ok(draft) = draft(&source.name, &bytes, &Registers::default(), &Vocabulary::default()) {
            prop_assert!(document(&draft, None).starts_with("---\n"));
        }
    }
}

fn changed(mut bytes: Vec<u8>, change: Change) -> Vec<u8> {
    let at = |share: f64| (bytes.len() as f64 * share) as usize;
    match change {
        Change::Set(place, byte) => {
            let at = at(place);
            if let Some(own) = bytes.get_mut(at) {
                *own = byte;
            }
        }
        Change::Cut(from, to) => drop(bytes.drain(at(from.min(to))..at(from.max(to)))),
        Change::Repeat(from, to) => {
            let (from, to) = (at(from.min(to)), at(from.max(to)));
            let piece = bytes[from..to.min(from + 4000)].to_vec();
            bytes.splice(to..to, piece);
        }
        Change::Splice(place, other) => {
            let (at, other) = (at(place), &SOURCES[other % SOURCES.len()].bytes);
            bytes.splice(at..at, other[other.len() / 3..other.len() / 2].iter().copied());
        }
    }
    bytes
}

struct Source {
    name: String,
    bytes: Vec<u8>,
    /// The archive's part that the bytes are, where the format is one: an archive itself would only fail its checksum.
    part: Option<&'static str>,
}

impl Source {
    fn file(&self, bytes: Vec<u8>) -> Vec<u8> {
        self.part.map_or(bytes.clone(), |part| archive(&[(part, &bytes)]))
    }
}

/// The sources of the cases as they are, and poured into the two word processors' formats.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let mut sources = Vec::new();
    let mut add = |name: &str, text: String, part| {
        sources.push(Source { name: name.to_owned(), bytes: text.into_bytes(), part });
    };
    for path in cases::folders().iter().filter_map(|folder| cases::input(folder)) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let xml = |open: &str, close: &str| {
            let lines: String = text.lines().map(|line| format!("{open}{line}{close}")).collect();
            format!("<d>{lines}</d>")
        };
        add("a.docx", xml("<p><r><t>", "</t></r></p>"), Some("word/document.xml"));
        add("a.odt", xml("<p>", "</p>"), Some("content.xml"));
        add("a.md", text.clone(), None);
        add("a.txt", text, None);
    }
    sources
});
