//! `händelse-utan-datum`, `ersatt-saknas`: what ends an agreement says when, and stands in the one that it ends.

use crate::diagnostic::Diagnostic;
use crate::model::{Agreement, Applies, Document, EventKind, Kind, Portal};

pub fn check(portal: &Portal, document: &Document, problems: &mut Vec<Diagnostic>) {
    let Kind::Agreement(agreement) = &document.kind else { return };
    undated(portal, document, agreement, problems);
    for id in &document.replaces {
        let Some(replaced) = portal.document(id.as_str()) else { continue };
        if let Kind::Agreement(old) = &replaced.kind {
            one_sided(portal, document, replaced, old, problems);
        }
    }
}

/// An end without a day leaves it open whether the agreement applies.
fn undated(portal: &Portal, document: &Document, agreement: &Agreement, problems: &mut Vec<Diagnostic>) {
    let events = portal.events(agreement);
    for event in events.iter().filter(|event| event.kind.ends() && event.over().is_none()) {
        let (key, notice) = (event.kind.key(), event.kind == EventKind::Terminated);
        let hint = if notice {
            "skriv `från` med den första dagen som överenskommelsen inte gäller, eller `till` med den sista som den gäller"
        } else {
            "skriv `från` eller `datum`; år räcker om dagen inte är känd"
        };
        problems.push(
            Diagnostic::warning(
                "händelse-utan-datum",
                document.place.of("händelse", key),
                format!("händelsen `{key}` säger inte när överenskommelsen slutar gälla"),
            )
            .hint(hint),
        );
    }
}

/// The page of the old one says that it is replaced, and its status that it applies.
fn one_sided(portal: &Portal, new: &Document, replaced: &Document, old: &Agreement, problems: &mut Vec<Diagnostic>) {
    let told = old.events.iter().any(|event| matches!(event.kind, EventKind::Replaced(_)));
    if told || portal.status(old).0.applies() == Applies::No {
        return;
    }
    problems.push(
        Diagnostic::warning(
            "ersatt-saknas",
            new.place.of("ersätter", replaced.id.as_str()),
            format!("`{}` ersätts av detta men räknas ännu som gällande", replaced.id),
        )
        .hint(format!(
            "lägg till `- {{händelse: ersatt, av: {}, från: ÅÅÅÅ-MM-DD}}` under `giltighet` i `{}`",
            new.id, replaced.place.source.path
        )),
    );
}
