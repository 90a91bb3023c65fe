//! `value` (the charter) and `triage` (what a person decided), and the loaders that put them beside their mentions.

use domain::{AccountId, MentionId, OrganizationKind, TriageClass};
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;
use nlp::Intents;
use understand::store::ReadMention;

use crate::rules::{self, Heard, PLACES, SERIOUS, SERIOUS_STARS, Suggestion, Value};

foundation::statements! {
    organization CHARTER = "SELECT place, text, decider, first_step, revision FROM value
        WHERE organization_id = $1 AND place BETWEEN 1 AND $2 ORDER BY place";
    organization WRITE_FIRST = "INSERT INTO value (organization_id, place, text, decider, first_step, revision)
        VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING";
    organization WRITE = "UPDATE value SET text = $3, decider = $4, first_step = $5, revision = revision + 1
        WHERE organization_id = $1 AND place = $2 AND revision = $6";
    organization DECIDE = "INSERT INTO triage (organization_id, mention_id, class, value_place, value_text, account_id, decided_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization_id, mention_id) DO UPDATE SET class = excluded.class,
        value_place = excluded.value_place, value_text = excluded.value_text, account_id = excluded.account_id,
        decided_at = excluded.decided_at";
    organization TAKE_BACK = "DELETE FROM triage WHERE organization_id = $1 AND mention_id = $2";
    organization DECISION = "SELECT t.class, t.value_place, t.value_text, t.decided_at, a.email
        FROM triage t LEFT JOIN account a ON a.id = t.account_id WHERE t.organization_id = $1 AND t.mention_id = $2";
    /// Serious mentions nobody has decided, the newest first along the key; `$5` are the serious intents.
    organization UNDECIDED = "SELECT m.id FROM mention m LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE m.organization_id = $1 AND m.id >= $2 AND m.id < $3
        AND (m.stars <= $6 OR (r.sentiment = 'negative' AND (r.intents & $5) <> 0))
        AND NOT EXISTS (SELECT 1 FROM triage t WHERE t.organization_id = $1 AND t.mention_id = m.id)
        ORDER BY m.id DESC LIMIT $4";
    /// Decided ones, the newest first; whatever they are, for a person may choose any.
    organization DECIDED = "SELECT mention_id FROM triage WHERE organization_id = $1 AND mention_id >= $2 AND mention_id < $3
        ORDER BY mention_id DESC LIMIT $4";
}

/// The charter: five lines, written or not.
pub async fn charter(scope: &Scope) -> Result<Vec<Value>, StoreError> {
    let mut lines: Vec<Value> = (1..=PLACES).map(Value::unwritten).collect();
    for row in scope.all(&CHARTER, values![PLACES]).await? {
        let value = Value {
            place: row.get(0)?,
            text: row.get(1)?,
            decider: row.get(2)?,
            first_step: row.get(3)?,
            revision: row.get(4)?,
        };
        if let Some(line) = lines.iter_mut().find(|line| line.place == value.place) {
            *line = value;
        }
    }
    Ok(lines)
}

/// Adds a line of the charter to a batch; a conflict if somebody else wrote it since `revision`.
pub fn write(batch: &mut Batch, value: &Value) {
    let mut row = values![value.place, &*value.text, &*value.decider, &*value.first_step];
    if value.revision == 0 {
        batch.push(&WRITE_FIRST, vec![row], Expect::Exactly(1));
    } else {
        row.push(value.revision.into());
        batch.push(&WRITE, vec![row], Expect::Exactly(1));
    }
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The class.
    pub class: TriageClass,
    /// Against which line of the charter.
    pub place: Option<u8>,
    /// That line, in the words it had then.
    pub line: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Option<String>,
}

fn decision(row: &Row) -> Result<Decision, StoreError> {
    Ok(Decision {
        class: row.get(0)?,
        place: row.get(1)?,
        line: row.get(2)?,
        at: row.get(3)?,
        by: row.get(4)?,
    })
}

/// Adds a decision to a batch, in place of an earlier one. The mention must be the organisation's own.
pub fn decide(
    batch: &mut Batch,
    mention: MentionId,
    class: TriageClass,
    line: Option<&Value>,
    by: AccountId,
    now: Timestamp,
) {
    let (place, text) = line.map_or((None, ""), |line| (Some(line.place), line.text.as_str()));
    batch.push(&DECIDE, vec![values![mention, class, place, text, by, now]], Expect::Exactly(1));
}

/// Adds to a batch that a decision is taken back; nothing happens where there is none.
pub fn take_back(batch: &mut Batch, mention: MentionId) {
    batch.push(&TAKE_BACK, vec![values![mention]], Expect::Any);
}

/// A mention with what it seems to be about and what was decided.
#[derive(Debug, Clone)]
pub struct Triage {
    /// The mention.
    pub mention: ReadMention,
    /// Whether it asks to be looked at by itself.
    pub serious: bool,
    /// What it seems to be about.
    pub suggestion: Suggestion,
    /// What a person decided.
    pub decision: Option<Decision>,
    /// The charter, written lines only.
    pub charter: Vec<Value>,
    /// Whose words to use: a business and a person are spoken to differently.
    pub kind: OrganizationKind,
}

/// What every triage of an organisation needs, asked once for a whole list.
struct Ground {
    charter: Vec<Value>,
    evidence: Vec<warn::evidence::Evidence>,
    kind: OrganizationKind,
}

impl Ground {
    async fn of(scope: &Scope) -> Result<Self, StoreError> {
        let mut charter = charter(scope).await?;
        charter.retain(Value::is_written);
        let (kind, _) = understand::store::business(scope).await?;
        Ok(Self { charter, kind, evidence: warn::evidence::open(scope).await? })
    }

    async fn triage(&self, scope: &Scope, mention: ReadMention) -> Result<Triage, StoreError> {
        let whole = mention.whole();
        let reading = mention.reading.as_ref();
        let heard = Heard {
            id: mention.id,
            text: &whole,
            stars: mention.stars,
            sentiment: reading.map(|reading| reading.sentiment),
            intents: reading.map_or(Intents(0), |reading| reading.intents),
            cause: reading.and_then(|reading| reading.cause),
        };
        let row = scope.one(&DECISION, values![mention.id]).await?;
        Ok(Triage {
            serious: rules::is_serious(&heard),
            suggestion: rules::suggest(&heard, &self.charter, &self.evidence),
            decision: row.as_ref().map(decision).transpose()?,
            charter: self.charter.clone(),
            kind: self.kind,
            mention,
        })
    }
}

/// One mention's triage; `None` where there is no such mention.
pub async fn triage_of(scope: &Scope, mention: MentionId) -> Result<Option<Triage>, StoreError> {
    let Some(mention) = understand::store::one(scope, mention).await? else { return Ok(None) };
    Ok(Some(Ground::of(scope).await?.triage(scope, mention).await?))
}

/// Serious mentions since a moment that nobody has decided, or those somebody has, before one of them (`None`: the newest
/// first), at most `limit`.
pub async fn list(
    scope: &Scope,
    decided: bool,
    since: Timestamp,
    before: Option<MentionId>,
    limit: u32,
) -> Result<Vec<Triage>, StoreError> {
    let mut values = values![MentionId::first_of(since), before.map_or(i64::MAX, |id| id.0), limit];
    let rows = if decided {
        scope.all(&DECIDED, values).await?
    } else {
        let bits = SERIOUS.into_iter().fold(Intents(0), Intents::with);
        values.extend(values![i64::from(bits.0), SERIOUS_STARS]);
        scope.walk(&UNDECIDED, values).await?
    };
    let ground = Ground::of(scope).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(mention) = understand::store::one(scope, row.get(0)?).await? {
            found.push(ground.triage(scope, mention).await?);
        }
    }
    Ok(found)
}
