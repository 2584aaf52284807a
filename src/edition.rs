//! A portal to what one edition may hold, before anything is made of it.
//!
//! No later stage can leak what it never gets: drafts, internal documents, sections and blocks, attendance lists,
//! attachments that are not public, and every reference to any of them.

use crate::link;
use crate::model::{
    Agreement, Assignment, DecisionFacts, DecisionRef, Document, DocumentId, Draft, Edition, EventKind, Kind, Meeting,
    Portal, Reference, Register, Registers, Section, Visibility, slug,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// `portal` without what `edition` may not hold. The internal edition holds everything.
pub fn edition(portal: &Portal, edition: Edition) -> Portal {
    if edition == Edition::Internal {
        return Portal { edition, ..portal.clone() };
    }
    let held: Vec<&Arc<Document>> = portal.documents.iter().filter(|document| is_public(document)).collect();
    let known = Known(held.iter().map(|document| document.id.clone()).collect());
    let documents: Vec<_> = held.par_iter().map(|document| public(document, &known)).collect();
    let sections: BTreeMap<_, _> = portal
        .sections
        .iter()
        .filter(|(path, section)| section_is_public(path, section, &documents))
        .map(|(path, section)| (path.clone(), public_section(section)))
        .collect();
    let links = link::links(&portal.site, &sections, &documents, portal.today);
    Portal {
        site: Arc::clone(&portal.site),
        registers: Arc::new(public_registers(&portal.registers, &known)),
        sections: Arc::new(sections),
        documents,
        links: Arc::new(links),
        files: Arc::clone(&portal.files),
        edition,
        today: portal.today,
    }
}

/// The documents that the edition holds.
struct Known(HashSet<DocumentId>);

impl Known {
    fn holds(&self, id: &DocumentId) -> bool {
        self.0.contains(id)
    }

    fn decision(&self, reference: &DecisionRef) -> bool {
        self.holds(&reference.document)
    }

    /// Words stay; a document stays when it is held.
    fn reference(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Document(id) => self.holds(id),
            Reference::Text(_) => true,
        }
    }

    /// A source in a register: words, or a document's id.
    fn source(&self, source: &str) -> bool {
        let is_id = source.split('/').all(|part| slug(part) == part);
        !is_id || self.holds(&DocumentId::new(source))
    }
}

fn is_public(document: &Document) -> bool {
    document.visibility == Visibility::Public && document.draft == Draft::Finished
}

fn section_is_public(path: &str, section: &Section, documents: &[Arc<Document>]) -> bool {
    let below = |document: &Document| {
        document.section().strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match section.visibility {
        _ if path.is_empty() => true,
        Some(visibility) => visibility == Visibility::Public,
        None => documents.iter().any(|document| below(document)),
    }
}

fn public_section(section: &Section) -> Section {
    Section { text: section.public_text.clone(), ..section.clone() }
}

/// The document without its internal parts; the very same one when it has none.
fn public(document: &Arc<Document>, known: &Known) -> Arc<Document> {
    let mut cut = Document::clone(document.cut.as_ref().unwrap_or(document));
    cut.cut = None;
    cut.attachments.retain(|attachment| attachment.visibility == Visibility::Public);
    cut.replaces.retain(|id| known.holds(id));
    cut.founded_on.retain(|reference| known.reference(reference));
    cut.relates.retain(|reference| known.reference(reference));
    match &mut cut.kind {
        Kind::Meeting(meeting) => public_meeting(meeting, known),
        Kind::Assignment(assignment) => public_assignment(assignment, known),
        Kind::Agreement(agreement) => public_agreement(agreement, known),
        Kind::Page(_) => {}
    }
    Arc::new(cut)
}

fn public_meeting(meeting: &mut Meeting, known: &Known) {
    meeting.present.clear();
    let taken = meeting.decisions.iter_mut().map(|decision| &mut decision.facts);
    let reported = meeting.reported.iter_mut().map(|decision| &mut decision.facts);
    for facts in taken.chain(reported) {
        let DecisionFacts { adopts, prolongs, terminates, gives: _, fulfils, notes, topics: _, amount: _ } = facts;
        [adopts, prolongs, terminates, notes].into_iter().for_each(|ids| ids.retain(|id| known.holds(id)));
        fulfils.retain(|target| known.holds(&DocumentId::new(target.split('#').next().unwrap_or_default())));
    }
}

fn public_assignment(assignment: &mut Assignment, known: &Known) {
    assignment.adopted.take_if(|decision| !known.decision(decision));
}

fn public_agreement(agreement: &mut Agreement, known: &Known) {
    agreement.builds_on.take_if(|id| !known.holds(id));
    for adoption in &mut agreement.adoptions {
        adoption.decision.take_if(|decision| !known.decision(decision));
    }
    for event in &mut agreement.events {
        event.decision.take_if(|decision| !known.decision(decision));
        event.source.take_if(|source| !known.reference(source));
        if let EventKind::Replaced(by) = &mut event.kind {
            by.take_if(|id| !known.holds(id));
        }
    }
}

fn public_registers(registers: &Registers, known: &Known) -> Registers {
    let mut bodies = Register::default();
    for body in registers.bodies.iter() {
        let mut body = body.clone();
        body.source.take_if(|source| !known.source(source));
        for former in &mut body.former_names {
            former.source.take_if(|source| !known.source(source));
        }
        let id = body.id.to_string();
        assert!(bodies.insert(&id, body).is_ok(), "ids of a register are unique");
    }
    Registers::new(bodies, registers.topics.clone(), registers.terms.clone(), registers.acts.clone())
}
