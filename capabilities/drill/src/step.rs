//! Background work of this room: preparing a drill, and giving up those nobody ends.
//!
//! What must stay true: of the real store only `drill` and the lease are written. A run that was cut short is begun anew,
//! on a new copy.

use connectors::item::{Item, PostedAt, Rating};
use domain::{DrillId, MentionId, OrganizationId, OrganizationKind, SourceId, WarningLevel};
use foundation::Context;
use foundation::steps::{Lease, Progress, Work};
use foundation::store::{Batch, Scope, StoreError};
use foundation::values;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use listen::save::{Origin, save};

use crate::copy::{self, Claim};
use crate::rules::{Found, Seen};
use crate::store::{self, Her};

/// Drills prepared in one run, and given up in one run.
const AT_ONCE: u32 = 5;
/// Voices of the smallest campaign; and how many more come after the warning, so that there is something to answer.
const VOICES_MIN: usize = 8;
const AFTER_WARNING: usize = 3;
/// Times at which voices come in. Who hears much is not moved by eight of them: then several come at each time.
const TURNS: usize = 40;
const EACH_MAX: usize = 8;
/// Days over which it is counted how much she hears.
const USUAL_DAYS: i64 = 28;
/// The detector decides minute by minute: what was said is decided after this…
const DECIDED: SignedDuration = SignedDuration::from_mins(2);
/// …and the next voice comes so much later.
const PAUSE: SignedDuration = SignedDuration::from_mins(13);
/// The hour at which the invented campaign begins.
const BEGINS: i64 = 10;
/// Rounds of a step until it rests; it never needs so many.
const ROUNDS_MAX: usize = 200;

/// Prepares the drills somebody asked for.
pub async fn prepare(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id) in store::preparing(context, AT_ONCE).await? {
        work.took(prepare_claimed(context, organization, id).await);
    }
    work.outcome()
}

async fn prepare_claimed(
    context: &Context,
    organization: OrganizationId,
    id: DrillId,
) -> anyhow::Result<bool> {
    let Some(lease) = Lease::claim(context, format!("drill:{id}")).await? else { return Ok(false) };
    let scope = context.scope(organization);
    let outcome = match play(context, &scope, &lease, id).await {
        Ok(found) => {
            let mut batch = Batch::new();
            store::ready(&mut batch, id, &found);
            scope.write(lease.guard(context.now(), batch)).await.map_err(anyhow::Error::from)
        }
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        // A drill that cannot be prepared keeps nobody waiting, and leaves nothing behind.
        copy::forget(context, id)?;
        let mut batch = Batch::new();
        store::abandon(&mut batch, id, context.now());
        scope.write(batch).await?;
        lease.release(context).await?;
        return Err(error);
    }
    lease.release(context).await?;
    Ok(true)
}

/// A story that ended or was judged so long ago still colours the days before a drill…
const LATELY: SignedDuration = SignedDuration::from_hours(24 * 7);
/// …and one that has been going on for longer than this is what is usual by now.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The moment a campaign begins: at ten on her clocks, yesterday or, where something is really going on, the day before
/// that began. What is invented must not be mixed with what is true.
async fn beginning(real: &Scope, now: Timestamp, her: &Her) -> Result<Timestamp, StoreError> {
    let followed = warn::store::warnings::followed(real, now - LATELY).await?;
    let stories = followed.iter().filter(|warning| warning.level != WarningLevel::Watch);
    let trouble = stories.map(|warning| warning.since_at).filter(|since| *since > now - LONG).min();
    let quiet_until = trouble.map_or(now, |since| since.min(now));
    let day = quiet_until.to_zoned_datetime(her.zone.clone());
    let day_before = day.checked_sub(1.day()).and_then(|day| day.start_of_day());
    let begins = day_before.and_then(|day| day.checked_add(BEGINS.hours()));
    Ok(begins.map_or(quiet_until - SignedDuration::from_hours(24), |begins| begins.timestamp()))
}

/// Fills a copy and plays the campaign in it.
async fn play(context: &Context, real: &Scope, lease: &Lease, id: DrillId) -> anyhow::Result<Found> {
    let Some(drill) = store::one(real, id).await? else { anyhow::bail!("the drill is gone") };
    let Some(her) = store::her(real).await? else { anyhow::bail!("the organisation is gone") };
    let began = beginning(real, context.now(), &her).await?;
    let inside = copy::make(context, id, began).await?;
    let scope = inside.scope(real.organization());
    let claim = Claim { context, real, lease };
    let history = copy::fill(&claim, &scope, began).await?;
    weigh(&inside).await?;
    claim.renew().await?;
    let mut stage = Stage { inside: &inside, scope: &scope, her: &her, began, heard: 0, seen: None };
    let each = each(&scope, began).await?;
    let person = her.kind == OrganizationKind::Person;
    let voices = demo::drill_voices(id.0 as u64, &drill.locale, person, &her.town, TURNS * each);
    let source = stage.source(&drill.locale).await?;
    for turn in voices.chunks(each) {
        stage.hear(source, turn).await?;
        claim.renew().await?;
        let after = stage.seen.as_ref().map(|seen| seen.voices as usize + AFTER_WARNING);
        if after.is_some_and(|enough| stage.heard as usize >= enough.max(VOICES_MIN)) {
            break;
        }
    }
    Ok(Found { history, began_at: began.as_second(), voices: stage.heard, seen: stage.seen })
}

/// How many voices come at a time, from how many unhappy ones she hears in a day.
async fn each(scope: &Scope, began: Timestamp) -> Result<usize, StoreError> {
    let since = MentionId::first_of(began - SignedDuration::from_hours(24 * USUAL_DAYS));
    let unhappy: i64 = scope.one(&store::UNHAPPY, values![since]).await?.map_or(Ok(0), |row| row.get(0))?;
    let a_day = unhappy / USUAL_DAYS;
    Ok((a_day as usize * 3).div_ceil(TURNS).clamp(1, EACH_MAX))
}

async fn weigh(inside: &Context) -> anyhow::Result<()> {
    for _ in 0..ROUNDS_MAX {
        if warn::step::weigh(inside).await? == Progress::Idle {
            return Ok(());
        }
    }
    anyhow::bail!("weighing a copy does not come to rest")
}

async fn read(inside: &Context) -> anyhow::Result<()> {
    for _ in 0..ROUNDS_MAX {
        if understand::step::read_pending(inside).await? == Progress::Idle {
            return Ok(());
        }
    }
    anyhow::bail!("reading a copy does not come to rest")
}

/// Where the campaign is played.
struct Stage<'a> {
    inside: &'a Context,
    scope: &'a Scope,
    her: &'a Her,
    began: Timestamp,
    heard: u32,
    seen: Option<Seen>,
}

impl Stage<'_> {
    /// Where the voices are heard, and whether it has stars: where most is heard.
    async fn source(&self, locale: &str) -> Result<(SourceId, bool), StoreError> {
        let busiest = self.scope.one(&store::BUSIEST, vec![]).await?.map(|row| row.get(0)).transpose()?;
        if let Some(busiest) = busiest
            && let Some(source) = listen::store::sources::source(self.scope, busiest).await?
        {
            return Ok((source.id, source.kind.has_reviews()));
        }
        let name = if locale == "en" { "Drill" } else { "Simulacro" };
        let made =
            listen::store::sources::ensure(self.inside, self.scope, domain::SourceKind::File, name, None);
        Ok((made.await?, true))
    }

    /// Some voices come in, are read and weighed, and time passes.
    async fn hear(
        &mut self,
        (source, stars): (SourceId, bool),
        voices: &[demo::DrillVoice],
    ) -> anyhow::Result<()> {
        let now = self.inside.now();
        let items: Vec<Item> = voices
            .iter()
            .enumerate()
            .map(|(at, voice)| Item {
                external_id: Some(format!("drill-{}", self.heard as usize + at)),
                author: Some(voice.author.clone()),
                text: voice.text.clone(),
                rating: stars.then_some(Rating { value: f64::from(voice.stars), best: 5.0 }),
                posted_at: Some(PostedAt { at: now, precise: true }),
                ..Item::default()
            })
            .collect();
        let origin = Origin { source, import: None, zone: &self.her.zone };
        save(self.inside, self.scope, &origin, items, |_| Batch::new()).await?;
        self.heard += voices.len() as u32;
        read(self.inside).await?;
        weigh(self.inside).await?;
        self.inside.clock.advance(DECIDED.unsigned_abs());
        weigh(self.inside).await?;
        self.look().await?;
        self.inside.clock.advance(PAUSE.unsigned_abs());
        Ok(())
    }

    /// Looks whether she would have been told since the campaign began.
    async fn look(&mut self) -> Result<(), StoreError> {
        if self.seen.is_some() {
            return Ok(());
        }
        let open = warn::store::warnings::open(self.scope, 20).await?;
        let told = open.iter().find(|warning| warning.told.is_some_and(|(at, _)| at >= self.began));
        self.seen = told.map(|warning| Seen {
            warning: warning.id,
            minutes: self.inside.now().duration_since(self.began).as_mins(),
            voices: self.heard,
            level: warning.level,
        });
        Ok(())
    }
}

/// Gives up the drills nobody ended within a day, and deletes copies no drill needs.
pub async fn forget(context: &Context) -> anyhow::Result<Progress> {
    let mut work = Work::default();
    for (organization, id) in store::stale(context, AT_ONCE).await? {
        work.took(give_up(context, organization, id).await.map(|()| true));
    }
    for id in copy::present(context) {
        if store::needed(context, id).await?.is_none() {
            work.took(copy::forget(context, id).map(|()| true).map_err(Into::into));
        }
    }
    work.outcome()
}

/// Ends a drill before its end: its copy goes first, so that none is left whatever happens in between.
pub async fn give_up(context: &Context, organization: OrganizationId, id: DrillId) -> anyhow::Result<()> {
    copy::forget(context, id)?;
    let mut batch = Batch::new();
    store::abandon(&mut batch, id, context.now());
    context.scope(organization).write(batch).await?;
    Ok(())
}
