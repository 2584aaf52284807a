//! What an author did wrong, with its place and its remedy; and how that is shown.
//!
//! Stages collect diagnostics and go on. `Result` is for the machine failing.

mod catalogue;

pub use catalogue::{RULES, Rule, rule};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// A file of the portal as it was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    /// Below the portal's root, with `/` between the parts on every system.
    pub path: String,
    pub text: String,
}

/// A byte range of a source text.
#[derive(Clone, Debug)]
pub struct Place {
    pub source: Arc<SourceText>,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// One problem: Swedish, lower case, no full stop.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable name of the rule: `okänt-organ`.
    pub code: &'static str,
    pub place: Place,
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), hint: None }
    }

    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The excerpt of the source with the text at fault marked, as in `rustc`.
    pub fn render(&self, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR.with_name("fel"),
            Severity::Warning => Level::WARNING.with_name("varning"),
        };
        let source = &self.place.source;
        let snippet = Snippet::source(source.text.as_str())
            .path(source.path.as_str())
            .annotation(AnnotationKind::Primary.span(self.place.clamped()));
        let mut group = level.primary_title(self.message.as_str()).id(self.code).element(snippet);
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name("åtgärd").message(hint.as_str()));
        }
        renderer.render(&[group])
    }

    /// The form of `check --format json`, documented in the command-line reference.
    pub fn record(&self) -> Record<'_> {
        let (line, column) = self.place.line_column();
        Record {
            severity: self.severity,
            code: self.code,
            file: &self.place.source.path,
            line,
            column,
            message: &self.message,
            hint: self.hint.as_deref(),
        }
    }
}

/// A diagnostic as data.
#[derive(Serialize)]
pub struct Record<'a> {
    pub severity: Severity,
    pub code: &'a str,
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub message: &'a str,
    pub hint: Option<&'a str>,
}

impl SourceText {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }
}

impl Place {
    /// The whole first line of a file, for faults that concern the file as such.
    pub fn file(source: &Arc<SourceText>) -> Self {
        let end = source.text.find('\n').unwrap_or(source.text.len());
        Self { source: Arc::clone(source), span: 0..end }
    }

    /// A file that could not be read: only its name is known.
    pub fn path(path: impl Into<String>) -> Self {
        Self { source: SourceText::new(path, ""), span: 0..0 }
    }

    pub fn at(source: &Arc<SourceText>, span: Range<usize>) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// Where `value` stands after `key:` within this place; as much of that as can be found.
    ///
    /// YAML readers give no place for a value that is well-formed and wrong all the same, and a diagnostic is rare
    /// enough to look for it then.
    pub fn of(&self, key: &str, value: &str) -> Self {
        let text = &self.source.text[self.clamped()];
        let Some(key_at) = find_key(text, key) else { return self.clone() };
        let after = key_at + key.len();
        let span = match text[after..].find(value).filter(|_| !value.is_empty()) {
            Some(found) => after + found..after + found + value.len(),
            None => key_at..after,
        };
        Self::at(&self.source, self.span.start + span.start..self.span.start + span.end)
    }

    /// Line and column of its start, both counted from 1, columns in characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.source.text[..self.clamped().start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    fn clamped(&self) -> Range<usize> {
        let text = &self.source.text;
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let start = floor(self.span.start);
        start..floor(self.span.end).max(start)
    }
}

fn find_key(text: &str, key: &str) -> Option<usize> {
    text.match_indices(key).map(|(at, _)| at).find(|&at| {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let opens = line.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '{' | '"' | '\''))
            || line.ends_with([' ', '{', ',']);
        opens && text[at + key.len()..].trim_start_matches(['"', '\'']).starts_with(':')
    })
}

/// The candidate nearest to `word`, at most a third of its letters away: for "menade du".
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = word.chars().count().div_ceil(3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_after_its_key() {
        let source =
            SourceText::new("x.md", "titel: Å organ\norgan: fel-organ\nbilagor:\n  - {fil: organ, organ: y}\n");
        let whole = Place::at(&source, 0..source.text.len());
        assert_eq!(whole.of("organ", "fel-organ").line_column(), (2, 8));
        assert_eq!(whole.of("organ", "saknas").line_column(), (2, 1));
        assert_eq!(whole.of("finns-inte", "x").line_column(), (1, 1));
    }

    #[test]
    fn suggests_only_what_is_near() {
        let known = ["länschefsnätverket", "socialchefsnätverket"];
        assert_eq!(nearest("länschefsnatet", known), Some("länschefsnätverket"));
        assert_eq!(nearest("riksdagen", known), None);
    }
}
