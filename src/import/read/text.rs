//! Plain text, such as `pdftotext` gives: lines, and a form feed where a page ends.

use super::Refusal;
use super::flow::MOST_PIECES;
use crate::import::Piece;

/// The lines of a text in their order.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, Refusal> {
    if text.bytes().filter(|byte| matches!(byte, b'\n' | b'\x0c')).nth(MOST_PIECES).is_some() {
        return Err(Refusal::TooManyParts { limit: MOST_PIECES });
    }
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
