//! Decisions that are only told of: another body's, or an earlier one of this body, with who, when and what.

use super::body::Bodies;
use super::period::sentences;
use crate::import::{Item, Part, Passage, Reported};
use crate::model::{PartialDate, written_dates};

pattern! {
    DECIDED = r"(?i)\b(?:beslutade|beslutades|beslutat|beslöt|fattade(?:s)? beslut|tog\b.{2,90}\bbeslut|gav\b.{2,120}\bi uppdrag|fick\b.{2,120}\bi uppdrag)\b";
    BY_START = r"^(?P<by>(?:\p{Lu}[\p{L}-]*\s)?[\p{L}-]*(?:nätverket|gruppen|nämnden|styrelsen|fullmäktige|utskottet|rådet|regeringen)(?:\s(?:för|i)\s\S+)?)\s";
    BY_AFTER = r"\bbeslutade\s+(?P<by>[^,.\d]{3,60}?)\s+(?:om\s+)?att\b";
    BY_BEFORE = r"(?:^|[,.]\s|\d\s)(?P<by>\p{Lu}[\p{L} -]{3,60}?)\s+(?:beslutade|beslöt|gav|har beslutat)\b";
    BY_GAVE = r"\bgav\s+(?P<by>\p{Lu}[\p{L} -]{3,60}?)\s+(?:\p{Lu}|i uppdrag)";
    BY_GENITIVE = r"(?i)\b(?P<by>[\p{L}-]+(?:nätverkets|styrgruppens|gruppens|nämndens|styrelsens|fullmäktiges|utskottets|rådets))\s+(?:planeringsdag|sammanträde|möte|styrgrupp|träff)";
    BY_TOOK = r"\btog\s+(?P<by>[^(“”]{3,70}?)\s*(?:\([^)]*\)\s*)?(?:följande\s+)?beslut\b";
    BEGINS_TIME = r"(?i)^(?:vid|den|under|i|om|efter)\s";
    CONTINUES = r"^[A-ZÅÄÖ]\S+\s(?:ställde|gav)\b";
}

/// Dated decisions in prose; the meeting's own clauses are not among them.
pub(super) fn reported(items: &[Item], passages: &[Passage], bodies: &Bodies) -> Vec<Reported> {
    let mut item = None;
    let mut found: Vec<Reported> = Vec::new();
    for passage in passages {
        match passage.part {
            Part::Item(at) => item = Some(items[at].no.clone()),
            Part::Paragraph | Part::ListItem(_) => found.extend(read(passage, item.as_deref(), bodies)),
            _ => {}
        }
    }
    found
}

fn read(passage: &Passage, item: Option<&str>, bodies: &Bodies) -> Option<Reported> {
    let sentences = sentences(&passage.text);
    let at = sentences.iter().position(|text| DECIDED.is_match(text))?;
    let text = &sentences[at];
    // The sentence before may hold the day: "Vid mötet den 11 december … Styrgruppen gav … i uppdrag".
    let day = |text: &String| {
        written_dates(text).into_iter().find_map(|date| match date.date {
            PartialDate::Day(day) => Some(day.to_string()),
            _ => None,
        })
    };
    let date = day(text).or_else(|| sentences[..at].last().and_then(day))?;
    Some(Reported {
        item: item.map(str::to_owned),
        by: by(text, bodies),
        date: Some(date),
        what: text.clone(),
        line: passage.line,
    })
}

/// Who decided, in the text's words.
fn by(text: &str, bodies: &Bodies) -> Option<String> {
    let patterns = [&*BY_START, &*BY_AFTER, &*BY_TOOK, &*BY_GAVE, &*BY_BEFORE];
    let named =
        patterns.into_iter().find_map(|pattern| pattern.captures(text).map(|found| found["by"].trim().to_owned()));
    let named = named
        .filter(|name| name.split_whitespace().count() < 8 && !BEGINS_TIME.is_match(name) && !CONTINUES.is_match(name));
    let genitive = || BY_GENITIVE.captures(text).map(|found| found["by"].trim_end_matches('s').to_owned());
    named.or_else(genitive).or_else(|| bodies.within(text).map(|named| named.name))
}
