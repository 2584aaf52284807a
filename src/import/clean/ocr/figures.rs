//! A figure that a scanner tried to read is noise between its title and its caption: it is left out, the caption stays.

use super::Omission;
use crate::import::{Line, marks};

pattern! {
    CAPTION = r"^(?:Bild|Figur|Diagram)\s\d+[.:]";
    SENTENCE = r"^.*\p{Ll}{2,}.*\p{Ll}[.:]$";
    WORD = r"\p{L}{3}|\d{3}";
    TITLE = r"^\p{Lu}[\p{L} -]{5,60}$";
}

/// A figure is not larger than a page.
const LARGEST: usize = 60;

/// The lines without the noise, and what was left out.
pub(super) fn without_figures(mut lines: Vec<Line>) -> (Vec<Line>, Vec<Omission>) {
    let mut omitted = Vec::new();
    let mut at = lines.len();
    while at > 0 {
        at -= 1;
        if !CAPTION.is_match(&lines[at].text) {
            continue;
        }
        let from = start(&lines, at);
        if at - from < 3 || !is_noise(&lines[from..at]) {
            continue;
        }
        let gone: Vec<Line> = lines.drain(from..at).collect();
        let text = gone.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        omitted.push(Omission { line: gone[0].number, lines: gone.len(), text });
        at = from;
    }
    omitted.reverse();
    let (kept, blots): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| !is_blot(&line.text));
    omitted.extend(blots.into_iter().map(|line| Omission { line: line.number, lines: 1, text: line.text }));
    omitted.sort_by_key(|omission| omission.line);
    (kept, omitted)
}

/// A stamp, a signature or a speck: signs that prose has not, and not one word.
fn is_blot(text: &str) -> bool {
    text.chars().filter(is_odd).count() > 2 && !WORD.is_match(text)
}

/// Upwards from the caption to the last sentence or list item of the text; the figure's own title stays.
fn start(lines: &[Line], caption: usize) -> usize {
    let mut from = caption;
    while from > 0 && caption - from < LARGEST && !is_text(&lines[from - 1].text) {
        from -= 1;
    }
    let titled = lines.get(from + 1).is_some_and(|next| next.gap > 0) && TITLE.is_match(&lines[from].text);
    if titled { from + 1 } else { from }
}

fn is_text(text: &str) -> bool {
    let words = text.split_whitespace().count();
    SENTENCE.is_match(text) && words > 3 || words > 2 && marks::is_numbered(text)
}

/// Noise has signs that prose has not.
fn is_noise(lines: &[Line]) -> bool {
    let odd = |c: &char| is_odd(c) || matches!(c, '§' | ':');
    lines.iter().flat_map(|line| line.text.chars()).filter(odd).count() * 3 >= lines.len()
}

fn is_odd(c: &char) -> bool {
    matches!(c, '|' | '{' | '}' | '\\' | '~' | '_' | '=' | '<' | '>' | '‘' | '[' | ']' | '*' | '^')
}
