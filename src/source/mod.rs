//! The only reader: a portal's folder becomes source texts, and source texts become registers and documents.
//!
//! Here the Swedish keys that editors write meet the English names of the model. Faults become diagnostics; what can
//! be read is read all the same.

mod agenda;
mod agreements;
mod assignments;
mod code;
mod decisions;
mod directives;
mod documents;
mod event_order;
mod file_names;
mod files;
mod formality;
mod front_matter;
mod headings;
mod internal_blocks;
mod leads;
mod meetings;
mod own_body;
mod records;
mod register_records;
mod registers;
mod sections;
mod site;
mod theme_facts;
mod values;
mod yaml_fault;

pub use documents::{Context, Inherited, document, document_id};
pub use files::{AssetFile, Change, Sources, find_root, is_theme, load, theme_layers};
pub use theme_facts::theme_settings;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::model::{Document, Registers, Section, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that was read out of the source texts. Documents are in the order of their ids.
#[derive(Debug)]
pub struct Parsed {
    pub site: Arc<Site>,
    pub registers: Arc<Registers>,
    pub sections: Arc<BTreeMap<String, Section>>,
    pub documents: Vec<Arc<Document>>,
    pub files: Arc<BTreeMap<String, PathBuf>>,
    pub inherited: Inherited,
}

/// Reads registers, sections and documents out of the sources, documents in parallel.
///
/// `None` when `site.yaml` cannot be read, since nothing means anything without it.
pub fn parse(sources: &Sources) -> (Option<Parsed>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let site = site::site(sources, &mut problems);
    let registers = registers::registers(sources, &mut problems);
    let (sections, inherited) = sections::sections(sources, &mut problems);
    let context = documents::Context { registers: &registers, inherited: &inherited, sources, county: county(&site) };
    let parsed: Vec<_> = document_texts(sources).par_iter().map(|source| document(source, &context)).collect();
    let mut documents = Vec::with_capacity(parsed.len());
    for (document, found) in parsed {
        documents.extend(document.map(Arc::new));
        problems.extend(found);
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let parsed = site.map(|site| Parsed {
        site: Arc::new(site),
        registers: Arc::new(registers),
        sections: Arc::new(sections),
        documents,
        files: Arc::new(sources.assets.iter().map(|(path, asset)| (path.clone(), asset.path.clone())).collect()),
        inherited,
    });
    (parsed, problems)
}

fn county(site: &Option<Site>) -> Option<&str> {
    site.as_ref().and_then(|site| site.county.as_deref())
}

fn document_texts(sources: &Sources) -> Vec<&Arc<SourceText>> {
    sources.texts.iter().filter(|(path, _)| files::is_document(path)).map(|(_, text)| text).collect()
}
