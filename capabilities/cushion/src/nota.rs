//! *Nota*: the time-weighted star mean with a stated prior. A rating counts half as much after a year; everybody starts
//! with four ratings of 3.5 stars, so that two friends do not make a five. Interval: 90 %, from the weighted variance
//! and Kish's effective number (Σw)²/Σw² of ratings, the prior included.

/// A rating counts half after so many days.
pub const HALF_LIFE_DAYS: f64 = 365.0;
/// The prior's mean.
pub const PRIOR_MEAN: f64 = 3.5;
/// The prior's weight, in ratings.
pub const PRIOR_WEIGHT: f64 = 4.0;
/// Normal quantile of a two-sided 90 % interval.
const Z90: f64 = 1.645;

/// A mean with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nota {
    /// The mean.
    pub value: f64,
    /// Lower end, 90 %.
    pub low: f64,
    /// Upper end, 90 %.
    pub high: f64,
    /// Ratings behind it.
    pub count: u64,
}

/// Computes it from how many ratings of 1 to 5 stars were given at each age in days.
pub fn nota(by_age: impl IntoIterator<Item = (f64, [u64; 5])>) -> Nota {
    let (mut w1, mut w2, mut sum, mut squares, mut count) = (0.0, 0.0, 0.0, 0.0, 0);
    for (age, stars) in by_age {
        let weight = (-age.max(0.0) / HALF_LIFE_DAYS).exp2();
        for (n, grade) in stars.into_iter().zip([1.0, 2.0, 3.0, 4.0, 5.0f64]) {
            let mass = weight * n as f64;
            w1 += mass;
            w2 += weight * mass;
            sum += mass * grade;
            squares += mass * grade * grade;
            count += n;
        }
    }
    let value = (PRIOR_WEIGHT * PRIOR_MEAN + sum) / (PRIOR_WEIGHT + w1);
    let variance = if w1 > 0.0 { (squares / w1 - (sum / w1).powi(2)).max(0.05) } else { 2.0 };
    let effective = if w2 > 0.0 { w1 * w1 / w2 } else { 0.0 };
    let half = Z90 * (variance / (effective + PRIOR_WEIGHT)).sqrt();
    Nota { value, low: (value - half).max(1.0), high: (value + half).min(5.0), count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ratings_weigh_more_and_the_prior_fades() {
        let two_friends = nota([(1.0, [0, 0, 0, 0, 2])]);
        assert!((3.9..4.1).contains(&two_friends.value), "{two_friends:?}");
        let many = nota([(1.0, [0, 0, 0, 0, 500])]);
        assert!(many.value > 4.98 && many.high <= 5.0);
        let better_lately = nota([(10.0, [0, 0, 0, 0, 20]), (1_000.0, [20, 0, 0, 0, 0])]);
        let worse_lately = nota([(10.0, [20, 0, 0, 0, 0]), (1_000.0, [0, 0, 0, 0, 20])]);
        assert!(better_lately.value > 4.0 && worse_lately.value < 2.0);
    }

    #[test]
    fn the_interval_holds_the_value_and_narrows() {
        let few = nota([(5.0, [1, 1, 2, 3, 5])]);
        let many = nota([(5.0, [10, 10, 20, 30, 50])]);
        assert!(few.low < few.value && few.value < few.high);
        assert!(many.high - many.low < few.high - few.low);
        assert_eq!(nota([]).count, 0);
    }
}
