//! The other `site/*.yaml` into [`Registers`].

use super::documents::reference;
use super::files::Sources;
use super::front_matter::{OneOrMany, decode};
use super::records::VisibilityWord;
use super::register_records::{
    ActRecord, BodyRecord, FormerNameRecord, MemberRecord, OlderTermRecord, TermRecord, TopicRecord,
};
use super::values::{checked_id, choice, date, partial};
use crate::diagnostic::{Diagnostic, Place, SourceText};
use crate::model::{
    Act, Body, BodyId, FormerName, Forming, Member, OlderTerm, Principal, Register, Registers, Term, Tier, Topic,
    TopicId, Visibility, slug,
};
use serde::de::DeserializeOwned;
use std::ops::Range;

/// Reads the other registers. An entry with a fault is reported; the others are kept.
pub fn registers(sources: &Sources, problems: &mut Vec<Diagnostic>) -> Registers {
    let (mut bodies, mut topics) = (Register::default(), Register::default());
    for (place, record) in entries::<BodyRecord>(sources, "organ", problems) {
        let id = checked_id("id", &record.id, &place, problems);
        if let Some(body) = body(record, place, problems) {
            insert(&mut bodies, &id, body, |body: &Body| body.place.clone(), problems);
        }
    }
    for (place, record) in entries::<TopicRecord>(sources, "amnen", problems) {
        let id = checked_id("id", &record.id, &place, problems);
        insert(&mut topics, &id, topic(record, place), |topic: &Topic| topic.place.clone(), problems);
    }
    let mut terms = Vec::new();
    for (place, record) in entries::<TermRecord>(sources, "ordlista", problems) {
        terms.extend(term(record, place, problems));
    }
    let mut acts = Vec::new();
    for (place, record) in entries::<ActRecord>(sources, "lagrum", problems) {
        acts.push(act(record, place, problems));
    }
    Registers::new(bodies, topics, terms, acts)
}

fn insert<T>(
    register: &mut Register<T>,
    id: &str,
    entry: T,
    place: impl Fn(&T) -> Place,
    problems: &mut Vec<Diagnostic>,
) {
    if let Err(entry) = register.insert(id, entry) {
        let first = register.get(id).map(|first| place(first).line_column().0).unwrap_or_default();
        problems.push(
            Diagnostic::error(
                "dubbelt-id",
                place(&entry).of("id", id),
                format!("id `{id}` finns redan, på rad {first}"),
            )
            .hint("ge en av posterna ett annat id"),
        );
    }
}

/// The entries of one register file, each read by itself so that a fault in one does not hide the others.
fn entries<T: DeserializeOwned>(sources: &Sources, stem: &str, problems: &mut Vec<Diagnostic>) -> Vec<(Place, T)> {
    // å and ä may be written either way in a file name, and in two ways in Unicode.
    let is_named = |path: &str| {
        path.strip_prefix("site/")
            .and_then(|name| name.strip_suffix(".yaml"))
            .is_some_and(|name| slug(&icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(name)) == stem)
    };
    let mut out = Vec::new();
    for source in sources.texts.iter().filter(|(path, _)| is_named(path)).map(|(_, source)| source) {
        for span in list_entries(source) {
            let (record, found) = decode::<OneEntry<T>>(source, span.clone());
            problems.extend(found);
            out.extend(
                record
                    .into_iter()
                    .flat_map(|OneEntry(records)| records)
                    .map(|record| (Place::at(source, span.clone()), record)),
            );
        }
    }
    out
}

/// A list of one entry, as its lines stand in the file.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct OneEntry<T>(Vec<T>);

/// Where each `- …` entry of a top-level list stands.
fn list_entries(source: &SourceText) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        if line.starts_with("- ") || line.trim_end() == "-" {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.is_empty() && !source.text.trim().is_empty() {
        // Not a list: read as one entry, so that the fault is told.
        starts.push(0);
    }
    let ends = starts.iter().skip(1).copied().chain([source.text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn body(record: BodyRecord, place: Place, problems: &mut Vec<Diagnostic>) -> Option<Body> {
    let BodyRecord {
        id,
        namn,
        förkortning,
        tidigare_namn,
        alias,
        nivå,
        huvudman,
        län,
        beskrivning,
        överordnat,
        styrs_av,
        uppdrag_från,
        bereder_för,
        rapporterar_till,
        ingår,
        bildat,
        upphört,
        under_bildande,
        källa,
        synlighet,
    } = record;
    let tiers = Tier::ALL.map(|(tier, key, _)| (key, tier));
    let principals = Principal::ALL.map(|(principal, key, _)| (key, principal));
    let ids = |list: OneOrMany<String>| list.0.into_iter().map(BodyId::new).collect();
    Some(Body {
        id: BodyId::new(id),
        name: namn,
        abbreviation: förkortning,
        former_names: tidigare_namn
            .into_iter()
            .map(|FormerNameRecord { namn, till, källa }| FormerName {
                name: namn,
                until: till.and_then(|till| partial("till", &till, &place, problems)),
                source: källa.map(reference),
            })
            .collect(),
        aliases: alias,
        tier: choice("nivå", &nivå, &tiers, &place, problems)?,
        principal: match huvudman {
            Some(word) => choice("huvudman", &word, &principals, &place, problems),
            None => None,
        },
        county: län,
        description: beskrivning,
        above: ids(överordnat),
        steered_by: ids(styrs_av),
        assignment_from: ids(uppdrag_från),
        prepares_for: ids(bereder_för),
        reports_to: ids(rapporterar_till),
        members: ingår.into_iter().filter_map(|member| self::member(member, &place, problems)).collect(),
        founded: bildat.and_then(|date| partial("bildat", &date, &place, problems)),
        dissolved: upphört.and_then(|date| partial("upphört", &date, &place, problems)),
        forming: if under_bildande { Forming::Forming } else { Forming::Formed },
        source: källa.map(reference),
        visibility: visibility(synlighet),
        place,
    })
}

fn member(record: MemberRecord, place: &Place, problems: &mut Vec<Diagnostic>) -> Option<Member> {
    match record {
        MemberRecord { organ: Some(id), funktion: None } => Some(Member::Body(BodyId::new(id))),
        MemberRecord { organ: None, funktion: Some(text) } => Some(Member::Function(text)),
        _ => {
            problems.push(
                Diagnostic::error("ingår", place.of("ingår", ""), "en medlem är antingen `organ` eller `funktion`")
                    .hint("skriv `- {organ: id}` eller `- {funktion: text}`"),
            );
            None
        }
    }
}

fn topic(record: TopicRecord, place: Place) -> Topic {
    let TopicRecord { id, namn, beskrivning, överordnat, synonymer, äldre_termer, gömda_former, synlighet } = record;
    Topic {
        id: TopicId::new(id),
        name: namn,
        description: beskrivning,
        broader: överordnat.map(TopicId::new),
        synonyms: synonymer,
        older_terms: äldre_termer
            .into_iter()
            .map(|OlderTermRecord { term, till, not }| OlderTerm { term, until: till.map(|till| till.0), note: not })
            .collect(),
        hidden_forms: gömda_former,
        visibility: visibility(synlighet),
        place,
    }
}

fn term(record: TermRecord, place: Place, problems: &mut Vec<Diagnostic>) -> Option<Term> {
    let TermRecord { kort, lång, förklaring, organ, ämne, synlighet } = record;
    if kort.is_none() && lång.is_none() {
        problems.push(Diagnostic::error("begrepp", place, "ett begrepp behöver `kort` eller `lång`"));
        return None;
    }
    Some(Term {
        short: kort,
        long: lång,
        explanation: förklaring,
        body: organ.map(BodyId::new),
        topic: ämne.map(TopicId::new),
        visibility: visibility(synlighet),
        place,
    })
}

fn act(record: ActRecord, place: Place, problems: &mut Vec<Diagnostic>) -> Act {
    let ActRecord { kort, namn, sfs, ersatt_av, ersatt_från } = record;
    Act {
        short: kort,
        name: namn,
        sfs: sfs.0,
        repealed_by: ersatt_av.map(|act| act.0),
        repealed_from: ersatt_från.and_then(|from| date("ersatt_från", &from, &place, problems)),
        place,
    }
}

/// Registers say what is true of the world: an entry is public unless it says otherwise.
fn visibility(word: Option<VisibilityWord>) -> Visibility {
    word.map_or(Visibility::Public, VisibilityWord::visibility)
}
