//! The only writer of a site: whole or not at all, unchanged files left alone, stale files pruned.
//!
//! Files are staged beside the target and moved into place when everything is there. What the last manifest does not
//! name was not made here and is never touched.

use crate::checksum::sha256;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

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

impl Manifest {
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
    /// What stands at the target, by its own word.
    old: Manifest,
    files: Mutex<BTreeMap<String, (FileEntry, Placed)>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placed {
    Staged,
    Unchanged,
}

/// The manifest's name in the output.
pub const MANIFEST: &str = "manifest.json";

/// Writes a file whole or not at all: beside its place first, then moved into it.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.file_name().context("a file has a name")?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.samverk"));
    write(&beside, bytes)?;
    fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

impl Output {
    /// Prepares to write to `target`.
    ///
    /// # Errors
    /// When the target is a file, or a folder with content that was not made here, or the folder above cannot be
    /// written.
    pub fn open(target: &Path) -> anyhow::Result<Self> {
        let target = std::path::absolute(target).with_context(|| format!("cannot use {}", target.display()))?;
        let old = read_manifest(&target)?;
        let name = target.file_name().context("the output needs a folder name")?.to_string_lossy().into_owned();
        let parent = target.parent().context("the output needs a folder above it")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        let stage = parent.join(format!(".{name}.samverk"));
        remove_folder(&stage)?;
        fs::create_dir(&stage).with_context(|| format!("cannot write beside {}", target.display()))?;
        Ok(Self { target, stage, old, files: Mutex::default() })
    }

    /// Stages one file, or notes that it stands unchanged. Any thread may call it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let entry = FileEntry { sha256: sha256(bytes), size: bytes.len() as u64 };
        let placed = if self.stands(path, &entry, bytes) { Placed::Unchanged } else { Placed::Staged };
        if placed == Placed::Staged {
            write(&self.stage.join(path), bytes)?;
        }
        let mut files = self.files.lock().expect("no thread panics while it holds the list");
        files.insert(path.to_owned(), (entry, placed));
        Ok(())
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
            for path in &staged {
                self.place(path)?;
            }
            if manifest != self.old {
                self.place(MANIFEST)?;
            }
            stale.iter().try_for_each(|path| self.prune(path))?;
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

    /// Removes a file, and the folders that it leaves empty.
    fn prune(&self, path: &str) -> anyhow::Result<()> {
        let file = self.target.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", file.display()));
            }
            _ => {}
        }
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.target);
        for folder in folders {
            // A folder that still holds something stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What is left of the stage is nothing that anyone waits for.
        drop(fs::remove_dir_all(&self.stage));
    }
}

fn read_manifest(target: &Path) -> anyhow::Result<Manifest> {
    match fs::read(target.join(MANIFEST)) {
        Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| {
            format!("{} has a {MANIFEST} that is not a site's: choose another folder", target.display())
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let foreign = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some());
            if foreign || target.is_file() {
                bail!("{} was not made by samverk: choose another folder, or empty it", target.display());
            }
            if target.is_dir() {
                fs::remove_dir(target).with_context(|| format!("cannot use {}", target.display()))?;
            }
            Ok(Manifest::default())
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", target.display())),
    }
}

fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    match fs::write(path, bytes) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = path.parent().expect("a staged file has a folder");
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
        }
        other => other.with_context(|| format!("cannot write {}", path.display())),
    }
}

fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
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
