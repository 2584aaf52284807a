//! Swedish typography of running text: numbers, units and paragraph signs are not torn apart at a line's end.

use std::borrow::Cow;

/// `16 961 335 kr` and `§ 12` with no-break spaces. Nothing else is touched, so the words stay the author's.
pub fn no_break(text: &str) -> Cow<'_, str> {
    // `§` begins with the byte 0xC2. All bytes are looked at, many at a time, since few texts have one of these.
    if !text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit() | (byte == 0xC2)) {
        return Cow::Borrowed(text);
    }
    let spaces: Vec<usize> =
        text.match_indices(' ').map(|(at, _)| at).filter(|&at| binds(&text[..at], &text[at + 1..])).collect();
    if spaces.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + spaces.len());
    let mut from = 0;
    for at in spaces {
        out.push_str(&text[from..at]);
        out.push('\u{a0}');
        from = at + 1;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Whether the space between them keeps them on one line.
fn binds(before: &str, after: &str) -> bool {
    let number = before.ends_with(|c: char| c.is_ascii_digit());
    if !number && !before.ends_with('§') {
        return false;
    }
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let unit = || ["kr", "mnkr", "tkr", "%", "§"].iter().any(|unit| is_word(after, unit));
    if number { digits == 3 || unit() } else { digits > 0 }
}

fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binds_numbers_units_and_paragraphs() {
        assert_eq!(no_break("om 16 961 335 kr, enligt § 12"), "om 16\u{a0}961\u{a0}335\u{a0}kr, enligt §\u{a0}12");
        assert_eq!(no_break("8 a §"), "8 a §");
        for free in ["29 januari 2026", "punkt 5 och 7", "åå 12 kronor", "den 1 april"] {
            assert_eq!(no_break(free), free);
        }
    }
}
