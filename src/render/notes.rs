//! What the registers know of a text's words, told where they first stand: the long form of an abbreviation, and that an
//! act has been repealed. The author's own words are never changed.

use crate::model::{Act, Document, Found, Meaning, Portal, Registers, cited_act, swedish_date};
use std::collections::BTreeSet;
use std::ops::Range;

/// The words that have been explained in a document so far.
pub struct Notes<'a> {
    portal: &'a Portal,
    document: &'a Document,
    terms: BTreeSet<usize>,
    acts: BTreeSet<usize>,
}

/// An older term in a document, with the topic that it names now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Older {
    pub topic: usize,
    pub term: usize,
}

/// The older terms in a document's title and text, each once.
pub fn older_terms(portal: &Portal, document: &Document) -> BTreeSet<Older> {
    let registers = &portal.registers;
    let mut out = BTreeSet::new();
    if registers.topics.iter().all(|topic| topic.older_terms.is_empty()) {
        return out;
    }
    for text in [document.title.as_str(), document.text.markdown()] {
        let meanings = registers.phrases.find(text).flat_map(|found| found.meanings);
        out.extend(meanings.filter_map(|meaning| match meaning {
            Meaning::Older(topic, term) => Some(Older { topic: *topic, term: *term }),
            _ => None,
        }));
    }
    out
}

impl<'a> Notes<'a> {
    pub fn new(portal: &'a Portal, document: &'a Document) -> Self {
        Self { portal, document, terms: BTreeSet::new(), acts: BTreeSet::new() }
    }

    /// The stretches of `text` to be replaced by HTML that holds the same words and their explanation.
    pub fn explain(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let phrases = &self.portal.registers.phrases;
        phrases
            .find(text)
            .filter_map(|Found { span, meanings }| {
                let html = self.note(&text[span.clone()], meanings)?;
                Some((span, html))
            })
            .collect()
    }

    fn note(&mut self, words: &str, meanings: &[Meaning]) -> Option<String> {
        let Registers { terms, acts, .. } = &*self.portal.registers;
        let act = cited_act(meanings, acts, self.document);
        let by_number = meanings.iter().any(|meaning| matches!(meaning, Meaning::Number(_)));
        let term = meanings.iter().find_map(|meaning| if let Meaning::Term(at) = meaning { Some(*at) } else { None });
        // "Patientlagen" is short for nothing.
        let is_name = |name: &&str| name.to_lowercase().starts_with(&words.to_lowercase());
        let named = act.filter(|_| !by_number).map(|at| acts[at].name.as_str()).filter(|name| !is_name(name));
        let long = named.or_else(|| term.and_then(|at| terms[at].long.as_deref()));
        // A short form of an act is explained once as an abbreviation, whichever register knows it.
        let fresh = match (term, act) {
            (Some(term), _) => self.terms.insert(term),
            (None, Some(act)) => !self.acts.contains(&act),
            (None, None) => false,
        };
        let repealed = act.filter(|at| self.acts.insert(*at)).map(|at| &acts[at]).and_then(|act| self.repealed(act));
        let title = long.filter(|_| fresh);
        if title.is_none() && repealed.is_none() {
            return None;
        }
        let shown = match title {
            Some(title) => format!(r#"<abbr title="{}">{}</abbr>"#, escape(title), escape(words)),
            None => escape(words),
        };
        Some(shown + &repealed.unwrap_or_default())
    }

    /// A note beside the citation of an act that no longer holds, unless the document tells of the later one itself.
    fn repealed(&self, act: &Act) -> Option<String> {
        let by = act.repealed_by.as_deref();
        let told = by.is_some_and(|by| self.document.text.markdown().contains(by));
        if told || !act.is_repealed(self.portal.today) {
            return None;
        }
        let from = act.repealed_from.map(|from| format!(" {}", swedish_date(from))).unwrap_or_default();
        let by = by.map(|by| format!(", ersatt av {}", escape(by))).unwrap_or_default();
        Some(format!(r#" <span class="anm">[upphävd{from}{by}]</span>"#))
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
