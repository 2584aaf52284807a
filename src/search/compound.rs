//! Compounds as their parts, by the words that the portal itself uses.

use super::spec::SPEC;
use super::stem::stem;
use std::collections::HashSet;

/// The words that compounds may be made of: forms and stems of letters only.
#[derive(Default)]
pub struct Vocabulary<'a> {
    forms: HashSet<&'a str>,
    stems: HashSet<&'a str>,
}

impl<'a> Vocabulary<'a> {
    pub fn add(&mut self, form: &'a str, stem: &'a str) {
        self.forms.insert(form);
        self.stems.insert(stem);
    }

    /// The stems of the parts of `word`, itself a stem; none when it cannot be split.
    ///
    /// Every part has its least number of letters and is a word that is used by itself. Between two parts one linking
    /// letter may stand: *missbruk-s-vård*, *häls-o-vård*. The fewest parts win, then the longest first part.
    pub fn split(&self, word: &str) -> Vec<String> {
        if word.chars().count() < SPEC.compound.word || !word.chars().all(char::is_alphabetic) {
            return Vec::new();
        }
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let mut best = self.cover(word, &ends).unwrap_or_default();
        best.dedup();
        best
    }

    /// Fewest parts by dynamic programming from the end: `plans[i]` covers the word from letter `i` on.
    fn cover(&self, word: &str, ends: &[usize]) -> Option<Vec<String>> {
        let letters = ends.len() - 1;
        let mut plans: Vec<Option<(usize, usize, usize)>> = vec![None; letters + 1];
        for from in (0..letters).rev() {
            let longest = if from == 0 { letters - 1 } else { letters };
            for to in (from + SPEC.compound.part..=longest).rev() {
                for next in self.part_ends(word, ends, from, to) {
                    let rest = if next == letters { Some(0) } else { plans[next].map(|(count, ..)| count) };
                    let better = |count: usize| plans[from].is_none_or(|(best, ..)| count + 1 < best);
                    if let Some(count) = rest.filter(|count| better(*count)) {
                        plans[from] = Some((count + 1, to, next));
                    }
                }
            }
        }
        let (mut at, mut parts) = (0, Vec::new());
        while at < letters {
            let (_, to, next) = plans[at]?;
            parts.push(self.part_stem(&word[ends[at]..ends[to]]));
            at = next;
        }
        (parts.len() > 1).then_some(parts)
    }

    /// Where the next part may begin when letters `from..to` are a part: there, or after a linking letter.
    fn part_ends(&self, word: &str, ends: &[usize], from: usize, to: usize) -> impl Iterator<Item = usize> + use<> {
        let known = self.knows(&word[ends[from]..ends[to]]);
        let link = word[ends[to]..].chars().next().is_some_and(|c| SPEC.compound.links.contains(&c));
        let linked = link && to + 1 < ends.len() - 1;
        [(known, to), (known && linked, to + 1)].into_iter().filter_map(|(fits, next)| fits.then_some(next))
    }

    fn knows(&self, part: &str) -> bool {
        self.forms.contains(part) || self.stems.contains(part) || self.agent(part).is_some()
    }

    /// *brukare* and *ledare* lose their last letter in compounds.
    fn agent(&self, part: &str) -> Option<String> {
        let whole = part.ends_with("ar").then(|| format!("{part}e"))?;
        self.forms.contains(whole.as_str()).then_some(whole)
    }

    fn part_stem(&self, part: &str) -> String {
        let agent = self.agent(part);
        if self.stems.contains(part) { part.to_owned() } else { stem(agent.as_deref().unwrap_or(part)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_by_the_words_in_use() {
        let words =
            ["missbruk", "vård", "brukare", "inflytande", "samordnare", "hälsa", "samverkan", "mini", "maria", "skola"];
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let mut vocabulary = Vocabulary::default();
        words.iter().zip(&stems).for_each(|(word, stem)| vocabulary.add(word, stem));
        for (word, want) in [
            ("missbruksvård", vec!["missbruk", "vård"]),
            ("brukarinflytandesamordnare", vec!["bruk", "inflyt", "samordn"]),
            ("hälsovård", vec!["häls", "vård"]),
            ("minimaria", vec!["mini", "mari"]),
            ("samverkan", vec![]),
            ("skolskola2", vec![]),
        ] {
            assert_eq!(vocabulary.split(&stem(word)), want, "{word}");
        }
    }
}
