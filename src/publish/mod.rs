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
use crate::output::{self, MANIFEST, Manifest, replace};
use anyhow::Context;
use rayon::prelude::*;
use release::UNKNOWN;
use std::fs;
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
        let name = format!("{}-{}", crate::model::slug(&target.name), &sha256(target.name.as_bytes())[..8]);
        let kept = root.join(".samverk").join("published").join(name);
        Self { folder: root.join(&target.folder), kept }
    }

    /// What publishing `build` would change.
    ///
    /// # Errors
    /// When the target cannot be read, or was not made by samverk ([`output::Foreign`]).
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
        let was_interrupted = output::interrupted(&self.folder)?.is_some();
        if !was_interrupted && plan.is_empty() && old.manifest == build.manifest {
            return Ok(plan);
        }
        let pending = self.keep(&old, &plan)?;
        output::begin(&self.folder, &old.manifest, &build.manifest)?;
        for stage in plan.stages() {
            stage.par_iter().try_for_each(|path| self.place(build, path))?;
        }
        replace(&self.folder.join(MANIFEST), &build.manifest.to_json()?)?;
        plan.removed.iter().try_for_each(|path| output::prune(&self.folder, path))?;
        output::end(&self.folder)?;
        let previous = self.previous();
        output::remove_folder(&previous)?;
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

    /// Copies what `plan` replaces or removes. A publication that was interrupted has kept its own part already, before
    /// it changed anything: the folder's name tells of which release.
    fn keep(&self, old: &Release, plan: &Plan) -> anyhow::Result<PathBuf> {
        let standing = fs::read(self.folder.join(MANIFEST)).unwrap_or_default();
        let pending = self.kept.join(format!("pending-{}", &sha256(&standing)[..12]));
        let kept = match Release::read(&pending).ok().flatten() {
            Some(begun) => begun.manifest,
            None => {
                output::remove_folder(&pending)?;
                let known = old.manifest.files.iter().filter(|(_, entry)| **entry != UNKNOWN);
                let files = known.map(|(path, entry)| (path.clone(), entry.clone())).collect();
                Manifest { files, ..old.manifest.clone() }
            }
        };
        for path in plan.changed.iter().chain(&plan.removed).filter(|path| kept.files.contains_key(*path)) {
            if !pending.join(path).exists() {
                let bytes = fs::read(old.folder.join(path)).with_context(|| format!("cannot read {path}"))?;
                replace(&pending.join(path), &bytes)?;
            }
        }
        replace(&pending.join(MANIFEST), &kept.to_json()?)?;
        Ok(pending)
    }

    fn place(&self, build: &Release, path: &str) -> anyhow::Result<()> {
        let bytes = fs::read(build.folder.join(path)).with_context(|| format!("cannot read {path}"))?;
        replace(&self.folder.join(path), &bytes)
    }
}

#[cfg(test)]
mod tests;
