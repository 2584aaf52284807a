//! Agreements: status in words, events, timeline.

use super::decision::place_words;
use super::site::PortalObject;
use super::{PartyView, Ref, body_ref, document_ref, reference, value};
use crate::model::{
    Agreement, Applies, DecisionRef, Document, Ends, EventKind, PartialDate, Portal, Relation, StatusKind,
    ValidityEvent, swedish_date,
};
use minijinja::Value;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    pub label: String,
    pub key: &'static str,
    pub applies: &'static str,
    pub ends_soon: bool,
    pub until: Option<String>,
    pub until_words: Option<String>,
    pub sentence: String,
    pub reason: Option<String>,
    pub decision: Option<Ref>,
    /// What the status rests on: the decision, else the source that tells of the event.
    pub basis: Option<Ref>,
    /// The events for `giltighet.js`, as JSON that may stand between single quotes.
    #[serde(serialize_with = "super::meeting::safe")]
    pub events: String,
}

/// An event as `giltighet.js` reads it; its words on the other side say what the letters mean.
#[derive(Serialize)]
struct EventData {
    k: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    t: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    u: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<u8>,
}

#[derive(Clone, Debug, Serialize)]
struct EventView {
    key: &'static str,
    label: &'static str,
    from_words: Option<String>,
    to_words: Option<String>,
    decided_words: Option<String>,
    until_text: Option<String>,
    decision: Option<Ref>,
    by: Option<PartyView>,
    source: Option<Ref>,
}

/// The agreement's status on the portal's day.
pub fn status_view(portal: &Portal, agreement: &Agreement) -> StatusView {
    let (status, event) = portal.status(agreement);
    let decision =
        event.and_then(|event| event.decision.as_ref()).and_then(|reference| decision_ref(portal, reference));
    StatusView {
        label: status.label(),
        key: status.key(),
        applies: match status.applies() {
            Applies::Yes => "ja",
            Applies::Perhaps => "kanske",
            Applies::No => "nej",
        },
        ends_soon: status.ends == Ends::Soon,
        until: status.until.map(|until| until.to_string()),
        until_words: status.until.map(swedish_date),
        sentence: sentence(portal, &status, event),
        reason: event.map(|event| reason(portal, event)),
        basis: event.and_then(|event| basis(portal, event)),
        decision,
        events: quotable(&portal.events(agreement).iter().map(|event| event_data(portal, event)).collect::<Vec<_>>()),
    }
}

fn basis(portal: &Portal, event: &ValidityEvent) -> Option<Ref> {
    let decision = event.decision.as_ref().and_then(|held| short_decision_ref(portal, held));
    decision.or_else(|| reference(portal, event.source.as_ref()?))
}

fn event_data(portal: &Portal, event: &ValidityEvent) -> EventData {
    let ValidityEvent { kind, from, to, decided, decision: _, decided_by, source: _ } = event;
    let (n, u) = basis(portal, event).map_or((None, None), |Ref { title, url }| (Some(title), url));
    let has_decision = event.decision.as_ref().is_some_and(|held| decision_ref(portal, held).is_some());
    EventData {
        k: kind.key(),
        f: *from,
        t: *to,
        d: *decided,
        c: if let EventKind::Conditional(words) = kind {
            Some(words.clone()).filter(|words| !words.is_empty())
        } else {
            None
        },
        r: match kind {
            EventKind::Replaced(Some(id)) => portal.document(id.as_str()).map(|document| document.title.clone()),
            _ => None,
        },
        b: decided_by.as_ref().map(|id| portal.registers.body_name(id).to_owned()),
        o: (n.is_some() && !has_decision).then_some(1),
        n,
        u,
    }
}

/// JSON without the signs that end an attribute or begin an element.
fn quotable<T: Serialize>(data: &T) -> String {
    let json = serde_json::to_string(data).expect("texts and dates are always JSON");
    json.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e").replace('\'', "\\u0027")
}

/// "Gäller till 30 juni 2027, förlängd av Länschefsnätverkets styrgrupp 11 december 2025"
fn sentence(portal: &Portal, status: &crate::model::Status, event: Option<&ValidityEvent>) -> String {
    let until = status.until.map(swedish_date).unwrap_or_default();
    let by = event.map(|event| decided(portal, event)).unwrap_or_default();
    match &status.kind {
        StatusKind::NotYet(day) => format!("Börjar gälla {}", swedish_date(*day)),
        StatusKind::InForce if until.is_empty() => "Gäller".to_owned(),
        StatusKind::InForce => format!("Gäller till {until}"),
        StatusKind::Prolonged => format!("Gäller till {until}, förlängd{by}"),
        StatusKind::Conditional(condition) if condition.is_empty() => {
            format!("Löpte ut {until} men gäller tills vidare")
        }
        StatusKind::Conditional(condition) => format!("Löpte ut {until} men gäller tills {condition}"),
        StatusKind::PerhapsProlonged => format!("Löpte ut {until} och kan ha förlängts – kontrollera"),
        StatusKind::Replaced(by) => match by.as_ref().and_then(|id| portal.document(id.as_str())) {
            Some(document) => format!("Ersatt av {}", document.title),
            None => "Ersatt".to_owned(),
        },
        StatusKind::Terminated if until.is_empty() => {
            "Uppsagd, men när den upphör framgår inte av underlaget".to_owned()
        }
        StatusKind::Terminated => format!("Uppsagd, gäller till {until}"),
        StatusKind::Ended if until.is_empty() => "Har upphört att gälla".to_owned(),
        StatusKind::Ended => format!("Upphörde att gälla {until}"),
        StatusKind::Unknown => "Giltigheten framgår inte av underlaget".to_owned(),
    }
}

/// " av X den 11 december 2025", as far as it is known.
fn decided(portal: &Portal, event: &ValidityEvent) -> String {
    let by = event.decided_by.as_ref().map(|id| format!(" av {}", portal.registers.body_name(id)));
    let day = event.decided.map(|day| format!(" {}", day.swedish()));
    by.unwrap_or_default() + &day.unwrap_or_default()
}

fn reason(portal: &Portal, event: &ValidityEvent) -> String {
    let verb = super::capitalised(event.kind.key());
    let from = event.from.filter(|_| event.kind.ends()).map(|from| format!(" från {}", from.swedish()));
    let to = event.to.map(|to| format!(" till {}", to.swedish())).unwrap_or_default();
    format!("{verb}{}{}{to}", decided(portal, event), from.unwrap_or_default())
}

/// A link to the decision clause, named by who took it and when, and where it is told of.
pub fn decision_ref(portal: &Portal, reference: &DecisionRef) -> Option<Ref> {
    let Ref { title, url } = short_decision_ref(portal, reference)?;
    let title = match portal.reported(reference) {
        Some((document, _)) => format!("{title} (återgivet i {})", placed(document, reference)),
        None => title,
    };
    Some(Ref { title, url })
}

/// The same without where it is told of.
pub fn short_decision_ref(portal: &Portal, reference: &DecisionRef) -> Option<Ref> {
    let document = portal.document(reference.document.as_str())?;
    let title = match (portal.reported(reference), portal.decision(reference)) {
        (Some((_, decision)), _) => {
            let by = decision.decided_by.as_ref().map(|by| super::party(portal, by).name);
            let day = decision.date.map(|date| date.swedish());
            let words: Vec<String> = by.into_iter().chain(day).collect();
            if words.is_empty() { "Ett tidigare beslut".to_owned() } else { words.join(" ") }
        }
        (None, Some(_)) => placed(document, reference),
        (None, None) => return None,
    };
    Some(Ref { title, url: Some(format!("{}#{}", document.url(), reference.decision.anchor())) })
}

/// "Nämnden 1 mars 2025, § 12"
fn placed(document: &Document, reference: &DecisionRef) -> String {
    let place = place_words(document, &reference.decision);
    [Some(document.title.clone()), place].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The values of an agreement's own page.
pub fn field(site: &PortalObject, document: &Document, agreement: &Agreement, key: &str) -> Option<Value> {
    let portal = &*site.portal;
    Some(match key {
        "status" => value(status_view(portal, agreement)),
        "parties" => value(super::parties(portal, &agreement.parties)),
        "target_group" => Value::from(agreement.target_group.clone()),
        "events" => value(agreement.events.iter().map(|event| event_view(portal, event)).collect::<Vec<_>>()),
        "timeline" => super::super::timeline::html(document, &portal.events(agreement), portal.today)
            .map_or(Value::from(()), Value::from_safe_string),
        "adoptions" => value(adoptions(portal, agreement)),
        "builds_on" => {
            let below = agreement.builds_on.as_ref().and_then(|id| portal.document(id.as_str()));
            value(below.map(|document| super::page_ref(portal, document)))
        }
        "local" => value(local(portal, document)),
        "notes" => value(super::agreement_notes::notes(site, document, agreement)),
        "adopted_words" => Value::from(adopted_words(agreement)),
        "notice" => Value::from(agreement.notice.clone()),
        "contradictions" => value(&agreement.contradictions),
        _ => return None,
    })
}

fn event_view(portal: &Portal, event: &ValidityEvent) -> EventView {
    EventView {
        key: event.kind.key(),
        label: match event.kind {
            EventKind::Adopted => "Antagen",
            EventKind::Prolonged => "Förlängd",
            EventKind::Conditional(_) => "Gäller vidare på villkor",
            EventKind::Revised => "Reviderad",
            EventKind::Replaced(_) => "Ersatt",
            EventKind::Terminated => "Uppsagd",
            EventKind::Repealed => "Upphävd",
        },
        from_words: event.from.map(PartialDate::swedish),
        to_words: event.to.map(PartialDate::swedish),
        decided_words: event.decided.map(PartialDate::swedish),
        until_text: match &event.kind {
            EventKind::Conditional(until) if !until.is_empty() => Some(until.clone()),
            _ => None,
        },
        decision: event.decision.as_ref().and_then(|reference| decision_ref(portal, reference)),
        by: match &event.kind {
            EventKind::Replaced(Some(id)) => portal.document(id.as_str()).map(|document| {
                let Ref { title, url } = document_ref(document);
                PartyView { name: title, url }
            }),
            _ => event.decided_by.as_ref().map(|id| {
                let Ref { title, url } = body_ref(portal, id);
                PartyView { name: title, url }
            }),
        },
        source: event.source.as_ref().and_then(|source| reference(portal, source)),
    }
}

#[derive(Serialize)]
struct AdoptionView {
    party: PartyView,
    date_words: Option<String>,
    decision: Option<Ref>,
}

/// The local agreements that rest on it.
fn local(portal: &Portal, document: &Document) -> Vec<super::PageRef> {
    let below = portal.backlinks(&document.id).iter().filter(|backlink| backlink.relation == Relation::BuildsOn);
    below.map(|backlink| super::page_ref(portal, portal.at(backlink.from))).collect()
}

/// "3 av 16 parter har ett noterat antagande", when the parties adopt one by one.
fn adopted_words(agreement: &Agreement) -> Option<String> {
    let known = agreement.adoptions.iter().filter(|adoption| adoption.date.is_some() || adoption.decision.is_some());
    let parties = agreement.parties.len().max(agreement.adoptions.len());
    (!agreement.adoptions.is_empty())
        .then(|| format!("{} av {parties} parter har ett noterat antagande.", known.count()))
}

/// Every party with its own decision; one without is told too.
fn adoptions(portal: &Portal, agreement: &Agreement) -> Vec<AdoptionView> {
    if agreement.adoptions.is_empty() {
        return Vec::new();
    }
    let silent = agreement.parties.iter().filter(|party| !agreement.adoptions.iter().any(|held| held.party == **party));
    let silent =
        silent.map(|party| AdoptionView { party: super::party(portal, party), date_words: None, decision: None });
    let adoptions = agreement.adoptions.iter().map(|adoption| AdoptionView {
        party: super::party(portal, &adoption.party),
        date_words: adoption.date.map(swedish_date),
        decision: adoption.decision.as_ref().and_then(|reference| decision_ref(portal, reference)),
    });
    adoptions.chain(silent).collect()
}
