//! The counts of each day, which pages read instead of history: `reading_day`, `aspect_day`, `cause_day`.

use std::collections::BTreeMap;

use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;

use crate::rules::count::Changes;
use crate::rules::week::Complaints;

foundation::statements! {
    organization ADD_DAY = "INSERT INTO reading_day (organization_id, day, source_id, negative, neutral, positive, unsure)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7} ON CONFLICT (organization_id, day, source_id) DO UPDATE SET
        negative = reading_day.negative + excluded.negative, neutral = reading_day.neutral + excluded.neutral,
        positive = reading_day.positive + excluded.positive, unsure = reading_day.unsure + excluded.unsure";
    organization ADD_ASPECTS = "INSERT INTO aspect_day (organization_id, day, aspect, negative, neutral, positive)
        VALUES {rows: $1, $2, $3, $4, $5, $6} ON CONFLICT (organization_id, day, aspect) DO UPDATE SET
        negative = aspect_day.negative + excluded.negative, neutral = aspect_day.neutral + excluded.neutral,
        positive = aspect_day.positive + excluded.positive";
    organization ADD_CAUSES = "INSERT INTO cause_day (organization_id, day, cause, aspect, complaints)
        VALUES {rows: $1, $2, $3, $4, $5} ON CONFLICT (organization_id, day, cause, aspect) DO UPDATE SET
        complaints = cause_day.complaints + excluded.complaints";
    /// By month would hide a week's turn; by day is still bounded by time, not by mentions.
    organization DAYS = "SELECT day, CAST(SUM(negative) AS BIGINT), CAST(SUM(neutral) AS BIGINT), CAST(SUM(positive) AS BIGINT),
        CAST(SUM(unsure) AS BIGINT) FROM reading_day WHERE organization_id = $1 AND day >= $2 GROUP BY day ORDER BY day";
    organization ASPECT_DAYS = "SELECT day, aspect, negative, neutral, positive FROM aspect_day
        WHERE organization_id = $1 AND day >= $2 ORDER BY day, aspect";
    organization CAUSES = "SELECT cause, aspect, CAST(SUM(complaints) AS BIGINT) FROM cause_day
        WHERE organization_id = $1 AND day >= $2 AND day <= $3 GROUP BY cause, aspect";
}

/// Adds what readings change in the counts.
pub fn add(batch: &mut Batch, changes: Changes) {
    let days = changes.sentiments.into_iter().filter(|(_, counts)| *counts != [0; 4]).map(
        |((day, source), [negative, neutral, positive, unsure])| {
            values![day, source, negative, neutral, positive, unsure]
        },
    );
    batch.push(&ADD_DAY, days.collect(), Expect::Any);
    let aspects = changes.aspects.into_iter().filter(|(_, counts)| *counts != [0; 3]).map(
        |((day, aspect), [negative, neutral, positive])| values![day, aspect, negative, neutral, positive],
    );
    batch.push(&ADD_ASPECTS, aspects.collect(), Expect::Any);
    let causes = changes.causes.into_iter().filter(|(_, count)| *count != 0);
    let causes = causes.map(|((day, cause, aspect), count)| values![day, cause, aspect, count]);
    batch.push(&ADD_CAUSES, causes.collect(), Expect::Any);
}

/// Counts of a day: negative, neutral, positive, unsure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentimentDay {
    /// Days since 1970.
    pub day: i64,
    /// Negative, neutral, positive, unsure.
    pub counts: [i64; 4],
}

/// Counts per day since a day.
pub async fn days(scope: &Scope, since_day: i64) -> Result<Vec<SentimentDay>, StoreError> {
    let rows = scope.all(&DAYS, values![since_day]).await?;
    rows.iter()
        .map(|row| {
            Ok(SentimentDay {
                day: row.get(0)?,
                counts: [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?],
            })
        })
        .collect()
}

/// How an aspect was spoken of in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AspectDay {
    /// Days since 1970.
    pub day: i64,
    /// The aspect's name.
    pub aspect: String,
    /// Mentions that blame it, name it, praise it.
    pub counts: [i64; 3],
}

/// Counts per day and aspect since a day, oldest first.
pub async fn aspect_days(scope: &Scope, since_day: i64) -> Result<Vec<AspectDay>, StoreError> {
    let rows = scope.all(&ASPECT_DAYS, values![since_day]).await?;
    rows.iter()
        .map(|row| {
            Ok(AspectDay {
                day: row.get(0)?,
                aspect: row.get(1)?,
                counts: [row.get(2)?, row.get(3)?, row.get(4)?],
            })
        })
        .collect()
}

/// Complaints by cause and aspect, from one day to another, both included.
pub async fn causes(scope: &Scope, from_day: i64, to_day: i64) -> Result<Complaints, StoreError> {
    let rows = scope.all(&CAUSES, values![from_day, to_day]).await?;
    let mut all = BTreeMap::new();
    for row in &rows {
        let count: i64 = row.get(2)?;
        if count > 0 {
            all.insert((row.get(0)?, row.get(1)?), count);
        }
    }
    Ok(all)
}
