//! A small portal, asked: every line of `tests/search/questions.txt` is a case.

use samverk::model::{Date, Edition, Portal};
use samverk::search::{Index, Query, Shard, Shards};
use samverk::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search").join(name)
}

fn portal(root: &Path) -> Arc<Portal> {
    let mut workspace = Workspace::open(root, Date::constant(2026, 11, 22)).expect("the portal can be read");
    let faults: Vec<String> = workspace.problems().iter().map(|problem| problem.message.clone()).collect();
    workspace.edition(Edition::Internal).unwrap_or_else(|| panic!("faults: {faults:?}"))
}

fn ids(index: &Index, question: &str) -> Vec<String> {
    index.search(&Query::parse(question), 10).hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn questions_find_what_they_should() {
    let index = Index::build(&portal(&folder("portal")));
    let cases = std::fs::read_to_string(folder("questions.txt")).expect("the cases are text");
    let mut wrong = Vec::new();
    for line in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (question, want) = line.split_once(" => ").expect("a case has a question and an answer");
        let found = ids(&index, question);
        let right = match want.strip_prefix("… ") {
            _ if want == "(inget)" => found.is_empty(),
            Some(one) => found.iter().any(|id| id == one),
            None => {
                want.split(' ').zip(&found).filter(|(want, found)| want == found).count() == want.split(' ').count()
            }
        };
        if !right {
            wrong.push(format!("{question} => {want}\n    found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn shards_are_the_same_whatever_the_threads() {
    let portal = portal(&folder("portal"));
    let shards = |jobs: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().expect("a pool of threads");
        pool.install(|| Shards::new(&Index::build(&portal)).iter().collect::<Vec<Shard>>())
    };
    let one = shards(1);
    assert!(one.iter().all(|shard| shard.path.len() <= 120 && shard.path.starts_with("sok/")));
    assert_eq!(one.last().map(|shard| shard.path.as_str()), Some("sok/manifest.js"));
    assert!(one == shards(2) && one == shards(5));
}

#[test]
fn an_edit_gives_the_answers_of_a_new_index() {
    let root = tempfile::tempdir().expect("a temporary folder");
    copy(&folder("portal"), root.path());
    let before = portal(root.path());
    let mut index = Index::build(&before);
    let moten = root.path().join("content/moten");
    let edited = moten.join("2025-03-01-skolnamnden.md");
    let text = std::fs::read_to_string(&edited).expect("a document").replace("Mini Maria", "simhallen");
    std::fs::write(&edited, text).expect("an edited document");
    std::fs::remove_file(moten.join("2023-05-05-vardradet.md")).expect("a removed document");
    let fresh = std::fs::read_to_string(moten.join("2024-03-01-skolnamnden.md")).expect("a document");
    std::fs::write(moten.join("2026-01-01-ny.md"), fresh.replace("2024-03-01", "2026-01-01")).expect("a new document");
    let after = portal(root.path());
    let changed = ["moten/2025-03-01-skolnamnden", "moten/2023-05-05-vardradet", "moten/2026-01-01-ny"];
    index.update(&after, &changed.map(samverk::model::DocumentId::new));
    let anew = Index::build(&after);
    assert_eq!(index.units(), anew.units());
    for question in
        ["simhallen", "mini maria", "skolskjuts", "avslå ansökan", "missbruk", "typ:beslut", "år:2026 medel"]
    {
        assert_eq!(ids(&index, question), ids(&anew, question), "{question}");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder that can be listed").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copied file");
        }
    }
}
