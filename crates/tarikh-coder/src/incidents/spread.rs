//! Incidents at several towns that one sentence names: "attacked posts in Corva, Dunmar and Elsk".

use tarikh_syntax::Tok;

use super::fold::Draft;
use super::place::same_spot;
use super::scene::{Scene, When};
use crate::reading::Reading;

/// Makes several incidents of one: the same act at further places, under one toll.
pub(super) fn over(reading: &Reading<'_>, drafts: &mut Vec<Draft>, d: usize, sites: &[usize]) {
    drafts[d].shared_toll |= !sites.is_empty();
    for &site in sites {
        let further = Draft {
            place: Some(site),
            when: own_day(reading, site).or(drafts[d].when),
            is_lead: false,
            ..drafts[d].clone()
        };
        drafts.push(further);
    }
}

/// The further sites of a scene at which no incident of the same kind was told before: "the attacks in
/// Corva and Elsk" behind one in Corva and one in Elsk are those.
pub(super) fn uncovered(
    reading: &Reading<'_>,
    drafts: &[Draft],
    d: usize,
    scene: &Scene,
) -> Vec<usize> {
    let place = |i: usize| reading.places[i].place.as_ref();
    let there = |site: usize, e: &Draft| matches!((place(site), e.place.and_then(place)), (Some(a), Some(b)) if same_spot(a, b));
    let told = |site: usize| {
        let mut others = drafts.iter().enumerate().filter(|&(e, _)| e != d);
        scene.definite && others.any(|(_, e)| e.family == drafts[d].family && there(site, e))
    };
    let sites = scene.sites.iter().copied();
    sites.filter(|&site| !told(site)).collect()
}

/// "In Corva on Sunday and in Elsk on Monday": the day right behind a place.
fn own_day(reading: &Reading<'_>, site: usize) -> Option<When> {
    let (doc, tokens) = (reading.doc, reading.places[site].tokens);
    let end = tokens.end;
    let behind = |t: Tok| t == end || t.0 == end.0 + 1 && doc.lower(end) == "on";
    let mut times = reading.within(doc.sentence_of(tokens.start), &reading.times, |t| {
        t.tokens.start
    });
    let (timex, _) = times.find(|(_, t)| behind(t.tokens.start))?;
    Some(When::of(reading, timex)).filter(|w| w.interval.is_some())
}

/// The drafts that a scene tells of, each with the place that the scene gives it: "the attacks" without
/// a place are those at every town named before.
pub(super) fn told(
    reading: &Reading<'_>,
    drafts: &[Draft],
    d: usize,
    scene: &Scene,
) -> Vec<(usize, Option<usize>)> {
    if !drafts[d].shared_toll {
        return vec![(d, scene.place)];
    }
    let sites: Vec<usize> = scene.place.iter().chain(&scene.sites).copied().collect();
    let place = |i: usize| reading.places[i].place.as_ref();
    let there = |e: &Draft| {
        let at = |&&s: &&usize| match (place(s), e.place.and_then(place)) {
            (Some(a), Some(b)) => a.precision >= 4 || same_spot(a, b),
            _ => false,
        };
        sites.iter().find(at).copied()
    };
    let first = (d, there(&drafts[d]).or(scene.place));
    let together = |e: &Draft| e.shared_toll && e.scenes[0] == drafts[d].scenes[0];
    let others = (0..drafts.len()).filter(|&e| e != d && together(&drafts[e]));
    let also = others.filter_map(|e| match there(&drafts[e]) {
        None if !sites.is_empty() => None,
        at => Some((e, at)),
    });
    std::iter::once(first).chain(also).collect()
}

/// Whether a scene tells that what was one incident so far ("raids on two camps") was several, at
/// towns of their own ("in Corva and Elsk"): nothing told before was at one exact place alone.
pub(super) fn is_told_apart(reading: &Reading<'_>, draft: &Draft, scene: &Scene) -> bool {
    let place = |i: usize| reading.places[i].place.as_ref();
    let same =
        |i: usize, j: usize| matches!((place(i), place(j)), (Some(a), Some(b)) if same_spot(a, b));
    let open = draft.place.is_none_or(|old| {
        place(old).is_none_or(|p| p.precision >= 4)
            || scene
                .sites
                .iter()
                .chain(&scene.place)
                .any(|&new| same(old, new))
    });
    open && !scene.sites.is_empty() && !draft.shared_toll && !draft.is_background
}
