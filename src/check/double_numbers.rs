//! `dubbelt-nummer`: no two items, sections or attachments of one document, and no two paragraphs of one body's minutes
//! in a year, have the same number.

use super::Around;
use super::attachments::number;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{BodyId, Document, Kind, MeetingForm, Portal};
use std::collections::HashMap;

pub fn check(document: &Document, _: Around<'_>, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for heading in &document.text.headings {
        let Some(number) = heading.number.as_deref() else { continue };
        match seen.get(number) {
            None => drop(seen.insert(number, &heading.title)),
            Some(first) => problems.push(double(
                Place::at(&document.text.source, heading.span.clone()),
                format!("numret {number} står två gånger: ”{first}” och ”{}”", heading.title),
                "kontrollera mot originalet; är numret dubbelt även där, låt det stå",
            )),
        }
    }
    attachments(document, problems);
}

fn attachments(document: &Document, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<u32, &str> = HashMap::new();
    for attachment in &document.attachments {
        let Some(number) = number(&attachment.label) else { continue };
        match seen.get(&number) {
            None => drop(seen.insert(number, &attachment.label)),
            // "Bilaga 2 A" and "Bilaga 2 B" of one item are parts of one attachment.
            Some(first) if *first != attachment.label && same_item(document, first, attachment.item.as_deref()) => {}
            Some(first) => problems.push(double(
                document.place.of("beteckning", &attachment.label),
                format!("två bilagor har nummer {number}: `{first}` och `{}`", attachment.label),
                "kontrollera mot originalet; är numret dubbelt även där, låt det stå och skilj dem åt med `titel`",
            )),
        }
    }
}

fn same_item(document: &Document, label: &str, item: Option<&str>) -> bool {
    document.attachments.iter().any(|other| other.label == label && other.item.as_deref() == item)
}

/// Paragraphs of minutes are numbered through a year.
pub fn check_minutes(portal: &Portal, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<(&BodyId, i16, &str), &Document> = HashMap::new();
    for document in &portal.documents {
        let Kind::Meeting(meeting) = &document.kind else { continue };
        let (Some(body), Some(date), MeetingForm::Minutes) = (&document.body, document.date, meeting.form) else {
            continue;
        };
        for item in meeting.agenda.iter().filter(|item| item.number.starts_with('§')) {
            let key = (body, date.year(), item.number.as_str());
            match seen.get(&key).copied() {
                None => drop(seen.insert(key, document)),
                Some(first) if first.id == document.id => {}
                Some(first) => problems.push(double(
                    Place::at(&document.text.source, document.text.headings[item.heading].span.clone()),
                    format!("{} står redan i `{}`, från samma organ och år", item.number, first.place.source.path),
                    "kontrollera paragrafen, datumet och organet mot originalet",
                )),
            }
        }
    }
}

fn double(place: Place, message: String, hint: &str) -> Diagnostic {
    Diagnostic::warning("dubbelt-nummer", place, message).hint(hint)
}
