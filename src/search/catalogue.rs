//! What is known of an index beside tantivy's files: its sheets in order, the names of its facets, the parts of its compounds.

use super::analyser::facet_key;
use super::stored::Room;
use super::unit::{Label, Sheet, Standing, UnitKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// In the order of their units.
    pub sheets: Vec<Place>,
    /// What a facet's values are called, by their keys.
    pub facets: BTreeMap<String, Label>,
    pub parts: Parts,
    pub room: Room,
}

/// Where a sheet's units are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub standing: Standing,
    /// Id of the document or entry.
    pub id: String,
    pub first: u32,
}

/// Compounds: stem of a part, by its key (without diacritics), to the terms of the words that have it.
pub type Parts = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Catalogue {
    pub fn enter(&mut self, standing: Standing, sheet: &Sheet, first: u32) {
        self.sheets.push(Place { standing, id: sheet.id.clone(), first });
        note_facets(sheet, &mut self.facets);
    }

    /// The sheet that a unit belongs to.
    pub fn sheet(&self, unit: u32) -> &Place {
        let after = self.sheets.partition_point(|sheet| sheet.first <= unit);
        &self.sheets[after.saturating_sub(1)]
    }
}

fn note_facets(sheet: &Sheet, facets: &mut BTreeMap<String, Label>) {
    let mut note = |facet: &str, label: &Label| {
        facets.entry(facet_key(facet, &label.key)).or_insert_with(|| label.clone());
    };
    let plain = |key: &str, name: &str| Label { key: key.to_owned(), name: name.to_owned(), also: Vec::new() };
    sheet.body.iter().for_each(|body| note("organ", body));
    sheet.status.iter().for_each(|status| note("status", status));
    sheet.topics.iter().for_each(|topic| note("ämne", topic));
    if let Some(date) = sheet.date {
        note("år", &plain(&date.year().to_string(), &date.year().to_string()));
    }
    sheet.county.iter().for_each(|county| note("län", &plain(&crate::model::slug(county), county)));
    for unit in &sheet.units {
        let (_, key, name) = UnitKind::ALL[unit.kind as usize];
        note("typ", &plain(key, name));
    }
}
