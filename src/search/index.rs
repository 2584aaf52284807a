//! The index of a portal: built once, brought up to date document by document, asked from the command line and the preview.

use super::analyser::{concept_term, facet_key};
use super::catalogue::Catalogue;
use super::codec::Posting;
use super::concepts::Concepts;
use super::entries;
use super::layer::Layer;
use super::matching::{Dictionary, Found, ListKind};
use super::schema::key_and_form;
use super::sheet::Sheets;
use super::spec::SPEC;
use super::stem::{fold, stem};
use super::stored::Record;
use super::typo::{self, Near};
use super::unit::{Class, Sheet};
use super::writer::{Content, write};
use crate::model::{DocumentId, Portal};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::directory::RamDirectory;

/// A searchable portal. Holds no reference to it.
pub struct Index {
    base: Layer,
    /// Documents changed since the base was built.
    fresh: Option<Layer>,
    changed: BTreeSet<String>,
    /// By unit of the base: whether it no longer stands as it was read. Empty when all do.
    stale: Vec<bool>,
    pub(super) concepts: Concepts,
}

impl Index {
    /// Reads the whole portal into memory.
    pub fn build(portal: &Portal) -> Self {
        let concepts = entries::concepts(portal);
        Self::new(in_memory(Sheets::new(portal).content(&concepts)), concepts)
    }

    pub(super) fn new(base: Layer, concepts: Concepts) -> Self {
        Self { base, fresh: None, changed: BTreeSet::new(), stale: Vec::new(), concepts }
    }

    /// Takes in documents that were changed, added or removed since the last build. What else the portal holds
    /// (registers, sections, the site) must be the same; where it is not, build anew.
    pub fn update(&mut self, portal: &Portal, changed: &[DocumentId]) {
        self.changed.extend(changed.iter().map(ToString::to_string));
        let sheets = Sheets::of_documents(portal, |document| self.changed.contains(document.id.as_str()));
        let room = self.base.catalogue.room;
        self.fresh = Some(in_memory(Content { room, ..sheets.content(&self.concepts) }));
        let Catalogue { sheets, .. } = &self.base.catalogue;
        let ends = sheets.iter().skip(1).map(|sheet| sheet.first).chain([self.base.units]);
        self.stale = vec![false; self.base.units as usize];
        for (sheet, end) in sheets.iter().zip(ends).filter(|(sheet, _)| self.changed.contains(&sheet.id)) {
            self.stale[sheet.first as usize..end as usize].fill(true);
        }
    }

    /// How many units can be found.
    pub fn units(&self) -> usize {
        (0..Dictionary::units(self)).filter(|unit| self.is_current(*unit)).count()
    }

    /// Everything, as long as nothing has changed since it was built.
    pub(super) fn base(&self) -> &Layer {
        &self.base
    }

    /// The first unit of what is no document of the portal's matter; all after it are neither.
    pub(super) fn first_aside(&self) -> u32 {
        let sheets = &self.base.catalogue.sheets;
        let first = sheets.partition_point(|sheet| sheet.standing.class < Class::Aside);
        sheets.get(first).map_or(self.base.units, |sheet| sheet.first)
    }

    /// Whether the unit is of a register entry or a page. One that was read later is asked of its sheet.
    pub(super) fn is_aside(&self) -> impl Fn(u32) -> bool {
        let first = self.first_aside();
        move |unit| match &self.fresh {
            Some(fresh) if unit >= self.base.units => {
                fresh.catalogue.sheet(unit - self.base.units).standing.class == Class::Aside
            }
            _ => unit >= first,
        }
    }

    /// Whether the unit still stands as it was read.
    pub(super) fn is_current(&self, unit: u32) -> bool {
        !self.stale.get(unit as usize).is_some_and(|stale| *stale)
    }

    /// The unit's place among equals.
    pub(super) fn order(&self, unit: u32) -> u64 {
        match &self.fresh {
            Some(fresh) if unit >= self.base.units => {
                let standing = &fresh.catalogue.sheet(unit - self.base.units).standing;
                let sheets = &self.base.catalogue.sheets;
                let before = sheets.partition_point(|sheet| sheet.standing < *standing);
                let first = sheets.get(before).map_or(self.base.units, |sheet| sheet.first);
                u64::from(first) << 32 | u64::from(unit)
            }
            _ => (u64::from(unit) + 1) << 32,
        }
    }

    pub(super) fn record(&self, unit: u32) -> Option<Record> {
        match &self.fresh {
            Some(fresh) if unit >= self.base.units => fresh.record(unit - self.base.units),
            _ => self.base.record(unit),
        }
    }

    /// What facets' values are called, by their keys.
    pub(super) fn facet_names(&self) -> BTreeMap<&String, &super::unit::Label> {
        self.layers().flat_map(|(layer, _)| &layer.catalogue.facets).collect()
    }

    /// The postings of terms that are no words: kinds, names, facets.
    pub(super) fn key_postings(&self, key: &str) -> Vec<Posting> {
        self.layers().flat_map(|(layer, base)| shifted(layer.key_postings(key), base)).collect()
    }

    /// The layers, and the unit that each counts from.
    fn layers(&self) -> impl Iterator<Item = (&Layer, u32)> {
        [Some((&self.base, 0)), self.fresh.as_ref().map(|fresh| (fresh, self.base.units))].into_iter().flatten()
    }

    /// Terms from one key to another, with the units they stand in added up.
    fn words_between(&self, from: &str, to: &str) -> BTreeMap<String, u32> {
        let mut out = BTreeMap::new();
        for (layer, _) in self.layers() {
            layer.words_between(from, to, |term, count| *out.entry(term.to_owned()).or_default() += count);
        }
        out
    }

    fn parts(&self, key: &str) -> BTreeMap<&String, Vec<String>> {
        let mut out: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        for (stem, terms) in self.layers().filter_map(|(layer, _)| layer.catalogue.parts.get(key)).flatten() {
            out.entry(stem).or_default().extend(terms.iter().cloned());
        }
        out
    }

    /// A concept's units: those with a form of one word, and those where a form of several was found.
    fn concept_list(&self, concept: usize) -> Found {
        let mut terms = vec![concept_term(concept)];
        for single in self.concepts.singles_of(concept) {
            let forms = self.words_between(&format!("{}\0", fold(single)), &format!("{}\u{1}", fold(single)));
            terms.extend(forms.into_keys().filter(|term| stem(key_and_form(term).1) == single));
        }
        Found { kind: ListKind::Part, label: String::new(), terms }
    }
}

fn in_memory<M: Fn(usize) -> Sheet + Send>(content: Content<'_, M>) -> Layer {
    write(RamDirectory::create(), content).expect("memory takes an index")
}

fn shifted(postings: Vec<Posting>, base: u32) -> impl Iterator<Item = Posting> {
    postings.into_iter().map(move |posting| Posting { unit: posting.unit + base, ..posting })
}

impl Dictionary for Index {
    fn units(&self) -> u32 {
        self.layers().map(|(layer, _)| layer.units).sum()
    }

    fn lookup(&self, key: &str) -> Vec<Found> {
        let forms = self.words_between(&format!("{key}\0"), &format!("{key}\u{1}"));
        let form =
            |term: String| Found { kind: ListKind::Form, label: key_and_form(&term).1.to_owned(), terms: vec![term] };
        let part = |(stem, terms): (&String, Vec<String>)| Found { kind: ListKind::Part, label: stem.clone(), terms };
        forms.into_keys().map(form).chain(self.parts(key).into_iter().map(part)).collect()
    }

    fn of_kind(&self, kind: &str) -> Vec<Posting> {
        self.key_postings(&facet_key("typ", kind))
    }

    fn concept(&self, concept: usize) -> Found {
        self.concept_list(concept)
    }

    fn postings(&self, found: &Found) -> Vec<Posting> {
        let lists = self
            .layers()
            .flat_map(|(layer, base)| found.terms.iter().flat_map(move |term| shifted(layer.postings(term), base)));
        union(lists.collect(), found.terms.len())
    }

    fn places(&self, found: &Found) -> Vec<(u32, u32)> {
        let lists = self.layers().flat_map(|(layer, base)| {
            let places = found.terms.iter().flat_map(|term| layer.places(term));
            places.map(move |(unit, place)| (unit + base, place))
        });
        lists.collect()
    }

    fn beginning(&self, prefix: &str) -> Vec<String> {
        let folded = fold(prefix);
        let (mut keys, mut out) = (BTreeSet::new(), Vec::new());
        for (term, count) in self.words_between(&folded, &format!("{folded}{}", char::MAX)) {
            let (key, form) = key_and_form(&term);
            keys.insert(key.to_owned());
            if keys.len() > SPEC.complete.keys {
                break;
            }
            if fold(form).starts_with(&folded) {
                out.push((form.to_owned(), count));
            }
        }
        out.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        out.truncate(SPEC.complete.most);
        let mut out: Vec<String> = out.into_iter().map(|(form, _)| form).collect();
        out.sort();
        out
    }

    fn near(&self, word: &str) -> Vec<Near> {
        let Some((letter, _)) = typo::drawer(word).filter(|_| typo::allowed(word) > 0) else { return Vec::new() };
        let after = char::from_u32(u32::from(letter) + 1).unwrap_or(char::MAX);
        let terms = self.words_between(&letter.to_string(), &after.to_string());
        typo::nearest(word, terms.iter().map(|(term, count)| (key_and_form(term).1, *count)))
    }
}

/// Several lists as one: per unit its best posting.
pub(super) fn union(mut postings: Vec<Posting>, lists: usize) -> Vec<Posting> {
    if lists > 1 {
        postings.sort_unstable_by_key(|posting| posting.unit);
    }
    let same = postings.chunk_by(|one, other| one.unit == other.unit);
    let best = |same: &[Posting]| Posting {
        unit: same[0].unit,
        impact: same.iter().map(|posting| posting.impact).max().unwrap_or_default(),
        parts: same.iter().map(|posting| posting.parts).max().unwrap_or_default(),
    };
    same.map(best).collect()
}
