//! Nothing internal leaks: a word stands in every place that only the internal edition may hold, and nowhere in the
//! public one: pages, file names, feeds, data, sitemap, drawings, manifest, and the search index unpacked.
//!
//! Every word is found in the internal edition, so that the search for it is known to find.

use crate::support::{build, copy_portal, files, project};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// A file's own name and bytes as text that can be searched.
type Tree = BTreeMap<String, String>;

#[test]
fn the_public_edition_holds_nothing_internal() {
    let (public, internal) = (tree("publik"), tree("intern"));
    assert!(public.len() > 20 && public.values().any(|text| text.contains("shard:")), "a site with its index");
    let canaries = canaries();
    assert!(canaries.len() >= 40, "{} canaries", canaries.len());
    let mut leaks = Vec::new();
    let mut unseen = Vec::new();
    for (place, word) in &canaries {
        leaks.extend(holders(&public, word).into_iter().map(|path| format!("{place} ({word}) stands in {path}")));
        if holders(&internal, word).is_empty() {
            unseen.push(format!("{place} ({word})"));
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    assert!(unseen.is_empty(), "not found in the internal edition either:\n{}", unseen.join("\n"));
}

#[test]
fn no_place_of_an_internal_item_is_named() {
    let (public, internal) = (tree("publik"), tree("intern"));
    for anchor in ["b-2-1", "r-2-1", "punkt-2\""] {
        let named = |tree: &Tree| tree.iter().filter(|(_, text)| text.contains(anchor)).count();
        assert_eq!(named(&public), 0, "{anchor}");
        assert!(named(&internal) > 0, "{anchor} is in the internal edition");
    }
}

#[test]
fn what_is_searched_is_found_in_the_unpacked_index() {
    let internal = tree("intern");
    let shards = |word: &str| holders(&internal, word).iter().any(|path| path.starts_with("sok/"));
    let canaries = canaries();
    for place in ["title", "body text", "decision", "synonym", "glossary short form", "body name", "hidden form"] {
        assert!(shards(&canaries[place]), "{place} ({}) is in the index", canaries[place]);
    }
}

#[test]
fn every_internal_page_asks_not_to_be_indexed() {
    let internal = tree("intern");
    let pages: Vec<_> = internal.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let open: Vec<_> = pages.iter().filter(|(_, text)| !text.contains(r#"name="robots" content="noindex""#)).collect();
    assert!(!pages.is_empty() && open.is_empty(), "{:?}", open.iter().map(|(path, _)| path).collect::<Vec<_>>());
    assert!(internal["robots.txt"].contains("disallow: /\n"));
    assert!(tree("publik")["robots.txt"].contains("allow: /\n"));
}

/// Where a word stands. The index keeps the beginning of a word with its neighbour's, so the end is looked for.
fn holders(tree: &Tree, word: &str) -> Vec<String> {
    let end = &word[word.len() - 7..];
    tree.iter().filter(|(path, text)| path.contains(end) || text.contains(end)).map(|(path, _)| path.clone()).collect()
}

fn canaries() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(project().join("tests/canaries/canaries.txt")).expect("the list of canaries");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).map(|(place, word)| (place.to_owned(), word.to_owned())).collect()
}

/// Everything that a build of the edition writes, in lower case.
fn tree(edition: &str) -> Tree {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("portal");
    copy_portal(&project().join("tests/canaries/portal"), &root);
    let output = folder.path().join("out");
    build(&root, &output, &["--edition", edition, "--base-url", "https://example.se/"]);
    files(&output).into_iter().map(|(path, bytes)| (path.clone(), readable(&path, &bytes))).collect()
}

fn readable(path: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    match Path::new(path).starts_with("sok").then(|| unpacked(bytes)).flatten() {
        Some(shard) => format!("shard: {}", String::from_utf8_lossy(&shard).to_lowercase()),
        None => text,
    }
}

/// The bytes of `samverkShard("name","…")`.
fn unpacked(script: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(script).ok()?.strip_prefix("samverkShard(")?;
    let packed = STANDARD.decode(text.split('"').rev().nth(1)?).ok()?;
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).ok()?;
    // Within a shard of hits, blocks are packed by themselves.
    let inner: Vec<Vec<u8>> = (0..bytes.len().saturating_sub(2))
        .filter(|&at| bytes[at..].starts_with(&[0x1f, 0x8b, 8]))
        .filter_map(|at| {
            let mut block = Vec::new();
            GzDecoder::new(&bytes[at..]).read_to_end(&mut block).ok().map(|_| block)
        })
        .collect();
    bytes.extend(inner.into_iter().flatten());
    Some(bytes)
}
