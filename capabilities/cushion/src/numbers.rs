//! The numbers of this room for one organisation, now: [`numbers`] for *Hoy*, [`whole`] for the room's own page. Both read
//! day counts and the ends of indexes, never history.

use domain::SourceId;
use foundation::store::{Scope, StoreError};

use crate::RATINGS_MIN;
use crate::newcomer::{self, Newest, until_most_of_ten};
use crate::nota::{Nota, nota};
use crate::store::{self, RatedSource};
use crate::surface::{Effort, Habit, Quantiles, Rating, Surface, fragility};

/// Days in which what is said counts as said lately.
pub const LATELY_DAYS: i64 = 28;

/// The cushion of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceCushion {
    /// What the owner calls the source.
    pub name: String,
    /// Ratings behind it.
    pub count: u64,
    /// The figure strangers see.
    pub displayed: f64,
    /// The threshold below which it turns bad.
    pub threshold: f64,
    /// Angry customers until it does.
    pub k: u64,
    /// The same after an ordinary week.
    pub week: Quantiles,
    /// Bad ratings until most of the newest ten are bad.
    pub until_most_of_ten: u64,
    /// Bad ones among the newest ten.
    pub bad_of_ten: u64,
    /// Five-star ratings that buy one more.
    pub good_per_angry: u64,
}

impl SourceCushion {
    /// What gives way first.
    pub fn weakest(&self) -> u64 {
        self.k.min(self.until_most_of_ten)
    }
}

/// Nota and Colchón.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// The time-weighted mean; `None` below the minimum.
    pub nota: Option<Nota>,
    /// Ratings there are.
    pub ratings: u64,
    /// Ratings of the source that has most: a cushion needs enough in one place.
    pub ratings_in_one_source: u64,
    /// Sources with enough ratings, the one that gives way first in front.
    pub cushions: Vec<SourceCushion>,
}

/// Computes the numbers from the day counts. `today` in days since 1970.
pub async fn numbers(scope: &Scope, today: i64) -> Result<Numbers, StoreError> {
    let sources = store::rated_sources(scope).await?;
    let rated = rated(scope, &sources, today).await?;
    Ok(numbers_of(&sources, today, rated.iter().map(|r| r.cushion.clone()).collect()))
}

fn numbers_of(sources: &[RatedSource], today: i64, cushions: Vec<SourceCushion>) -> Numbers {
    let ratings = sources.iter().map(RatedSource::count).sum();
    let by_age = sources.iter().flat_map(|s| &s.days).map(|(day, stars)| ((today - day) as f64, *stars));
    let nota = (ratings >= RATINGS_MIN).then(|| nota(by_age));
    let ratings_in_one_source = sources.iter().map(RatedSource::count).max().unwrap_or(0);
    Numbers { nota, ratings, ratings_in_one_source, cushions }
}

/// A source with enough ratings, and what its cushion was computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// Which source.
    pub id: SourceId,
    /// Its cushion.
    pub cushion: SourceCushion,
    /// How it shows its ratings, judged by the next threshold below what it shows.
    pub surface: Surface,
    /// Its ratings.
    pub ratings: Vec<Rating>,
    /// Whether each of the newest ten is bad, newest first.
    pub newest_bad: Vec<bool>,
    /// What arrives in an ordinary week.
    pub habit: Habit,
}

/// One way of looking at a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What the owner calls the source.
    pub name: String,
    /// Whether it is what a stranger sees who counts old ratings less, and not what the source shows.
    pub perceived: bool,
    /// The figure.
    pub shown: f64,
    /// The threshold below which it turns bad.
    pub threshold: f64,
    /// Angry customers until it does.
    pub k: u64,
    /// The same after an ordinary week.
    pub week: Quantiles,
    /// Days until half of it is left if nobody writes.
    pub runway_days: Option<u32>,
    /// How it compares with an ordinary bad week: `none`, `thin`, `fair`, `good`, `thick`.
    pub fragility: &'static str,
}

/// What a stranger reads first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Newcomer {
    /// Of each source: its name, bad ones among the newest ten, and angry customers in a week from which on the risk is more
    /// than one in ten that four of the newest ten are bad.
    pub newest: Vec<(String, u64, Option<u64>)>,
    /// Negative and all mentions of the last four weeks.
    pub lately: (u64, u64),
    /// Negative ones until they are four of ten of them.
    pub until_share: u64,
    /// Results on the first page: the newest mentions of all sources.
    pub first_page: usize,
    /// How much of the attention its negative ones have.
    pub attention: f64,
    /// How many more may turn negative before they have a quarter.
    pub until_attention: Option<u64>,
}

/// Everything the room's page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// What *Hoy* shows.
    pub numbers: Numbers,
    /// Sources with enough ratings, the one that gives way first in front.
    pub rated: Vec<Rated>,
    /// Each of them, as it shows itself and as a stranger sees it.
    pub seen: Vec<Seen>,
    /// What is read first.
    pub newcomer: Newcomer,
}

impl Whole {
    /// The source with this id, else the one whose mean takes least.
    pub fn place(&self, id: Option<SourceId>) -> Option<&Rated> {
        let asked = self.rated.iter().find(|r| Some(r.id) == id);
        asked.or(self.rated.iter().min_by_key(|r| r.cushion.k))
    }
}

/// Computes everything. `today` in days since 1970.
pub async fn whole(scope: &Scope, today: i64) -> Result<Whole, StoreError> {
    let sources = store::rated_sources(scope).await?;
    let rated = rated(scope, &sources, today).await?;
    let mut seen: Vec<Seen> = rated.iter().flat_map(|r| [shown(r), perceived(r)]).collect();
    seen.sort_by_key(|s| (s.k, s.perceived));
    let newcomer = newcomer(scope, &rated, today).await?;
    let numbers = numbers_of(&sources, today, rated.iter().map(|r| r.cushion.clone()).collect());
    Ok(Whole { numbers, rated, seen, newcomer })
}

async fn rated(scope: &Scope, sources: &[RatedSource], today: i64) -> Result<Vec<Rated>, StoreError> {
    let mut rated = Vec::new();
    for source in sources.iter().filter(|s| s.count() >= RATINGS_MIN) {
        let newest = store::newest_bad(scope, source.id, newcomer::SHOWN as u32).await?;
        rated.push(rate(source, today, newest));
    }
    rated.sort_by_key(|r| (r.cushion.weakest(), r.cushion.k, std::cmp::Reverse(r.cushion.count)));
    Ok(rated)
}

fn rate(source: &RatedSource, today: i64, newest_bad: Vec<bool>) -> Rated {
    let ratings: Vec<Rating> = source
        .days
        .iter()
        .flat_map(|(day, stars)| {
            stars.iter().zip(1..).filter(|(n, _)| **n > 0).map(move |(n, grade)| Rating {
                age_days: (today - day).max(0) as f64,
                grade: f64::from(grade),
                count: *n,
            })
        })
        .collect();
    let surface = Surface::of_source(source.kind).at_next_threshold(&ratings);
    let tau = surface.tau();
    let habit = Habit::of(&ratings);
    let cushion = SourceCushion {
        name: source.name.clone(),
        count: source.count(),
        displayed: surface.mean(&ratings).map_or(0.0, |mean| surface.displayed(mean)),
        threshold: surface.threshold,
        k: surface.cushion(&ratings, 1.0).unwrap_or(u64::MAX),
        week: surface.after_a_week(&ratings, &habit, Effort::PAGE),
        until_most_of_ten: until_most_of_ten(&newest_bad),
        bad_of_ten: newest_bad.iter().filter(|bad| **bad).count() as u64,
        good_per_angry: ((tau - 1.0) / (5.0 - tau)).ceil() as u64,
    };
    Rated { id: source.id, cushion, surface, ratings, newest_bad, habit }
}

fn shown(rated: &Rated) -> Seen {
    let c = &rated.cushion;
    Seen {
        name: c.name.clone(),
        perceived: false,
        shown: c.displayed,
        threshold: c.threshold,
        k: c.k,
        week: c.week,
        runway_days: rated.surface.runway_days(&rated.ratings),
        fragility: fragility(c.week.k10, rated.habit.weekly_negative),
    }
}

fn perceived(rated: &Rated) -> Seen {
    let surface = Surface::perceived().at_next_threshold(&rated.ratings);
    let week = surface.after_a_week(&rated.ratings, &rated.habit, Effort::PAGE);
    Seen {
        name: rated.cushion.name.clone(),
        perceived: true,
        shown: surface.mean(&rated.ratings).map_or(0.0, |mean| surface.displayed(mean)),
        threshold: surface.threshold,
        k: surface.cushion(&rated.ratings, 1.0).unwrap_or(u64::MAX),
        week,
        runway_days: surface.runway_days(&rated.ratings),
        fragility: fragility(week.k10, rated.habit.weekly_negative),
    }
}

async fn newcomer(scope: &Scope, rated: &[Rated], today: i64) -> Result<Newcomer, StoreError> {
    let (negative, all) = store::mentions_since(scope, today - LATELY_DAYS + 1).await?;
    let first: Vec<bool> = store::newest_negative(scope, newcomer::SHOWN as u32).await?;
    let (attention, until_attention) = newcomer::first_page(&first, newcomer::ATTENTION_BAD_SHARE);
    let newest = rated
        .iter()
        .map(|r| {
            let arrivals = r.habit.arrivals_few();
            let newest = Newest {
                negative: &r.newest_bad,
                arrivals: &arrivals,
                negative_share: r.habit.negative_share(),
            };
            (r.cushion.name.clone(), r.cushion.bad_of_ten, newest.cushion())
        })
        .collect();
    Ok(Newcomer {
        newest,
        lately: (negative, all),
        until_share: newcomer::until_share(negative, all, newcomer::MENTIONS_BAD_SHARE),
        first_page: first.len(),
        attention,
        until_attention,
    })
}
