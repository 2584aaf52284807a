//! Which entries the registers list under each choice. Made once for all pages.

use super::routes::Choice;
use crate::model::{Date, Document, Kind, PartialDate, Party, Portal, RegisterPage};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The registers that are listed in parts: by year, body, topic and sort. Newest first everywhere.
#[derive(Debug, Default)]
pub struct Listings {
    pub meetings: BTreeMap<Choice, Vec<usize>>,
    pub assignments: BTreeMap<Choice, Vec<usize>>,
    /// Document and clause.
    pub decisions: BTreeMap<Choice, Vec<(usize, Clause)>>,
}

/// A decision of a document, by its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    Taken(usize),
    /// Told of in the document, taken elsewhere.
    Reported(usize),
}

impl Listings {
    pub fn of(portal: &Portal) -> Self {
        let mut out = Self::default();
        for register in [&mut out.meetings, &mut out.assignments] {
            register.insert(Choice::All, Vec::new());
        }
        out.decisions.insert(Choice::All, Vec::new());
        for &at in &portal.links.by_date {
            let document = portal.at(at);
            let register = match document.kind {
                Kind::Meeting(_) => &mut out.meetings,
                Kind::Assignment(_) => &mut out.assignments,
                Kind::Agreement(_) | Kind::Page(_) => continue,
            };
            for choice in common_choices(document) {
                register.entry(choice).or_default().push(at);
            }
            out.add_decisions(at, document);
        }
        // What is told of later was taken earlier; the order of the rest stands.
        for held in out.decisions.values_mut() {
            if held.iter().any(|(_, clause)| matches!(clause, Clause::Reported(_))) {
                held.sort_by_key(|(at, clause)| Reverse(day(portal.at(*at), *clause)));
            }
        }
        out
    }

    fn add_decisions(&mut self, at: usize, document: &Document) {
        for (number, decision) in document.decisions().iter().enumerate() {
            let topics = document.topics_of(decision).iter().cloned().map(Choice::Topic);
            let sorts = decision.kinds().into_iter().map(Choice::Sort);
            for choice in common_choices(document).chain(topics).chain(sorts) {
                self.decisions.entry(choice).or_default().push((at, Clause::Taken(number)));
            }
        }
        for (number, decision) in document.reported().iter().enumerate() {
            let year = decision.date.map(|date| Choice::Year(date.first_day().year()));
            let body = match &decision.decided_by {
                Some(Party::Body(id)) => Some(Choice::Body(id.clone())),
                Some(Party::Text(_)) | None => None,
            };
            let topics = decision.facts.topics.iter().cloned().map(Choice::Topic);
            let sorts = decision.kinds().into_iter().map(Choice::Sort);
            for choice in std::iter::once(Choice::All).chain(year).chain(body).chain(topics).chain(sorts) {
                self.decisions.entry(choice).or_default().push((at, Clause::Reported(number)));
            }
        }
    }

    /// The parts of a register with their numbers of entries; `None` for a register that is not listed in parts.
    pub fn counts(&self, page: RegisterPage) -> Option<Vec<(Choice, usize)>> {
        fn lengths<T>(held: &BTreeMap<Choice, Vec<T>>) -> Vec<(Choice, usize)> {
            held.iter().map(|(choice, held)| (choice.clone(), held.len())).collect()
        }
        match page {
            RegisterPage::Meetings => Some(lengths(&self.meetings)),
            RegisterPage::Assignments => Some(lengths(&self.assignments)),
            RegisterPage::Decisions => Some(lengths(&self.decisions)),
            _ => None,
        }
    }
}

/// When the decision was taken.
fn day(document: &Document, clause: Clause) -> Option<Date> {
    match clause {
        Clause::Taken(_) => document.date,
        Clause::Reported(at) => document.reported()[at].date.map(PartialDate::first_day),
    }
}

fn common_choices(document: &Document) -> impl Iterator<Item = Choice> + '_ {
    let year = document.date.map(|date| Choice::Year(date.year()));
    let body = document.body.clone().map(Choice::Body);
    std::iter::once(Choice::All).chain(year).chain(body)
}
