//! Long registers: what comes on which page, and that nothing is left out. And from a decision to its original.

use crate::support::{build, files, portal};
use std::fs;

#[test]
fn agreements_fill_pages_with_those_that_apply_first() {
    let root = portal("rule-two-ends");
    fs::remove_dir_all(root.path().join("content")).expect("the case's documents");
    let folder = root.path().join("content/avtal");
    fs::create_dir_all(&folder).expect("a writable folder");
    let site = root.path().join("site/site.yaml");
    let text = fs::read_to_string(&site).expect("site.yaml");
    fs::write(&site, format!("{text}per_sida: 1\n")).expect("a writable file");
    for number in 1..=9 {
        let until = if number % 2 == 0 { "2028-12-31" } else { "2024-12-31" };
        let text = format!(
            "---\ntyp: överenskommelse\ntitel: Avtal {number}\nsynlighet: publik\ngiltighet:\n  - {{händelse: antagen, från: 2020-01-01, till: {until}}}\n---\nText.\n"
        );
        fs::write(folder.join(format!("a{number}.md")), text).expect("a writable file");
    }
    let output = root.path().join("out");
    build(root.path(), &output, &["--no-search"]);
    let site = files(&output);
    let listed = |page: &str| -> Vec<u32> {
        let html = String::from_utf8_lossy(&site[page]).into_owned();
        let rows = html.split("<tr data-ordning").skip(1);
        rows.filter_map(|row| row.split("Avtal ").nth(1)?.split('<').next()?.parse().ok()).collect()
    };
    // An agreement is a short row: four times as many as of other documents.
    assert_eq!(listed("overenskommelser.html"), [2, 4, 6, 8]);
    assert_eq!(listed("overenskommelser/sida-2.html"), [1, 3, 5, 7]);
    assert_eq!(listed("overenskommelser/sida-3.html"), [9]);
    assert!(!site.contains_key("overenskommelser/sida-4.html"));
}

#[test]
fn a_decision_leads_to_its_page_of_the_original() {
    let root = portal("rule-two-ends");
    let meetings = root.path().join("content/moten");
    let meeting = |original: &str| {
        let text = format!(
            "---\ntyp: möte\ntitel: Nämnden\nsynlighet: publik\ndatum: 2026-01-29\norgan: namnden\noriginal: {{{original}}}\nbeslut:\n  \"2-1\": {{källsida: 5}}\n---\n## 1. Ett\n\nNämnden beslutade\n\n- att anta planen.\n\n## 2. Två\n\nNämnden beslutade\n\n- att anta budgeten.\n"
        );
        fs::write(meetings.join("original.md"), text).expect("a writable file");
        let output = root.path().join("out");
        build(root.path(), &output, &["--no-search", "--force"]);
        String::from_utf8_lossy(&files(&output)["moten/original.html"]).into_owned()
    };
    fs::write(meetings.join("protokoll.pdf"), "%PDF-1.4\n").expect("a writable file");
    let html = meeting("fil: protokoll.pdf, synlighet: publik, sidor: {\"1\": 3}");
    assert!(html.contains("moten/protokoll.pdf#page=3\">Visa i källan (sidan 3)</a>"), "{html}");
    assert!(html.contains("moten/protokoll.pdf#page=5\">Visa i källan (sidan 5)</a>"), "a decision's own page: {html}");
    fs::rename(meetings.join("protokoll.pdf"), meetings.join("protokoll.txt")).expect("a writable folder");
    let html = meeting("fil: protokoll.txt, synlighet: publik");
    assert!(html.contains("moten/protokoll.txt\">Visa i källan</a>"), "{html}");
    let html = meeting("finns_hos: Arkivet");
    assert!(html.contains("Originalet finns hos Arkivet och är inte publicerat här."), "{html}");
    assert!(html.contains("<a href=\"#original\">Om källan</a>"), "{html}");
}

/// Who opens the portal sees first what should have been answered; what passed long ago waits in the register.
#[test]
fn what_has_passed_comes_first_on_the_start_page() {
    let root = portal("follow-up");
    let given = ["2026-10-01 Nyss", "2026-11-01 Senast", "2026-09-01 Tidigare", "2024-01-01 Glömt", "2027-02-01 Sedan"];
    let given: Vec<String> = given
        .iter()
        .filter_map(|given| given.split_once(' '))
        .map(|(day, what)| format!("      - {{till: styrgruppen, vad: {what}, senast: {day}}}\n"))
        .collect();
    let text = format!(
        "---\ntyp: möte\ntitel: Uppdragen\nsynlighet: publik\ndatum: 2023-05-05\norgan: namnden\nbeslut:\n  \"1-1\":\n    ger_uppdrag:\n{}---\n## 1. A\n\nNämnden beslutade\n\n- att ge uppdrag.\n",
        given.concat()
    );
    fs::write(root.path().join("content/moten/uppdragen.md"), text).expect("a writable file");
    let output = root.path().join("out");
    build(root.path(), &output, &["--no-search"]);
    let html = fs::read_to_string(output.join("index.html")).expect("the start page");
    let part = html.split("På gång</h2>").nth(1).and_then(|rest| rest.split("</section>").next()).expect("what is due");
    let order: Vec<&str> = ["Nyss", "Senast", "Tidigare", "Glömt", "Sedan", "Räkna om budgeten"]
        .into_iter()
        .filter(|what| part.contains(what))
        .collect();
    let mut sorted = order.clone();
    sorted.sort_by_key(|what| part.find(what));
    assert_eq!(sorted, ["Senast", "Nyss", "Räkna om budgeten", "Sedan"], "{part}");
    assert!(!part.contains("Ta fram en plan"), "what is done is not under way: {part}");
    assert_eq!(part.matches("status late").count(), 2, "{part}");
}
