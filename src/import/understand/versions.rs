//! The table of a document's versions.

use crate::import::{Block, Line, Shape, Version};
use crate::model::{PartialDate, written_dates};

pattern! {
    HEAD = r"(?i)^(?:version|utgåva|rev(?:ision)?)\s?\d?\b(?:.*\bdatum\b.*|$)";
    ROW = r"^(?P<v>\d{1,2}\.\d{1,2}|\d{1,2}|[A-Z])(?:\s+(?P<rest>.*))?$";
    COVER = r"(?i)\bversion\s*:?\s*(?P<v>\d{1,2}(?:\.\d{1,2})?)\b";
    HEADING = r"^\d{1,2}\.?\s+\p{Lu}\p{Ll}";
}

/// The versions in the table's order; a row without a date of its own is not one.
pub(super) fn versions(blocks: &[Block]) -> Vec<Version> {
    let lines: Vec<(Shape, &Line)> =
        blocks.iter().flat_map(|block| block.lines.iter().map(|line| (block.shape, line))).collect();
    let Some(head) = lines.iter().position(|(_, line)| HEAD.is_match(&line.text)) else { return Vec::new() };
    let mut versions: Vec<Version> = Vec::new();
    let mut open = false;
    let mut row = Shape::Paragraph;
    for (shape, line) in lines[head + 1..].iter().take(60) {
        // A marked table ends where its rows do.
        if matches!(shape, Shape::Heading(_)) || open && row == Shape::Table && *shape != row {
            break;
        }
        if let Some(found) = ROW.captures(&line.text) {
            let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim();
            let dates = written_dates(rest);
            let date = dates.iter().find(|date| date.span.start == 0).cloned();
            if date.is_some() || rest.is_empty() {
                // A span of time has its end after a dash.
                let end = dates.iter().find(|end| {
                    date.as_ref().is_some_and(|date| {
                        rest.get(date.span.end..end.span.start)
                            .is_some_and(|between| matches!(between.trim(), "–" | "-"))
                    })
                });
                let comment = end.or(date.as_ref()).map_or(rest, |date| rest[date.span.end..].trim());
                versions.push(Version {
                    v: found["v"].to_owned(),
                    date: date.map(|date| date.date.to_string()),
                    comment: some(comment),
                });
                (open, row) = (true, *shape);
                continue;
            }
        }
        if HEADING.is_match(&line.text) || open && line.gap > 2 {
            break;
        }
        if let Some(last) = versions.last_mut().filter(|_| open) {
            add(last, &line.text);
        }
    }
    versions.retain(|version| version.date.is_some());
    versions
}

/// The version the document calls itself, else the last of its table.
pub(super) fn current(lines: &[&Line], versions: &[Version]) -> Option<String> {
    let said = lines.iter().take(40).find_map(|line| COVER.captures(&line.text).map(|found| found["v"].to_owned()));
    let known = said.filter(|said| versions.is_empty() || versions.iter().any(|version| &version.v == said));
    known.or_else(|| versions.last().map(|version| version.v.clone()))
}

fn add(version: &mut Version, text: &str) {
    let date =
        written_dates(text).into_iter().find(|date| date.span.start == 0 && matches!(date.date, PartialDate::Day(_)));
    let rest = match date.filter(|_| version.date.is_none()) {
        Some(date) => {
            version.date = Some(date.date.to_string());
            text[date.span.end..].trim()
        }
        None => text,
    };
    if !rest.is_empty() {
        let joined = version.comment.take().map(|comment| format!("{comment} {rest}"));
        version.comment = Some(joined.unwrap_or_else(|| rest.to_owned()));
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
