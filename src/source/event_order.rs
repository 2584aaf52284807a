//! The events of an agreement's validity in the order in which they happened, whatever order they are written in.

use crate::model::{EventKind, PartialDate, ValidityEvent};
use std::cmp::Ordering;

/// `events` oldest first. Only dates of the same sort are compared, and where they tell nothing the written order stands;
/// a list written newest first is turned as a whole.
///
/// # Errors
/// When what is told of the events cannot all be true; then they are left as they were.
pub fn in_order(events: Vec<ValidityEvent>) -> Result<Vec<ValidityEvent>, Vec<ValidityEvent>> {
    let order = Order::of(&events);
    if order.is_newest_first() {
        return Ok(events.into_iter().rev().collect());
    }
    let Some(positions) = order.positions() else { return Err(events) };
    let mut events: Vec<Option<ValidityEvent>> = events.into_iter().map(Some).collect();
    Ok(positions.into_iter().filter_map(|at| events[at].take()).collect())
}

/// Which event is before which, by their places in the list.
struct Order {
    pairs: Vec<(usize, usize)>,
    count: usize,
}

impl Order {
    fn of(events: &[ValidityEvent]) -> Self {
        let adopted = |event: &&ValidityEvent| event.kind == EventKind::Adopted;
        let is_adopted_once = events.iter().filter(adopted).count() == 1;
        let before = |a: &ValidityEvent, b: &ValidityEvent| {
            // Nothing but the text itself changes before it is adopted.
            let follows = is_adopted_once && adopted(&a) && !matches!(b.kind, EventKind::Adopted | EventKind::Revised);
            follows || by_dates(a, b) == Some(Ordering::Less)
        };
        let places = || events.iter().enumerate();
        let of_one = |(at, a)| places().filter(move |(_, b)| before(a, b)).map(move |(other, _)| (at, other));
        Self { pairs: places().flat_map(of_one).collect(), count: events.len() }
    }

    fn is_newest_first(&self) -> bool {
        !self.pairs.is_empty() && self.pairs.iter().all(|(before, after)| before > after)
    }

    /// The places in order, always the first in the list of those that nothing is before; `None` when some are before
    /// each other.
    fn positions(&self) -> Option<Vec<usize>> {
        let mut waiting_for = vec![0_usize; self.count];
        let mut followers = vec![Vec::new(); self.count];
        for &(before, after) in &self.pairs {
            waiting_for[after] += 1;
            followers[before].push(after);
        }
        let mut free: std::collections::BTreeSet<usize> = (0..self.count).filter(|&at| waiting_for[at] == 0).collect();
        let mut out = Vec::new();
        while let Some(at) = free.pop_first() {
            out.push(at);
            for &after in &followers[at] {
                waiting_for[after] -= 1;
                if waiting_for[after] == 0 {
                    free.insert(after);
                }
            }
        }
        (out.len() == self.count).then_some(out)
    }
}

/// By when they were decided, else by when they begin, else, for periods, by when they end.
fn by_dates(a: &ValidityEvent, b: &ValidityEvent) -> Option<Ordering> {
    let period =
        |event: &ValidityEvent| event.to.filter(|_| matches!(event.kind, EventKind::Adopted | EventKind::Prolonged));
    [(a.decided, b.decided), (a.from, b.from), (period(a), period(b))].into_iter().find_map(|(a, b)| apart(a?, b?))
}

/// The order of two dates of which one is surely before the other.
fn apart(a: PartialDate, b: PartialDate) -> Option<Ordering> {
    if a.last_day() < b.first_day() {
        Some(Ordering::Less)
    } else if b.last_day() < a.first_day() {
        Some(Ordering::Greater)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BodyId;

    fn event(words: &str) -> ValidityEvent {
        let mut parts = words.split(' ');
        let kind = match parts.next() {
            Some("antagen") => EventKind::Adopted,
            Some("förlängd") => EventKind::Prolonged,
            Some("villkorad") => EventKind::Conditional(String::new()),
            Some("reviderad") => EventKind::Revised,
            Some("upphävd") => EventKind::Repealed,
            other => panic!("{other:?}"),
        };
        let (mut from, mut to, mut decided) = (None, None, None);
        for part in parts {
            match part.split_once(':') {
                Some(("från", day)) => from = PartialDate::parse(day),
                Some(("till", day)) => to = PartialDate::parse(day),
                Some(("datum", day)) => decided = PartialDate::parse(day),
                _ => panic!("{part}"),
            }
        }
        ValidityEvent { kind, from, to, decided, decision: None, decided_by: None, source: None }
    }

    /// The places of the written list in the order that is read, or `motsägelse`.
    #[test]
    fn every_way_of_writing_the_list() {
        let cases: &[(&[&str], &str)] = &[
            (&[], ""),
            (&["antagen till:2026-06-30", "förlängd till:2027-06-30"], "01"),
            (&["förlängd till:2027-06-30", "antagen till:2026-06-30"], "10"),
            (&["förlängd till:2027-06-30 datum:2025-12-11", "antagen från:2023-01-01 till:2026-06-30"], "10"),
            (&["villkorad", "förlängd till:2020", "antagen från:2013 till:2019-12-31"], "210"),
            (&["antagen till:2019", "förlängd till:2023", "förlängd till:2021"], "021"),
            (&["antagen från:2026-01-01 till:2026-06-30", "förlängd datum:2025-12-11 till:2027-06-30"], "01"),
            (&["antagen från:2020-01-01", "upphävd datum:2021-06-01", "antagen från:2022-01-01"], "012"),
            (&["antagen från:2022-01-01", "upphävd datum:2021-06-01", "antagen från:2020-01-01"], "210"),
            (&["reviderad datum:2022-11-01", "antagen från:2023-01-01 datum:2022-12-15"], "01"),
            (&["antagen datum:2025", "förlängd datum:2025-12-11", "villkorad"], "012"),
            (&["antagen datum:2026-01-01", "förlängd datum:2025-12-11"], "motsägelse"),
        ];
        for (written, want) in cases {
            let numbered = |(at, words): (usize, &&str)| ValidityEvent {
                decided_by: Some(BodyId::new(at.to_string())),
                ..event(words)
            };
            let found = in_order(written.iter().enumerate().map(numbered).collect());
            let place = |read: ValidityEvent| read.decided_by.map(|id| id.to_string()).unwrap_or_default();
            let found: String = found.map_or("motsägelse".to_owned(), |read| read.into_iter().map(place).collect());
            assert_eq!(found, *want, "{written:?}");
        }
    }
}
