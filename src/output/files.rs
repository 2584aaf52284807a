//! Single files and folders, and the lock that keeps two writers apart.

use anyhow::Context;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all: beside its place first, then moved into it.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.file_name().context("a file has a name")?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.samverk"));
    write(&beside, bytes)?;
    fs::rename(&beside, path)
        .inspect_err(|_| drop(fs::remove_file(&beside)))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Removes the file at `path` below `root`, and the folders that it leaves empty.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn prune(root: &Path, path: &str) -> anyhow::Result<()> {
    let file = root.join(path);
    match fs::remove_file(&file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", file.display()));
        }
        _ => {}
    }
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != root) {
        // A folder that still holds something stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Removes a folder with all that it holds, if it is there.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    match fs::write(path, bytes) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = path.parent().expect("a staged file has a folder");
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
        }
        other => other.with_context(|| format!("cannot write {}", path.display())),
    }
}

pub(super) fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
}

/// A lock on a target, let go of when dropped, and by the system when the process dies.
pub(super) struct Lock {
    path: PathBuf,
    file: fs::File,
}

impl Lock {
    pub(super) fn take(path: PathBuf, target: &Path) -> anyhow::Result<Self> {
        let file = fs::File::create(&path).with_context(|| format!("cannot write beside {}", target.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path, file }),
            Err(fs::TryLockError::WouldBlock) => anyhow::bail!("another build is writing to {}", target.display()),
            Err(fs::TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An empty file that stays behind would lock nobody out.
        drop(fs::remove_file(&self.path));
        drop(self.file.unlock());
    }
}
