//! A whole page on one line: split where the text's own marks show that something begins.

use crate::import::{Line, Turn};

/// A longer line than this is a page that lost its line ends, if it holds marks enough.
const LONG: usize = 500;
const MARKS_ENOUGH: usize = 3;

pattern! {
    /// Each match begins a line.
    MARK = r"§\s?\d+|(?:^|\s)\d{1,2}\.\s+(?:Information|Dialog|Beslut|[A-ZÅÄÖ][a-zåäö]+)|\s[a-z]\)\s+[A-ZÅÄÖ]|•\s|\s–\s[a-zåäö]+\s[a-zåäö]+\s|Föredragande:|Sida \d+ av \d+|\(Bilaga \d|(?:[A-ZÅÄÖ][a-zåäö-]+\s)?[A-ZÅÄÖ][a-zåäö-]+\s(?:beslutade|beslutar)\s|Förslag till beslut|Yrkande\b|Reservation\b|Ärendebeskrivning|Beslutsunderlag|Protokollsutdrag till|Datum:|Plats:|Tid:|Närvarande\b|Frånvarande\b|Vid (?:anteckningarna|protokollet)";
    /// Each match ends a line: a heading that every meeting has, or a heading's attachments.
    HEADING_END = r"\d\.\s(?:Mötets öppnande|Mötet öppnas|Godkännande av dagordning(?:en)?|Val av justerare|Upprop|Övriga frågor|Övrigt|Nästa möte|Mötets avslutande|Mötet avslutas)\s|\(Bilag[^)]*\)\s";
    CLAUSE = r"\satt\s";
    INTRODUCED = r"(?:beslutade|beslutar)(?:\senligt\s[^.:]{3,40})?:?$";
    ENDED = r"(?:[.;,]|,\ssamt|,\soch)$";
}

/// The lines, with long ones split at their marks.
pub(super) fn unfold(lines: Vec<Line>) -> Vec<Line> {
    lines.into_iter().flat_map(|line| if is_page(&line.text) { split(&line) } else { vec![line] }).collect()
}

fn is_page(text: &str) -> bool {
    text.len() > LONG && MARK.find_iter(text).count() >= MARKS_ENOUGH
}

fn split(line: &Line) -> Vec<Line> {
    let mut cuts: Vec<usize> = MARK.find_iter(&line.text).map(|found| found.start()).collect();
    cuts.extend(HEADING_END.find_iter(&line.text).map(|found| found.end()));
    cuts.extend(clauses(&line.text));
    cuts.extend([0, line.text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let parts = cuts.windows(2).map(|cut| line.text[cut[0]..cut[1]].trim()).filter(|part| !part.is_empty());
    let part = |(at, text): (usize, &str)| Line {
        text: text.to_owned(),
        gap: if at == 0 { line.gap } else { 1 },
        turn: if at == 0 { line.turn } else { Turn::SamePage },
        ..line.clone()
    };
    parts.enumerate().map(part).collect()
}

/// Where a clause of a decision begins: after "beslutade", and after the clause before it.
fn clauses(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut deciding = false;
    let mut from = 0;
    for found in CLAUSE.find_iter(text) {
        let before = text[from..found.start()].trim_end();
        deciding = INTRODUCED.is_match(before) || deciding && !MARK.is_match(before);
        if deciding && (INTRODUCED.is_match(before) || ENDED.is_match(before)) {
            cuts.push(found.start());
        }
        from = found.start();
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_on_one_line_gets_its_lines_back() {
        let filler = "Nätverket har under året arbetat med frågan i flera steg och tagit fram ett underlag. ".repeat(5);
        let text = format!(
            "1. Mötets öppnande Nätverket beslutade att öppna mötet. 2. Beslut: Plan (Bilaga 2) {filler}Nätverket beslutade att anta planen, att följa upp den. 3. Övrigt Inget."
        );
        let line = Line { number: 1, text, indent: 0, gap: 0, turn: Turn::SamePage };
        let lines: Vec<String> = unfold(vec![line]).into_iter().map(|line| line.text).collect();
        assert_eq!(lines[0], "1. Mötets öppnande");
        assert_eq!(lines[1..3], ["Nätverket beslutade", "att öppna mötet."]);
        assert!(lines.contains(&"att anta planen,".to_owned()), "{lines:?}");
    }
}
