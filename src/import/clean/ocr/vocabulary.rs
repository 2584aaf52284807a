//! The words a scanned one is compared with: the trade's, the registers', the text's own and an installed list's.

use super::installed;
use super::readings::{Reading, in_case_of, plain, possible, skeleton};
use super::words;
use crate::model::Registers;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

/// Known words, found by the skeleton they share with what a scanner makes of them.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// The trade's, the registers' and the text's own: what they know, they know before any general list.
    own: Vec<Arc<Words>>,
    general: General,
}

/// Whether the machine's word list is asked too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum General {
    Installed,
    None,
}

/// Read when first asked.
static INSTALLED: LazyLock<Words> = LazyLock::new(|| Words::of(installed::words().iter().map(String::as_str)));

#[derive(Debug, Default)]
struct Words {
    by_skeleton: HashMap<String, BTreeSet<String>>,
}

/// Shorter parts make compounds of anything.
const SHORTEST_PART: usize = 3;

impl Default for Vocabulary {
    fn default() -> Self {
        Self { own: vec![Arc::new(Words::of(words::trade()))], general: General::None }
    }
}

impl Vocabulary {
    /// The trade's words and those of the registers' names.
    pub fn of(registers: &Registers) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        for body in registers.bodies.iter() {
            texts.extend([body.name.as_str()].into_iter().chain(body.description.as_deref()));
            texts.extend(body.aliases.iter().map(String::as_str));
            texts.extend(body.former_names.iter().map(|former| former.name.as_str()));
        }
        for topic in registers.topics.iter() {
            texts.push(&topic.name);
            texts.extend(topic.synonyms.iter().map(String::as_str));
        }
        texts.extend(registers.terms.iter().flat_map(|term| [&term.short, &term.long]).flatten().map(String::as_str));
        Self::default().and(Words::of(texts.into_iter().flat_map(words_of)))
    }

    /// With the word list that is installed on the machine, when there is one.
    pub fn with_installed(self) -> Self {
        Self { general: General::Installed, ..self }
    }

    /// With those words of a scanned text that have kept their letters.
    pub(super) fn with_text<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Self {
        let kept = |word: &&str| {
            word.contains(['å', 'ä', 'ö']) && word.chars().all(char::is_alphabetic) && !word.contains('é')
        };
        let whole = |word: &&str| !plainly_half(word);
        self.clone().and(Words::of(texts.flat_map(words_of).filter(kept).filter(whole)))
    }

    fn and(mut self, words: Words) -> Self {
        self.own.push(Arc::new(words));
        self
    }

    /// What a scanned word can be; nothing is said of words that no reading explains.
    pub(super) fn read(&self, scanned: &str) -> Reading {
        let word = scanned.trim_matches('‘');
        if word.chars().count() < 2 || word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) && word.len() < 7 {
            return Reading::AsItStands;
        }
        let lower = word.to_lowercase();
        let whole = self.words_like(word);
        let readings = if whole.is_empty() { self.compounds_like(word) } else { whole.clone() };
        if readings.contains(&lower) {
            let others: Vec<String> = readings.into_iter().filter(|reading| lost_marks_only(&lower, reading)).collect();
            return if others.len() > 1 && plain(word) && !whole.is_empty() {
                Reading::Several(others)
            } else {
                Reading::AsItStands
            };
        }
        let mut readings: Vec<String> = readings.into_iter().map(|right| in_case_of(word, &right)).collect();
        match readings.len() {
            0 => Reading::AsItStands,
            1 => Reading::One(readings.remove(0)),
            _ => Reading::Several(readings),
        }
    }

    /// Compounds that the scanner can have seen, of as few parts as possible, as a reader would take them.
    fn compounds_like(&self, scanned: &str) -> BTreeSet<String> {
        let signs: Vec<char> = scanned.chars().collect();
        if signs.len() < 2 * SHORTEST_PART {
            return BTreeSet::new();
        }
        let mut compounds = self.compounds(&signs, 3);
        let fewest = compounds.iter().map(|(parts, _)| *parts).min().unwrap_or(0);
        compounds.retain(|(parts, _)| *parts == fewest);
        compounds.into_iter().map(|(_, word)| word).collect()
    }

    fn words_like(&self, scanned: &str) -> BTreeSet<String> {
        let skeleton = skeleton(scanned);
        let of = |layer: &Words| -> BTreeSet<String> {
            let found = layer.by_skeleton.get(&skeleton).into_iter().flatten();
            found.filter(|word| possible(scanned, word)).cloned().collect()
        };
        let own: BTreeSet<String> = self.own.iter().flat_map(|layer| of(layer)).collect();
        if own.is_empty() && self.general == General::Installed { of(&INSTALLED) } else { own }
    }

    /// Compounds of at most `parts` words, with or without the linking `s`.
    fn compounds(&self, signs: &[char], parts: usize) -> Vec<(usize, String)> {
        let whole: String = signs.iter().collect();
        let mut found: Vec<(usize, String)> = self.words_like(&whole).into_iter().map(|word| (1, word)).collect();
        if parts < 2 {
            return found;
        }
        for cut in SHORTEST_PART..=signs.len().saturating_sub(SHORTEST_PART) {
            let (head, tail) = signs.split_at(cut);
            let mut heads = self.words_like(&head.iter().collect::<String>());
            if let Some(('s', stem)) = head.split_last().map(|(last, stem)| (*last, stem))
                && stem.len() >= SHORTEST_PART
            {
                heads.extend(self.words_like(&stem.iter().collect::<String>()).into_iter().map(|word| word + "s"));
            }
            if heads.is_empty() {
                continue;
            }
            for (count, rest) in self.compounds(tail, parts - 1) {
                found.extend(heads.iter().map(|head| (count + 1, format!("{head}{rest}"))));
            }
        }
        found
    }
}

impl Words {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut own = Self::default();
        for word in words {
            let word = word.to_lowercase();
            own.by_skeleton.entry(skeleton(&word)).or_default().insert(word);
        }
        own
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1)
}

/// A long word with one ringed letter may have lost others.
fn plainly_half(word: &str) -> bool {
    word.chars().count() > 9
}

/// Differs only in å, ä and ö, the loss that every scanner makes.
fn lost_marks_only(scanned: &str, right: &str) -> bool {
    scanned
        .chars()
        .zip(right.chars())
        .all(|(read, right)| read == right || matches!((read, right), ('a', 'å' | 'ä') | ('o', 'ö')))
}
