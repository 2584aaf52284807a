//! Bytes → text: UTF-8, UTF-16 and Windows-1252, told apart by mark and by content.

use super::Refusal;
use super::flow::MOST_TEXT;

/// The text of a file that does not say its encoding. Line ends become `\n`.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    // No encoding takes more than two bytes a sign where UTF-8 takes one.
    if bytes.len() > 2 * MOST_TEXT {
        return Err(Refusal::TooMuchText { limit: MOST_TEXT >> 20 });
    }
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if zeros(bytes, 1) => utf16(bytes, u16::from_le_bytes),
        _ if zeros(bytes, 0) => utf16(bytes, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
        },
    };
    let controls =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}')).count();
    if controls * 50 > text.chars().count() {
        return Err(Refusal::NotText);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| join([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether most bytes at even (0) or odd (1) places are zero, as in UTF-16 of Swedish.
fn zeros(bytes: &[u8], place: usize) -> bool {
    let sample = &bytes[..bytes.len().min(1000)];
    let at = sample.iter().skip(place).step_by(2);
    sample.len() >= 4 && at.clone().filter(|&&byte| byte == 0).count() * 10 > at.count() * 7
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    if (0x80..0xA0).contains(&byte) { HIGH[usize::from(byte - 0x80)] } else { char::from(byte) }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn swedish_survives_every_encoding() {
        let text = "Länsråd – möte\nÅter";
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(&[0xEF, 0xBB, 0xBF], text.as_bytes()),
            marked(&[0xFF, 0xFE], &utf16(u16::to_le_bytes)),
            marked(&[0xFE, 0xFF], &utf16(u16::to_be_bytes)),
            utf16(u16::to_le_bytes),
            b"L\xe4nsr\xe5d \x96 m\xf6te\r\n\xc5ter".to_vec(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        assert!(decode(&[0, 1, 2, 3, 0, 5, 1, 1, 6, 7, 9, 1]).is_err());
    }
}
