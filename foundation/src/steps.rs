//! The runner of background work. A step takes no input but its context: it finds its own pending rows, does a bounded
//! piece of work, and says whether more is left. The table is the queue, so a restart resumes and a wake-up is only a
//! hint. One failing step never sinks the others: it is logged, counted, and tried again later.
//!
//! With several processes a step claims what it works on by a *lease* in the database: whoever holds the lease has a
//! fence number, and the batch that saves its work carries [`Lease::guard`], so a process that slept through its lease
//! cannot write.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use crate::context::Context;
use crate::store::{Batch, StoreError};

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was pending.
    Idle,
    /// Something was done and more may be pending.
    More,
}

/// What a step did for many: one that fails must not keep the others waiting, so failures are gathered and told at the
/// end.
#[derive(Default)]
pub struct Work {
    did_something: bool,
    failed: Option<anyhow::Error>,
}

impl Work {
    /// Takes in how one went: `Ok(true)` when something was done.
    pub fn took(&mut self, outcome: anyhow::Result<bool>) {
        match outcome {
            Ok(did) => self.did_something |= did,
            Err(error) => self.failed = Some(error),
        }
    }

    /// The step's outcome: the last failure, else whether more may be pending.
    pub fn outcome(self) -> anyhow::Result<Progress> {
        match self.failed {
            Some(error) => Err(error),
            None if self.did_something => Ok(Progress::More),
            None => Ok(Progress::Idle),
        }
    }
}

/// The future of a step.
pub type StepFuture = Pin<Box<dyn Future<Output = anyhow::Result<Progress>> + Send>>;

/// One line of the schedule.
#[derive(Clone, Copy)]
pub struct Step {
    /// `room::step`.
    pub name: &'static str,
    /// How often it looks, woken or not.
    pub every: Duration,
    /// What wakes it earlier.
    pub woken_by: Option<&'static str>,
    /// The work.
    pub run: fn(Context) -> StepFuture,
}

/// Names a step's function in a schedule: `step!(understand::step::read_pending)`.
#[macro_export]
macro_rules! step {
    ($function:path) => {
        |context| Box::pin(async move { $function(&context).await })
    };
}

/// Wake-ups by name, within one process.
#[derive(Clone, Default)]
pub struct Wakes(Arc<Mutex<HashMap<&'static str, Arc<Notify>>>>);

impl Wakes {
    /// Wakes the steps that wait for `name`.
    pub fn wake(&self, name: &'static str) {
        self.get(name).notify_one();
    }

    fn get(&self, name: &'static str) -> Arc<Notify> {
        Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default())
    }
}

/// Runs every step until `stop` changes. Returns when all have ended.
pub async fn run(steps: &[Step], context: Context, stop: watch::Receiver<bool>) {
    let loops = steps.iter().map(|step| run_one(*step, context.clone(), stop.clone()));
    futures_util::future::join_all(loops).await;
}

async fn run_one(step: Step, context: Context, mut stop: watch::Receiver<bool>) {
    let wake = step.woken_by.map(|name| context.wakes.get(name));
    let mut failures = 0u32;
    loop {
        let wait = match guarded(step, context.clone()).await {
            Ok(Progress::More) => {
                failures = 0;
                Duration::ZERO
            }
            Ok(Progress::Idle) => {
                failures = 0;
                step.every
            }
            Err(error) => {
                failures = failures.saturating_add(1);
                metrics::counter!("timon_step_failures_total", "step" => step.name).increment(1);
                tracing::error!(step = step.name, failures, error = format!("{error:#}"), "step failed");
                step.every * 2u32.pow(failures.min(6))
            }
        };
        let woken = async {
            match &wake {
                Some(wake) => wake.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            _ = stop.changed() => return,
            () = woken => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Runs a step once in a task of its own, so that a panic is an error like any other.
pub async fn guarded(step: Step, context: Context) -> anyhow::Result<Progress> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the runner is where tasks are spawned and their end is seen"
    )]
    let task = tokio::spawn((step.run)(context));
    metrics::counter!("timon_step_runs_total", "step" => step.name).increment(1);
    task.await.map_err(|e| anyhow::anyhow!("the step ended early: {e}"))?
}

/// Runs all steps round and round until none has work left; the number of rounds is bounded, so a step that never
/// rests fails here instead of spinning in production.
pub async fn settle(steps: &[Step], context: &Context) -> anyhow::Result<()> {
    for _ in 0..10_000 {
        let mut idle = true;
        for step in steps {
            idle &= guarded(*step, context.clone()).await? == Progress::Idle;
        }
        if idle {
            return Ok(());
        }
    }
    anyhow::bail!("the steps do not come to rest")
}

/// How long a lease holds unless renewed.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

crate::statements! {
    installation CLAIM = "INSERT INTO lease (name, holder, fence, until_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = lease.fence + 1, until_at = excluded.until_at
        WHERE lease.until_at < $4 RETURNING fence";
    installation FORGET_ALL = "UPDATE lease SET until_at = 0";
    installation RELEASE = "UPDATE lease SET until_at = 0 WHERE name = $1 AND fence = $2";
    /// Touches its one row only while the lease is still this fence's; `$1` is the organisation, as in every guard.
    organization STILL_HELD = "UPDATE lease SET until_at = $4 WHERE name = $2 AND fence = $3 AND CAST($1 AS BIGINT) >= 0";
}

/// A claim on a piece of work.
pub struct Lease {
    name: String,
    fence: i64,
}

impl Lease {
    /// Claims `name`, or `None` while somebody else holds it.
    pub async fn claim(context: &Context, name: String) -> Result<Option<Self>, StoreError> {
        let now = context.now();
        let until = now + LEASE;
        let holder = hex::encode(context.random::<8>());
        let batch = Batch::new().add(&CLAIM, crate::values![name.clone(), holder, until, now]);
        let outcomes = context.store.installation().write(batch).await?;
        match outcomes.first().and_then(|o| o.rows.first()) {
            Some(row) => Ok(Some(Self { name, fence: row.get(0)? })),
            None => Ok(None),
        }
    }

    /// Goes first in the batch that saves the work: undoes it all if the lease was lost meanwhile, renews it if not.
    #[must_use]
    pub fn guard(&self, now: Timestamp, batch: Batch) -> Batch {
        let mut guarded = Batch::new().add_exactly(
            1,
            &STILL_HELD,
            crate::values![self.name.clone(), self.fence, now + LEASE],
        );
        guarded.extend(batch);
        guarded
    }

    /// Forgets every lease. Only for a process that holds the whole installation alone (SQLite under its lock file):
    /// what a killed predecessor had claimed is free at once instead of after a minute.
    pub async fn forget_all(context: &Context) -> Result<(), StoreError> {
        context.store.installation().write(Batch::new().add(&FORGET_ALL, vec![])).await.map(|_| ())
    }

    /// Gives it back early.
    pub async fn release(self, context: &Context) -> Result<(), StoreError> {
        let batch = Batch::new().add(&RELEASE, crate::values![self.name, self.fence]);
        context.store.installation().write(batch).await.map(|_| ())
    }
}
