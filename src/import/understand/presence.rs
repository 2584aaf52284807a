//! Who was there, where each person stands on a line of their own; and who led and who took the notes.

use crate::import::{Evidence, Item, Part, Passage, Present, Question, RoleHeld};

pattern! {
    HEAD = r"(?i)^(?:närvarande|beslutande|deltagare|ledamöter|ersättare|tjänstgörande ersättare|övriga (?:deltagare|närvarande)|kallade|tjänstepersoner)\b(?-i:[^:\p{Lu}]{0,40}):?\s*(?P<rest>.*)$";
    OTHER = r"(?i)^(?:frånvarande|datum|tid|plats|justera|utses|underskrift|paragraf|dagordning|sekreterare|anmäld)";
    PERSON = r"^(?P<name>\p{Lu}[\p{L}-]+(?:\s(?:von\s|af\s|de\s)?\p{Lu}[\p{L}-]+){1,3})(?:\s\((?P<party>\p{Lu}{1,2}\p{Ll}?|-)\))?(?:,\s(?P<rest>[^,]{2,50})(?:,\s(?P<more>.{2,50}))?)?$";
    MEMBER = r"(?P<name>\p{Lu}[\p{L}-]+(?:\s(?:von\s|af\s|de\s)?\p{Lu}[\p{L}-]+){1,3})\s\((?P<party>\p{Lu}{1,2}\p{Ll}?|-)\)(?:,?\s(?P<role>(?:\d:e\s|\d:a\s|förste\s|andre\s|vice\s)*ordförande|(?:tjänstgörande )?ersättare))?";
    /// What a group of persons is, on the line of the first of them.
    GROUP = r"\b(?:(?:Tjänstgörande ersättare|Ledamöter|Ersättare|Beslutande|Närvarande|Deltagare|Övriga)\s+)+(?P<next>\p{Lu})";
    SEATED = r"(?i)\s*\((?P<role>(?:vice\s)?ordf(?:örande|\.)?|sekr(?:eterare|\.)?)\)$";
    CHAIR = r"(?P<name>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){1,3})(?:\s\(\p{Lu}{1,2}\p{Ll}?\))?,\s(?P<role>ordförande|sekreterare)\b";
    NOTES_BY = r"(?i)^(?:vid (?:anteckningarna|protokollet|pennan)|sekreterare|anteckningar(?:na)? (?:förda|gjorda) av)\s*:?\s*(?P<name>.*)$";
    NAME_ONLY = r"^\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){1,3}$";
}

/// The persons of a list that has one on each line; `None` where columns are mixed or there is no list.
pub(super) fn present(passages: &[Passage]) -> Option<Vec<Present>> {
    let list = list(passages)?;
    let by_party = by_party(&list);
    if by_party.len() > 1 {
        return Some(by_party);
    }
    let people: Option<Vec<Present>> = list.iter().map(|(_, text)| person(text)).collect();
    people.filter(|people| !people.is_empty())
}

/// A list that could not be told apart is asked about.
pub(super) fn question(passages: &[Passage]) -> Question {
    let lines = list(passages).unwrap_or_default();
    let evidence = lines.into_iter().take(12).map(|(line, text)| Evidence { line, text }).collect();
    Question { field: "present", question: "vilka var närvarande, och för vilken organisation?".to_owned(), evidence }
}

fn list(passages: &[Passage]) -> Option<Vec<(usize, String)>> {
    let cover: Vec<&Passage> = passages.iter().filter(|passage| passage.part == Part::Cover).collect();
    let head = cover.iter().position(|passage| HEAD.is_match(&passage.text))?;
    let mut list = Vec::new();
    for (at, passage) in cover[head..].iter().enumerate() {
        if at > 0 && OTHER.is_match(&passage.text) {
            break;
        }
        let text = HEAD
            .captures(&passage.text)
            .map_or(passage.text.as_str(), |found| found.name("rest").map_or("", |rest| rest.as_str()));
        let text = GROUP.replace_all(text.trim(), "$next");
        if !text.is_empty() {
            list.push((passage.line, text.into_owned()));
        }
    }
    Some(list)
}

/// Elected members have their party in brackets, which tells them apart wherever they stand.
fn by_party(list: &[(usize, String)]) -> Vec<Present> {
    // Whom a substitute stands in for was not there.
    let there = |text: &str, found: &regex::Captures| !text[..found.get_match().start()].trim_end().ends_with(" för");
    let found = list.iter().flat_map(|(_, text)| MEMBER.captures_iter(text).filter(move |found| there(text, found)));
    found
        .map(|found| Present {
            name: found["name"].to_owned(),
            role: found.name("role").map(|role| role.as_str().to_owned()),
            organisation: Some(found["party"].to_owned()),
        })
        .collect()
}

fn person(text: &str) -> Option<Present> {
    let seat = SEATED.captures(text).map(|found| seat(&found["role"]));
    let text = &SEATED.replace(text, "");
    let found = PERSON.captures(text)?;
    let part = |group: &str| found.name(group).map(|part| part.as_str().to_owned());
    let (rest, more) = (part("rest"), part("more"));
    let is_role = rest.as_ref().is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let (role, organisation) = if is_role { (rest, more) } else { (None, rest) };
    Some(Present { name: part("name")?, role: role.or(seat), organisation: organisation.or(part("party")) })
}

/// "ordf." is written out.
fn seat(short: &str) -> String {
    let short = short.to_lowercase();
    let vice = if short.starts_with("vice") { "vice " } else { "" };
    let role = if short.contains("ordf") { "ordförande" } else { "sekreterare" };
    format!("{vice}{role}")
}

/// Chair and note-taker.
pub(super) fn roles(items: &[Item], passages: &[Passage]) -> Vec<RoleHeld> {
    let mut roles: Vec<RoleHeld> = Vec::new();
    let mut add = |role: &str, name: &str, line: usize| {
        if !roles.iter().any(|held| held.role == role) {
            roles.push(RoleHeld { role: role.to_owned(), holder: name.trim().to_owned(), line });
        }
    };
    for passage in passages.iter().filter(|passage| passage.part == Part::Cover) {
        for found in CHAIR.captures_iter(&GROUP.replace_all(&passage.text, "$next")) {
            add(&found["role"], &found["name"], passage.line);
        }
    }
    for (item, name) in items.iter().flat_map(|item| item.presenters.iter().map(move |name| (item, name))) {
        if let Some(found) = CHAIR.captures(name).filter(|found| &found["role"] == "ordförande") {
            add("ordförande", &found["name"], item.line);
        }
    }
    for (at, passage) in
        passages.iter().enumerate().filter(|(_, passage)| matches!(passage.part, Part::Closing | Part::Cover))
    {
        let Some(found) = NOTES_BY.captures(&passage.text) else { continue };
        let below = passages.get(at + 1).map_or("", |below| below.text.as_str());
        let name = if found["name"].is_empty() { below } else { &found["name"] };
        if NAME_ONLY.is_match(name) {
            add("sekreterare", name, passage.line);
        }
    }
    roles
}
