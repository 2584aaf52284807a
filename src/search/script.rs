//! The script that searches in the browser, from the files in `client/`: the same answers as the command line gives, from
//! the shards that `shards.rs` writes.
//!
//! Plain ES2017 and no dependency. Everything is loaded with `<script>`, which is what works from a file share and under
//! `script-src 'self'`; nothing from the content is ever run or taken for HTML. Names and order follow the Rust modules.

use std::collections::{BTreeMap, BTreeSet};

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

/// The client as it is served: without the comments and blanks, and with shorter names, than its readers need.
pub fn client() -> String {
    shortened(&served(&format!("(function () {{\n\"use strict\";\n{}}})();\n", PARTS.concat())))
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

/// Words of the language, and names of the browser's that begin with a small letter.
const KEPT: &str = "async await break case catch class const constructor continue default delete do else export extends \
    false finally for function if import in instanceof let new null of return static super switch this throw true try \
    typeof undefined var void while yield atob document location navigator window";

/// Gives every variable a name of a letter or two, the most used ones first. Capitals stay, and so does a name that is
/// anywhere a property's, for it may be read from a file; a name is shortened alike in every scope, so that none hides
/// another.
fn shortened(source: &str) -> String {
    let pieces = pieces(source);
    let mut kept: BTreeSet<&str> = KEPT.split_whitespace().collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let spread = at > 2 && pieces[at - 3..at] == [".", ".", "."];
        let before =
            if spread { "" } else { pieces[..at].iter().rev().find(|piece| !is_blank(piece)).copied().unwrap_or("") };
        let after = pieces[at + 1..].iter().find(|piece| !is_blank(piece)).copied().unwrap_or("");
        match *piece {
            "{" | "(" | "[" => open.push(*piece),
            "}" | ")" | "]" => drop(open.pop()),
            name if is_name(name) => {
                let listed = open.last() == Some(&"{") && matches!(before, "{" | ",");
                if before == "." || listed && matches!(after, ":" | "," | "}" | "=") {
                    kept.insert(name);
                }
                *counts.entry(name).or_default() += 1;
            }
            _ => {}
        }
    }
    let mut names: Vec<(usize, &str)> = counts.iter().map(|(name, count)| (*count, *name)).collect();
    names.sort_by(|one, other| other.cmp(one));
    let mut free = short_names().filter(|name| !counts.contains_key(name.as_str()));
    let shorter: BTreeMap<&str, String> = names
        .iter()
        .filter(|(_, name)| !kept.contains(name) && !name.starts_with(char::is_uppercase))
        .filter_map(|(_, name)| Some((*name, free.next()?)))
        .collect();
    pieces.iter().map(|piece| shorter.get(piece).map_or(*piece, String::as_str)).collect()
}

/// The script as names, literals (strings, numbers, regular expressions with their flags) and single signs.
fn pieces(source: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(sign) = source[at..].chars().next() {
        let mut rest = source[at..].chars();
        let mut copied = String::new();
        let word = |from: usize| source[from..].find(|c| !is_word(c)).unwrap_or(source.len() - from);
        let length = match sign {
            '"' | '\'' => {
                literal(sign, &mut rest.by_ref().skip(1), &mut copied);
                copied.len()
            }
            '/' if begins_expression(&source[..at]) => {
                literal(sign, &mut rest.by_ref().skip(1), &mut copied);
                copied.len() + word(at + copied.len())
            }
            sign if is_word(sign) => word(at),
            sign => sign.len_utf8(),
        };
        out.push(&source[at..at + length]);
        at += length;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

fn is_name(piece: &str) -> bool {
    piece.starts_with(|c: char| is_word(c) && !c.is_numeric())
}

fn is_blank(piece: &str) -> bool {
    piece.chars().all(char::is_whitespace)
}

/// a to Z, and then two letters.
fn short_names() -> impl Iterator<Item = String> {
    let letters = || ('a'..='z').chain('A'..='Z');
    letters().map(String::from).chain(letters().flat_map(move |one| letters().map(move |two| format!("{one}{two}"))))
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
    fn variables_are_shortened_and_properties_are_not() {
        let source = "const total=list.map(({unit,far})=>unit+far.total),rest=[...list,/total/gu,\"total\"];show({rest,key:list})";
        let want = "const total=a.map(({unit,far})=>unit+far.total),rest=[...a,/total/gu,\"total\"];b({rest,key:a})";
        assert_eq!(shortened(source), want);
    }

    #[test]
    fn only_what_parts_nothing_goes() {
        let source = "// why\n  const a = b / 2 + \"x  y\"; // not used\n\n  return /[/ ]  =/.test(a) ? 1 : - -a;\n";
        let want = "const a=b/2+\"x  y\";//not used\nreturn/[/ ]  =/.test(a)?1:- -a;";
        assert_eq!(served(source), want);
    }
}
