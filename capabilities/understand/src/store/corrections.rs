//! `correction`: what the owner corrected in readings, and what she took back.

use domain::{AccountId, CorrectedField, CorrectionId, MentionId, OrganizationId, ReadBy};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use super::fingerprint;
use crate::rules::learnt::{CORRECTIONS_MAX, Correction};
use crate::rules::whole_text;

foundation::statements! {
    organization INSERT = "INSERT INTO correction (organization_id, id, mention_id, account_id, field, was, said, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// A new correction of the same reading takes the place of the one before.
    organization REPLACE = "UPDATE correction SET undone_at = $4, spread_at = NULL
        WHERE organization_id = $1 AND mention_id = $2 AND field = $3 AND undone_at IS NULL";
    organization UNDO = "UPDATE correction SET undone_at = $3, spread_at = NULL
        WHERE organization_id = $1 AND id = $2 AND undone_at IS NULL";
    organization COUNT_IN_FORCE = "SELECT COUNT(*) FROM correction WHERE organization_id = $1 AND undone_at IS NULL";
    organization IN_FORCE = "SELECT c.mention_id, c.field, c.said, m.title, m.text, m.stars, s.kind, r.fingerprint FROM correction c
        JOIN mention m ON m.id = c.mention_id AND m.organization_id = $1
        JOIN source s ON s.id = m.source_id AND s.organization_id = $1
        LEFT JOIN reading r ON r.mention_id = m.id AND r.organization_id = $1
        WHERE c.organization_id = $1 AND c.undone_at IS NULL ORDER BY c.id DESC LIMIT $2";
    organization OF_MENTION = "SELECT id, field, was, said FROM correction
        WHERE organization_id = $1 AND mention_id = $2 AND undone_at IS NULL ORDER BY id";
    organization NEWEST = "SELECT c.id, c.mention_id, c.field, c.was, c.said, c.made_at, c.undone_at, a.email, m.author, m.title, m.text
        FROM correction c JOIN mention m ON m.id = c.mention_id AND m.organization_id = $1
        LEFT JOIN member p ON p.organization_id = $1 AND p.account_id = c.account_id
        LEFT JOIN account a ON a.id = p.account_id
        WHERE c.organization_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3";
    organization TO_SPREAD = "SELECT c.id, r.fingerprint, CASE WHEN c.undone_at IS NULL THEN 0 ELSE 1 END FROM correction c LEFT JOIN reading r ON r.mention_id = c.mention_id AND r.organization_id = $1
        WHERE c.organization_id = $1 AND c.spread_at IS NULL ORDER BY c.id LIMIT $2";
    /// Not if it was taken back while its copies were looked for: then they have to be looked for again.
    organization SPREAD = "UPDATE correction SET spread_at = $3 WHERE organization_id = $1 AND id = $2
        AND (CASE WHEN undone_at IS NULL THEN 0 ELSE 1 END) = $4";
    organization MENTION_OF = "SELECT mention_id FROM correction WHERE organization_id = $1 AND id = $2";
    organization COUNT_BY = "SELECT read_by, COUNT(*) FROM reading WHERE organization_id = $1 AND read_by <> 'model' GROUP BY read_by";
    installation ORGANIZATIONS_TO_SPREAD = "SELECT DISTINCT organization_id FROM correction WHERE spread_at IS NULL LIMIT $1";
}

/// A new correction.
pub struct New<'a> {
    /// Its id.
    pub id: CorrectionId,
    /// The mention.
    pub mention: MentionId,
    /// Who says so.
    pub account: AccountId,
    /// What is corrected.
    pub field: CorrectedField,
    /// What the reading said.
    pub was: &'a str,
    /// What the owner says.
    pub said: &'a str,
}

/// Adds a correction to a batch; one of the same reading before it is taken back.
pub fn insert(batch: &mut Batch, new: &New<'_>, now: Timestamp) {
    batch.push(&REPLACE, vec![values![new.mention, new.field, now]], Expect::Any);
    let row = values![new.id, new.mention, new.account, new.field, new.was, new.said, now];
    batch.push(&INSERT, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that a correction is taken back; a conflict if it is not in force.
pub fn undo(batch: &mut Batch, id: CorrectionId, now: Timestamp) {
    batch.push(&UNDO, vec![values![id, now]], Expect::Exactly(1));
}

/// How many are in force.
pub async fn count_in_force(scope: &Scope) -> Result<usize, StoreError> {
    let count: i64 = scope.one(&COUNT_IN_FORCE, vec![]).await?.map_or(Ok(0), |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The corrections in force, oldest first.
pub async fn in_force(scope: &Scope) -> Result<Vec<Correction>, StoreError> {
    let rows = scope.all(&IN_FORCE, values![CORRECTIONS_MAX as i64]).await?;
    rows.iter()
        .rev()
        .map(|row| {
            let (title, text): (Option<String>, String) = (row.get(3)?, row.get(4)?);
            Ok(Correction {
                mention: row.get(0)?,
                field: row.get(1)?,
                said: row.get(2)?,
                whole: whole_text(title.as_deref(), &text),
                stars: row.get(5)?,
                kind: row.get(6)?,
                fingerprint: row.get::<Option<Vec<u8>>>(7)?.as_deref().and_then(fingerprint),
            })
        })
        .collect()
}

/// A correction of one mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfMention {
    /// Its id.
    pub id: CorrectionId,
    /// What was corrected.
    pub field: CorrectedField,
    /// What the reading had said.
    pub was: String,
    /// What the owner says.
    pub said: String,
}

/// The corrections in force of one mention.
pub async fn of_mention(scope: &Scope, mention: MentionId) -> Result<Vec<OfMention>, StoreError> {
    let rows = scope.all(&OF_MENTION, values![mention]).await?;
    rows.iter()
        .map(|row| Ok(OfMention { id: row.get(0)?, field: row.get(1)?, was: row.get(2)?, said: row.get(3)? }))
        .collect()
}

/// A correction as its page shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: CorrectionId,
    /// The mention.
    pub mention: MentionId,
    /// What was corrected.
    pub field: CorrectedField,
    /// What the reading had said.
    pub was: String,
    /// What the owner said.
    pub said: String,
    /// When.
    pub made_at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
    /// Who corrected it; `None` once they left.
    pub by: Option<String>,
    /// Who wrote the mention.
    pub author: Option<String>,
    /// Its words.
    pub whole: String,
}

/// Corrections before one, newest first, at most `limit`.
pub async fn newest(
    scope: &Scope,
    before: Option<CorrectionId>,
    limit: u32,
) -> Result<Vec<Listed>, StoreError> {
    let rows = scope.all(&NEWEST, values![before.map_or(i64::MAX, |id| id.0), limit]).await?;
    rows.iter()
        .map(|row| {
            let (title, text): (Option<String>, String) = (row.get(9)?, row.get(10)?);
            Ok(Listed {
                id: row.get(0)?,
                mention: row.get(1)?,
                field: row.get(2)?,
                was: row.get(3)?,
                said: row.get(4)?,
                made_at: row.get(5)?,
                undone_at: row.get(6)?,
                by: row.get(7)?,
                author: row.get(8)?,
                whole: whole_text(title.as_deref(), &text),
            })
        })
        .collect()
}

/// Organisations with corrections whose near-copies are still to be found.
pub async fn organizations_to_spread(
    context: &Context,
    limit: u32,
) -> Result<Vec<OrganizationId>, StoreError> {
    let rows = context.store.installation().all(&ORGANIZATIONS_TO_SPREAD, values![limit]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// A correction whose near-copies are still to be found.
#[derive(Debug, Clone, Copy)]
pub struct ToSpread {
    /// Its id.
    pub id: CorrectionId,
    /// Of the corrected text, once read.
    pub fingerprint: Option<nlp::Fingerprint>,
    /// Whether it had been taken back.
    pub undone: bool,
}

/// Corrections whose near-copies were not put on the reading queue yet.
pub async fn to_spread(scope: &Scope, limit: u32) -> Result<Vec<ToSpread>, StoreError> {
    let rows = scope.all(&TO_SPREAD, values![limit]).await?;
    rows.iter()
        .map(|row| {
            let fingerprint = row.get::<Option<Vec<u8>>>(1)?.as_deref().and_then(fingerprint);
            Ok(ToSpread { id: row.get(0)?, fingerprint, undone: row.get(2)? })
        })
        .collect()
}

/// Adds to a batch that the near-copies of these corrections are on the queue.
pub fn mark_spread(batch: &mut Batch, spread: &[ToSpread], now: Timestamp) {
    for one in spread {
        batch.push(&SPREAD, vec![values![one.id, now, one.undone]], Expect::Any);
    }
}

/// Which mention a correction is about.
pub async fn mention_of(scope: &Scope, id: CorrectionId) -> Result<Option<MentionId>, StoreError> {
    scope.one(&MENTION_OF, values![id]).await?.map(|row| row.get(0)).transpose()
}

/// How many readings corrections changed: of near-copies, and of others by what was learnt.
pub async fn count_changed(scope: &Scope) -> Result<[i64; 2], StoreError> {
    let mut changed = [0; 2];
    for row in scope.walk(&COUNT_BY, vec![]).await? {
        match row.get(0)? {
            ReadBy::Copy => changed[0] = row.get(1)?,
            ReadBy::Learnt => changed[1] = row.get(1)?,
            ReadBy::Model | ReadBy::Owner => {}
        }
    }
    Ok(changed)
}
