//! The further towns at which one sentence places an act ("in Corva, Dunmar and Elsk").

use tarikh_place::{GeoPlace, PlaceRole};
use tarikh_syntax::{Tok, TokRange, Upos};

use super::place::distance;
use crate::knowledge::words::words;
use crate::reading::Reading;
use crate::tree;

/// Most words between two members of a list ("in Corva, on a market in the town of Elsk").
const GAP: u32 = 7;
/// Towns nearer to each other than this are parts of one.
const ONE_TOWN_KM: f64 = 8.0;

/// The place of an act, and the other towns of the list that it stands in.
///
/// Hamlets that no gazetteer has are raided in one sweep, and have no points to tell them apart; so
/// are the quarters of one town. Such a list is one place, the one named first.
pub(super) fn of(reading: &Reading<'_>, place: usize) -> (usize, Vec<usize>) {
    let mut list = list_around(reading, place);
    if list.is_empty() {
        let twin = twin_of(reading, place).filter(|&t| !are_regions(reading, t));
        return (place, twin.into_iter().collect());
    }
    if list.last().is_some_and(|&last| are_regions(reading, last)) {
        return (place, Vec::new());
    }
    let on_map = |&i: &usize| reading.places[i].entry.is_some();
    if !list.iter().all(on_map) || is_one_town(reading, &list) {
        return (list[0], Vec::new());
    }
    list.retain(|&i| i != place);
    (place, list)
}

/// The towns of a list of three or more, in the order of the words; empty where there is none.
fn list_around(reading: &Reading<'_>, place: usize) -> Vec<usize> {
    let doc = reading.doc;
    let sentence = doc.sentence_of(reading.places[place].tokens.start);
    let mut list: Vec<usize> = Vec::new();
    let named = reading.within(sentence, &reading.places, |p| p.tokens.start);
    for (i, _) in named.filter(|&(i, _)| site(reading, i).is_some()) {
        match list.last() {
            Some(&last) if reading.places[last].contained_in.contains(&i) => {}
            Some(&last) if !follows(reading, last, i) => {
                if list.contains(&place) {
                    break;
                }
                list = vec![i];
            }
            _ => list.push(i),
        }
    }
    if list.len() < 3 || !list.contains(&place) || is_way(reading, list[0]) {
        return Vec::new();
    }
    let (before, last) = (list[list.len() - 2], list[list.len() - 1]);
    let ends = gap(reading, before, last)
        .iter()
        .any(|t| doc.lower(t) == "and");
    if ends { list } else { Vec::new() }
}

/// A place where something happens that is a town or no larger than a district.
fn site<'r>(reading: &'r Reading<'_>, i: usize) -> Option<&'r GeoPlace> {
    let p = &reading.places[i];
    let place = p.place.as_ref().filter(|g| g.precision <= 3);
    place.filter(|_| p.role == PlaceRole::Location)
}

fn gap(reading: &Reading<'_>, a: usize, b: usize) -> TokRange {
    TokRange::new(reading.places[a].tokens.end, reading.places[b].tokens.start)
}

/// Whether only a comma or "and", with words for what was struck there, lies between two places.
fn follows(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let doc = reading.doc;
    let between = gap(reading, a, b);
    let region = |t: Tok| {
        let mut around = reading.places[a].contained_in.iter();
        around.any(|&c| reading.places[c].phrase.contains(t))
    };
    let breaks = |t: Tok| {
        let word = doc.lower(t);
        matches!(
            word,
            "to" | "from"
                | "between"
                | "with"
                | "by"
                | "than"
                | "against"
                | "but"
                | "("
                | ")"
                | ";"
                | ":"
        ) || tree::is_verbal(doc, t)
            || doc.upos(t) == Upos::Pron
            || doc.upos(t) == Upos::Sconj
    };
    between.iter().filter(|&t| !region(t)).count() as u32 <= GAP
        && between.iter().any(|t| matches!(doc.lower(t), "," | "and"))
        && !between.iter().any(breaks)
}

/// "Between Corva, Dunmar and Elsk", "the road from Corva": a line, not places.
fn is_way(reading: &Reading<'_>, first: usize) -> bool {
    let start = reading.places[first].tokens.start.0;
    (start.saturating_sub(3)..start).any(|t| {
        matches!(reading.doc.lower(Tok(t)), "between" | "from")
            || words().linking.is(reading.doc, Tok(t))
    })
}

/// "In Corva, Dunmar and Elsk districts": what is counted over whole regions is not told of towns.
fn are_regions(reading: &Reading<'_>, last: usize) -> bool {
    let (doc, next) = (reading.doc, reading.places[last].tokens.end);
    let regions = |t: Tok| words().counted_regions.is(doc, t);
    next.idx() < doc.len() && regions(next)
}

/// Quarters of one town: so called, or next door to each other.
fn is_one_town(reading: &Reading<'_>, list: &[usize]) -> bool {
    let doc = reading.doc;
    let around = reading.places[list[0]].tokens.start.0.saturating_sub(3)
        ..(reading.places[list[list.len() - 1]].tokens.end.0 + 2).min(doc.len() as u32);
    let called = around.map(Tok).any(|t| words().city_parts.is(doc, t));
    let near = |&i: &usize| {
        let km = site(reading, list[0])
            .zip(site(reading, i))
            .and_then(|(a, b)| distance(a, b));
        km.is_some_and(|km| km < ONE_TOWN_KM)
    };
    called || list[1..].iter().all(near)
}

/// The other of exactly two towns joined by "and".
fn twin_of(reading: &Reading<'_>, place: usize) -> Option<usize> {
    let doc = reading.doc;
    let p = &reading.places[place];
    let town = |i: usize| site(reading, i).is_some_and(|g| g.precision <= 2);
    // A commune bears the name of its seat, and stands for it beside a town.
    let seat = |i: usize| site(reading, i).is_some();
    if !seat(place) {
        return None;
    }
    // "In Corva in the northern province, and the port of Elsk": the province only places Corva.
    let behind =
        |i: &usize| !p.contained_in.contains(i) && p.tokens.end <= reading.places[*i].tokens.start;
    let joined = |i: &usize| {
        let q = &reading.places[*i];
        let gap = q.tokens.start.0 - p.tokens.end.0;
        let between = TokRange::new(p.tokens.end, q.tokens.start);
        gap <= if *i == place + 1 { 6 } else { 14 }
            && between.iter().any(|t| doc.lower(t) == "and")
            && !between.iter().any(|t| tree::is_verbal(doc, t))
            && !between.iter().any(|t| doc.lower(t) == "between")
    };
    let mut later = (place + 1..reading.places.len().min(place + 4)).filter(behind);
    // "one in Corva near the border and another in Elsk"
    let counted = counts_sites(reading, place, &["one"]);
    let next = if counted {
        later.find(|&i| counts_sites(reading, i, &["another", "other"]) && joined(&i))?
    } else {
        later.next().filter(joined)?
    };
    let before = (p.tokens.start.0.saturating_sub(3)..p.tokens.start.0).map(Tok);
    let of_many = !counted
        && before
            .clone()
            .any(|t| matches!(doc.lower(t), "between" | "road" | "from"));
    let listed = place > 0 && {
        let o = &reading.places[place - 1];
        o.tokens.end.0 + 1 == p.tokens.start.0 && doc.lower(o.tokens.end) == ","
    };
    let named_alike = match (&reading.places[place].place, &reading.places[next].place) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => true,
    };
    ((town(place) && seat(next) || town(next)) && !of_many && !listed && !named_alike)
        .then_some(next)
}

/// "one in Corva", "another in Elsk": the word that counts stands before the place's preposition.
fn counts_sites(reading: &Reading<'_>, place: usize, words: &[&str]) -> bool {
    let start = reading.places[place].tokens.start.0;
    let counts = |t: u32| words.contains(&reading.doc.lower(Tok(t)));
    start.checked_sub(2).is_some_and(counts)
}
