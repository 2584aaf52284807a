//! `samverk` turns a folder of registers and Markdown into a portal that any dumb host can serve.
//!
//! A portal is a value; a site is a function from a route to bytes. See `ARCHITECTURE.md`.

pub mod diagnostic;
pub mod import;
pub mod model;
