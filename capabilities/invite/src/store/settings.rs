//! `invite_setting` and `ask_link`: how an organisation asks, and where else a customer may write.

use asking::Link;
use domain::{AskPurpose, AskWhom, OrganizationId};
use foundation::Context;
use foundation::store::{Batch, Expect, Scope, StoreError};
use foundation::values;

foundation::statements! {
    organization SETTINGS = "SELECT active, form_code, purpose, whom, draw_size, delay_days, reminder_days, since_day, sender, postal,
        count_opens, cap_per_day FROM invite_setting WHERE organization_id = $1";
    organization BEGIN = "INSERT INTO invite_setting (organization_id, active, form_code, purpose, whom, draw_size, delay_days,
        reminder_days, since_day, sender, postal, count_opens, cap_per_day, changed_at)
        VALUES ($1, 0, $2, 'review', 'everyone', 50, 2, 5, $3, '', '', 0, NULL, $4) ON CONFLICT (organization_id) DO NOTHING";
    organization SAVE = "UPDATE invite_setting SET active = $2, purpose = $3, whom = $4, draw_size = $5, delay_days = $6, reminder_days = $7,
        since_day = $8, sender = $9, postal = $10, count_opens = $11, cap_per_day = $12, changed_at = $13 WHERE organization_id = $1";
    organization LINKS = "SELECT name, url FROM ask_link WHERE organization_id = $1 ORDER BY position";
    organization FORGET_LINKS = "DELETE FROM ask_link WHERE organization_id = $1";
    organization ADD_LINKS = "INSERT INTO ask_link (organization_id, position, name, url) VALUES {rows: $1, $2, $3, $4}";
    /// Whoever scans a poster knows the code and nothing else.
    installation BY_FORM_CODE = "SELECT organization_id FROM invite_setting WHERE form_code = $1";
    /// Whose turn it may be: organisations that ask, and those with a lot that is not finished.
    installation ASKING = "SELECT organization_id FROM invite_setting WHERE active = 1
        UNION SELECT organization_id FROM draw WHERE state IN ('promised', 'listed') ORDER BY 1";
}

/// How an organisation asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether invitations leave.
    pub active: bool,
    /// The end of the printed address.
    pub form_code: String,
    /// What is asked for.
    pub purpose: AskPurpose,
    /// Who is asked.
    pub whom: AskWhom,
    /// How many a week, when a lot decides.
    pub draw_size: i64,
    /// Days between a visit and its invitation.
    pub delay_days: i64,
    /// Days between an invitation and its reminder; 0 for none.
    pub reminder_days: i64,
    /// Visits before this day (since 1970) are nobody's reason to write.
    pub since_day: i64,
    /// Where answers by mail go.
    pub sender: String,
    /// The address on a letter's foot: who writes must be named.
    pub postal: String,
    /// Whether it is counted who opened the form.
    pub count_opens: bool,
    /// The owner's own limit of invitations a day.
    pub cap_per_day: Option<i64>,
}

/// How the organisation asks; `None` while nobody has ever said.
pub async fn settings(scope: &Scope) -> Result<Option<Settings>, StoreError> {
    let row = scope.one(&SETTINGS, vec![]).await?;
    row.map(|row| {
        Ok(Settings {
            active: row.get(0)?,
            form_code: row.get(1)?,
            purpose: row.get(2)?,
            whom: row.get(3)?,
            draw_size: row.get(4)?,
            delay_days: row.get(5)?,
            reminder_days: row.get(6)?,
            since_day: row.get(7)?,
            sender: row.get(8)?,
            postal: row.get(9)?,
            count_opens: row.get(10)?,
            cap_per_day: row.get(11)?,
        })
    })
    .transpose()
}

/// The settings, made with their defaults (asking nobody) when there are none yet. `today` in days since 1970.
pub async fn ensure(context: &Context, scope: &Scope, today: i64) -> Result<Settings, StoreError> {
    if let Some(settings) = settings(scope).await? {
        return Ok(settings);
    }
    let code = asking::code::make(&context.random::<16>(), FORM_CODE_LENGTH);
    scope.write(Batch::new().add(&BEGIN, values![code, today, context.now()])).await?;
    settings(scope).await?.ok_or(StoreError::stale("invite::settings"))
}

/// Symbols of a form's code: short enough to type from a poster.
const FORM_CODE_LENGTH: usize = 8;

/// Saves how it asks and where else one may write.
pub async fn save(context: &Context, scope: &Scope, s: &Settings, links: &[Link]) -> Result<(), StoreError> {
    let mut batch = Batch::new().add_exactly(
        1,
        &SAVE,
        values![
            s.active,
            s.purpose,
            s.whom,
            s.draw_size,
            s.delay_days,
            s.reminder_days,
            s.since_day,
            s.sender.as_str(),
            s.postal.as_str(),
            s.count_opens,
            s.cap_per_day,
            context.now()
        ],
    );
    batch = batch.add(&FORGET_LINKS, vec![]);
    if !links.is_empty() {
        let rows =
            links.iter().zip(0i64..).map(|(link, at)| values![at, link.name.as_str(), link.url.as_str()]);
        batch.push(&ADD_LINKS, rows.collect(), Expect::Any);
    }
    scope.write(batch).await?;
    Ok(())
}

/// Other places where a customer may write, in the one order that everyone is shown.
pub async fn links(scope: &Scope) -> Result<Vec<Link>, StoreError> {
    let rows = scope.all(&LINKS, vec![]).await?;
    rows.iter().map(|row| Ok(Link { name: row.get(0)?, url: row.get(1)? })).collect()
}

/// Whose form has this code.
pub async fn by_form_code(context: &Context, code: &str) -> Result<Option<OrganizationId>, StoreError> {
    let row = context.store.installation().one(&BY_FORM_CODE, values![code]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Organisations whose turn it may be.
pub async fn asking(context: &Context) -> Result<Vec<OrganizationId>, StoreError> {
    context.store.installation().all(&ASKING, vec![]).await?.iter().map(|row| row.get(0)).collect()
}
