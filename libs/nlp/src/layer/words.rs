//! What a layer keeps of words: a small open table from bucket to shift and familiarity.

/// Entries of all tables of a layer together: with the empty slots this stays under one megabyte.
pub(crate) const WORDS_MAX: usize = 16_384;

/// A bucket that was seen in corrected texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<const C: usize> {
    bucket: u32,
    /// How often it stands in the corrected texts: the root of the share of texts that have it.
    pub familiar: f32,
    /// Towards which classes it pulls.
    pub shift: [f32; C],
}

const EMPTY: u32 = u32::MAX;

/// Words by bucket.
#[derive(Clone, Debug)]
pub(crate) struct Words<const C: usize> {
    slots: Box<[Word<C>]>,
    mask: usize,
}

impl<const C: usize> Words<C> {
    /// A table of the given entries; the buckets must differ. The least familiar and weakest give way beyond `most`.
    pub fn new(mut entries: Vec<(u32, f32, [f32; C])>, most: usize) -> Self {
        if entries.len() > most {
            let strength = |shift: &[f32; C]| shift.iter().fold(0.0_f32, |top, value| top.max(value.abs()));
            entries.sort_by(|a, b| {
                b.1.total_cmp(&a.1).then(strength(&b.2).total_cmp(&strength(&a.2))).then(a.0.cmp(&b.0))
            });
            entries.truncate(most);
        }
        let size = (entries.len() + entries.len() / 2 + 2).next_power_of_two();
        let nothing = Word { bucket: EMPTY, familiar: 0.0, shift: [0.0; C] };
        let mut words = Self { slots: vec![nothing; size].into_boxed_slice(), mask: size - 1 };
        for (bucket, familiar, shift) in entries {
            let mut at = words.home(bucket);
            // the table is at most two thirds full, so there is an empty slot
            while words.slots[at].bucket != EMPTY {
                at = (at + 1) & words.mask;
            }
            words.slots[at] = Word { bucket, familiar, shift };
        }
        words
    }

    #[inline]
    const fn home(&self, bucket: u32) -> usize {
        (bucket.wrapping_mul(0x9E37_79B1) >> 8) as usize & self.mask
    }

    /// What is known of a bucket.
    #[inline]
    pub fn get(&self, bucket: u32) -> Option<&Word<C>> {
        let mut at = self.home(bucket);
        loop {
            let word = self.slots.get(at)?;
            if word.bucket == bucket {
                return Some(word);
            }
            if word.bucket == EMPTY {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Bytes on the heap.
    pub const fn bytes(&self) -> usize {
        self.slots.len() * size_of::<Word<C>>()
    }
}
