//! A folder with a site in it, and the manifest that lists what it holds.

use crate::checksum::sha256;
use crate::output::{MANIFEST, Manifest};
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

/// Why something is not published. Nothing has been changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{0} är inte gjord av samverk: välj en annan mapp, eller töm den")]
    Foreign(String),
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
    /// [`Refusal::Foreign`] when the folder holds something that is not a site of samverk, or when it cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let foreign = || Refusal::Foreign(folder.display().to_string());
        match fs::read(folder.join(MANIFEST)) {
            Ok(bytes) => {
                let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| foreign())?;
                if !manifest.files.keys().all(|path| stays_below(path)) {
                    return Err(foreign().into());
                }
                Ok(Some(Self { folder: folder.to_owned(), manifest }))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut entries = fs::read_dir(folder).into_iter().flatten();
                if entries.next().is_some() || folder.is_file() { Err(foreign().into()) } else { Ok(None) }
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", folder.display())),
        }
    }

    /// What stands in `folder`: of its manifest's files those that are there, by their sizes.
    ///
    /// # Errors
    /// As [`Release::read`].
    pub(super) fn standing(folder: &Path) -> anyhow::Result<Self> {
        let Some(mut release) = Self::read(folder)? else {
            return Ok(Self { folder: folder.to_owned(), manifest: Manifest::default() });
        };
        release.manifest.files.retain(|path, entry| {
            fs::metadata(folder.join(path)).is_ok_and(|held| held.is_file() && held.len() == entry.size)
        });
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

    pub(super) fn manifest_json(&self) -> anyhow::Result<Vec<u8>> {
        self.manifest.to_json()
    }
}

/// Whether a path of a manifest, which anyone may have written, stays below the site's root.
fn stays_below(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
