//! Two builds of the same input on the same day are equal to the byte, however many threads make them.

mod support;

use std::fs;
use support::{build, files, project};

#[test]
fn builds_are_equal_whatever_the_jobs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("portal");
    support::copy_portal(&project(), &root);
    for edition in ["publik", "intern"] {
        let outputs = ["1", "2", "7"].map(|jobs| {
            let output = folder.path().join(format!("{edition}-{jobs}"));
            build(&root, &output, &["--edition", edition, "--jobs", jobs]);
            files(&output)
        });
        assert!(outputs[0].len() > 20, "the portal has pages");
        for other in &outputs[1..] {
            assert_eq!(outputs[0].keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            let differing: Vec<_> =
                outputs[0].iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
            assert!(differing.is_empty(), "{edition}: these differ: {differing:?}");
        }
    }
}

#[test]
fn an_unchanged_rebuild_writes_nothing() {
    let portal = support::portal("meeting");
    let output = portal.path().join("out");
    build(portal.path(), &output, &[]);
    let stamps = || -> Vec<_> {
        let stamp = |path: &String| fs::metadata(output.join(path)).and_then(|meta| meta.modified()).expect("a time");
        files(&output).keys().map(|path| (path.clone(), stamp(path))).collect()
    };
    let before = stamps();
    std::thread::sleep(std::time::Duration::from_millis(30));
    build(portal.path(), &output, &[]);
    let after = stamps();
    let touched: Vec<_> = before.iter().filter(|stamp| !after.contains(stamp)).map(|(path, _)| path).collect();
    assert!(touched.is_empty(), "written again: {touched:?}");
}

#[test]
fn a_rebuild_equals_a_cold_build() {
    let portal = support::portal("meeting");
    let (kept, cold) = (portal.path().join("kept"), portal.path().join("cold"));
    build(portal.path(), &kept, &[]);
    let document = portal.path().join("content/moten/2026-01-29-namnden.md");
    let text = fs::read_to_string(&document).expect("the case's meeting");
    fs::write(portal.path().join("content/ny.md"), "---\ntitel: Ny sida\nsynlighet: publik\n---\nText.\n")
        .expect("a new page");
    fs::write(&document, text.replace("anta budgeten", "anta planen")).expect("an edit");
    build(portal.path(), &kept, &[]);
    fs::remove_file(portal.path().join("content/ny.md")).expect("a removed page");
    build(portal.path(), &kept, &[]);
    build(portal.path(), &cold, &[]);
    assert!(!kept.join("ny.html").exists(), "what is no longer made is taken away");
    assert!(files(&kept) == files(&cold), "a rebuild in place must equal a cold build");
}
