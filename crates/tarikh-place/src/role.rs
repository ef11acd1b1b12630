//! What a found name does where it stands: a place, those who act there, part of another name, or
//! no name at all.

mod agent;
mod announced;
mod article;
mod named_after;
mod people;
mod speaking;

use tarikh_syntax::{EntityKind, Tok, TokRange, Upos};

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::Posting;
use crate::layers::retain_behind;
use crate::mention::PlaceRole;
use crate::pack::NameKind;
use crate::spot::Finder;
use crate::tokens::{Shape, Style};
use crate::words::Kind;

/// A town below this size needs a word that says it is a place.
const KNOWN_TOWN: u32 = 20_000;
/// An ordinary word is a place only behind a preposition and if the place is this large.
const LARGE_TOWN: u32 = 50_000;
/// A smaller town is not named without anything that introduces it.
const HAMLET: u32 = 2_000;
/// Most words of a row of names before the noun that they share.
const HOUSE_LIST: u32 = 12;

/// What the words say about a name.
enum Verdict {
    /// Not a name of a place.
    Drop,
    Role(PlaceRole),
    /// Nothing speaks against a place.
    Open,
}

/// A name and what stands beside it.
struct Seen {
    range: TokRange,
    single: bool,
    style: Style,
    before: Option<Tok>,
    after: Option<Tok>,
    /// Class of the best-known reading.
    class: PlaceClass,
    population: u32,
    capital: bool,
    /// A country, a unit, an area, or a town that a reader may be expected to know.
    known: bool,
    /// A preposition of place or a unit noun stands before it.
    introduced: bool,
}

impl Seen {
    /// A country or a continent.
    fn is_large(&self) -> bool {
        matches!(self.class, PlaceClass::Country | PlaceClass::Continent)
    }
}

impl Finder<'_, '_> {
    /// What the name does here, or `None` if it is no name of a place at all. Postings that do not
    /// fit the way the word is written are taken out.
    pub(crate) fn role(
        &mut self,
        range: TokRange,
        pool: &mut Vec<Posting>,
        first: u32,
    ) -> Option<PlaceRole> {
        let is_demonym = |p: &Posting| self.gazetteer.class(p.id) == PlaceClass::Demonym;
        if pool[first as usize..].iter().any(is_demonym) {
            // "Niger" is a country and no people; "Lao" and "Somali" are a people first.
            retain_behind(pool, first as usize, is_demonym);
            return Some(PlaceRole::Demonym);
        }
        if range.len() == 1 {
            self.drop_abbreviations(range.start, pool, first);
        }
        if pool
            .get(first as usize)
            .is_some_and(|p| self.gazetteer.is_corrected(p.id))
        {
            return Some(PlaceRole::Location);
        }
        let seen = self.seen(range, &pool[first as usize..])?;
        let verdict = match self.by_entity(&seen) {
            Verdict::Open if self.is_behind_article(&seen) => Verdict::Drop,
            Verdict::Open if seen.single => self.by_word(&seen),
            Verdict::Open if self.is_of_common_words(&seen) => Verdict::Drop,
            other => other,
        };
        let verdict = match verdict {
            Verdict::Open => self.by_neighbours(&seen),
            other => other,
        };
        match verdict {
            Verdict::Drop => None,
            Verdict::Role(role) => Some(role),
            Verdict::Open => self.unannounced(&seen),
        }
    }

    fn seen(&self, range: TokRange, postings: &[Posting]) -> Option<Seen> {
        let tokens = self.tokens;
        let class = self.gazetteer.class(postings.first()?.id);
        let population = postings
            .iter()
            .map(|p| self.gazetteer.entry(p.id).population)
            .max()
            .unwrap_or(0);
        let before = tokens.before(range.start);
        let is_lead = |t: Tok| {
            tokens.kind(t).any(Kind::PREPOSITION)
                || tokens.kind(t).any(Kind::UNIT) && tokens.shape(t) == Shape::Lower
        };
        let introduced = before.is_some_and(|b| {
            is_lead(b)
                || tokens.is(b, "the") && tokens.before(b).is_some_and(is_lead)
                || tokens.kind(b).any(Kind::DIRECTION) && tokens.shape(b) == Shape::Lower
        });
        let introduced = introduced
            || self.is_assaulted(range)
            || self.is_listed(range)
            || self.is_end_of_road(range)
            || self.opens_item(range);
        Some(Seen {
            range,
            single: range.len() == 1,
            style: tokens.style(range.start),
            before,
            after: tokens.at(range.end),
            class,
            population,
            capital: postings
                .iter()
                .any(|p| self.gazetteer.entry(p.id).seat == Seat::Capital),
            known: population >= KNOWN_TOWN
                || range.len() > 1 && class == PlaceClass::Admin2
                || matches!(
                    class,
                    PlaceClass::Country
                        | PlaceClass::Continent
                        | PlaceClass::Admin1
                        | PlaceClass::Area
                        | PlaceClass::Water
                ),
            introduced,
        })
    }

    /// "The Red Cross": an article and words that are seldom places, for a town that few know.
    fn is_of_common_words(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let article = seen.before.filter(|&b| tokens.is(b, "the"));
        let lead = article.and_then(|a| tokens.before(a));
        // "Handed over to the Red Cross": not where somebody was.
        let placed = lead.is_some_and(|l| tokens.kind(l).any(Kind::PLACING));
        let mut words = seen.range.iter();
        article.is_some()
            && seen.class.is_point()
            && seen.population < KNOWN_TOWN
            && (!seen.introduced || !placed)
            && words.all(|t| tokens.kind(t).any(Kind::ORDINARY))
    }

    /// Where the document has entity mentions they keep people out.
    fn by_entity(&self, seen: &Seen) -> Verdict {
        match self.tokens.entity(seen.range) {
            // Only part of a longer name: the finder takes many a town's bare name for a person's.
            Some((EntityKind::Person, covered))
                if covered != seen.range
                    && seen.single
                    && !self.is_called(seen)
                    && (!seen.introduced && !seen.is_large()
                        || self.opens_person(seen, covered)) =>
            {
                Verdict::Role(PlaceRole::InName)
            }
            _ => Verdict::Open,
        }
    }

    /// "Corva payam": a noun behind the name says what kind of place it is.
    fn is_called(&self, seen: &Seen) -> bool {
        seen.after.is_some_and(|a| {
            self.tokens.kind(a).any(Kind::UNIT) && self.tokens.shape(a) == Shape::Lower
        })
    }

    /// Single words that are other things more often than places.
    fn by_word(&self, seen: &Seen) -> Verdict {
        let tokens = self.tokens;
        let t = seen.range.start;
        let kind = tokens.kind(t);
        if seen.class == PlaceClass::Country {
            return Verdict::Open;
        }
        let common = kind.any(Kind::ORDINARY)
            || kind.any(Kind::ORGANISATION)
            || kind.any(Kind::UNIT)
            || kind.any(Kind::CALENDAR)
            || kind.any(Kind::DIRECTION) && !kind.any(Kind::ADMIN1);
        if common {
            let placed = seen.style == Style::Prose
                && seen
                    .before
                    .is_some_and(|b| matches!(tokens.key(b), "in" | "near" | "from" | "at"))
                && seen.population >= LARGE_TOWN
                && seen.after.is_none_or(|a| !tokens.is_capital(a))
                && !kind.any(Kind::CALENDAR);
            // "Dumna, Plateau state"
            let placed = placed || kind.any(Kind::UNIT) && self.is_called_province(seen);
            return if placed { Verdict::Open } else { Verdict::Drop };
        }
        if kind.any(Kind::GIVEN) && !seen.known && !seen.introduced {
            return Verdict::Drop;
        }
        if kind.any(Kind::OPENER) && self.opens_longer(seen) {
            return Verdict::Drop;
        }
        if kind.any(Kind::SURNAME) && !self.is_placed(seen) {
            return Verdict::Role(PlaceRole::InName);
        }
        // A capital at the start of a sentence or in a headline is no sign of a name.
        let forced = seen.before.is_none() || seen.style != Style::Prose;
        if forced && !seen.is_large() && self.small.contains(tokens.key(t)) {
            return Verdict::Drop;
        }
        if forced && kind.any(Kind::MAKE) && self.goes_on_small(seen) {
            return Verdict::Drop;
        }
        let comma_after = seen.after.is_some_and(|a| tokens.is(a, ","));
        if seen.style == Style::Capitals && !seen.known && !seen.introduced && !comma_after {
            return Verdict::Drop;
        }
        if tokens.shape(t) == Shape::Capitals
            && seen.style == Style::Prose
            && seen.class != PlaceClass::Area
        {
            // "HIV", "UN", "IRS": an abbreviation, unless it is that of a unit behind a comma.
            let dateline =
                seen.before.is_none() && tokens.key(t).len() > 3 || self.opens_item(seen.range);
            if !dateline && seen.class != PlaceClass::Admin1 {
                return Verdict::Drop;
            }
        }
        let other_word = matches!(
            tokens.doc.upos(t),
            Upos::Verb | Upos::Aux | Upos::Adv | Upos::Pron | Upos::Det | Upos::Adp
        );
        if other_word && !seen.introduced && !seen.known && !self.is_called(seen) {
            return Verdict::Drop;
        }
        if self.people.contains(tokens.key(t)) && !seen.introduced && !seen.is_large() {
            return Verdict::Role(PlaceRole::InName);
        }
        Verdict::Open
    }

    /// "Plateau state", where the best-known reading is a first-order unit.
    fn is_called_province(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let noun = seen.after.map(|a| tokens.kind(a));
        seen.class == PlaceClass::Admin1 && noun.is_some_and(|k| k.any(Kind::ADMIN1))
    }

    /// "Kampala Road in Jinja", "the Sinjar Street area of Mosul": the words behind the street's noun say where it is.
    fn lies_in_town(&self, noun: Tok) -> bool {
        let tokens = self.tokens;
        let mut next = tokens.at(Tok(noun.0 + 1));
        if let Some(area) = next.filter(|&t| tokens.is(t, "area") || tokens.is(t, "district")) {
            next = tokens.at(Tok(area.0 + 1));
        }
        let link = next.filter(|&t| matches!(tokens.doc.lower(t), "in" | "of"));
        let town = link.and_then(|t| tokens.at(Tok(t.0 + 1)));
        let Some(town) = town.filter(|&t| tokens.is_capital(t)) else {
            return false;
        };
        let mut postings = Vec::new();
        self.gazetteer.postings(tokens.key(town), &mut postings);
        // A state named behind says only in which the road lies.
        postings
            .first()
            .is_some_and(|p| self.gazetteer.class(p.id).is_point())
    }

    /// Part of the name of a person or an organisation, judged by the words on both sides.
    fn by_neighbours(&mut self, seen: &Seen) -> Verdict {
        if let Some(before) = seen.before
            && !seen.is_large()
            && self.is_name_part(before, seen)
        {
            if seen.population < LARGE_TOWN || self.tokens.kind(before).any(Kind::GIVEN) {
                self.remember(seen.range);
            }
            return Verdict::Role(PlaceRole::InName);
        }
        let Some(after) = seen.after else {
            return Verdict::Open;
        };
        let tokens = self.tokens;
        // "Across the Corva river": the water, and not the town that bears its name.
        let river = tokens.shape(after) == Shape::Lower && tokens.kind(after).any(Kind::RIVER);
        if !seen.is_large() && river {
            return Verdict::Role(PlaceRole::InName);
        }
        if self.is_make(seen, after) || self.is_house(seen) {
            return Verdict::Role(PlaceRole::InName);
        }
        if self.is_numbered_make(seen, after) {
            return Verdict::Role(PlaceRole::InName);
        }
        if let Some(role) = self.is_named_group(seen, after) {
            return Verdict::Role(role);
        }
        if tokens.is(after, "-")
            && seen.class != PlaceClass::Country
            && let Some(next) = tokens.at(Tok(after.0 + 1))
            && tokens.is_capital(next)
            && tokens.is_tight(after)
            && !self.is_name_of_place(next)
        {
            return Verdict::Role(PlaceRole::InName);
        }
        if seen.style != Style::Prose || !tokens.is_capital(after) {
            return Verdict::Open;
        }
        self.in_capital_run(seen, after)
    }

    /// "Tank fire", but "Tank district".
    fn goes_on_small(&self, seen: &Seen) -> bool {
        let tokens = self.tokens;
        seen.after
            .is_some_and(|a| tokens.shape(a) == Shape::Lower && !tokens.kind(a).any(Kind::UNIT))
    }

    /// "an Iskander missile": the name of a make. "Gaza rockets" come from a place that readers know.
    fn is_make(&self, seen: &Seen, after: Tok) -> bool {
        let tokens = self.tokens;
        let short = seen.population < LARGE_TOWN && !seen.introduced && !seen.is_large();
        short && tokens.shape(after) == Shape::Lower && tokens.kind(after).any(Kind::MAKE)
    }

    /// Whether the word before makes the name a person's, an organisation's or a work's.
    fn is_name_part(&self, before: Tok, seen: &Seen) -> bool {
        let tokens = self.tokens;
        let kind = tokens.kind(before);
        let capital = tokens.is_capital(before);
        if kind.any(Kind::TITLE) && (capital || seen.style != Style::Prose) && !kind.any(Kind::UNIT)
        {
            return true;
        }
        if kind.any(Kind::GIVEN) && capital && seen.single && !self.is_place_before(before) {
            return true;
        }
        let of_organisation = tokens.is(before, "of")
            && seen.style == Style::Prose
            && tokens.before(before).is_some_and(|head| {
                tokens.is_capital(head)
                    && tokens.kind(head).any(Kind::ORGANISATION)
                    && !tokens.kind(head).any(Kind::CIVIC)
                    && !tokens.kind(head).any(Kind::UNIT)
            });
        if of_organisation {
            return true;
        }
        // "J. Clark", "Louise Ellis": a capitalised word that says nothing of a place.
        let starts = tokens.before(before).is_none();
        capital
            && seen.style == Style::Prose
            && seen.single
            && !kind.any(Kind::DIRECTION)
            && !kind.any(Kind::UNIT)
            && !kind.any(Kind::PREPOSITION)
            && !kind.any(Kind::CALENDAR)
            && !(starts
                && (kind.any(Kind::ORDINARY)
                    || kind.any(Kind::TITLE)
                    || self.small.contains(tokens.key(before))))
            && !self.is_name_of_place(before)
    }

    /// The name begins a run of capitalised words: what the run names decides.
    fn in_capital_run(&mut self, seen: &Seen, after: Tok) -> Verdict {
        let tokens = self.tokens;
        let kind = tokens.kind(after);
        if tokens
            .phrase_at(after, &["local", "government", "area"])
            .is_some()
        {
            return Verdict::Open;
        }
        // "on Baghdad Street in Damascus": a street of that name says nothing of where it lies; one that bears a
        // village's is likelier told by a paper of the place.
        let far_known = seen.population >= LARGE_TOWN || seen.is_large();
        let part = matches!(seen.class, PlaceClass::Site | PlaceClass::Quarter);
        let in_town =
            (kind.any(Kind::STREET) || tokens.is(after, "road")) && self.lies_in_town(after);
        if (in_town || kind.any(Kind::STREET) && far_known) && !part {
            return Verdict::Role(PlaceRole::InName);
        }
        if kind.any(Kind::UNIT) && !kind.any(Kind::ORGANISATION) && !tokens.is(after, "area") {
            return Verdict::Open;
        }
        if kind.any(Kind::CALENDAR) || kind.any(Kind::DIRECTION) || kind.any(Kind::WAY) {
            return Verdict::Open;
        }
        let given = seen.single && tokens.kind(seen.range.start).any(Kind::GIVEN);
        let mut last = after;
        while let Some(next) = tokens.at(Tok(last.0 + 1))
            && tokens.is_capital(next)
            && last.0 < after.0 + 5
        {
            last = next;
        }
        let head = tokens.kind(last);
        let civic = head.any(Kind::CIVIC)
            || kind.any(Kind::CIVIC)
            || head.any(Kind::TITLE) && seen.known && !given
            || kind.any(Kind::TITLE) && !given;
        if civic && (seen.known || !seen.single) {
            // "Dublin City Council", "Texas Fire Service": those who act there.
            return Verdict::Role(PlaceRole::Metonym);
        }
        // "On the Corva University campus": the university of a large town is in it.
        let campus = tokens
            .at(Tok(last.0 + 1))
            .is_some_and(|t| tokens.is(t, "campus"));
        if campus && seen.population >= LARGE_TOWN {
            return Verdict::Open;
        }
        if head.any(Kind::ORGANISATION) || kind.any(Kind::ORGANISATION) {
            self.houses.insert(seen.range);
            return Verdict::Role(PlaceRole::InName);
        }
        if given && !self.is_name_of_place(after) {
            // "Paris Hilton", "Georgia Smith".
            self.remember(TokRange::new(after, Tok(after.0 + 1)));
            self.remember(seen.range);
            return Verdict::Role(PlaceRole::InName);
        }
        if kind.any(Kind::TITLE) || self.is_name_of_place(after) {
            return Verdict::Open;
        }
        if seen.is_large() || seen.class == PlaceClass::Admin1 || !seen.single && seen.known {
            return Verdict::Role(PlaceRole::Metonym);
        }
        if !seen.known {
            self.remember(TokRange::new(after, Tok(after.0 + 1)));
            self.remember(seen.range);
        }
        Verdict::Role(PlaceRole::InName)
    }

    /// A small town that nothing introduces is likelier a surname or a title.
    fn unannounced(&self, seen: &Seen) -> Option<PlaceRole> {
        let tokens = self.tokens;
        let comma = |t: Option<Tok>| t.is_some_and(|t| tokens.is(t, ","));
        let unit_after = seen.after.is_some_and(|a| tokens.kind(a).any(Kind::UNIT));
        let announced = seen.introduced || unit_after || comma(seen.before) || comma(seen.after);
        if seen.single && !seen.is_large() && !seen.introduced && !unit_after && self.speaks(seen) {
            // "Nelson said", "said Nelson": only capitals speak for a state.
            return Some(if seen.capital {
                PlaceRole::Metonym
            } else {
                PlaceRole::InName
            });
        }
        if !seen.known && !announced && seen.single {
            return (seen.population >= HAMLET
                && seen.style == Style::Prose
                && seen.before.is_some_and(|b| !tokens.is_capital(b)))
            .then_some(PlaceRole::Location);
        }
        Some(self.use_of(seen))
    }

    /// "US" is a country, "us" and "Us" are not; "IN" and "OR" are states only behind "Gary," and
    /// "Salem,".
    fn drop_abbreviations(&self, t: Tok, pool: &mut Vec<Posting>, first: u32) {
        let key = self.tokens.key(t);
        if key.len() > 4 {
            return;
        }
        let word = self.tokens.doc.word(t);
        let behind_place = self
            .tokens
            .before(t)
            .is_some_and(|b| self.tokens.is(b, ","));
        let in_capitals = self.tokens.style(t) == Style::Capitals;
        let written_short = word.contains('.') || self.tokens.shape(t) == Shape::Capitals;
        retain_behind(pool, first as usize, |p| {
            if p.kind == NameKind::Primary {
                return true;
            }
            match self.gazetteer.class(p.id) {
                PlaceClass::Country => {
                    written_short && (!in_capitals || key != "car")
                        || word.len() > 3 && !in_capitals && key != "car"
                }
                PlaceClass::Admin1 if key.len() <= 2 || word.ends_with('.') => {
                    behind_place || key == "dc" && written_short || word.matches('.').count() > 1
                }
                PlaceClass::Admin1 => written_short || key.len() == 4,
                _ => key.len() > 2,
            }
        });
    }

    fn is_name_of_place(&self, t: Tok) -> bool {
        let key = self.tokens.key(t);
        self.gazetteer
            .layers()
            .iter()
            .any(|l| l.fst().contains_key(key))
    }

    /// Whether the word before a name is itself rather a place ("Jordan" in "Amman, Jordan").
    fn is_place_before(&self, b: Tok) -> bool {
        self.tokens
            .before(b)
            .is_some_and(|p| self.tokens.kind(p).any(Kind::PREPOSITION))
            && !self.tokens.kind(b).any(Kind::GIVEN)
    }

    /// Whether a name says where something is, or who acts.
    fn use_of(&self, seen: &Seen) -> PlaceRole {
        let tokens = self.tokens;
        let (before, after) = (seen.before, seen.after);
        let hyphen = |t: Option<Tok>| t.is_some_and(|t| tokens.is(t, "-"));
        let small = |t: Tok| tokens.shape(t) == Shape::Lower;
        // "US-led", "Kabul-based": an adjective, not a place of event. "Anti-US" is one word.
        let compound = hyphen(after) && tokens.at(Tok(seen.range.end.0 + 1)).is_some_and(small);
        // "a US soldier", "the UK government".
        let adjective = seen.class == PlaceClass::Country
            && seen.single
            && tokens.shape(seen.range.start) == Shape::Capitals
            && after.is_some_and(|a| {
                small(a)
                    && matches!(tokens.doc.upos(a), Upos::Noun | Upos::Adj)
                    && !tokens.kind(a).any(Kind::UNIT)
            });
        let governed = before.is_some_and(|b| {
            tokens.kind(b).any(Kind::PREPOSITION)
                || tokens.kind(b).any(Kind::UNIT)
                || tokens.is(b, ",")
        });
        let actor = seen.is_large() || seen.class == PlaceClass::City;
        // "3 p.m. (Sanaa time)"
        let clock = after.is_some_and(|a| tokens.key(a) == "time");
        let acts = self.is_agent(seen);
        if compound || adjective || clock || acts || actor && !governed && self.speaks(seen) {
            PlaceRole::Metonym
        } else {
            PlaceRole::Location
        }
    }
}
