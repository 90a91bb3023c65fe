//! What came of asking: counts of invitations that left in a window of days, with what became of their letters.

use std::collections::BTreeMap;

use domain::InvitationState;
use foundation::store::{Scope, StoreError};
use foundation::values;

foundation::statements! {
    organization FUNNEL = "SELECT COUNT(*),
        COUNT(CASE WHEN o.state = 'accepted' THEN 1 END), COUNT(CASE WHEN o.state = 'failed' THEN 1 END),
        COUNT(CASE WHEN o.state IN ('unknown', 'held') THEN 1 END), COUNT(i.opened_at), COUNT(i.answered_at), COUNT(i.opted_out_at),
        COUNT(CASE WHEN r.state = 'accepted' THEN 1 END),
        COUNT(CASE WHEN i.reminded_at IS NOT NULL AND i.answered_at > i.reminded_at THEN 1 END),
        COUNT(CASE WHEN o.state = 'accepted' AND i.answered_at IS NOT NULL THEN 1 END)
        FROM invitation i LEFT JOIN outgoing o ON o.organization_id = i.organization_id AND o.id = i.letter_id
        LEFT JOIN outgoing r ON r.organization_id = i.organization_id AND r.id = i.reminder_id
        WHERE i.organization_id = $1 AND i.sent_day BETWEEN $2 AND $3";
    organization WAITING = "SELECT held_for, COUNT(*) FROM invitation WHERE organization_id = $1 AND state = 'waiting' GROUP BY held_for";
    organization NOT_ASKED = "SELECT state, held_for, COUNT(*) FROM invitation WHERE organization_id = $1
        AND state IN ('left-out', 'expired', 'cancelled') AND visit_day BETWEEN $2 AND $3 GROUP BY state, held_for ORDER BY 3 DESC, 1, 2";
    /// How many reviews there were since a day, whatever they said.
    organization REVIEWS = "SELECT CAST(COALESCE(SUM(d.mentions), 0) AS BIGINT) FROM mention_day d
        JOIN source s ON s.organization_id = d.organization_id AND s.id = d.source_id
        WHERE d.organization_id = $1 AND d.day >= $2 AND s.kind NOT IN ('feed', 'in-person', 'mailbox', 'census')";
}

/// What became of the invitations that left in some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Funnel {
    /// They left.
    pub asked: u64,
    /// The other side took them.
    pub delivered: u64,
    /// They did not arrive.
    pub failed: u64,
    /// Nobody can know, or a person has to say.
    pub unknown: u64,
    /// The form was opened; counted only where the owner said so.
    pub opened: u64,
    /// They were answered.
    pub answered: u64,
    /// The customer said that nobody should write any more.
    pub opted_out: u64,
    /// They were repeated once.
    pub reminded: u64,
    /// Of those that were repeated, answered only then.
    pub answered_late: u64,
    /// Of the delivered, answered: what a response rate is of.
    pub delivered_answered: u64,
}

/// What became of the invitations that left from one day to another.
pub async fn funnel(scope: &Scope, from_day: i64, until_day: i64) -> Result<Funnel, StoreError> {
    let Some(row) = scope.one(&FUNNEL, values![from_day, until_day]).await? else {
        return Ok(Funnel::default());
    };
    Ok(Funnel {
        asked: row.get(0)?,
        delivered: row.get(1)?,
        failed: row.get(2)?,
        unknown: row.get(3)?,
        opened: row.get(4)?,
        answered: row.get(5)?,
        opted_out: row.get(6)?,
        reminded: row.get(7)?,
        answered_late: row.get(8)?,
        delivered_answered: row.get(9)?,
    })
}

/// How many wait, by why they are put off; under the empty reason those that only wait for their day.
pub async fn waiting(scope: &Scope) -> Result<BTreeMap<String, i64>, StoreError> {
    scope.all(&WAITING, vec![]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Visits of some days that nobody was asked about, and why.
pub async fn not_asked(
    scope: &Scope,
    from_day: i64,
    until_day: i64,
) -> Result<Vec<(InvitationState, String, i64)>, StoreError> {
    let rows = scope.all(&NOT_ASKED, values![from_day, until_day]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// Reviews of all kinds since a day.
pub async fn reviews_since(scope: &Scope, day: i64) -> Result<u64, StoreError> {
    scope.one(&REVIEWS, values![day]).await?.map_or(Ok(0), |row| row.get(0))
}
