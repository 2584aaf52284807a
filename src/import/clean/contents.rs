//! A table of contents is a way to find text, not text: it goes.

use crate::import::Line;

pattern! {
    HEADING = r"(?i)^(?:innehåll|innehållsförteckning)$";
    LEADERS = r"(?:\.\s?){4,}\s*\d{0,3}$|…{2,}\s*\d{0,3}$|_{4,}\s*\d{1,3}$";
    ENTRY = r"^(?:§?\s?\d{1,2}(?:[.:]\d{1,2})*\.?\s+)?\S.{1,110}\s\d{1,3}$";
    NUMBERED = r"^\d{1,2}(?:[.:]\d{1,2})*\.?\s+\S";
}

/// The lines outside every table of contents.
pub(super) fn without_contents(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut within = Within::Text;
    for line in lines {
        within = match within {
            _ if HEADING.is_match(&line.text) => Within::Contents,
            Within::Contents if LEADERS.is_match(&line.text) || ENTRY.is_match(&line.text) => Within::Contents,
            // A long entry runs over to the line that has its page.
            Within::Contents if NUMBERED.is_match(&line.text) && line.text.len() > 70 => Within::Contents,
            _ if LEADERS.is_match(&line.text) => Within::Contents,
            _ => Within::Text,
        };
        if within == Within::Text {
            out.push(line);
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Text,
    Contents,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    #[test]
    fn only_the_contents_go() {
        let texts = [
            "Innehåll",
            "1 Bakgrund ........ 3",
            "1:1 Syfte 4",
            "2. Mål . . . . . . 5",
            "1 Bakgrund",
            "År 2026 var 12",
        ];
        let line = |(at, text): (usize, &&str)| Line {
            number: at + 1,
            text: (*text).to_owned(),
            indent: 0,
            gap: 0,
            turn: Turn::SamePage,
        };
        let kept = without_contents(texts.iter().enumerate().map(line).collect());
        let texts: Vec<&str> = kept.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["1 Bakgrund", "År 2026 var 12"]);
    }
}
