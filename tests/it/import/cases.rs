//! The cases of `tests/import/cases`.

use samverk::import::{Vocabulary, document, draft};
use samverk::model::Registers;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_case_is_understood_as_expected() {
    let mut failures = Vec::new();
    for folder in folders() {
        let Some(input) = input(&folder) else { continue };
        let bytes = fs::read(&input).expect("a readable source");
        let name = input.file_name().map(|name| name.to_string_lossy().into_owned()).expect("a file has a name");
        let (json, markdown) = match draft(&name, &bytes, &Registers::default(), &Vocabulary::default()) {
            Ok(draft) => (serde_json::to_string_pretty(&draft).expect("plain values"), document(&draft, None)),
            Err(refusal) => (format!("\"{refusal}\""), String::new()),
        };
        for (file, got) in [("expected.json", json + "\n"), ("expected.md", markdown)] {
            if !agrees(&folder.join(file), &got) {
                failures.push(format!("{}/{file}", folder.display()));
            }
        }
    }
    assert!(failures.is_empty(), "other than expected (SAMVERK_UPDATE=1 rewrites): {failures:#?}");
}

pub fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/cases");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root).expect("the cases").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

pub fn input(folder: &Path) -> Option<PathBuf> {
    ["txt", "md", "docx", "odt", "pdf"]
        .iter()
        .map(|ending| folder.join(format!("input.{ending}")))
        .find(|path| path.exists())
}

fn agrees(path: &Path, got: &str) -> bool {
    if std::env::var_os("SAMVERK_UPDATE").is_some() {
        if !got.is_empty() {
            fs::write(path, got).expect("a writable case");
        }
        return true;
    }
    got.is_empty() || fs::read_to_string(path).is_ok_and(|expected| expected == got)
}
