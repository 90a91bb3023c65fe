//! Any bytes as a text: read, folded, watched, fingerprinted; see `check.rs` for what must hold.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;

#[path = "../../libs/nlp/examples/fuzz/check.rs"]
mod check;

thread_local! {
    // the same reader for all texts: what one leaves behind must not show in the next
    static READER: RefCell<nlp::Reader> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    READER.with_borrow_mut(|reader| check::check(&text, reader));
});
