//! `tom-portal`: a portal without a document is a mistake, not a site.

use crate::diagnostic::{Diagnostic, Place};
use crate::model::Portal;

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    if portal.documents.is_empty() {
        problems.push(
            Diagnostic::error("tom-portal", Place::path("content"), "portalen har inga dokument")
                .hint("lägg till ett dokument med `samverk new möte \"Titel\"` eller `samverk import FIL`"),
        );
    }
}
