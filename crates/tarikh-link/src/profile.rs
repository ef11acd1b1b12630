//! What comparison needs of a mention, in the form that it needs.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tarikh_record::{ActorKind, EventType, Incident, Side, SubEventType};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::context::ReportContext;
use crate::words::words;

/// A report's account of one incident, made ready for comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Key of the mention; unique among those compared.
    pub key: String,
    /// Key of the report. Two accounts in one report are two incidents: the report keeps them apart.
    pub report: String,
    /// First and last possible day, counted from 1 January 1970; `None` where the report leaves
    /// it open.
    pub days: Option<(i32, i32)>,
    /// Whether the report names no day, so that `days` were guessed from its publication.
    #[serde(default)]
    pub(crate) is_guessed: bool,
    /// Day of the report's publication, counted likewise.
    pub published: Option<i32>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub(crate) admin1: Option<String>,
    pub(crate) admin2: Option<String>,
    /// The place's name, folded.
    pub(crate) place: Option<String>,
    /// Whether the place is the very spot, and not only near it.
    #[serde(default)]
    pub(crate) is_exact: bool,
    /// Latitude and longitude in degrees, of a place known to about 25 km or better.
    pub point: Option<(f64, f64)>,
    /// The middle of the district, where no more is known.
    #[serde(default)]
    pub(crate) district: Option<(f64, f64)>,
    /// Whether the place is a country or more.
    #[serde(default)]
    pub(crate) is_country: bool,
    /// Whether the words for the day, and those for the place, stand nearer to another incident.
    #[serde(default)]
    pub(crate) borrows_day: bool,
    #[serde(default)]
    pub(crate) borrows_place: bool,
    pub(crate) event_type: EventType,
    pub(crate) sub_event_type: SubEventType,
    /// Actors that have a name of their own, on either side.
    pub(crate) actors: BTreeSet<String>,
    /// Those of side A.
    pub(crate) authors: BTreeSet<String>,
    pub(crate) killed: Number,
    pub(crate) injured: Number,
    pub(crate) abducted: Option<u32>,
    #[serde(default)]
    pub(crate) released: Option<u32>,
    /// Names on either side as coded, folded, whether they name anyone or not.
    pub(crate) sides: BTreeSet<String>,
    /// Kinds of those on either side that reports seldom confuse: forces, a crowd, civilians.
    #[serde(default)]
    pub(crate) kinds: BTreeSet<ActorKind>,
    /// Words of the weapons' names.
    pub(crate) weapons: BTreeSet<String>,
    /// Words of four letters and more that state the act, folded.
    pub(crate) words: BTreeSet<String>,
    /// Numbers among these words.
    pub(crate) numbers: BTreeSet<String>,
    /// Words of the sentences that state the act, but for those that all reports on violence have.
    #[serde(default)]
    pub(crate) context: BTreeSet<String>,
    /// Words of the report's title and beginning as well, if that is what it is about.
    #[serde(default)]
    pub(crate) lead: BTreeSet<String>,
}

/// A count as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Number {
    pub(crate) low: Option<u32>,
    pub(crate) best: Option<u32>,
    pub(crate) high: Option<u32>,
}

/// UCDP `where_prec` up to which a point says where something happened: within about 25 km.
const POINT_PRECISION: u8 = 2;

/// UCDP `where_prec` of a district, and of a country.
const DISTRICT: u8 = 3;
const COUNTRY: u8 = 6;

/// What the coder's rules for acts without a day of their own begin with.
const UNDATED_RULE: &str = "date:undated";

impl Profile {
    /// The profile of what `report`, published on a day (ISO 8601), says in `incident`.
    #[must_use]
    pub fn new(key: &str, report: &str, published: Option<&str>, incident: &Incident) -> Self {
        let place = &incident.place;
        let is_point = place.precision.is_some_and(|p| p <= POINT_PRECISION);
        let named = |side: Option<Side>| {
            let of_side = incident
                .actors
                .iter()
                .filter(|a| side.is_none_or(|s| a.side == s));
            of_side
                .filter(|a| a.id.is_some() || has_own_name(a.kind, &a.name))
                .map(|a| a.id.clone().unwrap_or_else(|| fold(&a.name)))
                .collect()
        };
        Self {
            key: key.to_owned(),
            report: report.to_owned(),
            days: days(incident),
            is_guessed: is_guessed(incident),
            published: published.and_then(|day| day.parse().ok()).map(day_number),
            country: place.country.clone(),
            admin1: place.admin1.as_deref().map(fold),
            admin2: place.admin2.as_deref().map(fold),
            place: place
                .name
                .as_deref()
                .map(fold)
                .filter(|name| !name.is_empty()),
            is_exact: place.precision == Some(1),
            point: place.lat.zip(place.lon).filter(|_| is_point),
            district: place
                .lat
                .zip(place.lon)
                .filter(|_| place.precision == Some(DISTRICT)),
            is_country: place.precision.is_some_and(|p| COUNTRY <= p),
            borrows_day: false,
            borrows_place: false,
            event_type: incident.event_type,
            sub_event_type: incident.sub_event_type,
            actors: named(None),
            authors: named(Some(Side::A)),
            killed: Number {
                low: incident.killed.low,
                best: incident.killed.best,
                high: incident.killed.high,
            },
            injured: Number {
                low: incident.injured.low,
                best: None,
                high: incident.injured.high,
            },
            abducted: incident.abducted,
            released: incident.released,
            sides: sides(incident),
            kinds: kinds(incident),
            weapons: incident.weapons.iter().flat_map(|w| words(w)).collect(),
            words: words(&incident.evidence.quote).into_iter().collect(),
            numbers: numbers(&incident.evidence.quote),
            context: BTreeSet::new(),
            lead: BTreeSet::new(),
        }
    }

    /// The same, with what the report says around the incident and at its beginning.
    #[must_use]
    pub fn in_report(mut self, report: &ReportContext<'_>, incident: &Incident) -> Self {
        self.context = report.telling(incident);
        self.lead = self.context.clone();
        let lead = report.lead(incident).into_iter().flatten();
        self.lead.extend(lead.cloned());
        self.borrows_day = report.is_borrowed(incident, "date_start");
        self.borrows_place = report.is_borrowed(incident, "place.name");
        self
    }
}

/// Whether a report names an actor rather than describes it: "soldiers" are on many sides.
fn has_own_name(kind: ActorKind, name: &str) -> bool {
    let is_group = matches!(
        kind,
        ActorKind::RebelGroup
            | ActorKind::PoliticalMilitia
            | ActorKind::IdentityMilitia
            | ActorKind::StateForces
            | ActorKind::ExternalForces
    );
    is_group && name.chars().any(char::is_uppercase)
}

fn days(incident: &Incident) -> Option<(i32, i32)> {
    let day = |written: &Option<String>| -> Option<i32> {
        let date: Date = written.as_deref()?.parse().ok()?;
        Some(day_number(date))
    };
    let start = day(&incident.date_start);
    let end = day(&incident.date_end);
    let (start, end) = (start.or(end)?, end.or(start)?);
    Some((start.min(end), start.max(end)))
}

/// Whether the coder took the day from the report's date, for want of a word.
fn is_guessed(incident: &Incident) -> bool {
    let mut provenance = incident.provenance.iter();
    provenance.any(|p| p.field == "date_start" && p.rule.starts_with(UNDATED_RULE))
}

/// Days since 1 January 1970.
pub(crate) fn day_number(date: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    EPOCH.until(date).map_or(0, |span| span.get_days())
}

/// Lower case without accents and punctuation, so that spellings agree.
pub(crate) fn fold(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    let plain: String = letters
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Civilians are on so many sides that they tell nothing.
fn sides(incident: &Incident) -> BTreeSet<String> {
    let is_civilian = |name: &str| {
        let mut actors = incident.actors.iter();
        actors.any(|actor| actor.name == name && actor.kind == ActorKind::Civilians)
    };
    let names = incident.side_a.iter().chain(&incident.side_b);
    names
        .filter(|name| !is_civilian(name))
        .map(|name| fold(name))
        .collect()
}

/// Forces of one's own or another country are one kind, and so are all who gather in the street.
fn kinds(incident: &Incident) -> BTreeSet<ActorKind> {
    let kinds = incident.actors.iter().filter_map(|actor| match actor.kind {
        ActorKind::StateForces | ActorKind::ExternalForces => Some(ActorKind::StateForces),
        ActorKind::Rioters | ActorKind::Protesters => Some(ActorKind::Protesters),
        ActorKind::Civilians => Some(ActorKind::Civilians),
        _ => None,
    });
    kinds.collect()
}

fn numbers(quote: &str) -> BTreeSet<String> {
    let words = quote.split(|c: char| !c.is_alphanumeric());
    let numbers = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    numbers.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_agree_when_folded() {
        assert_eq!(fold("Sévaré-Mopti "), "sevare mopti");
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day_number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(day_number(jiff::civil::date(2024, 1, 1)), 19_723);
    }
}
