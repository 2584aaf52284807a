//! Calendars and feeds are what other programs can read: parsed by crates that know nothing of ours.

use crate::support::{build, files, portal, project};
use icalendar::parser::{read_calendar, unfold};
use std::collections::BTreeSet;
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
            assert!(needed("DTEND") > needed("DTSTART"), "{name}: an event of no day");
            assert!(!needed("SUMMARY").is_empty(), "{name}");
            assert!(needed("URL").starts_with("https://portal.example/s/"), "{name}");
            events += 1;
        }
    }
    assert!(events > 15, "only {events} events");
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
