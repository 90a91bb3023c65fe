//! The summary of the day and the word of the week. They ask every room, like *Hoy*, so they belong to none. A week
//! without news is told too: that we are still watching, and what we cannot see.

use std::fmt::Write as _;

use domain::NoticeKind;
use foundation::Context;
use foundation::steps::{Progress, Work};
use foundation::store::{Batch, Scope};
use foundation::web::Texts;
use jiff::{SignedDuration, Timestamp};
use notify::{DueDigest, Notice, Outbox, Period};
use warn::store::Place;

/// Open warnings named in a summary.
const WARNINGS: u32 = 5;
/// What we know of a source is old after so many days.
const STALE_DAYS: i64 = 30;
/// Polls that failed in a row before a source counts as unheard.
const FAILURES: u32 = 3;
const WEEK: i64 = 7;

/// Writes the summaries whose hour has come into the outbox.
pub async fn summarise(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for due in notify::due_digests(context).await? {
        work.took(write(context, &due).await);
    }
    work.outcome()
}

async fn write(context: &Context, due: &DueDigest) -> anyhow::Result<bool> {
    let scope = context.scope(due.organization);
    let mut outbox = Outbox::load(context, due.organization).await?;
    let t = outbox.texts();
    let place = warn::store::place(&scope).await?;
    let (kind, subject, body) = match due.period {
        Period::Day => (NoticeKind::Digest, "digest-subject", day(context, &scope, t, &place).await?),
        Period::Week => (NoticeKind::Weekly, "weekly-subject", week(context, &scope, t, &place).await?),
    };
    let notice = Notice {
        kind,
        dedupe_key: due.dedupe_key.clone(),
        subject: t.with(subject, &[("name", place.name.as_str().into())]).into_owned(),
        body,
        path: Some("/today".to_owned()),
    };
    let mut batch = Batch::new();
    outbox.put(&mut batch, &notice);
    match scope.write(batch).await {
        Ok(_) => context.wakes.wake(notify::QUEUED),
        // Another process wrote it meanwhile.
        Err(error) if error.is_conflict() => {}
        Err(error) => return Err(error.into()),
    }
    // Once is enough: the next run asks again what is due.
    Ok(false)
}

/// Mentions of some days: all, negative.
async fn heard(scope: &Scope, from: i64, to: i64) -> anyhow::Result<(i64, i64)> {
    let days = understand::store::counts::days(scope, from).await?;
    let days = days.iter().filter(|day| day.day <= to);
    Ok(days.fold((0, 0), |(all, bad), day| (all + day.counts.iter().sum::<i64>(), bad + day.counts[0])))
}

async fn day(context: &Context, scope: &Scope, t: &Texts, place: &Place) -> anyhow::Result<String> {
    let now = context.now();
    let open = warn::store::warnings::open(scope, 50).await?;
    let mut body = t.with("digest-warnings", &[("n", (open.len() as i64).into())]).into_owned();
    for warning in open.iter().take(WARNINGS as usize) {
        let level = t.get(&format!("level-{}", warning.level));
        // Writing into a String does not fail.
        let _ = write!(body, "\n· {level}: {}", warn::words::headline(t, warning));
    }
    let yesterday = listen::rules::day_of(now, &place.zone) - 1;
    let (all, negative) = heard(scope, yesterday, yesterday).await?;
    let waiting = respond::store::waiting::count_pressing(context, scope).await?;
    let today = yesterday + 1;
    let promises = respond::store::promises::open(scope, 100).await?;
    let due = promises.iter().filter(|promise| promise.due_day <= today).count() as i64;
    let halfway = respond::store::replies::count_halfway(scope).await?;
    let mut lines = vec![
        t.with("digest-heard", &[("n", all.into()), ("negative", negative.into())]),
        t.with("digest-waiting", &[("n", waiting.into())]),
    ];
    if due > 0 {
        lines.push(t.with("digest-promises", &[("n", due.into())]));
    }
    if halfway > 0 {
        lines.push(t.with("digest-halfway", &[("n", halfway.into())]));
    }
    for line in lines {
        let _ = write!(body, "\n\n{line}");
    }
    Ok(body)
}

async fn week(context: &Context, scope: &Scope, t: &Texts, place: &Place) -> anyhow::Result<String> {
    let now = context.now();
    let today = listen::rules::day_of(now, &place.zone);
    let (all, _) = heard(scope, today - WEEK, today - 1).await?;
    let warnings = warnings_of_the_week(scope, now).await?;
    let mut body = format!(
        "{}\n\n{} {}\n\n{}",
        t.get("weekly-lead"),
        t.with("weekly-heard", &[("n", all.into())]),
        t.with("weekly-warnings", &[("n", warnings.into())]),
        t.get("weekly-blind"),
    );
    for source in listen::store::sources::sources(scope).await? {
        let name = ("source", source.name.as_str().into());
        let age = source.newest_day.map(|day| today - day);
        let line = match age {
            _ if source.failures >= FAILURES || source.state == "gone" => t.with("weekly-failing", &[name]),
            Some(days) if source.url.is_none() && days > STALE_DAYS => {
                t.with("weekly-stale", &[name, ("days", days.into())])
            }
            _ => continue,
        };
        let _ = write!(body, "\n· {line}");
    }
    let _ = write!(body, "\n· {}", t.get("weekly-unheard"));
    Ok(body)
}

/// Warnings raised in the last week that told the owner.
async fn warnings_of_the_week(scope: &Scope, now: Timestamp) -> anyhow::Result<i64> {
    let week = SignedDuration::from_hours(24 * WEEK);
    Ok(warn::store::warnings::opened(scope, now - week, now).await?)
}
