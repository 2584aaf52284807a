//! What stands in the files that the public edition would publish: attachments and originals, read as an importer reads
//! them.
//!
//! A document's own words are checked wherever it is read. Files are opened only when they are about to be published,
//! since a PDF takes longer to read than a page takes to build.

use crate::check::personal_data::{findings, in_public, warning};
use crate::diagnostic::{Diagnostic, Place};
use crate::import::{self, Piece, Refusal};
use crate::model::{AllowedContacts, Portal};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// What keeps the files of `portal` (the public edition) from being published, and what nobody could look into.
pub fn check_files(portal: &Portal) -> Vec<Diagnostic> {
    let mut files: BTreeMap<&str, Place> = BTreeMap::new();
    for document in &portal.documents {
        let attached = document.attachments.iter().filter_map(|attachment| attachment.file.as_deref());
        for path in attached.chain(document.original.iter().filter_map(|original| original.file.as_deref())) {
            let name = path.rsplit('/').next().unwrap_or(path);
            files.entry(path).or_insert_with(|| document.place.of("fil", name));
        }
    }
    let allowed = &portal.site.allowed_contacts;
    let held = files.into_par_iter().filter_map(|(path, place)| Some((path, place, portal.files.get(path)?)));
    held.flat_map_iter(|(path, place, file)| check_file(path, file, &place, allowed)).collect()
}

fn check_file(path: &str, file: &Path, place: &Place, allowed: &AllowedContacts) -> Vec<Diagnostic> {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return vec![unread(path, place, &format!("den går inte att öppna: {error}"))],
    };
    let mut problems = Vec::new();
    match lines(path, &bytes) {
        Ok(lines) => {
            for (number, text) in lines {
                for finding in findings(&text, allowed) {
                    let message = format!("filen `{path}` innehåller {}, på rad {number}", finding.kind.words());
                    problems.push(in_public(warning(finding.kind, place.clone(), &message)));
                }
            }
        }
        Err(refusal) => problems.push(unread(path, place, &refusal.to_string())),
    }
    if is_pdf(path) && !declares_pdf_a(&bytes) {
        problems.push(
            Diagnostic::warning("ej-pdfa", place.clone(), format!("filen `{path}` säger inte att den är PDF/A")).hint(
                "spara den som PDF/A innan den arkiveras; i Word finns valet under Alternativ när du sparar som PDF",
            ),
        );
    }
    problems
}

fn unread(path: &str, place: &Place, why: &str) -> Diagnostic {
    Diagnostic::warning("fil-ej-granskad", place.clone(), format!("filen `{path}` har inte granskats: {why}"))
        .hint("läs själv igenom filen efter personnummer och privata uppgifter innan den publiceras")
}

/// The lines of a file with their numbers. Formats that are text are read as they stand.
fn lines(path: &str, bytes: &[u8]) -> Result<Vec<(usize, String)>, Refusal> {
    const TEXT: [&str; 8] = [".html", ".htm", ".csv", ".json", ".xml", ".svg", ".ics", ".rtf"];
    if TEXT.iter().any(|ending| path.to_lowercase().ends_with(ending)) {
        let text = String::from_utf8_lossy(bytes);
        return Ok(text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned())).collect());
    }
    let pieces = match import::read(path, bytes) {
        Err(Refusal::Empty) => return Ok(Vec::new()),
        read => read?,
    };
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line { number, text } | Piece::Furniture { number, text } => out.push((number, text)),
            Piece::Block(block) => out.extend(block.lines.into_iter().map(|line| (line.number, line.text))),
            Piece::PageBreak => {}
        }
    }
    Ok(out)
}

fn is_pdf(path: &str) -> bool {
    path.to_lowercase().ends_with(".pdf")
}

/// PDF/A says what it is in metadata that may be neither packed nor encrypted (ISO 19005-1, 6.7).
fn declares_pdf_a(bytes: &[u8]) -> bool {
    bytes.windows(11).any(|window| window == b"pdfaid:part")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, bytes: &[u8]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("fil");
        std::fs::write(&file, bytes).expect("a file");
        let (allowed, _) = AllowedContacts::read(["@kommun.se"]);
        let found = check_file(path, &file, &Place::path("x.md"), &allowed);
        found.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
    }

    #[test]
    fn a_file_tells_where_the_personal_fact_stands() {
        let found = messages("bilaga.txt", "Rad ett\nFödd 811218-9876, anna@kommun.se\nanna@exempel.se\n".as_bytes());
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].starts_with("personnummer:") && found[0].ends_with("på rad 2"), "{found:#?}");
        assert!(found[1].starts_with("e-postadress:") && found[1].ends_with("på rad 3"), "{found:#?}");
        assert!(!found.iter().any(|message| message.contains("811218")), "the message does not spread it further");
        assert_eq!(messages("bilaga.html", b"<p>811218-9876</p>").len(), 1);
        assert_eq!(messages("bilaga.csv", b"a;b\n1;070-123 45 67\n").len(), 1);
        assert!(messages("tom.txt", b"").is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (path, bytes) in [("bilaga.xlsx", &b"PK"[..]), ("bilaga.docx", b"inget"), ("bild.png", b"\x89PNG")] {
            let found = messages(path, bytes);
            assert!(found.len() == 1 && found[0].starts_with("fil-ej-granskad"), "{path}: {found:#?}");
        }
    }

    #[test]
    fn a_pdf_that_is_no_archive_copy_is_told() {
        let plain = messages("bilaga.pdf", b"%PDF-1.4\n");
        assert!(plain.iter().any(|message| message.starts_with("ej-pdfa")), "{plain:#?}");
        let archive = messages("bilaga.pdf", b"%PDF-1.4\n<pdfaid:part>2</pdfaid:part>\n");
        assert!(!archive.iter().any(|message| message.starts_with("ej-pdfa")), "{archive:#?}");
    }

    #[test]
    fn a_pdf_is_read_where_pdftotext_is_installed() {
        if std::process::Command::new("pdftotext").arg("-v").output().is_err() {
            eprintln!("SKIPPED: pdftotext is not installed");
            return;
        }
        let stream = "BT /F1 12 Tf 72 720 Td (Underlag om en person med numret 811218-9876) Tj ET";
        let pdf = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>endobj\n\
             4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n\
             5 0 obj<</Length {}>>stream\n{stream}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            stream.len()
        );
        let found = messages("bilaga.pdf", pdf.as_bytes());
        assert!(found.iter().any(|message| message.starts_with("personnummer")), "{found:#?}");
    }
}
