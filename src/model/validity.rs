//! Whether an agreement applies on a date, and why: a pure function over its events.

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
    /// Given notice; it ends on the event's `from`.
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
    /// Uppsagd, still in force to `until`.
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

/// The agreement's status on `date`, and the event that makes it so. `soon` is how many days count as "upphör snart".
///
/// Only events decided by then count, so that a past date shows what was known. Never guesses: without an event that
/// covers `date` the answer is [`StatusKind::Unknown`]. `giltighet.js` of the theme says the same in the browser, and
/// `tests/it/validity.rs` holds the two together.
pub fn status(events: &[ValidityEvent], date: Date, soon: u16) -> (Status, Option<&ValidityEvent>) {
    let known: Vec<&ValidityEvent> =
        events.iter().filter(|event| event.decided.is_none_or(|day| day.first_day() <= date)).collect();
    if let Some((kind, event)) = known.iter().rev().find_map(|event| Some((ended_by(event, date)?, *event))) {
        return (plain(kind, event.from.map(PartialDate::first_day)), Some(event));
    }
    let Some(start) = start(&known) else { return (plain(StatusKind::Unknown, None), None) };
    if date < start.day {
        let kind = if start.certain { StatusKind::NotYet(start.day) } else { StatusKind::Unknown };
        return (plain(kind, None), start.certain.then_some(start.event));
    }
    let (status, event) = running(&known, start.event, date, soon);
    under_notice(&known, &status, date, soon).unwrap_or((status, event))
}

fn plain(kind: StatusKind, until: Option<Date>) -> Status {
    Status { kind, until, ends: Ends::NotSoon }
}

fn ended_by(event: &ValidityEvent, date: Date) -> Option<StatusKind> {
    let effective = event.from.or(event.decided)?.first_day();
    match &event.kind {
        EventKind::Repealed | EventKind::Terminated if effective <= date => Some(StatusKind::Ended),
        EventKind::Replaced(by) if effective <= date => Some(StatusKind::Replaced(by.clone())),
        _ => None,
    }
}

struct Start<'a> {
    day: Date,
    /// Whether `day` is the first day of validity, or only the first day on which validity is attested.
    certain: bool,
    event: &'a ValidityEvent,
}

fn start<'a>(known: &[&'a ValidityEvent]) -> Option<Start<'a>> {
    let first = known.first()?;
    if let Some(day) = first.from {
        return Some(Start { day: day.first_day(), certain: true, event: first });
    }
    known
        .iter()
        .filter_map(|event| Some((event.decided?.last_day(), *event)))
        .min_by_key(|(day, _)| *day)
        .map(|(day, event)| Start { day, certain: false, event })
}

fn running<'a>(
    known: &[&'a ValidityEvent],
    first: &'a ValidityEvent,
    date: Date,
    soon: u16,
) -> (Status, Option<&'a ValidityEvent>) {
    let (last, next) = periods(known, date);
    let Some((end, event)) = last else {
        return (plain(StatusKind::InForce, None), Some(first));
    };
    if date > end {
        let (status, reason) = after_end(known, event, end);
        return match next {
            Some((from, event)) if status.kind == StatusKind::Ended => {
                (plain(StatusKind::NotYet(from), None), Some(event))
            }
            _ => (status, reason),
        };
    }
    let kind = if event.kind == EventKind::Prolonged { StatusKind::Prolonged } else { StatusKind::InForce };
    (Status { kind, until: Some(end), ends: ends(date, end, soon) }, Some(event))
}

/// A day and the event that sets it.
type Set<'a> = Option<(Date, &'a ValidityEvent)>;

/// The last day of the period that has begun by `date`, and the first day of one that begins later after a gap.
/// What follows without a gap prolongs the period before it.
fn periods<'a>(known: &[&'a ValidityEvent], date: Date) -> (Set<'a>, Set<'a>) {
    let (mut last, mut next): (Set, Set) = (None, None);
    for &event in known {
        let Some(end) = event.to.map(PartialDate::last_day) else { continue };
        let follows = |from: Date| last.is_none_or(|(end, _)| end.tomorrow().is_ok_and(|day| from <= day));
        match event.from.map(PartialDate::first_day) {
            Some(from) if from > date && !follows(from) => next = next.or(Some((from, event))),
            _ => last = Some((end, event)),
        }
    }
    (last, next)
}

fn ends(date: Date, end: Date, soon: u16) -> Ends {
    let days_left = date.until(end).expect("two civil dates have a span of days").get_days();
    if days_left <= i32::from(soon) { Ends::Soon } else { Ends::NotSoon }
}

/// An agreement in force that has been given notice stands to the day before the notice takes effect.
fn under_notice<'a>(
    known: &[&'a ValidityEvent],
    status: &Status,
    date: Date,
    soon: u16,
) -> Option<(Status, Option<&'a ValidityEvent>)> {
    let in_force = matches!(status.kind, StatusKind::InForce | StatusKind::Prolonged | StatusKind::Conditional(_));
    let notice = known.iter().rev().find(|event| event.kind == EventKind::Terminated).filter(|_| in_force)?;
    let last = notice.from.or(notice.decided)?.first_day().yesterday().ok()?;
    let own = status.until.filter(|_| !matches!(status.kind, StatusKind::Conditional(_)));
    let until = own.map_or(last, |own| own.min(last));
    Some((Status { kind: StatusKind::Terminated, until: Some(until), ends: ends(date, until, soon) }, Some(notice)))
}

fn after_end<'a>(
    known: &[&'a ValidityEvent],
    event: &'a ValidityEvent,
    end: Date,
) -> (Status, Option<&'a ValidityEvent>) {
    for candidate in known.iter().rev() {
        match &candidate.kind {
            EventKind::Conditional(until) => {
                return (plain(StatusKind::Conditional(until.clone()), Some(end)), Some(candidate));
            }
            EventKind::Prolonged if candidate.to.is_none() => {
                return (plain(StatusKind::PerhapsProlonged, Some(end)), Some(candidate));
            }
            _ => {}
        }
        if std::ptr::eq(*candidate, event) {
            break;
        }
    }
    (plain(StatusKind::Ended, Some(end)), Some(event))
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, from: &str, to: &str, decided: &str) -> ValidityEvent {
        ValidityEvent {
            kind,
            from: PartialDate::parse(from),
            to: PartialDate::parse(to),
            decided: PartialDate::parse(decided),
            decision: None,
            decided_by: None,
            source: None,
        }
    }

    fn label(events: &[ValidityEvent], date: &str) -> String {
        status(events, date.parse().expect("a date"), 180).0.label()
    }

    #[test]
    fn a_prolongation_counts_from_its_decision() {
        let events = [
            event(EventKind::Adopted, "", "2026-06-30", ""),
            event(EventKind::Prolonged, "", "2027-06-30", "2025-12-11"),
        ];
        for (date, want) in [
            ("2019-12-31", "Giltighet okänd"),
            ("2025-12-11", "Förlängd till 2027-06-30"),
            ("2026-11-22", "Förlängd till 2027-06-30"),
            ("2027-06-30", "Förlängd till 2027-06-30"),
            ("2027-07-01", "Har upphört"),
        ] {
            assert_eq!(label(&events, date), want, "{date}");
        }
        assert_eq!(status(&events, Date::constant(2027, 1, 15), 180).0.ends, Ends::Soon);
        assert_eq!(status(&events, Date::constant(2026, 11, 22), 180).0.ends, Ends::NotSoon);
    }

    #[test]
    fn a_condition_keeps_it_in_force_past_its_end() {
        let events = [
            event(EventKind::Adopted, "2013", "2019-12-31", ""),
            event(EventKind::Conditional("en reviderad är godkänd".into()), "", "", ""),
        ];
        for (date, want) in [
            ("2012-12-31", "Gäller inte än (från 2013-01-01)"),
            ("2019-12-31", "Gäller till 2019-12-31"),
            ("2020-06-01", "Gäller tills vidare (villkorat)"),
        ] {
            assert_eq!(label(&events, date), want, "{date}");
        }
    }

    #[test]
    fn a_gap_between_two_periods_is_a_gap() {
        let events = [
            event(EventKind::Adopted, "2013-01-01", "2016-12-31", ""),
            event(EventKind::Adopted, "2018-01-01", "2020-12-31", ""),
        ];
        for (date, want) in [
            ("2016-12-31", "Gäller till 2016-12-31"),
            ("2017-06-01", "Gäller inte än (från 2018-01-01)"),
            ("2018-01-01", "Gäller till 2020-12-31"),
            ("2021-01-01", "Har upphört"),
        ] {
            assert_eq!(label(&events, date), want, "{date}");
        }
    }

    #[test]
    fn notice_counts_to_the_day_before_it_takes_effect_and_only_while_in_force() {
        let events = [
            event(EventKind::Adopted, "2020-01-01", "2024-12-31", ""),
            event(EventKind::Terminated, "2025-06-01", "", "2024-06-01"),
        ];
        let on = |date: &str| status(&events, date.parse().expect("a date"), 180).0;
        assert_eq!(
            (on("2024-07-01").label().as_str(), on("2024-07-01").until),
            ("Uppsagd", Some(Date::constant(2024, 12, 31)))
        );
        assert_eq!(on("2025-01-15").label(), "Har upphört", "it ran out before the notice took effect");
        let events = [
            event(EventKind::Adopted, "2020-01-01", "", ""),
            event(EventKind::Terminated, "2025-06-01", "", "2024-06-01"),
        ];
        assert_eq!(status(&events, Date::constant(2025, 5, 31), 180).0.until, Some(Date::constant(2025, 5, 31)));
    }

    #[test]
    fn what_ends_it_wins() {
        let adopted = event(EventKind::Adopted, "2020-01-01", "2030-12-31", "");
        let cases = [
            (event(EventKind::Replaced(None), "2025-01-01", "", ""), "2025-01-01", "Ersatt"),
            (event(EventKind::Replaced(None), "2025-01-01", "", ""), "2024-12-31", "Gäller till 2030-12-31"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2024-07-01", "Uppsagd"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2024-05-01", "Gäller till 2030-12-31"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2025-01-01", "Har upphört"),
            (event(EventKind::Repealed, "", "", "2025-01-01"), "2025-01-01", "Har upphört"),
        ];
        for (last, date, want) in cases {
            assert_eq!(label(&[adopted.clone(), last], date), want, "{date}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(label(&[], "2026-01-01"), "Giltighet okänd");
        let untold = [
            event(EventKind::Adopted, "2020-01-01", "2021-12-31", ""),
            event(EventKind::Prolonged, "", "", "2021-05-01"),
        ];
        assert_eq!(label(&untold, "2022-01-01"), "Kan ha förlängts – kontrollera");
    }
}
