//! The commercial rules, as their makers publish them, read kindly: they are looked at whenever a mention arrives instead
//! of once an hour or a day, and two of them are told for certain which mentions are negative.
//!
//! * *150 %*: the last day has more than one and a half times the mean of the seven days before. No minimum is published.
//! * *three sigma*: the last day has more than the mean and three standard deviations of the fourteen days before; at
//!   least four mentions must be known.

use super::chance::DAY;
use super::stream::{Event, Stream};

/// How a rule is called in tables, what it counts, and when it fires.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    counts: fn(&Event) -> bool,
    days: usize,
    fires: fn(now: f64, before: &[f64]) -> bool,
}

/// All of them.
pub const RULES: [Rule; 3] = [
    Rule { name: "150 % of 7 days", counts: |_| true, days: 7, fires: is_half_more },
    Rule { name: "150 %, negatives", counts: Event::is_negative, days: 7, fires: is_half_more },
    Rule { name: "3 sigma, negatives", counts: Event::is_negative, days: 14, fires: is_three_sigma },
];

impl Rule {
    /// When it fires, from the moment on when alarms count.
    pub fn alarms(&self, stream: &Stream) -> Vec<i64> {
        let seen: Vec<i64> = stream.events.iter().filter(|e| (self.counts)(e)).map(|e| e.seen).collect();
        let until = |moment: i64| seen.partition_point(|&at| at <= moment);
        let mut before = vec![0.0; self.days];
        let mut alarms = Vec::new();
        for &now in seen.iter().filter(|&&at| at >= stream.eval_from) {
            let mut end = now;
            let mut upto = until(now);
            let mut last_day = 0.0;
            for day in 0..=self.days {
                end -= DAY;
                let from = until(end);
                let count = (upto - from) as f64;
                upto = from;
                match day.checked_sub(1) {
                    None => last_day = count,
                    Some(past) => before[past] = count,
                }
            }
            if (self.fires)(last_day, &before) {
                alarms.push(now);
            }
        }
        alarms
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn is_half_more(now: f64, before: &[f64]) -> bool {
    now > 1.5 * mean(before)
}

fn is_three_sigma(now: f64, before: &[f64]) -> bool {
    let mean_before = mean(before);
    let variance =
        before.iter().map(|x| (x - mean_before).powi(2)).sum::<f64>() / (before.len() as f64 - 1.0);
    now + before.iter().sum::<f64>() >= 4.0 && now > mean_before + 3.0 * variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_fire_as_published() {
        assert!(is_half_more(1.0, &[0.0; 7]), "one mention after a silent week");
        assert!(!is_half_more(1.5, &[1.0; 7]));
        assert!(is_half_more(2.0, &[1.0; 7]));
        assert!(!is_three_sigma(3.0, &[0.0; 14]), "fewer than four are known");
        assert!(is_three_sigma(4.0, &[0.0; 14]));
        let mut before = [0.0; 14];
        before[3] = 4.0;
        assert!(!is_three_sigma(3.0, &before), "an older day like it widens the band");
    }

    #[test]
    fn only_the_day_before_counts_as_now() {
        let at = |day: i64| Event {
            at: day * DAY,
            seen: day * DAY,
            source: "google",
            place: None,
            topic: None,
            rating: Some(1),
            sentiment: -1,
            author: String::new(),
            text: String::new(),
            campaign: false,
        };
        let events = (0..30).map(at).chain([at(30), at(30), at(30)]).collect();
        let name = String::new();
        let stream = Stream { name, tier: "case", start: 0, eval_from: 20 * DAY, end: 40 * DAY, events };
        for rule in RULES {
            let alarms = rule.alarms(&stream.clone().in_order());
            assert!(!alarms.is_empty() && alarms.iter().all(|&at| at == 30 * DAY), "{}", rule.name);
        }
    }
}
