//! What sort of document it is: by its cover's own word, else by how it is built.

use super::agenda::{Numbering, numbering};
use crate::import::{Block, DraftKind, Line, Subtype, marks};
use crate::model::label;

pattern! {
    PROTOKOLL = r"(?i)^(?:sammanträdes|möte|nämnd|styrelse)?protokoll(?:et|sutdrag)?\b|\bsammanträdesprotokoll\b|protokoll$|\bprotokollsutdrag\b";
    NOTES = r"(?i)\bminnesanteckning(?:ar)?\b|^mötesanteckningar\b|^anteckningar\b";
    NOTICE = r"(?i)^(?:kallelse|dagordning|föredragningslista|ärendelista)\b|\bkallelse\b";
    PREVIOUS = r"(?i)föregående|förra|godkännande|^\d|^§|fastställ";
    PROJECT = r"(?i)\bprojektdirektiv";
    DIRECTIVE = r"(?i)\buppdragsdirektiv";
    DESCRIPTION = r"(?i)\buppdragsbeskrivning";
    OWN_NAME = r"(?i)\b(?:innehållet i|detta|denna|i samband med)\s(?P<name>projektdirektiv|uppdragsdirektiv|uppdragsbeskrivning)(?:et|en)?\b";
    OPENS = r"(?i)^(?P<name>projektdirektiv|uppdragsdirektiv|uppdragsbeskrivning)\b";
    AGREEMENT = r"(?i)^(?:\S+\s){0,4}?\S*(?:överenskommelse|samverkansavtal|avtal)\b|\b[RL]ÖK\b";
    ROLE = r"(?i)^(?:projekt|uppdrags)?(?:beställare|ägare|tagare|ledare|mottagare)\b|^(?:\d+\.?\s)?(?:uppdragsorganisation|projektorganisation|krav på uppdraget|beskrivning av uppdraget)\b";
    TERMS = r"(?i)\b(?:parterna|uppsägning|giltighet|avtalsperiod|sägs upp|parter(?:na)? i överenskommelsen|överenskommelsen gäller)\b";
    LOCAL = r"(?i)\blokal(?:a)?\s+(?:samverkans)?överenskommelse|\bLÖK\b";
    STATE = r"(?i)överenskommelse\s+mellan\s+(?:staten|regeringen)";
}

/// Type and form; `None` where neither cover nor build tells.
pub(super) fn kind(blocks: &[Block], furniture: &[Line]) -> Option<(DraftKind, Option<Subtype>)> {
    let first = first_heading(blocks);
    let cover: Vec<&str> = furniture
        .iter()
        .map(|line| line.text.as_str())
        .chain(blocks[..first].iter().map(|block| block.text.as_str()))
        .collect();
    by_cover(&cover, blocks).or_else(|| by_build(blocks))
}

/// The cover ends where the numbered text begins.
fn first_heading(blocks: &[Block]) -> usize {
    blocks.iter().position(|block| marks::is_numbered(&block.text)).unwrap_or(blocks.len()).min(40)
}

/// The first line of the cover that names a type.
fn by_cover(cover: &[&str], blocks: &[Block]) -> Option<(DraftKind, Option<Subtype>)> {
    let named = cover.iter().filter(|text| text.len() < 160 && !PREVIOUS.is_match(text));
    let found = named.clone().find_map(|text| match () {
        () if NOTICE.is_match(text) && !has_decisions(blocks) => Some(DraftKind::Kallelse),
        () if NOTES.is_match(text) => Some(DraftKind::Minnesanteckningar),
        () if PROTOKOLL.is_match(text) => Some(DraftKind::Protokoll),
        () if PROJECT.is_match(text) || DIRECTIVE.is_match(text) || DESCRIPTION.is_match(text) => {
            Some(DraftKind::Uppdragsbeskrivning)
        }
        () if AGREEMENT.is_match(text) => Some(DraftKind::Överenskommelse),
        () => None,
    })?;
    // A meeting's cover may name what it is about; a meeting it is all the same.
    let minutes =
        || cover.iter().any(|text| PROTOKOLL.is_match(text)) && numbering(blocks) == Some(Numbering::Paragraphs);
    let meeting = matches!(found, DraftKind::Uppdragsbeskrivning | DraftKind::Överenskommelse)
        && (deciders(blocks) > 1 || minutes() && has_decisions(blocks));
    let kind = if meeting { by_build(blocks).map_or(found, |(kind, _)| kind) } else { found };
    Some((kind, subtype(kind, blocks, cover)))
}

fn by_build(blocks: &[Block]) -> Option<(DraftKind, Option<Subtype>)> {
    let count = |pattern: &regex::Regex| blocks.iter().filter(|block| pattern.is_match(&block.text)).count();
    let paragraphs = numbering(blocks) == Some(Numbering::Paragraphs);
    let kind = match () {
        () if paragraphs && has_decisions(blocks) => DraftKind::Protokoll,
        () if deciders(blocks) > 1 => DraftKind::Minnesanteckningar,
        () if count(&ROLE) + role_lines(blocks) > 1 => DraftKind::Uppdragsbeskrivning,
        () if count(&TERMS) > 1 => DraftKind::Överenskommelse,
        () if deciders(blocks) == 1 => DraftKind::Minnesanteckningar,
        () => return None,
    };
    Some((kind, subtype(kind, blocks, &[])))
}

fn role_lines(blocks: &[Block]) -> usize {
    blocks.iter().flat_map(|block| block.lines.iter().skip(1)).filter(|line| ROLE.is_match(&line.text)).count()
}

fn deciders(blocks: &[Block]) -> usize {
    let introduces = |block: &&Block| {
        marks::decider(&block.text).is_some_and(|found| found.introduces() && found.verb == marks::Verb::Decides)
    };
    blocks.iter().filter(introduces).count()
}

/// "Beslut" as a label, or "X beslutade"; a notice's "förslag till beslut" is neither.
fn has_decisions(blocks: &[Block]) -> bool {
    let labelled =
        |block: &Block| label::labelled(&block.text).is_some_and(|found| found.label == label::Label::Decision);
    let mut proposal = false;
    blocks.iter().any(|block| {
        if let Some(found) = label::labelled(&block.text) {
            proposal = found.label == label::Label::Proposal;
        }
        let decided = marks::decider(&block.text)
            .is_some_and(|found| found.verb == marks::Verb::Decides && !found.rest.contains("föreslå"));
        labelled(block) || decided && !proposal
    })
}

fn subtype(kind: DraftKind, blocks: &[Block], cover: &[&str]) -> Option<Subtype> {
    let texts = || cover.iter().copied().chain(blocks.iter().map(|block| block.text.as_str()));
    let on_cover = |pattern: &regex::Regex| cover.iter().any(|text| pattern.is_match(text));
    match kind {
        DraftKind::Uppdragsbeskrivning => match () {
            () if on_cover(&PROJECT) => Some(Subtype::ProjectDirective),
            () if on_cover(&DIRECTIVE) => Some(Subtype::Directive),
            () if on_cover(&DESCRIPTION) => None,
            () => [&*OWN_NAME, &*OPENS]
                .into_iter()
                .find_map(|pattern| texts().find_map(|text| Some(named(&pattern.captures(text)?["name"]))))
                .flatten(),
        },
        DraftKind::Överenskommelse => match () {
            () if on_cover(&LOCAL) => Some(Subtype::Local),
            () if on_cover(&STATE) => Some(Subtype::State),
            () if on_cover(&AGREEMENT) => Some(Subtype::Regional),
            () => None,
        },
        _ => None,
    }
}

/// The form that a text calls itself by.
fn named(name: &str) -> Option<Subtype> {
    match name.to_lowercase().as_str() {
        "projektdirektiv" => Some(Subtype::ProjectDirective),
        "uppdragsdirektiv" => Some(Subtype::Directive),
        _ => None,
    }
}
