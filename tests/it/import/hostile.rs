//! Broken and hostile files: a clear refusal within bounds, never a panic.

use samverk::import::review::{Decided, review};
use samverk::import::{Clause, Draft, Refusal, Vocabulary, document, draft, read};
use samverk::model::Registers;
use std::io::{Cursor, Write};
use std::time::Duration;
use zip::write::SimpleFileOptions;

pub fn understood(name: &str, bytes: &[u8]) -> Result<Draft, Refusal> {
    draft(name, bytes, &Registers::default(), &Vocabulary::default())
}

/// A ZIP archive of these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A Word document with this body.
pub fn word(body: &str) -> Vec<u8> {
    let xml = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    archive(&[("word/document.xml", xml.as_bytes())])
}

/// A paragraph of Word.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let bomb = archive(&[("word/document.xml", &vec![b' '; 200 << 20])]);
    let entity = archive(&[(
        "word/document.xml",
        br#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:p>&e;</w:p></w:document>"#,
    )]);
    let locked = archive(&[("META-INF/manifest.xml", b"<m><encryption-data/></m>"), ("content.xml", b"x")]);
    let deep = word(&"<w:p>".repeat(5000));
    let whole = word(&paragraph("Nämnden beslutade"));
    let names: Vec<String> = (0..12_000).map(|at| format!("word/{at}.xml")).collect();
    let many = archive(&names.iter().map(|name| (name.as_str(), &b""[..])).collect::<Vec<_>>());
    let styles = archive(&[("word/document.xml", b"<a/>"), ("word/styles.xml", &vec![b' '; 9 << 20])]);
    let spaces = archive(&[("content.xml", format!("<d><p>{}</p></d>", r#"<s c="200"/>"#.repeat(60_000)).as_bytes())]);
    for (name, bytes, expected) in [
        ("a.docx", bomb, "växer till mer än"),
        ("a.docx", entity, "DOCTYPE"),
        ("a.docx", vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0], "krypterad"),
        ("a.odt", locked, "krypterad"),
        ("a.docx", deep, "djupt nästlad"),
        ("a.docx", whole[..whole.len() / 2].to_vec(), "skadad"),
        ("a.docx", b"PK\x03\x04".to_vec(), "skadad"),
        ("a.odt", archive(&[("x", b"y")]), "content.xml saknas"),
        ("a.pdf", b"not a pdf".to_vec(), "ingen pdf"),
        ("a.txt", Vec::new(), "tom"),
        ("a.txt", "Ett ord. ".repeat(1 << 20).into_bytes(), "mer än 4 megabyte text"),
        ("a.txt", "Ett ord. ".repeat(6 << 20).into_bytes(), "mer än 4 megabyte text"),
        ("a.txt", "a\n".repeat(200_000).into_bytes(), "fler än 100000 rader"),
        ("a.md", "a\n\n".repeat(200_000).into_bytes(), "fler än 100000 rader"),
        ("a.md", "*a ".repeat(2 << 20).into_bytes(), "mer än 4 megabyte text"),
        ("a.docx", word(&"<w:p/>".repeat(200_000)), "fler än 100000 rader"),
        ("a.docx", word(&format!("<w:tbl>{}</w:tbl>", "<w:tr><w:tc><w:p/></w:tc></w:tr>".repeat(200_000))), "fler än"),
        ("a.docx", word(&"<w:b/>".repeat(4_000_000)), "fler än 3000000"),
        ("a.docx", word(&paragraph(&"ord ".repeat(3 << 20))), "mer än 4 megabyte text"),
        ("a.docx", many, "fler än 10000 delar"),
        ("a.docx", styles, "växer till mer än"),
        ("a.odt", spaces, "mer än 4 megabyte text"),
        ("a.txt", vec![0, 1, 2, 3, 4, 5, 6, 7, 0, 9, 1, 1], "inte text"),
        ("a.exe", b"MZ".to_vec(), "okänt filformat"),
    ] {
        let refusal = read(name, &bytes).expect_err(expected).to_string();
        assert!(refusal.contains(expected), "{name}: {refusal}");
    }
}

#[test]
fn a_personal_number_stops_the_import() {
    let text = "Minnesanteckningar\n1. Ärende\nKlienten 811228-9874 har flyttat.\n";
    let refusal = understood("a.txt", text.as_bytes()).expect_err("a refusal");
    assert_eq!(refusal, Refusal::PersonalNumber { line: 3 });
}

/// Eight times the text takes eight times as long, not sixty-four: no rule looks at all that stood before for each line anew.
#[test]
fn a_long_document_takes_its_time_in_proportion() {
    for text in [
        "Styrgruppen beslutade den 20 augusti 2025 att föreslå en plan för arbetet. ",
        "Beslut\nLänschefsnätverket beslutar att anta planen, att anta den, ",
        "Länschefsnätverket beslutade\natt anta planen.\nText om saken.\n",
    ] {
        let short = taken(text, 1_000).min(taken(text, 1_000));
        let long = taken(text, 8_000);
        assert!(long < short * 20, "{text}: {short:?} and {long:?}");
    }
}

/// How long a text of so many repetitions takes all the way to its review.
fn taken(text: &str, times: usize) -> Duration {
    let text = format!("Länschefsnätverket\nMinnesanteckningar 2026-01-29\n\n1. Plan\n{}", text.repeat(times));
    let (registers, vocabulary) = (Registers::default(), Vocabulary::default());
    let start = spent();
    let draft = understood("a.txt", text.as_bytes()).expect("a sound document");
    assert!(document(&draft, None).len() > times * 20);
    let decided =
        |clause: &Clause| Decided { item: clause.item.clone(), text: clause.text.clone(), anchor: String::new() };
    let decided: Vec<Decided> = draft.decisions.iter().map(decided).collect();
    review("a.txt", text.as_bytes(), &registers, &vocabulary, &decided).expect("what is read once is read again");
    spent() - start
}

/// The processor's time that this thread has had, where the system tells; a busy machine makes a clock useless.
fn spent() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    let since = || std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    nanoseconds.map_or_else(since, Duration::from_nanos)
}

/// Every byte of a small document in turn made another: whatever comes of it, it is an answer.
#[test]
fn a_flipped_byte_never_panics() {
    let body: String = ["§ 1 Budget", "Beslut", "Nämnden beslutar", "att anta den"].map(paragraph).concat();
    let whole = word(&body);
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5A;
        drop(understood("a.docx", &bytes));
    }
    let text = "§ 1 Budget (Bilaga 2 A–B)\nDnr KS 2026/1\nBeslut\nNämnden beslutar att\n1. anta\n– det\nSida 1 av 2\n\u{c}‘å2026 – 11 - 01 16 961 335 kr";
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 0x15;
        drop(understood("a.txt", &bytes));
        drop(understood("a.txt", &text.as_bytes()[at..]));
        drop(understood("a.md", &bytes));
    }
}
