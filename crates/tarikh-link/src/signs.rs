//! What speaks for or against two accounts telling of one incident: signs, each with a name.
//!
//! What a sign weighs is learned (`models/link.toml`); here it is only seen.

use std::collections::BTreeSet;

use tarikh_record::EventType;

use crate::Profile;
use crate::block::UNDATED_DAYS;
use crate::near::{distance_km, gap, is_around, is_same_name};
use crate::profile::Number;
use crate::words::{is_alike, rarity};

/// Fewest words in common that are more than a phrase.
const MIN_WORDS: usize = 6;

/// Distance of two points, and days between two intervals, from which they are apart.
pub(crate) const FAR_KM: f64 = 50.0;
pub(crate) const FAR_DAYS: i32 = 3;

/// Rarity from which a shared word is shown to people.
const TELLING: f64 = 0.3;

/// One thing that speaks for or against.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// What was looked at and what was seen: `day.same`, `place.within_3_km`.
    pub name: &'static str,
    /// What was found, for people.
    pub note: String,
}

impl Sign {
    fn new(name: &'static str, note: impl Into<String>) -> Self {
        let note = note.into();
        Self { name, note }
    }

    /// Whether it keeps two accounts apart whatever else agrees.
    #[must_use]
    pub fn is_bar(&self) -> bool {
        self.name.ends_with(".bar")
    }

    /// What was looked at.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name
            .split_once('.')
            .map_or(self.name, |(group, _)| group)
    }
}

/// All signs of two accounts. The order of the two does not matter.
#[must_use]
pub fn signs(a: &Profile, b: &Profile) -> Vec<Sign> {
    if a.report == b.report {
        return vec![Sign::new("report.bar", "one report tells them apart")];
    }
    let found = [
        day(a, b),
        place(a, b),
        named_place(a, b),
        event_type(a, b),
        actors(a, b),
        authors(a, b),
        kinds(a, b),
        killed(a, b),
        injured(a, b),
        captives(a, b),
        weapons(a, b),
        copy(a, b),
        context(a, b),
        lead(a, b),
    ];
    found.into_iter().flatten().collect()
}

fn day(a: &Profile, b: &Profile) -> Option<Sign> {
    let stated = |profile: &Profile| profile.days.filter(|_| !profile.is_guessed);
    let ((a_start, a_end), (b_start, b_end)) = match (stated(a), stated(b)) {
        (Some(a), Some(b)) => (a, b),
        (Some(days), None) => return undated(days, b.published?),
        (None, Some(days)) => return undated(days, a.published?),
        (None, None) => return both_undated(a.published?, b.published?),
    };
    let longest = (a_end - a_start).max(b_end - b_start);
    let apart = gap((a_start, a_end), (b_start, b_end));
    if 0 < apart && (a.borrows_day || b.borrows_day) {
        return Some(Sign::new(
            "day.borrowed",
            "a day that may be that of another incident",
        ));
    }
    Some(match (apart, longest) {
        (0, 0) => Sign::new("day.same", "the same day"),
        (0, 1..=2) => Sign::new("day.overlap", "days that overlap"),
        (0, 3..=7) => Sign::new("day.overlap_in_week", "days that overlap within a week"),
        (0, _) => Sign::new("day.overlap_long", "long intervals that overlap"),
        (1, _) => Sign::new("day.one_apart", "one day apart"),
        (2, _) => Sign::new("day.two_apart", "2 days apart"),
        (n, _) => Sign::new("day.bar", format!("{n} days apart")),
    })
}

/// One account states no day: it is no later than its report, and seldom much earlier.
fn undated((start, end): (i32, i32), published: i32) -> Option<Sign> {
    Some(if published + 1 < start {
        Sign::new("day.bar", "one was reported before the other happened")
    } else if published - UNDATED_DAYS <= end {
        Sign::new("day.undated", "one has no day, but was reported then")
    } else {
        Sign::new("day.undated_late", "one has no day, and was reported later")
    })
}

/// Neither states a day: what two reports call news within a few days may be one thing.
fn both_undated(p: i32, q: i32) -> Option<Sign> {
    Some(match (p - q).abs() {
        0..=1 => Sign::new("day.both_undated", "no day in either, reported at one time"),
        n if n <= UNDATED_DAYS => Sign::new(
            "day.both_undated_late",
            "no day in either, reported days apart",
        ),
        _ => Sign::new("day.bar", "no day in either, reported at other times"),
    })
}

fn place(a: &Profile, b: &Profile) -> Option<Sign> {
    let same_name = is_same_name(a.place.as_deref(), b.place.as_deref());
    if let (Some(p), Some(q)) = (a.point, b.point)
        && (same_name || !is_around(a, b))
    {
        let km = distance_km(p, q);
        let name = match km {
            d if 25.0 <= d && (a.borrows_place || b.borrows_place) => "place.borrowed",
            d if FAR_KM <= d => "place.bar",
            d if d < 25.0 && same_name => "place.same_spot",
            // Two names for spots that are known are two spots, unless they are as good as one.
            d if a.is_exact && b.is_exact => match d {
                d if d < 1.0 => "place.spots_as_one",
                d if d < 6.0 => "place.spots_within_6_km",
                d if d < 12.0 => "place.spots_within_12_km",
                d if d < 25.0 => "place.spots_within_25_km",
                _ => "place.spots_further",
            },
            d if d < 3.0 => "place.within_3_km",
            d if d < 10.0 => "place.within_10_km",
            d if d < 25.0 => "place.within_25_km",
            _ => "place.further",
        };
        return Some(Sign::new(name, format!("{km:.0} km apart")));
    }
    if let (Some(p), Some(q)) = (&a.country, &b.country)
        && p != q
    {
        if a.borrows_place || b.borrows_place {
            return Some(Sign::new(
                "place.borrowed",
                "a place that may be that of another incident",
            ));
        }
        return Some(Sign::new("place.other_country", "different countries"));
    }
    if same_name {
        let is_unit = a.place == a.admin1 || b.place == b.admin1;
        let both_vague = a.point.is_none() && b.point.is_none();
        return Some(match both_vague && is_unit {
            true => Sign::new("place.same_unit", "the same first unit"),
            false => Sign::new("place.same_name", "a place of the same name"),
        });
    }
    if is_around(a, b) {
        return Some(Sign::new("place.around", "a place and what lies around it"));
    }
    if let (Some(p), Some(q)) = (&a.place, &b.place)
        && is_alike(p, q)
    {
        return Some(Sign::new(
            "place.alike",
            "names that may be one, spelt in two ways",
        ));
    }
    districts(a, b).or_else(|| units(a, b))
}

/// A district and what lies far from its middle.
fn districts(a: &Profile, b: &Profile) -> Option<Sign> {
    /// Distance from a district's middle that few places in it have.
    const WIDE_KM: f64 = 70.0;
    let (p, q) = (a.point.or(a.district)?, b.point.or(b.district)?);
    let km = distance_km(p, q);
    let note = format!("districts {km:.0} km apart");
    (WIDE_KM <= km).then(|| Sign::new("place.other_district", note))
}

/// Two places without a point or a name in common, by the units they lie in.
fn units(a: &Profile, b: &Profile) -> Option<Sign> {
    let are_same =
        |p: &Option<String>, q: &Option<String>| is_same_name(p.as_deref(), q.as_deref());
    let are_known = |p: &Option<String>, q: &Option<String>| p.is_some() && q.is_some();
    if are_same(&a.admin1, &b.admin1) {
        return Some(if are_same(&a.admin2, &b.admin2) {
            Sign::new("place.same_second_unit", "the same second unit")
        } else if are_known(&a.admin2, &b.admin2) {
            Sign::new("place.other_second_unit", "second units that differ")
        } else {
            Sign::new("place.same_unit", "the same first unit")
        });
    }
    if are_known(&a.admin1, &b.admin1) {
        return Some(Sign::new("place.other_unit", "first units that differ"));
    }
    let same_country = a.country.is_some() && a.country == b.country;
    same_country.then(|| Sign::new("place.same_country", "the same country"))
}

/// The place of one is spoken of where the other is told: a quarter and its city, a village that no
/// gazetteer has and its district.
fn named_place(a: &Profile, b: &Profile) -> Option<Sign> {
    if is_same_name(a.place.as_deref(), b.place.as_deref()) {
        return None;
    }
    let names = |place: &Profile, telling: &Profile| {
        let name = place.place.clone().filter(|_| !place.is_country)?;
        let is_unit = Some(&name) == place.admin1.as_ref();
        let all = name.split(' ').filter(|word| 4 <= word.chars().count());
        let words: Vec<&str> = all.map(|word| word.trim_end_matches('s')).collect();
        let is_told = !words.is_empty() && words.iter().all(|word| telling.lead.contains(*word));
        (is_told && !is_unit).then_some(name)
    };
    let name = names(a, b).or_else(|| names(b, a))?;
    Some(Sign::new("named.place", format!("{name} is named in both")))
}

fn event_type(a: &Profile, b: &Profile) -> Option<Sign> {
    use EventType::{
        Battles, ExplosionsRemoteViolence, Protests, Riots, StrategicDevelopments,
        ViolenceAgainstCivilians,
    };
    if a.sub_event_type == b.sub_event_type {
        return Some(Sign::new("type.same", "the same kind of act"));
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
        Sign::new("type.kin", "acts of one type")
    } else if (is_armed(s) && is_armed(t)) || (is_crowd(s) && is_crowd(t)) {
        Sign::new("type.confused", "types that reports confuse")
    } else if s == StrategicDevelopments || t == StrategicDevelopments {
        Sign::new("type.seldom", "types that seldom are one act")
    } else {
        Sign::new("type.other", "types that are not one act")
    })
}

fn actors(a: &Profile, b: &Profile) -> Option<Sign> {
    let common = |p: &BTreeSet<String>, q: &BTreeSet<String>| -> Vec<String> {
        p.intersection(q).cloned().collect()
    };
    let named = common(&a.actors, &b.actors);
    let described = common(&a.sides, &b.sides);
    let (name, shared) = match (named.len(), described.len()) {
        (0, 0) => return None,
        (0, _) => ("actors.described", described),
        (1, _) => ("actors.one", named),
        _ => ("actors.several", named),
    };
    Some(Sign::new(name, shared.join(", ")))
}

fn authors(a: &Profile, b: &Profile) -> Option<Sign> {
    let both_known = !a.authors.is_empty() && !b.authors.is_empty();
    // Sides may be told the other way round, so an author must be absent from the whole account.
    let apart = a.authors.is_disjoint(&b.actors) && b.authors.is_disjoint(&a.actors);
    (both_known && apart).then(|| Sign::new("authors.other", "other authors are named"))
}

/// Whether both say that the same kinds of people were there: forces, a crowd, civilians.
fn kinds(a: &Profile, b: &Profile) -> Option<Sign> {
    if a.kinds.is_empty() || b.kinds.is_empty() {
        return None;
    }
    Some(if a.kinds.is_disjoint(&b.kinds) {
        Sign::new("people.other", "other kinds of people")
    } else {
        Sign::new("people.same", "the same kinds of people")
    })
}

/// How two counts of one harm compare. Numbers that agree are rarer, and say more, the larger they
/// are; those that differ widely speak against, but tolls move, and mostly up.
#[derive(Clone, Copy)]
enum Counts {
    None,
    Few,
    Some,
    Many,
    Close,
    Risen,
    Near,
    Open,
    Beyond,
    Little,
    Apart,
    FarApart,
}

fn counts(a: (Number, Option<i32>), b: (Number, Option<i32>)) -> Option<(Counts, String)> {
    let value = |n: Number| n.best.or(n.low).or(n.high);
    let (m, n) = (value(a.0)?, value(b.0)?);
    let (small, large) = (m.min(n), m.max(n));
    if small == large {
        let counts = match large {
            0 => Counts::None,
            1..=3 => Counts::Few,
            4..=9 => Counts::Some,
            _ => Counts::Many,
        };
        return Some((counts, format!("{large} in both")));
    }
    // The smaller was a lower bound, or the larger was published on a later day.
    let overlap = |low: Number, high: u32| low.high.is_none() && low.low.is_some_and(|l| l <= high);
    let is_open = overlap(a.0, n) || overlap(b.0, m);
    let has_risen = match (a.1, b.1) {
        (Some(p), Some(q)) => (p < q && m < n) || (q < p && n < m),
        _ => false,
    };
    let ratio = f64::from(large) / f64::from(small.max(1));
    let counts = match ratio {
        // "15" here and "16" there is one toll as two voices count it.
        r if r <= 1.1 => Counts::Close,
        r if r <= 1.6 && (is_open || has_risen) => Counts::Risen,
        r if r <= 1.6 => Counts::Near,
        r if r <= 3.0 && (is_open || has_risen) => Counts::Open,
        _ if is_open => Counts::Beyond,
        _ if large - small <= 2 => Counts::Little,
        r if r <= 6.0 || large <= 6 => Counts::Apart,
        _ => Counts::FarApart,
    };
    Some((counts, format!("{small} and {large}")))
}

fn killed(a: &Profile, b: &Profile) -> Option<Sign> {
    let (counts, note) = counts((a.killed, a.published), (b.killed, b.published))?;
    let name = match counts {
        Counts::None => "killed.none",
        Counts::Few => "killed.same_few",
        Counts::Some => "killed.same_some",
        Counts::Many => "killed.same_many",
        Counts::Close => "killed.close",
        Counts::Risen => "killed.risen",
        Counts::Near => "killed.near",
        Counts::Open => "killed.open",
        Counts::Beyond => "killed.beyond",
        Counts::Little => "killed.differs_little",
        Counts::Apart => "killed.apart",
        Counts::FarApart => "killed.far_apart",
    };
    Some(Sign::new(name, note))
}

fn injured(a: &Profile, b: &Profile) -> Option<Sign> {
    let (counts, note) = counts((a.injured, a.published), (b.injured, b.published))?;
    let names = [
        "injured.same_few",
        "injured.same_many",
        "injured.near",
        "injured.open",
        "injured.apart",
    ];
    Some(Sign::new(roughly(counts, names), note))
}

/// Those who were taken or came free.
fn captives(a: &Profile, b: &Profile) -> Option<Sign> {
    let number = |best: Option<u32>| Number {
        best,
        ..Number::default()
    };
    let of =
        |p: Option<u32>, q: Option<u32>| counts((number(p), a.published), (number(q), b.published));
    let (counts, note) = of(a.abducted, b.abducted).or_else(|| of(a.released, b.released))?;
    let names = [
        "captives.same_few",
        "captives.same_many",
        "captives.near",
        "captives.open",
        "captives.apart",
    ];
    Some(Sign::new(roughly(counts, names), note))
}

/// How two counts compare where fewer kinds are told apart than among the dead: names for the same
/// few, the same many, near, open and apart.
fn roughly(counts: Counts, [few, many, near, open, apart]: [&'static str; 5]) -> &'static str {
    match counts {
        Counts::None | Counts::Few => few,
        Counts::Some | Counts::Many => many,
        Counts::Close | Counts::Risen | Counts::Near => near,
        Counts::Open | Counts::Beyond | Counts::Little => open,
        Counts::Apart | Counts::FarApart => apart,
    }
}

fn weapons(a: &Profile, b: &Profile) -> Option<Sign> {
    let shared = a.weapons.intersection(&b.weapons);
    let shared: Vec<&str> = shared.map(String::as_str).collect();
    (!shared.is_empty()).then(|| Sign::new("weapons.same", shared.join(", ")))
}

/// The same words are the same copy, unless their numbers differ: then they are a phrase that
/// reports on such acts have in common.
fn copy(a: &Profile, b: &Profile) -> Option<Sign> {
    if a.numbers != b.numbers {
        return None;
    }
    let n_shared = a.words.intersection(&b.words).count();
    let n_all = a.words.union(&b.words).count();
    if n_shared < MIN_WORDS {
        return None;
    }
    let share = n_shared as f64 / n_all as f64;
    let name = match share {
        s if 0.8 <= s => "words.nearly_all",
        s if 0.5 <= s => "words.half",
        s if 0.3 <= s => "words.third",
        _ => return None,
    };
    let percent = (share * 100.0).round();
    Some(Sign::new(name, format!("{percent} % of the words")))
}

/// Words around the act that few reports have: the same things, people and quarters are named.
fn context(a: &Profile, b: &Profile) -> Option<Sign> {
    let (rare, least, note) = shared(&a.context, &b.context, &counted_elsewhere(a, b));
    let name = match rare {
        r if 3.0 <= r => "context.much",
        r if 1.8 <= r => "context.more",
        r if 0.9 <= r => "context.some",
        r if TELLING <= r => "context.little",
        _ if MIN_WORDS as f64 / 2.0 <= least => "context.nothing",
        _ => return None,
    };
    Some(Sign::new(name, note))
}

/// The same of the reports' titles and first sentences, where one of the two is what its report
/// is about; the words around the act count no second time.
fn lead(a: &Profile, b: &Profile) -> Option<Sign> {
    let mut weighed = counted_elsewhere(a, b);
    weighed.extend(a.context.intersection(&b.context).map(String::as_str));
    let (rare, _, note) = shared(&a.lead, &b.lead, &weighed);
    let name = match rare {
        r if 3.0 <= r => "lead.much",
        r if 1.5 <= r => "lead.more",
        r if 0.7 <= r => "lead.some",
        _ => return None,
    };
    Some(Sign::new(name, note))
}

/// Rarity of the words in common, that of all words of the poorer side, and the words.
fn shared(
    p: &BTreeSet<String>,
    q: &BTreeSet<String>,
    weighed: &BTreeSet<&str>,
) -> (f64, f64, String) {
    let rare = |words: &BTreeSet<String>| -> f64 {
        let open = words.iter().filter(|word| !weighed.contains(word.as_str()));
        open.map(|word| rarity(word)).sum()
    };
    let common = p.intersection(q);
    let common: BTreeSet<String> = common.cloned().collect();
    let open = common
        .iter()
        .filter(|word| !weighed.contains(word.as_str()));
    let told: Vec<&str> = open
        .filter(|word| TELLING <= rarity(word))
        .map(String::as_str)
        .collect();
    let note = match told.is_empty() {
        true => "no telling word in common".to_owned(),
        false => told.join(", "),
    };
    (rare(&common), rare(p).min(rare(q)), note)
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
