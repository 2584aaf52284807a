//! Dates as people write them in running text, found and read; never a case number, a code or an amount.
//!
//! A week or a turn of the year is read as the month it means; a day without a year is not a date here.

use super::{Date, PartialDate};
use regex::{Captures, Regex};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

/// A date and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Byte range in the scanned text.
    pub span: Range<usize>,
    pub date: PartialDate,
}

/// All dates of `text` in reading order: `2026-01-29`, `2013 – 11 - 01`, `2013.11.01`, `29 januari 2026`, `29/1 2026`,
/// `29.1.2026`, `260129`, `20260129`, `december 2027`, `2027–2028` (two years), `årsskiftet 2026/2027`, `v. 3 2026`.
pub fn written_dates(text: &str) -> Vec<WrittenDate> {
    let mut found = Vec::new();
    // Every form has a year of four digits, or six digits together: most lines need no further look.
    if !text.as_bytes().windows(4).any(|window| window.iter().all(u8::is_ascii_digit)) {
        return found;
    }
    for (pattern, read) in FORMS.iter() {
        for captures in pattern.captures_iter(text) {
            found.extend(read(text, &captures));
        }
    }
    found.sort_by_key(|date: &WrittenDate| (date.span.start, Reverse(date.span.end)));
    let mut end = 0;
    found.retain(|date| {
        let free = date.span.start >= end;
        end = if free { date.span.end } else { end };
        free
    });
    found
}

/// The first date of `text` that is known to the day.
pub fn first_day(text: &str) -> Option<Date> {
    written_dates(text).into_iter().find_map(|found| match found.date {
        PartialDate::Day(day) => Some(day),
        _ => None,
    })
}

type Read = fn(&str, &Captures) -> Vec<WrittenDate>;
type Form = (Regex, Read);

const MONTH: &str = "(jan(?:uari)?|feb(?:ruari)?|mar(?:s)?|apr(?:il)?|maj|jun(?:i)?|jul(?:i)?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// A form's pattern and its reading; of two that start together the longer wins.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let forms: [(String, Read); 10] = [
        (r"(\d{4})\s?[-–.‑]\s?(\d{1,2})\s?[-–.‑]\s?(\d{1,2})".into(), year_month_day),
        (r"(\d{4})-(\d{2})".into(), year_month),
        (format!(r"(?i)(?:(\d{{1,2}})\s?[–-]\s?)?(\d{{1,2}})(?::e)?\s+{MONTH}\.?,?\s+(\d{{4}})"), day_name_year),
        (r"(\d{1,2})\s?/\s?(\d{1,2})[\s-]\s?(\d{4})".into(), day_month_year),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})".into(), day_month_year),
        (r"(\d{4}|\d{2})(\d{2})(\d{2})".into(), run_together),
        (format!(r"(?i){MONTH}\.?\s+(\d{{4}})"), name_year),
        (r"(\d{4})\s?[–-]\s?(\d{4})".into(), two_years),
        (r"(?i)(?:år|under|våren|sommaren|hösten|vintern)\s+(\d{4})".into(), year),
        (
            r"(?i)(?:årsskiftet\s+\d{4}\s?[/–-]\s?(\d{4}|\d{2})|v(?:ecka|\.)\s?(\d{1,2})[,\s]\s?(\d{4}))".into(),
            turn_or_week,
        ),
    ];
    forms.into_iter().map(|(text, read)| (Regex::new(&text).expect("a fixed pattern"), read)).collect()
});

fn year_month_day(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let day = day(number(found, 1), number(found, 2), number(found, 3));
    alone(text, whole(found), day.map(PartialDate::Day))
}

fn year_month(text: &str, found: &Captures) -> Vec<WrittenDate> {
    if is_code(text, &whole(found)) {
        return Vec::new();
    }
    alone(text, whole(found), month(number(found, 1), number(found, 2)))
}

/// `29 januari 2026`, and `28–29 januari 2026` as two days.
fn day_name_year(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let (month, year) = (month_number(&found[3]), number(found, 4));
    let second = day(year, month, number(found, 2)).map(PartialDate::Day);
    let Some(first) = found.get(1) else { return alone(text, whole(found), second) };
    let start = found.get(2).map_or(first.end(), |second| second.start());
    let mut dates = alone(text, first.range(), day(year, month, number(found, 1)).map(PartialDate::Day));
    dates.extend(second.map(|date| WrittenDate { span: start..whole(found).end, date }));
    dates
}

fn day_month_year(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let day = day(number(found, 3), number(found, 2), number(found, 1));
    alone(text, whole(found), day.map(PartialDate::Day))
}

/// `260129` and `20260129`. Two digits of the year mean 1990 to 2049, the years such documents come from.
fn run_together(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let span = whole(found);
    if is_code(text, &span) || is_amount(text, &span) {
        return Vec::new();
    }
    let year = match (found[1].len(), number(found, 1)) {
        (2, short @ 0..=49) => 2000 + short,
        (2, short @ 90..=99) => 1900 + short,
        (4, long @ 1900..=2099) => long,
        _ => return Vec::new(),
    };
    alone(text, span, day(year, number(found, 2), number(found, 3)).map(PartialDate::Day))
}

fn name_year(text: &str, found: &Captures) -> Vec<WrittenDate> {
    alone(text, whole(found), month(number(found, 2), month_number(&found[1])))
}

fn two_years(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let years = 1900..=2100;
    let (from, to) = (number(found, 1), number(found, 2));
    let range = years.contains(&from) && years.contains(&to) && from < to;
    if !range || !stands_alone(text, &whole(found)) {
        return Vec::new();
    }
    [1, 2]
        .into_iter()
        .filter_map(|at| Some((found.get(at)?.range(), short(number(found, at))?)))
        .map(|(span, year)| WrittenDate { span, date: PartialDate::Year(year) })
        .collect()
}

fn year(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let span = found.get(1).map_or(0..0, |year| year.range());
    let year = short(number(found, 1)).filter(|year| (1900..=2100).contains(year));
    alone(text, span, year.map(PartialDate::Year))
}

/// The turn of a year is the January it leads to; a week is the month of its Thursday.
fn turn_or_week(text: &str, found: &Captures) -> Vec<WrittenDate> {
    let date = if found.get(1).is_some() {
        let year = number(found, 1);
        month(if year < 100 { 2000 + year } else { year }, 1)
    } else {
        let (week, year) = (number(found, 2), number(found, 3));
        let thursday = short(year).zip(i8::try_from(week).ok());
        let thursday = thursday
            .and_then(|(year, week)| jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Thursday).ok());
        thursday.map(|day| PartialDate::Month(day.date().year(), day.date().month()))
    };
    alone(text, whole(found), date)
}

fn alone(text: &str, span: Range<usize>, date: Option<PartialDate>) -> Vec<WrittenDate> {
    let date = date.filter(|_| stands_alone(text, &span));
    date.map(|date| WrittenDate { span, date }).into_iter().collect()
}

/// Not a part of a longer number, code or case number.
fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let mut after = text[span.end..].chars();
    let (next, following) = (after.next(), after.next());
    let joins = |c: char| matches!(c, '-' | '/' | '.' | ':' | ',');
    let runs_on = next.is_some_and(joins) && following.is_some_and(|c| c.is_ascii_digit());
    let inside = before.is_some_and(|c| c.is_alphanumeric() || joins(c)) || next.is_some_and(char::is_alphanumeric);
    !inside && !runs_on
}

/// Whether the word before says that the digits are a number of something.
fn is_code(text: &str, span: &Range<usize>) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:dnr|diarie\w*|ärendenr|ärendenummer|ärendebeteckning|kod|projektkod|konto|ansvar|org\.?\s?nr|telefon|tel|artikelnr|nr|nummer)\b[.:]?[^\n;()]{0,14}$")
            .expect("a fixed pattern")
    });
    let mut start = span.start.saturating_sub(40);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    NAMES.is_match(&text[start..span.start])
}

fn is_amount(text: &str, span: &Range<usize>) -> bool {
    static UNITS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s?(?:kr\b|kronor|tkr|mnkr|msek|sek\b|%|:-|st\b|personer|invånare|\d{3}\b)")
            .expect("a fixed pattern")
    });
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[ \u{a0}]$").expect("a fixed pattern"));
    UNITS.is_match(&text[span.end..]) || DIGITS.is_match(&text[..span.start])
}

fn whole(found: &Captures) -> Range<usize> {
    found.get_match().range()
}

/// The digits of a group; 0, which is no year, month or day, when it took no part.
fn number(found: &Captures, group: usize) -> i32 {
    found.get(group).and_then(|digits| digits.as_str().parse().ok()).unwrap_or(0)
}

fn month_number(name: &str) -> i32 {
    const STARTS: [&str; 12] = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    let start = name.to_lowercase();
    let at = STARTS.iter().position(|month| start.starts_with(month)).map_or(0, |at| at + 1);
    i32::try_from(at).expect("at most 12")
}

fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = short(year).filter(|year| (1900..=2100).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn month(year: i32, month: i32) -> Option<PartialDate> {
    let first = day(year, month, 1)?;
    Some(PartialDate::Month(first.year(), first.month()))
}

fn short(year: i32) -> Option<i16> {
    i16::try_from(year).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        written_dates(text).iter().map(|found| found.date.to_string()).collect()
    }

    #[test]
    fn every_written_form_is_read() {
        for (text, dates) in [
            ("Datum 2026-01-29.", "2026-01-29"),
            ("den 29 januari 2026 beslutades", "2026-01-29"),
            ("den 29 jan. 2026", "2026-01-29"),
            ("minnesanteckningar 260129", "2026-01-29"),
            ("29/1 2026 och 29.1.2026", "2026-01-29 2026-01-29"),
            ("2013.11.01 – 2016.12.31", "2013-11-01 2016-12-31"),
            ("2013 – 11 - 01", "2013-11-01"),
            ("fr.o.m. 2020-02-07 t.o.m. preliminärt 2020-12-31", "2020-02-07 2020-12-31"),
            ("perioden 2027–2028", "2027 2028"),
            ("till december 2027", "2027-12"),
            ("vid årsskiftet 2026/2027", "2027-01"),
            ("v. 3 2026", "2026-01"),
            ("28–29 januari 2026", "2026-01-28 2026-01-29"),
            ("2026-12", "2026-12"),
            ("hösten 2026", "2026"),
            ("20260129", "2026-01-29"),
        ] {
            assert_eq!(read(text).join(" "), dates, "{text}");
        }
    }

    #[test]
    fn numbers_of_other_things_are_not_dates() {
        for text in [
            "Dnr KS 260129",
            "Dnr 2017/SN 0229 013",
            "Diarienummer 00322/2026",
            "VON/2025:00149",
            "SLK-2023-00863",
            "SN 2015.0035",
            "Projektkod 250112 DSIP",
            "16 961 335 kr",
            "250112 kr",
            "SOU 2021:93, Dir. 2020:68 (2014:821)",
            "kl. 08.30–12.00",
            "750402-1234",
            "Dnr RV 260441",
            "2026-02-30",
            "123456789",
            "v. 3",
        ] {
            assert_eq!(read(text).join(" "), "", "{text}");
        }
    }

    #[test]
    fn the_place_is_the_date_itself() {
        let text = "Möte den 29 januari 2026 i Falun";
        let found = &written_dates(text)[0];
        assert_eq!(&text[found.span.clone()], "29 januari 2026");
    }
}
