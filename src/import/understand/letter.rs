//! A covering letter before the document itself: two documents in one file.

use crate::import::{Block, Turn, marks};

pattern! {
    /// The letterhead of what was sent with it.
    SENT = r"(?i)\b(?:protokollsutdrag|sammanträdesprotokoll)\s*(?:\d{1,3}\s?\(\d{1,3}\)|\d{4}-\d{2}-\d{2}|$)";
    FAREWELL = r"(?i)^(?:med\s)?vänliga?\s+häls(?:ning(?:ar)?)\b";
}

/// A letter is not longer than this many blocks, nor its signature.
const LONGEST: usize = 40;
const SIGNATURE: usize = 6;

/// The letter, and the document after it; the letter is empty where there is none.
pub(super) fn split(blocks: &[Block]) -> (&[Block], &[Block]) {
    let early = blocks.iter().take(LONGEST).take_while(|block| !marks::is_numbered(&block.text));
    let Some((farewell, _)) = early.enumerate().find(|(_, block)| FAREWELL.is_match(&block.text)) else {
        return blocks.split_at(0);
    };
    let turns = |block: &Block| block.lines.first().is_some_and(|line| line.turn == Turn::NewPage);
    let begins = |block: &Block| turns(block) || SENT.is_match(&block.text);
    let page = (farewell + 1..blocks.len()).take(SIGNATURE).find(|&at| begins(&blocks[at]));
    page.map_or(blocks.split_at(0), |page| blocks.split_at(page))
}

/// What the editor is told of it.
pub(super) fn warning(letter: &[Block]) -> Option<String> {
    let (first, last) = (letter.first()?, letter.last()?);
    Some(format!("filen börjar med ett följebrev, rad {} till {}, som inte är med", first.number(), last.number()))
}
