//! Tables that a page shows by columns: each row becomes one line, its cells two spaces apart.

use crate::import::{Line, marks};

pattern! {
    MARKER = r"^(?:[Aa]tt|[•–*-]|\d{1,2}[.)]|[a-zåäö]\)|o)\s+";
}

/// So many spaces show that a new column begins.
const GUTTER: usize = 3;

/// A cell and the column of signs where it begins.
struct Cell<'a> {
    start: usize,
    text: &'a str,
}

/// The lines with rows of tables made whole; elsewhere, runs of spaces become one.
pub(super) fn rows(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut from = 0;
    while from < lines.len() {
        let end = region(&lines, from);
        if end > from {
            out.extend(table(&lines[from..end]));
            from = end;
        } else {
            out.push(single_spaced(&lines[from]));
            from += 1;
        }
    }
    out
}

/// The end of the table that begins at `from`; `from` itself where none does.
fn region(lines: &[Line], from: usize) -> usize {
    if !is_row(&lines[from]) {
        return from;
    }
    let second = cells(&lines[from]).get(1).map_or(usize::MAX, |cell| cell.start);
    let belongs = |line: &&Line| line.gap <= 1 && (is_row(line) || line.indent + 2 >= second);
    let end = from + 1 + lines[from + 1..].iter().take_while(belongs).count();
    let rows = lines[from..end].iter().filter(|line| is_row(line)).count();
    if rows >= 2 || end - from >= 3 { end } else { from }
}

fn is_row(line: &Line) -> bool {
    !marks::is_numbered(&line.text) && cells(line).len() > 1
}

fn cells(line: &Line) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell> = Vec::new();
    let (mut start, mut spaces) = (0, 0);
    let mut column = line.indent;
    let mut begin = column;
    // The space after a bullet, a number or a clause's "att" opens no column.
    let marker = MARKER.find(&line.text).map_or(0, |found| found.end());
    for (at, sign) in line.text.char_indices() {
        if at < marker {
            column += 1;
            continue;
        }
        if sign == ' ' {
            spaces += 1;
        } else {
            if spaces >= GUTTER {
                cells.push(Cell { start: begin, text: line.text[start..at].trim_end() });
                (start, begin) = (at, column);
            }
            spaces = 0;
        }
        column += 1;
    }
    cells.push(Cell { start: begin, text: &line.text[start..] });
    cells
}

/// Lines that leave the first column empty continue the row above.
fn table(lines: &[Line]) -> Vec<Line> {
    let mut rows: Vec<(Line, Vec<(usize, String)>)> = Vec::new();
    for line in lines {
        let cells = cells(line);
        let first = cells[0].start;
        let continued =
            rows.last_mut().filter(|(_, row)| line.gap == 0 && row.get(1).is_some_and(|cell| first + 2 >= cell.0));
        match continued {
            Some((_, row)) => cells.iter().for_each(|cell| add(row, cell)),
            None => {
                let row = cells.iter().map(|cell| (cell.start, one_spaced(cell.text))).collect();
                rows.push((line.clone(), row));
            }
        }
    }
    let join = |(line, row): (Line, Vec<(usize, String)>)| {
        let text: Vec<String> = row.into_iter().map(|(_, text)| text).collect();
        Line { text: text.join("  "), ..line }
    };
    rows.into_iter().map(join).collect()
}

/// To the cell of the row that begins nearest.
fn add(row: &mut [(usize, String)], cell: &Cell) {
    if let Some(nearest) = row.iter_mut().min_by_key(|(start, _)| start.abs_diff(cell.start)) {
        let joined = nearest.1.strip_suffix('-').map(str::to_owned).unwrap_or_else(|| format!("{} ", nearest.1));
        nearest.1 = joined + &one_spaced(cell.text);
    }
}

fn single_spaced(line: &Line) -> Line {
    Line { text: one_spaced(&line.text), ..line.clone() }
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    fn shown(text: &str) -> Vec<String> {
        let line = |(at, text): (usize, &str)| Line {
            number: at + 1,
            text: text.trim().to_owned(),
            indent: text.len() - text.trim_start().len(),
            gap: 0,
            turn: Turn::SamePage,
        };
        rows(text.lines().enumerate().map(line).collect()).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_row_is_made_of_its_lines() {
        let text = "Roll            Ansvar\nBestallare      Natverket genom dess\n                styrgrupp.\nMottagare       Radet\nVanlig  text med  luft";
        assert_eq!(
            shown(text),
            ["Roll  Ansvar", "Bestallare  Natverket genom dess styrgrupp.", "Mottagare  Radet", "Vanlig text med luft"]
        );
    }

    #[test]
    fn an_item_with_its_case_number_is_no_table() {
        assert_eq!(
            shown("§ 12     Budget     Dnr 1\n§ 13     Plan     Dnr 2"),
            ["§ 12 Budget Dnr 1", "§ 13 Plan Dnr 2"]
        );
    }
}
