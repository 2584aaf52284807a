//! Two builds of the same input on the same day are equal to the byte, however many threads make them.

use crate::support::{self, build, files, project};
use std::fs;
use std::path::{Path, PathBuf};

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
    // A feed tells that an earlier build was another.
    let tells_changes =
        |path: &String| path.ends_with("atom.xml") || ["andringar.json", "manifest.json"].contains(&path.as_str());
    let [kept, cold] = [kept, cold].map(|output| {
        let mut files = files(&output);
        files.retain(|path, _| !tells_changes(path));
        files
    });
    assert!(kept == cold, "a rebuild in place must equal a cold build");
}

/// Where a portal is built whose files are old enough for a build to be believed, and that has a warning to say.
fn settled(portal: &tempfile::TempDir) -> PathBuf {
    let lacking = "---\ntyp: uppdrag\ntitel: Utan mottagare\nsynlighet: publik\n---\nText.\n";
    fs::write(portal.path().join("content/utan.md"), lacking).expect("a document with something to warn of");
    std::thread::sleep(std::time::Duration::from_millis(2100));
    portal.path().join("out")
}

/// Whether a build found that nothing has changed.
fn stood(root: &Path, output: &Path, more: &[&str]) -> bool {
    let target = output.to_string_lossy();
    let result = support::run(root, &[&["build", "--date", support::DATE, "--output", &target], more].concat());
    let said = String::from_utf8_lossy(&result.stderr);
    assert!(result.status.success(), "{said}");
    assert!(said.contains("varning"), "the content's warnings are said each time: {said}");
    said.contains("ingenting har ändrats")
}

#[test]
fn what_has_changed_is_built_and_nothing_else() {
    let portal = support::portal("meeting");
    let root = portal.path();
    fs::create_dir_all(root.join("site/templates")).expect("a folder");
    fs::write(root.join("site/templates/404.html"), "{{ load_data('data.json') }}").expect("a template");
    fs::write(root.join("data.json"), "[1]").expect("data");
    let output = settled(&portal);
    assert!(!stood(root, &output, &[]), "the first build makes the site");
    assert!(stood(root, &output, &[]));
    assert!(stood(root, &output, &["--jobs", "1"]), "threads decide nothing");
    assert!(!stood(root, &output, &["--force"]));
    assert!(!stood(root, &output, &["--edition", "intern"]), "another edition is another site");
    assert!(!stood(root, &output, &[]));
    assert!(stood(root, &output, &[]));

    let page = output.join("moten/2026-01-29-namnden.html");
    let whole = fs::read(&page).expect("the page");
    fs::write(&page, "x").expect("a change by hand");
    assert!(!stood(root, &output, &[]), "a file that was changed is made again");
    assert_eq!(fs::read(&page).expect("the page"), whole);
    fs::remove_file(&page).expect("the page");
    assert!(!stood(root, &output, &[]), "a file that is gone is made again");
    assert_eq!(fs::read(&page).expect("the page"), whole);

    fs::create_dir_all(root.join("site/static")).expect("a folder");
    fs::write(root.join("site/static/.DS_Store"), "zagabuvoox").expect("what a system leaves");
    assert!(stood(root, &output, &[]), "what a system leaves beside a theme's files is none of them");
    assert!(!stood(root, &output, &["--force"]));
    let left = |(path, bytes): (String, Vec<u8>)| path.contains("DS_Store") || bytes == b"zagabuvoox";
    assert!(!files(&output).into_iter().any(left), "nor is it published");

    fs::write(root.join("data.json"), "[2]").expect("other data");
    assert!(!stood(root, &output, &[]), "what a template reads is an input");
    assert!(fs::read_to_string(output.join("404.html")).expect("the page").contains('2'));
}

/// A change that leaves size and time as they were is found where the system tells when a file was touched.
#[cfg(unix)]
#[test]
fn a_change_in_disguise_is_found() {
    let portal = support::portal("meeting");
    let output = settled(&portal);
    assert!(!stood(portal.path(), &output, &[]));
    let file = portal.path().join("content/moten/2026-01-29-namnden.md");
    let time = fs::metadata(&file).and_then(|metadata| metadata.modified()).expect("a time");
    let text = fs::read_to_string(&file).expect("the meeting").replace("anta budgeten", "avta budgeten");
    fs::write(&file, text).expect("an edit");
    fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("its old time");
    assert!(!stood(portal.path(), &output, &[]));
    let page = fs::read_to_string(output.join("moten/2026-01-29-namnden.html")).expect("the page");
    assert!(page.contains("avta budgeten"));
}
