//! What the integration tests share: the program, portals in temporary folders, and folders compared as maps.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The day that the tests speak for.
pub const DATE: &str = "2026-11-22";

/// The project's own folder, which holds the portal of RSS Dalarna.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test, without the environment's colours.
pub fn samverk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samverk"));
    command.env("SAMVERK_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE");
    command
}

/// Runs `samverk --root ROOT ARGUMENTS…`, whatever its exit code.
pub fn run(root: &Path, arguments: &[&str]) -> Output {
    samverk().arg("--root").arg(root).args(arguments).output().expect("the program starts")
}

/// Builds the portal at `root` into `output` with `more` arguments, and expects it to succeed.
pub fn build(root: &Path, output: &Path, more: &[&str]) {
    let target = output.to_string_lossy();
    let arguments = [&["build", "--date", DATE, "--output", &target], more].concat();
    let result = run(root, &arguments);
    assert!(result.status.success(), "{arguments:?}:\n{}", String::from_utf8_lossy(&result.stderr));
}

/// The folder of shared material beside the project; `None`, said aloud, where there is none.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SAMVERK_SHARED").map_or_else(|| project().join("../shared"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no shared material at {} (set SAMVERK_SHARED)", folder.display());
    None
}

/// Every file below `folder`, by its path with `/` between the parts.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found);
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.expect("a readable folder");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(entry.path()).expect("a readable file"));
        }
    }
}

/// Copies the folder `from` to `to`, which is made.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().expect("a file lies in a folder")).expect("a writable folder");
        fs::write(target, bytes).expect("a writable file");
    }
}

/// A copy of a case's portal (`site/`, `content/`, `themes/`) in a folder of its own.
pub fn portal(case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy_portal(&project().join("tests/cases").join(case), folder.path());
    folder
}

pub fn copy_portal(from: &Path, to: &Path) {
    for part in ["site", "content", "themes"] {
        if from.join(part).is_dir() {
            copy(&from.join(part), &to.join(part));
        }
    }
}
