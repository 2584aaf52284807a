//! From a folder to a checked portal, and from an edit to the next one.

use crate::check::{self, Around};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::edition::{edition, is_public};
use crate::link;
use crate::model::{Date, Document, Edition, Phrases, Portal};
use crate::render::{DEFAULT_NAME, Theme};
use crate::source::{self, Context, Parsed, Sources};
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// A portal's folder as it was last read.
#[derive(Debug)]
pub struct Workspace {
    pub sources: Sources,
    pub today: Date,
    parsed: Option<Parsed>,
    /// The acts that texts may no longer rest on.
    repealed: Phrases,
    /// Faults found while reading, by the file they stand in.
    reading: Vec<Diagnostic>,
    /// The uncut portal; `None` while `site.yaml` cannot be read.
    pub portal: Option<Portal>,
    /// Everything at fault, in the order of files and lines.
    pub problems: Vec<Diagnostic>,
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
        if let Some(parsed) = &parsed {
            let around = Around {
                registers: &parsed.registers,
                repealed: &repealed,
                contacts: &parsed.site.allowed_contacts,
                today,
            };
            let documents = parsed.documents.par_iter();
            reading.par_extend(documents.flat_map_iter(|document| check::check_document(document, around)));
        }
        let mut workspace = Self { sources, today, parsed, repealed, reading, portal: None, problems: Vec::new() };
        workspace.assemble();
        Ok(workspace)
    }

    /// Everything at fault in what `edition` holds. Errors count wherever they stand, since they keep the portal from
    /// being read; in the public edition personal facts are errors too.
    pub fn problems_in(&self, wanted: Edition) -> Vec<Diagnostic> {
        if wanted == Edition::Internal {
            return self.problems.clone();
        }
        let documents = self.portal.iter().flat_map(|portal| &portal.documents);
        let hidden: HashSet<&str> = documents
            .filter(|document| !is_public(document))
            .map(|document| document.place.source.path.as_str())
            .collect();
        let held = self.problems.iter().filter(|problem| {
            problem.severity == Severity::Error || !hidden.contains(problem.place.source.path.as_str())
        });
        held.cloned().map(check::personal_data::in_public).collect()
    }

    /// The portal as `wanted` may hold it; `None` while there is an error.
    pub fn edition(&self, wanted: Edition) -> Option<Portal> {
        self.portal.as_ref().filter(|_| !self.has_errors()).map(|portal| edition(portal, wanted))
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

    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Reads one document's file anew, without reading any other. `false` when the change reaches further than one
    /// document's text (a register, a section, a new or removed file): then the whole folder is to be opened again.
    pub fn refresh(&mut self, path: &str) -> bool {
        let Some(position) = self.parsed.as_ref().and_then(|parsed| position(parsed, path)) else { return false };
        let Ok(Some(text)) = source::reload(&self.sources, path) else { return false };
        self.sources.texts.insert(path.to_owned(), Arc::clone(&text));
        self.reading.retain(|problem| problem.place.source.path != path);
        if let Some(document) = self.read(&text)
            && let Some(parsed) = &mut self.parsed
        {
            parsed.documents[position] = Arc::new(document);
        }
        self.assemble();
        true
    }

    fn read(&mut self, text: &Arc<SourceText>) -> Option<Document> {
        let parsed = self.parsed.as_ref()?;
        let context = Context {
            registers: &parsed.registers,
            inherited: &parsed.inherited,
            sources: &self.sources,
            county: parsed.site.county.as_deref(),
        };
        let (document, found) = source::document(text, &context);
        self.reading.extend(found);
        let contacts = &parsed.site.allowed_contacts;
        let around = Around { registers: &parsed.registers, repealed: &self.repealed, contacts, today: self.today };
        self.reading.extend(document.iter().flat_map(|document| check::check_document(document, around)));
        document
    }

    fn assemble(&mut self) {
        self.problems.clone_from(&self.reading);
        if let Some(parsed) = &self.parsed {
            let links = link::links(&parsed.site, &parsed.sections, &parsed.documents, self.today);
            let portal = Portal {
                site: Arc::clone(&parsed.site),
                registers: Arc::clone(&parsed.registers),
                sections: Arc::clone(&parsed.sections),
                documents: parsed.documents.clone(),
                links: Arc::new(links),
                files: Arc::clone(&parsed.files),
                edition: Edition::Internal,
                today: self.today,
            };
            if self.reading.is_empty() {
                self.problems.extend(check::check_empty(&portal));
            }
            self.problems.extend(check::check(&portal));
            self.portal = Some(portal);
        }
        check::sort(&mut self.problems);
    }
}

fn position(parsed: &Parsed, path: &str) -> Option<usize> {
    parsed.documents.iter().position(|document| document.place.source.path == path)
}
