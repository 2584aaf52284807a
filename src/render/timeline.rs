//! An agreement's life as a bar of its periods, drawn at build time.
//!
//! The bar shows what is written about the agreement; whether it applies on a day is `model::validity`'s to say.

use super::diagram::{escape, width};
use crate::model::{Date, Document, EventKind, PartialDate, ValidityEvent, swedish_date};
use std::fmt::Write as _;

/// The timeline, drawn twice, for wide and for narrow screens, and its periods as a list; `None` when no event has a
/// day to draw.
pub fn html(document: &Document, events: &[ValidityEvent], today: Date) -> Option<String> {
    let periods = periods(events, today);
    let mut out = String::new();
    for (class, width) in WIDTHS {
        let axis = Axis::new(&periods, today, width)?;
        draw(&mut out, class, &document.title, &periods, &axis, today);
    }
    list(&mut out, &periods);
    Some(out)
}

/// A stretch of time in which one thing holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Period {
    /// First day; `None` where it is not known.
    from: Option<Date>,
    /// Last day; `None` where no end is known.
    to: Option<Date>,
    /// The theme's class: a status key.
    key: &'static str,
    label: String,
}

fn periods(events: &[ValidityEvent], today: Date) -> Vec<Period> {
    let mut out: Vec<Period> = Vec::new();
    let mut ended = None;
    for event in events {
        match &event.kind {
            EventKind::Replaced(_) => ended = end(&mut out, event, "Ersatt"),
            EventKind::Terminated => ended = end(&mut out, event, "Uppsagd"),
            EventKind::Repealed => ended = end(&mut out, event, "Upphävd"),
            EventKind::Adopted => {
                let begins = event.from.map(PartialDate::first_day);
                out.extend(ended.take().filter(|period: &Period| period.from < begins));
                begin(&mut out, event, "galler", "Antagen");
            }
            EventKind::Prolonged if event.to.is_none() => begin(&mut out, event, "kontrollera", "Kan ha förlängts"),
            EventKind::Prolonged => begin(&mut out, event, "forlangd", "Förlängd"),
            EventKind::Conditional(_) => begin(&mut out, event, "villkorat", "Gäller på villkor"),
            EventKind::Revised => begin(&mut out, event, "galler", "Reviderad"),
        }
    }
    let passed = || out.last()?.to.filter(|to| *to < today).map(|to| after(to, "Har upphört"));
    out.extend(ended.or_else(passed));
    out
}

/// Adds the event's period after the one before it, which it cuts short or leaves a gap to.
fn begin(out: &mut Vec<Period>, event: &ValidityEvent, key: &'static str, word: &str) {
    let follows = out.last().and_then(|last| last.to).and_then(next_day);
    let from = event.from.map(PartialDate::first_day).or(follows);
    let to = event.to.map(PartialDate::last_day);
    if from.is_none() && to.is_none() || from.zip(to).is_some_and(|(from, to)| to < from) {
        return;
    }
    if let (Some(last), Some(from)) = (out.last_mut(), from) {
        match last.to.and_then(next_day) {
            Some(next) if next < from => {
                let gap = format!("Uppehåll från {} till {}", swedish_date(next), swedish_date(before(from)));
                out.push(Period { from: Some(next), to: Some(before(from)), key: "upphort", label: gap });
            }
            Some(next) if next == from => {}
            _ => last.to = Some(before(from)),
        }
    }
    out.push(Period { from, to, key, label: label(word, event, from.is_none()) });
}

/// "Antagen från 2013 till 31 december 2019"
fn label(word: &str, event: &ValidityEvent, open: bool) -> String {
    let from = event.from.map(|from| format!(" från {}", from.swedish())).unwrap_or_default();
    let to = event.to.map(|to| format!(" till {}", to.swedish())).unwrap_or_default();
    let unknown = if open { ", okänd början" } else { "" };
    format!("{word}{from}{to}{unknown}")
}

/// What the time after `event` is; the periods end before it.
fn end(out: &mut Vec<Period>, event: &ValidityEvent, word: &str) -> Option<Period> {
    let over = event.over()?;
    let day = over.latest;
    out.retain(|period| period.from.is_none_or(|first| first < day));
    if let Some(last) = out.last_mut() {
        last.to = Some(last.to.map_or(before(day), |to| to.min(before(day))));
    }
    let label = match (event.to, event.from.or(event.decided)) {
        (None, Some(from)) => format!("{word} från {}", from.swedish()),
        _ => format!("{word} från {}", swedish_date(day)),
    };
    Some(Period { from: Some(day), to: None, key: "upphort", label })
}

fn after(to: Date, word: &str) -> Period {
    Period { from: next_day(to), to: None, key: "upphort", label: format!("{word} efter {}", swedish_date(to)) }
}

fn next_day(day: Date) -> Option<Date> {
    day.tomorrow().ok()
}

fn before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// The theme shows one of them, after the room there is.
const WIDTHS: [(&str, i32); 2] = [("bred", 680), ("smal", 320)];
const SIDE: i32 = 10;
const BAR: (i32, i32) = (28, 54);
const AXIS: i32 = 66;
const HEIGHT: i32 = AXIS + 20;
const TYPE: i32 = 13;

/// Whole years from the left to the right.
struct Axis {
    first: i16,
    last: i16,
    width: i32,
}

impl Axis {
    fn new(periods: &[Period], today: Date, width: i32) -> Option<Self> {
        // Where an end is open, a year more shows that it goes on.
        let first = periods.iter().filter_map(|period| match (period.from, period.to) {
            (None, to) => to.map(|to| to.year() - 1),
            (from, _) => from.map(Date::year),
        });
        let last = periods.iter().filter_map(|period| match (period.from, period.to) {
            (from, None) => from.map(|from| from.year().max(today.year()) + 1),
            (_, to) => to.map(Date::year),
        });
        let (first, last) = (first.min()?.min(today.year()), last.max()?.max(today.year()));
        Some(Self { first: first.max(1), last: last.min(Date::MAX.year()), width })
    }

    fn start(&self) -> Date {
        Date::constant(self.first, 1, 1)
    }

    fn end(&self) -> Date {
        Date::constant(self.last, 12, 31)
    }

    fn right(&self) -> i32 {
        self.width - SIDE
    }

    fn x(&self, day: Date) -> i32 {
        let days = |to: Date| self.start().until(to).expect("two civil dates have a span of days").get_days();
        let whole = i64::from(days(self.end()).max(1));
        let share = i64::from(days(day)).clamp(0, whole) * i64::from(self.right() - SIDE) / whole;
        SIDE + i32::try_from(share).expect("a share of the width is no wider")
    }

    /// The years that are written out: all while there is room, else every second, fifth, tenth …
    fn years(&self) -> impl Iterator<Item = i16> {
        let room = (self.right() - SIDE) / (width("0000", TYPE - 1) + 14);
        let count = i32::from(self.last - self.first) + 1;
        let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
            .into_iter()
            .find(|step| count / i32::from(*step) <= room)
            .unwrap_or(2000);
        (self.first..=self.last).filter(move |year| year % step == 0)
    }
}

fn draw(out: &mut String, class: &str, title: &str, periods: &[Period], axis: &Axis, today: Date) {
    let (right, width) = (axis.right(), axis.width);
    let _ = writeln!(
        out,
        "<svg class=\"tidslinje {class}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" \
         width=\"{width}\" height=\"{HEIGHT}\" data-axel=\"{} {} {SIDE} {right}\" role=\"img\" \
         aria-label=\"Tidslinje för {}\" aria-describedby=\"perioder\">",
        axis.start(),
        axis.end(),
        escape(title),
    );
    years(out, axis);
    for (number, period) in (1..).zip(periods) {
        bar(out, axis, period, number);
    }
    marker(out, axis, today);
    *out += "</svg>\n";
}

fn years(out: &mut String, axis: &Axis) {
    let right = axis.right();
    let _ = write!(out, "<path class=\"axel\" d=\"M{SIDE} {AXIS}H{right}");
    for year in axis.years() {
        let _ = write!(out, "M{} {}V{AXIS}", axis.x(Date::constant(year, 1, 1)), AXIS - 5);
    }
    *out += "\"/>\n";
    let size = TYPE - 1;
    for year in axis.years() {
        let x = axis.x(Date::constant(year, 1, 1)).min(right - width("0000", size));
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" font-size=\"{size}\">{year}</text>", AXIS + 15);
    }
}

/// The period's bar with its number; an end that is not known is left open and dashed.
fn bar(out: &mut String, axis: &Axis, period: &Period, number: usize) {
    let (top, bottom) = BAR;
    let left = period.from.map_or(SIDE, |from| axis.x(from));
    let right = period.to.map_or(axis.right(), |to| axis.x(to)).max(left + 2);
    let class = period.key;
    let shape = match (period.from, period.to) {
        (Some(_), Some(_)) => format!("M{left} {top}H{right}V{bottom}H{left}Z"),
        (None, _) => format!("M{left} {top}H{right}V{bottom}H{left}"),
        (Some(_), None) => format!("M{right} {top}H{left}V{bottom}H{right}"),
    };
    let _ = writeln!(out, "<path class=\"period {class}\" d=\"{shape}\"/>");
    for (_, x) in [(period.from, left), (period.to, right)].into_iter().filter(|(day, _)| day.is_none()) {
        let _ = writeln!(out, "<path class=\"period oppen\" d=\"M{x} {top}V{bottom}\"/>");
    }
    if right - left >= width("00", TYPE) {
        let (x, y) = ((left + right) / 2, (top + bottom) / 2 + 5);
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{TYPE}\" text-anchor=\"middle\">{number}</text>");
    }
}

/// The day that the page speaks for.
fn marker(out: &mut String, axis: &Axis, today: Date) {
    let (x, words) = (axis.x(today), swedish_date(today));
    let half = width(&words, TYPE) / 2;
    let middle = x.clamp(SIDE + half, axis.right() - half);
    let _ = writeln!(
        out,
        "<path class=\"idag\" d=\"M{x} 20V{}\"/>\n\
         <text class=\"dag\" x=\"{middle}\" y=\"14\" font-size=\"{TYPE}\" text-anchor=\"middle\">{words}</text>",
        AXIS + 4,
    );
}

/// The periods in words, under the numbers and in the colours of their bars.
fn list(out: &mut String, periods: &[Period]) {
    *out += "<ul id=\"perioder\">\n";
    for (number, Period { key, label, .. }) in (1..).zip(periods) {
        let _ = writeln!(
            out,
            "<li><svg class=\"tidslinje\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 28 18\" width=\"28\" \
             height=\"18\" aria-hidden=\"true\"><path class=\"period {key}\" d=\"M1 1h26v16h-26Z\"/>\
             <text x=\"14\" y=\"14\" font-size=\"{TYPE}\" text-anchor=\"middle\">{number}</text></svg> {}</li>",
            escape(label),
        );
    }
    *out += "</ul>";
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn event(kind: EventKind, from: &str, to: &str) -> ValidityEvent {
        ValidityEvent {
            kind,
            from: PartialDate::parse(from),
            to: PartialDate::parse(to),
            decided: None,
            decision: None,
            decided_by: None,
            source: None,
        }
    }

    fn told(events: &[ValidityEvent]) -> Vec<String> {
        let day = |day: Option<Date>| day.map_or("…".to_owned(), |day| day.to_string());
        let told = |period: Period| format!("{} {} {}", day(period.from), day(period.to), period.key);
        periods(events, TODAY).into_iter().map(told).collect()
    }

    #[test]
    fn a_prolongation_follows_what_it_prolongs() {
        let events = [event(EventKind::Adopted, "", "2026-06-30"), event(EventKind::Prolonged, "", "2027-06-30")];
        assert_eq!(told(&events), ["… 2026-06-30 galler", "2026-07-01 2027-06-30 forlangd"]);
    }

    #[test]
    fn a_condition_has_no_end_and_a_gap_is_shown() {
        let conditional = EventKind::Conditional("en ny är godkänd".into());
        let events = [event(EventKind::Adopted, "2013", "2019-12-31"), event(conditional, "", "")];
        assert_eq!(told(&events), ["2013-01-01 2019-12-31 galler", "2020-01-01 … villkorat"]);
        let events = [event(EventKind::Adopted, "2013", "2019-12-31"), event(EventKind::Adopted, "2021", "2022")];
        assert_eq!(told(&events)[1], "2020-01-01 2020-12-31 upphort");
        assert_eq!(told(&events)[3], "2023-01-01 … upphort");
    }

    #[test]
    fn what_replaces_it_cuts_it_short() {
        let events = [event(EventKind::Adopted, "2020", "2030"), event(EventKind::Replaced(None), "2025-01-01", "")];
        assert_eq!(told(&events), ["2020-01-01 2024-12-31 galler", "2025-01-01 … upphort"]);
    }

    #[test]
    fn what_is_adopted_anew_comes_after_the_end_of_what_was() {
        let repealed = event(EventKind::Repealed, "2021-06-01", "");
        let events =
            [event(EventKind::Adopted, "2020", "2021"), repealed.clone(), event(EventKind::Adopted, "2022", "2029")];
        assert_eq!(
            told(&events),
            ["2020-01-01 2021-05-31 galler", "2021-06-01 2021-12-31 upphort", "2022-01-01 2029-12-31 galler"]
        );
        let events = [event(EventKind::Adopted, "2020", "2029"), repealed, event(EventKind::Adopted, "2021", "2025")];
        assert_eq!(told(&events)[..2], ["2020-01-01 2020-12-31 galler", "2021-01-01 2025-12-31 galler"]);
    }

    #[test]
    fn notice_ends_it_where_it_runs_out_and_not_where_nobody_has_said() {
        let adopted = event(EventKind::Adopted, "2020", "2030");
        let decided = |to: &str| ValidityEvent {
            decided: PartialDate::parse("2026-11-01"),
            ..event(EventKind::Terminated, "", to)
        };
        assert_eq!(told(&[adopted.clone(), decided("")]), ["2020-01-01 2030-12-31 galler"]);
        assert_eq!(told(&[adopted, decided("2027-06-30")])[1], "2027-07-01 … upphort");
    }

    #[test]
    fn the_longest_time_that_a_calendar_holds_is_drawn() {
        let events = [event(EventKind::Adopted, "1800", "2200")];
        for today in [Date::constant(1, 1, 1), TODAY, Date::MAX] {
            for (_, width) in WIDTHS {
                let axis = Axis::new(&periods(&events, today), today, width).expect("an axis");
                assert!((SIDE..=axis.right()).contains(&axis.x(today)), "{today}");
                assert!(axis.years().count() <= 20, "{today}: the years have room");
            }
        }
    }

    #[test]
    fn nothing_known_gives_no_drawing() {
        assert!(Axis::new(&periods(&[], TODAY), TODAY, 680).is_none());
        assert_eq!(told(&[event(EventKind::Adopted, "", "")]), Vec::<String>::new());
    }

    #[test]
    fn every_bar_keeps_within_the_figure() {
        let events = [event(EventKind::Adopted, "1990", "2019-12-31"), event(EventKind::Prolonged, "", "2031-06-30")];
        let periods = periods(&events, TODAY);
        for (_, width) in WIDTHS {
            let axis = Axis::new(&periods, TODAY, width).expect("an axis");
            let mut days = periods.iter().flat_map(|p| [p.from, p.to]).flatten();
            assert!(days.all(|day| (SIDE..=axis.right()).contains(&axis.x(day))));
            let at: Vec<i32> = axis.years().map(|year| axis.x(Date::constant(year, 1, 1))).collect();
            let written = super::width("0000", TYPE);
            assert!(at.windows(2).all(|pair| pair[1] - pair[0] > written), "years have room at {width}: {at:?}");
        }
    }
}
