//! Signs that fonts and programs put in place of the writer's: one form for each, and no false ones.

use crate::import::Piece;
use icu_normalizer::ComposingNormalizerBorrowed;

/// What this source's fonts are known to add, found by looking at all of it.
pub(super) struct Artefacts {
    stray_quotes: StrayQuotes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StrayQuotes {
    /// A ‘ without its ’ stands before words all over the text: a broken font.
    Everywhere,
    Nowhere,
}

impl Artefacts {
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let texts = || pieces.iter().filter_map(text_of);
        let count = |sign| texts().map(|text| text.matches(sign).count()).sum::<usize>();
        let stray = count('‘') > 2 * count('’') && count('‘') > 1;
        Self { stray_quotes: if stray { StrayQuotes::Everywhere } else { StrayQuotes::Nowhere } }
    }

    /// One line or text with the signs its writer meant, in NFC.
    pub(super) fn mend(&self, text: &str) -> String {
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
        let mut out = String::with_capacity(text.len());
        let mut signs = text.trim_end().chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '\u{ad}' if signs.peek().is_none() => out.push('-'),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
                '‘' | '’' if self.stray_quotes == StrayQuotes::Everywhere => {}
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => out.push(' '),
                '\t' => out.push_str("    "),
                '\u{2010}' | '\u{2011}' => out.push('-'),
                '\u{fb00}'..='\u{fb04}' => out.push_str(ligature(sign)),
                '¨' => out.push('”'),
                '\u{e000}'..='\u{f8ff}' | '▪' | '■' | '●' | '◦' | '∙' | '►' | '‣' | '\u{2043}' => {
                    out.push('•')
                }
                sign if sign.is_control() && sign != '\n' => {}
                sign => out.push(sign),
            }
        }
        out
    }
}

fn text_of(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Line { text, .. } | Piece::Furniture { text, .. } => Some(text),
        Piece::Block(block) => Some(&block.text),
        Piece::PageBreak => None,
    }
}

fn ligature(sign: char) -> &'static str {
    match sign {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        _ => "ffl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let pieces = [Piece::Line { number: 1, text: text.to_owned() }];
        Artefacts::of(&pieces).mend(text)
    }

    #[test]
    fn every_false_sign_goes() {
        assert_eq!(mended("La\u{308}nsra\u{30a}d"), "Länsråd");
        assert_eq!(mended("sam\u{ad}verkan"), "samverkan");
        assert_eq!(mended("sam\u{ad}"), "sam-");
        assert_eq!(mended("\u{f0b7} Att"), "• Att");
        assert_eq!(mended("o\u{fb03}ciell"), "officiell");
        assert_eq!(mended("‘Länsrådet och ‘Nätverket"), "Länsrådet och Nätverket");
        assert_eq!(mended("‘Länsrådet’ sa"), "‘Länsrådet’ sa");
    }
}
