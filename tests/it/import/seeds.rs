//! Real documents beside their keys, where they are at hand: every decision comes along and none is invented.

use crate::support::shared;
use samverk::import::{Draft, Vocabulary, draft};
use samverk::model::Registers;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_decision_of_the_keys_comes_along_and_no_other() {
    let Some(shared) = shared() else { return };
    let mut compared = 0;
    for folder in ["seeds", "seeds/more"] {
        for key in keys(&shared.join(folder)) {
            let source = PathBuf::from(key.to_string_lossy().replace(".key.json", ".txt"));
            let Ok(bytes) = fs::read(&source) else { continue };
            let draft =
                draft("input.txt", &bytes, &Registers::default(), &Vocabulary::default()).expect("a readable source");
            let key: Value = serde_json::from_slice(&fs::read(&key).expect("a key")).expect("JSON");
            compare(&source, &key, &draft);
            compared += 1;
        }
    }
    assert!(compared > 0, "no key with its source in {}", shared.display());
}

pub fn compare(source: &Path, key: &Value, draft: &Draft) {
    let name = source.display();
    let got: BTreeSet<(String, String)> =
        draft.decisions.iter().map(|clause| (clause.item.clone(), fold(&clause.text))).collect();
    let rows = |field: &str| key[field].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let wanted: BTreeSet<(String, String)> =
        rows("decisions").iter().map(|row| (text(&row["item"]), fold(&text(&row["text"])))).collect();
    assert_eq!(got, wanted, "decisions of {name}");
    if key.get("date").is_some() {
        assert_eq!(draft.date.clone().unwrap_or_default(), text(&key["date"]), "date of {name}");
    }
    for item in rows("agenda") {
        let found = draft
            .agenda
            .iter()
            .any(|own| own.no == text(&item["no"]) && fold(&own.title) == fold(&text(&item["title"])));
        assert!(found, "{name} lacks item {item}");
    }
}

fn fold(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let text = text.strip_suffix(", samt").unwrap_or(&text);
    text.trim_end_matches(['.', ',', ';']).to_owned()
}

pub fn keys(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut keys: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(".key.json")).collect();
    keys.sort();
    keys
}
