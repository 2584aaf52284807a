//! The accessibility statement's items.

use super::register::Values;
use super::value;
use crate::model::{Portal, swedish_date};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct StatementView<'a> {
    actor: &'a str,
    service: &'a str,
    level: &'a str,
    deficiencies: Vec<DeficiencyView<'a>>,
    assessed_words: String,
    updated_words: String,
    method: &'a str,
    contact: &'a str,
    supervision: &'a str,
    disproportionate_burden: Option<&'a str>,
    exemptions: Option<&'a str>,
}

#[derive(Serialize)]
struct DeficiencyView<'a> {
    what: &'a str,
    why: Option<&'a str>,
    alternative: Option<&'a str>,
}

/// The accessibility statement's items.
pub fn statement_context(portal: &Portal) -> Values {
    let statement = portal.site.accessibility.as_ref().map(|held| StatementView {
        actor: &held.actor,
        service: &held.service,
        level: &held.level,
        deficiencies: held
            .deficiencies
            .iter()
            .map(|deficiency| DeficiencyView {
                what: &deficiency.what,
                why: deficiency.why.as_deref(),
                alternative: deficiency.alternative.as_deref(),
            })
            .collect(),
        assessed_words: swedish_date(held.assessed),
        updated_words: swedish_date(held.updated),
        method: &held.method,
        contact: &held.contact,
        supervision: &held.supervision,
        disproportionate_burden: held.disproportionate_burden.as_deref(),
        exemptions: held.exemptions.as_deref(),
    });
    BTreeMap::from([("statement", value(statement))])
}
