//! `timon demo`: an invented bar in Valencia with three years of mentions and a local campaign under way, in a
//! temporary folder that goes when the program ends. The only place where Timón shows what nobody said.

use accounts::NewOrganization;
use connectors::item::{Item, ItemKind, PostedAt, Rating, Reply};
use demo::{DemoMention, DemoSource};
use domain::{FixId, OrganizationKind, SourceKind, WatchKind, WatchTermId};
use foundation::Context;
use foundation::config::{self, Config};
use foundation::steps::settle;
use foundation::store::Batch;
use foundation::web::Locale;
use listen::rules::day_of;
use listen::save::{Origin, save};
use listen::store::sources;
use understand::rules::names::Term;
use understand::store::fixes::{self, Fix};
use understand::store::watch;

use super::serve;
use crate::schedule;

/// Options.
#[derive(clap::Args)]
pub struct Arguments {
    /// Seed of the invented world: the same number, the same bar.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Language of the owner: es or en. Default: the terminal's.
    #[arg(long)]
    language: Option<String>,
}

const EMAIL: &str = "demo@timon.example";
const PASSWORD: &str = "tortilla-sin-prisa";

/// Runs `timon demo`.
pub async fn run(mut settings: Config, arguments: &Arguments) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("timon-demo-").tempdir()?;
    settings.data_dir = folder.path().to_owned();
    settings.database = None;
    // Invented warnings reach nobody.
    (settings.mail, settings.telegram) = (None, None);
    if settings.origins.get("listen").is_none_or(|(_, origin)| *origin == config::Origin::Default) {
        // Beside a real installation on the usual port.
        settings.listen.set_port(settings.listen.port() + 1);
    }
    settings.demo = Some((EMAIL.to_owned(), PASSWORD.to_owned()));
    let language = arguments.language.clone().unwrap_or_else(|| settings.terminal_language.clone());
    let (context, _lock) = super::open(settings).await?;
    fill(&context, arguments.seed, Locale::parse(&language).unwrap_or(Locale::Es)).await?;
    let t = super::terminal_texts(&context.config);
    println!("{}", t.with("cli-demo", &[("email", EMAIL.into()), ("password", PASSWORD.into())]));
    serve::serve(context).await
}

/// Fills an empty installation with the invented bar.
pub async fn fill(context: &Context, seed: u64, locale: Locale) -> anyhow::Result<()> {
    let profile = demo::profile(locale.as_str());
    let new = NewOrganization {
        name: profile.name.to_owned(),
        town: profile.town.to_owned(),
        kind: OrganizationKind::Bar,
        time_zone: profile.time_zone.to_owned(),
        locale,
    };
    let organization = accounts::create_demo_owner(context, &new, (EMAIL, PASSWORD)).await?;
    let scope = context.scope(organization);
    let zone = jiff::tz::TimeZone::get(profile.time_zone)?;
    scope.write(owners_notes(context, &profile, day_of(context.now(), &zone))).await?;
    let mentions = demo::mentions(seed, context.now());
    for from in DemoSource::ALL {
        let (kind, name) = source(from, locale);
        let items: Vec<Item> = mentions.iter().filter(|m| m.source == from).map(item).collect();
        let id = sources::ensure(context, &scope, kind, name, None).await?;
        let origin = Origin { source: id, import: None, zone: &zone };
        save(context, &scope, &origin, items, |_| Batch::new()).await?;
    }
    settle(schedule::STEPS, context).await
}

/// What the owner noted: the person hired for the terrace, and the dishes to follow.
fn owners_notes(context: &Context, profile: &demo::Profile, today: i64) -> Batch {
    let mut batch = Batch::new();
    let fix = Fix {
        id: FixId(context.new_id()),
        aspect: "wait".to_owned(),
        what: profile.change.what.to_owned(),
        day: today - profile.change.days_ago,
    };
    fixes::insert(&mut batch, &fix, context.now());
    let dishes: Vec<Term> = profile
        .dishes
        .iter()
        .map(|dish| Term {
            id: WatchTermId(context.new_id()),
            kind: WatchKind::Product,
            term: (*dish).to_owned(),
            required: Vec::new(),
            excluded: Vec::new(),
        })
        .collect();
    watch::insert(&mut batch, &dishes, context.now());
    batch
}

fn source(from: DemoSource, locale: Locale) -> (SourceKind, &'static str) {
    match (from, locale) {
        (DemoSource::Google, _) => (SourceKind::Google, "Google"),
        (DemoSource::TripAdvisor, _) => (SourceKind::TripAdvisor, "TripAdvisor"),
        (DemoSource::Instagram, _) => (SourceKind::Feed, "Instagram"),
        (DemoSource::LocalPress, Locale::Es) => (SourceKind::Feed, "Prensa local"),
        (DemoSource::LocalPress, Locale::En) => (SourceKind::Feed, "Local press"),
        (DemoSource::ToldInPerson, Locale::Es) => (SourceKind::InPerson, "Nos lo dijeron"),
        (DemoSource::ToldInPerson, Locale::En) => (SourceKind::InPerson, "Told in person"),
    }
}

fn item(m: &DemoMention) -> Item {
    let reviews = matches!(m.source, DemoSource::Google | DemoSource::TripAdvisor);
    let reply = match &m.reply {
        Some(reply) => Reply::Answered { text: Some(reply.text.clone()), at: Some(reply.at) },
        None if reviews => Reply::None,
        None => Reply::Unknown,
    };
    Item {
        external_id: Some(m.external_id.clone()),
        kind: if reviews { ItemKind::Review } else { ItemKind::Post },
        url: m.url.clone(),
        author: Some(m.author.clone()),
        title: m.title.clone(),
        text: m.text.clone(),
        rating: m.stars.map(|n| Rating { value: f64::from(n), best: 5.0 }),
        language_declared: None,
        posted_at: Some(PostedAt { at: m.posted_at, precise: true }),
        reply,
        place: None,
    }
}
