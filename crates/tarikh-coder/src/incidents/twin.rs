//! The second of two towns at which one sentence places an act ("in Corva and Elsk").

use tarikh_place::PlaceRole;
use tarikh_syntax::{Tok, TokRange};

use crate::reading::Reading;
use crate::tree;

/// The other of exactly two towns joined by "and".
pub(super) fn twin_of(reading: &Reading<'_>, place: usize) -> Option<usize> {
    let doc = reading.doc;
    let p = &reading.places[place];
    let town = |i: usize| {
        reading.places[i]
            .place
            .as_ref()
            .is_some_and(|g| g.precision == 1)
            && reading.places[i].role == PlaceRole::Location
    };
    // A commune bears the name of its seat, and stands for it beside a town.
    let seat = |i: usize| {
        let role = reading.places[i].role == PlaceRole::Location;
        role && reading.places[i]
            .place
            .as_ref()
            .is_some_and(|g| g.precision <= 3)
    };
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
    let counted = counts_sites(reading, place, "one");
    let next = if counted {
        later.find(|&i| counts_sites(reading, i, "another") && joined(&i))?
    } else {
        later.next().filter(joined)?
    };
    let before = (p.tokens.start.0.saturating_sub(3)..p.tokens.start.0).map(Tok);
    let of_many = !counted
        && before
            .clone()
            .any(|t| matches!(doc.lower(t), "," | "between" | "road" | "from"));
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
fn counts_sites(reading: &Reading<'_>, place: usize, word: &str) -> bool {
    let start = reading.places[place].tokens.start.0;
    let counts = |t: u32| reading.doc.lower(Tok(t)) == word;
    start.checked_sub(2).is_some_and(counts)
}
