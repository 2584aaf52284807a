//! One glob over `tests/cases/*/`: a small portal each, with what the program must say and write about it.
//!
//! | file | holds |
//! | --- | --- |
//! | `site/`, `content/`, `themes/` | the portal |
//! | `cmd` | arguments, one a line; `{out}` is the output folder. Absent: a quiet build |
//! | `expected.code` | the exit code, when it is not 0 |
//! | `expected.stdout` | compared when it is there |
//! | `expected.stderr` | all of standard error; absent: nothing was said |
//! | `expected/` | files of the output; those that are there are compared |
//! | `absent` | texts that may stand nowhere in the output, one a line |
//! | `present` | texts that must stand in some file of the output, one a line |
//!
//! `SAMVERK_UPDATE=1 cargo test --test it cases` rewrites the expected files that are there, and code and stderr always.

use crate::support::{DATE, copy_portal, files, project, samverk};
use std::fs;
use std::path::Path;

#[test]
fn cases() {
    let update = std::env::var_os("SAMVERK_UPDATE").is_some();
    let mut folders: Vec<_> = fs::read_dir(project().join("tests/cases"))
        .expect("cases")
        .map(|entry| entry.expect("a case").path())
        .collect();
    folders.sort();
    let wanted = std::env::var("SAMVERK_CASE").unwrap_or_default();
    let mut faults = Vec::new();
    let mut count = 0;
    for folder in folders.iter().filter(|folder| folder.is_dir() && folder.to_string_lossy().contains(&wanted)) {
        count += 1;
        faults.extend(Case { folder, update }.run());
    }
    assert!(count > 0, "no case matches `{wanted}`");
    assert!(faults.is_empty(), "{} of {count} cases differ\n\n{}", faults.len(), faults.join("\n\n"));
}

struct Case<'a> {
    folder: &'a Path,
    update: bool,
}

impl Case<'_> {
    /// What differs, if anything does.
    fn run(&self) -> Option<String> {
        let root = tempfile::tempdir().expect("a temporary folder");
        let output = root.path().join("out");
        copy_portal(self.folder, root.path());
        let run =
            samverk().current_dir(root.path()).args(self.arguments(&output)).output().expect("the program starts");
        let shown = |bytes: &[u8]| self.shown(bytes, root.path());
        let code = run.status.code().map_or_else(|| "killed".to_owned(), |code| code.to_string());
        let mut faults = Vec::new();
        self.text("expected.code", if code == "0" { "" } else { &code }, &mut faults);
        self.text("expected.stderr", &shown(&run.stderr), &mut faults);
        if self.folder.join("expected.stdout").exists() {
            self.text("expected.stdout", &shown(&run.stdout), &mut faults);
        }
        self.outputs(&output, &mut faults);
        self.words(&output, &mut faults);
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy();
        (!faults.is_empty()).then(|| format!("== {name}\n{}", faults.join("\n")))
    }

    fn arguments(&self, output: &Path) -> Vec<String> {
        let quiet = format!("--quiet\nbuild\n--date\n{DATE}\n--output\n{{out}}\n");
        let written = fs::read_to_string(self.folder.join("cmd")).unwrap_or(quiet);
        written.lines().map(|word| word.replace("{out}", &output.to_string_lossy())).collect()
    }

    /// Text without what differs between machines: the temporary folder, and which way its slashes lean.
    fn shown(&self, bytes: &[u8], root: &Path) -> String {
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        text.replace(&*real.to_string_lossy(), "{root}").replace(&*root.to_string_lossy(), "{root}")
    }

    fn text(&self, name: &str, found: &str, faults: &mut Vec<String>) {
        let path = self.folder.join(name);
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        if wanted.trim_end() == found.trim_end() {
            return;
        }
        if !self.update {
            faults.push(format!("-- {name} should be\n{wanted}\n-- and is\n{found}"));
        } else if found.trim_end().is_empty() {
            fs::remove_file(&path).expect("an expected file can be removed");
        } else {
            fs::write(&path, format!("{}\n", found.trim_end())).expect("an expected file can be written");
        }
    }

    fn outputs(&self, output: &Path, faults: &mut Vec<String>) {
        for (path, wanted) in files(&self.folder.join("expected")) {
            let found = fs::read(output.join(&path)).unwrap_or_default();
            if found == wanted {
                continue;
            }
            if self.update {
                fs::write(self.folder.join("expected").join(&path), found).expect("an expected file can be written");
            } else {
                faults.push(format!("-- {path}: {}", first_difference(&wanted, &found)));
            }
        }
    }

    fn words(&self, output: &Path, faults: &mut Vec<String>) {
        let written = files(output);
        let holders = |word: &str| -> Vec<&str> {
            let holds = |path: &str, bytes: &[u8]| path.contains(word) || String::from_utf8_lossy(bytes).contains(word);
            written.iter().filter(|(path, bytes)| holds(path, bytes)).map(|(path, _)| path.as_str()).collect()
        };
        for word in self.lines("absent") {
            let found = holders(&word);
            if !found.is_empty() {
                faults.push(format!("-- `{word}` may stand nowhere, and stands in {}", found.join(", ")));
            }
        }
        for word in self.lines("present") {
            if holders(&word).is_empty() {
                faults.push(format!("-- `{word}` stands nowhere"));
            }
        }
    }

    fn lines(&self, name: &str) -> Vec<String> {
        let text = fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

fn first_difference(wanted: &[u8], found: &[u8]) -> String {
    let (wanted, found) = (String::from_utf8_lossy(wanted), String::from_utf8_lossy(found));
    let mut lines = wanted.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (wanted, found))| wanted != found) {
        Some((at, (wanted, found))) => format!("line {} should be\n{wanted}\n-- and is\n{found}", at + 1),
        None => format!("should have {} lines and has {}", wanted.lines().count(), found.lines().count()),
    }
}
