//! From real documents to a site: the seeds imported into an empty portal, their questions answered, built and searched.

use crate::support::{DATE, build, project, run, shared};
use samverk::import::answer::{About, Answer, answer, open_questions};
use samverk::model::{Date, Edition, Registers};
use samverk::search::{Index, Query};
use samverk::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_seeds_become_a_site_that_finds_them() {
    let Some(seeds) = shared().map(|shared| shared.join("seeds")) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    registers(root);
    let mut arguments = vec!["import".to_owned(), "--yes".to_owned()];
    let entries = fs::read_dir(&seeds).expect("the seeds").flatten().map(|entry| entry.path());
    let mut sources: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    sources.sort();
    arguments.extend(sources.iter().map(|path| path.to_string_lossy().into_owned()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = run(root, &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents: Vec<PathBuf> =
        String::from_utf8_lossy(&output.stdout).lines().map(|document| root.join(document)).collect();
    assert_eq!(documents.len(), sources.len());

    let workspace = open(root);
    let registers = workspace.portal.as_ref().map(|portal| (*portal.registers).clone()).unwrap_or_default();
    documents.iter().for_each(|document| answer_all(document, &registers));
    build(root, &root.join("ut"), &["--edition", "intern"]);

    let portal = open(root).edition(Edition::Internal).expect("no errors");
    let index = Index::build(&portal);
    for (question, document) in [
        ("rekvirera länsgemensamma medlen", "moten/"),
        ("processgrupp samsjuklighet", "uppdrag/"),
        ("projektbeställare Sörmland", "uppdrag/"),
    ] {
        let hits = index.search(&Query::parse(question), 10).hits;
        assert!(hits.iter().any(|hit| hit.id.starts_with(document)), "{question}");
    }
}

/// The registers of the portal of RSS Dalarna, and no documents.
fn registers(root: &Path) {
    for entry in fs::read_dir(project().join("site")).expect("the registers").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "yaml") {
            fs::create_dir_all(root.join("site")).expect("a folder");
            fs::copy(entry.path(), root.join("site").join(entry.file_name())).expect("a register");
        }
    }
    fs::create_dir_all(root.join("content")).expect("a folder");
}

fn open(root: &Path) -> Workspace {
    let day: Date = DATE.parse().expect("a day");
    Workspace::open(root, day).expect("a portal")
}

/// As an editor would who has the answers at hand.
fn answer_all(document: &Path, registers: &Registers) {
    loop {
        let text = fs::read_to_string(document).expect("a document");
        let Some(open) = open_questions(&text).into_iter().next() else { return };
        let said = match open.about {
            About::Typ => "sida",
            About::Titel => "Ett dokument",
            About::Datum => "2026-01-29",
            About::Organ => "lanschefsnatverket",
            About::Plats => "Falun",
            About::Närvarande => "Bo Ek, chef, Regionen",
            About::Roller => "Beställare: Rådet",
            About::Period | About::Giltighet => "2026-01-01 – 2027-12-31",
            About::Parter => "Regionen; Länets kommuner",
            About::Punkter | About::Beslut | About::Förlängning => "",
        };
        let said = if said.is_empty() { Answer::Settled } else { Answer::Is(said) };
        let text = answer(&text, 0, said, registers).expect("an answer");
        fs::write(document, text).expect("a document");
    }
}
