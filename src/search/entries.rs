//! Register entries and register pages as sheets, and the words that the registers know to mean the same.

use super::concepts::Concepts;
use super::facts;
use super::plain;
use super::sheet::Source;
use super::spec::SPEC;
use super::unit::{Class, Sheet, Standing, Tone, Unit, UnitKind};
use crate::model::{Act, Body, Portal, RegisterPage, Term, Topic};
use std::cmp::Reverse;

/// Everything but the documents, undated.
pub fn sources(portal: &Portal) -> impl Iterator<Item = (Standing, Source)> {
    let registers = &portal.registers;
    let mut out: Vec<Source> = Vec::new();
    if portal.has(RegisterPage::Glossary) {
        out.extend((0..registers.terms.len()).map(Source::Term));
        out.extend((0..registers.acts.len()).map(Source::Act));
    }
    if portal.has(RegisterPage::Bodies) {
        out.extend((0..registers.bodies.iter().len()).map(Source::Body));
    }
    if portal.has(RegisterPage::Topics) {
        out.extend((0..registers.topics.iter().len()).map(Source::Topic));
    }
    let pages: Vec<RegisterPage> =
        RegisterPage::ALL.iter().map(|page| page.0).filter(|page| portal.has(*page)).collect();
    let is_register = |path: &str| pages.iter().any(|page| page.path() == path);
    let sections = portal.sections.keys().filter(|path| !path.is_empty() && !is_register(path));
    out.extend(sections.map(|path| Source::Section(path.clone())));
    out.extend(pages.iter().copied().map(Source::Register));
    out.into_iter().map(|source| {
        let id = format!("{source:?}");
        (Standing { class: Class::Aside, date: Reverse(None), id }, source)
    })
}

/// Forms that mean the same.
pub fn concepts(portal: &Portal) -> Concepts {
    let registers = &portal.registers;
    let topics = registers.topics.iter().map(topic_forms);
    let bodies = registers.bodies.iter().map(body_forms);
    let terms = registers.terms.iter().map(|term| term.short.iter().chain(&term.long).map(String::as_str).collect());
    let acts = registers.acts.iter().filter_map(|act| Some(vec![act.short.as_deref()?, bare_name(act)]));
    let everyday = SPEC.everyday.iter().map(|row| row.iter().map(String::as_str).collect());
    Concepts::new(topics.chain(bodies).chain(terms).chain(acts).chain(everyday))
}

/// Without its number: "hälso- och sjukvårdslagen".
fn bare_name(act: &Act) -> &str {
    act.name.split('(').next().map_or(act.name.as_str(), str::trim)
}

fn topic_forms(topic: &Topic) -> Vec<&str> {
    let Topic { name, synonyms, older_terms, hidden_forms, .. } = topic;
    let older = older_terms.iter().map(|older| older.term.as_str());
    std::iter::once(name.as_str())
        .chain(synonyms.iter().map(String::as_str))
        .chain(older)
        .chain(hidden_forms.iter().map(String::as_str))
        .collect()
}

fn body_forms(body: &Body) -> Vec<&str> {
    let former = body.former_names.iter().map(|former| former.name.as_str());
    let names = body.abbreviation.iter().chain(&body.aliases).map(String::as_str);
    std::iter::once(body.name.as_str()).chain(names).chain(former).collect()
}

/// What an entry is called: a question for just that leads to it.
pub fn names(portal: &Portal, source: &Source) -> Vec<String> {
    let registers = &portal.registers;
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match source {
        Source::Term(at) => registers.terms[*at].short.iter().chain(&registers.terms[*at].long).cloned().collect(),
        Source::Act(at) => vec![registers.acts[*at].name.clone()],
        Source::Body(at) => registers.bodies.iter().nth(*at).map(|body| owned(body_forms(body))).unwrap_or_default(),
        Source::Topic(at) => {
            registers.topics.iter().nth(*at).map(|topic| owned(topic_forms(topic))).unwrap_or_default()
        }
        Source::Register(page) => vec![page.title().to_owned()],
        Source::Section(_) | Source::Document(_) => Vec::new(),
    }
}

pub fn sheet(portal: &Portal, source: &Source) -> Sheet {
    let registers = &portal.registers;
    let made = match source {
        Source::Term(at) => Some(term(&registers.terms[*at])),
        Source::Act(at) => Some(act(&registers.acts[*at])),
        Source::Body(at) => registers.bodies.iter().nth(*at).map(|entry| body(portal, entry)),
        Source::Topic(at) => registers.topics.iter().nth(*at).map(topic),
        Source::Register(page) => Some(register(portal, *page)),
        Source::Section(path) => portal.sections.get(path).map(|section| {
            let text = section.text.as_ref().map(|text| plain::plain(text.markdown())).unwrap_or_default();
            page(path, section.url(), &section.title, text)
        }),
        Source::Document(_) => None,
    };
    made.unwrap_or_default()
}

fn glossary(anchor: String, title: String, text: String) -> Sheet {
    let page = RegisterPage::Glossary;
    Sheet {
        id: page.path().to_owned(),
        url: page.url().to_string(),
        title: page.title().to_owned(),
        units: vec![Unit {
            kind: UnitKind::Term,
            anchor: Some(anchor),
            title,
            text,
            words: String::new(),
            tone: Tone::Register,
        }],
        ..Sheet::default()
    }
}

fn term(term: &Term) -> Sheet {
    let title: Vec<&str> = term.short.iter().chain(&term.long).map(String::as_str).collect();
    glossary(term.anchor(), title.join(" – "), term.explanation.clone().unwrap_or_default())
}

fn act(act: &Act) -> Sheet {
    let title: Vec<&str> = act.short.iter().map(String::as_str).chain([act.name.as_str()]).collect();
    let repealed = act.repealed_by.as_ref().map(|by| {
        let from =
            act.repealed_from.map(|date| format!(" den {}", crate::model::swedish_date(date))).unwrap_or_default();
        format!("Upphävd{from}, ersatt av {by}.")
    });
    glossary(act.anchor(), title.join(" – "), repealed.unwrap_or_else(|| format!("SFS {}", act.sfs)))
}

fn body(portal: &Portal, body: &Body) -> Sheet {
    let names = body_forms(body).split_off(1).join(" . ");
    let county = body.county.clone().or_else(|| portal.site.county.clone());
    Sheet {
        id: format!("{}/{}", RegisterPage::Bodies.path(), body.id),
        url: body.url().to_string(),
        title: body.name.clone(),
        county,
        units: vec![Unit {
            kind: UnitKind::Body,
            anchor: None,
            title: body.name.clone(),
            text: body.description.clone().unwrap_or_default(),
            words: format!("{names} . {} . {}", body.tier.label(), facts::of_body(portal, body)),
            tone: Tone::Register,
        }],
        ..Sheet::default()
    }
}

fn topic(topic: &Topic) -> Sheet {
    Sheet {
        id: format!("{}/{}", RegisterPage::Topics.path(), topic.id),
        url: topic.url().to_string(),
        title: topic.name.clone(),
        units: vec![Unit {
            kind: UnitKind::Topic,
            anchor: None,
            title: topic.name.clone(),
            text: topic.description.clone().unwrap_or_default(),
            words: topic_forms(topic).split_off(1).join(" . "),
            tone: Tone::Register,
        }],
        ..Sheet::default()
    }
}

fn register(portal: &Portal, register: RegisterPage) -> Sheet {
    let section = portal.sections.get(register.path());
    let text = section.and_then(|section| section.description.clone()).unwrap_or_default();
    let leads = SPEC.leads.get(register.path()).cloned().unwrap_or_default();
    let mut sheet = page(register.path(), register.url().to_string(), register.title(), text);
    // It is found by what leads to it, for nothing leads to what a question does not find.
    sheet.units.iter_mut().for_each(|unit| unit.words = leads.join(" . "));
    sheet.leads = leads;
    sheet
}

fn page(id: &str, url: String, title: &str, text: String) -> Sheet {
    Sheet {
        id: id.to_owned(),
        url,
        title: title.to_owned(),
        units: vec![Unit {
            kind: UnitKind::Page,
            anchor: None,
            title: title.to_owned(),
            text,
            words: String::new(),
            tone: Tone::Register,
        }],
        ..Sheet::default()
    }
}
