//! The parties of an agreement.

use crate::import::{Part, Passage};

pattern! {
    SECTION = r"(?i)^(?:[\d.:]+\s+)?(?:avtals)?parter(?:na)?\b.{0,30}$";
    BETWEEN = r"(?i)(?:överenskommelse\S*|avtal\S*|samverkan)\s[^.]{0,80}?\bmellan\s+(?P<parties>[^.]{5,220}?)(?:\s+(?:om|gällande|avseende|kring|rörande|i\s+fråga|angående)\b|[.]|$)";
    ARE = r"(?i)^part(?:er|erna)?\b[^.]{0,60}?\b(?:är|utgörs av)\s+(?P<parties>[^.]{5,220})";
    PRINCIPAL = r"^(?:Region\s\p{Lu}\S+(?:\s\p{Lu}\S+)?|(?:\p{Lu}\S+\s){1,3}(?:kommun|stad)|kommunerna|länets (?:\w+ )?kommuner)$";
    NAME = r"^(?:\p{Lu}|länets|kommunerna|regionen|samtliga|de\s)";
}

/// The parties in the text's words: the section on them, else "mellan A och B", else a line of the cover that names them.
pub(super) fn parties(passages: &[Passage]) -> Vec<String> {
    listed(passages).or_else(|| said(passages)).or_else(|| covered(passages)).unwrap_or_default()
}

fn listed(passages: &[Passage]) -> Option<Vec<String>> {
    let at = passages
        .iter()
        .position(|passage| matches!(passage.part, Part::Heading(_)) && SECTION.is_match(&passage.text))?;
    let below = passages[at + 1..].iter().take_while(|passage| !matches!(passage.part, Part::Heading(_)));
    let items: Vec<String> = below
        .clone()
        .filter(|passage| matches!(passage.part, Part::ListItem(_)))
        .map(|passage| passage.text.trim_end_matches(['.', ',', ';']).to_owned())
        .collect();
    let named = || below.clone().find_map(|passage| ARE.captures(&passage.text).map(|found| split(&found["parties"])));
    if items.len() > 1 { Some(items) } else { named().filter(|parties| parties.len() > 1) }
}

/// Of several places that name parties, the one that names most.
fn said(passages: &[Passage]) -> Option<Vec<String>> {
    let found = passages.iter().filter_map(|passage| BETWEEN.captures(&passage.text));
    let named = found.map(|found| split(&found["parties"]));
    let mut best: Option<Vec<String>> = None;
    for parties in named.filter(|parties| parties.len() > 1 && parties.iter().all(|party| NAME.is_match(party))) {
        if best.as_ref().is_none_or(|best| parties.len() > best.len()) {
            best = Some(parties);
        }
    }
    best
}

fn covered(passages: &[Passage]) -> Option<Vec<String>> {
    let cover = passages.iter().filter(|passage| passage.part == Part::Cover);
    cover
        .map(|passage| split(&passage.text))
        .find(|parties| parties.len() > 1 && parties.iter().all(|party| PRINCIPAL.is_match(party)))
}

fn split(text: &str) -> Vec<String> {
    let parts = text.split([',', ';']).flat_map(|part| part.split(" och ")).flat_map(|part| part.split(" samt "));
    parts.map(|part| named(part.trim().trim_end_matches('.'))).filter(|part| part.len() > 2).collect()
}

/// "kommunerna Storby" is the first of a list of them; "kommunerna i Norrland" are all.
fn named(part: &str) -> String {
    let first = part.strip_prefix("kommunerna ").filter(|rest| rest.starts_with(char::is_uppercase));
    first.unwrap_or(part).to_owned()
}
