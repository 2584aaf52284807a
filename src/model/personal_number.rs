//! Personal identity numbers and coordination numbers in running text.

use std::ops::Range;

/// Where they stand: six or eight digits of a date, a hyphen, dash or plus or space or nothing, perhaps with markup, blanks
/// or a line end at its side, and four digits with a right check digit (Luhn, over the last ten).
pub fn personal_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let run = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(digit) = next_digit(bytes, at) {
        at = digit;
        let mut end = run(at);
        if !matches!(end - at, 6 | 8 | 10 | 12) {
            at = end;
            continue;
        }
        let mut digits = text[at..end].to_owned();
        if matches!(end - at, 6 | 8)
            && let Some(tail) = tail(text, end)
        {
            end = run(tail);
            digits.push_str(&text[tail..end]);
        }
        if is_personal_number(&digits) && !goes_on(&text[..at]) {
            out.push(at..end);
        }
        at = end.max(at + 1);
    }
    out
}

/// The first digit from `at` on. Stretches without one, which is most of a text, are passed over whole.
fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    const STRETCH: usize = 32;
    let has_digit = |stretch: &&[u8]| stretch.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let passed = bytes[at..].chunks(STRETCH).take_while(|stretch| !has_digit(stretch)).count() * STRETCH;
    let from = (at + passed).min(bytes.len());
    bytes[from..].iter().position(u8::is_ascii_digit).map(|skipped| from + skipped)
}

/// Whether digits after `before` are the end of something longer: a case number, an act's number, an address.
fn goes_on(before: &str) -> bool {
    before.ends_with('/')
        || before.strip_suffix([':', '.', '-']).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Where the last four digits begin after what parts them from the date.
fn tail(text: &str, at: usize) -> Option<usize> {
    const SIGNS: [char; 9] = ['-', '+', '–', '—', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2015}', '\u{2212}'];
    let (mut signed, mut blank, mut lines) = (false, false, 0);
    let mut rest = &text[at..];
    loop {
        let next = rest.chars().next()?;
        match next {
            '0'..='9' => break,
            '\n' => lines += 1,
            '*' | '_' | '~' | '`' | '\\' | '\r' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '<' => rest = &rest[rest.find('>').filter(|&length| length < 40)?..],
            sign if SIGNS.contains(&sign) && !signed => signed = true,
            space if space.is_whitespace() => blank = true,
            _ => return None,
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        rest = &rest[first..];
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    // A number at the end of a line, and a year at the start of the next, are two.
    let is_year = rest.starts_with("19") || rest.starts_with("20");
    let parted = signed || (blank && lines == 0) || (lines == 1 && !is_year);
    (digits == 4 && parted && lines < 2).then(|| text.len() - rest.len())
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
            "SFS 2001:8112189876",
            "https://exempel.se/811218-9876",
            "dnr 2026-811218-9876",
            "811218 98765",
            "811218\n\n9876",
            "811218 | 9876",
            "811218, 9876",
            "212000-1355",
            "556677 8899",
            // Right but for a year that begins a line.
            "811217\n2004",
        ] {
            assert!(personal_numbers(harmless).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn numbers_are_found_however_they_are_written() {
        for person in [
            "Pnr:811218-9876",
            "pnr.811218-9876",
            "(811218-9876)",
            "Pnr:8112189876",
            "811218 9876",
            "811218\u{a0}9876",
            "19811218 9876",
            "811218\u{2212}9876",
            "811218-**9876**",
            "**811218**-9876",
            "811218\\-9876",
            "<b>811218</b>-9876",
            "811218-\n9876",
            "811218\n9876",
            "811218\u{ad}-9876",
            // Perhaps a day and a time; who wrote it can tell.
            "20260129 0915",
            "20260129-0915",
            "19260129 0915",
            "20260129 0923",
            "20260129 2309",
        ] {
            assert_eq!(personal_numbers(person).len(), 1, "{person}");
        }
    }
}
