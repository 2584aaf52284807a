//! Directives: blocks between a line `:::namn argument` and a line `:::`.
//!
//! They are parsed as blocks of the text. Nothing is substituted into it, so a directive can neither break out of its
//! place nor run.

use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use crate::model::{Directive, DirectiveKind};
use std::ops::Range;
use std::sync::Arc;

const NAMES: [(&str, DirectiveKind); 3] =
    [("intern", DirectiveKind::Internal), ("not", DirectiveKind::Note), ("språk", DirectiveKind::Language)];

/// The directives in `span` of the file, in order. They do not nest. Lines inside fenced code are code.
pub fn directives(source: &Arc<SourceText>, span: Range<usize>) -> (Vec<Directive>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    if !source.text[span.clone()].contains(":::") {
        return (found, problems);
    }
    let mut open: Option<Directive> = None;
    for line in directive_lines(&source.text, span.clone()) {
        let place = Place::at(source, line.start..line.start + source.text[line.clone()].trim_end().len());
        let name = source.text[line.clone()].trim().trim_start_matches(':').trim();
        match (open.take(), name) {
            (Some(mut directive), "") => {
                directive.inner.end = line.start;
                directive.outer.end = line.end;
                found.push(directive);
            }
            (None, "") => problems.push(
                Diagnostic::error("direktiv", place, "`:::` avslutar ett block som inte har börjat")
                    .hint("ta bort raden eller skriv `:::intern` där blocket börjar"),
            ),
            (Some(directive), _) => {
                problems.push(
                    Diagnostic::error("direktiv", place, "ett block börjar innan det förra är avslutat")
                        .hint("avsluta det förra med en rad `:::`"),
                );
                open = Some(directive);
            }
            (None, name) => match opened(name, line.clone()) {
                Ok(directive) => open = Some(directive),
                Err(hint) => {
                    problems.push(Diagnostic::error("direktiv", place, format!("okänt block `:::{name}`")).hint(hint));
                    open = Some(Directive {
                        kind: DirectiveKind::Internal,
                        argument: String::new(),
                        outer: line.clone(),
                        inner: line.end..line.end,
                    });
                }
            },
        }
    }
    if let Some(mut directive) = open {
        problems.push(
            Diagnostic::error("direktiv", Place::at(source, directive.outer.clone()), "blocket avslutas inte")
                .hint("lägg till en rad `:::` där blocket slutar"),
        );
        // What was meant to be internal stays internal to the end.
        directive.inner.end = span.end;
        directive.outer.end = span.end;
        found.push(directive);
    }
    (found, problems)
}

/// The whole file without its internal blocks; `None` when it has none.
pub fn without_internal(source: &Arc<SourceText>, span: Range<usize>) -> Option<Arc<SourceText>> {
    let (found, _) = directives(source, span);
    let internal: Vec<_> = found.into_iter().filter(|directive| directive.kind == DirectiveKind::Internal).collect();
    if internal.is_empty() {
        return None;
    }
    let mut text = source.text.clone();
    for directive in internal.into_iter().rev() {
        text.replace_range(directive.outer, "\n");
    }
    Some(SourceText::new(source.path.clone(), text))
}

fn opened(name: &str, line: Range<usize>) -> Result<Directive, String> {
    let (word, argument) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    match NAMES.iter().find(|(known, _)| *known == word) {
        Some((_, DirectiveKind::Language)) if !is_language(argument.trim()) => {
            Err("skriv språkets kod: `:::språk en` för engelska".to_owned())
        }
        Some((_, kind)) => {
            Ok(Directive { kind: *kind, argument: argument.trim().to_owned(), inner: line.end..line.end, outer: line })
        }
        None => Err(match nearest(word, NAMES.iter().map(|(known, _)| *known)) {
            Some(near) => format!("menade du `:::{near}`?"),
            None => "de block som finns är `:::intern`, `:::not` och `:::språk`".to_owned(),
        }),
    }
}

/// `en`, `en-GB`, `fi`: letters, and parts after hyphens.
fn is_language(code: &str) -> bool {
    let part = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    code.split('-').all(part) && code.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Lines that open or close a directive, outside fenced code.
fn directive_lines(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = span.start;
    for line in text[span].split_inclusive('\n') {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if line.starts_with(":::") => lines.push(at..at + line.len()),
            _ => {}
        }
        at += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Directive>, Vec<Diagnostic>) {
        directives(&SourceText::new("x.md", text), 0..text.len())
    }

    #[test]
    fn internal_blocks_are_cut_whole() {
        let text = "Öppet\n\n:::intern\nHemligt :::\n\n```\n:::\n```\n:::\n\nÖppet igen\n";
        let cut = without_internal(&SourceText::new("x.md", text), 0..text.len()).expect("an internal block");
        assert_eq!(cut.text, "Öppet\n\n\n\nÖppet igen\n");
    }

    #[test]
    fn an_unclosed_internal_block_hides_the_rest() {
        let text = "A\n:::intern\nB\n";
        assert_eq!(read(text).1.len(), 1);
        let cut = without_internal(&SourceText::new("x.md", text), 0..text.len()).expect("an internal block");
        assert!(!cut.text.contains('B'));
    }

    #[test]
    fn an_unknown_block_is_reported_once_and_kept_from_the_public() {
        let (found, problems) = read(":::itern\nB\n:::\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].hint.as_deref(), Some("menade du `:::intern`?"));
        assert_eq!(found[0].kind, DirectiveKind::Internal);
    }
}
