//! Plain text, such as `pdftotext` gives: lines, and a form feed where a page ends.

use super::Refusal;
use super::flow::MOST_PIECES;
use crate::import::Piece;

/// The lines of a text in their order.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, Refusal> {
    bounds(text)?;
    let mut pieces = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (part, line) in line.split('\u{c}').enumerate() {
            if part > 0 {
                pieces.push(Piece::PageBreak);
            }
            pieces.push(Piece::Line { number: at + 1, text: line.to_owned() });
        }
    }
    Ok(if text.trim().is_empty() { Vec::new() } else { pieces })
}

/// Refuses more lines than can be held, before anything is made of them.
pub(super) fn bounds(text: &str) -> Result<(), Refusal> {
    let ends = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\x0c'));
    if ends.count() > MOST_PIECES { Err(Refusal::TooManyParts { limit: MOST_PIECES }) } else { Ok(()) }
}
