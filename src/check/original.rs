//! `originalet-visar-mer`: an original that is published shows what its document keeps from the public.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{DirectiveKind, Document, Draft, Kind, Visibility};

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let shown = document.original.as_ref().filter(|original| original.visibility == Visibility::Public);
    let Some(file) = shown.and_then(|original| original.file.as_deref()) else { return };
    if document.visibility == Visibility::Internal || document.draft == Draft::Draft {
        return;
    }
    let Some(hidden) = hidden(document) else { return };
    let place = document.place.of("fil", file.rsplit('/').next().unwrap_or(file));
    let message = format!("originalet publiceras helt, också det som sidan döljer: {hidden}");
    problems.push(
        Diagnostic::warning("originalet-visar-mer", place, message).hint(
            "ta bort `synlighet: publik` ur `original`, eller lägg dit en fil där det som är internt är borttaget",
        ),
    );
}

/// What the public edition leaves out of the document, in words.
fn hidden(document: &Document) -> Option<&'static str> {
    let block = document.text.directives.iter().any(|directive| directive.kind == DirectiveKind::Internal);
    let list = matches!(&document.kind, Kind::Meeting(meeting) if !meeting.present.is_empty());
    match (block, list) {
        (true, true) => Some("interna block och närvarolistan"),
        (true, false) => Some("interna block"),
        (false, true) => Some("närvarolistan"),
        (false, false) => None,
    }
}
