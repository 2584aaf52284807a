//! What word processors know of a text beyond its words: each part of it is read as what it is.

use super::hostile::{archive, paragraph, understood};
use samverk::import::Draft;

const COVER: &str = "<p><r><t>Socialnämnden</t></r></p><p><r><t>Sammanträdesprotokoll 2026-03-17</t></r></p>";

/// A Word document with `body` and `more` parts; the readers go by local names.
fn word(body: &str, more: &[(&str, &str)]) -> Draft {
    let document = format!("<document><body>{body}</body></document>");
    let mut parts = vec![("word/document.xml", document.as_bytes())];
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    understood("a.docx", &archive(&parts)).expect("a document")
}

fn open_text(body: &str) -> Draft {
    let content = format!("<document-content><text>{body}</text></document-content>");
    understood("a.odt", &archive(&[("content.xml", content.as_bytes())])).expect("a document")
}

fn decided(draft: &Draft) -> Vec<&str> {
    draft.decisions.iter().map(|clause| clause.text.as_str()).collect()
}

fn says(draft: &Draft, words: &str) -> bool {
    draft.passages.iter().any(|passage| passage.text.contains(words))
}

#[test]
fn notes_are_kept_and_are_no_decisions() {
    let body = ["§ 1 Budget", "Beslut", "Nämnden antar budgeten."].map(paragraph).concat();
    let notes = format!("<footnotes><footnote>{}</footnote></footnotes>", paragraph("Beloppet är exklusive moms."));
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        let draft = word(&format!("{COVER}{body}"), &[(part, &notes)]);
        assert_eq!(decided(&draft), ["Nämnden antar budgeten."], "{part}");
        assert!(says(&draft, "exklusive moms"), "{part}");
    }
    let note = "<note><note-citation>1</note-citation><note-body><p>Beloppet är exklusive moms.</p></note-body></note>";
    let draft = open_text(&format!(
        "<p>Socialnämnden</p><p>Sammanträdesprotokoll 2026-03-17</p><p>§ 1 Budget</p><p>Beslut</p>\
         <p>Nämnden antar{note} budgeten.</p>"
    ));
    assert_eq!(decided(&draft), ["Nämnden antar budgeten."]);
    assert!(says(&draft, "exklusive moms"));
}

#[test]
fn headers_and_footers_are_no_text() {
    let header = paragraph("Norrviks kommun 2025-01-01 Sida 1");
    let body = [COVER, &paragraph("§ 1 Budget"), &paragraph("Beslut"), &paragraph("Budgeten antas.")].concat();
    let draft = word(&body, &[("word/header1.xml", &header), ("word/footer2.xml", &header)]);
    assert_eq!(draft.date.as_deref(), Some("2026-03-17"));
    assert_eq!(decided(&draft), ["Budgeten antas."]);
    assert!(!says(&draft, "Norrviks"));
}

#[test]
fn a_text_box_is_read_once_beside_its_paragraph() {
    let inner = paragraph("Viktigt att veta.");
    let drawn = "<AlternateContent><Choice><txbxContent>INNER</txbxContent></Choice><Fallback><txbxContent>INNER\
                 </txbxContent></Fallback></AlternateContent>";
    let body = format!(
        "{COVER}{}<p><r>{}</r><r><t>Ärendet gicks igenom.</t></r></p>",
        paragraph("§ 1 Plan"),
        drawn.replace("INNER", &inner)
    );
    let draft = word(&body, &[]);
    let count = draft.passages.iter().filter(|passage| passage.text == "Viktigt att veta.").count();
    assert_eq!(count, 1);
    assert!(draft.passages.iter().any(|passage| passage.text == "Ärendet gicks igenom."));
}

#[test]
fn tracked_changes_are_accepted() {
    let clause = "<p><r><t>att anta </t></r><del><r><delText>den gamla</delText></r></del><ins><r><t>den nya</t></r></ins>\
                  <moveFrom><r><t> bort</t></r></moveFrom><moveTo><r><t> planen</t></r></moveTo></p>";
    let body = [COVER, &paragraph("§ 1 Plan"), &paragraph("Beslut"), &paragraph("Nämnden beslutar"), clause].concat();
    assert_eq!(decided(&word(&body, &[])), ["att anta den nya planen"]);
}

#[test]
fn a_list_of_contents_is_not_the_agenda() {
    let styles = "<styles><style styleId=\"I1\"><name val=\"toc 1\"/></style></styles>";
    let entry = |text: &str| format!("<p><pPr><pStyle val=\"I1\"/></pPr><r><t>{text}</t><tab/><t>2</t></r></p>");
    let body = [
        COVER,
        &entry("§ 1 Budget"),
        &entry("§ 2 Plan"),
        &paragraph("§ 1 Budget"),
        &paragraph("Text."),
        &paragraph("§ 2 Plan"),
        &paragraph("Beslut"),
        &paragraph("Planen antas."),
    ]
    .concat();
    let draft = word(&body, &[("word/styles.xml", styles)]);
    let items: Vec<(&str, &str)> = draft.agenda.iter().map(|item| (item.no.as_str(), item.title.as_str())).collect();
    assert_eq!(items, [("§ 1", "Budget"), ("§ 2", "Plan")]);
    assert_eq!(draft.decisions[0].item, "§ 2");
}

#[test]
fn headings_with_numbers_and_tables_of_roles() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let deleted = "<w:del><w:r><w:delText>nej</w:delText><w:t>nej</w:t></w:r></w:del>";
    let body = [
        paragraph("Uppdragsbeskrivning"),
        "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr><w:r><w:t>Bakgrund</w:t></w:r></w:p>".to_owned(),
        format!("<w:p>{deleted}<w:r><w:t>Arbetet pågår.</w:t></w:r></w:p>"),
        "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr><w:r><w:t>Roller</w:t></w:r></w:p>".to_owned(),
        format!(
            "<w:tbl>{}{}{}</w:tbl>",
            row("Roll", "Ansvar"),
            row("Beställare", "Rådet"),
            row("Mottagare", "Nämnden")
        ),
    ]
    .concat();
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
    let draft = word(&body, &[("word/styles.xml", styles), ("word/numbering.xml", numbering)]);
    assert_eq!(draft.sections, ["1. Bakgrund", "2. Roller"]);
    let roles: Vec<(&str, &str)> = draft.roles.iter().map(|held| (held.role.as_str(), held.holder.as_str())).collect();
    assert_eq!(roles, [("Beställare", "Rådet"), ("Mottagare", "Nämnden")]);
    assert!(draft.passages.iter().all(|passage| !passage.text.contains("nej")));
}
