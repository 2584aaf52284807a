//! A text all the way to the document that is written, and its review.

#![no_main]

use libfuzzer_sys::fuzz_target;
use samverk::import::{Vocabulary, document, draft, review};
use samverk::model::Registers;

fuzz_target!(|data: &[u8]| {
    let (registers, vocabulary) = (Registers::default(), Vocabulary::default());
    for name in ["a.txt", "a.md"] {
        if let Ok(draft) = draft(name, data, &registers, &vocabulary) {
            assert!(document(&draft, None).starts_with("---\n"));
            review::review(name, data, &registers, &vocabulary, &[]).expect("what is read once is read again");
        }
    }
});
