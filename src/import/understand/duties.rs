//! What an assignment promises: deliverables, phases, follow-up, funding, who may change it, and an older agreement it is
//! about.

use super::period::sentences;
use crate::import::{Funds, Mandate, OlderAgreement, Part, Passage};
use crate::model::written_dates;
use std::collections::BTreeMap;

pattern! {
    DELIVERABLES = r"(?i)^(?:\d[\d.:]*\s)?(?:leveranser(?:na)?|delleveranser)\b[^.]{0,60}$";
    COUNTED = r"^\d{1,2}[.)]\s+";
    PHASE = r"\bFas\s\d+\s?:\s";
    FOLLOW_UP = r"(?i)^(?:\d[\d.:]*\s+)?(?:\S+)?uppf[öo]ljning\b";
    FOLLOWED = r"(?i)\b(?:följs upp|följas upp|utvärderas|uppföljning (?:sker|görs|genomförs))\b";
    CADENCE = r"(?i)\b(löpande|kontinuerligt|månadsvis|varje månad|kvartalsvis|varje kvartal|halvårsvis|två gånger per år|årligen|varje år|en gång per år)\b";
    CODE = r"(?i)\bprojektkod[^:\d]{0,40}:?\s*(?P<code>\d{3,8}(?:\s\p{Lu}{2,6}\b)?)";
    FUNDED = r"(?i)\b(?:finansieras|bekosta\S*)\s+(?:\S+\s){0,4}?(?:med|av|genom|inom ramen för|ur)\s+(?P<source>[^.(]{5,140})";
    MANDATE = r"(?i)^(?:förändringar|ändringar)\s+(?P<what>.{4,140}?)\s+beslutas\s+av\s+(?P<by>[^.]{3,90}?)(?:\s+(?:och|samt)\s+(?:delges|dokumenteras)\b.*)?[.]";
    OLDER = r"(?i)^överenskommelsen\s+(?:löpte|gick)\s+ut\s+(?P<when>[^.]{4,30}?)\s+(?:och|men)\s+(?:är|fortsätter)\b.{0,20}?(?:till dess att|tills)\s+(?P<until>.{5,160}?)[.]?$";
    AGREEMENT = r"(?i)\b(överenskommelsen om .{10,160}?)(?:[.,]|$)";
}

/// The list that follows "Leveranser".
pub(super) fn deliverables(passages: &[Passage]) -> Vec<String> {
    let Some(at) = passages.iter().position(|passage| DELIVERABLES.is_match(&passage.text)) else { return Vec::new() };
    let below = passages[at + 1..].iter();
    let items = below.take_while(|passage| match passage.part {
        Part::ListItem(_) => true,
        Part::Paragraph => COUNTED.is_match(&passage.text),
        _ => false,
    });
    items.map(|passage| COUNTED.replace(&passage.text, "").into_owned()).collect()
}

/// Phases by number, each by its shortest wording.
pub(super) fn phases(passages: &[Passage]) -> Vec<String> {
    let mut phases: BTreeMap<&str, &str> = BTreeMap::new();
    for text in passages.iter().map(|passage| passage.text.as_str()).filter(|text| text.starts_with("Fas ")) {
        let starts: Vec<usize> = PHASE.find_iter(text).map(|found| found.start()).chain([text.len()]).collect();
        for span in starts.windows(2) {
            let phase = text[span[0]..span[1]].split(". ").next().unwrap_or_default().trim().trim_end_matches('.');
            let known = phases.entry(phase.split(':').next().unwrap_or_default()).or_insert(phase);
            *known = if phase.len() < known.len() { phase } else { known };
        }
    }
    phases.into_values().map(str::to_owned).collect()
}

/// How often the assignment is followed up, as the section on it says.
pub(super) fn follow_up(passages: &[Passage]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut within = false;
    for passage in passages {
        if matches!(passage.part, Part::Heading(_)) {
            within = FOLLOW_UP.is_match(&passage.text);
        } else if within || FOLLOWED.is_match(&passage.text) {
            for cadence in CADENCE.find_iter(&passage.text).map(|cadence| canonical(cadence.as_str())) {
                if !found.contains(&cadence) {
                    found.push(cadence);
                }
            }
        }
    }
    found
}

fn canonical(cadence: &str) -> String {
    let key = match cadence.to_lowercase().as_str() {
        "kontinuerligt" | "löpande" => "löpande",
        "varje månad" | "månadsvis" => "månadsvis",
        "varje kvartal" | "kvartalsvis" => "kvartalsvis",
        "två gånger per år" | "halvårsvis" => "halvårsvis",
        _ => "årligen",
    };
    key.to_owned()
}

/// Where the money comes from, and under which code.
pub(super) fn funding(passages: &[Passage]) -> Option<Funds> {
    let find = |pattern: &regex::Regex, group: &str| {
        passages.iter().find_map(|passage| pattern.captures(&passage.text).map(|found| found[group].trim().to_owned()))
    };
    let funds = Funds { source: find(&FUNDED, "source"), code: find(&CODE, "code") };
    (funds.source.is_some() || funds.code.is_some()).then_some(funds)
}

/// Who decides on changes.
pub(super) fn change_mandates(passages: &[Passage]) -> Vec<Mandate> {
    let texts =
        passages.iter().filter(|passage| passage.part == Part::Paragraph).flat_map(|passage| sentences(&passage.text));
    let read = |text: String| {
        MANDATE.captures(&text).map(|found| Mandate { concerns: found["what"].to_owned(), by: found["by"].to_owned() })
    };
    texts.filter_map(read).collect()
}

/// "Överenskommelsen löpte ut … och är giltig till dess att …"
pub(super) fn older_agreement(passages: &[Passage]) -> Option<OlderAgreement> {
    passages.iter().find_map(|passage| {
        let sentences = sentences(&passage.text);
        let at = sentences.iter().position(|text| OLDER.is_match(text))?;
        let found = OLDER.captures(&sentences[at])?;
        let name = AGREEMENT.captures(&passage.text)?[1].to_owned();
        let expired = written_dates(&found["when"]).first().map(|date| date.date.to_string());
        Some(OlderAgreement { name, expired, still_valid_until: Some(found["until"].to_owned()) })
    })
}
