//! Where code stands in a Markdown text, as the parser that renders it has it.

use crate::model::MARKDOWN;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;

/// Fenced and inline code. Indented code is none: what an editor pushed in by four blanks was seldom meant as such.
pub struct Code {
    fenced: Vec<Range<usize>>,
    inline: Vec<Range<usize>>,
    /// Whether a fence is never closed, so that it may hold more than was meant.
    pub open: bool,
}

impl Code {
    /// The code in `span` of a file.
    pub fn of(text: &str, span: Range<usize>) -> Self {
        let mut code = Self { fenced: Vec::new(), inline: Vec::new(), open: false };
        // The fence being read, and where what has been read of it ends.
        let mut fence: Option<(Range<usize>, usize)> = None;
        for (event, range) in Parser::new_ext(&text[span.clone()], MARKDOWN).into_offset_iter() {
            let range = range.start + span.start..range.end + span.start;
            match (event, &mut fence) {
                (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))), _) => {
                    let first = text[range.clone()].find('\n').map_or(range.end, |line| range.start + line);
                    fence = Some((range, first));
                }
                (Event::Text(_), Some((_, read))) => *read = range.end,
                (Event::End(TagEnd::CodeBlock), Some((whole, read))) => {
                    code.open |= !text[*read..whole.end].contains(['`', '~']);
                    code.fenced.push(whole.clone());
                    fence = None;
                }
                (Event::Code(_), _) => code.inline.push(range),
                _ => {}
            }
        }
        code
    }

    pub fn is_fenced(&self, at: usize) -> bool {
        self.fenced.iter().any(|range| range.contains(&at))
    }

    pub fn is_inline(&self, at: usize) -> bool {
        self.inline.iter().any(|range| range.contains(&at))
    }
}
