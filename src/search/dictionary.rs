//! The dictionary, asked: what stands under a key, and what lists of it hold.

use super::analyser::{concept_term, facet_key};
use super::codec::Posting;
use super::index::Index;
use super::schema::key_and_form;
use super::spec::SPEC;
use super::stem::{fold, stem};
use super::typo::{self, Near};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in the dictionary under a key.
#[derive(Clone, Debug)]
pub struct Found {
    pub kind: ListKind,
    /// The form; of a list of parts their stem.
    pub label: String,
    /// The terms whose postings it has, each unit's best one.
    pub terms: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// A word as it is written, a date, an amount.
    Form,
    /// The units with a compound that has the stem as a part.
    Part,
}

impl Index {
    /// Units, those that no longer stand as they were read among them.
    pub(super) fn all_units(&self) -> u32 {
        self.layers().map(|(layer, _)| layer.units).sum()
    }

    /// What stands in the dictionary under a key.
    pub(super) fn lookup(&self, key: &str) -> Vec<Found> {
        let forms = self.words_between(&format!("{key}\0"), &format!("{key}\u{1}"));
        let form =
            |term: String| Found { kind: ListKind::Form, label: key_and_form(&term).1.to_owned(), terms: vec![term] };
        let part = |(stem, terms): (&String, Vec<String>)| Found { kind: ListKind::Part, label: stem.clone(), terms };
        forms.into_keys().map(form).chain(self.parts(key).into_iter().map(part)).collect()
    }

    /// The words that have the stem.
    pub(super) fn forms_of(&self, wanted: &str) -> Vec<Found> {
        let mut found = self.lookup(&fold(wanted));
        found.retain(|found| found.kind == ListKind::Form && stem(&found.label) == wanted);
        found
    }

    /// The units of a kind, by its key.
    pub(super) fn of_kind(&self, kind: &str) -> Vec<Posting> {
        self.key_postings(&facet_key("typ", kind))
    }

    /// The postings of terms that are no words: kinds, names, facets.
    pub(super) fn key_postings(&self, key: &str) -> Vec<Posting> {
        self.layers().flat_map(|(layer, base)| shifted(layer.key_postings(key), base)).collect()
    }

    /// In order of unit.
    pub(super) fn postings(&self, found: &Found) -> Vec<Posting> {
        let lists = self
            .layers()
            .flat_map(|(layer, base)| found.terms.iter().flat_map(move |term| shifted(layer.postings(term), base)));
        union(lists.collect(), found.terms.len())
    }

    /// Unit and place of every occurrence, in the order of the postings.
    pub(super) fn places(&self, found: &Found) -> Vec<(u32, u32)> {
        let lists = self.layers().flat_map(|(layer, base)| {
            let places = found.terms.iter().flat_map(|term| layer.places(term));
            places.map(move |(unit, place)| (unit + base, place))
        });
        lists.collect()
    }

    /// Forms that begin with `prefix`: the most used of the first keys that have it.
    pub(super) fn beginning(&self, prefix: &str) -> Vec<String> {
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

    /// Forms near `word`, best first.
    pub(super) fn near(&self, word: &str) -> Vec<Near> {
        let Some((letter, _)) = typo::drawer(word).filter(|_| typo::allowed(word) > 0) else { return Vec::new() };
        let after = char::from_u32(u32::from(letter) + 1).unwrap_or(char::MAX);
        let terms = self.words_between(&letter.to_string(), &after.to_string());
        typo::nearest(word, terms.iter().map(|(term, count)| (key_and_form(term).1, *count)))
    }

    /// A concept's units: those with a form of one word, and those where a form of several was found.
    pub(super) fn concept(&self, concept: usize) -> Found {
        let mut terms = vec![concept_term(concept)];
        for single in self.concepts.singles_of(concept) {
            let forms = self.words_between(&format!("{}\0", fold(single)), &format!("{}\u{1}", fold(single)));
            terms.extend(forms.into_keys().filter(|term| stem(key_and_form(term).1) == single));
        }
        Found { kind: ListKind::Part, label: String::new(), terms }
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
}

pub(super) fn shifted(postings: Vec<Posting>, base: u32) -> impl Iterator<Item = Posting> {
    postings.into_iter().map(move |posting| Posting { unit: posting.unit + base, ..posting })
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
