//! Towns that the words mean without naming them: "the Somali capital", "the Corva state capital", "outside
//! Elskan's parliament".

use std::cell::OnceCell;

use tarikh_syntax::{Tok, TokRange};

use crate::class::PlaceClass;
use crate::evidence::first_evidence;
use crate::gazetteer::{EntryId, Gazetteer, Posting};
use crate::mention::{Hints, PlaceRole};
use crate::pack::NameKind;
use crate::spot::{Spot, Spots};
use crate::tokens::{Shape, Tokens};
use crate::unit::{unit_before, unit_noun};
use crate::words::{self, Kind};

/// Readings of a name among which a first-order unit is looked for.
const SHORT_LIST: usize = 8;

/// Adds a spot for each capital that stands without its name.
pub(crate) fn add(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &mut Spots,
    hints: &Hints<'_>,
) {
    let mut finder = Finder {
        gazetteer,
        tokens,
        spots,
        hints,
        leading: OnceCell::new(),
    };
    for t in (0..tokens.len()).map(Tok) {
        if let Some(found) = finder.capital(t).or_else(|| finder.house(t)) {
            finder.put(&found);
        }
    }
}

/// A town that words mean.
struct Found {
    words: TokRange,
    /// One past the words that say where it lies.
    end: Tok,
    id: EntryId,
}

impl Found {
    fn new(words: TokRange, id: EntryId) -> Self {
        let end = words.end;
        Self { words, end, id }
    }
}

struct Finder<'a, 'd> {
    gazetteer: &'a Gazetteer,
    tokens: &'a Tokens<'d>,
    spots: &'a mut Spots,
    hints: &'a Hints<'a>,
    /// The country that the report is most about, and its share.
    leading: OnceCell<Option<(String, f32)>>,
}

impl Finder<'_, '_> {
    fn put(&mut self, found: &Found) {
        let (words, id) = (found.words, found.id);
        let first = self.spots.pool.len() as u32;
        self.spots.pool.push(Posting {
            id,
            kind: NameKind::Primary,
        });
        let list = &mut self.spots.list;
        let from = list.partition_point(|s| s.tokens.end <= words.start);
        let to = list.partition_point(|s| s.tokens.start < found.end);
        let spot = Spot {
            tokens: words,
            postings: first..first + 1,
            role: PlaceRole::Location,
        };
        list.splice(from..to, [spot]);
    }

    /// The name that a token belongs to.
    fn spot_at(&self, t: Tok) -> Option<&Spot> {
        let list = &self.spots.list;
        let next = list.partition_point(|s| s.tokens.start <= t);
        list[..next].last().filter(|s| s.tokens.contains(t))
    }

    /// The first name that begins at a token or behind it.
    fn spot_from(&self, t: Tok) -> Option<&Spot> {
        let list = &self.spots.list;
        list.get(list.partition_point(|s| s.tokens.start < t))
    }

    /// The country that the report is about.
    fn leading(&self) -> Option<&str> {
        let found = self.leading.get_or_init(|| {
            first_evidence(self.gazetteer, self.tokens, self.spots, self.hints).leading()
        });
        let (country, share) = found.as_ref()?;
        (*share > 0.3).then_some(country)
    }

    /// "The capital", "Somalia's capital", "the Corva state capital", "the capital of Corva state".
    fn capital(&self, t: Tok) -> Option<Found> {
        let tokens = self.tokens;
        if !tokens.is(t, "capital") || tokens.shape(t) != Shape::Lower {
            return None;
        }
        let end = match tokens.at(Tok(t.0 + 1)) {
            Some(city) if tokens.is(city, "city") => Tok(t.0 + 2),
            _ => Tok(t.0 + 1),
        };
        let words = TokRange::new(t, end);
        if let Some(of) = tokens.at(end).filter(|&w| tokens.is(w, "of")) {
            return self.capital_of(words, tokens.at(Tok(of.0 + 1))?);
        }
        if self.is_named(end) {
            return None;
        }
        if let Some(unit) = tokens.before(t).filter(|&b| is_of_unit(tokens, b)) {
            return self.seat_before(words, unit);
        }
        let id = self.gazetteer.capital(&self.country_of(t)?)?;
        Some(Found::new(words, id))
    }

    /// "The capital of Corva", where that is a country or is called a unit.
    fn capital_of(&self, words: TokRange, name: Tok) -> Option<Found> {
        let passed = self.tokens.is(name, "the") || is_of_unit(self.tokens, name);
        let reach = name.0 + if passed { 3 } else { 0 };
        let spot = self.spot_from(name).filter(|s| s.tokens.start.0 <= reach)?;
        let first = self.gazetteer.entry(self.spots.postings(spot).first()?.id);
        if first.class == PlaceClass::Country {
            // "the capital of Corvia's Elsk province"
            if let Some(unit) = self.unit_owned_by(spot) {
                return Some(Found::new(words, self.seat(unit)?));
            }
            return Some(Found::new(words, self.gazetteer.capital(first.country)?));
        }
        let called = unit_noun(self.tokens, spot.tokens.end)
            .or_else(|| unit_before(self.tokens, spot.tokens.start));
        called.filter(|k| k.any(Kind::ADMIN1))?;
        let end = match unit_noun(self.tokens, spot.tokens.end) {
            Some(_) => Tok(spot.tokens.end.0 + 1),
            None => spot.tokens.end,
        };
        let id = self.seat(spot)?;
        Some(Found { words, end, id })
    }

    /// The first-order unit that a country's possessive leads to.
    fn unit_owned_by(&self, land: &Spot) -> Option<&Spot> {
        const REACH: u32 = 3;
        let s = self
            .tokens
            .at(land.tokens.end)
            .filter(|&t| matches!(self.tokens.doc.lower(t), "'s" | "'"))?;
        let next = self
            .spot_from(s)
            .filter(|n| n.tokens.start.0 <= s.0 + REACH)?;
        self.unit(next).is_some().then_some(next)
    }

    /// "The Corva state capital", "Corva's provincial capital"; without a name, of the unit named last.
    fn seat_before(&self, words: TokRange, unit: Tok) -> Option<Found> {
        let tokens = self.tokens;
        let mut owner = tokens.before(unit)?;
        if matches!(tokens.doc.lower(owner), "'s" | "'") {
            owner = tokens.before(owner)?;
        }
        if let Some(spot) = self.spot_at(owner) {
            let words = TokRange::new(spot.tokens.start, words.end);
            return Some(Found::new(words, self.seat(spot)?));
        }
        let here = tokens.doc.sentence_of(unit).0;
        let near = |s: &&Spot| tokens.doc.sentence_of(s.tokens.start).0 + 1 >= here;
        let list = &self.spots.list;
        let before = &list[..list.partition_point(|s| s.tokens.start < unit)];
        let mut before = before.iter().rev().take_while(near);
        // Where none stands before, the next one: "in the provincial capital, ... in Corva province".
        let next = |s: &&Spot| tokens.doc.sentence_of(s.tokens.start).0 <= here + 1;
        let mut behind = list[list.partition_point(|s| s.tokens.start < unit)..]
            .iter()
            .take_while(next);
        let is_unit = |s: &&Spot| self.unit(s).is_some();
        let spot = before.find(is_unit).or_else(|| behind.find(is_unit))?;
        let bare = matches!(tokens.doc.lower(owner), "the" | "its");
        let id = self.seat(spot)?;
        bare.then(|| Found::new(words, id))
    }

    /// The first-order unit that a name may mean: country, unit.
    fn unit(&self, spot: &Spot) -> Option<(&str, &str)> {
        let units = || {
            self.spots
                .postings(spot)
                .iter()
                .take(SHORT_LIST)
                .filter(|p| p.kind != NameKind::Derived)
                .map(|p| self.gazetteer.entry(p.id))
                .filter(|e| e.class == PlaceClass::Admin1)
        };
        let at_home = units().find(|e| self.leading() == Some(e.country));
        let unit = at_home.or_else(|| units().next())?;
        Some((unit.country, unit.admin1?))
    }

    fn seat(&self, spot: &Spot) -> Option<EntryId> {
        let (country, unit) = self.unit(spot)?;
        self.gazetteer.seat_of(country, unit)
    }

    /// "the capital Bamako", "the capital, Bamako,", "capital punishment".
    fn is_named(&self, end: Tok) -> bool {
        let tokens = self.tokens;
        let Some(mut next) = tokens.at(end) else {
            return false;
        };
        if tokens.is(next, ",") {
            match tokens.at(Tok(next.0 + 1)) {
                Some(after) => next = after,
                None => return false,
            }
            return tokens.is_capital(next)
                || self.spot_at(next).is_some_and(|s| s.tokens.start == next);
        }
        tokens.is_capital(next)
            || matches!(
                tokens.doc.upos(next),
                tarikh_syntax::Upos::Noun | tarikh_syntax::Upos::Propn
            )
    }

    /// "Outside Elskan's parliament", "attacked the presidential palace": a house that stands in the capital.
    fn house(&self, t: Tok) -> Option<Found> {
        let tokens = self.tokens;
        let two = tokens
            .at(Tok(t.0 + 1))
            .filter(|&n| tokens.kind(n).any(Kind::STATE_TAIL))
            .map(|n| format!("{} {}", tokens.key(t), tokens.key(n)));
        let end = match two {
            Some(two) if words::kind(&two).any(Kind::STATE_HOUSE) => Tok(t.0 + 2),
            _ if tokens.kind(t).any(Kind::STATE_HOUSE) => Tok(t.0 + 1),
            _ => return None,
        };
        if self.is_in_a_town(end) {
            return None;
        }
        let before = tokens.before(t)?;
        let owner = match tokens.doc.lower(before) {
            "the" => None,
            "'s" | "'" => Some(tokens.before(before)?),
            _ if is_lead(tokens, before) => {
                let id = self.gazetteer.capital(self.leading()?)?;
                return Some(Found::new(TokRange::new(t, end), id));
            }
            _ => Some(before),
        };
        let start = match owner {
            Some(owner) => self.spot_at(owner)?.tokens.start,
            None => before,
        };
        let article = tokens
            .before(start)
            .filter(|&b| owner.is_some() && tokens.is(b, "the"));
        let placed = is_lead(tokens, tokens.before(article.unwrap_or(start))?);
        let id = self
            .gazetteer
            .capital(&self.country_of(t).filter(|_| placed)?)?;
        let first = if owner.is_some() { start } else { t };
        Some(Found::new(TokRange::new(first, end), id))
    }

    /// "The presidential palace in Dunmar", "parliament in the city of Dunmar": a town is named behind.
    fn is_in_a_town(&self, end: Tok) -> bool {
        let tokens = self.tokens;
        let Some(word) = tokens
            .at(end)
            .filter(|&w| matches!(tokens.doc.lower(w), "in" | "of"))
        else {
            return false;
        };
        self.spot_from(word).is_some_and(|s| {
            let near = s.tokens.start.0 <= word.0 + 5;
            let of_state = |p: &Posting| {
                matches!(
                    self.gazetteer.class(p.id),
                    PlaceClass::Country | PlaceClass::Demonym
                )
            };
            near && !self.spots.postings(s).first().is_some_and(of_state)
        })
    }

    /// The country that stands before the word, else the one that the report is about.
    fn country_of(&self, t: Tok) -> Option<String> {
        let tokens = self.tokens;
        let before = tokens.before(t)?;
        let owner = match tokens.doc.lower(before) {
            "the" => return self.leading().map(str::to_owned),
            "'s" | "'" => tokens.before(before)?,
            _ => before,
        };
        let spot = self.spot_at(owner)?;
        let id = self.spots.postings(spot).first()?.id;
        matches!(
            self.gazetteer.class(id),
            PlaceClass::Country | PlaceClass::Demonym
        )
        .then(|| self.gazetteer.entry(id).country.to_owned())
    }
}

/// "outside", "stormed"
fn is_lead(tokens: &Tokens<'_>, t: Tok) -> bool {
    let kind = tokens.kind(t);
    kind.any(Kind::BESIDE) || kind.any(Kind::ASSAULT) || kind.any(Kind::OVERRUN)
}

/// "state" in "the state capital".
fn is_of_unit(tokens: &Tokens<'_>, t: Tok) -> bool {
    tokens.shape(t) == Shape::Lower
        && (tokens.kind(t).any(Kind::ADMIN1) || tokens.kind(t).any(Kind::UNIT_ADJECTIVE))
}
