//! The preview: renders the route that is asked for, from memory, and tells the browser when something changed.
//!
//! Nothing is written to disk but an editor's answers to an import's questions and the index kept for the next start, and
//! no path of a request is looked up on it.

mod live;
mod request;
mod response;
mod review;
mod search;
mod state;

use crate::model::{DocumentId, Edition};
use crate::search::Keeping;
use live::Subscribers;
use notify::{EventKind, RecursiveMode, Watcher};
use state::State;
use std::collections::BTreeSet;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tiny_http::Server;

/// What to preview, and where.
#[derive(Clone, Debug)]
pub struct Options {
    pub root: PathBuf,
    pub edition: Edition,
    pub host: String,
    pub port: u16,
}

/// How many requests are answered at the same time; live reloads hold none of them.
const WORKERS: usize = 4;

/// How long to wait for more changes after one: an editor's "save" is several.
const SETTLE: Duration = Duration::from_millis(4);

/// A running preview.
pub struct Preview {
    pub address: SocketAddr,
    server: Arc<Server>,
    shared: Arc<Shared>,
    changes: Changes,
}

/// What happens to the portal's files, as long as the watcher lives.
struct Changes {
    events: Receiver<notify::Event>,
    _watcher: notify::RecommendedWatcher,
}

/// What the request handlers and the watcher share.
struct Shared {
    options: Options,
    state: RwLock<Arc<State>>,
    subscribers: Subscribers,
    token: review::Token,
}

impl Preview {
    /// Reads the portal and starts to listen.
    ///
    /// # Errors
    /// When the portal's folder cannot be read or watched, or the address is taken.
    pub fn start(options: Options) -> anyhow::Result<Self> {
        // Before the first reading, so that no edit falls between.
        let changes = Changes::below(&options.root)?;
        let state = State::open(&options.root, options.edition)?;
        let wanted = (options.host.as_str(), options.port).to_socket_addrs()?.next();
        let wanted = wanted.ok_or_else(|| anyhow::anyhow!("{} is no address", options.host))?;
        let server = Server::http(wanted).map_err(|error| anyhow::anyhow!("cannot listen on {wanted}: {error}"))?;
        let address = server.server_addr().to_ip().ok_or_else(|| anyhow::anyhow!("not listening on an IP address"))?;
        let shared = Shared {
            options,
            state: RwLock::new(Arc::new(state)),
            subscribers: Subscribers::default(),
            token: review::Token::new(),
        };
        Ok(Self { address, server: Arc::new(server), shared: Arc::new(shared), changes })
    }

    /// The problems of the portal as it was first read.
    pub fn problems(&self) -> Vec<crate::diagnostic::Diagnostic> {
        self.shared.current().problems()
    }

    /// Answers requests and follows changes, until the process ends. `changed` is told of every new state's problems, and
    /// `indexed` whether the index kept of the last run could be used.
    ///
    /// # Errors
    /// When the folder cannot be read any more.
    pub fn run(
        self,
        changed: impl Fn(&[crate::diagnostic::Diagnostic], Duration),
        indexed: impl Fn(Keeping) + Send + 'static,
    ) -> anyhow::Result<()> {
        for _ in 0..WORKERS {
            let (server, shared) = (Arc::clone(&self.server), Arc::clone(&self.shared));
            let port = self.address.port();
            std::thread::spawn(move || {
                for request in server.incoming_requests() {
                    response::answer(request, &shared, port);
                }
            });
        }
        let (changed_documents, behind) = channel();
        let shared = Arc::clone(&self.shared);
        std::thread::spawn(move || follow(&shared, &behind, indexed));
        // The first question should not wait for the whole index.
        changed_documents.send(Vec::new())?;
        watch(&self.shared, &self.changes.events, &changed_documents, changed)
    }
}

impl Shared {
    fn current(&self) -> Arc<State> {
        Arc::clone(&self.state.read().expect("no thread panics while it replaces the state"))
    }

    /// Shows `state` and tells the open pages.
    fn show(&self, state: State) {
        let event = state.event();
        *self.state.write().expect("no thread panics while it replaces the state") = Arc::new(state);
        self.subscribers.tell(&event);
    }

    /// Shows `state` unless something else than `before` is shown by now.
    fn show_after(&self, before: &Arc<State>, state: State) {
        let event = state.event();
        let mut shown = self.state.write().expect("no thread panics while it replaces the state");
        if Arc::ptr_eq(&shown, before) {
            *shown = Arc::new(state);
            drop(shown);
            self.subscribers.tell(&event);
        }
    }
}

impl Changes {
    fn below(root: &Path) -> anyhow::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // The watcher may outlive the receiver for a moment when the program ends.
            drop(event.map(|event| sender.send(event)));
        })?;
        for folder in ["content", "site", "themes"] {
            let path = root.join(folder);
            if path.is_dir() {
                watcher.watch(&path, RecursiveMode::Recursive)?;
            }
        }
        Ok(Self { events, _watcher: watcher })
    }
}

fn watch(
    shared: &Shared,
    events: &Receiver<notify::Event>,
    behind: &Sender<Vec<DocumentId>>,
    changed: impl Fn(&[crate::diagnostic::Diagnostic], Duration),
) -> anyhow::Result<()> {
    loop {
        let Some(paths) = next_change(events) else { return Ok(()) };
        let started = std::time::Instant::now();
        let after = State::after(&shared.current(), &relative(&shared.options.root, &paths))?;
        let Some((state, documents)) = after else { continue };
        let problems = state.problems();
        shared.show(state);
        let took = started.elapsed();
        behind.send(documents)?;
        changed(&problems, took);
    }
}

/// Does what the reader of the changed page need not wait for: brings the index up to date, and asks the rules that look
/// at the whole portal.
fn follow(shared: &Shared, changes: &Receiver<Vec<DocumentId>>, indexed: impl Fn(Keeping)) {
    let mut changed = BTreeSet::new();
    let mut first = true;
    while let Ok(documents) = changes.recv() {
        changed.extend(documents);
        changed.extend(changes.try_iter().flatten());
        let state = shared.current();
        // What was read anew is settled already.
        let settled = if changed.is_empty() { None } else { state.settled() };
        if let Some(settled) = settled {
            shared.show_after(&state, settled);
        }
        let state = shared.current();
        if !state.has_errors() {
            let keeping = state.index(&std::mem::take(&mut changed).into_iter().collect::<Vec<_>>());
            keeping.filter(|_| std::mem::take(&mut first)).into_iter().for_each(&indexed);
        }
    }
}

/// The paths of the next burst of changes; `None` when nothing will come any more.
fn next_change(receiver: &Receiver<notify::Event>) -> Option<Vec<PathBuf>> {
    let mut paths = Vec::new();
    loop {
        let event = if paths.is_empty() {
            receiver.recv().ok()?
        } else {
            match receiver.recv_timeout(SETTLE) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => return Some(paths),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        };
        // Reading a file is an event too; to act on that would make a loop.
        if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)) {
            paths.extend(event.paths);
        }
    }
}

fn relative(root: &Path, paths: &[PathBuf]) -> Vec<String> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut out: Vec<String> = paths
        .iter()
        .filter_map(|path| path.strip_prefix(&root).ok())
        .map(|path| path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
        .collect();
    out.sort();
    out.dedup();
    out
}
