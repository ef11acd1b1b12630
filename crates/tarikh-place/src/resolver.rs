//! From a document to its place mentions.

use rustc_hash::FxHashMap;
use tarikh_syntax::{Doc, Tok, TokRange};

use crate::anaphor;
use crate::capital;
use crate::class::PlaceClass;
use crate::contain;
use crate::gazetteer::{EntryId, Gazetteer};
use crate::mention::{Hints, PlaceMention, PlaceRole};
use crate::place;
use crate::relation::{self, Found, Relation};
use crate::resolve::{self, Containment, Outcome};
use crate::small;
use crate::spelling;
use crate::spot::{self, Spots};
use crate::tokens::Tokens;
use crate::unknown;
use crate::words::{self, Kind};

/// Longest chain of containers ("a quarter in a town in a district in a province in a country").
const MAX_CHAIN: usize = 5;

/// Finds and resolves the place names of documents.
#[derive(Clone, Copy, Debug)]
pub struct Resolver<'g> {
    gazetteer: &'g Gazetteer,
}

impl<'g> Resolver<'g> {
    /// A resolver over a gazetteer.
    #[must_use]
    pub const fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer }
    }

    /// Every place name of the document, in text order, each with the whole place of its phrase.
    /// Works on tokens alone; entity mentions, where the document has them, keep people and
    /// organisations out. Never panics, whatever the text.
    #[must_use]
    pub fn find(&self, doc: &Doc, hints: &Hints<'_>) -> Vec<PlaceMention> {
        let mut tokens = Tokens::new(doc, hints.masked);
        small::give_capitals(self.gazetteer, &mut tokens);
        let tokens = tokens;
        let mut spots = spot::find(self.gazetteer, &tokens);
        unknown::add(self.gazetteer, &tokens, &mut spots);
        capital::add(self.gazetteer, &tokens, &mut spots, hints);
        let containments = contain::find(&tokens, &spots);
        let mut outcome = resolve::resolve(self.gazetteer, &tokens, &spots, &containments, hints);
        spelling::guess(self.gazetteer, &tokens, &spots, &containments, &mut outcome);
        let reading = Reading::new(self.gazetteer, &tokens, &spots, &containments, outcome);
        let mut mentions = (0..spots.list.len()).map(|i| reading.mention(i)).collect();
        anaphor::add(&tokens, &mut mentions);
        mentions
    }
}

/// Everything decided about a document, for building its mentions.
pub(crate) struct Reading<'a, 'd> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) tokens: &'a Tokens<'d>,
    pub(crate) spots: &'a Spots,
    pub(crate) outcome: Outcome,
    /// The container of each spot that the decisions bear out.
    outer: Vec<Option<usize>>,
    /// By unknown name, the first container that a mention of it has.
    containers: FxHashMap<&'a str, usize>,
    /// The last town named before each spot.
    towns: Vec<Option<usize>>,
}

impl<'a, 'd> Reading<'a, 'd> {
    fn new(
        gazetteer: &'a Gazetteer,
        tokens: &'a Tokens<'d>,
        spots: &'a Spots,
        containments: &[Containment],
        outcome: Outcome,
    ) -> Self {
        let mut reading = Self {
            gazetteer,
            tokens,
            spots,
            outcome,
            outer: vec![None; spots.list.len()],
            containers: FxHashMap::default(),
            towns: Vec::with_capacity(spots.list.len()),
        };
        for link in containments {
            let fits = match (reading.best(link.inner), reading.best(link.outer)) {
                (Some(inner), Some(outer)) => {
                    link.holds(&gazetteer.entry(inner), &gazetteer.entry(outer))
                }
                // An unknown place lies where the words put it.
                (None, Some(outer)) => {
                    let ward = tokens.kind(spots.list[link.inner].tokens.start);
                    !link.by_comma
                        || ward.any(Kind::WARD)
                        || gazetteer.class(outer) != PlaceClass::City
                        || !reading.is_in_row(link)
                }
                _ => false,
            };
            if fits {
                reading.outer[link.inner] = Some(link.outer);
            }
        }
        reading.look_around();
        reading
    }

    /// "In Dumna, Corva and Elsk", "in Dumna, Corva, Elsk": the comma joins towns of a row, and none is in another.
    fn is_in_row(&self, link: &Containment) -> bool {
        const REACH: u32 = 3;
        let tokens = self.tokens;
        let (inner, outer) = (
            self.spots.list[link.inner].tokens,
            self.spots.list[link.outer].tokens,
        );
        let joins = |t: Tok| matches!(tokens.doc.lower(t), "and" | "or" | ",");
        let behind = tokens.at(outer.end).filter(|&t| joins(t));
        let goes_on = behind.is_some_and(|t| {
            let next = self.spots.list.get(link.outer + 1);
            !tokens.is(t, ",")
                || next.is_some_and(|s| {
                    s.tokens.start.0 < t.0 + REACH
                        && self
                            .best(link.outer + 1)
                            .is_none_or(|id| self.gazetteer.class(id).is_point())
                })
        });
        goes_on || tokens.before(inner.start).is_some_and(joins)
    }

    /// Notes what a name without a container of its own may be placed by.
    fn look_around(&mut self) {
        let mut town = None;
        for i in 0..self.spots.list.len() {
            self.towns.push(town);
            let spot = &self.spots.list[i];
            let best = self.best(i);
            let is_town = |id| self.gazetteer.class(id) == PlaceClass::City;
            if spot.role == PlaceRole::Location && best.is_some_and(is_town) {
                town = Some(i);
            }
            if let (None, Some(outer)) = (best, self.outer[i]) {
                self.containers.entry(self.words(i)).or_insert(outer);
            }
        }
    }

    /// The name as written.
    fn words(&self, spot: usize) -> &'a str {
        let doc = self.tokens.doc;
        doc.range_span(self.spots.list[spot].tokens).of(doc.text())
    }

    /// The container that another mention of the same unknown name has.
    pub(crate) fn container_elsewhere(&self, spot: usize) -> Option<usize> {
        self.containers.get(self.words(spot)).copied()
    }

    /// "Shelling in the Corva region; two died in the village of Dumna": the unit that the sentence names
    /// last before a spot, towns aside.
    pub(crate) fn province_before(&self, spot: usize) -> Option<usize> {
        let sentence = self.tokens.sentence(self.spots.list[spot].tokens.start);
        let before = (0..spot).rev().take_while(|&j| {
            let other = &self.spots.list[j];
            sentence.contains(other.tokens.start) && other.role == PlaceRole::Location
        });
        let class = |j: usize| self.best(j).map(|id| self.gazetteer.class(id));
        before
            .take_while(|&j| !class(j).is_some_and(PlaceClass::is_point))
            .find(|&j| class(j) == Some(PlaceClass::Admin1))
    }

    /// The last town named before a spot.
    pub(crate) fn town_before(&self, spot: usize) -> Option<usize> {
        self.towns[spot]
    }

    pub(crate) fn best(&self, spot: usize) -> Option<EntryId> {
        self.outcome.decisions[spot].best()
    }

    /// The spots that contain a spot, nearest first.
    pub(crate) fn chain(&self, spot: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut at = spot;
        while let Some(outer) = self.outer[at] {
            if chain.contains(&outer) || outer == spot || chain.len() == MAX_CHAIN {
                break;
            }
            chain.push(outer);
            at = outer;
        }
        chain
    }

    /// The spot that begins at a token, determiners and unit nouns before it passed over.
    pub(crate) fn spot_near(&self, at: Tok) -> Option<usize> {
        let i = self.spots.list.partition_point(|s| s.tokens.start < at);
        let spot = self.spots.list.get(i)?;
        let close = spot.tokens.start.0 <= at.0 + 4;
        (close && self.tokens.sentence(spot.tokens.start).contains(at)).then_some(i)
    }

    /// "Yemen's town of Marib": the possessor of the place named next.
    fn owns_next(&self, i: usize) -> bool {
        let owner = self.spots.list[i].tokens;
        let possessive = self
            .tokens
            .at(owner.end)
            .is_some_and(|t| matches!(self.tokens.doc.lower(t), "'s" | "'"));
        possessive && self.outer.get(i + 1) == Some(&Some(i))
    }

    /// Whether a spot ends in the name of a house of the state.
    fn is_house(&self, i: usize) -> bool {
        let last = self.spots.list[i].tokens.end.0 - 1;
        let two = |t: u32| {
            let key = format!("{} {}", self.tokens.key(Tok(t)), self.tokens.key(Tok(last)));
            words::kind(&key).any(Kind::STATE_HOUSE)
        };
        let kind = self.tokens.kind(Tok(last));
        kind.any(Kind::STATE_HOUSE)
            || kind.any(Kind::STATE_TAIL) && last.checked_sub(1).is_some_and(two)
    }

    fn mention(&self, i: usize) -> PlaceMention {
        let spot = &self.spots.list[i];
        let chain = self.chain(i);
        let found = match spot.role {
            PlaceRole::InName => None,
            // "South of Yemen's town of Marib": the words are about the town.
            _ if self.owns_next(i) => None,
            // "Near the presidential palace" is in the capital.
            _ if self.is_house(i) => None,
            _ => relation::read(self.tokens, spot.tokens),
        };
        let built = place::build(self, i, &chain, found);
        let at_border =
            found.is_some_and(|f| matches!(f.relation, Relation::Border | Relation::Coast));
        PlaceMention {
            tokens: spot.tokens,
            phrase: self.phrase(spot.tokens, &chain, found, built.end),
            place: built.place,
            entry: self.best(i),
            // "The Ugandan-Sudanese border" is a place though a people's word names it.
            role: match spot.role {
                PlaceRole::Demonym if at_border => PlaceRole::Location,
                role => role,
            },
            contained_in: chain,
            candidates: self.outcome.decisions[i].candidates.clone(),
            rule: built.rule,
        }
    }

    /// The name with its relation, unit nouns and containers.
    fn phrase(&self, name: TokRange, chain: &[usize], found: Option<Found>, end: Tok) -> TokRange {
        let mut start = contain::phrase_start(self.tokens, name.start);
        let mut end = contain::phrase_end(self.tokens, name.end).max(end);
        if let Some(found) = found {
            start = start.min(found.tokens.start);
            end = end.max(found.tokens.end);
        }
        for &outer in chain {
            let range = self.spots.list[outer].tokens;
            start = start.min(range.start);
            end = end.max(contain::phrase_end(self.tokens, range.end));
        }
        let article = self
            .tokens
            .before(start)
            .filter(|&b| matches!(self.tokens.doc.lower(b), "the" | "a" | "an"));
        TokRange::new(article.unwrap_or(start), end)
    }
}
