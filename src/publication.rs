//! What stands in the files that the public edition would publish: attachments, originals and pictures, read as an importer
//! reads them.
//!
//! A document's own words are checked wherever it is read. Files are opened only when they are about to be published, and
//! what was found in one is remembered by its checksum: a PDF takes longer to read than a page takes to build.

use crate::check::personal_data::{Personal, findings, in_public, warning};
use crate::checksum::sha256;
use crate::diagnostic::{Diagnostic, Place};
use crate::import::{self, Piece, Refusal};
use crate::model::{AllowedContacts, Portal};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What keeps the files of `portal` (the public edition) from being published, and what nobody could look into.
///
/// What was read is remembered below `root`, the portal's folder.
pub fn check_files(portal: &Portal, root: &Path) -> Vec<Diagnostic> {
    let files = published(portal);
    if files.is_empty() {
        return Vec::new();
    }
    let allowed = &portal.site.allowed_contacts;
    let memory = Memory::open(root, allowed);
    let looked: Vec<_> = files.into_par_iter().map(|(path, place)| look(path, place, portal, &memory)).collect();
    let (mut problems, mut known) = (Vec::new(), BTreeMap::new());
    for Looked { path, place, found } in looked {
        match found {
            Ok((checksum, found)) => {
                problems.extend(told(path, &place, &found));
                known.insert(checksum, found);
            }
            Err(Unread { why, archive }) => {
                problems.push(unread(path, &place, &why));
                problems.extend(no_archive_copy(path, &place, archive));
            }
        }
    }
    memory.keep(known);
    problems
}

/// Every file that is published, with the first place that names it. Only a photograph that a text shows is left out:
/// it holds no text, and whoever placed it has seen it.
fn published(portal: &Portal) -> BTreeMap<&str, Place> {
    let mut files: BTreeMap<&str, Place> = BTreeMap::new();
    for document in &portal.documents {
        let attached = document.attachments.iter().filter_map(|attachment| attachment.file.as_deref());
        for path in attached.chain(document.original.iter().filter_map(|original| original.file.as_deref())) {
            let name = path.rsplit('/').next().unwrap_or(path);
            files.entry(path).or_insert_with(|| document.place.of("fil", name));
        }
    }
    let texts = portal.documents.iter().map(|document| &document.text);
    for text in texts.chain(portal.sections.values().filter_map(|section| section.text.as_ref())) {
        for image in text.images.iter().filter(|image| !is_photograph(&image.file)) {
            files.entry(&image.file).or_insert_with(|| Place::at(&text.source, image.span.clone()));
        }
    }
    let named = portal.published_files();
    files.retain(|path, _| named.contains(path));
    files
}

fn is_photograph(path: &str) -> bool {
    const RASTER: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"];
    RASTER.iter().any(|ending| path.to_lowercase().ends_with(ending))
}

/// What a file held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Found {
    /// Personal facts with the lines they stand on.
    facts: Vec<(Personal, usize)>,
    archive: ArchiveCopy,
}

/// Whether a PDF says that it is made to be archived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum ArchiveCopy {
    NotAsked,
    Declared,
    Missing,
}

struct Looked<'a> {
    path: &'a str,
    place: Place,
    /// By checksum; or why it could not be read.
    found: Result<(String, Found), Unread>,
}

/// A file that nobody could look into, though it may say whether it is made to be archived.
struct Unread {
    why: String,
    archive: ArchiveCopy,
}

fn look<'a>(path: &'a str, place: Place, portal: &Portal, memory: &Memory) -> Looked<'a> {
    let closed = |why: String| Unread { why, archive: ArchiveCopy::NotAsked };
    let found = portal.files.get(path).ok_or_else(|| closed("den finns inte".to_owned())).and_then(|file| {
        let bytes = std::fs::read(file).map_err(|error| closed(format!("den går inte att öppna: {error}")))?;
        let checksum = sha256(&bytes);
        let found = match memory.files.get(&checksum) {
            Some(found) => found.clone(),
            None => read(path, &bytes, &portal.site.allowed_contacts)?,
        };
        Ok((checksum, found))
    });
    Looked { path, place, found }
}

fn read(path: &str, bytes: &[u8], allowed: &AllowedContacts) -> Result<Found, Unread> {
    let archive = archive_copy(path, bytes);
    let lines = lines(path, bytes).map_err(|refusal| Unread { why: refusal.to_string(), archive })?;
    // All in one, for a number may go on in the next line.
    let (mut text, mut starts) = (String::new(), Vec::with_capacity(lines.len()));
    for (number, line) in lines {
        starts.push((text.len(), number));
        text.push_str(&line);
        text.push('\n');
    }
    let line = |at: usize| starts[starts.partition_point(|(start, _)| *start <= at).saturating_sub(1)].1;
    let facts = findings(&text, allowed).into_iter().map(|finding| (finding.kind, line(finding.span.start)));
    Ok(Found { facts: facts.collect(), archive })
}

/// PDF/A says what it is in metadata that may be neither packed nor encrypted (ISO 19005-1, 6.7).
fn archive_copy(path: &str, bytes: &[u8]) -> ArchiveCopy {
    if !path.to_lowercase().ends_with(".pdf") {
        ArchiveCopy::NotAsked
    } else if bytes.windows(11).any(|window| window == b"pdfaid:part") {
        ArchiveCopy::Declared
    } else {
        ArchiveCopy::Missing
    }
}

fn told(path: &str, place: &Place, found: &Found) -> Vec<Diagnostic> {
    let facts = found.facts.iter().map(|(kind, line)| {
        let message = format!("filen `{path}` innehåller {}, på rad {line}", kind.words());
        in_public(warning(*kind, place.clone(), &message))
    });
    facts.chain(no_archive_copy(path, place, found.archive)).collect()
}

fn no_archive_copy(path: &str, place: &Place, archive: ArchiveCopy) -> Option<Diagnostic> {
    let message = format!("filen `{path}` säger inte att den är PDF/A");
    (archive == ArchiveCopy::Missing).then(|| {
        Diagnostic::warning("ej-pdfa", place.clone(), message)
            .hint("spara den som PDF/A innan den arkiveras; i Word finns valet under Alternativ när du sparar som PDF")
    })
}

/// Counts up whenever something else is looked for.
const LOOKING: u32 = 2;

/// What files held when they were last read, by their checksums.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Memory {
    /// What the answers depend on besides the files: the program and the allow list.
    key: String,
    files: BTreeMap<String, Found>,
    #[serde(skip)]
    path: PathBuf,
}

impl Memory {
    /// A memory that cannot be read, or that was made under other conditions, is none.
    fn open(root: &Path, allowed: &AllowedContacts) -> Self {
        let path = root.join(".samverk").join("files.json");
        let key = sha256(format!("{} {LOOKING} {allowed:?}", env!("CARGO_PKG_VERSION")).as_bytes());
        let bytes = std::fs::read(&path).unwrap_or_default();
        let held: Self = serde_json::from_slice(&bytes).unwrap_or_default();
        let files = if held.key == key { held.files } else { BTreeMap::new() };
        Self { key, files, path }
    }

    /// Remembers `files` and no others. A disk that refuses costs the next build time, and nothing else.
    fn keep(self, files: BTreeMap<String, Found>) {
        if files == self.files {
            return;
        }
        let written = serde_json::to_vec(&Self { files, ..Self { key: self.key, ..Self::default() } });
        let beside = self.path.with_extension("part");
        let kept = written.ok().and_then(|bytes| {
            std::fs::create_dir_all(self.path.parent()?).ok()?;
            std::fs::write(&beside, bytes).ok()?;
            std::fs::rename(&beside, &self.path).ok()
        });
        if kept.is_none() {
            drop(std::fs::remove_file(&beside));
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, bytes: &[u8]) -> Vec<String> {
        let (allowed, _) = AllowedContacts::read(["@kommun.se"]);
        let place = Place::path("x.md");
        let found = match read(path, bytes, &allowed) {
            Ok(found) => told(path, &place, &found),
            Err(Unread { why, archive }) => {
                [unread(path, &place, &why)].into_iter().chain(no_archive_copy(path, &place, archive)).collect()
            }
        };
        found.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
    }

    #[test]
    fn a_file_is_read_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let (allowed, _) = AllowedContacts::read([]);
        let found = Found { facts: vec![(Personal::Number, 3)], archive: ArchiveCopy::Missing };
        let files = BTreeMap::from([("checksum".to_owned(), found)]);
        Memory::open(folder.path(), &allowed).keep(files.clone());
        assert_eq!(Memory::open(folder.path(), &allowed).files, files);
        let (other, _) = AllowedContacts::read(["@kommun.se"]);
        assert!(Memory::open(folder.path(), &other).files.is_empty(), "another allow list asks again");
        std::fs::write(folder.path().join(".samverk/files.json"), "{").expect("a broken memory");
        assert!(Memory::open(folder.path(), &allowed).files.is_empty());
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
        let broken = messages("bilaga.txt", "Rad ett\n\nFödd 811218-\n9876.\n".as_bytes());
        assert!(broken.len() == 1 && broken[0].ends_with("på rad 3"), "{broken:#?}");
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
