//! Words that may have been meant: forms within an edit or two.

use super::spec::SPEC;
use super::stem::fold;

/// A form of the portal and how far it is from what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub form: String,
    pub distance: usize,
    pub count: u32,
}

/// First letter without diacritics, and the number of letters.
pub type Drawer = (char, usize);

/// Faults allowed in a word; none in one with digits or too short to tell.
pub fn allowed(word: &str) -> usize {
    let letters = word.chars().count();
    if !word.chars().all(char::is_alphabetic) || letters < SPEC.typo.one {
        0
    } else if letters < SPEC.typo.two {
        1
    } else {
        2
    }
}

pub fn drawer(word: &str) -> Option<Drawer> {
    Some((fold(word).chars().next()?, word.chars().count()))
}

/// Letters of a word that nobody writes any more.
const LONGEST: usize = 90;

/// Whether a form may be what a misspelt word was meant to be.
pub fn is_offered(form: &str) -> bool {
    form.chars().all(char::is_alphabetic) && (SPEC.typo.one - 1..LONGEST).contains(&form.chars().count())
}

/// Of forms with the same first letter and how many units have each, the nearest: all at the least distance, the most
/// used first, up to the most that are tried.
pub fn nearest<'a>(word: &str, forms: impl Iterator<Item = (&'a str, u32)>) -> Vec<Near> {
    let (allowed, letters) = (allowed(word), word.chars().count());
    let fits = |form: &str| is_offered(form) && form.chars().count().abs_diff(letters) <= allowed;
    let mut out: Vec<Near> = forms
        .filter(|(form, _)| fits(form))
        .filter_map(|(form, count)| {
            Some(Near { form: form.to_owned(), distance: distance(word, form, allowed)?, count })
        })
        .collect();
    out.sort_by(|one, other| (one.distance, other.count, &one.form).cmp(&(other.distance, one.count, &other.form)));
    let least = out.first().map_or(0, |near| near.distance);
    out.retain(|near| near.distance == least);
    out.truncate(SPEC.typo.most);
    out
}

/// Edits between two words (a letter too many, too few, wrong, or two changed about), when they are at most `most`.
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let same = usize::from(one[i - 1] != other[j - 1]);
            let mut least = (last[j - 1] + same).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|value| *value > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|value| *value <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_counted_as_people_make_them() {
        for (one, other, want) in [
            ("överenskomelse", "överenskommelse", Some(1)),
            ("funktionsnedsätning", "funktionsnedsättning", Some(1)),
            ("smasjuklighet", "samsjuklighet", Some(1)),
            ("parkering", "protokoll", None),
        ] {
            assert_eq!(distance(one, other, 2), want, "{one} {other}");
        }
    }

    #[test]
    fn the_nearest_and_most_used_are_offered() {
        let forms = || ["samverkan", "samverkar", "samtal"].into_iter().zip([5, 9, 1]);
        let near: Vec<String> = nearest("samverkann", forms()).into_iter().map(|near| near.form).collect();
        assert_eq!(near, ["samverkan"]);
        assert_eq!(allowed("tal"), 0);
    }
}
