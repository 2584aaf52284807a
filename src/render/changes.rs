//! What has changed since the build before, for the feeds: of each document and decision, a digest of what the edition
//! shows of it, and the day on which a build found another one.
//!
//! The site carries the list (`andringar.json`), so that the next build into the same folder can compare with it. It is
//! made of the edition alone: what the edition may not hold cannot make anything change.

use super::feeds::dated;
use crate::model::{Agreement, Date, Decision, DecisionFacts, Document, Formality, Kind, Meeting, Portal};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The list's name in the output.
pub const CHANGES: &str = "andringar.json";

/// How digests are made. Those of another form tell nothing.
const FORM: u32 = 2;

/// The part of a decision that is compared.
const WORDING: &str = "ordalydelse";

/// By document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    form: u32,
    documents: BTreeMap<String, Shown>,
}

/// What a document showed, and when a build last found that this was not what it had shown before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shown {
    parts: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Change>,
    /// The digest of each decision's wording: thousands of them, so they are not told apart further.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    decisions: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    changed_decisions: BTreeMap<String, Change>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub day: Date,
    /// The parts that changed; none when the entry was new.
    pub parts: Vec<String>,
}

impl Changes {
    /// What the portal shows, compared with `before`: the list of the same edition's earlier build, as it stands in its
    /// file. Without one that can be read nothing has changed.
    pub fn since(portal: &Portal, before: Option<&[u8]>) -> Self {
        let before = before.and_then(|json| serde_json::from_slice::<Self>(json).ok());
        let told = portal.documents.par_iter().filter(|document| !matches!(document.kind, Kind::Page(_)));
        let told: Vec<_> = told.map(|document| (document, shown(portal, document))).collect();
        let documents = told.into_iter().map(|(document, mut shown)| {
            match &before {
                Some(before) if before.form == FORM => {
                    shown.compare(before.documents.get(document.id.as_str()), portal.today);
                }
                _ => shown.first_told(portal, document),
            }
            (document.id.to_string(), shown)
        });
        Self { form: FORM, documents: documents.collect() }
    }

    /// When a build last found the document changed; `None` when no two builds have differed in it.
    pub fn of(&self, document: &Document) -> Option<&Change> {
        self.documents.get(document.id.as_str())?.changed.as_ref()
    }

    /// The same for one of its decisions.
    pub fn of_decision(&self, document: &Document, decision: &Decision) -> Option<&Change> {
        self.documents.get(document.id.as_str())?.changed_decisions.get(decision.id.as_str())
    }

    /// As it stands in the file.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).expect("texts, numbers and days are JSON");
        json.push(b'\n');
        json
    }
}

impl Shown {
    /// What differs from the build before has changed today; what does not keeps what was found.
    fn compare(&mut self, before: Option<&Self>, today: Date) {
        let new = || Some(Change { day: today, parts: Vec::new() });
        self.changed = before.map_or_else(new, |held| {
            let other = self.parts.iter().filter(|(name, digest)| held.parts.get(*name) != Some(*digest));
            let parts: Vec<String> = other.map(|(name, _)| name.clone()).collect();
            if parts.is_empty() { held.changed.clone() } else { Some(Change { day: today, parts }) }
        });
        let changed = self.decisions.iter().filter_map(|(id, digest)| {
            let change = match before.and_then(|held| held.decisions.get(id)) {
                Some(held) if held == digest => before?.changed_decisions.get(id).cloned(),
                Some(_) => Some(Change { day: today, parts: vec![WORDING.to_owned()] }),
                None => new(),
            };
            Some((id.clone(), change?))
        });
        self.changed_decisions = changed.collect();
    }

    /// Without a build before: what the content gives no day that has come was made known by this one.
    fn first_told(&mut self, portal: &Portal, document: &Document) {
        let today = Change { day: portal.today, parts: Vec::new() };
        let past = |day: Date| day <= portal.today;
        if !dated(portal, document).any(|(day, _)| past(day)) {
            self.changed = Some(today.clone());
        }
        if !document.date.is_some_and(past) {
            self.changed_decisions = self.decisions.keys().map(|id| (id.clone(), today.clone())).collect();
        }
    }
}

fn shown(portal: &Portal, document: &Document) -> Shown {
    let decisions = document.decisions().iter().filter(|decision| decision.formality == Formality::Substantive);
    let decisions = decisions.map(|decision| (decision.id.to_string(), digest(&decision.text))).collect();
    Shown { parts: parts(portal, document), decisions, ..Shown::default() }
}

/// Digests of what a reader sees of a document. Nothing in them tells where in its file it stands: that changes with what
/// the edition does not show.
fn parts(portal: &Portal, document: &Document) -> BTreeMap<String, String> {
    let Document {
        id,
        title,
        date,
        body,
        topics,
        summary,
        dnr,
        version,
        versions,
        attachments,
        replaces,
        founded_on,
        relates,
        original,
        county,
        kind,
        text: _,
        visibility: _,
        quality: _,
        proofread: _,
        aliases: _,
        draft: _,
        cut: _,
        place: _,
    } = document;
    let original = original.as_ref().map(|original| (&original.file, &original.held_by));
    let facts = (title, date, body, topics, summary, dnr, version, versions, county);
    let related = (attachments, replaces, founded_on, relates, original);
    let mut parts = BTreeMap::from([("text".to_owned(), text(document))]);
    let mut tell = |name: &str, shown: &dyn Debug| {
        parts.insert(name.to_owned(), digest(&format!("{shown:?}")));
    };
    match kind {
        Kind::Agreement(agreement) => {
            let acts = portal.backlinks(id).iter().filter(|backlink| backlink.relation.acts());
            let acts: Vec<_> = acts.map(|act| (act.relation, &portal.at(act.from).id, &act.decision)).collect();
            let Agreement { form, parties, target_group, events, adoptions, builds_on, notice, contradictions } =
                agreement;
            tell("giltighet", &(events, adoptions, acts));
            tell("uppgifter", &(facts, related, form, parties, target_group, builds_on, notice, contradictions));
        }
        Kind::Assignment(assignment) => tell("uppgifter", &(facts, related, assignment)),
        Kind::Meeting(Meeting { form, venue, decisions, reported, .. }) => {
            // Most decisions have no facts of their own.
            let has_facts = |decision: &Decision| decision.facts != DecisionFacts::default();
            let decisions: Vec<_> = decisions
                .iter()
                .map(|decision| (&decision.id, &decision.text, has_facts(decision).then_some(&decision.facts)))
                .collect();
            tell("beslut", &(decisions, reported));
            tell("uppgifter", &(facts, related, form, venue));
        }
        Kind::Page(_) => {}
    }
    parts
}

/// The digest of the text without comments and blank lines, which show nothing.
fn text(document: &Document) -> String {
    let markdown = document.text.without_directive_lines();
    let mut shown = String::with_capacity(markdown.len());
    let mut rest = &*markdown;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        push_lines(&mut shown, before);
        rest = match markup.strip_prefix("<!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => {
                shown.push('<');
                &markup[1..]
            }
        };
    }
    push_lines(&mut shown, rest);
    digest(&shown)
}

/// The lines that hold something, without the blanks around them.
fn push_lines(shown: &mut String, text: &str) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        shown.push_str(line);
        shown.push('\n');
    }
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..12].to_owned()
}
