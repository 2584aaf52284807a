//! Swedish order: å, ä, ö after z, v and w apart, numbers by their value.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::cell::LazyCell;

/// Sorts as a Swedish register does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CollationKey(Vec<u8>);

thread_local! {
    static COLLATOR: LazyCell<CollatorBorrowed<'static>> = LazyCell::new(|| {
        let mut preferences = CollatorPreferences::from(icu_locale_core::locale!("sv"));
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        Collator::try_new(preferences, options).expect("Swedish collation is compiled in")
    });
}

/// The key of a heading; a leading "RÖK " or "Överenskommelse om " is passed over.
pub fn collation_key(text: &str) -> CollationKey {
    let text = ["RÖK ", "Överenskommelse om "].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text);
    let mut key = Vec::new();
    COLLATOR.with(|collator| collator.write_sort_key_to(text, &mut key).expect("writing to a vector cannot fail"));
    CollationKey(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_letters_come_last_and_numbers_count() {
        let mut words = ["Örebro", "Åre", "Zinkgruvan", "Ängelholm", "Wik", "Vik", "§ 10", "§ 9"];
        words.sort_by_key(|word| collation_key(word));
        assert_eq!(words, ["§ 9", "§ 10", "Vik", "Wik", "Zinkgruvan", "Åre", "Ängelholm", "Örebro"]);
    }
}
