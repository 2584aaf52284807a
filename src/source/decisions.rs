//! Agenda items and decisions out of a meeting's headings and blocks.
//!
//! A decision is what the document itself says: an "att …" clause that follows its own body's "beslutade", or what
//! stands under the heading "Beslut" in minutes. What follows a proposal, a dialogue or another body's decision is none.

use super::agenda::{agenda_item, dnr, presenters};
use super::headings::{BlockKind, TextBlock};
use crate::model::label::{self, labelled};
use crate::model::{
    AgendaItem, Decision, DecisionFacts, DecisionId, Formality, MeetingForm, Ruling, Text, is_short_for,
};
use std::ops::Range;

pattern! {
    PROPOSES = r"(?i)\s(?:besluta|beslutar|att)\s*:?$";
}

/// The names under which the meeting's own body may stand in the text; empty when the body is not known.
pub struct OwnBody {
    pub names: Vec<String>,
}

/// What was read out of the text of a meeting.
#[derive(Debug, Default)]
pub struct Proceedings {
    pub agenda: Vec<AgendaItem>,
    pub rulings: Vec<Ruling>,
    pub decisions: Vec<Decision>,
    /// Lines "X beslutade" of somebody else than the meeting's own body, with their places: nothing below them is read.
    pub unread: Vec<(String, Range<usize>)>,
}

/// Reads agenda items and decisions. `form` decides whether there can be decisions at all.
pub fn proceedings(text: &Text, blocks: &[TextBlock], form: MeetingForm, own: &OwnBody) -> Proceedings {
    let mut reader = Reader { text, own, form, out: Proceedings::default(), label: Label::None, lead: None };
    for block in blocks {
        reader.block(block);
    }
    reader.out
}

/// What the latest unnumbered heading within an item says of what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Label {
    /// No heading: only "X beslutade" opens decisions.
    None,
    /// "Beslut": whatever stands here is decided.
    Decision,
    /// "Bakgrund", "Beslutsunderlag": what is told here was decided before, unless it comes to "X beslutar" at last.
    Aside,
    /// "Förslag till beslut", "Yrkande", "Reservation", another body's decision …
    NotDecision,
}

/// An open "X beslutade", waiting for its clauses.
struct Lead {
    decided_by: String,
    words: String,
    start: usize,
}

struct Reader<'a> {
    text: &'a Text,
    own: &'a OwnBody,
    form: MeetingForm,
    out: Proceedings,
    label: Label,
    lead: Option<Lead>,
}

impl Reader<'_> {
    fn block(&mut self, block: &TextBlock) {
        match block.kind {
            BlockKind::Heading(index) => self.heading(index),
            BlockKind::Other => self.lead = None,
            BlockKind::Paragraph | BlockKind::ListItem => {
                self.item_line(block);
                if self.form != MeetingForm::Notice {
                    self.running(block);
                }
            }
        }
    }

    fn heading(&mut self, index: usize) {
        self.lead = None;
        let heading = &self.text.headings[index];
        if heading.number.is_some() {
            self.label = Label::None;
            self.out.agenda.push(agenda_item(heading, index));
        } else {
            self.label = label(&heading.title, self.form, self.own);
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
        // Most of a text is neither below "X beslutade" nor says it: nothing more is made of that.
        let below_lead = self.lead.is_some() || self.label == Label::Decision;
        let may_lead = || block.text.contains("besl") && block.text.trim_start().starts_with(char::is_uppercase);
        if !(below_lead || may_lead()) {
            return;
        }
        let text = fold(&block.text);
        if let Some(lead) = lead(&text, self.own).or_else(|| proposal(&text, self.own)) {
            return self.open(lead, block);
        }
        let clauses = clauses(block);
        let starts_with_att = clauses.first().is_some_and(|(clause, _)| is_att(clause));
        // In the list right below "X beslutade" every item is a clause.
        if self.lead.is_some() && (starts_with_att || block.kind == BlockKind::ListItem) {
            return clauses.into_iter().for_each(|(clause, span)| self.decide(clause, span));
        }
        self.lead = None;
        if self.label == Label::Decision && dnr(&text).is_none() && presenters(&text).is_none() {
            let decided_by = self.own.names.first().cloned().unwrap_or_default();
            self.lead = Some(Lead { decided_by, words: String::new(), start: block.span.start });
            clauses.into_iter().for_each(|(clause, span)| self.decide(clause, span));
            self.lead = None;
        }
    }

    /// A paragraph that begins "X beslutade": the clause may stand in it, on its next lines, or in the blocks below.
    fn open(&mut self, lead: (String, Verdict, &'static str), block: &TextBlock) {
        let (decided_by, verdict, verb) = lead;
        self.lead = None;
        let told = self.label == Label::Aside && !concludes(&fold(&block.text), verb);
        if verdict == Verdict::Another && self.label == Label::None && concludes(&fold(&block.text), verb) {
            self.out.unread.push((decided_by, block.span.clone()));
            return;
        }
        if verdict == Verdict::Another || self.label == Label::NotDecision || told {
            return;
        }
        let words = fold(&block.text);
        let words = words.split(" att ").next().unwrap_or_default().trim_end_matches(" att").to_owned();
        self.lead = Some(Lead { decided_by, words, start: block.span.start });
        let rest = block.text.split_once(verb).map_or("", |(_, rest)| rest);
        let rest_block = TextBlock { text: rest.to_owned(), ..block.clone() };
        for (clause, span) in clauses(&rest_block).into_iter().filter(|(clause, _)| is_att(clause)) {
            self.decide(clause, span);
        }
    }

    fn decide(&mut self, clause: String, span: Range<usize>) {
        let Some(lead) = &self.lead else { return };
        let item = self.out.agenda.len().checked_sub(1);
        let number = item.map_or_else(|| "0".to_owned(), |at| self.out.agenda[at].number.clone());
        let count = self.out.decisions.iter().rev().take_while(|decision| decision.item == item).count() + 1;
        let index = self.out.decisions.len();
        match self.out.rulings.last_mut().filter(|ruling| ruling.span.start == lead.start && ruling.item == item) {
            Some(ruling) => {
                ruling.span.end = span.end.max(ruling.span.end);
                ruling.decisions.end = index + 1;
            }
            None => self.out.rulings.push(Ruling {
                item,
                decided_by: lead.decided_by.clone(),
                lead: lead.words.clone(),
                span: lead.start..span.end,
                decisions: index..index + 1,
            }),
        }
        self.out.decisions.push(Decision {
            id: DecisionId::new(format!("{}-{count}", number.trim_start_matches('§').trim().replace(['/', ' '], "-"))),
            item,
            clause: u32::try_from(count).unwrap_or(u32::MAX),
            formality: formality(&clause),
            text: clause,
            span,
            facts: DecisionFacts::default(),
        });
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Own,
    Another,
}

/// "X föreslår kommunfullmäktige besluta", its clauses below: what X decides is to propose.
fn proposal(text: &str, own: &OwnBody) -> Option<(String, Verdict, &'static str)> {
    let (at, verb) =
        ["föreslår", "tillstyrker"].iter().find_map(|verb| Some((text.find(&format!(" {verb} "))?, *verb)))?;
    let subject = text[..at].trim();
    let introduces = PROPOSES.is_match(text) && subject.split(' ').count() <= 8;
    let names_a_body = subject.chars().next().is_some_and(char::is_uppercase);
    (introduces && names_a_body && own.is(subject)).then(|| (subject.to_owned(), Verdict::Own, verb))
}

/// "X beslutade …" at the start of a block: who, whether it is the meeting's own body, and the verb.
fn lead(text: &str, own: &OwnBody) -> Option<(String, Verdict, &'static str)> {
    const VERBS: [&str; 6] =
        [" beslutade", " beslutar", " beslöt", " har beslutat", " beslutade enhälligt", " fattade beslutet"];
    // A body's name begins with a capital, most clauses with "att".
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let (at, verb) = VERBS
        .into_iter()
        .filter_map(|verb| text.find(verb).map(|at| (at, verb)))
        .min_by_key(|(at, verb)| (*at, std::cmp::Reverse(verb.len())))?;
    let subject = text[..at].trim();
    let after = &text[at + verb.len()..];
    let verb = verb.trim_start();
    let names_a_body = subject.chars().next().is_some_and(char::is_uppercase) && subject.split(' ').count() <= 8;
    // "Styrgruppen beslutade den …" or "… beslutade om" in running text tells of a decision, it takes none.
    let takes_it = after.trim_start_matches([':', ' ']).is_empty()
        || [" att", ": att", " för egen del", " enligt", " följande", " därefter", " därmed", " enhälligt", "\natt"]
            .iter()
            .any(|start| after.starts_with(start));
    if !names_a_body || !takes_it {
        return None;
    }
    let verdict = if own.is(subject) { Verdict::Own } else { Verdict::Another };
    Some((subject.to_owned(), verdict, verb))
}

/// After reasons, a body comes to its decision on a line of its own or in the present; what it did before stands in the
/// past.
fn concludes(text: &str, verb: &str) -> bool {
    let after = text.split_once(verb).map_or("", |(_, after)| after).trim_matches([':', ' ']);
    verb == "beslutar" || after.is_empty() || after == "att"
}

impl OwnBody {
    /// Whether `who` means the meeting's own body; any does where that is not known.
    pub fn is(&self, who: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|name| same_body(name, who))
    }
}

fn same_body(name: &str, subject: &str) -> bool {
    let (name, subject) = (name.to_lowercase(), subject.to_lowercase());
    let is = |subject: &str| subject == name || is_short_for(subject, &name);
    is(&subject) || subject.strip_suffix('s').is_some_and(is)
}

/// The clauses of a block with their places. Lines that begin "att" are clauses of their own; other lines go on.
fn clauses(block: &TextBlock) -> Vec<(String, Range<usize>)> {
    let mut out: Vec<String> = Vec::new();
    for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match out.last_mut() {
            Some(last) if !is_att(line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => out.push(line.trim_start_matches([':', ' ']).to_owned()),
        }
    }
    out.into_iter().map(|clause| (fold(&clause), block.span.clone())).collect()
}

fn is_att(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("att")
}

/// White space folded: one space between words, none around them.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn label(heading: &str, form: MeetingForm, own: &OwnBody) -> Label {
    let heading = fold(heading);
    let Some(found) = labelled(&heading) else { return Label::None };
    let mine = found.whose.is_none_or(|whose| own.is(whose));
    match found.label {
        label::Label::Decision if mine && found.when.is_none() => Label::Decision,
        label::Label::Decision | label::Label::Proposal => Label::NotDecision,
        label::Label::After => Label::NotDecision,
        label::Label::Other if form == MeetingForm::Minutes => Label::Aside,
        label::Label::Other => Label::None,
    }
}

/// Formalities: opening and closing, the agenda, adjusters, what is laid to the documents.
fn formality(clause: &str) -> Formality {
    let clause = clause.to_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| clause.starts_with(prefix));
    let formal =
        starts(&["att öppna mötet", "att öppna sammanträdet", "att avsluta mötet", "att avsluta sammanträdet"])
            || starts(&[
                "att godkänna dagordning",
                "att fastställa dagordning",
                "att fastställa föredragningslist",
                "att godkänna föredragningslist",
            ])
            || starts(&["att godkänna föregående", "att utse justerare", "att välja justerare"])
            || (starts(&["att utse"]) && clause.contains(" att justera"))
            || (starts(&["att lägga"]) && clause.contains("till handlingarna"));
    if formal { Formality::Formal } else { Formality::Substantive }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::source::headings::{self, Numbering};

    fn read(markdown: &str, form: MeetingForm, own: &[&str]) -> Vec<(String, String)> {
        let source = SourceText::new("x.md", markdown);
        let (text, blocks, _) = headings::text(&source, 0..markdown.len(), Numbering::Items);
        let own = OwnBody { names: own.iter().map(|name| (*name).to_owned()).collect() };
        let found = proceedings(&text, &blocks, form, &own);
        found.decisions.into_iter().map(|decision| (decision.id.to_string(), decision.text)).collect()
    }

    fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
        found.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect()
    }

    const NOTES: MeetingForm = MeetingForm::Notes;

    #[test]
    fn clauses_follow_their_own_bodys_beslutade() {
        let found = read(
            "## 5. A\n\n### 5a. Beslut: B\n\n**Nätverket beslutade**\n\n- att anta\n  planen.\n- att följa upp.\n\n### 5b. C\n\nNätverket beslutade att stänga.\n",
            NOTES,
            &["Nätverket"],
        );
        assert_eq!(pairs(&found), [("5a-1", "att anta planen."), ("5a-2", "att följa upp."), ("5b-1", "att stänga.")]);
    }

    #[test]
    fn a_lead_and_its_clauses_may_share_a_paragraph() {
        let found =
            read("## 1. A\n\nNätverket beslutade enligt alternativ B\natt ett,\natt två.\n", NOTES, &["Nätverket"]);
        assert_eq!(pairs(&found), [("1-1", "att ett,"), ("1-2", "att två.")]);
    }

    #[test]
    fn proposals_dialogue_and_others_decisions_are_none() {
        let markdown = "## 1. A\n\nStyrgruppen beslutade\n\n- att föreslå X.\n\nI dialogen framkom att\n\n- att tiden är knapp.\n\nStyrgruppen beslutade den 11 december att Y.\n\nNätverket ombeds därefter fatta beslut.\n\n- att Z.\n";
        assert!(read(markdown, NOTES, &["Nätverket"]).is_empty());
        assert!(read("## 1. A\n\nNätverket beslutade\n\n- att X.\n", MeetingForm::Notice, &["Nätverket"]).is_empty());
    }

    #[test]
    fn minutes_decide_under_their_heading() {
        let markdown = "## § 12 Budget\n\nDnr KS 2026/123\n\n### Beslut\n\nNämnden beslutar\n\n1. att anta budgeten.\n2. att skicka den vidare.\n\n### Förslag till beslut\n\nNämnden beslutar att avslå.\n\n### Reservation\n\nA reserverar sig.\n\n## § 13 Val\n\n### Beslut\n\nÄrendet bordläggs.\n";
        let found = read(markdown, MeetingForm::Minutes, &["Nämnden"]);
        assert_eq!(
            pairs(&found),
            [("12-1", "att anta budgeten."), ("12-2", "att skicka den vidare."), ("13-1", "Ärendet bordläggs.")]
        );
    }

    #[test]
    fn formalities_are_told_apart() {
        for (clause, want) in [
            ("att öppna mötet.", Formality::Formal),
            ("att godkänna dagordningen med tillägg av punkt 9 b.", Formality::Formal),
            ("att lägga all skriftlig information till handlingarna", Formality::Formal),
            ("att godkänna avtalet.", Formality::Substantive),
            ("att lägga ned verksamheten.", Formality::Substantive),
        ] {
            assert_eq!(formality(clause), want, "{clause}");
        }
    }
}
