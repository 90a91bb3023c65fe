//! `warning`, its voices and its diary.

use domain::{AccountId, MentionId, WarningChange, WarningId, WarningLevel, WarningState, WarningVerdict};
use foundation::store::{Batch, Expect, Row, Scope, StoreError, Value};
use foundation::values;
use jiff::Timestamp;

use crate::rules::story::{Story, Voice};

/// Columns of a warning; [`warning`] takes them in this order.
macro_rules! warnings {
    () => {
        "SELECT id, number, level, state, verdict, found_late, since_at, opened_at, changed_at, closed_at, observed, expected, score,
        story, told_at, told_observed, revision FROM warning WHERE organization_id = $1"
    };
}

foundation::statements! {
    organization NEWEST = concat!(warnings!(), " AND id < $2 ORDER BY id DESC LIMIT $3");
    organization OPEN = concat!(warnings!(), " AND state = 'open' ORDER BY opened_at DESC LIMIT $2");
    /// Those the detector may still speak of: open ones, and what ended or was judged lately.
    organization FOLLOWED = concat!(warnings!(), " AND (state = 'open' OR changed_at >= $2) ORDER BY opened_at DESC LIMIT $3");
    organization ONE = concat!(warnings!(), " AND id = $2");
    organization INSERT = "INSERT INTO warning (organization_id, id, number, level, state, found_late, since_at, opened_at, changed_at,
        observed, expected, score, segment, story, told_at, told_observed, revision)
        VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $7, $8, $9, $10, $11, $12, $13, $14, 1)";
    organization UPDATE = "UPDATE warning SET number = $4, level = $5, state = $6, since_at = $7, changed_at = $8, closed_at = $9,
        observed = $10, expected = $11, score = $12, segment = $13, story = $14, told_at = $15, told_observed = $16,
        verdict = CASE WHEN CAST($6 AS TEXT) = 'closed' THEN verdict ELSE NULL END, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    organization REOPEN = "UPDATE warning SET state = 'open', verdict = NULL, closed_at = NULL, changed_at = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3 AND state = 'closed'";
    organization JUDGE = "UPDATE warning SET state = 'closed', verdict = $4, closed_at = $5, changed_at = $5, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    organization END = "UPDATE warning SET state = 'ended', number = NULL, closed_at = $3, changed_at = $3, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND state = 'open'";
    organization LET_GO = "UPDATE warning SET number = NULL WHERE organization_id = $1 AND number IS NOT NULL";
    organization FORGET_MENTIONS = "DELETE FROM warning_mention WHERE organization_id = $1 AND warning_id = $2";
    organization INSERT_MENTIONS = "INSERT INTO warning_mention (organization_id, warning_id, mention_id) VALUES {rows: $1, $2, $3}
        ON CONFLICT DO NOTHING";
    organization MENTIONS = "SELECT mention_id FROM warning_mention WHERE organization_id = $1 AND warning_id = $2
        ORDER BY mention_id DESC LIMIT $3";
    organization INSERT_EVENT = "INSERT INTO warning_event (organization_id, id, warning_id, what, level, observed, expected, account_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    organization EVENTS = "SELECT what, level, observed, expected, at FROM warning_event
        WHERE organization_id = $1 AND warning_id = $2 ORDER BY id LIMIT 200";
    organization VOICES = "SELECT m.id, m.source_id, s.kind, s.name, m.author, m.posted_at, m.dated, m.stars, COALESCE(m.title || '. ', '') || m.text,
        m.url, r.aspects, r.places, r.standing, r.fingerprint,
        (SELECT COUNT(*) FROM watch_hit h JOIN watch_term t ON t.id = h.term_id AND t.organization_id = $1
            WHERE h.organization_id = $1 AND h.mention_id = m.id AND t.kind = 'competitor')
        FROM mention m JOIN source s ON s.id = m.source_id AND s.organization_id = $1
        LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 AND m.id IN ({list: 2}) ORDER BY m.id";
    organization JUDGED = "SELECT verdict, COUNT(*) FROM warning WHERE organization_id = $1 AND state = 'closed' AND closed_at >= $2
        AND level <> 'watch' GROUP BY verdict";
    /// Interrupting warnings that were opened in a span of time.
    organization OPENED = "SELECT COUNT(*) FROM warning WHERE organization_id = $1 AND level <> 'watch' AND opened_at >= $2 AND opened_at < $3";
}

/// Voices that a story counts, the newest.
pub const VOICES_MAX: usize = 512;

/// A warning.
#[derive(Debug, Clone)]
pub struct Warning {
    /// Its id.
    pub id: WarningId,
    /// The detector's number of it, while it follows it.
    pub number: Option<u32>,
    /// How much it asks for.
    pub level: WarningLevel,
    /// Where it stands.
    pub state: WarningState,
    /// What somebody judged it to be.
    pub verdict: Option<WarningVerdict>,
    /// Found while weighing what had been imported.
    pub found_late: bool,
    /// Its most likely beginning.
    pub since_at: Timestamp,
    /// When it was raised.
    pub opened_at: Timestamp,
    /// When anything changed.
    pub changed_at: Timestamp,
    /// When it ended or was judged.
    pub closed_at: Option<Timestamp>,
    /// Voices.
    pub observed: f64,
    /// Usual in that time.
    pub expected: f64,
    /// Evidence (natural logarithm).
    pub score: f64,
    /// All else.
    pub story: Story,
    /// When the owner was last told, and of how many voices.
    pub told: Option<(Timestamp, f64)>,
    /// Counts up with every change.
    pub revision: i64,
}

fn warning(row: &Row) -> Result<Warning, StoreError> {
    let story: String = row.get(13)?;
    let story = serde_json::from_str(&story)
        .map_err(|error| StoreError::Engine(format!("a warning's story cannot be read: {error}")))?;
    let told: (Option<Timestamp>, Option<f64>) = (row.get(14)?, row.get(15)?);
    Ok(Warning {
        id: row.get(0)?,
        number: row.get(1)?,
        level: row.get(2)?,
        state: row.get(3)?,
        verdict: row.get(4)?,
        found_late: row.get(5)?,
        since_at: row.get(6)?,
        opened_at: row.get(7)?,
        changed_at: row.get(8)?,
        closed_at: row.get(9)?,
        observed: row.get(10)?,
        expected: row.get(11)?,
        score: row.get(12)?,
        story,
        told: told.0.zip(told.1),
        revision: row.get(16)?,
    })
}

/// The newest warnings before one (`None`: of all).
pub async fn newest(
    scope: &Scope,
    before: Option<WarningId>,
    limit: u32,
) -> Result<Vec<Warning>, StoreError> {
    scope
        .all(&NEWEST, values![before.map_or(i64::MAX, |id| id.0), limit])
        .await?
        .iter()
        .map(warning)
        .collect()
}

/// Open warnings, the newest first.
pub async fn open(scope: &Scope, limit: u32) -> Result<Vec<Warning>, StoreError> {
    scope.all(&OPEN, values![limit]).await?.iter().map(warning).collect()
}

/// Warnings the detector may still speak of.
pub async fn followed(scope: &Scope, since: Timestamp) -> Result<Vec<Warning>, StoreError> {
    scope.all(&FOLLOWED, values![since, 200]).await?.iter().map(warning).collect()
}

/// One warning.
pub async fn one(scope: &Scope, id: WarningId) -> Result<Option<Warning>, StoreError> {
    scope.one(&ONE, values![id]).await?.as_ref().map(warning).transpose()
}

/// What a new warning and a changed one write alike, at the end of their columns.
fn told(warning: &Warning) -> Vec<Value> {
    let (told_at, told_observed) = warning.told.unzip();
    values![
        warning.observed,
        warning.expected,
        warning.score,
        serde_json::to_string(&warning.story.segment).unwrap_or_default(),
        serde_json::to_string(&warning.story).unwrap_or_default(),
        told_at,
        told_observed
    ]
}

/// Adds a new warning to a batch.
pub fn insert(batch: &mut Batch, warning: &Warning) {
    let (level, late) = (warning.level, warning.found_late);
    let mut row = values![warning.id, warning.number, level, late, warning.since_at, warning.opened_at];
    row.extend(told(warning));
    batch.push(&INSERT, vec![row], Expect::Exactly(1));
}

/// Adds to a batch what changed of a warning; a conflict if somebody else changed it meanwhile.
pub fn update(batch: &mut Batch, warning: &Warning) {
    let Warning { level, state, since_at, changed_at, closed_at, .. } = *warning;
    let mut row =
        values![warning.id, warning.revision, warning.number, level, state, since_at, changed_at, closed_at];
    row.extend(told(warning));
    batch.push(&UPDATE, vec![row], Expect::Exactly(1));
}

/// Adds to a batch what somebody judged a warning to be; a conflict if it changed since she looked.
pub fn judge(batch: &mut Batch, id: WarningId, revision: i64, verdict: WarningVerdict, now: Timestamp) {
    batch.push(&JUDGE, vec![values![id, revision, verdict, now]], Expect::Exactly(1));
}

/// Adds to a batch that a verdict is taken back; a conflict if there is none or it changed since she looked.
pub fn reopen(batch: &mut Batch, id: WarningId, revision: i64, now: Timestamp) {
    batch.push(&REOPEN, vec![values![id, revision, now]], Expect::Exactly(1));
}

/// Adds to a batch that a warning ended by itself.
pub fn end(batch: &mut Batch, id: WarningId, now: Timestamp) {
    batch.push(&END, vec![values![id, now]], Expect::Any);
}

/// Adds to a batch that the detector follows none of the warnings any more: its numbers begin again.
pub fn let_go(batch: &mut Batch) {
    batch.push(&LET_GO, vec![vec![]], Expect::Any);
}

/// Adds to a batch of which mentions a warning is made.
pub fn set_mentions(batch: &mut Batch, id: WarningId, mentions: &[MentionId]) {
    batch.push(&FORGET_MENTIONS, vec![values![id]], Expect::Any);
    batch.push(&INSERT_MENTIONS, mentions.iter().map(|mention| values![id, *mention]).collect(), Expect::Any);
}

/// The mentions a warning is made of, the newest first.
pub async fn mentions(scope: &Scope, id: WarningId) -> Result<Vec<MentionId>, StoreError> {
    let rows = scope.all(&MENTIONS, values![id, VOICES_MAX as i64]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// One line of a warning's diary.
#[derive(Debug, Clone)]
pub struct Event {
    /// What happened.
    pub what: WarningChange,
    /// The level then.
    pub level: WarningLevel,
    /// Voices then.
    pub observed: f64,
    /// Usual in that time.
    pub expected: f64,
    /// When.
    pub at: Timestamp,
}

/// Adds a line to a warning's diary. `id` grows with time.
pub fn note(batch: &mut Batch, id: i64, of: WarningId, event: &Event, by: Option<AccountId>) {
    let row = values![id, of, event.what, event.level, event.observed, event.expected, by, event.at];
    batch.push(&INSERT_EVENT, vec![row], Expect::Exactly(1));
}

/// The diary of a warning, from its beginning.
pub async fn events(scope: &Scope, id: WarningId) -> Result<Vec<Event>, StoreError> {
    let rows = scope.all(&EVENTS, values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Event {
                what: row.get(0)?,
                level: row.get(1)?,
                observed: row.get(2)?,
                expected: row.get(3)?,
                at: row.get(4)?,
            })
        })
        .collect()
}

/// The voices of these mentions, oldest first.
pub async fn voices(scope: &Scope, ids: &[MentionId]) -> Result<Vec<Voice>, StoreError> {
    let mut voices = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(listen::store::mentions::LOOKUP_MAX) {
        let values = chunk.iter().map(|id| Value::from(*id)).collect();
        for row in scope.all(&VOICES, values).await? {
            voices.push(voice(&row)?);
        }
    }
    voices.sort_by_key(|voice| voice.id);
    Ok(voices)
}

fn voice(row: &Row) -> Result<Voice, StoreError> {
    let aspects: Option<String> = row.get(10)?;
    let places: Option<String> = row.get(11)?;
    let standing: Option<domain::Standing> = row.get(12)?;
    let print: Option<Vec<u8>> = row.get(13)?;
    Ok(Voice {
        id: row.get(0)?,
        source: row.get(1)?,
        kind: row.get(2)?,
        source_name: row.get(3)?,
        author: row.get(4)?,
        posted_at: row.get(5)?,
        exact: row.get::<i64>(6)? == 2,
        stars: row.get(7)?,
        text: row.get(8)?,
        url: row.get(9)?,
        aspect: aspects.as_deref().and_then(understand::store::first_aspect).map(str::to_owned),
        places: places.unwrap_or_default().lines().map(str::to_owned).collect(),
        standing: standing.unwrap_or(domain::Standing::Unsure),
        fingerprint: print.as_deref().and_then(understand::store::fingerprint),
        names_competitor: row.get::<i64>(14)? > 0,
    })
}

/// How many warnings that told the owner were judged since a moment: handled, nothing.
pub async fn judged(scope: &Scope, since: Timestamp) -> Result<(i64, i64), StoreError> {
    let (mut handled, mut nothing) = (0, 0);
    for row in scope.all(&JUDGED, values![since]).await? {
        match row.get::<Option<WarningVerdict>>(0)? {
            Some(WarningVerdict::Nothing) => nothing += row.get::<i64>(1)?,
            _ => handled += row.get::<i64>(1)?,
        }
    }
    Ok((handled, nothing))
}

/// How many interrupting warnings were raised in a span of time.
pub async fn opened(scope: &Scope, from: Timestamp, to: Timestamp) -> Result<i64, StoreError> {
    scope.one(&OPENED, values![from, to]).await?.map_or(Ok(0), |row| row.get(0))
}
