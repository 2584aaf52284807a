//! The front matter's records: Swedish keys, absent where nothing is known.

use super::Kept;
use crate::import::answer::{self, OpenQuestion};
use crate::import::{
    AttachmentRef, Draft, DraftKind, GateRow, Mandate, Present, Reported, RoleHeld, SourceQuality, Span, Subtype,
    Version,
};
use crate::model::{PartialDate, slug};
use serde::Serialize;
use std::collections::BTreeMap;

/// All keys that an imported document can have, in the order an editor reads them.
#[derive(Serialize)]
pub(super) struct Front {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frågor: Vec<OpenQuestion>,
    typ: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    titel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organ: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plats: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dnr: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    län: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versioner: Vec<VersionRow>,
    synlighet: &'static str,
    /// Until the editor has read it.
    utkast: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    källkvalitet: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    närvarande: Vec<Person>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roller: Vec<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parter: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uppsägning: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    giltighet: Vec<Event>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    beslutspunkter: Vec<Gate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faser: Vec<Phase>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    leveranser: Vec<Deliverable>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    uppföljning: Vec<FollowUp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    finansiering: Vec<Funding>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ändringsmandat: Vec<ChangeMandate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    återgivna_beslut: Vec<ReportedRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bilagor: Vec<Attachment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<Original>,
}

#[derive(Serialize)]
struct VersionRow {
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kommentar: Option<String>,
}

#[derive(Serialize)]
struct Person {
    namn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    roll: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
}

#[derive(Serialize)]
struct Role {
    roll: String,
    innehavare: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    genom: Option<String>,
}

#[derive(Serialize)]
struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    från: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    till: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tills_vidare: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preliminär: Option<bool>,
}

#[derive(Serialize)]
struct Event {
    händelse: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    från: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    till: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    källa: Option<String>,
}

#[derive(Serialize)]
struct Gate {
    bp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vad: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    av: Option<String>,
}

#[derive(Serialize)]
struct Phase {
    namn: String,
}

#[derive(Serialize)]
struct Deliverable {
    vad: String,
}

#[derive(Serialize)]
struct FollowUp {
    kadens: String,
}

#[derive(Serialize)]
struct Funding {
    källa: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kod: Option<String>,
}

#[derive(Serialize)]
struct ChangeMandate {
    gäller: String,
    beslutas_av: String,
}

#[derive(Serialize)]
struct ReportedRow {
    punkt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    organ: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    datum: Option<String>,
    vad: String,
}

#[derive(Serialize)]
struct Attachment {
    beteckning: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    punkt: Option<String>,
}

#[derive(Serialize)]
struct Original {
    fil: String,
    sha256: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sidor: BTreeMap<String, usize>,
}

/// The page of the original where each agenda item comes to its decision, else where it begins.
fn pages(draft: &Draft) -> BTreeMap<String, usize> {
    let decided = draft.decisions.iter().map(|clause| (&clause.item, clause.line));
    let all = decided.chain(draft.agenda.iter().map(|item| (&item.no, item.line)));
    let mut pages = BTreeMap::new();
    for (item, line) in all.filter(|_| !draft.page_starts.is_empty()) {
        let page = draft.page_starts.partition_point(|start| *start <= line) + 1;
        pages.entry(item.clone()).or_insert(page);
    }
    pages
}

/// The records of a draft.
pub(super) fn front(draft: &Draft, kept: Option<&Kept>) -> Front {
    let (typ, form) = type_and_form(draft);
    let (meeting, assignment, agreement) = (typ == "möte", typ == "uppdrag", typ == "överenskommelse");
    let only = |is: bool, value: Option<String>| value.filter(|_| is);
    Front {
        frågor: answer::questions(draft),
        typ,
        form,
        titel: draft.title.clone(),
        datum: draft.date.clone(),
        organ: draft.body_id.clone(),
        plats: only(meeting, draft.place.clone()),
        dnr: draft.dnr.clone(),
        län: draft.county.clone(),
        version: draft.version.clone(),
        versioner: draft.versions.iter().map(version).collect(),
        synlighet: "intern",
        utkast: true,
        källkvalitet: (draft.quality == SourceQuality::Ocr).then_some("ocr"),
        närvarande: if meeting { draft.present.iter().map(person).collect() } else { Vec::new() },
        roller: if assignment { roles(draft) } else { Vec::new() },
        period: draft.period.as_ref().filter(|_| assignment).map(period),
        parter: if agreement { draft.parties.iter().map(|party| as_text(party)).collect() } else { Vec::new() },
        uppsägning: only(agreement, draft.validity.as_ref().and_then(|span| span.notice.clone())),
        giltighet: draft.validity.iter().filter(|_| agreement).filter_map(event).collect(),
        beslutspunkter: if assignment { draft.gates.iter().map(gate).collect() } else { Vec::new() },
        faser: if assignment {
            draft.phases.iter().map(|phase| Phase { namn: phase.clone() }).collect()
        } else {
            Vec::new()
        },
        leveranser: if assignment {
            draft.deliverables.iter().map(|what| Deliverable { vad: what.clone() }).collect()
        } else {
            Vec::new()
        },
        uppföljning: if assignment {
            draft.follow_up.iter().map(|cadence| FollowUp { kadens: cadence.clone() }).collect()
        } else {
            Vec::new()
        },
        finansiering: if assignment { funding(draft) } else { Vec::new() },
        ändringsmandat: if assignment { draft.change_mandates.iter().map(mandate).collect() } else { Vec::new() },
        återgivna_beslut: if meeting {
            draft.reported_decisions.iter().filter_map(reported).collect()
        } else {
            Vec::new()
        },
        bilagor: draft.attachments.iter().map(attachment).collect(),
        original: kept.map(|Kept { file, sha256 }| Original {
            fil: file.clone(),
            sha256: sha256.clone(),
            sidor: pages(draft),
        }),
    }
}

fn type_and_form(draft: &Draft) -> (&'static str, Option<&'static str>) {
    match (draft.kind, draft.subtype) {
        (Some(DraftKind::Minnesanteckningar), _) => ("möte", Some("minnesanteckningar")),
        (Some(DraftKind::Protokoll), _) => ("möte", Some("protokoll")),
        (Some(DraftKind::Kallelse), _) => ("möte", Some("kallelse")),
        (Some(DraftKind::Uppdragsbeskrivning), Some(Subtype::Directive)) => ("uppdrag", Some("uppdragsdirektiv")),
        (Some(DraftKind::Uppdragsbeskrivning), Some(Subtype::ProjectDirective)) => ("uppdrag", Some("projektdirektiv")),
        (Some(DraftKind::Uppdragsbeskrivning), _) => ("uppdrag", Some("uppdragsbeskrivning")),
        (Some(DraftKind::Överenskommelse), Some(Subtype::Regional)) => ("överenskommelse", Some("RÖK")),
        (Some(DraftKind::Överenskommelse), Some(Subtype::Local)) => ("överenskommelse", Some("LÖK")),
        (Some(DraftKind::Överenskommelse), Some(Subtype::State)) => ("överenskommelse", Some("statlig")),
        (Some(DraftKind::Överenskommelse), _) => ("överenskommelse", None),
        (None, _) => ("sida", None),
    }
}

fn version(version: &Version) -> VersionRow {
    let Version { v, date, comment } = version.clone();
    VersionRow { version: v, datum: date, kommentar: comment }
}

fn person(person: &Present) -> Person {
    let Present { name, role, organisation } = person.clone();
    Person { namn: name, roll: role, organisation }
}

/// The roles, and who gives the assignment where only its section says so.
fn roles(draft: &Draft) -> Vec<Role> {
    let has = draft.roles.iter().any(|held| held.role.to_lowercase().contains("beställare"));
    let commissioner = draft.commissioner.iter().filter(|_| !has).map(|holder| RoleHeld {
        role: "beställare".to_owned(),
        holder: holder.clone(),
        line: 0,
    });
    commissioner.chain(draft.roles.iter().cloned()).map(role).collect()
}

/// "X genom Y" is X, through Y.
fn role(held: RoleHeld) -> Role {
    let RoleHeld { role, holder, line: _ } = held;
    let parted = [" genom dess ", " genom ", " via "].into_iter().find_map(|word| holder.split_once(word));
    let (innehavare, genom) =
        parted.map_or((holder.as_str(), None), |(holder, through)| (holder, Some(through.to_owned())));
    Role { roll: role, innehavare: as_text(innehavare), genom: genom.as_deref().map(as_text) }
}

/// A party that looks like an id would have to be one; a capital makes it text.
fn as_text(party: &str) -> String {
    if slug(party) != party {
        return party.to_owned();
    }
    let mut signs = party.chars();
    signs.next().map_or(String::new(), |first| first.to_uppercase().chain(signs).collect())
}

fn period(span: &Span) -> Period {
    let open = span.to.as_deref() == Some("tills vidare");
    let till = span.to.clone().filter(|to| PartialDate::parse(to).is_some());
    Period { från: span.from.clone(), till, tills_vidare: open.then_some(true), preliminär: span.preliminary }
}

/// Adoption is all a text can say of its own validity; prolongations are asked for.
fn event(span: &Span) -> Option<Event> {
    let date = |text: &Option<String>| text.clone().filter(|text| PartialDate::parse(text).is_some());
    let (from, to) = (date(&span.from), date(&span.to));
    let known = from.is_some() || to.is_some();
    known.then(|| Event {
        händelse: "antagen",
        från: from,
        till: to,
        datum: date(&span.adopted),
        källa: Some("Dokumentet självt".to_owned()),
    })
}

fn gate(gate: &GateRow) -> Gate {
    let GateRow { bp, date, what, by, comment: _, line: _ } = gate.clone();
    Gate { bp, datum: date, vad: what, av: by.as_deref().map(as_text) }
}

fn funding(draft: &Draft) -> Vec<Funding> {
    let source =
        |funds: &crate::import::Funds| Some(Funding { källa: funds.source.clone()?, kod: funds.code.clone() });
    draft.funding.iter().filter_map(source).collect()
}

fn mandate(mandate: &Mandate) -> ChangeMandate {
    let Mandate { concerns, by } = mandate.clone();
    ChangeMandate { gäller: concerns, beslutas_av: as_text(&by) }
}

/// A reported decision needs the item where it is told; its body is the editor's to link.
fn reported(reported: &Reported) -> Option<ReportedRow> {
    let Reported { item, by: _, date, what, line: _ } = reported.clone();
    Some(ReportedRow { punkt: item?, organ: None, datum: date, vad: what })
}

fn attachment(attachment: &AttachmentRef) -> Attachment {
    Attachment { beteckning: attachment.label.clone(), punkt: attachment.item.clone() }
}
