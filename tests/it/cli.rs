//! The command line's promises: exit codes, streams, and that what `init` and `new` make is sound.

use crate::support::{DATE, build, files, portal, run, samverk};
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

const DONE: i32 = 0;
const CONTENT: i32 = 1;
const ARGUMENTS: i32 = 2;
const MACHINE: i32 = 3;

#[test]
fn help_and_version_are_results() {
    for argument in ["--help", "--version"] {
        let output = samverk().arg(argument).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(DONE), "{argument}");
        assert!(stdout(&output).contains("samverk") && stderr(&output).is_empty(), "{argument}");
    }
}

#[test]
fn wrong_arguments_are_code_2() {
    let folder = portal("meeting");
    for arguments in [
        &[][..],
        &["bygg"],
        &["build", "--date", "29/1"],
        &["build", "--edition", "hemlig"],
        &["build", "--jobs", "många"],
        &["check", "--format", "xml"],
    ] {
        expect(&run(folder.path(), arguments), ARGUMENTS, arguments);
    }
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let output = samverk().current_dir(nowhere.path()).arg("check").output().expect("the program starts");
    expect(&output, ARGUMENTS, &["check", "without a portal"]);
}

#[test]
fn content_errors_are_code_1_and_leave_the_old_output_alone() {
    let folder = portal("meeting");
    let output = folder.path().join("out");
    build(folder.path(), &output, &[]);
    let before = files(&output);
    fs::write(folder.path().join("content/trasig.md"), "---\ntitel: [\n---\n").expect("a broken page");
    fs::write(folder.path().join("content/ny.md"), "---\ntitel: Ny\nsynlighet: publik\n---\n").expect("a sound page");
    let target = output.to_string_lossy();
    let again = run(folder.path(), &["build", "--date", DATE, "--output", &target]);
    expect(&again, CONTENT, &["build"]);
    assert!(stderr(&again).contains("content/trasig.md:2"), "{}", stderr(&again));
    assert!(stdout(&again).is_empty(), "standard output carries results only");
    assert!(files(&output) == before, "the old output is untouched");
    expect(&run(folder.path(), &["check"]), CONTENT, &["check"]);
}

#[test]
fn a_failing_machine_is_code_3() {
    let folder = portal("meeting");
    let file = folder.path().join("en-fil");
    fs::write(&file, "x").expect("a file");
    let target = file.join("out");
    let output = run(folder.path(), &["build", "--output", &target.to_string_lossy()]);
    expect(&output, MACHINE, &["build", "into a file"]);
    assert!(stderr(&output).contains("en-fil"), "the place is named: {}", stderr(&output));
}

#[test]
fn the_portal_is_found_from_below() {
    let folder = portal("meeting");
    let below = folder.path().join("content/moten");
    let output = samverk().current_dir(below).args(["check", "--date", DATE]).output().expect("the program starts");
    expect(&output, DONE, &["check"]);
}

#[test]
fn check_prints_records() {
    let folder = portal("unknown-body");
    let output = run(folder.path(), &["check", "--format", "json"]);
    expect(&output, CONTENT, &["check"]);
    let records: Vec<serde_json::Value> = serde_json::from_str(&stdout(&output)).expect("a JSON list");
    let first = records.first().expect("a record");
    for key in ["severity", "code", "file", "line", "column", "message", "hint"] {
        assert!(first.get(key).is_some(), "{key} in {first}");
    }
    assert_eq!((&first["severity"], &first["code"]), (&"error".into(), &"okänt-organ".into()));
    assert!(stderr(&output).is_empty(), "records are results: {}", stderr(&output));
}

#[test]
fn completions_are_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = samverk().args(["completions", shell]).output().expect("the program starts");
        expect(&output, DONE, &["completions", shell]);
        assert!(stdout(&output).contains("samverk"), "{shell}");
    }
}

#[test]
fn a_new_portal_builds_and_takes_new_documents() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("min-portal");
    let init = samverk().arg("init").arg(&root).output().expect("the program starts");
    expect(&init, DONE, &["init"]);
    let check = run(&root, &["check"]);
    expect(&check, DONE, &["check", "after init"]);
    let said = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(!said.contains("varning["), "the examples are as they should be: {said}");
    build(&root, &folder.path().join("out"), &[]);
    assert!(folder.path().join("out/index.html").is_file());

    for kind in ["möte", "uppdrag", "överenskommelse", "sida"] {
        let output = run(&root, &["new", kind, "Om åtgärder i öst"]);
        expect(&output, DONE, &["new", kind]);
        let printed = stdout(&output);
        let path = Path::new(printed.trim());
        let path = if path.is_absolute() { path.to_owned() } else { root.join(path) };
        assert!(path.is_file(), "{kind}: {printed}");
        assert!(path.to_string_lossy().contains("om-atgarder-i-ost"), "{kind}: {printed}");
    }
    expect(&run(&root, &["check"]), DONE, &["check", "after new"]);

    let before = files(&root);
    let again = samverk().arg("init").arg(&root).output().expect("the program starts");
    assert_ne!(again.status.code(), Some(DONE), "a portal is never written over");
    assert!(files(&root) == before, "a portal is never written over");
}

#[test]
fn a_new_document_knows_what_its_title_says_and_guesses_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("min-portal");
    expect(&samverk().arg("init").arg(&root).output().expect("the program starts"), DONE, &["init"]);
    let new = |kind, title| {
        let output = run(&root, &["new", kind, title]);
        let path = stdout(&output).trim().to_owned();
        (fs::read_to_string(root.join(&path)).expect("the new document"), path)
    };
    let (told, path) = new("möte", "Samverkansgruppen den 12 mars 2027");
    assert_eq!(path, "content/moten/2027-03-12-samverkansgruppen.md");
    assert!(told.contains("\ndatum: 2027-03-12\n") && told.contains("\norgan: samverkansgruppen\n"), "{told}");
    assert!(told.contains("\nSamverkansgruppen beslutade\n"), "its decisions are read as the body's own:\n{told}");
    let (untold, path) = new("möte", "Nästa sammanträde");
    assert_eq!(path, "content/moten/nasta-sammantrade.md");
    assert!(untold.contains("\n# datum:\n") && untold.contains("\n# organ:\n"), "{untold}");
    let (agreement, _) = new("överenskommelse", "RÖK Hjälpmedel");
    assert!(!agreement.lines().any(|line| line.starts_with("giltighet")), "nothing says it is adopted:\n{agreement}");
    expect(&run(&root, &["check"]), DONE, &["check", "after new"]);
}

#[test]
fn a_build_is_published_only_where_its_edition_may_go() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("min-portal");
    expect(&samverk().arg("init").arg(&root).output().expect("the program starts"), DONE, &["init"]);
    let site = root.join("site/site.yaml");
    let mut text = fs::read_to_string(&site).expect("site.yaml");
    text.push_str("publicering:\n  - namn: webb\n    mapp: ../webb\n    utgåva: publik\n");
    fs::write(&site, text).expect("a writable folder");
    let host = folder.path().join("webb");

    expect(&run(&root, &["publish", "webb"]), CONTENT, &["nothing is built"]);
    expect(&run(&root, &["publish", "annan"]), ARGUMENTS, &["an unknown target"]);
    build(&root, &root.join("public"), &["--edition", "intern"]);
    expect(&run(&root, &["publish", "webb"]), CONTENT, &["the internal edition to the public"]);
    assert!(!host.exists(), "nothing was published");

    build(&root, &root.join("public"), &[]);
    let dry = run(&root, &["publish", "webb", "--dry-run"]);
    expect(&dry, DONE, &["publish --dry-run"]);
    assert!(stdout(&dry).contains("index.html") && !host.exists(), "a dry run only tells: {}", stdout(&dry));
    expect(&run(&root, &["publish", "webb"]), DONE, &["publish"]);
    assert!(files(&host) == files(&root.join("public")), "the host holds the build");
    expect(&run(&root, &["publish", "webb", "--rollback"]), CONTENT, &["nothing was there before"]);
    let first = files(&host);
    build(&root, &root.join("public"), &["--no-search"]);
    expect(&run(&root, &["publish", "webb"]), DONE, &["publish again"]);
    assert!(files(&host) != first, "the second build is another");
    expect(&run(&root, &["publish", "webb", "--rollback"]), DONE, &["publish --rollback"]);
    assert!(files(&host) == first, "the first is back");

    let archive = folder.path().join("arkiv.zip");
    let output = run(&root, &["export", &archive.to_string_lossy()]);
    expect(&output, DONE, &["export"]);
    assert!(stdout(&output).contains("publik"), "{}", stdout(&output));
    assert!(archive.is_file());
}

#[test]
fn search_answers_whatever_is_asked() {
    let folder = portal("meeting");
    let (many, long) = ("ärende ".repeat(1_500), "x".repeat(10_000));
    for asked in
        ["?!§%", "\"obalanserad", "\u{1}\u{7}", "<script>alert(1)</script>", "organ:", "--", "-\"", &many, &long]
    {
        for format in ["text", "json"] {
            let output = run(folder.path(), &["search", "--format", format, "--edition", "intern", "--", asked]);
            let said = stdout(&output);
            assert_eq!(output.status.code(), Some(DONE), "{}", stderr(&output));
            assert!(format == "text" || serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{said}");
            assert!(!said.contains(['\u{1}', '\u{7}']) || format == "json", "control characters reach the terminal");
        }
    }
}

#[test]
fn search_answers_in_text_and_json() {
    let folder = portal("meeting");
    let output = run(folder.path(), &["search", "budgeten", "--format", "json"]);
    expect(&output, DONE, &["search"]);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(answer["total"].as_u64().is_some_and(|total| total > 0), "{answer}");
    assert!(answer["hits"][0]["url"].as_str().is_some_and(|url| url.contains(".html")), "{answer}");
    let output = run(folder.path(), &["search", "budgeten"]);
    assert!(stdout(&output).contains("budgeten"), "{}", stdout(&output));
}

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let folder = portal("unknown-body");
    assert!(!stderr(&run(folder.path(), &["check"])).contains('\u{1b}'));
    let mut coloured = samverk();
    coloured.env_remove("NO_COLOR").args(["--color", "always", "--root"]).arg(folder.path()).arg("check");
    assert!(stderr(&coloured.output().expect("the program starts")).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_portal_is_an_error() {
    let folder = portal("meeting");
    let outside = tempfile::tempdir().expect("a temporary folder");
    fs::write(outside.path().join("hemligt.pdf"), "hemligt").expect("a file");
    let link = folder.path().join("content/moten/hemligt.pdf");
    std::os::unix::fs::symlink(outside.path().join("hemligt.pdf"), link).expect("a link");
    let target = folder.path().join("out");
    let output = run(folder.path(), &["build", "--output", &target.to_string_lossy()]);
    expect(&output, CONTENT, &["build"]);
    assert!(stderr(&output).contains("content/moten/hemligt.pdf"), "{}", stderr(&output));
    assert!(!target.exists(), "nothing is written");
}

/// Whenever a build dies, every file of the old output is there, and each is whole: the old one or the new one.
#[test]
fn a_killed_build_leaves_whole_files() {
    let folder = portal("meeting");
    for at in 0..300 {
        let text = format!("---\ntitel: Sida {at}\nsynlighet: publik\n---\n{}\n", "Ett stycke om saken. ".repeat(60));
        fs::write(folder.path().join(format!("content/sida-{at}.md")), text).expect("a page");
    }
    let (output, other) = (folder.path().join("out"), folder.path().join("other"));
    build(folder.path(), &output, &[]);
    let old = files(&output);
    let site = folder.path().join("site/site.yaml");
    let changed = fs::read_to_string(&site).expect("site.yaml").replace("titel: Nämnden", "titel: Nämnden igen");
    fs::write(&site, changed).expect("a changed title");
    build(folder.path(), &other, &[]);
    let new = files(&other);
    assert!(old["index.html"] != new["index.html"], "the edit changes every page");
    for wait in [5, 15, 30, 45, 60, 90] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_samverk"))
            .args([
                "--root",
                &folder.path().to_string_lossy(),
                "build",
                "--date",
                DATE,
                "--output",
                &output.to_string_lossy(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().expect("the program can be killed");
        child.wait().expect("the program ends");
        let found = files(&output);
        for (path, bytes) in &old {
            let now = found.get(path);
            let whole = now.is_some_and(|now| now == bytes || new.get(path) == Some(now))
                || (now.is_none() && !new.contains_key(path));
            assert!(whole, "{path} after {wait} ms");
        }
    }
    build(folder.path(), &output, &[]);
    assert_eq!(files(&output).keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "nothing is left behind");
    assert!(files(&output) == new);
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn expect(output: &Output, code: i32, what: &[&str]) {
    let said = stdout(output) + &stderr(output);
    assert_eq!(output.status.code(), Some(code), "{what:?}:\n{said}");
}
