//! What several runs mean together: dates, amounts, sections of acts, references. One term each, however it is written.
//!
//! `client/words.js` has the same rules in the same order; the parity test holds them together.

use super::raw::{Raw, RawKind};
use super::spec::SPEC;

/// How many runs a rule may look at.
pub const REACH: usize = 8;

/// What the first runs of a text are together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many runs it takes.
    pub runs: usize,
    /// `None` for a sign that says nothing by itself.
    pub term: Option<String>,
    /// The same in less exact words, so that a question for less finds it.
    pub wider: Vec<String>,
    /// The digits as written, where they may also be just a number.
    pub literal: Option<String>,
}

/// Reads the longest meaning that starts at the first of `raws`.
pub fn compose(source: &str, raws: &[Raw]) -> Option<Found> {
    let line = Line { source, raws };
    match raws[0].kind {
        RawKind::Sign => Some(line.section_after()),
        RawKind::Word | RawKind::Camel => line.date(),
        RawKind::Number => line
            .date()
            .or_else(|| line.compact_date())
            .or_else(|| line.section_before())
            .or_else(|| line.amount())
            .or_else(|| line.register_number())
            .or_else(|| line.joined(&[":", "/"]))
            .or_else(|| line.joined(&[".", ","])),
        RawKind::Mixed => line.section_before().or_else(|| line.joined(&[":", "/"])),
    }
}

struct Line<'a> {
    source: &'a str,
    raws: &'a [Raw],
}

impl<'a> Line<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.raws.get(at).map_or("", |raw| raw.text(self.source))
    }

    /// The digits of run `at`, when it is a number of `min` to `max` digits.
    fn number(&self, at: usize, min: usize, max: usize) -> Option<&'a str> {
        let raw = self.raws.get(at)?;
        let fits = raw.kind == RawKind::Number && (min..=max).contains(&(raw.end - raw.start));
        fits.then(|| raw.text(self.source))
    }

    /// What stands between run `at` and the next.
    fn gap(&self, at: usize) -> &'a str {
        match (self.raws.get(at), self.raws.get(at + 1)) {
            (Some(raw), Some(next)) => &self.source[raw.end..next.start],
            _ => "\u{0}",
        }
    }

    fn date(&self) -> Option<Found> {
        SPEC.dates.iter().find_map(|form| self.dated(form))
    }

    /// A date as `form` has it: `Y` a whole year, `y` one of two digits, `M` and `D` a month and a day, `m` and `d` of two
    /// digits, `W` a month's name, `o` what makes an ordinal. Between them: see [`gap_fits`].
    fn dated(&self, form: &str) -> Option<Found> {
        let (mut year, mut month, mut day) = (String::new(), 0, None);
        for (place, sign) in form.chars().enumerate() {
            let at = place / 2;
            let number = |min| self.number(at, min, 2)?.parse::<u8>().ok();
            match sign {
                _ if place % 2 == 1 => gap_fits(self.gap(at), sign).then_some(())?,
                'Y' => year.push_str(self.number(at, 4, 4)?),
                'y' => year = whole_year(self.number(at, 2, 2)?),
                'M' => month = number(1)?,
                'm' => month = number(2)?,
                'W' => month = month_number(self.text(at))?,
                'D' => day = Some(number(1)?),
                'd' => day = Some(number(2)?),
                _ => matches!(self.text(at), "e" | "a").then_some(())?,
            }
        }
        let runs = form.len().div_ceil(2);
        match day {
            Some(day) => date(runs, &year, month, day),
            None => month_of(runs, &year, month),
        }
    }

    /// `260129` and `20260129`, standing free.
    fn compact_date(&self) -> Option<Found> {
        let digits = self.number(0, 6, 8)?;
        let (year, rest) = match digits.len() {
            6 => (whole_year(&digits[..2]), &digits[2..]),
            8 if matches!(&digits[..2], "19" | "20") => (digits[..4].to_owned(), &digits[4..]),
            _ => return None,
        };
        let binds = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '–' | '/' | ':'));
        let before = self.source[..self.raws[0].start].chars().next_back();
        if binds(before) || binds(self.gap(0).chars().next().filter(|_| self.gap(0).chars().count() == 1)) {
            return None;
        }
        let found = date(1, &year, rest[..2].parse().ok()?, rest[2..].parse().ok()?)?;
        Some(Found { literal: Some(digits.to_owned()), ..found })
    }

    /// `12 §`, `8 a §`, `8a §`.
    fn section_before(&self) -> Option<Found> {
        let near = |at: usize| self.gap(at).chars().count() <= 1 && self.gap(at).chars().all(is_blank);
        let is_sign = |at: usize| self.raws.get(at).is_some_and(|raw| raw.kind == RawKind::Sign);
        if is_sign(1) && near(0) {
            return Some(section(2, self.text(0), self.text(0)));
        }
        let letter = self.text(1);
        let lettered = letter.len() == 1 && is_sign(2) && near(0) && near(1);
        lettered.then(|| section(3, &format!("{}{letter}", self.text(0)), self.text(0)))
    }

    /// `§ 12`, `§ 12a`, `§ 12 a`; the first sign of `§§ 12–14` says nothing.
    fn section_after(&self) -> Found {
        let numbered = self.raws.get(1).is_some_and(Raw::has_digit) && self.gap(0).chars().all(is_blank);
        // What may be a letter of the number, and is no word: `§ 12 i lagen`.
        let lettered = self.gap(1) == " " && matches!(self.text(2), "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h");
        match (numbered, lettered) {
            (true, true) => section(3, &format!("{}{}", self.text(1), self.text(2)), self.text(1)),
            (true, false) => section(2, self.text(1), self.text(1)),
            (false, _) => Found { runs: 1, ..Found::default() },
        }
    }

    /// `16 961 335`, `16.961.335`, `2,5 mnkr`, `500 tkr`: kronor without spaces.
    fn amount(&self) -> Option<Found> {
        let mut digits = self.number(0, 1, 12)?.to_owned();
        let mut runs = 1;
        if digits.len() <= 3 {
            let dotted = self.gap(0) == ".";
            while let Some(group) = self.number(runs, 3, 3).filter(|_| is_thousands(self.gap(runs - 1), dotted)) {
                digits.push_str(group);
                runs += 1;
            }
            if dotted && runs == 2 {
                (digits, runs) = (self.text(0).to_owned(), 1);
            }
        }
        let grouped = runs > 1;
        let decimals = self.number(runs, 1, 3).filter(|_| matches!(self.gap(runs - 1), "," | "."));
        let after = runs + usize::from(decimals.is_some());
        if let Some(factor) = self.multiplier(after) {
            let value = scaled(&digits, decimals.unwrap_or_default(), factor)?;
            return Some(amount(after + 1, value.to_string()));
        }
        grouped.then(|| amount(runs, digits))
    }

    fn multiplier(&self, at: usize) -> Option<u64> {
        let word = self.text(at).to_lowercase();
        let factor = SPEC.multipliers.get(&word)?;
        self.gap(at - 1).chars().all(is_blank).then_some(*factor)
    }

    /// `2026-0187`, which is also written `2026/187`; `2013-2019` are two years.
    fn register_number(&self) -> Option<Found> {
        let (year, number) = (self.number(0, 4, 4).filter(|year| is_year(year))?, self.number(1, 3, 6)?);
        let wider = vec![year.to_owned()];
        let term = Some(format!("{year}/{}", plain(number)));
        (self.gap(0) == "-" && !is_year(number)).then_some(Found { runs: 2, term, wider, literal: None })
    }

    /// `2021:93`, `2026/0187`, `2024/25:1`, `5.3`: runs bound by one of `signs`.
    fn joined(&self, signs: &[&str]) -> Option<Found> {
        let mut runs = 1;
        while signs.contains(&self.gap(runs - 1)) && self.raws[runs].has_digit() {
            runs += 1;
        }
        if runs == 1 {
            return None;
        }
        let mut term = plain(self.text(0));
        for at in 1..runs {
            term.push_str(self.gap(at - 1));
            term.push_str(&plain(self.text(at)));
        }
        let wider = (0..runs).filter_map(|at| self.number(at, 4, 4)).map(str::to_owned).collect();
        Some(Found { runs, term: Some(term), wider, literal: None })
    }
}

/// In small letters and without leading zeros.
fn plain(text: &str) -> String {
    let rest = text.trim_start_matches('0');
    if rest.is_empty() { "0".to_owned() } else { rest.to_lowercase() }
}

fn section(runs: usize, number: &str, wider: &str) -> Found {
    Found { runs, term: Some(format!("§{}", number.to_lowercase())), wider: vec![wider.to_lowercase()], literal: None }
}

/// An amount, also as people round it: 16 961 335 is found by 16,9 mnkr, 17 miljoner and 16 961 tkr.
fn amount(runs: usize, digits: String) -> Found {
    let value: u64 = digits.parse().unwrap_or_default();
    let mut wider = Vec::new();
    for unit in [1_000, 10_000, 100_000, 1_000_000] {
        for rounded in [value / unit * unit, (value + unit / 2) / unit * unit] {
            let rounded = rounded.to_string();
            if value >= unit && rounded != digits && !wider.contains(&rounded) {
                wider.push(rounded);
            }
        }
    }
    Found { runs, term: Some(digits), wider, literal: None }
}

fn date(runs: usize, year: &str, month: u8, day: u8) -> Option<Found> {
    let mut found = month_of(runs, year, month)?;
    let day = i8::try_from(day).ok()?;
    crate::model::Date::new(year.parse().ok()?, i8::try_from(month).ok()?, day).ok()?;
    found.wider.insert(0, found.term.replace(format!("{year}-{month:02}-{day:02}"))?);
    found.wider.extend([day.to_string(), format!("{day}/{month}")]);
    Some(found)
}

/// The year that two digits are short for.
fn whole_year(digits: &str) -> String {
    format!("{}{digits}", if digits < "5" { "20" } else { "19" })
}

fn month_of(runs: usize, year: &str, month: u8) -> Option<Found> {
    let name = SPEC.months.get(usize::from(month.checked_sub(1)?))?;
    is_year(year).then(|| Found {
        runs,
        term: Some(format!("{year}-{month:02}")),
        wider: vec![year.to_owned(), name.clone()],
        literal: None,
    })
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && ("1800".."2200").contains(&digits)
}

fn month_number(word: &str) -> Option<u8> {
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    let word = word.to_lowercase();
    let full = SPEC.months.iter().position(|name| *name == word).and_then(|at| u8::try_from(at + 1).ok());
    full.or_else(|| SPEC.short_months.get(&word).copied())
}

/// `2,5` with a factor of a million is 2500000; `None` where it is no whole number.
fn scaled(digits: &str, decimals: &str, factor: u64) -> Option<u64> {
    let shift = 10u64.pow(u32::try_from(decimals.len()).ok()?);
    let value: u64 = format!("{digits}{decimals}").parse().ok()?;
    let product = value.checked_mul(factor)?;
    (product % shift == 0).then_some(product / shift)
}

/// What may stand between the runs of a date: `r` a rule, `~` a blank, perhaps after a stop, `q` a sign for the left-out
/// digits of a year, `Q` the same after a blank, `,` up to three signs that part, `n` no hyphen first, or the sign itself.
fn gap_fits(gap: &str, sign: char) -> bool {
    let bare = gap.trim_matches(is_blank);
    let ends = matches!(gap.trim_start_matches(is_blank), "-" | "–" | "’" | "'");
    match sign {
        'r' => matches!(bare, "-" | "–" | "." | "/"),
        '~' => {
            let blanks = gap.strip_prefix(['.', ',']).unwrap_or(gap);
            !blanks.is_empty() && blanks.chars().all(is_blank)
        }
        'q' => ends,
        'Q' => ends && gap.starts_with(is_blank),
        ',' => {
            (1..=3).contains(&gap.chars().count()) && gap.chars().all(|c| is_blank(c) || matches!(c, '-' | ',' | '/'))
        }
        'n' => !gap.starts_with('-'),
        sign => gap.strip_prefix(sign) == Some(""),
    }
}

/// What stands between the thousands of a number: one blank, or stops throughout.
fn is_thousands(gap: &str, dotted: bool) -> bool {
    if dotted { gap == "." } else { gap.chars().count() == 1 && gap != "\n" && gap.chars().all(is_blank) }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}
