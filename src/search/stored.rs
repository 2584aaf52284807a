//! What a hit shows: titles, dates and text, packed in small blocks so that ten hits cost ten small reads.

use super::unit::{Label, Sheet, Unit, UnitKind};
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// How much of each unit is kept to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Letters of text.
    pub letters: usize,
    /// Units in a block.
    pub units: usize,
}

impl Room {
    /// For a portal whose documents have about `bytes` of text. A small one keeps whole texts; a large one beginnings, so
    /// that ten hits cost little to read: each lies in a block of its own.
    pub fn new(bytes: usize) -> Self {
        let letters = (2_000_000_000 / bytes.max(1)).clamp(SHORT, 4_000);
        let usual = letters.min(USUAL) + BESIDE;
        // Many units share larger blocks, so that there are not too many files.
        let block = BLOCK.max(bytes / 50_000);
        Self { letters, units: (block / usual).max(1) }
    }

    /// Letters kept of a unit: more of a decision, whose exact words are what is looked for.
    fn letters(self, kind: UnitKind) -> usize {
        if kind == UnitKind::Decision { 3 * self.letters } else { self.letters }
    }
}

/// Fewest letters kept of a text.
const SHORT: usize = 110;
/// Letters of a usual text.
const USUAL: usize = 350;
/// Bytes that are kept of a unit beside its text.
const BESIDE: usize = 60;
/// Bytes of a block, before it is packed.
const BLOCK: usize = 3_400;

/// A unit as it is shown.
#[derive(Clone, Debug)]
pub struct Record {
    pub sheet: String,
    pub url: String,
    pub context: String,
    pub body: Option<Label>,
    pub date: Option<String>,
    pub status: Option<Label>,
    pub kind: UnitKind,
    pub anchor: Option<String>,
    pub title: String,
    pub text: String,
}

/// What hits show of all of a sheet's units: id, address, title, body, date, status.
pub fn head_json(sheet: &Sheet) -> String {
    let label = |label: &Option<Label>| label.as_ref().map(|label| (label.key.clone(), label.name.clone()));
    let date = sheet.date.map(|date| date.to_string());
    json(&(&sheet.id, &sheet.url, &sheet.title, label(&sheet.body), date, label(&sheet.status)))
}

/// What they show of one unit: kind, anchor, title (empty where it is the sheet's) and text.
pub fn row_json(sheet: &Sheet, unit: &Unit, room: Room) -> String {
    let title = if unit.title == sheet.title { "" } else { &unit.title };
    json(&(unit.kind as u8, &unit.anchor, title, beginning(&unit.text, room.letters(unit.kind))))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts and numbers are JSON")
}

fn beginning(text: &str, letters: usize) -> &str {
    match text.char_indices().nth(letters) {
        Some((end, _)) => text[..end].rfind(' ').map_or(&text[..end], |blank| &text[..blank]),
        None => text,
    }
}

thread_local! {
    /// Making one costs more than packing a block with it.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// Within a hundredth of the best that such blocks can be packed.
const LEVEL: u32 = 6;
/// Gzip without name, time or system: nothing that varies.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Gzip.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    out.extend_from_slice(&GZIP_HEADER);
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        loop {
            let read = deflate.total_in() as usize;
            out.reserve(bytes.len() / 4 + 64);
            let status = deflate.compress_vec(&bytes[read..], &mut out, FlushCompress::Finish);
            if status.expect("deflate takes any bytes") == Status::StreamEnd {
                break;
            }
        }
    });
    let mut sum = Crc::new();
    sum.update(bytes);
    out.extend_from_slice(&sum.sum().to_le_bytes());
    out.extend_from_slice(&sum.amount().to_le_bytes());
    out
}

type Pair = Option<(String, String)>;

/// As [`head_json`] writes it.
#[derive(Deserialize)]
pub struct Header(String, String, String, Pair, Option<String>, Pair);

/// As [`row_json`] writes it.
#[derive(Deserialize)]
pub struct Row(usize, Option<String>, String, String);

impl Record {
    /// `None` for a kind that nothing is of.
    pub fn new(head: Header, row: Row) -> Option<Self> {
        let Header(sheet, url, context, body, date, status) = head;
        let Row(kind, anchor, title, text) = row;
        let label = |pair: Pair| pair.map(|(key, name)| Label { key, name, also: Vec::new() });
        let title = if title.is_empty() { context.clone() } else { title };
        let kind = UnitKind::ALL.get(kind)?.0;
        Some(Self { sheet, url, context, body: label(body), date, status: label(status), kind, anchor, title, text })
    }

    /// `moten/x#b-6b-1`.
    pub fn id(&self) -> String {
        self.with_anchor(&self.sheet)
    }

    /// `moten/x.html#b-6b-1`.
    pub fn address(&self) -> String {
        self.with_anchor(&self.url)
    }

    fn with_anchor(&self, whole: &str) -> String {
        self.anchor.as_ref().map_or_else(|| whole.to_owned(), |anchor| format!("{whole}#{anchor}"))
    }
}
