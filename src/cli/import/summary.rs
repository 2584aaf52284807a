//! One row a file: what became of it, and what is left to do.

use super::keep::{How, Kept};
use super::{Context, Row};
use crate::import::{Draft, DraftKind, SourceQuality};
use std::path::Path;

const HEAD: [&str; 6] = ["fil", "resultat", "typ", "datum", "beslut", "frågor"];

/// Shows the table on standard error: results stay alone on standard output.
pub(super) fn show(rows: &[Row], context: &Context) {
    let cells: Vec<[String; 6]> = rows.iter().map(|(file, result)| row(file, result)).collect();
    let heads = HEAD.map(str::to_owned);
    let width =
        |column: usize| std::iter::once(&heads).chain(&cells).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    context.terminal.note("");
    for row in std::iter::once(&heads).chain(&cells) {
        let line: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        context.terminal.note(line.join("  ").trim_end());
    }
    let failed = rows.iter().filter(|(_, result)| result.is_err()).count();
    context.terminal.note(&format!("{} av {} filer importerade", rows.len() - failed, rows.len()));
}

fn row(file: &Path, result: &Result<(Kept, Draft), String>) -> [String; 6] {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match result {
        Err(_) => [name, "fel".to_owned(), String::new(), String::new(), String::new(), String::new()],
        Ok((kept, draft)) => {
            let how = match kept.how {
                How::New => "ny",
                How::Same => "oförändrad",
                How::Replaced => "ersatt",
                How::Merged => "sammanvävd",
            };
            let scanned = if draft.quality == SourceQuality::Ocr { " (ocr)" } else { "" };
            [
                name,
                how.to_owned(),
                format!("{}{scanned}", draft.kind.map_or("okänd", kind)),
                draft.date.clone().unwrap_or_else(|| "?".to_owned()),
                draft.decisions.len().to_string(),
                draft.questions.len().to_string(),
            ]
        }
    }
}

fn kind(kind: DraftKind) -> &'static str {
    match kind {
        DraftKind::Minnesanteckningar => "minnesanteckningar",
        DraftKind::Protokoll => "protokoll",
        DraftKind::Kallelse => "kallelse",
        DraftKind::Uppdragsbeskrivning => "uppdragsbeskrivning",
        DraftKind::Överenskommelse => "överenskommelse",
    }
}
