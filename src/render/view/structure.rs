//! The structure page: the figure of a day, the same as a tree, and the days on which it changed.

use super::register::Values;
use super::{Ref, value};
use crate::model::{Body, BodyId, Date, Forming, Member, Portal, RegisterPage, Tier, swedish_date};
use crate::render::diagram;
use minijinja::Value;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many days of change have a page of their own, the latest ones.
const EPOCHS: usize = 40;

/// A body with those that stand under it.
#[derive(Debug, Serialize)]
struct Node {
    title: String,
    url: Option<String>,
    abbreviation: Option<String>,
    principal: Option<super::body::PrincipalView>,
    county: Option<String>,
    tier: &'static str,
    forming: bool,
    /// How it answers to the body above it in the tree.
    by: Option<&'static str>,
    /// Its other relations.
    others: Vec<Other>,
    children: Vec<Node>,
}

#[derive(Debug, Serialize)]
struct Other {
    label: &'static str,
    bodies: Vec<Ref>,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    nodes: Vec<Node>,
}

#[derive(Serialize)]
struct Epoch {
    date: String,
    date_words: String,
    url: String,
    current: bool,
}

/// Relations that place a body under another, strongest first: how the lower one words it, and its targets.
type Targets = fn(&Body) -> &[BodyId];
const UNDER: [(&str, Targets); 5] = [
    ("Underordnat", |body| &body.above),
    ("Styrs av", |body| &body.steered_by),
    ("Får uppdrag från", |body| &body.assignment_from),
    ("Bereder för", |body| &body.prepares_for),
    ("Rapporterar till", |body| &body.reports_to),
];

/// The values of the page for `day`; the build's own day has the page `struktur.html`.
pub fn add(portal: &Portal, day: Date, root: &str, values: &mut Values) {
    let figure = diagram::structure(portal, day, root);
    values.insert("diagram", figure.map_or(Value::from(()), Value::from_safe_string));
    values.insert("tree", value(tree(portal, day)));
    values.insert("epochs", value(epochs_view(portal, day)));
    values.insert("day", Value::from(day.to_string()));
    values.insert("day_words", Value::from(swedish_date(day)));
    values.insert("today", Value::from(day == portal.today));
}

/// The values of the page of another day than the build's.
pub fn context(portal: &Portal, day: Date, root: &str) -> Values {
    let page = RegisterPage::Structure;
    let section = portal.sections.get(page.path());
    let title = section.map_or(page.title(), |section| section.title.as_str());
    let mut values = super::register::section_values(portal, None, title, page.url().as_str(), root);
    add(portal, day, root, &mut values);
    values
}

/// The first days of the structure's states, oldest first; nothing when it never changed. The first stands for all
/// that was before the first change.
pub fn epochs(portal: &Portal) -> Vec<Date> {
    let changes: BTreeSet<Date> = portal.registers.bodies.iter().flat_map(Body::changes).collect();
    let first = changes.first().and_then(|day| day.yesterday().ok());
    let held: Vec<Date> = first.into_iter().chain(changes).collect();
    held[held.len().saturating_sub(EPOCHS)..].to_vec()
}

/// `struktur/den-2020-01-01`, without ending.
pub fn epoch_path(day: Date) -> String {
    format!("{}/den-{day}", RegisterPage::Structure.path())
}

fn epochs_view(portal: &Portal, day: Date) -> Vec<Epoch> {
    let held = epochs(portal);
    let of = |day: Date| held.iter().rev().find(|from| **from <= day).copied();
    let current = of(day);
    let views = held.iter().map(|&from| Epoch {
        date: from.to_string(),
        date_words: swedish_date(from),
        url: format!("{}.html", epoch_path(from)),
        current: Some(from) == current,
    });
    views.collect()
}

/// The bodies of the day under their highest ones, by tier.
fn tree(portal: &Portal, day: Date) -> Vec<Group> {
    let bodies: Vec<&Body> = portal.registers.bodies.iter().filter(|body| body.exists_on(day)).collect();
    let there: BTreeSet<&BodyId> = bodies.iter().map(|body| &body.id).collect();
    let mut under: BTreeMap<&BodyId, Vec<(&Body, &'static str)>> = BTreeMap::new();
    let mut placed: BTreeSet<&BodyId> = BTreeSet::new();
    for body in &bodies {
        let parent = UNDER.iter().find_map(|(label, targets)| {
            let over = targets(body).iter().find(|over| there.contains(over) && **over != body.id)?;
            Some((over, *label))
        });
        if let Some((over, label)) = parent {
            under.entry(over).or_default().push((body, label));
            placed.insert(&body.id);
        }
    }
    let mut forest = Forest { portal, day, there, under, done: BTreeSet::new() };
    let mut groups: Vec<Group> = Vec::new();
    // Those that stand in a circle have no top; they follow last, wherever the circle is entered.
    for wanted in [false, true] {
        for (tier, _, title) in Tier::ALL {
            let tops = bodies.iter().filter(|body| body.tier == tier && placed.contains(&body.id) == wanted);
            let nodes: Vec<Node> = tops.filter_map(|body| forest.node(body, None)).collect();
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.nodes.extend(nodes),
                None if nodes.is_empty() => {}
                None => groups.push(Group { title, nodes }),
            }
        }
    }
    groups
}

struct Forest<'a> {
    portal: &'a Portal,
    day: Date,
    there: BTreeSet<&'a BodyId>,
    under: BTreeMap<&'a BodyId, Vec<(&'a Body, &'static str)>>,
    done: BTreeSet<&'a BodyId>,
}

impl<'a> Forest<'a> {
    /// The body and what stands under it; `None` when it has its place already.
    fn node(&mut self, body: &'a Body, by: Option<&'static str>) -> Option<Node> {
        if !self.done.insert(&body.id) {
            return None;
        }
        let below = self.under.get(&body.id).cloned().unwrap_or_default();
        let children = below.into_iter().filter_map(|(body, label)| self.node(body, Some(label))).collect();
        Some(Node {
            title: body.name_on(self.day).to_owned(),
            url: self.portal.body_url(&body.id).map(|url| url.to_string()),
            abbreviation: body.abbreviation.clone(),
            principal: super::body::principal(body),
            county: super::body::foreign_county(self.portal, body),
            tier: body.tier.label(),
            forming: body.forming == Forming::Forming,
            by,
            others: self.others(body, by),
            children,
        })
    }

    /// What the body's place in the tree does not say.
    fn others(&self, body: &Body, by: Option<&'static str>) -> Vec<Other> {
        let link = |id: &BodyId| {
            let name = self.portal.registers.bodies.get(id.as_str()).map_or(id.as_str(), |body| body.name_on(self.day));
            Ref { title: name.to_owned(), url: self.portal.body_url(id).map(|url| url.to_string()) }
        };
        let mut out = Vec::new();
        for (label, targets) in UNDER {
            let told = usize::from(by == Some(label));
            let held = targets(body).iter().filter(|id| self.there.contains(id)).skip(told).map(link).collect();
            out.push(Other { label, bodies: held });
        }
        let members = body.members.iter().filter_map(|member| match member {
            Member::Body(id) if self.there.contains(&id) => Some(link(id)),
            Member::Body(_) | Member::Function(_) => None,
        });
        out.push(Other { label: "Ingår", bodies: members.collect() });
        out.retain(|other| !other.bodies.is_empty());
        out
    }
}
