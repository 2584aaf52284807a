//! From a word to what it shares with its inflections, and to its form without diacritics.

use super::spec::{Ending, SPEC};
use frostem::{Algorithm, Stemmer};

/// The stem of a term in small letters. Shortened until nothing more can be taken off: one round leaves *insatsen* at
/// *insats* and *insats* at *insat*.
pub fn stem(word: &str) -> String {
    steps(word).pop().unwrap_or_default()
}

/// What each round leaves of the word, the stem last.
pub fn steps(word: &str) -> Vec<String> {
    let rules = &SPEC.stem;
    let mut steps = vec![word.to_owned()];
    for round in 0..rules.rounds {
        let last = &steps[round];
        if last.len() < 3 || last.bytes().any(|byte| byte.is_ascii_digit()) || last.starts_with('§') {
            break;
        }
        let fixed = rules.words.get(last);
        let next = match fixed {
            Some(fixed) => fixed.clone(),
            None if round == 0 => shortened(&indefinite(last)),
            None => shortened(last),
        };
        let done = fixed.is_some() || next == *last || rules.whole.iter().any(|ending| next.ends_with(ending.as_str()));
        steps.push(next);
        if done {
            break;
        }
    }
    steps
}

/// Without a definite ending that Snowball leaves alone.
fn indefinite(word: &str) -> String {
    let rules = &SPEC.stem;
    let bare = word.strip_suffix('s').unwrap_or(word);
    definite_an(bare, &rules.an).or_else(|| definite_et(bare, &rules.et)).unwrap_or_else(|| word.to_owned())
}

/// By Snowball's Swedish algorithm, and then by the derivations that readers take for inflections (ansökan, ansökning;
/// rekvirera, rekvirering).
fn shortened(word: &str) -> String {
    let stem = Stemmer::new(Algorithm::Swedish).stem(word).into_owned();
    for (ending, instead, rest) in &SPEC.stem.derived {
        if let Some(base) = stem.strip_suffix(ending.as_str()).filter(|base| base.chars().count() >= *rest) {
            return format!("{base}{instead}");
        }
    }
    stem
}

/// *skolan* → *skola*.
fn definite_an(word: &str, rule: &Ending) -> Option<String> {
    let rest = word.strip_suffix("an").filter(|rest| leaves_a_word(word, rest, rule))?;
    Some(format!("{rest}a"))
}

/// *protokollet* → *protokoll*: Snowball takes `-et` off after a vowel and one consonant only.
fn definite_et(word: &str, rule: &Ending) -> Option<String> {
    let rest = word.strip_suffix("et").filter(|rest| leaves_a_word(word, rest, rule))?;
    let mut letters = rest.chars().rev();
    let two_consonants = letters.by_ref().take(2).filter(|c| !is_vowel(*c)).count() == 2;
    two_consonants.then(|| rest.to_owned())
}

fn leaves_a_word(word: &str, rest: &str, rule: &Ending) -> bool {
    rest.chars().count() >= rule.rest
        && rest.chars().any(is_vowel)
        && !rule.keep.iter().any(|keep| word.ends_with(keep.as_str()))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö')
}

/// `text` without diacritics: what somebody types who has no å, ä, ö.
pub fn fold(text: &str) -> String {
    text.chars().map(|c| SPEC.fold.get(&c).copied().unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_meet() {
        for family in [
            vec!["skola", "skolan", "skolor", "skolorna", "skolans", "skolornas"],
            vec!["ansökan", "ansökning", "ansökningar", "ansökningen", "ansöka", "ansökans"],
            vec!["protokoll", "protokollet", "protokollen", "protokollets"],
            vec!["nätverk", "nätverket", "nätverkets", "nätverken"],
            vec!["år", "året", "åren", "årets"],
            vec!["rekvirera", "rekvirering", "rekvirerar", "rekvireringen"],
            vec!["förlängning", "förlänga", "förlängd", "förlängs", "förlängningen"],
            vec![
                "överenskommelse",
                "överenskommelsen",
                "överenskommelser",
                "överenskommelserna",
                "överenskommelsernas",
            ],
            vec!["samverkan", "samverka", "samverkar"],
            vec!["ärende", "ärendet", "ärenden", "ärendena"],
            vec!["beslut", "beslutet", "besluten", "beslutade", "beslutar"],
            vec!["samordning", "samordna", "samordnar", "samordningen"],
            vec!["psykisk", "psykiska", "psykiskt"],
            vec!["ledamot", "ledamöter", "ledamöterna"],
            vec!["barn", "barnet", "barnen", "barnens"],
            vec!["kommun", "kommunen", "kommuner", "kommunernas"],
            vec!["utveckla", "utveckling", "utvecklingen"],
            vec!["handlingsplan", "handlingsplanen", "handlingsplaner"],
            vec!["kostnad", "kostnaden", "kostnader", "kostnaderna"],
            vec!["insats", "insatsen", "insatser", "insatserna"],
            vec!["verksamhet", "verksamheten", "verksamheter", "verksamhetens"],
            vec!["resultat", "resultatet", "resultaten"],
            vec!["ansvar", "ansvaret", "ansvaras"],
            vec!["gemensam", "gemensamma", "gemensamt"],
            vec!["regional", "regionala", "regionalt"],
            vec!["strategi", "strategin", "strategier", "strategierna"],
            vec!["psykiatri", "psykiatrin", "psykiatrisk", "psykiatriska"],
            vec!["medel", "medlen", "medlet"],
            vec!["register", "registret", "registren"],
            vec!["medlem", "medlemmen", "medlemmar", "medlemmarna"],
            vec!["huvudman", "huvudmannen", "huvudmän", "huvudmännen"],
            vec!["möte", "mötet", "möten", "mötena", "mötenas"],
            vec!["ändra", "ändring", "ändringar", "ändrades"],
            vec!["anställning", "anställningar", "anställd", "anställda"],
        ] {
            let stems: Vec<String> = family.iter().map(|word| stem(word)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{family:?}: {stems:?}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [
            ("organ", "orgie"),
            ("budget", "budgivning"),
            ("plan", "plats"),
            ("får", "far"),
            ("vård", "värd"),
            ("tidning", "tid"),
            ("plan", "plats"),
            ("förmån", "man"),
            ("medel", "medlem"),
            ("region", "regi"),
            ("kostnad", "kost"),
            ("enhet", "en"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("2026-01-29"), "2026-01-29");
        assert_eq!(fold("hälsa"), "halsa");
    }
}
