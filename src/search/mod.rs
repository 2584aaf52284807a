//! Search: from a portal to an index, to answers, and to the shards that browsers read.
//!
//! `token`, `stem`, `compound` and `concepts` know Swedish, by the specification in `analysis.json`. `sheet` and `entries`
//! make units of a portal; `analyser` reads their words and `writer` lays them in a tantivy index, by the `schema`; `layer`
//! reads it. `index` is what there is of it, `dictionary` what stands under a
//! key; `query`, `matching`, `ranking` and `answer` ask them. `export` and `shards` write it down for browsers, where `client/`
//! gives the same answers.

mod analyser;
mod answer;
mod catalogue;
mod codec;
mod compose;
mod compound;
mod concepts;
mod dictionary;
mod entries;
mod excerpt;
mod export;
mod facts;
mod index;
mod kept;
mod layer;
mod matched;
mod matching;
mod phrase;
mod plain;
mod query;
mod ranking;
mod raw;
mod schema;
mod script;
mod shards;
mod sheet;
mod spec;
mod stem;
mod stored;
mod token;
mod typo;
mod unit;
mod writer;

pub use answer::{Answer, FacetValue, Hit, StatusWords};
pub use index::Index;
pub use kept::{Keeping, Purpose, REPLACED, Texts, folder as kept_folder};
pub use query::{Query, UnknownFilter};
pub use shards::{PREVIEW_CLIENT, Shard, Shards};
pub use unit::UnitKind;
