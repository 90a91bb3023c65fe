//! What a layer keeps of words: a small open table from bucket to shift and familiarity.

/// Entries of all tables of a layer together, and of one at least: with the empty slots all of them stay under one
/// megabyte, and the usual single one takes a third of that.
pub(crate) const WORDS_MAX: usize = 8_192;
/// See [`WORDS_MAX`].
pub(crate) const WORDS_MIN: usize = 512;

/// A bucket that was seen in corrected texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<const C: usize> {
    bucket: u32,
    /// How often it stands in the corrected texts: the fourth root of the share of texts that have it; and once more
    /// if it says what they are about, else 0.
    pub familiar: [f32; 2],
    /// Towards which classes it pulls.
    pub shift: [f32; C],
}

/// Of these one in eight or fewer is set.
const BITS_PER_SLOT: usize = 4;

const EMPTY: u32 = u32::MAX;

/// Words by bucket.
#[derive(Clone, Debug)]
pub(crate) struct Words<const C: usize> {
    slots: Box<[Word<C>]>,
    mask: usize,
    /// One bit for each bucket that may be here, of [`BITS_PER_SLOT`] per slot: most words of a text are not, and
    /// the bits of the largest table fit where the slots do not, into the nearest cache.
    filter: Box<[u64]>,
}

impl<const C: usize> Words<C> {
    /// A table of the given entries; the buckets must differ.
    pub fn new(entries: Vec<(u32, [f32; 2], [f32; C])>) -> Self {
        let size = (entries.len() * 2 + 2).next_power_of_two();
        let nothing = Word { bucket: EMPTY, familiar: [0.0; 2], shift: [0.0; C] };
        let mut words = Self {
            slots: vec![nothing; size].into_boxed_slice(),
            mask: size - 1,
            filter: vec![0; (size * BITS_PER_SLOT).div_ceil(64)].into_boxed_slice(),
        };
        for (bucket, familiar, shift) in entries {
            let (word, bit) = words.place(bucket);
            words.filter[word] |= bit;
            let mut at = words.home(bucket);
            // the table is at most half full, so there is an empty slot
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

    /// Where the filter tells of a bucket.
    #[inline]
    const fn place(&self, bucket: u32) -> (usize, u64) {
        let at = (bucket.wrapping_mul(0x85EB_CA6B) >> 7) as usize & ((self.mask + 1) * BITS_PER_SLOT - 1);
        (at / 64, 1 << (at % 64))
    }

    /// What is known of a bucket.
    #[inline]
    pub fn get(&self, bucket: u32) -> Option<&Word<C>> {
        let (word, bit) = self.place(bucket);
        if self.filter.get(word)? & bit == 0 {
            return None;
        }
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
        self.slots.len() * size_of::<Word<C>>() + self.filter.len() * size_of::<u64>()
    }
}
