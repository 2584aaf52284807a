//! `upphörd-utan-ersättare`: an agreement whose time has run out is prolonged, replaced or said to be ended.

use crate::diagnostic::Diagnostic;
use crate::model::{EventKind, Kind, Portal, Relation, StatusKind};

pub fn check(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    for document in &portal.documents {
        let Kind::Agreement(agreement) = &document.kind else { continue };
        let (status, event) = portal.status(agreement);
        let ran_out = match status.kind {
            StatusKind::PerhapsProlonged => true,
            // What was given notice or repealed was meant to end.
            StatusKind::Ended => {
                event.is_some_and(|event| !matches!(event.kind, EventKind::Terminated | EventKind::Repealed))
            }
            _ => false,
        };
        let has_successor =
            || portal.backlinks(&document.id).iter().any(|backlink| backlink.relation == Relation::Replaces);
        let Some(until) = status.until.filter(|_| ran_out && !has_successor()) else { continue };
        problems.push(
            Diagnostic::warning(
                "upphörd-utan-ersättare",
                document.place.of("till", &until.to_string()),
                format!("överenskommelsen upphörde {until} och inget dokument ersätter den"),
            )
            .hint("lägg till händelsen `förlängd` eller `ersatt` under `giltighet`, eller skriv `ersätter` i den nya överenskommelsen"),
        );
    }
}
