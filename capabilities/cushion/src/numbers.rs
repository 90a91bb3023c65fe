//! The two numbers of this room for one organisation, now.

use foundation::store::{Scope, StoreError};

use crate::RATINGS_MIN;
use crate::newcomer::until_most_of_ten;
use crate::nota::{Nota, nota};
use crate::store::{self, RatedSource};
use crate::surface::{Effort, Habit, Quantiles, Rating, Surface};

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
    let ratings = sources.iter().map(RatedSource::count).sum();
    let by_age = sources.iter().flat_map(|s| &s.days).map(|(day, stars)| ((today - day) as f64, *stars));
    let nota = (ratings >= RATINGS_MIN).then(|| nota(by_age));
    let mut cushions = Vec::new();
    for source in sources.iter().filter(|s| s.count() >= RATINGS_MIN) {
        let newest = store::newest_bad(scope, source.id, 10).await?;
        cushions.push(cushion(source, today, &newest));
    }
    cushions.sort_by_key(|c| (c.weakest(), c.k, std::cmp::Reverse(c.count)));
    let ratings_in_one_source = sources.iter().map(RatedSource::count).max().unwrap_or(0);
    Ok(Numbers { nota, ratings, ratings_in_one_source, cushions })
}

fn cushion(source: &RatedSource, today: i64, newest_bad: &[bool]) -> SourceCushion {
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
    SourceCushion {
        name: source.name.clone(),
        count: source.count(),
        displayed: surface.mean(&ratings).map_or(0.0, |mean| surface.displayed(mean)),
        threshold: surface.threshold,
        k: surface.cushion(&ratings, 1.0).unwrap_or(u64::MAX),
        week: surface.after_a_week(&ratings, &Habit::of(&ratings), Effort::PAGE),
        until_most_of_ten: until_most_of_ten(newest_bad),
        bad_of_ten: newest_bad.iter().filter(|bad| **bad).count() as u64,
        good_per_angry: ((tau - 1.0) / (5.0 - tau)).ceil() as u64,
    }
}
