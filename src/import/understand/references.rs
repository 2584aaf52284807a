//! What a text cites: inquiries, directives, bills, acts and their paragraphs, strategies, addresses.

use std::collections::BTreeSet;

pattern! {
    OFFICIAL = r"\b(?:SOU|[Dd]ir\.?|[Pp]rop\.?|Ds|SFS|HSLF-FS|SOSFS|[Bb]et\.?)\s?\d{4}(?:/\d{2})?:\s?[A-Za-zÅÄÖåäö]{0,4}\d+";
    ACT = r"\b(?:[Hh]älso- och )?\p{L}+lag(?:en)?(?:\s(?:om|med)\s[\p{Ll} ]{3,60}?)?\s\((?:SFS\s)?\d{4}:\d+\)";
    ACT_NUMBERED = r"\b[Ll]ag(?:en)?\s\((?:SFS\s)?\d{4}:\d+\)(?:\s(?:om|med)\s[\p{Ll} ]{3,70})?";
    CHAPTER = r"\b(?:\d+\s?[a-z]?\s?kap\.?\s)(?:\d+\s?[a-z]?\s?§+\s)?(?:HSL|SoL|LSS|OSL|PDL|PSL|KL|FL)\s\(\d{4}:\d+\)";
    AFTER = r"\b(?P<act>HSL|SoL|LSS|LVM|LVU|LPT|LRV|LOV|FL|KL|OSL|PDL|PSL)\b[\s(,]{1,3}(?P<place>(?:\d+\s?[a-z]?\s?kap\.?\s)?\d+\s?[a-z]?\s?§+)";
    BEFORE = r"(?P<place>(?:\d+\s?[a-z]?\s?kap\.?\s)?\d+\s?[a-z]?\s?§+)\s(?P<act>HSL|SoL|LSS|LVM|LVU|LPT|LRV|LOV|FL|KL|OSL|PDL|PSL)\b";
    ADDRESS = r"https?://[^\s)>\]”]+|\bwww\.[^\s)>\]”]+";
    STRATEGY = r"^\d?\s?(?P<name>\p{Lu}[^.:]{3,60}\s[—–-]\s(?:en\s)?nationell strategi)\b";
}

/// Every citation once, in reading order.
pub(super) fn references<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for text in texts {
        let mut own: Vec<(usize, String)> = Vec::new();
        for pattern in [&*OFFICIAL, &*ACT, &*ACT_NUMBERED, &*CHAPTER, &*ADDRESS] {
            own.extend(
                pattern
                    .find_iter(text)
                    .map(|cited| (cited.start(), cited.as_str().trim_end_matches(['.', ',', ' ']).to_owned())),
            );
        }
        for pattern in [&*AFTER, &*BEFORE] {
            own.extend(
                pattern.captures_iter(text).map(|cited| {
                    (cited.get_match().start(), format!("{} {}", &cited["act"], paragraph(&cited["place"])))
                }),
            );
        }
        own.extend(
            STRATEGY.captures_iter(text).map(|cited| (cited.get_match().start(), cited["name"].replace('—', "–"))),
        );
        own.sort();
        for (_, citation) in own {
            if known.insert(citation.clone()) {
                found.push(citation);
            }
        }
    }
    found
}

/// "8 a§" is "8 a §".
fn paragraph(place: &str) -> String {
    let spaced = place.replace('§', " §").replace("§ §", "§§");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn citations_of_every_kind() {
        let text = "Enligt SOU 2021:93, Dir. 2020:68 och Patientlagen (2014:821) samt HSL (8 a§), SoL (5 kap 8 a§) och 3 § HSL, se https://www.skr.se/x.";
        assert_eq!(
            references([text].into_iter()),
            [
                "SOU 2021:93",
                "Dir. 2020:68",
                "Patientlagen (2014:821)",
                "HSL 8 a §",
                "SoL 5 kap 8 a §",
                "HSL 3 §",
                "https://www.skr.se/x"
            ]
        );
    }
}
