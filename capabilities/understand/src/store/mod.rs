//! The tables of this room. Here: `reading`, and the list that joins mentions with their readings. `counts` has the days
//! (`reading_day`, `aspect_day`, `cause_day`), `corrections` what the owner corrected, `fixes` what she changed, `watch`
//! the names she watches and where they were found.

pub mod corrections;
pub mod counts;
pub mod fixes;
pub mod watch;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::{Cause, MentionId, OrganizationKind, ReplyState, Sentiment, SourceId, SourceKind, WatchTermId};
use foundation::store::{Batch, Expect, Row, Scope, Statement, StoreError, Value};
use foundation::values;
use jiff::Timestamp;
use listen::store::mentions::{LOOKUP_MAX, Unread};
use nlp::Fingerprint;

use crate::rules::count::Counted;
use crate::rules::{Reading, SpokenOf, whole_text};

/// A mention with its source and its reading; [`read_mention`] takes the columns in this order.
macro_rules! read_mentions {
    () => {
        "SELECT m.id, m.source_id, s.kind, s.name, m.author, m.title, m.text, m.url, m.stars, m.place, m.posted_at,
        m.dated, m.reply_state, m.reply_text, m.replied_at, m.revision, r.language, r.sentiment, r.negative, r.neutral, r.positive,
        r.aspects, r.cause, r.intents, r.standing, r.places, r.read_by
        FROM mention m JOIN source s ON s.id = m.source_id AND s.organization_id = $1
        LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1"
    };
}

/// What a list may be narrowed by: `$2` to `$8` and `$10` to `$13`.
macro_rules! filtered {
    () => {
        " AND m.id < $2 AND m.id >= $3
        AND (CAST($4 AS BIGINT) IS NULL OR m.source_id = $4) AND (CAST($5 AS BIGINT) IS NULL OR m.stars = $5) AND (CAST($6 AS TEXT) IS NULL OR r.sentiment = $6)
        AND (CAST($7 AS TEXT) IS NULL OR m.reply_state = $7) AND (CAST($8 AS TEXT) IS NULL OR r.language = $8)
        AND (CAST($10 AS BIGINT) = 0 OR (m.reply_state <> 'answered' AND m.stars <= 3))
        AND (CAST($11 AS TEXT) IS NULL OR r.cause = $11) AND (CAST($12 AS TEXT) IS NULL OR r.aspects LIKE $12)
        AND (CAST($13 AS BIGINT) IS NULL OR m.id IN (SELECT h.mention_id FROM watch_hit h WHERE h.organization_id = $1 AND h.term_id = $13))"
    };
}

foundation::statements! {
    organization EARLIER = "SELECT mention_id, sentiment, aspects, cause FROM reading WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization SAVE_READINGS = "INSERT INTO reading (organization_id, mention_id, language, sentiment, negative, neutral, positive,
        aspects, cause, intents, standing, places, fingerprint, read_by, model_version, read_at)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16}
        ON CONFLICT (mention_id) DO UPDATE SET language = excluded.language, sentiment = excluded.sentiment,
        negative = excluded.negative, neutral = excluded.neutral, positive = excluded.positive,
        aspects = excluded.aspects, cause = excluded.cause, intents = excluded.intents, standing = excluded.standing,
        places = excluded.places, fingerprint = excluded.fingerprint, read_by = excluded.read_by,
        model_version = excluded.model_version, read_at = excluded.read_at
        WHERE reading.organization_id = excluded.organization_id";
    /// Newest first along the key. Filters that are not asked are NULL; the walk stops at the limit.
    organization NEWEST = concat!(read_mentions!(), filtered!(), " ORDER BY m.id DESC LIMIT $9");
    /// The same among what a search finds.
    organization FOUND = concat!(read_mentions!(), filtered!(), " AND m.id IN ({search_match: $14}) ORDER BY m.id DESC LIMIT $9");
    /// The same among the mentions where a watched name was found: it may be a rare one.
    organization NAMED = concat!(read_mentions!(), filtered!(), " AND m.id IN (SELECT w.mention_id FROM watch_hit w
        WHERE w.organization_id = $1 AND w.term_id = $13) ORDER BY m.id DESC LIMIT $9");
    organization ONE = concat!(read_mentions!(), " AND m.id = $2");
    organization THOSE = concat!(read_mentions!(), " AND m.id IN ({list: 2})");
    /// The latest complaints of one cause (`$3`), most about one aspect (`$4`, a LIKE pattern), since a moment.
    organization COMPLAINTS = concat!(read_mentions!(), " AND m.id IN (SELECT c.mention_id FROM reading c WHERE c.organization_id = $1
        AND c.cause = $3 AND c.mention_id >= $2 AND c.aspects LIKE $4 ORDER BY c.mention_id DESC LIMIT $5) ORDER BY m.id DESC");
    organization BUSINESS = "SELECT kind, town FROM organization WHERE id = $1";
    /// A stretch of fingerprints, in the order of the key.
    organization FINGERPRINTS = "SELECT m.id, r.fingerprint FROM mention m JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3";
}

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    let all = [STATEMENTS, corrections::STATEMENTS, counts::STATEMENTS, fixes::STATEMENTS, watch::STATEMENTS];
    all.into_iter().flatten().copied()
}

/// Aspects as they are stored: `aspect:sentiment:start:end`, separated by spaces.
fn aspects_text(aspects: &[SpokenOf]) -> String {
    let mut all = String::new();
    for (at, spoken) in aspects.iter().enumerate() {
        let gap = if at > 0 { " " } else { "" };
        // Writing into a String does not fail.
        let _ = write!(
            all,
            "{gap}{}:{}:{}:{}",
            spoken.aspect.as_str(),
            spoken.sentiment,
            spoken.span.start,
            spoken.span.end
        );
    }
    all
}

/// Reads them back; an aspect this program no longer knows is left out.
fn read_aspects(text: &str) -> Vec<SpokenOf> {
    let one = |part: &str| {
        let mut fields = part.split(':');
        Some(SpokenOf {
            aspect: nlp::Aspect::from_name(fields.next()?)?,
            sentiment: Sentiment::parse(fields.next()?)?,
            span: nlp::Span { start: fields.next()?.parse().ok()?, end: fields.next()?.parse().ok()? },
        })
    };
    text.split(' ').filter_map(one).collect()
}

/// The name of the aspect a stored reading speaks of first: what it complains about most, if it complains.
pub fn first_aspect(aspects: &str) -> Option<&str> {
    aspects.split(':').next().filter(|name| !name.is_empty())
}

/// The pattern of mentions most complained about for an aspect, or of those that speak of it at all.
fn aspect_pattern(aspect: nlp::Aspect, first: bool) -> String {
    let name = aspect.as_str();
    if first { format!("{name}:negative:%") } else { format!("%{name}:negative:%") }
}

/// What these mentions were counted as before.
pub async fn earlier(scope: &Scope, ids: &[MentionId]) -> Result<BTreeMap<MentionId, Counted>, StoreError> {
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(LOOKUP_MAX) {
        for row in scope.all(&EARLIER, chunk.iter().map(|id| Value::from(*id)).collect()).await? {
            let counted = Counted {
                sentiment: row.get(1)?,
                aspects: read_aspects(&row.get::<String>(2)?),
                cause: row.get(3)?,
            };
            found.insert(row.get(0)?, counted);
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
            &*reading.language,
            reading.sentiment,
            negative,
            neutral,
            positive,
            aspects_text(&reading.aspects),
            reading.cause,
            i64::from(reading.intents.0),
            reading.standing,
            reading.places.join("\n"),
            reading.fingerprint.map(|f| f.0.to_vec()),
            reading.read_by,
            model_version,
            now
        ]
    });
    batch.push(&SAVE_READINGS, rows.collect(), Expect::Any);
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
    pub reading: Option<Reading>,
}

impl ReadMention {
    /// What was read of it: title and text, as one.
    pub fn whole(&self) -> String {
        whole_text(self.title.as_deref(), &self.text)
    }
}

fn read_mention(row: &Row) -> Result<ReadMention, StoreError> {
    let language: Option<String> = row.get(16)?;
    let reading = match language {
        Some(language) => Some(Reading {
            language: language.into(),
            sentiment: row.get(17)?,
            probabilities: [row.get(18)?, row.get(19)?, row.get(20)?],
            aspects: read_aspects(&row.get::<String>(21)?),
            cause: row.get(22)?,
            intents: nlp::Intents(row.get::<u8>(23)?),
            standing: row.get(24)?,
            places: row.get::<String>(25)?.lines().map(str::to_owned).collect(),
            fingerprint: None,
            read_by: row.get(26)?,
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
    /// Only of the last so many days: becomes `since`, and stays in the addresses of a page.
    pub days: Option<u16>,
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
    /// Only complaints of this cause.
    pub cause: Option<Cause>,
    /// Only what complains about this.
    pub aspect: Option<nlp::Aspect>,
    /// Only where this name was found.
    pub term: Option<WatchTermId>,
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
        i64::from(filter.waiting),
        filter.cause,
        filter.aspect.map(|aspect| aspect_pattern(aspect, false)),
        filter.term
    ];
    let query = listen::search::query(scope.engine(), scope.organization(), &filter.question);
    let rows = match query {
        Some(query) => {
            values.push(query.into());
            scope.walk(&FOUND, values).await?
        }
        None if filter.term.is_some() => scope.walk(&NAMED, values).await?,
        None => scope.walk(&NEWEST, values).await?,
    };
    rows.iter().map(read_mention).collect()
}

/// One mention.
pub async fn one(scope: &Scope, id: MentionId) -> Result<Option<ReadMention>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(read_mention).transpose()
}

/// These mentions, in no order; those that do not exist are left out.
pub async fn those(scope: &Scope, ids: &[MentionId]) -> Result<Vec<ReadMention>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(LOOKUP_MAX) {
        let rows = scope.all(&THOSE, chunk.iter().map(|id| Value::from(*id)).collect()).await?;
        found.extend(rows.iter().map(read_mention).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// The latest complaints of one cause and most about one aspect since a moment, at most `limit`.
pub async fn complaints(
    scope: &Scope,
    since: Timestamp,
    cause: Cause,
    aspect: Option<nlp::Aspect>,
    limit: u32,
) -> Result<Vec<ReadMention>, StoreError> {
    let pattern = aspect.map_or_else(|| "%".to_owned(), |aspect| aspect_pattern(aspect, true));
    let values = values![MentionId::first_of(since).0, cause, pattern, limit];
    scope.walk(&COMPLAINTS, values).await?.iter().map(read_mention).collect()
}

/// What the organisation is, and its town in its owner's words.
pub async fn business(scope: &Scope) -> Result<(OrganizationKind, String), StoreError> {
    match scope.one(&BUSINESS, vec![]).await? {
        Some(row) => Ok((row.get(0)?, row.get(1)?)),
        None => Ok((OrganizationKind::Other, String::new())),
    }
}

/// Which mentions, of those after a place in the key, are near-copies of one of these texts; and where the next stretch
/// begins, if there is one.
pub async fn near_copies(
    scope: &Scope,
    after: MentionId,
    of: &[Fingerprint],
    stretch: u32,
) -> Result<(Vec<MentionId>, Option<MentionId>), StoreError> {
    let rows = scope.walk(&FINGERPRINTS, values![after, stretch]).await?;
    let of = of.to_vec();
    // a comparison costs little, but there are many: not on the threads of the pages
    let comparing = tokio::task::spawn_blocking(move || compare(&rows, &of, stretch));
    comparing.await.map_err(|_| StoreError::Closed)?
}

fn compare(
    rows: &[Row],
    of: &[Fingerprint],
    stretch: u32,
) -> Result<(Vec<MentionId>, Option<MentionId>), StoreError> {
    let mut found = Vec::new();
    let mut last = None;
    for row in rows {
        let id: MentionId = row.get(0)?;
        last = Some(id);
        let fingerprint = row.get::<Option<Vec<u8>>>(1)?.as_deref().and_then(fingerprint);
        if fingerprint.is_some_and(|one| of.iter().any(|other| other.is_near(&one))) {
            found.push(id);
        }
    }
    Ok((found, last.filter(|_| rows.len() as u32 == stretch)))
}

/// A stored fingerprint; one of another length is of another time.
pub fn fingerprint(bytes: &[u8]) -> Option<Fingerprint> {
    bytes.try_into().ok().map(Fingerprint)
}
