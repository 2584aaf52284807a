//! The Swedish word list of the machine, when one is installed: plain lists, or hunspell's with its endings worked out.

use std::collections::HashMap;
use std::fs;

const PLAIN: &[&str] = &["/usr/share/dict/swedish", "/usr/share/dict/svenska"];
const HUNSPELL: &[&str] = &["/usr/share/hunspell/sv_SE", "/usr/share/hunspell/sv", "/usr/share/myspell/dicts/sv_SE"];

/// Every form the lists know, in lower case; empty where none is installed.
pub(super) fn words() -> Vec<String> {
    let mut words = Vec::new();
    for path in PLAIN {
        let text = fs::read(path).map(|bytes| lossy(&bytes)).unwrap_or_default();
        words.extend(text.lines().map(str::to_lowercase));
    }
    for path in HUNSPELL {
        let part = |ending: &str| fs::read(format!("{path}.{ending}")).map(|bytes| lossy(&bytes)).unwrap_or_default();
        words.extend(hunspell(&part("dic"), &part("aff")));
    }
    words
}

/// Older lists are in Latin-1.
fn lossy(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned)
}

/// An ending of hunspell's: what it takes away, what it puts there, and the end it needs.
struct Suffix {
    strip: String,
    add: String,
    needs: regex::Regex,
}

fn hunspell(dictionary: &str, affixes: &str) -> Vec<String> {
    let suffixes = suffixes(affixes);
    let mut words = Vec::new();
    for entry in dictionary.lines().skip(1) {
        let (word, flags) = entry.split_once('/').unwrap_or((entry, ""));
        let word = word.trim().to_lowercase();
        let flags = flags.split_whitespace().next().unwrap_or_default();
        for suffix in flags.chars().filter_map(|flag| suffixes.get(&flag)).flatten() {
            if let Some(stem) = word.strip_suffix(suffix.strip.as_str()).filter(|_| suffix.needs.is_match(&word)) {
                words.push(format!("{stem}{}", suffix.add));
            }
        }
        words.push(word);
    }
    words
}

fn suffixes(affixes: &str) -> HashMap<char, Vec<Suffix>> {
    let mut suffixes: HashMap<char, Vec<Suffix>> = HashMap::new();
    for line in affixes.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let ["SFX", flag, strip, add, needs, ..] = fields[..] else { continue };
        let (Some(flag), Ok(needs)) = (flag.chars().next(), regex::Regex::new(&format!("{needs}$"))) else { continue };
        let own = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
        let add = own(add.split('/').next().unwrap_or_default());
        suffixes.entry(flag).or_default().push(Suffix { strip: own(strip), add, needs });
    }
    suffixes
}

#[cfg(test)]
mod tests {
    use super::hunspell;

    #[test]
    fn endings_are_worked_out() {
        let words = hunspell("2\nmål/A\nskola/B\n", "SFX A Y 1\nSFX A 0 et .\nSFX B Y 1\nSFX B a or a\n");
        assert_eq!(words, ["målet", "mål", "skolor", "skola"]);
    }
}
