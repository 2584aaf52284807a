//! The browser's answer to whether an agreement applies is the program's own: on every day, for every order of events.

use samverk::model::{Applies, Date, Ends, EventKind, PartialDate, ValidityEvent, status};
use serde_json::{Value, json};
use std::process::Command;

#[test]
fn node_and_rust_agree_on_every_day() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("SKIPPED: node is not installed, so giltighet.js was not compared with the program");
        return;
    }
    let asked: Vec<(Vec<ValidityEvent>, Date)> =
        histories().into_iter().flat_map(|events| days().map(move |day| (events.clone(), day))).collect();
    assert!(asked.len() > 20_000, "{} questions are too few", asked.len());
    let answers = browser(&asked);
    let mut seen = std::collections::BTreeSet::new();
    for ((events, day), answer) in asked.iter().zip(answers) {
        let want = program(events, *day);
        seen.insert(want["key"].to_string());
        assert_eq!(answer, want, "{day}: {events:#?}");
    }
    assert_eq!(seen.len(), 9, "every status is met: {seen:?}");
}

const SOON: u16 = 180;

fn program(events: &[ValidityEvent], day: Date) -> Value {
    let (status, event) = status(events, day, SOON);
    json!({
        "key": status.key(),
        "until": status.until.map(|until| until.to_string()),
        "soon": status.ends == Ends::Soon,
        "label": status.label(),
        "applies": match status.applies() { Applies::Yes => "ja", Applies::Perhaps => "kanske", Applies::No => "nej" },
        "event": event.map(|event| events.iter().position(|other| std::ptr::eq(event, other))),
    })
}

fn browser(asked: &[(Vec<ValidityEvent>, Date)]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let questions = folder.path().join("questions.json");
    let questions_json: Vec<Value> = asked.iter().map(|(events, day)| question(events, *day)).collect();
    std::fs::write(&questions, serde_json::to_vec(&questions_json).expect("JSON")).expect("questions on disk");
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("node")
        .args([root.join("tests/validity.mjs"), root.join("themes/portal/static/giltighet.js"), questions])
        .output()
        .expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("answers as JSON")
}

fn question(events: &[ValidityEvent], day: Date) -> Value {
    let events = events.iter().map(|event| {
        let mut data = json!({ "k": event.kind.key() });
        for (key, date) in [("f", event.from), ("t", event.to), ("d", event.decided)] {
            if let Some(date) = date {
                data[key] = json!(date.to_string());
            }
        }
        data
    });
    json!({ "events": events.collect::<Vec<_>>(), "date": day.to_string(), "soon": SOON })
}

/// First and last days of months, a leap day, and days beside those that the events name.
fn days() -> impl Iterator<Item = Date> {
    let days = [
        "2012-12-31",
        "2013-01-01",
        "2016-12-31",
        "2017-01-01",
        "2018-03-14",
        "2019-12-31",
        "2020-02-29",
        "2020-06-01",
        "2021-01-01",
        "2024-06-30",
        "2024-07-01",
        "2025-12-10",
        "2025-12-11",
        "2026-06-30",
        "2026-07-01",
        "2026-11-22",
        "2027-01-15",
        "2027-06-30",
        "2027-07-01",
        "2031-12-31",
    ];
    days.into_iter().map(|day| day.parse().expect("a date"))
}

/// Histories that were once read wrong: kind, from, to, decided.
fn told() -> impl Iterator<Item = Vec<(EventKind, [&'static str; 3])>> {
    let adopted = || (EventKind::Adopted, ["2018-01", "2027-06-30", ""]);
    let endings = [
        (EventKind::Terminated, ["", "", "2025-12-11"]),
        (EventKind::Terminated, ["", "2026-06-30", "2025-12-11"]),
        (EventKind::Terminated, ["2026", "", "2025-12-11"]),
        (EventKind::Repealed, ["", "", "2026"]),
        (EventKind::Repealed, ["", "", ""]),
        (EventKind::Replaced(None), ["2026-07-01", "", "2025-12-11"]),
        (EventKind::Replaced(None), ["", "", ""]),
    ];
    let ended = endings.into_iter().map(move |ending| vec![adopted(), ending]);
    let anew = |at| (EventKind::Adopted, at);
    let adopted_anew = [["2026-11-22", "2031-12-31", "2026-06-30"], ["", "2031-12-31", ""]]
        .into_iter()
        .map(move |at| vec![adopted(), (EventKind::Repealed, ["", "", "2021-01-01"]), anew(at)]);
    ended.chain(adopted_anew)
}

fn told_event((kind, dates): &(EventKind, [&str; 3])) -> ValidityEvent {
    let [from, to, decided] = dates.map(PartialDate::parse);
    ValidityEvent { kind: kind.clone(), from, to, decided, decision: None, decided_by: None, source: None }
}

/// Every history of one to four events out of a set in which each has, lacks or half knows its dates. The set is drawn
/// from by a fixed sequence, so that every run asks the same.
fn histories() -> Vec<Vec<ValidityEvent>> {
    let dates =
        ["", "2013", "2016-12-31", "2018-01", "2019-12-31", "2020-02-29", "2024-07-01", "2025-12-11", "2027-06-30"];
    let kinds = [
        EventKind::Adopted,
        EventKind::Prolonged,
        EventKind::Conditional("något sker".to_owned()),
        EventKind::Revised,
        EventKind::Replaced(None),
        EventKind::Terminated,
        EventKind::Repealed,
    ];
    let mut state = 1_u64;
    let mut draw = |count: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % count
    };
    let mut event = |first: bool| {
        let kind = kinds[if first { draw(2) } else { draw(kinds.len()) }].clone();
        let [from, to, decided] = [0; 3].map(|_| PartialDate::parse(dates[draw(dates.len())]));
        ValidityEvent { kind, from, to, decided, decision: None, decided_by: None, source: None }
    };
    let mut out = vec![Vec::new()];
    out.extend(told().map(|history| history.iter().map(told_event).collect()));
    out.extend((0..1_500).map(|number| (0..=number % 4).map(|at| event(at == 0)).collect()));
    out
}
