//! The marks that open a line: bullets, numbers, labels and the words of a decision. Both cleaning and understanding go
//! by them.

use std::ops::Range;

pattern! {
    BULLET = r"^(?:[•·*»«¢]|[–—-](?:\s|$)|o\s+(?:[A-ZÅÄÖ]|[a-zåäö]{2}))\s*";
    NUMBERED = r"^(?:\d{1,2}(?:[.:]\d{1,2})*[.)]?\s+(?:[a-zåäö]\)\s*)?[A-ZÅÄÖ”]|[a-zåäö]\)\s*\S|(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,8}\s?)?§\s?\d|(?:Fas|Bild|Figur|Tabell|Kapitel|Avsnitt)\s\d)";
    FIELD = r"^(?:Föredragande|Föredragare|Föredras av|Datum|Tid|Plats|Närvarande|Frånvarande|Beslutande|Ej beslutande|Övriga (?:närvarande|deltagare)|Deltagare|Justerare|Sekreterare|Ordförande|Beslut|Förslag till beslut|Yrkande|Reservation|Dnr|Diarienummer|Ärendenummer|Paragrafer|Bilaga \d+\S*)\s*:";
    FIELD_NAME = r"(?i)^(?:plats och tid|tid och plats|plats|tid|datum|sammanträdesdatum|mötesdatum|ledamöter|ersättare|(?:ej )?(?:tjänstgörande|beslutande)(?: ersättare| ledamöter)?|(?:övriga )?(?:närvarande|deltagare)|frånvarande|utses att justera|justerare|justeringens plats och tid|underskrifter|sekreterare|ordförande|paragrafer)\s*:?$";
    DAY = r"(?i)^(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\s(?:den\s)?\d";
    DECIDER = r"^(?P<who>[A-ZÅÄÖ][^.:;!?\d]{1,90}?)\s+(?:har\s+)?(?P<verb>beslutade|beslutar|beslutat|beslöt|föreslår|tillstyrker|BESLUTADE|BESLUTAR|BESLÖT|FÖRESLÅR|TILLSTYRKER)(?:[\s:]|$)";
    DECIDES = r"(?i)beslut|beslöt|föreslår|tillstyrker";
    NOT_A_BODY = r"(?i)^(?:vid|under|den|med|efter|i|på|utifrån|enligt|för|om|att|det|som|när|mot|därefter|sedan|han|hon|de|vi|genom|förslag\w*|bakgrund\w*|tidigare|ändringar|förändringar|frågan|ärendet)\s|\s(?:som|att|och\s+\w+ar)$|,$";
    INTRODUCES = r"(?i)^(?:\s*(?:enhälligt|därefter|därför|således|att|följande|också|även|för egen del,?|besluta|under förutsättning (?:av|att)\s[^.:]{3,90}?,|(?:enligt|i enlighet med|med bifall till)\s[^.:]{2,90}?))*\s*:?$";
    PROPOSES = r"(?i)^\s*(?:\S+\s){0,6}?(?:besluta|beslutar|att)\s*:?$";
    CLAUSE = r"^(?:[•–—-]\s*)?[Aa]tt\s";
}

/// The length of a bullet and the white space after it; `None` where the line has none.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let found = BULLET.find(text)?;
    // An `o` that Word drew as a ring is taken with the word after it, which is not part of the bullet.
    Some(text.strip_prefix('o').map_or(found.end(), |rest| text.len() - rest.trim_start().len()))
}

/// A number, letter or paragraph sign that opens an item or a section.
pub(super) fn is_numbered(text: &str) -> bool {
    NUMBERED.is_match(text)
}

/// `Föredragande:`, `Datum:` and other fields of a form.
pub(super) fn is_field(text: &str) -> bool {
    FIELD.is_match(text)
}

/// A field's name alone on its line, its value below.
pub(super) fn is_field_name(text: &str) -> bool {
    FIELD_NAME.is_match(text)
}

/// The day a meeting was held, at the start of a line of its cover.
pub(super) fn is_day(text: &str) -> bool {
    DAY.is_match(text)
}

/// A clause of a decision.
pub(super) fn is_clause(text: &str) -> bool {
    CLAUSE.is_match(text)
}

/// Signs of a body's name in `DECIDER`.
const LONGEST_NAME: usize = 90;

/// "X beslutade …": who, and what follows the verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decider<'a> {
    pub who: &'a str,
    pub verb: Verb,
    pub rest: &'a str,
    pub rest_span: Range<usize>,
}

/// Whether a body decides or, as its decision, proposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Decides,
    Proposes,
}

/// Reads a line that begins with who decided; "vid mötet beslutade …" begins with something else.
pub(super) fn decider(text: &str) -> Option<Decider<'_>> {
    // Most lines have no such word, and the name that may stand before it is short.
    let start = text.char_indices().nth(LONGEST_NAME + 30).map_or(text, |(end, _)| &text[..end]);
    if !DECIDES.is_match(start) {
        return None;
    }
    let found = DECIDER.captures(start)?;
    let who = found.name("who")?.as_str();
    if NOT_A_BODY.is_match(who) || who.split_whitespace().count() > 9 {
        return None;
    }
    let verb = match found["verb"].to_lowercase().as_str() {
        "föreslår" | "tillstyrker" => Verb::Proposes,
        _ => Verb::Decides,
    };
    let rest_span = found.name("verb")?.end()..text.len();
    Some(Decider { who, verb, rest: text[rest_span.clone()].trim(), rest_span })
}

impl Decider<'_> {
    /// The clauses follow on lines of their own.
    pub(super) fn introduces(&self) -> bool {
        INTRODUCES.is_match(self.rest) || self.verb == Verb::Proposes && PROPOSES.is_match(self.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decider_begins_the_line() {
        let found = decider("Länschefsnätverket beslutade enligt alternativ B").expect("a decider");
        assert_eq!((found.who, found.introduces()), ("Länschefsnätverket", true));
        assert!(!decider("Styrgruppen beslutade den 20 augusti att föreslå").expect("a decider").introduces());
        assert!(decider("Kommunstyrelsen föreslår kommunfullmäktige besluta").expect("a decider").introduces());
        for other in
            ["Vid mötet beslutade styrgruppen att gå vidare", "Den 17 juni 2020 beslutade regeringen", "beslutade"]
        {
            assert_eq!(decider(other), None, "{other}");
        }
    }

    #[test]
    fn bullets_of_every_glyph() {
        for text in ["• Ett", "– Ett", "- Ett", "o Ett", "« Ett", "•Ett"] {
            assert_eq!(bullet(text).map(|length| &text[length..]), Some("Ett"), "{text}");
        }
        assert_eq!(bullet("-2 grader"), None);
        assert_eq!(bullet("och"), None);
    }
}
