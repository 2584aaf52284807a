//! From when to when something holds: prose and cover tables, with prolongation, notice and conditions in their words.

use crate::import::{GateRow, Line, Part, Passage, Span};
use crate::model::{PartialDate, written_dates};

pattern! {
    HOLDS = r"(?i)\b(?:gäller|gälla|pågår|pågå|löper|löpa|giltig(?:t|hetstid(?:en)?|het)?|avtalstid(?:en)?|avtalsperiod(?:en)?|perioden|träder i kraft|överenskommelsen (?:är|sträcker))\b";
    FROM = r"(?i)(?:från och med|fr\.?\s?o\.?\s?m\.?|from|från|träder i kraft(?: den)?|gäller|giltig(?:hetstid|t)?|perioden|avtalstid\w*)[\s:]*(?:den\s+)?$";
    TO = r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|tom|till|längst)\s*(?:preliminärt\s+|och med\s+)?(?:den\s+)?$";
    DASH = r"^\s*[–-]\s*$";
    DECISION_DAY = r"(?i)från(?: och med)?\s+(beslutsdatum(?:et)?)";
    OPEN = r"(?i)\b(tills vidare)\b";
    PRELIMINARY = r"(?i)preliminär";
    GUIDED = r"(?i)tidsramen? för.{0,80}?[”“\x22]([^”“\x22]{4,80})[”“\x22]";
    PROLONGS = r"(?i)förläng(?:s|as|ning)\b|i sänder|automatisk";
    NOTICE = r"(?i)\bs(?:ä|a)gs upp\b|uppsägning(?:stid)?|säga upp";
    CONDITION = r"(?i)under förutsättning att|tills vidare, men|till dess att|förutsatt att|villkorat";
    LABEL_FROM = r"(?i)^(?:giltig(?:t|het)?|gäller)?\s*(?:fr\.?\s?o\.?\s?m\.?|från och med|från)\b[:\s]*";
    LABEL_TO = r"(?i)^(?:giltig(?:t|het)?|gäller)?\s*(?:t\.?\s?o\.?\s?m\.?|till och med|till)\b[:\s]*";
    LABEL_BOTH = r"(?i)^(?:giltighetstid|giltighet|avtalstid|avtalsperiod|gäller)\s*:?\s*";
    LABEL_ADOPTED = r"(?i)^(?:antagen|antagits|beslutad|fastställd|godkänd)\b(?:\s+(?:av|den)\b)?[:\s]*";
    /// What ends in a full stop without ending a sentence.
    ABBREVIATED = r"(?i)\b(?:bl\.?\s?a|t\.?\s?ex|m\.?\s?fl|dvs|d\.?\s?v\.?\s?s|kl|nr|s\.?\s?k|ca|resp|f\.?\s?d|tf|inkl|exkl|avd|kap|st|dir|prop|enl|vice ordf|ordf|forts|tel|alt|ev|bil|jfr|fr\.?\s?o\.?\s?m|t\.?\s?o\.?\s?m)\.$";
    NO_DATE_LABEL = r"(?i)^(?:dokumenttyp|dokumentnamn|ansvarig|version|diarienummer|dnr|revider|senast|målgrupp|ersätter|gäller för|dokumentansvarig)";
}

/// What the text says of its own time; `None` where it says nothing.
pub(super) fn period(lines: &[&Line], passages: &[Passage], gates: &[GateRow]) -> Option<Span> {
    let prose = passages
        .iter()
        .filter(|passage| matches!(passage.part, Part::Paragraph | Part::ListItem(_) | Part::Cover))
        .find_map(said);
    let mut span = prose.or_else(|| cover(lines)).or_else(|| by_gates(gates))?;
    span.guided_by =
        passages.iter().find_map(|passage| GUIDED.captures(&passage.text).map(|found| found[1].to_owned()));
    Some(span)
}

/// An agreement's: its cover's table first, then its prose, with the words on how it ends.
pub(super) fn validity(lines: &[&Line], passages: &[Passage]) -> Option<Span> {
    let texts = || passages.iter().filter(|passage| !matches!(passage.part, Part::Heading(_)));
    let prose = texts().filter(|passage| HOLDS.is_match(&passage.text)).find_map(said);
    let mut span = match (cover(lines), prose) {
        (Some(cover), Some(prose)) => {
            Span { from: cover.from.or(prose.from), to: cover.to.or(prose.to), preliminary: prose.preliminary, ..cover }
        }
        (cover, prose) => cover.or(prose).unwrap_or_default(),
    };
    let sentence = |pattern: &regex::Regex| {
        texts()
            .filter(|passage| passage.part != Part::Cover)
            .flat_map(|passage| sentences(&passage.text))
            .find(|text| pattern.is_match(text))
    };
    span.prolongation = sentence(&PROLONGS);
    span.notice = sentence(&NOTICE);
    span.condition = sentence(&CONDITION);
    (span != Span::default()).then_some(span)
}

/// Every end that the text gives, each with its line: two different ones contradict each other.
pub(super) fn ends(lines: &[&Line], passages: &[Passage]) -> Vec<(usize, String)> {
    // What a prolongation would lead to is no end that the text gives.
    let prose = passages.iter().filter(|passage| HOLDS.is_match(&passage.text)).flat_map(|passage| {
        let own = sentences(&passage.text).into_iter().filter(|sentence| !PROLONGS.is_match(sentence));
        own.filter_map(|sentence| said_in(&sentence)).map(|span| Span { line: passage.line, ..span })
    });
    let versions = lines.iter().filter_map(|line| ranged(line));
    let mut ends: Vec<(usize, String)> =
        cover(lines).into_iter().chain(prose).filter_map(|span| Some((span.line, span.to?))).chain(versions).collect();
    ends.sort();
    ends.dedup_by(|a, b| a.1 == b.1);
    ends
}

/// "2013.11.01 – 2016.12.31" anywhere in a table.
fn ranged(line: &Line) -> Option<(usize, String)> {
    let dates = written_dates(&line.text);
    let pair = dates.windows(2).find(|pair| DASH.is_match(&line.text[pair[0].span.end..pair[1].span.start]))?;
    matches!(pair[1].date, PartialDate::Day(_)).then(|| (line.number, pair[1].date.to_string()))
}

/// Start and end as one sentence gives them.
fn said(passage: &Passage) -> Option<Span> {
    sentences(&passage.text)
        .iter()
        .find_map(|sentence| said_in(sentence))
        .map(|span| Span { line: passage.line, ..span })
}

fn said_in(text: &str) -> Option<Span> {
    let at = HOLDS.find(text)?.start();
    let dates: Vec<_> = written_dates(text).into_iter().filter(|date| date.span.end > at).collect();
    let before = |at: usize| &text[..dates[at].span.start];
    let from = (0..dates.len()).find(|&at| FROM.is_match(before(at)) && !TO.is_match(before(at)));
    // A dash ends only what it stands directly after.
    let dashed = |at: usize| {
        from.is_some_and(|from| from + 1 == at && DASH.is_match(&text[dates[from].span.end..dates[at].span.start]))
    };
    let to = (0..dates.len()).find(|&at| (TO.is_match(before(at)) || dashed(at)) && from.is_none_or(|from| from < at));
    let decided = DECISION_DAY.captures(text).map(|found| found[1].trim_end_matches("et").to_owned());
    let open = OPEN.is_match(&text[at..]) && to.is_none();
    let from = from.map(|at| dates[at].date.to_string()).or(decided);
    let to = to.map(|at| dates[at].date.to_string()).or_else(|| open.then(|| "tills vidare".to_owned()));
    let preliminary = PRELIMINARY.is_match(text).then_some(true);
    (from.is_some() || to.is_some()).then(|| Span { from, to, preliminary, ..Span::default() })
}

/// Labels with their value beside or below; or all labels first and then the values, told apart by being dates.
fn cover(lines: &[&Line]) -> Option<Span> {
    let head = &lines[..lines.len().min(60)];
    let mut span = Span::default();
    for (at, line) in head.iter().enumerate() {
        let below = head.get(at + 1).map_or("", |next| next.text.as_str());
        read_label(&mut span, &line.text, below, line.number);
    }
    if span.from.is_none() && span.to.is_none() {
        span = in_any_order(head, span);
    }
    (span.from.is_some() || span.to.is_some()).then_some(span)
}

fn read_label(span: &mut Span, text: &str, below: &str, line: usize) {
    if NO_DATE_LABEL.is_match(text) || text.len() > 110 {
        return;
    }
    let value = |label: &regex::Regex| {
        let found = label.find(text)?;
        let rest = text[found.end()..].trim();
        let own = if rest.is_empty() { below } else { rest };
        let dates = written_dates(own);
        let near = dates.first().is_some_and(|date| date.span.start < 6 || std::ptr::eq(label, &*LABEL_ADOPTED));
        near.then_some(dates)
    };
    if let Some(dates) = value(&LABEL_FROM).filter(|_| span.from.is_none()) {
        (span.from, span.line) = (Some(dates[0].date.to_string()), line);
        if let Some(to) = dates.get(1) {
            span.to = Some(to.date.to_string());
        }
    } else if let Some(dates) = value(&LABEL_TO).filter(|_| span.to.is_none()) {
        (span.to, span.line) = (Some(dates[0].date.to_string()), line);
    } else if let Some(dates) = value(&LABEL_ADOPTED).filter(|_| span.adopted.is_none()) {
        span.adopted = Some(dates[0].date.to_string());
    } else if let Some(dates) = value(&LABEL_BOTH).filter(|dates| dates.len() > 1 && span.from.is_none()) {
        (span.from, span.to, span.line) = (Some(dates[0].date.to_string()), Some(dates[1].date.to_string()), line);
    }
}

/// The cover has labels for start and end, and its values stand elsewhere: two dates in order can only be those.
fn in_any_order(head: &[&Line], span: Span) -> Span {
    let label = |pattern: &regex::Regex| {
        head.iter().position(|line| line.text.len() < 40 && pattern.replace(&line.text, "").trim().is_empty())
    };
    let (Some(from), Some(to)) = (label(&LABEL_FROM), label(&LABEL_TO)) else { return span };
    let alone = head[from.max(to)..].iter().take(20).filter_map(|line| {
        let date = written_dates(&line.text).into_iter().next()?;
        let whole = date.span == (0..line.text.len()) && matches!(date.date, PartialDate::Day(_));
        whole.then_some((date.date, line.number))
    });
    let dates: Vec<(PartialDate, usize)> = alone.collect();
    let adopted = label(&LABEL_ADOPTED).is_some();
    match (dates.as_slice(), adopted) {
        ([a, b], false) => {
            Span { from: Some(a.0.min(b.0).to_string()), to: Some(a.0.max(b.0).to_string()), line: a.1, ..span }
        }
        // Adopted, in force, out of force: that is the order in time too.
        ([_, _, _], true) => {
            let mut sorted: Vec<PartialDate> = dates.iter().map(|(date, _)| *date).collect();
            sorted.sort();
            Span {
                adopted: Some(sorted[0].to_string()),
                from: Some(sorted[1].to_string()),
                to: Some(sorted[2].to_string()),
                line: dates[0].1,
                ..span
            }
        }
        _ => span,
    }
}

/// A project without other words on its time runs from the point where it starts to the one where it ends.
fn by_gates(gates: &[GateRow]) -> Option<Span> {
    let at = |words: &[&str]| {
        gates.iter().find(|gate| {
            gate.what.as_ref().is_some_and(|what| words.iter().any(|word| what.to_lowercase().contains(word)))
        })
    };
    let (start, end) = (at(&["start"]), at(&["avslut", "slutrapport"]));
    let from = start.and_then(|gate| gate.date.clone());
    let to = end.and_then(|gate| gate.date.clone());
    (from.is_some() && to.is_some()).then(|| Span {
        from,
        to,
        line: start.map_or(0, |gate| gate.line),
        ..Span::default()
    })
}

/// A text's sentences; abbreviations such as "t.o.m." do not end one.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '!', '?']) {
        let next = text[at + 1..].trim_start().chars().next();
        let spaced = text[at + 1..].starts_with(char::is_whitespace) || at + 1 == text.len();
        if spaced
            && !ABBREVIATED.is_match(ending(&text[from..=at]))
            && next.is_none_or(char::is_uppercase)
            && at > from + 8
        {
            out.push(text[from..=at].trim().to_owned());
            from = at + 1;
        }
    }
    let rest = text[from..].trim();
    if !rest.is_empty() {
        out.push(rest.to_owned());
    }
    out
}

/// The last signs of a text, more than any abbreviation has.
fn ending(text: &str) -> &str {
    let from = (text.len().saturating_sub(24)..text.len()).find(|&at| text.is_char_boundary(at));
    &text[from.unwrap_or(0)..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    fn of(text: &str) -> (Option<String>, Option<String>) {
        let passage = Passage { part: Part::Paragraph, text: text.to_owned(), line: 1 };
        said(&passage).map_or((None, None), |span| (span.from, span.to))
    }

    fn pair(from: &str, to: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(from), some(to))
    }

    #[test]
    fn prose_says_from_and_to() {
        for (text, from, to) in [
            ("Uppdraget kommer att pågå fr.o.m. 2020-02-07 t.o.m. preliminärt 2020-12-31.", "2020-02-07", "2020-12-31"),
            ("gäller från beslutsdatum och löper tills vidare", "beslutsdatum", "tills vidare"),
            (
                "Överenskommelsen gäller från och med den 1 juli 2027 till och med den 30 juni 2030.",
                "2027-07-01",
                "2030-06-30",
            ),
            ("Avtalet gäller 2013.11.01 – 2016.12.31", "2013-11-01", "2016-12-31"),
            ("Överenskommelsen gäller tills vidare från och med 2026-01-01", "2026-01-01", "tills vidare"),
            ("Möte den 1 juli 2027 i Falun", "", ""),
        ] {
            assert_eq!(of(text), pair(from, to), "{text}");
        }
    }

    #[test]
    fn a_cover_with_all_labels_first() {
        let texts = [
            "Dokumenttyp",
            "Giltigt från och med",
            "Giltigt till och med",
            "Ansvarig",
            "RÖK",
            "2030-06-30",
            "2027-07-01",
        ];
        let lines: Vec<Line> = texts
            .iter()
            .map(|text| Line { number: 1, text: (*text).to_owned(), indent: 0, gap: 0, turn: Turn::SamePage })
            .collect();
        let span = cover(&lines.iter().collect::<Vec<_>>()).expect("a span");
        assert_eq!((span.from.as_deref(), span.to.as_deref()), (Some("2027-07-01"), Some("2030-06-30")));
    }
}
