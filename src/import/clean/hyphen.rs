//! A hyphen at a line's end: the typesetter's, or the writer's own.

use std::collections::HashSet;

/// The words of one source, which decide how its broken words are joined.
pub(super) struct OwnWords {
    words: HashSet<String>,
}

impl OwnWords {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let whole = |text: &'a str| {
            text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.ends_with('-'))
        };
        Self { words: texts.flat_map(whole).map(str::to_lowercase).collect() }
    }

    /// Adds a line to a text it continues.
    pub(super) fn append(&self, text: &mut String, line: &str) {
        match broken(text, line) {
            Some((left, right)) => match self.how(left, right) {
                How::OneWord => text.truncate(text.len() - 1),
                How::KeepHyphen => {}
                How::TwoWords => text.push(' '),
            },
            None => text.push(' '),
        }
        text.push_str(line);
    }

    /// By the words of the source itself, then by how Swedish is written.
    fn how(&self, left: &str, right: &str) -> How {
        if matches!(right, "och" | "eller" | "samt" | "men" | "respektive" | "resp" | "till" | "som") {
            return How::TwoWords;
        }
        let (left, right) = (left.trim_end_matches('-'), right);
        let (one, two) = (format!("{left}{right}").to_lowercase(), format!("{left}-{right}").to_lowercase());
        let abbreviation = left.chars().skip(1).any(char::is_uppercase) || left.chars().any(|c| c.is_ascii_digit());
        let name = right.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        match (self.words.contains(&one), self.words.contains(&two)) {
            (true, _) => How::OneWord,
            (_, true) => How::KeepHyphen,
            _ if abbreviation || name => How::KeepHyphen,
            _ => How::OneWord,
        }
    }
}

enum How {
    OneWord,
    KeepHyphen,
    TwoWords,
}

/// The last word of a text that ends in a hyphen, and the word that the next line begins with.
fn broken<'a>(text: &'a str, line: &'a str) -> Option<(&'a str, &'a str)> {
    let left = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    let right = line.split(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    (left.len() > 1 && left.ends_with('-') && !right.is_empty()).then_some((left, right))
}

#[cfg(test)]
mod tests {
    use super::OwnWords;

    #[test]
    fn the_source_decides_how_its_words_are_joined() {
        let own = OwnWords::of(["ett e-möte i länsnätverket", "BIRK-nätverket"].into_iter());
        for (left, right, joined) in [
            ("en uppföljnings-", "plan för", "en uppföljningsplan för"),
            ("hälso-", "och sjukvård", "hälso- och sjukvård"),
            ("ett e-", "möte", "ett e-möte"),
            ("i läns-", "nätverket", "i länsnätverket"),
            ("i SPAK-", "arbetet", "i SPAK-arbetet"),
            ("2024-", "2026", "2024-2026"),
            ("en plan", "för", "en plan för"),
        ] {
            let mut text = left.to_owned();
            own.append(&mut text, right);
            assert_eq!(text, joined);
        }
    }
}
