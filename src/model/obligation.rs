//! What somebody owes somebody: follow-ups, gates, deliverables, ends of validity, dates set by decisions.

use super::{Cadence, DecisionRef, DocumentId, PartialDate, Party};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub kind: ObligationKind,
    pub who: Vec<Party>,
    pub what: String,
    pub due: Due,
    pub to_whom: Vec<Party>,
    pub document: DocumentId,
    /// The decision that set it, where one did.
    pub decision: Option<DecisionRef>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObligationKind {
    FollowUp,
    Gate,
    Deliverable,
    ValidityEnd,
    /// An agreement that stands until something has happened.
    Condition,
    Assignment,
}

/// When it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    On(PartialDate),
    Recurring(Cadence, Option<PartialDate>),
    /// The source sets no date.
    Open,
}

impl Due {
    /// The date to sort and to warn by.
    pub fn date(self) -> Option<PartialDate> {
        match self {
            Self::On(date) => Some(date),
            Self::Recurring(_, first) => first,
            Self::Open => None,
        }
    }
}

impl ObligationKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::FollowUp => "Uppföljning",
            Self::Gate => "Beslutspunkt",
            Self::Deliverable => "Leverans",
            Self::ValidityEnd => "Giltighet upphör",
            Self::Condition => "Villkor för giltighet",
            Self::Assignment => "Uppdrag",
        }
    }
}
