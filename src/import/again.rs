//! A changed original met again: what its new reading may do with a document that an editor may have changed.

use similarity::alike;

/// What becomes of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// The reading is what stands there.
    Same,
    /// Nobody has touched the document since it was imported: the new reading takes its place.
    Replaced,
    /// The editor's changes and the original's, woven together; they do not meet.
    Merged(String),
    /// Both have changed the same lines.
    Conflict,
    /// Too little is alike for it to be the same document.
    Other,
}

/// Compares the document as it stands (`current`) and as it was imported (`before`, absent where its original cannot be
/// read any more) with the new reading.
pub fn again(current: &str, before: Option<&str>, reading: &str) -> Again {
    match before {
        _ if current == reading => Again::Same,
        _ if !alike(before.unwrap_or(current), reading) => Again::Other,
        None => Again::Conflict,
        Some(before) if before == current => Again::Replaced,
        Some(before) => diffy::merge(before, current, reading).map_or(Again::Conflict, Again::Merged),
    }
}

/// What changes from one text to another, line by line.
pub fn difference(from: &str, to: &str) -> String {
    let patch = diffy::create_patch(from, to).to_string();
    // The names of the two files say nothing here.
    patch
        .lines()
        .filter(|line| !line.starts_with("--- ") && !line.starts_with("+++ "))
        .fold(String::new(), |out, line| out + line + "\n")
}

mod similarity {
    use std::collections::BTreeSet;

    /// Whether at least half of the lines that say something stand in both.
    pub(super) fn alike(a: &str, b: &str) -> bool {
        let lines =
            |text| -> BTreeSet<&str> { str::lines(text).map(str::trim).filter(|line| line.len() > 3).collect() };
        let (a, b) = (lines(a), lines(b));
        a.intersection(&b).count() * 2 >= a.len().min(b.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "titel: Plan\ndatum: 2026\n---\nförsta stycket\nandra stycket\ntredje stycket\n";

    #[test]
    fn an_editors_changes_are_never_lost() {
        let reading = BEFORE.replace("tredje", "nya tredje");
        let edited = BEFORE.replace("titel: Plan", "titel: Planen");
        assert_eq!(again(BEFORE, Some(BEFORE), BEFORE), Again::Same);
        assert_eq!(again(BEFORE, Some(BEFORE), &reading), Again::Replaced);
        let both = edited.replace("tredje", "nya tredje");
        assert_eq!(again(&edited, Some(BEFORE), &reading), Again::Merged(both));
        let clash = BEFORE.replace("tredje", "annat tredje");
        assert_eq!(again(&clash, Some(BEFORE), &reading), Again::Conflict);
        assert_eq!(again(&edited, None, &reading), Again::Conflict);
        assert_eq!(again(BEFORE, Some(BEFORE), "titel: Något helt annat\n---\nett annat möte\n"), Again::Other);
    }

    #[test]
    fn a_difference_names_no_files() {
        let shown = difference("en\ntvå\n", "en\ntre\n");
        assert!(shown.contains("-två\n+tre\n") && !shown.contains("---"), "{shown}");
    }
}
