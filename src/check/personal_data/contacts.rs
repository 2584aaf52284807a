//! E-mail addresses and Swedish telephone numbers in running text.

use std::ops::Range;

/// Where e-mail addresses stand. A link `@/…` and a name `@person` are none.
pub fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_local = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let before: usize = text[..at].chars().rev().take_while(is_local).map(char::len_utf8).sum();
        let is_domain = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let after: usize = text[at + 1..].chars().take_while(is_domain).map(char::len_utf8).sum();
        let domain = text[at + 1..at + 1 + after].trim_end_matches(['.', '-']);
        let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
        let whole = before > 0 && ending.len() > 1 && ending.chars().all(char::is_alphabetic);
        whole.then(|| at - before..at + 1 + domain.len())
    })
}

/// Where telephone numbers stand: an area code or a mobile's first digits after 0 or +46, and five digits or more.
///
/// Dates, amounts, diarienummer and organisation numbers begin otherwise, or are grouped otherwise.
pub fn telephones(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut free = 0;
    memchr::memchr2_iter(b'0', b'+', text.as_bytes()).filter_map(move |at| {
        if at < free || goes_on(&text[..at]) {
            return None;
        }
        let end = telephone(&text[at..])?;
        free = at + end;
        Some(at..free)
    })
}

/// Whether digits after `before` are the end of something longer. After a word, a colon or a full stop begins a number.
fn goes_on(before: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '+' | '–');
    before.ends_with(joins)
        || before.strip_suffix([':', '.']).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}

/// Length of the telephone number that `text` begins with.
fn telephone(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (start, abroad) = match ["+46", "0046"].into_iter().find(|prefix| text.starts_with(prefix)) {
        Some(prefix) => {
            let rest = text[prefix.len()..].trim_start_matches([' ', '\u{a0}', '-']);
            let rest = rest.strip_prefix("(0)").unwrap_or(rest).trim_start_matches([' ', '\u{a0}']);
            (text.len() - rest.len(), true)
        }
        None if text.starts_with('0') => (1, false),
        None => return None,
    };
    let first = digits(start);
    let code = &text[start..start + first];
    let mut at = start + first;
    let mut count = first;
    // Unparted, only a mobile's number or one from abroad is a telephone number for sure.
    let parted = separator(&text[at..]).filter(|_| (1..=3).contains(&first));
    match parted {
        Some(length) => at += length,
        None => return ((first == 9 && code.starts_with('7')) || (abroad && (7..=9).contains(&first))).then_some(at),
    }
    if !abroad && !is_area(code) {
        return None;
    }
    loop {
        let group = digits(at);
        let whole = (2..=3).contains(&group) || (count == first && (5..=8).contains(&group));
        if !whole {
            return None;
        }
        at += group;
        count += group;
        let next =
            text[at..].strip_prefix([' ', '\u{a0}']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        match next {
            Some(rest) if count < 9 => at = text.len() - rest.len(),
            _ => break,
        }
    }
    let ends = !text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
    (ends && (7..=10).contains(&count)).then_some(at)
}

fn separator(text: &str) -> Option<usize> {
    const SIGNS: [char; 5] = ['-', '–', '\u{2011}', '/', ' '];
    let rest = text.strip_prefix(' ').filter(|rest| rest.starts_with(['-', '–'])).unwrap_or(text);
    let after = rest.strip_prefix(SIGNS)?;
    let after = after.strip_prefix(' ').unwrap_or(after);
    Some(text.len() - after.len())
}

/// Digits after the 0 of a Swedish area code or a mobile's number: 8, two or three digits.
fn is_area(code: &str) -> bool {
    match code.len() {
        1 => code == "8",
        2 => !code.starts_with('0'),
        3 => !code.starts_with(['0', '7']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_links_and_names() {
        let text = "Skriv till anna.berg@example.se, inte @anna, [länk](@/moten/x.md) eller a@b. Se åsa@kommun.se.";
        let found: Vec<&str> = addresses(text).map(|span| &text[span]).collect();
        assert_eq!(found, ["anna.berg@example.se", "åsa@kommun.se"]);
    }

    #[test]
    fn telephone_numbers_are_told_from_other_numbers() {
        for number in [
            "070-123 45 67",
            "0701234567",
            "08-123 456 78",
            "023-49 00 00",
            "+46 70 123 45 67",
            "+46701234567",
            "0243-735 00",
            "010-123 45 67",
            "0046 (0)23 490 000",
            "070 – 123 45 67",
        ] {
            let text = format!("Ring {number}, tack.");
            let found: Vec<&str> = telephones(&text).map(|span| &text[span]).collect();
            assert_eq!(found, [number]);
        }
        for text in ["Tel:070-123 45 67", "tfn.070-1234567", "[ring](tel:0701234567)", "(tel:+46701234567)"] {
            assert_eq!(telephones(text).count(), 1, "{text}");
        }
        for other in [
            "2026-01-29",
            "1998:0701234567",
            "10.0701234567",
            "16 961 335 kr",
            "556677-8899",
            "SN 2026/0187",
            "75402",
            "1993:387",
            "SFS 2018:1937",
            "01-29 2026",
            "kl. 09.00–12.00",
            "0,5 procent",
            "100 000 kr",
            "05-12 2026",
            "ISBN 978-91-7000-001-0",
            "20 000 000",
        ] {
            assert_eq!(telephones(other).count(), 0, "{other}");
        }
    }
}
