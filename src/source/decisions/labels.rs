//! What headings, and paragraphs that do a heading's work, say of what stands below them.

use super::{Open, Reader};
use crate::model::MeetingForm;
use crate::model::label::{self, Labelled, labelled};
use crate::source::agenda::agenda_item;
use crate::source::headings::TextBlock;
use crate::source::leads::{self, Decides, fold};
use std::collections::BTreeSet;

/// What the latest label within an item says of what stands below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// None: only "X beslutade" opens decisions.
    None,
    /// "Beslut": whatever stands here is decided.
    Decision,
    /// "Bakgrund", "Beslutsunderlag": what is told here was decided before, unless it comes to "X beslutar" at last.
    Aside,
    /// "Förslag till beslut", "Yrkande": no heading below it changes that.
    Proposal,
    /// "Reservation", another body's decision …
    NotDecision,
}

/// The level of a label that is a paragraph: any heading ends it.
pub(super) const PARAGRAPH: u8 = 7;

impl Reader<'_> {
    pub(super) fn heading(&mut self, index: usize) {
        self.close();
        let heading = &self.text.headings[index];
        let below = heading.level > self.label_level;
        if heading.number.is_some() {
            if !(below && self.label == Label::Proposal) {
                self.label = Label::None;
            }
            let number = heading.number.as_deref().unwrap_or_default();
            self.numbers.push(self.free_number(number));
            return self.out.agenda.push(agenda_item(heading, index));
        }
        let title = fold(&heading.title);
        match labelled(&title) {
            Some(found) => (self.label, self.label_level) = (self.meaning(&found), heading.level),
            None if leads::names_proposal(&title) => {
                (self.label, self.label_level) = (Label::Proposal, heading.level);
            }
            // "### Nämnden beslutar" is a heading "Beslut".
            None if self.lead(&title).is_some_and(|lead| self.own.is(&lead.who) && lead.concludes())
                && !self.within_proposal(below) =>
            {
                (self.label, self.label_level) = (Label::Decision, heading.level);
            }
            // A heading without a label is one more part of a proposal or of its reasons.
            None if below && matches!(self.label, Label::Proposal | Label::NotDecision | Label::Aside) => {}
            None => self.label = Label::None,
        }
    }

    fn within_proposal(&self, below: bool) -> bool {
        below && matches!(self.label, Label::Proposal | Label::NotDecision)
    }

    /// As headings' anchors are kept apart: the second item of a number is counted from 2.
    fn free_number(&self, number: &str) -> String {
        let wanted = number.trim_start_matches('§').trim().replace(['/', ' '], "-");
        let taken: BTreeSet<&str> = self.numbers.iter().map(String::as_str).collect();
        let mut names = std::iter::once(wanted.clone()).chain((2..).map(|count| format!("{wanted}-{count}")));
        names.find(|name| !taken.contains(name.as_str())).unwrap_or(wanted)
    }

    fn meaning(&self, found: &Labelled<'_>) -> Label {
        let mine = found.whose.is_none_or(|whose| self.own.is(whose));
        match found.label {
            label::Label::Decision if mine && found.when.is_none() => Label::Decision,
            label::Label::Proposal => Label::Proposal,
            label::Label::Decision | label::Label::After => Label::NotDecision,
            label::Label::Other if self.form == MeetingForm::Minutes => Label::Aside,
            label::Label::Other => Label::None,
        }
    }

    /// A paragraph that is a label: in minutes it does what a heading does, in notes it opens what stands right below.
    pub(super) fn label_alone(&mut self, found: &Labelled<'_>, block: &TextBlock) {
        self.close();
        let meaning = self.meaning(found);
        if meaning == Label::Decision && self.form == MeetingForm::Notes {
            (self.label, self.label_level) = (Label::None, PARAGRAPH);
            return self.below_label(Decides { announces: true, ..Decides::default() }, block);
        }
        (self.label, self.label_level) = (meaning, PARAGRAPH);
    }

    pub(super) fn below_label(&mut self, decides: Decides, block: &TextBlock) {
        let decided_by = self.own.names.first().cloned().unwrap_or_default();
        let start = block.span.start;
        let open =
            Open { decided_by, words: String::new(), start, block: block.clone(), decides, read: 0, broken: false };
        self.open = Some(open);
    }

    /// "Beslut: …", "Jäv: …": the label is for this paragraph only.
    pub(super) fn labelled_text(&mut self, found: &Labelled<'_>, rest: &str, block: &TextBlock) {
        let outer = self.label;
        match (self.meaning(found), found.label) {
            (Label::Decision, _) => {
                self.close();
                self.label = Label::Decision;
                self.text(rest, block);
                self.label = outer;
            }
            (Label::Proposal | Label::NotDecision, _) => self.close(),
            // "Finansiering: …" below "Beslut" is decided with the rest.
            _ => self.text(&block.text, block),
        }
    }
}
