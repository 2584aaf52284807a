//! Markdown to HTML: headings with anchors, resolved links, decisions with ids, notes, and nothing that a strict host
//! refuses (inline styles, scripts, foreign resources).

mod footnotes;

use super::notes::Notes;
use super::raw_html::{RawHtml, sanitised};
use super::typography::no_break;
use crate::model::{Directive, DirectiveKind, Document, LinkTarget, MARKDOWN, Portal, Text};
use footnotes::Footnotes;
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html::push_html};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text on its way to HTML, parsed once; any part of it can be asked for.
pub struct Markup<'a> {
    text: &'a Text,
    portal: &'a Portal,
    /// From the page to the site's root: `../`.
    root: &'a str,
    markdown: Cow<'a, str>,
    /// Ids to put on the block that starts at an offset.
    ids: BTreeMap<usize, Vec<String>>,
    /// Whose abbreviations and acts are explained.
    document: Option<&'a Document>,
    /// What was shown before, and explained there.
    before: Range<usize>,
}

impl<'a> Markup<'a> {
    pub fn new(text: &'a Text, portal: &'a Portal, root: &'a str) -> Self {
        Self {
            text,
            portal,
            root,
            markdown: text.without_directive_lines(),
            ids: BTreeMap::new(),
            document: None,
            before: 0..0,
        }
    }

    /// The same, with the anchors of the document's decisions.
    pub fn of(document: &'a Document, portal: &'a Portal, root: &'a str) -> Self {
        let mut markup = Self { document: Some(document), ..Self::new(&document.text, portal, root) };
        for decision in document.decisions() {
            markup.ids.entry(decision.span.start).or_default().push(decision.id.anchor());
        }
        markup
    }

    /// The same, for what follows a part of the text that is shown by itself.
    pub fn after(self, before: Range<usize>) -> Self {
        Self { before, ..self }
    }

    /// The whole text as HTML, its notes last.
    pub fn html(&self) -> String {
        let Parts { html, notes, references: _ } = self.parts(std::slice::from_ref(&self.text.span), 1);
        html.concat() + &notes
    }

    /// The blocks that start in each of `ranges` (in order, apart) as HTML.
    /// `level` is the level of the heading above, so that none is skipped.
    pub fn parts(&self, ranges: &[Range<usize>], level: u8) -> Parts {
        let mut writer = Writer::new(self, level);
        let mut parts: Vec<Vec<Event<'_>>> = vec![Vec::new(); ranges.len()];
        let mut depth = 0_usize;
        let mut current: Option<usize> = None;
        for (event, range) in Parser::new_ext(&self.markdown, MARKDOWN).into_offset_iter() {
            let start = range.start + self.text.span.start;
            if depth == 0 {
                let next = ranges.iter().position(|part| part.contains(&start));
                if let Some(at) = current.filter(|_| next != current) {
                    writer.close_directive(&mut parts[at]);
                }
                current = next;
                if let Some(at) = current {
                    writer.directives(start, &mut parts[at]);
                }
            }
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            match current {
                Some(at) => writer.event(event, start, &mut parts[at]),
                None => writer.skipped(event, start),
            }
        }
        if let Some(last) = current {
            writer.close_directive(&mut parts[last]);
        }
        let mut notes = Vec::new();
        writer.footnotes.write(&mut notes);
        let Writer { raw_html: raw, references, .. } = writer;
        Parts {
            html: parts.into_iter().map(|events| render(events, raw)).collect(),
            notes: render(notes, raw),
            references,
        }
    }
}

/// Parts of a text as HTML.
pub struct Parts {
    pub html: Vec<String>,
    /// The text's notes, to stand after its last part.
    pub notes: String,
    /// References to notes in what was not asked for, by where they stand in the file.
    pub references: BTreeMap<usize, String>,
}

fn render(events: Vec<Event<'_>>, raw: RawHtml) -> String {
    let mut html = String::with_capacity(events.len() * 24);
    push_html(&mut html, events.into_iter());
    raw.cleaned(html)
}

struct Writer<'a, 'm> {
    markup: &'m Markup<'a>,
    level: u8,
    alignments: Vec<Alignment>,
    in_head: bool,
    in_code: bool,
    column: usize,
    open: Option<Directive>,
    raw_html: RawHtml,
    raw_depth: usize,
    footnotes: Footnotes<'m>,
    references: BTreeMap<usize, String>,
    /// Whether each open link is a real one.
    links: Vec<bool>,
    in_heading: bool,
    in_image: bool,
    /// What the registers know of the text's words.
    words: Option<Notes<'a>>,
}

fn bound(text: CowStr<'_>) -> Event<'_> {
    Event::Text(match no_break(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(bound) => bound.into(),
    })
}

fn raw<'m>(html: impl Into<CowStr<'m>>) -> Event<'m> {
    Event::Html(html.into())
}

impl<'a, 'm> Writer<'a, 'm> {
    fn new(markup: &'m Markup<'a>, level: u8) -> Self {
        Self {
            markup,
            level,
            alignments: Vec::new(),
            in_head: false,
            in_code: false,
            column: 0,
            open: None,
            raw_html: RawHtml::None,
            raw_depth: 0,
            footnotes: Footnotes::default(),
            references: BTreeMap::new(),
            links: Vec::new(),
            in_heading: false,
            in_image: false,
            words: markup.document.map(|document| {
                let mut notes = Notes::new(markup.portal, document);
                notes.explain(&markup.text.source.text[markup.before.clone()]);
                notes
            }),
        }
    }

    /// What is not asked for still counts: notes are numbered through the whole text, and may stand anywhere in it.
    fn skipped(&mut self, event: Event<'m>, start: usize) {
        let is_of_note = self.footnotes.is_open() || matches!(event, Event::Start(Tag::FootnoteDefinition(_)));
        match event {
            event if is_of_note => self.event(event, start, &mut Vec::new()),
            Event::FootnoteReference(label) => drop(self.references.insert(start, self.footnotes.reference(&label))),
            _ => {}
        }
    }

    fn event(&mut self, event: Event<'m>, start: usize, out: &mut Vec<Event<'m>>) {
        if let Event::End(TagEnd::FootnoteDefinition) = event {
            self.footnotes.end();
        } else if let Some(mut held) = self.footnotes.take_open() {
            self.plain(event, start, &mut held);
            self.footnotes.give_back(held);
        } else {
            self.plain(event, start, out);
        }
    }

    fn plain(&mut self, event: Event<'m>, start: usize, out: &mut Vec<Event<'m>>) {
        match event {
            Event::Start(tag) => self.start(tag, start, out),
            Event::End(tag) => self.end(tag, out),
            Event::FootnoteReference(label) => out.push(raw(self.footnotes.reference(&label))),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw_depth =
                    (self.raw_depth + html.matches('<').count()).saturating_sub(2 * html.matches("</").count());
                let deepest = if let RawHtml::Some { deepest } = self.raw_html { deepest } else { 0 };
                self.raw_html = RawHtml::Some { deepest: deepest.max(self.raw_depth) };
                out.push(raw(html));
            }
            Event::Text(text) if !self.in_code => self.running(text, out),
            other => out.push(other),
        }
    }

    /// Running text: numbers are kept together, and words of the registers explained where they first stand.
    fn running(&mut self, text: CowStr<'m>, out: &mut Vec<Event<'m>>) {
        let plain = !self.in_heading && !self.in_image && self.links.is_empty() && self.raw_html == RawHtml::None;
        let notes = self.words.as_mut().filter(|_| plain).map(|words| words.explain(&text)).unwrap_or_default();
        if notes.is_empty() {
            return out.push(bound(text));
        }
        let mut from = 0;
        for (span, html) in notes {
            out.push(bound(CowStr::from(text[from..span.start].to_owned())));
            out.push(raw(html));
            from = span.end;
        }
        out.push(bound(CowStr::from(text[from..].to_owned())));
    }

    fn start(&mut self, tag: Tag<'m>, start: usize, out: &mut Vec<Event<'m>>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.in_heading = true;
                self.level = (level as u8).clamp(2, self.level + 1);
                let heading = self.markup.text.headings.iter().find(|heading| heading.span.start == start);
                let id = heading.map(|heading| CowStr::from(heading.anchor.clone()));
                out.push(Event::Start(Tag::Heading {
                    level: heading_level(self.level),
                    id,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Tag::Item => self.item(start, out),
            Tag::Paragraph => {
                out.push(Event::Start(Tag::Paragraph));
                out.extend(self.ids_at(start).iter().map(|id| raw(format!(r#"<span id="{id}"></span>"#))));
            }
            Tag::Link { dest_url, title, link_type, id } => match self.target(&dest_url) {
                Some(url) => {
                    self.links.push(true);
                    out.push(Event::Start(Tag::Link { link_type, dest_url: url.into(), title, id }));
                }
                None => self.links.push(false),
            },
            Tag::Image { dest_url, title, link_type, id } => {
                let url = self.image(&dest_url).unwrap_or_default();
                self.in_image = true;
                out.push(Event::Start(Tag::Image { link_type, dest_url: url.into(), title, id }));
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                out.push(raw(r#"<div class="tabell" role="group" aria-label="Tabell" tabindex="0"><table>"#));
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                out.push(raw("<thead><tr>"));
            }
            Tag::TableRow => {
                self.column = 0;
                out.push(raw("<tr>"));
            }
            Tag::TableCell => out.push(raw(self.cell())),
            Tag::FootnoteDefinition(label) => self.footnotes.begin(&label),
            other => {
                self.in_code |= matches!(other, Tag::CodeBlock(_));
                out.push(Event::Start(other));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, out: &mut Vec<Event<'m>>) {
        match tag {
            TagEnd::Heading(_) => {
                self.in_heading = false;
                out.push(Event::End(TagEnd::Heading(heading_level(self.level))));
            }
            TagEnd::Image => {
                self.in_image = false;
                out.push(Event::End(TagEnd::Image));
            }
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            TagEnd::Table => out.push(raw("</tbody></table></div>\n")),
            TagEnd::TableHead => {
                self.in_head = false;
                out.push(raw("</tr></thead><tbody>"));
            }
            TagEnd::TableRow => out.push(raw("</tr>")),
            TagEnd::TableCell => {
                out.push(raw(if self.in_head { "</th>" } else { "</td>" }));
                self.column += 1;
            }
            other => {
                self.in_code &= !matches!(other, TagEnd::CodeBlock);
                out.push(Event::End(other));
            }
        }
    }

    fn cell(&self) -> &'static str {
        let right = matches!(self.alignments.get(self.column), Some(Alignment::Right));
        match (self.in_head, right) {
            (true, false) => r#"<th scope="col">"#,
            (true, true) => r#"<th scope="col" class="hoger">"#,
            (false, false) => "<td>",
            (false, true) => r#"<td class="hoger">"#,
        }
    }

    fn item(&self, start: usize, out: &mut Vec<Event<'m>>) {
        match self.ids_at(start) {
            [] => out.push(Event::Start(Tag::Item)),
            [first, rest @ ..] => {
                out.push(raw(format!("<li id=\"{first}\">")));
                out.extend(rest.iter().map(|id| raw(format!(r#"<span id="{id}"></span>"#))));
            }
        }
    }

    fn ids_at(&self, start: usize) -> &'m [String] {
        self.markup.ids.get(&start).map_or(&[], Vec::as_slice)
    }

    /// Where a link leads from this page; `None` when it leads nowhere that a reader may be sent.
    fn target(&self, destination: &str) -> Option<String> {
        if destination.starts_with('#') {
            return Some(destination.to_owned());
        }
        if let Some(path) = destination.strip_prefix("@/") {
            let url = self.markup.portal.resolve(&LinkTarget::parse(path)).ok()?;
            return Some(format!("{}{url}", self.markup.root));
        }
        let allowed = ["https://", "http://", "mailto:", "tel:"];
        allowed.iter().any(|scheme| destination.starts_with(scheme)).then(|| destination.to_owned())
    }

    fn image(&self, destination: &str) -> Option<String> {
        let image = self.markup.text.images.iter().find(|image| image.written == destination)?;
        self.markup
            .portal
            .files
            .contains_key(&image.file)
            .then(|| format!("{}{}", self.markup.root, crate::model::file_url(&image.file)))
    }

    /// Opens and closes the boxes of directives before the block at `start`.
    fn directives(&mut self, start: usize, out: &mut Vec<Event<'m>>) {
        if self.open.as_ref().is_some_and(|open| start >= open.inner.end) {
            self.close_directive(out);
        }
        let found = self.markup.text.directives.iter().find(|directive| directive.inner.contains(&start));
        if let (None, Some(directive)) = (&self.open, found) {
            let heading = ammonia::clean_text(&directive.argument);
            out.push(raw(match directive.kind {
                DirectiveKind::Internal => {
                    r#"<div class="intern-del"><p class="etikett">Endast internt</p>"#.to_owned()
                }
                // Letters and hyphens alone, as the reader of directives sees to.
                DirectiveKind::Language => format!(r#"<div lang="{heading}">"#),
                DirectiveKind::Note if heading.is_empty() => r#"<div class="notis">"#.to_owned(),
                DirectiveKind::Note => format!(r#"<div class="notis"><p class="etikett">{heading}</p>"#),
            }));
            self.open = Some(directive.clone());
        }
    }

    fn close_directive(&mut self, out: &mut Vec<Event<'m>>) {
        if self.open.take().is_some() {
            out.push(raw("</div>\n"));
        }
    }
}

fn heading_level(level: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level.min(6))).unwrap_or(HeadingLevel::H6)
}

/// A short Markdown text of a theme or a register as HTML, without internal links.
pub fn fragment(markdown: &str) -> String {
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(markdown, MARKDOWN));
    sanitised(&html)
}
