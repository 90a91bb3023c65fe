//! The tables of this room, `reading` and `reading_day`, and the list that joins mentions with their readings.

use std::collections::BTreeMap;

use domain::{MentionId, ReplyState, Sentiment, SourceId, SourceKind};
use foundation::store::{Batch, Expect, Row, Scope, StoreError, Value};
use foundation::values;
use jiff::Timestamp;
use listen::store::mentions::{LOOKUP_MAX, Unread};

use crate::rules::Reading;

/// A mention with its source and its reading; [`read_mention`] takes the columns in this order.
macro_rules! read_mentions {
    () => {
        "SELECT m.id, m.source_id, s.kind, s.name, m.author, m.title, m.text, m.url, m.stars, m.place, m.posted_at,
        m.dated, m.reply_state, m.reply_text, m.replied_at, m.revision, r.language, r.sentiment, r.negative, r.neutral, r.positive
        FROM mention m JOIN source s ON s.id = m.source_id AND s.organization_id = $1
        LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1"
    };
}

/// What a list may be narrowed by: `$2` to `$8` and `$10`.
macro_rules! filtered {
    () => {
        " AND m.id < $2 AND m.id >= $3
        AND (CAST($4 AS BIGINT) IS NULL OR m.source_id = $4) AND (CAST($5 AS BIGINT) IS NULL OR m.stars = $5) AND (CAST($6 AS TEXT) IS NULL OR r.sentiment = $6)
        AND (CAST($7 AS TEXT) IS NULL OR m.reply_state = $7) AND (CAST($8 AS TEXT) IS NULL OR r.language = $8)
        AND (CAST($10 AS BIGINT) = 0 OR (m.reply_state <> 'answered' AND m.stars <= 3))"
    };
}

foundation::statements! {
    organization EARLIER = "SELECT mention_id, sentiment FROM reading WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization SAVE_READINGS = "INSERT INTO reading (organization_id, mention_id, language, sentiment, negative, neutral, positive,
        model_version, read_at) VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9}
        ON CONFLICT (mention_id) DO UPDATE SET language = excluded.language, sentiment = excluded.sentiment,
        negative = excluded.negative, neutral = excluded.neutral, positive = excluded.positive,
        model_version = excluded.model_version, read_at = excluded.read_at
        WHERE reading.organization_id = excluded.organization_id";
    organization ADD_DAY = "INSERT INTO reading_day (organization_id, day, source_id, negative, neutral, positive, unsure)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7} ON CONFLICT (organization_id, day, source_id) DO UPDATE SET
        negative = reading_day.negative + excluded.negative, neutral = reading_day.neutral + excluded.neutral,
        positive = reading_day.positive + excluded.positive, unsure = reading_day.unsure + excluded.unsure";
    /// Newest first along the key. Filters that are not asked are NULL; the walk stops at the limit.
    organization NEWEST = concat!(read_mentions!(), filtered!(), " ORDER BY m.id DESC LIMIT $9");
    /// The same among what a search finds.
    organization FOUND = concat!(read_mentions!(), filtered!(), " AND m.id IN ({search_match: $11}) ORDER BY m.id DESC LIMIT $9");
    organization ONE = concat!(read_mentions!(), " AND m.id = $2");
    /// By month would hide a week's turn; by day is still bounded by time, not by mentions.
    organization DAYS = "SELECT day, CAST(SUM(negative) AS BIGINT), CAST(SUM(neutral) AS BIGINT), CAST(SUM(positive) AS BIGINT),
        CAST(SUM(unsure) AS BIGINT) FROM reading_day WHERE organization_id = $1 AND day >= $2 GROUP BY day ORDER BY day";
}

/// What these mentions were read as before.
pub async fn earlier(scope: &Scope, ids: &[MentionId]) -> Result<BTreeMap<MentionId, Sentiment>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(LOOKUP_MAX) {
        for row in scope.all(&EARLIER, chunk.iter().map(|id| Value::from(*id)).collect()).await? {
            found.insert(row.get(0)?, row.get(1)?);
        }
    }
    Ok(found)
}

/// Adds readings to a batch.
pub fn save_readings(batch: &mut Batch, read: &[(Unread, Reading)], model_version: u32, now: Timestamp) {
    let rows = read.iter().map(|(mention, reading)| {
        let [negative, neutral, positive] = reading.probabilities;
        values![
            mention.id,
            reading.language,
            reading.sentiment,
            negative,
            neutral,
            positive,
            model_version,
            now
        ]
    });
    batch.push(&SAVE_READINGS, rows.collect(), Expect::Any);
}

/// Adds counts to days.
pub fn add_days(batch: &mut Batch, days: BTreeMap<(i64, SourceId), [i64; 4]>) {
    let rows = days.into_iter().filter(|(_, counts)| *counts != [0; 4]).map(
        |((day, source), [negative, neutral, positive, unsure])| {
            values![day, source, negative, neutral, positive, unsure]
        },
    );
    batch.push(&ADD_DAY, rows.collect(), Expect::Any);
}

/// A mention with its reading, as the lists show it.
#[derive(Debug, Clone)]
pub struct ReadMention {
    /// Its id.
    pub id: MentionId,
    /// Where from.
    pub source: SourceId,
    /// Which platform.
    pub source_kind: SourceKind,
    /// What the owner calls it.
    pub source_name: String,
    /// Who.
    pub author: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Text.
    pub text: String,
    /// The original.
    pub url: Option<String>,
    /// Stars.
    pub stars: Option<u8>,
    /// The establishment.
    pub place: Option<String>,
    /// When.
    pub posted_at: Timestamp,
    /// Whether the time is known: 0 no, 1 the day, 2 the moment.
    pub dated: i64,
    /// Whether it was answered.
    pub reply_state: ReplyState,
    /// The answer.
    pub reply_text: Option<String>,
    /// When it was answered.
    pub replied_at: Option<Timestamp>,
    /// How often it changed, from 1.
    pub revision: i64,
    /// Its reading, once read.
    pub reading: Option<StoredReading>,
}

/// A reading as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReading {
    /// Language code, or `unsure`.
    pub language: String,
    /// What it sounds like.
    pub sentiment: Sentiment,
    /// Probabilities of negative, neutral and positive.
    pub probabilities: [f64; 3],
}

fn read_mention(row: &Row) -> Result<ReadMention, StoreError> {
    let language: Option<String> = row.get(16)?;
    let reading = match language {
        Some(language) => Some(StoredReading {
            language,
            sentiment: row.get(17)?,
            probabilities: [row.get(18)?, row.get(19)?, row.get(20)?],
        }),
        None => None,
    };
    Ok(ReadMention {
        id: row.get(0)?,
        source: row.get(1)?,
        source_kind: row.get(2)?,
        source_name: row.get(3)?,
        author: row.get(4)?,
        title: row.get(5)?,
        text: row.get(6)?,
        url: row.get(7)?,
        stars: row.get(8)?,
        place: row.get(9)?,
        posted_at: row.get(10)?,
        dated: row.get(11)?,
        reply_state: row.get(12)?,
        reply_text: row.get(13)?,
        replied_at: row.get(14)?,
        revision: row.get(15)?,
        reading,
    })
}

/// Which mentions a list shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only older than this one (the next page).
    pub before: Option<MentionId>,
    /// Only from this moment on.
    pub since: Option<Timestamp>,
    /// Only this source.
    pub source: Option<SourceId>,
    /// Only so many stars.
    pub stars: Option<u8>,
    /// Only what sounds like this.
    pub sentiment: Option<Sentiment>,
    /// Only answered, unanswered or unknown.
    pub reply: Option<ReplyState>,
    /// Only this language.
    pub language: Option<String>,
    /// Only what waits for an answer: three stars or fewer and not answered.
    pub waiting: bool,
    /// Only with these words.
    pub question: String,
}

/// The newest mentions that fit, at most `limit`.
pub async fn newest(scope: &Scope, filter: &Filter, limit: u32) -> Result<Vec<ReadMention>, StoreError> {
    let mut values = values![
        filter.before.map_or(i64::MAX, |id| id.0),
        filter.since.map_or(0, |at| MentionId::first_of(at).0),
        filter.source,
        filter.stars,
        filter.sentiment,
        filter.reply,
        filter.language.clone(),
        limit,
        i64::from(filter.waiting)
    ];
    let query = listen::search::query(scope.engine(), scope.organization(), &filter.question);
    let rows = match query {
        Some(query) => {
            values.push(query.into());
            scope.walk(&FOUND, values).await?
        }
        None => scope.walk(&NEWEST, values).await?,
    };
    rows.iter().map(read_mention).collect()
}

/// One mention.
pub async fn one(scope: &Scope, id: MentionId) -> Result<Option<ReadMention>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(read_mention).transpose()
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
