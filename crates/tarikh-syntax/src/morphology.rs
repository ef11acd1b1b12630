//! Morphological features that follow from a word and its tag: the case of pronouns, the degree
//! of adjectives, the form of numbers.
//!
//! The features of a word are those of its longest known ending under its tag, as in
//! [`crate::lemma`]; what the sentence decides, the tag itself says ([`Feats::TAGGED`]).

use std::borrow::Cow;

use crate::labels::Feats;
use crate::lemma::keys;
use crate::linear::Linear;
use crate::tagger::Tag;

/// The table of features.
#[derive(Clone, Debug)]
pub struct Morphology {
    sets: Vec<Feats>,
    table: Linear,
}

impl Morphology {
    /// Reads a table; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let n = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
        let start = n.checked_mul(8)?.checked_add(4)?;
        let sets = bytes.get(4..start)?.chunks_exact(8);
        let sets = sets
            .map(|set| Some(Feats(u64::from_le_bytes(set.try_into().ok()?))))
            .collect::<Option<_>>()?;
        let table = match bytes {
            Cow::Borrowed(all) => Linear::open(all.get(start..)?)?,
            Cow::Owned(all) => Linear::open(all.get(start..)?.to_vec())?,
        };
        Some(Self { sets, table })
    }

    /// Writes a table: the sets of features, and for each key of [`keys`] the index of its set.
    #[must_use]
    pub fn encode(sets: &[Feats], keys: &[(u32, u8)]) -> Vec<u8> {
        let mut out = (sets.len() as u32).to_le_bytes().to_vec();
        out.extend(sets.iter().flat_map(|set| set.0.to_le_bytes()));
        let row = |&(key, set): &(u32, u8)| (key, vec![(set, 0)]);
        out.extend(Linear::encode(0, keys.iter().map(row).collect()));
        out
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.table.size()
    }

    /// All features of a word.
    #[must_use]
    pub fn feats(&self, lower: &str, tag: Tag) -> Feats {
        let set = keys(lower, tag).find_map(|key| match self.table.pairs(key) {
            Some(&[set, _]) => self.sets.get(usize::from(set)),
            _ => None,
        });
        set.map_or(tag.feats, |set| tag.feats.with(*set))
    }
}
