//! The open questions of an imported document, and what an answer makes of its front matter.
//!
//! They are kept in the document's own front matter, under `frågor`: one file to read, to move and to compare. What the
//! source says of them is read anew from the original beside the document. An answer is a change of the text that
//! leaves every other line as the editor wrote it.

mod value;
mod yaml;

use super::{Draft, Question};
use crate::model::Registers;
use serde::{Deserialize, Serialize};
use yaml::FrontMatter;

/// A question as the front matter has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenQuestion {
    #[serde(rename = "gäller")]
    pub about: About,
    #[serde(rename = "fråga")]
    pub question: String,
    /// Lines of the original that bear on it.
    #[serde(rename = "rader", default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<usize>,
}

/// What a question is about: the key that its answer fills, or a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    Typ,
    Titel,
    Datum,
    Organ,
    Plats,
    Punkter,
    Närvarande,
    Beslut,
    Roller,
    Period,
    Giltighet,
    Förlängning,
    Parter,
}

impl About {
    /// The key, or a part of the text.
    pub fn word(self) -> &'static str {
        match self {
            Self::Typ => "typ",
            Self::Titel => "titel",
            Self::Datum => "datum",
            Self::Organ => "organ",
            Self::Plats => "plats",
            Self::Punkter => "punkter",
            Self::Närvarande => "närvarande",
            Self::Beslut => "beslut",
            Self::Roller => "roller",
            Self::Period => "period",
            Self::Giltighet => "giltighet",
            Self::Förlängning => "förlängning",
            Self::Parter => "parter",
        }
    }

    /// How an answer is written; `None` where the text itself has to be changed.
    pub fn form(self) -> Option<&'static str> {
        match self {
            Self::Typ => Some(
                "minnesanteckningar, protokoll, kallelse, uppdragsbeskrivning, uppdragsdirektiv, projektdirektiv, RÖK, LÖK, statlig eller sida",
            ),
            Self::Titel | Self::Plats => Some("som det ska stå"),
            Self::Datum => Some("2026-01-29 eller 29 januari 2026"),
            Self::Organ => Some("organets id eller namn i organ.yaml"),
            Self::Närvarande => Some("Namn, roll, organisation – en person på varje rad"),
            Self::Roller => Some("Roll: innehavare – en roll på varje rad"),
            Self::Period | Self::Giltighet => Some("2026-03-01 – 2029-02-28 eller 2026-03-01 – tills vidare"),
            Self::Förlängning => Some("till vilket datum, och var det står: 2027-06-30, länsrådet 2026-04-01 § 12"),
            Self::Parter => Some("en part på varje rad"),
            Self::Punkter | Self::Beslut => None,
        }
    }

    /// Whether an answer is a list, one entry a line.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Närvarande | Self::Roller | Self::Parter)
    }
}

/// The questions that `draft` leaves open.
pub fn questions(draft: &Draft) -> Vec<OpenQuestion> {
    draft.questions.iter().filter_map(open).collect()
}

fn open(question: &Question) -> Option<OpenQuestion> {
    let about = match question.field {
        "type" => About::Typ,
        "title" => About::Titel,
        "date" => About::Datum,
        "body" => About::Organ,
        "place" => About::Plats,
        "agenda" => About::Punkter,
        "present" => About::Närvarande,
        "decisions" => About::Beslut,
        "roles" => About::Roller,
        "period" => About::Period,
        "validity" => About::Giltighet,
        "prolongation" => About::Förlängning,
        "parties" => About::Parter,
        _ => return None,
    };
    let lines = question.evidence.iter().map(|evidence| evidence.line).collect();
    Some(OpenQuestion { about, question: question.question.clone(), lines })
}

/// The questions that stand open in a document's text; none where its front matter cannot be read.
pub fn open_questions(text: &str) -> Vec<OpenQuestion> {
    FrontMatter::of(text).map(|front| front.list("frågor")).unwrap_or_default()
}

/// The file that a document's front matter names as its original.
pub fn original_file(text: &str) -> Option<String> {
    FrontMatter::of(text)?.value("original")?.get("fil")?.as_str().map(str::to_owned)
}

/// What an editor says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    Is(&'a str),
    /// The source does not say it, or the text has been mended.
    Settled,
}

/// The document's text with one question answered: the answer in its place, the question gone.
///
/// # Errors
/// In words for the editor, when the answer cannot be what was asked for.
pub fn answer(text: &str, at: usize, answer: Answer<'_>, registers: &Registers) -> Result<String, String> {
    let mut front = FrontMatter::of(text).ok_or("dokumentets uppgifter överst kan inte läsas")?;
    let mut open: Vec<OpenQuestion> = front.list("frågor");
    if at >= open.len() {
        return Err("frågan finns inte längre".to_owned());
    }
    let OpenQuestion { about, .. } = open.remove(at);
    if let Answer::Is(said) = answer {
        for (key, value) in value::values(about, said.trim(), &front, registers)? {
            front.set(key, &value);
        }
    }
    match open.is_empty() {
        true => front.remove("frågor"),
        false => front.set("frågor", &serde_yaml::to_value(&open).expect("questions are plain values")),
    }
    Ok(front.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\nfrågor:\n- gäller: datum\n  fråga: vilket datum?\n  rader:\n  - 3\n- gäller: period\n  fråga: när?\n# obs: läs\ntyp: möte # ett möte\nsynlighet: intern\n---\n\n## 1. Öppnande\n";

    #[test]
    fn an_answer_takes_its_place_and_the_question_goes() {
        let registers = Registers::default();
        let text = answer(TEXT, 0, Answer::Is("29 januari 2026"), &registers).expect("a date");
        assert_eq!(
            text,
            "---\nfrågor:\n- gäller: period\n  fråga: när?\n# obs: läs\ntyp: möte # ett möte\ndatum: 2026-01-29\nsynlighet: intern\n---\n\n## 1. Öppnande\n"
        );
        let text = answer(&text, 0, Answer::Settled, &registers).expect("settled");
        assert!(!text.contains("frågor") && text.contains("# obs: läs"), "{text}");
        assert!(open_questions(&text).is_empty());
    }

    #[test]
    fn what_cannot_be_an_answer_changes_nothing() {
        let registers = Registers::default();
        for said in ["", "i går", "2026-02-31", "januari 2026"] {
            assert!(answer(TEXT, 0, Answer::Is(said), &registers).is_err(), "{said}");
        }
        assert!(answer(TEXT, 2, Answer::Settled, &registers).is_err());
    }
}
