//! What is told behind an act: another one hours later, a new count of its dead, deaths of another kind.

use tarikh_syntax::{Tok, Upos};

use super::fold::turns_to_another;
use super::scene::Scene;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::mentions::harm::Stage;
use crate::reading::Reading;

/// "Hours later riders waylaid a bus": others than those told before, at another hour.
pub(super) fn turns_to_others(reading: &Reading<'_>, scene: &Scene) -> bool {
    let doc = reading.doc;
    let unknown = |&t: &Tok| {
        let armed = reading.actors.at(t).is_some_and(|a| a.class.is_armed());
        let common = doc.upos(t) == Upos::Noun;
        armed && common && !crate::tree::has_article(doc, t)
    };
    // "Two hours later soldiers fired into the crowd": the one told of.
    let known = |&t: &Tok| crate::tree::has_article(doc, t);
    let mut patients = scene
        .events
        .iter()
        .flat_map(|&e| &reading.events[e].patients);
    if patients.any(known) {
        return false;
    }
    let mut agents = scene.events.iter().flat_map(|&e| &reading.events[e].agents);
    !scene.definite && turns_to_another(reading, scene.sentence) && agents.any(unknown)
}

/// "The radio put the toll at 15, after two of the wounded died": of an act told before.
pub(super) fn only_counts_again(reading: &Reading<'_>, scene: &Scene) -> bool {
    let stage = |&h: &usize| reading.harms[h].stage;
    let again = |h: &usize| matches!(stage(h), Stage::Later | Stage::Raised);
    scene.events.is_empty() && scene.harms.iter().any(again)
}

/// "Became king upon the death of his father": of one man, and no words of violence beside it.
pub(super) fn tells_of_a_natural_death(reading: &Reading<'_>, scene: &Scene) -> bool {
    let doc = reading.doc;
    let one = |&h: &usize| {
        let harm = &reading.harms[h];
        doc.lemma(harm.trigger) == "death"
            && doc.xpos(harm.trigger) == "NN"
            && harm.total().is_none_or(|c| c.best.is_none_or(|n| n == 1))
    };
    let mut words = doc.sentence(scene.sentence).tokens.iter();
    let violent = |t: Tok| {
        reading.actors.at(t).is_some_and(|a| a.class.is_armed())
            || reading.knowledge.lexicon.weapon(doc, t).is_some()
            || reading.event_at(t).is_some()
    };
    scene.events.is_empty() && scene.harms.iter().all(one) && !words.any(violent)
}

/// "The missile came down near the camp. There was a loud blast": what was heard of the act told right before.
pub(super) fn is_a_bang(reading: &Reading<'_>, scene: &Scene) -> bool {
    let noun = |&e: &usize| {
        let event = &reading.events[e];
        let bang = words().bangs.is(reading.doc, event.trigger);
        event.act == Act::Explosion && bang && event.patients.is_empty()
    };
    scene.when.is_none()
        && scene.place.is_none()
        && !scene.distinct
        && !scene.events.is_empty()
        && scene.events.iter().all(noun)
}
