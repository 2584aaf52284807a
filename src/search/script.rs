//! The script that searches in the browser, from the files in `client/`: the same answers as the command line gives, from
//! the shards that `shards.rs` writes.
//!
//! Plain ES2017 and no dependency. Everything is loaded with `<script>`, which is what works from a file share and under
//! `script-src 'self'`; nothing from the content is ever run or taken for HTML. Names and order follow the Rust modules.

/// One script, so that a page asks for one file; the parts see each other's names and nobody else does.
const PARTS: [&str; 9] = [
    include_str!("client/load.js"),
    include_str!("client/words.js"),
    include_str!("client/stem.js"),
    include_str!("client/query.js"),
    include_str!("client/dictionary.js"),
    include_str!("client/matching.js"),
    include_str!("client/ranking.js"),
    include_str!("client/excerpt.js"),
    include_str!("client/answer.js"),
];

/// The client as it is served: without the comments and blanks that only its readers need. Names stay as they are.
pub fn client() -> String {
    served(&format!("(function () {{\n\"use strict\";\n{}}})();\n", PARTS.concat()))
}

/// Drops indentation, comment lines and blanks that part nothing. Strings and regular expressions are left alone; the
/// script may not use template literals or comments after code.
fn served(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        dense(line, &mut out);
        if !line.ends_with([';', '{', ',', '(']) {
            out.push('\n');
        }
    }
    out
}

fn dense(line: &str, out: &mut String) {
    let start = out.len();
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' | '\'' => literal(sign, &mut signs, out),
            '/' if begins_expression(&out[start..]) => literal(sign, &mut signs, out),
            ' ' => {
                let (before, after) = (out[start..].chars().next_back(), signs.peek().copied());
                let parts = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
                let twice = before == after && matches!(before, Some('+' | '-'));
                if parts(before) && parts(after) || twice {
                    out.push(' ');
                }
            }
            sign => out.push(sign),
        }
    }
}

/// Copies up to the closing sign; one within `[…]` of a regular expression closes nothing.
fn literal(open: char, signs: &mut impl Iterator<Item = char>, out: &mut String) {
    out.push(open);
    let mut class = false;
    while let Some(sign) = signs.next() {
        out.push(sign);
        match sign {
            '\\' => out.extend(signs.next()),
            '[' if open == '/' => class = true,
            ']' => class = false,
            sign if sign == open && !class => return,
            _ => {}
        }
    }
}

/// Whether a slash after `before` begins a regular expression rather than divides.
fn begins_expression(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '>'])
        || before.ends_with("return")
        || before.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn the_client_is_small() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(client().as_bytes()).expect("memory takes it");
        let size = encoder.finish().expect("memory takes it").len();
        assert!(size <= 10 * 1024, "{size} bytes");
    }

    #[test]
    fn only_what_parts_nothing_goes() {
        let source = "// why\n  const a = b / 2 + \"x  y\"; // not used\n\n  return /[/ ]  =/.test(a) ? 1 : - -a;\n";
        let want = "const a=b/2+\"x  y\";//not used\nreturn/[/ ]  =/.test(a)?1:- -a;";
        assert_eq!(served(source), want);
    }
}
