//! Whether a build would make what stands already: what it was made of and what it made, told by sizes and times.
//!
//! A stamp lies in the user's cache, never in the output, whose bytes depend on the content alone. It is believed only as
//! far as a file system's clock tells one change from the next; in doubt the build is made.

use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Changes closer together than this may carry the same time.
const TICK: Duration = Duration::from_millis(50);

/// The same where a file's time has no fraction of a second: FAT counts in steps of two.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// What decides what a build makes.
pub struct Inputs<'a> {
    /// The portal's folder, absolute.
    pub root: &'a Path,
    /// Folders below it that are read; others are not looked at.
    pub folders: &'a [&'a str],
    /// Everything else, in words: options, the day.
    pub options: String,
}

/// What one build was made of and what it made.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stamp {
    program: String,
    options: String,
    inputs: String,
    /// Files outside the folders that templates read.
    read: Vec<PathBuf>,
    output: String,
    /// How many files it made.
    pub files: usize,
    /// What it said of the content.
    pub said: String,
}

/// The files of some folders, each with what tells it from its next version.
struct Seen {
    digest: String,
    newest: Duration,
    is_coarse: bool,
    /// A link to a folder: what stands behind it is not looked at.
    is_linked: bool,
}

/// A look at the inputs before they are read.
pub struct Look {
    seen: Seen,
    options: String,
    taken: SystemTime,
}

impl Look {
    /// Looks at the inputs as they are now.
    pub fn at(inputs: &Inputs<'_>) -> Self {
        let taken = SystemTime::now();
        Self {
            seen: seen(inputs.folders.iter().map(|folder| inputs.root.join(folder))),
            options: inputs.options.clone(),
            taken,
        }
    }

    /// The stamp of the last build into `output`, when nothing of what it was made of and nothing of what it made has
    /// changed since.
    pub fn last(&self, output: &Path) -> Option<Stamp> {
        let stamp: Stamp = serde_json::from_slice(&fs::read(file(output)?).ok()?).ok()?;
        let same = stamp.program == program()?
            && stamp.options == self.options
            && stamp.inputs == self.digest(&stamp.read)
            && stamp.output == seen([output.to_owned()]).digest;
        same.then_some(stamp)
    }

    /// Notes that a build made `files` files of these inputs and of `read`. Nothing is noted where a later change might
    /// bear the same time, and nothing is at fault where the cache cannot be written.
    pub fn note(self, output: &Path, read: Vec<PathBuf>, files: usize, said: String) {
        let outside = seen(read.iter().cloned());
        let made = seen([output.to_owned()]);
        let settled = [&self.seen, &outside].iter().all(|seen| seen.is_settled(self.taken)) && !made.is_coarse;
        let (Some(file), Some(program)) = (file(output).filter(|_| settled), program()) else { return };
        let inputs = self.digest(&read);
        let stamp = Stamp { program, options: self.options, inputs, read, output: made.digest, files, said };
        let json = serde_json::to_vec(&stamp).unwrap_or_default();
        drop(file.parent().map(fs::create_dir_all));
        drop(fs::write(file, json));
    }

    fn digest(&self, read: &[PathBuf]) -> String {
        format!("{} {}", self.seen.digest, seen(read.iter().cloned()).digest)
    }
}

/// The program by its version and its file: another theme is built in, or another rule.
fn program() -> Option<String> {
    let file = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let time = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {} {time:?}", env!("CARGO_PKG_VERSION"), file.len()))
}

/// Where the stamp of a build into `output` lies; `None` where there is no place for it.
fn file(output: &Path) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME").map(|home| home.join(".cache"));
    let cache = variable("SAMVERK_CACHE").or_else(|| {
        let system = variable("XDG_CACHE_HOME").or_else(|| variable("LOCALAPPDATA")).or_else(home)?;
        Some(system.join("samverk"))
    })?;
    let name = blake3::hash(std::path::absolute(output).ok()?.to_string_lossy().as_bytes()).to_hex();
    Some(cache.join("builds").join(format!("{}.json", &name[..32])))
}

impl Seen {
    /// Whether a change after `taken` must bear another time.
    fn is_settled(&self, taken: SystemTime) -> bool {
        let tick = if self.is_coarse { COARSE_TICK } else { TICK };
        !self.is_linked && UNIX_EPOCH.checked_add(self.newest + tick).is_some_and(|time| time < taken)
    }
}

/// Looks at files, and at every file below folders.
fn seen(paths: impl IntoIterator<Item = PathBuf>) -> Seen {
    let (mut found, mut is_linked) = (Vec::new(), false);
    paths.into_iter().for_each(|path| is_linked |= walk(&path, &mut found).is_break());
    found.sort();
    let mut hasher = blake3::Hasher::new();
    let (mut newest, mut is_coarse) = (Duration::ZERO, false);
    for (path, facts) in &found {
        hasher.update(path.to_string_lossy().as_bytes());
        let Facts { length, modified, identity } = facts;
        hasher.update(format!("\0{length} {modified:?} {identity:?}\n").as_bytes());
        newest = newest.max(*modified).max(identity.1);
        is_coarse |= modified.subsec_nanos() == 0;
    }
    Seen { digest: hasher.finalize().to_hex().to_string(), newest, is_coarse, is_linked }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Facts {
    length: u64,
    modified: Duration,
    /// Which file it is, and when anything about it changed; nothing where the system does not tell.
    identity: (u64, Duration),
}

/// Breaks at a link to a folder.
fn walk(path: &Path, found: &mut Vec<(PathBuf, Facts)>) -> ControlFlow<()> {
    let Ok(metadata) = fs::metadata(path) else { return ControlFlow::Continue(()) };
    if !metadata.is_dir() {
        found.push((path.to_owned(), facts(&metadata)));
        return ControlFlow::Continue(());
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_symlink() && path.is_dir() {
            return ControlFlow::Break(());
        }
        walk(&path, found)?;
    }
    ControlFlow::Continue(())
}

fn facts(metadata: &Metadata) -> Facts {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Facts { length: metadata.len(), modified, identity: identity(metadata) }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, Duration) {
    use std::os::unix::fs::MetadataExt;
    let (seconds, nanoseconds) = (metadata.ctime().try_into(), metadata.ctime_nsec().try_into());
    (metadata.ino(), Duration::new(seconds.unwrap_or_default(), nanoseconds.unwrap_or_default()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, Duration) {
    (0, Duration::ZERO)
}
