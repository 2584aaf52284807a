//! Topics (SKOS concepts), glossary terms and acts: the portal's vocabulary.

use super::{BodyId, Date, TopicId, Visibility};
use crate::diagnostic::Place;

/// An entry of `ämnen.yaml`: `name` is the SKOS prefLabel, `synonyms` and `older_terms` altLabels, `hidden_forms` hiddenLabels.
#[derive(Clone, Debug)]
pub struct Topic {
    pub id: TopicId,
    pub name: String,
    pub description: Option<String>,
    pub broader: Option<TopicId>,
    pub synonyms: Vec<String>,
    pub older_terms: Vec<OlderTerm>,
    pub hidden_forms: Vec<String>,
    pub visibility: Visibility,
    pub place: Place,
}

#[derive(Clone, Debug)]
pub struct OlderTerm {
    pub term: String,
    pub until: Option<String>,
    pub note: Option<String>,
}

/// An entry of `ordlista.yaml`: an abbreviation, its long form, or both.
#[derive(Clone, Debug)]
pub struct Term {
    pub short: Option<String>,
    pub long: Option<String>,
    pub explanation: Option<String>,
    pub body: Option<BodyId>,
    pub topic: Option<TopicId>,
    pub visibility: Visibility,
    pub place: Place,
}

impl Term {
    /// The anchor in the glossary: `begrepp-sip`.
    pub fn anchor(&self) -> String {
        format!("begrepp-{}", super::slug(self.headword()))
    }

    /// What the term is sorted and cited under.
    pub fn headword(&self) -> &str {
        self.short.as_deref().or(self.long.as_deref()).unwrap_or_default()
    }
}

/// An entry of `lagrum.yaml`.
#[derive(Clone, Debug)]
pub struct Act {
    pub short: Option<String>,
    pub name: String,
    pub sfs: String,
    pub repealed_by: Option<String>,
    pub repealed_from: Option<Date>,
    pub place: Place,
}

impl Act {
    /// Whether another act has taken its place by `day`.
    pub fn is_repealed(&self, day: Date) -> bool {
        self.repealed_from.is_some_and(|from| from <= day)
    }
}
