//! Saving what was heard: decide who each item is, then write mentions, revisions, answers, searched text, the reading
//! queue, the day's counts and the importer's own progress in one batch. Everything or nothing; twice is once.

use std::collections::{BTreeMap, HashMap, HashSet};

use connectors::item::Item;
use domain::{ImportId, MentionId, ReplyState, SourceId};
use foundation::Context;
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use jiff::tz::TimeZone;

use crate::rules::{self, Change, DayCounts, Heard, Known};
use crate::store::{mentions, sources};

/// How often a batch is decided again when somebody else was faster or a place was taken.
const TRIES_MAX: usize = 8;

/// What saving did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Mentions nobody knew.
    pub added: u64,
    /// Mentions whose words or stars changed.
    pub revised: u64,
    /// Mentions that only got an answer.
    pub answered: u64,
    /// Mentions already known as they are.
    pub same: u64,
}

/// Where items come from.
pub struct Origin<'a> {
    /// The source.
    pub source: SourceId,
    /// The import, if it is one.
    pub import: Option<ImportId>,
    /// The organisation's time zone, which decides the day.
    pub zone: &'a TimeZone,
}

/// What a batch is about to do, for what must stand or fall with it. Places may still move when a batch is decided
/// again, so nothing of it may be kept.
pub struct Decided<'a> {
    /// What it does.
    pub tally: Tally,
    heard: &'a [Heard],
    known: &'a HashMap<i64, Known>,
}

impl<'a> Decided<'a> {
    /// Every item of the batch with the mention it is or becomes; of one item twice only the last.
    pub fn mentions(&self) -> impl Iterator<Item = (&'a Item, MentionId)> {
        let (heard, known) = (self.heard, self.known);
        heard.iter().map(|h| (&h.item, known.get(&h.identity).map_or(h.id, |known| known.id)))
    }
}

/// Saves items. `also` adds what must stand or fall with them, such as how far an import has come.
pub async fn save(
    context: &Context,
    scope: &Scope,
    origin: &Origin<'_>,
    items: Vec<Item>,
    also: impl Fn(&Decided<'_>) -> Batch,
) -> Result<Tally, StoreError> {
    let now = context.now();
    let mut heard: Vec<Heard> =
        items.into_iter().map(|item| rules::hear(item, origin.source, origin.zone, now)).collect();
    let repeated = drop_repeated(&mut heard);
    let tracks_replies = heard.iter().any(|h| h.reply_state != ReplyState::Unknown);
    let mut tries = 0;
    loop {
        tries += 1;
        spread(&mut heard);
        let known: HashMap<i64, Known> =
            mentions::find_known(scope, &heard).await?.into_iter().map(|k| (k.identity, k)).collect();
        let (mut batch, mut tally) = decide(&heard, &known, origin, now);
        tally.same += repeated;
        if tracks_replies {
            batch = batch.add(&sources::TRACKS_REPLIES, values![origin.source]);
        }
        batch.extend(also(&Decided { tally, heard: &heard, known: &known }));
        if batch.is_empty() {
            return Ok(tally);
        }
        match scope.write(batch).await {
            Ok(_) => {
                metrics::counter!("timon_mentions_saved_total").increment(tally.added);
                if tally.added + tally.revised > 0 {
                    context.wakes.wake(crate::MENTIONS_SAVED);
                }
                return Ok(tally);
            }
            Err(error) if error.is_conflict() && tries < TRIES_MAX => {
                // Either somebody saved the same meanwhile: looked up again above. Or a place is taken by another item
                // of the same minute, perhaps another organisation's: then this one moves on.
                let new: Vec<_> =
                    heard.iter().filter(|h| !known.contains_key(&h.identity)).map(|h| h.id).collect();
                let taken = mentions::taken(context, &new).await?;
                for h in heard.iter_mut().filter(|h| taken.contains(&h.id)) {
                    h.bump();
                }
            }
            Err(error) => return Err(error),
        }
    }
}

/// Leaves out what is already known. For sources that cut what they tell, such as a platform's notice by mail: a
/// shorter text must not take the place of the whole one that an export brought.
pub async fn only_unknown(
    context: &Context,
    scope: &Scope,
    origin: &Origin<'_>,
    mut items: Vec<Item>,
) -> Result<Vec<Item>, StoreError> {
    let now = context.now();
    let heard: Vec<Heard> =
        items.iter().map(|item| rules::hear(item.clone(), origin.source, origin.zone, now)).collect();
    let known: HashSet<i64> =
        mentions::find_known(scope, &heard).await?.into_iter().map(|known| known.identity).collect();
    let mut at = heard.iter().map(|h| !known.contains(&h.identity));
    items.retain(|_| at.next().unwrap_or(true));
    Ok(items)
}

/// Gives each item of a batch a place of its own: two of one minute may hash to the same.
fn spread(heard: &mut [Heard]) {
    let mut used = HashSet::with_capacity(heard.len());
    for h in heard {
        while !used.insert(h.id) {
            h.bump();
        }
    }
}

/// Keeps the last of items that are the same one; returns how many went.
fn drop_repeated(heard: &mut Vec<Heard>) -> u64 {
    let mut last = HashMap::with_capacity(heard.len());
    for (at, h) in heard.iter().enumerate() {
        last.insert(h.identity, at);
    }
    let before = heard.len();
    let mut at = 0;
    heard.retain(|h| {
        at += 1;
        last[&h.identity] == at - 1
    });
    (before - heard.len()) as u64
}

fn decide(
    heard: &[Heard],
    known: &HashMap<i64, Known>,
    origin: &Origin<'_>,
    now: jiff::Timestamp,
) -> (Batch, Tally) {
    let mut batch = Batch::new();
    let mut tally = Tally::default();
    let mut days: BTreeMap<(i64, SourceId), DayCounts> = BTreeMap::new();
    let mut new = Vec::new();
    for h in heard {
        let old = known.get(&h.identity);
        match (rules::compare(h, old), old) {
            (Change::New, _) | (_, None) => {
                days.entry((h.day, origin.source)).or_default().add(h.counts(), 1);
                new.push(h);
                tally.added += 1;
            }
            (Change::Same, _) => tally.same += 1,
            (change, Some(old)) => {
                let mut updated = old.clone();
                if change == Change::Revised {
                    mentions::revise(&mut batch, h, old, now);
                    updated.stars = h.stars;
                    tally.revised += 1;
                } else {
                    tally.answered += 1;
                }
                let takes_back =
                    h.reply_state == ReplyState::Unanswered && old.reply_state == ReplyState::Answered;
                if h.reply_state != ReplyState::Unknown && !takes_back {
                    let reply = (h.reply_state, h.reply_text(), h.replied_at());
                    mentions::set_reply(&mut batch, old.id, old.reply_state, reply);
                    (updated.reply_state, updated.replied_at) = (h.reply_state, h.replied_at());
                }
                let day = days.entry((old.day, origin.source)).or_default();
                day.add(old.counts(), -1);
                day.add(updated.counts(), 1);
            }
        }
    }
    if !new.is_empty() {
        // In the order of the key: the tables grow at one end, and the search index, which keeps what it is given in
        // memory only while ids grow, writes once per batch instead of once per step back.
        new.sort_unstable_by_key(|h| h.id);
        mentions::insert(&mut batch, &new, origin.source, origin.import, now);
    }
    mentions::add_days(&mut batch, days.into_iter());
    (batch, tally)
}

/// An answer that was given.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Its words; `None` where only the fact is known.
    pub text: Option<&'a str>,
    /// When; `None` where it is not known, and then it counts as in time.
    pub at: Option<jiff::Timestamp>,
}

/// The batch that gives a mention its answer, or takes it away, and keeps the day's counts true; `None` when there is no
/// such mention. It is a conflict when the answer changes meanwhile.
pub async fn answer_batch(
    scope: &Scope,
    id: MentionId,
    given: Option<Given<'_>>,
) -> Result<Option<Batch>, StoreError> {
    let Some((known, source)) = mentions::one(scope, id).await? else { return Ok(None) };
    let state = if given.is_some() { ReplyState::Answered } else { ReplyState::Unanswered };
    let (text, at) = given.map_or((None, None), |given| (given.text, given.at));
    let mut updated = known.clone();
    (updated.reply_state, updated.replied_at) = (state, at);
    let mut counts = DayCounts::default();
    counts.add(known.counts(), -1);
    counts.add(updated.counts(), 1);
    let mut batch = Batch::new();
    mentions::set_reply(&mut batch, id, known.reply_state, (state, text, at));
    mentions::add_days(&mut batch, std::iter::once(((known.day, source), counts)));
    Ok(Some(batch))
}

/// Marks a mention answered by hand, or takes that back. When it was answered is not known: today is only when it was
/// marked, and counting it as late would punish who tidies up old reviews. `false` when there is no such mention.
pub async fn mark_answered(scope: &Scope, id: MentionId, answered: bool) -> Result<bool, StoreError> {
    let Some((known, _)) = mentions::one(scope, id).await? else { return Ok(false) };
    let state = if answered { ReplyState::Answered } else { ReplyState::Unanswered };
    // What an export or a feed told (words, a date) is not taken back by hand: only a mark made by hand is.
    let told = known.reply_text.is_some() || known.replied_at.is_some();
    if known.reply_state == state || (told && !answered) {
        return Ok(true);
    }
    let given = answered.then_some(Given { text: known.reply_text.as_deref(), at: None });
    let Some(batch) = answer_batch(scope, id, given).await? else { return Ok(false) };
    scope.write(batch).await?;
    Ok(true)
}
