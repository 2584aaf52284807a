//! OpenDocument texts: headings, lists, tables, notes and text frames; tracked deletions are passed over.

use super::Refusal;
use super::archive::{Archive, Node, attribute, walk};
use super::flow::{Flow, Manner};
use crate::import::Piece;

/// The pieces of an `.odt`.
pub(super) fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if archive.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Refusal::Encrypted);
    }
    let Some(content) = archive.text("content.xml")? else {
        return Err(Refusal::Damaged { what: "content.xml saknas".to_owned() });
    };
    let mut reader = Reader::default();
    reader.read(&content)?;
    reader.flow.begin_notes();
    std::mem::take(&mut reader.notes).iter().for_each(|note| reader.flow.add(Manner::Plain, note));
    let mut furniture = Reader { within: Within::Furniture, ..Reader::default() };
    furniture.read(&archive.text("styles.xml")?.unwrap_or_default())?;
    furniture.headers.iter().for_each(|line| reader.flow.add_furniture(line));
    Ok(reader.flow.pieces())
}

/// Whether the part holds text, or headers and footers among styles.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    Furniture,
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    within: Within,
    headers: Vec<String>,
    /// Texts and headings being read, the inner one last.
    open: Vec<(Manner, String)>,
    lists: u8,
    rows: Vec<Vec<Vec<(Manner, String)>>>,
    cells: Vec<Vec<(Manner, String)>>,
    passing: usize,
    /// How many notes deep, and what the notes say.
    noting: usize,
    notes: Vec<String>,
}

impl Reader {
    fn read(&mut self, xml: &str) -> Result<(), Refusal> {
        walk(xml, |node| {
            match node {
                Node::Open(element) => self.open(element),
                Node::Close(name) => self.close(name),
                Node::Text(text) if self.passing == 0 => self.push(text),
                Node::Text(_) => {}
            }
            self.flow.bounds()
        })
    }

    fn open(&mut self, element: &quick_xml::events::BytesStart) {
        let name = element.local_name();
        if self.passing > 0
            || matches!(name.as_ref(), "tracked-changes" | "annotation" | "note-citation" | "table-of-content")
        {
            self.passing += 1;
            return;
        }
        match name.as_ref() {
            "p" if self.lists > 0 => self.open.push((Manner::Item(self.lists - 1), String::new())),
            "p" => self.open.push((Manner::Plain, String::new())),
            "h" => {
                let level =
                    attribute(element, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1u8).clamp(1, 6);
                self.open.push((Manner::Heading(level), String::new()));
            }
            "list" => self.lists = self.lists.saturating_add(1).min(9),
            "line-break" => self.push("\n"),
            "tab" => self.push(" "),
            "s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                self.push(&" ".repeat(count.min(200)));
            }
            "note" => self.noting += 1,
            "table-row" => self.rows.push(Vec::new()),
            "table-cell" => self.cells.push(Vec::new()),
            "soft-page-break" if self.open.is_empty() && self.cells.is_empty() => self.flow.add(Manner::PageBreak, ""),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        match name {
            "p" | "h" => self.end_text(),
            "list" => self.lists = self.lists.saturating_sub(1),
            "note" => self.noting = self.noting.saturating_sub(1),
            "table-cell" => {
                if let (Some(cell), Some(row)) = (self.cells.pop(), self.rows.last_mut()) {
                    row.push(cell);
                }
            }
            "table-row" => self.end_row(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.flow.grow(text.len());
        if let Some((_, open)) = self.open.last_mut() {
            open.push_str(text);
        }
    }

    fn end_text(&mut self) {
        let Some((manner, text)) = self.open.pop() else { return };
        self.flow.count();
        match (self.within, self.cells.last_mut()) {
            (Within::Furniture, _) => self.headers.push(text),
            (Within::Text, _) if self.noting > 0 => self.notes.push(text),
            (Within::Text, Some(cell)) => cell.push((manner, text)),
            (Within::Text, None) => self.flow.add(manner, &text),
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        match self.cells.last_mut() {
            Some(outer) => outer.extend(row.into_iter().flatten()),
            None => self.flow.add_row(&row),
        }
    }
}
