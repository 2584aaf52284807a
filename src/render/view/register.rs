//! Lists: sections, the registers and their parts, what is owed.

use super::decision::reported;
use super::site::PortalObject;
use super::{Count, PageRef, Ref, page_ref, pagination, taken, value};
use crate::model::{Applies, Choice, Clause, Document, Kind, Portal, RegisterPage, Section, StatusKind, collation_key};
use crate::render::html::Markup;
use crate::render::routes::{counts, part_path, per_page};
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many documents and decisions a page shows before its own lists begin.
pub const LATEST: usize = 10;

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

/// Page `number` of `held`.
pub fn slice<T>(held: &[T], number: usize, per_page: usize) -> &[T] {
    let start = (number.saturating_sub(1) * per_page).min(held.len());
    &held[start..(start + per_page).min(held.len())]
}

pub fn page_refs(portal: &Portal, held: &[usize]) -> Vec<PageRef> {
    held.iter().map(|&at| page_ref(portal, portal.at(at))).collect()
}

/// `section`: the words that a section of the same path gives a register, or the register's own title.
pub fn section_values(portal: &Portal, section: Option<&Section>, title: &str, url: &str, root: &str) -> Values {
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
pub fn context(object: &PortalObject, page: RegisterPage, choice: &Choice, number: usize, root: &str) -> Values {
    let portal = &*object.portal;
    let section = portal.sections.get(page.path());
    let title = section.map_or(page.title(), |section| section.title.as_str());
    let mut values = section_values(portal, section, title, page.url().as_str(), root);
    match page {
        RegisterPage::Meetings | RegisterPage::Assignments => listed(portal, page, choice, number, &mut values),
        RegisterPage::Decisions => decisions(portal, choice, number, &mut values),
        RegisterPage::Agreements => agreement_groups(object, number, &mut values),
        RegisterPage::Structure => super::structure::add(portal, portal.today, root, &mut values),
        RegisterPage::Bodies => drop(values.insert("tiers", value(super::body::tiers(portal)))),
        RegisterPage::Topics => drop(values.insert("topics", value(super::topic::topics(portal)))),
        RegisterPage::Glossary => super::glossary::add(portal, &mut values),
        RegisterPage::FollowUp => super::follow_up::add(object, choice, number, &mut values),
        RegisterPage::OpenData => super::open_data::add(portal, &mut values),
    }
    values
}

fn listed(portal: &Portal, page: RegisterPage, choice: &Choice, number: usize, values: &mut Values) {
    let held = portal.links.listed.get(&page).and_then(|lists| lists.get(choice)).map_or(&[][..], Vec::as_slice);
    let size = per_page(portal, page);
    values.insert("pages", value(page_refs(portal, slice(held, number, size))));
    values.insert("pagination", value(pagination(&part_path(page, choice), number, held.len(), size)));
    filters(portal, page, choice, values);
}

fn decisions(portal: &Portal, choice: &Choice, number: usize, values: &mut Values) {
    let page = RegisterPage::Decisions;
    let held = portal.links.decisions.get(choice).map_or(&[][..], |held| held.as_slice());
    let size = per_page(portal, page);
    let shown = slice(held, number, size).iter().map(|&(document, clause)| {
        let document = portal.at(document);
        match clause {
            Clause::Taken(at) => taken(portal, document, &document.decisions()[at]),
            Clause::Reported(at) => reported(portal, document, &document.reported()[at]),
        }
    });
    values.insert("decisions", value(shown.collect::<Vec<_>>()));
    values.insert("pagination", value(pagination(&part_path(page, choice), number, held.len(), size)));
    filters(portal, page, choice, values);
}

/// The other parts of the register, as links with counts, and which one this is.
fn filters(portal: &Portal, page: RegisterPage, chosen: &Choice, values: &mut Values) {
    let (mut years, mut bodies, mut topics, mut sorts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut selection = None;
    for (choice, count) in counts(portal, page).unwrap_or_default() {
        let url = format!("{}.html", part_path(page, &choice));
        let (title, list) = match &choice {
            Choice::All => continue,
            Choice::Year(year) => (year.to_string(), &mut years),
            Choice::Body(id) => (portal.registers.body_name(id).to_owned(), &mut bodies),
            Choice::Topic(id) => (portal.registers.topic_name(id).to_owned(), &mut topics),
            Choice::Sort(kind) => (kind.label().to_owned(), &mut sorts),
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
    values.insert("sorts", value(sorts));
    values.insert("selection", Value::from(selection));
}

/// Every agreement with whether it applies, RÖK first, then by name as a register has them.
pub fn agreements(portal: &Portal) -> Vec<(&Document, Applies)> {
    let mut held: Vec<_> = portal
        .documents
        .iter()
        .filter_map(|document| match &document.kind {
            Kind::Agreement(agreement) => {
                let (status, _) = portal.status(agreement);
                Some((&**document, agreement.form, status.applies()))
            }
            _ => None,
        })
        .collect();
    held.sort_by_cached_key(|(document, form, applies)| {
        (*applies, form.map_or(9, |form| form as u8), collation_key(&document.title))
    });
    held.into_iter().map(|(document, _, applies)| (document, applies)).collect()
}

#[derive(Serialize)]
struct AgreementGroup {
    /// For the browser, which moves a row when it tells of another day.
    key: &'static str,
    title: &'static str,
    rows: Vec<AgreementRow>,
}

#[derive(Serialize)]
struct AgreementRow {
    page: PageRef,
    /// Its place among all, by form and name.
    order: usize,
    builds_on: Option<Ref>,
}

/// An agreement in the register: its group, its place among all by form and name, and where the portal holds it.
#[derive(Clone, Copy, Debug)]
pub struct Entered {
    group: usize,
    order: usize,
    document: usize,
}

/// Group by group: what applies comes on the first page.
pub fn entered(portal: &Portal) -> Vec<Entered> {
    let held = portal.documents.iter().enumerate().filter_map(|(at, document)| match &document.kind {
        Kind::Agreement(agreement) => Some((at, document, agreement)),
        _ => None,
    });
    let mut held: Vec<_> = held.collect();
    held.sort_by_cached_key(|(_, document, agreement)| {
        (agreement.form.map_or(9, |form| form as u8), collation_key(&document.title))
    });
    let entered = held.into_iter().enumerate().map(|(order, (document, _, agreement))| {
        let (status, _) = portal.status(agreement);
        let group = match status.applies() {
            Applies::Yes => 0,
            Applies::Perhaps => 1,
            Applies::No if matches!(status.kind, StatusKind::NotYet(_)) => 2,
            Applies::No => 3,
        };
        Entered { group, order, document }
    });
    let mut entered: Vec<_> = entered.collect();
    entered.sort_by_key(|entered| (entered.group, entered.order));
    entered
}

/// Every group, also one that is empty on the portal's day: the browser moves rows there.
fn agreement_groups(object: &PortalObject, number: usize, values: &mut Values) {
    let portal = &*object.portal;
    let mut groups = [
        ("ja", "Gäller"),
        ("kanske", "Giltigheten behöver kontrolleras"),
        ("inte-an", "Gäller inte än"),
        ("nej", "Gäller inte längre"),
    ]
    .map(|(key, title)| AgreementGroup { key, title, rows: Vec::new() });
    let page = RegisterPage::Agreements;
    let (held, size) = (object.agreements(), per_page(portal, page));
    for &Entered { group, order, document } in slice(held, number, size) {
        let document = portal.at(document);
        let Kind::Agreement(agreement) = &document.kind else { continue };
        let below = agreement.builds_on.as_ref().and_then(|id| portal.document(id.as_str()));
        let builds_on = below.map(|document| super::document_ref(document));
        groups[group].rows.push(AgreementRow { page: page_ref(portal, document), order, builds_on });
    }
    values.insert("groups", value(groups));
    values.insert("pagination", value(pagination(page.path(), number, held.len(), size)));
}
