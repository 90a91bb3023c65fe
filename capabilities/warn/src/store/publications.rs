//! `incident_publication` (each text of an incident that was approved, with its fate) and `incident_told` (who was told).
//! The words of a row never change; only its dates are set, each once.

use domain::{AccountId, IncidentId, PublicationId, PublicationKind, ToldId};
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use crate::rules::publication::{Approved, Written};

foundation::statements! {
    organization APPROVE = "INSERT INTO incident_publication (organization_id, id, incident_id, kind, title, text, day, approved_by,
        approved_at, published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    organization PUBLISH = "UPDATE incident_publication SET published_at = $4
        WHERE organization_id = $1 AND incident_id = $2 AND id = $3 AND published_at IS NULL";
    organization WITHDRAW = "UPDATE incident_publication SET withdrawn_at = $4 WHERE organization_id = $1 AND incident_id = $2
        AND id = $3 AND published_at IS NOT NULL AND withdrawn_at IS NULL";
    /// One text of a kind is public at a time: the one before it is withdrawn, and stays to be read with its dates.
    organization REPLACE = "UPDATE incident_publication SET withdrawn_at = $4 WHERE organization_id = $1 AND incident_id = $2
        AND kind = $3 AND published_at IS NOT NULL AND withdrawn_at IS NULL";
    organization OF_INCIDENT = "SELECT p.id, p.kind, p.title, p.text, p.day, p.approved_at, a.email, p.published_at, p.withdrawn_at
        FROM incident_publication p LEFT JOIN account a ON a.id = p.approved_by
        WHERE p.organization_id = $1 AND p.incident_id = $2 ORDER BY p.id DESC LIMIT $3";
    organization PUBLIC = "SELECT title, text, day, published_at, withdrawn_at FROM incident_publication
        WHERE organization_id = $1 AND kind = $2 AND published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT $3";
    organization TELL = "INSERT INTO incident_told (organization_id, id, incident_id, who, how, account_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    organization UNTELL = "DELETE FROM incident_told WHERE organization_id = $1 AND incident_id = $2 AND id = $3";
    organization TOLD = "SELECT id, who, how, at FROM incident_told WHERE organization_id = $1 AND incident_id = $2 ORDER BY id LIMIT $3";
}

/// Approved texts of one incident, of both kinds together.
pub const PUBLICATIONS_MAX: i64 = 100;
/// People told of one incident.
pub const TOLD_MAX: i64 = 100;

/// A text as it was approved.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its id.
    pub id: PublicationId,
    /// Which text.
    pub kind: PublicationKind,
    /// What it is called where it is published.
    pub title: String,
    /// The text.
    pub text: String,
    /// The day since 1970 from which a change holds.
    pub day: Option<i64>,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// By whom.
    pub approved_by: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

impl Publication {
    /// What the rules look at.
    pub fn approved(&self) -> Approved<'_> {
        let written = Written { kind: self.kind, title: &self.title, text: &self.text, day: self.day };
        Approved { written, published_at: self.published_at, withdrawn_at: self.withdrawn_at }
    }

    /// Whether it can be read by anybody now.
    pub fn is_public(&self) -> bool {
        self.published_at.is_some() && self.withdrawn_at.is_none()
    }
}

/// Adds an approved text to a batch, published at once where `published_at` says so.
pub fn approve(
    batch: &mut Batch,
    id: PublicationId,
    incident: IncidentId,
    written: Written<'_>,
    by: AccountId,
    (now, published_at): (Timestamp, Option<Timestamp>),
) {
    let row =
        values![id, incident, written.kind, written.title, written.text, written.day, by, now, published_at];
    batch.push(&APPROVE, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that an approved text is published; a conflict if it was already.
pub fn publish(batch: &mut Batch, incident: IncidentId, id: PublicationId, now: Timestamp) {
    batch.push(&PUBLISH, vec![values![incident, id, now]], Expect::Exactly(1));
}

/// Adds to a batch that what is public of a kind is withdrawn.
pub fn replace(batch: &mut Batch, incident: IncidentId, kind: PublicationKind, now: Timestamp) {
    batch.push(&REPLACE, vec![values![incident, kind, now]], Expect::Any);
}

/// Adds to a batch that a published text is withdrawn; a conflict if it is not public.
pub fn withdraw(batch: &mut Batch, incident: IncidentId, id: PublicationId, now: Timestamp) {
    batch.push(&WITHDRAW, vec![values![incident, id, now]], Expect::Exactly(1));
}

/// The approved texts of an incident, the newest first.
pub async fn of_incident(scope: &Scope, incident: IncidentId) -> Result<Vec<Publication>, StoreError> {
    let rows = scope.all(&OF_INCIDENT, values![incident, PUBLICATIONS_MAX]).await?;
    rows.iter()
        .map(|row| {
            Ok(Publication {
                id: row.get(0)?,
                kind: row.get(1)?,
                title: row.get(2)?,
                text: row.get(3)?,
                day: row.get(4)?,
                approved_at: row.get(5)?,
                approved_by: row.get(6)?,
                published_at: row.get(7)?,
                withdrawn_at: row.get(8)?,
            })
        })
        .collect()
}

/// What was ever published of a kind, the newest first: title, text, day, when, withdrawn when.
pub(crate) async fn published(
    scope: &Scope,
    kind: PublicationKind,
    limit: u32,
) -> Result<Vec<Row>, StoreError> {
    scope.all(&PUBLIC, values![kind, limit]).await
}

/// Somebody who was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its id.
    pub id: ToldId,
    /// Who.
    pub who: String,
    /// How.
    pub how: String,
    /// When it was noted.
    pub at: Timestamp,
}

/// Adds to a batch that somebody was told.
pub fn tell(batch: &mut Batch, incident: IncidentId, told: &Told, by: AccountId) {
    let row = values![told.id, incident, &*told.who, &*told.how, by, told.at];
    batch.push(&TELL, vec![row], Expect::Exactly(1));
}

/// Adds to a batch that somebody was noted by mistake; a conflict if nobody was.
pub fn untell(batch: &mut Batch, incident: IncidentId, id: ToldId) {
    batch.push(&UNTELL, vec![values![incident, id]], Expect::Exactly(1));
}

/// Who was told of an incident, in order.
pub async fn told(scope: &Scope, incident: IncidentId) -> Result<Vec<Told>, StoreError> {
    let rows = scope.all(&TOLD, values![incident, TOLD_MAX]).await?;
    rows.iter()
        .map(|row| Ok(Told { id: row.get(0)?, who: row.get(1)?, how: row.get(2)?, at: row.get(3)? }))
        .collect()
}
