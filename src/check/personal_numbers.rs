//! `personnummer`: a text that may be published holds no personal identity number.

use super::Around;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Document, Visibility};
use std::ops::Range;

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    if document.visibility == Visibility::Public {
        for span in personal_numbers(&document.place.source.text) {
            problems.push(
                Diagnostic::error(
                    "personnummer",
                    Place::at(&document.place.source, span),
                    "texten innehåller ett personnummer",
                )
                .hint("ta bort numret; personnummer får inte publiceras"),
            );
        }
    }
}

/// Where personal identity numbers (or coordination numbers) stand: six or eight digits of a date, a hyphen or plus or
/// nothing, and four digits with a right check digit (Luhn, over the last ten).
pub fn personal_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut end = run(at);
        let mut digits = text[at..end].to_owned();
        if matches!(bytes.get(end), Some(b'-' | b'+')) && matches!(end - at, 6 | 8) {
            let tail = run(end + 1);
            if tail - end - 1 == 4 {
                digits.push_str(&text[end + 1..tail]);
                end = tail;
            }
        }
        if is_personal_number(&digits) && !text[..at].ends_with(['/', ':', '.', '-']) {
            out.push(at..end);
        }
        at = end.max(at + 1);
    }
    out
}

fn is_personal_number(digits: &str) -> bool {
    let ten = match digits.len() {
        10 => digits,
        12 if matches!(&digits[..2], "18" | "19" | "20") => &digits[2..],
        _ => return false,
    };
    let number = |range: Range<usize>| ten[range].parse::<u32>().unwrap_or_default();
    let (month, day) = (number(2..4), number(4..6));
    let is_date = (1..=12).contains(&month) && ((1..=31).contains(&day) || (61..=91).contains(&day));
    is_date && luhn(ten)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_right_check_digits_count() {
        // Skatteverket's own example number.
        assert_eq!(personal_numbers("Född 811218-9876.").first(), Some(&(6..17)));
        assert_eq!(personal_numbers("198112189876").len(), 1);
        for harmless in ["811218-9875", "16 961 335 kr", "2026-01-29", "556677-8899", "SN 2026/0187", "75402"] {
            assert!(personal_numbers(harmless).is_empty(), "{harmless}");
        }
    }
}
