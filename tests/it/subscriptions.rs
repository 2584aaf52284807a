//! Calendars and feeds are what other programs can read: parsed by crates that know nothing of ours.

use crate::support::{build, copy, copy_portal, files, portal, project, run};
use icalendar::parser::{read_calendar, unfold};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// Every file of the outputs that ends so, with the portal it comes from.
fn outputs(ending: &str) -> Vec<(String, String, BTreeSet<String>)> {
    let case = portal("follow-up");
    let mut found = Vec::new();
    for (name, root) in [("the portal", project()), ("the case", case.path().to_owned())] {
        let target = tempfile::tempdir().expect("a temporary folder");
        let output = target.path().join("out");
        build(&root, &output, &["--base-url", "https://portal.example/s"]);
        let files = files(&output);
        let paths: BTreeSet<String> = files.keys().cloned().collect();
        let wanted = files.into_iter().filter(|(path, _)| path.ends_with(ending));
        found.extend(
            wanted.map(|(path, bytes)| {
                (format!("{name}: {path}"), String::from_utf8(bytes).expect("UTF-8"), paths.clone())
            }),
        );
    }
    assert!(found.len() > 4, "few files end with {ending}");
    found
}

#[test]
fn calendars_are_valid() {
    let mut events = 0;
    for (name, text, _) in outputs(".ics") {
        assert!(text.ends_with("END:VCALENDAR\r\n"), "{name}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}: a line ends without CR");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{name}: {} octets: {line}", line.len());
            assert!(!line.contains(char::is_control), "{name}: {line:?}");
        }
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!calendar.components.is_empty(), "{name}: a calendar without an event is none");
        for (key, expected) in [("VERSION", "2.0"), ("METHOD", "PUBLISH")] {
            let found = calendar.properties.iter().find(|property| property.name == key);
            assert_eq!(found.map(|property| property.val.as_str()), Some(expected), "{name}");
        }
        for key in ["PRODID", "X-WR-CALNAME", "REFRESH-INTERVAL"] {
            assert!(calendar.properties.iter().any(|property| property.name == key), "{name}: no {key}");
        }
        let mut uids = BTreeSet::new();
        for event in &calendar.components {
            assert_eq!(event.name.as_str(), "VEVENT", "{name}");
            let value = |key: &str| event.find_prop(key).map(|property| property.val.as_str().to_owned());
            let needed = |key: &str| value(key).unwrap_or_else(|| panic!("{name}: no {key}"));
            assert!(uids.insert(needed("UID")), "{name}: {} twice", needed("UID"));
            assert_eq!(needed("DTSTAMP"), "20261122T000000Z", "{name}: the build's day, not the clock");
            let start = event.find_prop("DTSTART").expect("a start");
            let kind = start.params.iter().find(|parameter| parameter.key.as_str() == "VALUE");
            assert_eq!(kind.and_then(|kind| kind.val.as_ref()).map(|kind| kind.as_str()), Some("DATE"), "{name}");
            let day = |key: &str| jiff::civil::Date::strptime("%Y%m%d", needed(key)).expect("a day");
            assert_eq!(day("DTEND"), day("DTSTART").tomorrow().expect("a day after"), "{name}: one whole day");
            // Outlook reads no such rule.
            assert!(!value("RRULE").unwrap_or_default().contains("BYSETPOS"), "{name}");
            assert!(!needed("SUMMARY").is_empty(), "{name}");
            assert!(needed("URL").starts_with("https://portal.example/s/"), "{name}");
            events += 1;
        }
    }
    assert!(events > 15, "only {events} events");
}

/// A subscriber's calendar replaces an event with the one of the same UID, so that it is the duty's and not the day's.
#[test]
fn an_event_keeps_its_name_when_its_day_moves() {
    let case = portal("follow-up");
    let (root, output) = (case.path(), case.path().join("out"));
    let plan = "uppdrag/plan.md";
    edit(root, plan, "  - vad: Slutrapport", "  - vad: \"Slutrapport; med bilagor, \\\\ och\\n en rad till\"");
    let events = |day: &str| -> BTreeMap<String, String> {
        build_on(root, &output, day);
        let text = fs::read_to_string(output.join("kalender.ics")).expect("the calendar");
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).expect("a calendar");
        let value = |event: &icalendar::parser::Component<'_>, key: &str| {
            event.find_prop(key).map(|property| property.val.as_str().to_owned()).unwrap_or_default()
        };
        calendar.components.iter().map(|event| (value(event, "SUMMARY"), value(event, "UID"))).collect()
    };
    let before = events("2026-11-22");
    assert!(before.contains_key("Slutrapport; med bilagor, \\ och\n en rad till"), "{before:?}");
    let text = fs::read_to_string(output.join("kalender.ics")).expect("the calendar");
    assert!(text.contains(r"SUMMARY:Slutrapport\; med bilagor\, \\ och\n en rad till"), "{text}");
    edit(root, plan, "senast: 2027-06", "senast: 2027-09-15");
    let after = events("2026-11-23");
    assert_eq!(before, after);
    let ends = before.keys().filter(|what| what.ends_with("upphör att gälla")).count();
    assert!(ends > 2 && before.values().all(|uid| uid.contains('@')), "{before:?}");
}

#[test]
fn feeds_are_valid_and_lead_to_pages() {
    let mut entries = 0;
    for (name, text, paths) in outputs("atom.xml") {
        let feed = atom_syndication::Feed::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!feed.title.is_empty() && !feed.id.is_empty() && !feed.authors.is_empty(), "{name}");
        let own = feed.links.iter().find(|link| link.rel == "self").expect("a link to itself");
        assert!(name.ends_with(own.href.trim_start_matches("https://portal.example/s/")), "{name}: {}", own.href);
        let mut ids = BTreeSet::new();
        let mut last = feed.updated;
        for entry in &feed.entries {
            assert!(ids.insert(&entry.id), "{name}: {} twice", entry.id);
            assert!(entry.updated <= last, "{name}: not the newest first");
            last = entry.updated;
            let page = entry.links[0].href.trim_start_matches("https://portal.example/s/");
            let page = page.split('#').next().unwrap_or_default();
            assert!(paths.contains(page), "{name}: {page} is no page");
            entries += 1;
        }
    }
    assert!(entries > 60, "only {entries} entries");
}

/// The entries of a feed: by the end of the id, the day and what is told.
fn told(output: &Path, feed: &str) -> BTreeMap<String, (String, String)> {
    let text = fs::read_to_string(output.join(feed)).expect("the feed");
    let feed = atom_syndication::Feed::from_str(&text).expect("a feed");
    let entries = feed.entries.into_iter().map(|entry| {
        let end = entry.id.rsplit(':').next().and_then(|id| id.split_once('/')).map_or("", |(_, id)| id).to_owned();
        (end, (entry.updated.date_naive().to_string(), entry.summary.map(|text| text.value).unwrap_or_default()))
    });
    entries.collect()
}

fn build_on(root: &Path, output: &Path, day: &str) {
    let target = output.to_string_lossy();
    let result = run(root, &["build", "--date", day, "--output", &target, "--base-url", "urn:x:p/"]);
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
}

fn edit(root: &Path, file: &str, from: &str, to: &str) {
    let path = root.join("content").join(file);
    let text = fs::read_to_string(&path).expect("the document");
    assert!(text.contains(from), "{file} holds {from:?}");
    fs::write(path, text.replace(from, to)).expect("an edit");
}

#[test]
fn feeds_tell_what_changed_since_the_last_build() {
    let case = portal("follow-up");
    let (root, output) = (case.path(), case.path().join("out"));
    build_on(root, &output, "2026-11-22");
    let first = told(&output, "atom.xml");
    let on = |day: &str, words: &str| (day.to_owned(), words.to_owned());
    let fulfilled = "Fullgjord genom: Nämnden 10 november 2025. Tre överenskommelser antogs.";
    assert_eq!(first["moten/2025-03-01-namnden"], on("2025-11-10", fulfilled));

    edit(root, "moten/2025-03-01-namnden.md", "räkna om budgeten.", "räkna om hela budgeten.");
    edit(root, "overenskommelser/a.md", "till: 2027-12-31", "till: 2028-12-31");
    edit(root, "overenskommelser/c.md", "Text.", "<!-- en anteckning -->\n\nText.");
    fs::write(
        root.join("content/moten/2024-02-01-namnden.md"),
        "---\ntyp: möte\ntitel: Funnet\ndatum: 2024-02-01\norgan: namnden\nsynlighet: publik\n---\n## 1. A\n\nNämnden beslutade\n\n- att anta A.\n",
    )
    .expect("a new document");
    build_on(root, &output, "2026-12-01");
    let second = told(&output, "atom.xml");
    let meeting = on("2026-12-01", "Ändrat i portalen: beslut, text. Tre överenskommelser antogs.");
    assert_eq!(second["moten/2025-03-01-namnden"], meeting);
    let agreement = on("2026-12-01", "Ändrat i portalen: giltighet. Den a-te överenskommelsen.");
    assert_eq!(second["overenskommelser/a"], agreement);
    assert_eq!(second["moten/2024-02-01-namnden"], on("2026-12-01", "Nytt i portalen"));
    for unchanged in ["moten/2025-11-10-namnden", "overenskommelser/b", "overenskommelser/c", "uppdrag/plan"] {
        assert_eq!(second[unchanged], first[unchanged], "{unchanged}: what shows the same has not changed");
    }
    for feed in ["organ/namnden/atom.xml", "amnen/skola/atom.xml", "moten/atom.xml"] {
        assert_eq!(told(&output, feed)["moten/2025-03-01-namnden"], meeting, "{feed}");
    }
    let decisions = told(&output, "beslut/atom.xml");
    assert_eq!(decisions["moten/2025-03-01-namnden/b-2-2"], on("2026-12-01", "Ändrat i portalen: ordalydelse"));
    assert_eq!(decisions["moten/2025-03-01-namnden/b-2-1"], on("2025-03-01", ""));
    assert_eq!(decisions["moten/2024-02-01-namnden/b-1-1"], on("2026-12-01", "Nytt i portalen"));

    build_on(root, &output, "2026-12-24");
    assert_eq!(told(&output, "atom.xml"), second, "nothing has changed since");
    assert_eq!(told(&output, "beslut/atom.xml"), decisions);
}

#[test]
fn equal_earlier_builds_give_equal_feeds() {
    let case = portal("follow-up");
    let outputs = [case.path().join("a"), case.path().join("b")];
    build_on(case.path(), &outputs[0], "2026-11-22");
    copy(&outputs[0], &outputs[1]);
    edit(case.path(), "overenskommelser/a.md", "Text.", "Ny text.");
    outputs.iter().for_each(|output| build_on(case.path(), output, "2026-11-22"));
    assert!(files(&outputs[0]) == files(&outputs[1]));
    assert!(told(&outputs[0], "atom.xml")["overenskommelser/a"].1.starts_with("Ändrat i portalen: text."));
    fs::write(outputs[1].join("andringar.json"), "{").expect("damage");
    build_on(case.path(), &outputs[1], "2026-11-22");
    assert_eq!(told(&outputs[1], "atom.xml")["overenskommelser/a"].0, "2025-11-10", "the content's day");
}

/// Another edition's pages tell nothing of what this one held before.
#[test]
fn an_edition_is_compared_with_itself() {
    let case = portal("follow-up");
    let output = case.path().join("out");
    build(case.path(), &output, &["--edition", "intern"]);
    edit(case.path(), "overenskommelser/a.md", "Text.", "Ny text.");
    build(case.path(), &output, &["--edition", "publik"]);
    assert!(!fs::read_to_string(output.join("atom.xml")).expect("the feed").contains("i portalen"));
}

/// Every internal word is another, in texts, registers and file names: a subscriber learns nothing of it.
#[test]
fn what_is_internal_changes_no_feed() {
    let portal = project().join("tests/canaries/portal");
    let list = fs::read_to_string(project().join("tests/canaries/canaries.txt")).expect("the list of canaries");
    let words: Vec<&str> = list.lines().filter_map(|line| line.split_once(": ")).map(|(_, word)| word).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (root, other) = (folder.path().join("portal"), folder.path().join("annan"));
    copy_portal(&portal, &root);
    let changed = |text: &str| {
        words.iter().fold(text.to_owned(), |text, word| {
            let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
            [word, capital.as_str(), word.to_uppercase().as_str()]
                .iter()
                .fold(text, |text, form| text.replace(form, &format!("{form}{}", &form[form.len() - 2..])))
        })
    };
    for (path, bytes) in files(&root) {
        let target = other.join(changed(&path));
        fs::create_dir_all(target.parent().expect("a folder")).expect("a writable folder");
        let text = String::from_utf8(bytes.clone()).map(|text| changed(&text).into_bytes());
        fs::write(target, text.unwrap_or(bytes)).expect("a writable file");
    }
    assert!(files(&root) != files(&other), "the words are others");
    let output = folder.path().join("out");
    build_on(&root, &output, "2026-11-22");
    let before = files(&output);
    build_on(&other, &output, "2026-11-22");
    let after = files(&output);
    let feeds: Vec<_> = before.keys().filter(|path| path.ends_with("atom.xml") || *path == "andringar.json").collect();
    assert!(feeds.len() > 3, "{feeds:?}");
    let differing: Vec<_> = feeds.into_iter().filter(|path| before[*path] != after[*path]).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
