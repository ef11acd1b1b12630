//! "The Mali-Niger border", "Mali's border with Niger": a line between two countries, in neither alone.

use tarikh_syntax::{Tok, TokRange};

use super::{LINE_KM, rounded};
use crate::borders;
use crate::class::PlaceClass;
use crate::gazetteer::Entry;
use crate::geo::{distance_km, midpoint};
use crate::mention::{GeoPlace, Geometry, PlaceRole};
use crate::relation::Found;
use crate::resolver::Reading;

/// Moves a place to the border that the words name; returns one past the last token read.
pub(super) fn border(
    reading: &Reading<'_, '_>,
    i: usize,
    found: Found,
    place: &mut GeoPlace,
) -> Tok {
    let first = reading.spots.list[i].tokens;
    if let Some(end) = between_units(reading, i, place) {
        return end;
    }
    let side = side_of_border(reading, i, found);
    let country = |j: usize| {
        let entry = reading.gazetteer.entry(reading.best(j)?);
        reading.gazetteer.country(entry.country)
    };
    let other = reading.spots.list.get(i + 1).and_then(|second| {
        let gap: Vec<&str> = (first.end.0..second.tokens.start.0.min(first.end.0 + 3))
            .map(|t| reading.tokens.doc.lower(Tok(t)))
            .collect();
        let joined = second.tokens.start.0 <= first.end.0 + 3
            && matches!(gap.as_slice(), ["-"] | ["and"] | ["and", "the"]);
        joined.then(|| country(i + 1).map(|land| (land, second.tokens.end)))?
    });
    let land = country(i);
    let own = land.map_or(place.name.as_str(), |c| c.name).to_owned();
    let told_beside = || {
        let land = land.filter(|_| other.is_none())?;
        beside(reading, i, land.country)
    };
    let side = side.or_else(told_beside);
    let near_side = side.and_then(country).filter(|c| c.name != own);
    let over = match (&other, &near_side) {
        (Some((other, _)), _) => Some(other),
        (None, side) => side.as_ref(),
    };
    place.name = match (&other, &near_side) {
        (Some((other, _)), _) => format!("{own}-{} border", other.name),
        (None, Some(side)) => format!("{}-{own} border", side.name),
        (None, None) => format!("{own} border"),
    };
    place.precision = 5;
    place.class = PlaceClass::Area;
    (place.lat, place.lon, place.radius_km) = (None, None, None);
    place.geonameid = None;
    place.country = side
        .and_then(|s| reading.best(s))
        .map(|id| reading.gazetteer.entry(id).country.to_owned());
    place.admin1 = None;
    place.admin2 = None;
    place.timezone = None;
    if let (Some(a), Some(b)) = (&land, over) {
        along(borders::line(a.country, b.country), place);
    }
    other.map_or(first.end, |(_, end)| end)
}

/// "on the Corva-Dunmar border", two units of one country: between their middles. Returns one past the second name.
fn between_units(reading: &Reading<'_, '_>, i: usize, place: &mut GeoPlace) -> Option<Tok> {
    let first = reading.spots.list[i].tokens;
    let second = reading.spots.list.get(i + 1)?.tokens;
    let doc = reading.tokens.doc;
    let joined = second.start.0 == first.end.0 + 1
        && matches!(doc.lower(first.end), "-" | "\u{2013}" | "/" | "and");
    let [a, b] = [i, i + 1].map(|j| Some(reading.gazetteer.entry(reading.best(j)?)));
    let (a, b) = (a?, b.filter(|_| joined)?);
    let is_unit = |e: &Entry<'_>| {
        e.class.is_point() || matches!(e.class, PlaceClass::Admin1 | PlaceClass::Admin2)
    };
    if !is_unit(&a) || !is_unit(&b) || a.country != b.country {
        return None;
    }
    let [a_words, b_words] = [first, second].map(|t| doc.range_span(t).of(doc.text()));
    let km = distance_km((a.lat, a.lon), (b.lat, b.lon));
    place.name = format!("{a_words}-{b_words} border");
    place.precision = 5;
    place.class = PlaceClass::Area;
    place.geonameid = None;
    if a.admin1 != b.admin1 || a.class == PlaceClass::Admin1 {
        place.admin1 = None;
    }
    place.admin2 = None;
    place.radius_km = Some((km / 2.0).round().max(1.0));
    let middle = (km <= LINE_KM).then(|| rounded(midpoint((a.lat, a.lon), (b.lat, b.lon))));
    (place.lat, place.lon) = (middle.map(|m| m.0), middle.map(|m| m.1));
    Some(second.end)
}

/// "In Mali near the border with Niger", "near the Syrian border in southern Turkey": the place of the
/// sentence, before or else behind the border, that lies in a neighbour of its country.
fn beside(reading: &Reading<'_, '_>, i: usize, land: &str) -> Option<usize> {
    let spots = &reading.spots.list;
    let sentence = reading.tokens.sentence(spots[i].tokens.start);
    let in_neighbour = |j: &usize| {
        let spot = &spots[*j];
        let country = reading
            .best(*j)
            .map(|id| reading.gazetteer.entry(id).country);
        spot.role == PlaceRole::Location
            && sentence.contains(spot.tokens.start)
            && country.is_some_and(|c| borders::line(c, land).is_some())
    };
    let mut before = (0..i).rev().take(3);
    let mut behind = (i + 1..spots.len()).take(2);
    before
        .find(in_neighbour)
        .or_else(|| behind.find(in_neighbour))
}

/// The line of a border, and its middle where that is near all of it.
fn along(line: Option<&[(f64, f64)]>, place: &mut GeoPlace) {
    let Some(line) = line else { return };
    let spread = |from: (f64, f64)| {
        let far = line.iter().map(|&p| distance_km(from, p));
        far.fold(0.0, f64::max)
    };
    let middle = line[line.len() / 2];
    place.radius_km = Some(spread(middle).round().max(1.0));
    if spread(middle) <= LINE_KM / 2.0 {
        (place.lat, place.lon) = (Some(middle.0), Some(middle.1));
    }
    place.geometry = Some(Geometry::Line(line.to_vec()));
}

/// "on Mali's border with Niger", "on the Malian side of the border with Niger": the spot of the country
/// whose side it is.
fn side_of_border(reading: &Reading<'_, '_>, i: usize, found: Found) -> Option<usize> {
    let tokens = reading.tokens;
    let before = i.checked_sub(1)?;
    let owner = reading.spots.list[before].tokens;
    let words = TokRange::new(owner.end, found.tokens.start);
    let gap: Vec<&str> = words.iter().map(|t| tokens.doc.lower(t)).collect();
    let joined = matches!(
        gap.as_slice(),
        ["'s"] | ["'s", "eastern" | "western" | "northern" | "southern"] | ["side", "of"]
    );
    let lies = tokens.sentence(owner.start).contains(found.tokens.start);
    (joined && lies && owner.end <= found.tokens.start).then_some(before)
}
