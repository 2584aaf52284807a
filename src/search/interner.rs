//! Words numbered in the order in which they are first seen. Looked up once for every word of every text.

use hashbrown::HashMap;

/// Most words are short enough to be compared as one number.
const SHORT: usize = 15;

#[derive(Default)]
pub struct Interner {
    short: HashMap<u128, u32>,
    long: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

/// A word's number, and whether it is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interned {
    Known(u32),
    New(u32),
}

impl Interner {
    #[inline]
    pub fn number(&mut self, word: &str) -> Interned {
        self.find(word, packed(word))
    }

    /// The number of the word that stands at `range` of `text`: quicker, for what follows it can be read along.
    #[inline]
    pub fn number_at(&mut self, text: &str, range: std::ops::Range<usize>) -> Interned {
        let window = text.as_bytes().get(range.start..range.start + 16);
        let window: Option<[u8; 16]> = window.and_then(|window| window.try_into().ok());
        let word = &text[range];
        match window {
            Some(window) if word.len() <= SHORT => {
                let bytes = u128::from_le_bytes(window) & ((1 << (8 * word.len())) - 1);
                self.find(word, Some(bytes | (word.len() as u128) << (8 * SHORT)))
            }
            _ => self.number(word),
        }
    }

    #[inline]
    fn find(&mut self, word: &str, packed: Option<u128>) -> Interned {
        let known = match packed {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        };
        match known.copied() {
            Some(number) => Interned::Known(number),
            None => self.add(word),
        }
    }

    /// All words, by number.
    pub fn into_words(self) -> Vec<Box<str>> {
        self.words
    }

    #[cold]
    fn add(&mut self, word: &str) -> Interned {
        let number = self.words.len() as u32;
        match packed(word) {
            Some(key) => self.short.insert(key, number),
            None => self.long.insert(word.into(), number),
        };
        self.words.push(word.into());
        Interned::New(number)
    }
}

/// The word's bytes and its length in one number.
#[inline]
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len()).filter(|_| word.len() <= SHORT)?.copy_from_slice(word.as_bytes());
    bytes[SHORT] = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let mut interner = Interner::default();
        let words = ["", "a", "a\0", "överenskommelser", "överenskommelse", "femtontecken123", "sextontecken1234"];
        for (at, word) in words.iter().enumerate() {
            assert_eq!(interner.number(word), Interned::New(at as u32), "{word}");
        }
        for (at, word) in words.iter().enumerate() {
            assert_eq!(interner.number(word), Interned::Known(at as u32), "{word}");
        }
        let text = "ett överenskommelse och en rad till";
        assert_eq!(interner.number_at(text, 4..20), Interned::Known(4));
        assert_eq!(interner.number_at(text, 0..3), Interned::New(7));
        assert_eq!(interner.number("ett"), Interned::Known(7));
        assert_eq!(interner.number_at(text, 32..36), Interned::New(8));
        assert_eq!(interner.into_words().len(), words.len() + 2);
    }
}
