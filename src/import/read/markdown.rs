//! Markdown: its headings, lists and tables are taken at their word; front matter and markup fall away.

use super::Refusal;
use super::text::bounds;
use crate::import::{Block, Piece, Shape};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The most bytes: its tree takes fifty times the text where every sign may be a mark.
const MOST: usize = 4 << 20;

/// The blocks of a Markdown text.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, Refusal> {
    bounds(text)?;
    if text.len() > MOST {
        return Err(Refusal::TooMuchText { limit: MOST >> 20 });
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::default();
    let mut line = Lines { text, at: 0, number: 1 };
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        let number = line.number(span.start);
        reader.take(event, number);
    }
    Ok(reader.pieces)
}

/// Line numbers of growing byte offsets.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    fn number(&mut self, offset: usize) -> usize {
        if offset > self.at {
            self.number += self.text[self.at..offset].matches('\n').count();
            self.at = offset;
        }
        self.number
    }
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    text: String,
    number: usize,
    depth: u8,
    skipping: bool,
}

impl Reader {
    fn take(&mut self, event: Event, number: usize) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.skipping = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.skipping = false,
            _ if self.skipping => {}
            Event::Start(tag) => self.open(&tag, number),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag, number: usize) {
        match tag {
            Tag::List(_) => {
                self.flush(Shape::Item(self.depth.saturating_sub(1)));
                self.depth += 1;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableHead | Tag::TableRow | Tag::CodeBlock(_) => {
                self.number = number;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.flush(Shape::Heading(depth(level))),
            TagEnd::Paragraph | TagEnd::CodeBlock if self.depth == 0 => self.flush(Shape::Paragraph),
            TagEnd::Paragraph | TagEnd::Item => self.flush(Shape::Item(self.depth.saturating_sub(1))),
            TagEnd::List(_) => self.depth = self.depth.saturating_sub(1),
            TagEnd::TableCell => self.text.push_str("  "),
            TagEnd::TableHead | TagEnd::TableRow => self.flush(Shape::Table),
            _ => {}
        }
    }

    fn flush(&mut self, shape: Shape) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        self.pieces.push(Piece::Block(Block::marked(shape, text.trim(), self.number)));
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_is_taken_at_its_word() {
        let text = "---\ntitel: x\n---\n# Möte\n\nen\nrad\n\n- att ett\n- att två\n\n| a | b |\n|---|---|\n| c | d |\n";
        let blocks: Vec<(Shape, String, usize)> = pieces(text)
            .expect("a short text")
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Block(block) => Some((block.shape, block.text.clone(), block.number())),
                _ => None,
            })
            .collect();
        let expected = [
            (Shape::Heading(1), "Möte", 4),
            (Shape::Paragraph, "en rad", 6),
            (Shape::Item(0), "att ett", 9),
            (Shape::Item(0), "att två", 10),
            (Shape::Table, "a  b", 12),
            (Shape::Table, "c  d", 14),
        ];
        assert_eq!(blocks, expected.map(|(shape, text, line)| (shape, text.to_owned(), line)));
    }
}
