//! What tells that a scene and an incident are one act or two: numbers, attackers, weapons.

use tarikh_record::Measure;
use tarikh_text::Zone;

use super::fold::Draft;
use super::scene::Scene;
use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorMention;
use crate::mentions::harm::Harm;
use crate::reading::Reading;

/// "A mine hit a bus in Elsk. Eighteen people died": a bare count right behind an act that has none so far.
pub(super) fn tells_first_toll(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let dead = |s: &Scene| {
        let mut harms = s.harms.iter().map(|&h| &reading.harms[h]);
        harms.any(|h| h.measure == Measure::Killed && !h.is_part())
    };
    let in_body = |s: &usize| scenes[*s].zone == Zone::Body;
    scene.events.is_empty()
        && dead(scene)
        && draft.scenes.iter().any(in_body)
        && !draft.scenes.iter().any(|&s| dead(&scenes[s]))
}

/// The numbers of those harmed that a scene tells, by the harm.
pub(super) fn numbers(reading: &Reading<'_>, scene: &Scene) -> Vec<(Measure, u32)> {
    let harms = scene.harms.iter().map(|&h| &reading.harms[h]);
    let number = |h: &Harm| Some((h.measure, h.total()?.best.filter(|&n| n > 1)?));
    harms.filter_map(number).collect()
}

/// Two different named attackers.
pub(super) fn actors_conflict(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let named = |s: &Scene| -> Vec<u32> {
        let agents = s
            .events
            .iter()
            .flat_map(|&e| reading.events[e].agents.iter());
        agents
            .filter_map(|&t| reading.actors.at(t))
            .filter_map(|a: &ActorMention| a.id)
            .collect()
    };
    let mine = named(scene);
    if mine.is_empty() {
        return false;
    }
    let theirs: Vec<u32> = draft
        .scenes
        .iter()
        .flat_map(|&s| named(&scenes[s]))
        .collect();
    !theirs.is_empty() && !mine.iter().any(|id| theirs.contains(id))
}

/// Bombs that went off, and shells that fell hours later: told in the body, they are two acts.
pub(super) fn weapons_conflict(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let kinds = |s: &Scene| -> Vec<Act> {
        let acts = s.events.iter().map(|&e| reading.events[e].act);
        acts.filter(|a| {
            matches!(
                a,
                Act::Explosion | Act::Shelling | Act::Grenade | Act::Suicide
            )
        })
        .map(|a| if a == Act::Suicide { Act::Explosion } else { a })
        .collect()
    };
    let mine = kinds(scene);
    let body = draft.scenes.iter().map(|&s| &scenes[s]);
    let theirs: Vec<Act> = body
        .filter(|s| s.zone == Zone::Body)
        .flat_map(kinds)
        .collect();
    !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|k| theirs.contains(k))
}
