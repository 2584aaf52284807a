//! `två-slutdatum` in running text: a sentence that says when the document's own matter ends says what its facts say.
//!
//! Only a sentence whose subject is the matter itself ("överenskommelsen gäller till …", "uppdraget pågår t.o.m. …") is
//! read; about another one's end ("den tidigare överenskommelsen …") nothing is said.

use super::Around;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Agreement, Assignment, Document, Kind, PartialDate, written_dates};
use regex::Regex;
use std::ops::Range;

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let (subject, known, told) = match &document.kind {
        Kind::Agreement(held) => (&AGREEMENT, agreement_ends(held), &held.contradictions),
        Kind::Assignment(held) => (&ASSIGNMENT, assignment_ends(held), &held.contradictions),
        Kind::Meeting(_) | Kind::Page(_) => return,
    };
    let Some(last) = known.iter().max_by_key(|end| end.last_day()) else { return };
    let told: Vec<PartialDate> = told.iter().flat_map(|text| written_dates(text)).map(|found| found.date).collect();
    let other = ends(&document.text.source.text, document.text.span.clone(), subject)
        .into_iter()
        .find(|(end, _)| !known.iter().chain(&told).any(|known| overlap(*known, *end)));
    let Some((end, span)) = other else { return };
    let message = format!("texten säger att slutet är {}, men uppgifterna om dokumentet säger {last}", end.swedish());
    problems.push(
        Diagnostic::warning("två-slutdatum", Place::at(&document.text.source, span), message)
            .hint("kontrollera mot originalet; säger källan själv två saker, skriv det under `motsägelser`"),
    );
}

fn agreement_ends(agreement: &Agreement) -> Vec<PartialDate> {
    agreement.events.iter().flat_map(|event| event.to.into_iter().chain(event.from)).collect()
}

fn assignment_ends(assignment: &Assignment) -> Vec<PartialDate> {
    let period = assignment.period.iter().filter_map(|period| period.to);
    let phases = assignment.phases.iter().filter_map(|phase| phase.to);
    period.chain(phases).chain(assignment.gates.iter().filter_map(|gate| gate.date.map(PartialDate::Day))).collect()
}

/// Whether one may be a rougher word for the other: "2026" and 30 June 2026.
fn overlap(a: PartialDate, b: PartialDate) -> bool {
    a.first_day() <= b.last_day() && b.first_day() <= a.last_day()
}

pattern! {
    AGREEMENT = r"(?i)överenskommelsen|avtalet";
    ASSIGNMENT = r"(?i)uppdraget|projektet";
    /// Words between the verb and the day it ends; "t.o.m." has points that end no sentence.
    UNTIL = r"\b(?:till och med|t\.?\s?o\.?\s?m\.?|till|ut|upphör\p{L}*(?: att gälla)?|slutar|avslutas)[,:]?\s+(?:(?:preliminärt|senast|den|vid utgången av)[,:]?\s+)*";
}

/// Ends that sentences about `subject` tell, with their places in `text`.
fn ends(text: &str, span: Range<usize>, subject: &Regex) -> Vec<(PartialDate, Range<usize>)> {
    let mut found = Vec::new();
    for named in subject.find_iter(&text[span.clone()]) {
        let start = span.start + named.start();
        let rest = text[start..span.end].split('\n').next().unwrap_or_default();
        if !begins_sentence(&text[span.start..start]) || !has_verb(&rest[named.len()..]) {
            continue;
        }
        let end = sentence_end(rest);
        for cue in UNTIL.find_iter(&rest[..end]) {
            let tail = &rest[cue.end()..end];
            if let Some(date) = written_dates(tail).into_iter().next().filter(|date| date.span.start == 0) {
                let at = start + cue.end();
                found.push((date.date, at + date.span.start..at + date.span.end));
            }
        }
    }
    found
}

/// Whether what follows `before` is the subject of a sentence or a clause.
fn begins_sentence(before: &str) -> bool {
    let head = before.trim_end();
    let blank = &before[head.len()..];
    let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    head.is_empty()
        || head.ends_with(['.', ':'])
        || blank.contains('\n')
        || !blank.is_empty() && ["och", "att", "men", "när"].contains(&word)
}

/// Whether a verb of lasting or ending is near in the sentence.
fn has_verb(after: &str) -> bool {
    const VERBS: [&str; 8] = ["gäll", "giltig", "löp", "pågå", "upphör", "avslut", "slut", "förläng"];
    const NEAR: usize = 80;
    let sentence = after.split('.').next().unwrap_or_default();
    let own_word = !sentence.starts_with(char::is_alphanumeric);
    let near = sentence.char_indices().nth(NEAR + 1).map_or(sentence.len(), |(at, _)| at);
    let words = || sentence.match_indices(|c: char| !c.is_alphanumeric()).take_while(|(at, _)| *at < near);
    own_word && words().any(|(at, sign)| VERBS.iter().any(|verb| sentence[at + sign.len()..].starts_with(verb)))
}

/// A point before a capital letter ends a sentence; the one in "t.o.m." does not.
fn sentence_end(text: &str) -> usize {
    let ends = text.match_indices(". ");
    let capital = |at: usize| text[at + 2..].chars().next().is_some_and(char::is_uppercase);
    ends.map(|(at, _)| at).find(|at| capital(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        ends(text, 0..text.len(), &AGREEMENT)
            .into_iter()
            .map(|(date, span)| format!("{date} {}", &text[span]))
            .collect()
    }

    #[test]
    fn a_sentence_about_the_matter_itself_tells_its_end() {
        assert_eq!(told("Överenskommelsen gäller t.o.m. den 31 december 2027."), ["2027-12-31 31 december 2027"]);
        assert_eq!(
            told("Text.\nAvtalet gäller från 2024-01-01 till och med 2026-06-30. Sedan"),
            ["2026-06-30 2026-06-30"]
        );
        assert_eq!(told("Överenskommelsen löpte ut 2019-12-31 och är giltig till dess."), ["2019-12-31 2019-12-31"]);
        assert_eq!(told("Vi vet att avtalet upphör att gälla den 1 mars 2027."), ["2027-03-01 1 mars 2027"]);
    }

    #[test]
    fn other_ends_and_other_dates_are_left_alone() {
        assert_eq!(told("Den tidigare överenskommelsen gällde till den 31 december 2019."), Vec::<String>::new());
        assert_eq!(told("Överenskommelsen antogs den 1 mars 2024."), Vec::<String>::new());
        assert_eq!(told("Överenskommelsen gäller. Rapporten lämnas till den 1 mars 2024."), Vec::<String>::new());
    }
}
