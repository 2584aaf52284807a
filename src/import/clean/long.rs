//! Text without an end: what no paragraph can be is cut, so that no rule meets more at a time than it has time for.

/// The longest paragraph, in bytes: ten pages without a break.
pub(super) const LONGEST: usize = 20_000;

/// The text in parts that a paragraph can be, cut where a sentence ends or at least a word does.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut left = text;
    while left.len() > LONGEST {
        let (part, rest) = left.split_at(cut(left));
        parts.push(part);
        left = rest;
    }
    parts.push(left);
    parts
}

fn cut(text: &str) -> usize {
    let most = (0..=LONGEST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let near = &text[..most];
    let after = |mark: &str| near.rfind(mark).map(|at| at + mark.len()).filter(|at| at * 2 > LONGEST);
    after(". ").or_else(|| after(" ")).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_sentences_and_loses_nothing() {
        let text = "Nämnden har ordet. ".repeat(3000);
        let parts = parts(&text);
        assert!(parts.iter().all(|part| part.len() <= LONGEST && part.ends_with(". ")), "{}", parts.len());
        assert_eq!(parts.concat(), text);
        assert_eq!(super::parts(&"å".repeat(LONGEST)).concat().len(), 2 * LONGEST);
    }
}
