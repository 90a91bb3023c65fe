//! A first walk over a feed that builds nothing, so that the second, which does, cannot be made to swell.
//!
//! The feed parser keeps about half a kilobyte for the shortest entry a document can hold (seven bytes), so ten
//! megabytes could become a gigabyte. Here only counters are kept.

use super::FeedError;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

/// Deepest nesting of elements.
const DEPTH_MAX: usize = 64;
/// Most entries a document may hold; those beyond [`super::ITEMS_MAX`] are parsed but not taken.
const ENTRIES_MAX: usize = 20_000;
/// Most elements of any kind.
const ELEMENTS_MAX: usize = 300_000;
/// Longest start tag, attributes included.
const TAG_BYTES_MAX: usize = 64 * 1024;
/// Most commas in a JSON document: an upper bound for its values that needs no parsing.
const COMMAS_MAX: usize = 500_000;

/// Whether an XML document is within bounds. One that is not well formed passes up to its fault, at which the parser
/// stops too.
pub(super) fn xml(text: &str) -> Result<(), FeedError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().trim_markup_names_in_closing_tags = true;
    let mut counted = Counted::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(FeedError::OutOfBounds);
                }
                counted.add(&tag)?;
            }
            Ok(Event::Empty(tag)) => counted.add(&tag)?,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Counted {
    elements: usize,
    entries: usize,
}

impl Counted {
    fn add(&mut self, tag: &BytesStart) -> Result<(), FeedError> {
        self.elements += 1;
        self.entries += usize::from(matches!(tag.local_name().as_ref(), "item" | "entry"));
        let within =
            self.elements <= ELEMENTS_MAX && self.entries <= ENTRIES_MAX && tag.len() <= TAG_BYTES_MAX;
        if within { Ok(()) } else { Err(FeedError::OutOfBounds) }
    }
}

/// Whether a JSON Feed is within bounds. (`serde_json` refuses nesting beyond 128 by itself.)
pub(super) fn json(text: &str) -> Result<(), FeedError> {
    if text.bytes().filter(|byte| *byte == b',').count() > COMMAS_MAX {
        return Err(FeedError::OutOfBounds);
    }
    let probe: Probe = serde_json::from_str(text).map_err(|_| FeedError::Malformed)?;
    match (probe.version, probe.items) {
        (Some(version), Some(Count(count))) if version.contains("jsonfeed.org/version/") => {
            if count <= ENTRIES_MAX { Ok(()) } else { Err(FeedError::OutOfBounds) }
        }
        _ => Err(FeedError::NotAFeed),
    }
}

/// What is looked at of a JSON document before it is believed.
#[derive(Deserialize)]
struct Probe {
    version: Option<String>,
    items: Option<Count>,
}

/// The length of an array whose elements are not kept.
struct Count(usize);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counter;
        impl<'de> Visitor<'de> for Counter {
            type Value = Count;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Count, A::Error> {
                let mut count = 0;
                while items.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Count(count))
            }
        }
        deserializer.deserialize_seq(Counter)
    }
}
