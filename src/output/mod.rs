//! The only writer of a site: whole or not at all, unchanged files left alone, stale files pruned.
//!
//! Files are staged beside the target and moved into place when everything is there. What the last manifest does not
//! name was not made here and is never touched.

mod files;
mod manifest;

pub use files::replace;
pub(crate) use files::{prune, remove_folder};
pub use manifest::{FileEntry, Foreign, MANIFEST, Manifest};
pub(crate) use manifest::{begin, end, interrupted};

use crate::checksum::sha256;
use anyhow::Context;
use files::{Lock, rename, write};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// How many files a build wrote, left alone and removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// A site being written. Dropped without [`Output::commit`], it leaves the target as it was.
pub struct Output {
    target: PathBuf,
    stage: PathBuf,
    /// Held as long as this lives, so that two builds to one target never mix.
    _lock: Lock,
    /// What stands at the target, by its own word, with what an interrupted build may have placed.
    old: Manifest,
    files: Mutex<BTreeMap<String, (FileEntry, Placed)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placed {
    Staged,
    Unchanged,
}

impl Output {
    /// Prepares to write to `target`.
    ///
    /// # Errors
    /// When the target is a file, or a folder with content that was not made here, or the folder above cannot be
    /// written.
    pub fn open(target: &Path) -> anyhow::Result<Self> {
        let target = std::path::absolute(target).with_context(|| format!("cannot use {}", target.display()))?;
        let name = target.file_name().context("the output needs a folder name")?.to_string_lossy().into_owned();
        let parent = target.parent().context("the output needs a folder above it")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let lock = Lock::take(parent.join(format!(".{name}.samverk.lock")), &target)?;
        let old = Manifest::read(&target)?;
        if old.is_none() && target.is_dir() {
            // Empty: the finished site is moved to where it stands.
            fs::remove_dir(&target).with_context(|| format!("cannot use {}", target.display()))?;
        }
        let mut old = old.unwrap_or_default();
        for (path, entry) in interrupted(&target)?.unwrap_or_default().files {
            old.files.entry(path).or_insert(entry);
        }
        let stage = parent.join(format!(".{name}.samverk"));
        remove_folder(&stage)?;
        fs::create_dir(&stage).with_context(|| format!("cannot write beside {}", target.display()))?;
        Ok(Self { target, stage, _lock: lock, old, files: Mutex::default() })
    }

    /// The edition that stands at the target, if any does.
    pub fn standing(&self) -> Option<&str> {
        Some(self.old.edition.as_str()).filter(|edition| !edition.is_empty())
    }

    /// A file of the site that stands at the target, if an earlier build of `edition` made it.
    pub fn earlier(&self, path: &str, edition: &str) -> Option<Vec<u8>> {
        let made = self.standing() == Some(edition) && self.old.files.contains_key(path);
        made.then(|| fs::read(self.target.join(path)).ok())?
    }

    /// Stages one file, or notes that it stands unchanged. Any thread may call it.
    ///
    /// # Errors
    /// When the disk refuses, or another file was put at `path`.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let entry = FileEntry { sha256: sha256(bytes), size: bytes.len() as u64 };
        let placed = if self.stands(path, &entry, bytes) { Placed::Unchanged } else { Placed::Staged };
        if placed == Placed::Staged {
            write(&self.stage.join(path), bytes)?;
        }
        let mut files = self.files.lock().expect("no thread panics while it holds the list");
        match files.insert(path.to_owned(), (entry, placed)) {
            Some(_) => anyhow::bail!("two files would be written to {path}"),
            None => Ok(()),
        }
    }

    fn stands(&self, path: &str, entry: &FileEntry, bytes: &[u8]) -> bool {
        self.old.files.get(path) == Some(entry) && fs::read(self.target.join(path)).is_ok_and(|held| held == bytes)
    }

    /// Moves everything into place: files first, then the manifest, then deletions.
    ///
    /// # Errors
    /// When the disk refuses; files already moved stay, each of them whole.
    pub fn commit(self, edition: &str, date: &str) -> anyhow::Result<Summary> {
        let files = std::mem::take(&mut *self.files.lock().expect("no thread panics while it holds the list"));
        let staged: Vec<&String> =
            files.iter().filter(|(_, (_, placed))| *placed == Placed::Staged).map(|(path, _)| path).collect();
        let manifest = Manifest {
            generator: concat!("samverk ", env!("CARGO_PKG_VERSION")).to_owned(),
            edition: edition.to_owned(),
            date: date.to_owned(),
            files: files.iter().map(|(path, (entry, _))| (path.clone(), entry.clone())).collect(),
        };
        write(&self.stage.join(MANIFEST), &manifest.to_json()?)?;
        let stale: Vec<&String> = self.old.files.keys().filter(|path| !files.contains_key(*path)).collect();
        if self.target.exists() {
            begin(&self.target, &self.old, &manifest)?;
            for path in &staged {
                self.place(path)?;
            }
            if manifest != self.old {
                self.place(MANIFEST)?;
            }
            stale.iter().try_for_each(|path| prune(&self.target, path))?;
            end(&self.target)?;
        } else {
            rename(&self.stage, &self.target)?;
        }
        Ok(Summary { written: staged.len(), unchanged: files.len() - staged.len(), removed: stale.len() })
    }

    fn place(&self, path: &str) -> anyhow::Result<()> {
        let to = self.target.join(path);
        let from = self.stage.join(path);
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let folder = to.parent().expect("a file below the target has a folder");
                fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
                rename(&from, &to)
            }
            other => other.with_context(|| format!("cannot write {}", to.display())),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What is left of the stage is nothing that anyone waits for; the lock is let go of after it.
        drop(fs::remove_dir_all(&self.stage));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(target: &Path, files: &[(&str, &str)]) -> Summary {
        let output = Output::open(target).expect("a usable target");
        for (path, text) in files {
            output.put(path, text.as_bytes()).expect("a writable disk");
        }
        output.commit("publik", "2026-11-22").expect("a writable disk")
    }

    #[test]
    fn writes_what_changed_and_prunes_what_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        assert_eq!(build(&target, &[("a.html", "1"), ("b/c.html", "2")]).written, 2);
        fs::write(target.join("egen.txt"), "x").expect("a foreign file");
        let second = build(&target, &[("a.html", "1"), ("d.html", "3")]);
        assert_eq!(second, Summary { written: 1, unchanged: 1, removed: 1 });
        assert!(!target.join("b").exists() && target.join("egen.txt").exists());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "no stage is left behind");
    }

    #[test]
    fn what_an_interrupted_build_placed_is_pruned() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        build(&target, &[("a.html", "1")]);
        fs::create_dir_all(target.join("c.html/in-the-way")).expect("what a file cannot replace");
        let output = Output::open(&target).expect("a usable target");
        for path in ["b.html", "c.html"] {
            output.put(path, b"x").expect("a writable disk");
        }
        assert!(output.commit("intern", "2026-11-22").is_err() && target.join("b.html").exists());
        fs::remove_dir_all(target.join("c.html")).expect("a folder");
        build(&target, &[("a.html", "1")]);
        let left: Vec<_> =
            fs::read_dir(&target).expect("the target").map(|entry| entry.expect("a file").file_name()).collect();
        assert_eq!(left.len(), 2, "the page and the manifest: {left:?}");
    }

    #[test]
    fn two_builds_never_write_to_one_target() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        let first = Output::open(&target).expect("a usable target");
        assert!(Output::open(&target).is_err());
        drop(first);
        assert!(Output::open(&target).is_ok());
    }

    #[test]
    fn a_path_takes_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Output::open(&folder.path().join("public")).expect("a usable target");
        output.put("a.html", b"1").expect("a writable disk");
        assert!(output.put("a.html", b"2").is_err());
    }

    #[test]
    fn a_manifest_names_nothing_outside_the_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        build(&target, &[("a.html", "1")]);
        let manifest = fs::read_to_string(target.join(MANIFEST)).expect("the manifest");
        fs::write(target.join(MANIFEST), manifest.replace("a.html", "../a.html")).expect("a change");
        assert!(Output::open(&target).is_err_and(|error| error.is::<Foreign>()));
    }

    #[test]
    fn an_abandoned_build_leaves_the_old_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        build(&target, &[("a.html", "1")]);
        let output = Output::open(&target).expect("a usable target");
        output.put("a.html", b"2").expect("a writable disk");
        drop(output);
        assert_eq!(fs::read_to_string(target.join("a.html")).expect("the page"), "1");
    }

    #[test]
    fn a_foreign_folder_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("viktig.txt"), "x").expect("a file");
        assert!(Output::open(folder.path()).is_err());
    }

    #[test]
    fn a_file_changed_by_hand_is_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("public");
        build(&target, &[("a.html", "1")]);
        fs::write(target.join("a.html"), "x").expect("a change");
        assert_eq!(build(&target, &[("a.html", "1")]).written, 1);
    }
}
