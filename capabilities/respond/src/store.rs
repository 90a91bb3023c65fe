//! What this room reads: `listen`'s day counts and who waits for an answer. Answers themselves are still `listen`'s.

use domain::MentionId;
use foundation::store::{Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::{DEADLINE_DAYS, Palabra, WINDOW_DAYS};

foundation::statements! {
    organization PALABRA = "SELECT CAST(COALESCE(SUM(answerable), 0) AS BIGINT), CAST(COALESCE(SUM(answered), 0) AS BIGINT),
        CAST(COALESCE(SUM(answered_in_time), 0) AS BIGINT) FROM mention_day WHERE organization_id = $1 AND day >= $2 AND day <= $3";
    /// Who waits: unanswered, three stars or fewer, since a moment. Worst first; among equals the newest, who still
    /// remembers and is still read. One short walk along the partial
    /// index per star, whatever the history (`stars <= 3` is there so that the planner may use that index).
    organization WAITING = "SELECT id, author, stars, text, posted_at FROM (
        SELECT * FROM (SELECT id, author, stars, text, posted_at FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 1 AND id >= $2 ORDER BY id DESC LIMIT $3) one
        UNION ALL SELECT * FROM (SELECT id, author, stars, text, posted_at FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 2 AND id >= $2 ORDER BY id DESC LIMIT $3) two
        UNION ALL SELECT * FROM (SELECT id, author, stars, text, posted_at FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 3 AND id >= $2 ORDER BY id DESC LIMIT $3) three
        ) waiting ORDER BY stars, id DESC LIMIT $3";
    organization COUNT_WAITING = "SELECT COUNT(*) FROM (
        SELECT * FROM (SELECT 1 FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 1 AND id >= $2 LIMIT $3) one
        UNION ALL SELECT * FROM (SELECT 1 FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 2 AND id >= $2 LIMIT $3) two
        UNION ALL SELECT * FROM (SELECT 1 FROM mention WHERE organization_id = $1
            AND reply_state <> 'answered' AND stars <= 3 AND stars = 3 AND id >= $2 LIMIT $3) three
        ) waiting";
}

/// Somebody who waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The mention.
    pub id: MentionId,
    /// Who.
    pub author: Option<String>,
    /// Stars.
    pub stars: u8,
    /// What was said.
    pub text: String,
    /// Since when.
    pub posted_at: Timestamp,
}

/// The number, `today` in days since 1970.
pub async fn palabra(scope: &Scope, today: i64) -> Result<Palabra, StoreError> {
    let row = scope.one(&PALABRA, values![today - WINDOW_DAYS, today - DEADLINE_DAYS]).await?;
    row.map_or(Ok(Palabra::new(0, 0, 0)), |row| Ok(Palabra::new(row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Nobody needs to know whether a thousand wait or more: counting stops there.
const COUNTED_MAX: i64 = 1_000;

/// Who waits since `since`, worst first, and how many in all (at most a thousand).
pub async fn waiting(scope: &Scope, since: Timestamp, limit: u32) -> Result<(Vec<Waiting>, i64), StoreError> {
    let since = MentionId::first_of(since);
    let rows = scope.all(&WAITING, values![since, limit]).await?;
    let waiting = rows
        .iter()
        .map(|row| {
            Ok(Waiting {
                id: row.get(0)?,
                author: row.get(1)?,
                stars: row.get(2)?,
                text: row.get(3)?,
                posted_at: row.get(4)?,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let count =
        scope.one(&COUNT_WAITING, values![since, COUNTED_MAX]).await?.map_or(Ok(0), |row| row.get(0))?;
    Ok((waiting, count))
}
