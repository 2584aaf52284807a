//! The browser's answers are the command line's answers: the same hits, scores, marks, suggestions and facets.

use crate::support::shared;
use samverk::model::{Date, Edition};
use samverk::search::{Index, Query, Shards};
use samverk::workspace::Workspace;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn node_and_rust_give_the_same_answers() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("SKIPPED: node is not installed, so client.js was not compared with the command line");
        return;
    }
    let index = index();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for shard in Shards::new(&index).iter() {
        let path = folder.path().join(&shard.path);
        std::fs::create_dir_all(path.parent().expect("a shard lies in a folder")).expect("a folder for shards");
        std::fs::write(path, &shard.bytes).expect("a shard on disk");
    }
    let questions = questions();
    let asked = folder.path().join("questions.json");
    std::fs::write(&asked, serde_json::to_vec(&questions).expect("questions as JSON")).expect("questions on disk");
    let output = Command::new("node")
        .arg(root().join("tests/search/browser.mjs"))
        .args([folder.path(), asked.as_path()])
        .output()
        .expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut answers: Vec<Value> = serde_json::from_slice(&output.stdout).expect("answers as JSON");
    assert_eq!(answers.len(), questions.len());
    answers.iter_mut().for_each(numbers);
    let (mut found, mut other) = (0, Vec::new());
    for (question, answer) in questions.iter().zip(&answers) {
        let want = ask(&index, question);
        found += usize::from(want["total"] != 0.0);
        if *answer != want {
            other.push(format!("{question}\n  node {}\n  rust {}", shown(answer), shown(&want)));
        }
    }
    assert!(
        other.is_empty(),
        "{} of {} differ:\n{}",
        other.len(),
        questions.len(),
        other[..other.len().min(8)].join("\n")
    );
    assert!(found * 2 > questions.len(), "only {found} of {} questions found anything", questions.len());
}

fn shown(answer: &Value) -> String {
    let hits = answer["hits"].as_array().into_iter().flatten();
    let hits: Vec<String> =
        hits.map(|hit| format!("{} {} {}", hit["id"], hit["score"], hit["excerpt"])).take(3).collect();
    format!("{} {} {}", answer["total"], answer["suggestions"], hits.join(" "))
}

/// The answer as `client.js` gives it, facets and all.
fn ask(index: &Index, question: &Value) -> Value {
    let mut query = Query::parse(question["q"].as_str().expect("a question has words"));
    for (key, values) in question["filters"].as_object().into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            query.filter(key, value.as_str().expect("a value is text")).expect("a known filter");
        }
    }
    let mut answer = serde_json::to_value(index.search(&query, 10)).expect("an answer as JSON");
    if question["facets"] == true {
        answer["facets"] = serde_json::to_value(index.facets(&query)).expect("facets as JSON");
    }
    numbers(&mut answer);
    answer
}

/// 3 and 3.0 are one number in JSON, and two values here.
fn numbers(value: &mut Value) {
    match value {
        Value::Number(number) => *value = json!(number.as_f64()),
        Value::Array(values) => values.iter_mut().for_each(numbers),
        Value::Object(values) => values.values_mut().for_each(numbers),
        _ => {}
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn index() -> Index {
    let mut workspace = Workspace::open(&root(), Date::constant(2026, 11, 22)).expect("the portal can be read");
    Index::build(&workspace.edition(Edition::Internal).expect("a portal without errors"))
}

/// The judged questions, odd ones, and a thousand drawn from the portal's own words.
fn questions() -> Vec<Value> {
    let mut out = Vec::new();
    if let Some(shared) = shared() {
        let bytes = std::fs::read(shared.join("queries/dev.json")).expect("the judged questions");
        let judged: Vec<Value> = serde_json::from_slice(&bytes).expect("judged questions are JSON");
        out.extend(judged.iter().map(|question| json!({"q": question["q"], "filters": {}, "limit": 10})));
    }
    let odd = [
        "",
        "-",
        "\"",
        "\"obalanserad",
        "<script>alert(1)</script>",
        "\u{0}\u{7}",
        "§ § §",
        "?!",
        "😀 beslut",
        "och",
        "vad gäller nu",
        "vilka uppdrag pågår",
        "14 mars -25",
        "14/3-25 29:e januari 2026 26-01-29 feb. 2026 29-01-2026 29/1",
        "§ 5 a 5 a § KS 2026-0187 RV260441 2013-2019",
        "16,96 mkr 5000 tkr 17 miljoner",
        "A\u{30a}r lanschefs natverket",
        "hemsjukvårdsavtalet hemlöshet",
    ];
    out.extend(odd.iter().map(|text| json!({"q": text, "filters": {}, "limit": 10})));
    out.push(json!({"q": "ärende ".repeat(1_500), "filters": {}, "limit": 10}));
    out.push(json!({"q": "", "filters": {"typ": ["beslut"]}, "limit": 10}));
    let words = words(&root().join("content"));
    let mut dice = Dice(2_026);
    out.extend((0..1_000).map(|_| random(&words, &mut dice)));
    out
}

fn random(words: &[String], dice: &mut Dice) -> Value {
    let from = dice.below(words.len() - 4);
    let near = &words[from..from + 1 + dice.below(3)];
    let mut filters = json!({});
    let text = match dice.below(10) {
        0 => format!("\"{}\"", near.join(" ")),
        1 => typo(&near[0], dice),
        2 => {
            let kind = ["beslut", "punkt", "avsnitt", "organ"][dice.below(4)];
            filters = json!({ "typ": [kind] });
            near.join(" ")
        }
        3 => format!("{} -{}", near.join(" "), words[dice.below(words.len())]),
        4 => format!("{} år:2026", near.join(" ")),
        5 => format!("{}{}", near[0], near.last().expect("at least one word")),
        6 => format!("vilka {}", near.join(" ")),
        7 => near.iter().map(|word| samverk::model::slug(word)).collect::<Vec<_>>().join(" "),
        8 => format!("{} {}", near[0], words[dice.below(words.len())]),
        _ => near.join(" "),
    };
    json!({"q": text, "filters": filters, "limit": 10, "facets": dice.below(10) == 0})
}

/// A letter taken out, or two changed about.
fn typo(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len());
    if at + 1 < letters.len() && dice.below(2) == 0 {
        letters.swap(at, at + 1);
    } else {
        letters.remove(at);
    }
    letters.into_iter().collect()
}

fn words(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    collect(folder, &mut files);
    files.sort();
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("a document is text"));
    texts.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the content can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            files.push(path);
        }
    }
}

/// Small and the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}
