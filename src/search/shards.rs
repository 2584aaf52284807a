//! The index as files that a browser can read from any host: classic scripts, small, named by their content's generation.
//!
//! Each file calls `samverkShard(name, data)` with gzipped bytes in base64. Kinds: `l` dictionary, `p` postings too long
//! for it, `q` positions, `t` forms for misspelt words, `b` what hits show, `f` facets. What is asked for rarely lies in
//! files of its own.

use super::codec::put_number;
use super::dictionary::ListKind;
use super::export::{Entry, Export, List};
use super::index::Index;
use super::script::client;
use super::spec::{SOURCE, SPEC};
use super::stored::pack;
use crate::model::{SEARCH_CLIENT, SEARCH_FOLDER};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::ops::Range;

/// The same global for the preview, which asks the server.
pub const PREVIEW_CLIENT: &str = include_str!("preview.js");

/// Raised whenever a client could not read older shards.
const FORMAT: u32 = 5;
/// Raw bytes of a shard, before it is packed: of what is read for every question less, so that it costs little; of what is
/// read for few questions more, so that there are few files.
const DICTIONARY_CUT: usize = 5_000;
const POSTINGS_CUT: usize = 5_000;
const POSITIONS_CUT: usize = 48_000;
const TYPOS_CUT: usize = 16_000;
/// Longer lists lie apart from the dictionary.
const LONG: usize = 256;

/// A file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From the site's root.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// The files of an index. They are made when they are asked for, so that they need not all be held.
pub struct Shards<'a> {
    index: &'a Index,
    export: Export,
    generation: String,
    /// Entries, and the number of lists before them.
    dictionary: Vec<(Range<usize>, usize)>,
    /// Per list of the dictionary, in order.
    postings: Stream,
    positions: Stream,
    typos: Vec<Range<usize>>,
}

/// Byte ranges packed into files, each whole in one: short ones together, a long one alone, since it is read whole.
struct Stream {
    /// Per range: file and offset; `None` for one that lies elsewhere.
    places: Vec<Option<(usize, usize)>>,
    files: Vec<Vec<Range<usize>>>,
}

impl<'a> Shards<'a> {
    /// Of an index to which nothing was added since it was built.
    pub fn new(index: &'a Index) -> Self {
        let export = Export::new(index);
        let lists = || export.entries.iter().flat_map(|entry| &entry.lists);
        let long = |list: &List| Some(list.postings.clone()).filter(|range| range.len() > LONG);
        let placed = |list: &List| Some(list.positions.clone()).filter(|range| !range.is_empty());
        let postings = Stream::new(POSTINGS_CUT, lists().map(long));
        let positions = Stream::new(POSITIONS_CUT, lists().map(placed));
        let sizes = export.entries.iter().map(|entry| {
            let list = |list: &List| list.label.len() + 14 + if long(list).is_some() { 0 } else { list.postings.len() };
            entry.key.len() + entry.lists.iter().map(list).sum::<usize>()
        });
        let mut before = 0;
        let dictionary = cuts(sizes, DICTIONARY_CUT).into_iter().map(|range| {
            let first = before;
            before += export.entries[range.clone()].iter().map(|entry| entry.lists.len()).sum::<usize>();
            (range, first)
        });
        let dictionary = dictionary.collect();
        let typos = cuts(export.offered.iter().map(|row| row.1.len() + 6), TYPOS_CUT);
        let generation = generation(index, &export);
        Self { index, export, generation, dictionary, postings, positions, typos }
    }

    /// How many files there are; see [`Shards::get`].
    pub fn count(&self) -> usize {
        self.kinds().iter().map(|(_, count)| count).sum::<usize>() + 1
    }

    /// One of the files; any order, any thread. The last one is the manifest, to be written last.
    pub fn get(&self, at: usize) -> Shard {
        let mut within = at;
        for (kind, count) in self.kinds() {
            if within < count {
                return self.file(kind, within);
            }
            within -= count;
        }
        script("manifest", &pack(self.manifest().to_string().as_bytes()))
    }

    /// Every file, the manifest last.
    pub fn iter(&self) -> impl Iterator<Item = Shard> + '_ {
        (0..self.count()).map(|at| self.get(at))
    }

    /// Kinds of files and how many there are of each, in the order in which they are numbered.
    fn kinds(&self) -> [(&'static str, usize); 7] {
        [
            ("l", self.dictionary.len()),
            ("p", self.postings.files.len()),
            ("q", self.positions.files.len()),
            ("t", self.typos.len()),
            ("b", self.export.blocks.len()),
            ("f", 1),
            ("client", 1),
        ]
    }

    fn file(&self, kind: &str, at: usize) -> Shard {
        let packed = match kind {
            "l" => pack(&self.dictionary_bytes(at)),
            "p" => pack(&self.postings.bytes(at, &self.export.postings)),
            "q" => pack(&self.positions.bytes(at, &self.export.positions)),
            "t" => pack(self.typo_text(at).as_bytes()),
            "b" => return script(&format!("{}/b{at}", self.generation), &self.export.blocks[at]),
            "f" => {
                let names = facet_names(self.index).to_string();
                return script(&format!("{}/f", self.generation), &pack(names.as_bytes()));
            }
            _ => return Shard { path: SEARCH_CLIENT.to_owned(), bytes: client().into_bytes() },
        };
        script(&format!("{}/{kind}{at}", self.generation), &packed)
    }

    fn manifest(&self) -> Value {
        let layer = self.index.base();
        let first_keys = self.dictionary.iter().map(|(range, _)| separator(&self.export.entries, range.start));
        let drawers = self.typos.iter().map(|range| self.export.offered[range.start].0);
        let drawers = drawers.map(|(letter, length)| format!("{letter}{length:02}"));
        let concepts = self.index.concepts.iter().map(|(_, forms)| forms.iter().map(|form| form.join(" ")).collect());
        json!({
            "format": FORMAT,
            "analysis": SPEC.version,
            "generation": self.generation,
            "units": layer.units,
            "aside": self.index.first_aside(),
            "blockUnits": layer.catalogue.room.units,
            "dictionary": first_keys.collect::<Vec<_>>(),
            "typos": drawers.collect::<Vec<String>>(),
            "concepts": concepts.collect::<Vec<Vec<String>>>(),
            "spec": client_spec(),
        })
    }

    fn dictionary_bytes(&self, at: usize) -> Vec<u8> {
        let (range, mut list) = self.dictionary[at].clone();
        let mut out = Vec::with_capacity(DICTIONARY_CUT);
        let mut last: &str = "";
        for entry in &self.export.entries[range] {
            let shared = entry.key.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
            put_number(&mut out, shared as u64);
            put_bytes(&mut out, &entry.key.as_bytes()[shared..]);
            put_number(&mut out, entry.lists.len() as u64);
            for one in &entry.lists {
                self.put_list(one, list, &mut out);
                list += 1;
            }
            last = &entry.key;
        }
        out
    }

    fn put_list(&self, list: &List, at: usize, out: &mut Vec<u8>) {
        let (postings, positions) = (self.postings.places[at], self.positions.places[at]);
        let part = u64::from(list.kind == ListKind::Part);
        put_number(out, part | u64::from(postings.is_some()) << 1 | u64::from(positions.is_some()) << 2);
        put_bytes(out, list.label.as_bytes());
        put_number(out, u64::from(list.count));
        match postings {
            Some(place) => put_place(out, place, list.postings.len()),
            None => put_bytes(out, &self.export.postings[list.postings.clone()]),
        }
        if let Some(place) = positions {
            put_place(out, place, list.positions.len());
        }
    }

    fn typo_text(&self, at: usize) -> String {
        let rows = self.export.offered[self.typos[at].clone()].iter();
        rows.map(|(_, form, count)| json!([form, count])).collect::<Value>().to_string()
    }
}

/// The specification without what only the writer of an index needs.
fn client_spec() -> Value {
    let mut spec: Value = serde_json::from_str(SOURCE).unwrap_or_default();
    if let Value::Object(spec) = &mut spec {
        ["leads", "weights", "everyday"].iter().for_each(|key| drop(spec.remove(*key)));
    }
    spec
}

fn facet_names(index: &Index) -> Value {
    let names = index.facet_names().into_iter().map(|(key, label)| {
        let facet = key[1..].split(':').next().unwrap_or_default();
        let mut row = vec![facet, &label.key, &label.name];
        row.extend(label.also.iter().map(String::as_str));
        json!(row)
    });
    names.collect()
}

/// The shortest text that is after the key before `at` and not after the key at it.
fn separator(entries: &[Entry], at: usize) -> &str {
    let key = &entries[at].key;
    let before = at.checked_sub(1).map_or("", |at| &entries[at].key);
    let same = key.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
    let end = (same + 1..=key.len()).find(|end| key.is_char_boundary(*end)).unwrap_or(key.len());
    if at == 0 { "" } else { &key[..end] }
}

fn script(name: &str, packed: &[u8]) -> Shard {
    let mut text = format!("samverkShard(\"{name}\",\"");
    STANDARD.encode_string(packed, &mut text);
    text.push_str("\");\n");
    Shard { path: format!("{SEARCH_FOLDER}{name}.js"), bytes: text.into_bytes() }
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn put_place(out: &mut Vec<u8>, (file, offset): (usize, usize), length: usize) {
    [file, offset, length].iter().for_each(|number| put_number(out, *number as u64));
}

/// Runs of things whose sizes come to about `cut`.
fn cuts(sizes: impl Iterator<Item = usize>, cut: usize) -> Vec<Range<usize>> {
    let (mut out, mut from, mut sum, mut count) = (Vec::new(), 0, 0, 0);
    for (at, size) in sizes.enumerate() {
        if sum > 0 && sum + size > cut {
            out.push(from..at);
            (from, sum) = (at, 0);
        }
        sum += size;
        count = at + 1;
    }
    if from < count {
        out.push(from..count);
    }
    out
}

/// Named by everything that the files say, so that an old page never reads a new file for its own.
fn generation(index: &Index, export: &Export) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(SOURCE.as_bytes()).update(&FORMAT.to_le_bytes());
    for entry in &export.entries {
        hash.update(entry.key.as_bytes());
        for list in &entry.lists {
            hash.update(list.label.as_bytes()).update(&list.count.to_le_bytes());
        }
    }
    hash.update(&export.postings).update(&export.positions);
    export.blocks.iter().for_each(|block| {
        hash.update(block);
    });
    hash.update(facet_names(index).to_string().as_bytes());
    hash.finalize().to_hex()[..12].to_owned()
}

impl Stream {
    fn new(cut: usize, ranges: impl Iterator<Item = Option<Range<usize>>>) -> Self {
        let mut stream = Self { places: Vec::new(), files: Vec::new() };
        // The file that short ranges go into, and how much is in it.
        let mut shared = None;
        for range in ranges {
            let place = range.map(|range| stream.place(range, cut, &mut shared));
            stream.places.push(place);
        }
        stream
    }

    fn place(&mut self, range: Range<usize>, cut: usize, shared: &mut Option<(usize, usize)>) -> (usize, usize) {
        let length = range.len();
        let (file, offset) = match *shared {
            Some((file, filled)) if filled + length <= cut => (file, filled),
            _ => {
                self.files.push(Vec::new());
                (self.files.len() - 1, 0)
            }
        };
        self.files[file].push(range);
        if length < cut {
            *shared = Some((file, offset + length));
        }
        (file, offset)
    }

    fn bytes(&self, at: usize, source: &[u8]) -> Vec<u8> {
        self.files[at].iter().flat_map(|range| &source[range.clone()]).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ranges_share_files_and_long_ones_lie_alone() {
        let source: Vec<u8> = (0..100).collect();
        let stream = Stream::new(30, [Some(0..20), None, Some(20..60), Some(60..68), Some(68..100)].into_iter());
        assert_eq!(stream.places, [Some((0, 0)), None, Some((1, 0)), Some((0, 20)), Some((2, 0))]);
        assert_eq!(stream.bytes(0, &source), (0..20).chain(60..68).collect::<Vec<u8>>());
        assert_eq!(stream.bytes(1, &source), (20..60).collect::<Vec<u8>>());
    }
}
