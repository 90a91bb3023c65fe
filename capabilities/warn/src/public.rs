//! What an organisation has published of its incidents: for a page that anybody may read. Nothing else of an incident
//! comes through here. Every text that was ever public stays, with the day it was taken back.

use domain::PublicationKind;
use foundation::store::{Scope, StoreError};
use jiff::Timestamp;

use crate::store::publications;

/// Texts of a kind that are given, the newest.
const MOST: u32 = 50;

/// What the business said about an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedStatement {
    /// Its title.
    pub title: String,
    /// The text, as it was approved.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was taken back, or replaced by a newer one.
    pub withdrawn_at: Option<Timestamp>,
}

/// What was changed so that it does not happen again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its title.
    pub title: String,
    /// The text.
    pub text: String,
    /// The day since 1970 from which it holds; `None` where the owner did not say.
    pub day: Option<i64>,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was taken back, or replaced by a newer one.
    pub withdrawn_at: Option<Timestamp>,
}

/// Every statement that was ever published, the newest first.
pub async fn statements(scope: &Scope) -> Result<Vec<PublishedStatement>, StoreError> {
    let rows = publications::published(scope, PublicationKind::Statement, MOST).await?;
    rows.iter()
        .map(|row| {
            Ok(PublishedStatement {
                title: row.get(0)?,
                text: row.get(1)?,
                published_at: row.get(3)?,
                withdrawn_at: row.get(4)?,
            })
        })
        .collect()
}

/// Every "what we changed" that was ever published, the newest first.
pub async fn changes(scope: &Scope) -> Result<Vec<Change>, StoreError> {
    let rows = publications::published(scope, PublicationKind::Change, MOST).await?;
    rows.iter()
        .map(|row| {
            Ok(Change {
                title: row.get(0)?,
                text: row.get(1)?,
                day: row.get(2)?,
                published_at: row.get(3)?,
                withdrawn_at: row.get(4)?,
            })
        })
        .collect()
}
