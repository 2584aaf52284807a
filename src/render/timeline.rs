//! An agreement's life as a bar of its periods, drawn at build time.

use crate::model::{Agreement, Date, Document};

/// The timeline as SVG; `None` when no period has both ends.
pub fn svg(_document: &Document, _agreement: &Agreement, _today: Date) -> Option<String> {
    None
}
