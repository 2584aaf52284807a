//! Every integration test, in one program: it is linked once, and a folder here is a part of the whole.

mod anchors;
#[cfg(unix)]
mod asked;
mod canaries;
mod cases;
mod cli;
mod determinism;
mod import;
mod import_to_site;
mod imported;
mod imports;
mod open_data;
mod preview;
mod refresh;
mod registers;
mod reimport;
mod review;
mod rules;
mod search_parity;
mod search_questions;
mod shared_hosttest;
mod siblings;
mod subscriptions;
mod support;
mod validity;
mod words;
