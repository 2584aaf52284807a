//! Who has which role: from a table of roles, from "Roll: namn", or from a section that is called after the role.

use crate::import::{Line, Part, Passage, RoleHeld};

const ROLES: &str = "(?:Projekt|Uppdrags|Process|Effekt)?(?:[Bb]eställare|[Uu]ppdragsgivare|[Ää]gare|[Tt]agare|[Ll]edare|[Mm]ottagare)(?:n)?|[Ss]tyrgrupp(?:en)?|[Aa]rbetsgrupp(?:en)?|[Rr]eferensgrupp(?:en)?|[Pp]rojektgrupp(?:en)?|[Bb]eredningsgrupp(?:en)?|[Kk]oordinator|[Kk]ontaktperson|[Pp]rojektsekreterare|[Dd]elprojektledare|[Ss]ponsor";

pattern! {
    HEAD = r"(?i)^roll(?:er)?(?:\s{1,}.*(?:namn|funktion|ansvar|beskrivning|innehavare|organisation|vem).*)?$";
    HEAD_REST = r"(?i)^(?:namn|funktion|ansvar|beskrivning|innehavare)[\s/,\p{L}]{0,40}$";
    /// A value ends where it goes on to tell what the holder does.
    TELLS = r"(?:[.;](?:\s|$)|,?\s+(?:är|utgör|ansvarar|ansvarig för|leder|har|består|som|vilka|vilken|vilket|ska|sammankallar)\b|,\s+sammankallande)";
    GOES_ON = r"(?:\b(?:och|samt|eller|genom|via|för|av|i|på|till)|[,/–-])$";
    GENITIVE = r"^\S+ns\s|^\S+s\s(?:ansvar|uppdrag|arbete)";
}

static AT_START: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    let text = format!(r"^(?P<role>(?:{ROLES})(?:\s*\([^)]{{1,20}}\))?)(?P<rest>[\s:].*)?$");
    regex::Regex::new(&text).expect("a fixed pattern")
});
static WITH_COLON: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    let text = format!(r"^(?P<role>(?:{ROLES})(?:\s*\([^)]{{1,20}}\)|\s[\p{{L}}/ ]{{1,40}})?)\s*:\s*(?P<rest>\S.*)$");
    regex::Regex::new(&text).expect("a fixed pattern")
});
static SECTION: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
    regex::Regex::new(&format!(r"^(?:[\d.:]+\s+)?(?P<role>{ROLES})$")).expect("a fixed pattern")
});

/// The roles of a document. A table or list of roles is its own statement; without one, sections named after roles are.
pub(super) fn roles(lines: &[&Line], passages: &[Passage]) -> Vec<RoleHeld> {
    for found in [tabled(lines), listed(lines), rowed(lines), sectioned(passages)] {
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Who gives the assignment, wherever it is said.
pub(super) fn commissioner(roles: &[RoleHeld], passages: &[Passage]) -> Option<RoleHeld> {
    let is = |role: &RoleHeld| {
        let name = role.role.to_lowercase();
        name.contains("beställare") || name.contains("uppdragsgivare")
    };
    roles.iter().find(|role| is(role)).cloned().or_else(|| sectioned(passages).into_iter().find(|role| is(role)))
}

/// From the table's head on: a role opens a row, what follows is its value.
fn tabled(lines: &[&Line]) -> Vec<RoleHeld> {
    let Some(head) = lines.iter().position(|line| HEAD.is_match(&line.text)) else { return Vec::new() };
    let mut rows: Vec<(String, String, usize)> = Vec::new();
    let mut done = false;
    for line in lines[head + 1..].iter().skip_while(|line| HEAD.is_match(&line.text) || HEAD_REST.is_match(&line.text))
    {
        if GENITIVE.is_match(&line.text) || numbered(&line.text) {
            break;
        }
        let opens = AT_START.captures(&line.text).filter(|_| line.text.starts_with(char::is_uppercase));
        match opens.filter(|found| !continues(rows.last(), line, found)) {
            Some(found) => {
                let rest = found.name("rest").map_or("", |rest| rest.as_str()).trim_matches([' ', ':']);
                rows.push((found["role"].to_owned(), rest.to_owned(), line.number));
                done = false;
            }
            None => {
                let Some(last) = rows.last_mut() else { break };
                // A line far below a value that is complete belongs to what follows the table.
                done |= line.gap > 2 && !last.1.is_empty();
                if !done {
                    last.1 = format!("{} {}", last.1, line.text).trim().to_owned();
                }
            }
        }
    }
    rows.into_iter().filter_map(|(role, value, line)| held(role, &value, line)).collect()
}

/// A value that happens to begin a line with a role's word: "Styrgrupp / Styrgruppen för nätverket".
fn continues(last: Option<&(String, String, usize)>, line: &Line, found: &regex::Captures) -> bool {
    let Some((role, value, _)) = last else { return false };
    let again = found["role"].to_lowercase().starts_with(&role.to_lowercase());
    value.is_empty() && again && line.text.contains(' ') || GOES_ON.is_match(value) && !value.is_empty()
}

/// "Beställare: …" on lines of their own.
fn listed(lines: &[&Line]) -> Vec<RoleHeld> {
    let mut found: Vec<RoleHeld> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        let Some(row) = WITH_COLON.captures(&line.text) else { continue };
        let mut value = row["rest"].to_owned();
        while GOES_ON.is_match(&value) && at < lines.len() {
            value = format!("{value} {}", lines[at].text);
            at += 1;
        }
        found.extend(held(row["role"].trim().to_owned(), &value, line.number));
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// Rows of a table that has no head: a role, and in the next cell who has it.
fn rowed(lines: &[&Line]) -> Vec<RoleHeld> {
    let row = |line: &&&Line| {
        let (role, holder) = line.text.split_once("  ")?;
        let alone = AT_START.captures(role).filter(|found| found.name("rest").is_none() && starts_upper(role))?;
        let holder = holder.split("  ").next().filter(|holder| starts_upper(holder.trim()))?;
        held(alone["role"].to_owned(), holder, line.number)
    };
    let found: Vec<RoleHeld> = lines.iter().filter_map(|line| row(&line)).collect();
    if found.len() < 2 { Vec::new() } else { found }
}

fn starts_upper(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

/// A section "Projektbeställare" that says who it is in its first sentence.
fn sectioned(passages: &[Passage]) -> Vec<RoleHeld> {
    let pairs = passages.iter().zip(passages.iter().skip(1));
    pairs
        .filter_map(|(heading, text)| {
            if !matches!(heading.part, Part::Heading(_)) || !matches!(text.part, Part::Paragraph | Part::ListItem(_)) {
                return None;
            }
            let role = SECTION.captures(&heading.text)?["role"].to_owned();
            held(role.clone(), defined(&role, &text.text), text.line)
        })
        .collect()
}

/// "Styrgrupp för arbetet är X" says X.
fn defined<'a>(role: &str, text: &'a str) -> &'a str {
    let begins = text.to_lowercase().starts_with(&role.to_lowercase());
    match text.split_once(" är ") {
        Some((before, after)) if begins && before.split_whitespace().count() < 6 => after,
        _ => text,
    }
}

fn held(role: String, value: &str, line: usize) -> Option<RoleHeld> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = TELLS.find(&value).map_or(value.len(), |found| found.start());
    let holder = value[..end].trim().trim_end_matches([',', '.']).to_owned();
    (!holder.is_empty()).then_some(RoleHeld { role, holder, line })
}

fn numbered(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.split_once(' ').is_some_and(|(no, title)| no.len() < 5 && title.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Turn;

    fn lines(texts: &[&str]) -> Vec<Line> {
        let line = |(at, text): (usize, &&str)| Line {
            number: at + 1,
            text: (*text).to_owned(),
            indent: 0,
            gap: 1,
            turn: Turn::SamePage,
        };
        texts.iter().enumerate().map(line).collect()
    }

    fn read(texts: &[&str]) -> Vec<(String, String)> {
        let lines = lines(texts);
        roles(&lines.iter().collect::<Vec<_>>(), &[]).into_iter().map(|held| (held.role, held.holder)).collect()
    }

    fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter().map(|(role, holder)| ((*role).to_owned(), (*holder).to_owned())).collect()
    }

    #[test]
    fn tables_with_values_beside_and_below() {
        let beside =
            ["Roll Namn/Funktion", "Projektägare Stadsledningen", "Referensgrupp Råd samt", "NSPH Norr", "8 Risker"];
        assert_eq!(
            read(&beside),
            pairs(&[("Projektägare", "Stadsledningen"), ("Referensgrupp", "Råd samt NSPH Norr")])
        );
        let below = [
            "Roll",
            "Beskrivning/ansvar",
            "Styrgrupp",
            "Styrgrupp för Nätverket",
            "Uppdragsledare",
            "RSS genom ledare, är den som",
            "sammankallar.",
            "Styrgruppens ansvar",
            "Text",
        ];
        assert_eq!(
            read(&below),
            pairs(&[("Styrgrupp", "Styrgrupp för Nätverket"), ("Uppdragsledare", "RSS genom ledare")])
        );
    }

    #[test]
    fn a_list_of_roles() {
        let list = [
            "Beställare: Rådet via Styrgrupp.",
            "Arbetsgrupp (LAG): Under formering",
            "Mottagare av/beslutande om leverans: Rådet och",
            "Nämnden",
        ];
        assert_eq!(read(&list)[2], ("Mottagare av/beslutande om leverans".to_owned(), "Rådet och Nämnden".to_owned()));
    }
}
