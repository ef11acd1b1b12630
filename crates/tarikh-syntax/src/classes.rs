//! Which words are used alike, by vectors learned from billions of words: a large vocabulary in
//! little room.
//!
//! The words themselves are not kept. A word has a slot in each third of a table; the exclusive or
//! of the three is its value and a check of eight bits (Chazelle et al. 2004; Graf and Lemire 2020).
//! One unknown word in 256 passes the check and gets the value of some other.
//!
//! Little-endian: magic `TKC1`, seed (`u32`), slots in a third (`u32`), middle and coarse class of
//! each fine class (two `u8`), then the slots (value `u16`, check `u8`). The lower nine bits of a value
//! are the fine class, the others number what lists the word would stand in.

use std::borrow::Cow;

use crate::hash::mix;
use crate::lexeme::Lexeme;

const MAGIC: &[u8; 4] = b"TKC1";
const HEADER: usize = 12;
/// Bytes of a slot.
const SLOT: usize = 3;
/// Bits of the number of a fine class.
const BITS: u32 = 9;
/// Number of fine classes.
pub const FINE: usize = 1 << BITS;
/// Numbers of what lists a word would stand in.
pub const LISTS: usize = 1 << (16 - BITS);
/// Where the slots begin.
const SLOTS: usize = HEADER + 2 * FINE;

/// What the table knows of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `Lexeme::norm` of the word.
    pub norm: u32,
    /// Number of its class, below [`FINE`].
    pub class: u16,
    /// Number of the lists that it would stand in, below [`LISTS`].
    pub lists: u16,
}

/// The known words.
#[derive(Clone, Debug)]
pub struct Classes {
    bytes: Cow<'static, [u8]>,
    seed: u32,
    third: u32,
}

impl Classes {
    /// Opens a table; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let (seed, third) = (number(4)?, number(8)?);
        let is_whole = bytes.len() == SLOTS + SLOT * 3 * third as usize;
        (bytes.starts_with(MAGIC) && is_whole).then_some(Self { bytes, seed, third })
    }

    /// Writes a table of words, each once, and of the middle and the coarse class of each fine class.
    #[must_use]
    pub fn encode(entries: &[Entry], wider: &[[u8; 2]; FINE]) -> Vec<u8> {
        let third = (entries.len() * 41 / 100 + 16) as u32;
        // A seed fails now and then.
        let (seed, order) = (0..)
            .find_map(|seed| Some((seed, peel(entries, seed, third)?)))
            .unwrap_or_default();
        let mut slots = vec![[0u8; SLOT]; 3 * third as usize];
        for (entry, free) in order.into_iter().rev() {
            let value = entries[entry].class | entries[entry].lists << BITS;
            let [low, high] = value.to_le_bytes();
            let norm = entries[entry].norm;
            let mut slot = [low, high, check(norm, seed)];
            for at in places(norm, seed, third)
                .into_iter()
                .filter(|&at| at != free)
            {
                slot = xor(slot, slots[at]);
            }
            slots[free] = slot;
        }
        let mut out = MAGIC.to_vec();
        out.extend(seed.to_le_bytes());
        out.extend(third.to_le_bytes());
        out.extend(wider.as_flattened());
        out.extend(slots.as_flattened());
        out
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Gives each word its classes; zeros if it is not known.
    pub fn look_up(&self, words: &mut [Lexeme]) {
        for word in words {
            (word.alike, word.lists) = self.find(word.norm).unwrap_or_default();
        }
    }

    /// The coarse, the middle and the fine class of a word and the number of its lists, from one on.
    fn find(&self, norm: u32) -> Option<([u32; 3], u32)> {
        let mut slot = [0; SLOT];
        for at in places(norm, self.seed, self.third) {
            let at = SLOTS + SLOT * at;
            slot = xor(slot, *self.bytes.get(at..)?.first_chunk()?);
        }
        let [low, high, checked] = slot;
        if checked != check(norm, self.seed) {
            return None;
        }
        let value = u32::from(u16::from_le_bytes([low, high]));
        let class = value & (FINE as u32 - 1);
        let at = HEADER + 2 * class as usize;
        let &[middle, coarse] = self.bytes.get(at..)?.first_chunk()?;
        let alike = [u32::from(coarse), u32::from(middle), class].map(|c| c + 1);
        Some((alike, 1 + (value >> BITS)))
    }
}

/// The slots of a word.
fn places(norm: u32, seed: u32, third: u32) -> [usize; 3] {
    [0, 1, 2].map(|part| {
        let hash = u64::from(mix(norm, 4 * seed + part));
        ((hash * u64::from(third)) >> 32) as usize + (part * third) as usize
    })
}

fn check(norm: u32, seed: u32) -> u8 {
    mix(norm, 4 * seed + 3) as u8
}

fn xor(a: [u8; SLOT], b: [u8; SLOT]) -> [u8; SLOT] {
    [a[0] ^ b[0], a[1] ^ b[1], a[2] ^ b[2]]
}

/// The words in an order in which each has a slot that none of those before it has left, with that
/// slot; `None` if there is none under this seed.
fn peel(entries: &[Entry], seed: u32, third: u32) -> Option<Vec<(usize, usize)>> {
    // How many words a slot still has, and the exclusive or of their numbers.
    let mut slots = vec![(0u32, 0usize); 3 * third as usize];
    let all = |entry: usize| places(entries[entry].norm, seed, third);
    for entry in 0..entries.len() {
        for at in all(entry) {
            slots[at] = (slots[at].0 + 1, slots[at].1 ^ entry);
        }
    }
    let mut alone: Vec<usize> = (0..slots.len()).filter(|&at| slots[at].0 == 1).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(free) = alone.pop() {
        let (1, entry) = slots[free] else { continue };
        order.push((entry, free));
        for at in all(entry) {
            slots[at] = (slots[at].0 - 1, slots[at].1 ^ entry);
            if slots[at].0 == 1 {
                alone.push(at);
            }
        }
    }
    (order.len() == entries.len()).then_some(order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let entry = |i: u32| Entry {
            norm: i.wrapping_mul(2_654_435_761),
            class: (i % FINE as u32) as u16,
            lists: (i % LISTS as u32) as u16,
        };
        let entries: Vec<Entry> = (0..5000).map(entry).collect();
        let mut wider = [[0; 2]; FINE];
        wider[7] = [3, 2];
        let table = Classes::open(Classes::encode(&entries, &wider)).expect("a table");
        for e in &entries {
            let (alike, lists) = table.find(e.norm).expect("a known word");
            assert_eq!(alike[2], u32::from(e.class) + 1);
            assert_eq!(lists, u32::from(e.lists) + 1);
        }
        assert_eq!(table.find(entries[7].norm).expect("known").0, [3, 4, 8]);
        let others = (5000..15_000).filter(|&i| table.find(entry(i).norm).is_some());
        assert!(others.count() < 80, "one in 256 unknown words passes");
    }

    #[test]
    fn refuses_other_bytes() {
        assert!(Classes::open(&b"TKC1"[..]).is_none());
        assert!(Classes::open(&[0u8; 4096][..]).is_none());
    }
}
