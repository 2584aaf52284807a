//! What is owed, by when and by whom; and what follows for one body.

use super::register::{Values, page_refs, slice};
use super::site::PortalObject;
use super::{Count, ObligationView, obligation, pagination, value};
use crate::model::{Agreement, BodyId, Choice, Kind, Portal, RegisterPage, Tier, collation_key};
use crate::render::calendar::has_events;
use crate::render::routes::{part_path, per_page};
use minijinja::Value;
use serde::Serialize;

/// One state's obligations; the browser moves a row to another when it tells of another day.
#[derive(Serialize)]
struct Group {
    key: &'static str,
    title: &'static str,
    rows: Vec<ObligationView>,
}

const GROUPS: [(&str, &str); 5] = [
    ("overdue", "Datum som har passerat"),
    ("dated", "Med datum"),
    ("recurring", "Återkommande"),
    ("open", "Öppet, utan datum"),
    ("done", "Klart"),
];

/// The values of the register, or of the part of it that one body owes.
pub fn add(object: &PortalObject, choice: &Choice, number: usize, values: &mut Values) {
    let (portal, owed) = (&*object.portal, object.owed());
    let page = RegisterPage::FollowUp;
    let held = owed.under(choice);
    let size = per_page(portal, page);
    values.insert("groups", value(groups(portal, slice(held, number, size))));
    values.insert("pagination", value(pagination(&part_path(page, choice), number, held.len(), size)));
    let (mut bodies, mut principals) = (Vec::new(), Vec::new());
    for (other, count) in owed.counts() {
        let Choice::Body(id) = &other else { continue };
        let title = portal.registers.body_name(id).to_owned();
        let is_principal = portal.registers.bodies.get(id.as_str()).is_some_and(|body| body.tier == Tier::Principal);
        let list = if is_principal { &mut principals } else { &mut bodies };
        list.push(Count { title, url: format!("{}.html", part_path(page, &other)), count });
    }
    for list in [&mut bodies, &mut principals] {
        list.sort_by_cached_key(|count| collation_key(&count.title));
    }
    values.insert("bodies", value(bodies));
    values.insert("principals", value(principals));
    if has_events(portal, owed, None) {
        values.insert("calendar", Value::from("kalender.ics"));
    }
    if let Choice::Body(id) = choice {
        one_body(object, id, number, values);
    }
}

/// `held` in the groups that have them; the others are there too, empty.
pub fn groups(portal: &Portal, held: &[usize]) -> impl Serialize + use<> {
    let mut groups = GROUPS.map(|(key, title)| Group { key, title, rows: Vec::new() });
    for view in held.iter().filter_map(|&at| obligation(portal, &portal.links.obligations[at])) {
        let group = groups.iter_mut().find(|group| group.key == view.state);
        group.expect("every state has its group").rows.push(view);
    }
    groups
}

/// What follows for one body, beside what it owes: agreements it is a party to, duties of others towards it. On the
/// first page alone, as many as fit one.
fn one_body(object: &PortalObject, id: &BodyId, number: usize, values: &mut Values) {
    let portal = &*object.portal;
    let body = portal.registers.bodies.get(id.as_str());
    let is_principal = body.is_some_and(|body| body.tier == Tier::Principal);
    let roles = || portal.links.roles_of.get(id).into_iter().flatten();
    let room = if number == 1 { per_page(portal, RegisterPage::FollowUp) } else { 0 };
    let agreements = roles().map(|(at, _)| *at).filter(|&at| matches!(portal.at(at).kind, Kind::Agreement(_)));
    let agreements: Vec<usize> = agreements.take(room).collect();
    values.insert("selection", Value::from(portal.registers.body_name(id)));
    values.insert("selection_url", Value::from(portal.body_url(id).map(|url| url.to_string())));
    values.insert("principal", Value::from(is_principal));
    values.insert("agreements", value(page_refs(portal, &agreements)));
    values.insert(
        "unclear",
        value(page_refs(portal, &if is_principal && number == 1 { unclear(portal) } else { Vec::new() })),
    );
    let expected = object.owed().towards(id).iter().filter_map(|&at| obligation(portal, &portal.links.obligations[at]));
    values.insert("expected", value(expected.take(room).collect::<Vec<_>>()));
    if has_events(portal, object.owed(), Some(id)) {
        values.insert("calendar", Value::from(format!("{}/{id}/kalender.ics", RegisterPage::Bodies.path())));
    } else {
        values.remove("calendar");
    }
}

/// The county's agreements that have not ended and whose parties nobody has told: they may concern any principal.
fn unclear(portal: &Portal) -> Vec<usize> {
    let untold = |agreement: &Agreement| {
        let (status, _) = portal.status(agreement);
        agreement.parties.is_empty() && status.applies() != crate::model::Applies::No
    };
    let documents = portal.documents.iter().enumerate();
    let held = documents.filter(|(_, document)| {
        document.county.is_none() && matches!(&document.kind, Kind::Agreement(agreement) if untold(agreement))
    });
    held.map(|(at, _)| at).take(super::register::LATEST * 2).collect()
}
