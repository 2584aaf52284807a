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

/// The calendar of `body`, or of the whole portal.
pub fn ics(portal: &Portal, owed: &Owed, body: Option<&BodyId>) -> Vec<u8> {
    let mut events: Vec<Event> = told(portal, owed, body).filter_map(|held| of_obligation(portal, held)).collect();
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
    let current = |held: &&Obligation| {
        day(held).is_some_and(|(day, rule)| rule.is_some() || is_recent(portal.today, day))
            && state(portal, held) != "done"
    };
    held.filter(own).filter(current)
}

/// The day it is due, and how it comes again (`RRULE`).
fn day(held: &Obligation) -> Option<(Date, Option<String>)> {
    match held.due {
        Due::On(date) => Some((date.last_day(), None)),
        Due::Recurring(cadence, Some(PartialDate::Day(first))) => Some((first, Some(rule(cadence, first)?))),
        Due::Recurring(..) | Due::Open => None,
    }
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

fn of_obligation(portal: &Portal, held: &Obligation) -> Option<Event> {
    let view = obligation(portal, held)?;
    let (day, rule) = day(held)?;
    let (who, to) = obligation_parties(&view);
    let mut description = vec![view.document.title.clone()];
    description.extend(who.map(|who| format!("Ansvarar: {who}")));
    description.extend(to.map(|to| format!("Till: {to}")));
    if let Due::On(date @ (PartialDate::Month(..) | PartialDate::Year(_))) = held.due {
        description.push(format!("Källan säger {}.", date.swedish()));
    }
    let url = view.decision.as_ref().or(Some(&view.document)).and_then(|held| held.url.clone())?;
    Some(Event {
        uid: uid(held),
        day,
        summary: view.what,
        description: description.join("\n"),
        category: view.kind,
        url,
        rule,
    })
}

/// The same for as long as it is the same duty, also when its day is moved.
fn uid(held: &Obligation) -> String {
    let what = if held.kind == ObligationKind::ValidityEnd { "" } else { &held.what };
    let decision = held.decision.as_ref().map(|decision| decision.decision.anchor()).unwrap_or_default();
    let text = [held.kind.label(), held.document.as_str(), &decision, what].join("\n");
    blake3::hash(text.as_bytes()).to_hex()[..24].to_owned()
}

/// A month without the day has its last day instead, as in [`Cadence::next`].
fn rule(cadence: Cadence, first: Date) -> Option<String> {
    let months = cadence.months()?;
    let frequency = if months == 12 { "FREQ=YEARLY".to_owned() } else { format!("FREQ=MONTHLY;INTERVAL={months}") };
    let days: Vec<String> = (28..=first.day()).map(|day| day.to_string()).collect();
    Some(match (days.len(), months) {
        (0 | 1, _) => frequency,
        (_, 12) if first.month() == 2 => "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1".to_owned(),
        (_, 12) => frequency,
        _ => format!("{frequency};BYMONTHDAY={};BYSETPOS=-1", days.join(",")),
    })
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
        let rule = |cadence, day: &str| rule(cadence, day.parse().expect("a date")).unwrap_or_default();
        assert_eq!(rule(Cadence::Yearly, "2026-01-29"), "FREQ=YEARLY");
        assert_eq!(rule(Cadence::Yearly, "2024-02-29"), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1");
        assert_eq!(rule(Cadence::Quarterly, "2026-01-15"), "FREQ=MONTHLY;INTERVAL=3");
        assert_eq!(rule(Cadence::Monthly, "2026-01-30"), "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1");
        assert_eq!(rule(Cadence::Continuous, "2026-01-29"), "");
    }
}
