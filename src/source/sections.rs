//! `content/**/_index.md`: sections, and what the documents below them inherit.

use super::directives::without_internal;
use super::documents::Inherited;
use super::files::Sources;
use super::front_matter::{decode, split};
use super::headings::{self, Numbering};
use super::records::{SectionRecord, SortWord, VisibilityWord};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Section, SortBy, Text, Visibility};
use std::collections::BTreeMap;

/// Reads every `_index.md`, and what the documents below inherit from it.
pub fn sections(sources: &Sources, problems: &mut Vec<Diagnostic>) -> (BTreeMap<String, Section>, Inherited) {
    let mut sections = BTreeMap::new();
    let mut inherited = Inherited::default();
    for (path, source) in &sources.texts {
        let Some((folder, "_index.md")) = path.rsplit_once('/') else { continue };
        let Some(folder) = folder.strip_prefix("content") else { continue };
        let folder = folder.trim_start_matches('/').to_owned();
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
