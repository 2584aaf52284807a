//! Runs of letters and digits in a text, found at the speed of its bytes. What they mean is decided in `token.rs`.

/// A run of letters and digits, or a section sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw {
    pub start: usize,
    pub end: usize,
    pub kind: RawKind,
    pub case: Case,
}

/// Whether a run is searched as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Small,
    /// Has capitals.
    Capital,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawKind {
    Word,
    /// A word with a capital after a small letter: `MiniMaria`.
    Camel,
    /// ASCII digits alone.
    Number,
    /// Letters and ASCII digits: `BP2`, `5a`.
    Mixed,
    /// `§`.
    Sign,
}

impl Raw {
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.start..self.end]
    }

    pub fn has_digit(&self) -> bool {
        matches!(self.kind, RawKind::Number | RawKind::Mixed)
    }

    pub fn is_word(&self) -> bool {
        matches!(self.kind, RawKind::Word | RawKind::Camel)
    }
}

/// The first run at or after `from`.
pub fn next(source: &str, from: usize) -> Option<Raw> {
    let bytes = source.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match sign_at(source, at) {
            (Sign::Other, width) => at += width,
            (Sign::Section, width) => {
                return Some(Raw { start: at, end: at + width, kind: RawKind::Sign, case: Case::Small });
            }
            _ => return Some(run(source, at)),
        }
    }
    None
}

fn run(source: &str, start: usize) -> Raw {
    let (mut at, mut small, mut camel, mut digits, mut letters) = (start, false, false, false, false);
    let mut case = Case::Small;
    while at < source.len() {
        let (sign, width) = sign_at(source, at);
        match sign {
            Sign::Digit => digits = true,
            Sign::Small => letters = true,
            Sign::Capital => {
                camel |= small;
                letters = true;
                case = Case::Capital;
            }
            Sign::Section | Sign::Other => break,
        }
        small = sign == Sign::Small;
        at += width;
    }
    let kind = match (digits, letters, camel) {
        (true, false, _) => RawKind::Number,
        (true, true, _) => RawKind::Mixed,
        (false, _, true) => RawKind::Camel,
        (false, _, false) => RawKind::Word,
    };
    Raw { start, end: at, kind, case }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit,
    Small,
    Capital,
    Section,
    Other,
}

/// What stands at byte `at`, and how many bytes it takes. ASCII and the letters of Latin-1 never leave the first lines.
fn sign_at(source: &str, at: usize) -> (Sign, usize) {
    let bytes = source.as_bytes();
    match bytes[at] {
        b'a'..=b'z' => (Sign::Small, 1),
        b'A'..=b'Z' => (Sign::Capital, 1),
        b'0'..=b'9' => (Sign::Digit, 1),
        0..=0x7f => (Sign::Other, 1),
        0xc3 => match bytes[at + 1] {
            0x97 | 0xb7 => (Sign::Other, 2),
            0x80..=0x9e => (Sign::Capital, 2),
            _ => (Sign::Small, 2),
        },
        0xc2 if bytes[at + 1] == 0xa7 => (Sign::Section, 2),
        _ => {
            let c = source[at..].chars().next().expect("a character starts here");
            let sign = if !c.is_alphanumeric() {
                Sign::Other
            } else if c.is_uppercase() {
                Sign::Capital
            } else {
                Sign::Small
            };
            (sign, c.len_utf8())
        }
    }
}

/// `text` in small letters, into `out`.
pub fn lower(text: &str, out: &mut String) {
    out.clear();
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | 'å' | 'ä' | 'ö' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'Å' => out.push('å'),
            'Ä' => out.push('ä'),
            'Ö' => out.push('ö'),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_told_apart() {
        let source = "Åh MiniMaria, BP2: 12 §×²";
        let mut at = 0;
        let mut found = Vec::new();
        while let Some(raw) = next(source, at) {
            found.push((raw.text(source), raw.kind));
            at = raw.end;
        }
        let want = [
            ("Åh", RawKind::Word),
            ("MiniMaria", RawKind::Camel),
            ("BP2", RawKind::Mixed),
            ("12", RawKind::Number),
            ("§", RawKind::Sign),
            ("²", RawKind::Word),
        ];
        assert_eq!(found, want);
    }
}
