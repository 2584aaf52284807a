//! The index kept between runs, in a folder of its own: used while nothing has changed, brought up to date where a few
//! documents have, built anew where it is missing, damaged or from another version.

use super::catalogue::Catalogue;
use super::entries;
use super::index::Index;
use super::layer::Layer;
use super::schema::{FORMAT, schema};
use super::sheet::Sheets;
use super::spec::SOURCE;
use super::writer::write;
use crate::diagnostic::SourceText;
use crate::model::{DocumentId, Edition, Portal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::MmapDirectory;

/// The portal's texts by path, as they were read.
pub type Texts = BTreeMap<String, Arc<SourceText>>;

/// What an index is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be asked: changed documents may lie beside the rest.
    Answers,
    /// To be written down whole.
    Export,
}

/// Whether what was kept could be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// As it stood, or with a few documents read anew.
    Used,
    /// Nothing was kept, or the portal has changed too much.
    Built,
    /// What was kept is damaged or was written by another version.
    Replaced,
}

/// What an index was built of.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    /// Of this program, its format, its analysis, and every text that is not one document's own.
    frame: String,
    /// Of each document, by its id.
    documents: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Held {
    stamp: Stamp,
    catalogue: Catalogue,
}

/// Where the index of an edition is kept, in the portal's folder.
pub fn folder(root: &Path, edition: Edition) -> PathBuf {
    root.join(".samverk").join(format!("search-{}", edition.key()))
}

/// What is said when what was kept could not be used.
pub const REPLACED: &str = "det sparade sökindexet var skadat eller från en annan version: det har byggts om";

impl Index {
    /// The portal's index by what is kept in `folder`. What cannot be written there is held in memory.
    pub fn kept(portal: &Portal, texts: &Texts, folder: &Path, purpose: Purpose) -> (Self, Keeping) {
        let sheets = Sheets::new(portal);
        let stamp = Stamp::new(portal, texts, &sheets);
        let keeping = match open(folder) {
            Ok(Some((held, layer))) if held.frame == stamp.frame => {
                let changed = held.changes(&stamp);
                let few = if purpose == Purpose::Answers { FEW + stamp.documents.len() / PART } else { 0 };
                if changed.len() <= few {
                    let mut index = Self::new(layer, entries::concepts(portal));
                    if !changed.is_empty() {
                        index.update(portal, &changed);
                    }
                    return (index, Keeping::Used);
                }
                Keeping::Built
            }
            Ok(_) => Keeping::Built,
            Err(_) => Keeping::Replaced,
        };
        let index = keep(portal, &sheets, stamp, folder).unwrap_or_else(|_| Self::build(portal));
        (index, keeping)
    }
}

/// Changed documents that are read anew rather than all: a few, and a share of many.
const FEW: usize = 8;
const PART: usize = 16;

const CATALOGUE: &str = "catalogue.json";

impl Stamp {
    fn new(portal: &Portal, texts: &Texts, sheets: &Sheets<'_>) -> Self {
        let mut frame = blake3::Hasher::new();
        frame.update(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()).update(&FORMAT.to_le_bytes());
        frame.update(SOURCE.as_bytes()).update(portal.edition.key().as_bytes());
        let is_own =
            |path: &str| path.starts_with("content/") && path.ends_with(".md") && !path.ends_with("/_index.md");
        for (path, text) in texts.iter().filter(|(path, _)| !is_own(path)) {
            frame.update(path.as_bytes()).update(b"\0").update(text.text.as_bytes()).update(b"\0");
        }
        // A section goes with the last document below it that the edition holds, and no text of its own tells of that.
        for path in portal.sections.keys() {
            frame.update(path.as_bytes()).update(b"\0");
        }
        let documents = portal.documents.iter().enumerate().map(|(at, document)| {
            let mut hash = blake3::Hasher::new();
            hash.update(document.place.source.text.as_bytes());
            hash.update(sheets.beside_the_text(at).as_bytes());
            (document.id.to_string(), hash.finalize().to_hex().to_string())
        });
        Self { frame: frame.finalize().to_hex().to_string(), documents: documents.collect() }
    }

    /// Documents that are new, gone or not the same in `now`.
    fn changes(&self, now: &Self) -> Vec<DocumentId> {
        let ids: BTreeSet<&String> = self.documents.keys().chain(now.documents.keys()).collect();
        let differs = |id: &&String| self.documents.get(*id) != now.documents.get(*id);
        ids.into_iter().filter(differs).map(|id| DocumentId::new(id.as_str())).collect()
    }
}

/// `None` where nothing is kept.
fn open(folder: &Path) -> anyhow::Result<Option<(Stamp, Layer)>> {
    let file = match fs::read(folder.join(CATALOGUE)) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let (sum, json) = file.split_at_checked(SUM).unwrap_or((&file, &[]));
    anyhow::ensure!(sum == blake3::hash(json).to_hex().as_bytes(), "the catalogue is damaged");
    let Held { stamp, catalogue } = serde_json::from_slice(json)?;
    let index = tantivy::Index::open(MmapDirectory::open(folder)?)?;
    anyhow::ensure!(index.schema() == schema().0, "the index has another schema");
    anyhow::ensure!(index.validate_checksum()?.is_empty(), "a file of the index is damaged");
    Ok(Some((stamp, Layer::open(&index, catalogue)?)))
}

/// Length of a checksum in hexadecimal, which the catalogue begins with.
const SUM: usize = 64;

/// Builds the index beside the folder and puts it in its place, so that nobody ever meets half of one.
fn keep(portal: &Portal, sheets: &Sheets<'_>, stamp: Stamp, folder: &Path) -> anyhow::Result<Index> {
    let new = beside(folder)?;
    let concepts = entries::concepts(portal);
    let layer = write(MmapDirectory::open(&new)?, sheets.content(&concepts))?;
    let held = Held { stamp, catalogue: layer.catalogue };
    let json = serde_json::to_vec(&held)?;
    fs::write(new.join(CATALOGUE), [blake3::hash(&json).to_hex().as_bytes(), &json].concat())?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(&new, folder)?;
    let index = tantivy::Index::open(MmapDirectory::open(folder)?)?;
    Ok(Index::new(Layer::open(&index, held.catalogue)?, concepts))
}

/// An empty folder beside `folder`; what a killed run has left there goes.
fn beside(folder: &Path) -> anyhow::Result<PathBuf> {
    let new = folder.with_extension("new");
    if new.exists() {
        fs::remove_dir_all(&new)?;
    }
    fs::create_dir_all(&new)?;
    Ok(new)
}
