//! Chance for made-up streams: the few distributions they need, over our own generator, so that the same seed gives the
//! same bytes for ever.

use crate::synthetic::Random;

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Seconds of an hour.
pub const HOUR: i64 = 3_600;
/// How likely a mention is at each hour of the day, in arbitrary units: little at night, most after meals.
const HOURS: [u64; 24] =
    [5, 3, 2, 1, 1, 2, 5, 10, 16, 20, 22, 24, 25, 27, 26, 22, 20, 20, 23, 26, 30, 32, 25, 13];

/// From 0 up to, not including, 1.
pub fn share(random: &mut Random) -> f64 {
    (random.next() >> 11) as f64 / (1u64 << 53) as f64
}

/// Whether something of this probability happens.
pub fn happens(random: &mut Random, probability: f64) -> bool {
    share(random) < probability
}

/// A waiting time of this mean.
pub fn exponential(random: &mut Random, mean: f64) -> f64 {
    -mean * (1.0 - share(random)).ln()
}

/// A gamma variable of mean one and a whole shape: the frailty of a day. The variance is one over the shape.
pub fn frailty(random: &mut Random, shape: u32) -> f64 {
    (0..shape).map(|_| exponential(random, 1.0)).sum::<f64>() / f64::from(shape)
}

/// How many arrive where `mean` are expected. Counted by waiting times, so its cost grows with the mean: for small ones.
pub fn poisson(random: &mut Random, mean: f64) -> u64 {
    let (mut count, mut waited) = (0, exponential(random, 1.0));
    while waited < mean {
        count += 1;
        waited += exponential(random, 1.0);
    }
    count
}

/// A second of the day, by the habits of people.
pub fn second_of_day(random: &mut Random) -> i64 {
    let mut at = random.below(HOURS.iter().sum());
    let mut hour = 0;
    for (number, weight) in (0i64..).zip(HOURS) {
        hour = number;
        if at < weight {
            break;
        }
        at -= weight;
    }
    hour * HOUR + random.below(HOUR.unsigned_abs()).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(draws: usize, mut draw: impl FnMut(&mut Random) -> f64) -> f64 {
        let mut random = Random::new(7);
        (0..draws).map(|_| draw(&mut random)).sum::<f64>() / draws as f64
    }

    #[test]
    fn distributions_have_their_means() {
        assert!((mean(20_000, share) - 0.5).abs() < 0.01);
        assert!((mean(20_000, |r| exponential(r, 3.0)) - 3.0).abs() < 0.1);
        assert!((mean(20_000, |r| frailty(r, 4)) - 1.0).abs() < 0.02);
        assert!((mean(20_000, |r| poisson(r, 2.5) as f64) - 2.5).abs() < 0.05);
    }

    #[test]
    fn a_frailty_of_four_varies_by_half_its_mean() {
        let variance = mean(40_000, |r| (frailty(r, 4) - 1.0).powi(2));
        assert!((variance - 0.25).abs() < 0.02, "{variance}");
    }

    #[test]
    fn people_write_by_day() {
        let night = mean(20_000, |r| f64::from(second_of_day(r) < 7 * HOUR));
        assert!(night < 0.08, "{night}");
        assert!(mean(1_000, |r| f64::from((0..DAY).contains(&second_of_day(r)))) > 0.999);
    }
}
