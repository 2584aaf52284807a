//! The folder on disk: which files there are and what they hold.

use super::file_names;
use crate::checksum::sha256;
use crate::diagnostic::{Diagnostic, Place, SourceText};
use crate::model::ThemeLayer;
use anyhow::Context;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A portal's files. Paths are below the root, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub root: PathBuf,
    /// Markdown below `content/`, YAML below `site/`.
    pub texts: BTreeMap<String, Arc<SourceText>>,
    /// Every other file below `content/`: attachments and originals.
    pub assets: BTreeMap<String, AssetFile>,
}

/// A file that is copied, never read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    pub path: PathBuf,
}

impl AssetFile {
    /// SHA-256 of its content in lower-case hexadecimal.
    pub fn sha256(&self) -> std::io::Result<String> {
        Ok(sha256(&fs::read(&self.path)?))
    }
}

/// The nearest folder, from `start` upwards, that has `site/site.yaml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join("site/site.yaml").is_file()).map(Path::to_owned)
}

/// Reads every file of the portal below `root`. Files that cannot be read as they should are reported and left out.
///
/// # Errors
/// When a folder cannot be listed.
pub fn load(root: &Path) -> anyhow::Result<(Sources, Vec<Diagnostic>)> {
    let real_root = fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
    let mut found = Found { root: real_root.clone(), files: Vec::new(), problems: Vec::new() };
    for folder in ["content", "site"] {
        let path = real_root.join(folder);
        if path.is_dir() {
            found.walk(&path, &real_root)?;
        }
    }
    let Found { files, mut problems, .. } = found;
    problems.extend(files.iter().filter_map(|(path, _)| file_names::passed_over(path)));
    // A document's own name is looked at where its id is read from it, which the preview does for one alone.
    let others = files.iter().filter(|(path, _)| !is_document(path));
    problems.extend(others.filter_map(|(path, _)| file_names::reserved(path)));
    let (texts, assets): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_text(path));
    let read: Vec<_> = texts.par_iter().map(|(path, file)| (path, read_text(path, file))).collect();
    let mut sources = Sources { root: real_root, ..Sources::default() };
    for (path, result) in read {
        match result {
            Ok(text) => drop(sources.texts.insert(path.clone(), text)),
            Err(problem) => problems.push(problem),
        }
    }
    sources.assets = assets
        .into_iter()
        .filter(|(path, _)| path.starts_with("content/"))
        .map(|(path, file)| (path, AssetFile { path: file }))
        .collect();
    Ok((sources, problems))
}

/// The files of the portal's own theme folder, if it has one, and of its overrides in `site/`.
///
/// # Errors
/// When a file or folder cannot be read.
pub fn theme_layers(root: &Path, theme: &str) -> anyhow::Result<Vec<ThemeLayer>> {
    let mut layers = Vec::new();
    for path in [format!("themes/{theme}"), "site".to_owned()] {
        let mut layer = ThemeLayer { path: path.clone(), files: BTreeMap::new() };
        for part in ["templates", "static"] {
            read_folder(&root.join(&path), &root.join(&path).join(part), &mut layer.files)?;
        }
        if !layer.files.is_empty() {
            layers.push(layer);
        }
    }
    Ok(layers)
}

fn read_folder(base: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let entry = entry?;
        if is_passed_over(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            read_folder(base, &path, files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(relative(&path, base), bytes);
        }
    }
    Ok(())
}

/// What a change to a file means to the portal.
pub enum Change {
    /// It is none of the portal's files, or reads as it did.
    Nothing,
    /// A document reads otherwise or cannot be read; `None` when it is gone.
    Document(Option<Result<Arc<SourceText>, Diagnostic>>),
    /// Something that documents depend on.
    Everything,
}

impl Sources {
    /// Looks at the file at `path`, of which something was heard. The theme's files are not meant.
    pub fn change(&self, path: &str) -> Change {
        let file = self.root.join(path);
        if is_theme(path) || path.split('/').any(is_passed_over) {
            return Change::Nothing;
        }
        if file.is_dir() {
            return Change::Everything;
        }
        if !file.exists() {
            // Editors make and remove files of their own beside the one they save.
            let known = self.texts.contains_key(path) || self.assets.contains_key(path) || self.has_folder(path);
            return match (known, is_document(path)) {
                (true, true) => Change::Document(None),
                (true, false) => Change::Everything,
                (false, _) => Change::Nothing,
            };
        }
        if file.is_symlink() {
            return Change::Everything;
        }
        let read = is_text(path).then(|| read_text(path, &file));
        match read {
            Some(Ok(text)) if self.texts.get(path).is_some_and(|held| held.text == text.text) => Change::Nothing,
            Some(read) if is_document(path) => Change::Document(Some(read)),
            Some(_) | None => Change::Everything,
        }
    }

    fn has_folder(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let first = |paths: Option<&String>| paths.is_some_and(|first| first.starts_with(&folder));
        first(self.texts.range(folder.clone()..).next().map(|(path, _)| path))
            || first(self.assets.range(folder.clone()..).next().map(|(path, _)| path))
    }
}

/// Whether the file at `path` is one of a theme's or an override of one.
pub fn is_theme(path: &str) -> bool {
    ["themes/", "site/templates/", "site/static/"].iter().any(|folder| path.starts_with(folder))
}

/// What editors and systems leave beside a portal's files: `.git`, `~$avtal.docx`, `x.md~`, `#x.md#`.
fn is_passed_over(name: &str) -> bool {
    name.starts_with(['.', '~', '#']) || name.ends_with('~')
}

/// A document, as opposed to a register or a section's `_index.md`.
pub fn is_document(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md") && !path.ends_with("/_index.md")
}

fn is_text(path: &str) -> bool {
    (path.starts_with("content/") && path.ends_with(".md"))
        || (path.starts_with("site/") && path.ends_with(".yaml") && path.matches('/').count() == 1)
}

struct Found {
    root: PathBuf,
    files: Vec<(String, PathBuf)>,
    problems: Vec<Diagnostic>,
}

impl Found {
    fn walk(&mut self, folder: &Path, root: &Path) -> anyhow::Result<()> {
        let mut entries: Vec<_> = fs::read_dir(folder)
            .and_then(Iterator::collect::<Result<_, _>>)
            .with_context(|| format!("cannot read the folder {}", folder.display()))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if is_passed_over(&entry.file_name().to_string_lossy()) {
                continue;
            }
            self.entry(&entry, root)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, root: &Path) -> anyhow::Result<()> {
        let path = entry.path();
        let name = relative(&path, root);
        let kind = entry.file_type().with_context(|| format!("cannot read {}", path.display()))?;
        if kind.is_symlink() && !self.stays_inside(&path) {
            self.problems.push(
                Diagnostic::error(
                    "länk-ut",
                    Place::path(name),
                    "den symboliska länken leder ut ur portalen eller till ingenting",
                )
                .hint("lägg filen själv i mappen i stället för en länk till den"),
            );
            return Ok(());
        }
        if path.is_dir() {
            // A link to a folder is not followed: it could lead back to a folder above it.
            if kind.is_dir() { self.walk(&path, root) } else { Ok(()) }
        } else {
            self.files.push((name, path));
            Ok(())
        }
    }

    fn stays_inside(&self, link: &Path) -> bool {
        fs::canonicalize(link).is_ok_and(|target| target.starts_with(&self.root))
    }
}

fn relative(path: &Path, root: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

pub fn read_text(path: &str, file: &Path) -> Result<Arc<SourceText>, Diagnostic> {
    let bytes = fs::read(file)
        .map_err(|error| Diagnostic::error("läsfel", Place::path(path), format!("filen kan inte läsas: {error}")))?;
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            let text = if text.contains('\r') { text.replace("\r\n", "\n") } else { text };
            Ok(SourceText::new(path, text))
        }
        Err(error) => Err(not_utf8(path, &error)),
    }
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let valid = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).replace("\r\n", "\n");
    let source = SourceText::new(path, text);
    Diagnostic::error(
        "inte-utf8",
        Place::at(&source, valid..valid + 3),
        "filen är inte UTF-8: ett tecken kan inte läsas",
    )
    .hint("spara om filen med teckenkodningen UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No case: its folder could not be checked out on Windows.
    #[cfg(unix)]
    #[test]
    fn names_that_windows_keeps_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("content/con")).expect("content");
        for path in ["content/con/_index.md", "content/nul.pdf", "content/a.md", "content/.aux.md"] {
            fs::write(folder.path().join(path), "").expect("a file");
        }
        let (_, problems) = load(folder.path()).expect("a portal's folder");
        let told: Vec<_> = problems.iter().map(|problem| problem.place.source.path.as_str()).collect();
        assert_eq!(told, ["content/con/_index.md", "content/nul.pdf"]);
    }

    #[test]
    fn the_root_is_found_from_below() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("site")).expect("site");
        fs::create_dir_all(folder.path().join("content/moten")).expect("content");
        fs::write(folder.path().join("site/site.yaml"), "titel: X\n").expect("site.yaml");
        assert_eq!(find_root(&folder.path().join("content/moten")).as_deref(), Some(folder.path()));
    }
}
