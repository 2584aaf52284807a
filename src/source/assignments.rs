//! `typ: uppdrag`: roles, period, gates, deliverables, follow-up.

use super::documents::{Reader, parties, party};
use super::headings::{self, Numbering};
use super::records::{
    AssignmentRecord, AssignmentWord, CadenceWord, DeliverableRecord, FollowUpRecord, FundingRecord, GateRecord,
    MandateRecord, PeriodRecord, PhaseRecord, RoleRecord, StatusWord,
};
use super::values::{date, partial};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Assignment, AssignmentForm, AssignmentStatus, Cadence, Certainty, ChangeMandate, Deliverable, Document, Ending,
    FollowUp, Funding, Gate, Kind, PartialDate, Period, PeriodStart, Phase, Role,
};

impl Reader<'_> {
    pub fn assignment(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let (common, own) = self.decode::<AssignmentRecord>(problems)?.split();
        let (
            form,
            roles,
            period,
            phases,
            gates,
            deliverables,
            follow_up,
            funding,
            mandates,
            adopted,
            status,
            group,
            contradictions,
        ) = own;
        let assignment = Assignment {
            form: match form {
                Some(AssignmentWord::Description) | None => AssignmentForm::Description,
                Some(AssignmentWord::Directive) => AssignmentForm::Directive,
                Some(AssignmentWord::ProjectDirective) => AssignmentForm::ProjectDirective,
            },
            roles: roles.into_iter().flatten().map(role).collect(),
            period: period.map(|record| self.period(record, problems)),
            phases: phases.into_iter().flatten().map(|record| self.phase(record, problems)).collect(),
            gates: gates.into_iter().flatten().map(|record| self.gate(record, problems)).collect(),
            deliverables: deliverables.into_iter().flatten().map(|record| self.deliverable(record, problems)).collect(),
            follow_up: follow_up.into_iter().flatten().map(|record| self.follow_up(record, problems)).collect(),
            funding: funding
                .into_iter()
                .flatten()
                .map(|FundingRecord { källa, belopp, kod }| Funding {
                    source: källa,
                    amount: belopp,
                    code: kod.map(|code| code.0),
                })
                .collect(),
            change_mandates: mandates
                .into_iter()
                .flatten()
                .map(|MandateRecord { gäller, beslutas_av }| ChangeMandate {
                    concerns: gäller,
                    decided_by: parties(beslutas_av),
                })
                .collect(),
            adopted: adopted.and_then(|text| self.decision_ref("antaget", &text, problems)),
            status: match status {
                Some(StatusWord::Draft) => AssignmentStatus::Draft,
                Some(StatusWord::Ongoing) => AssignmentStatus::Ongoing,
                Some(StatusWord::Ended) => AssignmentStatus::Ended,
                Some(StatusWord::Replaced) => AssignmentStatus::Replaced,
                Some(StatusWord::Unknown) | None => AssignmentStatus::Unknown,
            },
            target_group: group,
            contradictions: contradictions.unwrap_or_default(),
        };
        let (text, _, found) = headings::text(self.source, self.body.clone(), Numbering::Sections);
        problems.extend(found);
        Some(self.finish(common, Kind::Assignment(assignment), text, problems))
    }

    fn period(&self, record: PeriodRecord, problems: &mut Vec<Diagnostic>) -> Period {
        let PeriodRecord { från, till, tills_vidare, preliminär } = record;
        Period {
            from: från.map(|from| match PartialDate::parse(&from.0) {
                Some(date) => PeriodStart::Date(date),
                None => PeriodStart::Words(from.0),
            }),
            to: till.and_then(|to| partial("till", &to, &self.place, problems)),
            open_ended: if tills_vidare { Ending::UntilFurtherNotice } else { Ending::Fixed },
            certainty: if preliminär { Certainty::Preliminary } else { Certainty::Firm },
        }
    }

    fn phase(&self, record: PhaseRecord, problems: &mut Vec<Diagnostic>) -> Phase {
        let PhaseRecord { namn, från, till, beskrivning } = record;
        Phase {
            name: namn,
            from: från.and_then(|from| partial("från", &from, &self.place, problems)),
            to: till.and_then(|to| partial("till", &to, &self.place, problems)),
            description: beskrivning,
        }
    }

    fn gate(&self, record: GateRecord, problems: &mut Vec<Diagnostic>) -> Gate {
        let GateRecord { bp, datum, vad, av } = record;
        let date = datum.and_then(|day| date("datum", &day, &self.place, problems));
        Gate { label: bp, date, what: vad, by: parties(av) }
    }

    fn deliverable(&self, record: DeliverableRecord, problems: &mut Vec<Diagnostic>) -> Deliverable {
        let DeliverableRecord { vad, till, senast } = record;
        let due = senast.and_then(|due| partial("senast", &due, &self.place, problems));
        Deliverable { what: vad, to: parties(till), due }
    }

    fn follow_up(&self, record: FollowUpRecord, problems: &mut Vec<Diagnostic>) -> FollowUp {
        let FollowUpRecord { kadens, vem, till, första, vad } = record;
        FollowUp {
            cadence: match kadens {
                CadenceWord::Continuous => Cadence::Continuous,
                CadenceWord::Monthly => Cadence::Monthly,
                CadenceWord::Quarterly => Cadence::Quarterly,
                CadenceWord::HalfYearly => Cadence::HalfYearly,
                CadenceWord::Yearly => Cadence::Yearly,
            },
            by: vem.map(party),
            to: till.map(party),
            first: första.and_then(|first| date("första", &first, &self.place, problems)),
            what: vad,
        }
    }
}

fn role(record: RoleRecord) -> Role {
    let RoleRecord { roll, innehavare, genom } = record;
    Role { role: roll, holders: parties(innehavare), through: genom.map(party) }
}
