//! Importing folders, and importing again what has changed: nothing that an editor wrote is ever lost.

use crate::support::{self, run, samverk};
use std::fs;
use std::path::Path;

const SOURCE: &str = "Nämnden\nMinnesanteckningar\nDatum: 2026-01-29\nPlats: Falun\n\n1. Öppnande\nNämnden beslutade\natt öppna mötet.\n\n2. Plan\nPlanen gicks igenom i sin helhet.\nNämnden beslutade\natt anta planen.\n\n3. Övrigt\nInget.\n";
const DOCUMENT: &str = "content/moten/2026-01-29-namnden.md";

fn import(root: &Path, more: &[&str]) -> (bool, String) {
    let output = run(root, &[&["import", "--yes"], more].concat());
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_changed_original_shows_its_difference_and_spares_the_editor() {
    let folder = support::portal("empty-portal");
    let root = folder.path();
    let (source, document) = (root.join("underlag.txt"), root.join(DOCUMENT));
    let path = source.to_string_lossy().into_owned();
    let text = || fs::read_to_string(&document).expect("the document");
    fs::write(&source, SOURCE).expect("a source");
    assert!(import(root, &[&path]).0);
    let first = text();

    // Untouched since: the new reading takes its place, and the difference is told.
    fs::write(&source, SOURCE.replace("anta planen", "anta den nya planen")).expect("a changed source");
    let (done, told) = import(root, &[&path]);
    assert!(done && told.contains("-- att anta planen.") && told.contains("+- att anta den nya planen."), "{told}");
    assert!(text().contains("att anta den nya planen."));

    // Edited since: nothing is written without a word, and both changes are kept with it.
    let edited = text().replace("titel: Nämnden, minnesanteckningar", "titel: Nämndens möte");
    fs::write(&document, &edited).expect("an edit");
    fs::write(&source, SOURCE).expect("the first source again");
    let (done, told) = import(root, &[&path]);
    assert!(!done && told.contains("--merge") && told.contains("+- att anta planen."), "{told}");
    assert_eq!(text(), edited);
    assert!(import(root, &["--merge", &path]).0);
    assert_eq!(text(), first.replace("titel: Nämnden, minnesanteckningar", "titel: Nämndens möte"));

    // The same lines changed on both sides: only a person can tell.
    let edited = text().replace("att anta planen.", "att anta planen med ändringar.");
    fs::write(&document, &edited).expect("an edit");
    fs::write(&source, SOURCE.replace("anta planen", "avslå planen")).expect("a changed source");
    assert!(!import(root, &["--merge", &path]).0);
    assert_eq!(text(), edited);
}

#[test]
fn a_folder_is_imported_and_a_failure_stops_no_other() {
    let folder = support::portal("empty-portal");
    let root = folder.path();
    let sources = root.join("underlag");
    fs::create_dir_all(sources.join("äldre")).expect("a folder");
    fs::write(sources.join("a.txt"), SOURCE).expect("a source");
    fs::write(sources.join("b.docx"), "ingen docx").expect("a broken source");
    fs::write(sources.join("c.txt"), SOURCE.replace("Inget.", "Klienten 811228-9874 har flyttat.")).expect("a source");
    fs::write(sources.join("äldre/d.txt"), SOURCE.replace("2026-01-29", "2025-11-21")).expect("a source");
    fs::write(sources.join("äldre/e.txt"), SOURCE).expect("the same meeting");
    fs::write(sources.join("bild.jpg"), "jpg").expect("a picture");
    let output = run(root, &["import", "--yes", &sources.to_string_lossy()]);
    let (results, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{told}");
    let kept: Vec<&str> = results.lines().collect();
    assert_eq!(kept, [DOCUMENT, "content/moten/2025-11-21-namnden.md"]);
    for said in ["1 filer av andra slag", "skadad", "personnummer", "blir samma dokument", "2 av 5 filer importerade"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    samverk().arg("--root").arg(root).arg("check").assert().success();
}
