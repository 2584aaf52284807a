//! A theme: templates that compile, and assets under names that change with their content.

use super::functions::{self, FilesRead};
use crate::diagnostic::{Diagnostic, Place, SourceText};
use crate::model::{Settings, ThemeLayer};
use include_dir::{Dir, include_dir};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The theme that is built into the program.
static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/portal");

/// The name of the built-in theme.
pub const DEFAULT_NAME: &str = "portal";

/// Steps a template may take before it is stopped: far more than any page needs.
const FUEL: u64 = 50_000_000;

/// Compiled templates and hashed assets.
pub struct Theme {
    pub name: String,
    environment: Environment<'static>,
    /// Where each template was read, by its name.
    origins: BTreeMap<String, String>,
    /// By path in `static/`.
    assets: BTreeMap<String, Asset>,
    read: FilesRead,
    pub settings: Settings,
}

/// A file of `static/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// `static/portal.1a2b3c4d.css`
    pub url: String,
    pub bytes: Vec<u8>,
}

/// The files of the built-in theme.
fn built_in() -> ThemeLayer {
    let mut files = BTreeMap::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, file.contents().to_vec());
        }
    }
    ThemeLayer { path: format!("themes/{DEFAULT_NAME}"), files }
}

impl Theme {
    /// Compiles the templates of the built-in theme and then of `layers`, the last one winning.
    ///
    /// `x.html` means the winning one, `NAME/x.html` the theme's own, so that an override can extend what it overrides.
    pub fn new(name: &str, layers: &[ThemeLayer], root: PathBuf) -> (Self, Vec<Diagnostic>) {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(FUEL));
        environment.set_auto_escape_callback(
            |name| {
                if name.ends_with(".txt") { AutoEscape::None } else { AutoEscape::Html }
            },
        );
        let read = FilesRead::default();
        functions::add(&mut environment, root, Arc::clone(&read));
        let mut problems = Vec::new();
        let (mut assets, mut origins) = (BTreeMap::new(), BTreeMap::new());
        for layer in std::iter::once(&built_in()).chain(layers) {
            let own = layer.path.strip_prefix("themes/");
            for (path, bytes) in &layer.files {
                if let Some(template) = path.strip_prefix("templates/") {
                    for name in std::iter::once(template.to_owned()).chain(own.map(|own| format!("{own}/{template}"))) {
                        origins.insert(name.clone(), format!("{}/{path}", layer.path));
                        compile(&mut environment, name, layer, path, bytes, &mut problems);
                    }
                } else if let Some(asset) = path.strip_prefix("static/") {
                    assets.insert(asset.to_owned(), Asset { url: hashed(asset, bytes), bytes: bytes.clone() });
                }
            }
        }
        (Self { name: name.to_owned(), environment, origins, assets, read, settings: Settings::new() }, problems)
    }

    /// The same with what `theme.yaml` and the site set.
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A fault in the template, with its place.
    pub fn render(&self, template: &str, context: minijinja::Value) -> Result<String, Box<Diagnostic>> {
        let found = self.environment.get_template(template).map_err(|error| self.fault(&error, template))?;
        found.render(context).map_err(|error| self.fault(&error, template))
    }

    /// The files that its templates have read, beside what they were given.
    pub fn files_read(&self) -> Vec<PathBuf> {
        self.read.lock().expect("no thread panics while it holds the list").iter().cloned().collect()
    }

    /// Renders the text of a template that is no file of the theme.
    ///
    /// # Errors
    /// A fault in it, or in what it extends.
    pub fn render_text(&self, template: &str, context: minijinja::Value) -> Result<String, Box<Diagnostic>> {
        self.environment.render_str(template, context).map_err(|error| self.fault(&error, "base.html"))
    }

    pub fn asset(&self, path: &str) -> Option<&Asset> {
        self.assets.get(path)
    }

    pub fn assets(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.assets.iter().map(|(path, asset)| (path.as_str(), asset))
    }

    fn fault(&self, error: &Error, template: &str) -> Box<Diagnostic> {
        // The innermost error is the one that the author can mend.
        let mut error = error;
        while let Some(inner) = std::error::Error::source(error).and_then(|inner| inner.downcast_ref::<Error>()) {
            error = inner;
        }
        let name = error.name().unwrap_or(template);
        let path = self.origins.get(name).map_or(name, String::as_str);
        Box::new(fault(error, path, error.template_source().unwrap_or_default()))
    }
}

fn compile(
    environment: &mut Environment<'static>,
    name: String,
    layer: &ThemeLayer,
    path: &str,
    bytes: &[u8],
    problems: &mut Vec<Diagnostic>,
) {
    let path = format!("{}/{path}", layer.path);
    let Ok(source) = std::str::from_utf8(bytes) else {
        problems.push(Diagnostic::error("inte-utf8", Place::path(path), "mallen är inte UTF-8"));
        return;
    };
    if let Err(error) = environment.add_template_owned(name.clone(), source.to_owned())
        && !name.starts_with(&format!("{DEFAULT_NAME}/"))
    {
        problems.push(fault(&error, &path, source));
    }
}

fn fault(error: &Error, path: &str, source: &str) -> Diagnostic {
    let source = SourceText::new(path, source);
    let span = error.range().unwrap_or_else(|| line(&source.text, error.line().unwrap_or(1)));
    let message = match error.detail() {
        Some(detail) => format!("fel i mallen: {} ({detail})", error.kind()),
        None => format!("fel i mallen: {}", error.kind()),
    };
    Diagnostic::error("mallfel", Place::at(&source, span), message)
        .hint("rätta mallen; vad den får veta står i temats README")
}

fn line(text: &str, number: usize) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(number - 1).map(str::len).sum();
    let length = text[start.min(text.len())..].find('\n').unwrap_or_default();
    start..start + length
}

/// `portal.css` → `static/portal.1a2b3c4d.css`: a new name for new content, so that old pages keep their look.
fn hashed(path: &str, bytes: &[u8]) -> String {
    let hash = &blake3::hash(bytes).to_hex()[..8];
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let name = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    };
    if folder.is_empty() { format!("static/{name}") } else { format!("static/{folder}/{name}") }
}
