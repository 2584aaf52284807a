//! The site's own facts, its registers, and its sections and plain pages.

use super::{Act, AllowedContacts, Body, BodyId, Date, Phrases, Term, Text, Topic, TopicId, Visibility};
use crate::diagnostic::Place;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// `site.yaml`.
#[derive(Clone, Debug)]
pub struct Site {
    pub title: String,
    pub description: Option<String>,
    /// Who publishes it.
    pub owner: Option<String>,
    /// Absolute, with a final slash; only feeds, sitemap and canonical links use it.
    pub base_url: Option<String>,
    /// The county's full name: "Dalarnas län".
    pub county: Option<String>,
    pub language: String,
    pub theme: String,
    /// What the site sets of the theme's settings.
    pub theme_settings: Settings,
    /// Days before its end that an agreement "upphör snart".
    pub ends_soon_days: u16,
    pub per_page: usize,
    pub contact: Contact,
    pub register_pages: BTreeSet<RegisterPage>,
    pub editions: BTreeSet<Edition>,
    pub targets: Vec<Target>,
    /// Address of the licence of the open data.
    pub license: Option<String>,
    pub accessibility: Option<Accessibility>,
    /// What may be published of e-mail addresses and telephone numbers.
    pub allowed_contacts: AllowedContacts,
    pub place: Place,
}

/// A host that builds are published to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub name: String,
    /// The folder that the host serves, relative to the portal's unless it is absolute.
    pub folder: String,
    /// The only edition that it takes.
    pub edition: Edition,
}

/// A theme's settings by name.
pub type Settings = BTreeMap<String, serde_json::Value>;

#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub name: Option<String>,
    pub email: Option<String>,
    pub link: Option<String>,
}

/// Which readers an output is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    Public,
    Internal,
}

/// The pages that are made from registers rather than from a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisterPage {
    Meetings,
    Decisions,
    Assignments,
    Agreements,
    Structure,
    FollowUp,
    Topics,
    Bodies,
    Glossary,
    /// The public edition's data files; the internal one has only the page that says so.
    OpenData,
}

/// The accessibility statement's items, as the DOS act (2018:1937) and Digg's regulation want them.
#[derive(Clone, Debug)]
pub struct Accessibility {
    pub actor: String,
    pub service: String,
    pub level: String,
    pub deficiencies: Vec<Deficiency>,
    pub assessed: Date,
    pub updated: Date,
    pub method: String,
    pub contact: String,
    pub supervision: String,
    pub disproportionate_burden: String,
    pub exemptions: String,
}

#[derive(Clone, Debug)]
pub struct Deficiency {
    pub what: String,
    pub why: Option<String>,
    pub alternative: Option<String>,
}

/// All that `site/` holds about the world.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    pub bodies: Register<Body>,
    pub topics: Register<Topic>,
    pub terms: Vec<Term>,
    pub acts: Vec<Act>,
    /// The registers' own words, to be found in texts.
    pub phrases: Phrases,
}

/// Entries in the file's order, found by id.
#[derive(Clone, Debug)]
pub struct Register<T> {
    entries: Vec<T>,
    by_id: HashMap<String, usize>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), by_id: HashMap::new() }
    }
}

impl<T> Register<T> {
    pub fn get(&self, id: &str) -> Option<&T> {
        self.by_id.get(id).map(|&at| &self.entries[at])
    }

    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry; an id that is taken gives the entry back.
    pub fn insert(&mut self, id: &str, entry: T) -> Result<(), T> {
        if self.by_id.contains_key(id) {
            return Err(entry);
        }
        self.by_id.insert(id.to_owned(), self.entries.len());
        self.entries.push(entry);
        Ok(())
    }
}

impl Registers {
    pub fn new(bodies: Register<Body>, topics: Register<Topic>, terms: Vec<Term>, acts: Vec<Act>) -> Self {
        let phrases = Phrases::of(&topics.entries, &terms, &acts);
        Self { bodies, topics, terms, acts, phrases }
    }

    /// The body's name; its id where the register lacks it.
    pub fn body_name<'a>(&'a self, id: &'a BodyId) -> &'a str {
        self.bodies.get(id.as_str()).map_or(id.as_str(), |body| &body.name)
    }

    /// The topic's name; its id where the register lacks it.
    pub fn topic_name<'a>(&'a self, id: &'a TopicId) -> &'a str {
        self.topics.get(id.as_str()).map_or(id.as_str(), |topic| &topic.name)
    }
}

/// A folder of `content/` and its `_index.md`.
#[derive(Clone, Debug)]
pub struct Section {
    /// Below `content/`: `moten`; an empty text for the root.
    pub path: String,
    pub title: String,
    pub description: Option<String>,
    pub template: Option<String>,
    pub per_page: Option<usize>,
    pub weight: i64,
    pub sort: SortBy,
    /// What its own `förval` says, if anything.
    pub visibility: Option<Visibility>,
    pub text: Option<Text>,
    /// The same without its internal blocks.
    pub public_text: Option<Text>,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// Newest first.
    Date,
    Title,
    Weight,
}

/// A plain page (`typ: sida`).
#[derive(Clone, Debug)]
pub struct Page {
    pub template: Option<String>,
    pub weight: i64,
    pub in_menu: InMenu,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InMenu {
    Yes,
    No,
}

impl Section {
    /// The section's page: `moten.html`, and `index.html` for the root.
    pub fn url(&self) -> String {
        if self.path.is_empty() { "index.html".to_owned() } else { format!("{}.html", self.path) }
    }
}

impl Edition {
    pub const ALL: [(Self, &'static str); 2] = [(Self::Public, "publik"), (Self::Internal, "intern")];

    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl RegisterPage {
    /// With the key in `site.yaml`, the page's path without `.html`, and its title.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 10] = [
        (Self::Meetings, "möten", "moten", "Möten"),
        (Self::Decisions, "beslut", "beslut", "Beslut"),
        (Self::Assignments, "uppdrag", "uppdrag", "Uppdrag"),
        (Self::Agreements, "överenskommelser", "overenskommelser", "Överenskommelser"),
        (Self::Structure, "struktur", "struktur", "Samverkansstruktur"),
        (Self::FollowUp, "uppföljning", "uppfoljning", "På gång"),
        (Self::Topics, "ämnen", "amnen", "Ämnen"),
        (Self::Bodies, "organ", "organ", "Organ"),
        (Self::Glossary, "ordlista", "ordlista", "Begrepp och förkortningar"),
        (Self::OpenData, "öppna-data", "oppna-data", "Öppna data"),
    ];

    pub fn path(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    pub fn title(self) -> &'static str {
        Self::ALL[self as usize].3
    }
}

/// The files of one place that templates and assets come from, as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeLayer {
    /// Where it lies, below the portal's root: `themes/mitt-tema` or `site`.
    pub path: String,
    /// By path below it: `templates/base.html`, `static/portal.css`.
    pub files: BTreeMap<String, Vec<u8>>,
}
