//! `watch_term`, the names an organisation watches, and `watch_hit`, the mentions where they were found.

use domain::{MentionId, WatchTermId};
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::names::Term;

foundation::statements! {
    organization INSERT = "INSERT INTO watch_term (organization_id, id, kind, term, required, excluded, created_at)
        VALUES {rows: $1, $2, $3, $4, $5, $6, $7} ON CONFLICT DO NOTHING";
    organization DELETE_HITS = "DELETE FROM watch_hit WHERE organization_id = $1 AND term_id = $2";
    organization DELETE = "DELETE FROM watch_term WHERE organization_id = $1 AND id = $2";
    organization TERMS = "SELECT id, kind, term, required, excluded FROM watch_term WHERE organization_id = $1 ORDER BY term LIMIT $2";
    organization TERMS_WITH_COUNTS = "SELECT t.id, t.kind, t.term, t.required, t.excluded,
        (SELECT COUNT(*) FROM watch_hit h WHERE h.organization_id = $1 AND h.term_id = t.id)
        FROM watch_term t WHERE t.organization_id = $1 ORDER BY t.term LIMIT $2";
    organization COUNT = "SELECT COUNT(*) FROM watch_term WHERE organization_id = $1";
    organization FORGET = "DELETE FROM watch_hit WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization SAVE_HITS = "INSERT INTO watch_hit (organization_id, term_id, mention_id) VALUES {rows: $1, $2, $3} ON CONFLICT DO NOTHING";
    organization OF_MENTION = "SELECT t.term FROM watch_hit h JOIN watch_term t ON t.id = h.term_id AND t.organization_id = $1
        WHERE h.organization_id = $1 AND h.mention_id = $2 ORDER BY t.term LIMIT 50";
}

/// Names one organisation may watch. The matcher takes 100,000 and more; a business has a handful, an agency's list of
/// products fits.
pub const TERMS_MAX: u32 = 10_000;
/// Names offered as a filter of mentions.
const CHOICES_MAX: u32 = 100;
/// Names shown in the page.
pub const SHOWN_MAX: u32 = 500;

/// Adds names to a batch; one that is watched already stays as it is.
pub fn insert(batch: &mut Batch, terms: &[Term], now: Timestamp) {
    let rows = terms
        .iter()
        .map(|t| values![t.id, t.kind, t.term.clone(), t.required.join("\n"), t.excluded.join("\n"), now]);
    batch.push(&INSERT, rows.collect(), Expect::Any);
}

/// Adds to a batch that a name is watched no more; a conflict if it is not.
pub fn delete(batch: &mut Batch, id: WatchTermId) {
    batch.push(&DELETE_HITS, vec![values![id]], Expect::Any);
    batch.push(&DELETE, vec![values![id]], Expect::Exactly(1));
}

fn term(row: &foundation::store::Row) -> Result<Term, StoreError> {
    let words = |text: String| text.lines().map(str::to_owned).collect();
    Ok(Term {
        id: row.get(0)?,
        kind: row.get(1)?,
        term: row.get(2)?,
        required: words(row.get(3)?),
        excluded: words(row.get(4)?),
    })
}

/// Every name an organisation watches.
pub async fn terms(scope: &Scope) -> Result<Vec<Term>, StoreError> {
    scope.all(&TERMS, values![TERMS_MAX]).await?.iter().map(term).collect()
}

/// Names to choose from in a list: the first of the alphabet.
pub async fn first(scope: &Scope) -> Result<Vec<Term>, StoreError> {
    scope.all(&TERMS, values![CHOICES_MAX]).await?.iter().map(term).collect()
}

/// The names with the number of mentions each was found in.
pub async fn terms_with_counts(scope: &Scope) -> Result<Vec<(Term, i64)>, StoreError> {
    let rows = scope.walk(&TERMS_WITH_COUNTS, values![SHOWN_MAX]).await?;
    rows.iter().map(|row| Ok((term(row)?, row.get(5)?))).collect()
}

/// How many names are watched.
pub async fn count(scope: &Scope) -> Result<i64, StoreError> {
    scope.one(&COUNT, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

/// Adds to a batch where names were found in these mentions, in the place of what was known.
pub fn save_hits(batch: &mut Batch, read: &[MentionId], hits: &[(WatchTermId, MentionId)]) {
    batch.push(&FORGET, read.iter().map(|id| values![*id]).collect(), Expect::Any);
    batch.push(&SAVE_HITS, hits.iter().map(|(term, id)| values![*term, *id]).collect(), Expect::Any);
}

/// The names found in one mention.
pub async fn of_mention(scope: &Scope, mention: MentionId) -> Result<Vec<String>, StoreError> {
    scope.all(&OF_MENTION, values![mention]).await?.iter().map(|row| row.get(0)).collect()
}
