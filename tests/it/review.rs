//! The review of imported documents over plain HTTP: what it shows, what an answer writes, and whom it refuses.

use crate::support::{self, build, files, run};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SOURCE: &str = "Nämnden\nMinnesanteckningar\nPlats: Falun\n\n1. Öppnande\nNämnden beslutade\natt öppna mötet.\n\n2. Plan\nRådet beslutade den 3 maj 2025 att vänta.\nNämnden beslutade\natt anta planen.\n";
const DOCUMENT: &str = "moten/underlag";

struct Preview {
    process: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Preview {
    /// A portal with one imported document, previewed.
    fn start() -> Self {
        let folder = support::portal("empty-portal");
        let source = folder.path().join("underlag.txt");
        fs::write(&source, SOURCE).expect("a source");
        let imported = run(folder.path(), &["import", "--yes", &source.to_string_lossy()]);
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        let mut process = Command::new(env!("CARGO_BIN_EXE_samverk"))
            .arg("--root")
            .arg(folder.path())
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut line).expect("its address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("its address");
        Self { address: address.to_owned(), process, folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(format!("content/{DOCUMENT}.md"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("the document")
    }

    /// Sends a request with more header lines and reads all of the answer.
    fn send(&self, head: &str, more: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time limit");
        write!(stream, "{head} HTTP/1.1\r\nHost: {}\r\n{more}\r\n{body}", self.address).expect("a request");
        let answer = whole(&mut BufReader::new(stream));
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        (status, answer)
    }

    fn page(&self) -> String {
        let (status, page) = self.send(&format!("GET /granska.html?dokument={DOCUMENT}"), "", "");
        assert_eq!(status, 200, "{page}");
        page
    }

    fn post(&self, more: &str, body: &str) -> (u16, String) {
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send("POST /granska.html", &format!("{kind}Content-Length: {}\r\n{more}", body.len()), body)
    }

    /// The fields that the page's own form for question `at` would send, with `answer`.
    fn fields(&self, at: usize, answer: &str) -> String {
        let page = self.page();
        let hidden = |name: &str| {
            let start = format!("name=\"{name}\" value=\"");
            page.split(&start).nth(1).and_then(|rest| rest.split('"').next()).expect("a hidden field").to_owned()
        };
        format!("token={}&dokument={DOCUMENT}&summa={}&fraga={at}&{answer}", hidden("token"), hidden("summa"))
    }
}

/// An answer's head and as much of its body as it tells of: connections may stay open after it.
fn whole(reader: &mut impl BufRead) -> String {
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {
        let last = head.lines().next_back().unwrap_or_default().to_ascii_lowercase();
        length = last.strip_prefix("content-length:").map_or(length, |bytes| bytes.trim().parse().unwrap_or(0));
    }
    let mut body = vec![0; length];
    // A refused request may be cut off while it is still being sent.
    drop(reader.read_exact(&mut body));
    head + &String::from_utf8_lossy(&body)
}

fn has(folder: &Path, words: &str) -> bool {
    files(folder)
        .into_iter()
        .any(|(path, bytes)| path.contains("granska") || String::from_utf8_lossy(&bytes).contains(words))
}

#[test]
fn the_source_stands_beside_its_reading() {
    let preview = Preview::start();
    let (status, list) = preview.send("GET /granska.html", "", "");
    assert_eq!(status, 200);
    assert!(list.contains("datum") && list.contains("Utkast") && list.contains("granska.html?dokument="), "{list}");
    let page = preview.page();
    for said in [
        "Vilket datum hölls mötet?",
        "id=\"rad-7\"",
        "<a href=\"#rad-12\">rad 12</a>",
        "Varje beslut i källan finns i dokumentet",
        "<strong>3</strong> rader: 2 lästa som mötets beslut, 1 som återgivna beslut",
        "Återgivet beslut",
    ] {
        assert!(page.contains(said), "{said}:\n{page}");
    }
    assert!(page.contains("frame-ancestors 'none'"));

    // A decision that someone wrote into the document, and one that got lost.
    fs::write(preview.file(), preview.text().replace("att anta planen.", "att avslå planen.")).expect("an edit");
    let start = std::time::Instant::now();
    while !preview.page().contains("saknas i källan") {
        assert!(start.elapsed() < Duration::from_secs(10), "{}", preview.page());
    }
    assert!(preview.page().contains("Finns i källan men inte i dokumentet"));
}

#[test]
fn an_answer_is_written_and_the_question_is_gone() {
    let preview = Preview::start();
    let before = preview.text();
    let (status, answer) = preview.post("", &preview.fields(0, "svar=i+g%C3%A5r"));
    assert_eq!((status, preview.text()), (422, before.clone()));
    assert!(answer.contains("Skriv dagen som 2026-01-29") && answer.contains("value=\"i går\""), "{answer}");

    let (status, answer) = preview.post("Sec-Fetch-Site: same-origin\r\n", &preview.fields(0, "svar=2026-01-29"));
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("Location: /granska.html?dokument=moten/underlag#fragor"));
    assert!(preview.text().contains("\ndatum: 2026-01-29\n") && !preview.page().contains("Vilket datum"));
    let last = preview.text().matches("- gäller:").count() - 1;
    let people = "svar=Bo+Ek%2C+chef%2C+Regionen%0D%0AEva+Al%2C+sekreterare";
    assert_eq!(preview.post("", &preview.fields(last, people)).0, 303);
    assert!(preview.text().contains("- namn: Bo Ek\n  roll: chef\n  organisation: Regionen\n- namn: Eva Al\n"));
    while preview.text().contains("frågor:") {
        assert_eq!(preview.post("", &preview.fields(0, "klar=ja&svar=")).0, 303);
    }
    assert!(preview.page().contains("Inga frågor är öppna."));
    let body = |text: &str| text.split("---\n").nth(2).map(str::to_owned);
    assert_eq!(body(&preview.text()), body(&before));
}

/// As Windows' editors save: with a byte order mark, and lines that end in two signs.
#[test]
fn a_document_from_windows_is_asked_about_and_stays_as_it_is() {
    let preview = Preview::start();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let before = preview.text();
    fs::write(preview.file(), windows(&before)).expect("an edit");
    assert!(preview.page().contains("Vilket datum hölls mötet?"));
    let (status, answer) = preview.post("", &preview.fields(0, "svar=2026-01-29"));
    assert_eq!(status, 303, "{answer}");
    let after = preview.text();
    assert!(after.contains("\r\ndatum: 2026-01-29\r\n") && !preview.page().contains("Vilket datum"));
    assert_eq!(after, windows(&after.trim_start_matches('\u{feff}').replace("\r\n", "\n")));
}

#[test]
fn nothing_is_written_for_strangers_or_over_an_edit() {
    let preview = Preview::start();
    let before = preview.text();
    let good = preview.fields(0, "svar=2026-01-29");
    let origin = |site: &str| format!("Origin: {site}\r\n");
    for (more, body, status) in [
        (origin("http://evil.example"), good.clone(), 403),
        (origin("null"), good.clone(), 403),
        ("Sec-Fetch-Site: cross-site\r\n".to_owned(), good.clone(), 403),
        ("Transfer-Encoding: chunked\r\n".to_owned(), good.clone(), 411),
        (String::new(), good.replacen("token=", "token=0", 1), 403),
        (String::new(), good.replace(DOCUMENT, "../site/site"), 404),
        (String::new(), format!("{good}{}", "x".repeat(70_000)), 413),
    ] {
        let (found, answer) = preview.post(&more, &body);
        assert_eq!((found, preview.text()), (status, before.clone()), "{more}{answer}");
    }
    let json = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", good.len());
    assert_eq!(preview.send("POST /granska.html", &json, &good).0, 415);
    assert_eq!(preview.send("POST /index.html", &format!("Content-Length: {}\r\n", good.len()), &good).0, 405);

    let edited = before.replace("plats: Falun", "plats: Borlänge");
    fs::write(preview.file(), &edited).expect("an edit");
    let (status, answer) = preview.post("", &good);
    assert_eq!((status, preview.text()), (409, edited), "{answer}");
    assert!(answer.contains("Dokumentet har ändrats sedan sidan visades"), "{answer}");
}

#[test]
fn no_build_has_anything_of_it() {
    let preview = Preview::start();
    let output = preview.folder.path().join("ut");
    build(preview.folder.path(), &output, &["--edition", "intern"]);
    assert!(!has(&output, "granska.html"));
}
