//! Within a page every id stands once, and every link to a place in it leads to one.

use crate::support::{build, files, portal, project};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn faults(output: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, bytes) in files(output).into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes).expect("UTF-8");
        let mut ids = BTreeSet::new();
        faults.extend(
            values(&html, " id=\"").into_iter().filter(|id| !ids.insert(*id)).map(|id| format!("{path}: {id} twice")),
        );
        let lost = values(&html, "href=\"#").into_iter().filter(|id| !ids.contains(id));
        faults.extend(lost.map(|id| format!("{path}: #{id} leads nowhere")));
    }
    faults
}

#[test]
fn places_within_pages_are_one_and_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for edition in ["publik", "intern"] {
        let output = folder.path().join(edition);
        build(&project(), &output, &["--edition", edition]);
        assert_eq!(faults(&output), Vec::<String>::new());
    }
}

const NOTED: &str = "---
typ: möte
titel: Noter
datum: 2026-03-03
organ: namnden
synlighet: publik
---
Inledning.[^a]

[^a]: Om inledningen.

## 1. Budget

Bakgrund.[^b]

Nämnden beslutade[^lead]

- att anta budgeten.[^c]
- att följa upp.[^d] [^c]

Efteråt.[^a]

[^b]: Om bakgrunden.
[^c]: Om budgeten.
[^d]: Om uppföljningen.
[^lead]: Om omröstningen.
";

/// A note may be referred to before the first item, in a text, in a clause, or in several of them.
#[test]
fn notes_stand_once_and_are_referred_to_where_they_are_cited() {
    let portal = portal("meeting");
    fs::write(portal.path().join("content/moten/noter.md"), NOTED).expect("a meeting");
    let output = portal.path().join("out");
    build(portal.path(), &output, &[]);
    assert_eq!(faults(&output), Vec::<String>::new());
    let html = fs::read_to_string(output.join("moten/noter.html")).expect("the page");
    assert_eq!(html.matches("<section class=\"noter\"").count(), 1);
    for words in ["Om inledningen.", "Om bakgrunden.", "Om budgeten.", "Om uppföljningen.", "Om omröstningen."] {
        assert_eq!(html.matches(words).count(), 1, "{words}");
    }
    let clause = html.split("<li id=\"b-1-2\">").nth(1).and_then(|rest| rest.split("</li>").next()).expect("a clause");
    assert_eq!(values(clause, "href=\"#not-"), ["5", "4"], "{clause}");
}
