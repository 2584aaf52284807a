//! Personal identity numbers: a text that holds one is refused before anything is made of it.

use super::{Cleaned, Line, Refusal};
use crate::model::Date;

pattern! {
    WITH_SIGN = r"(\d{2})?(\d{2})(\d{2})(\d{2})\s?[-+–]\s?(\d{4})";
    RUN_TOGETHER = r"(19|20)(\d{2})(\d{2})(\d{2})(\d{4})";
    NAMED = r"(?i)(?:personnr|personnummer|pnr|pers\.?\s?nr|född)\D{0,12}?()(\d{2})(\d{2})(\d{2})(\d{4})";
}

/// Stops at the first line that holds a personal identity number or coordination number with a right control digit.
pub(super) fn refuse_personal(cleaned: &Cleaned) -> Result<(), Refusal> {
    let blocks = cleaned.blocks.iter().flat_map(|block| &block.lines);
    match blocks.chain(&cleaned.furniture).find(|line| holds_number(&line.text)) {
        Some(Line { number, .. }) => Err(Refusal::PersonalNumber { line: *number }),
        None => Ok(()),
    }
}

fn holds_number(text: &str) -> bool {
    [&*WITH_SIGN, &*RUN_TOGETHER, &*NAMED].into_iter().any(|pattern| {
        pattern.captures_iter(text).any(|found| {
            let span = found.get_match();
            let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
            let around = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let digits: String = (2..=5).map(part).collect();
            !around(text[..span.start()].chars().next_back())
                && !around(text[span.end()..].chars().next())
                && is_birth_day(&digits)
                && luhn(&digits)
        })
    })
}

/// Month and day are real; a coordination number adds 60 to the day.
fn is_birth_day(digits: &str) -> bool {
    let part = |at: usize| digits[at..at + 2].parse::<i8>().unwrap_or(0);
    let day = if part(4) > 60 { part(4) - 60 } else { part(4) };
    Date::new(2000 + i16::from(part(0)), part(2), day).is_ok()
        || Date::new(1900 + i16::from(part(0)), part(2), day).is_ok()
}

fn luhn(digits: &str) -> bool {
    let doubled = digits.bytes().enumerate().map(|(at, digit)| {
        let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        value / 10 + value % 10
    });
    doubled.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::holds_number;

    #[test]
    fn only_a_right_control_digit_is_a_person() {
        // The first is the tax agency's published example of a number that no one has.
        for person in ["Klienten 811228-9874 bor", "19811228-9874", "198112289874", "personnummer: 8112289874"] {
            assert!(holds_number(person), "{person}");
        }
        for other in ["811228-9873", "Org.nr 556703-7485", "070-123 45 67", "8112289874", "2026-01-29", "1811228-98745"]
        {
            assert!(!holds_number(other), "{other}");
        }
    }
}
