//! The tables of this room. Here: the queue of what is to be weighed, the detector of each organisation, what its owner
//! chose. `warnings` has what was found, `incidents` what she manages.

pub mod incidents;
pub mod publications;
pub mod warnings;

use domain::{MentionId, OrganizationId, SourceId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, Statement, StoreError};
use foundation::values;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::rules::past::Past;
use crate::rules::weigh::Weighable;

/// What is weighed of a mention; [`weighable`] takes the columns in this order. The words of a voice that is not
/// negative are not asked for.
macro_rules! weighables {
    () => {
        "SELECT m.id, m.source_id, m.posted_at, m.dated, m.saved_at, m.stars, m.author,
        CASE WHEN m.stars <= 2 OR (m.stars IS NULL AND r.sentiment = 'negative') THEN COALESCE(m.title || '. ', '') || m.text ELSE '' END,
        m.place, r.sentiment, r.language, r.aspects, r.places
        FROM mention m JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1"
    };
}

foundation::statements! {
    /// What was read and not weighed yet. The newest first, because reading begins with the newest: the other end of the
    /// queue of a large import is not read yet, and would be walked over again and again.
    organization UNWEIGHED = concat!(weighables!(), " JOIN mention_unweighed u ON u.mention_id = m.id AND u.organization_id = $1
        WHERE m.organization_id = $1 ORDER BY u.mention_id DESC LIMIT $2");
    organization IS_WAITING = "SELECT 1 FROM mention_unweighed WHERE organization_id = $1 LIMIT 1";
    /// What was weighed before, in the order it was said.
    organization HISTORY = concat!(weighables!(), " WHERE m.organization_id = $1 AND m.id > $2 AND NOT EXISTS
        (SELECT 1 FROM mention_unweighed u WHERE u.organization_id = $1 AND u.mention_id = m.id) ORDER BY m.id LIMIT $3");
    /// Organisations with something to weigh, or that nobody has begun to weigh.
    installation WAITING = "SELECT o.id FROM organization o WHERE (SELECT r.mention_id FROM mention_unweighed u
        JOIN reading r ON r.mention_id = u.mention_id AND r.organization_id = u.organization_id
        WHERE u.organization_id = o.id ORDER BY u.mention_id DESC LIMIT 1) IS NOT NULL
        UNION SELECT o.id FROM organization o WHERE NOT EXISTS (SELECT 1 FROM detector d WHERE d.organization_id = o.id)
        AND NOT EXISTS (SELECT 1 FROM mention_unread u WHERE u.organization_id = o.id)
        UNION SELECT d.organization_id FROM detector d WHERE d.due_at <= $1 LIMIT $2";
    /// Since when each feed is listened to; what comes by hand has no such day.
    organization LISTENED = "SELECT id, CASE WHEN url IS NULL THEN NULL ELSE created_at END FROM source WHERE organization_id = $1";
    organization DETECTOR = "SELECT state, weighed, late, due_at FROM detector WHERE organization_id = $1";
    organization SEEN = "SELECT past FROM detector WHERE organization_id = $1";
    organization KEEP = "INSERT INTO detector (organization_id, state, weighed, late, past, due_at, made_at)
        VALUES ($1, $2, $3, $4, '', $5, $6)
        ON CONFLICT (organization_id) DO UPDATE SET state = excluded.state, weighed = excluded.weighed, late = excluded.late,
        due_at = excluded.due_at";
    organization KEEP_NEW = "INSERT INTO detector (organization_id, state, weighed, late, past, due_at, made_at)
        VALUES ($1, $2, $3, 0, $4, $5, $6)
        ON CONFLICT (organization_id) DO UPDATE SET state = excluded.state, weighed = excluded.weighed, late = 0,
        past = excluded.past, due_at = excluded.due_at, made_at = excluded.made_at";
    organization BEGIN_AGAIN = "DELETE FROM detector WHERE organization_id = $1";
    organization SETTING = "SELECT false_alarm_days FROM warning_setting WHERE organization_id = $1";
    organization SET_BUDGET = "INSERT INTO warning_setting (organization_id, false_alarm_days) VALUES ($1, $2)
        ON CONFLICT (organization_id) DO UPDATE SET false_alarm_days = excluded.false_alarm_days";
    organization PLACE = "SELECT time_zone, town, locale, name FROM organization WHERE id = $1";
}

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    [STATEMENTS, warnings::STATEMENTS, incidents::STATEMENTS, publications::STATEMENTS]
        .into_iter()
        .flatten()
        .copied()
}

fn weighable(row: &Row) -> Result<Weighable, StoreError> {
    Ok(Weighable {
        id: row.get(0)?,
        source: row.get(1)?,
        posted_at: row.get(2)?,
        dated: row.get(3)?,
        saved_at: row.get(4)?,
        stars: row.get(5)?,
        author: row.get(6)?,
        text: row.get(7)?,
        establishment: row.get(8)?,
        sentiment: row.get(9)?,
        language: row.get(10)?,
        aspect: understand::store::first_aspect(&row.get::<String>(11)?).map(str::to_owned),
        named_place: row.get::<String>(12)?.lines().next().map(str::to_owned),
    })
}

/// What was read and not weighed yet, the newest `limit`.
pub async fn unweighed(scope: &Scope, limit: u32) -> Result<Vec<Weighable>, StoreError> {
    scope.walk(&UNWEIGHED, values![limit]).await?.iter().map(weighable).collect()
}

/// Whether something has come in that was not weighed yet, read or not.
pub async fn is_waiting(scope: &Scope) -> Result<bool, StoreError> {
    Ok(scope.one(&IS_WAITING, vec![]).await?.is_some())
}

/// A stretch of what was weighed before, after a place in the key.
pub async fn history(scope: &Scope, after: MentionId, limit: u32) -> Result<Vec<Weighable>, StoreError> {
    scope.walk(&HISTORY, values![after, limit]).await?.iter().map(weighable).collect()
}

/// Organisations for which there is something to do.
pub async fn organizations_waiting(
    context: &Context,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<OrganizationId>, StoreError> {
    let rows = context.store.installation().all(&WAITING, values![now, limit]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// The sources, each with the moment since when it is listened to; `None` for what comes by hand.
pub async fn listened(scope: &Scope) -> Result<Vec<(SourceId, Option<Timestamp>)>, StoreError> {
    let rows = scope.all(&LISTENED, vec![]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// A detector as it is kept.
pub struct Kept {
    /// Its memory.
    pub state: Vec<u8>,
    /// Mentions weighed in all.
    pub weighed: i64,
    /// Of them, those that came too late since the history was weighed.
    pub late: i64,
    /// When time alone changes something.
    pub due_at: Option<Timestamp>,
}

/// Bytes of the hash before a kept memory: a flipped bit would be other numbers, silently.
const SEAL: usize = 8;

fn seal(state: &[u8]) -> Vec<u8> {
    Sha256::digest(state).iter().copied().take(SEAL).collect()
}

fn sealed(state: &[u8]) -> Vec<u8> {
    let mut sealed = seal(state);
    sealed.extend(state);
    sealed
}

/// The memory behind its seal; nothing, which no detector takes for a memory, where the seal is broken.
fn unsealed(mut kept: Vec<u8>) -> Vec<u8> {
    let state = kept.split_off(SEAL.min(kept.len()));
    if seal(&state) == kept { state } else { Vec::new() }
}

/// The detector of an organisation, once it has one.
pub async fn detector(scope: &Scope) -> Result<Option<Kept>, StoreError> {
    let row = scope.one(&DETECTOR, vec![]).await?;
    let kept = row.map(|row| {
        Ok(Kept {
            state: unsealed(row.get(0)?),
            weighed: row.get(1)?,
            late: row.get(2)?,
            due_at: row.get(3)?,
        })
    });
    kept.transpose()
}

/// Adds to a batch how a detector is kept.
pub fn keep(batch: &mut Batch, kept: &Kept, now: Timestamp) {
    let row = values![sealed(&kept.state), kept.weighed, kept.late, kept.due_at, now];
    batch.push(&KEEP, vec![row], Expect::Any);
}

/// Adds to a batch a detector that has weighed the whole history, with what it found there.
pub fn keep_new(batch: &mut Batch, kept: &Kept, found: &Past, now: Timestamp) {
    let past = serde_json::to_string(found).unwrap_or_default();
    let row = values![sealed(&kept.state), kept.weighed, past, kept.due_at, now];
    batch.push(&KEEP_NEW, vec![row], Expect::Any);
}

/// Adds to a batch that the whole history is weighed again.
pub fn begin_again(batch: &mut Batch) {
    batch.push(&BEGIN_AGAIN, vec![vec![]], Expect::Any);
}

/// What weighing the history found; `None` before it was done.
pub async fn past(scope: &Scope) -> Result<Option<Past>, StoreError> {
    let Some(row) = scope.one(&SEEN, vec![]).await? else { return Ok(None) };
    let text: String = row.get(0)?;
    Ok(serde_json::from_str(&text).ok())
}

/// What the owner chose.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Days between two warnings about nothing, on average.
    pub false_alarm_days: u32,
}

/// What the owner chose, or what holds until she does.
pub async fn setting(scope: &Scope) -> Result<Setting, StoreError> {
    let row = scope.one(&SETTING, vec![]).await?;
    let chosen = row.map(|row| row.get(0)).transpose()?;
    Ok(Setting { false_alarm_days: chosen.unwrap_or(crate::rules::past::DEFAULT_DAYS) })
}

/// Adds the owner's choice to a batch. Everything is weighed again with it.
pub fn set_budget(batch: &mut Batch, days: u32) {
    batch.push(&SET_BUDGET, vec![values![days]], Expect::Any);
    begin_again(batch);
}

/// Where an organisation is and how it speaks.
pub struct Place {
    /// Its time zone.
    pub zone: jiff::tz::TimeZone,
    /// Its town, in its owner's words.
    pub town: String,
    /// Its language.
    pub locale: String,
    /// Its name.
    pub name: String,
}

/// Where an organisation is and how it speaks.
pub async fn place(scope: &Scope) -> Result<Place, StoreError> {
    let Some(row) = scope.one(&PLACE, vec![]).await? else {
        let zone = jiff::tz::TimeZone::UTC;
        return Ok(Place { zone, town: String::new(), locale: "es".into(), name: String::new() });
    };
    let zone = jiff::tz::TimeZone::get(&row.get::<String>(0)?).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(Place { zone, town: row.get(1)?, locale: row.get(2)?, name: row.get(3)? })
}
