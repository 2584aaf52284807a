//! The preview over plain HTTP: it answers every connection, follows edits, and keeps strangers out.

use crate::support;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const MEETING: &str = "moten/2026-01-29-namnden.html";

/// A running `samverk serve`, ended with the test.
struct Preview {
    process: Child,
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Preview {
    fn start(root: &Path, more: &[&str]) -> Self {
        Self::telling(root, more, Stdio::null())
    }

    fn telling(root: &Path, more: &[&str], stderr: Stdio) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_samverk"))
            .arg("--root")
            .arg(root)
            .args(["serve", "--port", "0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut line).expect("its address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("its address");
        Self { address: address.to_owned(), process }
    }

    /// Opens a connection and asks for `path` with the `Host` header `host`.
    fn ask(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a time limit");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("a request");
        stream
    }

    /// Status and body of one answer.
    fn get(&self, path: &str) -> (u16, String) {
        answer(self.ask(path, &self.address)).expect("an answer in time")
    }

    /// Waits until the page at `path` holds `words` (or no longer does), for at most five seconds.
    fn wait(&self, path: &str, words: &str, wanted: bool) {
        let start = Instant::now();
        while self.get(path).1.contains(words) != wanted {
            assert!(start.elapsed() < Duration::from_secs(5), "`{words}` at {path}: {wanted}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Reads an answer by its `Content-Length`; `None` when none comes in time.
fn answer(stream: TcpStream) -> Option<(u16, String)> {
    let mut reader = BufReader::new(stream);
    let (mut status, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end() {
            "" => break,
            head if status.is_none() => status = head.split(' ').nth(1).and_then(|code| code.parse().ok()),
            head => {
                if let Some(bytes) = head.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = bytes.trim().parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((status?, String::from_utf8_lossy(&body).into_owned()))
}

/// Connections that a browser keeps hold up nobody who comes after them.
#[test]
fn connections_that_are_kept_open_block_nobody() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let mut held = Vec::new();
    for round in 0..12 {
        let stream = preview.ask(&format!("/{MEETING}"), &preview.address);
        let (status, _) = answer(stream.try_clone().expect("a second handle")).expect("an answer in time");
        assert_eq!(status, 200, "connection {round}");
        held.push(stream);
    }
}

#[test]
fn streams_of_events_block_nobody() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let streams: Vec<_> = (0..12)
        .map(|_| {
            let mut stream = preview.ask("/live", &preview.address);
            stream.read_exact(&mut [0]).expect("the stream begins");
            stream
        })
        .collect();
    for _ in 0..6 {
        assert_eq!(preview.get(&format!("/{MEETING}")).0, 200);
    }
    drop(streams);
    assert_eq!(preview.get("/").0, 200);
}

/// A page that an edit overtakes before it listens is told as soon as it does.
#[test]
fn a_page_that_listens_late_is_told() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let page = format!("/{MEETING}");
    let number = |html: &str| {
        let (_, after) = html.split_once("live.js?").expect("the page loads live.js");
        after.split('"').next().expect("a number").to_owned()
    };
    let before = number(&preview.get(&page).1);
    let file = folder.path().join("content/moten/2026-01-29-namnden.md");
    let text = fs::read_to_string(&file).expect("the meeting");
    fs::write(&file, text.replace("att anta budgeten", "att anta planen")).expect("an edit");
    preview.wait(&page, "att anta planen", true);
    let mut line = String::new();
    let mut stream = BufReader::new(preview.ask(&format!("/live?{before}"), &preview.address));
    while !line.starts_with("event: ") {
        line.clear();
        assert!(stream.read_line(&mut line).expect("an event in time") > 0, "the stream ended");
    }
    assert_eq!(line.trim_end(), "event: reload");
}

#[test]
fn an_edit_shows_on_the_page_and_in_the_lists() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let page = format!("/{MEETING}");
    assert!(preview.get(&page).1.contains("att anta budgeten"));
    let file = folder.path().join("content/moten/2026-01-29-namnden.md");
    let text = fs::read_to_string(&file).expect("the meeting");
    fs::write(
        &file,
        text.replace("att anta budgeten", "att anta planen").replace("titel: Nämnden", "titel: Nya nämnden"),
    )
    .expect("an edit");
    preview.wait(&page, "att anta planen", true);
    preview.wait("/moten.html", "Nya nämnden", true);
    preview.wait("/beslut.html", "att anta planen", true);

    fs::write(folder.path().join("content/ny.md"), "---\ntitel: En ny sida\n---\nText.\n").expect("a new page");
    preview.wait("/ny.html", "En ny sida", true);
    fs::remove_file(folder.path().join("content/ny.md")).expect("a removed page");
    preview.wait("/ny.html", "En ny sida</h1>", false);

    let site = folder.path().join("site/site.yaml");
    let text = fs::read_to_string(&site).expect("site.yaml");
    fs::write(&site, text.replace("titel: Nämnden", "titel: Portalen för prov")).expect("an edited register");
    preview.wait(&page, "Portalen för prov", true);
}

#[test]
fn a_fault_leaves_the_last_good_state() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let file = folder.path().join("content/moten/2026-01-29-namnden.md");
    let text = fs::read_to_string(&file).expect("the meeting");
    fs::write(&file, text.replace("organ: namnden", "organ: nanmden").replace("anta budgeten", "anta planen"))
        .expect("a fault");
    std::thread::sleep(Duration::from_millis(400));
    let (status, page) = preview.get(&format!("/{MEETING}"));
    assert_eq!(status, 200);
    assert!(page.contains("att anta budgeten"), "the last good state is still shown");
    fs::write(&file, text.replace("anta budgeten", "anta planen")).expect("a remedy");
    preview.wait(&format!("/{MEETING}"), "att anta planen", true);
}

#[test]
fn strangers_and_paths_out_of_the_portal_are_refused() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    let status = |path: &str, host: &str| answer(preview.ask(path, host)).expect("an answer").0;
    for host in ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:1"] {
        assert!(status("/", host) >= 400, "{host}");
    }
    for path in [
        "/../site/site.yaml",
        "/%2e%2e/site/site.yaml",
        "/..%2fsite/site.yaml",
        "/site/site.yaml",
        "//etc/passwd",
        "/%00",
        "/%ff",
    ] {
        assert!(status(path, &preview.address) >= 400, "{path}");
    }
}

#[test]
fn only_loopback_without_a_word() {
    let folder = support::portal("meeting");
    let output = support::run(folder.path(), &["serve", "--host", "0.0.0.0", "--port", "0"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn whatever_is_asked_is_answered() {
    let folder = support::portal("meeting");
    let preview = Preview::start(folder.path(), &[]);
    // The page cuts a question before it asks.
    assert_eq!(preview.get(&format!("/api/search?q={}", "x".repeat(10_000))).0, 414);
    for asked in
        ["", "%3F%21%C2%A7%25", "%22obalanserad", "%00%01%07", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%ff%fe", "%zz"]
    {
        for path in ["search", "facets"] {
            let (status, body) = preview.get(&format!("/api/{path}?q={asked}"));
            assert_eq!(status, 200, "{path} {asked}");
            serde_json::from_str::<serde_json::Value>(&body).expect("JSON");
        }
    }
}

#[test]
fn the_index_is_kept_from_one_start_to_the_next() {
    let folder = support::portal("meeting");
    let kept = folder.path().join(".samverk/search-intern");
    let names = || {
        let files = fs::read_dir(&kept).expect("a kept index").flatten().map(|file| file.file_name());
        files.collect::<std::collections::BTreeSet<_>>()
    };
    let found = |preview: &Preview, words: &str| preview.get(&format!("/api/search?q={words}")).1.contains(r#""id""#);
    assert!(found(&Preview::start(folder.path(), &[]), "beslut"));
    let first = names();
    let document = folder.path().join("content").join(MEETING.replace(".html", ".md"));
    let text = fs::read_to_string(&document).expect("a document");
    fs::write(&document, format!("{text}\n\nKvarnhjulet snurrar.\n")).expect("an edited document");
    let preview = Preview::start(folder.path(), &[]);
    assert!(found(&preview, "kvarnhjulet") && found(&preview, "beslut"));
    assert_eq!(names(), first);
    drop(preview);
    fs::write(kept.join("catalogue.json"), "något annat").expect("a damaged index");
    let log = folder.path().join("log");
    let stderr = fs::File::create(&log).expect("a log");
    let preview = Preview::telling(folder.path(), &[], stderr.into());
    assert!(found(&preview, "kvarnhjulet"));
    assert_ne!(names(), first);
    let start = Instant::now();
    while !fs::read_to_string(&log).expect("a log").contains("det sparade sökindexet var skadat") {
        assert!(start.elapsed() < Duration::from_secs(5), "nothing is said of the damage");
        std::thread::sleep(Duration::from_millis(5));
    }
}
