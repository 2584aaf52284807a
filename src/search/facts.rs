//! What is searched of a document beside its text: what the page tells of it in other words.

use super::sheet::{agreement_status, body_label};
use super::unit::Label;
use crate::model::{
    AgendaItem, Agreement, AgreementForm, Assignment, Body, BodyId, Date, Decision, Document, Kind, Meeting, Member,
    Party, PeriodStart, Portal,
};

/// What leads to every part of a document beside its title.
pub fn context(portal: &Portal, document: &Document) -> String {
    let mut out = Words::default();
    if let Some(id) = &document.body {
        let Label { name, also, .. } = body_label(portal, id);
        out.add(&name);
        also.iter().for_each(|name| out.add(name));
    }
    out.date(document.date);
    document.topics.iter().for_each(|id| out.add(portal.registers.topic_name(id)));
    out.add(form(&document.kind));
    [&document.dnr, &document.county].into_iter().flatten().for_each(|text| out.add(text));
    out.text
}

fn form(kind: &Kind) -> &'static str {
    match kind {
        Kind::Meeting(meeting) => meeting.form.label(),
        Kind::Assignment(assignment) => assignment.form.label(),
        Kind::Agreement(agreement) => agreement.form.map_or("Överenskommelse", AgreementForm::label),
        Kind::Page(_) => "",
    }
}

/// What the page tells in its fact box.
pub fn of_document(portal: &Portal, document: &Document) -> String {
    let mut out = Words { portal: Some(portal), ..Words::default() };
    out.add(document.version.as_deref().unwrap_or_default());
    match &document.kind {
        Kind::Agreement(agreement) => {
            out.add(&agreement_status(portal, document).map(|status| status.label()).unwrap_or_default());
            of_agreement(portal, agreement, &mut out);
        }
        Kind::Assignment(assignment) => of_assignment(assignment, &mut out),
        Kind::Meeting(meeting) => {
            for present in &meeting.present {
                out.add(&present.name);
                present.role.iter().chain(&present.organisation).for_each(|text| out.add(text));
            }
            meeting.venue.iter().for_each(|text| out.add(text));
        }
        Kind::Page(_) => {}
    }
    out.text
}

fn of_agreement(portal: &Portal, agreement: &Agreement, out: &mut Words<'_>) {
    agreement.parties.iter().for_each(|party| out.party(party));
    agreement.target_group.iter().for_each(|text| out.add(text));
    for event in &agreement.events {
        event.from.iter().for_each(|_| out.add("börjar gälla"));
        event.to.iter().for_each(|_| out.add("upphör, löper ut, slutar gälla"));
        [event.from, event.to, event.decided].into_iter().flatten().for_each(|date| out.add(&date.swedish()));
        event.decided_by.iter().for_each(|id| out.add(portal.registers.body_name(id)));
    }
}

fn of_assignment(assignment: &Assignment, out: &mut Words<'_>) {
    out.add(assignment.status.label());
    assignment.target_group.iter().for_each(|text| out.add(text));
    if let Some(period) = &assignment.period {
        if let Some(PeriodStart::Date(from)) = period.from {
            out.add(&from.swedish());
        }
        period.to.iter().for_each(|to| out.add(&to.swedish()));
    }
    for gate in &assignment.gates {
        out.add(&gate.label);
        out.date(gate.date);
        gate.what.iter().for_each(|what| out.add(what));
    }
    for role in &assignment.roles {
        out.add(&role.role);
        role.holders.iter().chain(&role.through).for_each(|party| out.party(party));
    }
    assignment.deliverables.iter().for_each(|deliverable| out.add(&deliverable.what));
    for funding in &assignment.funding {
        out.add(&funding.source);
        funding.code.iter().for_each(|code| out.add(code));
    }
    for follow_up in &assignment.follow_up {
        out.add("Uppföljning");
        out.add(follow_up.cadence.label());
        follow_up.what.iter().for_each(|what| out.add(what));
    }
    for mandate in &assignment.change_mandates {
        out.add(&mandate.concerns);
        mandate.decided_by.iter().for_each(|party| out.party(party));
    }
    for phase in &assignment.phases {
        out.add(&phase.name);
        phase.description.iter().for_each(|text| out.add(text));
    }
}

/// Who belongs to a body and what it has to do with others, as its page tells.
pub fn of_body(portal: &Portal, body: &Body) -> String {
    let mut out = Words { portal: Some(portal), ..Words::default() };
    if !body.members.is_empty() {
        out.add("Ingår, består av, medlemmar");
    }
    for member in &body.members {
        match member {
            Member::Body(id) => out.body(id),
            Member::Function(function) => out.add(function),
        }
    }
    [&body.above, &body.steered_by, &body.reports_to].into_iter().flatten().for_each(|id| out.body(id));
    out.text
}

/// What stands about an agenda item beside its text: who presented it, its number, decisions that others had taken.
pub fn of_item(portal: &Portal, meeting: &Meeting, item: &AgendaItem) -> String {
    let mut out = Words { portal: Some(portal), ..Words::default() };
    item.kinds.iter().for_each(|kind| out.add(kind.label()));
    item.presenters.iter().chain(&item.attachments).chain(&item.dnr).for_each(|text| out.add(text));
    for reported in meeting.reported.iter().filter(|reported| reported.item == item.number) {
        out.add("Beslut");
        reported.decided_by.iter().for_each(|party| out.party(party));
        reported.date.iter().for_each(|date| out.add(&date.swedish()));
        out.add(&reported.text);
        out.date(reported.until);
    }
    out.text
}

/// A decision is asked for by the day on which it was taken, and by its amount however that is written.
pub fn of_decision(document: &Document, decision: &Decision) -> String {
    let mut out = Words::default();
    out.add("Beslut");
    out.date(document.date);
    decision.facts.amount.iter().for_each(|amount| out.add(&amount.to_string()));
    out.text
}

/// Words gathered for the index, one group a line so that no phrase reaches from one into the next.
#[derive(Default)]
struct Words<'a> {
    portal: Option<&'a Portal>,
    text: String,
}

impl Words<'_> {
    fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.push_str(text);
            self.text.push_str(" .\n");
        }
    }

    fn date(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            self.add(&date.to_string());
        }
    }

    fn party(&mut self, party: &Party) {
        match (party, self.portal) {
            (Party::Body(id), _) => self.body(id),
            (Party::Text(text), _) => self.add(text),
        }
    }

    fn body(&mut self, id: &BodyId) {
        match self.portal {
            Some(portal) => self.add(portal.registers.body_name(id)),
            None => self.add(id.as_str()),
        }
    }
}
