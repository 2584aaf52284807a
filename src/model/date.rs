//! Civil dates: exact ones, ones known only to the month or year, and how Swedish writes them.

use serde::Serialize;
use std::fmt;
use std::ops::RangeInclusive;

/// A day in the Gregorian calendar.
pub type Date = jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// The month's Swedish name; `month` is 1 to 12.
pub fn swedish_month(month: i8) -> &'static str {
    MONTHS[usize::try_from(month - 1).expect("a month is 1 to 12")]
}

/// `29 januari 2026`.
pub fn swedish_date(date: Date) -> String {
    format!("{} {} {}", date.day(), swedish_month(date.month()), date.year())
}

/// A date of which perhaps only the year, or year and month, is known. It sorts by its first possible day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

impl PartialDate {
    /// The years that a portal speaks of; another one is a slip of the pen.
    pub const YEARS: RangeInclusive<i16> = 1800..=2200;

    /// Reads `2026`, `2026-01` or `2026-01-29`; `None` for anything else, days and years that cannot be meant included.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        if !parts.iter().zip([4, 2, 2]).all(|(part, length)| digits(part, length)) || parts.len() > 3 {
            return None;
        }
        let year = parts[0].parse().ok().filter(|year| Self::YEARS.contains(year))?;
        match parts[1..] {
            [] => Some(Self::Year(year)),
            [month] => {
                let month = month.parse().ok()?;
                Date::new(year, month, 1).ok().map(|_| Self::Month(year, month))
            }
            [month, day] => Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Self::Day),
            _ => None,
        }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(year) => Date::constant(year, 1, 1),
            Self::Month(year, month) => Date::constant(year, month, 1),
            Self::Day(date) => date,
        }
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(year) => Date::constant(year, 12, 31),
            Self::Month(year, month) => Date::constant(year, month, 1).last_of_month(),
            Self::Day(date) => date,
        }
    }

    /// `29 januari 2026`, `januari 2026` or `2026`.
    pub fn swedish(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Month(year, month) => format!("{} {year}", swedish_month(month)),
            Self::Day(date) => swedish_date(date),
        }
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first_day(), self.last_day()).cmp(&(other.first_day(), other.last_day()))
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 with what is known: `2026`, `2026-01` or `2026-01-29`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_what_is_a_date() {
        assert_eq!(PartialDate::parse("2026-01-29").map(PartialDate::swedish).as_deref(), Some("29 januari 2026"));
        assert_eq!(PartialDate::parse("2026-02").map(PartialDate::last_day), Some(Date::constant(2026, 2, 28)));
        for wrong in ["2026-02-30", "2026-13", "26-01-29", "2026-1-29", "2026-01-29-01", "", "januari"] {
            assert_eq!(PartialDate::parse(wrong), None, "{wrong}");
        }
    }
}
