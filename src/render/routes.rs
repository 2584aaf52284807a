//! Every page and file of a site, from the portal alone.

use super::calendar::has_events;
use super::data::{DataFile, is_open};
use super::owed::Owed;
use super::view::{epoch_path, epochs};
use crate::model::{
    BodyId, Choice, Date, Document, Edition, Kind, Portal, REPORT_URL, RegisterPage, SEARCH_URL, Section, TopicId,
    UrlPath, file_url,
};

/// A place on the site and what stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    Start,
    Search,
    NotFound,
    Accessibility,
    /// By its index in the portal.
    Document(usize),
    /// A section's path and the number of the page, from 1.
    Section(String, usize),
    Register(RegisterPage, Choice, usize),
    Body(BodyId, usize),
    Topic(TopicId, usize),
    /// The structure as it was from a day on.
    Structure(Date),
    /// The chain of one matter, by its id.
    Matter(String),
    /// An old path and where it leads now.
    Redirect(UrlPath, UrlPath),
    /// What is at fault, for editors; the internal edition alone has it.
    Report,
    Data(DataFile),
    Feed(Feed),
    /// What is due, for calendars: in all, or for one body.
    Calendar(Option<BodyId>),
    Sitemap,
    Robots,
    /// A file of the content, by its path below the portal's root.
    File(String),
    /// A file of the theme, by its path there.
    Asset(String),
}

/// What an Atom feed tells of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feed {
    All,
    /// A register of documents or of decisions.
    Kind(RegisterPage),
    Topic(TopicId),
    Body(BodyId),
}

impl Route {
    /// The route's address from the site's root.
    pub fn url(&self, portal: &Portal) -> String {
        match self {
            Self::Start => "index.html".to_owned(),
            Self::Search => SEARCH_URL.to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::Accessibility => "tillganglighet.html".to_owned(),
            Self::Document(at) => portal.at(*at).url().to_string(),
            Self::Section(path, number) => paged(path, *number),
            Self::Register(page, choice, number) => paged(&part_path(*page, choice), *number),
            Self::Body(id, number) => paged(&format!("{}/{id}", RegisterPage::Bodies.path()), *number),
            Self::Topic(id, number) => paged(&format!("{}/{id}", RegisterPage::Topics.path()), *number),
            Self::Structure(day) => format!("{}.html", epoch_path(*day)),
            Self::Matter(id) => format!("fragor/{id}.html"),
            Self::Redirect(from, _) => from.to_string(),
            Self::Report => REPORT_URL.to_owned(),
            Self::Data(file) => file.url().to_owned(),
            Self::Feed(feed) => feed.url(),
            Self::Calendar(None) => "kalender.ics".to_owned(),
            Self::Calendar(Some(id)) => format!("{}/{id}/kalender.ics", RegisterPage::Bodies.path()),
            Self::Sitemap => "sitemap.xml".to_owned(),
            Self::Robots => "robots.txt".to_owned(),
            Self::File(path) => file_url(path),
            Self::Asset(path) => path.clone(),
        }
    }
}

impl Feed {
    /// The registers that have a feed.
    pub const KINDS: [RegisterPage; 4] =
        [RegisterPage::Meetings, RegisterPage::Decisions, RegisterPage::Assignments, RegisterPage::Agreements];

    pub fn url(&self) -> String {
        match self {
            Self::All => "atom.xml".to_owned(),
            Self::Kind(page) => format!("{}/atom.xml", page.path()),
            Self::Topic(id) => format!("{}/{id}/atom.xml", RegisterPage::Topics.path()),
            Self::Body(id) => format!("{}/{id}/atom.xml", RegisterPage::Bodies.path()),
        }
    }

    /// Whether the portal has it: a term without documents has none.
    pub fn exists(&self, portal: &Portal) -> bool {
        match self {
            Self::All => true,
            Self::Kind(page) => Self::KINDS.contains(page) && portal.has(*page),
            Self::Topic(id) => portal.topic_url(id).is_some() && portal.links.by_topic.contains_key(id),
            Self::Body(id) => portal.body_url(id).is_some() && portal.links.by_body.contains_key(id),
        }
    }
}

/// A register's part: `beslut`, `beslut/ar-2026`, `beslut/organ-x` or `beslut/amne-y`, without ending.
pub fn part_path(register: RegisterPage, choice: &Choice) -> String {
    let register = register.path();
    match choice {
        Choice::All => register.to_owned(),
        Choice::Year(year) => format!("{register}/ar-{year}"),
        Choice::Body(id) => format!("{register}/organ-{id}"),
        Choice::Topic(id) => format!("{register}/amne-{id}"),
        Choice::Sort(kind) => format!("{register}/typ-{}", kind.key()),
    }
}

/// `moten.html`, and `moten/sida-2.html` for the pages after the first.
pub fn paged(path: &str, number: usize) -> String {
    match (path, number) {
        ("", 0 | 1) => "index.html".to_owned(),
        ("", number) => format!("sida-{number}.html"),
        (path, 0 | 1) => format!("{path}.html"),
        (path, number) => format!("{path}/sida-{number}.html"),
    }
}

/// Every route of the portal but the theme's assets, each once, in a fixed order.
pub fn routes(portal: &Portal, owed: &Owed) -> Vec<Route> {
    let mut routes = vec![Route::Start, Route::Search, Route::NotFound, Route::Sitemap, Route::Robots];
    if portal.site.accessibility.is_some() && portal.document("tillganglighet").is_none() {
        routes.push(Route::Accessibility);
    }
    routes.extend((0..portal.documents.len()).map(Route::Document));
    for section in portal.sections.values().filter(|section| !section.path.is_empty() && !is_register(portal, section))
    {
        let held = portal.links.by_section.get(&section.path).map_or(0, Vec::len);
        let per_page = section.per_page.unwrap_or(portal.site.per_page).max(1);
        routes.extend((1..=pages(held, per_page)).map(|number| Route::Section(section.path.clone(), number)));
    }
    registers(portal, owed, &mut routes);
    subscriptions(portal, owed, &mut routes);
    routes.extend(data_files(portal));
    routes.extend((portal.edition == Edition::Internal).then_some(Route::Report));
    for document in &portal.documents {
        routes.extend(redirects(document));
    }
    routes.extend(portal.published_files().into_iter().map(|file| Route::File(file.to_owned())));
    routes
}

fn data_files(portal: &Portal) -> impl Iterator<Item = Route> {
    let open = is_open(portal);
    DataFile::ALL.into_iter().filter(move |_| open).map(|(file, ..)| Route::Data(file))
}

/// The route at `url`, if the portal has it.
pub fn find<'a>(portal: &Portal, owed: impl FnOnce() -> &'a Owed, url: &str) -> Option<Route> {
    let fixed = [Route::Start, Route::Search, Route::NotFound, Route::Sitemap, Route::Robots];
    if let Some(route) = fixed.into_iter().find(|route| route.url(portal) == url) {
        return Some(route);
    }
    let report = (portal.edition == Edition::Internal).then_some(Route::Report);
    if let Some(route) = data_files(portal).chain(report).find(|route| route.url(portal) == url) {
        return Some(route);
    }
    let Some(path) = url.strip_suffix(".html") else {
        if let Some(route) = subscription(portal, owed, url) {
            return Some(route);
        }
        let files = portal.published_files();
        return files.into_iter().find(|file| file_url(file) == url).map(|file| Route::File(file.to_owned()));
    };
    if let Some(&at) = portal.links.by_id.get(path) {
        return Some(Route::Document(at));
    }
    let (path, number) = match path.rsplit_once("/sida-") {
        Some((path, number)) => (path, number.parse().ok().filter(|number| *number > 1)?),
        None => (path, 1),
    };
    listed(portal, owed, path, number).or_else(|| {
        let route = redirect(portal, url);
        let statement = portal.site.accessibility.is_some() && url == Route::Accessibility.url(portal);
        route.or_else(|| statement.then_some(Route::Accessibility))
    })
}

/// A route that is made from a list, when its list reaches to page `number`.
fn listed<'a>(portal: &Portal, owed: impl FnOnce() -> &'a Owed, path: &str, number: usize) -> Option<Route> {
    let reaches = |count: usize, per_page: usize| number <= pages(count, per_page);
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    if let Some(day) = rest.strip_prefix("den-").filter(|_| first == RegisterPage::Structure.path()) {
        let day = day.parse::<Date>().ok().filter(|day| number == 1 && epochs(portal).contains(day))?;
        return portal.has(RegisterPage::Structure).then_some(Route::Structure(day));
    }
    let register = RegisterPage::ALL.into_iter().find(|(page, _, own, _)| *own == first && portal.has(*page));
    if let Some((page, ..)) = register {
        match page {
            RegisterPage::Bodies if !rest.is_empty() => {
                let body = portal.registers.bodies.get(rest)?;
                let held = portal.links.by_body.get(&body.id).map_or(0, Vec::len);
                return reaches(held, portal.site.per_page).then(|| Route::Body(body.id.clone(), number));
            }
            RegisterPage::Topics if !rest.is_empty() => {
                let topic = portal.registers.topics.get(rest)?;
                let held = portal.links.by_topic.get(&topic.id).map_or(0, Vec::len);
                return reaches(held, portal.site.per_page).then(|| Route::Topic(topic.id.clone(), number));
            }
            page => {
                let counts = if page == RegisterPage::FollowUp { Some(owed().counts()) } else { counts(portal, page) };
                let Some(counts) = counts else {
                    return (rest.is_empty() && number == 1).then_some(Route::Register(page, Choice::All, 1));
                };
                let found = counts.into_iter().find(|(choice, _)| part_path(page, choice) == path);
                if let Some((choice, count)) = found {
                    return reaches(count, per_page(portal, page)).then_some(Route::Register(page, choice, number));
                }
            }
        }
    }
    let section = portal.sections.get(path).filter(|section| !section.path.is_empty())?;
    let held = portal.links.by_section.get(path).map_or(0, Vec::len);
    let per_page = section.per_page.unwrap_or(portal.site.per_page).max(1);
    reaches(held, per_page).then(|| Route::Section(path.to_owned(), number))
}

fn redirect(portal: &Portal, url: &str) -> Option<Route> {
    portal.documents.iter().flat_map(|document| redirects(document)).find(|route| route.url(portal) == url)
}

/// The register page that a section's path belongs to.
pub fn is_register(portal: &Portal, section: &Section) -> bool {
    RegisterPage::ALL.iter().any(|(page, _, path, _)| *path == section.path && portal.has(*page))
}

/// Number of pages for `count` entries; an empty list has one page too.
pub fn pages(count: usize, per_page: usize) -> usize {
    count.div_ceil(per_page).max(1)
}

/// Feeds and calendars.
fn subscriptions(portal: &Portal, owed: &Owed, routes: &mut Vec<Route>) {
    let kinds = Feed::KINDS.into_iter().map(Feed::Kind);
    let topics = portal.registers.topics.iter().map(|topic| Feed::Topic(topic.id.clone()));
    let bodies = portal.registers.bodies.iter().map(|body| Feed::Body(body.id.clone()));
    let feeds = std::iter::once(Feed::All).chain(kinds).chain(topics).chain(bodies);
    routes.extend(feeds.filter(|feed| feed.exists(portal)).map(Route::Feed));
    if portal.has(RegisterPage::FollowUp) {
        routes.extend(has_events(portal, owed, None).then_some(Route::Calendar(None)));
        let bodies = portal.registers.bodies.iter().map(|body| &body.id);
        let held = bodies.filter(|id| portal.body_url(id).is_some() && has_events(portal, owed, Some(id)));
        routes.extend(held.map(|id| Route::Calendar(Some(id.clone()))));
    }
}

/// The feed or calendar at `url`.
fn subscription<'a>(portal: &Portal, owed: impl FnOnce() -> &'a Owed, url: &str) -> Option<Route> {
    if let Some(path) = url.strip_suffix("kalender.ics").filter(|_| portal.has(RegisterPage::FollowUp)) {
        if path.is_empty() {
            return has_events(portal, owed(), None).then_some(Route::Calendar(None));
        }
        let id = path.strip_prefix(RegisterPage::Bodies.path())?.trim_matches('/');
        let body = portal.registers.bodies.get(id)?;
        return has_events(portal, owed(), Some(&body.id)).then(|| Route::Calendar(Some(body.id.clone())));
    }
    let path = url.strip_suffix("atom.xml")?.trim_end_matches('/');
    let term = |page: RegisterPage| path.strip_prefix(page.path())?.strip_prefix('/');
    let feed = if path.is_empty() {
        Feed::All
    } else if let Some(id) = term(RegisterPage::Topics) {
        Feed::Topic(TopicId::new(id))
    } else if let Some(id) = term(RegisterPage::Bodies) {
        Feed::Body(BodyId::new(id))
    } else {
        Feed::Kind(Feed::KINDS.into_iter().find(|page| page.path() == path)?)
    };
    feed.exists(portal).then_some(Route::Feed(feed))
}

fn registers(portal: &Portal, owed: &Owed, routes: &mut Vec<Route>) {
    for (page, ..) in RegisterPage::ALL.into_iter().filter(|(page, ..)| portal.has(*page)) {
        let counts = if page == RegisterPage::FollowUp { Some(owed.counts()) } else { counts(portal, page) };
        let Some(listed) = counts else {
            routes.push(Route::Register(page, Choice::All, 1));
            continue;
        };
        for (choice, count) in listed {
            let numbers = 1..=pages(count, per_page(portal, page));
            routes.extend(numbers.map(|number| Route::Register(page, choice.clone(), number)));
        }
    }
    if portal.has(RegisterPage::Structure) {
        routes.extend(epochs(portal).into_iter().map(Route::Structure));
    }
    if portal.has(RegisterPage::Bodies) {
        for body in portal.registers.bodies.iter() {
            let held = portal.links.by_body.get(&body.id).map_or(0, Vec::len);
            routes.extend((1..=pages(held, portal.site.per_page)).map(|number| Route::Body(body.id.clone(), number)));
        }
    }
    if portal.has(RegisterPage::Topics) {
        for topic in portal.registers.topics.iter() {
            let held = portal.links.by_topic.get(&topic.id).map_or(0, Vec::len);
            routes.extend((1..=pages(held, portal.site.per_page)).map(|number| Route::Topic(topic.id.clone(), number)));
        }
    }
}

/// Decisions, duties and agreements are short: more of them fit a page.
pub fn per_page(portal: &Portal, page: RegisterPage) -> usize {
    if matches!(page, RegisterPage::Decisions | RegisterPage::FollowUp | RegisterPage::Agreements) {
        portal.site.per_page * 4
    } else {
        portal.site.per_page
    }
}

/// The parts of a register with their numbers of entries; `None` for a register that is not listed in parts.
pub fn counts(portal: &Portal, page: RegisterPage) -> Option<Vec<(Choice, usize)>> {
    if page == RegisterPage::Decisions {
        let held = portal.links.decisions.iter();
        return Some(held.map(|(choice, held)| (choice.clone(), held.len())).collect());
    }
    if page == RegisterPage::Agreements {
        let held = portal.documents.iter().filter(|document| matches!(document.kind, Kind::Agreement(_)));
        return Some(vec![(Choice::All, held.count())]);
    }
    let held = portal.links.listed.get(&page)?.iter();
    Some(held.map(|(choice, held)| (choice.clone(), held.len())).collect())
}

fn redirects(document: &Document) -> impl Iterator<Item = Route> + '_ {
    document
        .aliases
        .iter()
        .map(|alias| Route::Redirect(UrlPath::new(format!("{}.html", alias.trim_matches('/'))), document.url()))
}
