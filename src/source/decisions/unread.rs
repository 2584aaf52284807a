//! What is told because no decision could be made of it.

use super::Reader;
use super::labels::Label;
use crate::source::headings::TextBlock;
use crate::source::leads::{self, Says};
use std::ops::Range;

/// "X beslutade" from which no decision was made, with its place.
#[derive(Debug)]
pub struct Unread {
    pub who: String,
    pub why: Why,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody else than the meeting's own body.
    NotOwn,
    /// The own body, and no clause in the block or below.
    NoClause,
    /// The own body, below a paragraph that says that a proposal or something else follows.
    BelowLabel,
}

impl Reader<'_> {
    /// "Efter dialog beslutades … Nätverket beslutade att …": only a block that begins so is read.
    pub(super) fn later_sentences(&mut self, line: &str, block: &TextBlock) {
        if self.label != Label::None || self.own.names.is_empty() {
            return;
        }
        let own = |who: &str| self.own.is(who);
        let found = line.split(". ").enumerate().any(|(at, sentence)| {
            match leads::lead(sentence).filter(|lead| own(&lead.who)) {
                Some(lead) => at > 0 && lead.says != Says::Tells,
                None => leads::decides_within(sentence, own),
            }
        });
        if found {
            let who = self.own.names.first().cloned().unwrap_or_default();
            self.unread(&who, Why::NoClause, block);
        }
    }

    pub(super) fn unread(&mut self, who: &str, why: Why, block: &TextBlock) {
        self.out.unread.push(Unread { who: who.to_owned(), why, span: block.span.clone() });
    }
}
