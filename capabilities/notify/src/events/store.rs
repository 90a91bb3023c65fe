//! `webhook`, `webhook_secret`, `webhook_flood`, and the rows of `outgoing` that go to programs. They walk the same
//! states as people's messages, apart from `unknown`: what may have arrived goes back to `retry`.

use domain::{ChannelId, OrganizationId, OutgoingId};
use foundation::Context;
use foundation::store::{Batch, Expect, Row, Scope, StoreError};
use foundation::values;
use jiff::Timestamp;

use super::rules;
use super::{Program, Stopped, Topics};
use crate::store::outgoing::Outgoing;

/// Organisations looked at in one run of the step.
const ORGANIZATIONS_AT_ONCE: u32 = 16;
/// Messages of one organisation in one run of the step.
const MESSAGES_AT_ONCE: u32 = 50;
/// Messages forgotten in one piece.
const FORGOTTEN_AT_ONCE: u32 = 5_000;

foundation::statements! {
    organization PROGRAMS = "SELECT c.id, c.address, w.mentions, w.warnings, w.replies, w.stopped, w.stopped_at FROM channel c
        JOIN webhook w ON w.organization_id = $1 AND w.channel_id = c.id
        WHERE c.organization_id = $1 AND c.kind = 'webhook' ORDER BY c.id LIMIT 100";
    organization INSERT_CHANNEL = "INSERT INTO channel (organization_id, id, kind, address, alerts, digest, weekly, created_at)
        VALUES ($1, $2, 'webhook', $3, 'nothing', 0, 0, $4)";
    organization INSERT_WEBHOOK = "INSERT INTO webhook (organization_id, channel_id, mentions, warnings, replies) VALUES ($1, $2, $3, $4, $5)";
    organization SAVE_TOPICS = "UPDATE webhook SET mentions = $3, warnings = $4, replies = $5 WHERE organization_id = $1 AND channel_id = $2";
    organization STOP = "UPDATE webhook SET stopped = $3, stopped_at = $4 WHERE organization_id = $1 AND channel_id = $2";
    organization STOP_ADDRESS = "UPDATE webhook SET stopped = $3, stopped_at = $4 WHERE organization_id = $1 AND channel_id IN
        (SELECT id FROM channel WHERE organization_id = $1 AND kind = 'webhook' AND address = $2)";
    organization DELETE_SECRET = "DELETE FROM webhook_secret WHERE organization_id = $1 AND channel_id = $2";
    organization DELETE_WEBHOOK = "DELETE FROM webhook WHERE organization_id = $1 AND channel_id = $2";
    organization DELETE_CHANNEL = "DELETE FROM channel WHERE organization_id = $1 AND id = $2 AND kind = 'webhook'";
    organization SET_SECRET = "INSERT INTO webhook_secret (organization_id, channel_id, sealed) VALUES ($1, $2, $3)";
    /// The one before signs beside it for a while. A restored copy has none.
    organization CHANGE_SECRET = "INSERT INTO webhook_secret (organization_id, channel_id, sealed) VALUES ($1, $2, $3)
        ON CONFLICT (organization_id, channel_id) DO UPDATE SET older = webhook_secret.sealed, older_until = $4, sealed = excluded.sealed";
    organization SECRETS = "SELECT sealed, CASE WHEN older_until > $3 THEN older ELSE NULL END FROM webhook_secret
        WHERE organization_id = $1 AND channel_id = $2";
    organization FLOOD = "SELECT mentions FROM webhook_flood WHERE organization_id = $1";
    organization SET_FLOOD = "INSERT INTO webhook_flood (organization_id, mentions) VALUES ($1, $2)
        ON CONFLICT (organization_id) DO UPDATE SET mentions = excluded.mentions";
    organization DUE = "SELECT id, address, name, body, attempts FROM outgoing WHERE organization_id = $1 AND channel_kind = 'webhook'
        AND state IN ('queued', 'retry') AND next_at <= $2 ORDER BY next_at, id LIMIT $3";
    /// Under the lease: whoever was handing these over is gone. They are sent again, under the same name.
    organization INTERRUPTED = "UPDATE outgoing SET state = 'retry', answer_key = 'interrupted', answer = '', changed_at = $2
        WHERE organization_id = $1 AND channel_kind = 'webhook' AND state = 'dispatching'";
    organization ANY_DISPATCHING = "SELECT id FROM outgoing WHERE organization_id = $1 AND channel_kind = 'webhook'
        AND state = 'dispatching' AND next_at <= $2 LIMIT 1";
    /// What was still on its way to an address that is told nothing any more.
    organization DROP_ADDRESS = "UPDATE outgoing SET state = 'dropped', answer_key = $3, answer = '', changed_at = $4
        WHERE organization_id = $1 AND channel_kind = 'webhook' AND address = $2 AND state IN ('queued', 'retry')";
    /// Nobody answers there: what else is due waits a little as well.
    organization POSTPONE = "UPDATE outgoing SET next_at = $4 WHERE organization_id = $1 AND channel_kind = 'webhook' AND address = $2
        AND state IN ('queued', 'retry') AND next_at <= $3";
    organization NEWEST = "SELECT id, kind, channel_kind, address, subject, state, attempts, next_at, answer_key, answer, created_at,
        changed_at, folded_into FROM outgoing WHERE organization_id = $1 AND channel_kind = 'webhook' AND address = $2
        ORDER BY id DESC LIMIT $3";
    installation ORGANIZATIONS_DUE = "SELECT organization_id FROM outgoing
        WHERE state IN ('queued', 'retry', 'dispatching') AND next_at <= $1 AND channel_kind = 'webhook'
        GROUP BY organization_id ORDER BY MIN(next_at) LIMIT $2";
    /// A bounded piece: the oldest that have ended.
    installation FORGET = "DELETE FROM outgoing WHERE id IN (SELECT id FROM outgoing WHERE channel_kind = 'webhook'
        AND state IN ('accepted', 'failed', 'dropped') AND created_at < $1 ORDER BY id LIMIT $2)";
}

fn program(row: &Row) -> Result<Program, StoreError> {
    let stopped: Option<String> = row.get(5)?;
    let stopped = stopped.map(|why| if why == "gone" { Stopped::Gone } else { Stopped::Person });
    Ok(Program {
        id: row.get(0)?,
        address: row.get(1)?,
        topics: Topics { mentions: row.get(2)?, warnings: row.get(3)?, replies: row.get(4)? },
        stopped: stopped.zip(row.get::<Option<Timestamp>>(6)?),
    })
}

/// The programs of an organisation, in the order they were added.
pub async fn programs(scope: &Scope) -> Result<Vec<Program>, StoreError> {
    scope.all(&PROGRAMS, vec![]).await?.iter().map(program).collect()
}

/// Adds a program to a batch.
pub(crate) fn insert(batch: &mut Batch, program: &Program, now: Timestamp) {
    let topics = program.topics;
    batch.push(&INSERT_CHANNEL, vec![values![program.id, program.address.as_str(), now]], Expect::Exactly(1));
    let topics = values![program.id, topics.mentions, topics.warnings, topics.replies];
    batch.push(&INSERT_WEBHOOK, vec![topics], Expect::Exactly(1));
}

/// Saves what a program is told.
pub(crate) async fn save_topics(scope: &Scope, id: ChannelId, topics: Topics) -> Result<(), StoreError> {
    let values = values![id, topics.mentions, topics.warnings, topics.replies];
    scope.write(Batch::new().add_exactly(1, &SAVE_TOPICS, values)).await.map(|_| ())
}

/// Stops telling a program anything, or (`None`) begins again. What was on its way is dropped.
pub(crate) async fn stop(
    scope: &Scope,
    program: &Program,
    why: Option<Stopped>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let at = why.map(|_| now);
    let mut batch = Batch::new().add_exactly(1, &STOP, values![program.id, why.map(Stopped::as_str), at]);
    if why.is_some() {
        batch = batch.add(&DROP_ADDRESS, values![program.address.as_str(), "program-stopped", now]);
    }
    scope.write(batch).await.map(|_| ())
}

/// The program itself said that it wants no message any more. Part of the batch that ends the message it said it to.
pub(crate) fn gone(batch: &mut Batch, address: &str, now: Timestamp) {
    let stopped = values![address, Stopped::Gone.as_str(), now];
    batch.push(&STOP_ADDRESS, vec![stopped], Expect::Any);
    batch.push(&DROP_ADDRESS, vec![values![address, "gone", now]], Expect::Any);
}

/// Removes a program, its secret, and what was still on its way there.
pub(crate) async fn remove(scope: &Scope, program: &Program, now: Timestamp) -> Result<(), StoreError> {
    let batch = Batch::new()
        .add(&DELETE_SECRET, values![program.id])
        .add_exactly(1, &DELETE_WEBHOOK, values![program.id])
        .add_exactly(1, &DELETE_CHANNEL, values![program.id])
        .add(&DROP_ADDRESS, values![program.address.as_str(), "channel-removed", now]);
    scope.write(batch).await.map(|_| ())
}

pub(crate) fn set_secret(batch: &mut Batch, id: ChannelId, sealed: Vec<u8>) {
    batch.push(&SET_SECRET, vec![values![id, sealed]], Expect::Exactly(1));
}

pub(crate) async fn change_secret(
    scope: &Scope,
    id: ChannelId,
    sealed: Vec<u8>,
    older_until: Timestamp,
) -> Result<(), StoreError> {
    scope.write(Batch::new().add(&CHANGE_SECRET, values![id, sealed, older_until])).await.map(|_| ())
}

/// What is stored of the secrets that sign now, the newest first.
pub(crate) async fn secrets(
    scope: &Scope,
    id: ChannelId,
    now: Timestamp,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let Some(row) = scope.one(&SECRETS, values![id, now]).await? else { return Ok(Vec::new()) };
    Ok([Some(row.get(0)?), row.get(1)?].into_iter().flatten().collect())
}

/// How many new mentions of a flood were read so far.
pub(crate) async fn flood(scope: &Scope) -> Result<u64, StoreError> {
    scope.one(&FLOOD, vec![]).await?.map_or(Ok(0), |row| row.get(0))
}

pub(crate) fn set_flood(batch: &mut Batch, count: u64) {
    batch.push(&SET_FLOOD, vec![values![i64::try_from(count).unwrap_or(i64::MAX)]], Expect::Any);
}

/// A message whose time has come.
pub(crate) struct Due {
    pub id: OutgoingId,
    pub address: String,
    pub name: String,
    pub body: String,
    pub attempts: u32,
}

pub(crate) async fn due(scope: &Scope, now: Timestamp) -> Result<Vec<Due>, StoreError> {
    let rows = scope.all(&DUE, values![now, MESSAGES_AT_ONCE]).await?;
    let due = |row: &Row| {
        Ok(Due {
            id: row.get(0)?,
            address: row.get(1)?,
            name: row.get(2)?,
            body: row.get(3)?,
            attempts: row.get(4)?,
        })
    };
    rows.iter().map(due).collect()
}

pub(crate) async fn any_dispatching(scope: &Scope, now: Timestamp) -> Result<bool, StoreError> {
    Ok(scope.one(&ANY_DISPATCHING, values![now]).await?.is_some())
}

pub(crate) async fn organizations_due(context: &Context) -> Result<Vec<OrganizationId>, StoreError> {
    let values = values![context.now(), ORGANIZATIONS_AT_ONCE];
    let rows = context.store.installation().all(&ORGANIZATIONS_DUE, values).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Adds to a batch that nobody answers at an address: what is due there by `now` waits until `until`.
pub(crate) fn postpone(batch: &mut Batch, address: &str, now: Timestamp, until: Timestamp) {
    batch.push(&POSTPONE, vec![values![address, now, until]], Expect::Any);
}

/// The newest messages to an address.
pub async fn newest(scope: &Scope, address: &str, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
    scope.all(&NEWEST, values![address, limit]).await?.iter().map(crate::store::outgoing::outgoing).collect()
}

/// Forgets messages that ended long ago; says whether there may be more.
pub(crate) async fn forget(context: &Context) -> Result<bool, StoreError> {
    let values = values![context.now() - rules::KEPT, FORGOTTEN_AT_ONCE];
    let outcomes = context.store.installation().write(Batch::new().add(&FORGET, values)).await?;
    Ok(outcomes.iter().any(|outcome| outcome.affected > 0))
}
