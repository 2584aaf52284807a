//! Search.
pub mod codec;
pub mod compose;
pub mod compound;
pub mod concepts;
pub mod excerpt;
pub mod gather;
pub mod matching;
pub mod query;
pub mod ranking;
pub mod raw;
pub mod segment;
pub mod spec;
pub mod stem;
pub mod stored;
pub mod token;
pub mod typo;
pub mod unit;
