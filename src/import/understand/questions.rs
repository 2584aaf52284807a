//! What the text does not settle: a question for each field that a document of its kind needs, with the lines that bear on
//! it, and a warning for what the text says in two ways.

use crate::import::{Block, Draft, DraftKind, Evidence, Line, Question, SourceQuality, marks};
use crate::model::label::{Label, labelled};
use crate::model::written_dates;
use std::collections::{BTreeMap, BTreeSet};

pattern! {
    RENEWAL = r"(?i)i sänder|i taget|automatiskt förläng|förläng(?:s|as|ning)\b";
}

/// How many lines a question shows.
const ENOUGH: usize = 5;

/// Adds the questions and warnings that the draft calls for.
pub(super) fn ask(draft: &mut Draft, blocks: &[Block], furniture: &[Line]) {
    let lines: Vec<&Line> = blocks.iter().flat_map(|block| &block.lines).collect();
    let mut questions = Vec::new();
    let mut ask = |field, missing: bool, question: &str, evidence| {
        if missing {
            questions.push(Question { field, question: question.to_owned(), evidence });
        }
    };
    let meeting =
        matches!(draft.kind, Some(DraftKind::Minnesanteckningar | DraftKind::Protokoll | DraftKind::Kallelse));
    let founding = draft.kind == Some(DraftKind::Uppdragsbeskrivning);
    let agreement = draft.kind == Some(DraftKind::Överenskommelse);
    ask("type", draft.kind.is_none(), "vilken typ av dokument är detta?", first(&lines));
    ask("title", draft.title.is_none(), "vad heter dokumentet?", first(&lines));
    ask("date", draft.date.is_none(), date_question(meeting), dated(&lines));
    ask("body", draft.body.is_none() && !agreement, "vilket organ gäller det?", first(&lines));
    ask(
        "body",
        draft.body.is_some() && draft.body_id.is_none() && !agreement,
        "organet finns inte i organ.yaml: vilket är det, eller ska det läggas till?",
        naming(furniture.iter().chain(lines.iter().copied()), draft.body.as_deref()),
    );
    ask("place", meeting && draft.place.is_none(), "var hölls mötet?", Vec::new());
    ask("agenda", meeting && draft.agenda.is_empty(), "vilka punkter hade mötet?", first(&lines));
    ask("roles", founding && draft.roles.is_empty(), "vilka roller har uppdraget, och vem har dem?", Vec::new());
    ask("period", founding && draft.period.is_none(), "från när till när gäller uppdraget?", dated(&lines));
    ask(
        "validity",
        agreement && draft.validity.as_ref().is_none_or(|span| span.from.is_none() || span.to.is_none()),
        "från när till när gäller överenskommelsen?",
        dated(&lines),
    );
    ask("parties", agreement && draft.parties.is_empty(), "vilka är parter i överenskommelsen?", Vec::new());
    ask(
        "prolongation",
        agreement && renews(draft),
        "texten talar om förlängning: har överenskommelsen förlängts, och till när?",
        matching(&lines, &RENEWAL),
    );
    draft.questions.append(&mut questions);
    if meeting && draft.present.is_empty() && draft.kind != Some(DraftKind::Kallelse) {
        draft.questions.push(super::presence::question(&draft.passages));
    }
    undecided(draft, &lines);
    warn(draft);
}

/// Two ends are shown, not settled.
pub(super) fn contradiction(ends: &[(usize, String)]) -> Option<String> {
    let told: Vec<String> = ends.iter().map(|(line, end)| format!("{end} (rad {line})")).collect();
    let from = told.join(", ");
    (ends.len() > 1).then(|| format!("texten har flera slutdatum: {from}"))
}

fn date_question(meeting: bool) -> &'static str {
    if meeting { "vilket datum hölls mötet? texten har inget eget datum" } else { "vilket datum har dokumentet?" }
}

fn renews(draft: &Draft) -> bool {
    draft.validity.as_ref().and_then(|span| span.prolongation.as_ref()).is_some_and(|text| RENEWAL.is_match(text))
}

/// Every "X beslutade" of the source that no clause came of.
fn undecided(draft: &mut Draft, lines: &[&Line]) {
    if draft.agenda.is_empty() || draft.kind == Some(DraftKind::Kallelse) {
        return;
    }
    let taken: BTreeSet<usize> = draft.decisions.iter().map(|clause| clause.line).collect();
    let near = |number: usize| taken.range(number..=number + 4).next().is_some();
    let decider =
        |text: &str| marks::decider(text).is_some_and(|found| found.introduces() && found.verb == marks::Verb::Decides);
    // Another body's, of no day: it may be of a second document in the same file.
    let whose = |text: &str| {
        labelled(text)
            .is_some_and(|found| found.label == Label::Decision && found.whose.is_some() && found.when.is_none())
    };
    let open = lines.iter().filter(|line| decider(&line.text) || whose(&line.text));
    let evidence: Vec<Evidence> = open.filter(|line| !near(line.number)).map(|line| shown(line)).collect();
    if !evidence.is_empty() {
        let question = "är detta beslut av mötet? de lästes inte som beslut".to_owned();
        draft.questions.push(Question { field: "decisions", question, evidence });
    }
}

fn warn(draft: &mut Draft) {
    let mut warnings = Vec::new();
    let mut titles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut labels: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let deciding: BTreeSet<&str> = draft.decisions.iter().map(|clause| clause.item.as_str()).collect();
    for item in &draft.agenda {
        titles.entry(&item.title).or_default().push(&item.no);
        for label in &item.attachments {
            let number: String = label.chars().filter(char::is_ascii_digit).collect();
            labels.entry(number).or_default().push(&item.no);
        }
        if item.kind.as_deref() == Some("Beslut")
            && !deciding.contains(item.no.as_str())
            && draft.kind != Some(DraftKind::Kallelse)
        {
            warnings.push(format!("punkt {} är ett beslutsärende men har inget beslut", item.no));
        }
    }
    warnings.extend(
        titles
            .into_iter()
            .filter(|(_, at)| at.len() > 1)
            .map(|(title, at)| format!("flera punkter heter ”{title}”: {}", at.join(", "))),
    );
    warnings.extend(
        labels
            .into_iter()
            .filter(|(_, at)| at.len() > 1)
            .map(|(number, at)| format!("bilaga {number} hör till flera punkter: {}", at.join(", "))),
    );
    warnings
        .extend(draft.gates.iter().filter(|gate| gate.date.is_none()).map(|gate| format!("{} saknar datum", gate.bp)));
    if draft.quality == SourceQuality::Ocr {
        warnings.push(format!(
            "texten är inläst av ett program: {} ord lagade, {} ord tvetydiga",
            draft.repairs.len(),
            draft.ambiguous.len()
        ));
        warnings.extend(draft.omitted.iter().map(|omitted| {
            format!("brus på rad {} är utelämnat: en figur, en stämpel eller en underskrift", omitted.line)
        }));
    }
    draft.warnings.append(&mut warnings);
}

fn first(lines: &[&Line]) -> Vec<Evidence> {
    lines.iter().take(ENOUGH).map(|line| shown(line)).collect()
}

fn dated(lines: &[&Line]) -> Vec<Evidence> {
    lines.iter().filter(|line| !written_dates(&line.text).is_empty()).take(ENOUGH).map(|line| shown(line)).collect()
}

fn naming<'a>(lines: impl Iterator<Item = &'a Line>, name: Option<&str>) -> Vec<Evidence> {
    let Some(name) = name else { return Vec::new() };
    lines.filter(|line| line.text.contains(name)).take(2).map(shown).collect()
}

fn matching(lines: &[&Line], pattern: &regex::Regex) -> Vec<Evidence> {
    lines.iter().filter(|line| pattern.is_match(&line.text)).take(ENOUGH).map(|line| shown(line)).collect()
}

fn shown(line: &Line) -> Evidence {
    Evidence { line: line.number, text: line.text.clone() }
}
