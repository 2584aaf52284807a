//! The parts of an agenda item's heading: kind, title, attachments and case number.

/// A heading taken apart; nothing is left out but the words that say what its parts are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub title: String,
    pub kind: Option<String>,
    pub attachments: Vec<String>,
    pub dnr: Option<String>,
}

pattern! {
    KIND = r"^(?P<kind>(?:Information|Dialog|Beslut|Diskussion)(?:\s?(?:/|och|,)\s?(?:[Ii]nformation|[Dd]ialog|[Bb]eslut|[Dd]iskussion))*)\s*(?::|\s[–-]\s)\s*(?P<title>\S.*)$";
    ATTACHED = r"\s*\(\s*(?P<in>[Bb]ilag(?:a|or)\b[^()]*)\)|\s+[–-]?\s*(?P<end>[Bb]ilag(?:a|or)\s+\d[^()]*)$";
    ALL_ATTACHED = r"^\(?\s*(?P<label>[Bb]ilag(?:a|or)\s+[\d§][^():]{0,60})\)?\.?$";
    NEXT_ATTACHED = r"\s*(?:,|;|och|&)\s*(?:[Bb]ilaga\s+)?(?:(?P<no>\d)|[Bb]ilag)";
    DNR = r"(?i)[\s,(–-]*\b(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärende\s?nr)\b[.:]?\s*(?P<no>[^()]*\d[^()]*?)\)?$";
    BARE_DNR = r"[\s,(–-]*\(?(?P<no>(?:[A-ZÅÄÖ]{2,6}[ -/]?\d{4}[/.:-]\d{1,6}|\d{4}[/-][A-ZÅÄÖ]{2,4}\s?\d{3,5}(?:\s\d{3})?|[A-ZÅÄÖ]{2,6}-\d{4}-\d{3,6}|\d{4}[A-ZÅÄÖ]{2,4}\d{2,5}|\d{4,6}/\d{4}|[A-ZÅÄÖ]{2,6}[/ -]\d{1,6}/\d{2,4})(?:[\s-]+[\d.]{2,8})?)\)?$";
    ALL_DNR = r"(?i)^(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärende\s?nr)\b[.:]?\s*(?P<no>.*\d.*)$";
}

/// Takes a heading's text apart; its number is already gone.
pub(super) fn heading(text: &str) -> Heading {
    let mut title = text.trim().to_owned();
    let mut heading = Heading::default();
    for dnr in [&*DNR, &*BARE_DNR] {
        if let Some((span, no)) =
            dnr.captures(&title).map(|found| (found.get_match().start(), found["no"].trim().to_owned()))
        {
            title.truncate(span);
            heading.dnr.get_or_insert(no);
        }
    }
    while let Some((span, label)) = attached(&title) {
        title.replace_range(span, "");
        let mut labels = labels(&label);
        labels.append(&mut heading.attachments);
        heading.attachments = labels;
    }
    if let Some(found) = KIND.captures(&title) {
        let (kind, rest) = (found["kind"].to_owned(), found["title"].to_owned());
        heading.kind = Some(kind);
        title = rest;
    }
    // An extract has each body's day beside its paragraph.
    if let Some(day) = crate::model::written_dates(title.trim()).into_iter().find(|date| date.span.start == 0)
        && title.trim()[day.span.end..].chars().all(|c| !c.is_alphanumeric())
    {
        title.clear();
    }
    heading.title = title.trim().trim_end_matches([':', ',', '–']).trim().to_owned();
    heading
}

fn attached(title: &str) -> Option<(std::ops::Range<usize>, String)> {
    let found = ATTACHED.captures_iter(title).last()?;
    let label = found.name("in").or_else(|| found.name("end"))?.as_str().to_owned();
    Some((found.get_match().range(), label))
}

/// The attachments of a line that names nothing else.
pub(super) fn only_attachments(text: &str) -> Option<Vec<String>> {
    ALL_ATTACHED.captures(text.trim()).map(|found| labels(&found["label"]))
}

/// The case number of a line that holds nothing else.
pub(super) fn only_dnr(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(found) = ALL_DNR.captures(text).filter(|_| text.len() < 70) {
        return Some(found["no"].trim().to_owned());
    }
    BARE_DNR.captures(text).filter(|found| found.get_match().start() == 0).map(|found| found["no"].trim().to_owned())
}

/// "Bilagor 2 och 3" are two; "Bilaga 2 A–B" and "Bilaga 4 A+B" are one each.
fn labels(text: &str) -> Vec<String> {
    let numbers = text.trim().trim_start_matches(|c: char| c.is_alphabetic()).trim();
    let mut labels = Vec::new();
    let mut from = 0;
    for found in NEXT_ATTACHED.captures_iter(numbers) {
        labels.push(numbers[from..found.get_match().start()].trim());
        from = found.name("no").map_or(found.get_match().end(), |digit| digit.start());
    }
    labels.push(numbers[from..].trim());
    labels.into_iter().filter(|label| !label.is_empty()).map(|label| format!("Bilaga {label}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_taken_apart() {
        for (text, title, kind, attachments, dnr) in [
            ("Beslut: Plan (Bilaga 2 A–B)", "Plan", Some("Beslut"), vec!["Bilaga 2 A–B"], None),
            (
                "Information/Beslut: Medel (Bilaga 4 A+B)",
                "Medel",
                Some("Information/Beslut"),
                vec!["Bilaga 4 A+B"],
                None,
            ),
            ("Beslut om förlängning (RÖK)", "Beslut om förlängning (RÖK)", None, vec![], None),
            ("Budget 2027 Dnr KS 2026/123", "Budget 2027", None, vec![], Some("KS 2026/123")),
            ("Budget (dnr KS 2026/123)", "Budget", None, vec![], Some("KS 2026/123")),
            ("Taxa SLK-2023-00863", "Taxa", None, vec![], Some("SLK-2023-00863")),
            ("Taxor 2026", "Taxor 2026", None, vec![], None),
            ("Plan (Bilagor 2 och 3)", "Plan", None, vec!["Bilaga 2", "Bilaga 3"], None),
            ("Plan (Bilaga 1, Bilaga 2)", "Plan", None, vec!["Bilaga 1", "Bilaga 2"], None),
        ] {
            let found = heading(text);
            assert_eq!(
                (found.title.as_str(), found.kind.as_deref(), found.dnr.as_deref()),
                (title, kind, dnr),
                "{text}"
            );
            assert_eq!(found.attachments, attachments, "{text}");
        }
    }

    #[test]
    fn case_numbers_of_every_shape() {
        for text in [
            "Dnr KS 2026/123",
            "Dnr 2017/SN 0229 013",
            "Diarienummer 00322/2026",
            "VON/2025:00149",
            "SLK-2023-00863",
            "2023KS133",
            "SN 2015.0035",
            "Dnr: KS2026/12",
            "HSN/114/2026",
        ] {
            assert!(only_dnr(text).is_some(), "{text}");
        }
        for text in ["2026-01-29", "Budget 2027", "Kommunstyrelsen 2026"] {
            assert_eq!(only_dnr(text), None, "{text}");
        }
    }
}
