//! Broken and hostile files: a clear refusal within bounds, never a panic.

use samverk::import::{Draft, Refusal, Vocabulary, draft, read};
use samverk::model::Registers;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

fn understood(name: &str, bytes: &[u8]) -> Result<Draft, Refusal> {
    draft(name, bytes, &Registers::default(), &Vocabulary::default())
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    archive(&[("word/document.xml", xml.as_bytes())])
}

fn paragraph(text: &str) -> String {
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
        ("a.txt", "Ett ord. ".repeat(1 << 20).into_bytes(), "mer än 8 megabyte text"),
        ("a.txt", vec![0, 1, 2, 3, 4, 5, 6, 7, 0, 9, 1, 1], "inte text"),
        ("a.exe", b"MZ".to_vec(), "okänt filformat"),
    ] {
        let start = Instant::now();
        let refusal = read(name, &bytes).expect_err(expected).to_string();
        assert!(refusal.contains(expected), "{name}: {refusal}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {expected}");
    }
}

#[test]
fn a_personal_number_stops_the_import() {
    let text = "Minnesanteckningar\n1. Ärende\nKlienten 811228-9874 har flyttat.\n";
    let refusal = understood("a.txt", text.as_bytes()).expect_err("a refusal");
    assert_eq!(refusal, Refusal::PersonalNumber { line: 3 });
}

#[test]
fn a_truncated_or_locked_pdf_is_refused() {
    let result = read("a.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog");
    assert!(
        matches!(result, Err(Refusal::Damaged { .. } | Refusal::NoTextLayer | Refusal::ProgramMissing { .. })),
        "{result:?}"
    );
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

#[test]
fn word_processors_structure_is_understood() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let deleted = "<w:del><w:r><w:delText>nej</w:delText><w:t>nej</w:t></w:r></w:del>";
    let body = [
        paragraph("Uppdragsbeskrivning"),
        "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr><w:r><w:t>Bakgrund</w:t></w:r></w:p>".to_owned(),
        format!("<w:p>{deleted}<w:r><w:t>Arbetet pågår.</w:t></w:r></w:p>"),
        "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr><w:r><w:t>Roller</w:t></w:r></w:p>".to_owned(),
        format!(
            "<w:tbl>{}{}{}</w:tbl>",
            row("Roll", "Ansvar"),
            row("Beställare", "Rådet"),
            row("Mottagare", "Nämnden")
        ),
    ]
    .concat();
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let styles = br#"<w:styles xmlns:w="w"><w:style w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let numbering = br#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
    let bytes = archive(&[
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
    ]);
    let draft = understood("a.docx", &bytes).expect("a document");
    assert_eq!(draft.sections, ["1. Bakgrund", "2. Roller"]);
    let roles: Vec<(&str, &str)> = draft.roles.iter().map(|held| (held.role.as_str(), held.holder.as_str())).collect();
    assert_eq!(roles, [("Beställare", "Rådet"), ("Mottagare", "Nämnden")]);
    assert!(draft.passages.iter().all(|passage| !passage.text.contains("nej")));
}
