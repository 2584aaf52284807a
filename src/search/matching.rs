//! Which units a word of a question matches, and how well: layer by layer, best first.

use super::dictionary::{Found, ListKind};
use super::index::Index;
use super::matched::{Band, Matched};
use super::phrase::phrase;
use super::query::{Clause, Ending, Query, Role, Word};
use super::spec::SPEC;
use super::stem::{fold, stem, steps};
use super::unit::UnitKind;
use std::collections::{BTreeMap, BTreeSet};

/// All clauses, and what an excerpt should mark.
#[derive(Default)]
pub struct Evaluated {
    /// Of the clauses that a unit should match.
    pub wanted: Vec<Matched>,
    pub marks: Marks,
    /// Misspelt words to what they were taken for.
    corrected: BTreeMap<String, String>,
}

impl Evaluated {
    /// The word, put right where it is misspelt.
    pub fn meant<'a>(&'a self, word: &'a Word) -> &'a str {
        self.corrected.get(&word.term).unwrap_or(&word.term)
    }

    /// The question with its misspelt words put right.
    pub fn suggestion(&self, query: &Query) -> Option<String> {
        let put_right: Vec<&str> = query.words().map(|word| self.meant(word)).collect();
        (!self.corrected.is_empty()).then(|| put_right.join(" "))
    }
}

/// What to mark in an excerpt.
#[derive(Default)]
pub struct Marks {
    pub stems: BTreeSet<String>,
    /// Marked where a longer stem contains them.
    pub parts: BTreeSet<String>,
}

/// Matches every clause of `query`.
pub fn evaluate(query: &Query, index: &Index) -> Evaluated {
    let mut asker = Asker { index, marks: Marks::default(), corrected: BTreeMap::new() };
    let words: Vec<&Word> = query.words().collect();
    let phrases: Vec<&Vec<Word>> = query
        .clauses
        .iter()
        .filter_map(|clause| match clause {
            Clause::Phrase(phrase) => Some(phrase),
            Clause::Word(_) => None,
        })
        .collect();
    let only_stops = phrases.is_empty() && words.iter().all(|word| word.role == Role::Stop);
    let counts = |word: &Word| word.role == Role::Wanted || only_stops;
    let mut matches: Vec<Matched> =
        words.iter().map(|word| if counts(word) { asker.plain(word) } else { asker.empty() }).collect();
    asker.concepts(&words, &mut matches);
    asker.joined(&words, &mut matches);
    asker.unknown(query, &words, &mut matches);
    let mut wanted: Vec<Matched> = phrases.into_iter().map(|phrase| asker.phrase(phrase)).collect();
    wanted.extend(words.iter().zip(matches).filter(|(word, _)| counts(word)).map(|(_, matched)| matched));
    Evaluated { wanted, marks: asker.marks, corrected: asker.corrected }
}

/// Units that have any of the excluded words.
pub fn excluded(query: &Query, index: &Index) -> Vec<bool> {
    let mut asker = Asker { index, marks: Marks::default(), corrected: BTreeMap::new() };
    let mut out = vec![false; index.all_units() as usize];
    for words in &query.without {
        let matched = if words.len() == 1 { asker.stem_only(&words[0].term) } else { asker.phrase(words) };
        out.iter_mut().zip(&matched.own).for_each(|(out, value)| *out |= *value > 0);
    }
    out
}

struct Asker<'a> {
    index: &'a Index,
    marks: Marks,
    corrected: BTreeMap<String, String>,
}

impl Asker<'_> {
    fn add(&self, out: &mut Matched, found: &Found, band: Band) {
        out.add(&self.index.postings(found), band);
    }

    fn empty(&self) -> Matched {
        Matched::new(self.index.all_units())
    }

    /// Exact, stem and compound part; what is of the kind that the word names; folded where the word has no diacritics of its own, or is unknown as it stands.
    fn plain(&mut self, word: &Word) -> Matched {
        let mut out = self.empty();
        let written = word.literal.as_ref().unwrap_or(&word.term);
        self.layers(&word.term, written, &mut out);
        if word.literal.is_some() {
            self.layers(written, written, &mut out);
        }
        for (_, kind, _) in UnitKind::ALL.iter().filter(|(_, kind, _)| stem(kind) == stem(&word.term)) {
            out.add(&self.index.of_kind(kind), SPEC.bands.exact);
        }
        out
    }

    /// `written`: the word as it stands in the question, where `term` is the date that it means.
    fn layers(&mut self, term: &str, written: &str, out: &mut Matched) {
        let wanted = stem(term);
        let mut lists = self.index.lookup(&fold(&wanted));
        if lists.is_empty() && term.is_ascii() {
            // Without diacritics more looks like an ending: *radet* for *rådet* is shortened too far.
            lists = steps(term).iter().flat_map(|step| self.index.lookup(step)).collect();
            let meant = lists.iter().find(|list| list.kind == ListKind::Form && fold(&list.label) == term);
            self.corrected.extend(meant.map(|list| (term.to_owned(), list.label.clone())));
        }
        let bands = &SPEC.bands;
        let mut known = false;
        for list in &lists {
            let same = match list.kind {
                ListKind::Form => stem(&list.label) == wanted,
                ListKind::Part => list.label == wanted,
            };
            if same {
                known = true;
                let band = match list.kind {
                    ListKind::Form if bare(&list.label) == bare(written) => bands.exact,
                    ListKind::Form => bands.stem,
                    ListKind::Part => bands.part,
                };
                self.add(out, list, band);
                if list.kind == ListKind::Part {
                    self.marks.parts.insert(wanted.clone());
                }
            }
        }
        if !known || term.is_ascii() {
            for list in &lists {
                let label = if list.kind == ListKind::Form { stem(&list.label) } else { list.label.clone() };
                if label != wanted {
                    self.add(out, list, bands.folded);
                    let marks = if list.kind == ListKind::Form { &mut self.marks.stems } else { &mut self.marks.parts };
                    marks.insert(label);
                }
            }
        }
        self.marks.stems.insert(wanted);
    }

    fn stem_only(&mut self, term: &str) -> Matched {
        let mut out = self.empty();
        let wanted = stem(term);
        for list in self.index.forms_of(&wanted) {
            self.add(&mut out, &list, SPEC.bands.stem);
        }
        out
    }

    fn phrase(&mut self, words: &[Word]) -> Matched {
        self.marks.stems.extend(words.iter().map(|word| stem(&word.term)));
        phrase(self.index, words)
    }

    /// Synonyms, older terms and expansions of one word or of several in a row.
    fn concepts(&mut self, words: &[&Word], matches: &mut [Matched]) {
        let stems: Vec<String> = words.iter().map(|word| stem(&word.term)).collect();
        for (concept, forms) in self.index.concepts.iter() {
            let places: BTreeSet<usize> = forms.iter().flat_map(|form| occurrences(&stems, form)).collect();
            if places.is_empty() {
                continue;
            }
            let mut same = self.empty();
            self.add(&mut same, &self.index.concept(concept), SPEC.bands.synonym);
            places.iter().for_each(|&at| matches[at].join(&same));
            let stems = forms.iter().flatten().filter(|stem| !SPEC.stop.contains(stem.as_str()));
            self.marks.stems.extend(stems.cloned());
        }
    }

    /// Words written apart that the portal writes together: *brukar inflytande*, *BP 2*, *suicid preventions samordnare*.
    fn joined(&mut self, words: &[&Word], matches: &mut [Matched]) {
        let unknown: Vec<bool> = matches.iter().map(Matched::is_empty).collect();
        for length in 2..=3 {
            for at in 0..(words.len() + 1).saturating_sub(length) {
                let row = &words[at..at + length];
                let short =
                    |word: &Word| word.term.chars().count() == 1 || word.term.bytes().all(|b| b.is_ascii_digit());
                let parted = unknown[at..at + length].contains(&true)
                    || row[1..].iter().any(|word| short(word))
                    || row[..length - 1].iter().any(|word| word.term.ends_with('s'));
                if parted && row.iter().all(|word| word.run == row[0].run && word.role == Role::Wanted) {
                    let term: String = row.iter().map(|word| word.term.as_str()).collect();
                    let found = self.forms_of(&stem(&term), SPEC.bands.exact);
                    matches[at..at + length].iter_mut().for_each(|matched| matched.join(&found));
                }
            }
        }
        for (at, stem) in particle_verbs(words) {
            let found = self.forms_of(&stem, SPEC.bands.synonym);
            matches[at..at + 2].iter_mut().for_each(|matched| matched.join(&found));
        }
    }

    /// Units with a form of `stem`, which is marked.
    fn forms_of(&mut self, stem_: &str, band: Band) -> Matched {
        let mut out = self.empty();
        for list in self.index.forms_of(stem_) {
            self.add(&mut out, &list, band);
            self.marks.stems.insert(stem_.to_owned());
        }
        out
    }

    /// What is tried only for a word that nothing matches: its parts, its completions, what it may be a fault for.
    fn unknown(&mut self, query: &Query, words: &[&Word], matches: &mut [Matched]) {
        for (at, word) in words.iter().enumerate() {
            if word.role != Role::Wanted || !matches[at].is_empty() {
                continue;
            }
            let mut found = self.parts(&word.term);
            let is_last = query.ending == Ending::Unfinished && at + 1 == words.len();
            let begun = if is_last { word.term.clone() } else { stem(&word.term) };
            if found.is_empty() && (is_last || begun.chars().count() >= SPEC.complete.whole) {
                found = self.completions(&begun);
            }
            if found.is_empty() || !is_last {
                found.join(&self.corrections(&word.term));
            }
            matches[at] = found;
        }
    }

    /// *minimaria* where the portal writes *Mini Maria*, *RV260441* where it writes *RV 260441*: both parts in one unit.
    fn parts(&mut self, term: &str) -> Matched {
        let mut out = self.empty();
        let letters: Vec<usize> = term.char_indices().map(|(at, _)| at).collect();
        let least = SPEC.compound.asked;
        if let Some((letters, digits)) = letters_and_digits(term) {
            return Matched::both(&self.known(letters), &self.known(digits), SPEC.bands.part);
        }
        if letters.len() < SPEC.compound.word || !term.chars().all(char::is_alphabetic) {
            return out;
        }
        for cut in least..=letters.len() - least {
            let first = &term[..letters[cut]];
            let one = self.known(first);
            if one.is_empty() {
                continue;
            }
            let linked = SPEC.compound.links.iter().any(|link| term[letters[cut]..].starts_with(*link));
            let rests = [Some(cut), (linked && cut + 1 + least <= letters.len()).then_some(cut + 1)];
            for rest in rests.into_iter().flatten().map(|cut| &term[letters[cut]..]) {
                let two = self.known(rest);
                if !two.is_empty() {
                    out.join(&Matched::both(&one, &two, SPEC.bands.part));
                    self.marks.stems.extend([stem(first), stem(rest)]);
                }
            }
        }
        out
    }

    /// Units with the word or stem `part`, or what means the same.
    fn known(&mut self, part: &str) -> Matched {
        let mut out = self.stem_only(part);
        if stem(part) != part {
            for list in self.index.forms_of(part) {
                self.add(&mut out, &list, SPEC.bands.stem);
            }
        }
        for concept in self.index.concepts.named_by(&stem(part)) {
            self.add(&mut out, &self.index.concept(concept), SPEC.bands.synonym);
        }
        out
    }

    fn completions(&mut self, term: &str) -> Matched {
        let mut out = self.empty();
        for form in self.index.beginning(term) {
            let wanted = stem(&form);
            for list in self.index.forms_of(&wanted).iter().filter(|list| list.label == form) {
                self.add(&mut out, list, SPEC.bands.part);
            }
            self.marks.stems.insert(wanted);
        }
        out
    }

    fn corrections(&mut self, term: &str) -> Matched {
        let mut out = self.empty();
        for near in self.index.near(term) {
            let wanted = stem(&near.form);
            for list in self.index.forms_of(&wanted) {
                self.add(&mut out, &list, SPEC.bands.typo);
            }
            self.marks.stems.insert(wanted);
            self.corrected.entry(term.to_owned()).or_insert(near.form);
        }
        out
    }
}

/// The letters that a register number begins with, and the rest.
fn letters_and_digits(term: &str) -> Option<(&str, &str)> {
    let (letters, digits) = term.split_at(term.find(|c: char| c.is_ascii_digit())?);
    (!letters.is_empty() && letters.chars().all(char::is_alphabetic)).then_some((letters, digits))
}

/// Without the s of a genitive, which changes nothing of what is meant.
fn bare(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Places of verbs with a particle after them, and the stem of the word that both are in one: *följa upp*, *uppföljning*.
pub fn particle_verbs(words: &[&Word]) -> impl Iterator<Item = (usize, String)> {
    let pairs = words.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| pair[0].role == Role::Wanted && SPEC.particles.contains(&pair[1].term))
        .map(|(at, pair)| (at, format!("{}{}", pair[1].term, stem(&pair[0].term))))
}

/// The places of `stems` that are part of an occurrence of `form`.
fn occurrences(stems: &[String], form: &[String]) -> Vec<usize> {
    let starts = (0..stems.len().saturating_sub(form.len() - 1)).filter(|&at| stems[at..at + form.len()] == *form);
    starts.flat_map(|at| at..at + form.len()).collect()
}
