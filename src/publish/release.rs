//! A folder with a site in it, and the manifest that lists what it holds.

use crate::checksum::sha256;
use crate::output::{self, FileEntry, Manifest};
use anyhow::Context;
use rayon::prelude::*;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A site as it lies in a folder.
#[derive(Clone, Debug)]
pub struct Release {
    pub folder: PathBuf,
    pub manifest: Manifest,
}

/// A file that nobody vouches for: it equals no other.
pub(super) const UNKNOWN: FileEntry = FileEntry { sha256: String::new(), size: 0 };

/// Why something is not published. Nothing has been changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0} är inte den fil som byggdes: bygg om med `samverk build`")]
    Altered(String),
    #[error("ingen tidigare version är sparad här för målet")]
    NothingKept,
    #[error("{0} finns inte sparad: någon annan har publicerat till målet sedan dess")]
    Gone(String),
}

impl Release {
    /// The site in `folder`; `None` when the folder is missing or empty.
    ///
    /// # Errors
    /// [`crate::output::Foreign`] when the folder holds something that is not a site of samverk, or when it cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let manifest = Manifest::read(folder)?;
        Ok(manifest.map(|manifest| Self { folder: folder.to_owned(), manifest }))
    }

    /// What stands in `folder`: of its manifest's files those that are there, by their sizes. After an interrupted
    /// publication by their checksums, and [`UNKNOWN`] what it may have placed.
    ///
    /// # Errors
    /// As [`Release::read`].
    pub(super) fn standing(folder: &Path) -> anyhow::Result<Self> {
        let Some(mut release) = Self::read(folder)? else {
            return Ok(Self { folder: folder.to_owned(), manifest: Manifest::default() });
        };
        let is_there = |path: &str, entry: &FileEntry| {
            fs::metadata(folder.join(path)).is_ok_and(|held| held.is_file() && held.len() == entry.size)
        };
        let Some(placed) = output::interrupted(folder)? else {
            release.manifest.files.retain(|path, entry| is_there(path, entry));
            return Ok(release);
        };
        let is_held = |path: &str, entry: &FileEntry| {
            is_there(path, entry) && fs::read(folder.join(path)).is_ok_and(|bytes| sha256(&bytes) == entry.sha256)
        };
        release.manifest.files.retain(|path, entry| is_held(path, entry));
        for path in placed.files.into_keys().filter(|path| folder.join(path).is_file()) {
            release.manifest.files.entry(path).or_insert(UNKNOWN);
        }
        Ok(release)
    }

    /// Whether the files at `paths` are what the manifest says.
    ///
    /// # Errors
    /// [`Refusal::Altered`] with the first that is not, [`Refusal::Gone`] with the first that is missing.
    pub(super) fn verify<'a>(&self, paths: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
        let paths: Vec<&str> = paths.collect();
        paths.into_par_iter().try_for_each(|path| match fs::read(self.folder.join(path)) {
            Ok(bytes) if self.manifest.files.get(path).is_some_and(|entry| entry.sha256 == sha256(&bytes)) => Ok(()),
            Ok(_) => Err(Refusal::Altered(path.to_owned()).into()),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(Refusal::Gone(path.to_owned()).into()),
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        })
    }
}
