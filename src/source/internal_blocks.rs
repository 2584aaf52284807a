//! A document as it reads without its internal blocks.

use super::decisions::proceedings;
use super::directives::without_internal;
use super::documents::numbering;
use super::front_matter::split;
use super::headings::{self, Numbering};
use super::own_body::own_body;
use crate::model::{AgendaItem, Decision, Document, Kind, Registers, Ruling, by_number};

/// The same document without its internal blocks; `None` when it has none.
///
/// Its faults have been reported already. Decisions keep the ids they have in the whole document, and only what is a
/// decision there is one here: a cut may bring "X beslutade" together with words that it did not lead in.
pub fn without_internal_blocks(document: &Document, registers: &Registers) -> Option<Document> {
    let source = without_internal(&document.text.source, document.text.span.clone())?;
    let (_, body) = split(&source).ok()?;
    let mut document = document.clone();
    match &mut document.kind {
        Kind::Meeting(meeting) => {
            let own = own_body(document.body.as_ref(), registers);
            let hidden = |decision: &Decision| document.text.is_internal(decision.span.start);
            let mut known = numbered(&meeting.agenda, std::mem::take(&mut meeting.decisions));
            known.retain(|(_, decision)| !hidden(decision));
            let (text, blocks, _) = headings::text(&source, body, Numbering::Items);
            let read = proceedings(&text, &blocks, meeting.form, &own);
            meeting.agenda = read.agenda;
            let taken = numbered(&meeting.agenda, read.decisions).into_iter().map(|(number, decision)| {
                let same = known.iter().position(|(other, old)| *other == number && old.text == decision.text)?;
                let Decision { id, facts, formality, .. } = known.remove(same).1;
                Some(Decision { id, facts, formality, ..decision })
            });
            (meeting.rulings, meeting.decisions) = held(read.rulings, taken.collect());
            let items: Vec<&str> = meeting.agenda.iter().map(|item| item.number.as_str()).collect();
            let kept = |number: &str| items.iter().any(|item| by_number(item, number).is_eq());
            meeting.reported.retain(|reported| kept(&reported.item));
            document.attachments.retain(|attachment| attachment.item.as_deref().is_none_or(kept));
            if let Some(original) = &mut document.original {
                original.pages.retain(|number, _| kept(number));
            }
            document.text = text;
        }
        kind => document.text = headings::text(&source, body, numbering(kind)).0,
    }
    Some(document)
}

/// The rulings with their decisions, each down to its first clause that is none: what follows is text.
fn held(rulings: Vec<Ruling>, taken: Vec<Option<Decision>>) -> (Vec<Ruling>, Vec<Decision>) {
    let (mut held, mut decisions) = (Vec::new(), Vec::new());
    for ruling in rulings {
        let start = decisions.len();
        let clauses = &taken[ruling.decisions.clone()];
        decisions.extend(clauses.iter().map_while(Clone::clone));
        let Some(last) = decisions[start..].last() else { continue };
        let end = if decisions.len() - start == clauses.len() { ruling.span.end } else { last.span.end };
        held.push(Ruling { span: ruling.span.start..end, decisions: start..decisions.len(), ..ruling });
    }
    (held, decisions)
}

/// Decisions with their item's number, which stays when items before it are cut.
fn numbered(agenda: &[AgendaItem], decisions: Vec<Decision>) -> Vec<(Option<String>, Decision)> {
    let number = |decision: &Decision| decision.item.map(|at| agenda[at].number.clone());
    decisions.into_iter().map(|decision| (number(&decision), decision)).collect()
}
