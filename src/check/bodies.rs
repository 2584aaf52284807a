//! `okänt-organ`: every body that is named by id stands in `organ.yaml`.

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::model::{BodyId, Document, Kind, Member, Party, Portal};

pub fn check(portal: &Portal, document: &Document, problems: &mut Vec<Diagnostic>) {
    for (key, id) in named(document) {
        known(portal, key, id, &document.place, problems);
    }
}

pub fn check_registers(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    for body in portal.registers.bodies.iter() {
        let relations = [
            ("överordnat", &body.above),
            ("styrs_av", &body.steered_by),
            ("uppdrag_från", &body.assignment_from),
            ("bereder_för", &body.prepares_for),
            ("rapporterar_till", &body.reports_to),
        ];
        for (key, ids) in relations {
            ids.iter().for_each(|id| known(portal, key, id, &body.place, problems));
        }
        for member in &body.members {
            if let Member::Body(id) = member {
                known(portal, "organ", id, &body.place, problems);
            }
        }
    }
    for term in &portal.registers.terms {
        term.body.iter().for_each(|id| known(portal, "organ", id, &term.place, problems));
    }
}

fn known(portal: &Portal, key: &str, id: &BodyId, place: &Place, problems: &mut Vec<Diagnostic>) {
    let bodies = &portal.registers.bodies;
    if bodies.get(id.as_str()).is_some() {
        return;
    }
    let problem = Diagnostic::error("okänt-organ", place.of(key, id.as_str()), format!("okänt organ `{id}`"));
    problems.push(match nearest(id.as_str(), bodies.ids()) {
        Some(near) => problem.hint(format!("menade du `{near}`?")),
        None => problem.hint("lägg till organet i `site/organ.yaml`, eller skriv dess namn med stor bokstav"),
    });
}

/// Every body that a document names by id, with the key it stands under.
fn named(document: &Document) -> Vec<(&'static str, &BodyId)> {
    let mut out: Vec<(&'static str, &BodyId)> = document.body.iter().map(|id| ("organ", id)).collect();
    out.extend(parties(document).into_iter().filter_map(|(key, party)| match party {
        Party::Body(id) => Some((key, id)),
        Party::Text(_) => None,
    }));
    if let Kind::Agreement(agreement) = &document.kind {
        out.extend(agreement.events.iter().filter_map(|event| Some(("organ", event.decided_by.as_ref()?))));
    }
    out
}

/// Every party that a document names, with the key it stands under.
pub fn parties(document: &Document) -> Vec<(&'static str, &Party)> {
    let mut out = Vec::new();
    match &document.kind {
        Kind::Meeting(meeting) => {
            let taken = meeting.decisions.iter().flat_map(|decision| &decision.facts.gives);
            let reported = meeting.reported.iter().flat_map(|decision| &decision.facts.gives);
            out.extend(taken.chain(reported).map(|given| ("till", &given.to)));
            let prepared = meeting.decisions.iter().flat_map(|decision| &decision.facts.prepared_by);
            out.extend(prepared.map(|party| ("beredd_av", party)));
            out.extend(meeting.reported.iter().filter_map(|decision| Some(("organ", decision.decided_by.as_ref()?))));
        }
        Kind::Assignment(assignment) => {
            for role in &assignment.roles {
                out.extend(role.holders.iter().map(|party| ("innehavare", party)));
                out.extend(role.through.iter().map(|party| ("genom", party)));
            }
            out.extend(assignment.gates.iter().flat_map(|gate| &gate.by).map(|party| ("av", party)));
            out.extend(
                assignment.deliverables.iter().flat_map(|deliverable| &deliverable.to).map(|party| ("till", party)),
            );
            out.extend(assignment.follow_up.iter().flat_map(|follow_up| &follow_up.by).map(|party| ("vem", party)));
            out.extend(assignment.follow_up.iter().flat_map(|follow_up| &follow_up.to).map(|party| ("till", party)));
            out.extend(
                assignment
                    .change_mandates
                    .iter()
                    .flat_map(|mandate| &mandate.decided_by)
                    .map(|party| ("beslutas_av", party)),
            );
        }
        Kind::Agreement(agreement) => {
            out.extend(agreement.parties.iter().map(|party| ("parter", party)));
            out.extend(agreement.adoptions.iter().map(|adoption| ("part", &adoption.party)));
        }
        Kind::Page(_) => {}
    }
    out
}
