//! Pieces → blocks: what the page, the program and the scanner added is taken away, and what they broke is joined.
//!
//! Nothing here knows what a document says; `understand` does.

mod columns;
mod contents;
mod furniture;
mod glyphs;
mod hyphen;
mod join;
mod long;
mod ocr;
mod unfold;

pub use ocr::{Ambiguity, Omission, Repair, Vocabulary};

use super::{Block, Line, Piece, Turn};
use crate::model::Quality;

/// A source without what does not belong to its text.
#[derive(Clone, Debug)]
pub struct Cleaned {
    pub blocks: Vec<Block>,
    /// Headers, footers and page numbers in the source's order.
    pub furniture: Vec<Line>,
    pub quality: Quality,
    /// Words that had exactly one Swedish reading.
    pub repairs: Vec<Repair>,
    /// Words that had several, left as they were.
    pub ambiguous: Vec<Ambiguity>,
    /// Noise of figures that was left out.
    pub omitted: Vec<Omission>,
}

/// Cleans a source. `vocabulary` is only asked where the text has been through a scanner.
pub fn clean(pieces: Vec<Piece>, vocabulary: &Vocabulary) -> Cleaned {
    let Sorted { lines, mut marked, furniture: mut known } = sort(pieces);
    let (lines, found) = furniture::split(unfold::unfold(lines));
    known.extend(found);
    known.sort_by_key(|line| line.number);
    let lines = contents::without_contents(lines);
    let quality = ocr::quality(lines.iter().chain(marked.iter().flat_map(|block| &block.lines)));
    let scanned = match quality {
        Quality::Ocr => ocr::restore(lines, vocabulary),
        Quality::Digital => ocr::Restored::untouched(lines),
    };
    let mut blocks = join::blocks(&columns::rows(scanned.lines));
    blocks.append(&mut marked);
    Cleaned {
        blocks,
        furniture: known,
        quality,
        repairs: scanned.repairs,
        ambiguous: scanned.ambiguous,
        omitted: scanned.omitted,
    }
}

struct Sorted {
    lines: Vec<Line>,
    marked: Vec<Block>,
    furniture: Vec<Line>,
}

/// Bare lines get their gaps and page turns; empty ones go.
fn sort(pieces: Vec<Piece>) -> Sorted {
    let mut sorted = Sorted { lines: Vec::new(), marked: Vec::new(), furniture: Vec::new() };
    let (mut gap, mut turn) = (0, Turn::SamePage);
    let artefact = glyphs::Artefacts::of(&pieces);
    for piece in pieces {
        match piece {
            Piece::PageBreak => turn = Turn::NewPage,
            Piece::Line { number, text } => {
                let text = artefact.mend(&text);
                if text.trim().is_empty() {
                    gap += 1;
                    continue;
                }
                let indent = text.chars().take_while(|c| c.is_whitespace()).count();
                for part in long::parts(text.trim()) {
                    sorted.lines.push(Line { number, text: part.trim().to_owned(), indent, gap, turn });
                    (gap, turn) = (0, Turn::SamePage);
                }
            }
            Piece::Block(mut block) => {
                block.text = artefact.mend(&block.text);
                block.lines.iter_mut().for_each(|line| line.text = artefact.mend(&line.text));
                if block.text.len() > long::LONGEST {
                    let parts = long::parts(&block.text);
                    sorted.marked.extend(parts.iter().map(|part| Block::marked(block.shape, *part, block.number())));
                } else {
                    sorted.marked.push(block);
                }
            }
            Piece::Furniture { number, text } => {
                let text = artefact.mend(&text).trim().to_owned();
                sorted.furniture.push(Line { number, text, indent: 0, gap: 0, turn: Turn::SamePage });
            }
        }
    }
    sorted
}
