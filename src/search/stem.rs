//! From a word to what it shares with its inflections, and to its form without diacritics.

use super::spec::{Ending, SPEC};
use frostem::{Algorithm, Stemmer};

/// The stem of a term in small letters: Snowball's Swedish algorithm, after the definite forms it leaves alone and before
/// the derivations that readers take for inflections (ansökan, ansökning; rekvirera, rekvirering).
pub fn stem(word: &str) -> String {
    if word.len() < 3 || word.bytes().any(|byte| byte.is_ascii_digit()) || word.starts_with('§') {
        return word.to_owned();
    }
    let rules = &SPEC.stem;
    if let Some(stem) = rules.words.get(word) {
        return stem.clone();
    }
    let bare = word.strip_suffix('s').unwrap_or(word);
    let indefinite = definite_an(bare, &rules.an).or_else(|| definite_et(bare, &rules.et));
    let stem = Stemmer::new(Algorithm::Swedish).stem(indefinite.as_deref().unwrap_or(word)).into_owned();
    for (ending, instead, rest) in &rules.derived {
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
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("2026-01-29"), "2026-01-29");
        assert_eq!(fold("hälsa"), "halsa");
    }
}
