//! Words of the registers found in running text: abbreviations, older terms, and citations of acts.
//!
//! One automaton holds them all, so that a text is read once whatever the registers' size.

use super::{Act, Date, Document, Term, Topic};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// The phrases of a portal's registers.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// `None` when the registers hold nothing to find.
    automaton: Option<AhoCorasick>,
    /// What each pattern of the automaton means.
    meanings: Vec<Vec<Meaning>>,
}

/// What a phrase stands for, as an index into the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The short form of a term in the glossary.
    Term(usize),
    /// A topic's older term: topic and term.
    Older(usize, usize),
    /// An act by its number in Svensk författningssamling.
    Number(usize),
    /// An act by its short form, which a later act may have taken over.
    Short(usize),
}

/// A phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    pub span: Range<usize>,
    pub meanings: &'a [Meaning],
}

impl Phrases {
    pub fn of(topics: &[Topic], terms: &[Term], acts: &[Act]) -> Self {
        let mut patterns: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
        let mut add = |text: &str, meaning| {
            if text.chars().count() > 1 {
                patterns.entry(text.to_owned()).or_default().push(meaning);
            }
        };
        for (at, term) in terms.iter().enumerate() {
            term.short.iter().filter(|_| term.long.is_some()).for_each(|short| add(short, Meaning::Term(at)));
        }
        for (at, topic) in topics.iter().enumerate() {
            for (older, term) in topic.older_terms.iter().enumerate() {
                add(&term.term, Meaning::Older(at, older));
                let capital = super::capitalised(&term.term);
                if capital != term.term {
                    add(&capital, Meaning::Older(at, older));
                }
            }
        }
        Self::with_acts(patterns, acts)
    }

    /// The repealed acts alone, with the acts that share their short forms: what a rule over every text looks for.
    pub fn repealed(acts: &[Act], today: Date) -> Self {
        if acts.iter().any(|act| act.is_repealed(today)) {
            Self::with_acts(BTreeMap::new(), acts)
        } else {
            Self::default()
        }
    }

    fn with_acts(mut patterns: BTreeMap<String, Vec<Meaning>>, acts: &[Act]) -> Self {
        for (at, act) in acts.iter().enumerate() {
            patterns.entry(act.sfs.clone()).or_default().push(Meaning::Number(at));
            if let Some(short) = &act.short {
                patterns.entry(short.clone()).or_default().push(Meaning::Short(at));
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns.keys());
        Self { automaton: automaton.ok().filter(|_| !patterns.is_empty()), meanings: patterns.into_values().collect() }
    }

    /// The phrases that stand in `text` as words of their own, in order. Older terms may be inflected.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found<'a>> + 'a {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.filter_map(move |found| {
            let meanings = self.meanings[found.pattern().as_usize()].as_slice();
            let inflected = matches!(meanings[0], Meaning::Older(..));
            let end = if inflected { end_of_word(text, found.end()) } else { found.end() };
            let alone = !text[..found.start()].ends_with(char::is_alphanumeric)
                && !text[end..].starts_with(char::is_alphanumeric);
            alone.then_some(Found { span: found.start()..end, meanings })
        })
    }
}

/// Where the word that goes on at `at` ends, when it goes on with an inflection.
fn end_of_word(text: &str, at: usize) -> usize {
    const ENDINGS: [&str; 15] =
        ["arna", "erna", "orna", "ens", "ets", "ar", "er", "or", "en", "et", "ns", "ts", "s", "n", "t"];
    let rest = &text[at..];
    let length = rest.bytes().take_while(u8::is_ascii_lowercase).count();
    if ENDINGS.contains(&&rest[..length]) { at + length } else { at }
}

/// The act that a citation in `document` means.
///
/// A number means its act, and so does a short form that one act alone has borne. A short form that a later act took over
/// means the earlier one in a document from before that day. Afterwards people write it of both, and it means none here:
/// nothing is guessed.
pub fn cited_act(meanings: &[Meaning], acts: &[Act], document: &Document) -> Option<usize> {
    let number = meanings.iter().find_map(|meaning| match meaning {
        Meaning::Number(at) => Some(*at),
        _ => None,
    });
    let bearers = || {
        let short = meanings.iter();
        short.filter_map(|meaning| if let Meaning::Short(at) = meaning { Some(*at) } else { None })
    };
    number.or_else(|| match bearers().count() {
        0 | 1 => bearers().next(),
        _ => {
            let day = document.written()?;
            let held = bearers().filter(|at| acts[*at].repealed_from.is_some_and(|from| day < from));
            held.min_by_key(|at| acts[*at].repealed_from)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn act(short: &str, sfs: &str) -> Act {
        Act {
            short: Some(short.to_owned()),
            name: sfs.to_owned(),
            sfs: sfs.to_owned(),
            repealed_by: None,
            repealed_from: None,
            place: Place::path("x"),
        }
    }

    #[test]
    fn phrases_are_whole_words() {
        let phrases = Phrases::of(&[], &[], &[act("SoL", "2001:453"), act("LSS", "1993:387")]);
        let text = "SoL, LSS-chefer, SoLen och (2001:453), inte 12001:453.";
        let found: Vec<&str> = phrases.find(text).map(|found| &text[found.span]).collect();
        assert_eq!(found, ["SoL", "LSS", "2001:453"]);
        assert_eq!(Phrases::default().find(text).count(), 0);
    }
}
