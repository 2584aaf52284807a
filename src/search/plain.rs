//! Markdown as the plain text of each of its sections, without any markup.

use crate::model::{MARKDOWN, Text};
use pulldown_cmark::{Event, Parser, TagEnd};

/// The text before the first heading, then the own text of each heading's section.
pub fn sections(text: &Text) -> Vec<String> {
    let mut out = vec![String::new(); text.headings.len() + 1];
    let markdown = text.without_directive_lines();
    let mut at = 0;
    for (event, range) in Parser::new_ext(&markdown, MARKDOWN).into_offset_iter() {
        let start = range.start + text.span.start;
        while text.headings.get(at).is_some_and(|heading| heading.span.start <= start) {
            at += 1;
        }
        if at > 0 && text.headings[at - 1].span.contains(&start) {
            continue;
        }
        put(&mut out[at], &event);
    }
    out.iter_mut().for_each(|text| text.truncate(text.trim_end().len()));
    out
}

/// A piece of Markdown as plain text.
pub fn plain(markdown: &str) -> String {
    let mut out = String::new();
    Parser::new_ext(markdown, MARKDOWN).for_each(|event| put(&mut out, &event));
    out.truncate(out.trim_end().len());
    out
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
}
