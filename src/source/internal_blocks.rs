//! A document as it reads without its internal blocks.

use super::decisions::proceedings;
use super::directives::without_internal;
use super::documents::numbering;
use super::front_matter::split;
use super::headings::{self, Numbering};
use super::own_body::own_body;
use crate::model::{AgendaItem, Decision, Document, Kind, Registers, by_number};

/// The same document without its internal blocks; `None` when it has none.
///
/// Its faults have been reported already. Decisions keep the ids they have in the whole document.
pub fn without_internal_blocks(document: &Document, registers: &Registers) -> Option<Document> {
    let source = without_internal(&document.text.source, document.text.span.clone())?;
    let (_, body) = split(&source).ok()?;
    let mut document = document.clone();
    match &mut document.kind {
        Kind::Meeting(meeting) => {
            let own = own_body(document.body.as_ref(), registers);
            let mut known = numbered(&meeting.agenda, std::mem::take(&mut meeting.decisions));
            let (text, blocks, _) = headings::text(&source, body, Numbering::Items);
            let read = proceedings(&text, &blocks, meeting.form, &own);
            (meeting.agenda, meeting.rulings, meeting.decisions) = (read.agenda, read.rulings, read.decisions);
            for (number, decision) in numbered(&meeting.agenda, std::mem::take(&mut meeting.decisions)) {
                let same = known.iter().position(|(other, old)| *other == number && old.text == decision.text);
                let Decision { id, facts, formality, .. } = match same {
                    Some(at) => known.remove(at).1,
                    None => decision.clone(),
                };
                meeting.decisions.push(Decision { id, facts, formality, ..decision });
            }
            let items: Vec<&str> = meeting.agenda.iter().map(|item| item.number.as_str()).collect();
            let kept = |number: &str| items.iter().any(|item| by_number(item, number).is_eq());
            meeting.reported.retain(|reported| kept(&reported.item));
            document.attachments.retain(|attachment| attachment.item.as_deref().is_none_or(kept));
            document.text = text;
        }
        kind => document.text = headings::text(&source, body, numbering(kind)).0,
    }
    Some(document)
}

/// Decisions with their item's number, which stays when items before it are cut.
fn numbered(agenda: &[AgendaItem], decisions: Vec<Decision>) -> Vec<(Option<String>, Decision)> {
    let number = |decision: &Decision| decision.item.map(|at| agenda[at].number.clone());
    decisions.into_iter().map(|decision| (number(&decision), decision)).collect()
}
