//! What stands before the first item or section: title, date, place and case number, by label or by form.

use super::body::Bodies;
use super::heading::only_dnr;
use crate::import::{DraftKind, Line, Part, Passage, marks};
use crate::model::{Date, PartialDate, written_dates};

pattern! {
    WEEKDAY = r"(?i)\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?(?:\s+den)?\b";
    DATE_LABEL = r"(?i)^(?:datum|sammanträdesdatum|mötesdatum|sammanträdestid|sammanträdesdag|tid och plats|plats och tid|tid|när|dag)\b\s*:?\s*(?P<rest>.*)$";
    PLACE_LABEL = r"(?i)^(?:plats och tid|tid och plats|plats|lokal|var|mötesplats)\b\s*:?\s*(?P<rest>.*)$";
    ANY_LABEL = r"(?i)^(?:datum|tid|plats|närvarande|frånvarande|beslutande|deltagare|ordförande|sekreterare|justerare|paragrafer|organ|kallade|dagordning|sida)\b";
    OTHER_DATE = r"(?i)föregående|nästa|utskrift|juster|anslag|anslås|publicer|överklag|uppdaterad|skapad|förvar|antagen|giltig|version|senast";
    MEETING_WORD = r"(?i)\b(?:minnesanteckningar|protokoll\w*|sammanträde\w*|möte\w*|kallelse)\b";
    TIME = r"(?i),?\s*(?:(?:kl\.?|klockan)\s*\d{1,2}(?:[.:]\d{2})?|\d{1,2}[.:]\d{2})(?:\s*[–-]\s*\d{1,2}(?:[.:]\d{2})?)?";
    BREAK = r"(?i)[\s,;]+ajourner";
    NEXT = r"(?i)\bnästa\s+(?:möte|sammanträde|träff)\b";
    NO_TITLE = r"(?i)^(?:sid(?:\b|[ao])|\d|version|versionshantering|datum|dnr|diarie|ärendenummer|innehåll|dokument(?:namn|ansvarig|version|et gäller)|beslutad|beslutsinstans|beslutsdatum|fastställ|godkänd|gäller|revider|uppdaterad|handläggare|kontaktperson|projekt(?:namn|nummer)|roll\b|närvarande|namn\b|frånvarande|dokumenttyp|giltig|antagen|ansvarig|plats|tid\b|https?:|www\.)";
    ADOPTED = r"(?i)^(?:antagen|antaget|beslutad|beslutat|fastställd|fastställt|godkänd|godkänt)\b[^§]{0,80}\d";
    TYPE_ALONE = r"(?i)^(?:projektdirektiv|uppdragsdirektiv|uppdragsbeskrivning|(?:regional |lokal |länsgemensam )?(?:samverkans)?överenskommelse)$";
}

/// A reading with the line it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    pub value: T,
    pub line: usize,
}

/// The cover's lines with the letterhead's, in the source's order.
pub(super) fn lines<'a>(passages: &'a [Passage], furniture: &'a [Line]) -> Vec<(usize, &'a str)> {
    let own = passages.iter().take_while(|passage| passage.part == Part::Cover || passage.part == Part::CaseNumber);
    let mut lines: Vec<(usize, &str)> = own.map(|passage| (passage.line, passage.text.as_str())).collect();
    lines.extend(furniture.iter().map(|line| (line.number, line.text.as_str())));
    lines.sort_unstable_by_key(|(line, _)| *line);
    lines
}

/// The cover's lines without the letterhead's.
pub(super) fn own(passages: &[Passage]) -> Vec<(usize, &str)> {
    lines(passages, &[])
}

/// A meeting's own date: under its label, or on the line that names the meeting. Never another date of the text.
pub(super) fn meeting_date(cover: &[(usize, &str)], bodies: &Bodies) -> Option<Found<Date>> {
    for (at, (line, text)) in cover.iter().enumerate() {
        let Some(found) = DATE_LABEL.captures(text) else { continue };
        let rest = found["rest"].trim();
        let below = cover.get(at + 1).map_or("", |(_, text)| *text);
        let value = if rest.is_empty() { below } else { rest };
        // Labels may stand in a row before their values; the first line that is only a date is then the date's.
        let later = || cover[at + 1..].iter().take(8).find_map(|(_, text)| day(text).filter(|_| text.len() < 50));
        if let Some(date) = day(value).or_else(|| later().filter(|_| rest.is_empty())) {
            return Some(Found { value: date, line: *line });
        }
    }
    let mut own: Vec<Found<Date>> = cover
        .iter()
        .filter(|(_, text)| !OTHER_DATE.is_match(text))
        .filter(|(_, text)| {
            MEETING_WORD.is_match(text) || alone(text) || marks::is_day(text) || bodies.whole(text).is_some()
        })
        .filter_map(|(line, text)| Some(Found { value: day(text)?, line: *line }))
        .collect();
    own.dedup_by_key(|found| found.value);
    let first = own.first()?.clone();
    own.iter().all(|found| found.value == first.value).then_some(first)
}

fn day(text: &str) -> Option<Date> {
    let found = written_dates(text).into_iter().find_map(|found| match found.date {
        PartialDate::Day(day) => Some(day),
        _ => None,
    });
    found.filter(|_| !OTHER_DATE.is_match(text))
}

/// A line that is nothing but a date, perhaps with the day's name and the hours.
fn alone(text: &str) -> bool {
    let rest = written_dates(text).into_iter().rev().fold(text.to_owned(), |mut rest, found| {
        rest.replace_range(found.span, "");
        rest
    });
    let rest = TIME.replace_all(&rest, "").to_lowercase();
    rest.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 3)
        .all(|word| word.ends_with("dag") || word.ends_with("dagen"))
}

/// The day a body adopted the document, as its cover says.
pub(super) fn adopted(cover: &[(usize, &str)]) -> Option<Date> {
    cover.iter().filter(|(_, text)| ADOPTED.is_match(text)).find_map(|(_, text)| {
        written_dates(text).into_iter().find_map(|found| match found.date {
            PartialDate::Day(day) => Some(day),
            _ => None,
        })
    })
}

/// Where it was held, without the hour.
pub(super) fn place(cover: &[(usize, &str)]) -> Option<Found<String>> {
    cover.iter().enumerate().find_map(|(at, (line, text))| {
        let found = PLACE_LABEL.captures(text)?;
        let rest = found["rest"].trim();
        let below = cover.get(at + 1).map(|(_, text)| *text).filter(|text| !ANY_LABEL.is_match(text));
        let value = if rest.is_empty() { below? } else { rest };
        let mut value = TIME.replace_all(BREAK.split(value).next().unwrap_or(value), "").into_owned();
        for date in written_dates(&value).into_iter().rev() {
            value.replace_range(date.span, "");
        }
        let value = WEEKDAY.replace_all(&value, "");
        let value = value.trim_matches([' ', ',', ':', ';', '–', '-']).to_owned();
        (value.len() > 2 && value.chars().any(char::is_alphabetic)).then_some(Found { value, line: *line })
    })
}

/// The case number of the whole document.
pub(super) fn dnr(cover: &[(usize, &str)]) -> Option<String> {
    cover.iter().find_map(|(_, text)| only_dnr(text))
}

/// "Nästa möte: den 10 december 2026".
pub(super) fn next_meeting(passages: &[Passage]) -> Option<String> {
    let below = passages.iter().skip(1).map(|passage| passage.text.as_str()).chain([""]);
    passages.iter().zip(below).find_map(|(passage, below)| {
        let found = NEXT.find(&passage.text)?;
        let near = |text: &str| written_dates(text).into_iter().find(|date| date.span.start < 60);
        // A heading has its answer below it.
        let heading = matches!(passage.part, Part::Item(_) | Part::Heading(_));
        let date = near(&passage.text[found.start()..]).or_else(|| near(below).filter(|_| heading));
        date.map(|date| date.date.to_string())
    })
}

/// The title on the cover; a meeting's is made of its body, form and date.
pub(super) fn title(
    kind: DraftKind,
    cover: &[(usize, &str)],
    body: Option<&str>,
    date: Option<Date>,
) -> Option<String> {
    let word = match kind {
        DraftKind::Minnesanteckningar => "minnesanteckningar",
        DraftKind::Protokoll => "protokoll",
        DraftKind::Kallelse => "kallelse",
        DraftKind::Uppdragsbeskrivning | DraftKind::Överenskommelse => return own_title(cover),
    };
    let date = date.map(|date| format!(" {date}")).unwrap_or_default();
    Some(format!("{}, {word}{date}", body?))
}

/// The first line that can be a title; a type's name alone goes on to the line below.
fn own_title(cover: &[(usize, &str)]) -> Option<String> {
    let bodies = Bodies { known: Vec::new(), own: None };
    let can = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let fits = (8..=160).contains(&text.chars().count()) && letters * 10 > text.chars().count() * 6;
        fits && text.starts_with(char::is_uppercase)
            && !text.ends_with(['.', ':', ','])
            && !NO_TITLE.is_match(text)
            && only_dnr(text).is_none()
            && !text.contains("  ")
    };
    let mut candidates = cover.iter().map(|(_, text)| *text).filter(|text| can(text));
    let capitals = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let first = candidates.find(|text| !capitals(text) && bodies.whole(text).is_none())?;
    if TYPE_ALONE.is_match(first) {
        let longer = cover
            .iter()
            .map(|(_, text)| *text)
            .find(|text| can(text) && text.len() > first.len() && text.starts_with(first));
        if let Some(longer) = longer {
            return Some(strip_version(longer));
        }
        let next = candidates.find(|next| *next != first && !next.starts_with(first));
        return Some(next.map_or(first.to_owned(), |next| format!("{first} {}", strip_version(next))));
    }
    Some(strip_version(first))
}

fn strip_version(title: &str) -> String {
    title.split("  ").next().unwrap_or(title).split(" Version ").next().unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(lines: &[&str]) -> Option<String> {
        let cover: Vec<(usize, &str)> = lines.iter().enumerate().map(|(at, text)| (at + 1, *text)).collect();
        meeting_date(&cover, &Bodies { known: Vec::new(), own: None }).map(|found| found.value.to_string())
    }

    #[test]
    fn only_the_meetings_own_date() {
        let is = |lines: &[&str], expected: Option<&str>| assert_eq!(date(lines).as_deref(), expected, "{lines:?}");
        is(&["Datum: 260917"], Some("2026-09-17"));
        is(&["Sammanträdesdatum", "2026-02-03"], Some("2026-02-03"));
        is(&["Tid och plats", "Rådhuset, tisdagen den 3 februari 2026 kl. 13.00–15.30"], Some("2026-02-03"));
        is(&["Kommunstyrelsen 2026-02-03 4 (15)"], Some("2026-02-03"));
        is(&["Minnesanteckningar 3 februari 2026"], Some("2026-02-03"));
        is(&["Föregående minnesanteckningar 2025-11-21"], None);
        is(&["Protokollet justeras 2026-02-10"], None);
        is(&["Anna Berg  Norrort", "anställd 2020-01-01 vid Regionen"], None);
    }

    #[test]
    fn the_place_without_the_hour() {
        let cover = [(1, "Plats och tid: Kommunhuset, sal A, 2026-02-03 kl. 13.00–15.30")];
        assert_eq!(place(&cover).map(|found| found.value).as_deref(), Some("Kommunhuset, sal A"));
    }
}
