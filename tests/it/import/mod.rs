//! Import of documents of every class: each case is a folder with a source and what is understood of it.
//!
//! `SAMVERK_UPDATE=1` rewrites what is expected.

mod cases;
mod hostile;
mod mutations;
mod office;
#[path = "../../../benches/import/pdf.rs"]
pub mod pdf;
mod pdf_roads;
mod portal;
mod registers;
mod seeds;
mod word;
