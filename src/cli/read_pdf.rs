//! `samverk read-pdf`: the built-in PDF reader as the importer asks for it, from a process that may fail.

use super::{Outcome, output};
use crate::import::read::pdf;
use std::io::Read as _;

pub fn run() -> anyhow::Result<Outcome> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    output::result(&pdf::answer(bytes))?;
    Ok(Outcome::Done)
}
