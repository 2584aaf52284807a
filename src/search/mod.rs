//! Search: from a portal to an index, to answers, and to the shards that browsers read.
//!
//! `token`, `stem`, `compound` and `concepts` know Swedish, by the specification in `analysis.json`. `sheet` and `entries`
//! make units of a portal; `gather` and `segment` make posting lists of units; `query`, `matching`, `ranking` and
//! `answer` ask them. `shards` writes them down for `client.js`, which gives the same answers.

mod answer;
mod codec;
mod compose;
mod compound;
mod concepts;
mod entries;
mod excerpt;
mod gather;
mod index;
mod matching;
mod plain;
mod query;
mod ranking;
mod raw;
mod script;
mod segment;
mod shards;
mod sheet;
mod spec;
mod stem;
mod stored;
mod token;
mod typo;
mod unit;

pub use answer::{Answer, FacetValue, Hit, StatusWords};
pub use index::Index;
pub use query::{Query, UnknownFilter};
pub use shards::{CLIENT, PREVIEW_CLIENT, Shard};
pub use unit::UnitKind;
