//! The import rule of `ARCHITECTURE.md`, read from the source: `cli` → stages → `model`, `diagnostic`.
//!
//! A stage may name itself and the ground below (`model`, `diagnostic`, `checksum`), and no other stage. What composes stages is listed here with
//! its reason; everything else is a fault.

use crate::support::{self, project};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The ground that everything stands on, and what it may itself stand on.
const GROUND: [(&str, &[&str]); 3] = [("model", &["diagnostic"]), ("diagnostic", &[]), ("checksum", &[])];

/// Modules that put stages together, with the reason.
const COMPOSERS: [(&str, &[&str], &str); 6] = [
    ("publication", &["import", "check"], "a file is read as an importer reads it, and checked as a document is"),
    ("main", &["cli"], "exit codes, nothing else"),
    ("workspace", &["source", "link", "check", "edition", "render"], "from a folder to a checked portal and its theme"),
    ("edition", &["link"], "what was cut is linked anew"),
    ("publish", &["output"], "what is brought out is what the writer listed in its manifest"),
    (
        "serve",
        &["workspace", "check", "render", "search", "import", "output"],
        "the preview is the render function over HTTP, with answers to what an import left open",
    ),
];

/// Top-level modules that are not stages but part of the command line.
const COMMAND_LINE: [&str; 1] = ["cli"];

#[test]
fn imports_go_down_only() {
    let modules = modules();
    let mut faults = Vec::new();
    for (module, files) in &modules {
        if COMMAND_LINE.contains(&module.as_str()) {
            continue;
        }
        let allowed = allowed(module);
        for (file, text) in files {
            for (line, name) in imports(text, modules.keys()) {
                if name != *module && !allowed.contains(name.as_str()) {
                    faults.push(format!("{file}:{line}: `{module}` imports `{name}`"));
                }
            }
        }
    }
    for (composer, allowed, _) in COMPOSERS {
        let texts = &modules[composer];
        let used: BTreeSet<String> =
            texts.iter().flat_map(|(_, text)| imports(text, modules.keys())).map(|(_, name)| name).collect();
        let idle = allowed.iter().filter(|name| !used.contains(**name));
        faults.extend(idle.map(|name| format!("`{composer}` may import `{name}` and does not")));
    }
    assert!(faults.is_empty(), "against the import rule of ARCHITECTURE.md:\n{}", faults.join("\n"));
}

fn allowed(module: &str) -> BTreeSet<&'static str> {
    if let Some((_, allowed)) = GROUND.iter().find(|(name, _)| *name == module) {
        return allowed.iter().copied().collect();
    }
    let composed = COMPOSERS.iter().find(|(name, ..)| *name == module).map(|(_, allowed, _)| *allowed);
    composed.unwrap_or_default().iter().copied().chain(GROUND.map(|(name, _)| name)).collect()
}

/// The crate's top-level modules with their files.
fn modules() -> BTreeMap<String, Vec<(String, String)>> {
    let source = project().join("src");
    let mut modules: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (path, bytes) in support::files(&source) {
        let top = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        // A stage's tests may put a whole portal together.
        if path.ends_with(".rs") && top != "lib" && !path.ends_with("/tests.rs") {
            let text = String::from_utf8(bytes).expect("source is UTF-8");
            modules.entry(top).or_default().push((format!("src/{path}"), text));
        }
    }
    assert!(modules.len() > 3, "the source has its modules");
    modules
}

/// Every top-level module that `text` names by `crate::…` (or, in the binary, `samverk::…`), with the line.
fn imports<'a>(text: &str, known: impl Iterator<Item = &'a String>) -> Vec<(usize, String)> {
    let known: BTreeSet<&str> = known.map(String::as_str).collect();
    let mut found = Vec::new();
    let mut in_tests = false;
    for (at, line) in text.lines().enumerate() {
        // A stage's own unit tests may set the stage before it in motion to get an input.
        in_tests |= line.starts_with("#[cfg(test)]");
        let code = line.split("//").next().unwrap_or_default();
        for prefix in ["crate::", "samverk::"].into_iter().filter(|_| !in_tests) {
            for (start, _) in code.match_indices(prefix) {
                found.extend(heads(&code[start + prefix.len()..]).into_iter().map(|name| (at + 1, name)));
            }
        }
    }
    found.retain(|(_, name)| known.contains(name.as_str()));
    found
}

/// The first names of a path or of a group of paths: `model::x` → `model`, `{link, model::x}` → `link`, `model`.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    match path.strip_prefix('{') {
        None => vec![word(path)],
        Some(group) => {
            let mut depth = 0_usize;
            let mut parts = vec![String::new()];
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    ',' if depth == 0 => parts.push(String::new()),
                    _ if depth == 0 => parts.last_mut().expect("at least one part").push(c),
                    _ => {}
                }
            }
            parts.iter().map(|part| word(part)).filter(|name| !name.is_empty()).collect()
        }
    }
}

#[test]
fn a_group_of_imports_is_read_whole() {
    assert_eq!(heads("{link, model::{A, B}, source}"), ["link", "model", "source"]);
    assert_eq!(heads("model::Portal;"), ["model"]);
}

#[test]
fn every_file_says_what_lives_in_it() {
    let mut silent = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for (path, bytes) in support::files(&project().join(folder)) {
            let is_ours = path.ends_with(".rs") && !path.contains("node_modules");
            let is_entry = folder == "src" && Path::new(&path) == Path::new("main.rs");
            if is_ours && !is_entry && !bytes.starts_with(b"//!") {
                silent.push(format!("{folder}/{path}"));
            }
        }
    }
    assert!(silent.is_empty(), "no opening paragraph in: {}", silent.join(", "));
}

#[test]
fn no_file_names_a_machine() {
    // Put together here, so that this file does not name them itself.
    let words =
        [["/", "work/"], ["/", "root/"], ["registry.", "npmjs"], ["index.crates", ".io"]].map(|parts| parts.concat());
    let mut named = Vec::new();
    for folder in ["src", "tests", "benches", "themes", ".ci"] {
        for (path, bytes) in support::files(&project().join(folder)) {
            let text = String::from_utf8_lossy(&bytes);
            let hits = words.iter().filter(|word| !path.contains("node_modules") && text.contains(word.as_str()));
            named.extend(hits.map(|word| format!("{folder}/{path}: {word}")));
        }
    }
    for file in ["README.md", "ARCHITECTURE.md", "Cargo.toml", "CHANGELOG.md"] {
        let text = fs::read_to_string(project().join(file)).unwrap_or_default();
        named.extend(words.iter().filter(|word| text.contains(word.as_str())).map(|word| format!("{file}: {word}")));
    }
    assert!(named.is_empty(), "a machine or a registry's host is named in:\n{}", named.join("\n"));
}
