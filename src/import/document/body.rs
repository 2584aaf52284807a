//! The Markdown of a draft: items, sections and decisions as the portal reads them back.

use crate::import::{Draft, DraftKind, Item, Part, Passage};
use crate::model::capitalised;
use crate::model::label::{Label, Labelled, labelled};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Writes the text after the front matter.
pub(super) fn body(out: &mut String, draft: &Draft) {
    let meeting = !draft.agenda.is_empty();
    let labelled = below_labels(draft);
    let mut before: Option<Part> = None;
    let mut opened: Option<usize> = None;
    for at in order(draft) {
        let passage = &draft.passages[at];
        // A title on a line of its own is part of the heading already written.
        let again = matches!(passage.part, Part::Item(at) if opened == Some(at));
        let empty = passage.part == Part::Presenter && passage.text.trim().ends_with(':');
        if let Part::Item(at) = passage.part {
            opened = Some(at);
        }
        if again || empty || passage.part == Part::Cover && (meeting || is_told_above(&passage.text)) {
            continue;
        }
        part_off(out, draft, at, before, &labelled);
        separate(out, before, passage.part);
        match passage.part {
            Part::Heading(_) if meeting => {
                writeln!(out, "### {}", escaped(&label_above(draft, at))).unwrap_or_default()
            }
            Part::Clauses(from, to) => clauses(out, draft, from..to, lead(draft, at, before, &labelled)),
            _ => write(out, draft, passage, meeting),
        }
        before = Some(passage.part);
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
}

/// The passages as they are written: a decision on all lettered items of a number stands right below the number's own
/// heading, where the portal takes it for the number's.
fn order(draft: &Draft) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(draft.passages.len());
    let mut numbered: HashMap<&str, usize> = HashMap::new();
    for (at, item) in draft.agenda.iter().enumerate() {
        numbered.entry(&item.no).or_insert(at);
    }
    let mut item = None;
    for (at, passage) in draft.passages.iter().enumerate() {
        match passage.part {
            Part::Item(index) => item = Some(index),
            Part::Clauses(from, _) => {
                let own = &draft.decisions[from].item;
                let whole = numbered.get(own.as_str()).copied().filter(|whole| Some(*whole) != item);
                if let Some(place) = whole.and_then(|whole| below_heading(draft, &order, whole)) {
                    let introduced = order.last().filter(|&&last| draft.passages[last].part == Part::Decider).copied();
                    if introduced.is_some() {
                        order.pop();
                    }
                    order.splice(place..place, introduced.into_iter().chain([at]));
                    continue;
                }
            }
            _ => {}
        }
        order.push(at);
    }
    order
}

/// After an item's heading and what belongs to it.
fn below_heading(draft: &Draft, order: &[usize], item: usize) -> Option<usize> {
    let start = order.iter().rposition(|&at| draft.passages[at].part == Part::Item(item))?;
    let belongs =
        |part: Part| matches!(part, Part::Attachment | Part::CaseNumber | Part::Presenter) || part == Part::Item(item);
    Some(start + order[start..].iter().take_while(|&&at| belongs(draft.passages[at].part)).count())
}

/// What stands below a decision without being one gets a heading of its own, as do the signatures below the last item:
/// below "Beslut" the portal takes everything for decided.
fn part_off(out: &mut String, draft: &Draft, at: usize, before: Option<Part>, labelled: &[Labels]) {
    let heading = match (draft.passages[at].part, before) {
        (Part::Closing, Some(before)) if before != Part::Closing => "## Underskrifter",
        (Part::Paragraph | Part::ListItem(_) | Part::TableRow, _)
            if labelled[at] == Labels::Decision && matches!(draft.passages[at - 1].part, Part::Clauses(..)) =>
        {
            "### Anmärkning"
        }
        _ => return,
    };
    let _ = write!(out, "\n{heading}\n");
}

fn is_decision(label: &Passage) -> bool {
    labelled(&label.text).is_some_and(|found| found.label == Label::Decision)
}

/// The label above decisions, in the form that every reader knows: "Nämndens beslut för egen del" is "Beslut för egen
/// del", and a proposal that goes on to another body is what this body decided.
fn label_above(draft: &Draft, at: usize) -> String {
    let label = &draft.passages[at];
    let text = label.text.trim_end_matches(':').split_whitespace().collect::<Vec<_>>().join(" ");
    let below =
        draft.passages[at + 1..].iter().take_while(|passage| !matches!(passage.part, Part::Heading(_) | Part::Item(_)));
    let decides = below.clone().any(|passage| matches!(passage.part, Part::Clauses(..)));
    match labelled(&text) {
        Some(found) if decides && found.label == Label::Proposal => format!("Beslut: {}", lower_first(&text)),
        Some(Labelled { label: Label::Decision, whose: Some(whose), rest: None, .. }) if decides => {
            let rest = text[whose.len()..].trim_start_matches('s').trim();
            capitalised(rest)
        }
        // Another body's: below the bare label the portal would take it for the meeting's own.
        Some(Labelled { label: Label::Decision, whose: Some(_), when: None, rest: None, .. }) => {
            format!("{text} (återgivet)")
        }
        _ => text,
    }
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

/// A cover's labels and values stand in the front matter; only its sentences are text.
fn is_told_above(text: &str) -> bool {
    text.chars().count() < 60 || !text.ends_with('.')
}

/// List items and table rows follow each other without an empty line.
fn separate(out: &mut String, before: Option<Part>, part: Part) {
    let list = |part: Part| matches!(part, Part::ListItem(_) | Part::Clauses(..) | Part::TableRow);
    let same = before.is_some_and(|before| {
        list(before) && list(part) && matches!(before, Part::TableRow) == matches!(part, Part::TableRow)
    });
    if !same && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn write(out: &mut String, draft: &Draft, passage: &Passage, meeting: bool) {
    let text = escaped(passage.text.split_whitespace().collect::<Vec<_>>().join(" ").as_str());
    let _ = match passage.part {
        Part::Item(at) => writeln!(out, "{}", heading(&draft.agenda[at])),
        Part::Attachment | Part::CaseNumber if meeting => Ok(()),
        Part::Presenter => writeln!(out, "{}", presenter(&text)),
        Part::Heading(level) => {
            writeln!(out, "{} {}", "#".repeat(usize::from(level.clamp(2, 6))), text.trim_end_matches(':'))
        }
        Part::Decider => writeln!(out, "**{}**", without_att(&text)),
        Part::Clauses(..) => Ok(()),
        Part::ListItem(depth) => writeln!(out, "{}- {text}", "  ".repeat(usize::from(depth))),
        Part::TableRow => row(out, &passage.text),
        Part::Cover | Part::Paragraph | Part::Closing | Part::Attachment | Part::CaseNumber => writeln!(out, "{text}"),
    };
}

/// `## 5. Titel` and `### 5a. Beslut: Titel (Bilaga 2)`; `## § 12 Titel` with its case number below.
fn heading(item: &Item) -> String {
    let letter = item.no.ends_with(|c: char| c.is_alphabetic());
    let number = if item.no.starts_with('§') { item.no.clone() } else { format!("{}.", item.no) };
    let kind = item.kind.as_ref().map(|kind| format!("{kind}: ")).unwrap_or_default();
    let attached = item.attachments.iter().map(|label| format!(" ({label})")).collect::<String>();
    let dnr = item.dnr.as_ref().map(|dnr| format!("\n\nDnr {dnr}")).unwrap_or_default();
    format!("{} {number} {kind}{}{attached}{dnr}", if letter { "###" } else { "##" }, escaped(&item.title))
}

fn presenter(text: &str) -> String {
    if text.contains(':') && text.starts_with("Föredra") { text.to_owned() } else { format!("Föredragande: {text}") }
}

/// Whether clauses need their body above them, as every decision has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Needed,
    Given,
}

/// The body stands above its clauses, or a label says what they are. What the source wrote in one sentence with the body,
/// or after "Beslut:", has neither.
fn lead(draft: &Draft, at: usize, before: Option<Part>, labelled: &[Labels]) -> Lead {
    let given = matches!(before, Some(Part::Decider | Part::Clauses(..)));
    let first = |from: usize| from == 0 || draft.decisions[from - 1].item != draft.decisions[from].item;
    match draft.passages[at].part {
        _ if given => Lead::Given,
        Part::Clauses(from, _) if first(from) || labelled[at] == Labels::Other => Lead::Needed,
        _ => Lead::Given,
    }
}

/// What the nearest heading above a passage says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    Decision,
    Other,
}

fn below_labels(draft: &Draft) -> Vec<Labels> {
    let mut label = Labels::Other;
    let after = |passage: &Passage| {
        let above = label;
        match passage.part {
            Part::Heading(_) if is_decision(passage) => label = Labels::Decision,
            Part::Heading(_) | Part::Item(_) => label = Labels::Other,
            _ => {}
        }
        above
    };
    draft.passages.iter().map(after).collect()
}

fn clauses(out: &mut String, draft: &Draft, which: std::ops::Range<usize>, lead: Lead) {
    let clauses = &draft.decisions[which];
    if let Some(first) = clauses.first().filter(|_| lead == Lead::Needed) {
        let body = first.body.as_deref().or(draft.body.as_deref()).unwrap_or("Mötet");
        let verb = if draft.kind == Some(DraftKind::Protokoll) { "beslutar" } else { "beslutade" };
        let above = if out.ends_with("\n\n") { "" } else { "\n" };
        let _ = write!(out, "{above}**{body} {verb}**\n\n");
    }
    for clause in clauses {
        let _ = writeln!(out, "- {}", escaped(&clause.text));
    }
}

/// "X beslutar att" loses the "att" that its clauses begin with.
fn without_att(text: &str) -> &str {
    let text = text.trim_end_matches(':').trim_end();
    text.strip_suffix(" att").unwrap_or(text)
}

/// A row with its cells; Markdown's tables need a head, which a source seldom marks, so rows stay lines.
fn row(out: &mut String, text: &str) -> std::fmt::Result {
    let cells: Vec<String> =
        text.split("  ").map(|cell| escaped(cell.trim())).filter(|cell| !cell.is_empty()).collect();
    writeln!(out, "- {}", cells.join(" · "))
}

/// Signs that Markdown would take for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '|' | '~') {
            out.push('\\');
        }
        out.push(sign);
    }
    let marks_line = out.starts_with(['#', '>', '+', '=']) || out.starts_with("- ") || out.starts_with(":::");
    // A number that opens a paragraph is the source's own, not a list's.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    if marks_line { format!("\\{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_a_heading() {
        let item = |no: &str| Item {
            no: no.to_owned(),
            title: "Plan".to_owned(),
            kind: Some("Beslut".to_owned()),
            attachments: vec!["Bilaga 2".to_owned()],
            ..Item::default()
        };
        assert_eq!(heading(&item("5a")), "### 5a. Beslut: Plan (Bilaga 2)");
        assert_eq!(heading(&item("§ 12")), "## § 12 Beslut: Plan (Bilaga 2)");
    }

    #[test]
    fn markup_of_the_source_is_text() {
        assert_eq!(escaped("# a *b* <c>"), "\\# a \\*b\\* \\<c>");
        assert_eq!(escaped("3. Nästa möte"), "3\\. Nästa möte");
    }
}
