//! What a YAML reader's messages mean to an editor, in Swedish, and where to look.

use crate::diagnostic::{Diagnostic, Place, SourceText};
use std::ops::Range;
use std::sync::Arc;

/// Where the fault shows, as the reader tells it: where it stopped, or where what it could not end begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Stop,
    Begin,
}

/// Words of the reader, the fault, the remedy, and where it shows. The first that fits counts.
const FAULTS: [(&str, &str, &str, Shown); 19] = [
    (
        "while scanning a quoted scalar",
        "citattecknet avslutas inte",
        "lägg till ett citattecken där texten slutar",
        Shown::Begin,
    ),
    ("found a tab character", "raden är indragen med tabb", "dra in raden med blanksteg i stället", Shown::Stop),
    (
        "mapping values are not allowed",
        "ett kolon står där det inte kan stå",
        "sätt värdet inom citattecken om det innehåller kolon följt av blanksteg; kontrollera annars indraget",
        Shown::Stop,
    ),
    (
        "could not find expected ':'",
        "raden saknar kolon efter nyckeln",
        "skriv `nyckel: värde`, med ett blanksteg efter kolonet",
        Shown::Begin,
    ),
    (
        "did not find expected key",
        "raden har fel indrag, eller fortsätter efter ett avslutat värde",
        "låt nycklar som hör ihop börja i samma kolumn, och skriv inget efter ett avslutande citattecken",
        Shown::Stop,
    ),
    (
        "did not find expected '-' indicator",
        "listan har fel indrag",
        "låt alla rader i listan börja med `- ` i samma kolumn",
        Shown::Stop,
    ),
    (
        "block sequence entries are not allowed",
        "en lista kan inte börja här",
        "skriv listan på raderna under nyckeln, en rad `- …` för varje del",
        Shown::Stop,
    ),
    ("did not find expected ',' or ']'", "listan avslutas inte", "lägg till `]` där listan slutar", Shown::Begin),
    (
        "did not find expected ',' or '}'",
        "gruppen inom `{` avslutas inte",
        "lägg till `}` där gruppen slutar",
        Shown::Begin,
    ),
    (
        "found unknown escape character",
        "ett omvänt snedstreck betyder något särskilt inom dubbla citattecken",
        "använd enkla citattecken, eller skriv snedstrecket två gånger",
        Shown::Stop,
    ),
    (
        "hexadecimal number",
        "ett omvänt snedstreck betyder något särskilt inom dubbla citattecken",
        "använd enkla citattecken, eller skriv snedstrecket två gånger",
        Shown::Stop,
    ),
    ("alias", "ett värde kan inte börja med `*`", "sätt värdet inom citattecken", Shown::Begin),
    ("anchor", "ett värde kan inte börja med `&`", "sätt värdet inom citattecken", Shown::Begin),
    ("tag", "ett värde kan inte börja med `!`", "sätt värdet inom citattecken", Shown::Begin),
    ("directive", "en rad kan inte börja med `%`", "sätt värdet inom citattecken", Shown::Stop),
    (
        "block scalar",
        "texten efter `|` eller `>` är fel indragen",
        "börja texten på nästa rad, indragen under nyckeln",
        Shown::Stop,
    ),
    ("mapping keys are not allowed", "ett frågetecken kan inte stå här", "sätt värdet inom citattecken", Shown::Stop),
    (
        "control characters are not allowed",
        "filen innehåller ett osynligt tecken som inte får finnas",
        "skriv om raden för hand i stället för att klistra in den",
        Shown::Stop,
    ),
    ("did not find expected node content", "här saknas ett värde", "skriv ett värde eller stryk tecknet", Shown::Stop),
];

/// The fault that a reader's `message` tells of the YAML in `span` of the file.
pub fn syntax(source: &Arc<SourceText>, span: &Range<usize>, message: &str) -> Diagnostic {
    let places: Vec<usize> = places(message).map(|(line, column)| offset(source, span, line, column)).collect();
    let stop = places.first().copied().unwrap_or(span.start);
    let begin = places.get(1).copied().unwrap_or(stop);
    if message.contains("found character that cannot start any token") {
        return cannot_begin(source, span, stop);
    }
    match FAULTS.iter().find(|(words, ..)| message.contains(words)) {
        Some((_, fault, hint, shown)) => {
            let at = if *shown == Shown::Begin { begin } else { stop };
            Diagnostic::error("yaml", rest_of_line(source, span, at), *fault).hint(*hint)
        }
        None => {
            let fault = format!("kan inte läsas som YAML ({message})");
            Diagnostic::error("yaml", rest_of_line(source, span, stop), fault)
                .hint("kontrollera indrag, kolon och citattecken på raden och raden före")
        }
    }
}

fn cannot_begin(source: &Arc<SourceText>, span: &Range<usize>, at: usize) -> Diagnostic {
    let place = rest_of_line(source, span, at);
    match source.text[at..].chars().next() {
        Some('\t') => {
            Diagnostic::error("yaml", place, "raden är indragen med tabb").hint("dra in raden med blanksteg i stället")
        }
        Some(sign) => Diagnostic::error("yaml", place, format!("ett värde kan inte börja med `{sign}`"))
            .hint("sätt värdet inom citattecken"),
        None => Diagnostic::error("yaml", place, "här saknas ett värde").hint("skriv ett värde"),
    }
}

/// Every "line L column C" of a message, in order.
fn places(message: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    message.split("at line ").skip(1).filter_map(|rest| {
        let (line, rest) = rest.split_once(" column ")?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some((line.parse().ok()?, rest[..digits].parse().ok()?))
    })
}

/// The byte at a line and column of the YAML, both counted from 1, columns in characters.
///
/// The reader counts characters from the start too, which is no place in a file with Swedish letters.
pub fn offset(source: &SourceText, span: &Range<usize>, line: usize, column: usize) -> usize {
    let yaml = &source.text[span.clone()];
    let start: usize = yaml.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let text = yaml[start..].split('\n').next().unwrap_or_default();
    span.start + start + text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at)
}

/// From `at` to the end of its line; the last line's end where there is nothing left.
fn rest_of_line(source: &Arc<SourceText>, span: &Range<usize>, at: usize) -> Place {
    let yaml = &source.text[span.start..at.min(span.end)];
    let at = if at >= span.end { span.start + yaml.trim_end().rfind('\n').map_or(0, |line| line + 1) } else { at };
    let length = source.text[at..].find('\n').unwrap_or(source.text.len() - at);
    Place::at(source, at..at + length)
}

/// What a value is and what it should be, out of "invalid type: X, expected Y".
pub fn wrong_kind(message: &str) -> String {
    if message.contains("untagged enum") {
        return "värdet är varken en text eller en lista av texter".to_owned();
    }
    let (_, rest) =
        message.split_once("invalid type: ").or_else(|| message.split_once("invalid value: ")).unwrap_or(("", message));
    let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
    let expected = expected.split(" at line ").next().unwrap_or_default();
    format!("värdet är {}, men här ska stå {}", found_words(found), expected_words(expected))
}

fn found_words(found: &str) -> String {
    let quoted = found.split(['`', '"']).nth(1);
    match (found.split(' ').next().unwrap_or_default(), quoted) {
        ("string", Some(text)) => format!("texten `{text}`"),
        ("integer" | "floating", Some(number)) => format!("talet {number}"),
        ("boolean", Some(truth)) => format!("`{truth}`"),
        ("sequence", _) => "en lista".to_owned(),
        ("map", _) => "en grupp av nycklar".to_owned(),
        ("unit" | "null", _) => "tomt".to_owned(),
        _ => "av ett annat slag".to_owned(),
    }
}

fn expected_words(expected: &str) -> &str {
    match expected {
        "a string" | "str" | "string" => "en text",
        "a boolean" => "`true` eller `false`",
        "a sequence" => "en lista",
        "a map" => "nycklar med värden",
        "en text" => "en text",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "ett heltal",
        _ if expected.starts_with("struct ") => "nycklar med värden",
        _ if expected.contains("variant") || expected.contains("enum") => "ett av orden i redigeringshjälpen",
        _ => "något annat",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(yaml: &str) -> String {
        let source = SourceText::new("x.md", yaml);
        let error = serde_yaml::from_str::<serde_yaml::Value>(yaml).expect_err("a fault");
        let found = syntax(&source, &(0..yaml.len()), &error.to_string());
        let (line, column) = found.place.line_column();
        format!("{line}:{column} {}", found.message)
    }

    #[test]
    fn common_faults_are_told_in_swedish_where_they_are() {
        let cases = [
            ("titel: \"Å\ndatum: x\n", "1:8 citattecknet avslutas inte"),
            ("titel: 'Å\ndatum: x\n", "1:8 citattecknet avslutas inte"),
            ("titel: Möte å: januari\n", "1:14 ett kolon står där det inte kan stå"),
            ("titel: Å\nroller:\n\t- roll: x\n", "3:1 raden är indragen med tabb"),
            ("titel: Å\n datum: x\n", "2:7 ett kolon står där det inte kan stå"),
            ("a:\n    b: å\n  c: x\n", "3:3 raden har fel indrag, eller fortsätter efter ett avslutat värde"),
            ("titel: \"Å\" tillägg\n", "1:12 raden har fel indrag, eller fortsätter efter ett avslutat värde"),
            ("titel: Å\ndatum\norgan: x\n", "2:1 raden saknar kolon efter nyckeln"),
            ("ämnen: [å, b\ndatum: x\n", "1:8 listan avslutas inte"),
            ("a: {b: å\n", "1:4 gruppen inom `{` avslutas inte"),
            ("titel: @Å\n", "1:8 ett värde kan inte börja med `@`"),
            ("titel: *Å*\n", "1:8 ett värde kan inte börja med `*`"),
            ("titel: \"C:\\Åke\"\n", "1:11 ett omvänt snedstreck betyder något särskilt inom dubbla citattecken"),
            ("titel: - å\n", "1:8 en lista kan inte börja här"),
        ];
        let told = cases.map(|(yaml, _)| fault(yaml));
        assert_eq!(told, cases.map(|(_, expected)| expected));
    }

    #[test]
    fn kinds_of_values_have_swedish_names() {
        let told = wrong_kind("vikt: invalid type: string \"tung\", expected i64 at line 4 column 7");
        assert_eq!(told, "värdet är texten `tung`, men här ska stå ett heltal");
        let told = wrong_kind("titel: invalid type: sequence, expected a string");
        assert_eq!(told, "värdet är en lista, men här ska stå en text");
    }
}
