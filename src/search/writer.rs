//! The writer of an index: one segment, its units in the order of their sheets, whatever the number of threads.

use super::analyser::Analyser;
use super::catalogue::{Catalogue, Parts};
use super::compound::Vocabulary;
use super::concepts::Concepts;
use super::layer::Layer;
use super::schema::{Fields, builder, key_and_form};
use super::stem::{fold, stem};
use super::stored::Room;
use super::unit::{Sheet, Standing};
use rayon::prelude::*;
use std::sync::mpsc::{SyncSender, sync_channel};
use tantivy::directory::Directory;
use tantivy::{SingleSegmentIndexWriter, TantivyDocument};

/// What is written: sheets, made when they are asked for.
pub struct Content<'a, M> {
    pub order: Vec<Standing>,
    pub make: M,
    pub concepts: &'a Concepts,
    pub room: Room,
}

/// Only the first size of tantivy's table of terms follows from it: one segment is never cut.
const BUDGET: usize = 4_000_000;
/// Sheets that may wait to be written.
const AHEAD: usize = 16;

/// Writes an index into an empty directory. One thread reads the sheets while this one writes them.
///
/// # Errors
/// When the directory cannot be written.
pub fn write<M: Fn(usize) -> Sheet + Send>(
    directory: impl Into<Box<dyn Directory>>,
    content: Content<'_, M>,
) -> tantivy::Result<Layer> {
    let (builder, fields) = builder();
    let mut writer: SingleSegmentIndexWriter = builder.single_segment_index_writer(directory, BUDGET)?;
    let (send, receive) = sync_channel(AHEAD);
    let catalogue = std::thread::scope(|scope| {
        let reader = scope.spawn(|| read(fields, content, send));
        receive.iter().flatten().try_for_each(|document| writer.add_document(document))?;
        drop(receive);
        tantivy::Result::Ok(reader.join().expect("reading a sheet does not panic"))
    })?;
    let index = writer.finalize()?;
    let mut layer = Layer::open(&index, catalogue)?;
    layer.catalogue.parts = parts(&layer);
    Ok(layer)
}

fn read<M: Fn(usize) -> Sheet>(
    fields: Fields,
    content: Content<'_, M>,
    send: SyncSender<Vec<TantivyDocument>>,
) -> Catalogue {
    let Content { order, make, concepts, room } = content;
    let mut analyser = Analyser::new(fields, concepts, room);
    let mut catalogue = Catalogue { room, ..Catalogue::default() };
    let mut first = 0;
    for (at, standing) in order.into_iter().enumerate() {
        let sheet = make(at);
        catalogue.enter(standing, &sheet, first);
        first += sheet.units.len() as u32;
        if send.send(analyser.documents(&sheet)).is_err() {
            // The writer has given up, and tells why.
            break;
        }
    }
    catalogue
}

/// Splits every word by the others.
fn parts(layer: &Layer) -> Parts {
    let terms = layer.terms();
    let words: Vec<(&str, String)> = terms
        .keys()
        .map(|term| key_and_form(term).1)
        .filter(|form| !form.is_empty() && form.chars().all(char::is_alphabetic))
        .map(|form| (form, stem(form)))
        .collect();
    let mut vocabulary = Vocabulary::default();
    words.iter().for_each(|(form, stem)| vocabulary.add(form, stem));
    let split: Vec<Vec<String>> = words.par_iter().map(|(_, stem)| vocabulary.split(stem)).collect();
    let mut out = Parts::new();
    for ((form, stem), parts) in words.iter().zip(split) {
        for part in parts {
            let terms = out.entry(fold(&part)).or_default().entry(part).or_default();
            terms.push(format!("{}\0{form}", fold(stem)));
        }
    }
    out
}
