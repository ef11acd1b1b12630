//! One sentence, several towns, several numbers: "killed nine people in Corva and four in Elsk".

use tarikh_record::Measure;
use tarikh_syntax::{Tok, TokRange};

use super::fold::Draft;
use super::scene::Scene;
use crate::mentions::harm::Harm;
use crate::mentions::parties::Party;
use crate::reading::Reading;

/// Gives each of the incidents under one toll its own numbers: where the sentence puts one beside
/// each place, and where a later sentence tells of one place alone.
pub(super) fn settle(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft]) {
    for first in 0..drafts.len() {
        if !drafts[first].shared_toll {
            continue;
        }
        let scene = drafts[first].scenes[0];
        let together = |&d: &usize| drafts[d].shared_toll && drafts[d].scenes[0] == scene;
        let mut group: Vec<usize> = (0..drafts.len()).filter(together).collect();
        if group.len() >= 2 && group[0] == first {
            let start = |d: &usize| drafts[*d].place.map(|p| reading.places[p].tokens.start);
            group.sort_by_key(start);
            deal(reading, scenes, drafts, &group);
        }
    }
}

fn deal(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft], group: &[usize]) {
    let (lead, rest) = (&drafts[group[0]], &group[1..]);
    let place = |&d: &usize| drafts[d].place.map(|p| reading.places[p].tokens);
    let places: Option<Vec<TokRange>> = group.iter().map(place).collect();
    let told_alike = rest.iter().all(|&d| drafts[d].scenes == lead.scenes);
    if told_alike && places.is_some_and(|p| is_dealt(reading, scenes, lead, &p)) {
        for (n, &d) in group.iter().enumerate() {
            (drafts[d].shared_toll, drafts[d].share) = (false, Some(n));
        }
        return;
    }
    let tolls = |&d: &usize| {
        // The sentence that names the towns counts for all of them, in each of its clauses.
        let list = scenes[lead.scenes[0]].sentence;
        let tells = |s: &usize| scenes[*s].sentence != list && has_toll(reading, &scenes[*s]);
        let tolls: Vec<usize> = own_scenes(drafts, d, group).filter(tells).collect();
        (d, tolls)
    };
    for (d, own) in group.iter().map(tolls).collect::<Vec<_>>() {
        drafts[d].shared_toll = own.is_empty();
        drafts[d].own = own;
    }
}

/// The scenes that tell of a draft and of none of the others in its group.
fn own_scenes(drafts: &[Draft], d: usize, group: &[usize]) -> impl Iterator<Item = usize> {
    let others = move |s: &usize| {
        let mut beside = group.iter().filter(|&&e| e != d);
        beside.any(|&e| drafts[e].scenes.contains(s))
    };
    drafts[d].scenes.iter().copied().filter(move |s| !others(s))
}

fn has_toll(reading: &Reading<'_>, scene: &Scene) -> bool {
    scene.harms.iter().any(|&h| {
        let harm = &reading.harms[h];
        let counts = matches!(harm.measure, Measure::Killed | Measure::Injured);
        counts && counted(harm).next().is_some()
    })
}

/// Whether a toll of the scenes has a number for each place.
fn is_dealt(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, places: &[TokRange]) -> bool {
    let harms = draft.scenes.iter().flat_map(|&s| &scenes[s].harms);
    let harms: Vec<&Harm> = harms
        .map(|&h| &reading.harms[h])
        .filter(|h| matches!(h.measure, Measure::Killed | Measure::Injured))
        .collect();
    // What another sentence counts ("113 herders in a single day") is of all places together.
    harms.iter().any(|h| has_one_each(reading, h, places))
}

/// "nine in Corva and four in Elsk", or "in Corva and Elsk nine and four, respectively".
fn has_one_each(reading: &Reading<'_>, harm: &Harm, places: &[TokRange]) -> bool {
    let numbers: Vec<Tok> = counted(harm).map(|p| p.tokens.start).collect();
    let places: Vec<Tok> = places.iter().map(|p| p.start).collect();
    let range = reading.doc.sentence(harm.sentence).tokens;
    if numbers.len() != places.len() || !places.iter().all(|&p| range.contains(p)) {
        return false;
    }
    let rises = |of: &[Tok]| of.is_sorted_by(|a, b| a < b);
    let turns = |a: &[Tok], b: &[Tok]| {
        let in_turn: Vec<Tok> = a.iter().zip(b).flat_map(|(&x, &y)| [x, y]).collect();
        rises(&in_turn)
    };
    let respectively = || range.iter().any(|t| reading.doc.lower(t) == "respectively");
    turns(&numbers, &places)
        || turns(&places, &numbers)
        || rises(&numbers) && rises(&places) && respectively()
}

/// The parties of a statement that have a number of their own, in the order of the words.
pub(super) fn counted(harm: &Harm) -> impl Iterator<Item = &Party> {
    harm.parties
        .iter()
        .filter(|p| !p.included && p.count.best.is_some())
}
