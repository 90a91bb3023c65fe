//! Where a list goes on. A cursor names the last item of a page, so what comes in above it moves nothing: no item is told
//! twice and none is left out. It is opaque, and of one list only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foundation::web::ApiProblem;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Mentions = 1,
    Warnings = 2,
    Replies = 3,
}

/// The cursor after an item.
pub fn write(list: List, last: i64) -> String {
    let mut bytes = vec![list as u8];
    bytes.extend(last.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The item a cursor names.
pub fn read(list: List, cursor: &str) -> Result<i64, ApiProblem> {
    let wrong = || ApiProblem::invalid("cursor", "not a cursor of this list: use `next` of its last answer");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
    match bytes.split_first() {
        Some((kind, last)) if *kind == list as u8 => {
            <[u8; 8]>::try_from(last).map(i64::from_be_bytes).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}

/// The page's items, at most `limit` of the `limit + 1` that were asked for, and the cursor if there are more.
pub fn page<T>(list: List, mut items: Vec<T>, limit: u32, id: fn(&T) -> i64) -> (Vec<T>, Option<String>) {
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|last| write(list, id(last)));
    (items, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_item_in_its_own_list_and_nothing_else_does() {
        for last in [0, 1, i64::MAX, -7] {
            let cursor = write(List::Mentions, last);
            assert_eq!(read(List::Mentions, &cursor).ok(), Some(last));
            assert!(read(List::Warnings, &cursor).is_err());
        }
        for wrong in ["", "x", "AQ", "AQAAAAAAAAAAAA", "ñ", "AQAAAAAAAAAA="] {
            assert!(read(List::Mentions, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_list_that_goes_on_has_a_next() {
        let (items, next) = page(List::Mentions, vec![9, 8, 7], 2, |id| *id);
        assert_eq!((items, next), (vec![9, 8], Some(write(List::Mentions, 8))));
        assert_eq!(page(List::Mentions, vec![9, 8], 2, |id| *id), (vec![9, 8], None));
        assert_eq!(page(List::Mentions, Vec::<i64>::new(), 2, |id| *id), (vec![], None));
    }
}
