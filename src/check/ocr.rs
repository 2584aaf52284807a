//! `ocr-ej-granskad`: a text that a machine read off a picture has been compared with it by a person.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Quality};

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    if document.quality == Quality::Ocr && document.proofread.is_none() {
        problems.push(
            Diagnostic::warning(
                "ocr-ej-granskad",
                document.place.of("källkvalitet", "ocr"),
                "texten är maskinellt avläst och inte korrekturläst",
            )
            .hint("läs den mot originalet och skriv `korrekturläst:` med dagens datum"),
        );
    }
}
