//! The shared host and law checks over the real portal, where that material and Python are to be had.

use crate::support::{self, build, files, project, shared};
use std::process::Command;

#[test]
fn site_check_finds_nothing() {
    let Some(script) = shared().map(|folder| folder.join("hosttest/site_check.py")).filter(|script| script.exists())
    else {
        return;
    };
    let Some(python) =
        ["python3", "python"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok())
    else {
        eprintln!("SKIPPED: no Python");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("portal");
    support::copy_portal(&project(), &root);
    for edition in ["publik", "intern"] {
        let output = folder.path().join(edition);
        build(&root, &output, &["--edition", edition]);
        let found = Command::new(python).arg(&script).arg(&output).output().expect("Python runs");
        let said = String::from_utf8_lossy(&found.stdout).into_owned() + &String::from_utf8_lossy(&found.stderr);
        let faults: Vec<_> = said.lines().filter(|line| line.contains('\t') && !is_calendar(line)).collect();
        assert!(found.status.success() || faults.is_empty() && said.contains("MIME"), "{edition}:\n{said}");
    }
}

/// The script does not know of calendars, which the agreed list of endings has and IIS serves as `text/calendar`.
fn is_calendar(line: &str) -> bool {
    line.starts_with("MIME\t") && line.split('\t').nth(1).is_some_and(|path| path.ends_with(".ics"))
}

/// The promises of the host table that need no Python.
#[test]
fn every_name_and_ending_suits_every_host() {
    const ENDINGS: [&str; 12] = ["html", "css", "js", "json", "xml", "txt", "svg", "png", "pdf", "csv", "ics", "rdf"];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("portal");
    support::copy_portal(&project(), &root);
    let output = folder.path().join("out");
    build(&root, &output, &[]);
    let suits = |path: &str| {
        let plain = path.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'/'));
        plain && path.len() <= 120 && path.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let unsuited: Vec<_> = files(&output).into_keys().filter(|path| !suits(path)).collect();
    assert!(unsuited.is_empty(), "{unsuited:?}");
}
