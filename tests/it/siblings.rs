//! What agreements have to do with each other: those decided together, and the one that a later prolongation left out,
//! told however the editor wrote it down; a local one and the one that it rests on.

use crate::support::{build, portal, run};
use std::fs;
use std::path::Path;

/// How the meetings' decisions and the agreements' events are tied together.
#[derive(Clone, Copy, Debug)]
enum Written {
    /// The decision names the agreements.
    InDecision,
    /// Each agreement names its decision.
    InAgreement,
}

/// One clause for all, or one for each, under the same item.
#[derive(Clone, Copy, Debug)]
enum Clauses {
    One,
    Each,
}

fn meeting(root: &Path, day: &str, verb: &str, key: &str, held: &[&str], written: Written, clauses: Clauses) {
    let groups: Vec<Vec<&str>> = match clauses {
        Clauses::One => vec![held.to_vec()],
        Clauses::Each => held.iter().map(|id| vec![*id]).collect(),
    };
    let facts = groups.iter().enumerate().map(|(at, group)| {
        let ids: Vec<String> = group.iter().map(|id| format!("avtal/{id}")).collect();
        format!("  \"1-{}\": {{{key}: [{}]}}\n", at + 1, ids.join(", "))
    });
    let facts = match written {
        Written::InDecision => format!("beslut:\n{}", facts.collect::<String>()),
        Written::InAgreement => String::new(),
    };
    let text: String = groups.iter().map(|group| format!("- att {verb} {}.\n", group.join(" och "))).collect();
    let head = format!("typ: möte\ntitel: Nämnden {day}\ndatum: {day}\norgan: namnden\nsynlighet: publik\n{facts}");
    let page = format!("---\n{head}---\n## 1. Avtalen\n\nNämnden beslutade\n\n{text}");
    fs::write(root.join(format!("content/moten/{day}.md")), page).expect("a meeting");
}

/// What stands under "Förlängd utan alla" on the page of agreement `a`, its tags taken away.
fn told(written: Written, clauses: Clauses, more: &str) -> Option<String> {
    let portal = portal("meeting");
    let root = portal.path();
    fs::create_dir_all(root.join("content/avtal")).expect("a folder");
    let (all, kept) = (["a", "b", "c"], ["a", "b"]);
    meeting(root, "2024-05-05", "anta", "antar", &all, written, clauses);
    meeting(root, "2025-11-11", "förlänga", "förlänger", &kept, written, clauses);
    for (at, id) in all.into_iter().enumerate() {
        let clause = if matches!(clauses, Clauses::One) { 1 } else { at + 1 };
        let names = |day: &str| match written {
            Written::InDecision => String::new(),
            Written::InAgreement => format!(", beslut: \"moten/{day}#b-1-{clause}\""),
        };
        let mut events = format!(
            "  - {{händelse: antagen, från: 2024-06-01, till: 2025-12-31, datum: 2024-05-05{}}}\n",
            names("2024-05-05")
        );
        match id {
            "c" => events += more,
            _ => {
                events += &format!(
                    "  - {{händelse: förlängd, till: 2027-12-31, datum: 2025-11-11{}}}\n",
                    names("2025-11-11")
                );
            }
        }
        let head = format!("typ: överenskommelse\ntitel: Avtal {id}\nsynlighet: publik\ngiltighet:\n{events}");
        fs::write(root.join(format!("content/avtal/{id}.md")), format!("---\n{head}---\nText.\n"))
            .expect("an agreement");
    }
    let output = root.join("out");
    build(root, &output, &["--no-search"]);
    let html = fs::read_to_string(output.join("avtal/a.html")).expect("the page");
    let note = html.split("Förlängd utan alla</dt>").nth(1)?.split("</dd>").next()?.to_owned();
    let words = note.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    Some(words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_sibling_left_out_is_told_however_it_is_written() {
    for written in [Written::InDecision, Written::InAgreement] {
        for clauses in [Clauses::One, Clauses::Each] {
            let told = told(written, clauses, "").unwrap_or_default();
            let wanted = "Två av de tre överenskommelser som antogs tillsammans förlängdes genom ett senare beslut. \
                          Utanför stod: Avtal c, ";
            assert!(told.starts_with(wanted), "{written:?} {clauses:?}: {told}");
        }
    }
}

/// One that was prolonged by itself, or has ended in another way, was not left out.
#[test]
fn a_sibling_that_went_its_own_way_was_not_left_out() {
    for event in [
        "  - {händelse: förlängd, till: 2027-12-31, datum: 2025-10-01}\n",
        "  - {händelse: förlängd, till: 2027-12-31, datum: 2025-12-01}\n",
        "  - {händelse: upphävd, från: 2025-06-01, datum: 2025-05-01}\n",
        "  - {händelse: uppsagd, från: 2025-12-31, datum: 2025-05-01}\n",
    ] {
        assert_eq!(told(Written::InDecision, Clauses::One, event), None, "{event}");
    }
}

#[test]
fn a_local_agreement_without_its_ground_is_told() {
    let portal = portal("follow-up");
    let told = |day: &str| {
        let output = portal.path().join(day);
        let target = output.to_string_lossy();
        let built = run(portal.path(), &["build", "--date", day, "--output", &target, "--no-search"]);
        assert!(built.status.success());
        fs::read_to_string(output.join("overenskommelser/lok.html")).expect("the page")
    };
    let longer = "Gäller till 31 december 2028, men den överenskommelse som den bygger på till 31 december 2026.";
    assert!(told("2026-11-22").contains(longer));
    let without = "Den 1 juni 2027 gäller denna överenskommelse, men inte den som den bygger på: Har upphört.";
    assert!(told("2027-06-01").contains(without));
    assert!(!told("2029-01-01").contains("Längre än sin grund"), "neither applies");
}

/// A prolongation taken at one meeting and told of at another is one decision, shown as it was taken.
#[test]
fn a_prolongation_told_of_elsewhere_is_told_once() {
    let portal = portal("follow-up");
    let taken = "---\ntyp: möte\ntitel: Styrgruppen 1 oktober 2025\ndatum: 2025-10-01\norgan: styrgruppen\nsynlighet: publik\nbeslut:\n  \"4-1\": {förlänger: [overenskommelser/a, overenskommelser/b]}\n---\n## § 4 Förlängning\n\nStyrgruppen beslutade\n\n- att förlänga A och B.\n";
    fs::write(portal.path().join("content/moten/2025-10-01-styrgruppen.md"), taken).expect("a meeting");
    let output = portal.path().join("out");
    build(portal.path(), &output, &["--no-search"]);
    let html = fs::read_to_string(output.join("overenskommelser/a.html")).expect("the page");
    assert_eq!(html.matches("Förlängd utan alla").count(), 1);
    assert!(html.contains("#b-4-1\">Styrgruppen 1 oktober 2025, §\u{a0}4</a>"), "{html}");
}
