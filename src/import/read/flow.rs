//! What the word processors' readers gather: paragraphs and rows in order, and how they become pieces.

use super::Refusal;
use crate::import::{Block, Piece, Shape};

/// The most text that one document may hold, in bytes.
pub(super) const MOST_TEXT: usize = 4 << 20;
/// The most paragraphs, rows or lines: each costs many times its text when it is short.
pub(super) const MOST_PIECES: usize = 100_000;

/// The heading above the notes, which stand at the end of a text that has no pages.
const NOTES: &str = "Noter";

/// Paragraphs and rows in reading order.
#[derive(Default)]
pub(super) struct Flow {
    parts: Vec<(Manner, String)>,
    furniture: Vec<String>,
    /// Where the notes begin.
    notes_from: Option<usize>,
    /// Bytes of text and number of paragraphs met so far, those of open paragraphs and tables with them.
    size: usize,
    count: usize,
}

/// What the word processor knows of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    Heading(u8),
    Item(u8),
    Row,
    PageBreak,
}

impl Flow {
    /// Adds a paragraph; an empty one keeps its place as an empty line.
    pub(super) fn add(&mut self, manner: Manner, text: &str) {
        self.parts.push((manner, text.trim_end().to_owned()));
    }

    /// What comes now are notes, which belong to no item or section of the text.
    pub(super) fn begin_notes(&mut self) {
        self.notes_from = Some(self.parts.len());
    }

    /// Adds a line of a header or footer.
    pub(super) fn add_furniture(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.furniture.push(text.trim().to_owned());
        }
    }

    /// Text that was met, wherever it will stand.
    pub(super) fn grow(&mut self, bytes: usize) {
        self.size += bytes;
    }

    /// A paragraph that was met.
    pub(super) fn count(&mut self) {
        self.count += 1;
    }

    /// Refuses more than can be held and understood.
    pub(super) fn bounds(&self) -> Result<(), Refusal> {
        if self.size > MOST_TEXT {
            return Err(Refusal::TooMuchText { limit: MOST_TEXT >> 20 });
        }
        if self.count > MOST_PIECES { Err(Refusal::TooManyParts { limit: MOST_PIECES }) } else { Ok(()) }
    }

    /// A row of cells, each with its paragraphs. A row that lays out running text is taken apart into it.
    pub(super) fn add_row(&mut self, cells: &[Vec<(Manner, String)>]) {
        let filled: Vec<&Vec<(Manner, String)>> =
            cells.iter().filter(|cell| cell.iter().any(|(_, text)| !text.trim().is_empty())).collect();
        let running =
            |cell: &Vec<(Manner, String)>| cell.iter().filter(|(_, text)| !text.trim().is_empty()).count() > 4;
        if filled.len() == 1 || filled.iter().any(|cell| running(cell)) {
            filled.into_iter().flatten().for_each(|(manner, text)| self.add(*manner, text));
            return;
        }
        let joined = |cell: &&Vec<(Manner, String)>| {
            cell.iter().flat_map(|(_, text)| text.split_whitespace()).collect::<Vec<_>>().join(" ")
        };
        let row: Vec<String> = filled.iter().map(joined).collect();
        if !row.is_empty() {
            self.add(Manner::Row, &row.join("  "));
        }
    }

    /// Text that was only poured into a word processor is lines; anything else is blocks.
    pub(super) fn pieces(self) -> Vec<Piece> {
        let poured = self.is_poured();
        let furniture = self.furniture.iter().map(|text| Piece::Furniture { number: 1, text: text.clone() });
        let mut pieces: Vec<Piece> = furniture.collect();
        for (at, (manner, text)) in self.parts.iter().enumerate() {
            let number = at + 1;
            if self.notes_from == Some(at) && self.parts[at..].iter().any(|(_, text)| !text.trim().is_empty()) {
                pieces.push(block(Shape::Heading(1), NOTES, number));
            }
            match manner {
                Manner::PageBreak => pieces.push(Piece::PageBreak),
                _ if poured => pieces.push(Piece::Line { number, text: text.clone() }),
                _ if text.trim().is_empty() => {}
                Manner::Heading(level) => pieces.push(block(Shape::Heading(*level), text, number)),
                Manner::Item(depth) => pieces.push(block(Shape::Item(*depth), text, number)),
                Manner::Row => pieces.push(block(Shape::Table, text, number)),
                // A line break within a paragraph begins something of its own.
                Manner::Plain => {
                    pieces.extend(text.lines().filter(|line| !line.trim().is_empty()).map(|line| plain(line, number)))
                }
            }
        }
        if self.parts.iter().all(|(_, text)| text.trim().is_empty()) { Vec::new() } else { pieces }
    }

    /// No styles, and paragraphs that go on in small letters where others ended.
    fn is_poured(&self) -> bool {
        let texts: Vec<&String> = self
            .parts
            .iter()
            .filter(|(manner, text)| *manner == Manner::Plain && !text.trim().is_empty())
            .map(|(_, text)| text)
            .collect();
        let styled =
            self.parts.iter().any(|(manner, _)| matches!(manner, Manner::Heading(_) | Manner::Item(_) | Manner::Row));
        let small = texts
            .iter()
            .filter(|text| text.trim_start().starts_with(char::is_lowercase) && !text.trim_start().starts_with("att "))
            .count();
        !styled && texts.len() > 8 && small * 6 > texts.len()
    }
}

/// A bullet that someone typed is a bullet.
fn plain(line: &str, number: usize) -> Piece {
    match crate::import::marks::bullet(line.trim()) {
        Some(length) => block(Shape::Item(0), &line.trim()[length..], number),
        None => block(Shape::Paragraph, line, number),
    }
}

fn block(shape: Shape, text: &str, number: usize) -> Piece {
    let text = match shape {
        Shape::Table => text.trim().to_owned(),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Piece::Block(Block::marked(shape, text, number))
}
