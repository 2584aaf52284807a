//! What is read as a decision and what is not, one line of a table a way of writing minutes.

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
    let found = read("## 1. A\n\nNätverket beslutade enligt alternativ B\natt ett,\natt två.\n", NOTES, &["Nätverket"]);
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

/// Each text below an item of its own: what is decided there, and how many blocks are told of.
fn table(form: MeetingForm, rows: &[(&str, &[&str], usize)]) {
    for (text, wanted, unread) in rows {
        let markdown = format!("## 7. A\n\n{text}\n");
        let source = SourceText::new("x.md", markdown.as_str());
        let (text, blocks, _) = headings::text(&source, 0..markdown.len(), Numbering::Items);
        let own = OwnBody { names: vec!["Nämnden".to_owned()] };
        let found = proceedings(&text, &blocks, form, &own);
        let clauses: Vec<&str> = found.decisions.iter().map(|decision| decision.text.as_str()).collect();
        assert_eq!(clauses, *wanted, "{markdown}");
        assert_eq!(found.unread.len(), *unread, "{markdown}\n{:?}", found.unread);
    }
}

#[test]
fn manner_stands_between_the_verb_and_its_clause() {
    table(
        NOTES,
        &[
            ("Nämnden beslutar enhälligt att A.", &["att A."], 0),
            ("Nämnden beslöt enhälligt att A.", &["att A."], 0),
            ("Nämnden beslutade därefter att A.", &["att A."], 0),
            ("Nämnden beslutade därmed att A.", &["att A."], 0),
            ("Nämnden beslutade enligt förslaget att A.", &["att A."], 0),
            ("Nämnden beslutade för egen del att A.", &["att A."], 0),
            ("Nämnden beslutade med acklamation att A.", &["att A."], 0),
            ("Nämnden beslutade, efter diskussion, att A.", &["att A."], 0),
            ("Nämnden beslutade, i enlighet med förslaget, att A.", &["att A."], 0),
            ("Nämnden beslutade med anledning härav att A.", &["att A."], 0),
            ("Nämnden beslutade dessutom att A.", &["att A."], 0),
            ("Nämnden beslutar att: A.", &["att A."], 0),
            ("Nämnden beslutar: att A.", &["att A."], 0),
            ("Nämnden fattade beslutet att A.", &["att A."], 0),
            ("Nämnden har vid dagens möte beslutat att A.", &["att A."], 0),
            ("Nämnden beslutar enligt utskottets förslag\n\natt A.", &["att A."], 0),
            ("Nämnden fattade beslut om att A.", &["att A."], 0),
            ("Nämnden har\nbeslutat att A.", &["att A."], 0),
            ("Nämnden\nbeslutade\n\natt A.\n\natt B.", &["att A.", "att B."], 0),
            ("Nämnden beslutade\\\nenhälligt\natt A.", &["att A."], 0),
            ("Vi beslutade att A.", &["att A."], 0),
            ("Nämnden, som tagit del av underlaget, beslutar att A.", &["att A."], 0),
            (
                "Nämnden beslutade att godkänna rapporten och\natt den sprids.",
                &["att godkänna rapporten och att den sprids."],
                0,
            ),
            (
                "Nämnden beslutar för egen del att anta planen, samt föreslår fullmäktige besluta\n\natt fastställa den.",
                &["att anta planen, samt föreslår fullmäktige besluta", "att fastställa den."],
                0,
            ),
        ],
    );
}

#[test]
fn a_sentence_without_att_is_the_decision() {
    table(
        NOTES,
        &[
            ("Nämnden beslutar enligt förslaget.", &["Nämnden beslutar enligt förslaget."], 0),
            ("Nämnden beslutade enligt förslaget", &["Nämnden beslutade enligt förslaget"], 0),
            ("Nämnden beslutade enligt förslaget\n\n- att A.", &["att A."], 0),
            ("Nämnden beslutar godkänna rapporten.", &["Nämnden beslutar godkänna rapporten."], 0),
            ("Nämnden beslutar enligt följande.\n\n- att A.", &["att A."], 0),
        ],
    );
}

#[test]
fn lists_and_marked_lines_are_clauses() {
    table(
        NOTES,
        &[
            ("Nämnden beslutar att\n\n1. anta A.\n2. följa B.", &["att anta A.", "att följa B."], 0),
            ("**Nämnden beslutade** att\n\n- att A.", &["att A."], 0),
            ("Nämnden beslutar att:\n\n- Planen antas.", &["Planen antas."], 0),
            ("Nämnden beslutar att\n\nanta A.\n\nfölja B.", &["att anta A.", "att följa B."], 0),
            ("Nämnden beslutar\n\na) att A.\nb) att B.", &["att A.", "att B."], 0),
            ("Nämnden beslutar\n\na) att A.\n\nb) att B.", &["att A.", "att B."], 0),
            ("Nämnden beslutar att\n– anta A\n– följa B", &["att anta A", "att följa B"], 0),
            ("Nämnden beslutar\na) anta A\nb) följa B", &["anta A", "följa B"], 0),
            ("Nämnden fattade följande beslut:\n\n- att A.", &["att A."], 0),
            ("Nämnden beslutar följande:\n\n1. Planen antas.\n2. Den sprids.", &["Planen antas.", "Den sprids."], 0),
            ("Nämnden beslutar följande:\n\nPlanen antas.\n\nNästa ärende.", &["Planen antas."], 0),
            ("- Nämnden beslutade\n  - att A.\n  - att B.\n- Nästa möte.", &["att A.", "att B."], 0),
            ("- Nämnden beslutade att A.\n- Nästa möte.", &["att A."], 0),
        ],
    );
}

#[test]
fn what_stands_within_a_clause_belongs_to_it() {
    table(
        NOTES,
        &[
            (
                "Nämnden beslutade\n\n- att utse:\n  - Anna\n  - Bo\n\n  till och med maj.\n- att B.",
                &["att utse: – Anna – Bo till och med maj.", "att B."],
                0,
            ),
            ("Nämnden beslutade\n\n1. att A.\n\n   Mer om A.\n\n2. att B.", &["att A. Mer om A.", "att B."], 0),
            ("Nämnden beslutade att utse:\n\n- Anna\n- Bo", &["att utse: – Anna – Bo"], 0),
            ("Nämnden beslutade att A.\n\n- Anna tackade", &["att A."], 0),
            ("Nämnden **beslutade** att *godkänna* ~~inte~~ planen.", &["att godkänna planen."], 0),
        ],
    );
}

#[test]
fn clauses_go_on_after_a_quote_or_a_comment() {
    table(
        NOTES,
        &[
            ("Nämnden beslutade\n\n- att A.\n\n> citat\n\n- att B.", &["att A.", "att B."], 0),
            ("Nämnden beslutade\n\n- att A.\n\nEn kommentar.\n\n- att B.", &["att A.", "att B."], 0),
            ("Nämnden beslutade\n\n- att A.[^1]\n\n[^1]: Not.\n\n- att B.", &["att A.", "att B."], 0),
            ("Nämnden beslutade\n\n- att A.\n\nI dialogen framkom\n\n- att B.", &["att A."], 0),
            ("Nämnden beslutade\n\n- att A.\n\nAnna yrkade avslag.\n\n- att B.", &["att A."], 0),
            ("Nämnden beslutade\n\n- att A.\n\nEn kommentar.\n\n- Bo tackade", &["att A."], 0),
        ],
    );
}

#[test]
fn paragraphs_are_labels_too() {
    table(
        NOTES,
        &[
            ("Beslut:\n\n- att A.\n\nNästa möte är i maj.", &["att A."], 0),
            ("**Beslut:** Nämnden beslutade att A.", &["att A."], 0),
            ("Beslut: Planen antas.", &["Planen antas."], 0),
            ("**Beslut**\nNämnden beslutar\n\n- att A.", &["att A."], 0),
            ("Förslag till beslut:\n\nNämnden beslutar att A.", &[], 0),
            ("**Förslag till beslut**\n\nNämnden beslutar\n\n- att A.", &[], 0),
            ("Förslag till beslut: Nämnden beslutar att A.\n\nNämnden beslutade att B.", &["att B."], 0),
            ("Förslag till beslut:\n\n- att A.\n\nNämnden beslutade att A.", &[], 1),
            ("### Förslag till beslut\n\nNämnden beslutar att A.\n\n#### Nämnden\n\nNämnden beslutar att A.", &[], 0),
            ("### Förslag till beslut på sammanträdet\n\nNämnden beslutar att A.", &[], 0),
            ("Styrgruppens förslag till beslut var:\n\nNämnden beslutar att A.", &[], 0),
            ("### Nämnden beslutar\n\natt A.\n\n- att B.", &["att A.", "att B."], 0),
            ("### Förslag till beslut\n\n#### Nämnden beslutar\n\natt A.", &[], 0),
            ("### Förslag till beslut\n\n- att A.\n\n### Dialog\n\nNämnden beslutar att B.", &["att B."], 0),
            ("Ordföranden yrkar att\n\n- att A.\n\nNämnden beslutar\n\n- att B.", &["att B."], 0),
        ],
    );
}

#[test]
fn below_beslut_in_minutes_all_is_decided_but_asides() {
    table(
        MeetingForm::Minutes,
        &[
            ("### Beslut\n\nÄrendet utgår.\n\nParagrafen är omedelbart justerad.", &["Ärendet utgår."], 0),
            (
                "### Beslut\n\n- att A.\n\nJäv: Anna deltog inte.\n\nattesten gäller.",
                &["att A.", "attesten gäller."],
                0,
            ),
            ("### Beslut\n\nNämnden beslutar att A.\n\nAnna Ek (S) deltog inte i beslutet.", &["att A."], 0),
            ("### Beslut\n\n- att utse:\n  1. Anna\n  2. Bo", &["att utse: – Anna – Bo"], 0),
            (
                "### Beslut\n\nFöljande beslut fattades:\n\n1. Planen antas.\n2. Den sprids.",
                &["Planen antas.", "Den sprids."],
                0,
            ),
            (
                "### Beslut\n\natt uppdra åt chefen att\n\n- informera\n- kungöra\n\natt B.",
                &["att uppdra åt chefen att – informera – kungöra", "att B."],
                0,
            ),
            (
                "### Beslut\n\nNämnden uppdrar åt chefen\n\natt A, och\n\natt B.\n\nÄrendet avslutas.",
                &["Nämnden uppdrar åt chefen att A, och att B.", "Ärendet avslutas."],
                0,
            ),
            ("### Beslut\n\nNämnden beslutade inte att A.", &["Nämnden beslutade inte att A."], 0),
            ("**Beslut**\n\nNämnden beslutar att A.\n\n**Bakgrund**\n\nNämnden beslutade att B.", &["att A."], 0),
            ("### Beslut\n\nKomittén beslutar att A.", &[], 1),
        ],
    );
}

/// Below one heading "Beslut", what stands together is one decision of several clauses.
#[test]
fn below_beslut_what_stands_together_is_decided_together() {
    for (text, wanted) in [
        ("- Planen antas.\n- Medel avsätts.\n- Den sprids.", &[3][..]),
        ("- att A.\n- att B.", &[2]),
        ("1. Planen antas.\n2. Rapporten läggs till handlingarna.", &[2]),
        ("Planen antas.\n\nDen sprids.", &[2]),
        ("a) Planen antas.\n\nb) Den sprids.", &[2]),
        ("Planen antas.\n\nAnna Ek (S) deltog inte i beslutet.\n\nDen sprids.", &[1, 1]),
        ("Nämnden beslutar att A.\n\nDen sprids.", &[1, 1]),
        ("- Planen antas.\n\n### Beslut\n\n- Den sprids.", &[1, 1]),
        ("Nämnden godkänner\n\n- planen, och\n- budgeten.", &[1]),
        ("Nämnden godkänner\na) planen, och\nb) budgeten.", &[1]),
        ("Planen antas\n\n- Medel avsätts", &[2]),
    ] {
        let markdown = format!("## 7. A\n\n### Beslut\n\n{text}\n");
        let source = SourceText::new("x.md", markdown.as_str());
        let (text, blocks, _) = headings::text(&source, 0..markdown.len(), Numbering::Items);
        let own = OwnBody { names: vec!["Nämnden".to_owned()] };
        let found = proceedings(&text, &blocks, MeetingForm::Minutes, &own);
        let counts: Vec<usize> = found.rulings.iter().map(|ruling| ruling.decisions.len()).collect();
        assert_eq!(counts, wanted, "{markdown}");
        let last = found.rulings.last().expect("a ruling");
        assert_eq!(last.span.end, found.decisions.last().expect("a decision").span.end, "{markdown}");
    }
}

#[test]
fn own_words_that_give_no_decision_are_told() {
    table(
        NOTES,
        &[
            ("Nämnden beslutade inte att A.", &[], 1),
            ("Nämnden beslutade om en plan.", &[], 1),
            ("Nämnden beslutade\n\n| Nr | Beslut |\n|---|---|\n| 1 | att A |", &[], 1),
            ("**Nämnden beslutade**\n\nPlanen antas.", &[], 1),
            ("Efter dialog var alla eniga. Nämnden beslutade att A.", &[], 1),
            ("Därefter beslutade nämnden enhälligt att A.", &[], 1),
            ("Det beslutades att A.", &[], 1),
            ("Den 14 mars beslutade nämnden att A.", &[], 0),
            ("Därefter beslutade regeringen att A.", &[], 0),
            ("Nämnden beslutade den 11 december att A.", &[], 0),
            ("Nämnden har tidigare beslutat att A.", &[], 0),
            ("Nämnden beslutade 2024-05-01 att A.", &[], 0),
            ("Ordföranden föreslår att nämnden beslutar att A.", &[], 0),
            ("Arbetsgruppen beslutade den 3 maj att A.", &[], 0),
        ],
    );
}

#[test]
fn two_items_of_a_number_have_their_own_ids() {
    let found = read(
        "## § 5 A\n\n### Beslut\n\natt A.\n\n## § 5 B\n\n### Beslut\n\natt B.\n\natt C.\n\n## § 6 D\n\n### Beslut\n\natt D.\n",
        MeetingForm::Minutes,
        &["Nämnden"],
    );
    assert_eq!(pairs(&found), [("5-1", "att A."), ("5-2-1", "att B."), ("5-2-2", "att C."), ("6-1", "att D.")]);
}
