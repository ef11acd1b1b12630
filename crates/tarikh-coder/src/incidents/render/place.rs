//! Where an incident happened, with the words that place it.

use std::ops::RangeInclusive;

use tarikh_place::{GeoPlace, PlaceClass, PlaceMention, PlaceRole};
use tarikh_record::Place;
use tarikh_syntax::{Tok, TokRange};
use tarikh_text::Zone;

use super::Parts;
use super::notes::Notes;
use crate::incidents::place::encloses;
use crate::incidents::ways::is_way;
use crate::reading::Reading;

/// Names between a town and a part of it in one sentence.
const PARTS_REACH: usize = 4;
/// UCDP `where_prec` of a first-order unit.
const PROVINCE: u8 = 4;

pub(super) fn place(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) -> Place {
    let r = p.reading;
    let Some(index) = p.draft.place.or_else(|| country_of(p)) else {
        return Place::default();
    };
    let mention = &r.places[index];
    let Some(geo) = &mention.place else {
        return Place::default();
    };
    let span = r.doc.range_span(if mention.phrase.is_empty() {
        mention.tokens
    } else {
        mention.phrase
    });
    let inherited = p.draft.place.is_none();
    // Of a country, a region or a large area no point is given: it would be taken for the place.
    let pointed = geo.precision <= 3
        || geo.precision == 5 && geo.geometry.is_some()
        || matches!(geo.precision, 1 | 2);
    // A village that no gazetteer has is told by the province around it, as are its coordinates (UCDP, where_prec 4).
    let province = geo
        .province
        .filter(|_| geo.lat.is_none() && geo.precision <= 2 && !inherited);
    let told = unit_told_of(p, index, geo).filter(|_| province.is_none() && !inherited);
    let unit = told.and_then(|m| m.place.as_ref());
    let (lat, lon) = match (province, unit) {
        (Some((lat, lon)), _) => (Some(lat), Some(lon)),
        (None, Some(unit)) => (unit.lat, unit.lon),
        (None, None) => (geo.lat.filter(|_| pointed), geo.lon.filter(|_| pointed)),
    };
    let precision = match (province, unit) {
        (Some(_), _) => PROVINCE,
        (None, Some(unit)) => unit.precision.max(2),
        (None, None) if inherited => 6,
        (None, None) => geo.precision,
    };
    let of_unit = |own: &Option<String>, units: fn(&GeoPlace) -> &Option<String>| {
        own.clone().or_else(|| unit.and_then(|u| units(u).clone()))
    };
    let place = Place {
        text: (!inherited).then(|| r.report.quote(span).to_owned()),
        name: Some(geo.name.clone()),
        geonameid: geo.geonameid,
        admin1: of_unit(&geo.admin1, |u| &u.admin1),
        admin2: of_unit(&geo.admin2, |u| &u.admin2),
        country: of_unit(&geo.country, |u| &u.country),
        lat,
        lon,
        // Around the province's point it would say too much.
        radius_km: geo.radius_km.filter(|_| province.is_none()),
        geometry: geo.geometry.as_ref().map(crate::incidents::geometry),
        precision: Some(precision),
        relation: geo.relation.map(|s| r.report.quote(s).to_owned()),
    };
    let rule = if inherited {
        "place:country-of-the-report"
    } else if p.draft.place_is_carried {
        "place:told-of-another-act"
    } else {
        mention.rule
    };
    // Each value with whether the place's own words tell it; else they are those of the unit around it.
    let located = unit.is_none();
    let known = [
        ("place.text", place.text.is_some(), true),
        ("place.name", true, true),
        ("place.geonameid", place.geonameid.is_some(), true),
        ("place.admin1", place.admin1.is_some(), geo.admin1.is_some()),
        ("place.admin2", place.admin2.is_some(), geo.admin2.is_some()),
        (
            "place.country",
            place.country.is_some(),
            geo.country.is_some(),
        ),
        ("place.lat", place.lat.is_some(), located),
        ("place.lon", place.lon.is_some(), located),
        ("place.radius_km", place.radius_km.is_some(), true),
        ("place.geometry", place.geometry.is_some(), true),
        ("place.precision", true, located),
    ];
    for (field, _, own) in known.iter().filter(|(_, is, _)| *is) {
        match told.filter(|_| !own) {
            Some(unit) => {
                let words = r.doc.range_span(unit.tokens);
                notes.add(field, words, "place:unit-of-the-village");
            }
            None => notes.add(field, span, rule),
        }
    }
    if let Some(relation) = geo.relation {
        notes.add("place.relation", relation, rule);
    }
    place
}

/// The district or province that the incident's sentences name, where no gazetteer has its village (UCDP,
/// where_prec 3 and 4): the place of one of its scenes, else any unit told there.
fn unit_told_of<'p>(
    p: &'p Parts<'_, '_>,
    index: usize,
    village: &GeoPlace,
) -> Option<&'p PlaceMention> {
    let r = p.reading;
    if village.lat.is_some() || village.precision > 2 {
        return None;
    }
    // "In Corva, a bomb went off in Elsk": a part of that town.
    let before = index.saturating_sub(PARTS_REACH)..index;
    let town = before.rev().find(|&outer| encloses(r, outer, index));
    if let Some(town) =
        town.filter(|&t| r.places[t].place.as_ref().is_some_and(|g| g.lat.is_some()))
    {
        return Some(&r.places[town]);
    }
    let is_unit = |m: &&PlaceMention| can_hold(m, village, 3..=4);
    let scenes = || p.draft.scenes.iter().map(|&s| &p.scenes[s]);
    let placed = scenes().filter_map(|s| Some(&r.places[s.place?]));
    if let Some(town) = town_of_part(p, index, village) {
        return Some(town);
    }
    let told = scenes()
        .flat_map(|s| r.within(s.sentence, &r.places, |m| m.tokens.start))
        .filter(|(_, m)| m.role == PlaceRole::Location)
        .map(|(_, m)| m);
    placed.chain(told).find(is_unit)
}

/// Whether a place of these precisions has a point and can hold one of which only the name is known.
fn can_hold(outer: &PlaceMention, inner: &GeoPlace, precisions: RangeInclusive<u8>) -> bool {
    outer.place.as_ref().is_some_and(|o| {
        let same_country = inner.country.is_none() || o.country == inner.country;
        same_country && precisions.contains(&o.precision) && o.lat.is_some()
    })
}

/// The town of a bridge, a square, a ward or another part of a town that no gazetteer has: one named in the same
/// sentence, in the title, or by the dateline.
fn town_of_part<'p>(
    p: &'p Parts<'_, '_>,
    index: usize,
    part: &GeoPlace,
) -> Option<&'p PlaceMention> {
    let r = p.reading;
    let mention = &r.places[index];
    let words = TokRange::new(
        mention.phrase.start.min(mention.tokens.start),
        mention.phrase.end.max(mention.tokens.end),
    );
    let is_part = |t: Tok| r.knowledge.lexicon.is(r.doc, t, "town-part");
    let next = words.end.idx() < r.doc.len() && is_part(words.end);
    let of_class = matches!(part.class, PlaceClass::Quarter | PlaceClass::Site);
    if !(of_class || next || words.iter().any(is_part)) {
        return None;
    }
    let sentence = |i: usize| r.doc.sentence_of(r.places[i].tokens.start);
    let is_town = |&i: &usize| {
        let m = &r.places[i];
        i != index && m.role == PlaceRole::Location && can_hold(m, part, 1..=2)
    };
    let all = || (0..r.places.len()).filter(is_town);
    let beside = || all().find(|&i| sentence(i) == sentence(index));
    let in_title = || all().find(|&i| p.draft.is_lead && r.zone(sentence(i)) == Zone::Title);
    let of_dateline = || all().find(|&i| r.is_dateline(sentence(i)));
    let before = || all().rfind(|&i| i < index);
    let town = beside()
        .or_else(in_title)
        .or_else(of_dateline)
        .or_else(before);
    town.map(|i| &r.places[i])
}

/// A country named in the report, for an incident that names no place: that of the place told of
/// last, else the first one named.
pub(super) fn country_of(p: &Parts<'_, '_>) -> Option<usize> {
    let r = p.reading;
    let at = p
        .draft
        .scenes
        .first()
        .map(|&s| r.doc.sentence(p.scenes[s].sentence).tokens.start)?;
    let is_country = |i: &usize| {
        r.places[*i]
            .place
            .as_ref()
            .is_some_and(|g| g.precision == 6 && g.country.is_some())
    };
    let home = |i: usize| r.places[i].place.as_ref().and_then(|g| g.country.clone());
    // "He broke off a visit to Corvia"
    let homes = || {
        let stayed = (0..r.places.len()).filter(|&i| !is_way(r, &r.places[i]));
        let stayed = stayed.filter(|&i| !is_of_a_compound(r, i));
        stayed.filter_map(|i| home(i).map(|c| (i, c)))
    };
    let before = |&(i, _): &(usize, _)| r.places[i].tokens.start <= at || i == 0;
    let (_, country) = homes().rfind(before).or_else(|| homes().next())?;
    (0..r.places.len())
        .filter(is_country)
        .find(|&i| home(i).as_ref() == Some(&country))
}

/// "Iranian-backed rebels": whose they are, and not where they act.
fn is_of_a_compound(r: &Reading<'_>, place: usize) -> bool {
    let (doc, end) = (r.doc, r.places[place].tokens.end);
    let next = Tok(end.0 + 1);
    next.idx() < doc.len() && doc.word(end) == "-" && doc.word(next).starts_with(char::is_lowercase)
}
