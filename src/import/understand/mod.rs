//! Blocks → [`Draft`]: one rule a file, each with its own cases. What no rule can read becomes a question.

mod agenda;
mod amounts;
mod body;
mod county;
mod cover;
mod decisions;
mod duties;
mod gates;
mod heading;
mod kind;
mod letter;
mod parties;
mod period;
mod presence;
mod questions;
mod references;
mod reported;
mod roles;
mod sections;
mod versions;

use super::{AttachmentRef, Block, Cleaned, Draft, DraftKind, Item, Line, Part, Passage, SourceQuality, marks};
use crate::model::{Quality, Registers};
use body::{Bodies, Named};
use std::collections::BTreeMap;

/// What a cleaned source says. The registers' names are recognised where they stand; without them the text's own form is
/// all there is to go by.
pub fn understand(cleaned: &Cleaned, registers: &Registers) -> Draft {
    let Cleaned { blocks, furniture, quality, repairs, ambiguous, omitted } = cleaned;
    let (letter, blocks) = letter::split(blocks);
    let bodies = Bodies::of(registers);
    let found = kind::kind(blocks, furniture);
    let mut draft = match found {
        Some((kind @ (DraftKind::Minnesanteckningar | DraftKind::Protokoll | DraftKind::Kallelse), _)) => {
            meeting(kind, blocks, furniture, bodies)
        }
        Some((kind, _)) => founding(kind, blocks, furniture, &bodies),
        None => unknown(blocks),
    };
    draft.kind = found.map(|(kind, _)| kind);
    draft.subtype = found.and_then(|(_, subtype)| subtype);
    draft.quality = if *quality == Quality::Ocr { SourceQuality::Ocr } else { SourceQuality::Digital };
    (draft.repairs, draft.ambiguous, draft.omitted) = (repairs.clone(), ambiguous.clone(), omitted.clone());
    let texts = || blocks.iter().map(|block| block.text.as_str());
    draft.county = county::county(texts().chain(furniture.iter().map(|line| line.text.as_str())));
    draft.references = references::references(texts());
    draft.warnings.extend(letter::warning(letter));
    questions::ask(&mut draft, blocks, furniture);
    draft
}

fn meeting(kind: DraftKind, blocks: &[Block], furniture: &[Line], mut bodies: Bodies) -> Draft {
    let agenda::Agenda { items, mut passages } = agenda::agenda(blocks);
    let cover = cover::lines(&passages, furniture);
    let named = meeting_body(&cover, &passages, &bodies);
    let (date, place, dnr) = (cover::meeting_date(&cover, &bodies), cover::place(&cover), cover::dnr(&cover));
    bodies.own = named.as_ref().map(|named| named.name.clone());
    let date_value = date.as_ref().map(|found| found.value);
    let title = cover::title(kind, &cover, bodies.own.as_deref(), date_value);
    let decisions = decisions::decisions(kind, &items, date_value, &mut passages, &bodies);
    let Named { name, id, now } = named.unwrap_or_default();
    Draft {
        title,
        body: (!name.is_empty()).then_some(name),
        body_id: id,
        body_now: now,
        date: date_value.map(|date| date.to_string()),
        date_note: date.map(|found| format!("datumet står på rad {}", found.line)),
        dnr,
        place: place.map(|found| found.value),
        next_meeting: cover::next_meeting(&passages),
        present: presence::present(&passages).unwrap_or_default(),
        roles: presence::roles(&items, &passages),
        reported_decisions: reported::reported(&items, date_value, &passages, &bodies),
        attachments: attachments(&items),
        amounts: amounts::amounts(&passages, |at| items[at].no.clone()),
        warnings: agenda::counted(blocks).into_iter().collect(),
        agenda: items,
        decisions,
        passages,
        ..Draft::default()
    }
}

/// A directive or an agreement.
fn founding(kind: DraftKind, blocks: &[Block], furniture: &[Line], bodies: &Bodies) -> Draft {
    let sections::Sections { titles, passages, start } = sections::sections(blocks);
    let lines: Vec<&Line> = blocks.iter().flat_map(|block| &block.lines).collect();
    let cover_lines: Vec<&Line> = blocks[..start].iter().flat_map(|block| &block.lines).chain(furniture).collect();
    let cover = cover::lines(&passages, furniture);
    let first = blocks.get(start).map_or(usize::MAX, Block::number);
    let above: Vec<(usize, &str)> = cover.iter().copied().filter(|(line, _)| *line < first).collect();
    let versions = versions::versions(blocks);
    let version = versions::current(&cover_lines, &versions);
    let gates = gates::gates(&lines);
    let agreement = kind == DraftKind::Överenskommelse;
    let roles = roles::roles(&lines, &passages);
    let commissioner = roles::commissioner(&roles, &passages).filter(|_| !agreement);
    let named = commissioner.as_ref().map(|held| bodies.holder(&held.holder));
    let Named { name, id, now } = named.or_else(|| founding_body(&cover, bodies, kind)).unwrap_or_default();
    let dated = version.as_ref().and_then(|version| versions.iter().find(|row| &row.v == version));
    let validity = agreement.then(|| period::validity(&cover_lines, &passages)).flatten();
    let adopted = validity.as_ref().and_then(|span| span.adopted.clone());
    let ends = if agreement { period::ends(&cover_lines, &passages) } else { Vec::new() };
    let adopted = adopted.or_else(|| cover::adopted(&above).map(|date| date.to_string()));
    Draft {
        // A letterhead is the title only where nothing else can be.
        title: cover::title(kind, &cover::own(&passages), None, None)
            .or_else(|| cover::title(kind, &above, None, None)),
        body: (!name.is_empty()).then_some(name),
        body_id: id,
        body_now: now,
        date: dated.and_then(|version| version.date.clone()).or_else(|| adopted.clone()),
        date_note: dated
            .map(|version| format!("datum för version {}", version.v))
            .or_else(|| adopted.as_ref().map(|_| "datum då den antogs".to_owned())),
        dnr: cover::dnr(&cover),
        period: (!agreement).then(|| period::period(&lines, &passages, &gates)).flatten(),
        validity,
        parties: if agreement { parties::parties(&passages) } else { Vec::new() },
        agreement: (!agreement).then(|| duties::older_agreement(&passages)).flatten(),
        phases: duties::phases(&passages),
        deliverables: duties::deliverables(&passages),
        follow_up: duties::follow_up(&passages),
        funding: duties::funding(&passages),
        change_mandates: duties::change_mandates(&passages),
        reported_decisions: reported::reported(&[], None, &passages, bodies),
        amounts: amounts::amounts(&passages, |_| String::new()),
        commissioner: commissioner.map(|held| held.holder),
        warnings: questions::contradiction(&ends).into_iter().collect(),
        sections: titles,
        version,
        versions,
        gates,
        roles,
        passages,
        ..Draft::default()
    }
}

fn unknown(blocks: &[Block]) -> Draft {
    let sections::Sections { titles, passages, .. } = sections::sections(blocks);
    Draft { sections: titles, passages, ..Draft::default() }
}

/// The body on the cover that also decides; else a registered one that decides most; else the first on the cover that
/// can meet at all (a municipality in the attendance list cannot); else whoever decides most.
fn meeting_body(cover: &[(usize, &str)], passages: &[Passage], bodies: &Bodies) -> Option<Named> {
    let on_cover: Vec<Named> = cover
        .iter()
        .filter(|(_, text)| text.len() < 120)
        .flat_map(|(_, text)| text.split("  ").filter_map(|part| bodies.whole(part)).collect::<Vec<_>>())
        .collect();
    if several_bodies(passages) {
        return None;
    }
    let decides = most_deciding(passages);
    let same = |named: &&Named| decides.as_deref().is_some_and(|who| bodies.same(&named.name, who));
    let registered = || decides.as_deref().and_then(|who| bodies.whole(who)).filter(|named| named.id.is_some());
    let covered = on_cover.iter().find(same).cloned().or_else(registered);
    covered.or_else(|| on_cover.iter().find(|named| bodies.can_meet(named)).cloned()).or_else(|| {
        let who = decides?;
        bodies.whole(&who).or(Some(Named { name: who, id: None, now: None }))
    })
}

/// An extract of what several bodies decided on one matter belongs to none of them alone.
fn several_bodies(passages: &[Passage]) -> bool {
    let opens = passages.iter().filter(|passage| matches!(passage.part, Part::Item(_)));
    let whose: std::collections::BTreeSet<&str> = opens
        .filter_map(|passage| passage.text.split_once('§').map(|(who, _)| who.trim()))
        .filter(|who| !who.is_empty())
        .collect();
    whose.len() > 1
}

/// Who stands before "beslutade" most often.
fn most_deciding(passages: &[Passage]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.part != Part::Cover) {
        if let Some(found) =
            marks::decider(&passage.text).filter(|found| found.introduces() || found.rest.starts_with("att "))
        {
            *counts.entry(found.who).or_insert(0) += 1;
        }
    }
    counts.into_iter().max_by_key(|(who, count)| (*count, std::cmp::Reverse(*who))).map(|(who, _)| who.to_owned())
}

/// The body on a directive's or agreement's cover.
fn founding_body(cover: &[(usize, &str)], bodies: &Bodies, kind: DraftKind) -> Option<Named> {
    let short = cover.iter().filter(|(_, text)| text.len() < 90);
    short
        .filter_map(|(_, text)| bodies.whole(text))
        .find(|named| bodies.can_meet(named))
        .filter(|_| kind == DraftKind::Uppdragsbeskrivning)
}

fn attachments(items: &[Item]) -> Vec<AttachmentRef> {
    let of = |item: &Item| {
        let row = |label: &String| AttachmentRef { item: Some(item.no.clone()), label: label.clone() };
        item.attachments.iter().map(row).collect::<Vec<_>>()
    };
    items.iter().flat_map(of).collect()
}
