//! Directives: blocks between a line `:::namn argument` and a line `:::`.
//!
//! They are parsed as blocks of the text. Nothing is substituted into it, so a directive can neither break out of its
//! place nor run. What looks like one and is none is a fault: whoever wrote `:::intern` meant to hide something.

use super::code::Code;
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use crate::model::{Directive, DirectiveKind};
use std::ops::Range;
use std::sync::Arc;

const NAMES: [(&str, DirectiveKind); 3] =
    [("intern", DirectiveKind::Internal), ("not", DirectiveKind::Note), ("språk", DirectiveKind::Language)];

/// The directives in `span` of the file, in order. They do not nest. Lines inside fenced code are code.
pub fn directives(source: &Arc<SourceText>, span: Range<usize>) -> (Vec<Directive>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    if !source.text[span.clone()].contains("::") {
        return (found, problems);
    }
    let code = Code::of(&source.text, span.clone());
    let (lines, missed) = directive_lines(&source.text, span.clone(), &code);
    problems.extend(missed.into_iter().map(|(line, miss)| miss.told(Place::at(source, line))));
    let mut open: Option<Directive> = None;
    for line in lines {
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

/// What stands in the place of a block that parted the text around it: a definition that nothing refers to, so that two
/// lists stay two.
const PARTED: &str = "\n[:::]: #\n\n";

/// Whether the words of a block end a list or a note that stands before it.
fn parts(inner: &str) -> bool {
    inner.lines().any(|line| {
        let item = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let goes_on = ["- ", "* ", "+ ", ". ", ") "].iter().any(|mark| item.starts_with(mark));
        !line.is_empty() && !line.starts_with(char::is_whitespace) && !goes_on
    })
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
        let gap = if parts(&source.text[directive.inner]) { PARTED } else { "\n" };
        text.replace_range(directive.outer, gap);
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

/// `:::intern` in YAML, where no block can stand and nothing would be hidden.
pub fn misplaced(source: &Arc<SourceText>, yaml: Range<usize>) -> Vec<Diagnostic> {
    if !source.text[yaml.clone()].contains("::") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut at = yaml.start;
    for line in source.text[yaml].split_inclusive('\n') {
        if !line.trim_start().starts_with('#') && (is_marked(line) || internal_marks(line).next().is_some()) {
            problems.push(Miss::Yaml.told(Place::at(source, at..at + line.trim_end().len())));
        }
        at += line.len();
    }
    problems
}

/// Why a line that looks like a directive's is not read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Miss {
    NotFirst,
    OpenCode,
    Yaml,
}

impl Miss {
    fn told(self, place: Place) -> Diagnostic {
        let (message, hint) = match self {
            Self::NotFirst => (
                "`:::` står inte längst till vänster på en egen rad, så blocket läses inte",
                "skriv `:::intern` och `:::` på egna rader längst till vänster; ett block kan inte stå inuti en lista, ett citat eller en mening",
            ),
            Self::OpenCode => (
                "raden läses som kod, och ett kodblock i texten avslutas inte",
                "avsluta kodblocket med en rad som är lik den som börjar det",
            ),
            Self::Yaml => (
                "ett block kan bara stå i dokumentets text, så här döljer `:::` ingenting",
                "flytta det som är internt till texten, eller ge hela posten `synlighet: intern`",
            ),
        };
        Diagnostic::error("direktiv", place, message).hint(hint)
    }
}

/// Lines that look like a directive's and are none.
type Missed = Vec<(Range<usize>, Miss)>;

/// Lines that open or close a directive, and those that only look like it.
fn directive_lines(text: &str, span: Range<usize>, code: &Code) -> (Vec<Range<usize>>, Missed) {
    let (mut lines, mut missed) = (Vec::new(), Vec::new());
    let mut at = span.start;
    for line in text[span].split_inclusive('\n') {
        let shown = at..at + line.trim_end().len();
        if code.is_fenced(at) {
            if code.open && is_marked(line) {
                missed.push((shown, Miss::OpenCode));
            }
        } else if line.starts_with(":::") {
            lines.push(at..at + line.len());
        } else if is_marked(line) || internal_marks(line).any(|mark| !code.is_inline(at + mark)) {
            missed.push((shown, Miss::NotFirst));
        }
        at += line.len();
    }
    (lines, missed)
}

/// Whether a line begins with `:::` after blanks and the marks of quotes, lists, headings, tables and footnotes.
fn is_marked(line: &str) -> bool {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_unseen(c));
        let number = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
        let note = trimmed.strip_prefix("[^").and_then(|note| note.split_once("]:")).map(|(_, after)| after);
        let after = trimmed.trim_start_matches(['>', '-', '*', '+', '#', '|']);
        rest = match number.strip_prefix(['.', ')']).filter(|_| number.len() < trimmed.len()).or(note) {
            Some(after) => after,
            None if after.len() < trimmed.len() => after,
            None => return trimmed.starts_with(":::"),
        };
    }
}

/// Characters without a width that stand before a word when it is pasted.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Where `:::intern` stands in a line, also with a colon too few.
fn internal_marks(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.match_indices("::").map(|(at, _)| at).filter(|at| {
        let word = line[at + 2..].trim_start_matches(|c: char| c == ':' || c.is_whitespace() || is_unseen(c));
        word.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("intern"))
    })
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
        assert_eq!(cut.text, "Öppet\n\n\n[:::]: #\n\n\nÖppet igen\n");
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

    /// Where the faults of a text stand, by line.
    fn faults(text: &str) -> Vec<usize> {
        let mut lines: Vec<_> = read(text).1.iter().map(|problem| problem.place.line_column().0).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn what_only_looks_like_a_block_is_a_fault() {
        for (text, lines) in [
            ("A\n :::intern\n B\n :::\n", &[2, 4][..]),
            ("- A\n  :::intern\n  B\n  :::\n", &[2, 4]),
            ("- :::intern\n  B\n  :::\n", &[1, 3]),
            ("> :::intern\n> B\n> :::\n", &[1, 3]),
            ("12. > * :::intern\n", &[1]),
            ("A\n\n    :::intern\n    B\n    :::\n", &[3, 5]),
            ("A[^1]\n\n[^1]: :::intern\n", &[3]),
            ("\u{200b}:::intern\nB\n", &[1]),
            ("A :::intern B ::: C\n", &[1]),
            ("A\n::intern\nB\n::\n", &[2]),
            ("| ::: intern | B |\n|---|---|\n", &[1]),
            ("<p>:::intern</p>\n", &[1]),
            // A fence that nobody closed may have taken the block with it.
            ("```\nA\n\n:::intern\nB\n:::\n", &[4, 6]),
            ("```\nA\n\n:::intern\nB\n:::\n\n```\nC\n```\n", &[4, 6]),
        ] {
            assert_eq!(faults(text), lines, "{text}");
        }
    }

    #[test]
    fn code_is_what_commonmark_says() {
        for before in [
            "```inline``` i en mening.\n\n",
            "    ```\n    indragen kod\n\n",
            "- A\n  ```\n  kod\n\nEfter listan.\n\n",
            "> ```\n> kod\n\n",
            "````\n```\n````\n\n",
            "~~~\n```\n~~~\n\n",
            "```\nkod\n``` inte slutet\n```\n\n",
        ] {
            let text = format!("{before}:::intern\nB\n:::\n\nC\n");
            let (found, problems) = read(&text);
            assert!(problems.is_empty(), "{before}: {problems:?}");
            assert_eq!(found.len(), 1, "{before}");
            let source = SourceText::new("x.md", text);
            let cut = without_internal(&source, 0..source.text.len()).expect("an internal block");
            assert!(!cut.text.contains('B') && cut.text.contains('C'), "{before}");
        }
    }

    #[test]
    fn code_may_show_how_a_block_is_written() {
        let (found, problems) =
            read("Skriv `:::intern` så:\n\n```\n:::intern\nA\n:::\n```\n\n- B\n\n  ```\n  :::\n  ```\n");
        assert!(found.is_empty() && problems.is_empty(), "{problems:?}");
        assert!(faults("Kl 10::30, se `a::b` och [::1]\n").is_empty());
    }

    #[test]
    fn yaml_hides_nothing() {
        let yaml = "sammanfattning: |\n  A\n  :::intern\n  B\n  :::\n# :::intern döljer inget här\n";
        assert_eq!(misplaced(&SourceText::new("x.yaml", yaml), 0..yaml.len()).len(), 2);
    }
}
