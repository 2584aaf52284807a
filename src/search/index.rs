//! The index of a portal: built once, brought up to date document by document, asked from the command line and the preview.

use super::concepts::Concepts;
use super::entries;
use super::gather::{Gathered, Gatherer, facet_key};
use super::matching::{Dictionary, Found};
use super::segment::{ListKind, Segment};
use super::shards::Plan;
use super::sheet::Sheets;
use super::stem::fold;
use super::stored::{CHUNK, Chunk, Packer, Record, Room, unpack};
use super::typo::{Forms, Near};
use super::unit::{Class, Label, Sheet, Standing, UnitKind};
use crate::model::{DocumentId, Portal};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A searchable portal. Holds no reference to it.
pub struct Index {
    base: Layer,
    /// Documents changed since the base was built.
    fresh: Option<Layer>,
    changed: BTreeSet<String>,
    pub(super) concepts: Concepts,
    pub(super) facets: Facets,
    jobs: usize,
    room: Room,
    plan: OnceLock<Plan>,
}

/// What a facet's values are called.
pub type Facets = BTreeMap<String, Label>;

/// One run of sheets and all that is known of them.
pub(super) struct Layer {
    pub segment: Segment,
    pub chunks: Vec<Chunk>,
    pub forms: Forms,
    room: Room,
    /// Per sheet: its standing, its id and its first unit.
    sheets: Vec<(Standing, String, u32)>,
}

impl Index {
    /// Reads the whole portal, with `jobs` threads; the answer and the shards are the same whatever their number.
    pub fn build(portal: &Portal, jobs: usize) -> Self {
        let sheets = Sheets::new(portal);
        let room = Room::new(portal.documents.iter().map(|document| document.text.span.len()).sum());
        let order = sheets.order.iter().map(|(standing, _)| standing.clone()).collect();
        Self::from_sheets(order, |at| sheets.make(at), entries::concepts(portal), room, jobs)
    }

    /// The same from sheets that are made when they are asked for, by any thread.
    pub fn from_sheets(
        order: Vec<Standing>,
        make: impl Fn(usize) -> Sheet + Sync,
        concepts: Concepts,
        room: Room,
        jobs: usize,
    ) -> Self {
        let mut facets = Facets::new();
        let base = Layer::new(order, make, &concepts, room, jobs.max(1), &mut facets);
        Self {
            base,
            fresh: None,
            changed: BTreeSet::new(),
            concepts,
            facets,
            jobs: jobs.max(1),
            room,
            plan: OnceLock::new(),
        }
    }

    /// Takes in documents that were changed, added or removed since the last build. What else the portal holds
    /// (registers, sections, the site) must be the same; where it is not, build anew.
    pub fn update(&mut self, portal: &Portal, changed: &[DocumentId]) {
        self.changed.extend(changed.iter().map(ToString::to_string));
        let sheets = Sheets::of_documents(portal, |document| self.changed.contains(document.id.as_str()));
        let order = sheets.order.iter().map(|(standing, _)| standing.clone()).collect();
        let layer = Layer::new(order, |at| sheets.make(at), &self.concepts, self.room, self.jobs, &mut self.facets);
        self.fresh = Some(layer);
    }

    /// How many units can be found.
    pub fn units(&self) -> usize {
        (0..Dictionary::units(self)).filter(|unit| self.is_current(*unit)).count()
    }

    pub(super) fn base(&self) -> &Layer {
        &self.base
    }

    pub(super) fn room(&self) -> Room {
        self.room
    }

    /// What lies in which exported file.
    pub(super) fn plan(&self) -> &Plan {
        self.plan.get_or_init(|| Plan::new(self))
    }

    /// The units of register entries; what comes after them was read later.
    pub(super) fn registers(&self) -> std::ops::Range<u32> {
        let first = self.base.sheets.partition_point(|sheet| sheet.0.class < Class::Register);
        self.base.sheets.get(first).map_or(self.base.segment.units, |sheet| sheet.2)..self.base.segment.units
    }

    /// Whether the unit still stands as it was read.
    pub(super) fn is_current(&self, unit: u32) -> bool {
        if self.changed.is_empty() || unit >= self.base.segment.units {
            return true;
        }
        !self.changed.contains(&self.base.sheet(unit).1)
    }

    /// The unit's place among equals.
    pub(super) fn order(&self, unit: u32) -> u64 {
        match &self.fresh {
            Some(fresh) if unit >= self.base.segment.units => {
                let standing = &fresh.sheet(unit - self.base.segment.units).0;
                let before = self.base.sheets.partition_point(|sheet| sheet.0 < *standing);
                let first = self.base.sheets.get(before).map_or(self.base.segment.units, |sheet| sheet.2);
                u64::from(first) << 32 | u64::from(unit)
            }
            _ => (u64::from(unit) + 1) << 32,
        }
    }

    pub(super) fn record(&self, unit: u32) -> Option<Record> {
        match &self.fresh {
            Some(fresh) if unit >= self.base.segment.units => fresh.record(unit - self.base.segment.units),
            _ => self.base.record(unit),
        }
    }

    fn layers(&self) -> impl Iterator<Item = (&Layer, u32)> {
        [Some((&self.base, 0)), self.fresh.as_ref().map(|fresh| (fresh, self.base.segment.units))].into_iter().flatten()
    }
}

impl Dictionary for Index {
    fn units(&self) -> u32 {
        self.layers().map(|(layer, _)| layer.segment.units).sum()
    }

    fn lookup(&self, key: &str) -> Vec<Found<'_>> {
        self.layers().flat_map(|(layer, base)| layer.lookup(key, base)).collect()
    }

    fn beginning(&self, prefix: &str, most: usize) -> Vec<(String, u32)> {
        let mut found: BTreeMap<String, u32> = BTreeMap::new();
        for (layer, _) in self.layers() {
            for (form, count) in layer.beginning(prefix, most) {
                *found.entry(form).or_default() += count;
            }
        }
        found.into_iter().collect()
    }

    fn near(&self, word: &str) -> Vec<Near> {
        let mut out: Vec<Near> = self.layers().flat_map(|(layer, _)| layer.forms.near(word)).collect();
        let least = out.iter().map(|near| near.distance).min().unwrap_or_default();
        out.retain(|near| near.distance == least);
        out.dedup_by(|one, other| one.form == other.form);
        out.truncate(super::spec::SPEC.typo.most);
        out
    }
}

impl Layer {
    fn new(
        order: Vec<Standing>,
        make: impl Fn(usize) -> Sheet + Sync,
        concepts: &Concepts,
        room: Room,
        jobs: usize,
        facets: &mut Facets,
    ) -> Self {
        let runs = runs(order.len(), jobs);
        let read: Vec<Run> = runs.into_par_iter().map(|range| Run::read(range, &make, concepts, room)).collect();
        let (mut gathered, mut chunks, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        for run in read {
            gathered.push(run.gathered);
            chunks.extend(run.chunks);
            ids.extend(run.sheets);
            facets.extend(run.facets);
        }
        let segment = Segment::new(gathered, concepts);
        let mut first = 0;
        let mut sheets = Vec::with_capacity(order.len());
        for (standing, (id, units)) in order.into_iter().zip(ids) {
            sheets.push((standing, id, first));
            first += units;
        }
        let forms = Forms::new(segment.forms());
        Self { segment, chunks, forms, room, sheets }
    }

    fn sheet(&self, unit: u32) -> &(Standing, String, u32) {
        let after = self.sheets.partition_point(|sheet| sheet.2 <= unit);
        &self.sheets[after.saturating_sub(1)]
    }

    fn record(&self, unit: u32) -> Option<Record> {
        let mut within = unit as usize;
        for chunk in &self.chunks {
            if within < chunk.units as usize {
                let mut records = unpack(chunk.blocks.get(within / self.room.units)?);
                let at = within % self.room.units;
                return (at < records.len()).then(|| records.swap_remove(at));
            }
            within -= chunk.units as usize;
        }
        None
    }

    fn lookup(&self, key: &str, base: u32) -> Vec<Found<'_>> {
        let lists = self.segment.entry(key).map_or(&[][..], |entry| &entry.lists);
        lists
            .iter()
            .map(|list| Found {
                kind: list.kind,
                label: &list.label,
                postings: &self.segment.postings[list.postings.clone()],
                positions: &self.segment.positions[list.positions.clone()],
                base,
            })
            .collect()
    }

    /// The most used forms that begin with `prefix`, from the first keys that may have them.
    fn beginning(&self, prefix: &str, most: usize) -> Vec<(String, u32)> {
        let folded = fold(prefix);
        let entries = &self.segment.entries;
        let from = entries.partition_point(|entry| *entry.key < *folded);
        let keys = entries[from..].iter().take(most).take_while(|entry| entry.key.starts_with(&folded));
        let forms = keys.flat_map(|entry| &entry.lists).filter(|list| list.kind == ListKind::Form);
        let mut out: Vec<(String, u32)> = forms
            .filter(|list| fold(&list.label).starts_with(&folded))
            .map(|list| (list.label.to_string(), list.count))
            .collect();
        out.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        out.truncate(super::spec::SPEC.complete.most);
        out
    }
}

/// What one thread reads.
struct Run {
    gathered: Gathered,
    chunks: Vec<Chunk>,
    sheets: Vec<(String, u32)>,
    facets: Facets,
}

impl Run {
    fn read(range: std::ops::Range<usize>, make: &impl Fn(usize) -> Sheet, concepts: &Concepts, room: Room) -> Self {
        let mut gatherer = Gatherer::new(concepts);
        let (mut chunks, mut sheets, mut facets) = (Vec::new(), Vec::new(), Facets::new());
        for from in range.clone().step_by(CHUNK) {
            let mut packer = Packer::new(room);
            for at in from..(from + CHUNK).min(range.end) {
                let sheet = make(at);
                gatherer.add(&sheet);
                packer.add(&sheet);
                note_facets(&sheet, &mut facets);
                sheets.push((sheet.id, sheet.units.len() as u32));
            }
            chunks.push(packer.finish());
        }
        Self { gathered: gatherer.finish(), chunks, sheets, facets }
    }
}

fn note_facets(sheet: &Sheet, facets: &mut Facets) {
    let mut note = |facet: &str, label: &Label| {
        let key = facet_key(facet, &label.key);
        facets.entry(key).or_insert_with(|| label.clone());
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

/// `count` sheets in `jobs` runs of whole chunks.
fn runs(count: usize, jobs: usize) -> Vec<std::ops::Range<usize>> {
    let chunks = count.div_ceil(CHUNK);
    let each = chunks.div_ceil(jobs).max(1) * CHUNK;
    (0..count).step_by(each).map(|from| from..(from + each).min(count)).collect()
}
