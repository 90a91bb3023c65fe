//! One table for many questions: a row of small integers per hashed bucket, one place (*lane*) per answer.
//!
//! A text, a sentence or a clause touches a few dozen buckets; adding their rows answers every question at once, at
//! the cost of one vector addition per bucket. What a lane means (an aspect, a cause, an intent) is its owner's
//! business, and so is what turns scores into probabilities: [`sigmoid`] where several lanes may hold,
//! [`softmax_of`] where exactly one does.
//!
//! Buckets come as [`crate::features`] makes them (the top [`BITS`] bits of a hash, see [`bucket_of`]); a smaller table drops their lowest
//! bits. They come in *groups* (words, characters, …), each of which has length one, so that the length of a text
//! does not decide. Learning: `train/lanes.rs`.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::features::BITS;

/// How many buckets can be added in sixteen bits without overflow: 258 × 127 < 2^15.
const ADDED_AT_ONCE: usize = 256;

/// The bucket of a hash, for any table.
#[inline]
pub(crate) const fn bucket_of(hash: u64) -> u32 {
    (hash >> (64 - BITS)) as u32
}

/// A table of `WIDTH` lanes; a width that is a multiple of eight is fastest. Lanes nobody uses stay zero.
#[derive(Clone, Debug)]
pub(crate) struct LaneTable<const WIDTH: usize> {
    bits: u32,
    /// Differs from that of every other table (but its own clones), for whoever keeps sums of its rows.
    pub stamp: u64,
    pub rows: Box<[[i8; WIDTH]]>,
    /// Table units to scores.
    pub scale: [f32; WIDTH],
    pub bias: [f32; WIDTH],
    /// Weights of the measures that come as plain numbers, one row per measure.
    pub dense: Box<[[f32; WIDTH]]>,
}

impl<const WIDTH: usize> LaneTable<WIDTH> {
    /// A table of 2^`bits` buckets (at most 2^[`BITS`]) and `dense` measures that says nothing yet.
    pub fn empty(bits: u32, dense: usize) -> Self {
        static STAMPS: AtomicU64 = AtomicU64::new(1);
        let bits = bits.min(BITS);
        Self {
            bits,
            stamp: STAMPS.fetch_add(1, Ordering::Relaxed),
            rows: vec![[0; WIDTH]; 1 << bits].into_boxed_slice(),
            scale: [0.0; WIDTH],
            bias: [0.0; WIDTH],
            dense: vec![[0.0; WIDTH]; dense].into_boxed_slice(),
        }
    }

    /// How many low bits of a bucket this table drops.
    pub const fn dropped_bits(&self) -> u32 {
        BITS - self.bits
    }

    /// The score of every lane. A missing measure counts as zero.
    pub fn scores(&self, groups: &[&[u32]], dense: &[f32]) -> [f32; WIDTH] {
        let mut scores = self.bias;
        for group in groups {
            self.add(&mut scores, &self.sums(group), group.len());
        }
        self.add_measures(&mut scores, dense);
        scores
    }

    /// Adds a group to scores: the sum of its rows and how many they are.
    pub fn add(&self, scores: &mut [f32; WIDTH], sums: &[i32; WIDTH], count: usize) {
        if count == 0 {
            return;
        }
        let size = 1.0 / (count as f32).sqrt();
        for ((score, sum), scale) in scores.iter_mut().zip(sums).zip(&self.scale) {
            *score += *sum as f32 * (scale * size);
        }
    }

    /// Adds the measures to scores.
    pub fn add_measures(&self, scores: &mut [f32; WIDTH], dense: &[f32]) {
        for (weights, measure) in self.dense.iter().zip(dense).filter(|(_, measure)| **measure != 0.0) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight * measure;
            }
        }
    }

    /// The sum of the rows of some buckets.
    pub fn sums(&self, buckets: &[u32]) -> [i32; WIDTH] {
        let mut sums = [0_i32; WIDTH];
        for some in buckets.chunks(ADDED_AT_ONCE) {
            let mut part = [0_i16; WIDTH];
            for row in
                some.iter().filter_map(|bucket| self.rows.get((bucket >> self.dropped_bits()) as usize))
            {
                for (sum, weight) in part.iter_mut().zip(row) {
                    *sum += i16::from(*weight);
                }
            }
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += i32::from(part);
            }
        }
        sums
    }

    /// Makes one lane answer `slope * score + shift` from now on: calibration costs nothing while reading.
    #[cfg_attr(not(test), allow(dead_code, reason = "for owners that calibrate lane by lane"))]
    pub fn bend(&mut self, lane: usize, slope: f32, shift: f32) {
        let (Some(scale), Some(bias)) = (self.scale.get_mut(lane), self.bias.get_mut(lane)) else { return };
        *scale *= slope;
        *bias = *bias * slope + shift;
        for weight in self.dense.iter_mut().filter_map(|row| row.get_mut(lane)) {
            *weight *= slope;
        }
    }
}

/// The probability of a lane that may hold beside others.
pub(crate) fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// The probabilities of the first `N` lanes, of which exactly one holds.
pub(crate) fn softmax_of<const N: usize>(scores: &[f32]) -> [f32; N] {
    let mut powers = [0.0; N];
    let top = scores.iter().take(N).copied().fold(f32::MIN, f32::max);
    for (power, score) in powers.iter_mut().zip(scores) {
        *power = (score - top).exp();
    }
    let sum: f32 = powers.iter().sum();
    if sum.is_finite() && sum > 0.0 { powers.map(|power| power / sum) } else { [1.0 / N as f32; N] }
}
