//! A portal to what one edition may hold, before anything is made of it.
//!
//! No later stage can leak what it never gets: drafts, internal documents, sections and blocks, attendance lists,
//! attachments and originals that are not public, and every reference to any of them.

use crate::link;
use crate::model::{
    Agreement, Assignment, Body, BodyId, DecisionFacts, DecisionId, DecisionRef, Document, DocumentId, Draft, Edition,
    EventKind, Kind, Meeting, Member, Party, Portal, Reference, Register, Registers, Section, TopicId, Visibility,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// `portal` without what `edition` may not hold. The internal edition holds everything.
///
/// Documents that nobody else holds are cut where they stand; of the others a copy is cut.
pub fn edition(mut portal: Portal, edition: Edition) -> Portal {
    if edition == Edition::Internal {
        return Portal { edition, ..portal };
    }
    portal.documents.retain(|document| is_public(document));
    let held = portal.documents.iter().enumerate().map(|(at, document)| (document.id.clone(), at)).collect();
    let known = Known::of(&portal, Arc::new(held));
    let documents: Vec<_> =
        std::mem::take(&mut portal.documents).into_par_iter().map(|document| public(document, &known)).collect();
    let folders = folders(&documents);
    let sections: BTreeMap<_, _> = portal
        .sections
        .iter()
        .filter(|(path, _)| section_is_public(path, &portal.sections, &folders))
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

/// The public edition `cut` of `portal` with `now` in place of `before`; `None` when that changes which documents and
/// decisions it holds, for then others are cut otherwise too.
pub fn replaced(cut: &Arc<Portal>, portal: &Portal, before: &Document, now: &Arc<Document>) -> Option<Arc<Portal>> {
    if is_public(before) != is_public(now) || cut_decisions(before) != cut_decisions(now) {
        return None;
    }
    match cut.links.by_id.get(&now.id) {
        Some(&at) => {
            let known = Known::of(portal, Arc::clone(&cut.links.by_id));
            Some(Arc::new(link::replaced(cut, at, public(Arc::clone(now), &known))))
        }
        None => Some(Arc::clone(cut)),
    }
}

/// The documents, bodies and topics that the edition holds. What no register has is a fault told elsewhere, and hides
/// nothing.
struct Known {
    documents: Arc<HashMap<DocumentId, usize>>,
    hidden_bodies: HashSet<BodyId>,
    hidden_topics: HashSet<TopicId>,
    /// Decisions that stand in internal blocks of documents that are held.
    hidden_decisions: HashSet<DecisionRef>,
}

impl Known {
    /// What the edition of `portal` holds when it holds `documents`.
    fn of(portal: &Portal, documents: Arc<HashMap<DocumentId, usize>>) -> Self {
        let registers = &portal.registers;
        let bodies = registers.bodies.iter().filter(|body| body.visibility == Visibility::Internal);
        let topics = registers.topics.iter().filter(|topic| topic.visibility == Visibility::Internal);
        let held = portal.documents.iter().filter(|document| documents.contains_key(&document.id));
        Self {
            hidden_decisions: held.flat_map(|document| cut_decisions(document)).collect(),
            documents,
            hidden_bodies: bodies.map(|body| body.id.clone()).collect(),
            hidden_topics: topics.map(|topic| topic.id.clone()).collect(),
        }
    }

    fn holds(&self, id: &DocumentId) -> bool {
        self.documents.contains_key(id)
    }

    fn body(&self, id: &BodyId) -> bool {
        !self.hidden_bodies.contains(id)
    }

    fn topic(&self, id: &TopicId) -> bool {
        !self.hidden_topics.contains(id)
    }

    fn party(&self, party: &Party) -> bool {
        match party {
            Party::Body(id) => self.body(id),
            Party::Text(_) => true,
        }
    }

    fn decision(&self, reference: &DecisionRef) -> bool {
        self.holds(&reference.document) && !self.hidden_decisions.contains(reference)
    }

    /// What a decision fulfils: a document, or a decision of one.
    fn target(&self, target: &str) -> bool {
        match DecisionRef::parse(target) {
            Some(reference) => self.decision(&reference),
            None => self.holds(&DocumentId::new(target.split('#').next().unwrap_or_default())),
        }
    }

    /// Words stay; a document stays when it is held.
    fn reference(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Document(id) => self.holds(id),
            Reference::Text(_) => true,
        }
    }
}

/// The decisions that a document loses with its internal blocks.
fn cut_decisions(document: &Document) -> Vec<DecisionRef> {
    let Some(cut) = &document.cut else { return Vec::new() };
    let ids = |document: &Document| -> Vec<DecisionId> {
        let taken = document.decisions().iter().map(|decision| decision.id.clone());
        taken.chain(document.reported().iter().map(|decision| decision.id.clone())).collect()
    };
    let kept = ids(cut);
    let lost = ids(document).into_iter().filter(|id| !kept.contains(id));
    lost.map(|decision| DecisionRef { document: document.id.clone(), decision }).collect()
}

/// Whether the public edition holds the document.
pub fn is_public(document: &Document) -> bool {
    document.visibility == Visibility::Public && document.draft == Draft::Finished
}

/// Every folder with a document somewhere below it.
fn folders(documents: &[Arc<Document>]) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    for document in documents {
        let mut folder = document.section();
        while out.insert(folder) && !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    out
}

/// A section is what it says, else what the nearest one above that says something says, as its documents are; without a
/// word it is shown where something public lies below it.
fn section_is_public(path: &str, sections: &BTreeMap<String, Section>, folders: &BTreeSet<&str>) -> bool {
    if path.is_empty() {
        return true;
    }
    let above = std::iter::successors(Some(path), |path| {
        (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(above, _)| above))
    });
    let nearest = above.into_iter().find_map(|at| Some((at, sections.get(at)?.visibility?)));
    match nearest {
        Some((_, Visibility::Internal)) => false,
        Some((at, Visibility::Public)) => at == path || folders.contains(path),
        None => folders.contains(path),
    }
}

fn public_section(section: &Section) -> Section {
    Section { text: section.public_text.clone(), ..section.clone() }
}

/// The document without its internal parts.
fn public(document: Arc<Document>, known: &Known) -> Arc<Document> {
    let body = document.body.clone();
    let mut public = document.cut.clone().unwrap_or(document);
    let cut = Arc::make_mut(&mut public);
    cut.cut = None;
    cut.body.take_if(|id| !known.body(id));
    cut.topics.retain(|id| known.topic(id));
    cut.attachments.retain(|attachment| attachment.visibility == Visibility::Public);
    if let Some(original) = cut.original.as_mut().filter(|original| original.visibility == Visibility::Internal) {
        original.file = None;
    }
    cut.replaces.retain(|id| known.holds(id));
    cut.founded_on.retain(|reference| known.reference(reference));
    cut.relates.retain(|reference| known.reference(reference));
    match &mut cut.kind {
        Kind::Meeting(meeting) => public_meeting(meeting, body.as_ref(), known),
        Kind::Assignment(assignment) => public_assignment(assignment, known),
        Kind::Agreement(agreement) => public_agreement(agreement, known),
        Kind::Page(_) => {}
    }
    public
}

fn public_meeting(meeting: &mut Meeting, body: Option<&BodyId>, known: &Known) {
    meeting.present.clear();
    if body.is_some_and(|id| !known.body(id)) {
        // Below a heading "Beslut" the name comes from the register.
        meeting.rulings.iter_mut().filter(|ruling| ruling.lead.is_empty()).for_each(|ruling| ruling.decided_by.clear());
    }
    for reported in &mut meeting.reported {
        reported.decided_by.take_if(|party| !known.party(party));
    }
    let taken = meeting.decisions.iter_mut().map(|decision| &mut decision.facts);
    let reported = meeting.reported.iter_mut().map(|decision| &mut decision.facts);
    for facts in taken.chain(reported) {
        let DecisionFacts {
            adopts,
            prolongs,
            terminates,
            gives,
            fulfils,
            prepared_by,
            notes,
            topics,
            amount: _,
            source_page: _,
        } = facts;
        gives.retain(|given| known.party(&given.to));
        prepared_by.retain(|party| known.party(party));
        topics.retain(|id| known.topic(id));
        [adopts, prolongs, terminates, notes].into_iter().for_each(|ids| ids.retain(|id| known.holds(id)));
        fulfils.retain(|target| known.target(target));
    }
}

fn public_assignment(assignment: &mut Assignment, known: &Known) {
    assignment.adopted.take_if(|decision| !known.decision(decision));
    for role in &mut assignment.roles {
        role.holders.retain(|party| known.party(party));
        role.through.take_if(|party| !known.party(party));
    }
    assignment.roles.retain(|role| !role.holders.is_empty() || role.through.is_some());
    assignment.gates.iter_mut().for_each(|gate| gate.by.retain(|party| known.party(party)));
    assignment.deliverables.iter_mut().for_each(|deliverable| deliverable.to.retain(|party| known.party(party)));
    for follow_up in &mut assignment.follow_up {
        follow_up.by.take_if(|party| !known.party(party));
        follow_up.to.take_if(|party| !known.party(party));
    }
    let mandates = assignment.change_mandates.iter_mut();
    mandates.for_each(|mandate| mandate.decided_by.retain(|party| known.party(party)));
}

fn public_agreement(agreement: &mut Agreement, known: &Known) {
    agreement.builds_on.take_if(|id| !known.holds(id));
    agreement.parties.retain(|party| known.party(party));
    agreement.adoptions.retain(|adoption| known.party(&adoption.party));
    for adoption in &mut agreement.adoptions {
        adoption.decision.take_if(|decision| !known.decision(decision));
    }
    for event in &mut agreement.events {
        event.decision.take_if(|decision| !known.decision(decision));
        event.decided_by.take_if(|id| !known.body(id));
        event.source.take_if(|source| !known.reference(source));
        if let EventKind::Replaced(by) = &mut event.kind {
            by.take_if(|id| !known.holds(id));
        }
    }
}

fn public_registers(registers: &Registers, known: &Known) -> Registers {
    let Registers { bodies: all, topics, terms, acts, phrases: _ } = registers;
    let mut bodies = Register::default();
    for body in all.iter().filter(|body| known.body(&body.id)) {
        let id = body.id.to_string();
        assert!(bodies.insert(&id, public_body(body, known)).is_ok(), "ids of a register are unique");
    }
    let mut shown = Register::default();
    for topic in topics.iter().filter(|topic| known.topic(&topic.id)) {
        let mut topic = topic.clone();
        topic.broader.take_if(|id| !known.topic(id));
        let id = topic.id.to_string();
        assert!(shown.insert(&id, topic).is_ok(), "ids of a register are unique");
    }
    let terms = terms.iter().filter(|term| term.visibility == Visibility::Public).cloned().map(|mut term| {
        term.body.take_if(|id| !known.body(id));
        term.topic.take_if(|id| !known.topic(id));
        term
    });
    Registers::new(bodies, shown, terms.collect(), acts.clone())
}

fn public_body(body: &Body, known: &Known) -> Body {
    let mut body = body.clone();
    let related = [
        &mut body.above,
        &mut body.steered_by,
        &mut body.assignment_from,
        &mut body.prepares_for,
        &mut body.reports_to,
    ];
    related.into_iter().for_each(|ids| ids.retain(|id| known.body(id)));
    body.members.retain(|member| match member {
        Member::Body(id) => known.body(id),
        Member::Function(_) => true,
    });
    body.source.take_if(|source| !known.reference(source));
    for former in &mut body.former_names {
        former.source.take_if(|source| !known.reference(source));
    }
    body
}
