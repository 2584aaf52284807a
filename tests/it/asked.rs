//! The open questions, asked and answered at a terminal.

use crate::support;
use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::path::Path;
use std::process::Command;

const SOURCE: &str =
    "Nämnden\nMinnesanteckningar\n\n1. Öppnande\nNämnden beslutade\natt öppna mötet.\n\n2. Övrigt\nInget.\n";

/// Starts an import in an empty portal at a terminal of its own.
fn import(root: &Path) -> PtySession {
    fs::write(root.join("underlag.txt"), SOURCE).expect("a source");
    let mut command = Command::new(env!("CARGO_BIN_EXE_samverk"));
    command.arg("--root").arg(root).args(["--color", "never", "import"]).arg(root.join("underlag.txt"));
    spawn_command(command, Some(30_000)).expect("a terminal")
}

fn document(root: &Path) -> String {
    fs::read_to_string(root.join("content/moten/underlag.md")).expect("a document")
}

#[test]
fn what_is_answered_is_written_and_what_is_not_stays_open() {
    let folder = support::portal("empty-portal");
    let mut terminal = import(folder.path());
    let mut say = |prompt: &str, answer: &str| {
        terminal.exp_string(prompt).unwrap_or_else(|error| panic!("{prompt}: {error}"));
        terminal.send_line(answer).expect("a terminal that takes it");
    };
    say("datum [", "i går");
    say("datum [", "2026-03-12");
    say("plats [", "");
    // The terminal is read a byte at a time, so that prompts are known by their plain letters.
    say("rvarande [", "-");
    terminal.exp_eof().expect("the end");
    let text = document(folder.path());
    let (questions, fields) = text.split_once("typ: möte").expect("a front matter");
    assert!(fields.contains("datum: 2026-03-12\n"), "{text}");
    assert!(questions.contains("gäller: plats") && !questions.contains("gäller: närvarande"), "{text}");
    assert!(!fields.contains("närvarande:"), "{text}");
}

#[test]
fn whoever_leaves_loses_nothing() {
    let folder = support::portal("empty-portal");
    let mut terminal = import(folder.path());
    terminal.exp_string("datum [").expect("a question");
    terminal.send_line("2026-03-12").expect("a terminal that takes it");
    terminal.exp_string("plats [").expect("the next question");
    terminal.send_line("q").expect("a terminal that takes it");
    terminal.exp_eof().expect("the end");
    let text = document(folder.path());
    assert!(text.contains("datum: 2026-03-12\n") && text.contains("gäller: plats"), "{text}");
}
