//! When and where the parties of a template are told of. Sections are those of the task's
//! `task-docs/template-doc-part1`.

use jiff::civil::Date;
use tarikh_place::{PlaceClass, PlaceMention, PlaceRole};
use tarikh_syntax::{Doc, Tok};
use tarikh_time::{Timex, TimexKind};

/// How many words farther off a town may be than a country and still be preferred.
const VAGUE: u32 = 5;

/// A report's times and places.
pub(super) struct Setting<'a> {
    pub(super) doc: &'a Doc,
    pub(super) dateline: Option<Date>,
    pub(super) times: Vec<Timex>,
    pub(super) places: Vec<PlaceMention>,
}

impl Setting<'_> {
    /// The day of what stands at these words (section 7.3): a day, an interval, or "on or before
    /// the dateline", which also stands for a weekday (note 1).
    pub(super) fn date(&self, words: &[Tok]) -> Option<String> {
        let on_or_before = || self.dateline.map(|date| format!("/{date}"));
        let near = self.times.iter().filter(|time| {
            matches!(time.kind, TimexKind::Date | TimexKind::Time)
                && time.interval.is_some_and(|i| i.precision <= 2)
                && !self.is_of_dateline(time)
        });
        let time = near
            .filter_map(|time| Some((self.distance(time.tokens.start, words)?, time)))
            .min_by_key(|(distance, _)| *distance);
        let Some((_, time)) = time else {
            return on_or_before();
        };
        let interval = time.interval?;
        if time.weekday.is_some() || self.dateline.is_some_and(|d| interval.start > d) {
            on_or_before()
        } else if interval.start == interval.end {
            Some(interval.start.to_string())
        } else {
            Some(format!("{}/{}", interval.start, interval.end))
        }
    }

    /// Whether a time is the date in the dateline, which says nothing of the incident.
    fn is_of_dateline(&self, time: &Timex) -> bool {
        let day = time.interval.map(|i| i.start);
        let opens = self.doc.sentence_of(time.tokens.start).0 == 0;
        opens && !time.relative && time.weekday.is_none() && day == self.dateline
    }

    /// Country and place of what stands at these words (section 7.4).
    pub(super) fn location(&self, words: &[Tok]) -> Option<String> {
        let usual = self.usual_country();
        let near = self.places.iter().enumerate().filter(|(_, place)| {
            let country = self.country(place);
            place.role == PlaceRole::Location
                && country.is_some_and(|c| {
                    3 * self.times_named(c) >= usual.map_or(0, |u| self.times_named(u))
                })
        });
        let near = near
            .filter_map(|(i, place)| {
                let class = place.place.as_ref().map(|p| p.class);
                // A country says less than a town a little farther off.
                let vague = if class == Some(PlaceClass::Country) {
                    VAGUE
                } else {
                    0
                };
                Some((self.distance(place.tokens.start, words)? + vague, i))
            })
            .min();
        let Some((_, i)) = near else {
            return usual.map(str::to_owned);
        };
        let place = &self.places[i];
        let mut location = self.country(place)?.to_owned();
        let chain = place.contained_in.iter().rev().chain([&i]);
        for part in chain.map(|&part| &self.places[part]) {
            let class = part.place.as_ref().map(|p| p.class);
            if class != Some(PlaceClass::Country) {
                location.push_str(": ");
                location.push_str(&words_of(self.doc, part));
            }
        }
        Some(location)
    }

    fn country(&self, place: &PlaceMention) -> Option<&'static str> {
        let code = place.place.as_ref()?.country.as_deref()?;
        let known = COUNTRIES.iter().find(|(known, _)| *known == code);
        known.map(|(_, name)| *name)
    }

    /// The one of the nine countries that the report names most often.
    fn usual_country(&self) -> Option<&'static str> {
        let countries = COUNTRIES.iter().map(|(_, name)| *name);
        countries
            .filter(|name| self.times_named(name) > 0)
            .max_by_key(|name| self.times_named(name))
    }

    /// How often a country or a place of it is named.
    fn times_named(&self, country: &str) -> usize {
        let named = self.places.iter().filter_map(|place| self.country(place));
        named.filter(|name| *name == country).count()
    }

    /// How far a word lies from the nearest of some words of its sentence; one in a neighbouring
    /// sentence counts as farther than any word of the same, and beyond that nothing is near.
    fn distance(&self, at: Tok, words: &[Tok]) -> Option<u32> {
        let sentence = |t: Tok| self.doc.sentence_of(t).0;
        let distances = words.iter().filter_map(|&word| {
            let apart = sentence(word).abs_diff(sentence(at));
            (apart <= 2).then(|| 1000 * apart + word.0.abs_diff(at.0))
        });
        distances.min()
    }
}

/// A place's name in capitals without accents, as the wire wrote it.
fn words_of(doc: &Doc, place: &PlaceMention) -> String {
    let words = doc.range_span(place.tokens).of(doc.text());
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_uppercase()
}

/// The nine countries of section 1, with the names that the keys use.
const COUNTRIES: &[(&str, &str)] = &[
    ("AR", "ARGENTINA"),
    ("BO", "BOLIVIA"),
    ("CL", "CHILE"),
    ("CO", "COLOMBIA"),
    ("EC", "ECUADOR"),
    ("GT", "GUATEMALA"),
    ("HN", "HONDURAS"),
    ("PE", "PERU"),
    ("SV", "EL SALVADOR"),
];
