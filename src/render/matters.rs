//! The chain of one matter over meetings and bodies, from typed relations alone: what was given, adopted, prolonged,
//! replaced, fulfilled. Made once for all pages.
//!
//! What two documents or decisions have in common by topic or by name ties nothing together.

use crate::model::{
    BodyId, Date, Decision, DecisionFacts, DecisionRef, DocumentId, EventKind, Kind, PartialDate, Party, Portal, slug,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A document or a decision of a matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// By its index in the portal.
    Document(usize),
    Decision(DecisionRef),
}

#[derive(Debug)]
pub struct Matter {
    /// The page's name below `fragor/`.
    pub id: String,
    /// The document that it is about; `None` for decisions alone.
    pub document: Option<usize>,
    pub parts: BTreeSet<Part>,
}

#[derive(Debug, Default)]
pub struct Matters {
    all: Vec<Matter>,
    of: HashMap<Part, usize>,
    /// Documents that name a decision as theirs: adopted by it, or given an event of validity.
    acts_on: BTreeMap<DecisionRef, BTreeSet<usize>>,
    by_id: HashMap<String, usize>,
    /// Meetings by body and day, to find where a decision that is told of elsewhere was taken.
    sittings: HashMap<(BodyId, Date), Vec<usize>>,
    /// Where decisions of a body on a day are told of.
    told: HashMap<(BodyId, Date), Vec<DecisionRef>>,
}

impl Matters {
    pub fn of(portal: &Portal) -> Self {
        let acts_on = acts_on(portal);
        let mut ties = Ties::default();
        for (decision, documents) in &acts_on {
            // A decision over several documents makes no one matter of them.
            if let (Some(&document), 1) = (documents.first(), documents.len()) {
                ties.tie(Part::Decision(decision.clone()), Part::Document(document));
            }
        }
        for (given, done) in &portal.links.fulfilled_by {
            done.iter().for_each(|done| ties.tie(Part::Decision(given.clone()), Part::Decision(done.clone())));
        }
        for (document, other) in successors(portal) {
            ties.tie(Part::Document(document), Part::Document(other));
        }
        let mut groups = ties.groups();
        let mut place: HashMap<usize, usize> = HashMap::new();
        for (group, parts) in groups.iter().enumerate() {
            place.extend(parts.iter().filter_map(|part| match part {
                Part::Document(at) => Some((*at, group)),
                Part::Decision(_) => None,
            }));
        }
        for (decision, documents) in acts_on.iter().filter(|(_, documents)| documents.len() > 1) {
            for &document in documents {
                let group = *place.entry(document).or_insert_with(|| {
                    groups.push(BTreeSet::from([Part::Document(document)]));
                    groups.len() - 1
                });
                groups[group].insert(Part::Decision(decision.clone()));
            }
        }
        let mut out = Self { acts_on, ..Self::default() };
        out.add_sittings(portal);
        groups.into_iter().filter(|parts| parts.len() > 1).for_each(|parts| out.add(portal, parts));
        out
    }

    fn add(&mut self, portal: &Portal, parts: BTreeSet<Part>) {
        let document = parts.iter().filter_map(|part| match part {
            Part::Document(at) => Some(*at),
            Part::Decision(_) => None,
        });
        // Where one document follows another the latest is what the matter is about now.
        let document = document.max_by_key(|&at| (portal.at(at).date, std::cmp::Reverse(at)));
        let name = match (document, parts.first()) {
            (Some(at), _) => portal.at(at).id.to_string(),
            (None, Some(Part::Decision(decision))) => decision.to_string(),
            (None, _) => return,
        };
        for part in &parts {
            self.of.entry(part.clone()).or_insert(self.all.len());
        }
        let id = file_name(&name);
        self.by_id.insert(id.clone(), self.all.len());
        self.all.push(Matter { id, document, parts });
    }

    fn add_sittings(&mut self, portal: &Portal) {
        for (at, document) in portal.documents.iter().enumerate() {
            if let (Kind::Meeting(_), Some(body), Some(date)) = (&document.kind, &document.body, document.date) {
                self.sittings.entry((body.clone(), date)).or_default().push(at);
            }
            for reported in document.reported() {
                if let (Some(Party::Body(body)), Some(PartialDate::Day(date))) = (&reported.decided_by, reported.date) {
                    let decision = DecisionRef { document: document.id.clone(), decision: reported.id.clone() };
                    self.told.entry((body.clone(), date)).or_default().push(decision);
                }
            }
        }
    }

    /// The meetings that `body` held on `date`.
    pub fn sittings(&self, body: &BodyId, date: Date) -> &[usize] {
        self.sittings.get(&(body.clone(), date)).map_or(&[], Vec::as_slice)
    }

    /// Where decisions that `body` took on `date` are told of.
    pub fn told(&self, body: &BodyId, date: Date) -> &[DecisionRef] {
        self.told.get(&(body.clone(), date)).map_or(&[], Vec::as_slice)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Matter> {
        self.all.iter()
    }

    pub fn get(&self, id: &str) -> Option<&Matter> {
        self.by_id.get(id).map(|&at| &self.all[at])
    }

    /// The matter that a part belongs to.
    pub fn with(&self, part: &Part) -> Option<&Matter> {
        self.of.get(part).map(|&at| &self.all[at])
    }

    /// The documents that a decision acts on, by its own facts or by theirs.
    pub fn acted_on(&self, decision: &DecisionRef) -> impl Iterator<Item = usize> + '_ {
        self.acts_on.get(decision).into_iter().flatten().copied()
    }
}

impl Matter {
    /// The page's address from the site's root.
    pub fn url(&self) -> String {
        format!("fragor/{}.html", self.id)
    }
}

/// Short enough for every host, and unlike every other.
fn file_name(id: &str) -> String {
    let name = slug(id);
    if name.len() <= 90 {
        return name;
    }
    let end = (0..=80).rev().find(|&end| name.is_char_boundary(end)).unwrap_or(0);
    format!("{}-{}", name[..end].trim_end_matches('-'), &blake3::hash(id.as_bytes()).to_hex()[..8])
}

fn acts_on(portal: &Portal) -> BTreeMap<DecisionRef, BTreeSet<usize>> {
    let mut out: BTreeMap<DecisionRef, BTreeSet<usize>> = BTreeMap::new();
    let index = |id: &DocumentId| portal.links.by_id.get(id).copied();
    for (at, document) in portal.documents.iter().enumerate() {
        let taken = document.decisions().iter().map(|held: &Decision| (&held.id, &held.facts));
        let reported = document.reported().iter().map(|held| (&held.id, &held.facts));
        for (id, facts) in taken.chain(reported) {
            let targets: BTreeSet<usize> = targets(facts).filter_map(index).collect();
            if !targets.is_empty() {
                let decision = DecisionRef { document: document.id.clone(), decision: id.clone() };
                out.entry(decision).or_default().extend(targets);
            }
        }
        match &document.kind {
            Kind::Assignment(assignment) => {
                if let Some(decision) = &assignment.adopted {
                    out.entry(decision.clone()).or_default().insert(at);
                }
            }
            Kind::Agreement(agreement) => {
                let events = agreement.events.iter().filter_map(|event| event.decision.as_ref());
                let adoptions = agreement.adoptions.iter().filter_map(|adoption| adoption.decision.as_ref());
                for decision in events.chain(adoptions) {
                    out.entry(decision.clone()).or_default().insert(at);
                }
            }
            Kind::Meeting(_) | Kind::Page(_) => {}
        }
    }
    out
}

fn targets(facts: &DecisionFacts) -> impl Iterator<Item = &DocumentId> {
    facts.adopts.iter().chain(&facts.prolongs).chain(&facts.terminates)
}

/// Documents that one takes over from the other.
fn successors(portal: &Portal) -> Vec<(usize, usize)> {
    let index = |id: &DocumentId| portal.links.by_id.get(id).copied();
    let mut out = Vec::new();
    for (at, document) in portal.documents.iter().enumerate() {
        if matches!(document.kind, Kind::Meeting(_) | Kind::Page(_)) {
            continue;
        }
        out.extend(document.replaces.iter().filter_map(index).map(|other| (at, other)));
        if let Kind::Agreement(agreement) = &document.kind {
            let replaced = agreement.events.iter().filter_map(|event| match &event.kind {
                EventKind::Replaced(Some(by)) => index(by),
                _ => None,
            });
            out.extend(replaced.map(|other| (at, other)));
        }
    }
    out
}

/// Which parts are tied to which, both ways.
#[derive(Default)]
struct Ties(BTreeMap<Part, Vec<Part>>);

impl Ties {
    fn tie(&mut self, a: Part, b: Part) {
        self.0.entry(a.clone()).or_default().push(b.clone());
        self.0.entry(b).or_default().push(a);
    }

    /// All that hangs together, however far apart.
    fn groups(&self) -> Vec<BTreeSet<Part>> {
        let mut seen: BTreeSet<&Part> = BTreeSet::new();
        let mut out = Vec::new();
        for start in self.0.keys() {
            let (mut group, mut waiting) = (BTreeSet::new(), vec![start]);
            while let Some(part) = waiting.pop() {
                if seen.insert(part) {
                    group.insert(part.clone());
                    waiting.extend(&self.0[part]);
                }
            }
            if !group.is_empty() {
                out.push(group);
            }
        }
        out
    }
}
