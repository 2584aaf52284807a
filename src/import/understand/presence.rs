//! Who was there, where each person stands on a line of their own; and who led and who took the notes.

use crate::import::{Evidence, Item, Part, Passage, Present, Question, RoleHeld};

pattern! {
    HEAD = r"(?i)^(?:närvarande|beslutande|deltagare|deltog|deltagande|medverkande|ledamöter|ersättare|tjänstgörande ersättare|övriga (?:deltagare|närvarande)|kallade|tjänstepersoner)\b(?-i:[^:\p{Lu}]{0,40}):?\s*(?P<rest>.*)$";
    OTHER = r"(?i)^(?:frånvarande|förhinder|ej närvarande|vid (?:pennan|anteckning)|datum|tid|plats|justera|utses|underskrift|paragraf|dagordning|sekreterare|anmäl)";
    PERSON = r"^(?P<name>\p{Lu}[\p{L}-]+(?:\s(?:von\s|af\s|de\s)?\p{Lu}[\p{L}-]+){1,3})(?:\s\((?P<party>\p{Lu}{1,2}\p{Ll}?|-)\))?(?:,\s(?P<rest>[^,]{2,50})(?:,\s(?P<more>.{2,50}))?)?$";
    MEMBER = r"(?P<name>\p{Lu}[\p{L}-]+(?:\s(?:von\s|af\s|de\s)?\p{Lu}[\p{L}-]+){1,3})\s\((?P<party>\p{Lu}{1,2}\p{Ll}?|-)\)(?:,?\s(?P<role>(?:\d:e\s|\d:a\s|förste\s|andre\s|vice\s)*ordförande|(?:tjänstgörande )?ersättare))?";
    /// What a group of persons is, on the line of the first of them.
    GROUP = r"\b(?:(?:Tjänstgörande ersättare|Ledamöter|Ersättare|Beslutande|Närvarande|Deltagare|Övriga)\s+)+(?P<next>\p{Lu})";
    SEATED = r"(?i)\s*\((?P<role>(?:vice\s)?ordf(?:örande|\.)?|sekr(?:eterare|\.)?)\)$";
    CHAIR = r"(?P<name>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){1,3})(?:\s\(\p{Lu}{1,2}\p{Ll}?\))?,\s(?P<role>ordförande|sekreterare)\b";
    NOTES_BY = r"(?i)^(?:vid (?:anteckningarna|protokollet|pennan)|sekreterare|anteckningar(?:na)? (?:förda|gjorda) av)\s*:?\s*(?P<name>.*)$";
    OFFICIAL = r"(?P<name>\p{Lu}[\p{L}-]+(?:\s(?:von\s|af\s|de\s)?\p{Lu}[\p{L}-]+){1,3}),\s(?P<role>\p{Ll}[\p{Ll}-]+(?:\s[\p{Ll}-]+){0,4})";
    STANDS_IN = r"^(?:ersätter|ersatte|i stället|för)\b";
    /// Whom a substitute stands in for was not there.
    INSTEAD_OF = r"(?:\bför|\bersätter|\bersatte|\bi stället för)\s*$";
    /// The heads of a table's columns.
    COLUMNS = r"(?i)^(?:(?:namn|organisation|roll|funktion|titel|kommun|representerar|region)(?:/|\s+|$))+$";
    /// When in the meeting someone was there.
    DURING = r"(?i)[\s,]*(?:\(?(?:p(?:unkt)?\.?\s?\d[\d, –-]*|§+\s?\d[\d, –-]*)\)?)$";
    /// Whom someone is there for.
    FROM = r"\s\((?P<from>\p{Lu}\p{L}[\p{L} .-]{0,40})\)$";
    NOT_A_PERSON = r"(?i)\b(?:region(?:en)?|kommun(?:en)?|län(?:et)?|förvaltning(?:en)?|landsting(?:et)?|förening(?:en)?|förbund(?:et)?|råd(?:et)?|nämnd(?:en)?)\b|kommun$|förvaltning$";
    NAME_ONLY = r"^\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){1,3}$";
}

/// The persons of a list that has one on each line; `None` where columns are mixed or there is no list.
pub(super) fn present(passages: &[Passage]) -> Option<Vec<Present>> {
    let list = list(passages)?;
    let elected: Vec<Vec<Present>> = list.iter().map(|(_, text)| by_party(text)).collect();
    if elected.iter().map(Vec::len).sum::<usize>() > 1 {
        // Officials stand on lines of their own.
        let rows = elected.into_iter().zip(&list);
        let all = rows.flat_map(|(own, (_, text))| if own.is_empty() { officials(text) } else { own });
        return Some(all.collect());
    }
    if let [(_, text)] = list.as_slice()
        && let Some(people) = names(text)
    {
        return Some(people);
    }
    let people: Option<Vec<Present>> = list.iter().map(|(_, text)| person(text)).collect();
    people.filter(|people| !people.is_empty())
}

/// "Anna Berg, kommundirektör", one or several.
fn officials(text: &str) -> Vec<Present> {
    let found = OFFICIAL.captures_iter(text).filter(|found| !STANDS_IN.is_match(&found["role"]));
    let official = |found: regex::Captures| Present {
        name: found["name"].to_owned(),
        role: Some(found["role"].to_owned()),
        organisation: None,
    };
    found.map(official).collect()
}

/// "Anna Berg (ordf.), Lars Öst och Mia Ström": names alone, on one line. What may be an organisation is left open.
fn names(text: &str) -> Option<Vec<Present>> {
    let parts: Vec<&str> = text.split(", ").flat_map(|part| part.split(" och ")).map(str::trim).collect();
    let name = |part: &&str| {
        let seat = SEATED.captures(part).map(|found| seat(&found["role"]));
        let name = SEATED.replace(part, "");
        let name = DURING.replace(&name, "");
        let from = FROM.captures(&name).map(|found| found["from"].to_owned());
        let name = FROM.replace(&name, "").into_owned();
        let own = NAME_ONLY.is_match(&name) && !NOT_A_PERSON.is_match(&name);
        own.then_some(Present { name, role: seat, organisation: from })
    };
    (parts.len() > 1).then(|| parts.iter().map(name).collect()).flatten()
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
        // The cells of a row.
        let text = DURING.replace(&text, "").replace("  ", ", ");
        if !text.is_empty() && !COLUMNS.is_match(&text) {
            list.push((passage.line, text));
        }
    }
    Some(list)
}

/// Elected members have their party in brackets, which tells them apart wherever they stand.
fn by_party(text: &str) -> Vec<Present> {
    let there = |found: &regex::Captures| !INSTEAD_OF.is_match(&text[..found.get_match().start()]);
    let found = MEMBER.captures_iter(text).filter(there);
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
