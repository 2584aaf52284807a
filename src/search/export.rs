//! The whole index as bytes that browsers read: the dictionary's entries in order, their postings and their positions.

use super::analyser::concept_term;
use super::codec::{put_places, put_postings};
use super::dictionary::{Found, ListKind};
use super::index::Index;
use super::schema::key_and_form;
use super::stored::pack;
use super::typo::{Drawer, drawer, is_offered};
use rayon::prelude::*;
use std::ops::Range;

/// Lists by key; a key is a stem without diacritics, so that all that a question may mean stands in one place.
pub struct Export {
    /// In order of key.
    pub entries: Vec<Entry>,
    pub postings: Vec<u8>,
    pub positions: Vec<u8>,
    /// What hits show, some units together; packed.
    pub blocks: Vec<Vec<u8>>,
    /// Forms for misspelt words, and how many units have each.
    pub offered: Vec<(Drawer, String, u32)>,
}

pub struct Entry {
    pub key: String,
    /// Forms in their order, then parts.
    pub lists: Vec<List>,
}

pub struct List {
    pub kind: ListKind,
    pub label: String,
    pub count: u32,
    pub postings: Range<usize>,
    pub positions: Range<usize>,
}

/// A list to be written.
struct Draft {
    key: String,
    count: u32,
    source: Source,
}

enum Source {
    Words(Found),
    Key,
}

/// Lists that are held twice while they are written.
const TOGETHER: usize = 4_096;

impl Export {
    /// Of an index to which nothing was added since it was built.
    pub fn new(index: &Index) -> Self {
        let drafts = drafts(index);
        let mut export = Self {
            entries: Vec::new(),
            postings: Vec::new(),
            positions: Vec::new(),
            blocks: blocks(index),
            offered: offered(&drafts),
        };
        for drafts in drafts.chunks(TOGETHER) {
            let written: Vec<_> = drafts.par_iter().map(|draft| draft.bytes(index)).collect();
            for (draft, (postings, positions)) in drafts.iter().zip(written) {
                export.enter(draft, &postings, &positions);
            }
        }
        export
    }

    fn enter(&mut self, draft: &Draft, postings: &[u8], positions: &[u8]) {
        let append = |all: &mut Vec<u8>, bytes: &[u8]| {
            all.extend_from_slice(bytes);
            all.len() - bytes.len()..all.len()
        };
        let (_, kind, label) = draft.order();
        let list = List {
            kind,
            label: label.to_owned(),
            count: draft.count,
            postings: append(&mut self.postings, postings),
            positions: append(&mut self.positions, positions),
        };
        match self.entries.last_mut().filter(|entry| entry.key == draft.key) {
            Some(entry) => entry.lists.push(list),
            None => self.entries.push(Entry { key: draft.key.clone(), lists: vec![list] }),
        }
    }
}

impl Draft {
    fn order(&self) -> (&str, ListKind, &str) {
        match &self.source {
            Source::Words(found) => (&self.key, found.kind, &found.label),
            Source::Key => (&self.key, ListKind::Form, &self.key),
        }
    }

    fn bytes(&self, index: &Index) -> (Vec<u8>, Vec<u8>) {
        let (mut postings, mut positions) = (Vec::new(), Vec::new());
        match &self.source {
            Source::Words(found) => {
                put_postings(&mut postings, &index.postings(found));
                if found.kind == ListKind::Form {
                    put_places(&mut positions, &index.places(found));
                }
            }
            Source::Key => put_postings(&mut postings, &index.key_postings(&self.key)),
        }
        (postings, positions)
    }
}

fn drafts(index: &Index) -> Vec<Draft> {
    let words = index.base().terms().into_iter().filter_map(|(term, count)| {
        let (key, form) = key_and_form(&term);
        let found = Found { kind: ListKind::Form, label: form.to_owned(), terms: vec![term.clone()] };
        (!form.is_empty()).then(|| Draft { key: key.to_owned(), count, source: Source::Words(found) })
    });
    let parts = index.base().catalogue.parts.iter().flat_map(|(key, stems)| {
        stems.iter().map(|(stem, terms)| {
            let found = Found { kind: ListKind::Part, label: stem.clone(), terms: terms.clone() };
            Draft { key: key.clone(), count: 0, source: Source::Words(found) }
        })
    });
    let concepts = index.concepts.iter().map(|(concept, _)| {
        let key = concept_term(concept).trim_end_matches('\0').to_owned();
        Draft { key, count: 0, source: Source::Words(index.concept(concept)) }
    });
    let keys = index.base().keys().into_iter().map(|key| Draft { key, count: 0, source: Source::Key });
    let mut drafts: Vec<Draft> = words.chain(parts).chain(concepts).chain(keys).collect();
    drafts.sort_by(|one, other| one.order().cmp(&other.order()));
    drafts
}

fn offered(drafts: &[Draft]) -> Vec<(Drawer, String, u32)> {
    let mut out: Vec<(Drawer, String, u32)> = drafts
        .iter()
        .filter_map(|draft| match &draft.source {
            Source::Words(found) if found.kind == ListKind::Form && is_offered(&found.label) => {
                Some((drawer(&found.label)?, found.label.clone(), draft.count))
            }
            _ => None,
        })
        .collect();
    out.sort();
    out
}

/// Units in JSON, each with the number of its sheet among the block's.
fn blocks(index: &Index) -> Vec<Vec<u8>> {
    let layer = index.base();
    let each = layer.catalogue.room.units.max(1) as u32;
    (0..layer.units.div_ceil(each))
        .into_par_iter()
        .map(|block| {
            let (mut heads, mut rows, mut sheets, mut last) = (String::new(), String::new(), 0, None);
            for unit in block * each..((block + 1) * each).min(layer.units) {
                let first = layer.catalogue.sheet(unit).first;
                if last != Some(first) {
                    separate(&mut heads);
                    heads.push_str(&layer.head(first).unwrap_or_default());
                    sheets += 1;
                    last = Some(first);
                }
                let row = layer.row(unit).unwrap_or_default();
                separate(&mut rows);
                rows.push_str(&format!("[{},{}", sheets - 1, row.strip_prefix('[').unwrap_or_default()));
            }
            pack(format!("[[{heads}],[{rows}]]").as_bytes())
        })
        .collect()
}

fn separate(json: &mut String) {
    if !json.is_empty() {
        json.push(',');
    }
}
