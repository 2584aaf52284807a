//! A route to bytes: the only way to a page, for the build and the preview alike.

mod calendar;
mod changes;
mod data;
mod diagram;
mod feeds;
mod functions;
mod html;
mod matters;
mod notes;
mod owed;
mod raw_html;
pub mod routes;
mod theme;
mod timeline;
mod typography;
mod view;

pub use changes::{CHANGES, Changes};
pub use routes::Route;
pub use theme::{Asset, DEFAULT_NAME, Theme};

use crate::diagnostic::Diagnostic;
use crate::model::{Choice, Document, Kind, Portal, RegisterPage, SEARCH_CLIENT, SEARCH_FOLDER};
use minijinja::Value;
use routes::Feed;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use view::{DocumentObject, PortalObject};

/// Where the page is looked at: decides whether it reloads itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewing {
    Published,
    /// With the number of the state that is shown, by which a page learns that it is no longer the latest.
    Preview(u64),
}

/// A portal in a theme, ready to be rendered route by route, from any number of threads.
pub struct Renderer {
    portal: Arc<Portal>,
    theme: Arc<Theme>,
    object: Arc<PortalObject>,
    /// The same for every template.
    shared: BTreeMap<&'static str, Value>,
    /// Tells what the report for editors holds, when it is asked for.
    report: Box<dyn Fn() -> Vec<Diagnostic> + Send + Sync>,
    /// What the feeds tell as changed since an earlier build.
    changes: Changes,
}

impl Renderer {
    pub fn new(portal: Arc<Portal>, theme: Arc<Theme>, viewing: Viewing) -> Self {
        let object = PortalObject {
            portal: Arc::clone(&portal),
            theme: Arc::clone(&theme),
            owed: OnceLock::new(),
            matters: OnceLock::new(),
            agreements: OnceLock::new(),
            places: OnceLock::new(),
        };
        let object = Arc::new(object);
        let live = match viewing {
            Viewing::Published => Value::from(false),
            Viewing::Preview(state) => Value::from(state),
        };
        let shared = BTreeMap::from([
            ("site", view::site_value(&portal)),
            ("portal", Value::from_dyn_object(Arc::clone(&object))),
            ("theme", view::theme_value(&theme)),
            ("live", live),
            ("search", Value::from_pairs([("client", SEARCH_CLIENT), ("base", SEARCH_FOLDER)])),
        ]);
        Self { portal, theme, object, shared, report: Box::new(Vec::new), changes: Changes::default() }
    }

    /// The same, with what its report for editors tells.
    pub fn reporting(self, report: impl Fn() -> Vec<Diagnostic> + Send + Sync + 'static) -> Self {
        Self { report: Box::new(report), ..self }
    }

    /// The same, with what its feeds tell as changed. Without it they tell what the content dates.
    pub fn changed(self, changes: Changes) -> Self {
        Self { changes, ..self }
    }

    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    pub fn portal(&self) -> &Arc<Portal> {
        &self.portal
    }

    /// Every route, the theme's assets last.
    pub fn routes(&self) -> Vec<Route> {
        let mut routes = routes::routes(&self.portal, self.object.owed());
        routes.extend(self.object.matters().iter().map(|matter| Route::Matter(matter.id.clone())));
        routes.extend(self.theme.assets().map(|(path, _)| Route::Asset(path.to_owned())));
        routes
    }

    /// The route at an address from the site's root, found without listing the others.
    pub fn find(&self, url: &str) -> Option<Route> {
        if let Some((path, _)) = self.theme.assets().find(|(_, asset)| asset.url == url) {
            return Some(Route::Asset(path.to_owned()));
        }
        if let Some(id) = url.strip_prefix("fragor/").and_then(|rest| rest.strip_suffix(".html"))
            && self.object.matters().get(id).is_some()
        {
            return Some(Route::Matter(id.to_owned()));
        }
        routes::find(&self.portal, || self.object.owed(), url)
    }

    /// The route's address from the site's root.
    pub fn url(&self, route: &Route) -> String {
        match route {
            Route::Asset(path) => self.theme.asset(path).map_or_else(|| path.clone(), |asset| asset.url.clone()),
            route => route.url(&self.portal),
        }
    }

    /// What stands at the route.
    ///
    /// # Errors
    /// A fault in a template, or a file that can no longer be read, with its place.
    pub fn render(&self, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        match route {
            Route::Data(file) => Ok(data::bytes(&self.portal, *file)),
            Route::Feed(feed) => Ok(feeds::atom(&self.portal, &self.changes, feed)),
            Route::Calendar(body) => Ok(calendar::ics(&self.portal, self.object.owed(), body.as_ref())),
            Route::Sitemap => Ok(feeds::sitemap(&self.portal, &self.routes())),
            Route::Robots => Ok(feeds::robots(&self.portal)),
            Route::File(path) => self.file(path),
            Route::Asset(path) => Ok(self.theme.asset(path).map(|asset| asset.bytes.clone()).unwrap_or_default()),
            route => self.page(route),
        }
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let unread = |why: String| {
            let place = crate::diagnostic::Place::path(path);
            Box::new(Diagnostic::error("läsfel", place, format!("filen kan inte läsas: {why}")))
        };
        let file = self.portal.files.get(path).ok_or_else(|| unread("den finns inte".to_owned()))?;
        std::fs::read(file).map_err(|error| unread(error.to_string()))
    }

    fn page(&self, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        let url = self.url(route);
        let root = "../".repeat(url.matches('/').count());
        let Page { template, title, mut breadcrumbs, mut values } = self.describe(route, &root);
        let site = &self.portal.site.title;
        let page_title = if *route == Route::Start { site.clone() } else { format!("{title} – {site}") };
        if *route != Route::Start {
            breadcrumbs.insert(0, view::Ref { title: "Start".to_owned(), url: Some("index.html".to_owned()) });
        }
        values.insert("json_ld", self.linked(route, &title, &url).map_or(Value::from(()), Value::from_safe_string));
        values.insert("feed", Value::from(self.feed(route).map(|feed| feed.url())));
        let context = self.context(url, &root, page_title, breadcrumbs, values);
        self.theme.render(&template, context).map(String::into_bytes)
    }

    /// A page that is no part of the site, in the theme's frame: `template` is the text of a template that extends
    /// `base.html`, `url` its address at the site's root.
    ///
    /// # Errors
    /// A fault in a template.
    pub fn framed(
        &self,
        url: &str,
        title: &str,
        template: &str,
        values: BTreeMap<&'static str, Value>,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page_title = format!("{title} – {}", self.portal.site.title);
        let context = self.context(url.to_owned(), "", page_title, Vec::new(), values);
        self.theme.render_text(template, context).map(String::into_bytes)
    }

    /// What every template is given, with the page's own.
    fn context(
        &self,
        url: String,
        root: &str,
        page_title: String,
        breadcrumbs: Vec<view::Ref>,
        values: BTreeMap<&'static str, Value>,
    ) -> Value {
        let canonical = self.portal.site.base_url.as_ref().map(|base| format!("{base}{url}"));
        let mut context = self.shared.clone();
        context.extend(values);
        context.insert("page_title", Value::from(page_title));
        context.insert("root", Value::from(root));
        context.insert("breadcrumbs", view::value(breadcrumbs));
        context.insert(
            "route",
            Value::from_pairs([
                ("url", Value::from(url)),
                ("root", Value::from(root)),
                ("canonical", Value::from(canonical)),
            ]),
        );
        Value::from_pairs(context)
    }

    /// What the page is, for search engines.
    fn linked(&self, route: &Route, title: &str, url: &str) -> Option<String> {
        use data::linked;
        let portal = &*self.portal;
        Some(match route {
            Route::Start => linked::site(portal),
            Route::Document(at) => linked::document(portal, portal.at(*at)),
            Route::Body(id, _) => linked::body(portal, portal.registers.bodies.get(id.as_str())?),
            Route::Topic(id, _) => linked::topic(portal, portal.registers.topics.get(id.as_str())?),
            Route::NotFound | Route::Search | Route::Report | Route::Redirect(..) => return None,
            _ => linked::page(portal, title, url),
        })
    }

    /// The feed of what the page is about.
    fn feed(&self, route: &Route) -> Option<Feed> {
        let feed = match route {
            Route::Topic(id, _) => Feed::Topic(id.clone()),
            Route::Body(id, _) => Feed::Body(id.clone()),
            Route::Register(page, ..) => Feed::Kind(*page),
            _ => return None,
        };
        feed.exists(&self.portal).then_some(feed)
    }

    fn describe(&self, route: &Route, root: &str) -> Page {
        let portal = &*self.portal;
        match route {
            Route::Start => Page::new("index.html", portal.site.title.clone(), view::start_context(portal, root)),
            Route::Search => Page::new("search.html", "Sök".to_owned(), BTreeMap::new()),
            Route::NotFound => Page::new("404.html", "Sidan finns inte".to_owned(), BTreeMap::new()),
            Route::Accessibility => {
                let values = view::statement_context(portal);
                Page::new("accessibility.html", "Tillgänglighetsredogörelse".to_owned(), values)
            }
            Route::Document(at) => self.document(portal.at(*at), root),
            Route::Section(path, number) => self.section(path, *number, root),
            Route::Register(page, choice, number) => self.register(*page, choice, *number, root),
            Route::Body(id, number) => {
                let values = view::body_context(&self.object, id, *number, root).unwrap_or_default();
                let title = portal.registers.body_name(id).to_owned();
                Page::new("body.html", title, values).below(self.register_crumb(RegisterPage::Bodies))
            }
            Route::Topic(id, number) => {
                let values = view::topic_context(portal, id, *number).unwrap_or_default();
                let title = portal.registers.topic_name(id).to_owned();
                Page::new("topic.html", title, values).below(self.register_crumb(RegisterPage::Topics))
            }
            Route::Structure(day) => {
                let values = view::structure_context(portal, *day, root);
                let title = format!("Samverkansstruktur den {}", crate::model::swedish_date(*day));
                Page::new("structure.html", title, values).below(self.register_crumb(RegisterPage::Structure))
            }
            Route::Matter(id) => {
                let matter = self.object.matters().get(id);
                let title = matter.map(|matter| view::matter_title(portal, matter)).unwrap_or_default();
                let values = matter.map(|matter| view::matter_context(&self.object, matter)).unwrap_or_default();
                Page::new("matter.html", format!("Följ frågan: {title}"), values)
                    .below(self.register_crumb(RegisterPage::Decisions))
            }
            Route::Redirect(_, to) => {
                let values = BTreeMap::from([("target", Value::from(to.as_str()))]);
                Page::new("redirect.html", "Sidan har flyttat".to_owned(), values)
            }
            Route::Report => {
                Page::new("report.html", "Kontrollrapport".to_owned(), view::report_context(&(self.report)(), portal))
            }
            Route::Data(_)
            | Route::Feed(_)
            | Route::Calendar(_)
            | Route::Sitemap
            | Route::Robots
            | Route::File(_)
            | Route::Asset(_) => {
                unreachable!("only pages are described")
            }
        }
    }

    fn document(&self, document: &Arc<Document>, root: &str) -> Page {
        let (template, mut values) = match &document.kind {
            Kind::Meeting(_) => ("meeting.html".to_owned(), BTreeMap::new()),
            Kind::Assignment(_) => ("assignment.html".to_owned(), BTreeMap::new()),
            Kind::Agreement(_) => ("agreement.html".to_owned(), BTreeMap::new()),
            Kind::Page(page) => match page.template.as_deref() {
                None => ("page.html".to_owned(), BTreeMap::new()),
                Some("tillganglighet") => ("accessibility.html".to_owned(), view::statement_context(&self.portal)),
                Some(template) => (format!("{template}.html"), BTreeMap::new()),
            },
        };
        values.insert("page", Value::from_object(DocumentObject::new(&self.object, document, root)));
        Page::new(&template, document.title.clone(), values).under(self.section_crumbs(document.section()))
    }

    fn section(&self, path: &str, number: usize, root: &str) -> Page {
        let Some(section) = self.portal.sections.get(path) else {
            return Page::new("section.html", path.to_owned(), BTreeMap::new());
        };
        let template =
            section.template.as_ref().map_or_else(|| "section.html".to_owned(), |name| format!("{name}.html"));
        let values = view::section_context(&self.portal, section, number, root);
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        Page::new(&template, section.title.clone(), values).under(self.section_crumbs(above))
    }

    fn register(&self, page: RegisterPage, choice: &Choice, number: usize, root: &str) -> Page {
        let template = match page {
            RegisterPage::Meetings => "meetings.html",
            RegisterPage::Decisions => "decisions.html",
            RegisterPage::Assignments => "assignments.html",
            RegisterPage::Agreements => "agreements.html",
            RegisterPage::Structure => "structure.html",
            RegisterPage::FollowUp => "follow-up.html",
            RegisterPage::Topics => "topics.html",
            RegisterPage::Bodies => "bodies.html",
            RegisterPage::Glossary => "glossary.html",
            RegisterPage::OpenData => "open-data.html",
        };
        let values = view::register_context(&self.object, page, choice, number, root);
        let crumb = self.register_crumb(page);
        match choice {
            Choice::All => Page::new(template, crumb.title, values),
            choice => {
                let part = match choice {
                    Choice::Year(year) => year.to_string(),
                    Choice::Body(id) => self.portal.registers.body_name(id).to_owned(),
                    Choice::Topic(id) => self.portal.registers.topic_name(id).to_owned(),
                    Choice::Sort(kind) => kind.label().to_owned(),
                    Choice::All => String::new(),
                };
                Page::new(template, format!("{}: {part}", crumb.title), values).below(crumb)
            }
        }
    }

    fn register_crumb(&self, page: RegisterPage) -> view::Ref {
        let section = self.portal.sections.get(page.path());
        let title = section.map_or(page.title(), |section| section.title.as_str());
        view::Ref { title: title.to_owned(), url: Some(page.url().to_string()) }
    }

    /// The sections above, outermost first, below the start page.
    fn section_crumbs(&self, path: &str) -> Vec<view::Ref> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let paths = (1..=parts.len()).map(|count| parts[..count].join("/"));
        let sections = paths.filter_map(|path| self.portal.sections.get(&path));
        sections.map(|section| view::Ref { title: section.title.clone(), url: Some(section.url()) }).collect()
    }
}

/// A page about to be rendered.
struct Page {
    template: String,
    title: String,
    breadcrumbs: Vec<view::Ref>,
    values: BTreeMap<&'static str, Value>,
}

impl Page {
    fn new(template: &str, title: String, values: BTreeMap<&'static str, Value>) -> Self {
        Self { template: template.to_owned(), title, breadcrumbs: Vec::new(), values }
    }

    fn below(self, crumb: view::Ref) -> Self {
        self.under(vec![crumb])
    }

    fn under(self, breadcrumbs: Vec<view::Ref>) -> Self {
        Self { breadcrumbs, ..self }
    }
}
