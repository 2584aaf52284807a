//! The frozen portal: everything that is known, and how it hangs together on one day, for one edition.

use super::{
    Agreement, BodyId, Date, Decision, DecisionKind, DecisionRef, Document, DocumentId, Edition, EventKind, Kind,
    Obligation, PartialDate, RegisterPage, Registers, ReportedDecision, Section, Site, Status, TopicId, ValidityEvent,
    status,
};
use crate::diagnostic::Place;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Portal {
    pub site: Arc<Site>,
    pub registers: Arc<Registers>,
    /// By path.
    pub sections: Arc<BTreeMap<String, Section>>,
    /// By id.
    pub documents: Vec<Arc<Document>>,
    pub links: Arc<Links>,
    /// Files below `content/` that are not documents, with where they lie on disk.
    pub files: Arc<BTreeMap<String, PathBuf>>,
    pub edition: Edition,
    /// The day that statuses and due dates are told for.
    pub today: Date,
}

/// How documents hang together. Positions are indices of [`Portal::documents`]; nothing is copied out of a document,
/// so an edit that leaves the relations alone leaves this alone. The large ones are shared between a portal and the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    pub by_id: Arc<HashMap<DocumentId, usize>>,
    /// Newest first, undated last.
    pub by_date: Vec<usize>,
    /// Documents lying directly in a section, in the section's order.
    pub by_section: BTreeMap<String, Vec<usize>>,
    /// Documents of a body, newest first.
    pub by_body: BTreeMap<BodyId, Vec<usize>>,
    /// Documents on a topic, newest first.
    pub by_topic: BTreeMap<TopicId, Vec<usize>>,
    /// Documents in which a body has a role, with the role's name, newest first.
    pub roles_of: BTreeMap<BodyId, Vec<(usize, String)>>,
    /// What points at a document, per document.
    pub backlinks: Arc<BTreeMap<DocumentId, Vec<Backlink>>>,
    /// The decisions that fulfil what a decision gave, per decision.
    pub fulfilled_by: BTreeMap<DecisionRef, Vec<DecisionRef>>,
    /// The registers of meetings and assignments in their parts, newest first.
    pub listed: BTreeMap<RegisterPage, BTreeMap<Choice, Vec<usize>>>,
    /// Decisions, taken or told of: document and clause, by the day they were taken, newest first.
    pub decisions: BTreeMap<Choice, Arc<Vec<(usize, Clause)>>>,
    /// In order of due date, undated last.
    pub obligations: Arc<Vec<Obligation>>,
}

/// Which part of a register is listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    All,
    Year(i16),
    Body(BodyId),
    Topic(TopicId),
    /// Decisions of one sort.
    Sort(DecisionKind),
}

/// A decision of a document, by its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    Taken(usize),
    /// Told of in the document, taken elsewhere.
    Reported(usize),
}

impl Clause {
    /// When the decision was taken, as far as the document knows.
    pub fn day(self, document: &Document) -> Option<Date> {
        match self {
            Self::Taken(_) => document.date,
            Self::Reported(at) => document.reported()[at].date.map(PartialDate::first_day),
        }
    }
}

/// One relation, seen from its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    pub relation: Relation,
    pub from: usize,
    /// The decision in `from` that makes the relation, where one does.
    pub decision: Option<DecisionRef>,
}

/// The typed relations of documents and decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Adopts,
    Prolongs,
    Terminates,
    Fulfils,
    Notes,
    Replaces,
    FoundedOn,
    BuildsOn,
    Relates,
    Mentions,
}

impl Portal {
    /// The document that an index of [`Links`] means.
    pub fn at(&self, index: usize) -> &Arc<Document> {
        &self.documents[index]
    }

    pub fn document(&self, id: &str) -> Option<&Arc<Document>> {
        self.links.by_id.get(id).map(|&at| &self.documents[at])
    }

    /// How the agreement stands on the portal's day, and the event that makes it so.
    pub fn status<'a>(&self, agreement: &'a Agreement) -> (Status, Option<&'a ValidityEvent>) {
        let events = self.events(agreement);
        let (status, event) = status(&events, self.today, self.site.ends_soon_days);
        let at = event.and_then(|event| events.iter().position(|other| std::ptr::eq(other, event)));
        (status, at.map(|at| &agreement.events[at]))
    }

    /// The agreement's events. What is replaced, nobody has said when, is so when that which replaces it begins.
    pub fn events<'a>(&self, agreement: &'a Agreement) -> Cow<'a, [ValidityEvent]> {
        let mut events = Cow::Borrowed(&agreement.events[..]);
        for (at, event) in agreement.events.iter().enumerate() {
            let EventKind::Replaced(Some(by)) = &event.kind else { continue };
            let begins = self.begins(by).filter(|_| event.from.is_none() && event.to.is_none());
            let is_later = |from: &PartialDate| event.decided.is_none_or(|day| day.last_day() < from.last_day());
            if let Some(from) = begins.filter(is_later) {
                events.to_mut()[at].from = Some(from);
            }
        }
        events
    }

    /// When an agreement begins to apply, as far as it tells.
    fn begins(&self, id: &DocumentId) -> Option<PartialDate> {
        let Kind::Agreement(agreement) = &self.document(id.as_str())?.kind else { return None };
        agreement.events.iter().find(|event| event.kind == EventKind::Adopted)?.from
    }

    /// The decision clause that `reference` names, with its document.
    pub fn decision(&self, reference: &DecisionRef) -> Option<(&Arc<Document>, &Decision)> {
        let document = self.document(reference.document.as_str())?;
        let decision = document.decisions().iter().find(|decision| decision.id == reference.decision)?;
        Some((document, decision))
    }

    /// The reported decision that `reference` names, with the document that tells of it.
    pub fn reported(&self, reference: &DecisionRef) -> Option<(&Arc<Document>, &ReportedDecision)> {
        let document = self.document(reference.document.as_str())?;
        let decision = document.reported().iter().find(|decision| decision.id == reference.decision)?;
        Some((document, decision))
    }

    /// The files that this edition publishes: attachments and originals of its documents, and pictures in its texts.
    pub fn published_files(&self) -> BTreeSet<&str> {
        self.named_files().into_keys().collect()
    }

    /// The same, each with the first place that names it.
    pub fn named_files(&self) -> BTreeMap<&str, &Place> {
        let mut files: BTreeMap<&str, &Place> = BTreeMap::new();
        let mut name = |file, place| {
            files.entry(file).or_insert(place);
        };
        for document in &self.documents {
            let attached = document.attachments.iter().filter_map(|attachment| attachment.file.as_deref());
            let originals = document.original.iter().filter_map(|original| original.file.as_deref());
            let pictures = document.text.images.iter().map(|image| image.file.as_str());
            attached.chain(originals).chain(pictures).for_each(|file| name(file, &document.place));
        }
        for section in self.sections.values() {
            let pictures = section.text.iter().flat_map(|text| &text.images);
            pictures.for_each(|picture| name(&picture.file, &section.place));
        }
        files.retain(|file, _| self.files.contains_key(*file));
        files
    }

    pub fn backlinks(&self, id: &DocumentId) -> &[Backlink] {
        self.links.backlinks.get(id).map_or(&[], Vec::as_slice)
    }

    /// The decisions that fulfil what `decision` gave.
    pub fn fulfilled_by(&self, decision: &DecisionRef) -> &[DecisionRef] {
        self.links.fulfilled_by.get(decision).map_or(&[], Vec::as_slice)
    }
}

impl Relation {
    /// Whether what makes the relation does something to its target.
    pub fn acts(self) -> bool {
        matches!(self, Self::Adopts | Self::Prolongs | Self::Terminates | Self::Fulfils | Self::Replaces)
    }

    /// How the target's page words it: "Antagen genom".
    pub fn inverse_label(self) -> &'static str {
        match self {
            Self::Adopts => "Antagen genom",
            Self::Prolongs => "Förlängd genom",
            Self::Terminates => "Upphävd genom",
            Self::Fulfils => "Fullgjord genom",
            Self::Notes => "Noterad i",
            Self::Replaces => "Ersatt av",
            Self::FoundedOn => "Grund för",
            Self::BuildsOn => "Lokala överenskommelser",
            Self::Relates => "Hör ihop med",
            Self::Mentions => "Nämns i",
        }
    }

    /// How the page that makes the relation words it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Adopts => "Antar",
            Self::Prolongs => "Förlänger",
            Self::Terminates => "Upphäver",
            Self::Fulfils => "Fullgör",
            Self::Notes => "Noterar",
            Self::Replaces => "Ersätter",
            Self::FoundedOn => "Grundas på",
            Self::BuildsOn => "Bygger på",
            Self::Relates => "Hör ihop med",
            Self::Mentions => "Nämner",
        }
    }
}
