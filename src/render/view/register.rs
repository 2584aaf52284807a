//! Pages made from registers and lists: start, sections, bodies, topics, decisions, what is owed.

use super::{
    Count, PageRef, PartyView, Ref, body_ref, obligation, page_ref, pagination, party, source_ref, taken, value,
};
use crate::model::{
    Applies, Body, BodyId, Document, Due, Formality, Forming, Kind, Member, Party, Portal, RegisterPage, Section,
    TopicId, collation_key, status,
};
use crate::render::diagram;
use crate::render::html::Markup;
use crate::render::routes::{Choice, Listings, per_page};
use minijinja::Value;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The values of one template, by name.
pub type Values = BTreeMap<&'static str, Value>;

#[derive(Serialize)]
struct SectionView {
    title: String,
    url: String,
    description: Option<String>,
    #[serde(serialize_with = "super::meeting::safe")]
    content: String,
}

/// How many documents and decisions a page shows before its own lists begin.
const LATEST: usize = 10;

/// The start page.
pub fn start_context(portal: &Portal, root: &str) -> Values {
    let text = portal.sections.get("").and_then(|section| section.text.as_ref());
    let latest_meeting = portal
        .links
        .by_date
        .iter()
        .map(|&at| portal.at(at))
        .find(|document| matches!(document.kind, Kind::Meeting(_)) && !document.decisions().is_empty());
    let structure = portal.has(RegisterPage::Structure).then(|| diagram::overview(portal, root)).flatten();
    BTreeMap::from([
        ("content", safe(text.map(|text| Markup::new(text, portal, root).html()))),
        ("agreements", value(agreements_in_force(portal))),
        ("latest_meeting", latest_meeting.map_or(Value::from(()), |document| latest(portal, document))),
        ("upcoming", value(upcoming(portal))),
        ("structure", structure.map_or(Value::from(()), Value::from_safe_string)),
        ("latest", value(latest_documents(portal))),
        ("topics", value(topic_counts(portal).into_iter().filter(|topic| topic.count > 0).collect::<Vec<_>>())),
    ])
}

fn safe(html: Option<String>) -> Value {
    Value::from_safe_string(html.unwrap_or_default())
}

fn latest(portal: &Portal, document: &Document) -> Value {
    let decided = document.decisions().iter().filter(|decision| decision.formality == Formality::Substantive);
    Value::from_pairs([
        ("page", value(page_ref(portal, document))),
        ("decisions", value(decided.map(|decision| taken(portal, document, decision)).collect::<Vec<_>>())),
    ])
}

fn upcoming(portal: &Portal) -> Vec<super::ObligationView> {
    let views = portal.links.obligations.iter().filter_map(|held| obligation(portal, held));
    views.filter(|view| view.overdue || view.soon).take(LATEST).collect()
}

fn latest_documents(portal: &Portal) -> Vec<PageRef> {
    let dated = portal.links.by_date.iter().map(|&at| portal.at(at));
    let documents = dated.filter(|document| document.date.is_some() && !matches!(document.kind, Kind::Page(_)));
    documents.take(LATEST).map(|document| page_ref(portal, document)).collect()
}

fn agreements(portal: &Portal) -> Vec<(&Document, Applies)> {
    let mut held: Vec<_> = portal
        .documents
        .iter()
        .filter_map(|document| match &document.kind {
            Kind::Agreement(agreement) => {
                let (status, _) = status(&agreement.events, portal.today, portal.site.ends_soon_days);
                Some((&**document, agreement.form, status.applies()))
            }
            _ => None,
        })
        .collect();
    // RÖK first, then by name as a register has them.
    held.sort_by_cached_key(|(document, form, applies)| {
        (*applies, form.map_or(9, |form| form as u8), collation_key(&document.title))
    });
    held.into_iter().map(|(document, _, applies)| (document, applies)).collect()
}

/// Agreements that apply or may apply. One whose validity nobody has told waits in the register.
fn agreements_in_force(portal: &Portal) -> Vec<PageRef> {
    let held = agreements(portal).into_iter().filter(|(_, applies)| *applies == Applies::Yes);
    held.map(|(document, _)| page_ref(portal, document)).collect()
}

/// A section's own page: its words, its subsections, its documents.
pub fn section_context(portal: &Portal, section: &Section, number: usize, root: &str) -> Values {
    let held = portal.links.by_section.get(&section.path).map_or(&[][..], Vec::as_slice);
    let per_page = section.per_page.unwrap_or(portal.site.per_page).max(1);
    let mut values = section_values(portal, Some(section), &section.title, &section.url(), root);
    values.insert("subsections", value(subsections(portal, section)));
    values.insert("pages", value(page_refs(portal, slice(held, number, per_page))));
    values.insert("pagination", value(pagination(&section.path, number, held.len(), per_page)));
    values
}

fn subsections(portal: &Portal, section: &Section) -> Vec<SectionView> {
    let mut below: Vec<&Section> = portal
        .sections
        .values()
        .filter(|other| other.path.rsplit_once('/').is_some_and(|(parent, _)| parent == section.path))
        .collect();
    below.sort_by_cached_key(|section| (section.weight, collation_key(&section.title)));
    let views = below.into_iter().map(|section| SectionView {
        title: section.title.clone(),
        url: section.url(),
        description: section.description.clone(),
        content: String::new(),
    });
    views.collect()
}

fn slice<T>(held: &[T], number: usize, per_page: usize) -> &[T] {
    let start = (number.saturating_sub(1) * per_page).min(held.len());
    &held[start..(start + per_page).min(held.len())]
}

fn page_refs(portal: &Portal, held: &[usize]) -> Vec<PageRef> {
    held.iter().map(|&at| page_ref(portal, portal.at(at))).collect()
}

/// `section`: the words that a section of the same path gives a register, or the register's own title.
fn section_values(portal: &Portal, section: Option<&Section>, title: &str, url: &str, root: &str) -> Values {
    let text = section.and_then(|section| section.text.as_ref());
    let view = SectionView {
        title: title.to_owned(),
        url: url.to_owned(),
        description: section.and_then(|section| section.description.clone()),
        content: text.map(|text| Markup::new(text, portal, root).html()).unwrap_or_default(),
    };
    BTreeMap::from([("section", value(view))])
}

/// A register page, or the part of it that `choice` picks.
pub fn context(
    portal: &Portal,
    listings: &Listings,
    page: RegisterPage,
    choice: &Choice,
    number: usize,
    root: &str,
) -> Values {
    let section = portal.sections.get(page.path());
    let title = section.map_or(page.title(), |section| section.title.as_str());
    let mut values = section_values(portal, section, title, page.url().as_str(), root);
    match page {
        RegisterPage::Meetings => listed(portal, &listings.meetings, page, choice, number, &mut values),
        RegisterPage::Assignments => listed(portal, &listings.assignments, page, choice, number, &mut values),
        RegisterPage::Decisions => decisions(portal, listings, choice, number, &mut values),
        RegisterPage::Agreements => drop(values.insert("groups", value(agreement_groups(portal)))),
        RegisterPage::Structure => {
            values.insert("diagram", diagram::structure(portal, root).map_or(Value::from(()), Value::from_safe_string));
            values.insert("tiers", value(tiers(portal)));
        }
        RegisterPage::Bodies => drop(values.insert("tiers", value(tiers(portal)))),
        RegisterPage::Topics => drop(values.insert("topics", value(topics(portal)))),
        RegisterPage::Glossary => glossary(portal, &mut values),
        RegisterPage::FollowUp => follow_up(portal, &mut values),
    }
    values
}

fn listed(
    portal: &Portal,
    register: &BTreeMap<Choice, Vec<usize>>,
    page: RegisterPage,
    choice: &Choice,
    number: usize,
    values: &mut Values,
) {
    let held = register.get(choice).map_or(&[][..], Vec::as_slice);
    let size = per_page(portal, page);
    values.insert("pages", value(page_refs(portal, slice(held, number, size))));
    values.insert("pagination", value(pagination(&choice.path(page.path()), number, held.len(), size)));
    let counts = register.iter().map(|(choice, held)| (choice.clone(), held.len()));
    filters(portal, page, counts.collect(), choice, values);
}

fn decisions(portal: &Portal, listings: &Listings, choice: &Choice, number: usize, values: &mut Values) {
    let page = RegisterPage::Decisions;
    let held = listings.decisions.get(choice).map_or(&[][..], Vec::as_slice);
    let size = per_page(portal, page);
    let shown = slice(held, number, size).iter().map(|&(document, clause)| {
        let document = portal.at(document);
        taken(portal, document, &document.decisions()[clause])
    });
    values.insert("decisions", value(shown.collect::<Vec<_>>()));
    values.insert("pagination", value(pagination(&choice.path(page.path()), number, held.len(), size)));
    let counts = listings.decisions.iter().map(|(choice, held)| (choice.clone(), held.len()));
    filters(portal, page, counts.collect(), choice, values);
}

/// The other parts of the register, as links with counts, and which one this is.
fn filters(portal: &Portal, page: RegisterPage, counts: Vec<(Choice, usize)>, chosen: &Choice, values: &mut Values) {
    let (mut years, mut bodies, mut topics) = (Vec::new(), Vec::new(), Vec::new());
    let mut selection = None;
    for (choice, count) in counts {
        let url = format!("{}.html", choice.path(page.path()));
        let (title, list) = match &choice {
            Choice::All => continue,
            Choice::Year(year) => (year.to_string(), &mut years),
            Choice::Body(id) => (portal.registers.body_name(id).to_owned(), &mut bodies),
            Choice::Topic(id) => (portal.registers.topic_name(id).to_owned(), &mut topics),
        };
        if choice == *chosen {
            selection = Some(title.clone());
        }
        list.push(Count { title, url, count });
    }
    years.reverse();
    bodies.sort_by_cached_key(|count| collation_key(&count.title));
    topics.sort_by_cached_key(|count| collation_key(&count.title));
    let years = years.into_iter().map(|Count { title, url, count }| {
        Value::from_pairs([("year", Value::from(title)), ("url", Value::from(url)), ("count", Value::from(count))])
    });
    values.insert("years", Value::from(years.collect::<Vec<_>>()));
    values.insert("bodies", value(bodies));
    values.insert("topics", value(topics));
    values.insert("selection", Value::from(selection));
}

#[derive(Serialize)]
struct AgreementGroup {
    title: &'static str,
    pages: Vec<PageRef>,
}

fn agreement_groups(portal: &Portal) -> Vec<AgreementGroup> {
    let mut groups: BTreeMap<u8, AgreementGroup> = BTreeMap::new();
    for (document, applies) in agreements(portal) {
        let page = page_ref(portal, document);
        let planned = page.status.as_ref().is_some_and(|status| status.key == "inte-an");
        let (order, title) = match applies {
            Applies::Yes => (0, "Gäller"),
            Applies::Perhaps => (1, "Giltigheten behöver kontrolleras"),
            Applies::No if planned => (2, "Gäller inte än"),
            Applies::No => (3, "Gäller inte längre"),
        };
        groups.entry(order).or_insert(AgreementGroup { title, pages: Vec::new() }).pages.push(page);
    }
    groups.into_values().collect()
}

#[derive(Serialize)]
struct TierView {
    title: &'static str,
    bodies: Vec<BodyEntry>,
}

#[derive(Serialize)]
struct BodyEntry {
    title: String,
    url: Option<String>,
    abbreviation: Option<String>,
    principal: Option<PrincipalView>,
    county: Option<String>,
    count: usize,
    relations: Vec<BodyRelation>,
}

#[derive(Serialize)]
struct PrincipalView {
    key: &'static str,
    label: &'static str,
    mark: &'static str,
}

#[derive(Serialize)]
struct BodyRelation {
    label: &'static str,
    bodies: Vec<Ref>,
}

fn principal(body: &Body) -> Option<PrincipalView> {
    body.principal.map(|held| PrincipalView { key: held.key(), label: held.label(), mark: held.mark() })
}

fn tiers(portal: &Portal) -> Vec<TierView> {
    let mut out = Vec::new();
    for (tier, _, title) in crate::model::Tier::ALL {
        let bodies = portal.registers.bodies.iter().filter(|body| body.tier == tier);
        let bodies: Vec<_> = bodies.map(|body| body_entry(portal, body)).collect();
        if !bodies.is_empty() {
            out.push(TierView { title, bodies });
        }
    }
    out
}

fn body_entry(portal: &Portal, body: &Body) -> BodyEntry {
    let Ref { title, url } = body_ref(portal, &body.id);
    BodyEntry {
        title,
        url,
        abbreviation: body.abbreviation.clone(),
        principal: principal(body),
        county: foreign_county(portal, body),
        count: portal.links.by_body.get(&body.id).map_or(0, Vec::len),
        relations: body_relations(portal, body),
    }
}

fn foreign_county(portal: &Portal, body: &Body) -> Option<String> {
    body.county.clone().filter(|county| portal.site.county.as_ref() != Some(county))
}

/// The body's relations in both directions.
fn body_relations(portal: &Portal, body: &Body) -> Vec<BodyRelation> {
    type Targets = fn(&Body) -> &[BodyId];
    const RELATIONS: [(&str, &str, Targets); 5] = [
        ("Överordnat organ", "Underordnade organ", |body| &body.above),
        ("Styrs av", "Styr", |body| &body.steered_by),
        ("Får uppdrag från", "Ger uppdrag till", |body| &body.assignment_from),
        ("Bereder för", "Bereds av", |body| &body.prepares_for),
        ("Rapporterar till", "Får rapporter från", |body| &body.reports_to),
    ];
    let mut out = Vec::new();
    for (label, inverse, targets) in RELATIONS {
        let own = targets(body).iter().map(|id| body_ref(portal, id)).collect();
        let from = portal.registers.bodies.iter().filter(|other| targets(other).contains(&body.id));
        let from = from.map(|other| body_ref(portal, &other.id)).collect();
        for (label, bodies) in [(label, own), (inverse, from)] {
            let bodies: Vec<Ref> = bodies;
            if !bodies.is_empty() {
                out.push(BodyRelation { label, bodies });
            }
        }
    }
    let member = |other: &&Body| other.members.contains(&Member::Body(body.id.clone()));
    let bodies: Vec<_> =
        portal.registers.bodies.iter().filter(member).map(|other| body_ref(portal, &other.id)).collect();
    if !bodies.is_empty() {
        out.push(BodyRelation { label: "Ingår i", bodies });
    }
    out
}

#[derive(Serialize)]
struct BodyView<'a> {
    id: &'a str,
    name: &'a str,
    url: Option<String>,
    abbreviation: Option<&'a str>,
    former_names: Vec<FormerNameView<'a>>,
    aliases: &'a [String],
    tier: Labelled,
    principal: Option<PrincipalView>,
    county: Option<String>,
    description: Option<&'a str>,
    relations: Vec<BodyRelation>,
    members: Vec<PartyView>,
    founded_words: Option<String>,
    dissolved_words: Option<String>,
    forming: bool,
    source: Option<Ref>,
}

#[derive(Serialize)]
struct Labelled {
    key: &'static str,
    label: &'static str,
}

#[derive(Serialize)]
struct FormerNameView<'a> {
    name: &'a str,
    until_words: Option<String>,
    source: Option<Ref>,
}

/// A body's page; `None` when the register lacks it.
pub fn body_context(portal: &Portal, id: &BodyId, number: usize, root: &str) -> Option<Values> {
    let body = portal.registers.bodies.get(id.as_str())?;
    let held = portal.links.by_body.get(id).map_or(&[][..], Vec::as_slice);
    let per_page = portal.site.per_page;
    let path = format!("{}/{id}", RegisterPage::Bodies.path());
    let mut values = BTreeMap::from([
        ("body", value(body_view(portal, body))),
        ("diagram", diagram::around(portal, body, root).map_or(Value::from(()), Value::from_safe_string)),
        ("pages", value(page_refs(portal, slice(held, number, per_page)))),
        ("pagination", value(pagination(&path, number, held.len(), per_page))),
    ]);
    let documents = || held.iter().map(|&at| portal.at(at));
    let meetings = documents().filter(|document| matches!(document.kind, Kind::Meeting(_))).take(LATEST);
    values.insert("meetings", value(meetings.map(|document| page_ref(portal, document)).collect::<Vec<_>>()));
    values.insert("decisions", value(decided(portal, documents())));
    let roles = portal.links.roles_of.get(id).into_iter().flatten().map(|(at, role)| {
        Value::from_pairs([
            ("role", Value::from(super::capitalised(role))),
            ("page", value(page_ref(portal, portal.at(*at)))),
        ])
    });
    values.insert("roles", Value::from(roles.collect::<Vec<_>>()));
    let own = |party: &Party| *party == Party::Body(id.clone());
    let obligations = portal.links.obligations.iter().filter(|held| held.who.iter().any(own));
    values.insert("obligations", value(obligations.filter_map(|held| obligation(portal, held)).collect::<Vec<_>>()));
    Some(values)
}

/// The latest decisions that are more than formalities.
fn decided<'a>(
    portal: &Portal,
    documents: impl Iterator<Item = &'a std::sync::Arc<Document>>,
) -> Vec<super::DecisionView> {
    let decisions =
        documents.flat_map(|document| document.decisions().iter().map(move |decision| (document, decision)));
    let substantive = decisions.filter(|(_, decision)| decision.formality == Formality::Substantive);
    substantive.take(LATEST).map(|(document, decision)| taken(portal, document, decision)).collect()
}

fn body_view<'a>(portal: &Portal, body: &'a Body) -> BodyView<'a> {
    let source = |source: &String| source_ref(portal, source);
    BodyView {
        id: body.id.as_str(),
        name: &body.name,
        url: portal.body_url(&body.id).map(|url| url.to_string()),
        abbreviation: body.abbreviation.as_deref(),
        former_names: body
            .former_names
            .iter()
            .map(|former| FormerNameView {
                name: &former.name,
                until_words: former.until.map(|until| until.swedish()),
                source: former.source.as_ref().map(source),
            })
            .collect(),
        aliases: &body.aliases,
        tier: Labelled { key: body.tier.key(), label: body.tier.label() },
        principal: principal(body),
        county: foreign_county(portal, body),
        description: body.description.as_deref(),
        relations: body_relations(portal, body),
        members: body
            .members
            .iter()
            .map(|member| match member {
                Member::Body(id) => party(portal, &Party::Body(id.clone())),
                Member::Function(name) => PartyView { name: name.clone(), url: None },
            })
            .collect(),
        founded_words: body.founded.map(|date| date.swedish()),
        dissolved_words: body.dissolved.map(|date| date.swedish()),
        forming: body.forming == Forming::Forming,
        source: body.source.as_ref().map(source),
    }
}

/// Bodies with their number of documents, in Swedish order.
pub fn body_counts(portal: &Portal) -> Vec<Count> {
    let bodies = portal.registers.bodies.iter().filter_map(|body| {
        let count = portal.links.by_body.get(&body.id).map_or(0, Vec::len);
        Some(Count { title: body.name.clone(), url: portal.body_url(&body.id)?.to_string(), count })
    });
    let mut out: Vec<_> = bodies.collect();
    out.sort_by_cached_key(|count| collation_key(&count.title));
    out
}

/// Topics with their number of documents, in Swedish order.
pub fn topic_counts(portal: &Portal) -> Vec<Count> {
    let topics = portal.registers.topics.iter().filter_map(|topic| {
        let count = portal.links.by_topic.get(&topic.id).map_or(0, Vec::len);
        Some(Count { title: topic.name.clone(), url: portal.topic_url(&topic.id)?.to_string(), count })
    });
    let mut out: Vec<_> = topics.collect();
    out.sort_by_cached_key(|count| collation_key(&count.title));
    out
}

#[derive(Serialize)]
struct TopicEntry<'a> {
    title: &'a str,
    url: String,
    count: usize,
    description: Option<&'a str>,
    broader: Option<Ref>,
}

fn topic_ref(portal: &Portal, id: &TopicId) -> Ref {
    Ref { title: portal.registers.topic_name(id).to_owned(), url: portal.topic_url(id).map(|url| url.to_string()) }
}

fn topics(portal: &Portal) -> Vec<TopicEntry<'_>> {
    let entries = portal.registers.topics.iter().map(|topic| TopicEntry {
        title: &topic.name,
        url: topic.url().to_string(),
        count: portal.links.by_topic.get(&topic.id).map_or(0, Vec::len),
        description: topic.description.as_deref(),
        broader: topic.broader.as_ref().map(|id| topic_ref(portal, id)),
    });
    let mut out: Vec<_> = entries.collect();
    out.sort_by_cached_key(|topic| collation_key(topic.title));
    out
}

/// A topic's page; `None` when the register lacks it.
pub fn topic_context(portal: &Portal, id: &TopicId, number: usize) -> Option<Values> {
    let topic = portal.registers.topics.get(id.as_str())?;
    let held = portal.links.by_topic.get(id).map_or(&[][..], Vec::as_slice);
    let per_page = portal.site.per_page;
    let path = format!("{}/{id}", RegisterPage::Topics.path());
    let documents = || held.iter().map(|&at| portal.at(at));
    let agreements = documents().filter(|document| matches!(document.kind, Kind::Agreement(_)));
    let on_topic = |document: &Document, decision: &crate::model::Decision| document.topics_of(decision).contains(id);
    let decisions = documents()
        .flat_map(|document| document.decisions().iter().map(move |decision| (document, decision)))
        .filter(|(document, decision)| decision.formality == Formality::Substantive && on_topic(document, decision))
        .take(LATEST);
    let narrower = portal.registers.topics.iter().filter(|other| other.broader.as_ref() == Some(id));
    let older = topic.older_terms.iter().map(|older| {
        Value::from_pairs([
            ("term", Value::from(older.term.as_str())),
            ("until", Value::from(older.until.clone())),
            ("note", Value::from(older.note.clone())),
        ])
    });
    let view = Value::from_pairs([
        ("id", Value::from(id.as_str())),
        ("name", Value::from(topic.name.as_str())),
        ("url", Value::from(topic.url().as_str())),
        ("description", Value::from(topic.description.clone())),
        ("synonyms", value(&topic.synonyms)),
        ("older_terms", Value::from(older.collect::<Vec<_>>())),
        ("broader", value(topic.broader.as_ref().map(|id| topic_ref(portal, id)))),
        ("narrower", value(narrower.map(|other| topic_ref(portal, &other.id)).collect::<Vec<_>>())),
    ]);
    Some(BTreeMap::from([
        ("topic", view),
        ("agreements", value(agreements.map(|document| page_ref(portal, document)).collect::<Vec<_>>())),
        (
            "decisions",
            value(decisions.map(|(document, decision)| taken(portal, document, decision)).collect::<Vec<_>>()),
        ),
        ("pages", value(page_refs(portal, slice(held, number, per_page)))),
        ("pagination", value(pagination(&path, number, held.len(), per_page))),
    ]))
}

#[derive(Serialize)]
struct TermView<'a> {
    anchor: String,
    short: Option<&'a str>,
    long: Option<&'a str>,
    explanation: Option<&'a str>,
    body: Option<Ref>,
    topic: Option<Ref>,
}

#[derive(Serialize)]
struct ActView<'a> {
    anchor: String,
    short: Option<&'a str>,
    name: &'a str,
    sfs: &'a str,
    note: Option<String>,
}

fn glossary(portal: &Portal, values: &mut Values) {
    let mut terms: Vec<_> = portal.registers.terms.iter().collect();
    terms.sort_by_cached_key(|term| collation_key(term.headword()));
    let terms = terms.into_iter().map(|term| TermView {
        anchor: term.anchor(),
        short: term.short.as_deref(),
        long: term.long.as_deref(),
        explanation: term.explanation.as_deref(),
        body: term.body.as_ref().map(|id| body_ref(portal, id)),
        topic: term.topic.as_ref().map(|id| topic_ref(portal, id)),
    });
    let mut acts: Vec<_> = portal.registers.acts.iter().collect();
    acts.sort_by_cached_key(|act| (collation_key(&act.name), Reverse(act.sfs.clone())));
    let acts = acts.into_iter().map(|act| ActView {
        anchor: act.anchor(),
        short: act.short.as_deref(),
        name: &act.name,
        sfs: &act.sfs,
        note: act.repealed_by.as_ref().map(|by| match act.repealed_from {
            Some(from) => format!("Upphävd {}, ersatt av {by}", crate::model::swedish_date(from)),
            None => format!("Ersatt av {by}"),
        }),
    });
    values.insert("terms", value(terms.collect::<Vec<_>>()));
    values.insert("acts", value(acts.collect::<Vec<_>>()));
}

fn follow_up(portal: &Portal, values: &mut Values) {
    let mut groups: BTreeMap<&'static str, Vec<super::ObligationView>> = BTreeMap::new();
    let mut owed: BTreeMap<BodyId, usize> = BTreeMap::new();
    for held in &portal.links.obligations {
        let Some(view) = obligation(portal, held) else { continue };
        for who in &held.who {
            if let Party::Body(id) = who {
                *owed.entry(id.clone()).or_default() += 1;
            }
        }
        let group = match held.due {
            _ if view.overdue => "overdue",
            Due::On(_) => "dated",
            Due::Recurring(..) => "recurring",
            Due::Open => "open",
        };
        groups.entry(group).or_default().push(view);
    }
    for name in ["overdue", "dated", "recurring", "open"] {
        values.insert(name, value(groups.remove(name).unwrap_or_default()));
    }
    let bodies = owed.into_iter().filter_map(|(id, count)| {
        let Ref { title, url } = body_ref(portal, &id);
        Some(Count { title, url: url?, count })
    });
    values.insert("bodies", value(bodies.collect::<Vec<_>>()));
}

#[derive(Serialize)]
struct StatementView<'a> {
    actor: &'a str,
    service: &'a str,
    level: &'a str,
    deficiencies: Vec<DeficiencyView<'a>>,
    assessed_words: String,
    updated_words: String,
    method: &'a str,
    contact: &'a str,
    supervision: &'a str,
    disproportionate_burden: Option<&'a str>,
    exemptions: Option<&'a str>,
}

#[derive(Serialize)]
struct DeficiencyView<'a> {
    what: &'a str,
    why: Option<&'a str>,
    alternative: Option<&'a str>,
}

/// The accessibility statement's items.
pub fn statement_context(portal: &Portal) -> Values {
    let statement = portal.site.accessibility.as_ref().map(|held| StatementView {
        actor: &held.actor,
        service: &held.service,
        level: &held.level,
        deficiencies: held
            .deficiencies
            .iter()
            .map(|deficiency| DeficiencyView {
                what: &deficiency.what,
                why: deficiency.why.as_deref(),
                alternative: deficiency.alternative.as_deref(),
            })
            .collect(),
        assessed_words: crate::model::swedish_date(held.assessed),
        updated_words: crate::model::swedish_date(held.updated),
        method: &held.method,
        contact: &held.contact,
        supervision: &held.supervision,
        disproportionate_burden: held.disproportionate_burden.as_deref(),
        exemptions: held.exemptions.as_deref(),
    });
    BTreeMap::from([("statement", value(statement))])
}
