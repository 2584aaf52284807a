//! `content/**.md` into sections and documents.

use super::decisions::{OwnBody, proceedings};
use super::directives::without_internal;
use super::files::{AssetFile, Sources};
use super::front_matter::{OneOrMany, decode, split};
use super::headings::{self, Numbering, join};
use super::records::*;
use super::registers::{date, partial};
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use crate::model::*;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a document's reading depends on besides its own file.
pub struct Context<'a> {
    pub registers: &'a Registers,
    pub inherited: &'a Inherited,
    pub sources: &'a Sources,
    /// The site's own county.
    pub county: Option<&'a str>,
}

/// The `förval` of every folder that has some.
#[derive(Clone, Debug, Default)]
pub struct Inherited(BTreeMap<String, DefaultsRecord>);

impl Inherited {
    /// The defaults for a document in `folder` (below `content/`), nearest folder first.
    fn get<T>(&self, folder: &str, key: impl Fn(&DefaultsRecord) -> Option<T>) -> Option<T> {
        let mut folder = folder;
        loop {
            if let Some(value) = self.0.get(folder).and_then(&key) {
                return Some(value);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
}

/// Reads one document. Its path gives its id; `None` when nothing of it can be used.
pub fn document(source: &Arc<SourceText>, context: &Context<'_>) -> (Option<Document>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let document = read(source, context, &mut problems).map(|document| {
        let cut = without_internal_blocks(&document, context.registers).map(Arc::new);
        Document { cut, ..document }
    });
    (document, problems)
}

/// The same document without its internal blocks; `None` when it has none.
///
/// Its faults have been reported already. Decisions keep the ids they have in the whole document.
fn without_internal_blocks(document: &Document, registers: &Registers) -> Option<Document> {
    let source = without_internal(&document.text.source, document.text.span.clone())?;
    let (_, body) = split(&source).ok()?;
    let mut document = document.clone();
    match &mut document.kind {
        Kind::Meeting(meeting) => {
            let own = own_body(document.body.as_ref(), registers);
            let mut known = numbered(&meeting.agenda, std::mem::take(&mut meeting.decisions));
            let (text, blocks, _) = headings::text(&source, body, Numbering::Items);
            let read = proceedings(&text, &blocks, meeting.form, &own);
            (meeting.agenda, meeting.rulings, meeting.decisions) = (read.agenda, read.rulings, read.decisions);
            for (number, decision) in numbered(&meeting.agenda, std::mem::take(&mut meeting.decisions)) {
                let same = known.iter().position(|(other, old)| *other == number && old.text == decision.text);
                let Decision { id, facts, formality, .. } = match same {
                    Some(at) => known.remove(at).1,
                    None => decision.clone(),
                };
                meeting.decisions.push(Decision { id, facts, formality, ..decision });
            }
            let items: Vec<&str> = meeting.agenda.iter().map(|item| item.number.as_str()).collect();
            let kept = |number: &str| items.iter().any(|item| by_number(item, number).is_eq());
            meeting.reported.retain(|reported| kept(&reported.item));
            document.attachments.retain(|attachment| attachment.item.as_deref().is_none_or(kept));
            document.text = text;
        }
        kind => document.text = headings::text(&source, body, numbering(kind)).0,
    }
    Some(document)
}

/// A text without its internal blocks.
fn public_text(text: &Text) -> Text {
    match without_internal(&text.source, text.span.clone()) {
        Some(source) => {
            let span = split(&source).map_or(0..source.text.len(), |(_, body)| body);
            headings::text(&source, span, Numbering::None).0
        }
        None => text.clone(),
    }
}

/// Decisions with their item's number, which stays when items before it are cut.
fn numbered(agenda: &[AgendaItem], decisions: Vec<Decision>) -> Vec<(Option<String>, Decision)> {
    let number = |decision: &Decision| decision.item.map(|at| agenda[at].number.clone());
    decisions.into_iter().map(|decision| (number(&decision), decision)).collect()
}

/// Reads every `_index.md`, and what the documents below inherit from it.
pub fn sections(sources: &Sources, problems: &mut Vec<Diagnostic>) -> (BTreeMap<String, Section>, Inherited) {
    let mut sections = BTreeMap::new();
    let mut inherited = Inherited::default();
    for (path, source) in &sources.texts {
        let Some(folder) = path.strip_prefix("content/").and_then(|path| path.strip_suffix("_index.md")) else {
            continue;
        };
        let folder = folder.trim_end_matches('/').to_owned();
        let (yaml, body) = match split(source) {
            Ok(spans) => spans,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let (record, found) = decode::<SectionRecord>(source, yaml.clone());
        problems.extend(found);
        let Some(mut record) = record else { continue };
        let visibility = record.förval.synlighet.map(VisibilityWord::visibility);
        inherited.0.insert(folder.clone(), std::mem::take(&mut record.förval));
        let (text, _, found) = headings::text(source, body, Numbering::None);
        problems.extend(found);
        sections.insert(folder.clone(), section(folder, record, visibility, text, Place::at(source, yaml)));
    }
    (sections, inherited)
}

fn section(path: String, record: SectionRecord, visibility: Option<Visibility>, text: Text, place: Place) -> Section {
    let SectionRecord { titel, beskrivning, mall, per_sida, vikt, sortering, förval: _ } = record;
    let name = path.rsplit('/').next().unwrap_or_default();
    Section {
        title: titel.map_or_else(|| name.to_owned(), |title| title.0),
        description: beskrivning,
        template: mall,
        per_page: per_sida,
        weight: vikt.unwrap_or_default(),
        sort: match sortering {
            Some(SortWord::Title) => SortBy::Title,
            Some(SortWord::Weight) => SortBy::Weight,
            Some(SortWord::Date) | None => SortBy::Date,
        },
        visibility,
        public_text: Some(public_text(&text)).filter(|text| !text.markdown().trim().is_empty()),
        text: Some(text).filter(|text| !text.markdown().trim().is_empty()),
        path,
        place,
    }
}

fn read(source: &Arc<SourceText>, context: &Context<'_>, problems: &mut Vec<Diagnostic>) -> Option<Document> {
    let (yaml, body) = split(source).map_err(|problem| problems.push(problem)).ok()?;
    let id = id(source, problems);
    let section = id.as_str().rsplit_once('/').map_or("", |(section, _)| section).to_owned();
    let place = Place::at(source, yaml.clone());
    let written = type_word(&source.text[yaml.clone()]);
    let typ = written.clone().or_else(|| context.inherited.get(&section, |defaults| defaults.typ.clone()));
    let reader = Reader { source, yaml, body, place, id, section, context };
    match typ.as_deref() {
        Some("möte") => reader.meeting(problems),
        Some("uppdrag") => reader.assignment(problems),
        Some("överenskommelse") => reader.agreement(problems),
        Some("sida") | None => reader.page(problems),
        Some(other) => {
            let known = ["möte", "uppdrag", "överenskommelse", "sida"];
            let problem = Diagnostic::error("okänd-typ", reader.place.of("typ", other), format!("okänd typ `{other}`"));
            problems.push(match nearest(other, known) {
                Some(near) => problem.hint(format!("menade du `{near}`?")),
                None => problem.hint(format!("välj en av: {}", known.join(", "))),
            });
            None
        }
    }
}

/// The document's id, from its path. A path that cannot be a web address on every host is reported.
fn id(source: &SourceText, problems: &mut Vec<Diagnostic>) -> DocumentId {
    let path = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let ascii = path.split('/').map(slug_file).collect::<Vec<_>>().join("/");
    if ascii != path || path.len() > 110 {
        let message = if ascii == path {
            "filens sökväg är längre än 110 tecken".to_owned()
        } else {
            format!("filnamnet `{path}.md` duger inte som webbadress")
        };
        problems.push(
            Diagnostic::error("filnamn", Place::path(source.path.clone()), message)
                .hint(format!("byt namn på filen till `content/{ascii}.md`")),
        );
    }
    DocumentId::new(ascii)
}

fn slug_file(part: &str) -> String {
    part.split('.').map(slug).collect::<Vec<_>>().join(".")
}

/// The value of a top-level `typ:`. The record to read is chosen by it, before YAML is read.
fn type_word(yaml: &str) -> Option<String> {
    let value = yaml.lines().find_map(|line| line.strip_prefix("typ:"))?;
    Some(value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned())
}

/// A file whose front matter is being turned into a document.
struct Reader<'a> {
    source: &'a Arc<SourceText>,
    yaml: Range<usize>,
    body: Range<usize>,
    place: Place,
    id: DocumentId,
    section: String,
    context: &'a Context<'a>,
}

impl Reader<'_> {
    fn decode<T: DeserializeOwned>(&self, problems: &mut Vec<Diagnostic>) -> Option<T> {
        let (record, found) = decode::<T>(self.source, self.yaml.clone());
        problems.extend(found);
        record
    }

    fn meeting(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
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
        let FactsRecord { antar, förlänger, upphäver, ger_uppdrag, fullgör, noterar, ämnen, belopp, formalia: _ } =
            record;
        DecisionFacts {
            adopts: document_ids(antar),
            prolongs: document_ids(förlänger),
            terminates: document_ids(upphäver),
            gives: self.given(ger_uppdrag, problems),
            fulfils: fullgör.0,
            notes: document_ids(noterar),
            topics: ämnen.into_iter().map(TopicId::new).collect(),
            amount: belopp,
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
                    punkt, organ, datum, vad, till, antar, förlänger, upphäver, ger_uppdrag, ämnen
                } = record;
                let number = count.entry(punkt.0.clone()).or_default();
                *number += 1;
                ReportedDecision {
                    id: DecisionId::new(format!("r-{}-{number}", punkt.0.trim_start_matches('§').trim())),
                    item: punkt.0,
                    decided_by: party(organ),
                    date: datum.and_then(|date| partial("datum", &date, &self.place, problems)),
                    text: vad,
                    until: till.and_then(|until| date("till", &until, &self.place, problems)),
                    facts: DecisionFacts {
                        adopts: document_ids(antar),
                        prolongs: document_ids(förlänger),
                        terminates: document_ids(upphäver),
                        gives: self.given(ger_uppdrag, problems),
                        topics: ämnen.into_iter().map(TopicId::new).collect(),
                        ..DecisionFacts::default()
                    },
                }
            })
            .collect()
    }

    fn assignment(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
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

    fn agreement(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
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
            events: events.into_iter().flatten().map(|record| self.event(record, problems)).collect(),
            adoptions: adoptions.into_iter().flatten().map(|record| self.adoption(record, problems)).collect(),
            builds_on: builds_on.map(DocumentId::new),
            notice,
            contradictions: contradictions.unwrap_or_default(),
        };
        let (text, _, found) = headings::text(self.source, self.body.clone(), Numbering::Sections);
        problems.extend(found);
        Some(self.finish(common, Kind::Agreement(agreement), text, problems))
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

    fn page(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let (common, (template, weight, menu)) = self.decode::<PageRecord>(problems)?.split();
        let (text, _, found) = headings::text(self.source, self.body.clone(), Numbering::None);
        problems.extend(found);
        let page = Page {
            template,
            weight: weight.unwrap_or_default(),
            in_menu: if menu == Some(true) { InMenu::Yes } else { InMenu::No },
        };
        Some(self.finish(common, Kind::Page(page), text, problems))
    }

    fn decision_ref(&self, key: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Option<DecisionRef> {
        let found = DecisionRef::parse(text);
        if found.is_none() {
            problems.push(
                Diagnostic::error(
                    "beslut-hänvisning",
                    self.place.of(key, text),
                    format!("`{text}` är ingen hänvisning till ett beslut"),
                )
                .hint("skriv dokumentets id, # och beslutets ankare: moten/2026-01-29-namn#b-6b-1"),
            );
        }
        found
    }

    fn body_id(&self, common: &CommonRecord) -> Option<BodyId> {
        let own = common.organ.clone();
        own.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.organ.clone())).map(BodyId::new)
    }

    fn finish(&self, common: CommonRecord, kind: Kind, text: Text, problems: &mut Vec<Diagnostic>) -> Document {
        let body = self.body_id(&common);
        let CommonRecord {
            titel,
            datum,
            organ: _,
            ämnen,
            synlighet,
            sammanfattning,
            dnr,
            version,
            versioner,
            bilagor,
            ersätter,
            grundas_på,
            relaterar,
            original,
            källkvalitet,
            alias,
            utkast,
            län,
        } = common;
        let defaults =
            |key: fn(&DefaultsRecord) -> Option<VisibilityWord>| self.context.inherited.get(&self.section, key);
        let visibility = synlighet.or_else(|| defaults(|defaults| defaults.synlighet));
        let visibility = visibility.map_or(Visibility::Internal, VisibilityWord::visibility);
        let quality =
            källkvalitet.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.källkvalitet));
        let county = län.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.län.clone()));
        let topics = ämnen.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.ämnen.clone()));
        if let Some(summary) = sammanfattning.as_deref().filter(|summary| summary.chars().count() > 300) {
            let length = summary.chars().count();
            problems.push(
                Diagnostic::error(
                    "lång-sammanfattning",
                    self.place.of("sammanfattning", ""),
                    format!("sammanfattningen har {length} tecken, högst 300 får plats"),
                )
                .hint("korta den till en eller två meningar"),
            );
        }
        Document {
            id: self.id.clone(),
            title: titel.0,
            date: datum.and_then(|day| date("datum", &day, &self.place, problems)),
            body,
            topics: topics.into_iter().flatten().map(TopicId::new).collect(),
            visibility,
            summary: sammanfattning,
            dnr: dnr.map(|dnr| dnr.0),
            version: version.map(|version| version.0),
            versions: versioner.into_iter().map(|record| self.revision(record, problems)).collect(),
            attachments: bilagor.into_iter().map(|record| self.attachment(record, problems)).collect(),
            replaces: document_ids(ersätter),
            founded_on: grundas_på.0.into_iter().map(reference).collect(),
            relates: relaterar.0.into_iter().map(reference).collect(),
            original: original.map(|record| self.original(record, problems)),
            quality: match quality {
                Some(QualityWord::Ocr) => Quality::Ocr,
                Some(QualityWord::Digital) | None => Quality::Digital,
            },
            aliases: alias.0,
            draft: if utkast { Draft::Draft } else { Draft::Finished },
            county: county.filter(|county| Some(county.as_str()) != self.context.county),
            kind,
            text,
            cut: None,
            place: self.place.clone(),
        }
    }

    fn revision(&self, record: RevisionRecord, problems: &mut Vec<Diagnostic>) -> Revision {
        let RevisionRecord { version, datum, kommentar } = record;
        let date = datum.and_then(|day| date("datum", &day, &self.place, problems));
        Revision { version: version.0, date, comment: kommentar }
    }

    fn attachment(&self, record: AttachmentRecord, problems: &mut Vec<Diagnostic>) -> Attachment {
        let AttachmentRecord { beteckning, punkt, titel, fil, synlighet } = record;
        Attachment {
            label: beteckning,
            item: punkt.map(|item| item.0),
            title: titel,
            file: fil.and_then(|file| self.file(&file, problems)).map(|(path, _)| path),
            visibility: synlighet.map_or(Visibility::Internal, VisibilityWord::visibility),
        }
    }

    fn original(&self, record: OriginalRecord, problems: &mut Vec<Diagnostic>) -> Original {
        let OriginalRecord { fil, sha256, finns_hos } = record;
        let file = fil.and_then(|file| self.file(&file, problems));
        if let (Some((path, asset)), Some(wanted)) = (&file, &sha256) {
            self.check_hash(path, asset, wanted, problems);
        }
        Original { file: file.map(|(path, _)| path), sha256, held_by: finns_hos }
    }

    fn check_hash(&self, path: &str, asset: &AssetFile, wanted: &str, problems: &mut Vec<Diagnostic>) {
        let message = match asset.sha256() {
            Ok(found) if found.eq_ignore_ascii_case(wanted) => return,
            Ok(found) => format!("`{path}` har ändrats: dess kontrollsumma är {found}"),
            Err(error) => format!("`{path}` kan inte läsas: {error}"),
        };
        problems.push(
            Diagnostic::error("fel-kontrollsumma", self.place.of("sha256", wanted), message)
                .hint("lägg tillbaka originalet, eller granska ändringen och skriv den nya kontrollsumman"),
        );
    }

    /// A file named relative to the document; one that is missing is reported.
    fn file(&self, written: &str, problems: &mut Vec<Diagnostic>) -> Option<(String, AssetFile)> {
        let folder = self.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = join(folder, written);
        match path.as_ref().and_then(|path| self.context.sources.assets.get(path)) {
            Some(asset) => Some((path?, asset.clone())),
            None => {
                problems.push(
                    Diagnostic::error(
                        "fil-saknas",
                        self.place.of("fil", written),
                        format!("filen `{written}` finns inte"),
                    )
                    .hint(format!("lägg filen i `{folder}/` eller rätta namnet; sökvägen räknas från dokumentet")),
                );
                None
            }
        }
    }
}

fn numbering(kind: &Kind) -> Numbering {
    match kind {
        Kind::Meeting(_) => Numbering::Items,
        Kind::Assignment(_) | Kind::Agreement(_) => Numbering::Sections,
        Kind::Page(_) => Numbering::None,
    }
}

fn own_body(id: Option<&BodyId>, registers: &Registers) -> OwnBody {
    let Some(body) = id.and_then(|id| registers.bodies.get(id.as_str())) else { return OwnBody { names: Vec::new() } };
    let former = body.former_names.iter().map(|former| &former.name);
    let names = std::iter::once(&body.name).chain(&body.abbreviation).chain(&body.aliases).chain(former);
    OwnBody { names: names.cloned().collect() }
}

fn presence(record: PresenceRecord) -> Presence {
    let PresenceRecord { namn, roll, organisation } = record;
    Presence { name: namn, role: roll, organisation }
}

fn role(record: RoleRecord) -> Role {
    let RoleRecord { roll, innehavare, genom } = record;
    Role { role: roll, holders: parties(innehavare), through: genom.map(party) }
}

fn parties(texts: OneOrMany<String>) -> Vec<Party> {
    texts.0.into_iter().map(party).collect()
}

/// A text in the form of an id names a body of the register; any other is words.
fn party(text: String) -> Party {
    if slug(&text) == text { Party::Body(BodyId::new(text)) } else { Party::Text(text) }
}

/// A path of ids names a document of the portal; any other text is words or an address outside it.
fn reference(text: String) -> Reference {
    let is_id = !text.is_empty() && text.split('/').all(|part| !part.is_empty() && slug_file(part) == part);
    if is_id { Reference::Document(DocumentId::new(text)) } else { Reference::Text(text) }
}

fn document_ids(texts: OneOrMany<String>) -> Vec<DocumentId> {
    texts.0.into_iter().map(DocumentId::new).collect()
}
