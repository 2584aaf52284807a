//! Decisions that are only told of: another body's, or an earlier one of this body, with who, when and what.

use super::body::Bodies;
use super::period::sentences;
use crate::import::{Item, Part, Passage, Reported};
use crate::model::label::{Label, labelled};
use crate::model::{Date, PartialDate, written_dates};

pattern! {
    DECIDED = r"(?i)\b(?:beslutade|beslutades|beslutat|beslöt|antog|antogs|godkände|fastställde|tillstyrkte|fattade(?:s)? beslut|tog\b.{2,90}\bbeslut|gav\b.{2,120}\bi uppdrag|fick\b.{2,120}\bi uppdrag)\b";
    BY_START = r"^(?P<by>(?:\p{Lu}[\p{L}-]*\s)?[\p{L}-]*(?:nätverket|gruppen|nämnden|styrelsen|fullmäktige|utskottet|rådet|regeringen)(?:\s(?:för|i)\s\S+)?)\s";
    BY_AFTER = r"\bbeslutade\s+(?P<by>[^,.\d]{3,60}?)\s+(?:om\s+)?att\b";
    BY_BEFORE = r"(?:^|[,.]\s|\d\s)(?P<by>\p{Lu}[\p{L} -]{3,60}?)\s+(?:beslutade|beslöt|gav|antog|godkände|fastställde|tillstyrkte|har beslutat)\b";
    BY_GAVE = r"\bgav\s+(?P<by>\p{Lu}[\p{L} -]{3,60}?)\s+(?:\p{Lu}|i uppdrag)";
    BY_GENITIVE = r"(?i)\b(?P<by>[\p{L}-]+(?:nätverkets|styrgruppens|gruppens|nämndens|styrelsens|fullmäktiges|utskottets|rådets))\s+(?:planeringsdag|sammanträde|möte|styrgrupp|träff)";
    BY_TOOK = r"\btog\s+(?P<by>[^(“”]{3,70}?)\s*(?:\([^)]*\)\s*)?(?:följande\s+)?beslut\b";
    ADOPTED_BY = r"(?:^|,\s|;\s|:\s)(?P<by>\p{Lu}[\p{L} -]{3,70}?),?\s+(?P<when>\d{4}-\d{2}-\d{2}|(?:den\s)?\d{1,2}\s\p{Ll}+\s\d{4}),?\s+§+\s?\d+[\d/]*";
    VERB = r"\s(?:har\s)?(?:beslutade|beslutat|beslöt|antog|antagit|godkände|godkänt|fastställde|tillstyrkte)$";
    BEGINS_TIME = r"(?i)^(?:vid|den|under|i|om|efter)\s";
    CONTINUES = r"^[A-ZÅÄÖ]\S+\s(?:ställde|gav)\b";
}

/// Dated decisions in prose; the meeting's own clauses are not among them.
pub(super) fn reported(items: &[Item], date: Option<Date>, passages: &[Passage], bodies: &Bodies) -> Vec<Reported> {
    let mut item = None;
    let mut found: Vec<Reported> = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        match passage.part {
            Part::Item(at) => item = Some(items[at].no.clone()),
            Part::Heading(_) => found.extend(labelled_decision(&passages[at..], item.as_deref(), date)),
            Part::Paragraph | Part::ListItem(_) => found.extend(read(passage, item.as_deref(), bodies)),
            Part::Cover if items.is_empty() => found.extend(adoptions(passage)),
            _ => {}
        }
    }
    found
}

/// "Kommunstyrelsens beslut 2026-02-03 § 22" and what stands below it.
fn labelled_decision(passages: &[Passage], item: Option<&str>, date: Option<Date>) -> Option<Reported> {
    let (label, below) = passages.split_first()?;
    let found = labelled(&label.text).filter(|found| found.label == Label::Decision)?;
    let day = day(found.when?).filter(|day| date.is_none_or(|date| date.to_string() != *day))?;
    let below = below.iter().take_while(|passage| matches!(passage.part, Part::Paragraph | Part::ListItem(_)));
    let what = below.map(|passage| passage.text.as_str()).collect::<Vec<_>>().join(" ");
    let (item, by) = (item.map(str::to_owned), found.whose.map(str::to_owned));
    (!what.is_empty()).then_some(Reported { item, by, date: Some(day), what, line: label.line })
}

/// "Kommunstyrelsen 2024-06-11 § 97" on an agreement's cover: who adopted it.
fn adoptions(passage: &Passage) -> Vec<Reported> {
    let adopted = ADOPTED_BY.captures_iter(&passage.text);
    adopted
        .filter_map(|found| {
            let what = found.get_match().as_str().trim_start_matches([',', ' ']).to_owned();
            Some(Reported {
                item: None,
                by: Some(VERB.replace(found["by"].trim(), "").into_owned()),
                date: Some(day(&found["when"])?),
                what,
                line: passage.line,
            })
        })
        .collect()
}

fn read(passage: &Passage, item: Option<&str>, bodies: &Bodies) -> Vec<Reported> {
    let sentences = sentences(&passage.text);
    let decided = (0..sentences.len()).filter(|&at| DECIDED.is_match(&sentences[at]));
    decided
        .filter_map(|at| {
            let text = &sentences[at];
            // The sentence before may hold the day: "Vid mötet den 11 december … Styrgruppen gav … i uppdrag".
            let date = day(text).or_else(|| sentences[..at].last().and_then(|text| day(text)))?;
            let (item, by) = (item.map(str::to_owned), by(text, bodies));
            Some(Reported { item, by, date: Some(date), what: text.clone(), line: passage.line })
        })
        .collect()
}

fn day(text: &str) -> Option<String> {
    written_dates(text).into_iter().find_map(|date| match date.date {
        PartialDate::Day(day) => Some(day.to_string()),
        _ => None,
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
    let named = named.or_else(genitive).or_else(|| bodies.within(text).map(|named| named.name))?;
    let own = bodies.own.as_ref().filter(|own| bodies.same(own, &named));
    Some(own.cloned().unwrap_or(named))
}
