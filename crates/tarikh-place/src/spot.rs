//! Which words may be place names: longest matches in the gazetteer, and what speaks against them.

use rustc_hash::FxHashSet;
use tarikh_syntax::{Tok, TokRange};

use crate::gazetteer::{Gazetteer, Posting};
use crate::mention::PlaceRole;
use crate::normalise::{MAX_KEY, name_key};
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// Longest name in tokens.
const MAX_TOKENS: u32 = 9;

/// A name found in the gazetteer.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) tokens: TokRange,
    /// Its postings in the pool.
    pub(crate) postings: std::ops::Range<u32>,
    pub(crate) role: PlaceRole,
}

/// All spots of a document and their postings.
#[derive(Default)]
pub(crate) struct Spots {
    pub(crate) list: Vec<Spot>,
    pub(crate) pool: Vec<Posting>,
}

impl Spots {
    pub(crate) fn postings(&self, spot: &Spot) -> &[Posting] {
        &self.pool[spot.postings.start as usize..spot.postings.end as usize]
    }

    /// The spots that share a token with a range; they are in text order and do not overlap.
    pub(crate) fn overlapping(&self, range: TokRange) -> &[Spot] {
        let first = self.list.partition_point(|s| s.tokens.end <= range.start);
        let last = self.list.partition_point(|s| s.tokens.start < range.end);
        &self.list[first..last.max(first)]
    }
}

pub(crate) fn find(gazetteer: &Gazetteer, tokens: &Tokens<'_>) -> Spots {
    let mut spots = Spots::default();
    let mut finder = Finder {
        gazetteer,
        tokens,
        small: small_words(tokens),
        people: FxHashSet::default(),
        last_place: None,
        houses: FxHashSet::default(),
        ends: Vec::new(),
    };
    let mut t = 0;
    while t < tokens.len() {
        let next = finder.spot(Tok(t), &mut spots);
        t = next.max(t + 1);
    }
    finder.drop_people(&mut spots);
    finder.lend_to_bodies(&mut spots);
    spots
}

/// Keys that the report also writes in small letters: a capital at the start of a sentence then
/// says nothing.
fn small_words<'t>(tokens: &'t Tokens<'_>) -> FxHashSet<&'t str> {
    (0..tokens.len())
        .map(Tok)
        .filter(|&t| tokens.shape(t) == Shape::Lower)
        .map(|t| tokens.key(t))
        .collect()
}

/// Walks a document and judges each name that it finds; see `role.rs`.
pub(crate) struct Finder<'a, 'd> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) tokens: &'a Tokens<'d>,
    pub(crate) small: FxHashSet<&'a str>,
    /// Keys of words that stood in a person's name.
    pub(crate) people: FxHashSet<&'a str>,
    /// The token behind the last name of a town or unit that says where something is.
    pub(crate) last_place: Option<Tok>,
    /// Names before the head of an organisation's name ("Corva Bank").
    pub(crate) houses: FxHashSet<TokRange>,
    /// Ends of matches at one start: token behind, layer, value.
    ends: Vec<(u32, u32, u64)>,
}

impl Finder<'_, '_> {
    /// Looks for a name that begins at `t`; returns the token to go on with.
    fn spot(&mut self, t: Tok, spots: &mut Spots) -> u32 {
        if !self.begins_name(t) {
            return t.0 + 1;
        }
        self.matches(t);
        let Some(&(end, ..)) = self.ends.last() else {
            self.note_person(t);
            return t.0 + 1;
        };
        let first = spots.pool.len() as u32;
        for &(e, layer, value) in self.ends.iter().rev() {
            if e == end {
                self.gazetteer.layers()[layer as usize].expand(layer, value, &mut spots.pool);
            }
        }
        self.gazetteer
            .drop_repeated(&mut spots.pool, first as usize);
        self.gazetteer
            .keep_corrected(&mut spots.pool, first as usize);
        let range = TokRange::new(t, Tok(end));
        if self.gazetteer.has_nevers() && self.is_never(range) {
            spots.pool.truncate(first as usize);
            return end;
        }
        let role = if self.tokens.is_masked(range) {
            Some(PlaceRole::InName)
        } else {
            self.role(range, &mut spots.pool, first)
        };
        match role {
            Some(role) if spots.pool.len() as u32 > first => {
                if role == PlaceRole::Location {
                    self.last_place = Some(range.end);
                }
                spots.list.push(Spot {
                    tokens: range,
                    postings: first..spots.pool.len() as u32,
                    role,
                });
                end
            }
            _ => {
                spots.pool.truncate(first as usize);
                t.0 + 1
            }
        }
    }

    /// A user's corrections say that this name is none of a place.
    fn is_never(&self, range: TokRange) -> bool {
        self.gazetteer.is_never(&name_key(
            self.tokens.doc.range_span(range).of(self.tokens.doc.text()),
        ))
    }

    /// Capitalised, or an Arabic article joined to a capitalised word ("al-Qaim").
    fn begins_name(&self, t: Tok) -> bool {
        let tokens = self.tokens;
        if tokens.is_capital(t) {
            return true;
        }
        tokens.shape(t) == Shape::Lower
            && tokens
                .kind(t)
                .any(Kind::ARTICLE.with(Kind::ARTICLE_SPELLING))
            && tokens.at(Tok(t.0 + 1)).is_some_and(|h| tokens.is(h, "-"))
            && tokens
                .at(Tok(t.0 + 2))
                .is_some_and(|n| tokens.is_capital(n))
    }

    /// A capital or a number ends a name, and so does the noun of a camp or base ("Jenin refugee camp").
    fn ends_name(&self, t: Tok, behind: u32) -> bool {
        let kind = self.tokens.kind(t);
        self.tokens.is_capital(t)
            || self.tokens.shape(t) == Shape::Number
            || behind > 0 && (kind.any(Kind::CAMP) || kind.any(Kind::SITE))
    }

    /// Fills `ends` with the matches that begin at `t`, shortest first.
    fn matches(&mut self, t: Tok) {
        self.ends.clear();
        for (layer, packed) in self.gazetteer.layers().iter().enumerate() {
            let fst = packed.fst();
            let mut node = fst.root();
            let mut value = fst::raw::Output::zero();
            let mut length = 0;
            let mut at = t;
            let mut glue = true;
            'walk: for n in 0..MAX_TOKENS * 2 {
                let here = if n == 0 { Some(at) } else { self.tokens.at(at) };
                let Some(here) = here else { break };
                let key = self.tokens.key(here);
                if key.is_empty() {
                    let mark = self.tokens.doc.lower(here);
                    if mark != "-" && mark != "'" || n == 0 {
                        break;
                    }
                    glue = mark == "'";
                    at = Tok(at.0 + 1);
                    continue;
                }
                let continued = self.tokens.doc.word(here).starts_with('\'');
                let space: &[u8] = if glue || continued { b"" } else { b" " };
                length += key.len() + 1;
                if length > MAX_KEY {
                    break;
                }
                for &byte in space.iter().chain(key.as_bytes()) {
                    let Some(i) = node.find_input(byte) else {
                        break 'walk;
                    };
                    let step = node.transition(i);
                    value = value.cat(step.out);
                    node = fst.node(step.addr);
                }
                glue = false;
                at = Tok(at.0 + 1);
                if node.is_final() && self.ends_name(here, n) {
                    let value = value.cat(node.final_output()).value();
                    self.ends.push((at.0, layer as u32, value));
                }
            }
        }
        if self.gazetteer.layers().len() > 1 {
            self.ends.sort_unstable();
        }
    }
}
