//! Palabra's counts: `listen`'s day counts for what was due and answered, the newest answers for how long they took.

use domain::{MentionId, SourceId};
use foundation::store::{Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::palabra::{DEADLINE_DAYS, Palabra, WINDOW_DAYS};

/// Answers looked at for how long they took: the newest, of a year at most.
const ANSWERS_MAX: u32 = 2_000;
/// Sources of one organisation on the page.
const SOURCES_MAX: u32 = 200;

foundation::statements! {
    organization PALABRA = "SELECT CAST(COALESCE(SUM(answerable), 0) AS BIGINT), CAST(COALESCE(SUM(answered), 0) AS BIGINT),
        CAST(COALESCE(SUM(answered_in_time), 0) AS BIGINT) FROM mention_day WHERE organization_id = $1 AND day >= $2 AND day <= $3";
    organization BY_SOURCE = "SELECT d.source_id, s.name, CAST(SUM(d.answerable) AS BIGINT), CAST(SUM(d.answered) AS BIGINT),
        CAST(SUM(d.answered_in_time) AS BIGINT) FROM mention_day d JOIN source s ON s.organization_id = $1 AND s.id = d.source_id
        WHERE d.organization_id = $1 AND d.day >= $2 AND d.day <= $3 GROUP BY d.source_id, s.name
        HAVING SUM(d.answerable) > 0 ORDER BY SUM(d.answerable) DESC LIMIT $4";
    organization BY_DAY = "SELECT day, CAST(SUM(answerable) AS BIGINT), CAST(SUM(answered) AS BIGINT), CAST(SUM(answered_in_time) AS BIGINT)
        FROM mention_day WHERE organization_id = $1 AND day >= $2 AND day <= $3 GROUP BY day ORDER BY day";
    /// How long the newest answers took: only where both moments are known.
    organization DELAYS = "SELECT source_id, posted_at, replied_at, day FROM mention WHERE organization_id = $1 AND id >= $2
        AND replied_at IS NOT NULL AND dated > 0 ORDER BY id DESC LIMIT $3";
}

/// The number, `today` in days since 1970.
pub async fn palabra(scope: &Scope, today: i64) -> Result<Palabra, StoreError> {
    let row = scope.one(&PALABRA, values![today - WINDOW_DAYS, today - DEADLINE_DAYS]).await?;
    row.map_or(Ok(Palabra::new(0, 0, 0)), |row| counted(&row, 0))
}

fn counted(row: &Row, from: usize) -> Result<Palabra, StoreError> {
    Ok(Palabra::new(row.get(from)?, row.get(from + 1)?, row.get(from + 2)?))
}

/// The number of each source, the one with most to answer first.
pub async fn by_source(scope: &Scope, today: i64) -> Result<Vec<(SourceId, String, Palabra)>, StoreError> {
    let values = values![today - WINDOW_DAYS, today - DEADLINE_DAYS, SOURCES_MAX];
    let rows = scope.all(&BY_SOURCE, values).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, counted(row, 2)?))).collect()
}

/// The counts of each day of the window, oldest first: due, answered, answered in time.
pub async fn by_day(scope: &Scope, today: i64) -> Result<Vec<(i64, [u64; 3])>, StoreError> {
    let rows = scope.all(&BY_DAY, values![today - WINDOW_DAYS, today - DEADLINE_DAYS]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]))).collect()
}

/// One answer and how long it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// Where.
    pub source: SourceId,
    /// The day of the mention.
    pub day: i64,
    /// Hours from the mention to its answer.
    pub hours: f64,
}

/// How long the newest answers since a moment took.
pub async fn delays(scope: &Scope, since: Timestamp) -> Result<Vec<Delay>, StoreError> {
    let rows = scope.walk(&DELAYS, values![MentionId::first_of(since), ANSWERS_MAX]).await?;
    rows.iter()
        .map(|row| {
            let (posted, replied): (Timestamp, Timestamp) = (row.get(1)?, row.get(2)?);
            let hours = (replied.duration_since(posted).as_secs_f64() / 3_600.0).max(0.0);
            Ok(Delay { source: row.get(0)?, day: row.get(3)?, hours })
        })
        .collect()
}
