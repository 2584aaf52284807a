//! Markdown as the plain text of each of its sections, without any markup: what a page shows, and no more.

use crate::model::{MARKDOWN, Text};
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};
use std::collections::HashSet;

/// The text before the first heading, then the own text of each heading's section.
pub fn sections(text: &Text) -> Vec<String> {
    let mut out = vec![String::new(); text.headings.len() + 1];
    let markdown = text.without_directive_lines();
    let mut shown = Shown::of(&markdown);
    let mut at = 0;
    for (event, range) in Parser::new_ext(&markdown, MARKDOWN).into_offset_iter() {
        let start = range.start + text.span.start;
        while text.headings.get(at).is_some_and(|heading| heading.span.start <= start) {
            at += 1;
        }
        if at > 0 && text.headings[at - 1].span.contains(&start) {
            continue;
        }
        if shown.is_shown(&event) {
            put(&mut out[at], &event);
        }
    }
    out.iter_mut().for_each(|text| text.truncate(text.trim_end().len()));
    out
}

/// A piece of Markdown as plain text.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut shown = Shown::of(markdown);
    Parser::new_ext(markdown, MARKDOWN).filter(|event| shown.is_shown(event)).for_each(|event| put(&mut out, &event));
    out.truncate(out.trim_end().len());
    out
}

/// What of a text its page shows: no note that nothing refers to (the reference may have been cut with an internal
/// block), and nothing inside `<script>` and `<style>`.
struct Shown<'a> {
    noted: HashSet<CowStr<'a>>,
    in_other_note: bool,
    in_script: bool,
}

impl<'a> Shown<'a> {
    fn of(markdown: &'a str) -> Self {
        let noted = if markdown.contains("[^") { noted(markdown) } else { HashSet::new() };
        Self { noted, in_other_note: false, in_script: false }
    }

    fn is_shown(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => self.in_other_note = !self.noted.contains(label.as_ref()),
            Event::End(TagEnd::FootnoteDefinition) => return !std::mem::take(&mut self.in_other_note),
            Event::Html(html) | Event::InlineHtml(html) => self.in_script = stays_in_script(self.in_script, html),
            _ => {}
        }
        !self.in_other_note && !self.in_script
    }
}

/// The labels of the notes that the running text refers to, or a note that it refers to.
fn noted(markdown: &str) -> HashSet<CowStr<'_>> {
    let mut references: Vec<(Option<CowStr<'_>>, CowStr<'_>)> = Vec::new();
    let mut inside = None;
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => inside = Some(label),
            Event::End(TagEnd::FootnoteDefinition) => inside = None,
            Event::FootnoteReference(label) => references.push((inside.clone(), label)),
            _ => {}
        }
    }
    let mut noted = HashSet::new();
    loop {
        let counts = |from: &Option<CowStr<'_>>| from.as_ref().is_none_or(|from| noted.contains(from));
        let more: Vec<_> = references.iter().filter(|(from, label)| counts(from) && !noted.contains(label)).collect();
        if more.is_empty() {
            return noted;
        }
        let more: Vec<_> = more.into_iter().map(|(_, label)| label.clone()).collect();
        noted.extend(more);
    }
}

/// Whether what follows a piece of HTML is inside `<script>` or `<style>`.
fn stays_in_script(before: bool, html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    let last = |marks: [&str; 2]| marks.iter().filter_map(|mark| html.rfind(mark)).max();
    match (last(["<script", "<style"]), last(["</script", "</style"])) {
        (None, None) => before,
        (open, close) => open > close,
    }
}

fn put(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) => out.push_str(text),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        Event::End(TagEnd::TableCell) => end_with(out, ' '),
        Event::End(
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::FootnoteDefinition,
        ) => end_with(out, '\n'),
        _ => {}
    }
}

fn end_with(out: &mut String, end: char) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let text =
            plain("**Nämnden** [beslutade](x.md):\n\n- att *anta*\n- att vila\n\n| A | B |\n|---|---|\n| 1 | 2 |\n");
        assert_eq!(text, "Nämnden beslutade:\natt anta\natt vila\nA B\n1 2");
    }

    #[test]
    fn what_no_page_shows_is_not_text() {
        let text = plain(
            "Ett[^a].\n\n[^a]: Två[^b].\n\n[^b]: Tre.\n\n[^c]: Ingen frågar[^d].\n\n[^d]: Ingen alls.\n\nSist.\n",
        );
        assert_eq!(text, "Ett.\nTvå.\nTre.\nSist.");
        let text = plain("A <script>var b = 1</script> c <style>d {}</style>\n\n<script>\ne\n</script>\n\nf\n");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["A", "c", "f"]);
    }
}
