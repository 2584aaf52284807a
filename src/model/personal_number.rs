//! Personal identity numbers and coordination numbers in running text.

use std::ops::Range;

/// Where they stand: six or eight digits of a date, a hyphen, dash or plus or nothing, perhaps with a space at its side,
/// and four digits with a right check digit (Luhn, over the last ten).
pub fn personal_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let run = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut end = run(at);
        if !matches!(end - at, 6 | 8 | 10 | 12) {
            at = end;
            continue;
        }
        let mut digits = text[at..end].to_owned();
        if matches!(end - at, 6 | 8)
            && let Some(tail) = after_sign(text, end).filter(|tail| run(*tail) - tail == 4)
        {
            end = run(tail);
            digits.push_str(&text[tail..end]);
        }
        if is_personal_number(&digits) && !text[..at].ends_with(['/', ':', '.', '-']) {
            out.push(at..end);
        }
        at = end.max(at + 1);
    }
    out
}

/// Where the last four digits begin after the sign that parts them from the date: `-`, `+`, a dash, a space at its side.
fn after_sign(text: &str, at: usize) -> Option<usize> {
    const SPACES: [char; 2] = [' ', '\u{a0}'];
    const SIGNS: [char; 6] = ['-', '+', '–', '—', '\u{2010}', '\u{2011}'];
    let rest = &text[at..];
    let rest = rest.strip_prefix(SPACES).unwrap_or(rest);
    let signed = rest.strip_prefix(SIGNS);
    let rest = signed.map(|rest| rest.strip_prefix(SPACES).unwrap_or(rest));
    rest.map(|rest| text.len() - rest.len())
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
        // The last is a coordination number: the day has 60 added.
        for person in ["198112189876", "811218 – 9876", "811218+9876", "811218\u{2011}9876", "811278-9873"] {
            assert_eq!(personal_numbers(person).len(), 1, "{person}");
        }
        for harmless in [
            "811218-9875",
            "811228-98745",
            "1811228-9874",
            "070-123 45 67",
            "16 961 335 kr",
            "2026-01-29",
            "556677-8899",
            "SN 2026/0187",
            "75402",
            "811218 9876",
        ] {
            assert!(personal_numbers(harmless).is_empty(), "{harmless}");
        }
    }
}
