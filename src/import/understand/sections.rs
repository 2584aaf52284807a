//! Sections of directives and agreements: numbers that count on in one style, else headings by their form.

use crate::import::{Block, Part, Passage, Shape};
use std::collections::BTreeMap;

pattern! {
    NUMBERED = r"^(?:Kapitel\s|Avsnitt\s)?(?P<no>\d{1,2}(?:[.:]\d{1,2}){0,3})(?P<dot>[.:]?)\s+(?P<title>[\p{Lu}”“\x22].{1,140})$";
    KNOWN = r"(?i)^(?:bakgrund|inledning|syfte|mål(?:grupp)?|syfte och mål|uppdrag(?:et)?|beskrivning av uppdraget|avgränsning(?:ar)?|krav.{0,30}|tidplan|budget|finansiering.{0,20}|organisation|uppdragsorganisation|projektorganisation|roller.{0,20}|parter|giltighet.{0,20}|uppsägning|ansvar(?:sfördelning)?|uppföljning.{0,25}|förändringshantering|samverkan|tvist.{0,20}|definitioner|leveranser|risker|bilagor|referenser|revidering|avvikelser|omfattning|lagstiftning)$";
    HEADING_LIKE = r"^\p{Lu}[^.:;!?]{2,58}$";
    NOT_A_HEADING = r"(?i)^(?:sid[ao]|datum|version|ja\s+nej|roll\b|\d|bild|figur|tabell|fas\s\d|x$)|\d{4}$|\s(?:för|att|av|till|på|om|i|med|ska|är|och|som|enligt|under)$";
}

/// Section titles with their numbers as written, and every block with its part.
pub(super) struct Sections {
    pub titles: Vec<String>,
    pub passages: Vec<Passage>,
    /// Index of the first block that belongs to a section.
    pub start: usize,
}

/// A numbered heading.
struct Numbered {
    at: usize,
    no: Vec<u32>,
    style: Style,
}

/// Top numbers are written with a full stop or without; the other way, they are notes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Dot,
    Bare,
}

/// Reads the sections of a document that is not a meeting.
pub(super) fn sections(blocks: &[Block]) -> Sections {
    let mut headings: Vec<(usize, u8)> = numbered(blocks);
    let is_marked = |at: usize| matches!(blocks[at].shape, Shape::Heading(_));
    // Where the source marks its headings, numbers below them count something else.
    if headings.len() < 2 || !headings.iter().any(|(at, _)| is_marked(*at)) && marked(blocks).len() > 1 {
        headings = marked(blocks);
    }
    if headings.len() < 2 {
        headings = by_form(blocks);
    }
    let start = headings.first().map_or(blocks.len(), |(at, _)| *at);
    let titles =
        headings.iter().map(|(at, _)| blocks[*at].text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let levels: BTreeMap<usize, u8> = headings.iter().copied().collect();
    let passages = blocks.iter().enumerate().map(|(at, block)| {
        let part = match levels.get(&at) {
            Some(level) => Part::Heading(*level),
            None if at < start => Part::Cover,
            None => part(blocks, at),
        };
        Passage { part, text: block.text.clone(), line: block.number() }
    });
    Sections { titles, passages: passages.collect(), start }
}

fn part(blocks: &[Block], at: usize) -> Part {
    match blocks[at].shape {
        Shape::Heading(level) => Part::Heading(level.max(3)),
        Shape::Item(depth) => Part::ListItem(depth),
        Shape::Table => Part::TableRow,
        Shape::Paragraph if is_subheading(blocks, at) => Part::Heading(4),
        Shape::Paragraph => Part::Paragraph,
    }
}

/// A short line that stands alone above text.
fn is_subheading(blocks: &[Block], at: usize) -> bool {
    let block = &blocks[at];
    let below = blocks.get(at + 1).is_some_and(|next| {
        next.text.len() > 2 * block.text.len().max(30)
            || next.text.ends_with(':')
            || matches!(next.shape, Shape::Item(_))
    });
    let apart = block.lines.len() == 1 && block.lines[0].gap > 0 && below;
    apart && HEADING_LIKE.is_match(&block.text) && !NOT_A_HEADING.is_match(&block.text)
}

/// The style that counts furthest wins.
fn numbered(blocks: &[Block]) -> Vec<(usize, u8)> {
    let all: Vec<Numbered> = blocks.iter().enumerate().filter_map(|(at, block)| read(at, block)).collect();
    let dotted = chain(&all, Style::Dot);
    let bare = chain(&all, Style::Bare);
    let found = if bare.len() > dotted.len() { bare } else { dotted };
    // Chapters without a heading of their own leave no level empty above "1:1".
    let spare = found.iter().map(|(_, level)| level.saturating_sub(2)).min().unwrap_or(0);
    found.into_iter().map(|(at, level)| (at, level - spare)).collect()
}

fn read(at: usize, block: &Block) -> Option<Numbered> {
    if matches!(block.shape, Shape::Item(_) | Shape::Table) {
        return None;
    }
    let found = NUMBERED.captures(&block.text)?;
    let title = &found["title"];
    let sentence = title.ends_with('.') && !title.ends_with("m.m.") || title.ends_with([';', ',']);
    if sentence || title.ends_with(':') && title.len() > 60 {
        return None;
    }
    let no = found["no"].split(['.', ':']).map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>()?;
    let style = if found["dot"].is_empty() { Style::Bare } else { Style::Dot };
    Some(Numbered { at, no, style })
}

fn chain(all: &[Numbered], style: Style) -> Vec<(usize, u8)> {
    let mut last: Vec<u32> = Vec::new();
    let mut found: Vec<(usize, u8)> = Vec::new();
    for heading in all {
        if heading.no.len() == 1 && heading.style != style {
            continue;
        }
        // A list of contents counts on to its end; then the text begins again at the first.
        let restarts =
            heading.no == [1] && !last.is_empty() && found.len() > 1 && heading.at - found[found.len() - 1].0 <= 2;
        if restarts {
            found.clear();
        } else if !counts_on(&last, &heading.no) {
            continue;
        }
        last.clone_from(&heading.no);
        found.push((heading.at, u8::try_from(heading.no.len() + 1).unwrap_or(6).min(6)));
    }
    found
}

/// One more on some level, or the first on the next.
fn counts_on(last: &[u32], next: &[u32]) -> bool {
    if last.is_empty() {
        return matches!(next, [0 | 1] | [1, 1]);
    }
    if next.len() == last.len() + 1 {
        return next[..last.len()] == *last && matches!(next[last.len()], 0 | 1);
    }
    let at = next.len() - 1;
    // "1:1" follows "3" where chapters have no heading of their own.
    let chapter = next.len() == 2 && next[0] == last[0] + 1 && next[1] == 1;
    chapter || next.len() <= last.len() && next[..at] == last[..at] && next[at] == last[at] + 1
}

fn marked(blocks: &[Block]) -> Vec<(usize, u8)> {
    let level = |block: &Block| match block.shape {
        Shape::Heading(level) => Some(level),
        _ => None,
    };
    let top = blocks.iter().filter_map(level).filter(|level| *level > 1).min().unwrap_or(1);
    let all = blocks.iter().enumerate().filter_map(|(at, block)| Some((at, level(block)?)));
    all.filter(|(_, level)| *level >= top).map(|(at, level)| (at, (level + 2 - top).min(6))).collect()
}

/// Short lines above text, where at least two are headings that such documents have.
fn by_form(blocks: &[Block]) -> Vec<(usize, u8)> {
    let known = |block: &Block| block.shape == Shape::Paragraph && KNOWN.is_match(&block.text);
    let Some(first) = blocks.iter().position(known) else { return Vec::new() };
    if blocks.iter().filter(|block| known(block)).count() < 2 {
        return Vec::new();
    }
    (first..blocks.len()).filter(|&at| known(&blocks[at]) || is_subheading(blocks, at)).map(|at| (at, 2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(texts: &[&str]) -> Vec<String> {
        let blocks: Vec<Block> =
            texts.iter().enumerate().map(|(at, text)| Block::marked(Shape::Paragraph, *text, at + 1)).collect();
        sections(&blocks).titles
    }

    #[test]
    fn numbers_count_on_and_notes_do_not() {
        assert_eq!(
            titles(&["1. Bakgrund", "1 Definitioner: här avses", "text", "2. Syfte", "2 Rådets struktur", "3. Mål"]),
            ["1. Bakgrund", "2. Syfte", "3. Mål"]
        );
        assert_eq!(titles(&["1.1 250328 Start", "1 Bakgrund", "2 Mål", "2.1 Effektmål", "3 Krav"]).len(), 4);
        assert_eq!(titles(&["1:1 Syfte", "text", "1:2 Parter", "2:1 Mål"]), ["1:1 Syfte", "1:2 Parter", "2:1 Mål"]);
    }

    #[test]
    fn without_numbers_the_form_tells() {
        let body = "En längre text som står under rubriken och som därför visar att den är en rubrik.";
        assert_eq!(
            titles(&["Bakgrund", body, "Parter", body, "Så arbetar vi", body]),
            ["Bakgrund", "Parter", "Så arbetar vi"]
        );
    }
}
