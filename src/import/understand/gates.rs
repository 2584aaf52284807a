//! Decision points BP1 to BP5 of a project, in tables whose cells stand beside each other or below each other.

use crate::import::{GateRow, Line};
use crate::model::{PartialDate, written_dates};

pattern! {
    POINT = r"\bBP\s?(\d)\b";
    HEAD = r"(?i)^(?:datum|beslut|besluts-?|punkt|beslutspunkt|kommentar)(?:\s+(?:datum|beslut|besluts-?|punkt|beslutspunkt|kommentar))*$";
    BODY = r"(?i)^(?-i:\p{Lu}{2,8})$|^(?:\S+\s){0,2}\S*(?:grupp(?:en)?|styrelsen?|nämnd(?:en)?|råd(?:et)?|nätverk(?:et)?|utskott(?:et)?|ledning(?:en)?|chef(?:en)?|direktör(?:en)?|ägare(?:n)?|beställare(?:n)?)$";
    SECTION = r"^\d{1,2}(?:\.\d)?\.?\s+\p{Lu}";
}

/// One table cell, or a piece of one, in reading order.
#[derive(Debug)]
enum Cell<'a> {
    Date(String),
    Point(String),
    Text(&'a str, Apart),
}

/// Whether empty cells may lie between a text and what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    Yes,
    No,
}

/// The decision points, by number.
pub(super) fn gates(lines: &[&Line]) -> Vec<GateRow> {
    let Some((from, to)) = region(lines) else { return Vec::new() };
    let cells: Vec<(Cell, usize)> = lines[from..to].iter().flat_map(|line| cells(line)).collect();
    let points: Vec<usize> = (0..cells.len()).filter(|&at| matches!(cells[at].0, Cell::Point(_))).collect();
    let mut rows: Vec<GateRow> = lines[from..to].iter().filter_map(|line| beside(line)).collect();
    if rows.len() * 2 > points.len() {
        return rows;
    }
    rows.clear();
    let mut start = 0;
    for (index, &at) in points.iter().enumerate() {
        let limit = points.get(index + 1).copied().unwrap_or(cells.len());
        let end = row_end(&cells, at, limit);
        rows.push(row(&cells[start..end], at - start));
        start = end;
    }
    rows.sort_by(|a, b| a.bp.cmp(&b.bp));
    rows.dedup_by(|a, b| a.bp == b.bp && a.date.is_none());
    rows
}

/// A whole row on one line, the point first: `BP1  2025-09-12  Fastställa direktiv  Styrgruppen`.
fn beside(line: &Line) -> Option<GateRow> {
    let mut cells = line.text.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    let (bp, mut cells) = (cells.next()?, cells.collect::<Vec<_>>());
    let bp = POINT.captures(bp).filter(|found| found.get_match().range() == (0..bp.len()))?;
    if cells.is_empty() {
        return None;
    }
    let date = cells.iter().position(|cell| starts_with_date(cell)).map(|at| cells.remove(at));
    let by = (cells.len() > 1 && names_bodies(cells[cells.len() - 1])).then(|| cells.pop()).flatten();
    let mut cells = cells.into_iter().map(str::to_owned);
    Some(GateRow {
        bp: format!("BP{}", &bp[1]),
        date: date.and_then(|date| Some(written_dates(date).first()?.date.to_string())),
        what: cells.next(),
        by: by.map(str::to_owned),
        comment: cells.next(),
        line: line.number,
    })
}

/// From the table's head to the last decision point's row; a single mention in prose is no table.
fn region(lines: &[&Line]) -> Option<(usize, usize)> {
    let begins = |text: &str| POINT.is_match(text) && (text.len() < 120);
    let is_head = |line: &Line| HEAD.is_match(&line.text) && line.text.to_lowercase().starts_with("datum");
    // Another table may have such a head too; this one's has a point below it before the next section.
    let is_own = |head: usize| {
        let below = lines[head..].iter().take_while(|line| !SECTION.is_match(&line.text));
        below.into_iter().any(|line| begins(&line.text))
    };
    let head = (0..lines.len()).find(|&at| is_head(lines[at]) && is_own(at));
    let first = head.or_else(|| {
        lines
            .iter()
            .position(|line| begins(&line.text) && (line.text.starts_with("BP") || starts_with_date(&line.text)))
    })?;
    let last = lines.iter().rposition(|line| {
        POINT.is_match(&line.text) && (line.text.starts_with("BP") || starts_with_date(&line.text))
    })?;
    let count = lines[first..=last.max(first)].iter().filter(|line| POINT.is_match(&line.text)).count();
    let end = (last + 1..lines.len()).find(|&at| SECTION.is_match(&lines[at].text)).unwrap_or(lines.len());
    (count > 1 && last > first).then_some((first, end.min(last + 8)))
}

fn starts_with_date(text: &str) -> bool {
    written_dates(text).first().is_some_and(|date| date.span.start == 0)
}

fn cells<'a>(line: &'a Line) -> Vec<(Cell<'a>, usize)> {
    if HEAD.is_match(&line.text) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut rest = line.text.as_str();
    if let Some(date) =
        written_dates(rest).into_iter().find(|date| date.span.start == 0 && matches!(date.date, PartialDate::Day(_)))
    {
        cells.push((Cell::Date(date.date.to_string()), line.number));
        rest = &rest[date.span.end..];
    }
    let apart = if line.gap > 0 { Apart::Yes } else { Apart::No };
    let text = |text: &'a str, cells: &mut Vec<(Cell<'a>, usize)>| {
        let text = text.trim();
        if !text.is_empty() {
            cells.push((Cell::Text(text, apart), line.number));
        }
    };
    match POINT.captures(rest) {
        Some(found) => {
            let span = found.get_match().range();
            text(&rest[..span.start], &mut cells);
            cells.push((Cell::Point(format!("BP{}", &found[1])), line.number));
            text(&rest[span.end..], &mut cells);
        }
        None => text(rest, &mut cells),
    }
    cells
}

/// A row ends before the next date; without one, before the text that an empty cell sets apart.
fn row_end(cells: &[(Cell, usize)], point: usize, limit: usize) -> usize {
    let between = point + 1..limit;
    if let Some(date) = between.clone().find(|&at| matches!(cells[at].0, Cell::Date(_))) {
        return date;
    }
    if limit == cells.len() {
        return limit;
    }
    // A small letter goes on with the text above it.
    let begins =
        |at: usize| matches!(&cells[at].0, Cell::Text(text, _) if text.starts_with(|c: char| !c.is_lowercase()));
    let own_line = begins(limit - 1) && cells[limit - 1].1 != cells[limit].1 && cells[limit - 1].1 != cells[point].1;
    let apart = between
        .clone()
        .find(|&at| matches!(cells[at].0, Cell::Text(_, Apart::Yes)) && begins(at) && cells[at].1 != cells[point].1);
    apart.unwrap_or(if own_line && limit - point > 1 { limit - 1 } else { limit })
}

fn row(cells: &[(Cell, usize)], point: usize) -> GateRow {
    let texts = |cells: &[(Cell, usize)]| -> Vec<String> {
        let text =
            |(cell, _): &(Cell, usize)| if let Cell::Text(text, _) = cell { Some((*text).to_owned()) } else { None };
        cells.iter().filter_map(text).collect()
    };
    let joined = |parts: &[String]| (!parts.is_empty()).then(|| parts.join(" "));
    let date = cells[..point]
        .iter()
        .rev()
        .find_map(|(cell, _)| if let Cell::Date(date) = cell { Some(date.clone()) } else { None });
    let bp = if let Cell::Point(bp) = &cells[point].0 { bp.clone() } else { String::new() };
    let after = texts(&cells[point + 1..]);
    let (by, comment) = after.split_at(usize::from(after.first().is_some_and(|text| names_bodies(text))));
    GateRow {
        bp,
        date,
        what: joined(&texts(&cells[..point])),
        by: joined(by),
        comment: joined(comment),
        line: cells[point].1,
    }
}

/// The last column has who decides, or a comment.
fn names_bodies(text: &str) -> bool {
    let mut parts = text.split([',', '/', '&']).flat_map(|part| part.split(" och ")).map(str::trim);
    parts.all(|part| BODY.is_match(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    fn read(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let mut gap = 0;
        let mut lines: Vec<Line> = Vec::new();
        for (at, text) in text.lines().enumerate() {
            if text.is_empty() {
                gap += 1;
                continue;
            }
            lines.push(Line { number: at + 1, text: text.to_owned(), indent: 0, gap, turn: Turn::SamePage });
            gap = 0;
        }
        gates(&lines.iter().collect::<Vec<_>>()).into_iter().map(|gate| (gate.bp, gate.date, gate.what)).collect()
    }

    fn row(bp: &str, date: &str, what: &str) -> (String, Option<String>, Option<String>) {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        (bp.to_owned(), some(date), some(what))
    }

    #[test]
    fn cells_beside_each_other() {
        let text = "Datum Beslut Besluts-\n2025-03-28 Fastställa direktiv BP1 Gruppen\n2025-05-23 Godkänna\nplan\nBP2 Gruppen\nBP4\n260801 Avsluta\nBP5 Gruppen, Rådet\n8 Budget";
        assert_eq!(
            read(text),
            [
                row("BP1", "2025-03-28", "Fastställa direktiv"),
                row("BP2", "2025-05-23", "Godkänna plan"),
                row("BP4", "", ""),
                row("BP5", "2026-08-01", "Avsluta")
            ]
        );
    }

    #[test]
    fn cells_below_each_other() {
        let text = "Datum\nBeslut\nBeslutspunkt\nKommentar\n2026-08-17\nProjektstart\nBP3\n\n\nDelleverans 1 godkänns\nBP4\nDatum sätts senare\n271231\nAvsluta\nBP5\nGruppen";
        assert_eq!(
            read(text),
            [
                row("BP3", "2026-08-17", "Projektstart"),
                row("BP4", "", "Delleverans 1 godkänns"),
                row("BP5", "2027-12-31", "Avsluta")
            ]
        );
    }
}
