//! `okänt-dokument`, `okänt-beslut`: every document and decision that is named by id is there.

use crate::diagnostic::{Diagnostic, Place, Severity, nearest};
use crate::model::{DecisionRef, Document, DocumentId, EventKind, Kind, Portal, Reference, by_number};

pub fn check(portal: &Portal, document: &Document, problems: &mut Vec<Diagnostic>) {
    for (key, id) in documents(document) {
        if portal.document(id.as_str()).is_none() {
            problems.push(unknown_document(portal, &document.place, key, &id));
        }
    }
    for (key, reference) in decisions(document) {
        check_decision(portal, document, key, reference, problems);
    }
    check_items(document, problems);
}

/// The documents that `organ.yaml` gives as sources. Registers may be shared by portals that hold different documents:
/// a source that is not here is told, and left out.
pub fn check_registers(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    for body in portal.registers.bodies.iter() {
        let former = body.former_names.iter().filter_map(|former| former.source.as_ref());
        for source in body.source.iter().chain(former) {
            if let Reference::Document(id) = source
                && portal.document(id.as_str()).is_none()
            {
                let unknown = unknown_document(portal, &body.place, "källa", id);
                problems.push(Diagnostic { severity: Severity::Warning, ..unknown });
            }
        }
    }
}

fn unknown_document(portal: &Portal, place: &Place, key: &str, id: &DocumentId) -> Diagnostic {
    let id = id.as_str();
    let problem = Diagnostic::error("okänt-dokument", place.of(key, id), format!("okänt dokument `{id}`"));
    match nearest(id, portal.documents.iter().map(|known| known.id.as_str())) {
        Some(near) => problem.hint(format!("menade du `{near}`?")),
        None => problem.hint("ange dokumentets sökväg under `content/`, utan `.md`"),
    }
}

fn documents(document: &Document) -> Vec<(&'static str, DocumentId)> {
    let mut out: Vec<(&'static str, DocumentId)> = Vec::new();
    out.extend(document.replaces.iter().map(|id| ("ersätter", id.clone())));
    let references = [("grundas_på", &document.founded_on), ("relaterar", &document.relates)];
    for (key, references) in references {
        out.extend(references.iter().filter_map(|reference| match reference {
            Reference::Document(id) => Some((key, id.clone())),
            Reference::Text(_) => None,
        }));
    }
    let taken = document.decisions().iter().map(|decision| &decision.facts);
    let reported = document.reported().iter().map(|decision| &decision.facts);
    for facts in taken.chain(reported) {
        let lists = [
            ("antar", &facts.adopts),
            ("förlänger", &facts.prolongs),
            ("upphäver", &facts.terminates),
            ("noterar", &facts.notes),
        ];
        out.extend(lists.into_iter().flat_map(|(key, ids)| ids.iter().map(move |id| (key, id.clone()))));
        out.extend(
            facts
                .fulfils
                .iter()
                .map(|target| ("fullgör", DocumentId::new(target.split('#').next().unwrap_or_default()))),
        );
    }
    if let Kind::Agreement(agreement) = &document.kind {
        out.extend(agreement.builds_on.iter().map(|id| ("bygger_på", id.clone())));
        for event in &agreement.events {
            if let EventKind::Replaced(Some(id)) = &event.kind {
                out.push(("av", id.clone()));
            }
            if let Some(Reference::Document(id)) = &event.source {
                out.push(("källa", id.clone()));
            }
        }
    }
    out
}

fn decisions(document: &Document) -> Vec<(&'static str, &DecisionRef)> {
    match &document.kind {
        Kind::Assignment(assignment) => assignment.adopted.iter().map(|reference| ("antaget", reference)).collect(),
        Kind::Agreement(agreement) => {
            let events = agreement.events.iter().filter_map(|event| event.decision.as_ref());
            let adoptions = agreement.adoptions.iter().filter_map(|adoption| adoption.decision.as_ref());
            events.chain(adoptions).map(|reference| ("beslut", reference)).collect()
        }
        Kind::Meeting(_) | Kind::Page(_) => Vec::new(),
    }
}

fn check_decision(
    portal: &Portal,
    document: &Document,
    key: &str,
    reference: &DecisionRef,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(meeting) = portal.document(reference.document.as_str()) else {
        problems.push(unknown_document(portal, &document.place, key, &reference.document));
        return;
    };
    if portal.decision(reference).is_none() && portal.reported(reference).is_none() {
        let taken = meeting.decisions().iter().map(|decision| decision.id.anchor());
        let known: Vec<_> = taken.chain(meeting.reported().iter().map(|decision| decision.id.anchor())).collect();
        problems.push(
            Diagnostic::error(
                "okänt-beslut",
                document.place.of(key, &reference.to_string()),
                format!("`{}` har inget beslut `{}`", reference.document, reference.decision.anchor()),
            )
            .hint(format!("besluten där är: {}", known.join(", "))),
        );
    }
}

/// A reported decision or an attachment names an item of its own meeting.
fn check_items(document: &Document, problems: &mut Vec<Diagnostic>) {
    let Kind::Meeting(meeting) = &document.kind else { return };
    let known = |number: &str| meeting.agenda.iter().any(|item| by_number(&item.number, number).is_eq());
    let reported = meeting.reported.iter().map(|decision| decision.item.as_str());
    let attached = document.attachments.iter().filter_map(|attachment| attachment.item.as_deref());
    for number in reported.chain(attached).filter(|number| !known(number)) {
        let items: Vec<&str> = meeting.agenda.iter().map(|item| item.number.as_str()).collect();
        problems.push(
            Diagnostic::error(
                "okänd-punkt",
                document.place.of("punkt", number),
                format!("mötet har ingen punkt `{number}`"),
            )
            .hint(format!("punkterna är: {}", items.join(", "))),
        );
    }
}
