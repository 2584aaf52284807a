//! Assignments: uppdragsbeskrivning, uppdragsdirektiv, projektdirektiv.

use super::{Date, DecisionRef, PartialDate, Party};

#[derive(Clone, Debug)]
pub struct Assignment {
    pub form: AssignmentForm,
    pub roles: Vec<Role>,
    pub period: Option<Period>,
    pub phases: Vec<Phase>,
    pub gates: Vec<Gate>,
    pub deliverables: Vec<Deliverable>,
    pub follow_up: Vec<FollowUp>,
    pub funding: Vec<Funding>,
    pub change_mandates: Vec<ChangeMandate>,
    pub adopted: Option<DecisionRef>,
    pub status: AssignmentStatus,
    pub target_group: Option<String>,
    /// What the source says in two ways; shown, not settled.
    pub contradictions: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignmentForm {
    Description,
    Directive,
    ProjectDirective,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignmentStatus {
    Draft,
    Ongoing,
    Ended,
    Replaced,
    Unknown,
}

#[derive(Clone, Debug)]
pub struct Role {
    /// As the document names it: beställare, uppdragsägare, mottagare …
    pub role: String,
    pub holders: Vec<Party>,
    /// The body it acts through.
    pub through: Option<Party>,
}

#[derive(Clone, Debug)]
pub struct Period {
    pub from: Option<PeriodStart>,
    pub to: Option<PartialDate>,
    /// "Tills vidare".
    pub open_ended: Ending,
    pub certainty: Certainty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Fixed,
    UntilFurtherNotice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Firm,
    Preliminary,
}

#[derive(Clone, Debug)]
pub enum PeriodStart {
    Date(PartialDate),
    /// "Beslutsdatum" and the like.
    Words(String),
}

#[derive(Clone, Debug)]
pub struct Phase {
    pub name: String,
    pub from: Option<PartialDate>,
    pub to: Option<PartialDate>,
    pub description: Option<String>,
}

/// A decision point: BP1 to BP5.
#[derive(Clone, Debug)]
pub struct Gate {
    pub label: String,
    pub date: Option<Date>,
    pub what: Option<String>,
    pub by: Vec<Party>,
}

#[derive(Clone, Debug)]
pub struct Deliverable {
    pub what: String,
    pub to: Vec<Party>,
    pub due: Option<PartialDate>,
}

#[derive(Clone, Debug)]
pub struct FollowUp {
    pub cadence: Cadence,
    pub by: Option<Party>,
    pub to: Option<Party>,
    pub first: Option<Date>,
    pub what: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cadence {
    Continuous,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

#[derive(Clone, Debug)]
pub struct Funding {
    pub source: String,
    /// Kronor.
    pub amount: Option<u64>,
    pub code: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ChangeMandate {
    pub concerns: String,
    pub decided_by: Vec<Party>,
}

impl AssignmentForm {
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Description, "uppdragsbeskrivning", "Uppdragsbeskrivning"),
        (Self::Directive, "uppdragsdirektiv", "Uppdragsdirektiv"),
        (Self::ProjectDirective, "projektdirektiv", "Projektdirektiv"),
    ];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl AssignmentStatus {
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Draft, "utkast", "Utkast"),
        (Self::Ongoing, "pågående", "Pågående"),
        (Self::Ended, "avslutat", "Avslutat"),
        (Self::Replaced, "ersatt", "Ersatt"),
        (Self::Unknown, "okänd", "Okänd"),
    ];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl Cadence {
    /// Months from one time to the next; `None` for what goes on all the time.
    pub fn months(self) -> Option<i32> {
        match self {
            Self::Continuous => None,
            Self::Monthly => Some(1),
            Self::Quarterly => Some(3),
            Self::HalfYearly => Some(6),
            Self::Yearly => Some(12),
        }
    }

    /// The first day on or after `from` that lies a whole number of periods after `start`. A month without the day has
    /// its last day instead.
    pub fn next(self, start: Date, from: Date) -> Option<Date> {
        let months = self.months()?;
        let apart = (i32::from(from.year()) - i32::from(start.year())) * 12 + i32::from(from.month())
            - i32::from(start.month());
        let first = (apart / months).max(0);
        (first..=first + 1)
            .filter_map(|count| start.checked_add(jiff::Span::new().months(count * months)).ok())
            .find(|day| *day >= from)
    }

    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Continuous, "löpande"),
        (Self::Monthly, "månadsvis"),
        (Self::Quarterly, "kvartalsvis"),
        (Self::HalfYearly, "halvårsvis"),
        (Self::Yearly, "årligen"),
    ];

    pub fn label(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_recurs_keeps_its_day_as_far_as_the_month_has_it() {
        let next = |cadence: Cadence, start: &str, from: &str| {
            let day = |text: &str| text.parse().expect("a date");
            cadence.next(day(start), day(from)).map(|day| day.to_string()).unwrap_or_default()
        };
        for (cadence, start, from, want) in [
            (Cadence::Yearly, "2026-01-29", "2026-01-29", "2026-01-29"),
            (Cadence::Yearly, "2026-01-29", "2026-01-30", "2027-01-29"),
            (Cadence::Yearly, "2026-01-29", "2026-11-22", "2027-01-29"),
            (Cadence::Yearly, "2024-02-29", "2024-03-01", "2025-02-28"),
            (Cadence::Monthly, "2026-01-31", "2026-02-01", "2026-02-28"),
            (Cadence::Monthly, "2026-01-31", "2026-03-01", "2026-03-31"),
            (Cadence::Quarterly, "2026-01-15", "2026-11-22", "2027-01-15"),
            (Cadence::HalfYearly, "2026-01-15", "2026-07-15", "2026-07-15"),
            (Cadence::Monthly, "2027-01-15", "2026-07-15", "2027-01-15"),
            (Cadence::Continuous, "2026-01-15", "2026-07-15", ""),
        ] {
            assert_eq!(next(cadence, start, from), want, "{} {start} {from}", cadence.label());
        }
    }
}
