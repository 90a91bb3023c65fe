//! `mention` and what hangs on it: revisions, searched text, the queue of what nobody has read or weighed, the counts of each day.

use domain::{MentionId, OrganizationId, ReplyState, SourceId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::{Dated, DayCounts, Heard, Known};

/// Ids in one look-up: the largest bulk size of the store.
pub const LOOKUP_MAX: usize = 512;

foundation::statements! {
    organization KNOWN = "SELECT id, identity, revision, posted_at, dated, stars, title, text, reply_state, reply_text, replied_at, day
        FROM mention WHERE organization_id = $1 AND identity IN ({list: 2})";
    /// Only whether a place in the table is taken, by anybody: two organisations' hashes may meet.
    installation TAKEN = "SELECT id FROM mention WHERE id IN ({list: 1})";
    organization INSERT_MENTIONS = "INSERT INTO mention (organization_id, id, source_id, identity, external_id, posted_at, dated, day,
        author, title, text, url, stars, place, reply_state, reply_text, replied_at, revision, import_id, saved_at)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $18, $19}
        ON CONFLICT DO NOTHING";
    organization INSERT_SEARCH = "{search_insert}";
    organization DELETE_SEARCH = "DELETE FROM mention_search WHERE {search_id} = $2 AND CAST($1 AS BIGINT) >= 0";
    organization INSERT_UNREAD = "INSERT INTO mention_unread (organization_id, mention_id) VALUES {rows: $1, $2} ON CONFLICT DO NOTHING";
    organization INSERT_UNWEIGHED = "INSERT INTO mention_unweighed (organization_id, mention_id) VALUES {rows: $1, $2} ON CONFLICT DO NOTHING";
    organization DELETE_UNWEIGHED = "DELETE FROM mention_unweighed WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization INSERT_REVISION = "INSERT INTO mention_revision (organization_id, mention_id, revision, title, text, stars, replaced_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    organization REVISE = "UPDATE mention SET title = $3, text = $4, stars = $5, revision = revision + 1, saved_at = $6
        WHERE organization_id = $1 AND id = $2 AND revision = $7";
    organization SET_REPLY = "UPDATE mention SET reply_state = $3, reply_text = $4, replied_at = $5
        WHERE organization_id = $1 AND id = $2 AND reply_state = $6";
    organization ADD_DAY = "INSERT INTO mention_day (organization_id, day, source_id, mentions, stars_1, stars_2, stars_3, stars_4,
        stars_5, answerable, answered, answered_in_time)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12}
        ON CONFLICT (organization_id, day, source_id) DO UPDATE SET mentions = mention_day.mentions + excluded.mentions,
        stars_1 = mention_day.stars_1 + excluded.stars_1, stars_2 = mention_day.stars_2 + excluded.stars_2,
        stars_3 = mention_day.stars_3 + excluded.stars_3, stars_4 = mention_day.stars_4 + excluded.stars_4,
        stars_5 = mention_day.stars_5 + excluded.stars_5, answerable = mention_day.answerable + excluded.answerable,
        answered = mention_day.answered + excluded.answered,
        answered_in_time = mention_day.answered_in_time + excluded.answered_in_time";
    organization UNREAD = "SELECT m.id, m.source_id, m.day, m.stars, m.title, m.text, s.kind FROM mention_unread u
        JOIN mention m ON m.id = u.mention_id AND m.organization_id = $1
        JOIN source s ON s.id = m.source_id AND s.organization_id = $1
        WHERE u.organization_id = $1 ORDER BY u.mention_id DESC LIMIT $2";
    organization AGAIN = "SELECT m.id, m.source_id, m.day, m.stars, m.title, m.text, s.kind FROM mention m
        JOIN source s ON s.id = m.source_id AND s.organization_id = $1 WHERE m.organization_id = $1 AND m.id = $2";
    organization REQUEUE_NEWEST = "INSERT INTO mention_unread (organization_id, mention_id) SELECT organization_id, id FROM mention
        WHERE organization_id = $1 ORDER BY id DESC LIMIT $2 ON CONFLICT DO NOTHING";
    organization DELETE_UNREAD = "DELETE FROM mention_unread WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization QUEUE_GENERATION = "SELECT generation FROM mention_queue WHERE organization_id = $1";
    organization QUEUE_BEGIN = "INSERT INTO mention_queue (organization_id, generation) VALUES ($1, 0) ON CONFLICT DO NOTHING";
    organization QUEUE_UNCHANGED = "UPDATE mention_queue SET generation = $2 WHERE organization_id = $1 AND generation = $2";
    organization QUEUE_CHANGED = "INSERT INTO mention_queue (organization_id, generation) VALUES ($1, 1)
        ON CONFLICT (organization_id) DO UPDATE SET generation = mention_queue.generation + 1";
    organization COUNT_UNREAD = "SELECT COUNT(*) FROM mention_unread WHERE organization_id = $1";
    installation REQUEUE = "INSERT INTO mention_unread (organization_id, mention_id) SELECT organization_id, mention_id FROM reading
        WHERE model_version <> $1 ON CONFLICT DO NOTHING";
    organization SEARCH_SOURCE = "SELECT id, title, text, author FROM mention WHERE organization_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    organization ONE = "SELECT id, identity, revision, posted_at, dated, stars, title, text, reply_state, reply_text, replied_at, day, source_id
        FROM mention WHERE organization_id = $1 AND id = $2";
    organization REVISIONS = "SELECT revision, title, text, stars, replaced_at FROM mention_revision
        WHERE organization_id = $1 AND mention_id = $2 ORDER BY revision DESC LIMIT 50";
    installation ORGANIZATIONS_UNREAD = "SELECT DISTINCT organization_id FROM mention_unread LIMIT $1";
}

fn known(row: &Row) -> Result<Known, StoreError> {
    Ok(Known {
        id: row.get(0)?,
        identity: row.get(1)?,
        revision: row.get(2)?,
        posted_at: row.get(3)?,
        dated: match row.get::<i64>(4)? {
            0 => Dated::No,
            1 => Dated::Day,
            _ => Dated::Moment,
        },
        stars: row.get(5)?,
        title: row.get(6)?,
        text: row.get(7)?,
        reply_state: row.get(8)?,
        reply_text: row.get(9)?,
        replied_at: row.get(10)?,
        day: row.get(11)?,
    })
}

/// What is stored under these identities.
pub async fn find_known(scope: &Scope, heard: &[Heard]) -> Result<Vec<Known>, StoreError> {
    let mut found = Vec::new();
    for chunk in heard.chunks(LOOKUP_MAX) {
        let rows = scope.all(&KNOWN, chunk.iter().map(|h| h.identity.into()).collect()).await?;
        found.extend(rows.iter().map(known).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// Which of these places are taken.
pub async fn taken(context: &Context, ids: &[MentionId]) -> Result<Vec<MentionId>, StoreError> {
    let mut taken = Vec::new();
    for chunk in ids.chunks(LOOKUP_MAX) {
        let rows =
            context.store.installation().all(&TAKEN, chunk.iter().map(|id| (*id).into()).collect()).await?;
        for row in rows {
            taken.push(row.get(0)?);
        }
    }
    Ok(taken)
}

/// Adds new mentions to a batch.
pub fn insert(
    batch: &mut Batch,
    heard: &[&Heard],
    source: SourceId,
    import: Option<domain::ImportId>,
    now: Timestamp,
) {
    let rows = heard.iter().map(|h| {
        values![
            h.id,
            source,
            h.identity,
            h.item.external_id.clone(),
            h.posted_at,
            h.dated as i64,
            h.day,
            h.item.author.clone(),
            h.item.title.clone(),
            h.item.text.clone(),
            h.item.url.clone(),
            h.stars,
            h.item.place.clone(),
            h.reply_state,
            h.reply_text(),
            h.replied_at(),
            import,
            now
        ]
    });
    batch.push(&INSERT_MENTIONS, rows.collect(), Expect::Exactly(heard.len() as u64));
    index(batch, heard);
    batch.push(&INSERT_UNWEIGHED, heard.iter().map(|h| values![h.id]).collect(), Expect::Any);
}

/// Takes mentions off the queue of what nobody has weighed for warnings; undoes the batch if another process was faster.
pub fn mark_weighed(batch: &mut Batch, ids: &[MentionId]) {
    let rows = ids.iter().map(|id| values![*id]).collect();
    batch.push(&DELETE_UNWEIGHED, rows, Expect::Exactly(ids.len() as u64));
}

/// Adds searched text and the reading queue.
fn index(batch: &mut Batch, heard: &[&Heard]) {
    let document =
        |h: &Heard| crate::search::document(h.item.title.as_deref(), &h.item.text, h.item.author.as_deref());
    batch.push(&INSERT_SEARCH, heard.iter().map(|h| values![h.id, document(h)]).collect(), Expect::Any);
    batch.push(&INSERT_UNREAD, heard.iter().map(|h| values![h.id]).collect(), Expect::Any);
}

/// Adds a revision: the old words are kept, the new ones stand.
pub fn revise(batch: &mut Batch, heard: &Heard, known: &Known, now: Timestamp) {
    let old = values![known.id, known.revision, known.title.clone(), known.text.clone(), known.stars, now];
    batch.push(&INSERT_REVISION, vec![old], Expect::Exactly(1));
    let new = values![
        known.id,
        heard.item.title.clone(),
        heard.item.text.clone(),
        heard.stars,
        now,
        known.revision
    ];
    batch.push(&REVISE, vec![new], Expect::Exactly(1));
    batch.push(&DELETE_SEARCH, vec![values![known.id]], Expect::Any);
    queue_changed(batch);
    let mut at_its_place = heard.clone();
    at_its_place.id = known.id;
    index(batch, &[&at_its_place]);
}

/// Adds a changed answer.
pub fn set_reply(
    batch: &mut Batch,
    id: MentionId,
    was: ReplyState,
    (state, text, at): (ReplyState, Option<&str>, Option<Timestamp>),
) {
    batch.push(&SET_REPLY, vec![values![id, state, text, at, was]], Expect::Exactly(1));
}

/// Adds counts to days.
pub fn add_days(batch: &mut Batch, days: impl Iterator<Item = ((i64, SourceId), DayCounts)>) {
    let rows = days.filter(|(_, c)| *c != DayCounts::default()).map(|((day, source), c)| {
        let [one, two, three, four, five] = c.stars;
        values![
            day,
            source,
            c.mentions,
            one,
            two,
            three,
            four,
            five,
            c.answerable,
            c.answered,
            c.answered_in_time
        ]
    });
    batch.push(&ADD_DAY, rows.collect(), Expect::Any);
}

/// A mention to be read.
pub struct Unread {
    /// Its id.
    pub id: MentionId,
    /// Where from.
    pub source: SourceId,
    /// The day it is counted under.
    pub day: i64,
    /// Stars.
    pub stars: Option<u8>,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub text: String,
    /// Which platform.
    pub kind: domain::SourceKind,
}

/// The newest mentions nobody has read.
pub async fn unread(scope: &Scope, limit: usize) -> Result<Vec<Unread>, StoreError> {
    scope.all(&UNREAD, values![limit as i64]).await?.iter().map(to_read).collect()
}

fn to_read(row: &Row) -> Result<Unread, StoreError> {
    Ok(Unread {
        id: row.get(0)?,
        source: row.get(1)?,
        day: row.get(2)?,
        stars: row.get(3)?,
        title: row.get(4)?,
        text: row.get(5)?,
        kind: row.get(6)?,
    })
}

/// One mention, to be read again, whether or not it is on the queue.
pub async fn again(scope: &Scope, id: MentionId) -> Result<Option<Unread>, StoreError> {
    scope.one(&AGAIN, values![id]).await?.as_ref().map(to_read).transpose()
}

/// Which state of the queue this is. Ask before anything else that goes into readings, and give it to [`mark_read`].
pub async fn queue_generation(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&QUEUE_GENERATION, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Whoever is reading right now reads again: mentions on the queue have to be read with what this batch brings.
fn queue_changed(batch: &mut Batch) {
    batch.push(&QUEUE_CHANGED, vec![vec![]], Expect::Any);
}

/// Puts some mentions on the reading queue.
pub fn requeue_these(batch: &mut Batch, ids: &[MentionId]) {
    if ids.is_empty() {
        return;
    }
    queue_changed(batch);
    batch.push(&INSERT_UNREAD, ids.iter().map(|id| values![*id]).collect(), Expect::Any);
}

/// Puts the newest mentions of an organisation on the reading queue.
pub fn requeue_newest(batch: &mut Batch, limit: u32) {
    queue_changed(batch);
    batch.push(&REQUEUE_NEWEST, vec![values![limit]], Expect::Any);
}

/// How many nobody has read.
pub async fn count_unread(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&COUNT_UNREAD, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Takes mentions off the reading queue, in the batch that saves their readings; undoes it all if another process was
/// faster, or if some of them were put on the queue again since its generation was asked.
pub fn mark_read(batch: &mut Batch, ids: &[MentionId], generation: i64) {
    batch.push(&QUEUE_BEGIN, vec![vec![]], Expect::Any);
    batch.push(&QUEUE_UNCHANGED, vec![values![generation]], Expect::Exactly(1));
    let rows = ids.iter().map(|id| values![*id]).collect();
    batch.push(&DELETE_UNREAD, rows, Expect::Exactly(ids.len() as u64));
}

/// Puts every mention read by another model back on the queue, of all organisations.
pub async fn requeue(context: &Context, model_version: i64) -> Result<u64, StoreError> {
    let batch = Batch::new().add(&REQUEUE, values![model_version]);
    let outcomes = context.store.installation().write(batch).await?;
    Ok(outcomes.iter().map(|o| o.affected).sum())
}

/// Organisations with something to read.
pub async fn organizations_unread(context: &Context, limit: u32) -> Result<Vec<OrganizationId>, StoreError> {
    let rows = context.store.installation().all(&ORGANIZATIONS_UNREAD, values![limit]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// One mention as far as this room compares it, with its source.
pub async fn one(scope: &Scope, id: MentionId) -> Result<Option<(Known, SourceId)>, StoreError> {
    scope.one(&ONE, values![id]).await?.map(|row| Ok((known(&row)?, row.get(12)?))).transpose()
}

/// What a mention said before.
pub struct Revision {
    /// Which, from 1.
    pub revision: i64,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub text: String,
    /// Stars.
    pub stars: Option<u8>,
    /// Until when it stood.
    pub replaced_at: Timestamp,
}

/// What a mention said before, newest first.
pub async fn revisions(scope: &Scope, id: MentionId) -> Result<Vec<Revision>, StoreError> {
    let rows = scope.all(&REVISIONS, values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Revision {
                revision: row.get(0)?,
                title: row.get(1)?,
                text: row.get(2)?,
                stars: row.get(3)?,
                replaced_at: row.get(4)?,
            })
        })
        .collect()
}

/// Writes the searched text of every mention again (after a restore, which carries none).
pub async fn rebuild_search(scope: &Scope) -> Result<u64, StoreError> {
    let (mut after, mut total) = (0i64, 0u64);
    loop {
        let rows = scope.all(&SEARCH_SOURCE, values![after, 2_000]).await?;
        let mut documents = Vec::with_capacity(rows.len());
        for row in &rows {
            after = row.get(0)?;
            let (title, text, author): (Option<String>, String, Option<String>) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            documents
                .push(values![after, crate::search::document(title.as_deref(), &text, author.as_deref())]);
        }
        if documents.is_empty() {
            return Ok(total);
        }
        total += documents.len() as u64;
        let mut batch = Batch::new();
        batch.push(&INSERT_SEARCH, documents, Expect::Any);
        scope.write(batch).await?;
    }
}
