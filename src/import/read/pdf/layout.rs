//! Signs with their places on a page → lines as `pdftotext -layout` writes them: what stands beside each other stands on one
//! line, columns far apart, and room between paragraphs is empty lines.

use std::fmt::Write as _;

/// A sign as it is shown, in points.
pub(super) struct Sign {
    pub text: String,
    /// Where its writing begins, from the page's lower left corner.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    /// The way its line runs.
    pub way: (f64, f64),
}

/// Shares of a sign's size: what is one baseline, a space, a new column, and one sign shown twice to make it bold.
const SAME_LINE: f64 = 0.4;
const SPACE: f64 = 0.15;
const COLUMN: f64 = 1.1;
const TWICE: f64 = 0.1;
/// Spaces between columns at least, and the column furthest right.
const GUTTER: usize = 3;
const LAST_COLUMN: f64 = 250.0;
/// Empty lines between two lines at most.
const MOST_EMPTY: usize = 4;

/// The page's text. Writing that runs another way than most of it comes last; writing on the slant is a watermark.
pub(super) fn page(signs: Vec<Sign>) -> String {
    let mut ways: [Vec<Sign>; 4] = Default::default();
    for sign in signs {
        if let Some((quarter, sign)) = upright(sign) {
            ways[quarter].push(sign);
        }
    }
    ways.sort_by_key(|signs| std::cmp::Reverse(signs.len()));
    let texts: Vec<String> = ways.into_iter().filter(|signs| !signs.is_empty()).map(written).collect();
    texts.join("\n")
}

/// A sign turned so that its line runs to the right, and by how many quarters; `None` for one that stands nowhere.
fn upright(sign: Sign) -> Option<(usize, Sign)> {
    let Sign { x, y, width, size, way: (right, up), .. } = sign;
    let slant = right.abs().min(up.abs()) / right.abs().max(up.abs());
    if ![x, y, width, size].iter().all(|number| number.is_finite()) || size <= 0.0 || slant.is_nan() || slant > 0.2 {
        return None;
    }
    let (quarter, x, y) = match right.abs() >= up.abs() {
        true if right > 0.0 => (0, x, y),
        true => (2, -x, -y),
        false if up > 0.0 => (1, y, -x),
        false => (3, -y, x),
    };
    Some((quarter, Sign { x, y, ..sign }))
}

/// Signs on one baseline, from left to right.
struct Row {
    y: f64,
    size: f64,
    signs: Vec<Sign>,
}

fn written(signs: Vec<Sign>) -> String {
    let left = signs.iter().map(|sign| sign.x).fold(f64::INFINITY, f64::min);
    let unit = unit(&signs);
    let rows = rows(signs);
    let pitch = pitch(&rows);
    let mut text = String::new();
    let mut above: Option<f64> = None;
    for row in rows {
        let line = line(&row, left, unit);
        if line.trim().is_empty() {
            continue;
        }
        let empty = above.map_or(0, |above| empty_lines(above - row.y, pitch.max(row.size)));
        above = Some(row.y);
        text.extend(std::iter::repeat_n('\n', empty));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{line}");
    }
    text
}

/// A little less than the signs' mean width, so that a column's words seldom reach past where the next one begins.
fn unit(signs: &[Sign]) -> f64 {
    let widths = || signs.iter().filter(|sign| sign.width > 0.0 && !sign.text.trim().is_empty()).map(|sign| sign.width);
    match widths().count() {
        0 => 5.0,
        count => (0.85 * widths().sum::<f64>() / count as f64).max(0.1),
    }
}

fn rows(mut signs: Vec<Sign>) -> Vec<Row> {
    signs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Row> = Vec::new();
    for sign in signs {
        match rows.last_mut() {
            Some(row) if row.y - sign.y < SAME_LINE * row.size.max(sign.size) => {
                // The line's own signs tell where it stands, not a raised figure.
                if sign.size > row.size {
                    (row.y, row.size) = (sign.y, sign.size);
                }
                row.signs.push(sign);
            }
            _ => rows.push(Row { y: sign.y, size: sign.size, signs: vec![sign] }),
        }
    }
    rows.iter_mut().for_each(|row| row.signs.sort_by(|a, b| a.x.total_cmp(&b.x)));
    rows
}

/// From one line to the next where they stand closest by custom: the median of the steps that no empty line could be.
fn pitch(rows: &[Row]) -> f64 {
    let steps = rows.iter().zip(rows.iter().skip(1)).map(|(row, next)| (row.y - next.y, next.size));
    let mut steps: Vec<f64> = steps.filter(|(step, size)| *step < 1.9 * size).map(|(step, _)| step).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}

fn empty_lines(step: f64, pitch: f64) -> usize {
    match step / pitch {
        lines if lines < 1.4 => 0,
        lines => (lines.round() as usize).clamp(2, MOST_EMPTY + 1) - 1,
    }
}

fn line(row: &Row, left: f64, unit: f64) -> String {
    let column = |x: f64| ((x - left) / unit).round().clamp(0.0, LAST_COLUMN) as usize;
    let mut line = String::new();
    let mut length = 0;
    let mut before: Option<&Sign> = None;
    let mut spaced = false;
    for sign in &row.signs {
        if sign.text.trim().is_empty() {
            spaced = true;
            continue;
        }
        let room = before.map(|before| sign.x - before.x - before.width);
        if before.is_some_and(|before| before.text == sign.text && sign.x - before.x < TWICE * sign.size) {
            continue;
        }
        let spaces = match room {
            None => column(sign.x),
            Some(room) if room > COLUMN * row.size => column(sign.x).saturating_sub(length).max(GUTTER),
            Some(room) => usize::from(spaced || room > SPACE * sign.size),
        };
        line.extend(std::iter::repeat_n(' ', spaces));
        line.push_str(sign.text.trim());
        length += spaces + sign.text.chars().count();
        (before, spaced) = (Some(sign), false);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten points wide a sign, from `x` at `y`.
    fn put(x: f64, y: f64, text: &str) -> Vec<Sign> {
        let sign = |(at, sign): (usize, char)| Sign {
            text: sign.to_string(),
            x: x + 10.0 * at as f64,
            y,
            width: 10.0,
            size: 20.0,
            way: (1.0, 0.0),
        };
        text.chars().enumerate().map(sign).collect()
    }

    fn shown(parts: &[(f64, f64, &str)]) -> String {
        page(parts.iter().flat_map(|(x, y, text)| put(*x, *y, text)).collect())
    }

    #[test]
    fn what_stands_side_by_side_is_one_line() {
        let text = shown(&[(0.0, 100.0, "Roll"), (0.0, 76.0, "Ledare"), (200.0, 101.0, "Vem"), (200.0, 76.0, "Bo Ek")]);
        assert_eq!(text, "Roll                    Vem\nLedare                  Bo Ek\n");
    }

    #[test]
    fn room_between_paragraphs_is_an_empty_line() {
        let parts = [(0.0, 200.0, "ett"), (0.0, 176.0, "två"), (0.0, 152.0, "tre"), (0.0, 104.0, "fyra")];
        assert_eq!(shown(&parts), "ett\ntvå\ntre\n\nfyra\n");
    }

    #[test]
    fn a_raised_figure_stands_in_its_line() {
        let mut signs = put(0.0, 100.0, "not");
        signs.extend(put(30.0, 107.0, "1").into_iter().map(|sign| Sign { size: 12.0, ..sign }));
        assert_eq!(page(signs), "not1\n");
    }

    #[test]
    fn a_sign_shown_twice_is_one_and_double_letters_are_two() {
        let mut signs = put(0.0, 100.0, "all");
        signs.extend(put(0.5, 100.0, "all"));
        assert_eq!(page(signs), "all\n");
    }

    #[test]
    fn a_turned_page_reads_as_it_is_held() {
        let turned = |sign: Sign| Sign { x: -sign.y, y: sign.x, way: (0.0, 1.0), ..sign };
        let signs = put(0.0, 100.0, "ett").into_iter().chain(put(0.0, 76.0, "två")).map(turned);
        assert_eq!(page(signs.collect()), "ett\ntvå\n");
    }

    #[test]
    fn a_sign_that_stands_nowhere_is_left_out() {
        let mut signs = put(f64::NAN, 100.0, "x");
        signs.extend(put(0.0, f64::INFINITY, "y"));
        signs.extend(put(1e300, 100.0, "z"));
        signs.extend(put(0.0, 100.0, "a").into_iter().map(|sign| Sign { way: (0.0, 0.0), ..sign }));
        signs.extend(put(0.0, 100.0, "b").into_iter().map(|sign| Sign { way: (1.0, 1.0), ..sign }));
        assert_eq!(page(signs).trim(), "z");
    }
}
