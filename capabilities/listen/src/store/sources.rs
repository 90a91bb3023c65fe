//! `source`: where we listen, and how well it goes.

use domain::{OrganizationId, SourceId, SourceKind};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

/// A source with how much and how lately it was heard; [`Source::from_row`] takes the columns in this order.
macro_rules! sources_with_health {
    () => {
        "SELECT s.id, s.kind, s.name, s.url, s.state, s.tracks_replies, s.etag, s.last_modified,
        s.next_poll_at, s.ok_at, s.failed_at, s.failures, s.error_key,
        CAST((SELECT COALESCE(SUM(d.mentions), 0) FROM mention_day d WHERE d.organization_id = $1 AND d.source_id = s.id) AS BIGINT),
        (SELECT MAX(d.day) FROM mention_day d WHERE d.organization_id = $1 AND d.source_id = s.id AND d.mentions > 0)
        FROM source s WHERE s.organization_id = $1"
    };
}

foundation::statements! {
    organization SOURCES = concat!(sources_with_health!(), " ORDER BY s.id LIMIT 500");
    organization SOURCE = concat!(sources_with_health!(), " AND s.id = $2");
    organization INSERT_SOURCE = "INSERT INTO source (organization_id, id, kind, name, url, state, tracks_replies, next_poll_at, failures, created_at)
        VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, 0, $8) ON CONFLICT (organization_id, kind, name) DO NOTHING";
    organization SOURCE_BY_NAME = "SELECT id FROM source WHERE organization_id = $1 AND kind = $2 AND name = $3";
    organization TRACKS_REPLIES = "UPDATE source SET tracks_replies = 1 WHERE organization_id = $1 AND id = $2 AND tracks_replies = 0";
    organization HEARD = "UPDATE source SET ok_at = $3, failures = 0, error_key = NULL WHERE organization_id = $1 AND id = $2";
    organization UNHEARD = "UPDATE source SET failed_at = $3, failures = failures + 1, error_key = $4 WHERE organization_id = $1 AND id = $2";
    organization CALM = "UPDATE source SET failures = 0, error_key = NULL WHERE organization_id = $1 AND id = $2";
    organization POLLED = "UPDATE source SET ok_at = $3, failures = 0, error_key = NULL, etag = $4, last_modified = $5, url = $6,
        next_poll_at = $7 WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    organization POLL_FAILED = "UPDATE source SET failed_at = $3, failures = failures + 1, error_key = $4, next_poll_at = $5
        WHERE organization_id = $1 AND id = $2 AND state = 'active'";
    organization SET_STATE = "UPDATE source SET state = $3, next_poll_at = $4, failures = 0, error_key = $5
        WHERE organization_id = $1 AND id = $2 AND url IS NOT NULL";
    installation DUE = "SELECT organization_id, id FROM source WHERE next_poll_at IS NOT NULL AND next_poll_at <= $1
        ORDER BY next_poll_at LIMIT $2";
}

/// A configured connector.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// Which platform.
    pub kind: SourceKind,
    /// What the owner calls it.
    pub name: String,
    /// The feed's address.
    pub url: Option<String>,
    /// `active`, `paused` or `gone`.
    pub state: String,
    /// Whether it says which mentions were answered.
    pub tracks_replies: bool,
    /// Validator of the last copy.
    pub etag: Option<String>,
    /// Date of the last copy.
    pub last_modified: Option<String>,
    /// When it is asked next.
    pub next_poll_at: Option<Timestamp>,
    /// When it last worked.
    pub ok_at: Option<Timestamp>,
    /// When it last failed.
    pub failed_at: Option<Timestamp>,
    /// How often in a row.
    pub failures: u32,
    /// Why.
    pub error_key: Option<String>,
    /// Mentions heard from it.
    pub mentions: i64,
    /// The newest day with one.
    pub newest_day: Option<i64>,
}

impl Source {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            name: row.get(2)?,
            url: row.get(3)?,
            state: row.get(4)?,
            tracks_replies: row.get(5)?,
            etag: row.get(6)?,
            last_modified: row.get(7)?,
            next_poll_at: row.get(8)?,
            ok_at: row.get(9)?,
            failed_at: row.get(10)?,
            failures: row.get(11)?,
            error_key: row.get(12)?,
            mentions: row.get(13)?,
            newest_day: row.get(14)?,
        })
    }
}

/// Every source, oldest first.
pub async fn sources(scope: &Scope) -> Result<Vec<Source>, StoreError> {
    scope.all(&SOURCES, vec![]).await?.iter().map(Source::from_row).collect()
}

/// One source.
pub async fn source(scope: &Scope, id: SourceId) -> Result<Option<Source>, StoreError> {
    scope.one(&SOURCE, values![id]).await?.as_ref().map(Source::from_row).transpose()
}

/// The source of this kind and name; created if there is none. A feed has an address and is asked at once.
pub async fn ensure(
    context: &Context,
    scope: &Scope,
    kind: SourceKind,
    name: &str,
    url: Option<&str>,
) -> Result<SourceId, StoreError> {
    let now = context.now();
    let next = url.map(|_| now);
    let values = values![context.new_id(), kind, name, url, false, next, now];
    scope.write(Batch::new().add(&INSERT_SOURCE, values)).await?;
    let row = scope.one(&SOURCE_BY_NAME, values![kind, name]).await?;
    row.ok_or(StoreError::Closed)?.get(0)
}

/// What a later room found out about a source that it hears for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hearing {
    /// It was heard.
    Well,
    /// It could not be heard: the end of a `feed-error-…` key.
    Failed(&'static str),
    /// Nobody asks it any more, or asks anew: what was wrong does not count.
    Forgotten,
}

/// Adds how well a source was heard to a later room's batch, so that it shows like any other's health.
pub fn hearing(batch: &mut Batch, source: SourceId, now: Timestamp, hearing: Hearing) {
    match hearing {
        Hearing::Well => batch.push(&HEARD, vec![values![source, now]], Expect::Any),
        Hearing::Failed(key) => batch.push(&UNHEARD, vec![values![source, now, key]], Expect::Any),
        Hearing::Forgotten => batch.push(&CALM, vec![values![source]], Expect::Any),
    }
}

/// Sources whose time has come, of all organisations.
pub async fn due(context: &Context, limit: u32) -> Result<Vec<(OrganizationId, SourceId)>, StoreError> {
    let rows = context.store.installation().all(&DUE, values![context.now(), limit]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
