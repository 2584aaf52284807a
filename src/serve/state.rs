//! What the preview shows: the last good portal, and what is wrong with the latest one.

use super::search::LiveIndex;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{DocumentId, Edition};
use crate::render::{Renderer, Theme, Viewing};
use crate::workspace::Workspace;
use annotate_snippets::Renderer as Excerpts;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub struct State {
    workspace: Arc<Mutex<Workspace>>,
    theme: Arc<Theme>,
    theme_problems: Vec<Diagnostic>,
    edition: Edition,
    /// The last portal without errors.
    good: Option<Arc<Renderer>>,
    index: Arc<LiveIndex>,
    problems: Vec<Diagnostic>,
}

impl State {
    /// Reads the portal from the ground.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn open(root: &Path, edition: Edition) -> anyhow::Result<Self> {
        let workspace = Workspace::open(root, jiff::Zoned::now().date())?;
        let (theme, theme_problems) = workspace.theme()?;
        let index = Arc::default();
        Ok(Self::assembled(Arc::new(Mutex::new(workspace)), Arc::new(theme), theme_problems, edition, None, index))
    }

    /// The state after the files at `paths` (below the root) changed: one document is read alone, anything else makes
    /// everything be read again.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn after(before: &Self, paths: &[String]) -> anyhow::Result<Self> {
        let good = before.good.clone();
        let mut workspace = before.workspace.lock().expect("no thread panics while it reads the portal");
        if !paths.iter().all(|path| workspace.refresh(path)) {
            let root = workspace.sources.root.clone();
            *workspace = Workspace::open(&root, jiff::Zoned::now().date())?;
            let (theme, theme_problems) = workspace.theme()?;
            drop(workspace);
            let shared = Arc::clone(&before.workspace);
            return Ok(Self::assembled(shared, Arc::new(theme), theme_problems, before.edition, good, Arc::default()));
        }
        drop(workspace);
        let theme_problems = before.theme_problems.clone();
        let index = Arc::clone(&before.index);
        let workspace = Arc::clone(&before.workspace);
        let state = Self::assembled(workspace, Arc::clone(&before.theme), theme_problems, before.edition, good, index);
        if let Some(renderer) = state.good.as_ref().filter(|_| !state.has_errors()) {
            let id = |path: &String| path.strip_prefix("content/")?.strip_suffix(".md").map(DocumentId::new);
            state.index.update(renderer.portal(), &paths.iter().filter_map(id).collect::<Vec<_>>());
        }
        Ok(state)
    }

    fn assembled(
        workspace: Arc<Mutex<Workspace>>,
        theme: Arc<Theme>,
        theme_problems: Vec<Diagnostic>,
        edition: Edition,
        good: Option<Arc<Renderer>>,
        index: Arc<LiveIndex>,
    ) -> Self {
        let held = workspace.lock().expect("no thread panics while it reads the portal");
        let mut problems = held.problems_in(edition);
        problems.extend(theme_problems.iter().cloned());
        check::sort(&mut problems);
        let portal = if has_errors(&problems) { None } else { held.edition(edition) };
        let fresh = portal.map(|portal| {
            Arc::new(Renderer::new(Arc::new(portal), Arc::clone(&theme), Viewing::Preview).reporting(problems.clone()))
        });
        drop(held);
        Self { workspace, theme, theme_problems, edition, good: fresh.or(good), index, problems }
    }

    pub fn good(&self) -> Option<&Arc<Renderer>> {
        self.good.as_ref()
    }

    /// Makes the index, if there is a portal to index.
    pub fn warm(&self) {
        if let Some(renderer) = &self.good {
            self.index.warm(renderer.portal());
        }
    }

    /// Answers a question to the index; `None` when the path asks nothing of it.
    pub fn answer(&self, path: &str, query: &str) -> Option<Vec<u8>> {
        self.index.answer(self.good.as_ref()?.portal(), path, query)
    }

    /// The portal's folder.
    pub fn root(&self) -> PathBuf {
        self.workspace.lock().expect("no thread panics while it reads the portal").sources.root.clone()
    }

    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    pub fn has_errors(&self) -> bool {
        has_errors(&self.problems)
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

    /// Every problem with its excerpt, as plain text.
    pub fn report(&self) -> String {
        let excerpts = Excerpts::plain();
        self.problems.iter().map(|problem| problem.render(&excerpts)).collect::<Vec<_>>().join("\n\n")
    }
}

fn has_errors(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
