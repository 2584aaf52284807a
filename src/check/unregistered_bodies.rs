//! `organ-utan-post`: a body that is named in words has an entry in `organ.yaml`, and is named by its id.

use super::Around;
use super::bodies::parties;
use crate::diagnostic::Diagnostic;
use crate::model::{Document, Party};

/// Endings of words that name a body: "Socialnämnden", "Länsstyrgruppen", "Vård- och omsorgsnätverket".
const ENDINGS: [&str; 21] = [
    "nämnd",
    "nämnden",
    "nätverk",
    "nätverket",
    "grupp",
    "gruppen",
    "råd",
    "rådet",
    "styrelse",
    "styrelsen",
    "utskott",
    "utskottet",
    "kommitté",
    "kommittén",
    "ledningsgrupp",
    "delegation",
    "delegationen",
    "fullmäktige",
    "förbund",
    "förbundet",
    "beredningen",
];

pub fn check(document: &Document, around: Around<'_>, problems: &mut Vec<Diagnostic>) {
    for (key, party) in parties(document) {
        let Party::Text(words) = party else { continue };
        let bodies = &around.registers.bodies;
        let known = bodies.iter().find(|body| {
            let former = body.former_names.iter().map(|former| &former.name);
            let mut names = std::iter::once(&body.name).chain(&body.abbreviation).chain(&body.aliases).chain(former);
            names.any(|name| name.eq_ignore_ascii_case(words))
        });
        let problem = |message| Diagnostic::warning("organ-utan-post", document.place.of(key, words), message);
        if let Some(body) = known {
            problems.push(
                problem(format!("`{words}` står med ord men finns i registret"))
                    .hint(format!("skriv organets id i stället: `{}`", body.id)),
            );
        } else if is_body(words) {
            problems.push(
                problem(format!("`{words}` finns inte i registret över organ"))
                    .hint("lägg till organet i `site/organ.yaml` och skriv dess id här"),
            );
        }
    }
}

/// One capitalised name of at most four words that ends as bodies' names do; a sentence or a person is none.
fn is_body(words: &str) -> bool {
    let lower = words.to_lowercase();
    words.starts_with(char::is_uppercase)
        && words.split(' ').count() <= 4
        && !words.contains([',', ';'])
        && !lower.contains(" och ")
        && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::is_body;

    #[test]
    fn names_of_bodies_are_told_from_people_and_sentences() {
        for body in ["Socialnämnden", "Regionala processgruppen", "Kommunstyrelsen", "IFO-nätverket"] {
            assert!(is_body(body), "{body}");
        }
        for other in [
            "Staten",
            "Anna Berg, ordförande i nämnden",
            "processgruppen",
            "BGPF och Länsstyrgruppen",
            "Processledarna",
        ] {
            assert!(!is_body(other), "{other}");
        }
    }
}
