//! Where things are found on the site: the one place that maps entities to page addresses.

use super::{Act, Body, BodyId, Document, LinkTarget, Portal, RegisterPage, Term, Topic, TopicId, UrlPath, slug};
use crate::diagnostic::Place;

/// The page where the internal edition tells editors what is at fault.
pub const REPORT_URL: &str = "kontrollrapport.html";

/// The search page, the folder of its index and its script.
pub const SEARCH_URL: &str = "sok.html";
pub const SEARCH_FOLDER: &str = "sok/";
pub const SEARCH_CLIENT: &str = "sok/client.js";

/// What every site has at its root, with Swedish words for it.
const OWN_FILES: [(&str, &str); 9] = [
    (SEARCH_URL, "söksidan"),
    ("404.html", "felsidan"),
    (REPORT_URL, "kontrollrapporten"),
    ("manifest.json", "förteckningen"),
    ("andringar.json", "förteckningen över ändringar"),
    ("sitemap.xml", "webbplatskartan"),
    ("robots.txt", "robots.txt"),
    ("atom.xml", "flödet"),
    ("kalender.ics", "kalendern"),
];

/// Folders whose files samverk makes: open data, the theme's assets, the search index.
const OWN_FOLDERS: [&str; 3] = ["data/", "static/", SEARCH_FOLDER];

/// Why an internal link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// No page; the nearest known path, if any is near.
    Page { near: Option<String> },
    /// The page is there, its anchor is not.
    Anchor { near: Option<String> },
}

/// A page address and what claims it.
#[derive(Clone, Debug)]
pub struct Claim {
    pub url: String,
    /// Swedish words for the claimant.
    pub by: String,
    pub place: Place,
}

impl Body {
    pub fn url(&self) -> UrlPath {
        body_url(&self.id)
    }
}

impl Topic {
    pub fn url(&self) -> UrlPath {
        topic_url(&self.id)
    }
}

impl Term {
    pub fn url(&self) -> UrlPath {
        UrlPath::new(format!("{}.html#{}", RegisterPage::Glossary.path(), self.anchor()))
    }
}

impl Act {
    /// The anchor in the glossary: `lag-2017-30`.
    pub fn anchor(&self) -> String {
        format!("lag-{}", slug(&self.sfs))
    }
}

impl RegisterPage {
    pub fn url(self) -> UrlPath {
        UrlPath::new(format!("{}.html", self.path()))
    }
}

fn body_url(id: &BodyId) -> UrlPath {
    UrlPath::new(format!("{}/{id}.html", RegisterPage::Bodies.path()))
}

fn topic_url(id: &TopicId) -> UrlPath {
    UrlPath::new(format!("{}/{id}.html", RegisterPage::Topics.path()))
}

impl Document {
    /// Every anchor on the document's page.
    pub fn anchors(&self) -> impl Iterator<Item = String> + '_ {
        let headings = self.text.headings.iter().map(|heading| heading.anchor.clone());
        let taken = self.decisions().iter().map(|decision| decision.id.anchor());
        let reported = self.reported().iter().map(|decision| decision.id.anchor());
        headings.chain(taken).chain(reported)
    }
}

impl Portal {
    /// Whether the register page is part of this portal.
    pub fn has(&self, page: RegisterPage) -> bool {
        self.site.register_pages.contains(&page)
    }

    /// The body's page; `None` when the portal shows no bodies or the register lacks it.
    pub fn body_url(&self, id: &BodyId) -> Option<UrlPath> {
        self.registers.bodies.get(id.as_str()).filter(|_| self.has(RegisterPage::Bodies)).map(Body::url)
    }

    /// The topic's page; `None` when the portal shows no topics or the register lacks it.
    pub fn topic_url(&self, id: &TopicId) -> Option<UrlPath> {
        self.registers.topics.get(id.as_str()).filter(|_| self.has(RegisterPage::Topics)).map(Topic::url)
    }

    /// The page an internal link `@/…` leads to.
    pub fn resolve(&self, target: &LinkTarget) -> Result<UrlPath, Unresolved> {
        let path = target.path.trim_end_matches('/').trim_end_matches("_index").trim_end_matches('/');
        let page = if let Some(document) = self.document(path) {
            if let Some(anchor) =
                target.anchor.as_deref().filter(|anchor| !document.anchors().any(|known| known == **anchor))
            {
                return Err(Unresolved::Anchor { near: near(anchor, document.anchors()) });
            }
            document.url()
        } else {
            self.other_page(path).ok_or_else(|| Unresolved::Page { near: near(path, self.paths()) })?
        };
        match &target.anchor {
            Some(anchor) if page.as_str() == RegisterPage::Glossary.url().as_str() && !self.in_glossary(anchor) => {
                Err(Unresolved::Anchor { near: near(anchor, self.registers.terms.iter().map(Term::anchor)) })
            }
            Some(anchor) => Ok(UrlPath::new(format!("{page}#{anchor}"))),
            None => Ok(page),
        }
    }

    fn other_page(&self, path: &str) -> Option<UrlPath> {
        if let Some(section) = self.sections.get(path) {
            return Some(UrlPath::new(section.url()));
        }
        if let Some((page, ..)) = RegisterPage::ALL.iter().find(|(page, _, own, _)| *own == path && self.has(*page)) {
            return Some(page.url());
        }
        let (folder, id) = path.split_once('/')?;
        if folder == RegisterPage::Bodies.path() {
            self.body_url(&BodyId::new(id))
        } else if folder == RegisterPage::Topics.path() {
            self.topic_url(&TopicId::new(id))
        } else {
            None
        }
    }

    fn in_glossary(&self, anchor: &str) -> bool {
        self.registers.terms.iter().any(|term| term.anchor() == anchor)
            || self.registers.acts.iter().any(|act| act.anchor() == anchor)
    }

    fn paths(&self) -> impl Iterator<Item = String> + '_ {
        let documents = self.documents.iter().map(|document| document.id.to_string());
        let registers =
            RegisterPage::ALL.into_iter().filter(|(page, ..)| self.has(*page)).map(|(_, _, path, _)| path.to_owned());
        let bodies = self.registers.bodies.iter().map(|body| format!("{}/{}", RegisterPage::Bodies.path(), body.id));
        let topics = self.registers.topics.iter().map(|topic| format!("{}/{}", RegisterPage::Topics.path(), topic.id));
        documents.chain(registers).chain(bodies).chain(topics)
    }

    /// Every page address and what claims it; two claims of one address are an author's error.
    ///
    /// A section and a register page of the same path are one page: the register with the section's words.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut claim = |url: String, by: String, place: &Place| claims.push(Claim { url, by, place: place.clone() });
        for document in &self.documents {
            claim(document.url().to_string(), format!("dokumentet `{}`", document.place.source.path), &document.place);
        }
        for section in self.sections.values() {
            claim(section.url(), format!("avdelningen `{}`", section.place.source.path), &section.place);
        }
        let sectionless = RegisterPage::ALL
            .into_iter()
            .filter(|(page, _, path, _)| self.has(*page) && !self.sections.contains_key(*path));
        for (page, key, ..) in sectionless {
            claim(page.url().to_string(), format!("registret `{key}`"), &self.site.place);
        }
        if self.has(RegisterPage::Bodies) {
            self.registers
                .bodies
                .iter()
                .for_each(|body| claim(body.url().to_string(), format!("organet `{}`", body.id), &body.place));
        }
        if self.has(RegisterPage::Topics) {
            self.registers
                .topics
                .iter()
                .for_each(|topic| claim(topic.url().to_string(), format!("ämnet `{}`", topic.id), &topic.place));
        }
        for (url, by) in OWN_FILES {
            claim(url.to_owned(), by.to_owned(), &self.site.place);
        }
        for (file, place) in self.named_files() {
            let url = file_url(file);
            if OWN_FOLDERS.iter().any(|folder| url.starts_with(folder)) {
                claim(url.clone(), "samverks egna filer".to_owned(), place);
            }
            claim(url, format!("filen `{file}`"), place);
        }
        // What stands at its own address goes before what only leads on from it.
        for document in &self.documents {
            for alias in &document.aliases {
                claim(
                    format!("{}.html", alias.trim_matches('/')),
                    format!("alias i `{}`", document.place.source.path),
                    &document.place.of("alias", alias),
                );
            }
        }
        claims
    }
}

/// A content file's address: its path below `content/`, each part made fit for every host.
pub fn file_url(path: &str) -> String {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let fit = |part: &str| part.split('.').map(slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
    path.split('/').map(fit).collect::<Vec<_>>().join("/")
}

fn near(wanted: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let known: Vec<String> = known.collect();
    crate::diagnostic::nearest(wanted, known.iter().map(String::as_str)).map(str::to_owned)
}
