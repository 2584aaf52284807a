//! `uppdrag-utan-mottagare`, `uppdrag-utan-uppföljning`: somebody receives what an assignment gives, and follows it up.

use super::Around;
use crate::diagnostic::Diagnostic;
use crate::model::{Assignment, AssignmentStatus, Document, Draft, Kind};

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let Kind::Assignment(assignment) = &document.kind else { return };
    let is_over = matches!(assignment.status, AssignmentStatus::Ended | AssignmentStatus::Replaced);
    if is_over || document.draft == Draft::Draft {
        return;
    }
    if !has_receiver(assignment) {
        problems.push(
            Diagnostic::warning(
                "uppdrag-utan-mottagare",
                document.place.of("roller", ""),
                "uppdraget säger inte vem som tar emot resultatet",
            )
            .hint("lägg till rollen `Mottagare` under `roller`, om underlaget säger vem det är"),
        );
    }
    if assignment.follow_up.is_empty() {
        problems.push(
            Diagnostic::warning(
                "uppdrag-utan-uppföljning",
                document.place.of("typ", ""),
                "uppdraget säger inte hur det följs upp",
            )
            .hint("lägg till `uppföljning` med `kadens` och `vem`, om underlaget säger det"),
        );
    }
}

fn has_receiver(assignment: &Assignment) -> bool {
    let named = |role: &str| role.to_lowercase().contains("mottagare");
    assignment.roles.iter().any(|role| named(&role.role) && !role.holders.is_empty())
}
