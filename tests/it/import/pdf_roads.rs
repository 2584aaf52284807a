//! The two roads into a PDF, `pdftotext` and the reader that is built in: what they read alike, and what they make of files
//! that are locked, empty, broken or made to harm.

use super::pdf::{courier, file, pdf, stream};
use crate::support::{files, samverk};
use flate2::{Compression, write::ZlibEncoder};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What `SAMVERK_PDF` says for either.
pub const OWN: &str = "own";
const POPPLER: &str = "pdftotext";

/// The roads that this machine has.
fn roads() -> Vec<&'static str> {
    if std::process::Command::new("pdftotext").arg("-v").output().is_ok() {
        return vec![OWN, POPPLER];
    }
    eprintln!("SKIPPED: pdftotext is not installed");
    vec![OWN]
}

/// The exit code, the draft, and what was said on standard error.
pub fn imported(file: &Path, road: &str) -> (Option<i32>, Value, String) {
    let output = samverk().env("SAMVERK_PDF", road).args(["import", "--format", "json"]).arg(file).output();
    let output = output.expect("the program starts");
    let draft = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code(), draft, String::from_utf8_lossy(&output.stderr).into_owned())
}

fn written(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("a.pdf");
    fs::write(&path, bytes).expect("a writable folder");
    path
}

/// Three pages with headers and footers; a decision runs over the turn of a page.
fn minutes() -> Vec<u8> {
    let page = |number: usize, text: &str| {
        format!("Norrviks kommun          Sammanträdesprotokoll          {number} (3)\n\n{text}\n\nJusterandes sign\n")
    };
    pdf(&[
        page(1, "Socialnämnden\nSammanträdesdatum 2026-03-17\n\nPlats          Kommunhuset\nOrdförande     Lena Grahn"),
        page(2, "§ 1 Budget\nDnr SN 2026/1\n\nBeslut\nSocialnämnden beslutar\natt anta den budget som förvalt-"),
        page(3, "ningen har lagt fram.\n\n§ 2 Plan\n\nBeslut\nSocialnämnden beslutar\natt godkänna planen."),
    ])
}

#[test]
fn both_roads_lead_to_the_same_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = written(folder.path(), &minutes());
    let document = |road: &str| {
        let root = folder.path().join(road);
        fs::create_dir_all(root.join("site")).expect("a folder");
        fs::write(root.join("site/site.yaml"), "titel: Prov\nspråk: sv\n").expect("a site");
        let mut command = samverk();
        let command = command.env("SAMVERK_PDF", road).arg("--root").arg(&root).args(["import", "--yes"]).arg(&source);
        assert!(command.output().expect("the program starts").status.success(), "{road}");
        let found = files(&root.join("content")).into_iter().find(|(path, _)| path.ends_with(".md"));
        String::from_utf8(found.expect("a document").1).expect("a text")
    };
    let remark = |line: &&str| line.starts_with("# obs:") && line.contains("inbyggda pdf-läsaren");
    let own = document(OWN);
    assert!(own.lines().any(|line| remark(&line)), "{own}");
    for words in ["datum: 2026-03-17", "§ 1: 2", "§ 2: 3", "att anta den budget som förvaltningen har lagt fram."] {
        assert!(own.contains(words), "{words} in\n{own}");
    }
    assert!(!own.contains("Justerandes"), "{own}");
    let text: Vec<&str> = own.lines().filter(|line| !remark(line)).collect();
    for road in roads() {
        let other = document(road);
        assert_eq!(other.lines().filter(|line| !remark(line)).collect::<Vec<_>>(), text, "{road}");
    }
}

/// A browser's PDF names its signs in another way than an office suite's.
#[test]
fn a_printed_web_page_is_read_alike() {
    let file = crate::support::project().join("tests/import/pdf/protokoll-webblasare.pdf");
    let understood = |road: &str| {
        let (code, mut draft, said) = imported(&file, road);
        assert_eq!(code, Some(0), "{said}");
        without_places(&mut draft);
        draft
    };
    let own = understood(OWN);
    let titles: Vec<&str> =
        own["agenda"].as_array().into_iter().flatten().filter_map(|item| item["title"].as_str()).collect();
    assert_eq!(titles[0], "Fastställande av dagordning");
    assert_eq!(own["decisions"].as_array().map(Vec::len), Some(6));
    assert_eq!(own["present"].as_array().map(Vec::len), Some(8));
    for road in roads() {
        assert_eq!(understood(road), own, "{road}");
    }
}

/// Line numbers differ by empty lines, and the evidence by the spaces of columns.
fn without_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for name in ["line", "date_note", "evidence", "warnings"] {
                fields.remove(name);
            }
            fields.values_mut().for_each(without_places);
        }
        Value::Array(values) => values.iter_mut().for_each(without_places),
        _ => {}
    }
}

#[test]
fn what_is_wrong_is_said_on_both_roads() {
    let folder = tempfile::tempdir().expect("a folder");
    let locked = fs::read(corpus().join("locked.pdf")).expect("the corpus");
    let scanned = pdf(&[String::new()]);
    let big = page(&packed(&b"(Beslut att anta planen) Tj T* ".repeat(600_000)), "/Filter /FlateDecode", &[]);
    for road in roads() {
        for (bytes, words) in [
            (&locked, "lösenord: spara en kopia utan lösenord"),
            (&scanned, "saknar textlager: kör den genom textigenkänning"),
            (&big, "dela filen"),
        ] {
            let (code, _, said) = imported(&written(folder.path(), bytes), road);
            assert!(code == Some(1) && said.contains(words), "{road}: {code:?} {said}");
        }
    }
}

/// Whatever is broken or made to harm is an answer within bounds, on both roads.
#[test]
fn a_hostile_pdf_is_an_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = files(&corpus()).into_iter().filter(|(name, _)| name.ends_with(".pdf"));
    let all: Vec<(String, Vec<u8>)> = known.chain(made()).collect();
    for road in roads() {
        for (name, bytes) in &all {
            let start = Instant::now();
            let (code, _, said) = imported(&written(folder.path(), bytes), road);
            assert!(matches!(code, Some(0 | 1)), "{road}, {name}: {code:?} {said}");
            assert!(code == Some(0) || said.starts_with("error: "), "{road}, {name}: {said}");
            // The bound of ten seconds, and what a busy machine adds.
            assert!(start.elapsed() < Duration::from_secs(30), "{road}, {name}: {:?}", start.elapsed());
        }
    }
}

fn corpus() -> PathBuf {
    crate::support::project().join("tests/import/hostile")
}

fn made() -> Vec<(String, Vec<u8>)> {
    let sound = minutes();
    let text = String::from_utf8_lossy(&sound).into_owned();
    let line = b"BT /F 9 Tf 50 800 Td (Beslut att anta planen) Tj ET";
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 6 0 R >> >>";
    let plain = |content: &[u8]| page(content, "", &[]);
    let swapped = |from: &str, to: &str| text.replace(from, to).into_bytes();
    let mut made = vec![
        ("pages in a circle", swapped("/Kids [4 0 R", "/Kids [2 0 R")),
        ("a page its own parent", swapped("/Parent 2 0 R", "/Parent 4 0 R")),
        ("a length that is not", swapped("/Length", "/Length 99999999 /Old")),
        ("a table before itself", swapped("/Root 1 0 R", "/Root 1 0 R /Prev 9")),
        ("no table", swapped("startxref", "startxxxx")),
        ("no page size", swapped("/MediaBox [0 0 595 842]", "")),
        ("half a lock", swapped("/Size", "/Encrypt << /Filter /Standard /V 1 /R 2 /O (a) /U (b) /P -4 >> /Size")),
        ("nested without end", format!("%PDF-1.4\n1 0 obj\n{}", "[<</A ".repeat(50_000)).into_bytes()),
        ("nothing but a head", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog".to_vec()),
        ("no font", plain(b"BT 50 800 Td (Beslut att anta planen) Tj ET")),
        ("an unknown font", plain(b"BT /G 9 Tf 50 800 Td (Beslut att anta planen) Tj ET")),
        ("no numbers", plain(b"BT /F 9 Tf 1e308 0 0 1e308 1e308 1e308 Tm 1e308 0 Td (Beslut att anta planen) Tj ET")),
        ("states upon states", plain(&b"q ".repeat(2_000_000))),
        ("a picture of itself", page(b"/X Do", "", &[stream(b"/X Do", form)])),
        ("a bomb", page(&packed(&vec![b' '; 300 << 20]), "/Filter /FlateDecode", &[])),
        ("not packed", page(line, "/Filter /FlateDecode", &[])),
        ("packed in a way nobody knows", page(line, "/Filter /NoDecode", &[])),
    ];
    made.extend([4, 2].map(|part| ("cut", sound[..sound.len() / part].to_vec())));
    made.push(("without its end", sound[..sound.len() - 9].to_vec()));
    made.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// One page with this content, in a file that may hold more.
fn page(content: &[u8], about: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let head = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        courier(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 3 0 R >> \
         /XObject << /X 6 0 R >> >> >>",
    ];
    let objects: Vec<Vec<u8>> = head.map(|object| object.as_bytes().to_vec()).into();
    file(&[objects, vec![stream(content, about)], more.to_vec()].concat())
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("a vector takes all");
    packer.finish().expect("a vector takes all")
}
