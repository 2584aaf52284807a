//! `typ: möte`: the record, what the text itself says, and the two joined.

use super::decisions::{Unread, Why, proceedings};
use super::documents::{Reader, document_ids, party};
use super::front_matter::OneOrMany;
use super::headings::{self, Numbering};
use super::own_body::own_body;
use super::records::{FactsRecord, GivenRecord, MeetingRecord, MeetingWord, PresenceRecord, ReportedRecord};
use super::values::{date, partial};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{
    AssignmentGiven, Decision, DecisionFacts, DecisionId, Document, Formality, Kind, Meeting, MeetingForm, Presence,
    ReportedDecision, TopicId,
};
use std::collections::BTreeMap;

impl Reader<'_> {
    pub fn meeting(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let (common, (form, venue, date_source, present, facts, reported)) =
            self.decode::<MeetingRecord>(problems)?.split();
        let form = match form {
            Some(MeetingWord::Notes) | None => MeetingForm::Notes,
            Some(MeetingWord::Minutes) => MeetingForm::Minutes,
            Some(MeetingWord::Notice) => MeetingForm::Notice,
        };
        let (text, blocks, found) = headings::text(self.source, self.body.clone(), Numbering::Items);
        problems.extend(found);
        let body = self.body_id(&common);
        let own = own_body(body.as_ref(), self.context.registers);
        let mut read = proceedings(&text, &blocks, form, &own);
        self.add_facts(&mut read.decisions, facts.unwrap_or_default(), problems);
        problems.extend(read.unread.into_iter().filter_map(|unread| self.unread(unread)));
        let meeting = Meeting {
            form,
            venue,
            date_source,
            present: present.into_iter().flatten().map(presence).collect(),
            agenda: read.agenda,
            decisions: read.decisions,
            rulings: read.rulings,
            reported: self.reported(reported.unwrap_or_default(), problems),
        };
        Some(self.finish(common, Kind::Meeting(meeting), text, problems))
    }

    /// "X beslutade" of which no decision was made. X is not the meeting's body nor another one of the register: most
    /// often a name that is written in another way there. Or X is the body, and what it decided does not stand as
    /// decisions do. Nobody would miss them before they are looked for.
    fn unread(&self, unread: Unread) -> Option<Diagnostic> {
        let Unread { who, why, span } = unread;
        let registers = self.context.registers;
        let line = self.source.text[span.clone()].lines().next().unwrap_or_default();
        let span = span.start..span.start + line.trim_end().len();
        let known = || registers.bodies.iter().any(|body| own_body(Some(&body.id), registers).is(&who));
        let (message, hint) = match why {
            Why::NotOwn if known() => return None,
            Why::NotOwn => (
                format!("besluten läses inte: `{who}` är inte mötets organ, och finns inte i organregistret"),
                "skriv organets namn som i `site/organ.yaml`; har ett annat organ beslutat, skriv det under `återgivna_beslut`",
            ),
            Why::NoClause => (
                format!("inget beslut läses här, fast `{who}` beslutar"),
                "börja stycket med organet och skriv ”att …” efter verbet eller i en lista under det; berättar stycket om ett tidigare beslut, skriv dagen efter verbet",
            ),
            Why::BelowLabel => (
                format!("`{who}` beslutar här under något som inte är beslut, så inget läses"),
                "är det mötets beslut, sätt rubriken `### Beslut` ovanför; hör det till förslaget ovanför, gör det till rubriken `### Förslag till beslut`",
            ),
        };
        Some(Diagnostic::warning("beslut-oläst", Place::at(self.source, span), message).hint(hint))
    }

    fn add_facts(
        &self,
        decisions: &mut [Decision],
        facts: BTreeMap<String, FactsRecord>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let known: Vec<String> = decisions.iter().map(|decision| decision.id.to_string()).collect();
        for (key, record) in facts {
            let Some(decision) = decisions.iter_mut().find(|decision| decision.id.as_str() == key) else {
                let problem = Diagnostic::error(
                    "okänt-beslut",
                    self.place.of(&key, ""),
                    format!("mötet har inget beslut `{key}`"),
                );
                let ids = known.join(", ");
                problems.push(problem.hint(if known.is_empty() {
                    "texten har inga beslut".to_owned()
                } else {
                    format!("besluten är: {ids}")
                }));
                continue;
            };
            if let Some(formal) = record.formalia {
                decision.formality = if formal { Formality::Formal } else { Formality::Substantive };
            }
            decision.facts = self.facts(record, problems);
        }
    }

    fn facts(&self, record: FactsRecord, problems: &mut Vec<Diagnostic>) -> DecisionFacts {
        let FactsRecord {
            antar,
            förlänger,
            upphäver,
            ger_uppdrag,
            fullgör,
            beredd_av,
            noterar,
            ämnen,
            belopp,
            källsida,
            formalia: _,
        } = record;
        DecisionFacts {
            adopts: document_ids(antar),
            prolongs: document_ids(förlänger),
            terminates: document_ids(upphäver),
            gives: self.given(ger_uppdrag, problems),
            fulfils: fullgör.0,
            prepared_by: beredd_av.0.into_iter().map(party).collect(),
            notes: document_ids(noterar),
            topics: ämnen.into_iter().map(TopicId::new).collect(),
            amount: belopp,
            source_page: källsida,
        }
    }

    fn given(&self, records: OneOrMany<GivenRecord>, problems: &mut Vec<Diagnostic>) -> Vec<AssignmentGiven> {
        let records = records.0.into_iter();
        records
            .map(|GivenRecord { till, vad, senast }| AssignmentGiven {
                to: party(till),
                what: vad,
                due: senast.and_then(|due| partial("senast", &due, &self.place, problems)),
            })
            .collect()
    }

    fn reported(&self, records: Vec<ReportedRecord>, problems: &mut Vec<Diagnostic>) -> Vec<ReportedDecision> {
        let mut count: BTreeMap<String, u32> = BTreeMap::new();
        records
            .into_iter()
            .map(|record| {
                let ReportedRecord {
                    punkt,
                    organ,
                    datum,
                    vad,
                    till,
                    antar,
                    förlänger,
                    upphäver,
                    ger_uppdrag,
                    fullgör,
                    ämnen,
                    källsida,
                } = record;
                let number = count.entry(punkt.0.clone()).or_default();
                *number += 1;
                ReportedDecision {
                    id: DecisionId::new(format!("r-{}-{number}", punkt.0.trim_start_matches('§').trim())),
                    item: punkt.0,
                    decided_by: organ.map(party),
                    date: datum.and_then(|date| partial("datum", &date, &self.place, problems)),
                    text: vad,
                    until: till.and_then(|until| date("till", &until, &self.place, problems)),
                    facts: DecisionFacts {
                        adopts: document_ids(antar),
                        prolongs: document_ids(förlänger),
                        terminates: document_ids(upphäver),
                        gives: self.given(ger_uppdrag, problems),
                        fulfils: fullgör.0,
                        topics: ämnen.into_iter().map(TopicId::new).collect(),
                        source_page: källsida,
                        ..DecisionFacts::default()
                    },
                }
            })
            .collect()
    }
}

fn presence(record: PresenceRecord) -> Presence {
    let PresenceRecord { namn, roll, organisation } = record;
    Presence { name: namn, role: roll, organisation }
}
