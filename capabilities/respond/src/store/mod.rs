//! The tables of this room. Here: how an organisation answers (`answer_setting`, `saved_reply`). [`waiting`] has who waits and
//! what was decided about it, [`replies`] the answers and their fate, [`complaints`], [`promises`], [`word`] the number.

pub mod complaints;
pub mod promises;
pub mod public;
pub mod replies;
pub mod waiting;
pub mod word;

use domain::SavedReplyId;
use foundation::Context;
use foundation::store::{Batch, Scope, Statement, StoreError};
use foundation::values;

use crate::rules::Settings;

/// Saved replies of one organisation: more than anybody finds again.
pub const SAVED_MAX: usize = 50;

foundation::statements! {
    organization SETTINGS = "SELECT bad_hours, other_hours, complaint_days, profession, signature, contact, region, official_form, dispute_body, staff
        FROM answer_setting WHERE organization_id = $1";
    organization SAVE_SETTINGS = "INSERT INTO answer_setting (organization_id, bad_hours, other_hours, complaint_days, profession, signature,
        contact, region, official_form, dispute_body, staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (organization_id) DO UPDATE SET bad_hours = excluded.bad_hours, other_hours = excluded.other_hours,
        complaint_days = excluded.complaint_days, profession = excluded.profession, signature = excluded.signature,
        contact = excluded.contact, region = excluded.region, official_form = excluded.official_form, dispute_body = excluded.dispute_body, staff = excluded.staff";
    organization SAVED = "SELECT id, title, text FROM saved_reply WHERE organization_id = $1 ORDER BY title, id LIMIT 100";
    organization ADD_SAVED = "INSERT INTO saved_reply (organization_id, id, title, text, created_at) VALUES ($1, $2, $3, $4, $5)";
    organization CHANGE_SAVED = "UPDATE saved_reply SET title = $3, text = $4 WHERE organization_id = $1 AND id = $2";
    organization REMOVE_SAVED = "DELETE FROM saved_reply WHERE organization_id = $1 AND id = $2";
}

/// Every statement of this room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    let all = [
        STATEMENTS,
        complaints::STATEMENTS,
        promises::STATEMENTS,
        public::STATEMENTS,
        replies::STATEMENTS,
        waiting::STATEMENTS,
        crate::case::STATEMENTS,
        word::STATEMENTS,
    ];
    all.into_iter().flatten().copied()
}

/// How the organisation answers: what it chose, or what is usual for its kind.
pub async fn settings(scope: &Scope) -> Result<Settings, StoreError> {
    let Some(row) = scope.one(&SETTINGS, vec![]).await? else {
        let (kind, _) = understand::store::business(scope).await?;
        return Ok(Settings::usual(kind));
    };
    Ok(Settings {
        bad_hours: row.get(0)?,
        other_hours: row.get(1)?,
        complaint_days: row.get(2)?,
        profession: row.get(3)?,
        signature: row.get(4)?,
        contact: row.get(5)?,
        region: row.get(6)?,
        official_form: row.get(7)?,
        dispute_body: row.get(8)?,
        staff: row.get(9)?,
    })
}

/// Keeps how the organisation answers.
pub async fn save_settings(scope: &Scope, settings: &Settings) -> Result<(), StoreError> {
    let s = settings.clone().bounded();
    let values = values![
        s.bad_hours,
        s.other_hours,
        s.complaint_days,
        s.profession,
        s.signature,
        s.contact,
        s.region,
        s.official_form,
        s.dispute_body,
        s.staff
    ];
    scope.write(Batch::new().add(&SAVE_SETTINGS, values)).await?;
    Ok(())
}

/// A text the owner keeps to answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedReply {
    /// Its id.
    pub id: SavedReplyId,
    /// What she calls it.
    pub title: String,
    /// The text, with `{{placeholders}}`.
    pub text: String,
}

/// Every saved reply, by title.
pub async fn saved(scope: &Scope) -> Result<Vec<SavedReply>, StoreError> {
    let rows = scope.all(&SAVED, vec![]).await?;
    rows.iter().map(|row| Ok(SavedReply { id: row.get(0)?, title: row.get(1)?, text: row.get(2)? })).collect()
}

/// Keeps a new one.
pub async fn add_saved(context: &Context, scope: &Scope, title: &str, text: &str) -> Result<(), StoreError> {
    let values = values![SavedReplyId(context.new_id()), title, text, context.now()];
    scope.write(Batch::new().add_exactly(1, &ADD_SAVED, values)).await?;
    Ok(())
}

/// Changes one, or takes it away (`None`); a conflict when there is none.
pub async fn change_saved(
    scope: &Scope,
    id: SavedReplyId,
    to: Option<(&str, &str)>,
) -> Result<(), StoreError> {
    let batch = match to {
        Some((title, text)) => Batch::new().add_exactly(1, &CHANGE_SAVED, values![id, title, text]),
        None => Batch::new().add_exactly(1, &REMOVE_SAVED, values![id]),
    };
    scope.write(batch).await?;
    Ok(())
}
