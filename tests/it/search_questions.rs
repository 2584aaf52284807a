//! Portals, asked: every line of `tests/search/questions.txt` is a case over a small one; `tests/search/readers.txt` holds
//! what readers ask of the project's own, where most must be answered at once and nothing invented; `staff.txt` more of it,
//! half of which nobody looks at when the search is changed; `sentences.txt` the hardest; `imported.txt` what is asked of imported originals.

use crate::imported::Imported;
use crate::support::{copy, project, shared};
use samverk::model::{Date, Edition, Portal};
use samverk::search::{Index, Keeping, Purpose, Query, Shard, Shards};
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
fn readers_find_what_they_want() {
    let index = Index::build(&portal(&project()));
    Asked::of(&index, &read("readers.txt")).hold(0.94, 0.97);
    Asked::of(&index, &read("sentences.txt")).hold(0.47, 0.76);
    Asked::of(&index, &read("staff.txt")).hold(0.88, 0.92);
    judged().iter().for_each(|judged| Asked::of(&index, judged).hold(0.85, 0.95));
}

#[test]
fn imported_originals_are_found_as_well() {
    let Some(five) = Imported::new(&Imported::FIVE) else { return };
    let index = Index::build(&portal(five.root()));
    judged().iter().for_each(|judged| Asked::of(&index, judged).hold(0.85, 0.95));
    let Some(seven) = Imported::new(&[&Imported::FIVE[..], &Imported::MORE[..]].concat()) else { return };
    Asked::of(&Index::build(&portal(seven.root())), &read("imported.txt")).hold(0.88, 0.93);
}

fn read(file: &str) -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(folder(file)).expect("the cases are text");
    let cases = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    cases
        .map(|line| {
            let (question, want) = line.split_once(" => ").expect("a case has a question and an answer");
            let want = if want == "(inget)" { Vec::new() } else { want.split(' ').map(str::to_owned).collect() };
            (question.to_owned(), want)
        })
        .collect()
}

/// The judged questions of the shared material, where it is there.
fn judged() -> Option<Vec<(String, Vec<String>)>> {
    #[derive(serde::Deserialize)]
    struct Judged {
        q: String,
        want: Vec<String>,
    }
    let bytes = std::fs::read(shared()?.join("queries/dev.json")).expect("the judged questions");
    let judged: Vec<Judged> = serde_json::from_slice(&bytes).expect("judged questions are JSON");
    Some(judged.into_iter().map(|judged| (judged.q, judged.want)).collect())
}

/// How questions were answered.
#[derive(Default)]
struct Asked {
    asked: f64,
    first: f64,
    three: f64,
    missed: Vec<String>,
    /// Hits where nothing may be found.
    invented: Vec<String>,
}

impl Asked {
    fn of(index: &Index, cases: &[(String, Vec<String>)]) -> Self {
        let mut out = Self::default();
        for (question, want) in cases {
            let found = ids(index, question);
            if want.is_empty() {
                out.invented.extend(found.first().map(|id| format!("{question} => {id}")));
                continue;
            }
            let place = found.iter().position(|id| want.iter().any(|want| is_part(id, want)));
            out.asked += 1.0;
            out.first += f64::from(u8::from(place == Some(0)));
            out.three += f64::from(u8::from(place.is_some_and(|place| place < 3)));
            if place != Some(0) {
                out.missed.push(format!("{question} => {want:?}\n    found {:?}", &found[..found.len().min(3)]));
            }
        }
        out
    }

    /// The shares of questions whose answer must come first, and among the first three.
    fn hold(&self, first: f64, three: f64) {
        let shares = (self.first / self.asked, self.three / self.asked);
        assert!(shares.0 >= first && shares.1 >= three, "{shares:?} of {}:\n{}", self.asked, self.missed.join("\n"));
        assert!(self.invented.is_empty(), "{:?}", self.invented);
    }
}

/// Whether a hit is what is wanted: a clause is part of its item, a section of the one above, anything of its document.
fn is_part(id: &str, want: &str) -> bool {
    if let Some(document) = want.strip_suffix('#') {
        return id == document;
    }
    let (document, part) = want.split_once('#').unwrap_or((want, ""));
    let Some(rest) = id.strip_prefix(document) else { return false };
    let clause = part.strip_prefix("punkt-").map(|number| format!("#b-{number}-"));
    match rest.strip_prefix('#') {
        None => rest.is_empty() && part.is_empty(),
        Some(_) if part.is_empty() => true,
        Some(found) => {
            let below = found.strip_prefix(part).is_some_and(|more| more.is_empty() || more.starts_with(['.', '-']));
            below && (found == part || part.starts_with("avsnitt-"))
                || clause.is_some_and(|clause| rest.starts_with(&clause))
        }
    }
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

#[test]
fn what_is_kept_is_used_brought_up_to_date_or_built_anew() {
    let root = tempfile::tempdir().expect("a temporary folder");
    copy(&folder("portal"), root.path());
    let kept = root.path().join(".samverk/search");
    let open = |purpose| {
        let mut workspace = Workspace::open(root.path(), Date::constant(2026, 11, 22)).expect("the portal can be read");
        let portal = workspace.edition(Edition::Internal).expect("a portal without errors");
        Index::kept(&portal, &workspace.sources.texts, &kept, purpose)
    };
    let question = "skolskjuts";
    let want = ids(&open(Purpose::Answers).0, question);
    assert_eq!(open(Purpose::Answers).1, Keeping::Used);
    let files = || std::fs::read_dir(&kept).expect("a folder").flatten().map(|entry| entry.path());
    // tantivy names its files anew each time; their endings stay.
    let ending = |file: &PathBuf| {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        if name.len() > 32 { name[32..].to_owned() } else { name }
    };
    let endings: Vec<String> = files().map(|file| ending(&file)).collect();
    assert!(endings.len() > 6, "{endings:?}");
    for (of, how) in endings.iter().flat_map(|of| (0..5).map(move |how| (of, how))) {
        let file = files().find(|file| ending(file) == *of).expect("the index has the same files each time");
        let bytes = std::fs::read(&file).expect("a file of the index");
        std::fs::write(&file, damaged(&bytes, how)).expect("a damaged file");
        let (index, keeping) = open(Purpose::Answers);
        assert_eq!(ids(&index, question), want, "{of} {how}");
        // No answer depends on tantivy's list of the files that it may remove.
        assert!(keeping == Keeping::Replaced || of == ".managed.json", "{of} {how}");
    }
    let edited = root.path().join("content/moten/2025-03-01-skolnamnden.md");
    let text = std::fs::read_to_string(&edited).expect("a document").replace("Mini Maria", "simhallen");
    std::fs::write(&edited, text).expect("an edited document");
    let (index, keeping) = open(Purpose::Answers);
    assert_eq!(keeping, Keeping::Used);
    assert_eq!(ids(&index, "simhallen").first().map(String::as_str), Some("moten/2025-03-01-skolnamnden#punkt-2"));
    drop(index);
    assert_eq!(open(Purpose::Export).1, Keeping::Built);
    assert_eq!(open(Purpose::Export).1, Keeping::Used);
}

fn damaged(bytes: &[u8], how: usize) -> Vec<u8> {
    let middle = bytes.len() / 2;
    match how {
        0 => Vec::new(),
        1 => bytes[..middle].to_vec(),
        2 => vec![0; bytes.len()],
        3 => b"inte ett index".repeat(40),
        _ => bytes.iter().enumerate().map(|(at, byte)| if at == middle { !byte } else { *byte }).collect(),
    }
}
