//! The coded place of one mention: precision, point and relation as the coding manual has them.

use tarikh_syntax::{Tok, TokRange};
use tarikh_text::Span;

use crate::class::PlaceClass;
use crate::gazetteer::Entry;
use crate::geo::{bearing, distance_km, midpoint, rounded, travel};
use crate::measure;
use crate::mention::{GeoPlace, Geometry, PlaceRole};
use crate::normalise::name_key;
use crate::relation::{self, Found, Relation};
use crate::resolver::Reading;
use crate::unit::{unit_before, unit_noun};
use crate::words::{self, Kind};

mod border;

use border::border;

/// Up to this distance a described point counts as near the named place.
const OFFSET_KM: f64 = 50.0;
/// The manual asks for the described point up to this distance.
const POINT_KM: f64 = 30.0;
/// UCDP's "near".
const NEAR_KM: f64 = 25.0;
/// An area up to this width has a middle worth giving.
const LINE_KM: f64 = 100.0;
/// A road up to this length has one: it is long, and not wide.
const ROAD_KM: f64 = 200.0;
/// Below this share of the report's evidence a country is not taken for granted.
const SURE_COUNTRY: f32 = 0.35;

pub(crate) struct Built {
    pub(crate) place: Option<GeoPlace>,
    pub(crate) rule: &'static str,
    /// One past the last token that the place was read from.
    pub(crate) end: Tok,
}

pub(crate) fn build(
    reading: &Reading<'_, '_>,
    i: usize,
    chain: &[usize],
    found: Option<Found>,
) -> Built {
    let spot = &reading.spots.list[i];
    let name = spot.tokens;
    let mut built = Built {
        place: None,
        rule: "name",
        end: name.end,
    };
    let place = match reading.best(i) {
        Some(id) => {
            let mut place = known(reading, &reading.gazetteer.entry(id), name, chain);
            // "The Mandara Mountains of northern Cameroon": the words say which side is meant.
            if place.country.is_none() && place.class == PlaceClass::Area {
                place.country = named_country(reading, chain);
            }
            Some(place)
        }
        None if is_bare(reading, i, chain) => None,
        None => {
            built.rule = "unknown name";
            unknown(reading, i, chain)
        }
    };
    let Some(mut place) = place else {
        return built;
    };
    if place.geonameid.is_none()
        && reading.best(i).is_none()
        && found.is_none()
        && matches!(place.precision, 1 | 3)
    {
        measure(reading, i, &mut place);
    }
    if !matches!(spot.role, PlaceRole::InName)
        && let Some(found) = found
    {
        built.rule = found.rule;
        built.end = apply(reading, i, found, &mut place);
        let words = TokRange::new(found.tokens.start, built.end.max(found.tokens.end));
        // "northern Mali" is a place by itself; the rest are relations to one.
        if found.relation != Relation::Part && !words.is_empty() {
            place.relation = Some(relation_span(reading, words, found));
        }
    }
    built.place = Some(place);
    built
}

/// A name of places elsewhere only ("(Xinhua)"), without a word that says it is a place here.
fn is_bare(reading: &Reading<'_, '_>, i: usize, chain: &[usize]) -> bool {
    let spot = &reading.spots.list[i];
    let tokens = reading.tokens;
    let introduced = tokens.before(spot.tokens.start).is_some_and(|b| {
        tokens.kind(b).any(Kind::PREPOSITION)
            || tokens.kind(b).any(Kind::UNIT)
            || matches!(tokens.doc.lower(b), "," | "and" | "or" | "the" | "on")
    });
    !spot.postings.is_empty()
        && !introduced
        && chain.is_empty()
        && unit(reading, spot.tokens).is_none()
        && tokens
            .at(spot.tokens.end)
            .is_none_or(|t| !tokens.is(t, ","))
}

/// The country that the words put a place in.
fn named_country(reading: &Reading<'_, '_>, chain: &[usize]) -> Option<String> {
    let outer = chain.iter().find_map(|&o| reading.best(o))?;
    let country = reading.gazetteer.entry(outer).country;
    (!country.is_empty()).then(|| country.to_owned())
}

fn relation_span(reading: &Reading<'_, '_>, words: TokRange, _found: Found) -> Span {
    reading.tokens.doc.range_span(words)
}

/// The unit noun next to a name, behind or before it, or its own last word ("Bessan Payam").
fn unit(reading: &Reading<'_, '_>, name: TokRange) -> Option<Kind> {
    let own = || {
        let last = reading.tokens.kind(Tok(name.end.0.checked_sub(1)?));
        (name.len() > 1 && last.any(Kind::UNIT)).then_some(last)
    };
    unit_noun(reading.tokens, name.end)
        .or_else(|| unit_before(reading.tokens, name.start))
        .or_else(own)
}

fn known(
    reading: &Reading<'_, '_>,
    entry: &Entry<'_>,
    name: TokRange,
    chain: &[usize],
) -> GeoPlace {
    // A word for a people places something in their country.
    let land = (entry.class == PlaceClass::Demonym)
        .then(|| reading.gazetteer.country(entry.country))
        .flatten();
    let entry = land.as_ref().unwrap_or(entry);
    let mut class = entry.class;
    let mut precision = class.precision();
    if class == PlaceClass::City
        && let Some(kind) = unit(reading, name)
        && !kind.any(Kind::SETTLEMENT)
    {
        // "Rajouri district", "Kunduz province" where only the town of that name is known.
        let in_city = chain
            .first()
            .and_then(|&o| reading.best(o))
            .is_some_and(|o| reading.gazetteer.class(o) == PlaceClass::City);
        let parts_of_it = parts_of(reading, name, chain);
        if kind.any(Kind::ADMIN2) && !in_city && !parts_of_it {
            (class, precision) = (PlaceClass::Admin2, 3);
        } else if kind.any(Kind::ADMIN1) {
            (class, precision) = (PlaceClass::Admin1, 4);
        } else if is_area(reading, name) || kind.any(Kind::ISLAND) {
            precision = 2;
        } else if kind.any(Kind::NATURAL) {
            (class, precision) = (PlaceClass::Area, 5);
        }
    }
    // "Basilan province", where the gazetteer has it below a region.
    let named_province = || {
        let kind = unit(reading, name);
        kind.is_some_and(|k| k.any(Kind::ADMIN1) && !k.any(Kind::ADMIN2))
    };
    if class == PlaceClass::Admin2 && named_province() {
        precision = 4;
    }
    // Inland water lies in its country.
    if class == PlaceClass::Water && !entry.country.is_empty() {
        precision = 5;
    }
    let pointed = class.is_point() || class == PlaceClass::Admin2 && precision < 4;
    GeoPlace {
        name: plain_name(reading, entry, name).to_owned(),
        geonameid: entry.geonameid,
        admin1: entry.admin1.map(str::to_owned),
        admin2: entry.admin2.map(str::to_owned),
        country: (!entry.country.is_empty()).then(|| entry.country.to_owned()),
        lat: pointed.then(|| rounded((entry.lat, entry.lon)).0),
        lon: pointed.then(|| rounded((entry.lat, entry.lon)).1),
        province: None,
        radius_km: (precision == 2).then_some(NEAR_KM),
        geometry: None,
        precision,
        relation: None,
        class,
        timezone: entry.timezone.map(str::to_owned),
    }
}

/// "The Dumna area".
fn is_area(reading: &Reading<'_, '_>, name: TokRange) -> bool {
    let tokens = reading.tokens;
    tokens.at(name.end).is_some_and(|t| tokens.is(t, "area"))
}

/// "Corva" for "Province of Corva", where the report has it so.
fn plain_name<'e>(reading: &Reading<'_, '_>, entry: &Entry<'e>, name: TokRange) -> &'e str {
    let doc = reading.tokens.doc;
    let words = || name_key(doc.range_span(name).of(doc.text()));
    match entry.name.split_once(" of ") {
        Some((noun, rest))
            if words::kind(&name_key(noun)).any(Kind::UNIT) && name_key(rest) == words() =>
        {
            rest
        }
        _ => entry.name,
    }
}

/// "In several districts of Corva": parts of the town, which the noun does not make a district; "in the
/// districts of Corva and Elsk" they bear the names.
fn parts_of(reading: &Reading<'_, '_>, name: TokRange, chain: &[usize]) -> bool {
    let tokens = reading.tokens;
    let of = tokens.before(name.start).filter(|&b| tokens.is(b, "of"));
    let plural = of
        .and_then(|b| tokens.before(b))
        .is_some_and(|n| tokens.doc.lower(n).ends_with('s'));
    // "Corva, Elskan" is one town and its country.
    let joined = |t: Tok| tokens.is(t, "and") || chain.is_empty() && tokens.is(t, ",");
    let next = tokens.at(Tok(name.end.0 + 1));
    let listed =
        tokens.at(name.end).is_some_and(joined) && next.is_some_and(|t| tokens.is_capital(t));
    plural && !listed
}

/// A name that no gazetteer has: it keeps its words, and lies in the smallest unit around it.
fn unknown(reading: &Reading<'_, '_>, i: usize, chain: &[usize]) -> Option<GeoPlace> {
    let name = reading.spots.list[i].tokens;
    let words = reading
        .tokens
        .doc
        .range_span(name)
        .of(reading.tokens.doc.text());
    let kind = unit(reading, name);
    let is = |k: Kind| kind.is_some_and(|kind| kind.any(k));
    let of_town = || chain.is_empty() && is_part_of_town_before(reading, i);
    let class = if is(Kind::QUARTER) && !is(Kind::SETTLEMENT) || of_town() {
        PlaceClass::Quarter
    } else if is(Kind::ADMIN2) && !is(Kind::SETTLEMENT) {
        PlaceClass::Admin2
    } else if is(Kind::ADMIN1) {
        PlaceClass::Admin1
    } else if is(Kind::CAMP) {
        PlaceClass::Camp
    } else if is(Kind::NATURAL) {
        PlaceClass::Area
    } else {
        PlaceClass::City
    };
    let outer = chain
        .first()
        .copied()
        .or_else(|| reading.container_elsewhere(i))
        .or_else(|| match class {
            PlaceClass::Quarter => reading.town_before(i),
            _ => None,
        })
        .or_else(|| reading.province_before(i).filter(|_| class.is_point()));
    let mut place = GeoPlace {
        name: words.to_owned(),
        geonameid: None,
        admin1: None,
        admin2: None,
        country: None,
        lat: None,
        lon: None,
        province: None,
        radius_km: None,
        geometry: None,
        precision: 1,
        relation: None,
        class,
        timezone: None,
    };
    let Some(entry) = outer
        .and_then(|o| reading.best(o))
        .map(|id| reading.gazetteer.entry(id))
    else {
        let leading = reading.outcome.evidence.leading();
        place.country = leading
            .filter(|(_, share)| *share >= SURE_COUNTRY)
            .map(|(land, _)| land);
        if !class.is_point() {
            place.precision = class.precision();
        }
        return Some(place);
    };
    let container = outer.map(|o| known(reading, &entry, reading.spots.list[o].tokens, &[]))?;
    place.country = container.country;
    place.admin1 = container.admin1;
    place.admin2 = match container.class {
        PlaceClass::Admin2 => Some(container.name),
        _ => container.admin2,
    };
    place.timezone = container.timezone;
    // A point or a district around it says where it is; within anything larger the name alone is
    // exact, and only the gazetteer does not know its point.
    place.precision = match (class, container.class) {
        (PlaceClass::Admin1, _) => 4,
        // "Dumna island in Corva district"
        (PlaceClass::Area, PlaceClass::Admin2) => 3,
        (PlaceClass::Area, _) => 5,
        (PlaceClass::Admin2, PlaceClass::Admin1 | PlaceClass::Country | PlaceClass::Area) => 3,
        (PlaceClass::Quarter, c) if c.is_point() => 1,
        (_, c) if c.is_point() => 2,
        (_, PlaceClass::Admin2) => 3,
        _ => 1,
    };
    let placed = container.class.is_point() || container.class == PlaceClass::Admin2;
    if placed && place.precision <= 3 {
        (place.lat, place.lon) = (container.lat, container.lon);
        place.radius_km = (place.precision == 2).then_some(NEAR_KM);
    } else if entry.class == PlaceClass::Admin1 {
        place.province = Some(rounded((entry.lat, entry.lon)));
    }
    Some(place)
}

/// "In the city of Corva, gunmen stormed a post in the Dumna district": a part of the town that opens the sentence.
fn is_part_of_town_before(reading: &Reading<'_, '_>, i: usize) -> bool {
    const OPENING: u32 = 8;
    let tokens = reading.tokens;
    let name = reading.spots.list[i].tokens;
    let called = tokens
        .at(name.end)
        .is_some_and(|t| tokens.is(t, "district"));
    let Some(town) = reading.town_before(i).map(|t| reading.spots.list[t].tokens) else {
        return false;
    };
    let sentence = tokens.sentence(name.start);
    let opens = tokens.is(sentence.start, "in")
        && sentence.contains(town.start)
        && town.start.0 < sentence.start.0 + OPENING;
    called && opens
}

/// "Dumna, some 35 km south of Corva": the words behind an unknown name say where its point is.
/// A district around it is told more exactly by its own point than by "outside Corva".
fn measure(reading: &Reading<'_, '_>, i: usize, place: &mut GeoPlace) {
    let Some(measure::Told { spot: j, found }) = measure::behind(reading.tokens, reading.spots, i)
    else {
        return;
    };
    let Some(id) = reading.best(j) else {
        return;
    };
    let mut other = known(
        reading,
        &reading.gazetteer.entry(id),
        reading.spots.list[j].tokens,
        &[],
    );
    let end = apply(reading, j, found, &mut other);
    if other.precision != 2 || other.lat.is_none() {
        return;
    }
    (place.lat, place.lon, place.radius_km) = (other.lat, other.lon, other.radius_km);
    place.country = place.country.take().or(other.country);
    if !matches!(found.relation, Relation::Offset { .. }) {
        place.admin1 = place.admin1.take().or(other.admin1);
    }
    place.timezone = place.timezone.take().or(other.timezone);
    place.precision = place.precision.min(2);
    let words = TokRange::new(found.tokens.start, end.max(found.tokens.end));
    place.relation = Some(relation_span(reading, words, found));
}

/// Moves the place to where the relation puts it; returns one past the last token read.
fn apply(reading: &Reading<'_, '_>, i: usize, found: Found, place: &mut GeoPlace) -> Tok {
    let name = reading.spots.list[i].tokens;
    let pointed = place.class.is_point();
    let mut end = found.tokens.end;
    match found.relation {
        Relation::Offset { km, bearing } if pointed => {
            let target =
                relation::road_target(reading.tokens, name.end).and_then(|t| reading.spot_near(t));
            if let Some(t) = target {
                end = end.max(reading.spots.list[t].tokens.end);
            }
            offset(reading, place, km, bearing, target);
        }
        Relation::Near | Relation::Road if pointed => near(place, NEAR_KM),
        Relation::Outskirts if pointed => near(place, 10.0),
        Relation::Part
            if matches!(
                place.class,
                PlaceClass::Country
                    | PlaceClass::Area
                    | PlaceClass::Continent
                    | PlaceClass::Demonym
            ) =>
        {
            place.precision = 5;
            place.name = capitalised(part_name(reading, found));
            place.geonameid = None;
            place.class = PlaceClass::Area;
        }
        Relation::Triangle => return triangle(reading, i, found, place).max(end),
        Relation::Border => end = border(reading, i, found, place).max(end),
        Relation::Coast => {
            (place.lat, place.lon, place.radius_km) = (None, None, None);
            place.precision = 7;
            place.class = PlaceClass::Water;
            place.country = None;
            place.admin1 = None;
            place.admin2 = None;
            place.timezone = None;
        }
        _ => {}
    }
    let between = matches!(found.relation, Relation::Between | Relation::Road);
    if let Some(second) = line_end(reading, i, between) {
        end = end.max(reading.spots.list[second].tokens.end);
        line(reading, second, place);
    } else if found.relation == Relation::Between && pointed {
        // "between Corva and the border"
        near(place, NEAR_KM);
    }
    end
}

fn near(place: &mut GeoPlace, km: f64) {
    place.precision = 2;
    place.radius_km = Some(km);
}

fn offset(
    reading: &Reading<'_, '_>,
    place: &mut GeoPlace,
    km: f64,
    towards: Option<f64>,
    target: Option<usize>,
) {
    let (Some(lat), Some(lon)) = (place.lat, place.lon) else {
        return;
    };
    let from = (lat, lon);
    let target = target
        .and_then(|t| reading.best(t))
        .map(|id| reading.gazetteer.entry(id))
        .filter(|e| e.class.is_point());
    let way = target.map(|e| bearing(from, (e.lat, e.lon))).or(towards);
    // Further away the words say only which way it lies.
    place.precision = if km <= OFFSET_KM { 2 } else { 5 };
    place.radius_km = Some(km.max(1.0).round());
    if let Some(way) = way {
        let point = rounded(travel(from, way, km));
        // A road bends, and "north" is a quarter of the compass.
        let slack = if target.is_some() { 0.2 } else { 0.4 };
        place.radius_km = Some((km * slack).max(1.0).round());
        if km <= POINT_KM {
            (place.lat, place.lon) = (Some(point.0), Some(point.1));
            return;
        }
        place.geometry = Some(Geometry::Point(point));
    }
    // The manual keeps the named place's own point up to here.
    if km > OFFSET_KM {
        (place.lat, place.lon) = (None, None);
        place.geonameid = None;
    }
}

fn part_name<'d>(reading: &Reading<'_, 'd>, found: Found) -> &'d str {
    let doc = reading.tokens.doc;
    doc.range_span(found.tokens).of(doc.text())
}

fn capitalised(words: &str) -> String {
    let words = words.strip_prefix("the ").unwrap_or(words);
    let mut chars = words.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The second name of a line that begins with spot `i`.
fn line_end(reading: &Reading<'_, '_>, i: usize, between: bool) -> Option<usize> {
    let first = reading.spots.list[i].tokens;
    let second = reading.spots.list.get(i + 1)?;
    let near = second.tokens.start.0 <= first.end.0 + 6
        && reading
            .tokens
            .sentence(first.start)
            .contains(second.tokens.start);
    (near && relation::joins_line(reading.tokens, first, second.tokens.start, between))
        .then_some(i + 1)
}

/// Between two places: a line, its middle where it is short.
fn line(reading: &Reading<'_, '_>, second: usize, place: &mut GeoPlace) {
    place.precision = 5;
    let entry = reading.best(second).map(|id| reading.gazetteer.entry(id));
    let (Some(lat), Some(lon)) = (place.lat, place.lon) else {
        return;
    };
    let Some(entry) = entry.filter(|e| e.class.is_point()) else {
        return;
    };
    let (a, b) = ((lat, lon), rounded((entry.lat, entry.lon)));
    let km = distance_km(a, b);
    place.geometry = Some(Geometry::Line(vec![a, b]));
    place.radius_km = Some((km / 2.0).round().max(1.0));
    let middle = (km <= ROAD_KM).then(|| rounded(midpoint(a, b)));
    (place.lat, place.lon) = (middle.map(|m| m.0), middle.map(|m| m.1));
}

/// "The triangle of A, B and C": the area between three places; returns one past the last of them.
fn triangle(reading: &Reading<'_, '_>, i: usize, found: Found, place: &mut GeoPlace) -> Tok {
    let spots = &reading.spots.list;
    let end = |j: usize| spots[j].tokens.end;
    let mut corners = Vec::new();
    let mut last = i;
    let of_countries = place.class == PlaceClass::Country;
    for (j, spot) in spots.iter().enumerate().skip(i).take(3) {
        let joined = j == i || spot.tokens.start.0 <= end(last).0 + 3;
        let entry = reading.best(j).map(|id| reading.gazetteer.entry(id));
        let alike = |e: &Entry<'_>| match of_countries {
            true => e.class == PlaceClass::Country,
            false => e.class.is_point(),
        };
        let Some(entry) = entry.filter(|e| joined && alike(e)) else {
            break;
        };
        corners.push(rounded((entry.lat, entry.lon)));
        last = j;
    }
    if of_countries {
        // "the tri-border area of Mali, Niger and Burkina Faso": where they meet, and in none alone.
        corners.clear();
        let words = TokRange::new(found.tokens.start, end(last));
        let doc = reading.tokens.doc;
        place.name = capitalised(doc.range_span(words).of(doc.text()));
        (place.country, place.timezone) = (None, None);
    }
    place.precision = 5;
    place.class = PlaceClass::Area;
    (place.lat, place.lon, place.geonameid) = (None, None, None);
    if let [a, b, c] = corners[..] {
        let widest = distance_km(a, b)
            .max(distance_km(b, c))
            .max(distance_km(a, c));
        if widest <= LINE_KM {
            let middle = rounded(((a.0 + b.0 + c.0) / 3.0, (a.1 + b.1 + c.1) / 3.0));
            (place.lat, place.lon) = (Some(middle.0), Some(middle.1));
        }
        place.radius_km = Some((widest / 2.0).round().max(1.0));
        place.geometry = Some(Geometry::Area(corners));
    }
    end(last)
}
