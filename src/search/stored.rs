//! What a hit shows: titles, dates and text, packed in small blocks so that ten hits cost ten small reads.

use super::unit::{Label, Sheet, UnitKind};
use flate2::{Compress, Compression, Crc, FlushCompress, Status, read::GzDecoder};
use serde::Serialize;
use std::cell::RefCell;
use std::io::Read;

/// Sheets of one chunk; blocks never reach over its end, so that they are the same however the work was shared.
pub const CHUNK: usize = 64;

/// How much of each unit is kept, and how many units share a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Letters of text.
    pub letters: usize,
    /// Units in a block.
    pub units: usize,
}

impl Room {
    /// A small portal keeps whole texts; a large one the beginnings.
    pub fn new(bytes: usize) -> Self {
        let letters = (14_000_000_000 / bytes.max(1)).clamp(160, 4_000);
        Self { letters, units: (7_680 / letters).clamp(2, 16) }
    }
}

/// The blocks of a chunk.
#[derive(Default)]
pub struct Chunk {
    pub units: u32,
    /// JSON, gzipped.
    pub blocks: Vec<Vec<u8>>,
}

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

/// Packs a chunk's units.
pub struct Packer {
    room: Room,
    out: Chunk,
    /// JSON under way: the block's sheets and its units, without their brackets.
    sheets: Vec<u8>,
    units: Vec<u8>,
    sheet_count: usize,
    unit_count: usize,
}

impl Packer {
    pub fn new(room: Room) -> Self {
        let (sheets, units) = (Vec::new(), Vec::new());
        Self { room, out: Chunk::default(), sheets, units, sheet_count: 0, unit_count: 0 }
    }

    pub fn add(&mut self, sheet: &Sheet) {
        let mut header = Vec::new();
        put_json(&mut header, &head(sheet));
        self.put_sheet(&header);
        for unit in &sheet.units {
            if self.unit_count == self.room.units {
                self.close();
                self.put_sheet(&header);
            }
            let text = beginning(&unit.text, self.room.letters);
            let title = if unit.title == sheet.title { "" } else { &unit.title };
            separate(&mut self.units);
            put_json(&mut self.units, &(self.sheet_count - 1, unit.kind as u8, &unit.anchor, title, text));
            self.unit_count += 1;
            self.out.units += 1;
        }
    }

    pub fn finish(mut self) -> Chunk {
        self.close();
        self.out
    }

    fn put_sheet(&mut self, header: &[u8]) {
        separate(&mut self.sheets);
        self.sheets.extend_from_slice(header);
        self.sheet_count += 1;
    }

    fn close(&mut self) {
        if self.unit_count > 0 {
            let block = [b"[[", self.sheets.as_slice(), b"],[", &self.units, b"]]"].concat();
            self.out.blocks.push(pack(&block));
        }
        self.sheets.clear();
        self.units.clear();
        (self.sheet_count, self.unit_count) = (0, 0);
    }
}

fn separate(json: &mut Vec<u8>) {
    if !json.is_empty() {
        json.push(b',');
    }
}

fn put_json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("texts and numbers are JSON, and memory takes them");
}

fn head(sheet: &Sheet) -> impl Serialize + '_ {
    let label = |label: &'_ Option<Label>| label.as_ref().map(|label| (label.key.clone(), label.name.clone()));
    let date = sheet.date.map(|date| date.to_string());
    (&sheet.id, &sheet.url, &sheet.title, label(&sheet.body), date, label(&sheet.status))
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

/// Quick, and within a few hundredths of the best that small blocks can be packed.
const LEVEL: u32 = 2;
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

/// The records of a block; none where it is damaged.
pub fn unpack(block: &[u8]) -> Vec<Record> {
    let mut text = String::new();
    let read = GzDecoder::new(block).read_to_string(&mut text);
    let parsed: Option<(Vec<Header>, Vec<Row>)> = read.ok().and_then(|_| serde_json::from_str(&text).ok());
    let Some((sheets, units)) = parsed else { return Vec::new() };
    units
        .into_iter()
        .filter_map(|Row(sheet, kind, anchor, title, text)| {
            let Header(id, url, context, body, date, status) = sheets.get(sheet)?.clone();
            let label = |pair: Option<(String, String)>| pair.map(|(key, name)| Label { key, name, also: Vec::new() });
            let title = if title.is_empty() { context.clone() } else { title };
            let (body, status) = (label(body), label(status));
            let kind = UnitKind::ALL.get(kind)?.0;
            Some(Record { sheet: id, url, context, body, date, status, kind, anchor, title, text })
        })
        .collect()
}

type Pair = Option<(String, String)>;

#[derive(Clone, serde::Deserialize)]
struct Header(String, String, String, Pair, Option<String>, Pair);

#[derive(serde::Deserialize)]
struct Row(usize, usize, Option<String>, String, String);

impl Record {
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
