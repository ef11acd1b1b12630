//! For and against two accounts telling of one incident.
//!
//! Each feature has a weight in the manner of log odds; their sum with a bias is the score. The
//! weights were set by hand: a day and a place that agree carry a pair to the border, the type, the
//! actors, the numbers and the words around the act decide.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Profile;
use crate::block::UNDATED_DAYS;
use crate::profile::Number;

/// Score from which two accounts are taken for the same incident.
pub const SAME: f64 = 3.0;

/// Score from which a pair is offered to review.
pub const DOUBTFUL: f64 = 1.0;

/// What speaks against any two accounts, before a feature speaks.
const BIAS: f64 = -2.0;

/// What keeps two accounts apart whatever else agrees: more than all other weights together.
const APART: f64 = -20.0;

/// Fewest words in common that are more than a phrase.
const MIN_WORDS: usize = 6;

/// Distance of two points, and days between two intervals, from which they are apart.
const FAR_KM: f64 = 50.0;
const FAR_DAYS: i32 = 3;

/// One thing that speaks for or against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// Name of the feature (`day`, `place`, `type`, `actors`, `killed`, ...).
    pub name: &'static str,
    /// For (positive) or against (negative), in log odds.
    pub weight: f64,
    /// What was found, for people.
    pub note: String,
}

/// What follows from a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Joined, unless something forbids it.
    Same,
    /// Offered to review.
    Doubtful,
    /// Kept apart.
    Different,
}

/// Two accounts compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Sum of the weights and the bias.
    pub score: f64,
    /// What follows.
    pub verdict: Verdict,
    /// The features that spoke, the bias left out.
    pub features: Vec<Feature>,
}

/// Whether two accounts are plainly apart: what [`compare`] would find too, at a fraction of the cost.
pub(crate) fn are_far(a: &Profile, b: &Profile) -> bool {
    let far_in_time = || match (a.days, b.days) {
        (Some(p), Some(q)) if !a.is_guessed && !b.is_guessed => FAR_DAYS <= gap(p, q),
        _ => false,
    };
    let far_in_space = || match (a.point, b.point) {
        (Some(p), Some(q)) => FAR_KM <= distance_km(p, q) && !is_around(a, b),
        _ => false,
    };
    a.report == b.report || far_in_time() || far_in_space()
}

/// Days between two intervals; 0 where they overlap.
fn gap((a_start, a_end): (i32, i32), (b_start, b_end): (i32, i32)) -> i32 {
    (a_start.max(b_start) - a_end.min(b_end)).max(0)
}

/// Compares two accounts. The order does not matter.
#[must_use]
pub fn compare(a: &Profile, b: &Profile) -> Comparison {
    let features: Vec<Feature> = if a.report == b.report {
        vec![feature("report", APART, "one report tells them apart")]
    } else {
        let found = [
            day(a, b),
            place(a, b),
            event_type(a, b),
            actors(a, b),
            authors(a, b),
            kinds(a, b),
            count(
                "killed",
                1.0,
                (a.killed, a.published),
                (b.killed, b.published),
            ),
            count(
                "injured",
                0.7,
                (a.injured, a.published),
                (b.injured, b.published),
            ),
            abducted(a, b),
            weapons(a, b),
            words(a, b),
            context(a, b),
        ];
        found.into_iter().flatten().collect()
    };
    let sum: f64 = features.iter().map(|f| f.weight).sum::<f64>() + BIAS;
    // Two decimals, so that a score means the same after it was written and read.
    let score = (sum * 100.0).round() / 100.0;
    Comparison {
        score,
        verdict: verdict(score),
        features,
    }
}

fn verdict(score: f64) -> Verdict {
    if SAME <= score {
        Verdict::Same
    } else if DOUBTFUL <= score {
        Verdict::Doubtful
    } else {
        Verdict::Different
    }
}

fn feature(name: &'static str, weight: f64, note: impl Into<String>) -> Feature {
    Feature {
        name,
        weight,
        note: note.into(),
    }
}

fn day(a: &Profile, b: &Profile) -> Option<Feature> {
    let stated = |profile: &Profile| profile.days.filter(|_| !profile.is_guessed);
    let ((a_start, a_end), (b_start, b_end)) = match (stated(a), stated(b)) {
        (Some(a), Some(b)) => (a, b),
        (Some(days), None) => return undated(days, b.published?),
        (None, Some(days)) => return undated(days, a.published?),
        (None, None) => return both_undated(a.published?, b.published?),
    };
    let longest = (a_end - a_start).max(b_end - b_start);
    let (weight, note) = match (gap((a_start, a_end), (b_start, b_end)), longest) {
        (0, 0) => (2.5, "the same day".to_owned()),
        (0, 1..=2) => (1.6, "days that overlap".to_owned()),
        (0, 3..=7) => (1.5, "days that overlap within a week".to_owned()),
        (0, _) => (0.4, "long intervals that overlap".to_owned()),
        (1, _) => (0.0, "one day apart".to_owned()),
        (2, _) => (-3.0, "2 days apart".to_owned()),
        (n, _) => (APART, format!("{n} days apart")),
    };
    Some(feature("day", weight, note))
}

/// One account states no day: it is no later than its report, and seldom much earlier.
fn undated((start, end): (i32, i32), published: i32) -> Option<Feature> {
    let (weight, note) = if published + 1 < start {
        (APART, "one was reported before the other happened")
    } else if published - UNDATED_DAYS <= end {
        (1.0, "one has no day, but was reported then")
    } else {
        (-1.0, "one has no day, and was reported later")
    };
    Some(feature("day", weight, note))
}

/// Neither states a day: what two reports call news within a few days may be one thing.
fn both_undated(p: i32, q: i32) -> Option<Feature> {
    let (weight, note) = match (p - q).abs() {
        0..=1 => (0.8, "no day in either, reported at one time"),
        n if n <= UNDATED_DAYS => (0.3, "no day in either, reported days apart"),
        _ => (-3.0, "no day in either, reported at other times"),
    };
    Some(feature("day", weight, note))
}

fn place(a: &Profile, b: &Profile) -> Option<Feature> {
    let same_name = is_same_name(a.place.as_deref(), b.place.as_deref());
    if let (Some(p), Some(q)) = (a.point, b.point)
        && (same_name || !is_around(a, b))
    {
        let km = distance_km(p, q);
        let weight = match km {
            d if FAR_KM <= d => APART,
            d if d < 25.0 && same_name => 2.5,
            // Two names for spots that are known are two spots, unless they are as good as one.
            d if a.is_exact && b.is_exact => match d {
                d if d < 1.0 => 2.0,
                d if d < 6.0 => 1.0,
                d if d < 12.0 => -0.5,
                d if d < 25.0 => -1.5,
                _ => -3.0,
            },
            d if d < 3.0 => 2.0,
            d if d < 10.0 => 1.2,
            d if d < 25.0 => 0.2,
            _ => -1.5,
        };
        return Some(feature("place", weight, format!("{km:.0} km apart")));
    }
    if let (Some(p), Some(q)) = (&a.country, &b.country)
        && p != q
    {
        return Some(feature("place", -5.0, "different countries"));
    }
    let both_vague = a.point.is_none() && b.point.is_none();
    if same_name {
        let is_unit = a.place == a.admin1 || b.place == b.admin1;
        return Some(match (both_vague, is_unit) {
            (true, true) => feature("place", 0.8, "the same first unit"),
            _ => feature("place", 2.2, "a place of the same name"),
        });
    }
    if is_around(a, b) {
        return Some(feature("place", 1.0, "a place and what lies around it"));
    }
    match (&a.admin1, &b.admin1) {
        (Some(p), Some(q)) if is_same_name(Some(p), Some(q)) => {
            Some(match (&a.admin2, &b.admin2) {
                (Some(p), Some(q)) if is_same_name(Some(p), Some(q)) => {
                    feature("place", 1.2, "the same second unit")
                }
                (Some(_), Some(_)) => feature("place", -0.5, "second units that differ"),
                _ => feature("place", 0.8, "the same first unit"),
            })
        }
        (Some(_), Some(_)) => Some(feature("place", -2.5, "first units that differ")),
        _ if a.country.is_some() && a.country == b.country => {
            Some(feature("place", 0.0, "the same country"))
        }
        _ => None,
    }
}

/// Whether one name has all words of the other: "Lima" and "Lima region", "Tel Abyad" and
/// "Tall Tel Abyad".
fn is_same_name(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    let has_all = |whole: &str, part: &str| {
        let mut words = part.split(' ');
        words.all(|word| whole.split(' ').any(|other| other == word))
    };
    has_all(a, b) || has_all(b, a)
}

/// Whether one account names a place in the unit that the other names: a town that bears the
/// name of its province may stand for the province.
fn is_around(a: &Profile, b: &Profile) -> bool {
    let holds = |unit: &Profile, spot: &Profile| {
        unit.place.is_some() && (unit.place == spot.admin1 || unit.place == spot.admin2)
    };
    a.country == b.country && (holds(a, b) || holds(b, a))
}

fn event_type(a: &Profile, b: &Profile) -> Option<Feature> {
    use tarikh_record::EventType::{
        Battles, ExplosionsRemoteViolence, Protests, Riots, StrategicDevelopments,
        ViolenceAgainstCivilians,
    };
    if a.sub_event_type == b.sub_event_type {
        return Some(feature("type", 1.0, "the same kind of act"));
    }
    let is_armed = |t| {
        matches!(
            t,
            Battles | ExplosionsRemoteViolence | ViolenceAgainstCivilians
        )
    };
    let is_crowd = |t| matches!(t, Protests | Riots);
    let (s, t) = (a.event_type, b.event_type);
    Some(if s == t && s != StrategicDevelopments {
        feature("type", 0.3, "acts of one type")
    } else if (is_armed(s) && is_armed(t)) || (is_crowd(s) && is_crowd(t)) {
        feature("type", -0.3, "types that reports confuse")
    } else if s == StrategicDevelopments || t == StrategicDevelopments {
        feature("type", -1.5, "types that seldom are one act")
    } else {
        feature("type", -3.0, "types that are not one act")
    })
}

fn actors(a: &Profile, b: &Profile) -> Option<Feature> {
    let common = |p: &BTreeSet<String>, q: &BTreeSet<String>| -> Vec<String> {
        p.intersection(q).cloned().collect()
    };
    let named = common(&a.actors, &b.actors);
    let described = common(&a.sides, &b.sides);
    let (weight, shared) = match (named.len(), described.len()) {
        (0, 0) => return None,
        (0, _) => (0.3, described),
        (1, _) => (0.8, named),
        _ => (1.4, named),
    };
    Some(feature("actors", weight, shared.join(", ")))
}

fn authors(a: &Profile, b: &Profile) -> Option<Feature> {
    let both_known = !a.authors.is_empty() && !b.authors.is_empty();
    // Sides may be told the other way round, so an author must be absent from the whole account.
    let apart = a.authors.is_disjoint(&b.actors) && b.authors.is_disjoint(&a.actors);
    (both_known && apart).then(|| feature("authors", -1.5, "other authors are named"))
}

/// Whether both say that the same kinds of people were there: forces, a crowd, civilians.
fn kinds(a: &Profile, b: &Profile) -> Option<Feature> {
    if a.kinds.is_empty() || b.kinds.is_empty() {
        return None;
    }
    Some(if a.kinds.is_disjoint(&b.kinds) {
        feature("people", -0.6, "other kinds of people")
    } else {
        feature("people", 0.2, "the same kinds of people")
    })
}

/// Numbers that agree are rarer, and say more, the larger they are; those that differ widely speak
/// against, but tolls move, and mostly up.
fn count(
    name: &'static str,
    share: f64,
    a: (Number, Option<i32>),
    b: (Number, Option<i32>),
) -> Option<Feature> {
    let value = |n: Number| n.best.or(n.low).or(n.high);
    let (m, n) = (value(a.0)?, value(b.0)?);
    let (small, large) = (m.min(n), m.max(n));
    let weight = if small == large {
        match large {
            0 => 0.2,
            1..=3 => 0.7,
            4..=9 => 1.3,
            _ => 1.8,
        }
    } else {
        let overlap =
            |low: Number, high: u32| low.high.is_none() && low.low.is_some_and(|l| l <= high);
        let is_open = overlap(a.0, n) || overlap(b.0, m);
        let has_risen = match (a.1, b.1) {
            (Some(p), Some(q)) => (p < q && m < n) || (q < p && n < m),
            _ => false,
        };
        moved(small, large, is_open, has_risen)
    };
    let note = match small == large {
        true => format!("{large} in both"),
        false => format!("{small} and {large}"),
    };
    Some(feature(name, weight * share, note))
}

/// Weight of two numbers that differ. `is_open`: the smaller was a lower bound; `has_risen`: the
/// larger was published on a later day.
fn moved(small: u32, large: u32, is_open: bool, has_risen: bool) -> f64 {
    let ratio = f64::from(large) / f64::from(small.max(1));
    match ratio {
        // "15" here and "16" there is one toll as two voices count it.
        r if r <= 1.1 => 1.0,
        r if r <= 1.6 && (is_open || has_risen) => 0.6,
        r if r <= 1.6 => 0.2,
        r if r <= 3.0 && (is_open || has_risen) => 0.1,
        _ if is_open => -0.2,
        _ if large - small <= 2 => -0.3,
        r if r <= 3.0 => -0.8,
        r if r <= 6.0 || large <= 6 => -1.3,
        _ => -2.5,
    }
}

fn abducted(a: &Profile, b: &Profile) -> Option<Feature> {
    let number = |profile: &Profile| Number {
        best: profile.abducted,
        ..Number::default()
    };
    count(
        "abducted",
        0.7,
        (number(a), a.published),
        (number(b), b.published),
    )
}

fn weapons(a: &Profile, b: &Profile) -> Option<Feature> {
    let shared: Vec<&str> = a
        .weapons
        .intersection(&b.weapons)
        .map(String::as_str)
        .collect();
    (!shared.is_empty()).then(|| feature("weapons", 0.4, shared.join(", ")))
}

/// The same words are the same copy, unless their numbers differ: then they are a phrase that
/// reports on such acts have in common.
fn words(a: &Profile, b: &Profile) -> Option<Feature> {
    if a.numbers != b.numbers {
        return None;
    }
    let n_shared = a.words.intersection(&b.words).count();
    let n_all = a.words.union(&b.words).count();
    if n_shared < MIN_WORDS {
        return None;
    }
    let share = n_shared as f64 / n_all as f64;
    let weight = match share {
        s if 0.8 <= s => 2.0,
        s if 0.5 <= s => 1.0,
        s if 0.3 <= s => 0.5,
        _ => return None,
    };
    let percent = (share * 100.0).round();
    Some(feature(
        "words",
        weight,
        format!("{percent} % of the words"),
    ))
}

/// Words that few reports have, around the act: the same things, people and quarters are named.
fn context(a: &Profile, b: &Profile) -> Option<Feature> {
    let weighed = counted_elsewhere(a, b);
    let rest = |profile: &'_ Profile| -> BTreeSet<String> {
        let words = profile.context.iter();
        words
            .filter(|w| !weighed.contains(w.as_str()))
            .cloned()
            .collect()
    };
    let (p, q) = (rest(a), rest(b));
    let shared: Vec<String> = p.intersection(&q).cloned().collect();
    let weight = match (shared.len(), p.len().min(q.len())) {
        (0, least) if least < MIN_WORDS => return None,
        (0, _) => -0.4,
        (1, _) => 0.3,
        (2, _) => 0.7,
        (3, _) => 1.0,
        _ => 1.4,
    };
    let note = match shared.is_empty() {
        true => "no telling word in common".to_owned(),
        false => shared.join(", "),
    };
    Some(feature("context", weight, note))
}

/// Words of the places and the actors, which have been compared as such.
fn counted_elsewhere<'a>(a: &'a Profile, b: &'a Profile) -> BTreeSet<&'a str> {
    let names = [a, b].into_iter().flat_map(|profile| {
        let places = [&profile.place, &profile.admin1, &profile.admin2];
        let places = places.into_iter().filter_map(Option::as_deref);
        let sides = profile
            .sides
            .iter()
            .chain(&profile.actors)
            .chain(&profile.weapons);
        places.chain(sides.map(String::as_str))
    });
    names
        .flat_map(|name| name.split(' '))
        .map(|word| word.trim_end_matches('s'))
        .collect()
}

/// Great-circle distance in kilometres (haversine, mean radius of the Earth).
fn distance_km((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (phi_a, phi_b) = (lat_a.to_radians(), lat_b.to_radians());
    let (d_phi, d_lambda) = (phi_b - phi_a, (lon_b - lon_a).to_radians());
    let h =
        (d_phi / 2.0).sin().powi(2) + phi_a.cos() * phi_b.cos() * (d_lambda / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}
