//! `timon doctor`: every setting with where it came from, and whether what it needs works.

use foundation::config::{Config, Origin, SETTINGS};
use foundation::store::SCHEMA_VERSION;
use serde_json::json;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
}

/// Runs `timon doctor`.
pub async fn run(config: Config, arguments: &Arguments) -> anyhow::Result<()> {
    let checks = checks(&config).await;
    if arguments.json {
        let settings: serde_json::Map<String, serde_json::Value> = config
            .origins
            .iter()
            .map(|(key, (value, _))| ((*key).to_owned(), json!(shown(key, value))))
            .collect();
        let checks: Vec<_> =
            checks.iter().map(|c| json!({"name": c.name, "ok": c.ok, "detail": c.detail})).collect();
        println!("{}", serde_json::to_string_pretty(&json!({"settings": settings, "checks": checks}))?);
    } else {
        print(&config, &checks);
    }
    anyhow::ensure!(checks.iter().all(|c| c.ok), "something needs your attention");
    Ok(())
}

fn print(config: &Config, checks: &[Check]) {
    println!("Settings (timon.toml, TIMON_… variables, options; later wins)");
    for (key, _, meaning) in SETTINGS {
        if let Some((value, origin)) = config.origins.get(key) {
            let from = match origin {
                Origin::Default => "default".to_owned(),
                Origin::File(path) => path.display().to_string(),
                Origin::Environment => format!("TIMON_{}", key.to_uppercase()),
                Origin::CommandLine => format!("--{}", key.replace('_', "-")),
            };
            println!("  {key} = {:?}  [{from}]\n      {meaning}", shown(key, value));
        }
    }
    println!("Checks");
    for check in checks {
        println!("  {} {}: {}", if check.ok { "✓" } else { "✗" }, check.name, check.detail);
    }
}

/// A value without its password.
fn shown(key: &str, value: &str) -> String {
    match (key, value.rsplit_once('@')) {
        ("telegram_token", _) if !value.is_empty() => "…".to_owned(),
        ("smtp_url", Some((before, after))) => {
            format!("{}://…@{after}", before.split("://").next().unwrap_or_default())
        }
        ("database", Some((before, after))) => match before.rsplit_once(':') {
            Some((user, _)) if user.contains("//") && !user.ends_with("//") => format!("{user}:…@{after}"),
            _ => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

async fn checks(config: &Config) -> Vec<Check> {
    let check = |name, ok, detail: String| Check { name, ok, detail };
    let mut checks = Vec::new();
    let folder = config.data_dir.display().to_string();
    let exists = config.data_dir.is_dir();
    checks.push(check(
        "data folder",
        true,
        if exists { folder } else { format!("{folder} (will be created)") },
    ));
    let plain_http = config.insecure_http;
    checks.push(check(
        "cookies",
        true,
        if plain_http {
            "travel over plain http: only for a network you trust".to_owned()
        } else {
            "secure".to_owned()
        },
    ));
    let model = nlp::Model::embedded();
    checks.push(check("reading model", true, format!("version {}", model.version())));
    match notify::step::relay(config) {
        Ok(None) => checks.push(check("mail", true, "not set up".to_owned())),
        Ok(Some(relay)) => checks.push(check("mail", true, format!("{relay:?}"))),
        Err(error) => checks.push(check("mail", false, format!("{error:#}"))),
    }
    if !exists && config.database.is_none() {
        checks.push(check("database", true, "none yet: the first start makes it".to_owned()));
        return checks;
    }
    match super::open_beside(config.clone()).await {
        Ok(context) => {
            let engine = context.store.describe().await.unwrap_or_else(|e| e.to_string());
            checks.push(check("database", true, format!("{engine}, schema {SCHEMA_VERSION}")));
            checks.extend(counts(&context).await);
        }
        Err(error) => checks.push(check("database", false, format!("{error:#}"))),
    }
    checks
}

async fn counts(context: &foundation::Context) -> anyhow::Result<Check> {
    let organizations = accounts::organizations(context, 100_000).await?;
    let (mut heard, mut unread) = (0, 0);
    for organization in &organizations {
        let scope = context.scope(organization.id);
        heard += listen::store::sources::sources(&scope).await?.iter().map(|s| s.mentions).sum::<i64>();
        unread += listen::store::mentions::count_unread(&scope).await?;
    }
    let n = organizations.len();
    Ok(Check {
        name: "contents",
        ok: true,
        detail: format!("organizations={n} mentions={heard} unread={unread}"),
    })
}
