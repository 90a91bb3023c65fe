//! `drill`, and the statements that fill a copy. The latter read the tables of other rooms and write them in the copy only,
//! which is nobody's: they are never run on the real store (`copy`).

use domain::{DrillId, DrillState, MentionId, OrganizationId, OrganizationKind};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError, Value};
use foundation::values;
use jiff::{SignedDuration, Timestamp};

use crate::rules::{self, Found, HOURS_MAX, MENTIONS_MIN, Walk};

/// Columns of a drill; [`drill`] takes them in this order.
macro_rules! drills {
    () => {
        "SELECT id, state, found, walk, started_at, ended_at, revision, locale FROM drill WHERE organization_id = $1"
    };
}

foundation::statements! {
    organization ONE = concat!(drills!(), " AND id = $2");
    organization OPEN = concat!(drills!(), " AND state IN ('preparing', 'running') LIMIT 1");
    organization DONE = concat!(drills!(), " AND state = 'done' ORDER BY started_at DESC LIMIT $2");
    organization INSERT = "INSERT INTO drill (organization_id, id, state, locale, found, walk, started_at, revision)
        VALUES ($1, $2, 'preparing', $3, '', '', $4, 1)";
    organization READY = "UPDATE drill SET state = 'running', found = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state = 'preparing'";
    organization WALK = "UPDATE drill SET walk = $4, state = $5, ended_at = $6, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3 AND state = 'running'";
    organization ABANDON = "UPDATE drill SET state = 'abandoned', ended_at = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state IN ('preparing', 'running')";
    organization LAST_DONE = "SELECT MAX(ended_at) FROM drill WHERE organization_id = $1 AND state = 'done'";
    organization FORGET_OLDER = "DELETE FROM drill WHERE organization_id = $1 AND state = 'abandoned' AND started_at < $2";
    organization ENOUGH = "SELECT COUNT(*) FROM (SELECT 1 FROM mention WHERE organization_id = $1 AND id >= $2 LIMIT $3) counted";
    organization BEGAN = "SELECT created_at FROM organization WHERE id = $1";

    /// Drills somebody waits for.
    installation PREPARING = "SELECT organization_id, id FROM drill WHERE state = 'preparing' ORDER BY id LIMIT $1";
    /// Drills nobody ended.
    installation STALE = "SELECT organization_id, id FROM drill WHERE state IN ('preparing', 'running') AND started_at < $1 LIMIT $2";
    /// Whether a drill still needs its copy.
    installation NEEDED = "SELECT organization_id FROM drill WHERE id = $1 AND state IN ('preparing', 'running')";

    organization HER_ORGANIZATION = "SELECT name, kind, town, time_zone, locale, created_at FROM organization WHERE id = $1";
    organization COPY_ORGANIZATION = "INSERT INTO organization (id, name, kind, town, time_zone, locale, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// A source without its address: nobody asks it anything. An empty one still says since when it is listened to.
    organization HER_SOURCES = "SELECT id, kind, name, CASE WHEN url IS NULL THEN NULL ELSE '' END, state, tracks_replies, created_at
        FROM source WHERE organization_id = $1 ORDER BY id LIMIT 500";
    organization COPY_SOURCES = "INSERT INTO source (organization_id, id, kind, name, url, state, tracks_replies, failures, created_at)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, 0, $8}";
    organization HER_SETTING = "SELECT false_alarm_days FROM warning_setting WHERE organization_id = $1";
    organization COPY_SETTING = "INSERT INTO warning_setting (organization_id, false_alarm_days) VALUES ($1, $2)";
    organization HER_VALUES = "SELECT place, text, decider, first_step, revision FROM value WHERE organization_id = $1";
    organization COPY_VALUES = "INSERT INTO value (organization_id, place, text, decider, first_step, revision)
        VALUES {rows: $1, $2, $3, $4, $5, $6}";
    /// The mention before which there are more than a copy takes.
    organization OLDEST_TAKEN = "SELECT id FROM mention WHERE organization_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1 OFFSET $3";
    organization HER_MENTIONS = "SELECT id, source_id, identity, posted_at, dated, day, author, title, text, stars, place, reply_state, saved_at
        FROM mention WHERE organization_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4";
    organization COPY_MENTIONS = "INSERT INTO mention (organization_id, id, source_id, identity, posted_at, dated, day, author, title, text,
        stars, place, reply_state, saved_at, revision) VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1}";
    organization HER_READINGS = "SELECT r.mention_id, r.language, r.sentiment, r.negative, r.neutral, r.positive, r.model_version, r.read_at,
        r.aspects, r.cause, r.intents, r.standing, r.places, r.fingerprint, r.read_by
        FROM mention m JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 AND m.id > $2 AND m.id <= $3 ORDER BY m.id";
    organization COPY_READINGS = "INSERT INTO reading (organization_id, mention_id, language, sentiment, negative, neutral, positive,
        model_version, read_at, aspects, cause, intents, standing, places, fingerprint, read_by)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16}";
    /// Unhappy mentions of a span, for how many voices a campaign needs to be one.
    organization UNHAPPY = "SELECT COUNT(*) FROM mention m LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 AND m.id >= $2 AND (m.stars <= 2 OR (m.stars IS NULL AND r.sentiment = 'negative'))";
    /// The source most was heard from.
    organization BUSIEST = "SELECT source_id FROM mention WHERE organization_id = $1 GROUP BY source_id ORDER BY COUNT(*) DESC, source_id LIMIT 1";
}

/// A drill.
#[derive(Debug, Clone)]
pub struct Drill {
    /// Its id.
    pub id: DrillId,
    /// How far it has come.
    pub state: DrillState,
    /// What came out of the copy; `None` until it is ready.
    pub found: Option<Found>,
    /// What the person did.
    pub walk: Walk,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it ended, well or not.
    pub ended_at: Option<Timestamp>,
    /// Counts up with every change.
    pub revision: i64,
    /// The language of whoever asked for it: the voices speak it.
    pub locale: String,
}

fn drill(row: &Row) -> Result<Drill, StoreError> {
    let (found, walk): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(Drill {
        id: row.get(0)?,
        state: row.get(1)?,
        found: serde_json::from_str(&found).ok(),
        walk: serde_json::from_str(&walk).unwrap_or_default(),
        started_at: row.get(4)?,
        ended_at: row.get(5)?,
        revision: row.get(6)?,
        locale: row.get(7)?,
    })
}

/// One drill.
pub async fn one(scope: &Scope, id: DrillId) -> Result<Option<Drill>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(drill).transpose()
}

/// The drill that is being prepared or walked.
pub async fn open(scope: &Scope) -> Result<Option<Drill>, StoreError> {
    scope.one(&OPEN, vec![]).await?.as_ref().map(drill).transpose()
}

/// Drills that were walked to the end, the newest first.
pub async fn done(scope: &Scope, limit: u32) -> Result<Vec<Drill>, StoreError> {
    scope.all(&DONE, values![limit]).await?.iter().map(drill).collect()
}

/// Adds a drill to be prepared; a conflict while another is open.
pub fn ask(batch: &mut Batch, id: DrillId, locale: &str, now: Timestamp) {
    batch.push(&INSERT, vec![values![id, locale, now]], Expect::Exactly(1));
}

/// Adds to a batch that a drill can be walked; a conflict if it was given up meanwhile.
pub fn ready(batch: &mut Batch, id: DrillId, found: &Found) {
    let found = serde_json::to_string(found).unwrap_or_default();
    batch.push(&READY, vec![values![id, found]], Expect::Exactly(1));
}

/// Adds to a batch what the person did; a conflict if the drill changed since she looked. The last step ends it.
pub fn walk(batch: &mut Batch, drill: &Drill, now: Timestamp) {
    let (state, ended) =
        if drill.walk.is_over() { (DrillState::Done, Some(now)) } else { (DrillState::Running, None) };
    let walk = serde_json::to_string(&drill.walk).unwrap_or_default();
    batch.push(&WALK, vec![values![drill.id, drill.revision, walk, state, ended]], Expect::Exactly(1));
}

/// Adds to a batch that a drill is given up, and that the rows of old ones that were go.
pub fn abandon(batch: &mut Batch, id: DrillId, now: Timestamp) {
    batch.push(&ABANDON, vec![values![id, now]], Expect::Any);
    batch.push(&FORGET_OLDER, vec![values![now - SignedDuration::from_hours(24 * 30)]], Expect::Any);
}

/// How many mentions there are, counted no further than a drill needs.
pub async fn mentions(scope: &Scope, since: Timestamp) -> Result<i64, StoreError> {
    let row = scope.one(&ENOUGH, values![MentionId::first_of(since), MENTIONS_MIN]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Whether a drill is due now: for *Hoy*.
pub async fn due(scope: &Scope, now: Timestamp) -> Result<bool, StoreError> {
    if open(scope).await?.is_some() {
        return Ok(false);
    }
    let day = |at: Timestamp| at.as_second().div_euclid(86_400);
    let last =
        scope.one(&LAST_DONE, vec![]).await?.map_or(Ok(None), |row| row.get::<Option<Timestamp>>(0))?;
    let Some(began) = scope.one(&BEGAN, vec![]).await? else { return Ok(false) };
    let began: Timestamp = began.get(0)?;
    let heard = mentions(scope, now - crate::copy::HISTORY).await?;
    Ok(rules::is_due(heard, day(began), last.map(day), day(now)))
}

async fn found(
    context: &Context,
    statement: &foundation::store::Statement,
    values: Vec<Value>,
) -> Result<Vec<(OrganizationId, DrillId)>, StoreError> {
    let rows = context.store.installation().all(statement, values).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Drills somebody waits for.
pub async fn preparing(context: &Context, limit: u32) -> Result<Vec<(OrganizationId, DrillId)>, StoreError> {
    found(context, &PREPARING, values![limit]).await
}

/// Drills nobody ended within a day.
pub async fn stale(context: &Context, limit: u32) -> Result<Vec<(OrganizationId, DrillId)>, StoreError> {
    let since = context.now() - SignedDuration::from_hours(HOURS_MAX);
    found(context, &STALE, values![since, limit]).await
}

/// Whose drill it is, while it needs its copy.
pub async fn needed(context: &Context, id: DrillId) -> Result<Option<OrganizationId>, StoreError> {
    context.store.installation().one(&NEEDED, values![id]).await?.map(|row| row.get(0)).transpose()
}

/// What the organisation is, in its copy.
#[derive(Debug, Clone)]
pub struct Her {
    /// What it is.
    pub kind: OrganizationKind,
    /// Its town.
    pub town: String,
    /// Its zone.
    pub zone: jiff::tz::TimeZone,
}

/// What the organisation is.
pub async fn her(scope: &Scope) -> Result<Option<Her>, StoreError> {
    let Some(row) = scope.one(&HER_ORGANIZATION, vec![]).await? else { return Ok(None) };
    let zone = jiff::tz::TimeZone::get(&row.get::<String>(3)?).unwrap_or(jiff::tz::TimeZone::UTC);
    Ok(Some(Her { kind: row.get(1)?, town: row.get(2)?, zone }))
}
