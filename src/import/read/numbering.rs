//! Word's styles and its automatic numbers, which stand nowhere in the text itself.

use super::Refusal;
use super::archive::{Node, attribute, walk};
use std::collections::HashMap;

/// What a paragraph style says.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// 1 to 6 for headings.
    pub level: Option<u8>,
    pub number: Option<String>,
    pub depth: Option<usize>,
    pub place: Place,
    based_on: Option<String>,
}

/// Whether a style's paragraphs are the document's text or its list of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    #[default]
    Text,
    Contents,
}

#[derive(Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(xml, |node| {
            match node {
                Node::Open(element) => {
                    let value = attribute(element, "val");
                    match (element.local_name().as_ref(), open.as_mut()) {
                        ("style", _) => open = attribute(element, "styleId").map(|id| (id, Style::default())),
                        ("name", Some((_, style))) => {
                            style.level = style.level.or(value.as_deref().and_then(heading_level));
                            style.place = value.as_deref().map(place).unwrap_or_default();
                        }
                        ("basedOn", Some((_, style))) => style.based_on = value,
                        ("outlineLvl", Some((_, style))) => {
                            style.level =
                                value.and_then(|level| level.parse::<u8>().ok()).map(|level| level.saturating_add(1))
                        }
                        ("numId", Some((_, style))) => style.number = value,
                        ("ilvl", Some((_, style))) => style.depth = value.and_then(|depth| depth.parse().ok()),
                        _ => {}
                    }
                }
                Node::Close("style") => {
                    if let Some((id, style)) = open.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// A style with what it inherits.
    pub(super) fn get(&self, id: &str) -> Option<Style> {
        let mut style = self.by_id.get(id)?.clone();
        let mut base = style.based_on.clone();
        for _ in 0..12 {
            let Some(above) = base.and_then(|id| self.by_id.get(&id)) else { break };
            style.level = style.level.or(above.level);
            style.number = style.number.or_else(|| above.number.clone());
            style.depth = style.depth.or(above.depth);
            base = above.based_on.clone();
        }
        Some(style)
    }
}

/// `heading 2` and `Rubrik 2`; a title is no section.
fn heading_level(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let rest = name.strip_prefix("heading ").or_else(|| name.strip_prefix("rubrik "))?;
    rest.trim().parse().ok().filter(|level| (1..=6).contains(level))
}

/// `toc 1`, `TOC Heading`, `Innehåll 2`
fn place(name: &str) -> Place {
    let name = name.to_lowercase();
    if name.starts_with("toc ") || name.starts_with("innehåll ") { Place::Contents } else { Place::Text }
}

/// Signs of a number as it is written, such as `§ %1.%2`.
const LONGEST_LABEL: usize = 60;

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a document and how far each has counted.
#[derive(Clone, Default)]
pub(super) struct Numbering {
    levels: HashMap<(String, usize), Level>,
    lists: HashMap<String, String>,
    counts: HashMap<String, Vec<u32>>,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        let mut numbering = Self::default();
        let (mut kind, mut list, mut depth) = (None::<String>, None::<String>, 0usize);
        walk(xml, |node| {
            let Node::Open(element) = node else { return Ok(()) };
            let value = attribute(element, "val");
            match element.local_name().as_ref() {
                "abstractNum" => (kind, list) = (attribute(element, "abstractNumId"), None),
                "num" => (kind, list) = (None, attribute(element, "numId")),
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (&list, value) {
                        numbering.lists.insert(list.clone(), kind);
                    }
                }
                "lvl" => depth = attribute(element, "ilvl").and_then(|depth| depth.parse().ok()).unwrap_or(0),
                name @ ("numFmt" | "lvlText" | "start") => {
                    if let (Some(kind), Some(value)) = (&kind, value) {
                        let level = numbering.levels.entry((kind.clone(), depth)).or_insert_with(|| Level {
                            format: "decimal".into(),
                            text: String::new(),
                            start: 1,
                        });
                        match name {
                            "numFmt" => level.format = value,
                            "lvlText" => level.text = value.chars().take(LONGEST_LABEL).collect(),
                            _ => level.start = value.parse().unwrap_or(1),
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// The next number of a list at a depth, as it shows; empty for a bullet, `None` where the list is unknown or off.
    pub(super) fn next(&mut self, list: &str, depth: usize) -> Option<String> {
        let kind = self.lists.get(list)?.clone();
        let level = self.levels.get(&(kind.clone(), depth))?.clone();
        if depth > 8 || level.format == "none" {
            return None;
        }
        if level.format == "bullet" {
            return Some(String::new());
        }
        let start = |depth: usize| self.levels.get(&(kind.clone(), depth)).map_or(1, |level| level.start);
        let starts: Vec<u32> = (0..=depth).map(start).collect();
        let counts = self.counts.entry(kind.clone()).or_default();
        counts.truncate(depth + 1);
        let fresh = counts.len() <= depth;
        while counts.len() <= depth {
            counts.push(starts[counts.len()]);
        }
        if !fresh {
            counts[depth] = counts[depth].saturating_add(1);
        }
        let counts = counts.clone();
        let mut text = level.text;
        for (at, count) in counts.iter().enumerate() {
            let format = self.levels.get(&(kind.clone(), at)).map_or("decimal", |level| level.format.as_str());
            text = text.replace(&format!("%{}", at + 1), &written(*count, format));
        }
        Some(text.trim().to_owned())
    }
}

fn written(count: u32, format: &str) -> String {
    let letter = |first: u8| {
        let at = u8::try_from((count.max(1) - 1) % 26).expect("less than 26");
        char::from(first + at).to_string()
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while count >= value && out.len() < 40 {
            out.push_str(sign);
            count -= value;
        }
    }
    out
}
