//! Plain text, such as `pdftotext` gives: lines, and a form feed where a page ends.

use crate::import::Piece;

/// The lines of a text in their order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (part, line) in line.split('\u{c}').enumerate() {
            if part > 0 {
                pieces.push(Piece::PageBreak);
            }
            pieces.push(Piece::Line { number: at + 1, text: line.to_owned() });
        }
    }
    if text.trim().is_empty() { Vec::new() } else { pieces }
}
