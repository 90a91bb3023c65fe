//! What this room reads: `listen`'s and `understand`'s counts of each day, the newest ratings, and how many were asked, came
//! and answered, of `customers`, `invite` and `reviews`. It writes nothing.

use domain::{SourceId, SourceKind};
use foundation::store::{Scope, Statement, StoreError};
use foundation::values;

foundation::statements! {
    /// One row per source and day with ratings: bounded by time, not by how many ratings there are.
    organization STAR_DAYS = "SELECT d.source_id, d.day, d.stars_1, d.stars_2, d.stars_3, d.stars_4, d.stars_5 FROM mention_day d
        WHERE d.organization_id = $1 AND d.stars_1 + d.stars_2 + d.stars_3 + d.stars_4 + d.stars_5 > 0 ORDER BY d.source_id, d.day";
    organization SOURCE_NAMES = "SELECT id, kind, name FROM source WHERE organization_id = $1 LIMIT 500";
    organization NEWEST_STARS = "SELECT stars FROM mention WHERE organization_id = $1 AND source_id = $2 AND stars IS NOT NULL
        ORDER BY id DESC LIMIT $3";
    organization MENTIONS_SINCE = "SELECT CAST(COALESCE(SUM(negative), 0) AS BIGINT), CAST(COALESCE(SUM(negative + neutral + positive + unsure), 0) AS BIGINT)
        FROM reading_day WHERE organization_id = $1 AND day >= $2";
    /// Stars decide where there are any, else what it sounds like.
    organization NEWEST_NEGATIVE = "SELECT CASE WHEN m.stars IS NOT NULL THEN CASE WHEN m.stars <= 2 THEN 1 ELSE 0 END
        WHEN r.sentiment = 'negative' THEN 1 ELSE 0 END FROM mention m
        LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 ORDER BY m.id DESC LIMIT $2";
    /// Invitations to write a review that left on these days, and how many of them were answered.
    organization RESPONSE = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(answered_at) AS BIGINT) FROM invitation
        WHERE organization_id = $1 AND sent_day >= $2 AND sent_day <= $3 AND purpose = 'review'";
    organization ASKING = "SELECT cap_per_day FROM invite_setting WHERE organization_id = $1";
    organization VISITS_SINCE = "SELECT CAST(COUNT(*) AS BIGINT) FROM visit WHERE organization_id = $1 AND day >= $2 AND day <= $3
        AND cancelled_at IS NULL";
    organization CUSTOMERS_SINCE = "SELECT CAST(COUNT(DISTINCT customer_id) AS BIGINT) FROM visit
        WHERE organization_id = $1 AND day >= $2 AND day <= $3 AND cancelled_at IS NULL";
    /// Visits of each day: at most as many rows as days.
    organization VISIT_DAYS = "SELECT day, CAST(COUNT(*) AS BIGINT) FROM visit WHERE organization_id = $1 AND day >= $2 AND day <= $3
        AND cancelled_at IS NULL GROUP BY day ORDER BY day";
    organization CENSUS_ASKED = "SELECT CAST(COUNT(*) AS BIGINT) FROM invitation WHERE organization_id = $1 AND sent_day >= $2
        AND visit_day >= $2 AND visit_day <= $3 AND purpose = 'census'";
    /// Answers by day, lot, grade and wave: bounded by time, not by how many there are.
    organization CENSUS_ANSWERS = "SELECT visit_day, COALESCE(draw_id, 0), grade, after_reminder, CASE WHEN invitation_id IS NULL THEN 0 ELSE 1 END,
        CAST(COUNT(*) AS BIGINT) FROM census_answer WHERE organization_id = $1 AND visit_day >= $2 AND visit_day <= $3
        GROUP BY visit_day, COALESCE(draw_id, 0), grade, after_reminder, CASE WHEN invitation_id IS NULL THEN 0 ELSE 1 END ORDER BY visit_day";
    organization DRAWS = "SELECT id, size, listed FROM draw WHERE organization_id = $1 AND until_day >= $2 AND listed > 0 ORDER BY id DESC LIMIT 500";
}

/// Ratings of one source.
#[derive(Debug, Clone)]
pub struct RatedSource {
    /// Its id.
    pub id: SourceId,
    /// Which platform.
    pub kind: SourceKind,
    /// What the owner calls it.
    pub name: String,
    /// Day since 1970 and how many with 1 to 5 stars.
    pub days: Vec<(i64, [u64; 5])>,
}

impl RatedSource {
    /// All its ratings.
    pub fn count(&self) -> u64 {
        self.days.iter().flat_map(|(_, stars)| stars).sum()
    }
}

/// Every source with ratings.
pub async fn rated_sources(scope: &Scope) -> Result<Vec<RatedSource>, StoreError> {
    let names = scope.all(&SOURCE_NAMES, vec![]).await?;
    let mut sources: Vec<RatedSource> = Vec::new();
    for row in scope.all(&STAR_DAYS, vec![]).await? {
        let id: SourceId = row.get(0)?;
        if sources.last().is_none_or(|s| s.id != id) {
            for name in &names {
                if name.get::<SourceId>(0)? == id {
                    sources.push(RatedSource {
                        id,
                        kind: name.get(1)?,
                        name: name.get(2)?,
                        days: Vec::new(),
                    });
                }
            }
        }
        let stars = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        if let Some(source) = sources.last_mut() {
            source.days.push((row.get(1)?, stars));
        }
    }
    Ok(sources)
}

/// Whether each of a source's newest ratings is bad (two stars or fewer), newest first.
pub async fn newest_bad(scope: &Scope, source: SourceId, limit: u32) -> Result<Vec<bool>, StoreError> {
    let rows = scope.all(&NEWEST_STARS, values![source, limit]).await?;
    rows.iter().map(|row| Ok(row.get::<i64>(0)? <= 2)).collect()
}

/// Negative and all mentions that were read, of this day (since 1970) and later.
pub async fn mentions_since(scope: &Scope, day: i64) -> Result<(u64, u64), StoreError> {
    match scope.one(&MENTIONS_SINCE, values![day]).await? {
        Some(row) => Ok((row.get(0)?, row.get(1)?)),
        None => Ok((0, 0)),
    }
}

/// Whether each of the newest mentions of all sources is negative, newest first.
pub async fn newest_negative(scope: &Scope, limit: u32) -> Result<Vec<bool>, StoreError> {
    let rows = scope.all(&NEWEST_NEGATIVE, values![limit]).await?;
    rows.iter().map(|row| Ok(row.get::<i64>(0)? == 1)).collect()
}

/// How many were asked, and how many of them answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ResponseRate {
    /// Customers who answered.
    pub answered: u64,
    /// Customers who were asked.
    pub asked: u64,
}

/// Of invitations that left on these days (since 1970).
pub async fn response(scope: &Scope, from_day: i64, until_day: i64) -> Result<ResponseRate, StoreError> {
    match scope.one(&RESPONSE, values![from_day, until_day]).await? {
        Some(row) => Ok(ResponseRate { asked: row.get(0)?, answered: row.get(1)? }),
        None => Ok(ResponseRate::default()),
    }
}

/// The owner's own limit of invitations a day, where she set one.
pub async fn cap_per_day(scope: &Scope) -> Result<Option<u32>, StoreError> {
    match scope.one(&ASKING, values![]).await? {
        Some(row) => row.get(0),
        None => Ok(None),
    }
}

async fn count(
    scope: &Scope,
    statement: &Statement,
    from_day: i64,
    until_day: i64,
) -> Result<u64, StoreError> {
    let row = scope.one(statement, values![from_day, until_day]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Visits on these days (since 1970).
pub async fn visits(scope: &Scope, from_day: i64, until_day: i64) -> Result<u64, StoreError> {
    count(scope, &VISITS_SINCE, from_day, until_day).await
}

/// What the private question brought.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Census {
    /// Different customers who came.
    pub customers: u64,
    /// Day (since 1970) and visits of it.
    pub visits: Vec<(i64, u64)>,
    /// Customers who were asked.
    pub asked: u64,
    /// Their answers.
    pub answers: Vec<Answers>,
    /// Answers of people whom nobody had chosen: by a code in the shop, or on its device.
    pub unchosen: u64,
}

/// Answers that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    /// The day of the visit (since 1970).
    pub day: i64,
    /// 1 to 5.
    pub grade: i64,
    /// Whether they came only after the reminder.
    pub late: bool,
    /// How probable it was to be asked.
    pub probability: f64,
    /// How many.
    pub count: u64,
}

/// What is known of visits on these days (since 1970).
pub async fn census(scope: &Scope, from_day: i64, until_day: i64) -> Result<Census, StoreError> {
    let mut census = Census {
        customers: count(scope, &CUSTOMERS_SINCE, from_day, until_day).await?,
        asked: count(scope, &CENSUS_ASKED, from_day, until_day).await?,
        ..Census::default()
    };
    for row in scope.all(&VISIT_DAYS, values![from_day, until_day]).await? {
        census.visits.push((row.get(0)?, row.get(1)?));
    }
    let mut draws: Vec<(i64, f64)> = Vec::new();
    for row in scope.all(&DRAWS, values![from_day]).await? {
        let (size, listed): (i64, i64) = (row.get(1)?, row.get(2)?);
        draws.push((row.get(0)?, size.min(listed) as f64 / listed.max(1) as f64));
    }
    for row in scope.all(&CENSUS_ANSWERS, values![from_day, until_day]).await? {
        let (draw, chosen, count): (i64, i64, u64) = (row.get(1)?, row.get(4)?, row.get(5)?);
        if chosen == 0 {
            census.unchosen += count;
            continue;
        }
        // Without a lot everybody is asked.
        let probability = draws.iter().find(|(id, _)| *id == draw).map_or(1.0, |(_, p)| *p);
        let late = row.get::<i64>(3)? == 1;
        census.answers.push(Answers { day: row.get(0)?, grade: row.get(2)?, late, probability, count });
    }
    Ok(census)
}
