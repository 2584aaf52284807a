//! What is owed, in the order that lists show it: in all, by each body, and by each document. Made once for all pages.

use super::view::{next_day, state};
use crate::model::{BodyId, Choice, Date, DocumentId, Party, Portal, Tier};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Indices of [`crate::model::Links::obligations`].
#[derive(Debug, Default)]
pub struct Owed {
    /// What has passed, latest first; what is to come, nearest first; what recurs; what has no date; what is done.
    by_choice: BTreeMap<Choice, Vec<usize>>,
    of_document: HashMap<DocumentId, Vec<usize>>,
    towards: BTreeMap<BodyId, Vec<usize>>,
}

impl Owed {
    pub fn of(portal: &Portal) -> Self {
        let mut out = Self::default();
        out.by_choice.insert(Choice::All, Vec::new());
        // The principals ask "what follows for us?", also when the answer is nothing.
        let principals = portal.registers.bodies.iter().filter(|body| body.tier == Tier::Principal);
        principals.for_each(|body| drop(out.by_choice.insert(Choice::Body(body.id.clone()), Vec::new())));
        let mut order: Vec<usize> = (0..portal.links.obligations.len()).collect();
        order.sort_by_cached_key(|&at| place(portal, at));
        for at in order {
            out.add(portal, at);
        }
        out
    }

    fn add(&mut self, portal: &Portal, at: usize) {
        let held = &portal.links.obligations[at];
        self.of_document.entry(held.document.clone()).or_default().push(at);
        self.by_choice.entry(Choice::All).or_default().push(at);
        for party in &held.to_whom {
            if let Party::Body(id) = party {
                self.towards.entry(id.clone()).or_default().push(at);
            }
        }
        for party in &held.who {
            if let Party::Body(id) = party {
                let owed = self.by_choice.entry(Choice::Body(id.clone())).or_default();
                if owed.last() != Some(&at) {
                    owed.push(at);
                }
            }
        }
    }

    /// What is owed in all, or by one body.
    pub fn under(&self, choice: &Choice) -> &[usize] {
        self.by_choice.get(choice).map_or(&[], Vec::as_slice)
    }

    /// What `body` owes.
    pub fn by(&self, body: &BodyId) -> &[usize] {
        self.under(&Choice::Body(body.clone()))
    }

    /// What others owe `body`.
    pub fn towards(&self, body: &BodyId) -> &[usize] {
        self.towards.get(body).map_or(&[], Vec::as_slice)
    }

    /// What follows from one document.
    pub fn of_document(&self, id: &DocumentId) -> &[usize] {
        self.of_document.get(id).map_or(&[], Vec::as_slice)
    }

    /// All, and every body that owes something or is a principal, with how much.
    pub fn counts(&self) -> Vec<(Choice, usize)> {
        self.by_choice.iter().map(|(choice, held)| (choice.clone(), held.len())).collect()
    }
}

/// Where an obligation stands in a list.
fn place(portal: &Portal, at: usize) -> (u8, Reverse<Option<Date>>, Date, usize) {
    let held = &portal.links.obligations[at];
    let day = held.due.date().map(|date| date.last_day());
    match state(portal, held) {
        "overdue" => (0, Reverse(day), Date::MIN, at),
        "dated" => (1, Reverse(None), day.unwrap_or(Date::MAX), at),
        "recurring" => (2, Reverse(None), next_day(portal, held).unwrap_or(Date::MAX), at),
        "open" => (3, Reverse(None), Date::MAX, at),
        _ => (4, Reverse(None), Date::MAX, at),
    }
}
