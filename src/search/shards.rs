//! The index as files that a browser can read from any host: classic scripts, small, named by their content's generation.
//!
//! Each file calls `samverkShard(name, data)` with gzipped bytes in base64. Kinds: `l` dictionary, `p` postings too long
//! for it, `q` positions, `t` forms for misspelt words, `b` what hits show, `f` facets. What is asked for rarely lies in
//! files of its own.

use super::codec::put_number;
use super::index::{Index, Layer};
use super::script::served;
use super::segment::{Entry, List, ListKind};
use super::spec::{SOURCE, SPEC};
use super::stored::pack;
use super::typo::Drawer;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::ops::Range;

/// The client as it is served: `client.js` without what only its readers need.
pub const CLIENT: &str = include_str!("client.js");
/// The same global for the preview, which asks the server.
pub const PREVIEW_CLIENT: &str = include_str!("preview.js");

/// Raised whenever a client could not read older shards.
const FORMAT: u32 = 1;
const FOLDER: &str = "sok";
/// Raw bytes of a shard, before it is packed: several are read for a question, so they are small.
const DICTIONARY_CUT: usize = 5_000;
const POSTINGS_CUT: usize = 6_000;
const POSITIONS_CUT: usize = 12_000;
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

/// What lies in which file. Files are made when they are asked for, so that they need not all be held.
pub struct Plan {
    generation: String,
    /// Entries, and the number of lists before them.
    dictionary: Vec<(Range<usize>, usize)>,
    /// Per list of the dictionary, in order.
    postings: Stream,
    positions: Stream,
    typos: Vec<Range<usize>>,
    /// Chunk and block.
    blocks: Vec<(usize, usize)>,
}

/// Byte ranges packed into files of a fixed size. A range longer than that goes on in the next ones.
struct Stream {
    cut: usize,
    /// Per range: file and offset; `None` for one that lies elsewhere.
    places: Vec<Option<(usize, usize)>>,
    files: Vec<Vec<Range<usize>>>,
}

impl Index {
    /// Number of files in the export; see [`Index::shard`].
    pub fn shard_count(&self) -> usize {
        self.plan().kinds().iter().map(|(_, count)| count).sum::<usize>() + 1
    }

    /// One file of the export; any order, any thread. The last one is the manifest, to be written last.
    pub fn shard(&self, at: usize) -> Shard {
        let plan = self.plan();
        let mut within = at;
        for (kind, count) in plan.kinds() {
            if within < count {
                return self.file_of(plan, kind, within);
            }
            within -= count;
        }
        script("manifest", &pack(self.manifest(plan).to_string().as_bytes()))
    }

    /// Every file of the export, the manifest last.
    pub fn shards(&self) -> impl Iterator<Item = Shard> + '_ {
        (0..self.shard_count()).map(|at| self.shard(at))
    }

    /// The file at a path from the site's root.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let plan = self.plan();
        let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".js")?;
        let name = name.strip_prefix(&format!("{}/", plan.generation)).unwrap_or(name);
        let mut from = 0;
        for (kind, count) in plan.kinds() {
            let number =
                name.strip_prefix(kind).and_then(|rest| if rest.is_empty() { Some(0) } else { rest.parse().ok() });
            if let Some(at) = number.filter(|at| *at < count) {
                return Some(self.shard(from + at)).filter(|shard| shard.path == path).map(|shard| shard.bytes);
            }
            from += count;
        }
        (name == "manifest").then(|| self.shard(from).bytes)
    }

    fn file_of(&self, plan: &Plan, kind: &str, at: usize) -> Shard {
        let layer = self.base();
        let packed = match kind {
            "l" => pack(&plan.dictionary_bytes(layer, at)),
            "p" => pack(&plan.postings.bytes(at, &layer.segment.postings)),
            "q" => pack(&plan.positions.bytes(at, &layer.segment.positions)),
            "t" => pack(plan.typo_text(layer, at).as_bytes()),
            "f" => return script(&format!("{}/f", plan.generation), &pack(self.facet_names().to_string().as_bytes())),
            "client" => return Shard { path: format!("{FOLDER}/client.js"), bytes: served(CLIENT).into_bytes() },
            _ => {
                let (chunk, block) = plan.blocks[at];
                return plan.file(kind, at, &layer.chunks[chunk].blocks[block]);
            }
        };
        plan.file(kind, at, &packed)
    }

    fn facet_names(&self) -> Value {
        let names = self.facets.iter().map(|(key, label)| {
            let facet = key[1..].split(':').next().unwrap_or_default();
            let mut row = vec![facet, &label.key, &label.name];
            row.extend(label.also.iter().map(String::as_str));
            json!(row)
        });
        names.collect()
    }

    fn manifest(&self, plan: &Plan) -> Value {
        let layer = self.base();
        let first_keys = plan.dictionary.iter().map(|(range, _)| separator(&layer.segment.entries, range.start));
        let drawers = plan.typos.iter().map(|range| layer.forms.rows[range.start].0);
        let concepts = self.concepts.iter().map(|(_, forms)| forms.iter().map(|form| form.join(" ")).collect());
        json!({
            "format": FORMAT,
            "analysis": SPEC.version,
            "generation": plan.generation,
            "units": layer.segment.units,
            "registers": self.registers().start,
            "blockUnits": self.room().units,
            "chunks": layer.chunks.iter().map(|chunk| chunk.units).collect::<Vec<_>>(),
            "postingsCut": POSTINGS_CUT,
            "positionsCut": POSITIONS_CUT,
            "dictionary": first_keys.collect::<Vec<_>>(),
            "typos": drawers.collect::<Vec<Drawer>>(),
            "concepts": concepts.collect::<Vec<Vec<String>>>(),
            "spec": serde_json::from_str::<Value>(SOURCE).unwrap_or_default(),
        })
    }
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
    Shard { path: format!("{FOLDER}/{name}.js"), bytes: text.into_bytes() }
}

impl Plan {
    pub(super) fn new(index: &Index) -> Self {
        let layer = index.base();
        let segment = &layer.segment;
        let lists = || segment.entries.iter().flat_map(|entry| &entry.lists);
        let long = |list: &List| Some(list.postings.clone()).filter(|range| range.len() > LONG);
        let placed = |list: &List| Some(list.positions.clone()).filter(|range| !range.is_empty());
        let postings = Stream::new(POSTINGS_CUT, lists().map(long));
        let positions = Stream::new(POSITIONS_CUT, lists().map(placed));
        let sizes = segment.entries.iter().map(|entry| {
            let list = |list: &List| list.label.len() + 14 + if long(list).is_some() { 0 } else { list.postings.len() };
            entry.key.len() + entry.lists.iter().map(list).sum::<usize>()
        });
        let mut before = 0;
        let dictionary = cuts(sizes, DICTIONARY_CUT).into_iter().map(|range| {
            let first = before;
            before += segment.entries[range.clone()].iter().map(|entry| entry.lists.len()).sum::<usize>();
            (range, first)
        });
        let dictionary = dictionary.collect();
        let typos = cuts(layer.forms.rows.iter().map(|row| row.1.len() + 6), TYPOS_CUT);
        let blocks = layer.chunks.iter().enumerate();
        let blocks = blocks.flat_map(|(at, chunk)| (0..chunk.blocks.len()).map(move |block| (at, block))).collect();
        Self { generation: generation(index), dictionary, postings, positions, typos, blocks }
    }

    /// Kinds of files and how many there are of each, in the order in which they are numbered.
    fn kinds(&self) -> [(&'static str, usize); 7] {
        let Self { dictionary, postings, positions, typos, blocks, .. } = self;
        [
            ("l", dictionary.len()),
            ("p", postings.files.len()),
            ("q", positions.files.len()),
            ("t", typos.len()),
            ("b", blocks.len()),
            ("f", 1),
            ("client", 1),
        ]
    }

    fn file(&self, kind: &str, at: usize, packed: &[u8]) -> Shard {
        script(&format!("{}/{kind}{at}", self.generation), packed)
    }

    fn dictionary_bytes(&self, layer: &Layer, at: usize) -> Vec<u8> {
        let (range, mut list) = self.dictionary[at].clone();
        let entries = &layer.segment.entries;
        let mut out = Vec::with_capacity(DICTIONARY_CUT);
        let mut last: &str = "";
        for entry in &entries[range] {
            let shared = entry.key.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
            put_number(&mut out, shared as u64);
            put_bytes(&mut out, &entry.key.as_bytes()[shared..]);
            put_number(&mut out, entry.lists.len() as u64);
            for one in &entry.lists {
                self.put_list(layer, one, list, &mut out);
                list += 1;
            }
            last = &entry.key;
        }
        out
    }

    fn put_list(&self, layer: &Layer, list: &List, at: usize, out: &mut Vec<u8>) {
        let (postings, positions) = (self.postings.places[at], self.positions.places[at]);
        let part = u64::from(list.kind == ListKind::Part);
        put_number(out, part | u64::from(postings.is_some()) << 1 | u64::from(positions.is_some()) << 2);
        put_bytes(out, list.label.as_bytes());
        put_number(out, u64::from(list.count));
        match postings {
            Some(place) => put_place(out, place, list.postings.len()),
            None => put_bytes(out, &layer.segment.postings[list.postings.clone()]),
        }
        if let Some(place) = positions {
            put_place(out, place, list.positions.len());
        }
    }

    fn typo_text(&self, layer: &Layer, at: usize) -> String {
        let rows = layer.forms.rows[self.typos[at].clone()].iter();
        rows.map(|(_, form, count)| json!([form, count])).collect::<Value>().to_string()
    }
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
fn generation(index: &Index) -> String {
    let layer = index.base();
    let mut hash = blake3::Hasher::new();
    hash.update(SOURCE.as_bytes()).update(&FORMAT.to_le_bytes());
    for entry in &layer.segment.entries {
        hash.update(entry.key.as_bytes());
        for list in &entry.lists {
            hash.update(list.label.as_bytes()).update(&list.count.to_le_bytes());
        }
    }
    hash.update(&layer.segment.postings).update(&layer.segment.positions);
    layer.chunks.iter().flat_map(|chunk| &chunk.blocks).for_each(|block| {
        hash.update(block);
    });
    hash.update(index.facet_names().to_string().as_bytes());
    hash.finalize().to_hex()[..12].to_owned()
}

impl Stream {
    fn new(cut: usize, ranges: impl Iterator<Item = Option<Range<usize>>>) -> Self {
        let mut stream = Self { cut, places: Vec::new(), files: Vec::new() };
        let mut free = 0;
        for range in ranges {
            let place = range.map(|range| stream.place(range, &mut free));
            stream.places.push(place);
        }
        stream
    }

    fn place(&mut self, range: Range<usize>, free: &mut usize) -> (usize, usize) {
        if range.len() > *free {
            self.files.push(Vec::new());
            *free = self.cut;
        }
        let place = (self.files.len() - 1, self.cut - *free);
        let mut from = range.start;
        while from < range.end {
            if *free == 0 {
                self.files.push(Vec::new());
                *free = self.cut;
            }
            let end = range.end.min(from + *free);
            *free -= end - from;
            self.files.last_mut().expect("a file was begun above").push(from..end);
            from = end;
        }
        place
    }

    fn bytes(&self, at: usize, source: &[u8]) -> Vec<u8> {
        self.files[at].iter().flat_map(|range| &source[range.clone()]).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn the_client_is_small() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(served(CLIENT).as_bytes()).expect("memory takes it");
        let size = encoder.finish().expect("memory takes it").len();
        assert!(size <= 10 * 1024, "{size} bytes");
    }

    #[test]
    fn long_ranges_go_on_in_the_next_file() {
        let source: Vec<u8> = (0..100).collect();
        let stream = Stream::new(30, [Some(0..20), None, Some(20..35), Some(35..100)].into_iter());
        assert_eq!(stream.places, [Some((0, 0)), None, Some((1, 0)), Some((2, 0))]);
        assert_eq!(stream.bytes(2, &source), (35..65).collect::<Vec<u8>>());
        assert_eq!(stream.bytes(4, &source), (95..100).collect::<Vec<u8>>());
    }
}
