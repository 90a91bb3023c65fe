//! What this room reads: `listen`'s counts of each day, and the newest ratings. It writes nothing.

use domain::{SourceId, SourceKind};
use foundation::store::{Scope, StoreError};
use foundation::values;

foundation::statements! {
    /// One row per source and day with ratings: bounded by time, not by how many ratings there are.
    organization STAR_DAYS = "SELECT d.source_id, d.day, d.stars_1, d.stars_2, d.stars_3, d.stars_4, d.stars_5 FROM mention_day d
        WHERE d.organization_id = $1 AND d.stars_1 + d.stars_2 + d.stars_3 + d.stars_4 + d.stars_5 > 0 ORDER BY d.source_id, d.day";
    organization SOURCE_NAMES = "SELECT id, kind, name FROM source WHERE organization_id = $1 LIMIT 500";
    organization NEWEST_STARS = "SELECT stars FROM mention WHERE organization_id = $1 AND source_id = $2 AND stars IS NOT NULL
        ORDER BY id DESC LIMIT $3";
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
