//! An outbox from the outside, for `cargo xtask crash --outbox`: puts messages through the room's own front door into
//! an installation that nobody serves at the moment, and tells every message with its state.
//!
//! `outbox put DATA_FOLDER COUNT` prints the key of each message it put, `outbox report DATA_FOLDER` prints
//! `key<TAB>state<TAB>name` for all of them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use domain::NoticeKind;
use foundation::Context;
use foundation::config::Config;
use foundation::context::{Clock, Secret};
use foundation::store::{Batch, Store};
use notify::{Notice, Outbox};

foundation::statements! {
    organization REPORT = "SELECT dedupe_key, state, name FROM outgoing WHERE organization_id = $1 ORDER BY id";
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["put", data, count] => put(Path::new(data), count.parse()?).await,
        ["report", data] => report(Path::new(data)).await,
        _ => bail!("outbox put DATA_FOLDER COUNT, or outbox report DATA_FOLDER"),
    }
}

fn context(store: Store, data: &Path) -> anyhow::Result<Context> {
    // Where mail goes is decided by who hands it over; here it only has to be set up.
    let settings = BTreeMap::from([
        ("data_dir", data.to_string_lossy().into_owned()),
        ("smtp_url", "smtp://localhost".to_owned()),
        ("mail_from", "timon@crash.example".to_owned()),
    ]);
    let config = Config::from_parts(None, &BTreeMap::new(), &settings)?;
    Ok(Context::new(store, Clock::System, config, Secret::new([0; 32]), None))
}

async fn put(data: &Path, count: usize) -> anyhow::Result<()> {
    let context = context(Store::open_sqlite(&data.join("timon.db")).await?, data)?;
    let organization = accounts::organizations(&context, 1).await?.first().context("nobody is there")?.id;
    let mut outbox = Outbox::load(&context, organization).await?;
    let mut batch = Batch::new();
    let mut keys = Vec::new();
    for _ in 0..count {
        // A digest: warnings would be folded after the sixth of a day.
        let dedupe_key =
            format!("crash:{}", context.random::<8>().map(|byte| format!("{byte:02x}")).concat());
        let notice = Notice {
            kind: NoticeKind::Digest,
            dedupe_key: dedupe_key.clone(),
            subject: format!("Resumen {dedupe_key}"),
            body: "Siete en tres días.\n\nLo habitual son dos.".to_owned(),
            path: None,
        };
        anyhow::ensure!(outbox.put(&mut batch, &notice) == 1, "the owner's mail wants no digest");
        keys.push(dedupe_key);
    }
    context.scope(organization).write(batch).await?;
    // Acknowledged only now that they are on the disk.
    println!("{}", keys.join("\n"));
    Ok(())
}

async fn report(data: &Path) -> anyhow::Result<()> {
    let context = context(Store::open_sqlite_beside(&data.join("timon.db")).await?, data)?;
    for organization in accounts::organizations(&context, 10).await? {
        for row in context.scope(organization.id).all(&REPORT, vec![]).await? {
            println!("{}\t{}\t{}", row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?);
        }
    }
    Ok(())
}
