//! The tables of this room: `notice_preference`, `channel` and (in [`outgoing`]) `outgoing`. Members and their
//! addresses are read from `accounts`' tables.

pub mod outgoing;

use domain::{AccountId, AlertLevel, ChannelId, ChannelKind, NoticeKind, Role};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, Statement, StoreError};
use foundation::values;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::rules::{self, Preferences, Wishes};

foundation::statements! {
    organization PREFERENCES = "SELECT quiet_from, quiet_until, alarms_break_quiet, digest_hour, weekly_day, digests_after
        FROM notice_preference WHERE organization_id = $1";
    /// What a restore has set (`digests_after`) stays.
    organization SAVE_PREFERENCES = "INSERT INTO notice_preference
        (organization_id, quiet_from, quiet_until, alarms_break_quiet, digest_hour, weekly_day, digests_after)
        VALUES ($1, $2, $3, $4, $5, $6, 0)
        ON CONFLICT (organization_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
        alarms_break_quiet = excluded.alarms_break_quiet, digest_hour = excluded.digest_hour, weekly_day = excluded.weekly_day";
    /// Every member with what was chosen for their mail, if anything was.
    organization MEMBERS = "SELECT c.id, m.account_id, a.email, m.role, c.alerts, c.digest, c.weekly
        FROM member m JOIN account a ON a.id = m.account_id
        LEFT JOIN channel c ON c.organization_id = m.organization_id AND c.account_id = m.account_id
        WHERE m.organization_id = $1 ORDER BY m.created_at, m.account_id LIMIT 100";
    organization CHANNELS = "SELECT id, kind, address, alerts, digest, weekly FROM channel
        WHERE organization_id = $1 AND account_id IS NULL AND kind <> 'webhook' ORDER BY id LIMIT 100";
    organization INSERT_CHANNEL = "INSERT INTO channel (organization_id, id, kind, address, alerts, digest, weekly, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    organization SAVE_CHANNEL = "UPDATE channel SET alerts = $3, digest = $4, weekly = $5
        WHERE organization_id = $1 AND id = $2 AND account_id IS NULL AND kind <> 'webhook'";
    organization DELETE_CHANNEL = "DELETE FROM channel WHERE organization_id = $1 AND id = $2 AND account_id IS NULL AND kind <> 'webhook'";
    organization SAVE_MAIL = "INSERT INTO channel (organization_id, id, kind, account_id, address, alerts, digest, weekly, created_at)
        VALUES ($1, $2, 'email', $3, '', $4, $5, $6, $7)
        ON CONFLICT (organization_id, account_id) WHERE account_id IS NOT NULL
        DO UPDATE SET alerts = excluded.alerts, digest = excluded.digest, weekly = excluded.weekly";
    /// After a restore: nobody knows which of today's digests have been sent.
    installation NO_DIGESTS_UNTIL = "INSERT INTO notice_preference
        (organization_id, quiet_from, quiet_until, alarms_break_quiet, digest_hour, weekly_day, digests_after)
        SELECT id, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT),
        CAST($1 AS BIGINT) FROM organization WHERE true
        ON CONFLICT (organization_id) DO UPDATE SET digests_after = excluded.digests_after";
}

/// Every statement of the room.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    let own = STATEMENTS.iter().chain(outgoing::STATEMENTS);
    own.chain(crate::events::store::STATEMENTS).chain(crate::sms::store::STATEMENTS).copied()
}

/// Where somebody wants to be told.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its row; a member's mail has none until somebody chose something for it.
    pub id: Option<ChannelId>,
    /// Whose mail it is.
    pub account: Option<AccountId>,
    /// How it is reached.
    pub kind: ChannelKind,
    /// Where.
    pub address: String,
    /// What it gets.
    pub wishes: Wishes,
}

fn wishes(row: &Row, first: usize) -> Result<Option<Wishes>, StoreError> {
    let Some(alerts) = row.get::<Option<AlertLevel>>(first)? else { return Ok(None) };
    Ok(Some(Wishes { alerts, digest: row.get(first + 1)?, weekly: row.get(first + 2)? }))
}

/// Every channel of the organisation's people: its members' mail first, then the others in the order they were added.
/// Programs are apart ([`crate::events::store::programs`]).
pub async fn channels(scope: &Scope) -> Result<Vec<Channel>, StoreError> {
    let mut channels = Vec::new();
    for row in scope.all(&MEMBERS, vec![]).await? {
        let unsaid = if row.get::<Role>(3)? == Role::Owner { Wishes::ALL } else { Wishes::NOTHING };
        channels.push(Channel {
            id: row.get(0)?,
            account: row.get(1)?,
            kind: ChannelKind::Email,
            address: row.get(2)?,
            wishes: wishes(&row, 4)?.unwrap_or(unsaid),
        });
    }
    for row in scope.all(&CHANNELS, vec![]).await? {
        channels.push(Channel {
            id: row.get(0)?,
            account: None,
            kind: row.get(1)?,
            address: row.get(2)?,
            wishes: wishes(&row, 3)?.unwrap_or(Wishes::NOTHING),
        });
    }
    Ok(channels)
}

/// When the organisation wants to be told.
pub async fn preferences(scope: &Scope) -> Result<Preferences, StoreError> {
    let Some(row) = scope.one(&PREFERENCES, vec![]).await? else { return Ok(Preferences::default()) };
    Ok(Preferences {
        quiet_from: row.get(0)?,
        quiet_until: row.get(1)?,
        alarms_break_quiet: row.get(2)?,
        digest_hour: row.get(3)?,
        weekly_day: row.get(4)?,
        digests_after: row.get(5)?,
    })
}

/// Saves when to tell. What waits for the end of other quiet hours waits for the end of these.
pub(crate) async fn save_preferences(
    scope: &Scope,
    wanted: &Preferences,
    (now, zone): (Timestamp, &TimeZone),
) -> Result<(), StoreError> {
    let values = values![
        wanted.quiet_from,
        wanted.quiet_until,
        wanted.alarms_break_quiet,
        wanted.digest_hour,
        wanted.weekly_day
    ];
    let mut batch = Batch::new().add(&SAVE_PREFERENCES, values);
    for kind in [NoticeKind::Alarm, NoticeKind::Warning] {
        let at = rules::release(now, zone, wanted, kind);
        batch = batch.add(&outgoing::RELEASE, values![kind, at]);
    }
    scope.write(batch).await.map(|_| ())
}

pub(crate) async fn insert(
    context: &Context,
    scope: &Scope,
    (kind, address): (ChannelKind, &str),
    wishes: Wishes,
) -> Result<(), StoreError> {
    let id = ChannelId(context.new_id());
    let values = values![id, kind, address, wishes.alerts, wishes.digest, wishes.weekly, context.now()];
    scope.write(Batch::new().add(&INSERT_CHANNEL, values)).await.map(|_| ())
}

pub(crate) async fn save_channel(scope: &Scope, id: ChannelId, wishes: Wishes) -> Result<(), StoreError> {
    let values = values![id, wishes.alerts, wishes.digest, wishes.weekly];
    scope.write(Batch::new().add_exactly(1, &SAVE_CHANNEL, values)).await.map(|_| ())
}

pub(crate) async fn save_mail(
    context: &Context,
    scope: &Scope,
    account: AccountId,
    wishes: Wishes,
) -> Result<(), StoreError> {
    let id = ChannelId(context.new_id());
    let values = values![id, account, wishes.alerts, wishes.digest, wishes.weekly, context.now()];
    scope.write(Batch::new().add(&SAVE_MAIL, values)).await.map(|_| ())
}

/// Removes a channel and, in the same piece, what was still on its way there.
pub(crate) async fn delete_channel(
    scope: &Scope,
    channel: (ChannelId, ChannelKind, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (id, kind, address) = channel;
    let batch = Batch::new()
        .add_exactly(1, &DELETE_CHANNEL, values![id])
        .add(&outgoing::DROP_PENDING, values![kind, address, now]);
    scope.write(batch).await.map(|_| ())
}

/// After a restore: no digest for `day` (since 1970) or before is made by any organisation.
pub(crate) fn no_digests_until(day: i64) -> Batch {
    let unsaid = Preferences::default();
    let values = values![
        day,
        unsaid.quiet_from,
        unsaid.quiet_until,
        unsaid.alarms_break_quiet,
        unsaid.digest_hour,
        unsaid.weekly_day
    ];
    Batch::new().add(&NO_DIGESTS_UNTIL, values)
}
