//! Whether an agreement applies on a date, and why: a pure function over its events.

use super::{Ends, EventKind, Status, StatusKind, ValidityEvent};
use crate::model::{Applies, Date, PartialDate};

/// The agreement's status on `date`, and the event that makes it so. `soon` is how many days count as "upphör snart".
/// `events` stand oldest first, as the reader puts them.
///
/// Only events decided by then count, so that a past date shows what was known. Never guesses: without an event that
/// covers `date`, or where it may have ended by then, the answer is [`StatusKind::Unknown`]. `giltighet.js` of the theme
/// says the same in the browser, and `tests/it/validity.rs` holds the two together.
pub fn status(events: &[ValidityEvent], date: Date, soon: u16) -> (Status, Option<&ValidityEvent>) {
    let known: Vec<&ValidityEvent> =
        events.iter().filter(|event| event.decided.is_none_or(|day| day.first_day() <= date)).collect();
    let known = since_adopted_anew(&known, date);
    if let Some((status, event)) = ended(known, date) {
        return (status, Some(event));
    }
    let Some(start) = start(known) else { return (plain(StatusKind::Unknown, None), None) };
    if date < start.day {
        let kind = if start.certain { StatusKind::NotYet(start.day) } else { StatusKind::Unknown };
        return (plain(kind, None), start.certain.then_some(start.event));
    }
    let (status, event) = running(known, start.event, date, soon);
    leaving(known, &status, date, soon).map_or((status, event), |(status, event)| (status, Some(event)))
}

fn plain(kind: StatusKind, until: Option<Date>) -> Status {
    Status { kind, until, ends: Ends::NotSoon }
}

/// What ended an earlier validity says nothing of one that was adopted after it and has begun.
fn since_adopted_anew<'a, 'k>(known: &'k [&'a ValidityEvent], date: Date) -> &'k [&'a ValidityEvent] {
    let begins = |event: &ValidityEvent| {
        event.from.map(PartialDate::first_day).or_else(|| event.decided.map(PartialDate::last_day))
    };
    let begun =
        |event: &&ValidityEvent| event.kind == EventKind::Adopted && begins(event).is_none_or(|day| day <= date);
    let adopted = known.iter().rposition(begun).unwrap_or_default();
    let ended = known[..adopted].iter().rposition(|event| event.kind.ends());
    ended.map_or(known, |at| &known[at + 1..])
}

/// What has surely ended by `date`, the last such event first.
fn ended<'a>(known: &[&'a ValidityEvent], date: Date) -> Option<(Status, &'a ValidityEvent)> {
    let at = known.iter().rposition(|event| event.over().is_some_and(|over| over.latest <= date))?;
    let event = known[at];
    if let EventKind::Replaced(by) = &event.kind {
        return Some((plain(StatusKind::Replaced(by.clone()), told_end(event)), event));
    }
    let anew = known[at + 1..].iter().find_map(|event| {
        let from = event.from.filter(|_| event.kind == EventKind::Adopted)?;
        Some((plain(StatusKind::NotYet(from.first_day()), None), *event))
    });
    Some(anew.unwrap_or_else(|| (plain(StatusKind::Ended, told_end(event)), event)))
}

/// The day that readers are told it ended.
fn told_end(event: &ValidityEvent) -> Option<Date> {
    match (event.to, event.from) {
        (Some(to), _) => Some(to.last_day()),
        (None, Some(PartialDate::Day(from))) => Some(from),
        (None, _) => None,
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
    if let Some(day) = first.from.filter(|_| !first.kind.ends()) {
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
    for &event in known.iter().filter(|event| !event.kind.ends()) {
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

/// An agreement in force whose end is known beforehand, or that has ended nobody has said when.
fn leaving<'a>(
    known: &[&'a ValidityEvent],
    status: &Status,
    date: Date,
    soon: u16,
) -> Option<(Status, &'a ValidityEvent)> {
    let ending = known.iter().filter(|event| event.kind.ends());
    let event = *ending.min_by_key(|event| event.over().map(|over| over.earliest))?;
    let notice = event.kind == EventKind::Terminated;
    let over = event.over();
    if !notice && over.is_none_or(|over| over.earliest <= date) {
        return (status.applies() != Applies::No).then(|| (plain(StatusKind::Unknown, None), event));
    }
    let own = match status.kind {
        StatusKind::InForce | StatusKind::Prolonged => status.until,
        StatusKind::Conditional(_) => None,
        _ => return None,
    };
    let last = over.and_then(|over| over.earliest.yesterday().ok());
    let runs_out_first = own.zip(last).is_some_and(|(own, last)| own <= last);
    if runs_out_first && !notice {
        return None;
    }
    let exact = over.is_some_and(|over| over.earliest == over.latest);
    let until = if runs_out_first { own } else { last.filter(|_| exact) };
    let kind = if notice { StatusKind::Terminated } else { StatusKind::InForce };
    let ends = until.or(own).map_or(Ends::NotSoon, |end| ends(date, end, soon));
    Some((Status { kind, until, ends }, event))
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
            (event(EventKind::Replaced(None), "2025-01-01", "", ""), "2024-12-31", "Gäller till 2024-12-31"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2024-07-01", "Uppsagd"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2024-05-01", "Gäller till 2030-12-31"),
            (event(EventKind::Terminated, "2025-01-01", "", "2024-06-01"), "2025-01-01", "Har upphört"),
            (event(EventKind::Repealed, "", "", "2025-01-01"), "2025-01-01", "Har upphört"),
        ];
        for (last, date, want) in cases {
            assert_eq!(label(&[adopted.clone(), last], date), want, "{date}");
        }
    }

    /// Each row: events after `antagen`, a day, and what is said of it.
    #[test]
    fn what_ends_it_ends_it_when_it_says_so() {
        let adopted = event(EventKind::Adopted, "2023-01-01", "2030-06-30", "");
        let replaced = || EventKind::Replaced(None);
        let cases = [
            // Notice does not end it on the day it is given.
            (EventKind::Terminated, "", "", "2026-11-01", "2026-11-25", "Uppsagd", None),
            (EventKind::Terminated, "", "", "2026-11-01", "2030-07-01", "Har upphört", Some("2030-06-30")),
            (EventKind::Terminated, "", "2027-06-30", "2026-11-01", "2026-11-25", "Uppsagd", Some("2027-06-30")),
            (EventKind::Terminated, "", "2027-06-30", "2026-11-01", "2027-07-01", "Har upphört", Some("2027-06-30")),
            (EventKind::Terminated, "2027", "", "2026-11-01", "2027-06-01", "Uppsagd", None),
            (EventKind::Terminated, "2027", "", "2026-11-01", "2027-12-31", "Har upphört", None),
            (EventKind::Terminated, "", "", "", "2026-11-25", "Uppsagd", None),
            // Of a year is known only that it is over by its end.
            (EventKind::Repealed, "", "", "2026", "2025-12-31", "Gäller till 2030-06-30", Some("2030-06-30")),
            (EventKind::Repealed, "", "", "2026", "2026-11-25", "Giltighet okänd", None),
            (EventKind::Repealed, "", "", "2026", "2026-12-31", "Har upphört", None),
            (EventKind::Repealed, "", "", "", "2026-11-25", "Giltighet okänd", None),
            // What is decided beforehand is told beforehand.
            (replaced(), "2027-01-01", "", "2026-10-01", "2026-09-30", "Gäller till 2030-06-30", Some("2030-06-30")),
            (replaced(), "2027-01-01", "", "2026-10-01", "2026-11-25", "Gäller till 2026-12-31", Some("2026-12-31")),
            (replaced(), "2027-01-01", "", "2026-10-01", "2027-01-01", "Ersatt", Some("2027-01-01")),
            (replaced(), "2031-01-01", "", "2026-10-01", "2026-11-25", "Gäller till 2030-06-30", Some("2030-06-30")),
            (replaced(), "2027", "", "2026-10-01", "2026-11-25", "Gäller", None),
            (replaced(), "", "", "", "2026-11-25", "Giltighet okänd", None),
            (replaced(), "", "", "", "2030-07-01", "Har upphört", Some("2030-06-30")),
        ];
        for (kind, from, to, decided, date, want, until) in cases {
            let ending = event(kind, from, to, decided);
            let found = status(&[adopted.clone(), ending.clone()], date.parse().expect("a date"), 180).0;
            let found_until = found.until.map(|day| day.to_string());
            assert_eq!((found.label().as_str(), found_until.as_deref()), (want, until), "{date}: {ending:?}");
        }
    }

    #[test]
    fn nobody_relies_on_what_has_been_given_notice_to_an_unknown_day() {
        let adopted = event(EventKind::Adopted, "2023-01-01", "", "");
        let on = |ending| status(&[adopted.clone(), ending], Date::constant(2026, 11, 25), 180).0.applies();
        assert_eq!(on(event(EventKind::Terminated, "", "", "2026-11-01")), Applies::Perhaps);
        assert_eq!(on(event(EventKind::Terminated, "", "2027-06-30", "2026-11-01")), Applies::Yes);
    }

    #[test]
    fn what_is_adopted_anew_counts() {
        let events = [
            event(EventKind::Adopted, "2020-01-01", "2021-12-31", ""),
            event(EventKind::Repealed, "", "", "2021-06-01"),
            event(EventKind::Adopted, "2022-01-01", "2029-12-31", "2021-12-01"),
        ];
        for (date, want) in [
            ("2021-05-31", "Gäller till 2021-12-31"),
            ("2021-06-01", "Har upphört"),
            ("2021-12-01", "Gäller inte än (från 2022-01-01)"),
            ("2022-01-01", "Gäller till 2029-12-31"),
            ("2030-01-01", "Har upphört"),
        ] {
            assert_eq!(label(&events, date), want, "{date}");
        }
    }

    #[test]
    fn an_end_is_no_beginning() {
        let events = [event(EventKind::Terminated, "2025-01-01", "", "2024-06-01")];
        assert_eq!(label(&events, "2024-05-01"), "Giltighet okänd");
        assert_eq!(label(&events, "2025-01-01"), "Har upphört");
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
