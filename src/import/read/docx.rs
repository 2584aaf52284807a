//! Word documents: styles, numbering, tables, notes, text boxes, headers and footers; tracked changes are taken as accepted.

use super::archive::{Archive, Node, attribute, walk};
use super::flow::{Flow, Manner};
use super::numbering::{Numbering, Place, Styles};
use super::{Refusal, archive};
use crate::import::Piece;

/// The pieces of a `.docx`.
pub(super) fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    let mut archive = Archive::open(bytes)?;
    let Some(document) = archive.text("word/document.xml")? else {
        return Err(Refusal::Damaged { what: "word/document.xml saknas".to_owned() });
    };
    let styles = Styles::read(&archive.table("word/styles.xml")?)?;
    let numbering = Numbering::read(&archive.table("word/numbering.xml")?)?;
    let mut flow = Flow::default();
    for name in archive.names("word/header").into_iter().chain(archive.names("word/footer")) {
        let text = archive.text(&name)?.unwrap_or_default();
        // Headers count no lists of their own.
        let mut own = Reader::new(&styles, Numbering::default());
        own.read(&text)?;
        own.plain.iter().for_each(|line| flow.add_furniture(line));
    }
    let mut reader = Reader::new(&styles, numbering);
    reader.flow = flow;
    reader.read(&document)?;
    reader.flow.begin_notes();
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        reader.read(&archive.text(name)?.unwrap_or_default())?;
    }
    Ok(reader.flow.pieces())
}

/// A paragraph being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
}

/// A table being read: its finished cells and the one that is open.
#[derive(Default)]
struct Table {
    row: Vec<Vec<(Manner, String)>>,
    cell: Vec<(Manner, String)>,
}

struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    flow: Flow,
    /// Paragraphs within paragraphs: text boxes.
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// How many elements deep in what is passed over.
    passing: usize,
    taking: Taking,
    /// Plain lines, for headers and footers.
    plain: Vec<String>,
}

/// Whether text that comes now is the paragraph's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    Text,
    Nothing,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            flow: Flow::default(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            passing: 0,
            taking: Taking::Nothing,
            plain: Vec::new(),
        }
    }

    fn read(&mut self, xml: &str) -> Result<(), Refusal> {
        walk(xml, |node| {
            match node {
                Node::Open(element) => self.open(element),
                Node::Close(name) => self.close(name),
                Node::Text(text) if self.taking == Taking::Text && self.passing == 0 => self.push(text),
                Node::Text(_) => {}
            }
            self.flow.bounds()
        })
    }

    fn open(&mut self, element: &quick_xml::events::BytesStart) {
        let name = element.local_name();
        // What was deleted or moved away, and the older twin of a text box.
        if self.passing > 0 || matches!(name.as_ref(), "del" | "moveFrom" | "Fallback") {
            self.passing += 1;
            return;
        }
        let value = || archive::attribute(element, "val");
        match name.as_ref() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "t" => self.taking = Taking::Text,
            "tab" if self.taking == Taking::Nothing => self.push(" "),
            "br" if attribute(element, "type").as_deref() == Some("page") => self.add(Manner::PageBreak, String::new()),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" => self.tables.push(Table::default()),
            "pStyle" => self.set(|paragraph| paragraph.style = value()),
            "numId" => self.set(|paragraph| paragraph.number = value()),
            "ilvl" => self.set(|paragraph| paragraph.level = value().and_then(|level| level.parse().ok())),
            "outlineLvl" => self.set(|paragraph| paragraph.outline = value().and_then(|level| level.parse().ok())),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        match name {
            "t" => self.taking = Taking::Nothing,
            "p" => self.end_paragraph(),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let cell = std::mem::take(&mut table.cell);
                    table.row.push(cell);
                }
            }
            "tr" => self.end_row(),
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.flow.grow(text.len());
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let style = paragraph.style.as_deref().and_then(|id| self.styles.get(id)).unwrap_or_default();
        if style.place == Place::Contents {
            return;
        }
        let level = paragraph.outline.map(|level| level.saturating_add(1)).or(style.level).filter(|level| *level <= 6);
        let number = paragraph.number.clone().or_else(|| style.number.clone());
        let depth = paragraph.level.or(style.depth).unwrap_or(0);
        let empty = paragraph.text.trim().is_empty();
        let label = number.filter(|_| !empty).and_then(|number| self.numbering.next(&number, depth));
        self.flow.grow(label.as_ref().map_or(0, String::len));
        self.flow.count();
        let (manner, text) = match (label, level) {
            (Some(label), Some(level)) if !label.is_empty() => {
                (Manner::Heading(level), format!("{label} {}", paragraph.text))
            }
            (_, Some(level)) => (Manner::Heading(level), paragraph.text),
            (Some(label), None) if label.is_empty() => (Manner::Item(u8::try_from(depth).unwrap_or(8)), paragraph.text),
            (Some(label), None) => (Manner::Plain, format!("{label} {}", paragraph.text)),
            (None, None) => (Manner::Plain, paragraph.text),
        };
        self.plain.push(text.clone());
        self.add(manner, text);
    }

    fn add(&mut self, manner: Manner, text: String) {
        match self.tables.last_mut() {
            Some(table) => table.cell.push((manner, text)),
            None => self.flow.add(manner, &text),
        }
    }

    /// A table within a cell gives its rows to the cell.
    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        let at = self.tables.len();
        match at.checked_sub(2).and_then(|outer| self.tables.get_mut(outer)) {
            Some(outer) => outer.cell.extend(row.into_iter().flatten()),
            None => self.flow.add_row(&row),
        }
    }
}
