//! An agreement's validity: what happened to it, and how it stands on a date.

mod status;

pub use status::status;

use super::{BodyId, Date, DecisionRef, DocumentId, PartialDate, Reference};

/// Something that happened to an agreement's validity, with the decision behind it.
#[derive(Clone, Debug)]
pub struct ValidityEvent {
    pub kind: EventKind,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
    /// When it was decided.
    pub decided: Option<PartialDate>,
    pub decision: Option<DecisionRef>,
    pub decided_by: Option<BodyId>,
    pub source: Option<Reference>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    Adopted,
    Prolonged,
    /// In force past its end until something happens, in words.
    Conditional(String),
    Revised,
    Replaced(Option<DocumentId>),
    /// Given notice; it is over on the event's `from`, or after its `to`.
    Terminated,
    Repealed,
}

/// How an agreement stands on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub kind: StatusKind,
    /// Last day of validity, where one is known and still to come or just passed.
    pub until: Option<Date>,
    pub ends: Ends,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusKind {
    /// Gäller inte än, from this day.
    NotYet(Date),
    InForce,
    Prolonged,
    /// Gäller tills vidare (villkorat): the condition in words.
    Conditional(String),
    /// Kan ha förlängts: a prolongation is told of, but not to when.
    PerhapsProlonged,
    Replaced(Option<DocumentId>),
    /// Uppsagd, still in force to `until`; without one, nobody has said when it ends.
    Terminated,
    Ended,
    Unknown,
}

/// "Upphör snart" can hold beside any status that is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Soon,
    NotSoon,
}

impl Status {
    /// The words that readers see, dates in ISO form: `Förlängd till 2027-06-30`.
    pub fn label(&self) -> String {
        match (&self.kind, self.until) {
            (StatusKind::NotYet(day), _) => format!("Gäller inte än (från {day})"),
            (StatusKind::InForce, Some(day)) => format!("Gäller till {day}"),
            (StatusKind::InForce, None) => "Gäller".to_owned(),
            (StatusKind::Prolonged, Some(day)) => format!("Förlängd till {day}"),
            (StatusKind::Prolonged, None) => "Förlängd".to_owned(),
            (StatusKind::Conditional(_), _) => "Gäller tills vidare (villkorat)".to_owned(),
            (StatusKind::PerhapsProlonged, _) => "Kan ha förlängts – kontrollera".to_owned(),
            (StatusKind::Replaced(_), _) => "Ersatt".to_owned(),
            (StatusKind::Terminated, _) => "Uppsagd".to_owned(),
            (StatusKind::Ended, _) => "Har upphört".to_owned(),
            (StatusKind::Unknown, _) => "Giltighet okänd".to_owned(),
        }
    }

    /// Stable key for styling and data.
    pub fn key(&self) -> &'static str {
        match &self.kind {
            StatusKind::NotYet(_) => "inte-an",
            StatusKind::InForce => "galler",
            StatusKind::Prolonged => "forlangd",
            StatusKind::Conditional(_) => "villkorat",
            StatusKind::PerhapsProlonged => "kontrollera",
            StatusKind::Replaced(_) => "ersatt",
            StatusKind::Terminated => "uppsagd",
            StatusKind::Ended => "upphort",
            StatusKind::Unknown => "okand",
        }
    }

    /// Whether a reader may rely on it on that day.
    pub fn applies(&self) -> Applies {
        match self.kind {
            StatusKind::Terminated if self.until.is_none() => Applies::Perhaps,
            StatusKind::InForce | StatusKind::Prolonged | StatusKind::Conditional(_) | StatusKind::Terminated => {
                Applies::Yes
            }
            StatusKind::PerhapsProlonged | StatusKind::Unknown => Applies::Perhaps,
            StatusKind::NotYet(_) | StatusKind::Replaced(_) | StatusKind::Ended => Applies::No,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applies {
    Yes,
    Perhaps,
    No,
}

impl EventKind {
    /// The key that editors write.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Adopted => "antagen",
            Self::Prolonged => "förlängd",
            Self::Conditional(_) => "villkorad",
            Self::Revised => "reviderad",
            Self::Replaced(_) => "ersatt",
            Self::Terminated => "uppsagd",
            Self::Repealed => "upphävd",
        }
    }

    /// Whether such an event ends the validity, at once or later.
    pub fn ends(&self) -> bool {
        matches!(self, Self::Replaced(_) | Self::Terminated | Self::Repealed)
    }
}

/// When what ends an agreement takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// The first day on which it may be over.
    pub earliest: Date,
    /// The first day on which it surely is; another one where only the month or year is known.
    pub latest: Date,
}

impl ValidityEvent {
    /// When the validity is over by this event; `None` when it ends nothing or nobody has said when.
    pub fn over(&self) -> Option<Over> {
        if !self.kind.ends() {
            return None;
        }
        if let Some(to) = self.to {
            let day = to.last_day().tomorrow().ok()?;
            return Some(Over { earliest: day, latest: day });
        }
        // Notice is given long before it takes effect.
        let decided = self.decided.filter(|_| self.kind != EventKind::Terminated);
        let day = self.from.or(decided)?;
        Some(Over { earliest: day.first_day(), latest: day.last_day() })
    }
}
