//! The parts of a zip archive, read with caps: an archive that grows beyond them is refused, not unpacked.

use super::Refusal;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read as _};

/// The most that all parts together may grow to, in megabytes.
const MOST: usize = 64;
/// The most that a part with styles or lists may be, in megabytes.
const MOST_TABLE: usize = 8;
/// The most parts: each costs memory before anything of it is read.
const MOST_PARTS: usize = 10_000;
/// Headers and footers of a document; a real one has three of each a section.
const MOST_NAMES: usize = 200;
/// Elements nested deeper than this are no document.
const DEEPEST: usize = 400;
/// The most elements of one part; five hundred pages of Word have half a million.
const MOST_ELEMENTS: usize = 3_000_000;

/// An opened archive.
pub(super) struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        // Office wraps a file with a password in its old container, where an older format may also lie.
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Refusal::Encrypted);
        }
        if bytes.windows(4).filter(|window| window == b"PK\x01\x02").nth(MOST_PARTS).is_some() {
            return Err(Refusal::Damaged { what: format!("arkivet har fler än {MOST_PARTS} delar") });
        }
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { zip, left: (MOST as u64) << 20 })
    }

    /// The names of the parts that begin with `prefix`, sorted.
    pub(super) fn names(&self, prefix: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .zip
            .file_names()
            .flatten()
            .filter(|name| name.starts_with(prefix))
            .map(|name| name.into_owned())
            .collect();
        names.sort();
        names.truncate(MOST_NAMES);
        names
    }

    /// The text of a part; `None` where the archive has no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        self.text_within(name, self.left)
    }

    /// The text of a part that grows to more in memory than it is: styles and numbers of lists, each kept by its name.
    pub(super) fn table(&mut self, name: &str) -> Result<String, Refusal> {
        let most = self.left.min((MOST_TABLE as u64) << 20);
        self.text_within(name, most).map(Option::unwrap_or_default)
    }

    fn text_within(&mut self, name: &str, most: u64) -> Result<Option<String>, Refusal> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(Refusal::Encrypted);
            }
            Err(error) => return Err(damaged(error)),
        };
        let mut text = Vec::new();
        part.take(most + 1).read_to_end(&mut text).map_err(damaged)?;
        if text.len() as u64 > most {
            return Err(Refusal::Bomb { limit: MOST });
        }
        self.left -= text.len() as u64;
        String::from_utf8(text).map(Some).map_err(damaged)
    }
}

/// Walks the elements of `xml`. Documents declare no types: one that does tries to bring entities with it.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Node<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut elements) = (0usize, 0usize);
    loop {
        if elements > MOST_ELEMENTS {
            return Err(Refusal::TooManyParts { limit: MOST_ELEMENTS });
        }
        match reader.read_event().map_err(damaged)? {
            Event::DocType(_) => {
                return Err(Refusal::Damaged { what: "filen innehåller en otillåten DOCTYPE".to_owned() });
            }
            Event::Start(element) => {
                (depth, elements) = (depth + 1, elements + 1);
                if depth > DEEPEST {
                    return Err(Refusal::Damaged { what: "filen är för djupt nästlad".to_owned() });
                }
                take(Node::Open(&element))?;
            }
            Event::Empty(element) => {
                elements += 1;
                take(Node::Open(&element))?;
                take(Node::Close(element.local_name().as_ref()))?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(element.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref().map_err(damaged)? {
                    Some(sign) => sign.to_string(),
                    None => named(&entity.xml10_content()).to_owned(),
                };
                take(Node::Text(&resolved))?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// One step of a walk.
pub(super) enum Node<'a> {
    Open(&'a BytesStart<'a>),
    /// The local name.
    Close(&'a str),
    Text(&'a str),
}

/// The value of an attribute by its local name.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    // Looking for doubles compares every attribute with every other.
    let mut attributes = element.attributes();
    let mut sound = attributes.with_checks(false).flatten();
    let found = sound.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}

pub(super) fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged { what: error.to_string() }
}

fn named(entity: &str) -> &'static str {
    match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}
