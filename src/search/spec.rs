//! The one specification of how Swedish is searched, read from `analysis.json`. The client reads the same file.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The specification as it is shipped to the browser.
pub const SOURCE: &str = include_str!("analysis.json");

/// The specification that every search in this build uses.
pub static SPEC: LazyLock<Spec> =
    LazyLock::new(|| serde_json::from_str(SOURCE).expect("analysis.json is a valid specification"));

/// What only the client needs is left out: Snowball's endings (`frostem` has them here), the kinds of units.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Spec {
    /// Raised whenever an index made by an older build would answer differently.
    pub version: u32,
    /// Full names, January first.
    pub months: Vec<String>,
    pub short_months: HashMap<String, u8>,
    /// How dates are written, by turns a run and what stands after it; `compose.rs` has what each sign is for.
    pub dates: Vec<String>,
    /// Words after a number that multiply it.
    pub multipliers: HashMap<String, u64>,
    /// Endings written after a colon: `SKR:s`.
    pub endings: HashSet<String>,
    /// Words that count in phrases only.
    pub stop: HashSet<String>,
    /// Words that ask, and so lead to registers rather than to texts that contain them.
    pub questions: HashSet<String>,
    /// Words that make one word with a verb before them: *följa upp*, *uppföljning*.
    pub particles: HashSet<String>,
    /// Register page to the words that lead there.
    pub leads: HashMap<String, Vec<String>>,
    pub fold: HashMap<char, char>,
    pub stem: StemRules,
    /// Names that a facet may be asked for by, to its key.
    pub facets: BTreeMap<String, String>,
    pub limits: Limits,
    pub compound: CompoundRules,
    pub typo: TypoRules,
    pub complete: CompletionRules,
    pub weights: Weights,
    pub bands: Bands,
    /// Share (percent) of a word's band that a match in the document's heading gives to its parts.
    pub context: u64,
    /// Share (percent) of the query's weight that a unit must match.
    pub enough: u64,
    pub doubtful: Doubtful,
    /// The same where no unit matches enough, although the portal knows every word.
    pub few: u64,
    /// Hits shown of one document.
    pub group: usize,
    /// Share (percent) of its score that a register entry or a page keeps beside documents.
    pub aside: u64,
    /// What readers say and what documents write, where no register has to tell it; each row means the same.
    pub everyday: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub struct StemRules {
    /// Words that the rules would get wrong.
    pub words: HashMap<String, String>,
    /// Definite form in -an: skolan, ansökan.
    pub an: Ending,
    /// Definite form in -et after two consonants: protokollet, nätverket.
    pub et: Ending,
    /// Ending of the stem, what takes its place, and the fewest letters before it.
    pub derived: Vec<(String, String, usize)>,
    /// How often all rules are gone through: *kostnader* becomes *kostnad*, and that *kostn*, as *kostnad* does.
    pub rounds: usize,
    /// Stems ending so are not shortened further: *insats*, *plats*.
    pub whole: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Fewest letters that must remain.
    pub rest: usize,
    /// Words ending so keep the ending.
    pub keep: Vec<String>,
}

/// How much is read and shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Of a question.
    pub words: usize,
    pub signs: usize,
    /// What is said of a longer one.
    pub note: String,
    /// Units ranked beyond those asked for, so that there are enough when some of a document are left out.
    pub spare: usize,
    /// Words of an excerpt, and how many of them before the first match.
    pub window: usize,
    pub lead: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompoundRules {
    /// Fewest letters of a part.
    pub part: usize,
    /// The same in a word of a question that nothing else matches: *projektkod*.
    pub asked: usize,
    /// Fewest letters of a word that is split.
    pub word: usize,
    pub links: Vec<char>,
}

/// Of a question with a word that the portal does not know: it may be about something else altogether.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubtful {
    /// Share (percent) of the query's weight that a unit must match.
    pub enough: u64,
    /// Of so many words one may be unknown, where a unit has all the others.
    pub words: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypoRules {
    /// Fewest letters for one fault, and for two.
    pub one: usize,
    pub two: usize,
    /// Corrections tried for a word.
    pub most: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompletionRules {
    /// Dictionary keys looked at, and forms kept.
    pub keys: usize,
    pub most: usize,
    /// Fewest letters of a finished word that may be the first part of a longer one: *enkät*, *enkätutskick*.
    pub whole: usize,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Weights {
    pub title: f32,
    pub body: f32,
    /// BM25's saturation and length slope.
    pub k: f32,
    pub slope: f32,
    /// Usual lengths in words. Fixed, so that one document's edit moves no other document's score.
    pub title_length: f32,
    pub body_length: f32,
}

/// Lowest and highest score (thousandths) that a match of each layer gives a word; the bands never overlap.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    pub exact: (u64, u64),
    pub stem: (u64, u64),
    pub part: (u64, u64),
    pub synonym: (u64, u64),
    pub folded: (u64, u64),
    pub typo: (u64, u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_do_not_overlap() {
        let Bands { exact, stem, part, synonym, folded, typo } = SPEC.bands;
        let bands = [typo, folded, synonym, part, stem, exact];
        assert!(bands.iter().all(|(low, high)| low < high));
        assert!(bands.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn kinds_are_the_units_kinds() {
        let kinds: Vec<&str> = crate::search::UnitKind::ALL.iter().map(|kind| kind.1).collect();
        let source: serde_json::Value = serde_json::from_str(SOURCE).expect("the specification is JSON");
        assert_eq!(source["kinds"], serde_json::json!(kinds));
    }

    #[test]
    fn leads_are_register_pages() {
        let paths: Vec<&str> = crate::model::RegisterPage::ALL.iter().map(|page| page.2).collect();
        assert!(SPEC.leads.keys().all(|path| paths.contains(&path.as_str())));
    }
}
