//! Publications to a folder on this machine, whole, interrupted and taken back.

use super::*;
use crate::model::Edition;
use crate::output::{Foreign, Output};
use std::collections::{BTreeMap, BTreeSet};

/// A portal's folder with builds in it and a target beside.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn place(&self) -> Place {
        let target = Target { name: "Intranät".into(), folder: "../host".into(), edition: Edition::Public };
        fs::create_dir_all(self.folder.path().join("portal")).expect("a folder");
        Place::new(&self.folder.path().join("portal"), &target)
    }

    fn build(&self, files: &[(&str, &str)]) -> Release {
        let target = self.folder.path().join("portal/public");
        let output = Output::open(&target).expect("a usable target");
        for (path, text) in files {
            output.put(path, text.as_bytes()).expect("a writable disk");
        }
        output.commit("publik", "2026-11-22").expect("a writable disk");
        Release::read(&target).expect("a readable build").expect("a build")
    }

    fn host(&self) -> BTreeMap<String, String> {
        let host = self.folder.path().join("host");
        let mut files = BTreeMap::new();
        let mut folders = vec![host.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else if !entry.ends_with(MANIFEST) {
                    let path = entry.strip_prefix(&host).expect("below").to_string_lossy().replace('\\', "/");
                    files.insert(path, fs::read_to_string(&entry).expect("a text"));
                }
            }
        }
        files
    }
}

fn holds(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const FIRST: [(&str, &str); 3] = [("index.html", "1"), ("moten/a.html", "1"), ("s.1.css", "1")];
const SECOND: [(&str, &str); 3] = [("index.html", "2"), ("moten/b.html", "2"), ("s.2.css", "2")];

#[test]
fn brings_what_changed_and_takes_it_back() {
    let desk = Desk::new();
    let place = desk.place();
    place.bring(&desk.build(&FIRST)).expect("a publication");
    assert_eq!(desk.host(), holds(&FIRST));
    let second = desk.build(&SECOND);
    let plan = place.plan(&second).expect("a plan");
    assert_eq!(desk.host(), holds(&FIRST), "a plan changes nothing");
    assert_eq!(plan.changed, ["index.html"]);
    assert_eq!(plan.stages()[0], ["s.2.css"], "what pages ask for comes first");
    assert_eq!(place.bring(&second).expect("a publication"), plan);
    assert_eq!(desk.host(), holds(&SECOND));
    place.bring(&place.kept().expect("what was replaced")).expect("a rollback");
    assert_eq!(desk.host(), holds(&FIRST));
    place.bring(&place.kept().expect("what was rolled back")).expect("a rollback of the rollback");
    assert_eq!(desk.host(), holds(&SECOND));
}

#[test]
fn an_interrupted_publication_is_completed_and_can_be_taken_back() {
    let desk = Desk::new();
    let place = desk.place();
    place.bring(&desk.build(&FIRST)).expect("a publication");
    let second = desk.build(&SECOND);
    let old = Release::standing(&place.folder).expect("the host");
    let plan = place.plan(&second).expect("a plan");
    place.keep(&old, &plan).expect("a copy");
    place.place(&second, "s.2.css").expect("a file");
    place.place(&second, "index.html").expect("a page");
    // Here the line went dead.
    place.bring(&second).expect("a publication");
    assert_eq!(desk.host(), holds(&SECOND));
    place.bring(&place.kept().expect("what was replaced")).expect("a rollback");
    assert_eq!(desk.host(), holds(&FIRST));
}

#[test]
fn what_was_lost_on_the_host_is_mended() {
    let desk = Desk::new();
    let place = desk.place();
    let build = desk.build(&FIRST);
    place.bring(&build).expect("a publication");
    fs::remove_file(place.folder.join("index.html")).expect("a lost file");
    assert_eq!(place.bring(&build).expect("a publication").added, ["index.html"]);
    assert_eq!(desk.host(), holds(&FIRST));
}

#[test]
fn an_altered_build_and_a_foreign_folder_are_refused() {
    let desk = Desk::new();
    let place = desk.place();
    let refusal = |error: anyhow::Error| error.downcast::<Refusal>().expect("a refusal");
    assert_eq!(refusal(place.kept().expect_err("nothing is kept")), Refusal::NothingKept);
    let build = desk.build(&FIRST);
    fs::write(build.folder.join("index.html"), "x").expect("a change by hand");
    let altered = place.bring(&build).expect_err("an altered build");
    assert_eq!(refusal(altered), Refusal::Altered("index.html".into()));
    assert!(!place.folder.exists(), "nothing was changed");
    let build = desk.build(&FIRST);
    fs::create_dir(&place.folder).expect("a folder");
    fs::write(place.folder.join("viktig.docx"), "x").expect("a foreign file");
    assert!(place.bring(&build).expect_err("a foreign folder").is::<Foreign>());
    fs::write(
        place.folder.join(MANIFEST),
        r#"{"generator":"","edition":"publik","date":"","files":{"../x":{"sha256":"","size":0}}}"#,
    )
    .expect("a wicked manifest");
    assert!(place.bring(&build).expect_err("a wicked manifest").is::<Foreign>());
}

#[test]
fn an_archive_is_the_same_twice() {
    let desk = Desk::new();
    let build = desk.build(&FIRST);
    let [one, other] = ["1.zip", "2.zip"].map(|name| desk.folder.path().join(name));
    archive(&build, &one).expect("an archive");
    archive(&build, &other).expect("an archive");
    let bytes = fs::read(&one).expect("the archive");
    assert!(bytes == fs::read(&other).expect("the archive"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP file");
    let names: Result<BTreeSet<_>, _> = zip.file_names().map(|name| name.map(String::from)).collect();
    assert_eq!(names.expect("names"), ["index.html", MANIFEST, "moten/a.html", "s.1.css"].map(String::from).into());
    let mut page = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("moten/a.html").expect("a page"), &mut page).expect("a text");
    assert_eq!(page, "1");
}

#[test]
fn an_interrupted_publication_is_mended_by_another_build() {
    let desk = Desk::new();
    let place = desk.place();
    place.bring(&desk.build(&[("aa.html", "A"), ("bb.html", "A")])).expect("a publication");
    fs::create_dir_all(place.folder.join("cc.html/in-the-way")).expect("what a file cannot replace");
    let second = desk.build(&[("aa.html", "B"), ("bb.html", "A"), ("cc.html", "B"), ("dd.css", "B")]);
    assert!(place.bring(&second).is_err());
    fs::remove_dir_all(place.folder.join("cc.html")).expect("a folder");
    let third = [("aa.html", "A"), ("bb.html", "C")];
    place.bring(&desk.build(&third)).expect("a publication");
    assert_eq!(desk.host(), holds(&third), "nothing of the second is left");
    place.bring(&place.kept().expect("what the third replaced")).expect("back to the first");
    assert_eq!(desk.host(), holds(&[("aa.html", "A"), ("bb.html", "A")]));
}
