//! The reader that is built in, for machines without `pdftotext`. It runs in a process of its own, since the library that
//! knows the format panics on some broken files and bounds neither time nor memory.

use super::super::flow::MOST_TEXT;
use super::layout::{self, Sign};
use super::widths;
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

/// Opens the answer: what else a program may write is no reading.
const OPENS: &str = "samverk-pdf ";
/// The library goes as deep as a file says; the smallest stack of a main thread is one megabyte.
const STACK: usize = 16 << 20;

/// What the reader says of a file, as it is told from process to process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// With a form feed after each page.
    Text(String),
    Locked,
    Damaged,
}

impl Answer {
    pub(super) fn written(&self) -> String {
        match self {
            Self::Text(text) => format!("{OPENS}text\n{text}"),
            Self::Locked => format!("{OPENS}locked\n"),
            Self::Damaged => format!("{OPENS}damaged\n"),
        }
    }

    /// `None` where nothing of the kind was written.
    pub(super) fn read(written: &str) -> Option<Self> {
        let (word, text) = written.strip_prefix(OPENS)?.split_once('\n')?;
        match word {
            "text" => Some(Self::Text(text.to_owned())),
            "locked" => Some(Self::Locked),
            "damaged" => Some(Self::Damaged),
            _ => None,
        }
    }
}

/// Reads a PDF. A panic inside is a damaged file; what exhausts the memory ends the process.
pub(super) fn answer(bytes: Vec<u8>) -> Answer {
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(move || text(&bytes));
    reading.ok().and_then(|reading| reading.join().ok()).unwrap_or(Answer::Damaged)
}

fn text(bytes: &[u8]) -> Answer {
    let mut document = match Document::load_mem(bytes) {
        Ok(document) => document,
        Err(pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword) => return Answer::Locked,
        Err(_) => return Answer::Damaged,
    };
    // Many files are only locked against changes, and open without a password.
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Answer::Locked;
    }
    widths::spell_out(&mut document);
    let mut pages = Pages::default();
    match pdf_extract::output_doc(&document, &mut pages) {
        Err(_) if pages.text.len() <= MOST_TEXT => Answer::Damaged,
        _ => Answer::Text(pages.text),
    }
}

/// Gathers a page's signs, and its lines when it ends.
#[derive(Default)]
struct Pages {
    signs: Vec<Sign>,
    text: String,
}

impl OutputDev for Pages {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.signs.clear();
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let way = (place.m11 * font_size, place.m12 * font_size);
        self.signs.push(Sign {
            text: text.to_owned(),
            x: place.m31,
            y: place.m32,
            width: width * way.0.hypot(way.1),
            size: (place.m21 * font_size).hypot(place.m22 * font_size),
            way,
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.text += &layout::page(std::mem::take(&mut self.signs));
        self.text.push('\u{c}');
        // The rest of a text that is too long is of no use to anybody.
        if self.text.len() > MOST_TEXT { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        for answer in [Answer::Text("§ 1\n\u{c}".to_owned()), Answer::Locked, Answer::Damaged] {
            assert_eq!(Answer::read(&answer.written()), Some(answer));
        }
        assert_eq!(Answer::read("running 0 tests\n"), None);
    }

    #[test]
    fn what_is_no_pdf_is_damaged() {
        assert_eq!(answer(b"%PDF-1.4\nnothing".to_vec()), Answer::Damaged);
    }
}
