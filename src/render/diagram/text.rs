//! How wide a text is and where it may break. No font is at hand at build time, so a table stands in for it.

use std::borrow::Cow;

/// Advance widths of U+0020 to U+007E in thousandths of the font size: for each sign the widest of Arial, Open Sans
/// and Noto Sans (measured), which Segoe UI and Roboto do not exceed.
const WIDTHS: [u16; 95] = [
    278, 278, 408, 646, 572, 889, 732, 225, 333, 333, 552, 584, 278, 333, 278, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 730, 667, 611, 778, 741, 339, 500, 667, 556, 907,
    760, 781, 667, 781, 722, 667, 611, 731, 667, 944, 667, 667, 611, 329, 372, 329, 572, 556, 577, 561, 615, 500, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 500, 361, 618, 508, 786, 529, 510, 500, 380,
    551, 380, 584,
];

/// The width in pixels that `text` needs at `size`, rounded up.
pub fn width(text: &str, size: i32) -> i32 {
    let thousandths: i32 = text.chars().map(|c| i32::from(advance(c))).sum();
    (thousandths * size + 999) / 1000
}

fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => WIDTHS[c as usize - 32],
        'å' | 'ä' | 'á' | 'à' | 'â' | 'é' | 'è' | 'ê' | 'ë' => WIDTHS['a' as usize - 32],
        'ö' | 'ó' | 'ô' | 'ø' | 'ü' | 'ú' | '–' => WIDTHS['n' as usize - 32],
        'Å' | 'Ä' | 'Á' | 'É' => WIDTHS['A' as usize - 32],
        'Ö' | 'Ø' | 'Ü' => WIDTHS['O' as usize - 32],
        '\u{a0}' | '·' | '’' => WIDTHS[0],
        _ => 1000,
    }
}

/// The words' greatest width: a box that is to hold `text` without breaking a word is at least as wide.
pub fn longest(text: &str, size: i32) -> i32 {
    pieces(text).map(|piece| width(piece.trim_end(), size)).max().unwrap_or(0)
}

/// `text` in lines of at most `room` pixels. A word that is wider by itself is broken with a hyphen.
pub fn wrap(text: &str, size: i32, room: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line, size) + width(piece.trim_end(), size) > room {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(piece);
        while width(line.trim_end(), size) > room && line.chars().count() > 2 {
            let rest = split(&mut line, size, room);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line);
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines.retain(|line| !line.is_empty());
    lines
}

/// The parts between which a line may break: after a space, a hyphen and a slash.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-', '/', '–'])
}

/// Cuts `line` to what fits with a hyphen after it; gives back the rest.
fn split(line: &mut String, size: i32, room: i32) -> String {
    let fits = |end: usize| width(&line[..end], size) + width("-", size) <= room;
    let ends = line.char_indices().map(|(at, _)| at).skip(1);
    let end = ends.clone().take_while(|&at| fits(at)).last().or_else(|| ends.clone().next()).unwrap_or(line.len());
    let rest = line.split_off(end);
    line.push('-');
    rest
}

/// `text` as it may stand in an element or an attribute.
pub fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_their_room() {
        let text = "Divisionsledning psykiatri och habilitering, IFO-chefsnätverk och brukarinflytandesamordnare";
        for room in [40, 80, 130, 400] {
            let lines = wrap(text, 13, room);
            assert!(lines.iter().all(|line| width(line, 13) <= room), "{room}: {lines:?}");
            assert_eq!(lines.concat().replace(['-', ' '], ""), text.replace(['-', ' '], ""), "{room}");
        }
    }

    #[test]
    fn a_hyphen_or_a_slash_stays_on_its_line() {
        assert_eq!(wrap("LSS/SoL-chefsnätverk", 13, 110), ["LSS/SoL-", "chefsnätverk"]);
        assert_eq!(wrap("", 13, 110), Vec::<String>::new());
    }
}
