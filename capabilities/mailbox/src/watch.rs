//! Waiting at mailboxes, so that a letter is here within seconds. Each waits in its own connection (IMAP's IDLE, or
//! asking now and then where a server has none); when something has come, the mailbox becomes due and [`step::read`]
//! does the rest. Waiting is only a hint that saves time: what it misses is read within [`READ_EVERY`](crate::rules::READ_EVERY).
//!
//! *What must stay true*: no step is kept busy by waiting; there are never more than [`WATCHED_MAX`] connections of one
//! process; a mailbox that is paused, removed or failing is left within [`LOOK_EVERY`].

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use connectors::mail::{Cursor, Mail};
use domain::{MailboxId, OrganizationId};
use foundation::Context;
use foundation::store::Batch;
use foundation::values;
use futures_util::StreamExt as _;
use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream::FuturesUnordered;
use tokio::sync::watch;

use crate::{step, store};

/// Mailboxes of one process that are waited at; more are read by the clock.
pub const WATCHED_MAX: u32 = 32;
/// How often the watch looks which mailboxes there are.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// Longest wait in one connection; providers end idle ones after half an hour.
const WAIT_MAX: Duration = Duration::from_mins(25);

/// Looks for which a mailbox is not waited at again after it has told something (it is read meanwhile) or failed.
const REST_TOLD: u32 = 3;
const REST_FAILED: u32 = 30;

/// A mailbox and how far it was read. When it was read further, it is waited at anew.
type Watched = (OrganizationId, MailboxId, u32, u32);

/// Waits at mailboxes until `stop` changes.
pub async fn watch(context: Context, mut stop: watch::Receiver<bool>) {
    let mail = match step::client(&context) {
        Ok(mail) => mail,
        Err(error) => {
            tracing::warn!(reason = error.key(), "mailboxes are read by the clock only");
            return;
        }
    };
    let mut waiting = FuturesUnordered::new();
    let mut handles: HashMap<Watched, AbortHandle> = HashMap::new();
    // What has told something, or cannot be waited at, is left alone for so many looks.
    let mut resting: HashMap<Watched, u32> = HashMap::new();
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            biased;
            _ = stop.changed() => return,
            Some(ended) = waiting.next() => {
                let Ok((watched, outcome)) = ended else { continue };
                handles.remove(&watched);
                match outcome {
                    Some(true) => {
                        resting.insert(watched, REST_TOLD);
                        arrived(&context, watched).await;
                    }
                    Some(false) => {}
                    None => { resting.insert(watched, REST_FAILED); }
                }
            }
            _ = look.tick() => {
                let wanted: HashSet<Watched> = wanted(&context).await.into_iter().collect();
                resting.retain(|watched, looks| {
                    *looks = looks.saturating_sub(1);
                    *looks > 0 && wanted.contains(watched)
                });
                handles.retain(|watched, handle| {
                    if !wanted.contains(watched) { handle.abort(); }
                    wanted.contains(watched)
                });
                for watched in wanted {
                    if !resting.contains_key(&watched) && !handles.contains_key(&watched) {
                        let (handle, registration) = AbortHandle::new_pair();
                        handles.insert(watched, handle);
                        waiting.push(Abortable::new(wait(context.clone(), mail.clone(), watched), registration));
                    }
                }
            }
        }
    }
}

/// The mailboxes to wait at now. A database that cannot answer is asked again in a moment.
async fn wanted(context: &Context) -> Vec<Watched> {
    let mut wanted = Vec::new();
    for (organization, id) in store::watchable(context, WATCHED_MAX).await.unwrap_or_default() {
        if let Ok(Some(mailbox)) = store::mailbox(&context.scope(organization), id).await
            && let Some((life, last)) = mailbox.cursor
        {
            wanted.push((organization, id, life, last));
        }
    }
    wanted
}

/// Waits at one mailbox: whether something has come, or `None` when it cannot be waited at.
async fn wait(context: Context, mail: Mail, watched: Watched) -> (Watched, Option<bool>) {
    let (organization, id, uid_validity, last_uid) = watched;
    let outcome = async {
        let scope = context.scope(organization);
        let mailbox = store::mailbox(&scope, id).await.ok()??;
        let password = store::password(&context, &scope, id).await.ok()??;
        let account = step::account(&mailbox, password);
        mail.wait(&account, Cursor { uid_validity, last_uid }, WAIT_MAX).await.ok()
    };
    (watched, outcome.await)
}

/// Makes the mailbox due now.
async fn arrived(context: &Context, (organization, id, ..): Watched) {
    let batch = Batch::new().add(&store::ASK_NOW, values![id, context.now()]);
    if context.scope(organization).write(batch).await.is_ok() {
        context.wakes.wake(crate::ARRIVED);
    }
}
