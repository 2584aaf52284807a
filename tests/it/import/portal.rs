//! What is written is read back: the portal finds the decisions in a draft document that the importer understood, in
//! their items and word for word.

use super::cases;
use samverk::import::{Draft, Vocabulary, document, document_id, draft};
use samverk::model::{Document, Kind, Registers};
use samverk::workspace::Workspace;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn the_portal_reads_every_decision_back() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let mut drafts = BTreeMap::new();
    for (at, case) in cases::folders().iter().enumerate() {
        let Some(input) = cases::input(case) else { continue };
        let name = input.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let bytes = fs::read(&input).expect("a readable source");
        let Ok(draft) = draft(&name, &bytes, &Registers::default(), &Vocabulary::default()) else { continue };
        // Cases may be of the same meeting.
        let id = format!("{}-{at}", document_id(&draft, &name));
        let path = folder.path().join(format!("content/{id}.md"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, document(&draft, None)).expect("a document");
        drafts.insert(id, draft);
    }
    let workspace = Workspace::open(folder.path(), "2026-11-01".parse().expect("a day")).expect("a portal");
    let errors: Vec<String> = workspace
        .problems()
        .iter()
        .filter(|problem| problem.severity == samverk::diagnostic::Severity::Error)
        .map(|problem| format!("{}: {}", problem.place.source.path, problem.message))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let portal = workspace.portal.expect("a portal");
    let differing: Vec<_> = drafts
        .iter()
        .map(|(id, draft)| (id, read_back(portal.document(id).expect("a draft is a document")), understood(draft)))
        .filter(|(_, back, draft)| back != draft)
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
}

fn site(root: &Path) {
    fs::create_dir_all(root.join("site")).expect("a folder");
    fs::write(root.join("site/site.yaml"), "titel: Prov\nspråk: sv\n").expect("a site");
}

fn understood(draft: &Draft) -> Vec<(String, String)> {
    draft.decisions.iter().map(|clause| (clause.item.clone(), folded(&clause.text))).collect()
}

fn read_back(document: &Document) -> Vec<(String, String)> {
    let Kind::Meeting(meeting) = &document.kind else { return Vec::new() };
    let number = |item: Option<usize>| item.map_or(String::new(), |at| meeting.agenda[at].number.clone());
    meeting.decisions.iter().map(|decision| (number(decision.item), folded(&decision.text))).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
