//! The dictionary and its posting lists, complete and frozen: what both the command line and the exported shards answer from.

use super::codec::{Posting, PostingWriter, Postings, number, put_number};
use super::compound::Vocabulary;
use super::concepts::{Concepts, concept_key};
use super::gather::{self, Gathered};
use super::stem::{fold, stem};
use hashbrown::HashMap;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Lists by key; a key is a stem without diacritics, so that all that a question may mean stands in one place.
#[derive(Default)]
pub struct Segment {
    /// In order of key.
    pub entries: Vec<Entry>,
    pub postings: Vec<u8>,
    pub positions: Vec<u8>,
    pub units: u32,
}

pub struct Entry {
    pub key: Box<str>,
    /// Forms in their order, then parts.
    pub lists: Vec<List>,
}

pub struct List {
    pub kind: ListKind,
    /// The form; of a list of parts their stem.
    pub label: Box<str>,
    pub count: u32,
    pub postings: Range<usize>,
    pub positions: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// A word as it is written, a date, an amount, a facet, a concept.
    Form,
    /// The units with a compound that has the stem as a part.
    Part,
}

impl Segment {
    /// Joins runs in their order; the same whatever the runs are.
    pub fn new(runs: Vec<Gathered>, concepts: &Concepts) -> Self {
        let mut segment = Self { units: runs.iter().map(|run| run.units).sum(), ..Self::default() };
        let (mut forms, mut parts) = (Vec::new(), Vec::new());
        for Gathered { forms: these, lists, units } in runs {
            forms.push(these);
            parts.push((lists, units));
        }
        segment.reserve(&parts);
        let words = words(&forms);
        let drafts = words.iter().map(|word| segment.join(&mut parts, word));
        let mut drafts: Vec<Draft> = drafts.collect();
        drop(parts);
        let unions = unions(&words, concepts);
        let merged: Vec<(Union, PostingWriter)> =
            unions.into_par_iter().map(|union| segment.merge(&drafts, union)).collect();
        for (union, writer) in merged {
            let postings = segment.postings.len()..segment.postings.len() + writer.bytes.len();
            segment.postings.extend_from_slice(&writer.bytes);
            let list = List { kind: union.kind, label: union.label, count: writer.count, postings, positions: 0..0 };
            drafts.push(Draft { key: union.key, list });
        }
        segment.enter(drafts);
        segment
    }

    /// Room for all lists and their unions; what is not used is never touched.
    fn reserve(&mut self, parts: &[(Vec<gather::List>, u32)]) {
        let lists = || parts.iter().flat_map(|(lists, _)| lists);
        self.postings.reserve_exact(2 * lists().map(|list| list.postings.len()).sum::<usize>());
        self.positions.reserve_exact(lists().map(|list| list.positions.len()).sum());
    }

    /// A word's lists as one; they are let go as they are copied.
    fn join(&mut self, runs: &mut [(Vec<gather::List>, u32)], word: &Word<'_>) -> Draft {
        let (postings, positions) = (self.postings.len(), self.positions.len());
        let (mut after, mut base, mut count) = (0, 0, 0);
        for ((lists, units), list) in runs.iter_mut().zip(&word.lists) {
            if let Some(list) = list.map(|list| std::mem::take(&mut lists[list as usize])).filter(|list| list.count > 0)
            {
                append(&mut self.postings, &list.postings, base - after);
                self.positions.extend_from_slice(&list.positions);
                after = base + list.after;
                count += list.count;
            }
            base += *units;
        }
        let list = List {
            kind: ListKind::Form,
            label: word.form.into(),
            count,
            postings: postings..self.postings.len(),
            positions: positions..self.positions.len(),
        };
        Draft { key: word.key.clone(), list }
    }

    /// The union of several lists: per unit its best posting.
    fn merge(&self, drafts: &[Draft], union: Union) -> (Union, PostingWriter) {
        let mut all: Vec<Posting> = union
            .of
            .iter()
            .flat_map(|&form| Postings::new(&self.postings[drafts[form].list.postings.clone()], 0))
            .collect();
        all.sort_unstable_by_key(|posting| posting.unit);
        let mut writer = PostingWriter::default();
        for same in all.chunk_by(|one, other| one.unit == other.unit) {
            let impact = same.iter().map(|posting| posting.impact).max().unwrap_or_default();
            let parts = same.iter().map(|posting| posting.parts).max().unwrap_or_default();
            writer.put(Posting { unit: same[0].unit, impact, parts });
        }
        (union, writer)
    }

    fn enter(&mut self, mut drafts: Vec<Draft>) {
        drafts.retain(|draft| draft.list.count > 0);
        drafts.sort_by(|one, other| {
            (&one.key, one.list.kind, &one.list.label).cmp(&(&other.key, other.list.kind, &other.list.label))
        });
        for Draft { key, list } in drafts {
            match self.entries.last_mut().filter(|entry| entry.key == key) {
                Some(entry) => entry.lists.push(list),
                None => self.entries.push(Entry { key, lists: vec![list] }),
            }
        }
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| entry.key.as_ref().cmp(key)).ok().map(|at| &self.entries[at])
    }

    /// All words as they are written, with the number of units that have them.
    pub fn forms(&self) -> impl Iterator<Item = (String, u32)> {
        let lists = self.entries.iter().flat_map(|entry| &entry.lists);
        lists.filter(|list| list.kind == ListKind::Form).map(|list| (list.label.to_string(), list.count))
    }
}

struct Draft {
    key: Box<str>,
    list: List,
}

/// A distinct form and its list in each run.
struct Word<'a> {
    form: &'a str,
    stem: String,
    key: Box<str>,
    lists: Vec<Option<u32>>,
}

impl Word<'_> {
    /// Whether it is made of letters, and so inflected and compounded.
    fn is_plain(&self) -> bool {
        self.form.chars().all(char::is_alphabetic)
    }
}

fn words(runs: &[HashMap<Box<str>, u32>]) -> Vec<Word<'_>> {
    let mut lists: BTreeMap<&str, Vec<Option<u32>>> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        for (form, list) in run {
            lists.entry(form).or_insert_with(|| vec![None; runs.len()])[at] = Some(*list);
        }
    }
    let lists: Vec<_> = lists.into_iter().collect();
    lists
        .into_par_iter()
        .map(|(form, lists)| {
            let stem = if form.starts_with(['#', '~', '=', '?']) { form.to_owned() } else { stem(form) };
            let key = if stem.len() == form.len() && stem.starts_with(['#', '~', '=', '?']) {
                stem.clone().into()
            } else {
                fold(&stem).into()
            };
            Word { form, stem, key, lists }
        })
        .collect()
}

/// A list made of others: by their places among the words.
struct Union {
    kind: ListKind,
    key: Box<str>,
    label: Box<str>,
    of: Vec<usize>,
}

fn unions(words: &[Word<'_>], concepts: &Concepts) -> Vec<Union> {
    let mut vocabulary = Vocabulary::default();
    words.iter().filter(|word| word.is_plain()).for_each(|word| vocabulary.add(word.form, &word.stem));
    let parts: Vec<Vec<String>> =
        words.par_iter().map(|word| if word.is_plain() { vocabulary.split(&word.stem) } else { Vec::new() }).collect();
    let mut by_part: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, parts) in parts.iter().enumerate() {
        for part in parts {
            by_part.entry(part).or_default().push(at);
        }
    }
    let mut out: Vec<Union> = by_part
        .into_iter()
        .map(|(part, of)| Union { kind: ListKind::Part, key: fold(part).into(), label: part.into(), of })
        .collect();
    out.extend(concept_unions(words, concepts));
    out
}

/// A concept's units: those with a form of one word, and those where a form of several was found.
fn concept_unions(words: &[Word<'_>], concepts: &Concepts) -> Vec<Union> {
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        by_stem.entry(&word.stem).or_default().push(at);
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (concept, stem) in concepts.singles() {
        out.entry(concept).or_default().extend(by_stem.get(stem).into_iter().flatten());
    }
    out.into_iter()
        .map(|(concept, mut of)| {
            let key: Box<str> = concept_key(concept).into();
            of.extend(by_stem.get(key.as_ref()).into_iter().flatten());
            Union { kind: ListKind::Part, key, label: "".into(), of }
        })
        .collect()
}

/// Appends a list whose first step is `more` longer.
fn append(out: &mut Vec<u8>, bytes: &[u8], more: u32) {
    let mut at = 0;
    let first = number(bytes, &mut at);
    put_number(out, first + (u64::from(more) << 4));
    out.extend_from_slice(&bytes[at..]);
}
