//! `typ: överenskommelse`: parties and what happened to the validity.

use super::documents::{Reader, party, reference};
use super::event_order::in_order;
use super::headings::{self, Numbering};
use super::records::{AdoptionRecord, AgreementRecord, AgreementWord, EventRecord, EventWord};
use super::values::{date, partial};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Adoption, Agreement, AgreementForm, BodyId, Document, DocumentId, EventKind, Kind, ValidityEvent};

impl Reader<'_> {
    pub fn agreement(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let (common, own) = self.decode::<AgreementRecord>(problems)?.split();
        let (form, parties, target_group, events, adoptions, builds_on, notice, contradictions) = own;
        let agreement = Agreement {
            form: form.map(|form| match form {
                AgreementWord::Regional => AgreementForm::Regional,
                AgreementWord::Local => AgreementForm::Local,
                AgreementWord::State => AgreementForm::State,
            }),
            parties: parties.into_iter().flatten().map(party).collect(),
            target_group,
            events: self.events(events.unwrap_or_default(), problems),
            adoptions: adoptions.into_iter().flatten().map(|record| self.adoption(record, problems)).collect(),
            builds_on: builds_on.map(DocumentId::new),
            notice,
            contradictions: contradictions.unwrap_or_default(),
        };
        let (text, _, found) = headings::text(self.source, self.body.clone(), Numbering::Sections);
        problems.extend(found);
        Some(self.finish(common, Kind::Agreement(agreement), text, problems))
    }

    fn events(&self, records: Vec<EventRecord>, problems: &mut Vec<Diagnostic>) -> Vec<ValidityEvent> {
        let events: Vec<_> = records.into_iter().map(|record| self.event(record, problems)).collect();
        for event in &events {
            let (Some(from), Some(to)) = (event.from, event.to) else { continue };
            if to.last_day() < from.first_day() {
                let message = format!("händelsen `{}` slutar {to}, innan den börjar {from}", event.kind.key());
                problems.push(contradiction(self.place.of("till", &to.to_string()), message));
            }
        }
        in_order(events).unwrap_or_else(|events| {
            let message = "händelserna under `giltighet` kan inte ha skett i någon ordning som alla datum medger";
            problems.push(contradiction(self.place.of("giltighet", ""), message.to_owned()));
            events
        })
    }

    fn event(&self, record: EventRecord, problems: &mut Vec<Diagnostic>) -> ValidityEvent {
        let EventRecord { händelse, från, till, datum, tills, av, beslut, organ, källa } = record;
        let kind = match händelse {
            EventWord::Adopted => EventKind::Adopted,
            EventWord::Prolonged => EventKind::Prolonged,
            EventWord::Conditional => EventKind::Conditional(tills.unwrap_or_default()),
            EventWord::Revised => EventKind::Revised,
            EventWord::Replaced => EventKind::Replaced(av.map(DocumentId::new)),
            EventWord::Terminated => EventKind::Terminated,
            EventWord::Repealed => EventKind::Repealed,
        };
        ValidityEvent {
            kind,
            from: från.and_then(|from| partial("från", &from, &self.place, problems)),
            to: till.and_then(|to| partial("till", &to, &self.place, problems)),
            decided: datum.and_then(|day| partial("datum", &day, &self.place, problems)),
            decision: beslut.and_then(|text| self.decision_ref("beslut", &text, problems)),
            decided_by: organ.map(BodyId::new),
            source: källa.map(reference),
        }
    }

    fn adoption(&self, record: AdoptionRecord, problems: &mut Vec<Diagnostic>) -> Adoption {
        let AdoptionRecord { part, datum, beslut } = record;
        Adoption {
            party: party(part),
            date: datum.and_then(|day| date("datum", &day, &self.place, problems)),
            decision: beslut.and_then(|text| self.decision_ref("beslut", &text, problems)),
        }
    }
}

fn contradiction(place: Place, message: String) -> Diagnostic {
    Diagnostic::error("giltighet-motsägelse", place, message)
        .hint("jämför med originalet: `datum` är dagen för beslutet, `från` den första dagen och `till` den sista")
}
