//! Headers, footers and page numbers: known by their form, or by standing at the edge of several pages.

use crate::import::{Line, Turn};
use std::collections::HashMap;

pattern! {
    /// A line that is only a page's number, or a minute-taker's box.
    PAGE_MARK = r"(?i)^(?:sid[ao]?t?\.?\s*\d{1,3}(?:\s*(?:t?av|/|\()\s*t?\d{1,3}\)?)?|\d{1,3}\s*\(\s*\d{1,3}\s*\)|-\s*\d{1,3}\s*-|(?:(?:ordförandens?|justerandes?|justerares?|protokolljusterar(?:e|nde)s?|sekreterarens?)?\s*sign(?:atur)?(?:er)?\.?|utdragsbestyrkande|justerandes? signatur(?:er)?|[\s_.…]+)+)$";
    /// A page's number at the end of a line that says more.
    NUMBERED = r"(?i)(?:\d{1,3}\s?\(\s?\d{1,3}\s?\)|sida\s?\d+(?:\s?(?:av|\(|/)\s?\d+\)?)?|\s\d{1,2}/\d{1,2})$";
    BARE_NUMBER = r"^\d{1,3}$";
    CASE_NUMBER = r"(?i)^(?:dnr|diarie\w+|ärendenummer)\b";
    /// What a meeting's text repeats of its own accord.
    OWN_WORDS = r"(?i)(?:\bbeslut(?:ade|ar|at|ades)?\b|^att\b|^§|^[•–-]|^föredragande|^\d{1,2}[.)]\s|^[a-z]\)|^ärendebeskrivning|^reservation|^yrkande)";
}

/// Edges are looked for this many lines into a page.
const EDGE: usize = 7;

/// The text's own lines, and the furniture. The line after furniture opens a new page.
pub(super) fn split(mut lines: Vec<Line>) -> (Vec<Line>, Vec<Line>) {
    if lines.iter().all(|line| line.turn == Turn::SamePage) {
        turn_at_marks(&mut lines);
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| at == 0 || lines[at].turn == Turn::NewPage).collect();
    let mut away: Vec<bool> = lines.iter().map(|line| PAGE_MARK.is_match(&line.text)).collect();
    mark_repeated(&lines, &starts, &mut away);
    mark_numbered(&lines, &mut away);
    mark_capitals(&lines, &mut away);
    divide(lines, &away)
}

/// Without form feeds, a page's number or a header that comes back with another one is the only trace of where it ended.
fn turn_at_marks(lines: &mut [Line]) {
    let numbered = numbered_again(lines);
    for at in 1..lines.len() {
        if numbered[at] || PAGE_MARK.is_match(&lines[at - 1].text) {
            lines[at].turn = Turn::NewPage;
        }
    }
}

/// From each edge of a page inwards, lines that stand at the edges of other pages too.
fn mark_repeated(lines: &[Line], starts: &[usize], away: &mut [bool]) {
    if starts.len() < 2 {
        return;
    }
    let pages: Vec<(usize, usize)> =
        starts.iter().zip(starts.iter().skip(1).chain([&lines.len()])).map(|(&from, &to)| (from, to)).collect();
    let forms = edge_forms(lines, &pages);
    let enough = if pages.len() > 5 { 3 } else { 2 };
    let repeated = |at: usize, away: &[bool]| {
        let text = &lines[at].text;
        away[at] || (forms.get(&form(text)).is_some_and(|&count| count >= enough) && !OWN_WORDS.is_match(text))
    };
    for &(from, to) in &pages {
        let top = (from..to.min(from + EDGE)).take_while(|&at| repeated(at, away) || is_page_number(lines, at));
        let bottom = (from.max(to.saturating_sub(EDGE))..to).rev();
        let bottom = bottom.take_while(|&at| repeated(at, away) || is_page_number(lines, at));
        let edge: Vec<usize> = top.chain(bottom).collect();
        edge.into_iter().for_each(|at| away[at] = true);
    }
}

/// A number alone, unless it is a paragraph's above its case number.
fn is_page_number(lines: &[Line], at: usize) -> bool {
    let above_case = lines.get(at + 1).is_some_and(|next| CASE_NUMBER.is_match(&next.text));
    BARE_NUMBER.is_match(&lines[at].text) && !above_case
}

/// On how many pages' edges each line stands, its digits aside.
fn edge_forms(lines: &[Line], pages: &[(usize, usize)]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for &(from, to) in pages {
        let near = |at: &usize| at - from < EDGE || to - at <= EDGE;
        let mut own: Vec<String> = (from..to).filter(near).map(|at| form(&lines[at].text)).collect();
        own.sort();
        own.dedup();
        own.into_iter().for_each(|form| *counts.entry(form).or_insert(0) += 1);
    }
    counts
}

/// Digits change from page to page, but not those of the document's own case number.
fn form(text: &str) -> String {
    if only_digits(text) || CASE_NUMBER.is_match(text) {
        return text.to_lowercase();
    }
    let digits = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c });
    let mut form: String = digits.flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    while form.contains("##") {
        form = form.replace("##", "#");
    }
    form
}

/// A date or a sum of a table, not a header.
fn only_digits(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

fn mark_numbered(lines: &[Line], away: &mut [bool]) {
    let again = numbered_again(lines);
    away.iter_mut().zip(again).for_each(|(away, again)| *away |= again);
}

/// Lines that end in a page's number and come back with another one.
fn numbered_again(lines: &[Line]) -> Vec<bool> {
    let ends_in_number = |line: &Line| NUMBERED.is_match(&line.text) && !line.text.starts_with('§');
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| ends_in_number(line)) {
        *counts.entry(form(&line.text)).or_insert(0) += 1;
    }
    lines.iter().map(|line| ends_in_number(line) && counts[&form(&line.text)] > 1).collect()
}

/// A letterhead in capitals beside other furniture, or one that comes back.
fn mark_capitals(lines: &[Line], away: &mut [bool]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| is_capitals(&line.text)) {
        *counts.entry(last_word(&line.text)).or_insert(0) += 1;
    }
    for at in 0..lines.len() {
        let text = &lines[at].text;
        if !is_capitals(text) {
            continue;
        }
        let beside = (at > 0 && away[at - 1]) || lines.get(at + 1).is_some_and(|next| PAGE_MARK.is_match(&next.text));
        away[at] |= beside && lines[at].turn == Turn::NewPage || beside && at > 0 && is_capitals(&lines[at - 1].text);
        away[at] |= counts.get(last_word(text)).is_some_and(|&count| count > 2) && text.len() < 60;
    }
}

fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 5 && letters().all(char::is_uppercase) && !OWN_WORDS.is_match(text)
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or(text)
}

fn divide(lines: Vec<Line>, away: &[bool]) -> (Vec<Line>, Vec<Line>) {
    let (mut kept, mut furniture): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    let mut turned = Turn::SamePage;
    for (mut line, &away) in lines.into_iter().zip(away) {
        if away {
            turned = Turn::NewPage;
            furniture.push(line);
            continue;
        }
        if turned == Turn::NewPage {
            line.turn = Turn::NewPage;
        }
        turned = Turn::SamePage;
        kept.push(line);
    }
    (kept, furniture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        let mut out = Vec::new();
        for (page, text) in text.split('\u{c}').enumerate() {
            for (at, text) in text.lines().filter(|text| !text.is_empty()).enumerate() {
                let turn = if page > 0 && at == 0 { Turn::NewPage } else { Turn::SamePage };
                out.push(Line { number: out.len() + 1, text: text.to_owned(), indent: 0, gap: 0, turn });
            }
        }
        out
    }

    fn kept(text: &str) -> Vec<String> {
        split(lines(text)).0.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn page_numbers_go_in_every_form() {
        for mark in [
            "Sida 1 av 7",
            "17 (90)",
            "2(18)",
            "Sidat1av7",
            "- 3 -",
            "Justerandes sign",
            "Justerandes sign   Utdragsbestyrkande",
        ] {
            assert!(PAGE_MARK.is_match(mark), "{mark}");
        }
        for text in ["Sidan", "2026 (2)", "Beslut", "§ 12"] {
            assert!(!PAGE_MARK.is_match(text), "{text}");
        }
    }

    #[test]
    fn what_stands_at_the_edge_of_pages_goes_but_not_decisions() {
        let text = "Nämnden 1(3)\nEtt\nNämnden beslutade\n\u{c}Nämnden 2(3)\nTvå\nNämnden beslutade\n\u{c}Nämnden 3(3)\nTre\n4";
        assert_eq!(kept(text), ["Ett", "Nämnden beslutade", "Två", "Nämnden beslutade", "Tre"]);
    }

    #[test]
    fn without_form_feeds_the_page_number_tells() {
        let text = "att anta den\nSida 1 av 3\nRSS DALARNA\nplanen.\nMer\nSida 2 av 3\nRSS DALARNA\nSlut";
        assert_eq!(kept(text), ["att anta den", "planen.", "Mer", "Slut"]);
    }
}
