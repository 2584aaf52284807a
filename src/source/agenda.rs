//! Agenda items out of a meeting's headings and the lines below them.

use crate::model::{AgendaItem, Heading, ItemKind};

/// The agenda item that a heading opens.
pub fn agenda_item(heading: &Heading, index: usize) -> AgendaItem {
    let (kinds, rest) = kinds(&heading.title);
    let (title, attachments) = attachments(rest);
    AgendaItem {
        number: heading.number.clone().unwrap_or_default(),
        title,
        kinds,
        presenters: Vec::new(),
        attachments,
        dnr: None,
        heading: index,
        stated: Vec::new(),
    }
}

/// `Information/Beslut: Titel` → both kinds and `Titel`.
fn kinds(title: &str) -> (Vec<ItemKind>, &str) {
    let Some((words, rest)) = title.split_once(':') else { return (Vec::new(), title) };
    let kinds: Option<Vec<_>> = words.split('/').map(|word| kind(word.trim())).collect();
    match kinds {
        Some(kinds) => (kinds, rest.trim()),
        None => (Vec::new(), title),
    }
}

fn kind(word: &str) -> Option<ItemKind> {
    ItemKind::ALL.iter().find(|(_, label)| label.eq_ignore_ascii_case(word)).map(|(kind, _)| *kind)
}

/// `Titel (Bilaga 2 A–B)` → `Titel` and the attachment.
fn attachments(title: &str) -> (String, Vec<String>) {
    let Some(open) = title.rfind('(') else { return (title.to_owned(), Vec::new()) };
    let inside = title[open + 1..].trim_end_matches([')', ' ', '.']);
    if !inside.to_lowercase().starts_with("bilag") {
        return (title.to_owned(), Vec::new());
    }
    let labels = inside.split([',', ';']).map(|label| label.trim().to_owned()).collect();
    (title[..open].trim().to_owned(), labels)
}

/// Who presents an item, when `line` says so.
pub fn presenters(line: &str) -> Option<Vec<String>> {
    let names = line.strip_prefix("Föredragande:").or_else(|| line.strip_prefix("Föredragande"))?;
    Some(names.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
}

/// The case number, when `line` gives one.
pub fn dnr(line: &str) -> Option<String> {
    let rest = ["Dnr", "Diarienummer", "Ärendenummer"].iter().find_map(|label| line.strip_prefix(label))?;
    let number = rest.trim_start_matches([':', ' ']).trim();
    number.bytes().any(|byte| byte.is_ascii_digit()).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_carries_kind_and_attachment() {
        assert_eq!(kinds("Information/Beslut: X: y"), (vec![ItemKind::Information, ItemKind::Decision], "X: y"));
        assert_eq!(kinds("SPAK: läget"), (vec![], "SPAK: läget"));
        assert_eq!(attachments("X (Bilaga 2 A–B)"), ("X".into(), vec!["Bilaga 2 A–B".into()]));
        assert_eq!(attachments("X (RÖK)"), ("X (RÖK)".into(), vec![]));
    }
}
