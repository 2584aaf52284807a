//! From a folder to a checked portal, and from an edit to the next one.

use crate::check::{self, Around};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::edition;
use crate::link;
use crate::model::{Date, Document, DocumentId, Edition, Phrases, Portal};
use crate::render::{DEFAULT_NAME, Theme};
pub use crate::source::is_theme;
use crate::source::{self, Change, Context, Inherited, Parsed, Sources};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// More documents than this that change at once are linked anew instead of one by one.
const ONE_BY_ONE: usize = 16;

/// A portal's folder as it was last read.
#[derive(Debug)]
pub struct Workspace {
    pub sources: Sources,
    pub today: Date,
    inherited: Inherited,
    /// The acts that texts may no longer rest on.
    repealed: Phrases,
    /// Faults found while reading, and in documents by themselves.
    reading: Vec<Diagnostic>,
    /// Faults in how documents hang together.
    relations: Vec<Diagnostic>,
    /// The uncut portal; `None` while `site.yaml` cannot be read.
    pub portal: Option<Arc<Portal>>,
    /// The public edition, once it has been asked for.
    public: Option<Arc<Portal>>,
}

impl Workspace {
    /// Reads, links and checks the portal below `root`, for the day `today`.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn open(root: &Path, today: Date) -> anyhow::Result<Self> {
        let (sources, mut reading) = source::load(root)?;
        let (parsed, found) = source::parse(&sources);
        reading.extend(found);
        let acts = parsed.as_ref().map_or(&[][..], |parsed| &parsed.registers.acts);
        let repealed = Phrases::repealed(acts, today);
        let (mut portal, mut inherited) = (None, Inherited::default());
        if let Some(parsed) = parsed {
            let contacts = &parsed.site.allowed_contacts;
            let around = Around { registers: &parsed.registers, repealed: &repealed, contacts, today };
            let documents = parsed.documents.par_iter();
            reading.par_extend(documents.flat_map_iter(|document| check::check_document(document, around)));
            let Parsed { site, registers, sections, documents, files, inherited: found } = parsed;
            inherited = found;
            let links = Arc::new(link::links(&site, &sections, &documents, today));
            let edition = Edition::Internal;
            portal = Some(Arc::new(Portal { site, registers, sections, documents, links, files, edition, today }));
        }
        let mut workspace =
            Self { sources, today, inherited, repealed, reading, relations: Vec::new(), portal, public: None };
        let relations = workspace.portal.as_deref().map(check::check).unwrap_or_default();
        workspace.settle(relations);
        Ok(workspace)
    }

    /// The portal as `wanted` may hold it; `None` while there is an error.
    pub fn edition(&mut self, wanted: Edition) -> Option<Arc<Portal>> {
        let portal = self.portal.as_ref().filter(|_| !self.has_errors())?;
        Some(match wanted {
            Edition::Internal => Arc::clone(portal),
            Edition::Public => {
                let cut = || Arc::new(edition::edition(Portal::clone(portal), Edition::Public));
                Arc::clone(self.public.get_or_insert_with(cut))
            }
        })
    }

    /// That `wanted` is no edition that the site says it has.
    pub fn unlisted(&self, wanted: Edition) -> Option<Diagnostic> {
        let site = &self.portal.as_ref()?.site;
        let place = site.place.of("utgåvor", "");
        let fault = || Diagnostic::error("utgåva-saknas", place, format!("utgåvan `{}` ska inte byggas", wanted.key()));
        let add = || format!("lägg till `{}` bland `utgåvor`, eller bygg en annan utgåva", wanted.key());
        (!site.editions.contains(&wanted)).then(|| fault().hint(add()))
    }

    /// The files, and the portal as `wanted` may hold it, when nothing more will be asked of the rest; no portal when
    /// there is an error.
    pub fn into_edition(mut self, wanted: Edition) -> (Sources, Option<Arc<Portal>>) {
        let whole = self.portal.take().filter(|_| !self.has_errors());
        let Self { sources, public, .. } = self;
        let cut = |whole| Arc::new(edition::edition(Arc::unwrap_or_clone(whole), wanted));
        (sources, public.filter(|_| wanted == Edition::Public).or_else(|| whole.map(cut)))
    }

    /// The portal's theme with its overrides; templates at fault are reported.
    ///
    /// # Errors
    /// When a file of the theme cannot be read.
    pub fn theme(&self) -> anyhow::Result<(Theme, Vec<Diagnostic>)> {
        let Some(portal) = &self.portal else { return Ok(Theme::new("", &[], self.sources.root.clone())) };
        let name = &portal.site.theme;
        let layers = source::theme_layers(&self.sources.root, name)?;
        let (theme, mut problems) = Theme::new(name, &layers, self.sources.root.clone());
        let (settings, found) = source::theme_settings(&self.sources.root, &portal.site);
        let theme = theme.with_settings(settings);
        problems.extend(found);
        let own = format!("themes/{name}");
        if name != DEFAULT_NAME && !layers.iter().any(|layer| layer.path == own) {
            let place = portal.site.place.of("tema", name);
            problems.push(
                Diagnostic::error("okänt-tema", place, format!("temat `{name}` finns inte"))
                    .hint(format!("lägg temat i `{own}/`, eller skriv `tema: {DEFAULT_NAME}`")),
            );
        }
        Ok((theme, problems))
    }

    /// Everything at fault, in the order of files and lines.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.problems_in(Edition::Internal)
    }

    /// Everything at fault in what `edition` holds, in the order of files and lines.
    pub fn problems_in(&self, wanted: Edition) -> Vec<Diagnostic> {
        let mut problems: Vec<_> = self.faults_in(wanted).map(Cow::into_owned).collect();
        check::sort(&mut problems);
        problems
    }

    /// The same in no order. Errors count wherever they stand, since they keep the portal from being read; in the public
    /// edition personal facts are errors too.
    pub fn faults_in(&self, wanted: Edition) -> impl Iterator<Item = Cow<'_, Diagnostic>> {
        self.faults().filter_map(move |problem| match wanted {
            Edition::Internal => Some(Cow::Borrowed(problem)),
            Edition::Public if problem.severity == Severity::Warning && self.is_hidden(problem) => None,
            Edition::Public => Some(Cow::Owned(check::personal_data::in_public(problem.clone()))),
        })
    }

    fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.reading.iter().chain(&self.relations)
    }

    /// Whether it is in a document that the public edition does not hold.
    fn is_hidden(&self, problem: &Diagnostic) -> bool {
        let path = &problem.place.source.path;
        let portal = self.portal.as_ref();
        let document = portal.and_then(|portal| portal.document(source::document_id(path).as_str()));
        document.is_some_and(|document| document.place.source.path == *path && !edition::is_public(document))
    }

    pub fn has_errors(&self) -> bool {
        self.faults().any(|problem| problem.severity == Severity::Error)
    }

    /// Reads the documents among `paths` anew, no other file, and tells which of them changed. `None` when the change
    /// reaches further (a register, a section, an attachment): then the whole folder is to be opened again.
    ///
    /// The documents that changed are checked here; what the change means to others is found by [`Workspace::settle`].
    pub fn refresh(&mut self, paths: &[String]) -> Option<Vec<DocumentId>> {
        let portal = Arc::clone(self.portal.as_ref()?);
        if portal.links.by_id.len() != portal.documents.len() {
            // Two files of one name: positions mean nothing until that is mended.
            return None;
        }
        let mut texts = Vec::new();
        for path in paths {
            match self.sources.change(path) {
                Change::Nothing => {}
                Change::Everything => return None,
                Change::Document(text) => texts.push((path, text, position(&portal, path).ok()?)),
            }
        }
        let mut changes = Vec::new();
        for (path, text, at) in texts {
            let document = self.reread(path, text);
            changes.push(Edit { id: source::document_id(path), at, document: document.map(Arc::new) });
        }
        let ids = changes.iter().map(|change| change.id.clone()).collect();
        if !changes.is_empty() {
            self.apply(&portal, changes);
        }
        if self.has_errors() {
            // They may be mended by this very change.
            let relations = self.portal.as_deref().map(check::check).unwrap_or_default();
            self.settle(relations);
        }
        Some(ids)
    }

    /// Takes over what the whole portal's rules say of it.
    pub fn settle(&mut self, mut relations: Vec<Diagnostic>) {
        if let Some(portal) = self.portal.as_ref().filter(|_| self.reading.is_empty()) {
            relations.extend(check::check_empty(portal));
        }
        self.relations = relations;
    }

    fn reread(&mut self, path: &str, text: Option<Result<Arc<SourceText>, Diagnostic>>) -> Option<Document> {
        let elsewhere = |problem: &Diagnostic| problem.place.source.path != path;
        self.reading.retain(elsewhere);
        self.relations.retain(elsewhere);
        self.sources.texts.remove(path);
        let text = text?.map_err(|problem| self.reading.push(problem)).ok()?;
        self.sources.texts.insert(path.to_owned(), Arc::clone(&text));
        let portal = self.portal.as_ref()?;
        let context = Context {
            registers: &portal.registers,
            inherited: &self.inherited,
            sources: &self.sources,
            county: portal.site.county.as_deref(),
        };
        let (document, found) = source::document(&text, &context);
        self.reading.extend(found);
        let contacts = &portal.site.allowed_contacts;
        let around = Around { registers: &portal.registers, repealed: &self.repealed, contacts, today: self.today };
        self.reading.extend(document.iter().flat_map(|document| check::check_document(document, around)));
        document
    }

    /// Puts the documents that changed into the portal.
    fn apply(&mut self, before: &Arc<Portal>, edits: Vec<Edit>) {
        let changed: Vec<_> = edits.iter().filter_map(|edit| edit.document.clone()).collect();
        let mut public = self.public.take();
        let in_place = |edit: Edit| Some((edit.at?, edit.document?));
        let portal = match edits.iter().all(|edit| edit.at.is_some() && edit.document.is_some()) {
            true if edits.len() <= ONE_BY_ONE => {
                edits.into_iter().filter_map(in_place).fold(Arc::clone(before), |portal, (at, document)| {
                    public = public.take().and_then(|cut| edition::replaced(&cut, &portal, portal.at(at), &document));
                    Arc::new(link::replaced(&portal, at, document))
                })
            }
            _ => {
                public = None;
                Arc::new(relinked(before, edits))
            }
        };
        for document in changed {
            self.relations.extend(check::check_relations(&portal, &document));
        }
        (self.portal, self.public) = (Some(portal), public);
    }
}

/// A document that was changed, added or removed.
struct Edit {
    id: DocumentId,
    /// Where it stood.
    at: Option<usize>,
    document: Option<Arc<Document>>,
}

/// The position of the document that was read from `path`; an error when another file has its id.
fn position(portal: &Portal, path: &str) -> Result<Option<usize>, ()> {
    match portal.links.by_id.get(source::document_id(path).as_str()) {
        Some(&at) if portal.at(at).place.source.path == path => Ok(Some(at)),
        Some(_) => Err(()),
        None => Ok(None),
    }
}

fn relinked(before: &Portal, edits: Vec<Edit>) -> Portal {
    let mut documents: BTreeMap<_, _> =
        before.documents.iter().map(|document| (document.id.clone(), Arc::clone(document))).collect();
    for Edit { id, at: _, document } in edits {
        match document {
            Some(document) => drop(documents.insert(id, document)),
            None => drop(documents.remove(&id)),
        }
    }
    let documents: Vec<_> = documents.into_values().collect();
    let links = link::links(&before.site, &before.sections, &documents, before.today);
    Portal { documents, links: Arc::new(links), ..before.clone() }
}
