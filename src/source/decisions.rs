//! Agenda items and decisions out of a meeting's headings and blocks.
//!
//! A decision is what the document itself says: an "att …" clause that follows its own body's "beslutade", or what
//! stands under the heading "Beslut" in minutes. What follows a proposal, a dialogue or another body's decision is none.
//! Where the own body stands before "beslutade" and nothing could be read, that is told. `leads` reads the words.

mod labels;
mod unread;

use self::labels::{Label, PARAGRAPH};
pub use self::unread::{Unread, Why};
use super::agenda::{dnr, presenters};
use super::formality::formality;
use super::headings::{BlockKind, TextBlock};
use super::leads::{self, Decides, Lead, Says, Tense, Whole, clauses, fold, is_att};
use super::own_body::OwnBody;
use crate::model::{AgendaItem, Decision, DecisionFacts, DecisionId, MeetingForm, Ruling, Text};

/// What was read out of the text of a meeting.
#[derive(Debug, Default)]
pub struct Proceedings {
    pub agenda: Vec<AgendaItem>,
    pub rulings: Vec<Ruling>,
    pub decisions: Vec<Decision>,
    pub unread: Vec<Unread>,
}

/// Reads agenda items and decisions. `form` decides whether there can be decisions at all.
pub fn proceedings(text: &Text, blocks: &[TextBlock], form: MeetingForm, own: &OwnBody) -> Proceedings {
    let mut reader = Reader {
        text,
        own,
        form,
        out: Proceedings::default(),
        numbers: Vec::new(),
        label: Label::None,
        label_level: 0,
        open: None,
        last: None,
    };
    for block in blocks {
        reader.block(block);
    }
    reader.close();
    reader.out
}

/// An open "X beslutade", waiting for its clauses.
struct Open {
    decided_by: String,
    words: String,
    /// Where its ruling starts.
    start: usize,
    /// The block that opened it.
    block: TextBlock,
    decides: Decides,
    /// Clauses read.
    read: usize,
    /// Something else has come in between: only "att" goes on with it.
    broken: bool,
}

/// The block that gave the latest clause, while nothing else has come.
#[derive(Clone, Copy)]
struct Last {
    kind: BlockKind,
    depth: usize,
    /// It ends with a colon, or "att": a list goes on with it.
    announces: bool,
    /// "Nämnden uppdrar åt direktören": what begins "att" goes on with it.
    unfinished: bool,
}

struct Reader<'a> {
    text: &'a Text,
    own: &'a OwnBody,
    form: MeetingForm,
    out: Proceedings,
    /// What each item is called in the ids of its decisions; no two are alike.
    numbers: Vec<String>,
    label: Label,
    label_level: u8,
    open: Option<Open>,
    last: Option<Last>,
}

impl Reader<'_> {
    fn block(&mut self, block: &TextBlock) {
        match block.kind {
            BlockKind::Heading(index) => self.heading(index),
            BlockKind::Other => self.interrupt(),
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::ItemRest => {
                self.item_line(block);
                if self.form != MeetingForm::Notice {
                    self.running(block);
                }
            }
        }
    }

    /// "Föredragande: …", "Dnr …" belong to the item rather than to its text.
    fn item_line(&mut self, block: &TextBlock) {
        let Some(item) = self.out.agenda.last_mut() else { return };
        let mut only_facts = true;
        for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(names) = presenters(line) {
                item.presenters.extend(names);
            } else if let Some(dnr) = dnr(line) {
                item.dnr.get_or_insert(dnr);
            } else {
                only_facts = false;
            }
        }
        if only_facts && block.kind == BlockKind::Paragraph {
            item.stated.push(block.span.clone());
        }
    }

    fn running(&mut self, block: &TextBlock) {
        if self.goes_on(block) {
            return self.extend(block);
        }
        if block.kind != BlockKind::Paragraph {
            return self.text(&block.text, block);
        }
        match leads::label_of(&block.text) {
            Some((found, None)) => self.label_alone(&found, block),
            Some((found, Some(rest))) => self.labelled_text(&found, rest, block),
            None if leads::opens_proposal(&block.text) => {
                self.close();
                (self.label, self.label_level) = (Label::Proposal, PARAGRAPH);
            }
            None => self.text(&block.text, block),
        }
    }

    /// What stands within a clause's list item, or in the list that a clause ends by announcing, is part of it.
    fn goes_on(&self, block: &TextBlock) -> bool {
        let Some(last) = self.last else { return false };
        match (last.kind, block.kind) {
            (BlockKind::ListItem, BlockKind::ListItem) => block.depth > last.depth,
            (BlockKind::ListItem, BlockKind::ItemRest) => block.depth >= last.depth,
            (_, BlockKind::ListItem) => {
                let announced = last.announces && !is_att(&block.text);
                let meant = last.unfinished && self.label == Label::Decision && leads::goes_on_with(&block.text);
                block.depth > last.depth && (block.depth > 1 || announced || meant)
            }
            (BlockKind::Paragraph, BlockKind::Paragraph) => last.unfinished && is_att(&block.text),
            _ => false,
        }
    }

    fn extend(&mut self, block: &TextBlock) {
        let (Some(decision), Some(ruling)) = (self.out.decisions.last_mut(), self.out.rulings.last_mut()) else {
            return;
        };
        let mark = if block.kind == BlockKind::ListItem { " – " } else { " " };
        decision.text.push_str(mark);
        decision.text.push_str(&fold(&block.text));
        decision.span.end = decision.span.end.max(block.span.end);
        ruling.span.end = ruling.span.end.max(block.span.end);
    }

    fn text(&mut self, text: &str, block: &TextBlock) {
        // Most of a text is neither below "X beslutade" nor says it: nothing more is made of that.
        if !(self.open.is_some() || self.label == Label::Decision || text.contains("besl")) {
            self.last = None;
            return;
        }
        if let Some(lead) = self.lead(text) {
            match self.verdict(&lead, block) {
                Verdict::Opens(decides) => return self.begin(&lead, decides, block),
                Verdict::Nothing => return self.close(),
                Verdict::JustText => {}
            }
        }
        if self.is_clause(text, block) {
            return self.clause(text, block);
        }
        if self.label == Label::Decision {
            self.below_decision(text, block);
        } else {
            self.comment(text, block);
        }
    }

    fn lead(&self, text: &str) -> Option<Lead> {
        leads::lead(text).or_else(|| leads::proposal(text).filter(|lead| self.own.is(&lead.who)))
    }

    /// What "X beslutade" is where it stands.
    fn verdict(&mut self, lead: &Lead, block: &TextBlock) -> Verdict {
        let own = self.own.is(&lead.who);
        let comes_to_it = lead.concludes();
        let within_paragraph = self.label_level == PARAGRAPH;
        match (self.label, &lead.says) {
            (Label::Proposal | Label::NotDecision, Says::Decides(decides)) => {
                if own && within_paragraph && (lead.tense == Tense::Past || decides.whole != Whole::No) {
                    self.unread(&lead.who, Why::BelowLabel, block);
                }
                Verdict::Nothing
            }
            (Label::Proposal | Label::NotDecision, _) => Verdict::Nothing,
            (Label::Aside, _) if !own || !comes_to_it => Verdict::Nothing,
            // "Därefter beslutade nämnden": who decides does not begin it.
            (_, Says::Unclear) if !own => Verdict::JustText,
            (Label::None | Label::Decision, _) if !own => {
                if comes_to_it {
                    self.unread(&lead.who, Why::NotOwn, block);
                }
                Verdict::Nothing
            }
            (_, Says::Decides(decides)) => Verdict::Opens(decides.clone()),
            (Label::Decision, _) => Verdict::JustText,
            (_, Says::Tells) => Verdict::Nothing,
            (_, Says::Unclear) => {
                self.unread(&lead.who, Why::NoClause, block);
                Verdict::Nothing
            }
        }
    }

    /// A paragraph that begins "X beslutade": the clauses may stand in it, on its next lines, or in the blocks below.
    fn begin(&mut self, lead: &Lead, mut decides: Decides, block: &TextBlock) {
        self.close();
        let here = std::mem::take(&mut decides.clauses);
        let whole = match std::mem::take(&mut decides.whole) {
            Whole::Yes(text) => Some(text),
            other => {
                decides.whole = other;
                None
            }
        };
        self.below_label(decides, block);
        if let Some(open) = &mut self.open {
            open.decided_by.clone_from(&lead.who);
            if whole.is_none() {
                open.words.clone_from(&lead.words);
            }
        }
        for clause in here.into_iter().chain(whole) {
            self.decide(clause, block);
        }
    }

    /// "att …" goes on with an open "X beslutade"; right below it every list item does.
    fn is_clause(&self, text: &str, block: &TextBlock) -> bool {
        let Some(open) = &self.open else { return false };
        let first = clauses(text).into_iter().next().unwrap_or_default();
        let listed = block.depth > open.block.depth || leads::is_marked(text.trim());
        let in_list = self.last.is_some_and(|last| last.depth > open.block.depth || leads::is_marked(text.trim()));
        let awaited = open.read == 0 && open.decides.announces && self.label != Label::Decision;
        let after_att = open.decides.att && text.trim_start().starts_with(char::is_lowercase);
        is_att(&first) || !open.broken && (listed && (open.read == 0 || in_list) || awaited || after_att)
    }

    fn clause(&mut self, text: &str, block: &TextBlock) {
        let Some(open) = &mut self.open else { return };
        if open.broken || open.words.is_empty() && open.read == 0 {
            (open.start, open.broken) = (block.span.start, false);
        }
        let att = open.decides.att;
        let found = clauses(text);
        let found = if att { leads::with_att(found) } else { found };
        found.into_iter().for_each(|clause| self.decide(clause, block));
    }

    /// Below "Beslut" whatever stands is decided, but for what only says how it was done.
    fn below_decision(&mut self, text: &str, block: &TextBlock) {
        let line = fold(text);
        if dnr(&line).is_some() || presenters(&line).is_some() {
            return;
        }
        if block.kind == BlockKind::Paragraph && leads::is_aside(&line) {
            return self.interrupt();
        }
        // What follows on what was decided here, with nothing between, is decided with it.
        let ruling = self.out.rulings.last().filter(|ruling| self.last.is_some() && ruling.lead.is_empty());
        let start = ruling.map_or(block.span.start, |ruling| ruling.span.start);
        self.close();
        let announces = line.ends_with(':') && line.to_lowercase().contains("beslut");
        self.below_label(Decides { announces, ..Decides::default() }, block);
        if !announces {
            self.open.iter_mut().for_each(|open| open.start = start);
            let found = clauses(text);
            let one = found.len() > 1
                && leads::is_unfinished(&found[0])
                && found[1..].iter().all(|part| leads::goes_on_with(part));
            let found = if one { vec![line] } else { found };
            found.into_iter().for_each(|clause| self.decide(clause, block));
            self.open = None;
        }
    }

    /// Text between clauses, or after the last: a finished sentence interrupts, anything else ends them.
    fn comment(&mut self, text: &str, block: &TextBlock) {
        let line = fold(text);
        let finished = line.ends_with(['.', ')']) && !leads::tells_what_was_said(&line);
        let read = self.open.as_ref().is_some_and(|open| open.read > 0);
        if read && finished && block.kind == BlockKind::Paragraph {
            self.interrupt();
        } else {
            self.close();
        }
        self.later_sentences(&line, block);
    }

    fn interrupt(&mut self) {
        self.last = None;
        if let Some(open) = &mut self.open {
            open.broken = true;
        }
    }

    /// Ends an open "X beslutade": without clauses it is itself the decision, or nothing that can be read.
    fn close(&mut self) {
        self.last = None;
        let Some(open) = self.open.take().filter(|open| open.read == 0) else { return };
        let block = open.block.clone();
        match &open.decides.whole {
            Whole::UnlessMore(text) => {
                let text = text.clone();
                self.open = Some(Open { words: String::new(), ..open });
                self.decide(text, &block);
                (self.open, self.last) = (None, None);
            }
            _ if !open.words.is_empty() => self.unread(&open.decided_by, Why::NoClause, &block),
            _ => {}
        }
    }

    fn decide(&mut self, clause: String, block: &TextBlock) {
        let Some(open) = &mut self.open else { return };
        open.read += 1;
        self.last = Some(Last {
            kind: block.kind,
            depth: block.depth,
            announces: clause.ends_with(':') || clause.ends_with(" att"),
            unfinished: leads::is_unfinished(&clause),
        });
        let span = block.span.clone();
        let item = self.out.agenda.len().checked_sub(1);
        let number = item.map_or("0", |at| self.numbers[at].as_str());
        let count = self.out.decisions.iter().rev().take_while(|decision| decision.item == item).count() + 1;
        let index = self.out.decisions.len();
        match self.out.rulings.last_mut().filter(|ruling| ruling.span.start == open.start && ruling.item == item) {
            Some(ruling) => {
                ruling.span.end = span.end.max(ruling.span.end);
                ruling.decisions.end = index + 1;
            }
            None => self.out.rulings.push(Ruling {
                item,
                decided_by: open.decided_by.clone(),
                lead: open.words.clone(),
                span: open.start..span.end,
                decisions: index..index + 1,
            }),
        }
        self.out.decisions.push(Decision {
            id: DecisionId::new(format!("{number}-{count}")),
            item,
            clause: u32::try_from(count).unwrap_or(u32::MAX),
            formality: formality(&clause),
            text: clause,
            span,
            facts: DecisionFacts::default(),
        });
    }
}

/// What is made of a block that begins "X beslutade".
enum Verdict {
    Opens(Decides),
    /// A tale, a proposal, another body's: no decision, and the end of those before it.
    Nothing,
    /// Below "Beslut", where all is decided: as any other text.
    JustText,
}

impl Lead {
    /// After reasons, a body comes to its decision on a line of its own or in the present; what it did before stands in
    /// the past.
    fn concludes(&self) -> bool {
        let line_of_its_own = match &self.says {
            Says::Decides(decides) => decides.clauses.is_empty() && decides.whole == Whole::No,
            Says::Tells | Says::Unclear => false,
        };
        self.tense == Tense::Present || line_of_its_own
    }
}

#[cfg(test)]
mod tests;
