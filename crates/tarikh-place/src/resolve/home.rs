//! Which country and town a report is at home in, by what is no place of it: the outlet's name ("Corva Herald",
//! "dailycorvanews.com"), whose police act and speak.

use tarikh_syntax::Tok;

use super::{Solver, weight};
use crate::class::PlaceClass;
use crate::gazetteer::{Entry, Gazetteer, Posting};
use crate::mention::Hints;
use crate::normalise::name_key;
use crate::spot::Spots;
use crate::tokens::Tokens;
use crate::words::{self, Kind};

/// Shorter names stand in too many domains.
const SHORTEST: usize = 4;
/// Longest label that the rules of domains allow.
const LONGEST: usize = 63;
/// A town of this size needs no other sign than its country to be meant.
const NAMESAKE: u32 = 15_000;
/// Share of a report's evidence from which on it speaks of a country.
const SPOKEN_OF: f32 = 0.25;
/// A first-order unit of this size is known to readers elsewhere.
const KNOWN_UNIT: u32 = 1_000_000;
/// Words that a domain's label may be made of, its place left out.
const MOST_WORDS: usize = 4;

/// What the outlet is named after.
#[derive(Default)]
pub(super) struct Home {
    /// The readings of the name.
    pub(super) postings: Vec<Posting>,
}

/// The places that the outlet's name or domain may mean.
pub(crate) fn outlet_places(gazetteer: &Gazetteer, hints: &Hints<'_>) -> Vec<Posting> {
    Home::new(gazetteer, hints).postings
}

impl Home {
    pub(super) fn new(gazetteer: &Gazetteer, hints: &Hints<'_>) -> Self {
        let named = hints.outlet.and_then(|outlet| from_name(gazetteer, outlet));
        named
            .or_else(|| from_domain(gazetteer, hints.domain?))
            .unwrap_or_default()
    }
}

/// "The Corva Daily News": the words of newspapers' names left out.
fn from_name(gazetteer: &Gazetteer, outlet: &str) -> Option<Home> {
    let words: Vec<String> = outlet.split_whitespace().map(name_key).collect();
    let is_press = |w: &String| words::kind(w).any(Kind::PRESS);
    let start = words.iter().position(|w| !is_press(w))?;
    let end = words.iter().rposition(|w| !is_press(w))? + 1;
    let whole = start > 0 || end < words.len();
    home(gazetteer, &words[start..end].join(" ")).filter(|_| whole)
}

/// "dailycorvanews.com", "news.corvaherald.com"
fn from_domain(gazetteer: &Gazetteer, domain: &str) -> Option<Home> {
    let (labels, _) = domain.rsplit_once('.')?;
    labels.rsplit('.').find_map(|label| {
        let letters: String = label
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(LONGEST)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        from_label(gazetteer, &letters)
    })
}

/// The longest name of a place that leaves nothing but words of newspapers' names around it.
fn from_label(gazetteer: &Gazetteer, label: &str) -> Option<Home> {
    let n = label.len();
    let mut spans: Vec<(usize, usize)> = (0..n)
        .flat_map(|start| (start + SHORTEST..=n).map(move |end| (start, end)))
        .filter(|&(start, end)| {
            is_press(&label[..start], MOST_WORDS) && is_press(&label[end..], MOST_WORDS)
        })
        .collect();
    spans.sort_by_key(|(start, end)| std::cmp::Reverse(end - start));
    spans
        .into_iter()
        .find_map(|(start, end)| home(gazetteer, &label[start..end]))
}

/// Whether a run of letters is nothing but words of newspapers' names.
fn is_press(letters: &str, most: usize) -> bool {
    letters.is_empty()
        || most > 0
            && (1..=letters.len()).any(|end| {
                words::kind(&letters[..end]).any(Kind::PRESS) && is_press(&letters[end..], most - 1)
            })
}

fn home(gazetteer: &Gazetteer, key: &str) -> Option<Home> {
    if key.len() < SHORTEST || words::kind(key).any(Kind::PRESS) {
        return None;
    }
    let mut postings = Vec::new();
    gazetteer.postings(key, &mut postings);
    postings.retain(|p| gazetteer.class(p.id) != PlaceClass::Demonym);
    (!postings.is_empty()).then_some(Home { postings })
}

/// The one country whose people of office at home are named ("Elskan police", "Corva's prosecutors"). Soldiers
/// fight abroad, too.
pub(super) fn domestic<'g>(
    gazetteer: &'g Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
) -> Option<&'g str> {
    let of_office = |end: Tok| {
        let next = tokens.at(end).and_then(|t| match tokens.doc.lower(t) {
            // "Dunmar state troopers"
            "'s" | "'" | "state" | "provincial" | "regional" => tokens.at(Tok(t.0 + 1)),
            _ => Some(t),
        });
        next.is_some_and(|t| tokens.kind(t).any(Kind::DOMESTIC))
    };
    let mut lands = spots
        .list
        .iter()
        .filter(|s| of_office(s.tokens.end))
        .map(|s| spots.postings(s))
        .filter(|postings| !postings.is_empty())
        .filter(|postings| match gazetteer.class(postings[0].id) {
            PlaceClass::Demonym | PlaceClass::Country => true,
            // "Dunmar troopers", of a state or province whose name no other country has.
            PlaceClass::Admin1 => is_sure_unit(gazetteer, postings),
            _ => false,
        })
        .map(|postings| gazetteer.entry(postings[0].id).country);
    let first = lands.next()?;
    lands.all(|land| land == first).then_some(first)
}

/// A first-order unit that readers know, and no other country has one of its name.
fn is_sure_unit(gazetteer: &Gazetteer, postings: &[Posting]) -> bool {
    let first = gazetteer.entry(postings[0].id);
    let mut units = postings
        .iter()
        .map(|p| gazetteer.entry(p.id))
        .filter(|e| matches!(e.class, PlaceClass::Admin1 | PlaceClass::Country));
    first.population >= KNOWN_UNIT && units.all(|e| e.country == first.country)
}

impl Solver<'_, '_> {
    /// How much the report's countries speak for a reading.
    pub(super) fn of_report(&self, entry: &Entry<'_>, members: &[usize]) -> f32 {
        let postings = self.spots.postings(&self.spots.list[members[0]]);
        let share = match postings.first() {
            Some(first) => {
                let own = self.gazetteer.entry(first.id);
                self.evidence.share_beside(entry.country, &own, first.id)
            }
            None => self.evidence.share(entry.country),
        };
        let unit = matches!(entry.class, PlaceClass::Admin1 | PlaceClass::Admin2);
        let bounded = entry.class.is_point() || unit;
        // "Mexico" is the country, whoever acts there.
        let names_land = postings.first().is_some_and(|p| {
            let first = self.gazetteer.entry(p.id);
            first.class == PlaceClass::Country && first.country == entry.country
        });
        let at_home = bounded && !names_land && self.domestic == Some(entry.country);
        let domestic = if at_home { weight::DOMESTIC } else { 0.0 };
        let spoken_of = match postings.first() {
            Some(first) if self.is_of_land_spoken_of(entry, first, share) => weight::SPOKEN_OF,
            _ => 0.0,
        };
        weight::COUNTRY_OF_REPORT * share + domestic + spoken_of
    }

    /// A town of a country that the report speaks of, where nothing speaks of the country of its better known
    /// namesake ("the Lebanese army fights near Tripoli").
    fn is_of_land_spoken_of(&self, entry: &Entry<'_>, first: &Posting, share: f32) -> bool {
        let known = self.gazetteer.entry(first.id);
        entry.class == PlaceClass::City
            && entry.population >= NAMESAKE
            && matches!(known.class, PlaceClass::City | PlaceClass::Admin1)
            && known.country != entry.country
            && share >= SPOKEN_OF
            && self.evidence.share_beside(known.country, &known, first.id) <= 0.0
    }
}
