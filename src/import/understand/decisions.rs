//! Decisions: clauses that follow their body's "beslutade" or stand below the label "Beslut", and no others.
//!
//! Proposals, demands, votes and dialogues have clauses too; none of them is a decision.

use super::body::Bodies;
use super::period::sentences;
use crate::import::{Clause, ClauseKind, DraftKind, Item, Part, Passage, marks};
use crate::model::label::{Goes, Label, labelled};
use crate::model::{Date, written_dates};
use std::collections::BTreeSet;

pattern! {
    FORMAL = r"(?i)^att\s+(?:öppna mötet|förklara (?:mötet|sammanträdet)|(?:fastställa|godkänna) (?:den\s)?(?:föreslagna\s|utsända\s)?(?:dagordning|föredragningslist)|godkänna (?:dagordning|kallelse|föregående)|lägga .{0,80}till handlingarna|utse .{3,90}(?:justera|justerare)|förklara (?:paragrafen|ärendet|beslutet) omedelbart justera|(?:anteckna|notera|lägga) .{0,60}(?:till|i) protokollet|godkänna redovisningen av delegationsbeslut|.{0,40}välja .{3,60}justera|avsluta mötet|ajournera|notera informationen)|tackar? för informationen|läggs? (?:\S+\s)?till handlingarna|utses att .{0,60}justera|antecknas till protokollet|^(?:dagordningen|föredragningslistan|kallelsen) (?:fastställs|godkänns)|^(?:informationen (?:noteras|antecknas)|redovisningen av delegationsbeslut godkänns)\b|^(?:paragrafen|ärendet) förklaras omedelbart justera";
    TABLED = r"(?i)\bbordlägg";
    SENT_BACK = r"(?i)\båterremitter";
    PROPOSES = r"(?i)^att\s+(?:föreslå|tillstyrka|rekommendera \S+ (?:fullmäktige|styrelsen)|överlämna .{3,60}till (?:kommun|region)(?:styrelsen|fullmäktige) (?:för|med))|föreslår \S+ (?:besluta|att)";
    WHOLE = r"(?i)\b(?:all|alla|samtlig\w*)\b";
    INLINE = r"(?i)^(?:(?:enhälligt|därför|också|även|således|för egen del)\s+)*(?:att\s|följande:?$)";
    NUMBERED = r"^(?:\d{1,2}[.)]|[a-z]\))\s+";
    NEXT_CLAUSE = r",\s(?:samt\s|och\s)?(?P<att>att)\s\p{Ll}{3,}";
    AMOUNT_LINE = r"(?i)(?:^|[^\d:.,])(\d{1,3}(?:\s\d{3})+|\d+(?:,\d+)?)\s*(mnkr|mkr|tkr|miljoner(?: kronor)?|kronor|kr)\b";
    DUE = r"(?i)\b(?:senast|före|till och med|t\.?o\.?m\.?|(?:till|på|vid) (?:\S+ )?(?:nästa )?(?:sammanträde|möte)\w*(?: i| den)?)\b(.{0,60})";
    /// All that a protokoll says of an item that was put off.
    CURT = r"^(?:Ärendet|Punkten|Frågan) (?:bordläggs|återremitteras)(?: till [^.]{3,60})?\.?$";
    EARLIER = r"(?i)\b(?:tidigare|förra|föregående|då|redan)\b";
    ASIDE = r"(?i)^(?:beslutet är enhälligt|omedelbar(?:t)? juster|paragrafen (?:förklaras|justeras)|(?:ledamoten|ordföranden)?\s?.{0,60}(?:reserverar sig|deltar (?:inte|ej) i|anmäler jäv))";
    /// Someone tells the meeting something; the protokoll says so where it says what was decided.
    TELLS = r"^(?:\p{Lu}\S*\s)(?:[^.]{0,80}?\s)?(?:informerar|informerade|redogör|redogjorde|föredrar|föredrog|berättar|berättade|presenterar|presenterade|inleder|inledde)\s(?:om|för|kring|ärendet|frågan|den|det)\b";
}

/// What a meeting decided, each clause with its item, and the passages marked with their part in it.
pub(super) fn decisions(
    kind: DraftKind,
    items: &[Item],
    date: Option<Date>,
    passages: &mut Vec<Passage>,
    bodies: &Bodies,
) -> Vec<Clause> {
    if kind == DraftKind::Kallelse {
        return Vec::new();
    }
    let deciding = deciding(passages);
    let mut reader =
        Reader { kind, items, bodies, date, deciding, clauses: Vec::new(), context: Context::Text, item: None };
    // Taken from the end of a stack, on which the parts of a paragraph are put back.
    let mut left: Vec<Passage> = passages.drain(..).rev().collect();
    while let Some(mut passage) = left.pop() {
        if let Some(parts) = reader.parted(&passage) {
            left.extend(parts.into_iter().rev());
            passage = left.pop().expect("a paragraph has parts");
        }
        reader.take(&mut passage);
        passages.push(passage);
    }
    reader.clauses
}

fn deciding(passages: &[Passage]) -> BTreeSet<usize> {
    let mut item = None;
    let mut deciding = BTreeSet::new();
    for passage in passages {
        if let Part::Item(at) = passage.part {
            item = Some(at);
        }
        let decides = labelled(&passage.text).is_some_and(|found| found.label == Label::Decision);
        deciding.extend(item.filter(|_| decides));
    }
    deciding
}

/// What a clause that comes now would be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Context {
    /// Prose, in which only "X beslutade" opens a decision.
    Text,
    /// Right after an item's heading.
    Opened,
    /// Below the label "Beslut": all text is decision. With the deciding body, once named.
    Labelled(Option<String>, Manner),
    /// After "X beslutade", while clauses go on.
    Introduced(Option<String>, Manner, Verb),
    /// Reasons and papers, after which a paragraph without the label "Beslut" still comes to its decision.
    Aside,
    /// Förslag, yrkande, another body's decision.
    NotOurs,
}

/// Whether the body decides itself or, by this decision, asks another to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Decides,
    Proposes,
}

/// Whether "att" stands once, before all clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    WithAtt,
    Bare,
}

struct Reader<'a> {
    kind: DraftKind,
    items: &'a [Item],
    bodies: &'a Bodies,
    /// When it met.
    date: Option<Date>,
    /// Items that have the label "Beslut".
    deciding: BTreeSet<usize>,
    clauses: Vec<Clause>,
    context: Context,
    item: Option<usize>,
}

impl Reader<'_> {
    /// Prose in which one sentence decides: what stands before it, the sentence, and what stands after.
    fn parted(&self, passage: &Passage) -> Option<Vec<Passage>> {
        let prose = matches!(self.context, Context::Text | Context::Opened | Context::Introduced(..));
        if !prose || self.item.is_none() || passage.part != Part::Paragraph || labelled(&passage.text).is_some() {
            return None;
        }
        let sentences = sentences(&passage.text);
        let at = sentences.iter().position(|text| self.decides(text)).filter(|_| sentences.len() > 1)?;
        // An undated sentence among dated ones goes on telling of what was done before.
        if at > 0 && (!written_dates(&passage.text).is_empty() || EARLIER.is_match(&passage.text)) {
            return None;
        }
        let part = |sentences: &[String]| Passage { text: sentences.join(" "), ..passage.clone() };
        let parts = [&sentences[..at], &sentences[at..=at], &sentences[at + 1..]];
        Some(parts.into_iter().filter(|sentences| !sentences.is_empty()).map(part).collect())
    }

    fn decides(&self, sentence: &str) -> bool {
        marks::decider(sentence).is_some_and(|found| {
            found.verb == marks::Verb::Decides && INLINE.is_match(found.rest) && self.is_own(found.who)
        })
    }

    fn take(&mut self, passage: &mut Passage) {
        let text = passage.text.trim().to_owned();
        match passage.part {
            Part::Item(at) => (self.item, self.context) = (Some(at), Context::Opened),
            Part::Cover | Part::Closing | Part::Decider | Part::Clauses(..) => self.context = Context::NotOurs,
            // A table ends what was decided above it, but prose goes on below.
            Part::TableRow if matches!(self.context, Context::Text | Context::Opened) => self.context = Context::Text,
            Part::TableRow => self.context = Context::NotOurs,
            Part::Presenter | Part::Attachment | Part::CaseNumber => {}
            Part::Heading(_) | Part::Paragraph | Part::ListItem(_) if self.item.is_some() => self.read(&text, passage),
            Part::Heading(_) | Part::Paragraph | Part::ListItem(_) => {}
        }
    }

    fn read(&mut self, text: &str, passage: &mut Passage) {
        if let Some(found) = labelled(text) {
            let told = found.when.is_some_and(|when| self.is_another_day(when));
            let own = !told && found.whose.is_none_or(|whose| self.is_own(whose));
            let proposes = found.label == Label::Proposal && found.whose.is_some() && own;
            self.context = match found.label {
                Label::Proposal if proposes && (found.goes == Goes::Upwards || self.only_proposes()) => {
                    Context::Labelled(found.whose.map(|whose| self.bodies.own_name(whose)), Manner::Proposes)
                }
                Label::Decision if own => {
                    Context::Labelled(found.whose.map(|whose| self.bodies.own_name(whose)), Manner::Decides)
                }
                Label::Other if self.kind != DraftKind::Protokoll => Context::Text,
                Label::Other if self.only_proposes() => Context::Aside,
                Label::Decision | Label::Proposal | Label::Other | Label::After => Context::NotOurs,
            };
            if let (Some(rest), Context::Labelled(..)) = (found.rest, &self.context) {
                let rest = rest.to_owned();
                self.below_label(&rest, passage);
            }
            return;
        }
        // A heading that is no label ends what was decided, unless it says itself who decides.
        if matches!(passage.part, Part::Heading(_)) && marks::decider(text).is_none() {
            self.context = Context::Text;
            return;
        }
        match self.context.clone() {
            Context::NotOurs => {}
            Context::Aside if !self.concludes(text) => {}
            Context::Labelled(..) => self.below_label(text, passage),
            Context::Introduced(who, manner, verb) if self.is_clause(text, passage, manner, verb) => {
                let text = self.with_att(text, verb);
                self.clause(&text, who, manner, passage);
            }
            Context::Opened if marks::is_clause(text) && self.decides_by_kind() => {
                self.clause(text, None, Manner::Decides, passage)
            }
            _ => self.prose(text, passage),
        }
    }

    /// The body's own "X beslutar" on a line of its own, or in the present: what it did before stands in the past.
    fn concludes(&self, text: &str) -> bool {
        marks::decider(text).is_some_and(|found| {
            let now = text[found.who.len()..].trim_start().to_lowercase().starts_with("beslutar");
            self.is_own(found.who) && (found.introduces() || now && INLINE.is_match(found.rest))
        })
    }

    /// "X beslutade" with its clauses below, or "X beslutade att …" with its clause beside it.
    fn prose(&mut self, text: &str, passage: &mut Passage) {
        if CURT.is_match(text) && self.only_proposes() {
            return self.clause(text, None, Manner::Decides, passage);
        }
        let found = marks::decider(text).filter(|found| found.verb == marks::Verb::Decides || self.passes_on(found));
        let Some(found) = found.filter(|found| self.is_own(found.who)) else {
            self.context = Context::Text;
            return;
        };
        let who = self.bodies.own_name(found.who);
        if found.introduces() {
            self.introduce(&found, who, passage);
        } else if INLINE.is_match(found.rest) {
            self.inline(found.rest, Some(who), passage);
        } else {
            self.context = Context::Text;
        }
    }

    /// "Kommunstyrelsen föreslår kommunfullmäktige besluta" in an item without another decision.
    fn passes_on(&self, found: &marks::Decider) -> bool {
        self.kind == DraftKind::Protokoll && self.bodies.own.is_some() && self.only_proposes() && found.introduces()
    }

    fn introduce(&mut self, found: &marks::Decider, who: String, passage: &mut Passage) {
        let proposes = found.verb == marks::Verb::Proposes || found.rest.contains("föreslå");
        passage.part = Part::Decider;
        // "NÄMNDEN BESLUTAR" is a heading's way of writing it.
        if !passage.text.chars().any(char::is_lowercase) {
            passage.text = format!("{who} {}", passage.text[found.who.len()..].trim_start().to_lowercase());
        }
        let manner = if proposes { Manner::Proposes } else { Manner::Decides };
        self.context = Context::Introduced(Some(who), manner, verb_of(found.rest));
    }

    fn inline(&mut self, rest: &str, who: Option<String>, passage: &mut Passage) {
        self.push_each(rest, who.as_deref(), Manner::Decides, passage);
        self.context = Context::Introduced(who, Manner::Decides, Verb::Bare);
    }

    /// Everything below "Beslut" is decided: clauses, list items, or whole sentences.
    fn below_label(&mut self, text: &str, passage: &mut Passage) {
        if ASIDE.is_match(text) || TELLS.is_match(text) {
            return;
        }
        let Context::Labelled(who, manner) = self.context.clone() else { return };
        match marks::decider(text) {
            Some(found) if found.introduces() => {
                let who = self.bodies.own_name(found.who);
                self.introduce(&found, who, passage);
            }
            Some(found) if INLINE.is_match(found.rest) => {
                let name =
                    who.filter(|_| manner == Manner::Proposes).unwrap_or_else(|| self.bodies.own_name(found.who));
                self.push_each(found.rest, Some(&name), manner, passage);
            }
            _ => self.clause(text, who, manner, passage),
        }
    }

    /// After "X beslutade", "att …" goes on with the decision; a list does when the text below the label is one.
    fn is_clause(&self, text: &str, passage: &Passage, manner: Manner, verb: Verb) -> bool {
        let listed = matches!(passage.part, Part::ListItem(_)) || NUMBERED.is_match(text);
        let first = self.clauses.last().is_none_or(|clause| Some(&clause.item) != self.item_no().as_ref());
        marks::is_clause(NUMBERED.replace(text, "").as_ref())
            || listed && (first || verb == Verb::WithAtt || self.list_goes_on())
            || manner == Manner::Proposes && first
    }

    fn list_goes_on(&self) -> bool {
        self.clauses.last().is_some_and(|clause| !clause.text.to_lowercase().starts_with("att "))
    }

    /// "X beslutar att" and a list: each of its points is a clause.
    fn with_att(&self, text: &str, verb: Verb) -> String {
        let plain = NUMBERED.replace(text, "");
        let bare = verb == Verb::WithAtt && !marks::is_clause(&plain) && plain.starts_with(char::is_lowercase);
        if bare { format!("att {plain}") } else { text.to_owned() }
    }

    fn clause(&mut self, text: &str, who: Option<String>, manner: Manner, passage: &mut Passage) {
        let text = NUMBERED.replace(text, "");
        let text = marks::bullet(&text).map_or(text.as_ref(), |length| &text[length..]);
        self.push(text, who, manner, passage);
    }

    /// "att A, att B, samt att C" in one sentence are three clauses.
    fn push_each(&mut self, rest: &str, who: Option<&str>, manner: Manner, passage: &mut Passage) {
        let start = rest.to_lowercase().find("att ").unwrap_or(0);
        let text = &rest[start..];
        let first = self.clauses.len();
        let mut from = 0;
        for found in NEXT_CLAUSE.captures_iter(text) {
            let att = found.name("att").map_or(from, |att| att.start());
            self.push(text[from..att].trim(), who.map(str::to_owned), manner, passage);
            from = att;
        }
        self.push(&text[from..], who.map(str::to_owned), manner, passage);
        passage.part = Part::Clauses(first, self.clauses.len());
    }

    fn push(&mut self, text: &str, who: Option<String>, manner: Manner, passage: &mut Passage) {
        let Some(item) = self.whole_item(text) else { return };
        let written_by = item.body.as_deref().map(|body| self.bodies.own_name(body));
        passage.part = Part::Clauses(self.clauses.len(), self.clauses.len() + 1);
        self.clauses.push(Clause {
            item: item.no.clone(),
            text: text.trim().to_owned(),
            kind: kind(text, manner),
            body: who.or(written_by).or_else(|| self.bodies.own.clone()),
            amount: amount(text),
            due: due(text),
            line: passage.line,
        });
    }

    /// A last decision on "all" of a number's lettered items is the number's.
    fn whole_item(&self, text: &str) -> Option<&Item> {
        let at = self.item?;
        let item = &self.items[at];
        let number = item.no.trim_end_matches(|c: char| c.is_alphabetic());
        let is_last =
            self.items.get(at + 1).is_none_or(|next| next.no.trim_end_matches(|c: char| c.is_alphabetic()) != number);
        let decides_itself = item.kind.as_ref().is_some_and(|kind| kind.contains("Beslut"));
        if number.len() < item.no.len() && is_last && !decides_itself && WHOLE.is_match(text) {
            return self.items.iter().find(|whole| whole.no == number).or(Some(item));
        }
        Some(item)
    }

    /// A body whose item holds no decision but its own proposal has decided to propose.
    fn only_proposes(&self) -> bool {
        self.item.is_some_and(|at| !self.deciding.contains(&at))
    }

    /// A label with a day tells of a decision, unless it is the meeting's own.
    fn is_another_day(&self, when: &str) -> bool {
        let day = written_dates(when).first().map(|found| found.date.to_string());
        day.is_some() && day != self.date.map(|date| date.to_string())
    }

    fn item_no(&self) -> Option<String> {
        self.item.map(|at| self.items[at].no.clone())
    }

    fn decides_by_kind(&self) -> bool {
        self.item.is_some_and(|at| self.items[at].kind.as_ref().is_some_and(|kind| kind.contains("Beslut")))
    }

    /// The meeting's own body, or the one whose item it is.
    fn is_own(&self, who: &str) -> bool {
        let items = self.item.and_then(|at| self.items[at].body.as_deref());
        self.bodies.is_own(who) || items.is_some_and(|body| self.bodies.same(body, who))
    }
}

fn verb_of(rest: &str) -> Verb {
    if rest.trim_end_matches(':').trim_end().ends_with("att") { Verb::WithAtt } else { Verb::Bare }
}

fn kind(text: &str, manner: Manner) -> Option<ClauseKind> {
    match () {
        () if TABLED.is_match(text) => Some(ClauseKind::Bordläggning),
        () if SENT_BACK.is_match(text) => Some(ClauseKind::Återremiss),
        () if manner == Manner::Proposes || PROPOSES.is_match(text) => Some(ClauseKind::Förslag),
        () if FORMAL.is_match(text) => Some(ClauseKind::Formalia),
        () => None,
    }
}

/// The only amount of a clause, in kronor.
fn amount(text: &str) -> Option<u64> {
    let mut found = AMOUNT_LINE.captures_iter(text);
    let first = found.next()?;
    if found.next().is_some() {
        return None;
    }
    super::amounts::kronor(&first[1], &first[2])
}

/// The date by which a clause wants something done.
fn due(text: &str) -> Option<String> {
    let found = DUE.captures(text)?;
    written_dates(&found[1]).first().map(|date| date.date.to_string())
}
