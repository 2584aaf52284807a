//! What every template may ask of the site as a whole.

use super::super::matters::Matters;
use super::super::owed::Owed;
use super::super::theme::Theme;
use super::register::{Entered, entered};
use super::value;
use crate::model::{Document, Edition, InMenu, Kind, Portal, REPORT_URL, RegisterPage, SEARCH_URL, swedish_date};
use minijinja::value::{Object, Value};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The portal and theme themselves, for the functions that look things up.
#[derive(Debug)]
pub struct PortalObject {
    pub portal: Arc<Portal>,
    pub theme: Arc<Theme>,
    /// Made when first asked for.
    pub owed: OnceLock<Owed>,
    /// Likewise.
    pub matters: OnceLock<Matters>,
    /// The register of agreements, in its order.
    pub agreements: OnceLock<Vec<Entered>>,
    /// Where each document stands in its section's list, by its position.
    pub places: OnceLock<Vec<usize>>,
}

impl PortalObject {
    pub fn owed(&self) -> &Owed {
        self.owed.get_or_init(|| Owed::of(&self.portal))
    }

    pub fn matters(&self) -> &Matters {
        self.matters.get_or_init(|| Matters::of(&self.portal))
    }

    pub fn agreements(&self) -> &[Entered] {
        self.agreements.get_or_init(|| entered(&self.portal))
    }

    /// The neighbour of the document at `at` in its section; a `step` of 1 is to the next older one.
    pub fn neighbour(&self, at: usize, step: isize) -> Option<&Document> {
        let held = self.portal.links.by_section.get(self.portal.at(at).section())?;
        let place = self.places().get(at)?.checked_add_signed(step)?;
        held.get(place).map(|&other| &**self.portal.at(other))
    }

    fn places(&self) -> &[usize] {
        self.places.get_or_init(|| {
            let mut places = vec![0; self.portal.documents.len()];
            for held in self.portal.links.by_section.values() {
                held.iter().enumerate().for_each(|(place, &at)| places[at] = place);
            }
            places
        })
    }
}

impl Object for PortalObject {}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("name", &self.name).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    owner: Option<&'a str>,
    county: Option<&'a str>,
    language: &'a str,
    edition: &'static str,
    date: String,
    date_words: String,
    /// Days before its end that an agreement "upphör snart".
    ends_soon_days: u16,
    base_url: Option<&'a str>,
    contact: ContactView<'a>,
    menu: Vec<MenuEntry<'a>>,
    /// Pages beside the sections that nothing else leads to, for the page of registers.
    other_pages: Vec<MenuEntry<'a>>,
    accessibility_url: &'static str,
    about_url: Option<&'static str>,
    search_url: &'static str,
    feed_url: &'static str,
    /// The report for editors; in the internal edition alone.
    report_url: Option<&'static str>,
    pages: BTreeMap<&'static str, Option<String>>,
    generator: &'static str,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: Option<&'a str>,
    email: Option<&'a str>,
    link: Option<&'a str>,
}

#[derive(Serialize)]
struct MenuEntry<'a> {
    title: &'a str,
    url: String,
}

/// The value `site` of every template; made once a build.
pub fn site_value(portal: &Portal) -> Value {
    let site = &portal.site;
    let contact = &site.contact;
    value(SiteView {
        title: &site.title,
        description: site.description.as_deref(),
        owner: site.owner.as_deref(),
        county: site.county.as_deref(),
        language: &site.language,
        edition: portal.edition.key(),
        date: portal.today.to_string(),
        date_words: swedish_date(portal.today),
        ends_soon_days: site.ends_soon_days,
        base_url: site.base_url.as_deref(),
        contact: ContactView {
            name: contact.name.as_deref(),
            email: contact.email.as_deref(),
            link: contact.link.as_deref(),
        },
        menu: menu(portal),
        other_pages: other_pages(portal),
        accessibility_url: "tillganglighet.html",
        about_url: portal.document("om").map(|_| "om.html"),
        search_url: SEARCH_URL,
        feed_url: "atom.xml",
        report_url: (portal.edition == Edition::Internal).then_some(REPORT_URL),
        pages: register_pages(portal),
        generator: concat!("samverk ", env!("CARGO_PKG_VERSION")),
    })
}

/// The value `theme` of every template.
pub fn theme_value(theme: &Theme) -> Value {
    Value::from_pairs([("name", Value::from(theme.name.as_str())), ("settings", value(&theme.settings))])
}

/// The main entries: the registers that this portal has, then the pages that ask for a place.
fn menu(portal: &Portal) -> Vec<MenuEntry<'_>> {
    const ORDER: [(RegisterPage, &str); 6] = [
        (RegisterPage::Agreements, "Överenskommelser"),
        (RegisterPage::Decisions, "Beslut"),
        (RegisterPage::Meetings, "Möten"),
        (RegisterPage::Assignments, "Uppdrag"),
        (RegisterPage::Structure, "Struktur"),
        (RegisterPage::Topics, "Ämnen"),
    ];
    let registers = ORDER.into_iter().filter(|(page, _)| portal.has(*page));
    let mut menu: Vec<_> = registers.map(|(page, title)| MenuEntry { title, url: page.url().to_string() }).collect();
    let asks = |document: &&Arc<Document>| matches!(&document.kind, Kind::Page(page) if page.in_menu == InMenu::Yes);
    let mut pages: Vec<_> = portal.documents.iter().filter(asks).collect();
    pages.sort_by_key(|document| if let Kind::Page(page) = &document.kind { page.weight } else { 0 });
    menu.extend(
        pages.into_iter().map(|document| MenuEntry { title: &document.title, url: document.url().to_string() }),
    );
    menu
}

/// Pages of the root that have no place in the menu and no link of their own in the foot.
fn other_pages(portal: &Portal) -> Vec<MenuEntry<'_>> {
    let linked = ["om", "tillganglighet"];
    let loose = |document: &&Arc<Document>| {
        matches!(&document.kind, Kind::Page(page) if page.in_menu == InMenu::No)
            && document.section().is_empty()
            && !linked.contains(&document.id.as_str())
    };
    let pages = portal.documents.iter().filter(loose);
    pages.map(|document| MenuEntry { title: &document.title, url: document.url().to_string() }).collect()
}

fn register_pages(portal: &Portal) -> BTreeMap<&'static str, Option<String>> {
    const NAMES: [(RegisterPage, &str); 10] = [
        (RegisterPage::Meetings, "meetings"),
        (RegisterPage::Decisions, "decisions"),
        (RegisterPage::Assignments, "assignments"),
        (RegisterPage::Agreements, "agreements"),
        (RegisterPage::Structure, "structure"),
        (RegisterPage::FollowUp, "follow_up"),
        (RegisterPage::Topics, "topics"),
        (RegisterPage::Bodies, "bodies"),
        (RegisterPage::Glossary, "glossary"),
        (RegisterPage::OpenData, "open_data"),
    ];
    NAMES.into_iter().map(|(page, name)| (name, portal.has(page).then(|| page.url().to_string()))).collect()
}
