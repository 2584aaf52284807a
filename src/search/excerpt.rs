//! The words of a hit, with the match marked where it really is.

use super::matching::Marks;
use super::spec::SPEC;
use super::stem::stem;
use super::token::{Reading, tokens};

/// The best passage of `text` as safe HTML: everything escaped, matches in `<mark>`.
pub fn excerpt(text: &str, marks: &Marks) -> String {
    let words = words(text, marks);
    let (from, to) = passage(&words);
    let mut out = String::new();
    let Some(first) = words.get(from) else { return escape(text) };
    let mut at = if from == 0 { 0 } else { first.start };
    if from > 0 {
        out.push_str("… ");
    }
    for word in &words[from..to] {
        out.push_str(&escape(&text[at..word.start]));
        let shown = escape(&text[word.start..word.end]);
        out.push_str(&if word.marked { format!("<mark>{shown}</mark>") } else { shown });
        at = word.end;
    }
    if to < words.len() {
        out.push_str(" …");
    } else {
        out.push_str(&escape(&text[at..]));
    }
    out
}

struct Shown {
    start: usize,
    end: usize,
    marked: bool,
}

fn words(text: &str, marks: &Marks) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::new();
    tokens(text, Reading::Text, |token| {
        let marked = is_marked(token.term, marks);
        match out.last_mut().filter(|last| token.start < last.end) {
            Some(last) => last.marked |= marked,
            None => out.push(Shown { start: token.start, end: token.end, marked }),
        }
    });
    out
}

fn is_marked(term: &str, marks: &Marks) -> bool {
    if SPEC.stop.contains(term) {
        return false;
    }
    let stem = stem(term);
    marks.stems.contains(&stem) || marks.parts.iter().any(|part| stem.contains(part.as_str()))
}

/// The first window with the most marks, begun a little before its first one.
fn passage(words: &[Shown]) -> (usize, usize) {
    let (window, lead) = (SPEC.limits.window, SPEC.limits.lead);
    if words.len() <= window {
        return (0, words.len());
    }
    let mut best = (0, 0);
    for (at, word) in words.iter().enumerate() {
        if word.marked {
            let count = words[at..(at + window - lead).min(words.len())].iter().filter(|word| word.marked).count();
            if count > best.0 {
                best = (count, at);
            }
        }
    }
    let from = best.1.saturating_sub(lead);
    (from, (from + window).min(words.len()))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(stems: &[&str]) -> Marks {
        Marks { stems: stems.iter().map(|word| stem(word)).collect(), ..Marks::default() }
    }

    #[test]
    fn marks_stand_where_the_match_is() {
        let found = excerpt("Åtgärder för <b>hälsan</b> & vården av äldre", &marks(&["hälsa", "vård"]));
        let want = "Åtgärder för &#60;b&#62;<mark>hälsan</mark>&#60;/b&#62; &#38; <mark>vården</mark> av äldre";
        assert_eq!(found, want);
        assert_eq!(excerpt("den 29 januari 2026.", &marks(&["2026-01-29"])), "den <mark>29 januari 2026</mark>.");
    }

    #[test]
    fn long_texts_are_shown_around_the_match() {
        let text = format!("{} samverkan sker här {}", "ord ".repeat(100), "slut ".repeat(100));
        let found = excerpt(&text, &marks(&["samverka"]));
        assert!(
            found.starts_with("… ord ") && found.contains("<mark>samverkan</mark>") && found.ends_with(" …"),
            "{found}"
        );
    }
}
