//! What templates may call: Zola's names where Zola has the function.

use super::html::fragment;
use super::view::{PortalObject, page_ref};
use crate::model::{Date, PartialDate, RegisterPage, capitalised, slug};
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error, ErrorKind, State};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The files that `load_data` read.
pub type FilesRead = Arc<Mutex<BTreeSet<PathBuf>>>;

/// Adds the functions and filters. `root` is the portal's folder, which `load_data` may read below.
pub fn add(environment: &mut Environment<'static>, root: PathBuf, read: FilesRead) {
    environment.add_function("get_url", get_url);
    environment.add_function("asset", asset);
    environment.add_function("get_page", get_page);
    environment.add_function("get_section", get_section);
    environment.add_function("get_taxonomy", get_taxonomy);
    environment.add_function("load_data", move |path: &str| load_data(&root, path, &read));
    environment.add_filter("date", date);
    environment.add_filter("markdown", |text: &str| Value::from_safe_string(fragment(text)));
    environment.add_filter("slugify", |text: &str| slug(text));
    environment.add_filter("number", number);
    environment.add_filter("capitalize_first", |text: &str| capitalised(text));
}

/// A path from the site's root as a link from the current page. Paths of ids (`@/moten/x`) are resolved; the address of
/// another site and a place on this page stay as they are.
fn get_url(state: &State<'_, '_>, path: &str) -> Result<Value, Error> {
    let root = state.lookup("root").unwrap_or_default();
    let path = match path.strip_prefix("@/") {
        None => path.to_owned(),
        Some(target) => {
            let portal = portal(state)?;
            let found = portal.portal.resolve(&crate::model::LinkTarget::parse(target));
            found.map_err(|_| missing(format!("`@/{target}` leder ingenstans")))?.to_string()
        }
    };
    let stays = ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| path.starts_with(start));
    let root = if stays { "" } else { root.as_str().unwrap_or_default() };
    // Paths are made of ids and slugs; quotes and angle brackets cannot stand in them, but a theme may pass anything.
    let safe: String = path.chars().filter(|c| !matches!(c, '"' | '\'' | '<' | '>')).collect();
    Ok(Value::from_safe_string(format!("{root}{}", safe.replace('&', "&amp;"))))
}

fn asset(state: &State<'_, '_>, path: &str) -> Result<Value, Error> {
    let portal = portal(state)?;
    let asset = portal.theme.asset(path).ok_or_else(|| missing(format!("temat har ingen fil static/{path}")))?;
    let root = state.lookup("root").unwrap_or_default();
    Ok(Value::from_safe_string(format!("{}{}", root.as_str().unwrap_or_default(), asset.url)))
}

fn get_page(state: &State<'_, '_>, id: &str) -> Result<Value, Error> {
    let portal = portal(state)?;
    let document = portal.portal.document(id).ok_or_else(|| missing(format!("inget dokument `{id}`")))?;
    Ok(Value::from(Serde(page_ref(&portal.portal, document))))
}

fn get_section(state: &State<'_, '_>, path: &str) -> Result<Value, Error> {
    let held = portal(state)?;
    let portal = &held.portal;
    let section = portal.sections.get(path).ok_or_else(|| missing(format!("ingen avdelning `{path}`")))?;
    let documents = portal.links.by_section.get(path).into_iter().flatten();
    let pages: Vec<_> = documents.map(|&at| page_ref(portal, portal.at(at))).collect();
    Ok(Value::from_pairs([
        ("title", Value::from(section.title.as_str())),
        ("url", Value::from(section.url())),
        ("description", Value::from(section.description.clone())),
        ("pages", Value::from(Serde(pages))),
    ]))
}

fn get_taxonomy(state: &State<'_, '_>, name: &str) -> Result<Value, Error> {
    let held = portal(state)?;
    let page = RegisterPage::ALL.iter().find(|(_, key, ..)| *key == name).map(|(page, ..)| *page);
    match page {
        Some(RegisterPage::Bodies) => Ok(Value::from(Serde(super::view::body_counts(&held.portal)))),
        Some(RegisterPage::Topics) => Ok(Value::from(Serde(super::view::topic_counts(&held.portal)))),
        _ => Err(missing(format!("ingen taxonomi `{name}`; det finns organ och ämnen"))),
    }
}

/// Reads a YAML, JSON or CSV file below the portal's folder.
fn load_data(root: &Path, path: &str, read: &FilesRead) -> Result<Value, Error> {
    let file = root.join(path);
    let inside = file.canonicalize().is_ok_and(|file| root.canonicalize().is_ok_and(|root| file.starts_with(root)));
    if !inside {
        return Err(missing(format!("filen `{path}` finns inte i portalen")));
    }
    read.lock().expect("no thread panics while it holds the list").insert(file.clone());
    let text = std::fs::read_to_string(&file).map_err(|error| missing(format!("`{path}` kan inte läsas: {error}")))?;
    let text = text.trim_start_matches('\u{feff}');
    let wrong = |error: String| missing(format!("`{path}` kan inte tolkas: {error}"));
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("json") => {
            let data: serde_json::Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
            Ok(Value::from(Serde(data)))
        }
        Some("yaml" | "yml") => {
            let data: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| wrong(error.to_string()))?;
            Ok(Value::from(Serde(data)))
        }
        Some("csv") => csv(text).map_err(|error| wrong(error.to_string())),
        _ => Err(missing(format!("`{path}`: bara .yaml, .json och .csv kan läsas"))),
    }
}

/// Rows of semicolon- or comma-separated values as mappings by the first row's words.
fn csv(text: &str) -> Result<Value, csv::Error> {
    let separator = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let head = reader.headers()?.clone();
    let mapping = |row: csv::StringRecord| {
        Value::from_pairs(head.iter().zip(&row).map(|(key, field)| (key.to_owned(), Value::from(field))))
    };
    let rows: Result<Vec<Value>, _> = reader.records().map(|row| Ok(mapping(row?))).collect();
    rows.map(Value::from)
}

/// `2026-01-29` → `29 januari 2026`; with a strftime format, that. What is no date stays as it is.
fn date(text: &Value, format: Option<&str>, kwargs: Kwargs) -> Result<String, Error> {
    let format = match format {
        Some(format) => Some(format.to_owned()),
        None => kwargs.get::<Option<String>>("format")?,
    };
    kwargs.assert_all_used()?;
    let text = text.as_str().unwrap_or_default();
    match (PartialDate::parse(text), format) {
        (Some(date), None) => Ok(date.swedish()),
        (Some(date), Some(format)) => strftime(date.first_day(), &format),
        (None, _) => Ok(text.to_owned()),
    }
}

fn strftime(date: Date, format: &str) -> Result<String, Error> {
    jiff::fmt::strtime::format(format, date).map_err(|error| missing(format!("datumformatet `{format}`: {error}")))
}

/// `16961335` → `16 961 335` with no-break spaces.
fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = if value < 0 { "−".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

fn portal(state: &State<'_, '_>) -> Result<Arc<PortalObject>, Error> {
    let value = state.lookup("portal").unwrap_or_default();
    value.downcast_object::<PortalObject>().ok_or_else(|| missing("mallen saknar portalen".to_owned()))
}

fn missing(detail: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_break_spaces() {
        assert_eq!(number(16_961_335), "16\u{a0}961\u{a0}335");
        assert_eq!(number(-999), "−999");
    }

    #[test]
    fn rows_keep_quoted_separators() {
        let rows = csv("namn;antal\n\"b;c \"\"d\"\"\";å\n").expect("rows");
        assert_eq!(serde_json::to_value(rows).expect("JSON"), serde_json::json!([{"namn": "b;c \"d\"", "antal": "å"}]));
    }
}
