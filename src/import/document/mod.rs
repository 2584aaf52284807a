//! A draft as a portal document: front matter that the portal reads, and Markdown in which every item, section and decision
//! has its place.
//!
//! What is not known is left out. The open questions stand in the front matter, under `frågor`: there an editor meets them
//! in the file that has to be changed, and they need no second file.

mod body;
mod front;

use super::{Draft, DraftKind};
use crate::model::slug;
use std::fmt::Write as _;

/// The original file that is kept beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name in the portal: `protokoll.pdf`.
    pub file: String,
    /// In hexadecimal.
    pub sha256: String,
}

/// Folder and name of the document below `content/`: `moten/2026-01-29-lanschefsnatverket`. `name` is the file's own.
pub fn document_id(draft: &Draft, name: &str) -> String {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let short = |text: &str| {
        let mut text = slug(text);
        text.truncate(60);
        text.trim_end_matches('-').to_owned()
    };
    let (folder, name) = match draft.kind {
        Some(DraftKind::Minnesanteckningar | DraftKind::Protokoll | DraftKind::Kallelse) => {
            let (date, body) = (draft.date.clone(), draft.body.as_deref().map(short));
            ("moten", date.zip(body).map(|(date, body)| format!("{date}-{body}")))
        }
        Some(DraftKind::Överenskommelse) => ("overenskommelser", draft.title.as_deref().map(short)),
        Some(DraftKind::Uppdragsbeskrivning) => ("uppdrag", draft.title.as_deref().map(short)),
        None => ("sidor", draft.title.as_deref().map(short)),
    };
    let notice = if draft.kind == Some(DraftKind::Kallelse) { "-kallelse" } else { "" };
    format!("{folder}/{}{notice}", name.unwrap_or_else(|| short(stem)))
}

/// The document's text.
pub fn document(draft: &Draft, kept: Option<&Kept>) -> String {
    let mut out = String::from("---\n");
    remarks(&mut out, draft);
    let front = front::front(draft, kept);
    out.push_str(&serde_yaml::to_string(&front).expect("plain values are YAML"));
    out.push_str("---\n\n");
    body::body(&mut out, draft);
    out
}

/// What an editor should look at, as comments: there is nothing to answer.
fn remarks(out: &mut String, draft: &Draft) {
    for warning in &draft.warnings {
        let _ = writeln!(out, "# obs: {warning}");
    }
}
