//! Markdown into a [`Text`]: its headings with number and anchor, and its internal links.

use super::directives::directives;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::model::{Heading, Image, InternalLink, LinkTarget, MARKDOWN, Text, slug};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// What a numbered heading is called in an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// `punkt-6b`
    Items,
    /// `avsnitt-5.3`
    Sections,
    /// Numbers in headings mean nothing.
    None,
}

/// A block of running text at the top level or in a list, for the rules that look for decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    pub kind: BlockKind,
    /// How many list items it stands in, itself counted.
    pub depth: usize,
    /// Visible text; line breaks kept, struck-out words left out.
    pub text: String,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// With its index in [`Text::headings`].
    Heading(usize),
    Paragraph,
    ListItem,
    /// What a list item goes on to say below a list inside it.
    ItemRest,
    /// Quotes, tables, code: never a decision.
    Other,
}

/// Reads the Markdown in `span` of the file.
pub fn text(
    source: &Arc<SourceText>,
    span: Range<usize>,
    numbering: Numbering,
) -> (Text, Vec<TextBlock>, Vec<Diagnostic>) {
    let (found, problems) = directives(source, span.clone());
    let mut text = Text {
        source: Arc::clone(source),
        span,
        headings: Vec::new(),
        links: Vec::new(),
        images: Vec::new(),
        directives: found,
    };
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut reader = Reader { numbering, folder: folder.to_owned(), ..Reader::default() };
    for (event, range) in Parser::new_ext(&text.without_directive_lines(), MARKDOWN).into_offset_iter() {
        reader.event(event, range.start + text.span.start..range.end + text.span.start);
    }
    let Reader { headings, links, images, blocks, .. } = reader;
    (text.headings, text.links, text.images) = (headings, links, images);
    (text, blocks, problems)
}

struct Reader {
    numbering: Numbering,
    headings: Vec<Heading>,
    links: Vec<InternalLink>,
    images: Vec<Image>,
    /// Where relative paths are counted from.
    folder: String,
    blocks: Vec<TextBlock>,
    anchors: HashSet<String>,
    /// How often each anchor was tried, so that many headings of one name cost no more than others.
    wanted: HashMap<String, usize>,
    /// The block being read, and whether its own text is still being collected.
    open: Vec<TextBlock>,
    /// Depth inside quotes, tables and footnotes.
    other: usize,
    /// Depth inside struck-out words.
    struck: usize,
    own_id: Option<String>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            numbering: Numbering::None,
            headings: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            folder: String::new(),
            blocks: Vec::new(),
            anchors: HashSet::new(),
            wanted: HashMap::new(),
            open: Vec::new(),
            other: 0,
            struck: 0,
            own_id: None,
        }
    }
}

impl Reader {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { id, .. } => {
                self.own_id = id.map(|id| id.to_string());
                self.begin(BlockKind::Heading(self.headings.len()), span);
            }
            Tag::Paragraph if self.open.is_empty() => self.begin(self.running(BlockKind::Paragraph), span),
            Tag::Item => self.begin_item(span),
            Tag::BlockQuote(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::CodeBlock(_) => self.other += 1,
            // A list inside an item is items of its own: what the outer item says ends here.
            Tag::List(_) => self.close_outer_item(),
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } => self.link(&dest_url, span),
            Tag::Image { dest_url, .. } => self.image(&dest_url, span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                if let Some(block) = self.open.pop() {
                    self.heading(level as u8, &block);
                    self.blocks.push(block);
                }
            }
            TagEnd::Paragraph if self.open.len() == 1 && self.open[0].depth == 0 => self.finish(),
            TagEnd::Paragraph => self.push("\n"),
            TagEnd::Item => self.finish(),
            TagEnd::Strikethrough => self.struck -= 1,
            TagEnd::BlockQuote(_) | TagEnd::Table | TagEnd::FootnoteDefinition | TagEnd::CodeBlock => self.other -= 1,
            _ => {}
        }
    }

    fn running(&self, kind: BlockKind) -> BlockKind {
        if self.other > 0 { BlockKind::Other } else { kind }
    }

    fn begin(&mut self, kind: BlockKind, span: Range<usize>) {
        self.open.push(TextBlock { kind, depth: 0, text: String::new(), span });
    }

    fn begin_item(&mut self, span: Range<usize>) {
        let depth = self.open.len() + 1;
        self.open.push(TextBlock { kind: self.running(BlockKind::ListItem), depth, text: String::new(), span });
    }

    /// A heading is shown as it stands, and named by it.
    fn push(&mut self, text: &str) {
        let struck = self.struck > 0;
        let open = self.open.last_mut();
        if let Some(block) = open.filter(|block| !struck || matches!(block.kind, BlockKind::Heading(_))) {
            block.text.push_str(text);
        }
    }

    fn close_outer_item(&mut self) {
        if let Some(block) = self.open.last_mut().filter(|block| !block.text.is_empty()) {
            let done = TextBlock { text: std::mem::take(&mut block.text), ..block.clone() };
            if block.kind == BlockKind::ListItem {
                block.kind = BlockKind::ItemRest;
            }
            self.blocks.push(done);
        }
    }

    fn finish(&mut self) {
        if let Some(block) = self.open.pop().filter(|block| !block.text.trim().is_empty()) {
            self.blocks.push(block);
        }
    }

    fn heading(&mut self, level: u8, block: &TextBlock) {
        let visible = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (number, title) = match self.numbering {
            Numbering::None => (None, visible),
            _ => split_number(&visible),
        };
        let anchor = self.anchor(number.as_deref(), &title);
        self.headings.push(Heading { level, title, number, anchor, span: block.span.clone() });
    }

    fn anchor(&mut self, number: Option<&str>, title: &str) -> String {
        let wanted = match (self.own_id.take(), number, self.numbering) {
            (Some(id), _, _) => id,
            (None, Some(number), Numbering::Items) => format!("punkt-{}", anchor_number(number)),
            (None, Some(number), _) => format!("avsnitt-{}", anchor_number(number)),
            (None, None, _) => match slug(title) {
                title if title.is_empty() => "avsnitt".to_owned(),
                title => title,
            },
        };
        let count = self.wanted.entry(wanted.clone()).or_default();
        loop {
            *count += 1;
            let anchor = if *count == 1 { wanted.clone() } else { format!("{wanted}-{count}") };
            if self.anchors.insert(anchor.clone()) {
                return anchor;
            }
        }
    }

    /// A link without a scheme is meant for the portal; one without `@/` too, and `check` says how to write it.
    fn link(&mut self, destination: &str, span: Range<usize>) {
        if let Some(target) = destination.strip_prefix("@/") {
            self.links.push(InternalLink { target: LinkTarget::parse(target), span });
        } else if !has_scheme(destination) && !destination.starts_with('#') {
            self.links.push(InternalLink { target: LinkTarget::parse(destination), span });
        }
    }

    fn image(&mut self, destination: &str, span: Range<usize>) {
        if !has_scheme(destination) {
            let file = join(&self.folder, destination).unwrap_or_else(|| destination.to_owned());
            self.images.push(Image { file, written: destination.to_owned(), span });
        }
    }
}

/// `https:`, `mailto:` and the like; a path has none before its first slash.
fn has_scheme(destination: &str) -> bool {
    destination.split(['/', '#', '?']).next().is_some_and(|start| start.contains(':'))
}

/// `folder` and a relative path as one path; `None` when it would leave the portal.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `5a. Titel` → `5a` and `Titel`; `§ 12 Titel`, `5.3 Titel`, `12 Titel` likewise. A year or an amount is no number.
pub fn split_number(heading: &str) -> (Option<String>, String) {
    let paragraph = heading.starts_with('§');
    let rest = heading.trim_start_matches('§').trim_start();
    let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/' | b':')).count();
    let mut number = rest[..digits].trim_end_matches(['.', ':']).to_owned();
    let mut rest = rest[digits..].to_owned();
    if number.is_empty() || (!paragraph && number.split('.').any(|part| part.len() > 3)) {
        return (None, heading.to_owned());
    }
    if let Some((letter, after)) = letter(&rest) {
        number.push(letter);
        rest = after.to_owned();
    }
    let title = rest.trim_start_matches(['.', ')', ':']);
    if !(title.is_empty() || title.starts_with(char::is_whitespace)) {
        return (None, heading.to_owned());
    }
    (Some(if paragraph { format!("§ {number}") } else { number }), title.trim().to_owned())
}

/// A clause letter after a number: `a.` or `a)` or, with a space before, only with such a sign behind it.
fn letter(rest: &str) -> Option<(char, &str)> {
    let trimmed = rest.trim_start();
    let letter = trimmed.chars().next().filter(char::is_ascii_lowercase)?;
    let after = &trimmed[1..];
    let closed = after.starts_with(['.', ')', ':']);
    let ends = closed || (trimmed.len() == rest.len() && (after.is_empty() || after.starts_with(' ')));
    ends.then_some((letter, after))
}

fn anchor_number(number: &str) -> String {
    number.trim_start_matches('§').trim().replace(['/', ':', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_shape() {
        for (heading, number, title) in [
            ("5. Aktuellt", Some("5"), "Aktuellt"),
            ("5a. Beslut: X", Some("5a"), "Beslut: X"),
            ("5 a) X", Some("5a"), "X"),
            ("§ 12 Budget", Some("§ 12"), "Budget"),
            ("§12/20 Budget", Some("§ 12/20"), "Budget"),
            ("5.3 Övriga villkor", Some("5.3"), "Övriga villkor"),
            ("11 Checklista", Some("11"), "Checklista"),
            ("2026 års plan", None, "2026 års plan"),
            ("16 961 335 kr", Some("16"), "961 335 kr"),
            ("5 a samma", Some("5"), "a samma"),
            ("Syfte", None, "Syfte"),
        ] {
            assert_eq!(split_number(heading), (number.map(str::to_owned), title.to_owned()), "{heading}");
        }
    }

    #[test]
    fn anchors_of_one_name_are_counted() {
        let names = ["A", "A 2", "A", "A", "A 2"].map(|name| format!("## {name}\n\n")).concat();
        let many = "## Paragraf\n\n".repeat(20_000);
        let markdown = names + &many;
        let source = SourceText::new("x.md", markdown.as_str());
        let (text, ..) = text(&source, 0..markdown.len(), Numbering::None);
        let anchors: Vec<_> = text.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors[..5], ["a", "a-2", "a-3", "a-4", "a-2-2"]);
        assert_eq!(anchors.last(), Some(&"paragraf-20000"));
    }

    #[test]
    fn anchors_are_unique_and_links_found() {
        let markdown = "## 5. A\n\n## 5. B\n\n### Ö\n\nSe [x](@/moten/y.md#punkt-1).\n";
        let source = SourceText::new("x.md", markdown);
        let (text, blocks, _) = text(&source, 0..markdown.len(), Numbering::Items);
        let anchors: Vec<_> = text.headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["punkt-5", "punkt-5-2", "o"]);
        assert_eq!(text.links[0].target, LinkTarget { path: "moten/y".into(), anchor: Some("punkt-1".into()) });
        assert_eq!(blocks.len(), 4);
    }
}
