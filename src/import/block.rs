//! The one intermediate form of every source: what a reader gives, and the blocks that cleaning makes of it.

/// One line of text as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1 in the source; for sources without lines, the paragraph's number.
    pub number: usize,
    /// Without indentation or final space.
    pub text: String,
    /// Signs of white space before it.
    pub indent: usize,
    /// Empty lines before it.
    pub gap: usize,
    pub turn: Turn,
}

/// Whether a page was turned just before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    SamePage,
    NewPage,
}

/// What a reader hands over: bare lines where the source knows nothing better, blocks where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A line with its indentation; empty for an empty line.
    Line {
        number: usize,
        text: String,
    },
    PageBreak,
    Block(Block),
    /// A page's header or footer, where the source marks it as one.
    Furniture {
        number: usize,
        text: String,
    },
}

/// A heading, paragraph, list item or table, with the lines it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub shape: Shape,
    /// Without bullet; a table's rows are its lines.
    pub text: String,
    /// Never empty.
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 1 to 6, where the source marks it as a heading.
    Heading(u8),
    Paragraph,
    /// A list item; 0 is the outermost level.
    Item(u8),
    /// Cells within a line stand two spaces or more apart.
    Table,
}

impl Block {
    /// A block that the source itself marks: its lines are the lines of `text`, all at the place `number`.
    pub fn marked(shape: Shape, text: impl Into<String>, number: usize) -> Self {
        let text = text.into();
        let line = |(at, text): (usize, &str)| Line {
            number,
            text: text.trim().to_owned(),
            indent: 0,
            gap: usize::from(at == 0),
            turn: Turn::SamePage,
        };
        let lines = text.lines().enumerate().map(line).collect();
        Self { shape, text, lines }
    }

    /// Where it begins in the source.
    pub fn number(&self) -> usize {
        self.lines.first().map_or(0, |line| line.number)
    }
}
