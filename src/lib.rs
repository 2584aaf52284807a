//! `samverk` turns a folder of registers and Markdown into a portal that any dumb host can serve.
//!
//! A portal is a value; a site is a function from a route to bytes. See `ARCHITECTURE.md`.

#[macro_use]
mod pattern;

pub mod check;
pub mod checksum;
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod import;
pub mod link;
pub mod model;
pub mod output;
pub mod publication;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod source;
pub mod stamp;
pub mod workspace;
