//! Words that mean the same: synonyms, older terms, expansions and names from the registers, of one word or several.
//!
//! A concept of several words is found in a text as a phrase, so that no positions are needed to answer for it.

use super::spec::SPEC;
use super::stem::stem;
use super::token::{Place, Reading, normalised, tokens};
use std::collections::{BTreeMap, HashMap};

/// All concepts of a portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concepts {
    /// Per concept, its forms as stems; sorted, each once.
    forms: Vec<Vec<Vec<String>>>,
    /// Stems that occur in a form of several words, numbered.
    symbols: HashMap<String, u32>,
    /// Where a form of several words goes on: node and symbol to node. The root is 0.
    steps: HashMap<(u32, u32), u32>,
    /// The concepts that a form ending in a node names.
    ends: BTreeMap<u32, Vec<u32>>,
}

/// Which forms of several words may be going on at a place in a text.
#[derive(Default)]
pub struct Walk {
    nodes: Vec<u32>,
}

impl Concepts {
    /// `groups`: forms that mean the same, each group a concept.
    pub fn new<'a>(groups: impl IntoIterator<Item = Vec<&'a str>>) -> Self {
        let mut concepts = Self::default();
        for group in groups {
            let mut forms: Vec<Vec<String>> = group.iter().map(|form| stems(form)).filter(|f| !f.is_empty()).collect();
            forms.sort();
            forms.dedup();
            if forms.len() > 1 {
                concepts.forms.push(forms);
            }
        }
        concepts.forms.sort();
        concepts.forms.dedup();
        for concept in 0..concepts.forms.len() {
            concepts.enter(concept);
        }
        concepts
    }

    fn enter(&mut self, concept: usize) {
        for form in self.forms[concept].iter().filter(|form| form.len() > 1) {
            let mut node = 0;
            for stem in form {
                let fresh = self.symbols.len() as u32;
                let symbol = *self.symbols.entry(stem.clone()).or_insert(fresh);
                let fresh = self.steps.len() as u32 + 1;
                node = *self.steps.entry((node, symbol)).or_insert(fresh);
            }
            self.ends.entry(node).or_default().push(concept as u32);
        }
    }

    /// Each concept's number and forms.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &[Vec<String>])> {
        self.forms.iter().map(Vec::as_slice).enumerate()
    }

    /// The single stems that name a concept.
    pub fn singles_of(&self, concept: usize) -> impl Iterator<Item = &str> {
        self.forms[concept].iter().filter(|form| form.len() == 1).map(|form| form[0].as_str())
    }

    /// The concepts that a word names by itself.
    pub fn named_by<'a>(&'a self, stem: &'a str) -> impl Iterator<Item = usize> + 'a {
        let names = move |forms: &Vec<Vec<String>>| forms.iter().any(|form| form.len() == 1 && form[0] == stem);
        self.forms.iter().enumerate().filter(move |(_, forms)| names(forms)).map(|(concept, _)| concept)
    }

    /// The number of a stem that occurs in forms of several words.
    pub fn symbol(&self, stem: &str) -> Option<u32> {
        self.symbols.get(stem).copied()
    }

    /// Takes the next word of a text and calls `found` with each concept that ends with it.
    pub fn step(&self, walk: &mut Walk, symbol: Option<u32>, mut found: impl FnMut(u32)) {
        let Some(symbol) = symbol else { return walk.nodes.clear() };
        walk.nodes.push(0);
        walk.nodes.retain_mut(|node| match self.steps.get(&(*node, symbol)) {
            Some(next) => {
                *node = *next;
                true
            }
            None => false,
        });
        for node in &walk.nodes {
            self.ends.get(node).into_iter().flatten().for_each(|concept| found(*concept));
        }
    }
}

impl Walk {
    /// Whether nothing is going on.
    pub fn is_still(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A new text begins.
    pub fn reset(&mut self) {
        self.nodes.clear();
    }
}

/// The form as stems, in order.
fn stems(form: &str) -> Vec<String> {
    stems_of(form, |_| true)
}

/// A name as stems, without the words that a question may leave out: *hälso- och sjukvård i hemmet*.
pub fn name_stems(name: &str) -> Vec<String> {
    stems_of(name, |term| !SPEC.stop.contains(term) && !SPEC.questions.contains(term))
}

fn stems_of(text: &str, counts: impl Fn(&str) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    tokens(&normalised(text), Reading::Question, |token| {
        if token.place == Place::Next && counts(token.term) {
            out.push(stem(token.term));
        }
    });
    out
}

/// The term under which a concept's units stand in the dictionary.
pub fn concept_key(concept: usize) -> String {
    format!("={concept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_several_words_are_found_in_a_text() {
        let concepts =
            Concepts::new([vec!["skadligt bruk och beroende", "missbruk"], vec!["SIP", "samordnad individuell plan"]]);
        let mut walk = Walk::default();
        let mut found = Vec::new();
        tokens(
            "Ett skadligt bruk och beroende, samordnade individuella planer och skadligt.",
            Reading::Text,
            |token| {
                concepts.step(&mut walk, concepts.symbol(&stem(token.term)), |concept| found.push(concept));
            },
        );
        found.sort_unstable();
        assert_eq!(found, [0, 1]);
        let singles: Vec<&str> = (0..2).flat_map(|concept| concepts.singles_of(concept)).collect();
        assert_eq!(singles, ["missbruk", "sip"]);
    }
}
