//! The smallest PDF with a text layer: pages of lines in a font of fixed width, so that columns stand where the text has them.

/// One page a text.
pub fn pdf(pages: &[String]) -> Vec<u8> {
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), Vec::new(), courier().as_bytes().to_vec()];
    let mut kids = String::new();
    for page in pages {
        let at = objects.len() + 1;
        kids += &format!("{at} 0 R ");
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
                 /Resources << /Font << /F 3 0 R >> >> >>",
                at + 1
            )
            .into_bytes(),
        );
        objects.push(stream(&shown(page), ""));
    }
    objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()).into_bytes();
    file(&objects)
}

/// The font of fixed width that every reader has.
pub fn courier() -> &'static str {
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
}

/// What shows the lines of a page.
fn shown(page: &str) -> Vec<u8> {
    let mut content = b"BT /F 9 Tf 13 TL 50 800 Td\n".to_vec();
    for line in page.lines() {
        content.push(b'(');
        for sign in line.chars() {
            if matches!(sign, '(' | ')' | '\\') {
                content.push(b'\\');
            }
            content.push(winansi(sign));
        }
        content.extend(b") Tj T*\n");
    }
    content.extend(b"ET");
    content
}

/// A page's content, or another stream, with what is said `about` it.
pub fn stream(content: &[u8], about: &str) -> Vec<u8> {
    [format!("<< /Length {} {about} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

fn winansi(sign: char) -> u8 {
    match sign {
        '–' => 0x96,
        '•' => 0x95,
        '”' => 0x94,
        _ => u8::try_from(u32::from(sign)).unwrap_or(b'?'),
    }
}

/// The objects, and the table that says where each begins.
pub fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n", at + 1).as_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    file
}
