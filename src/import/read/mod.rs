//! Readers: a file's bytes → pieces, one reader a format. What cannot be read is refused in words an editor understands.

mod archive;
mod docx;
mod encoding;
mod flow;
mod markdown;
mod numbering;
mod odt;
pub mod pdf;
mod text;

use super::Piece;
use flow::{MOST_PIECES, MOST_TEXT};
use std::io::Read as _;
use std::path::Path;

/// Why a file was not imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("okänt filformat, känner till .txt, .md, .docx, .odt och .pdf")]
    UnknownFormat,
    #[error("filen kan inte läsas: {why}")]
    Unread { why: String },
    #[error("filen är tom")]
    Empty,
    #[error("filen är större än {limit} megabyte")]
    TooLarge { limit: usize },
    #[error("filen är inte text")]
    NotText,
    #[error("rad {line} innehåller ett personnummer: ta bort det ur källan, eller importera den inte")]
    PersonalNumber { line: usize },
    #[error("filen är skadad eller avkortad: {what}")]
    Damaged { what: String },
    #[error("filen är krypterad eller skyddad med lösenord: spara en kopia utan lösenord")]
    Encrypted,
    #[error("filen växer till mer än {limit} megabyte när den packas upp")]
    Bomb { limit: usize },
    #[error("filen har mer än {limit} megabyte text: dela den i flera")]
    TooMuchText { limit: usize },
    #[error("filen har fler än {limit} rader eller delar: dela den i flera")]
    TooManyParts { limit: usize },
    #[error("pdf-filen saknar textlager: kör den genom textigenkänning (OCR) först")]
    NoTextLayer,
    #[error("läsningen tog mer än {seconds} sekunder och avbröts: dela filen i flera")]
    TooSlow { seconds: u64 },
    #[error("läsningen krävde mer än {limit} megabyte minne och avbröts: dela filen i flera")]
    TooMuchMemory { limit: usize },
    #[error("läsningen avbröts: dela filen i flera, eller spara den på nytt som pdf")]
    Broken,
    #[error(
        "den inbyggda pdf-läsaren kan inte läsa filen: installera pdftotext (poppler), som klarar fler, eller spara den på nytt som pdf eller Word"
    )]
    BeyondReader,
    #[error("programmet {program} behövs för att läsa filen: installera {package}")]
    ProgramMissing { program: &'static str, package: &'static str },
}

/// The largest file that is read at all, in megabytes.
const LARGEST: usize = 64;

/// The endings of names that can be read.
const ENDINGS: [&str; 7] = ["txt", "text", "md", "markdown", "docx", "odt", "pdf"];

/// Whether the file's ending is one that can be read.
pub fn is_known(name: &str) -> bool {
    ENDINGS.contains(&ending(name).as_str())
}

/// Whether a line's page is the page that a reader of the original sees.
pub fn has_pages(name: &str) -> bool {
    ending(name) == "pdf"
}

/// What an editor should know of how a file with this name is read.
pub fn remark(name: &str) -> Option<&'static str> {
    if ending(name) == "pdf" { pdf::remark() } else { None }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// A file's bytes, never more than may be read.
pub fn file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let unread = |error: std::io::Error| Refusal::Unread { why: error.to_string() };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(unread)?;
    file.take(((LARGEST as u64) << 20) + 1).read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}

/// Reads a file's bytes; the ending of `name` tells the format.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > LARGEST << 20 {
        return Err(Refusal::TooLarge { limit: LARGEST });
    }
    let pieces = match ending(name).as_str() {
        "txt" | "text" => text::pieces(&encoding::decode(bytes)?)?,
        "md" | "markdown" => markdown::pieces(&encoding::decode(bytes)?)?,
        "docx" => docx::pieces(bytes)?,
        "odt" => odt::pieces(bytes)?,
        "pdf" => pdf::pieces(bytes)?,
        _ => return Err(Refusal::UnknownFormat),
    };
    if pieces.len() > MOST_PIECES {
        return Err(Refusal::TooManyParts { limit: MOST_PIECES });
    }
    let size: usize = pieces.iter().map(text_of).sum();
    match pieces.is_empty() {
        true => Err(Refusal::Empty),
        // More than fifteen hundred pages: no document, and more than can be understood in time.
        false if size > MOST_TEXT => Err(Refusal::TooMuchText { limit: MOST_TEXT >> 20 }),
        false => Ok(pieces),
    }
}

fn text_of(piece: &Piece) -> usize {
    match piece {
        Piece::Line { text, .. } | Piece::Furniture { text, .. } => text.len(),
        Piece::Block(block) => block.text.len(),
        Piece::PageBreak => 0,
    }
}
