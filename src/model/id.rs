//! Identifiers: one type for each thing that can be mistaken for another.

use serde::Serialize;
use std::fmt;
use std::sync::Arc;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id! {
    /// A document's path below `content/` without `.md`: `moten/2026-01-29-lanschefsnatverket`.
    DocumentId
}
text_id! {
    /// A body's id in `organ.yaml`: `lanschefsnatverket`.
    BodyId
}
text_id! {
    /// A topic's id in `ämnen.yaml`: `samsjuklighet`.
    TopicId
}
text_id! {
    /// A decision within its document: item and clause, `6b-1`; a reported one `r-4c-1`.
    DecisionId
}
text_id! {
    /// A page's path from the site's root, with file ending and perhaps an anchor, never with a leading slash:
    /// `moten/x.html#b-6b-1`.
    UrlPath
}

impl DecisionId {
    /// The anchor on the meeting's page: `b-6b-1` for a decision taken there, `r-4c-1` for a reported one.
    pub fn anchor(&self) -> String {
        if self.0.starts_with("r-") { self.0.to_string() } else { format!("b-{}", self.0) }
    }
}

/// A decision anywhere in the portal: `moten/2026-01-29-lanschefsnatverket#b-6b-1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DecisionRef {
    pub document: DocumentId,
    pub decision: DecisionId,
}

impl DecisionRef {
    /// Reads `DOCUMENT#b-ITEM-CLAUSE` or `DOCUMENT#r-ITEM-N`; `None` where the text has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let (document, anchor) = text.split_once('#')?;
        let decision = match anchor.strip_prefix("b-") {
            Some(id) => id,
            None => anchor.starts_with("r-").then_some(anchor)?,
        };
        Some(Self { document: DocumentId::new(document), decision: DecisionId::new(decision) })
    }
}

impl fmt::Display for DecisionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document, self.decision.anchor())
    }
}

/// `text` as an ASCII file name or id: lower case, å and ä to a, ö to o, é to e, every other run of signs one hyphen.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match ascii_letter(c) {
            Some(c) => out.push(c),
            None if out.ends_with('-') || out.is_empty() => {}
            None => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn ascii_letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'æ' => 'a',
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => 'o',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ç' => 'c',
        'ñ' => 'n',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_and_short_of_noise() {
        assert_eq!(slug("Länschefsnätverket, 29 januari"), "lanschefsnatverket-29-januari");
        assert_eq!(slug("  § 12 – Övrigt!"), "12-ovrigt");
        assert_eq!(slug("–"), "");
    }

    #[test]
    fn a_decision_reference_has_two_forms() {
        let taken = DecisionRef::parse("moten/x#b-6b-1").expect("a taken decision");
        assert_eq!(taken.decision.as_str(), "6b-1");
        let reported = DecisionRef::parse("moten/x#r-4c-1").expect("a reported decision");
        assert_eq!(reported.to_string(), "moten/x#r-4c-1");
        assert_eq!(DecisionRef::parse("moten/x#punkt-1"), None);
    }
}
