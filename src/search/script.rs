//! A script as it is served: without the comments and blanks that only its readers need. Names and lines stay, so that a
//! fault in a browser still shows where it happened.

/// Drops indentation, comment lines and blanks that part nothing. Strings and regular expressions are left alone; the
/// script may not use template literals or comments after code.
pub fn served(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        dense(line, &mut out);
        out.push('\n');
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

    #[test]
    fn only_what_parts_nothing_goes() {
        let source = "// why\n  const a = b / 2 + \"x  y\"; // not used\n\n  return /[/ ]  =/.test(a) ? 1 : - -a;\n";
        let want = "const a=b/2+\"x  y\";//not used\nreturn/[/ ]  =/.test(a)?1:- -a;\n";
        assert_eq!(served(source), want);
    }
}
