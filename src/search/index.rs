//! The index of a portal: built once, brought up to date document by document, asked from the command line and the preview.

use super::catalogue::Catalogue;
use super::concepts::Concepts;
use super::entries;
use super::layer::Layer;
use super::sheet::Sheets;
use super::stored::Record;
use super::unit::{Class, Sheet};
use super::writer::{Content, write};
use crate::model::{DocumentId, Portal};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::directory::RamDirectory;

/// A searchable portal. Holds no reference to it.
pub struct Index {
    base: Layer,
    /// Documents changed since the base was built.
    fresh: Option<Layer>,
    changed: BTreeSet<String>,
    /// By unit of the base: whether it no longer stands as it was read. Empty when all do.
    stale: Vec<bool>,
    pub(super) concepts: Concepts,
}

impl Index {
    /// Reads the whole portal into memory.
    pub fn build(portal: &Portal) -> Self {
        let concepts = entries::concepts(portal);
        Self::new(in_memory(Sheets::new(portal).content(&concepts)), concepts)
    }

    pub(super) fn new(base: Layer, concepts: Concepts) -> Self {
        Self { base, fresh: None, changed: BTreeSet::new(), stale: Vec::new(), concepts }
    }

    /// Takes in documents that were changed, added or removed since the last build. What else the portal holds
    /// (registers, sections, the site) must be the same; where it is not, build anew.
    pub fn update(&mut self, portal: &Portal, changed: &[DocumentId]) {
        self.changed.extend(changed.iter().map(ToString::to_string));
        let sheets = Sheets::of_documents(portal, |document| self.changed.contains(document.id.as_str()));
        let room = self.base.catalogue.room;
        self.fresh = Some(in_memory(Content { room, ..sheets.content(&self.concepts) }));
        let Catalogue { sheets, .. } = &self.base.catalogue;
        let ends = sheets.iter().skip(1).map(|sheet| sheet.first).chain([self.base.units]);
        self.stale = vec![false; self.base.units as usize];
        for (sheet, end) in sheets.iter().zip(ends).filter(|(sheet, _)| self.changed.contains(&sheet.id)) {
            self.stale[sheet.first as usize..end as usize].fill(true);
        }
    }

    /// How many units can be found.
    pub fn units(&self) -> usize {
        (0..self.all_units()).filter(|unit| self.is_current(*unit)).count()
    }

    /// Everything, as long as nothing has changed since it was built.
    pub(super) fn base(&self) -> &Layer {
        &self.base
    }

    /// The first unit of what is no document of the portal's matter; all after it are neither.
    pub(super) fn first_aside(&self) -> u32 {
        let sheets = &self.base.catalogue.sheets;
        let first = sheets.partition_point(|sheet| sheet.standing.class < Class::Aside);
        sheets.get(first).map_or(self.base.units, |sheet| sheet.first)
    }

    /// Whether the unit is of a register entry or a page. One that was read later is asked of its sheet.
    pub(super) fn is_aside(&self) -> impl Fn(u32) -> bool {
        let first = self.first_aside();
        move |unit| match &self.fresh {
            Some(fresh) if unit >= self.base.units => {
                fresh.catalogue.sheet(unit - self.base.units).standing.class == Class::Aside
            }
            _ => unit >= first,
        }
    }

    /// Whether the unit still stands as it was read.
    pub(super) fn is_current(&self, unit: u32) -> bool {
        !self.stale.get(unit as usize).is_some_and(|stale| *stale)
    }

    /// The unit's place among equals.
    pub(super) fn order(&self, unit: u32) -> u64 {
        match &self.fresh {
            Some(fresh) if unit >= self.base.units => {
                let standing = &fresh.catalogue.sheet(unit - self.base.units).standing;
                let sheets = &self.base.catalogue.sheets;
                let before = sheets.partition_point(|sheet| sheet.standing < *standing);
                let first = sheets.get(before).map_or(self.base.units, |sheet| sheet.first);
                u64::from(first) << 32 | u64::from(unit)
            }
            _ => (u64::from(unit) + 1) << 32,
        }
    }

    pub(super) fn record(&self, unit: u32) -> Option<Record> {
        match &self.fresh {
            Some(fresh) if unit >= self.base.units => fresh.record(unit - self.base.units),
            _ => self.base.record(unit),
        }
    }

    /// What facets' values are called, by their keys.
    pub(super) fn facet_names(&self) -> BTreeMap<&String, &super::unit::Label> {
        self.layers().flat_map(|(layer, _)| &layer.catalogue.facets).collect()
    }

    /// The layers, and the unit that each counts from.
    pub(super) fn layers(&self) -> impl Iterator<Item = (&Layer, u32)> {
        [Some((&self.base, 0)), self.fresh.as_ref().map(|fresh| (fresh, self.base.units))].into_iter().flatten()
    }
}

fn in_memory<M: Fn(usize) -> Sheet + Send>(content: Content<'_, M>) -> Layer {
    write(RamDirectory::create(), content).expect("memory takes an index")
}
