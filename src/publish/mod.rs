//! Brings a build to the folder that a host serves, and back again; and packs it for the archive.
//!
//! Whoever reads the site meanwhile meets whole pages: new scripts and styles come before the pages that ask for them,
//! the manifest after all of them, and deletions last. What is replaced is kept below the portal, so that it can be
//! brought back.

mod archive;
mod plan;
mod release;

pub use archive::archive;
pub use plan::Plan;
pub use release::{Refusal, Release};

use crate::checksum::sha256;
use crate::model::Target;
use crate::output::MANIFEST;
use anyhow::Context;
use rayon::prelude::*;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A target with its folder, and where what it held before is kept.
#[derive(Clone, Debug)]
pub struct Place {
    /// The folder that the host serves.
    pub folder: PathBuf,
    kept: PathBuf,
}

impl Place {
    /// `target`'s folder, relative to the portal at `root` unless it is absolute.
    pub fn new(root: &Path, target: &Target) -> Self {
        let kept = root.join(".samverk").join("published").join(crate::model::slug(&target.name));
        Self { folder: root.join(&target.folder), kept }
    }

    /// What publishing `build` would change.
    ///
    /// # Errors
    /// When the target cannot be read, or was not made by samverk ([`Refusal::Foreign`]).
    pub fn plan(&self, build: &Release) -> anyhow::Result<Plan> {
        Ok(Plan::between(&Release::standing(&self.folder)?.manifest, &build.manifest))
    }

    /// Brings `build` to the target, and keeps what it replaces.
    ///
    /// # Errors
    /// When the build is not what its manifest says ([`Refusal::Altered`]; nothing is changed then), when the target
    /// was not made by samverk, or when a disk refuses. An interrupted publication leaves a site that works, and is
    /// completed by the next.
    pub fn bring(&self, build: &Release) -> anyhow::Result<Plan> {
        let old = Release::standing(&self.folder)?;
        let plan = Plan::between(&old.manifest, &build.manifest);
        build.verify(plan.writes())?;
        if plan.is_empty() && old.manifest == build.manifest {
            return Ok(plan);
        }
        let pending = self.keep(&old, &plan)?;
        for stage in plan.stages() {
            stage.par_iter().try_for_each(|path| self.place(build, path))?;
        }
        write_whole(&self.folder.join(MANIFEST), &build.manifest_json()?)?;
        plan.removed.iter().try_for_each(|path| self.remove(path))?;
        let previous = self.previous();
        remove_folder(&previous)?;
        fs::rename(&pending, &previous).with_context(|| format!("cannot keep {}", previous.display()))?;
        Ok(plan)
    }

    /// The release that was replaced last; the first publication replaced none.
    ///
    /// # Errors
    /// [`Refusal::NothingKept`] when there is none, or when a disk refuses.
    pub fn kept(&self) -> anyhow::Result<Release> {
        let kept = Release::read(&self.previous())?.filter(|release| !release.manifest.files.is_empty());
        kept.ok_or_else(|| Refusal::NothingKept.into())
    }

    fn previous(&self) -> PathBuf {
        self.kept.join("previous")
    }

    /// Copies what `plan` replaces or removes. A publication that was interrupted has kept it already, before it
    /// changed anything: the folder's name tells of which release.
    fn keep(&self, old: &Release, plan: &Plan) -> anyhow::Result<PathBuf> {
        let standing = fs::read(self.folder.join(MANIFEST)).unwrap_or_default();
        let pending = self.kept.join(format!("pending-{}", &sha256(&standing)[..12]));
        if pending.join(MANIFEST).is_file() {
            return Ok(pending);
        }
        remove_folder(&pending)?;
        for path in plan.changed.iter().chain(&plan.removed) {
            let bytes = fs::read(old.folder.join(path)).with_context(|| format!("cannot read {path}"))?;
            write_whole(&pending.join(path), &bytes)?;
        }
        write_whole(&pending.join(MANIFEST), &old.manifest_json()?)?;
        Ok(pending)
    }

    fn place(&self, build: &Release, path: &str) -> anyhow::Result<()> {
        let bytes = fs::read(build.folder.join(path)).with_context(|| format!("cannot read {path}"))?;
        write_whole(&self.folder.join(path), &bytes)
    }

    /// Removes a file, and the folders that it leaves empty.
    fn remove(&self, path: &str) -> anyhow::Result<()> {
        let file = self.folder.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", file.display()));
            }
            _ => {}
        }
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.folder);
        for folder in folders {
            // A folder that still holds something stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Writes beside `path` and moves into place: a reader meets the old file or the new one, never half of one.
fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let name = path.file_name().context("a file has a name")?.to_string_lossy();
    let beside = folder.join(format!(".{name}.samverk"));
    fs::write(&beside, bytes).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
