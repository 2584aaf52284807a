//! Lines → blocks: which line goes on where the one above ended, and which begins something new.

use super::hyphen::OwnWords;
use super::long::LONGEST;
use crate::import::{Block, Line, Shape, Turn, marks};
use crate::model::label;

pattern! {
    ENDED = r"[.:;!?]”?$";
    CLAUSE_ENDED = r"(?:[.;:,!?]|\bsamt|,\s*och)$";
    /// Names end where their line does, unless it says that it goes on.
    PRESENTER = r"^(?:Föredragande|Föredragare|Föredras av|Föredragning)\s*:";
    GOES_ON = r"(?:[,-]|\boch|\bsamt|\bför|\bi|\bav|\bpå|\bvid)$";
    ATTACHMENT = r"^\(\s*[Bb]ilag";
}

/// Joins lines to paragraphs, list items, and rows of tables.
pub(super) fn blocks(lines: &[Line]) -> Vec<Block> {
    let own = OwnWords::of(lines.iter().map(|line| line.text.as_str()));
    let page = Page::of(lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match blocks.last_mut().filter(|block| page.continues(block, line, page.spacing(lines, at))) {
            Some(block) => {
                own.append(&mut block.text, &line.text);
                block.lines.push(line.clone());
            }
            None => blocks.push(open(line)),
        }
    }
    blocks
}

fn open(line: &Line) -> Block {
    let (shape, text) = match marks::bullet(&line.text) {
        Some(length) => (Shape::Item(u8::from(line.text.starts_with(['–', '—']))), &line.text[length..]),
        None if line.text.contains("  ") => (Shape::Table, line.text.as_str()),
        None => (Shape::Paragraph, line.text.as_str()),
    };
    Block { shape, text: text.to_owned(), lines: vec![line.clone()] }
}

/// How lines are set around a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Single,
    /// Every line is followed by an empty one.
    Double,
}

struct Page {
    /// Signs in a full line.
    width: usize,
    spacing: Spacing,
}

impl Page {
    fn of(lines: &[Line]) -> Self {
        let mut widths: Vec<usize> = lines.iter().map(|line| length(&line.text)).filter(|&width| width >= 45).collect();
        widths.sort_unstable();
        let width = widths.get(widths.len() * 4 / 5).copied().unwrap_or(80);
        Self { width, spacing: spacing(lines, 0.6) }
    }

    fn spacing(&self, lines: &[Line], at: usize) -> Spacing {
        let near = &lines[at.saturating_sub(6)..lines.len().min(at + 7)];
        if self.spacing == Spacing::Double { Spacing::Double } else { spacing(near, 0.75) }
    }

    fn continues(&self, block: &Block, line: &Line, spacing: Spacing) -> bool {
        let last = block.lines.last().expect("a block has lines");
        if self.begins(block, last, line) || block.text.len() > LONGEST {
            return false;
        }
        let ended = ENDED.is_match(&last.text);
        if PRESENTER.is_match(&block.text)
            && !GOES_ON.is_match(&last.text)
            && !line.text.starts_with(char::is_lowercase)
        {
            return false;
        }
        let lower = line.text.starts_with(|c: char| c.is_lowercase());
        if ATTACHMENT.is_match(&line.text) && marks::is_numbered(&block.lines[0].text) {
            return line.gap < 3;
        }
        if last.text.ends_with('-') && lower {
            return true;
        }
        if line.turn == Turn::NewPage {
            return !ended && (lower || self.is_full(last, line) && line.gap < 3);
        }
        let loose = line.gap > usize::from(spacing == Spacing::Double);
        if loose {
            return lower && !ended && length(&last.text) * 2 > self.width && line.gap <= 3;
        }
        if lower {
            !last.text.ends_with(':')
        } else {
            self.is_full(last, line) || self.is_leftover(block, last) && !line.text.starts_with(char::is_uppercase)
        }
    }

    /// Marks that open something whatever stands above.
    fn begins(&self, block: &Block, last: &Line, line: &Line) -> bool {
        let text = &line.text;
        let is_row = |text: &str| text.contains("  ");
        if is_row(text) || is_row(&last.text) || matches!(block.shape, Shape::Heading(_) | Shape::Table) {
            return true;
        }
        let introduces = marks::decider(&block.text).is_some_and(|decider| decider.introduces());
        if marks::is_clause(text) {
            let in_clause = marks::is_clause(&block.text) || marks::decider(&block.text).is_some();
            let before = CLAUSE_ENDED.is_match(&last.text) || !self.is_full(last, line);
            return introduces
                || label::is_label(&block.text)
                || in_clause && before
                || ENDED.is_match(&last.text) && line.gap > 0;
        }
        let opens_list = text.ends_with(':') && ENDED.is_match(&last.text) && text.starts_with(char::is_uppercase);
        introduces && !text.starts_with(|c: char| c.is_lowercase())
            || opens_list
            || marks::bullet(text).is_some()
            || marks::is_numbered(text)
            || marks::is_field(text)
            || label::is_label(text)
            || marks::is_day(text)
            || marks::is_field_name(text)
            || marks::is_field_name(&block.text)
            || label::is_label(&block.text)
            || marks::decider(text).is_some_and(|decider| decider.introduces())
    }

    /// A word or two that had no room on the line above, where a page broke lines that were broken already.
    fn is_leftover(&self, block: &Block, last: &Line) -> bool {
        let above = block.lines.len().checked_sub(2).map(|at| &block.lines[at]);
        last.gap == 0 && length(&last.text) * 2 < self.width && above.is_some_and(|above| self.is_full(above, last))
    }

    /// Whether the next word had no room on the line: then the break is the page's, not the writer's.
    fn is_full(&self, last: &Line, next: &Line) -> bool {
        let word = next.text.split_whitespace().next().unwrap_or_default();
        (length(&last.text) + 1 + length(word)) * 100 > self.width * 90
    }
}

/// Two lines in five or more stand close in ordinary text.
fn spacing(lines: &[Line], share: f32) -> Spacing {
    let count = |gap: usize| lines.iter().skip(1).filter(|line| line.gap == gap).count() as f32;
    let (close, apart) = (count(0), count(1));
    if apart >= 3.0 && apart / (close + apart) >= share { Spacing::Double } else { Spacing::Single }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        let mut lines: Vec<Line> = Vec::new();
        let (mut gap, mut turn) = (0, Turn::SamePage);
        for (at, text) in text.lines().enumerate() {
            match text {
                "" => gap += 1,
                "=" => turn = Turn::NewPage,
                _ => {
                    lines.push(Line { number: at + 1, text: text.to_owned(), indent: 0, gap, turn });
                    (gap, turn) = (0, Turn::SamePage);
                }
            }
        }
        blocks(&lines).into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn every_line_followed_by_an_empty_one() {
        let text = "4. Beslut: En plan för regional samverkan och psykisk hälsa och\n\nsuicidprevention (Bilaga 2)\n\nNätverket beslutade\n\natt anta planen för det gemensamma arbetet i länet och dess\n\nkommuner.\n\natt följa upp den.\n\n\nNästa stycke börjar här.";
        assert_eq!(
            joined(text),
            [
                "4. Beslut: En plan för regional samverkan och psykisk hälsa och suicidprevention (Bilaga 2)",
                "Nätverket beslutade",
                "att anta planen för det gemensamma arbetet i länet och dess kommuner.",
                "att följa upp den.",
                "Nästa stycke börjar här."
            ]
        );
    }

    #[test]
    fn a_clause_goes_on_over_a_page() {
        let text = "Nätverket beslutade\natt rekommendera huvudmännen att anta den\n=\növerenskommelse som gäller.";
        assert_eq!(joined(text)[1], "att rekommendera huvudmännen att anta den överenskommelse som gäller.");
    }

    #[test]
    fn lists_and_fields_stand_by_themselves() {
        let text = "Föredragande: Bo Ek, chef\nEva Al, chef\n• ett som är långt nog att gå över till den rad som\nkommer sedan\n• två";
        assert_eq!(
            joined(text),
            [
                "Föredragande: Bo Ek, chef",
                "Eva Al, chef",
                "ett som är långt nog att gå över till den rad som kommer sedan",
                "två"
            ]
        );
    }
}
