//! The list of a site's files, and the list of those that are being moved into it.

use super::files::{prune, replace};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// The manifest's name in the output.
pub const MANIFEST: &str = "manifest.json";

/// While files are moved into a site, the list of them: `.samverk-pending.json`, a manifest by form.
///
/// What an interrupted writing has placed would otherwise be nobody's, and stay for good.
const JOURNAL: &str = ".samverk-pending.json";

/// The list of a site's files, written last: `manifest.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub generator: String,
    pub edition: String,
    /// The day the site speaks for.
    pub date: String,
    /// By path from the site's root.
    pub files: BTreeMap<String, FileEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub size: u64,
}

/// A folder with something in it that no build made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} är inte gjord av samverk: välj en annan mapp, eller töm den")]
pub struct Foreign(pub String);

impl Manifest {
    /// The manifest of the site in `folder`; `None` when the folder is missing or empty.
    ///
    /// # Errors
    /// [`Foreign`] when the folder holds something that is not a site of samverk; or when it cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        if let Some(manifest) = Self::named(folder, MANIFEST)? {
            return Ok(Some(manifest));
        }
        if folder.join(JOURNAL).is_file() {
            // The first writing was interrupted: what lies here is ours.
            return Ok(Some(Self::default()));
        }
        let is_empty = fs::read_dir(folder).into_iter().flatten().next().is_none() && !folder.is_file();
        if is_empty { Ok(None) } else { Err(Foreign(folder.display().to_string()).into()) }
    }

    fn named(folder: &Path, name: &str) -> anyhow::Result<Option<Self>> {
        let bytes = match fs::read(folder.join(name)) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", folder.display())),
        };
        let manifest = serde_json::from_slice::<Self>(&bytes).ok();
        let sound = manifest.filter(|manifest| manifest.files.keys().all(|path| stays_below(path)));
        sound.map(Some).ok_or_else(|| Foreign(folder.display().to_string()).into())
    }

    /// As it stands in the file.
    ///
    /// # Errors
    /// Never for a manifest that a build made.
    pub fn to_json(&self) -> anyhow::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}

/// Whether a path of a manifest, which anyone may have written, stays below the site's root.
fn stays_below(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The files that an interrupted writing to `folder` may have placed; `None` when none was interrupted.
///
/// # Errors
/// [`Foreign`] when the list is not one of ours, or when it cannot be read.
pub(crate) fn interrupted(folder: &Path) -> anyhow::Result<Option<Manifest>> {
    Manifest::named(folder, JOURNAL)
}

/// Notes that the files of `new` are about to be moved into `folder` in the place of `old`'s, beside those of a writing
/// that was interrupted.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn begin(folder: &Path, old: &Manifest, new: &Manifest) -> anyhow::Result<()> {
    let mut files = interrupted(folder)?.unwrap_or_default().files;
    files.extend(old.files.clone());
    files.extend(new.files.clone());
    replace(&folder.join(JOURNAL), &Manifest { files, ..new.clone() }.to_json()?)
}

/// Notes that everything is in place.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn end(folder: &Path) -> anyhow::Result<()> {
    prune(folder, JOURNAL)
}
