//! One flat hash table from 64-bit keys to numbers: twelve bytes a slot, three quarters full.
//!
//! Two terms would have to agree in all 64 bits of a well-mixed hash to be confused: for a million of them once in
//! tens of millions of builds. Nobody gains anything by forcing it: they would watch somebody else's public name.

use crate::tokens::finish;

/// Keys to numbers; key 0 marks a free slot.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: Vec<u64>,
    values: Vec<u32>,
    used: usize,
}

/// The key of an edge: a node and the word that leads on.
#[inline]
pub(super) const fn edge(node: u32, stem: u64) -> u64 {
    finish(stem ^ (node as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

impl Table {
    #[inline]
    fn start(&self, key: u64) -> usize {
        // the upper half of the product spreads the key over any number of slots
        ((u128::from(key) * self.keys.len() as u128) >> 64) as usize
    }

    /// The value of a key, the first if there are several.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        self.all(key).next()
    }

    /// All values of a key.
    #[inline]
    pub fn all(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let key = key.max(1);
        let mut at = if self.keys.is_empty() { 0 } else { self.start(key) };
        std::iter::from_fn(move || {
            // a free slot always exists: the table is never full
            while let Some(&found) = self.keys.get(at) {
                let here = at;
                at = if at + 1 == self.keys.len() { 0 } else { at + 1 };
                if found == key {
                    return self.values.get(here).copied();
                }
                if found == 0 {
                    return None;
                }
            }
            None
        })
    }

    /// Adds a value to a key unless it has it.
    pub fn insert_once(&mut self, key: u64, value: u32) {
        if self.all(key).any(|found| found == value) {
            return;
        }
        if (self.used + 1) * 4 > self.keys.len() * 3 {
            self.resize((self.keys.len() * 2).max(16));
        }
        self.place(key.max(1), value);
    }

    fn place(&mut self, key: u64, value: u32) {
        let mut at = self.start(key);
        while self.keys[at] != 0 {
            at = if at + 1 == self.keys.len() { 0 } else { at + 1 };
        }
        self.keys[at] = key;
        self.values[at] = value;
        self.used += 1;
    }

    fn resize(&mut self, slots: usize) {
        let keys = std::mem::replace(&mut self.keys, vec![0; slots]);
        let values = std::mem::replace(&mut self.values, vec![0; slots]);
        self.used = 0;
        for (key, value) in keys.into_iter().zip(values).filter(|(key, _)| *key != 0) {
            self.place(key, value);
        }
    }

    /// Gives back what building needed and finding does not.
    pub fn shrink(&mut self) {
        if self.used > 0 {
            self.resize(self.used * 4 / 3 + 2);
        }
    }

    pub fn memory_bytes(&self) -> usize {
        self.keys.capacity() * size_of::<u64>() + self.values.capacity() * size_of::<u32>()
    }
}
