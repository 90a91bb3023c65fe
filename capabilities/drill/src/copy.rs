//! The copy in which a drill happens: a SQLite database of its own under `drills/` in the data folder, filled from the
//! organisation's own rows, without addresses, channels or means to send. It is deleted when the drill ends, when it is
//! given up, a day after it began, and at every start of the program.

use std::path::{Path, PathBuf};

use domain::{DrillId, MentionId, OrganizationId};
use foundation::Context;
use foundation::context::{Clock, Secret};
use foundation::steps::Lease;
use foundation::store::{Batch, Expect, Row, Scope, Statement, Store, StoreError, Value};
use foundation::values;
use jiff::{SignedDuration, Timestamp};

use crate::store;

/// How much of her history a copy takes…
pub const HISTORY: SignedDuration = SignedDuration::from_hours(24 * 400);
/// …and at most so many mentions, the newest.
const MENTIONS_MAX: i64 = 20_000;
/// Mentions copied in one batch.
const STRETCH: u32 = 2_000;

const FOLDER: &str = "drills";
const FILE: &str = "copy.db";

fn all(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

fn folder(context: &Context, id: DrillId) -> PathBuf {
    // The name is a number of ours: no outside text becomes a path.
    all(&context.config.data_dir).join(id.to_string())
}

/// A folder that only its owner can look into.
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// An empty copy with a clock that stands at `now`: nothing can leave it.
pub async fn make(context: &Context, id: DrillId, now: Timestamp) -> anyhow::Result<Context> {
    forget(context, id)?;
    let folder = folder(context, id);
    create_private_folder(&folder)?;
    let mut config = (*context.config).clone();
    (config.database, config.mail, config.telegram) = (None, None, None);
    config.data_dir.clone_from(&folder);
    let store = Store::open_sqlite(&folder.join(FILE)).await?;
    Ok(Context::new(store, Clock::manual(now), config, Secret::new(context.random()), Some(id.0 as u64)))
}

/// The door to her rows in a copy; `None` where this process has none.
pub async fn open(
    context: &Context,
    id: DrillId,
    organization: OrganizationId,
) -> Result<Option<Scope>, StoreError> {
    let file = folder(context, id).join(FILE);
    if !file.exists() {
        return Ok(None);
    }
    Ok(Some(Store::open_sqlite_beside(&file).await?.organization(organization)))
}

/// Deletes a copy; there may be none.
pub fn forget(context: &Context, id: DrillId) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder(context, id)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The drills whose copies lie in this data folder.
pub fn present(context: &Context) -> Vec<DrillId> {
    let entries = std::fs::read_dir(all(&context.config.data_dir)).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// Deletes every copy and gives their drills up: at the start of the program, when nobody walks through one.
pub async fn forget_all(context: &Context) -> anyhow::Result<()> {
    for id in present(context) {
        if let Some(organization) = store::needed(context, id).await? {
            let scope = context.scope(organization);
            // One that was only being prepared is prepared anew.
            if store::one(&scope, id).await?.is_some_and(|drill| drill.state == domain::DrillState::Running) {
                let mut batch = Batch::new();
                store::abandon(&mut batch, id, context.now());
                scope.write(batch).await?;
            }
        }
    }
    match std::fs::remove_dir_all(all(&context.config.data_dir)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

async fn copy_rows(
    (from, read): (&Scope, &Statement),
    (to, write): (&Scope, &'static Statement),
    values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    let rows = from.all(read, values).await?;
    let mut batch = Batch::new();
    batch.push(
        write,
        rows.iter().map(|row| row.values().to_vec()).collect(),
        Expect::Exactly(rows.len() as u64),
    );
    if !batch.is_empty() {
        to.write(batch).await?;
    }
    Ok(rows)
}

/// Who fills a copy, and until when nobody else may.
pub struct Claim<'a> {
    /// The installation.
    pub context: &'a Context,
    /// Her real rows, which are only read.
    pub real: &'a Scope,
    /// The claim on this drill.
    pub lease: &'a Lease,
}

impl Claim<'_> {
    /// Renews the claim; an error if somebody else has it by now.
    pub async fn renew(&self) -> Result<(), StoreError> {
        self.real.write(self.lease.guard(self.context.now(), Batch::new())).await.map(|_| ())
    }
}

/// Fills a copy with what was said before `until`. Returns how many mentions there are.
pub async fn fill(claim: &Claim<'_>, copy: &Scope, until: Timestamp) -> Result<u32, StoreError> {
    let real = claim.real;
    copy_rows((real, &store::HER_ORGANIZATION), (copy, &store::COPY_ORGANIZATION), vec![]).await?;
    copy_rows((real, &store::HER_SOURCES), (copy, &store::COPY_SOURCES), vec![]).await?;
    copy_rows((real, &store::HER_SETTING), (copy, &store::COPY_SETTING), vec![]).await?;
    copy_rows((real, &store::HER_VALUES), (copy, &store::COPY_VALUES), vec![]).await?;
    let end = MentionId::first_of(until);
    let oldest = real.one(&store::OLDEST_TAKEN, values![end, MENTIONS_MAX]).await?;
    let oldest = oldest.map_or(Ok(0), |row| row.get::<i64>(0))?;
    let mut after = MentionId(oldest.max(MentionId::first_of(until - HISTORY).0 - 1));
    let mut copied = 0;
    loop {
        let values = values![after, end, STRETCH];
        let mentions = copy_rows((real, &store::HER_MENTIONS), (copy, &store::COPY_MENTIONS), values).await?;
        let Some(last) = mentions.last() else { return Ok(copied) };
        let last: MentionId = last.get(0)?;
        copy_rows((real, &store::HER_READINGS), (copy, &store::COPY_READINGS), values![after, last]).await?;
        copied += mentions.len() as u32;
        after = last;
        claim.renew().await?;
    }
}
