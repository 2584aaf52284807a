//! CSV as Swedish Excel opens it: a byte order mark, semicolons, CRLF, ISO dates.

/// A sheet with its first row. Cells are quoted where they must be, and none is read as a formula.
pub fn sheet<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let written = writer
        .write_record(columns)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row.map(harmless))));
    written.expect("writing to a vector cannot fail");
    writer.into_inner().expect("writing to a vector cannot fail")
}

/// A spreadsheet takes a cell that begins so for a formula: an apostrophe makes it text (OWASP, CSV injection).
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let rows = [["=1+1".to_owned(), "a;\"b\"\nc".to_owned()], ["å".to_owned(), "-5".to_owned()]];
        let bytes = sheet(["ett", "två"], rows.into_iter());
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}ett;två\r\n'=1+1;\"a;\"\"b\"\"\nc\"\r\nå;'-5\r\n");
    }
}
