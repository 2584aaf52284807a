//! A text as the terms that are searched: words in small letters, and what several runs mean together.

use super::compose::{REACH, compose};
use super::raw::{self, Case, Raw, RawKind};
use super::spec::SPEC;
use std::borrow::Cow;

/// A term and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub term: &'a str,
    /// Byte range of the text it was made of.
    pub start: usize,
    pub end: usize,
    pub place: Place,
}

/// Whether a term stands after the one before it or in the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Next,
    Same,
}

/// What is read: a text is made to be found by wider questions too, a question means what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Text,
    Question,
}

/// NFC; borrowed where nothing changes, which is nearly always.
pub fn normalised(text: &str) -> Cow<'_, str> {
    let marks = text.as_bytes().iter().any(|&byte| matches!(byte, 0xcc | 0xcd));
    if marks { icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text) } else { Cow::Borrowed(text) }
}

/// Calls `each` with every term of a normalised text, in its order.
pub fn tokens(source: &str, reading: Reading, mut each: impl FnMut(Token<'_>)) {
    let mut buffer = String::new();
    let mut at = 0;
    while let Some(first) = raw::next(source, at) {
        at = first.end;
        if may_compose(source, &first) {
            let (raws, count) = ahead(source, first);
            if let Some(found) = compose(source, &raws[..count]) {
                at = raws[found.runs - 1].end;
                emit_composed(&found, first.start..at, reading, &mut each);
                continue;
            }
        }
        let term = match first.case {
            Case::Small => first.text(source),
            Case::Capital => {
                raw::lower(first.text(source), &mut buffer);
                &buffer
            }
        };
        each(Token { term, start: first.start, end: first.end, place: Place::Next });
        if reading == Reading::Text {
            emit_other_forms(source, &first, &mut buffer, &mut each);
        }
        at = after_ending(source, &first).unwrap_or(at);
    }
}

/// Cheap: most words cannot begin anything longer than themselves.
fn may_compose(source: &str, raw: &Raw) -> bool {
    match raw.kind {
        RawKind::Sign | RawKind::Number | RawKind::Mixed => true,
        RawKind::Word | RawKind::Camel => {
            let rest = source.as_bytes()[raw.end..].iter().take(4);
            let next = rest.copied().find(|byte| !matches!(byte, b' ' | b'.' | b',' | b'-' | b'\n' | 0xc2 | 0xa0));
            next.is_some_and(|byte| byte.is_ascii_digit())
        }
    }
}

fn ahead(source: &str, first: Raw) -> ([Raw; REACH], usize) {
    let mut raws = [first; REACH];
    let mut count = 1;
    while count < REACH {
        let Some(raw) = raw::next(source, raws[count - 1].end) else { break };
        raws[count] = raw;
        count += 1;
    }
    (raws, count)
}

fn emit_composed(
    found: &super::compose::Found,
    span: std::ops::Range<usize>,
    reading: Reading,
    each: &mut impl FnMut(Token<'_>),
) {
    let Some(term) = &found.term else { return };
    let token = Token { term, start: span.start, end: span.end, place: Place::Next };
    each(token);
    let wider = if reading == Reading::Text { found.wider.as_slice() } else { &[] };
    for term in wider.iter().chain(&found.literal) {
        each(Token { term, place: Place::Same, ..token });
    }
}

/// `MiniMaria` is also *mini* and *maria*; `Mini-Maria` is also *minimaria*.
fn emit_other_forms(source: &str, raw: &Raw, buffer: &mut String, each: &mut impl FnMut(Token<'_>)) {
    let (start, place) = (raw.start, Place::Same);
    if raw.kind == RawKind::Camel {
        for part in camel_parts(raw.text(source)) {
            raw::lower(part, buffer);
            each(Token { term: buffer, start, end: raw.end, place });
        }
    }
    if raw.is_word() && source.as_bytes().get(raw.end) == Some(&b'-') {
        let next = raw::next(source, raw.end).filter(|next| next.is_word() && next.start == raw.end + 1);
        if let Some(next) = next {
            let joined = format!("{}{}", raw.text(source), next.text(source));
            raw::lower(&joined, buffer);
            each(Token { term: buffer, start, end: next.end, place });
        }
    }
}

/// The parts of a word with inner capitals; none when one of them is too short to be a word (`SoL`, `HoS`).
pub fn camel_parts(word: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut small = false;
    for (at, c) in word.char_indices() {
        if small && c.is_uppercase() {
            cuts.push(at);
        }
        small = c.is_lowercase();
    }
    cuts.push(word.len());
    let parts: Vec<&str> = cuts.windows(2).map(|cut| &word[cut[0]..cut[1]]).collect();
    if parts.iter().all(|part| part.chars().count() >= 3) { parts } else { Vec::new() }
}

/// The end of an inflection written after a colon: the `:s` of `SKR:s`.
fn after_ending(source: &str, raw: &Raw) -> Option<usize> {
    if source.as_bytes().get(raw.end) != Some(&b':') {
        return None;
    }
    let ending = raw::next(source, raw.end).filter(|ending| ending.start == raw.end + 1)?;
    SPEC.endings.contains(ending.text(source)).then_some(ending.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, reading: Reading) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        tokens(&normalised(text), reading, |token| match token.place {
            Place::Next => out.push(token.term.to_owned()),
            Place::Same => {
                let last = out.last_mut().expect("a term in the same place has one before it");
                last.push('|');
                last.push_str(token.term);
            }
        });
        out
    }

    #[test]
    fn questions_mean_what_they_say() {
        for (text, want) in [
            ("§ 12", vec!["§12"]),
            ("12 §", vec!["§12"]),
            ("HSL 8 a §", vec!["hsl", "§8a"]),
            ("16 kap. 8a §", vec!["16", "kap", "§8a"]),
            ("§§ 12–14", vec!["§12", "14"]),
            ("SOU 2021:93", vec!["sou", "2021:93"]),
            ("Dir. 2020:68", vec!["dir", "2020:68"]),
            ("prop. 2024/25:1", vec!["prop", "2024/25:1"]),
            ("SN 2026/0187", vec!["sn", "2026/187"]),
            ("SN 2026-0187", vec!["sn", "2026/187"]),
            ("2013-2019", vec!["2013", "2019"]),
            ("§ 12 a", vec!["§12a"]),
            ("§ 12 i lagen", vec!["§12", "i", "lagen"]),
            ("16 961 335 kr", vec!["16961335", "kr"]),
            ("16\u{a0}961\u{202f}335", vec!["16961335"]),
            ("16\u{a0}961\u{a0}335", vec!["16961335"]),
            ("16.961.335", vec!["16961335"]),
            ("2,5 mnkr", vec!["2500000"]),
            ("5 mnkr 5000 tkr 5 000 000:-", vec!["5000000", "5000000", "5000000"]),
            ("500 tkr", vec!["500000"]),
            ("17 miljoner kronor", vec!["17000000", "kronor"]),
            ("avsnitt 5.3", vec!["avsnitt", "5.3"]),
            ("BP2 5a", vec!["bp2", "5a"]),
            ("SKR:s del", vec!["skr", "del"]),
            ("MiniMaria Mini-Maria", vec!["minimaria", "mini", "maria"]),
            ("A\u{30a}r", vec!["år"]),
            ("251211", vec!["2025-12-11|251211"]),
            ("850101-1234", vec!["850101", "1234"]),
            ("projekt 75402", vec!["projekt", "75402"]),
            ("januari 2026", vec!["2026-01"]),
            ("jan. 2026", vec!["2026-01"]),
            ("jan -26", vec!["2026-01"]),
        ] {
            assert_eq!(read(text, Reading::Question), want, "{text}");
        }
    }

    #[test]
    fn a_date_is_one_term_however_it_is_written() {
        for text in [
            "2026-01-29",
            "29 januari 2026",
            "den 29 jan. 2026",
            "29\u{a0}januari 2026",
            "260129",
            "20260129",
            "29/1 2026",
            "29/1-2026",
            "29.1.2026",
            "2026 – 01 - 29",
            "2026.01.29",
            "den 29:e januari 2026",
            "29 jan -26",
            "29/1-26",
            "29/1 -26",
            "29/01/2026",
            "29-01-2026",
            "26-01-29",
        ] {
            let terms = read(text, Reading::Question);
            let last = terms.last().expect("a term");
            assert!(last.starts_with("2026-01-29"), "{text}: {terms:?}");
        }
        for text in ["2026-02-30", "261329", "den 1 200"] {
            assert!(!read(text, Reading::Question).iter().any(|term| term.starts_with("2026-")), "{text}");
        }
    }

    #[test]
    fn a_text_is_found_by_wider_questions() {
        assert_eq!(read("29 januari 2026", Reading::Text), ["2026-01-29|2026-01|2026|januari|29|29/1"]);
        assert_eq!(read("MiniMaria", Reading::Text), ["minimaria|mini|maria"]);
        assert_eq!(read("Mini-Maria", Reading::Text), ["mini|minimaria", "maria"]);
        assert_eq!(read("HoS § 12", Reading::Text), ["hos", "§12|12"]);
        let amount = "16961335|16961000|16960000|16900000|17000000|16000000";
        assert_eq!(read("16 961 335 kr", Reading::Text), [amount, "kr"]);
        assert_eq!(read("16 961 335 kr", Reading::Question), ["16961335", "kr"]);
    }
}
