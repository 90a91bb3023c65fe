//! Who waits for an answer, and what a person decided about it (`waiting_mark`).

use domain::{AccountId, ComplaintId, MentionId, ReplyStage};
use foundation::Context;
use foundation::store::{Batch, Row, Scope, Statement, StoreError, Value};
use foundation::values;
use jiff::Timestamp;
use understand::store::ReadMention;

use super::settings;
use crate::rules::queue::{self, Reason};

/// Nobody needs to know whether a thousand wait or more: counting stops there.
const COUNTED_MAX: i64 = 1_000;
/// Of each kind so many are looked at: the queue shows fewer.
const EACH_MAX: u32 = 30;

/// One short walk along an index: those nobody put off, dismissed or is answering already, and who made no complaint. `$2`
/// since which place in the key, `$3` now, `$4` whose tasks (NULL for all), `$5` how many.
macro_rules! walk {
    ($what:expr) => {
        concat!(
            "SELECT m.id FROM mention m LEFT JOIN waiting_mark k ON k.organization_id = $1 AND k.mention_id = m.id
            LEFT JOIN reply p ON p.organization_id = $1 AND p.mention_id = m.id
            WHERE m.organization_id = $1 AND m.id >= $2 AND ",
            $what,
            " AND (k.mention_id IS NULL OR (k.dismissed_at IS NULL AND (k.snoozed_until IS NULL OR k.snoozed_until <= $3)))
            AND (CAST($4 AS BIGINT) IS NULL OR k.assigned_to = $4)
            AND (p.id IS NULL OR p.stage IN ('draft', 'approved'))
            AND NOT EXISTS (SELECT 1 FROM complaint c WHERE c.organization_id = $1 AND c.mention_id = m.id AND c.state = 'open')
            ORDER BY m.id DESC LIMIT $5"
        )
    };
}

macro_rules! starred {
    ($n:literal) => {
        walk!(concat!("m.reply_state <> 'answered' AND m.stars IS NOT NULL AND m.stars = ", $n))
    };
}

macro_rules! pressing {
    () => {
        concat!(
            "SELECT * FROM (",
            starred!("1"),
            ") one UNION ALL SELECT * FROM (",
            starred!("2"),
            ") two UNION ALL SELECT * FROM (",
            starred!("3"),
            ") three UNION ALL SELECT * FROM (",
            walk!("m.reply_state = 'unanswered' AND m.stars IS NULL"),
            ") addressed"
        )
    };
}

foundation::statements! {
    /// Three stars or fewer, and letters.
    organization PRESSING = pressing!();
    organization COUNT_PRESSING = concat!("SELECT COUNT(*) FROM (", pressing!(), ") waiting");
    /// Four and five stars.
    organization KIND = concat!("SELECT * FROM (", starred!("4"), ") four UNION ALL SELECT * FROM (", starred!("5"), ") five");
    organization COUNT_KIND = concat!("SELECT COUNT(*) FROM (SELECT * FROM (", starred!("4"), ") four UNION ALL SELECT * FROM (", starred!("5"), ") five) waiting");
    /// Open complaints that nobody has answered, soonest due first.
    organization COMPLAINING = "SELECT c.mention_id, c.id, c.due_at FROM complaint c
        LEFT JOIN reply p ON p.organization_id = $1 AND p.mention_id = c.mention_id
        LEFT JOIN waiting_mark k ON k.organization_id = $1 AND k.mention_id = c.mention_id
        WHERE c.organization_id = $1 AND c.state = 'open' AND (p.id IS NULL OR p.stage IN ('draft', 'approved', 'published'))
        AND (CAST($2 AS BIGINT) IS NULL OR k.assigned_to = $2) ORDER BY c.due_at LIMIT $3";
    organization MARKS = "SELECT k.mention_id, k.snoozed_until, k.dismissed_at, k.assigned_to, a.email FROM waiting_mark k
        LEFT JOIN account a ON a.id = k.assigned_to WHERE k.organization_id = $1 AND k.mention_id IN ({list: 2})";
    organization SNOOZE = "INSERT INTO waiting_mark (organization_id, mention_id, snoozed_until, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, mention_id) DO UPDATE SET snoozed_until = excluded.snoozed_until, changed_at = excluded.changed_at";
    organization DISMISS = "INSERT INTO waiting_mark (organization_id, mention_id, dismissed_at, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, mention_id) DO UPDATE SET dismissed_at = excluded.dismissed_at, changed_at = excluded.changed_at";
    organization ASSIGN = "INSERT INTO waiting_mark (organization_id, mention_id, assigned_to, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, mention_id) DO UPDATE SET assigned_to = excluded.assigned_to, changed_at = excluded.changed_at";
    organization SET_ASIDE = "SELECT k.mention_id FROM waiting_mark k
        WHERE k.organization_id = $1 AND (k.dismissed_at IS NOT NULL OR k.snoozed_until > $2) ORDER BY k.changed_at DESC LIMIT $3";
    organization STAGES = "SELECT mention_id, stage FROM reply WHERE organization_id = $1 AND mention_id IN ({list: 2})";
    organization MEMBER_ACCOUNTS = "SELECT m.account_id, a.email FROM member m JOIN account a ON a.id = m.account_id
        WHERE m.organization_id = $1 ORDER BY a.email LIMIT 100";
}

/// Somebody who waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What she said.
    pub mention: ReadMention,
    /// Why she stands where she stands.
    pub reason: Reason,
    /// Until when an answer is in time.
    pub due_at: Timestamp,
    /// Her complaint, if she made one.
    pub complaint: Option<ComplaintId>,
    /// What was decided about it.
    pub mark: Mark,
    /// An answer was begun.
    pub has_draft: bool,
}

/// What a person decided about a mention that waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Not before.
    pub snoozed_until: Option<Timestamp>,
    /// Not about us.
    pub dismissed_at: Option<Timestamp>,
    /// Whose task it is, with her e-mail.
    pub assigned_to: Option<(AccountId, String)>,
}

/// The queue as a page shows it.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    /// Whom not answering hurts, worst first.
    pub pressing: Vec<Waiting>,
    /// How many of them, at most a thousand.
    pub pressing_count: i64,
    /// Who was kind, the most urgent first.
    pub kind: Vec<Waiting>,
    /// How many of them, at most a thousand.
    pub kind_count: i64,
}

/// Who waits, worst first; only the tasks of `of`, if it is given.
pub async fn queue(
    context: &Context,
    scope: &Scope,
    of: Option<AccountId>,
    limit: usize,
) -> Result<Queue, StoreError> {
    let now = context.now();
    let since = MentionId::first_of(now - listen::rules::WAITING_MAX);
    let settings = settings(scope).await?;
    let complaining = complaining(scope, of).await?;
    let walked = values![since, now, of, EACH_MAX];
    let pressing_ids = ids(&scope.all(&PRESSING, walked.clone()).await?)?;
    let kind_ids = ids(&scope.all(&KIND, walked).await?)?;
    let all: Vec<MentionId> =
        complaining.iter().map(|(id, ..)| *id).chain(pressing_ids).chain(kind_ids.iter().copied()).collect();
    let (marks, stages) = (marks(scope, &all).await?, stages(scope, &all).await?);
    let described = |mention: ReadMention| {
        let complaint = complaining.iter().find(|(id, ..)| *id == mention.id);
        Waiting {
            reason: queue::reason(&mention, complaint.is_some()),
            due_at: complaint.map_or_else(|| queue::due_at(&mention, &settings), |(_, _, due)| *due),
            complaint: complaint.map(|(_, id, _)| *id),
            mark: marks.iter().find(|(id, _)| *id == mention.id).map(|(_, m)| m.clone()).unwrap_or_default(),
            has_draft: stages.iter().any(|(id, _)| *id == mention.id),
            mention,
        }
    };
    let mut waiting: Vec<Waiting> =
        understand::store::those(scope, &all).await?.into_iter().map(described).collect();
    waiting.sort_by_key(|w| queue::order(w.reason, w.due_at, now));
    let (mut pressing, mut kind): (Vec<_>, Vec<_>) =
        waiting.into_iter().partition(|w| w.reason.is_pressing());
    // Good stars with bad words: the index counts them among the kind, their words put them among the pressing.
    let moved = pressing.iter().filter(|w| kind_ids.contains(&w.mention.id)).count() as i64;
    let counted = values![since, now, of, COUNTED_MAX];
    let by_index = count(scope, &COUNT_PRESSING, counted.clone()).await?;
    let kind_by_index = count(scope, &COUNT_KIND, counted).await?;
    pressing.truncate(limit);
    kind.truncate(limit);
    Ok(Queue {
        pressing_count: (by_index + moved + complaining.len() as i64).min(COUNTED_MAX),
        kind_count: (kind_by_index - moved).max(0),
        pressing,
        kind,
    })
}

fn ids(rows: &[Row]) -> Result<Vec<MentionId>, StoreError> {
    rows.iter().map(|row| row.get(0)).collect()
}

async fn count(scope: &Scope, statement: &'static Statement, values: Vec<Value>) -> Result<i64, StoreError> {
    scope.one(statement, values).await?.map_or(Ok(0), |row| row.get(0))
}

/// How many wait whom not answering hurts: for the summaries.
pub async fn count_pressing(context: &Context, scope: &Scope) -> Result<i64, StoreError> {
    let since = MentionId::first_of(context.now() - listen::rules::WAITING_MAX);
    let counted = values![since, context.now(), None::<AccountId>, COUNTED_MAX];
    Ok(count(scope, &COUNT_PRESSING, counted).await? + complaining(scope, None).await?.len() as i64)
}

/// Open complaints that nobody has answered, soonest due first.
async fn complaining(
    scope: &Scope,
    of: Option<AccountId>,
) -> Result<Vec<(MentionId, ComplaintId, Timestamp)>, StoreError> {
    let rows = scope.all(&COMPLAINING, values![of, COUNTED_MAX]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

async fn marks(scope: &Scope, of: &[MentionId]) -> Result<Vec<(MentionId, Mark)>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = scope.all(&MARKS, of.iter().map(|id| Value::from(*id)).collect()).await?;
    rows.iter()
        .map(|row| {
            let account: Option<AccountId> = row.get(3)?;
            let email: Option<String> = row.get(4)?;
            let mark = Mark {
                snoozed_until: row.get(1)?,
                dismissed_at: row.get(2)?,
                assigned_to: account.zip(email),
            };
            Ok((row.get(0)?, mark))
        })
        .collect()
}

async fn stages(scope: &Scope, of: &[MentionId]) -> Result<Vec<(MentionId, ReplyStage)>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let rows = scope.all(&STAGES, of.iter().map(|id| Value::from(*id)).collect()).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// What was decided about one mention.
pub async fn mark(scope: &Scope, id: MentionId) -> Result<Mark, StoreError> {
    Ok(marks(scope, &[id]).await?.pop().map(|(_, mark)| mark).unwrap_or_default())
}

/// A decision about somebody who waits; each can be taken back by its opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Not before this moment; `None` takes it back.
    Snooze(Option<Timestamp>),
    /// Not about us, or nothing to answer; `false` takes it back.
    Dismiss(bool),
    /// Whose task it is; `None` for nobody's.
    Assign(Option<AccountId>),
}

/// Keeps a decision. A mention of somebody else is a conflict.
pub async fn decide(
    scope: &Scope,
    id: MentionId,
    decision: Decision,
    now: Timestamp,
) -> Result<(), StoreError> {
    let batch = match decision {
        Decision::Snooze(until) => Batch::new().add_exactly(1, &SNOOZE, values![id, until, now]),
        Decision::Dismiss(yes) => Batch::new().add_exactly(1, &DISMISS, values![id, yes.then_some(now), now]),
        Decision::Assign(whom) => Batch::new().add_exactly(1, &ASSIGN, values![id, whom, now]),
    };
    scope.write(batch).await?;
    Ok(())
}

/// Those put off or dismissed, the latest decision first.
pub async fn set_aside(
    scope: &Scope,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<(ReadMention, Mark)>, StoreError> {
    let rows = scope.all(&SET_ASIDE, values![now, limit]).await?;
    let ids = ids(&rows)?;
    let (mut mentions, marks) = (understand::store::those(scope, &ids).await?, marks(scope, &ids).await?);
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(at) = mentions.iter().position(|m| m.id == id) {
            let mark = marks.iter().find(|(of, _)| *of == id).map(|(_, m)| m.clone()).unwrap_or_default();
            found.push((mentions.swap_remove(at), mark));
        }
    }
    Ok(found)
}

/// Who could do it: accounts of the organisation with their e-mail.
pub async fn members(scope: &Scope) -> Result<Vec<(AccountId, String)>, StoreError> {
    let rows = scope.all(&MEMBER_ACCOUNTS, vec![]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
