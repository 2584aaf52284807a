//! The collaboration structure as SVG, drawn at build time from the register of bodies.

use crate::model::{Body, Portal};

/// The whole structure; `None` without bodies.
pub fn structure(_portal: &Portal, _root: &str) -> Option<String> {
    None
}

/// The structure in small, for the start page.
pub fn overview(_portal: &Portal, _root: &str) -> Option<String> {
    None
}

/// A body and those it has a relation to; `None` when it has none.
pub fn around(_portal: &Portal, _body: &Body, _root: &str) -> Option<String> {
    None
}
