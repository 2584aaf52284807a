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
            compare(&source, &key, &read(&draft));
            compared += 1;
        }
    }
    assert!(compared > 0, "no key with its source in {}", shared.display());
}

/// A draft as `import --format json` prints it.
pub fn read(draft: &Draft) -> Value {
    serde_json::to_value(draft).expect("plain values")
}

/// `got` is a printed draft.
pub fn compare(source: &Path, key: &Value, got: &Value) {
    let name = source.display();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = |of: &Value, field: &str| of[field].as_array().cloned().unwrap_or_default();
    let pairs = |of: &Value, field: &str, first: &str, second: &str| -> BTreeSet<(String, String)> {
        rows(of, field).iter().map(|row| (text(&row[first]), fold(&text(&row[second])))).collect()
    };
    let decisions = |of: &Value| pairs(of, "decisions", "item", "text");
    assert_eq!(decisions(got), decisions(key), "decisions of {name}");
    if key.get("date").is_some() {
        assert_eq!(text(&got["date"]), text(&key["date"]), "date of {name}");
    }
    let items = |of: &Value| pairs(of, "agenda", "no", "title");
    let lacking: Vec<_> = items(key).difference(&items(got)).cloned().collect();
    assert!(lacking.is_empty(), "{name} lacks {lacking:?}");
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
