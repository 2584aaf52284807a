//! A document's Markdown and what was read out of it: headings and internal links, each with its place.

use crate::diagnostic::SourceText;
use pulldown_cmark::Options;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The Markdown below the front matter. All spans are byte ranges of the whole file, so that they are places too.
#[derive(Clone, Debug)]
pub struct Text {
    pub source: Arc<SourceText>,
    /// Where the Markdown stands in the file.
    pub span: Range<usize>,
    pub headings: Vec<Heading>,
    pub links: Vec<InternalLink>,
    pub images: Vec<Image>,
    pub directives: Vec<Directive>,
}

/// The Markdown that samverk reads: CommonMark with tables, footnotes, strike-through and heading attributes.
pub const MARKDOWN: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// A block between a line `:::namn argument` and a line `:::`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub kind: DirectiveKind,
    /// What stands after the name, such as a note's heading.
    pub argument: String,
    /// With its two lines.
    pub outer: Range<usize>,
    /// Between them.
    pub inner: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveKind {
    /// Cut from the public edition before anything is made of it.
    Internal,
    /// A box beside the text.
    Note,
    /// A passage in another language, which the argument names (BCP 47).
    Language,
}

/// A picture of the portal's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Below the portal's root.
    pub file: String,
    /// As written in the text.
    pub written: String,
    pub span: Range<usize>,
}

/// A heading and the anchor it has on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6 as in Markdown.
    pub level: u8,
    /// The visible title without its number.
    pub title: String,
    /// `5.3`, `6b` or `§ 12`.
    pub number: Option<String>,
    /// Unique within the document: `avsnitt-5.3`, `punkt-6b`, or a slug.
    pub anchor: String,
    /// Where the heading itself stands.
    pub span: Range<usize>,
}

/// A link that the editor wrote as `@/…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalLink {
    /// The text after `@/`, as written.
    pub target: LinkTarget,
    pub span: Range<usize>,
}

/// `moten/x.md#punkt-6b` split at the anchor; `path` without `.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTarget {
    pub path: String,
    pub anchor: Option<String>,
}

impl LinkTarget {
    /// Reads what follows `@/` in a link.
    pub fn parse(text: &str) -> Self {
        let (path, anchor) = match text.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (text, None),
        };
        Self { path: path.strip_suffix(".md").unwrap_or(path).to_owned(), anchor }
    }
}

impl Text {
    /// The Markdown itself.
    pub fn markdown(&self) -> &str {
        &self.source.text[self.span.clone()]
    }

    /// The Markdown with the directives' own lines turned into blanks of the same length, so that places stay.
    pub fn without_directive_lines(&self) -> Cow<'_, str> {
        if self.directives.is_empty() {
            return Cow::Borrowed(self.markdown());
        }
        let mut blanked = self.markdown().to_owned().into_bytes();
        for Directive { outer, inner, .. } in &self.directives {
            for range in [outer.start..inner.start, inner.end..outer.end] {
                let line = &mut blanked[range.start - self.span.start..range.end - self.span.start];
                line.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
            }
        }
        Cow::Owned(String::from_utf8(blanked).expect("whole lines were blanked"))
    }

    /// Whether what stands at an offset of the file is in an internal block.
    pub fn is_internal(&self, at: usize) -> bool {
        let mut internal = self.directives.iter().filter(|directive| directive.kind == DirectiveKind::Internal);
        internal.any(|directive| directive.outer.contains(&at))
    }

    /// Byte range of the section that `headings[index]` opens, its heading included, down to the next heading of the same
    /// or a higher level.
    pub fn section(&self, index: usize) -> Range<usize> {
        let heading = &self.headings[index];
        let end = self.headings[index + 1..]
            .iter()
            .find(|next| next.level <= heading.level)
            .map_or(self.span.end, |next| next.span.start);
        heading.span.start..end
    }
}
