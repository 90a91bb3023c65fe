//! Which letters are new, and their bytes.

use super::answer::Fact;
use super::session::{ANSWERS_BYTES_MAX, Opened, Session, Stream};
use super::{Cursor, Fetched};
use crate::mail::error::MailError;
use crate::mail::letter::{Letter, headers_of, parse};
use crate::mail::{FETCH_BYTES_MAX, LETTER_BYTES_MAX, LETTERS_MAX};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::time::Duration;

/// Largest headers that are read of a letter that is not read whole.
const HEADERS_BYTES_MAX: usize = 256 * 1024;

/// Longest time for all letters of one fetch; those that came count.
const FETCH_MAX: Duration = Duration::from_mins(5);

/// Whether there is a letter after the cursor.
pub(super) async fn has_new<S: Stream>(session: &mut Session<S>, cursor: Cursor) -> Result<bool, MailError> {
    Ok(!after(session, cursor.last_uid).await?.is_empty())
}

pub(super) async fn run<S: Stream>(
    session: &mut Session<S>,
    folder: &str,
    cursor: Option<Cursor>,
    since: Timestamp,
) -> Result<Fetched, MailError> {
    let opened = session.examine(folder).await?;
    let known = cursor.filter(|cursor| cursor.uid_validity == opened.uid_validity);
    let uids = match known {
        Some(cursor) => after(session, cursor.last_uid).await?,
        None => session.search(&format!("SINCE {}", day_before(since))).await?,
    };
    let start = match known {
        Some(cursor) => cursor,
        None if uids.is_empty() => beginning(session, opened).await?,
        None => Cursor { uid_validity: opened.uid_validity, last_uid: 0 },
    };
    let mut fetched = Fetched { cursor: start, letters: Vec::new(), more: false, skipped: 0 };
    let all = letters(session, &uids, &mut fetched);
    let trouble = match tokio::time::timeout(FETCH_MAX, all).await {
        Ok(result) => result.err(),
        Err(_) => Some(MailError::Timeout),
    };
    match trouble {
        Some(error) if fetched.letters.is_empty() => Err(error),
        Some(_) => Ok(Fetched { more: true, ..fetched }),
        None => Ok(fetched),
    }
}

/// The letters after a number. `n:*` always names the last letter too, so those up to `n` are taken out.
async fn after<S: Stream>(session: &mut Session<S>, last: u32) -> Result<Vec<u32>, MailError> {
    let Some(next) = last.checked_add(1) else { return Ok(Vec::new()) };
    let mut uids = session.search(&format!("UID {next}:*")).await?;
    uids.retain(|uid| *uid > last);
    Ok(uids)
}

/// Where to go on in a folder with nothing to read: behind what is there.
async fn beginning<S: Stream>(session: &mut Session<S>, opened: Opened) -> Result<Cursor, MailError> {
    let last_uid = match opened.uid_next {
        Some(next) => next.saturating_sub(1),
        None if opened.letters == 0 => 0,
        None => session.search("UID *").await?.last().copied().unwrap_or(0),
    };
    Ok(Cursor { uid_validity: opened.uid_validity, last_uid })
}

/// Servers compare days in a time zone of their own; one day more is read rather than one less.
fn day_before(since: Timestamp) -> String {
    let day = TimeZone::UTC.to_datetime(since).date().saturating_sub(1.day());
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .get(usize::from(day.month().unsigned_abs()).saturating_sub(1))
        .copied()
        .unwrap_or("Jan");
    format!("{}-{month}-{:04}", day.day(), day.year().max(1970))
}

async fn letters<S: Stream>(
    session: &mut Session<S>,
    uids: &[u32],
    fetched: &mut Fetched,
) -> Result<(), MailError> {
    let wanted = uids.get(..uids.len().min(LETTERS_MAX)).unwrap_or_default();
    if wanted.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = wanted.iter().map(u32::to_string).collect();
    let sizes = session.facts(&list.join(","), "UID RFC822.SIZE", ANSWERS_BYTES_MAX, 0).await?;
    let mut room = FETCH_BYTES_MAX;
    for uid in wanted {
        // One that is gone meanwhile has no size.
        let Some(size) = size_of(&sizes, *uid) else { continue };
        if size <= LETTER_BYTES_MAX && size > room {
            break;
        }
        let life = fetched.cursor.uid_validity;
        let Some((letter, whole)) = letter_or_head(session, life, *uid, size, room).await? else { continue };
        let Some(left) = room.checked_sub(letter.raw.len()) else { break };
        room = left;
        fetched.cursor.last_uid = *uid;
        fetched.skipped += u32::from(!whole);
        fetched.letters.push(letter);
    }
    // Without a single letter "more" would be asked for again and again.
    let last_wanted = uids.last().copied().unwrap_or(0);
    fetched.more = !fetched.letters.is_empty() && fetched.cursor.last_uid < last_wanted;
    Ok(())
}

fn size_of(sizes: &[Fact], uid: u32) -> Option<usize> {
    let fact = sizes.iter().find(|fact| fact.uid == Some(uid) && fact.size.is_some())?;
    fact.size.map(|size| usize::try_from(size).unwrap_or(usize::MAX))
}

/// One letter, or as much of it as the server gives: servers refuse single letters whose file is damaged, and those must
/// not hide the ones behind them.
async fn letter_or_head<S: Stream>(
    session: &mut Session<S>,
    life: u32,
    uid: u32,
    size: usize,
    room: usize,
) -> Result<Option<(Letter, bool)>, MailError> {
    match letter(session, uid, size, room).await {
        Err(MailError::Refused { .. }) => {}
        other => return other,
    }
    match letter(session, uid, usize::MAX, room).await {
        Err(MailError::Refused { .. }) => {
            let message_id = format!("{life}.{uid}@unreadable.invalid");
            Ok(Some((Letter { uid, message_id, ..Letter::default() }, false)))
        }
        other => other,
    }
}

/// One letter, and whether it is there whole. `None` if it is gone meanwhile.
async fn letter<S: Stream>(
    session: &mut Session<S>,
    uid: u32,
    size: usize,
    room: usize,
) -> Result<Option<(Letter, bool)>, MailError> {
    // Some servers only estimate sizes, so the limit is said too: one byte more than is taken shows that it was cut.
    let most = LETTER_BYTES_MAX.min(room) + 1;
    let (part, limit) = if size <= LETTER_BYTES_MAX {
        (format!("BODY.PEEK[]<0.{most}>"), most)
    } else {
        (format!("BODY.PEEK[HEADER]<0.{HEADERS_BYTES_MAX}>"), HEADERS_BYTES_MAX)
    };
    let budget = limit + ANSWERS_BYTES_MAX;
    let facts = session.facts(&uid.to_string(), &format!("UID {part}"), budget, size.min(limit)).await?;
    let content = facts.into_iter().filter(|fact| fact.uid == Some(uid)).find_map(|fact| fact.content);
    let Some(mut raw) = content else { return Ok(None) };
    if raw.len() > limit {
        return Err(MailError::TooLarge);
    }
    let whole = size <= LETTER_BYTES_MAX && raw.len() <= LETTER_BYTES_MAX;
    if !whole {
        raw.truncate(HEADERS_BYTES_MAX);
    }
    // A thread of its own: the worst letter of five megabytes keeps it busy for about a second.
    let read = tokio::task::spawn_blocking(move || read(&raw, whole)).await;
    // It cannot fail but by a panic, which the reading itself catches; a letter without facts is still a letter.
    let (mut letter, is_whole) = read.unwrap_or_default();
    letter.uid = uid;
    Ok(Some((letter, is_whole)))
}

/// A letter as far as it can be read, and whether that is all of it.
fn read(raw: &[u8], whole: bool) -> (Letter, bool) {
    let parsed = if whole { parse(raw).ok() } else { None };
    parsed.map_or_else(|| (headers_of(raw), false), |letter| (letter, true))
}
