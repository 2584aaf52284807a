//! Real documents become reviewed portal documents: reading, cleaning, understanding, and writing the draft.
//!
//! Each stage is a function: bytes → pieces → blocks → [`Draft`] → Markdown. Nothing is invented: what the text does not
//! hold is absent from the draft and has a question with the lines that bear on it. Nothing here asks the editor or
//! writes a file.

pub mod again;
pub mod answer;
mod block;
pub mod clean;
mod document;
mod draft;
mod identity;
mod marks;
pub mod read;
pub mod review;
pub mod understand;

pub use block::{Block, Line, Piece, Shape, Turn};
pub use clean::{Cleaned, Vocabulary, clean};
pub use document::{Kept, document, document_id};
pub use draft::*;
pub use read::{Refusal, read};
pub use understand::understand;

use crate::model::Registers;

/// A file's bytes all the way to what was understood. `name` tells its format; `vocabulary` is what a scanned text is
/// compared with: [`Vocabulary::of`] the registers, and on an editor's machine [`Vocabulary::with_installed`].
pub fn draft(name: &str, bytes: &[u8], registers: &Registers, vocabulary: &Vocabulary) -> Result<Draft, Refusal> {
    let pieces = read(name, bytes)?;
    let page_starts = if read::has_pages(name) { page_starts(&pieces) } else { Vec::new() };
    let cleaned = clean(pieces, vocabulary);
    identity::refuse_personal(&cleaned)?;
    let mut draft = Draft { page_starts, ..understand(&cleaned, registers) };
    draft.warnings.extend(read::remark(name).map(str::to_owned));
    Ok(draft)
}

/// The line on which each page after the first begins.
fn page_starts(pieces: &[Piece]) -> Vec<usize> {
    let follows = pieces.iter().zip(pieces.iter().skip(1));
    let starts = follows.filter_map(|(piece, next)| match (piece, next) {
        (Piece::PageBreak, Piece::Line { number, .. }) => Some(*number),
        _ => None,
    });
    starts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_where_a_form_feed_stands() {
        let pieces = read("x.txt", "ett\n\u{c}två\ntre\n\u{c}fyra\n".as_bytes()).expect("a text");
        assert_eq!(page_starts(&pieces), [2, 4]);
        assert!(read::has_pages("Protokoll.PDF") && !read::has_pages("protokoll.docx"));
    }
}
