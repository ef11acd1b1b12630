//! A second look at the drafts of a report: what the order of telling kept apart is joined.
//!
//! A lead without a day ("132 dead in Corva") and the paragraph that tells the act with its day stand
//! apart while sentences are read one by one; so do two accounts of one act of which the first named
//! only the country. The opening of a round-up ("Attacks around the country left 13 dead on Sunday")
//! is the sum of the incidents told behind it and none of its own.

use super::fold::{Draft, better_place, disjoint, turns_to_another};
use super::place::{compatible, same_spot};
use super::scene::Scene;
use super::sums::{counts_its_acts, counts_several_acts, is_total_of, tells_of_acts_all_over};
use super::unlike::is_long_ago;
use crate::reading::Reading;

/// Sentences after the first incident's in which the same act may be told with its day.
const OPENING: u32 = 5;

/// Incidents at places of their own that make a report with such an opening a round-up.
const ROUND_UP: usize = 3;

/// Takes the opening of a round-up out of the incidents; its day is theirs.
pub(super) fn split_round_up(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut Vec<Draft>) {
    let Some(lead) = drafts.iter().position(|d| d.is_lead) else {
        return;
    };
    let day = drafts[lead].when;
    let interval = |d: &Draft| d.when.and_then(|w| w.interval);
    let of_the_day = |d: &Draft| match (interval(d), day.and_then(|w| w.interval)) {
        (Some(a), Some(b)) => !disjoint(a, b),
        (Some(a), None) => !is_long_ago(reading, a),
        _ => true,
    };
    let at_towns: Vec<&Draft> = drafts
        .iter()
        .enumerate()
        .filter(|&(i, d)| i != lead && of_the_day(d) && is_at_a_town(reading, d))
        .map(|(_, d)| d)
        .collect();
    // The lead tells of several, or of no town: one at a town may have as many dead by chance.
    let vague = !is_at_a_town(reading, &drafts[lead])
        || drafts[lead]
            .scenes
            .iter()
            .any(|&s| counts_several_acts(reading, scenes, &scenes[s]));
    let told = |d: &&Draft| d.scenes.iter().find_map(|&s| scenes[s].dead(reading));
    let counts_all = |s: usize| {
        vague && is_total_of(scenes[s].dead(reading), at_towns.iter().map(told))
            || at_towns.len() > 1 && counts_its_acts(reading, &scenes[s])
    };
    let (sums, own): (Vec<usize>, Vec<usize>) = drafts[lead]
        .scenes
        .iter()
        .partition(|&&s| tells_of_acts_all_over(reading, &scenes[s]) || counts_all(s));
    let enough = match sums.iter().any(|&s| counts_all(s)) {
        true => 2,
        false => ROUND_UP,
    };
    if sums.is_empty() || at_towns.len() + usize::from(!own.is_empty()) < enough {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| d.when.is_none()) {
        if !draft.scenes.iter().any(|&s| scenes[s].pluperfect) {
            draft.when = day;
        }
    }
    if own.is_empty() {
        drafts.remove(lead);
        if let Some(first) = drafts.first_mut() {
            first.is_lead = true;
        }
    } else {
        drafts[lead].scenes = own;
    }
}

fn is_at_a_town(reading: &Reading<'_>, draft: &Draft) -> bool {
    let place = draft.place.and_then(|p| reading.places[p].place.as_ref());
    place.is_some_and(|p| p.precision <= 3)
}

/// Joins drafts that are one incident.
pub(super) fn consolidate(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut Vec<Draft>) {
    let mut i = 0;
    while i < drafts.len() {
        let mut j = i + 1;
        while j < drafts.len() {
            if is_one(reading, scenes, &drafts[i], &drafts[j]) {
                let other = drafts.remove(j);
                merge(reading, &mut drafts[i], other);
            } else {
                j += 1;
            }
        }
        i += 1;
    }
}

fn is_one(reading: &Reading<'_>, scenes: &[Scene], a: &Draft, b: &Draft) -> bool {
    let first = &scenes[b.scenes[0]];
    if a.shared_toll || b.shared_toll || a.family != b.family || first.distinct {
        return false;
    }
    let interval = |d: &Draft| d.when.and_then(|w| w.interval);
    // Of thousands of incidents most are told of two days: this is asked first.
    match (interval(a), interval(b)) {
        (None, Some(_)) if a.is_lead => {}
        (Some(x), Some(y)) if !disjoint(x, y) => {}
        _ => return false,
    }
    if !first.definite && turns_to_another(reading, first.sentence) {
        return false;
    }
    let place = |d: &Draft| d.place.and_then(|p| reading.places[p].place.as_ref());
    let (at_a, at_b) = (place(a), place(b));
    let fits = match (at_a, at_b) {
        (Some(x), Some(y)) => compatible(x, y),
        _ => true,
    };
    match (interval(a), interval(b)) {
        _ if !fits => false,
        // The lead tells no day; the act told right after it gives it.
        (None, Some(_)) => {
            let lead = scenes[a.scenes[0]].sentence.0;
            a.is_lead && a.when.is_none() && !first.pluperfect && first.sentence.0 <= lead + OPENING
        }
        (Some(x), Some(y)) if x.precision <= 2 && y.precision <= 2 && !disjoint(x, y) => {
            match (at_a, at_b) {
                (Some(p), Some(q)) => same_spot(p, q) || a.is_lead && p.precision > q.precision,
                _ => false,
            }
        }
        _ => false,
    }
}

fn merge(reading: &Reading<'_>, draft: &mut Draft, other: Draft) {
    draft.scenes.extend(other.scenes);
    draft.scenes.sort_unstable();
    if draft.when.is_none_or(|w| w.interval.is_none()) {
        draft.when = other.when;
    }
    if let Some(place) = other.place
        && better_place(reading, draft.place, place)
    {
        draft.place = Some(place);
    }
}
