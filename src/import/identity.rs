//! Personal identity numbers: a text that holds one is refused before anything is made of it.

use super::{Cleaned, Line, Refusal};
use crate::model::personal_numbers;

/// Stops at the first line that holds a personal identity number or coordination number with a right control digit.
pub(super) fn refuse_personal(cleaned: &Cleaned) -> Result<(), Refusal> {
    let blocks = cleaned.blocks.iter().flat_map(|block| &block.lines);
    match blocks.chain(&cleaned.furniture).find(|line| !personal_numbers(&line.text).is_empty()) {
        Some(Line { number, .. }) => Err(Refusal::PersonalNumber { line: *number }),
        None => Ok(()),
    }
}
