//! The registers explain the words of a text: abbreviations where they first stand, acts that no longer hold beside their
//! citation, older terms above the text; and the statement of accessibility knows what the content lacks.

use crate::support::{self, build, portal, run};
use std::fs;
use std::path::Path;

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a writable folder");
    fs::write(file, text).expect("a writable file");
}

/// A page of a portal with a glossary, acts and older terms.
fn page(date: &str, body: &str) -> String {
    let folder = portal("meeting");
    let root = folder.path();
    write(
        root,
        "site/ordlista.yaml",
        "- kort: SIP\n  lång: samordnad individuell plan\n- kort: SoL\n  lång: socialtjänstlagen\n- kort: IT\n",
    );
    write(
        root,
        "site/lagrum.yaml",
        "- {kort: SoL, namn: socialtjänstlagen (2001:453), sfs: \"2001:453\", ersatt_av: \"2025:400\", ersatt_från: 2025-07-01}\n- {kort: SoL, namn: socialtjänstlagen (2025:400), sfs: \"2025:400\"}\n",
    );
    write(root, "site/ämnen.yaml", "- id: bruk\n  namn: Skadligt bruk\n  äldre_termer: [{term: missbruk}]\n");
    let head = format!("---\ntyp: sida\ntitel: Prov\nsynlighet: publik\n{date}---\n");
    write(root, "content/prov.md", &format!("{head}{body}\n"));
    let output = root.join("out");
    fs::remove_dir_all(root.join("content/moten")).expect("the case's meetings");
    build(root, &output, &["--quiet"]);
    fs::read_to_string(output.join("prov.html")).expect("the page")
}

#[test]
fn an_abbreviation_is_explained_where_it_first_stands_in_running_text() {
    let html = page(
        "",
        "## SIP i rubriken\n\n[SIP i länken](@/beslut), `SIP i koden` och ![SIP i bilden](saknas:x), SIPen och en SIP. Nästa SIP och IT.\n",
    );
    assert_eq!(html.matches("<abbr").count(), 1, "{html}");
    assert!(html.contains(r#"en <abbr title="samordnad individuell plan">SIP</abbr>. Nästa SIP"#), "{html}");
    assert!(html.contains(r#"id="sip-i-rubriken""#));
}

#[test]
fn a_short_form_means_the_act_of_its_day() {
    let old = page("datum: 2020-01-01\n", "Enligt SoL och åter SoL.");
    let note = r#"<abbr title="socialtjänstlagen (2001:453)">SoL</abbr> <span class="anm">[upphävd 1 juli 2025, ersatt av 2025:400]</span> och åter SoL"#;
    assert!(old.contains(note), "{old}");
    // Afterwards people write it of both acts: nothing is guessed.
    for day in ["datum: 2026-01-01\n", ""] {
        let open = page(day, "Enligt SoL.");
        assert!(open.contains(r#"<abbr title="socialtjänstlagen">SoL</abbr>."#), "{day}: {open}");
    }
}

#[test]
fn a_repealed_act_is_told_beside_its_number_once() {
    let html = page("", "Socialtjänstlagen (2001:453) gällde. Se 2001:453.");
    assert!(html.contains(r#"2001:453 <span class="anm">[upphävd 1 juli 2025, ersatt av 2025:400]</span>)"#), "{html}");
    assert_eq!(html.matches("upphävd").count(), 1);
    let told = page("", "Lagen 2001:453 ersattes av 2025:400.");
    assert!(!told.contains("[upphävd"), "the author has told it: {told}");
}

#[test]
fn older_terms_are_told_above_the_text() {
    let html = page("", "Missbruket minskar.");
    assert!(html.contains("<em>missbruk</em> kallas nu <a href=\"amnen/bruk.html\">Skadligt bruk</a>"), "{html}");
    assert!(!page("", "Missbrukare är ett annat ord.").contains("kallas nu"));
}

#[test]
fn a_passage_in_another_language_says_so() {
    let html = page("", ":::språk en\nEnglish words.\n:::\n");
    assert!(html.contains("<div lang=\"en\">") && html.contains("<p>English words.</p>"), "{html}");
}

#[test]
fn the_statement_lists_what_the_content_lacks_and_asks_for_every_item() {
    let folder = portal("meeting");
    let root = folder.path();
    let site = fs::read_to_string(root.join("site/site.yaml")).expect("the site");
    write(
        root,
        "content/ocr.md",
        "---\ntyp: sida\ntitel: Avläst sida\nsynlighet: publik\nkällkvalitet: ocr\nbilagor: [{beteckning: Bilaga 1, fil: b.txt, synlighet: publik}]\n---\nText.\n",
    );
    write(root, "content/b.txt", "Bilaga\n");
    let output = root.join("out");
    build(root, &output, &["--quiet"]);
    let html = fs::read_to_string(output.join("tillganglighet.html")).expect("the statement");
    for words in ["En bilaga finns bara som fil", "maskinellt avläst", "<a href=\"ocr.html\">Avläst sida</a>"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let checked = run(root, &["check", "--date", support::DATE]);
    assert!(String::from_utf8_lossy(&checked.stderr).contains("nivån är `helt`"));
    let items = [
        "aktör",
        "tjänst",
        "nivå",
        "bedömd",
        "uppdaterad",
        "metod",
        "kontakt",
        "tillsyn",
        "oskäligt_betungande",
        "undantag",
    ];
    for item in items {
        let without: Vec<&str> =
            site.lines().filter(|line| !line.trim_start().starts_with(&format!("{item}:"))).collect();
        write(root, "site/site.yaml", &format!("{}\n", without.join("\n")));
        let checked = run(root, &["check", "--date", support::DATE]);
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert_eq!(checked.status.code(), Some(1), "{item}: {said}");
        assert!(said.contains(item), "{item}: {said}");
    }
    write(root, "site/site.yaml", &site.replace("nivå: helt", "nivå: delvis"));
    let checked = run(root, &["check", "--date", support::DATE]);
    assert!(String::from_utf8_lossy(&checked.stderr).contains("vilka brister"), "deficiencies are the eleventh item");
}
