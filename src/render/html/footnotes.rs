//! A text's footnotes: numbered as they are first referred to, written after it, each with a way back.

use super::raw;
use pulldown_cmark::Event;
use std::collections::BTreeMap;

/// By label.
#[derive(Default)]
pub struct Footnotes<'m> {
    held: BTreeMap<String, Note<'m>>,
    /// The note whose words are being read.
    open: Option<String>,
}

#[derive(Default)]
struct Note<'m> {
    /// From 1; 0 before anything refers to it.
    number: usize,
    references: usize,
    events: Vec<Event<'m>>,
}

impl<'m> Footnotes<'m> {
    pub fn begin(&mut self, label: &str) {
        self.held.entry(label.to_owned()).or_default();
        self.open = Some(label.to_owned());
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub fn end(&mut self) {
        self.open = None;
    }

    /// What is written of the open note so far, to be written on and given back.
    pub fn take_open(&mut self) -> Option<Vec<Event<'m>>> {
        let note = self.held.get_mut(self.open.as_ref()?)?;
        Some(std::mem::take(&mut note.events))
    }

    pub fn give_back(&mut self, events: Vec<Event<'m>>) {
        if let Some(note) = self.open.as_ref().and_then(|label| self.held.get_mut(label)) {
            note.events = events;
        }
    }

    /// Counts a reference: the note's number, and how many times it has been referred to.
    fn number(&mut self, label: &str) -> (usize, usize) {
        let next = self.held.values().filter(|note| note.number > 0).count() + 1;
        let note = self.held.entry(label.to_owned()).or_default();
        if note.number == 0 {
            note.number = next;
        }
        note.references += 1;
        (note.number, note.references)
    }

    /// A reference in the text, as HTML.
    pub fn reference(&mut self, label: &str) -> String {
        let (number, count) = self.number(label);
        let more = if count == 1 { String::new() } else { format!("-{count}") };
        format!(r##"<sup class="notref"><a href="#not-{number}" id="nothanvisning-{number}{more}">{number}</a></sup>"##)
    }

    /// The notes that were referred to, in the order of their numbers.
    pub fn write(&mut self, out: &mut Vec<Event<'m>>) {
        let mut notes: Vec<_> = std::mem::take(&mut self.held).into_values().filter(|note| note.number > 0).collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|note| note.number);
        out.push(raw("<section class=\"noter\" aria-label=\"Noter\"><ol>\n"));
        for Note { number, events, .. } in notes {
            out.push(raw(format!("<li id=\"not-{number}\">")));
            out.extend(events);
            out.push(raw(format!(
                r##"<a href="#nothanvisning-{number}" aria-label="Tillbaka till texten, not {number}">↩</a></li>"##
            )));
        }
        out.push(raw("</ol></section>\n"));
    }
}
