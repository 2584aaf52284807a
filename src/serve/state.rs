//! What the preview shows: the last good portal, and what is wrong with the latest one.

use super::search::LiveIndex;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Date, DocumentId, Edition, Portal};
use crate::render::{Renderer, Theme, Viewing};
use crate::search::Keeping;
use crate::workspace::{Workspace, is_theme};
use annotate_snippets::Renderer as Excerpts;
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// More errors than this are counted, not shown: nobody mends more at a time.
const SHOWN: usize = 20;

#[derive(Clone)]
pub struct State {
    workspace: Arc<Mutex<Workspace>>,
    theme: Arc<Theme>,
    theme_problems: Arc<Vec<Diagnostic>>,
    edition: Edition,
    /// The last portal without errors, and the index of it.
    good: Option<(Arc<Renderer>, Arc<LiveIndex>)>,
    /// The number of the good state; 0 while there is none.
    shown: u64,
    /// The last number given out, whoever asked for it.
    numbers: Arc<AtomicU64>,
    index: IndexOf,
    errors: Vec<Diagnostic>,
    /// Warnings in the files that changed last; all of them at first.
    warnings: Vec<Diagnostic>,
}

/// What the good portal's index can be made into the next one's by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IndexOf {
    /// Documents that changed.
    Documents,
    /// Nothing: everything was read anew.
    Everything,
}

impl State {
    /// Reads the portal from the ground.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn open(root: &Path, edition: Edition) -> anyhow::Result<Self> {
        let workspace = Workspace::open(root, today())?;
        let (theme, theme_problems) = workspace.theme()?;
        let mut state = Self {
            workspace: Arc::new(Mutex::new(workspace)),
            theme: Arc::new(theme),
            theme_problems: Arc::new(theme_problems),
            edition,
            good: None,
            shown: 0,
            numbers: Arc::default(),
            index: IndexOf::Everything,
            errors: Vec::new(),
            warnings: Vec::new(),
        };
        state.assemble(|_| true);
        Ok(state)
    }

    /// The state after something happened to the files at `paths` (below the root), and the documents that it changed.
    /// `None` when it changed nothing.
    ///
    /// Documents are read alone, and so is the theme; anything else makes everything be read again. What a change means
    /// to other documents is found by [`State::settled`].
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn after(before: &Self, paths: &[String]) -> anyhow::Result<Option<(Self, Vec<DocumentId>)>> {
        let mut state = before.clone();
        let mut workspace = before.workspace();
        let theme_changed = paths.iter().any(|path| is_theme(path));
        let refreshed = if workspace.today == today() { workspace.refresh(paths) } else { None };
        match &refreshed {
            Some(changed) if changed.is_empty() && !theme_changed => return Ok(None),
            Some(_) => {}
            None => {
                let root = workspace.sources.root.clone();
                *workspace = Workspace::open(&root, today())?;
                state.index = IndexOf::Everything;
            }
        }
        if theme_changed || refreshed.is_none() {
            let (theme, problems) = workspace.theme()?;
            (state.theme, state.theme_problems) = (Arc::new(theme), Arc::new(problems));
        }
        drop(workspace);
        state.assemble(|problem| refreshed.is_none() || paths.contains(&problem.place.source.path));
        Ok(Some((state, refreshed.unwrap_or_default())))
    }

    /// The state when every rule has been asked about the whole portal; `None` when that finds nothing else, or when
    /// the portal has changed meanwhile.
    pub fn settled(&self) -> Option<Self> {
        let portal = self.workspace().portal.clone()?;
        let relations = check::check(&portal);
        let mut workspace = self.workspace();
        if !workspace.portal.as_ref().is_some_and(|current| Arc::ptr_eq(current, &portal)) {
            return None;
        }
        workspace.settle(relations);
        drop(workspace);
        let mut state = self.clone();
        let told: HashSet<&str> = self.warnings.iter().map(|problem| problem.place.source.path.as_str()).collect();
        state.assemble(|problem| told.contains(problem.place.source.path.as_str()));
        (state.errors.len() != self.errors.len() || state.report() != self.report()).then_some(state)
    }

    /// Takes faults from the workspace and, when there are no errors, its portal. `of_interest` picks the warnings.
    fn assemble(&mut self, of_interest: impl Fn(&Diagnostic) -> bool) {
        let shared = Arc::clone(&self.workspace);
        let mut workspace = shared.lock().expect("no thread panics while it reads the portal");
        let faults = || workspace.faults_in(self.edition).chain(self.theme_problems.iter().map(Cow::Borrowed));
        let is_error = |problem: &Cow<'_, Diagnostic>| problem.severity == Severity::Error;
        let mut errors: Vec<_> = faults().filter(is_error).map(Cow::into_owned).collect();
        let warnings = faults().filter(|problem| !is_error(problem) && of_interest(problem));
        let mut warnings: Vec<_> = warnings.map(Cow::into_owned).collect();
        check::sort(&mut errors);
        check::sort(&mut warnings);
        (self.errors, self.warnings) = (errors, warnings);
        let Some(portal) = workspace.edition(self.edition).filter(|_| self.errors.is_empty()) else { return };
        let index = match (&self.good, self.index) {
            (Some((_, index)), IndexOf::Documents) => Arc::clone(index),
            _ => Arc::new(LiveIndex::new(workspace.sources.root.clone(), workspace.sources.texts.clone())),
        };
        drop(workspace);
        self.show(portal, index);
    }

    fn show(&mut self, portal: Arc<Portal>, index: Arc<LiveIndex>) {
        let (workspace, edition, theme_problems) =
            (Arc::clone(&self.workspace), self.edition, Arc::clone(&self.theme_problems));
        let report = move || {
            let workspace = workspace.lock().expect("no thread panics while it reads the portal");
            let mut problems = workspace.problems_in(edition);
            problems.extend(theme_problems.iter().cloned());
            check::sort(&mut problems);
            problems
        };
        self.shown = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
        let viewing = Viewing::Preview(self.shown);
        let renderer = Renderer::new(portal, Arc::clone(&self.theme), viewing).reporting(report);
        (self.good, self.index) = (Some((Arc::new(renderer), index)), IndexOf::Documents);
    }

    fn workspace(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().expect("no thread panics while it reads the portal")
    }

    pub fn good(&self) -> Option<&Arc<Renderer>> {
        self.good.as_ref().map(|(renderer, _)| renderer)
    }

    /// Makes the index of the good portal if there is none, and takes in the documents that changed.
    pub fn index(&self, changed: &[DocumentId]) -> Option<Keeping> {
        let (renderer, index) = self.good.as_ref()?;
        index.update(renderer.portal(), changed);
        Some(index.warm(renderer.portal()))
    }

    /// Answers a question to the index; `None` when the path asks nothing of it.
    pub fn answer(&self, path: &str, query: &str) -> Option<Vec<u8>> {
        let (renderer, index) = self.good.as_ref()?;
        index.answer(renderer.portal(), path, query)
    }

    /// The portal's folder.
    pub fn root(&self) -> PathBuf {
        self.workspace.lock().expect("no thread panics while it reads the portal").sources.root.clone()
    }

    /// Every error, and the warnings in the files that changed last.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = [self.errors.as_slice(), self.warnings.as_slice()].concat();
        check::sort(&mut problems);
        problems
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What the browser is told: to reload, or what is wrong.
    pub fn event(&self) -> String {
        if self.has_errors() {
            let text = serde_json::to_string(&self.report()).expect("a text is always JSON");
            format!("event: problems\ndata: {text}\n\n")
        } else {
            "event: reload\ndata: {}\n\n".to_owned()
        }
    }

    /// What a page is told that has just begun to listen, and shows the state `seen`; a page that does not say which is
    /// told of errors alone.
    pub fn first_event(&self, seen: &str) -> String {
        let is_old = seen.parse().is_ok_and(|seen: u64| seen != self.shown);
        if is_old || self.has_errors() { self.event() } else { String::new() }
    }

    /// The errors with their excerpts, as plain text.
    pub fn report(&self) -> String {
        let excerpts = Excerpts::plain();
        let mut texts: Vec<_> = self.errors.iter().take(SHOWN).map(|problem| problem.render(&excerpts)).collect();
        if self.errors.len() > SHOWN {
            texts.push(format!("… och {} fel till", self.errors.len() - SHOWN));
        }
        texts.join("\n\n")
    }
}

/// The day that the preview speaks for.
fn today() -> Date {
    jiff::Zoned::now().date()
}
