//! `timon serve`: the pages and the background work, until Ctrl-C or SIGTERM.

use foundation::Context;
use foundation::config::Config;
use foundation::store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::CliError;
use crate::{access, schedule};

/// Runs `timon serve`.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let (context, _lock) = super::open(config).await?;
    serve(context).await
}

/// Serves an open installation.
pub async fn serve(context: Context) -> anyhow::Result<()> {
    super::start_metrics();
    drill::copy::forget_all(&context).await?;
    let router = access::router(&context)?;
    let listener = TcpListener::bind(context.config.listen).await.map_err(|error| {
        anyhow::anyhow!(
            "{} cannot be listened on ({error}); choose another with --listen",
            context.config.listen
        )
    })?;
    greet(&context, listener.local_addr()?.port()).await?;
    let (stop, stopped) = watch::channel(false);
    let work = foundation::steps::run(schedule::STEPS, context.clone(), stopped.clone());
    let waiting = mailbox::watch::watch(context.clone(), stopped.clone());
    let pages = foundation::web::serve::serve(listener, router, &context.config.trusted_proxies, stopped);
    let end = async {
        let disk_failed = tokio::select! {
            () = asked_to_stop() => false,
            () = disk_failure(context.store.clone()) => true,
        };
        let _ = stop.send(true);
        disk_failed
    };
    let ((), (), (), disk_failed) = tokio::join!(work, waiting, pages, end);
    if disk_failed { Err(CliError::Disk.into()) } else { Ok(()) }
}

async fn greet(context: &Context, port: u16) -> anyhow::Result<()> {
    let t = super::terminal_texts(&context.config);
    let mut url = context.config.public_url.clone();
    if context.config.origins.get("public_url").is_none_or(|(value, _)| value.is_empty()) {
        url = format!("http://localhost:{port}");
    }
    println!("{}", t.with("cli-serving", &[("url", url.into())]));
    if !accounts::has_account(context.clone()).await? {
        println!("{}", t.get("cli-first-run"));
        if !context.config.is_local_only() {
            let code = accounts::pages::setup_code(context);
            println!("{}", t.with("cli-setup-code", &[("code", code.into())]));
        }
    }
    println!("{}", t.get("cli-stop"));
    Ok(())
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

/// Ends when a write has failed on the disk.
async fn disk_failure(store: Store) {
    let mut every = tokio::time::interval(std::time::Duration::from_millis(500));
    while !store.has_failed() {
        every.tick().await;
    }
}
