//! An edited portal that was brought up to date is the portal that the folder holds: the same links, the same problems and
//! the same pages as when everything is read anew, whatever was edited.

use proptest::prelude::*;
use samverk::model::{Date, Edition};
use samverk::render::{Renderer, Viewing};
use samverk::workspace::Workspace;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DOCUMENTS: usize = 10;
const SECTIONS: [&str; 4] = ["moten", "uppdrag", "avtal", "sidor"];
const BODIES: [&str; 3] = ["namnden", "gruppen", "radet"];
const TOPICS: [&str; 3] = ["vard", "skola", "boende"];

/// A document by what may be edited in it.
#[derive(Clone, Debug)]
struct Facts {
    exists: bool,
    kind: usize,
    title: usize,
    day: usize,
    body: usize,
    topics: usize,
    public: bool,
    draft: bool,
    relation: usize,
    target: usize,
    decisions: usize,
    words: usize,
    alias: usize,
    broken: bool,
}

/// Sets one of the facts of one document.
#[derive(Clone, Debug)]
struct Edit {
    document: usize,
    fact: usize,
    value: usize,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0..DOCUMENTS, 0..16_usize, 0..12_usize);
    prop::collection::vec(edit.prop_map(|(document, fact, value)| Edit { document, fact, value }), 1..12)
}

impl Facts {
    fn first(at: usize) -> Self {
        Self {
            exists: true,
            kind: at % 4,
            title: at,
            day: at,
            body: at % 4,
            topics: at % 8,
            public: at % 5 != 4,
            draft: false,
            relation: at % 7,
            target: (at * 3 + 1) % DOCUMENTS,
            decisions: at % 3,
            words: 0,
            alias: 0,
            broken: false,
        }
    }

    fn set(&mut self, fact: usize, value: usize) {
        match fact {
            0 => self.exists = value > 1,
            1 => self.kind = value % 4,
            2 => self.title = value,
            3 => self.day = value,
            4 => self.body = value % 4,
            5 => self.topics = value % 8,
            6 => self.public = !value.is_multiple_of(3),
            7 => self.draft = value == 0,
            8 => self.relation = value,
            9 => self.target = value % DOCUMENTS,
            10 => self.decisions = value % 4,
            11 => self.alias = value % 3,
            12 => self.broken = value == 0,
            _ => self.words = value,
        }
    }

    fn text(&self) -> String {
        let typ = ["möte", "uppdrag", "överenskommelse", "sida"][self.kind];
        let mut out = format!("---\ntyp: {typ}\ntitel: {} rubrik\n", ["Ö", "A", "Å", "b", "10", "9"][self.title % 6]);
        if self.day != 11 {
            out += &format!("datum: 2026-0{}-1{}\n", 1 + self.day % 4, self.day % 3);
        }
        if self.body < 3 {
            out += &format!("organ: {}\n", BODIES[self.body]);
        }
        let topics: Vec<_> = (0..3).filter(|at| self.topics >> at & 1 == 1).map(|at| TOPICS[at]).collect();
        out += &format!("ämnen: [{}]\n", topics.join(", "));
        out += &format!("synlighet: {}\n", if self.public { "publik" } else { "intern" });
        out += if self.draft { "utkast: true\n" } else { "" };
        out += ["", "alias: gammal\n", "alias: [aldre, moten/fore]\n"][self.alias];
        out += if self.broken { "okänd: [\n" } else { "" };
        let target = id(self.target);
        match self.relation {
            0 => out += &format!("ersätter: {target}\n"),
            1 => out += &format!("relaterar: [{target}, Ord]\n"),
            2 => out += &format!("grundas_på: {target}\n"),
            _ => {}
        }
        out += &self.own(&target);
        out += "---\n\n";
        out += &self.body_text(&target);
        out
    }

    fn own(&self, target: &str) -> String {
        match self.kind {
            0 if self.decisions > 0 => {
                let facts = ["antar", "fullgör", "noterar"][self.words % 3];
                format!(
                    "form: protokoll\nbeslut:\n  2-1: {{{facts}: {target}, ämnen: [{}]}}\nåtergivna_beslut:\n  \
                     - {{punkt: 1, organ: radet, vad: att återge, ger_uppdrag: {{till: gruppen, vad: utreda, senast: 2027-0{}}}}}\n",
                    TOPICS[self.words % 3],
                    1 + self.title % 9
                )
            }
            1 => format!(
                "roller:\n  - {{roll: Ledare, innehavare: [{}, Kim]}}\n  - {{roll: Mottagare, innehavare: radet}}\n\
                 leveranser:\n  - {{vad: rapport, till: namnden, senast: 2026-1{}}}\n",
                BODIES[self.words % 3],
                self.title % 3
            ),
            2 => format!(
                "form: RÖK\nparter: [namnden, {}]\ngiltighet:\n  - {{händelse: antagen, från: 2025-01-01, till: 202{}-06-30, \
                 datum: 2025-01-01}}\n",
                BODIES[self.title % 3],
                6 + self.words % 3
            ),
            _ if self.kind == 3 => format!("vikt: {}\nmeny: {}\n", self.words % 3, self.title.is_multiple_of(4)),
            _ => String::new(),
        }
    }

    fn body_text(&self, target: &str) -> String {
        let mut out = format!("## 1. Öppnande\n\nOrd nummer {}.\n\n## 2. Ärende\n\n", self.words);
        let body = ["Nämnden", "Gruppen", "Rådet", "Någon"][self.body];
        if self.decisions > 0 {
            out += &format!("{body} beslutade\n\n");
            (0..self.decisions).for_each(|at| out += &format!("- att göra {at} i fall {}\n", self.words));
        }
        if self.words % 4 == 1 {
            out += &format!("\nSe [det andra](@/{target}.md#punkt-{}).\n", 1 + self.relation % 3);
        }
        if self.words % 4 == 2 {
            out += "\n:::intern\n## 3. Internt\n\nHemligt.\n:::\n";
        }
        out
    }
}

fn id(at: usize) -> String {
    format!("{}/d{at}", SECTIONS[at % 4])
}

/// A portal on disk.
struct Folder {
    held: tempfile::TempDir,
    documents: Vec<Facts>,
}

impl Folder {
    fn new() -> Self {
        let held = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: String| {
            let file = held.path().join(path);
            fs::create_dir_all(file.parent().expect("a folder above")).expect("a folder");
            fs::write(file, text).expect("a file");
        };
        write("site/site.yaml", "titel: Provet\nper_sida: 2\n".to_owned());
        let named = [("Nämnden", "namnden"), ("Gruppen", "gruppen"), ("Rådet", "radet")];
        write(
            "site/organ.yaml",
            named.map(|(name, id)| format!("- {{id: {id}, namn: {name}, nivå: operativ}}\n")).concat(),
        );
        write("site/ämnen.yaml", TOPICS.map(|id| format!("- {{id: {id}, namn: {id}}}\n")).concat());
        for (section, sort) in SECTIONS.iter().zip(["datum", "vikt", "datum", "titel"]) {
            write(&format!("content/{section}/_index.md"), format!("---\ntitel: {section}\nsortering: {sort}\n---\n"));
        }
        let folder = Self { held, documents: (0..DOCUMENTS).map(Facts::first).collect() };
        (0..DOCUMENTS).for_each(|at| drop(folder.write(at)));
        folder
    }

    fn root(&self) -> &Path {
        self.held.path()
    }

    /// Writes a document as its facts are; its path below the root.
    fn write(&self, at: usize) -> String {
        let path = format!("content/{}.md", id(at));
        let file = self.root().join(&path);
        if self.documents[at].exists {
            fs::write(file, self.documents[at].text()).expect("a file");
        } else if file.exists() {
            fs::remove_file(file).expect("a removed file");
        }
        path
    }

    fn edit(&mut self, edit: &Edit) -> String {
        self.documents[edit.document].set(edit.fact, edit.value);
        self.write(edit.document)
    }
}

fn open(root: &Path) -> Workspace {
    Workspace::open(root, Date::constant(2026, 11, 22)).expect("a readable folder")
}

fn problems(workspace: &Workspace) -> Vec<String> {
    let problem = |problem: &samverk::diagnostic::Diagnostic| {
        let (line, column) = problem.place.line_column();
        format!("{}:{line}:{column} {} {}", problem.place.source.path, problem.code, problem.message)
    };
    workspace.problems().iter().map(problem).collect()
}

/// Every page by its address; `None` while there is an error.
fn pages(workspace: &mut Workspace, edition: Edition) -> Option<BTreeMap<String, String>> {
    let portal = workspace.edition(edition)?;
    let (theme, _) = workspace.theme().expect("a theme");
    let renderer = Renderer::new(portal, Arc::new(theme), Viewing::Published);
    let page = |route: samverk::render::Route| {
        let bytes = renderer.render(&route).unwrap_or_else(|fault| panic!("{}", fault.message));
        (renderer.url(&route), String::from_utf8_lossy(&bytes).into_owned())
    };
    Some(renderer.routes().into_iter().map(page).collect())
}

fn assert_equal(kept: &mut Workspace, root: &Path) {
    let mut fresh = open(root);
    assert_eq!(problems(kept), problems(&fresh));
    let (one, other) = (kept.portal.as_ref().expect("a portal"), fresh.portal.as_ref().expect("a portal"));
    assert_eq!(one.links, other.links);
    for edition in [Edition::Internal, Edition::Public] {
        let (kept, fresh) = (pages(kept, edition), pages(&mut fresh, edition));
        assert_eq!(kept.is_some(), fresh.is_some());
        for (url, page) in fresh.iter().flatten() {
            assert!(kept.iter().flatten().any(|(other, held)| other == url && held == page), "{edition:?} {url}");
        }
        assert_eq!(kept.map(|pages| pages.len()), fresh.map(|pages| pages.len()));
    }
}

fn settle(workspace: &mut Workspace) {
    let relations = workspace.portal.as_deref().map(samverk::check::check).unwrap_or_default();
    workspace.settle(relations);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_portal_brought_up_to_date_is_the_portal_read_anew(edits in edits(), together in any::<bool>()) {
        let mut folder = Folder::new();
        let mut workspace = open(folder.root());
        // The public edition is followed from here on.
        prop_assert!(workspace.edition(Edition::Public).is_some(), "{:#?}", problems(&workspace));
        if together {
            let paths: Vec<String> = edits.iter().map(|edit| folder.edit(edit)).collect();
            workspace.refresh(&paths).expect("documents only");
            settle(&mut workspace);
            assert_equal(&mut workspace, folder.root());
        } else {
            for edit in &edits {
                let path = folder.edit(edit);
                workspace.refresh(&[path]).expect("a document only");
                drop(workspace.edition(Edition::Public));
            }
            settle(&mut workspace);
            assert_equal(&mut workspace, folder.root());
        }
    }
}

#[test]
fn what_documents_depend_on_makes_everything_be_read() {
    let folder = Folder::new();
    let mut workspace = open(folder.root());
    let write = |path: &str, text: &str| fs::write(folder.root().join(path), text).expect("a file");
    let refresh = |workspace: &mut Workspace, path: &str| workspace.refresh(&[path.to_owned()]);
    assert_eq!(refresh(&mut workspace, "content/moten/d0.md").map(|changed| changed.len()), Some(0), "touched only");
    for passed_over in ["content/moten/.d0.md.swp", "content/moten/d0.md~", "content/moten/4913", "content/#d0.md#"] {
        assert_eq!(refresh(&mut workspace, passed_over).map(|changed| changed.len()), Some(0), "{passed_over}");
    }
    write("site/organ.yaml", "- {id: namnden, namn: Nämnden, nivå: operativ}\n");
    assert!(refresh(&mut workspace, "site/organ.yaml").is_none());
    write("content/moten/bilaga.pdf", "%PDF");
    assert!(refresh(&mut workspace, "content/moten/bilaga.pdf").is_none());
    let below: PathBuf = folder.root().join("content/nya");
    fs::create_dir(&below).expect("a folder");
    assert!(refresh(&mut workspace, "content/nya").is_none());
}
