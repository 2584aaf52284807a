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
        let known = match packed(word) {
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
        assert_eq!(interner.into_words().len(), words.len());
    }
}
