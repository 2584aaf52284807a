//! What is due, as iCalendar files (RFC 5545) that Outlook and its like subscribe to: one for all, one for each body.
//!
//! Only what has a day of its own is in them: nothing is given a date that nobody has set.

use super::owed::Owed;
use super::view::{obligation, obligation_parties, state};
use crate::model::{BodyId, Cadence, Choice, Date, Due, Kind, Obligation, ObligationKind, PartialDate, Portal, slug};
use std::fmt::Write as _;

/// How many events a calendar holds at most, those nearest to come before those far off.
const EVENTS: usize = 500;
/// How long what has passed stays in the calendar.
const PAST_DAYS: i32 = 365;
/// How far ahead times are told that no rule tells.
const AHEAD_YEARS: i32 = 3;

/// The calendar of `body`, or of the whole portal.
pub fn ics(portal: &Portal, owed: &Owed, body: Option<&BodyId>) -> Vec<u8> {
    let mut events: Vec<Event> = told(portal, owed, body).flat_map(|held| of_obligation(portal, held)).collect();
    events.extend(meetings(portal, body));
    events.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    events.truncate(EVENTS);
    let site = &portal.site.title;
    let name = body.map_or_else(|| site.clone(), |id| format!("{} – {site}", portal.registers.body_name(id)));
    write(portal, &name, &events)
}

/// Whether anything stands in the calendar; one without an event is none by the standard, and is not made.
pub fn has_events(portal: &Portal, owed: &Owed, body: Option<&BodyId>) -> bool {
    told(portal, owed, body).next().is_some() || meetings(portal, body).next().is_some()
}

/// What is owed on a day that a calendar can tell: not done, and not long past.
fn told<'a>(
    portal: &'a Portal,
    owed: &'a Owed,
    body: Option<&BodyId>,
) -> impl Iterator<Item = &'a Obligation> + use<'a> {
    let choice = body.map_or(Choice::All, |id| Choice::Body(id.clone()));
    let held = owed.under(&choice).iter().map(|&at| &portal.links.obligations[at]);
    // Other counties' affairs are theirs; who subscribes to one of their bodies asks for them.
    let all = body.is_some();
    let own = move |held: &&Obligation| {
        all || portal.document(held.document.as_str()).is_some_and(|document| document.county.is_none())
    };
    let current = |held: &&Obligation| state(portal, held) != "done" && !days(held, portal.today).is_empty();
    held.filter(own).filter(current)
}

/// The days it is due, and how each comes again (`RRULE`): what is not long past, and of what comes again on a day that
/// not every month has, the times that are near.
fn days(held: &Obligation, today: Date) -> Vec<(Date, Option<String>)> {
    match held.due {
        Due::On(date) => [(date.last_day(), None)].into_iter().filter(|(day, _)| is_recent(today, *day)).collect(),
        Due::Recurring(cadence, Some(PartialDate::Day(first))) => match rule(cadence, first) {
            Some(rule) => vec![(first, Some(rule))],
            None => times(cadence, first, today).map(|day| (day, None)).collect(),
        },
        Due::Recurring(..) | Due::Open => Vec::new(),
    }
}

/// The times that come within some years.
fn times(cadence: Cadence, first: Date, today: Date) -> impl Iterator<Item = Date> {
    let end = today.checked_add(jiff::Span::new().years(AHEAD_YEARS)).unwrap_or(today);
    let next = move |day: &Date| cadence.next(first, day.tomorrow().ok()?);
    std::iter::successors(cadence.next(first, today), next).take_while(move |day| *day <= end)
}

/// An event of a whole day.
struct Event {
    uid: String,
    day: Date,
    summary: String,
    description: String,
    category: &'static str,
    /// The page's address from the site's root.
    url: String,
    /// How it comes again (`RRULE`).
    rule: Option<String>,
}

fn is_recent(today: Date, day: Date) -> bool {
    day.until(today).is_ok_and(|span| span.get_days() <= PAST_DAYS)
}

fn of_obligation(portal: &Portal, held: &Obligation) -> Vec<Event> {
    let Some(view) = obligation(portal, held) else { return Vec::new() };
    let Some(url) = view.decision.as_ref().or(Some(&view.document)).and_then(|held| held.url.clone()) else {
        return Vec::new();
    };
    let (who, to) = obligation_parties(&view);
    let mut description = vec![view.document.title.clone()];
    description.extend(who.map(|who| format!("Ansvarar: {who}")));
    description.extend(to.map(|to| format!("Till: {to}")));
    if let Due::On(date @ (PartialDate::Month(..) | PartialDate::Year(_))) = held.due {
        description.push(format!("Källan säger {}.", date.swedish()));
    }
    let days = days(held, portal.today);
    let is_spelt_out = matches!(held.due, Due::Recurring(..)) && days.iter().all(|(_, rule)| rule.is_none());
    let events = days.into_iter().map(|(day, rule)| Event {
        uid: if is_spelt_out { format!("{}-{}", uid(held), basic(day)) } else { uid(held) },
        day,
        // What nobody has put into words is at least of a kind.
        summary: if view.what.trim().is_empty() { view.kind.to_owned() } else { view.what.clone() },
        description: description.join("\n"),
        category: view.kind,
        url: url.clone(),
        rule,
    });
    events.collect()
}

/// The same for as long as it is the same duty, also when its day is moved.
fn uid(held: &Obligation) -> String {
    let what = if held.kind == ObligationKind::ValidityEnd { "" } else { &held.what };
    let decision = held.decision.as_ref().map(|decision| decision.decision.anchor()).unwrap_or_default();
    let text = [held.kind.label(), held.document.as_str(), &decision, what].join("\n");
    blake3::hash(text.as_bytes()).to_hex()[..24].to_owned()
}

/// How it comes again, where every month has the day. A rule for the last day of shorter months is one that Outlook does
/// not read; those times are spelt out.
fn rule(cadence: Cadence, first: Date) -> Option<String> {
    match (cadence.months()?, first.day()) {
        (12, 29) if first.month() == 2 => None,
        (12, _) => Some("FREQ=YEARLY".to_owned()),
        (months, ..=28) => Some(format!("FREQ=MONTHLY;INTERVAL={months}")),
        _ => None,
    }
}

/// Meetings that are still to come.
fn meetings<'a>(portal: &'a Portal, body: Option<&BodyId>) -> impl Iterator<Item = Event> + 'a {
    let held = match body {
        Some(id) => portal.links.by_body.get(id).map_or(&[][..], Vec::as_slice),
        None => &portal.links.by_date,
    };
    let coming = held.iter().map(|&at| portal.at(at)).take_while(|document| document.date > Some(portal.today));
    coming.filter(|document| matches!(document.kind, Kind::Meeting(_))).filter_map(|document| {
        Some(Event {
            uid: blake3::hash(format!("Möte\n{}", document.id).as_bytes()).to_hex()[..24].to_owned(),
            day: document.date?,
            summary: document.title.clone(),
            description: document.summary.clone().unwrap_or_default(),
            category: "Möte",
            url: document.url().to_string(),
            rule: None,
        })
    })
}

fn write(portal: &Portal, name: &str, events: &[Event]) -> Vec<u8> {
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", concat!("-//samverk//samverk ", env!("CARGO_PKG_VERSION"), "//SV"));
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", name);
    // Who subscribes asks again once a day; Outlook reads the second.
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    out.line("X-PUBLISHED-TTL", "P1D");
    let host = slug(portal.site.owner.as_deref().unwrap_or(&portal.site.title));
    for event in events {
        out.line("BEGIN", "VEVENT");
        out.line("UID", &format!("{}@{host}.samverk", event.uid));
        // Not the clock: two builds of the same content on the same day give the same file.
        out.line("DTSTAMP", &format!("{}T000000Z", basic(portal.today)));
        out.line("DTSTART;VALUE=DATE", &basic(event.day));
        out.line("DTEND;VALUE=DATE", &basic(event.day.tomorrow().unwrap_or(event.day)));
        if let Some(rule) = &event.rule {
            out.line("RRULE", rule);
        }
        out.text("SUMMARY", &event.summary);
        match &portal.site.base_url {
            Some(base) => {
                let address = format!("{base}{}", event.url);
                out.text("DESCRIPTION", &format!("{}\n{address}", event.description));
                out.line("URL", &address);
            }
            None => out.text("DESCRIPTION", &event.description),
        }
        out.text("CATEGORIES", event.category);
        out.line("TRANSP", "TRANSPARENT");
        out.line("END", "VEVENT");
    }
    out.line("END", "VCALENDAR");
    out.0.into_bytes()
}

/// `20270630`
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Content lines, folded at 75 octets and ended as the standard wants.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.line(name, &escaped);
    }

    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain(":".chars()).chain(value.chars()) {
            if width + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                width = 1;
            }
            let _ = self.0.write_char(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"å, ".repeat(60));
        let folded: Vec<&str> = lines.0.split("\r\n").collect();
        assert!(folded.iter().all(|line| line.len() <= 75), "{folded:?}");
        let whole = lines.0.replace("\r\n ", "");
        assert_eq!(whole, format!("SUMMARY:{}\r\n", "å\\, ".repeat(60)));
    }

    #[test]
    fn what_comes_again_keeps_to_the_month_it_belongs_to() {
        let date = |day: &str| -> Date { day.parse().expect("a date") };
        let rule = |cadence, day: &str| rule(cadence, date(day)).unwrap_or_default();
        assert_eq!(rule(Cadence::Yearly, "2026-01-29"), "FREQ=YEARLY");
        assert_eq!(rule(Cadence::Quarterly, "2026-01-15"), "FREQ=MONTHLY;INTERVAL=3");
        for (cadence, first) in
            [(Cadence::Yearly, "2024-02-29"), (Cadence::Monthly, "2026-01-30"), (Cadence::Continuous, "2026-01-29")]
        {
            assert_eq!(rule(cadence, first), "");
        }
        let times: Vec<String> =
            times(Cadence::HalfYearly, date("2026-08-31"), date("2026-11-22")).map(|day| day.to_string()).collect();
        assert_eq!(
            times,
            ["2027-02-28", "2027-08-31", "2028-02-29", "2028-08-31", "2029-02-28", "2029-08-31"],
            "the last day of a shorter month"
        );
        assert_eq!(super::times(Cadence::Continuous, date("2026-08-31"), date("2026-11-22")).count(), 0);
    }
}
