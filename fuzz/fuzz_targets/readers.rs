//! Files as they come from outside. The first byte chooses the format; of archives the bytes are the part that holds the
//! text, since a changed archive would only fail its checksum, and every eighth time the archive itself.

#![no_main]

use libfuzzer_sys::fuzz_target;
use samverk::import::read;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let whole = choice & 0x38 == 0;
    let (name, file) = match choice & 7 {
        0 | 1 if whole => ("a.docx", bytes.to_vec()),
        2 if whole => ("a.odt", bytes.to_vec()),
        0 | 1 => ("a.docx", word(bytes)),
        2 => ("a.odt", archive(&[("content.xml", bytes), ("styles.xml", bytes)])),
        3 => ("a.md", bytes.to_vec()),
        _ => ("a.txt", bytes.to_vec()),
    };
    drop(read(name, &file));
});

/// Text, styles and lists, divided by zeros.
fn word(bytes: &[u8]) -> Vec<u8> {
    let names = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/header1.xml"];
    let parts: Vec<(&str, &[u8])> = names.into_iter().zip(bytes.split(|byte| *byte == 0)).collect();
    archive(&parts)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}
