//! Agenda items: `1.`, `1 a)`, `a)` under its number, `§ 12`, `§ 12/20`, `KF § 12`, and bare numbers that count on.

use super::heading::{Heading, heading, only_attachments, only_dnr};
use crate::import::{Block, Item, Part, Passage, Shape, marks};
use crate::model::label;
use std::collections::{BTreeMap, BTreeSet};

pattern! {
    PARAGRAPH = r"^(?P<who>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,8})?\s?§\s?(?P<no>\d+(?:\s?[a-z]\b)?(?:\s?/\s?\d{2,4})?)[.:]?(?:\s+[-–]?\s*(?P<title>.*))?$";
    NUMBER = r"^(?:Punkt\s|Ärende\s)?(?P<no>\d{1,3})\s?(?:[.):]|\s)\s*(?:(?P<letter>[a-zåäö])[).]\s*)?(?P<title>\S.*)$";
    NUMBER_LETTER = r"^(?P<no>\d{1,2})\s?(?P<letter>[a-zåäö])[.):]?\s+(?P<title>\S.*)$";
    LETTER = r"^(?P<letter>[a-zåäö])[).]\s*(?P<title>\S.*)$";
    BARE_NUMBER = r"^(?P<no>\d{1,3})\.?$";
    CODE_NUMBER = r"^(?P<who>[A-ZÅÄÖ]{2,6})\s(?P<no>\d{1,3})\s+(?P<title>[A-ZÅÄÖ].*)$";
    PRESENTER = r"^(?:Föredragande|Föredragare|Föredras av|Föredragning)\s*:\s*(?P<names>.*)$";
    NAME = r"^\p{Lu}[\p{Ll}-]+(?:\s\p{Lu}[\p{L}-]+){1,3},\s.{3,90}[^.:]$";
    CLOSING = r"(?i)^(?:vid (?:anteckningarna|protokollet|pennan|datorn)|justera(?:s|t|de|nde)?\b.{0,40}$|anteckningar(?:na)? (?:förda|gjorda) av|sekreterare\s*:?|underskrifter)";
}

/// Items in their order, and every block with its part in them.
pub(super) struct Agenda {
    pub items: Vec<Item>,
    pub passages: Vec<Passage>,
}

/// How this source numbers its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `§ 12`
    Paragraphs,
    /// `1.`
    Numbers,
    /// `SON 108`
    Codes,
    /// `108` alone on its line
    Bare,
    /// Headings that the source marks and nobody has numbered: counted in their order.
    Headings,
}

/// A block that opens an item.
#[derive(Clone, Debug)]
struct Opening {
    at: usize,
    no: String,
    who: Option<String>,
    title: String,
}

/// How the items are numbered; `None` where there are none.
pub(super) fn numbering(blocks: &[Block]) -> Option<Numbering> {
    let count = |numbering| openings(blocks, numbering).len();
    let paragraphs = count(Numbering::Paragraphs);
    let (numbers, codes) = (count(Numbering::Numbers), count(Numbering::Codes));
    if paragraphs + codes == 0 && marked(blocks).len() > numbers.max(1) {
        return Some(Numbering::Headings);
    }
    if paragraphs == 0 && count(Numbering::Bare) > numbers.max(codes).max(1) {
        return Some(Numbering::Bare);
    }
    match (paragraphs, numbers, codes) {
        (1.., _, _) if paragraphs * 2 >= numbers || paragraphs > 2 => Some(Numbering::Paragraphs),
        (_, 2.., _) if numbers >= codes => Some(Numbering::Numbers),
        (_, _, 1..) => Some(Numbering::Codes),
        (_, 1.., _) => Some(Numbering::Numbers),
        _ => None,
    }
}

/// What the editor is told where the numbers are not the source's own.
pub(super) fn counted(blocks: &[Block]) -> Option<String> {
    (numbering(blocks) == Some(Numbering::Headings))
        .then(|| "punkterna har inga nummer i originalet: de är numrerade i den ordning de står".to_owned())
}

/// Reads the items of a meeting.
pub(super) fn agenda(blocks: &[Block]) -> Agenda {
    let openings = numbering(blocks).map(|numbering| openings(blocks, numbering)).unwrap_or_default();
    let mut agenda = Agenda { items: Vec::new(), passages: Vec::new() };
    let mut next = openings.into_iter().peekable();
    let mut closing = false;
    for (at, block) in blocks.iter().enumerate() {
        if let Some(opening) = next.next_if(|opening| opening.at == at) {
            closing = false;
            agenda.open(opening, block);
        } else {
            closing |= !agenda.items.is_empty() && next.peek().is_none() && CLOSING.is_match(&block.text);
            let part = if closing { Part::Closing } else { agenda.part(block) };
            agenda.take(part, block);
        }
    }
    agenda
}

impl Agenda {
    fn open(&mut self, opening: Opening, block: &Block) {
        let Heading { title, kind, attachments, dnr } = heading(&opening.title);
        let dnr = dnr.or_else(|| self.dnr_above());
        self.items.push(Item {
            no: opening.no,
            title,
            kind,
            attachments,
            presenters: Vec::new(),
            dnr,
            body: opening.who,
            line: block.number(),
        });
        let part = Part::Item(self.items.len() - 1);
        self.passages.push(Passage { part, text: block.text.clone(), line: block.number() });
    }

    /// A case number on the line just before the item's own.
    fn dnr_above(&mut self) -> Option<String> {
        let above = self.passages.last_mut().filter(|above| matches!(above.part, Part::Paragraph | Part::Cover))?;
        let dnr = only_dnr(&above.text)?;
        above.part = Part::CaseNumber;
        Some(dnr)
    }

    fn part(&self, block: &Block) -> Part {
        let text = &block.text;
        let Some(item) = self.items.last() else { return Part::Cover };
        let above = self.passages.last().map(|passage| passage.part);
        let in_heading = matches!(above, Some(Part::Item(_) | Part::Attachment | Part::CaseNumber | Part::Presenter));
        if PRESENTER.is_match(text) || above == Some(Part::Presenter) && NAME.is_match(text) {
            return Part::Presenter;
        }
        if in_heading && only_attachments(text).is_some() {
            return Part::Attachment;
        }
        if in_heading && item.dnr.is_none() && only_dnr(text).is_some() {
            return Part::CaseNumber;
        }
        if in_heading && item.title.is_empty() {
            return Part::Item(self.items.len() - 1);
        }
        match block.shape {
            Shape::Heading(_) => Part::Heading(3),
            Shape::Paragraph if label::is_label(text) => Part::Heading(3),
            Shape::Paragraph => Part::Paragraph,
            Shape::Item(depth) => Part::ListItem(depth),
            Shape::Table => Part::TableRow,
        }
    }

    fn take(&mut self, part: Part, block: &Block) {
        let text = &block.text;
        if let Some(item) = self.items.last_mut() {
            match part {
                Part::Presenter => {
                    let names = PRESENTER
                        .captures(text)
                        .map_or(text.as_str(), |found| found.name("names").map_or("", |names| names.as_str()));
                    let names = names.split(';').map(|name| name.trim().trim_end_matches('.').to_owned());
                    item.presenters.extend(names.filter(|name| !name.is_empty()));
                }
                Part::Attachment => item.attachments.extend(only_attachments(text).unwrap_or_default()),
                Part::CaseNumber => item.dnr = only_dnr(text),
                Part::Item(_) => {
                    let Heading { title, kind, attachments, dnr } = heading(text);
                    (item.title, item.kind) = (title, kind);
                    item.attachments.extend(attachments);
                    item.dnr = item.dnr.take().or(dnr);
                }
                _ => {}
            }
        }
        self.passages.push(Passage { part, text: text.clone(), line: block.number() });
    }
}

/// Blocks that open items, in an order that counts on; a list of contents before the items is not among them.
fn openings(blocks: &[Block], numbering: Numbering) -> Vec<Opening> {
    if numbering == Numbering::Headings {
        return marked(blocks);
    }
    let mut found = Openings::default();
    let starts_at_one =
        blocks.iter().any(|block| NUMBER.captures(&block.text).is_some_and(|found| &found["no"] == "1"));
    for (at, block) in blocks.iter().enumerate() {
        let opening = match numbering {
            Numbering::Paragraphs => paragraph(at, &block.text),
            Numbering::Codes => code(at, &block.text),
            Numbering::Bare => bare(at, blocks, found.last()),
            Numbering::Headings => None,
            Numbering::Numbers => number(at, block, &found, starts_at_one),
        };
        let Some(opening) = opening else { continue };
        if let Some(again) = found.same(&opening) {
            match numbering {
                Numbering::Numbers => found = Openings::default(),
                // Directly followed by the next item, the first was an entry in a list.
                _ if found.after(again).is_none_or(|next| next.at <= again + 2) => found.remove(again),
                _ => continue,
            }
        }
        found.push(opening);
    }
    found.by_place.into_values().collect()
}

/// Headings of the topmost level that several have, but not those above a list of persons, a decision or the whole.
fn marked(blocks: &[Block]) -> Vec<Opening> {
    let level = |block: &Block| match block.shape {
        Shape::Heading(level) if !marks::is_field_name(&block.text) && !label::is_label(&block.text) => Some(level),
        _ => None,
    };
    let of = |wanted: u8| blocks.iter().enumerate().filter(move |(_, block)| level(block) == Some(wanted));
    // A heading with a number among them tells that the numbers are what counts.
    let numbered = |text: &str| marks::is_numbered(text);
    let Some(top) = (1..=6).find(|&wanted| of(wanted).count() > 1) else { return Vec::new() };
    if of(top).any(|(_, block)| numbered(&block.text)) {
        return Vec::new();
    }
    let opening = |(no, (at, block)): (usize, (usize, &Block))| Opening {
        at,
        no: (no + 1).to_string(),
        who: None,
        title: block.text.trim().to_owned(),
    };
    of(top).enumerate().map(opening).collect()
}

/// The openings so far, by the place of their block and by number.
#[derive(Default)]
struct Openings {
    by_place: BTreeMap<usize, Opening>,
    by_number: BTreeMap<(String, Option<String>), BTreeSet<usize>>,
}

impl Openings {
    fn push(&mut self, opening: Opening) {
        self.by_number.entry(number_of(&opening)).or_default().insert(opening.at);
        self.by_place.insert(opening.at, opening);
    }

    fn remove(&mut self, at: usize) {
        if let Some(opening) = self.by_place.remove(&at) {
            self.by_number.entry(number_of(&opening)).or_default().remove(&at);
        }
    }

    fn first(&self) -> Option<&Opening> {
        self.by_place.first_key_value().map(|(_, opening)| opening)
    }

    fn last(&self) -> Option<&Opening> {
        self.by_place.last_key_value().map(|(_, opening)| opening)
    }

    fn after(&self, at: usize) -> Option<&Opening> {
        self.by_place.range(at + 1..).next().map(|(_, opening)| opening)
    }

    /// The place of the first that is the same item.
    fn same(&self, opening: &Opening) -> Option<usize> {
        let numbered = self.by_number.get(&number_of(opening))?;
        numbered.iter().copied().take(MOST_OF_A_NUMBER).find(|at| same(&self.by_place[at], opening))
    }
}

/// Items of one number that are compared by title: a register of several meetings' items has no more.
const MOST_OF_A_NUMBER: usize = 40;

fn number_of(opening: &Opening) -> (String, Option<String>) {
    (opening.no.clone(), opening.who.clone())
}

/// The same item met again: the first time it stood in a list of contents.
fn same(before: &Opening, now: &Opening) -> bool {
    let start = |title: &str| title.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(18).collect::<String>();
    let (a, b) = (start(&before.title), start(&now.title));
    number_of(before) == number_of(now) && (a == b || a.is_empty() || b.is_empty())
}

fn paragraph(at: usize, text: &str) -> Option<Opening> {
    let found = PARAGRAPH.captures(text)?;
    let title = found.name("title").map_or("", |title| title.as_str()).trim();
    let lower = title.starts_with(|c: char| c.is_lowercase());
    if lower || title.ends_with('.') && title.len() > 60 || title.len() > 220 {
        return None;
    }
    let no = format!("§ {}", found["no"].replace(' ', ""));
    let who = found.name("who").map(|who| who.as_str().to_owned());
    Some(Opening { at, no, who, title: title.to_owned() })
}

fn code(at: usize, text: &str) -> Option<Opening> {
    let found = CODE_NUMBER.captures(text)?;
    let own = |group: &str| found[group].to_owned();
    Some(Opening { at, no: own("no"), who: Some(own("who")), title: own("title") })
}

/// A number that counts on, with its case number or its title on the lines below it.
fn bare(at: usize, blocks: &[Block], last: Option<&Opening>) -> Option<Opening> {
    let no: u32 = BARE_NUMBER.captures(&blocks[at].text)?["no"].parse().ok()?;
    let below = &blocks.get(at + 1)?.text;
    let counts_on = match last {
        Some(last) => last.no.parse() == Ok(no.checked_sub(1)?),
        None => only_dnr(below).is_some(),
    };
    let opens = below.starts_with(char::is_uppercase) || only_dnr(below).is_some();
    (counts_on && opens).then(|| Opening { at, no: no.to_string(), who: None, title: String::new() })
}

/// A number one more than the last, or a letter one more than the last under the same number.
fn number(at: usize, block: &Block, before: &Openings, starts_at_one: bool) -> Option<Opening> {
    if matches!(block.shape, Shape::Item(_)) {
        return None;
    }
    let last = before.last().map(|opening| opening.no.as_str()).unwrap_or_default();
    let digits = last.bytes().take_while(u8::is_ascii_digit).count();
    let (last_number, last_letter) = (last[..digits].parse::<u32>().ok(), last[digits..].chars().next());
    let text = &block.text;
    let opening = |no: String, title: &str| {
        let title = title.trim();
        let begins =
            title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '”' | '"' | '“'));
        let fits =
            begins && title.len() < 260 && !marks::is_clause(title) && !(title.ends_with('.') && title.len() > 90);
        fits.then(|| Opening { at, no, who: None, title: title.to_owned() })
    };
    if let Some(found) = NUMBER_LETTER.captures(text).or_else(|| NUMBER.captures(text)) {
        let no: u32 = found["no"].parse().ok()?;
        let letter = found.name("letter").map(|letter| letter.as_str());
        let counts_on = match last_number {
            Some(last) => no == last + 1 || letter.is_some() && no == last,
            None => no == 1 || !starts_at_one && no < 30,
        };
        let restarts = no == 1
            && before.first().is_some_and(|first| {
                same(first, &Opening { at, no: "1".into(), who: None, title: found["title"].to_owned() })
            });
        return (counts_on || restarts)
            .then(|| opening(format!("{no}{}", letter.unwrap_or_default()), &found["title"]))
            .flatten();
    }
    let found = LETTER.captures(text)?;
    let letter = found["letter"].chars().next()?;
    let expected = last_letter.map_or('a', |last| char::from_u32(u32::from(last) + 1).unwrap_or('a'));
    let number = last_number.filter(|_| letter == expected)?;
    opening(format!("{number}{letter}"), &found["title"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<Item> {
        let blocks: Vec<Block> =
            lines.iter().enumerate().map(|(at, text)| Block::marked(Shape::Paragraph, *text, at + 1)).collect();
        agenda(&blocks).items
    }

    fn numbers(lines: &[&str]) -> String {
        read(lines).iter().map(|item| format!("{}={}", item.no, item.title)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn items_in_every_numbering() {
        for (lines, items) in [
            (
                vec!["1. Öppnande", "2. Rapport", "a) Information: Läget", "b) Planen", "3. Övrigt"],
                "1=Öppnande | 2=Rapport | 2a=Läget | 2b=Planen | 3=Övrigt",
            ),
            (vec!["1 Öppnande", "2 a) Rapport", "2 b) Plan"], "1=Öppnande | 2a=Rapport | 2b=Plan"),
            (vec!["§ 12 Budget Dnr KS 2026/1", "text", "§13 Plan"], "§ 12=Budget | § 13=Plan"),
            (vec!["§ 12/20", "Dnr SN 2020/7", "Budget"], "§ 12/20=Budget"),
            (vec!["Kf §12 Budget"], "§ 12=Budget"),
            (vec!["SON 108 Budget", "SON 109 Plan"], "108=Budget | 109=Plan"),
            (vec!["45", "Dnr RS 2026-0114", "Budget", "46", "Plan", "Text.", "12"], "45=Budget | 46=Plan"),
            (vec!["KS § 27  2026-02-10  Dnr KS 2025/611", "Plan"], "§ 27=Plan"),
            (vec!["§ 1 Budget", "§ 2 Plan", "§ 1 Budget", "Text.", "§ 2 Plan"], "§ 1=Budget | § 2=Plan"),
            (vec!["1. Öppnande", "2. Plan", "1. Öppnande", "Text.", "2. Plan"], "1=Öppnande | 2=Plan"),
            (vec!["1. Öppnande", "1. en sak", "3. Annan", "2. Plan"], "1=Öppnande | 2=Plan"),
        ] {
            assert_eq!(numbers(&lines), items);
        }
    }

    #[test]
    fn what_belongs_to_the_heading_goes_with_it() {
        let items = read(&[
            "1. Öppnande",
            "2. Beslut: Plan",
            "(Bilaga 3)",
            "Föredragande: Bo Ek, chef",
            "Eva Al, sekreterare, Regionen",
            "Text.",
        ]);
        assert_eq!(items[1].attachments, ["Bilaga 3"]);
        assert_eq!(items[1].presenters, ["Bo Ek, chef", "Eva Al, sekreterare, Regionen"]);
    }
}
