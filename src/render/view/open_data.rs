//! The page of the open data: its sets, files and fields.

use super::register::Values;
use super::value;
use crate::model::Portal;
use crate::render::data::{DATA_SETS, DataFile, DataSet, Field, count, is_open};
use minijinja::Value;
use serde::Serialize;

#[derive(Serialize)]
struct SetView {
    id: &'static str,
    title: &'static str,
    description: &'static str,
    count: usize,
    files: Vec<FileView>,
    fields: &'static [Field],
    columns: &'static [Field],
}

#[derive(Serialize)]
struct FileView {
    title: &'static str,
    url: &'static str,
    name: &'static str,
}

pub fn add(portal: &Portal, values: &mut Values) {
    values.insert("open", Value::from(is_open(portal)));
    values.insert("sets", value(DATA_SETS.iter().map(|set| set_view(portal, set)).collect::<Vec<_>>()));
    values.insert("catalogue", Value::from(DataFile::Catalogue.url()));
    values.insert("license", Value::from(portal.site.license.clone()));
}

fn set_view(portal: &Portal, set: &DataSet) -> SetView {
    let DataSet { id, title, description, keywords: _, files, fields, columns } = set;
    let files = files.iter().map(|(file, title)| FileView {
        title,
        url: file.url(),
        name: file.url().rsplit('/').next().unwrap_or_default(),
    });
    SetView { id, title, description, count: count(portal, set), files: files.collect(), fields, columns }
}
