//! Obligations as lists show them.

use super::{PartyView, Ref, document_ref, parties};
use crate::model::{Due, Obligation, Portal};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct ObligationView {
    pub kind: &'static str,
    pub what: String,
    pub who: Vec<PartyView>,
    pub to: Vec<PartyView>,
    pub due: Option<String>,
    pub due_words: String,
    pub overdue: bool,
    pub soon: bool,
    pub document: Ref,
    pub decision: Option<Ref>,
}

/// What a list shows of an obligation on the portal's day; `None` when its document is gone.
pub fn obligation(portal: &Portal, obligation: &Obligation) -> Option<ObligationView> {
    let document = portal.document(obligation.document.as_str())?;
    let date = obligation.due.date();
    let days = date.and_then(|date| portal.today.until(date.last_day()).ok()).map(|span| span.get_days());
    Some(ObligationView {
        kind: obligation.kind.label(),
        what: obligation.what.clone(),
        who: parties(portal, &obligation.who),
        to: parties(portal, &obligation.to_whom),
        due: date.map(|date| date.to_string()),
        due_words: match obligation.due {
            Due::On(date) => date.swedish(),
            Due::Recurring(cadence, Some(first)) => format!("{}, första gången {}", cadence.label(), first.swedish()),
            Due::Recurring(cadence, None) => cadence.label().to_owned(),
            Due::Open => "inget datum är satt".to_owned(),
        },
        overdue: matches!(obligation.due, Due::On(_)) && days.is_some_and(|days| days < 0),
        soon: days.is_some_and(|days| (0..=i32::from(portal.site.ends_soon_days)).contains(&days)),
        document: document_ref(document),
        decision: obligation.decision.as_ref().map(|decision| Ref {
            title: "beslutet".to_owned(),
            url: Some(format!("{}#{}", document.url(), decision.decision.anchor())),
        }),
    })
}
