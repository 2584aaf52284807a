//! `themes/NAME/theme.yaml`: what a theme says of itself, and the settings that a site may change.

use super::files::read_text;
use super::front_matter::decode;
use super::register_records::ThemeRecord;
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use crate::model::{Settings, Site};
use std::path::Path;
use std::sync::Arc;

/// The theme's settings with the site's own in their place. A theme without `theme.yaml` has none.
pub fn theme_settings(root: &Path, site: &Site) -> (Settings, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let path = format!("themes/{}/theme.yaml", site.theme);
    let file = root.join(&path);
    let mut settings = Settings::new();
    if file.is_file() {
        match read_text(&path, &file) {
            Ok(source) => settings = defaults(&source, site, &mut problems),
            Err(problem) => problems.push(problem),
        }
    }
    for (name, value) in &site.theme_settings {
        if settings.insert(name.clone(), value.clone()).is_none() {
            problems.push(unknown(name, &settings, site));
        }
    }
    (settings, problems)
}

fn defaults(source: &Arc<SourceText>, site: &Site, problems: &mut Vec<Diagnostic>) -> Settings {
    let place = Place::at(source, 0..source.text.len());
    let (record, found) = decode::<ThemeRecord>(source, 0..source.text.len());
    problems.extend(found);
    let Some(ThemeRecord { namn, beskrivning: _, version: _, samverk, inställningar }) = record else {
        return Settings::new();
    };
    if let Some(name) = namn.filter(|name| *name != site.theme) {
        let message = format!("temat heter `{name}` men ligger i mappen `{}`", site.theme);
        problems
            .push(Diagnostic::warning("tema", place.of("namn", &name), message).hint("låt `namn` vara mappens namn"));
    }
    if let Some(wanted) = samverk.filter(|wanted| version(&wanted.0) > version(env!("CARGO_PKG_VERSION"))) {
        let message = format!("temat behöver samverk {}, men detta är {}", wanted.0, env!("CARGO_PKG_VERSION"));
        problems.push(
            Diagnostic::error("tema", place.of("samverk", &wanted.0), message)
                .hint("uppdatera samverk, eller använd en äldre version av temat"),
        );
    }
    inställningar
}

/// `0.2.1` as numbers; what is no number counts as nought.
fn version(text: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = text.trim().split('.').map(|part| part.parse().unwrap_or_default()).collect();
    numbers.resize(3, 0);
    numbers
}

fn unknown(name: &str, settings: &Settings, site: &Site) -> Diagnostic {
    let message = format!("temat `{}` har ingen inställning `{name}`", site.theme);
    let problem = Diagnostic::warning("tema", site.place.of(name, ""), message);
    let known = || settings.keys().map(String::as_str).filter(|known| *known != name);
    match nearest(name, known()) {
        Some(near) => problem.hint(format!("menade du `{near}`?")),
        None if known().next().is_none() => problem.hint("temat har inga inställningar; stryk raden"),
        None => problem.hint(format!("inställningarna är: {}", known().collect::<Vec<_>>().join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_count_by_number() {
        assert!(version("0.10") > version("0.9.5") && version("1") > version("0.99.0"));
        assert_eq!(version("0.1"), version("0.1.0"));
    }
}
