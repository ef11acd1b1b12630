//! Lemmas: the form without an ending, plus another ending.
//!
//! The rule of a word is that of the longest known ending under its tag; a whole word counts as
//! its own longest ending, so exceptions and rules live in one table, learned from the treebanks.
//! Of the rules of several endings, one that leads to a known word goes first: "looted" ends like
//! "voted", but "loot" is a word.

use std::borrow::Cow;

use crate::hash;
use crate::labels::Upos;
use crate::linear::Linear;
use crate::tagger::Tag;

/// Longest ending in bytes that a rule looks at, whole words apart.
const MAX_ENDING: usize = 7;

/// How a form becomes its lemma.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Rule {
    /// Bytes to take off the end.
    pub strip: u8,
    /// What to put there.
    pub append: Box<str>,
    /// Whether capitals stay (names), or the form is lower-cased first.
    pub keeps_case: bool,
}

impl Rule {
    /// The rule that leads from a form to its lemma; `None` if the form is too long. Where both
    /// would do, `prefers_case` says whether capitals stay.
    #[must_use]
    pub fn between(form: &str, lower: &str, lemma: &str, prefers_case: bool) -> Option<Self> {
        let with = |base: &str, keeps_case| {
            let common = base
                .char_indices()
                .zip(lemma.chars())
                .find(|((_, a), b)| a != b)
                .map_or(base.len().min(lemma.len()), |((i, _), _)| i);
            let whole = !base.is_char_boundary(common) || !lemma.is_char_boundary(common);
            let common = if whole { 0 } else { common };
            Some(Self {
                strip: u8::try_from(base.len() - common).ok()?,
                append: lemma[common..].into(),
                keeps_case,
            })
        };
        let (plain, cased) = (with(lower, false)?, with(form, true)?);
        let cost = |rule: &Self| usize::from(rule.strip) + rule.append.len();
        let keeps_case =
            cost(&cased) < cost(&plain) || prefers_case && cost(&cased) == cost(&plain);
        Some(if keeps_case { cased } else { plain })
    }

    /// Whether the rule fits a form and leaves something of it.
    #[must_use]
    pub fn fits(&self, base: &str) -> bool {
        base.len()
            .checked_sub(usize::from(self.strip))
            .is_some_and(|kept| {
                base.is_char_boundary(kept) && (kept > 0 || !self.append.is_empty())
            })
    }

    fn apply(&self, base: &str, out: &mut String) {
        out.push_str(&base[..base.len() - usize::from(self.strip)]);
        out.push_str(&self.append);
    }
}

/// The keys of a word under a tag, from the whole word down to the empty ending.
pub fn keys(lower: &str, tag: Tag) -> impl Iterator<Item = u32> {
    let bytes = lower.as_bytes();
    let base = u32::from(tag.xpos) << 8 | tag.upos as u32;
    let ending =
        move |n: usize| hash::mix(base, hash::string(bytes[bytes.len() - n..].iter().copied()));
    let whole = hash::mix(!base, hash::string(bytes.iter().copied()));
    std::iter::once(whole).chain((0..=bytes.len().min(MAX_ENDING)).rev().map(ending))
}

/// The lemmatiser's table.
#[derive(Clone, Debug)]
pub struct Lemmas {
    rules: Vec<Rule>,
    table: Linear,
}

impl Lemmas {
    /// Reads a table; `None` if the bytes are not one.
    #[must_use]
    pub fn open(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let length = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
        let text = std::str::from_utf8(bytes.get(4..4 + length)?).ok()?;
        let rules = text
            .lines()
            .map(|line| {
                let mut parts = line.split('\t');
                Some(Rule {
                    strip: parts.next()?.parse().ok()?,
                    keeps_case: parts.next()? == "cased",
                    append: parts.next()?.into(),
                })
            })
            .collect::<Option<_>>()?;
        let table = match bytes {
            Cow::Borrowed(all) => Linear::open(all.get(4 + length..)?)?,
            Cow::Owned(all) => Linear::open(all.get(4 + length..)?.to_vec())?,
        };
        Some(Self { rules, table })
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.table.size()
    }

    /// Writes a table: the rules, and for each key the index of its rule.
    #[must_use]
    pub fn encode(rules: &[Rule], keys: &[(u32, u16)]) -> Vec<u8> {
        let line = |r: &Rule| {
            let case = if r.keeps_case { "cased" } else { "lower" };
            format!("{}\t{case}\t{}\n", r.strip, r.append)
        };
        let text: String = rules.iter().map(line).collect();
        let row = |&(key, rule): &(u32, u16)| {
            let [low, high] = rule.to_le_bytes();
            (key, vec![(low, i32::from(high as i8))])
        };
        let mut out = (text.len() as u32).to_le_bytes().to_vec();
        out.extend(text.as_bytes());
        out.extend(Linear::encode(0, keys.iter().map(row).collect()));
        out
    }

    /// Appends the lemma of a word to `out`. `word` is the form as written, or as it would be
    /// written outside a sentence in capitals; `knows` tells whether something is a known word.
    pub fn lemma(
        &self,
        word: &str,
        lower: &str,
        tag: Tag,
        knows: impl Fn(&str) -> bool,
        out: &mut String,
    ) {
        let start = out.len();
        let mut first = None;
        for (length, key) in keys(lower, tag).enumerate() {
            let Some(rule) = self.rule(key) else {
                continue;
            };
            let base = if rule.keeps_case { word } else { lower };
            if !rule.fits(base) {
                continue;
            }
            rule.apply(base, out);
            let is_certain =
                length == 0 || rule.keeps_case || !matches!(tag.upos, Upos::Verb | Upos::Noun);
            if is_certain || knows(&out[start..]) {
                return;
            }
            first = first.or(Some((rule, base)));
            out.truncate(start);
        }
        match first {
            Some((rule, base)) => rule.apply(base, out),
            None => out.push_str(lower),
        }
    }

    fn rule(&self, key: u32) -> Option<&Rule> {
        match self.table.pairs(key) {
            Some(&[low, high]) => self.rules.get(usize::from(u16::from_le_bytes([low, high]))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_between_forms() {
        let rule = Rule::between("Attacked", "attacked", "attack", false).expect("a rule");
        assert_eq!((rule.strip, &*rule.append, rule.keeps_case), (2, "", false));
        let rule = Rule::between("Corva", "corva", "Corva", false).expect("a rule");
        assert_eq!((rule.strip, &*rule.append, rule.keeps_case), (0, "", true));
        let rule = Rule::between("was", "was", "be", false).expect("a rule");
        let mut out = String::new();
        rule.apply("was", &mut out);
        assert_eq!(out, "be");
    }
}
