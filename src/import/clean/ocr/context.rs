//! Words that have several readings alone and one in their place: a heading's, or one after a word that settles it.

use super::readings::{possible, skeleton};

/// Headings of directives, minutes and agreements, where their words are short enough to be mistaken.
const HEADINGS: &[&str] =
    &["Mål", "Mål och syfte", "Syfte och mål", "Mål och målgrupp", "Råd", "Nämnd", "Närvarande", "Möte", "Stöd"];

/// After these, `for` is a preposition.
const BEFORE_FOR: &str = "styrgrupp styrgruppen processgrupp processgruppen arbetsgrupp ansvarar ansvar ansvarig former form underlag struktur \
    strukturer ramen ram plan förutsättning förutsättningar resurser budgetramar samordnare grund nätverk nätverket kommunikationsplan direktiv \
    handlingsplan uppdragsbeskrivning mottagare riktlinjer krav kostnader medel tidsramen behov utvecklingsledare utvecklingsledarna";

/// After these, `ar` is a verb.
const BEFORE_AR: &str = "som det detta uppdraget arbetet målen syftet rollen gruppen processgruppen styrgruppen ansvaret utvecklingsledare den";

pattern! {
    HEADING = r"^(?P<no>\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?P<title>\p{L}[\p{L} ]{1,40})$";
    PLAIN_FOR = r"\b(?P<before>\p{L}+)(?P<space>\s)for\b";
    PLAIN_AR = r"(?P<before>\p{L}+)(?P<space>,?\s)ar\b";
}

/// The line with what its place settles.
pub(super) fn settle(text: &str) -> String {
    if let Some(found) = HEADING.captures(text) {
        let known = HEADINGS.iter().find(|known| {
            let (read, known) = (found["title"].to_lowercase(), known.to_lowercase());
            skeleton(&read) == skeleton(&known) && possible(&read, &known)
        });
        if let Some(known) = known {
            return format!("{}{known}", found.name("no").map_or("", |no| no.as_str()));
        }
    }
    let lists = |list: &str, word: &str| list.split_whitespace().any(|known| known == word.to_lowercase());
    let replace = |text: &str, pattern: &regex::Regex, list: &str, right: &str| {
        let put = |found: &regex::Captures| {
            let comma = found["space"].starts_with(',');
            let right = if comma || lists(list, &found["before"]) {
                right.to_owned()
            } else {
                found.get_match().as_str().rsplit(' ').next().unwrap_or_default().to_owned()
            };
            format!("{}{}{right}", &found["before"], &found["space"])
        };
        pattern.replace_all(text, put).into_owned()
    };
    replace(&replace(text, &PLAIN_FOR, BEFORE_FOR, "för"), &PLAIN_AR, BEFORE_AR, "är")
}

#[cfg(test)]
mod tests {
    use super::settle;

    #[test]
    fn the_place_settles_some_words() {
        assert_eq!(settle("3. Mal"), "3. Mål");
        assert_eq!(settle("Styrgrupp for nätverket"), "Styrgrupp för nätverket");
        assert_eq!(settle("utvecklingsledare, ar sammankallande"), "utvecklingsledare, är sammankallande");
        assert_eq!(settle("han for till Falun ett ar"), "han for till Falun ett ar");
    }
}
