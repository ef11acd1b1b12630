//! What one incident cannot hold: acts of kinds or times that a reader keeps apart.

use tarikh_syntax::{Deprel, Sent, Tok, Upos};
use tarikh_time::Interval;

use super::cast::antecedent;
use super::fold::{Draft, turns_to_another};
use super::members;
use super::scene::{Family, Scene};
use super::twin;
use crate::events::find::EventMention;
use crate::events::modality;
use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;
use crate::tree;

/// Whether a scene tells of another act than a draft, whatever their places and days.
pub(super) fn are(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    is_answered(reading, scene)
        || is_crash_beside_attack(reading, scenes, draft, scene)
        || is_answer_from_afar(reading, scenes, draft, scene)
        || is_later_fire(reading, scenes, draft, scene)
        || is_march_beside_arrest(reading, scenes, draft, scene)
        || is_news_behind_the_past(reading, drafts, draft, scene)
        || is_news_behind_a_mention(reading, scenes, (drafts, draft), scene)
        || is_fire_beside_march(reading, scenes, draft, scene)
        || is_march_beside_fire(reading, scenes, draft, scene)
        || is_march_elsewhere(reading, draft, scene)
        || is_ambush_beside_march(reading, draft, scene)
        || is_news_behind_an_aside(scenes, (drafts, draft), scene)
        || is_item_of_another_town(reading, draft, scene)
}

/// "Rebels took Corva, a week after troops had retaken Elsk. Eleven people died": what goes on is the news.
fn is_news_behind_an_aside(
    scenes: &[Scene],
    (drafts, draft): (&[Draft], &Draft),
    scene: &Scene,
) -> bool {
    let aside = |d: &Draft| d.scenes.iter().all(|&s| scenes[s].earlier);
    let last = draft.scenes.last().map(|&s| scenes[s].sentence);
    scene.when.is_none()
        && scene.place.is_none()
        && !scene.earlier
        && !scene.pluperfect
        && (!scene.definite || scene.events.is_empty())
        && last != Some(scene.sentence)
        && aside(draft)
        && drafts.iter().any(|d| !aside(d))
}

/// "The group said it had fired a rocket. In Elsk, troops arrested two men": a paragraph that opens with a town of its own goes
/// on with no act that is told without one.
fn is_item_of_another_town(reading: &Reading<'_>, draft: &Draft, scene: &Scene) -> bool {
    let doc = reading.doc;
    let sentence = doc.sentence(scene.sentence);
    let opens_paragraph = || {
        let before = scene.sentence.0.checked_sub(1);
        before.is_none_or(|s| doc.sentence(Sent(s)).paragraph != sentence.paragraph)
    };
    let start = sentence.tokens.start;
    let opens_with_place = || {
        let mut places = reading.within(scene.sentence, &reading.places, |p| p.tokens.start);
        doc.lower(start) == "in" && places.any(|(_, p)| p.tokens.start.0 < start.0 + 5)
    };
    !draft.is_lead
        && draft.place.is_none()
        && scene.place.is_some()
        && !scene.definite
        && opens_paragraph()
        && opens_with_place()
}

/// "They meant to avenge the offensive in the hills": what an act is an answer to is another one.
pub(super) fn is_answered(reading: &Reading<'_>, scene: &Scene) -> bool {
    let answered = |&e: &usize| {
        let trigger = reading.events[e].trigger;
        modality::is_answer_to(reading.doc, trigger, &reading.knowledge.modalities)
    };
    !scene.events.is_empty() && scene.harms.is_empty() && scene.events.iter().all(answered)
}

/// A crash and an attack are two incidents, unless the attack brought the aircraft down.
fn is_crash_beside_attack(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let attacks = |s: &Scene| {
        s.events.iter().any(|&e| {
            matches!(
                reading.events[e].act,
                Act::Attack
                    | Act::Ambush
                    | Act::Clash
                    | Act::Explosion
                    | Act::Suicide
                    | Act::Abduct
                    | Act::Transfer
            )
        })
    };
    let attacked_before = || draft.scenes.iter().any(|&s| attacks(&scenes[s]));
    match (draft.family == Family::Crash, scene.family == Family::Crash) {
        (true, false) => attacks(scene),
        (false, true) => !scene.definite && attacked_before(),
        _ => false,
    }
}

/// "Army helicopters later pounded the attackers' hideouts": the aircraft and guns of a state that
/// answer an attack on it are an act of their own, of another type.
fn is_answer_from_afar(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let from_afar = |e: &&EventMention| matches!(e.act, Act::Air | Act::Shelling);
    let by = |e: &EventMention, is: fn(ActorClass) -> bool| {
        let named = |&t: &Tok| members::meant(reading, antecedent(reading, t));
        e.agents.iter().filter_map(named).any(|a| is(a.class))
    };
    let own = || scene.events.iter().map(|&e| &reading.events[e]);
    let told = || {
        let events = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
        events.map(|&e| &reading.events[e])
    };
    !scene.definite
        && own().any(|e| from_afar(&e))
        // "The army said it had killed 20 in an air strike": the one who killed is the one who struck.
        && own().any(|e| {
            by(e, ActorClass::is_state) || e.agents.iter().any(|&t| twin::is_of_a_state(reading, t))
        })
        && !told().any(|e| from_afar(&e))
        && told().any(|e| by(e, ActorClass::is_nonstate))
        && told().next().is_none_or(|e| e.act != Act::Clash)
}

/// "A missile struck a ship. Later that day jets bombed the launcher": fire of another kind, at another hour.
fn is_later_fire(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, scene: &Scene) -> bool {
    let is_fire = |a: &Act| matches!(a, Act::Air | Act::Shelling);
    let act = |&e: &usize| reading.events[e].act;
    let mine = || scene.events.iter().map(act).filter(is_fire);
    let told = || {
        let events = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
        events.map(act).filter(is_fire)
    };
    !scene.definite
        && mine().next().is_some()
        && told().next().is_some()
        && !mine().any(|a| told().any(|b| a == b))
        && turns_to_another(reading, scene.sentence)
}

/// "Soldiers arrested the minister. Crowds marched through the capital": a demonstration told after an
/// arrest is of it only where demonstrators were arrested.
fn is_march_beside_arrest(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let marched = |t: &Tok| {
        let class = reading.actors.at(*t).map(|a| a.class);
        matches!(class, Some(ActorClass::Protesters | ActorClass::Rioters))
    };
    let of_marchers = || {
        let events = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
        events
            .flat_map(|&e| &reading.events[e].patients)
            .any(marched)
    };
    let opening = scenes[draft.scenes[0]].events.first();
    opening.is_some_and(|&e| reading.events[e].act == Act::Arrest)
        && scene.family == Family::Crowd
        && !scene.definite
        && !of_marchers()
}

/// "Last month a grenade killed six. Hours before, a tourist was stabbed in Corva": an undated act at
/// a place of its own behind an act of the past that names none is of the news again.
fn is_news_behind_the_past(
    reading: &Reading<'_>,
    drafts: &[Draft],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let past = |d: &Draft| {
        d.when
            .and_then(|w| w.interval)
            .is_some_and(|i| i.precision >= 3 || is_long_ago(reading, i))
    };
    let verb = |&e: &usize| tree::is_verbal(reading.doc, reading.events[e].trigger);
    // An abduction told of as the past of those set free, and then a fight.
    let of_another_kind = draft.family == Family::Abduct && scene.family != Family::Abduct;
    scene.when.is_none()
        && !scene.definite
        && !scene.pluperfect
        && (draft.place.is_none() && scene.place.is_some() || of_another_kind)
        && past(draft)
        && drafts.first().is_some_and(|d| !past(d))
        && scene.events.iter().any(verb)
}

/// "Troops came to arrest two men over a shooting in Corva in May. The soldiers came under fire":
/// what follows an act of the past that was only mentioned in passing is of the news again.
fn is_news_behind_a_mention(
    reading: &Reading<'_>,
    scenes: &[Scene],
    (drafts, draft): (&[Draft], &Draft),
    scene: &Scene,
) -> bool {
    let interval = |d: &Draft| d.when.and_then(|w| w.interval);
    let past = |d: &Draft| interval(d).is_some_and(|i| is_long_ago(reading, i));
    let in_passing = |s: &usize| {
        let events = scenes[*s].events.iter().map(|&e| &reading.events[e]);
        let mut told = events.filter(|e| e.act != Act::Arrest);
        told.all(|e| is_below_a_noun(reading, e.trigger))
    };
    let together = |&s: &usize| scenes[s].sentence == scene.sentence;
    scene.when.is_none()
        && !scene.pluperfect
        && past(draft)
        && draft.scenes.iter().all(in_passing)
        && !draft.scenes.iter().any(together)
        // Last: it asks all the others.
        && drafts.iter().any(|d| interval(d).is_some() && !past(d))
}

/// Whether a word stands in a clause or phrase that only says which thing or person is meant.
fn is_below_a_noun(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    let noun = matches!(doc.upos(t), Upos::Noun | Upos::Propn);
    noun && doc.child(t, Deprel::Case).is_some()
        || std::iter::once(t)
            .chain(tree::ancestors(doc, t))
            .any(|t| matches!(doc.deprel(t), Deprel::Acl | Deprel::AclRelcl | Deprel::Nmod))
}

/// "In Elsk, police dispersed a rally": a march at a town that opens the sentence is not the one of
/// the lead, which the report places by its dateline alone.
fn is_march_elsewhere(reading: &Reading<'_>, draft: &Draft, scene: &Scene) -> bool {
    let doc = reading.doc;
    let opens = |p: usize| {
        let start = doc.sentence(scene.sentence).tokens.start.0;
        let place = reading.places[p].place.as_ref();
        reading.places[p].tokens.start.0 <= start + 4
            && doc.lower(Tok(start)) == "in"
            && place.is_some_and(|g| g.precision <= 2)
    };
    let vague = |p: usize| {
        let place = reading.places[p].place.as_ref();
        place.is_none_or(|g| g.precision >= 5)
    };
    draft.family == Family::Crowd
        && scene.family == Family::Crowd
        && draft.place.is_none_or(vague)
        && draft.when.is_some()
        && !scene.definite
        && scene.place.is_some_and(opens)
}

/// "Police stormed the square. In the evening rockets were fired": no demonstration holds the aircraft
/// and guns of a war.
fn is_fire_beside_march(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let from_afar = |&e: &usize| {
        let act = reading.events[e].act;
        matches!(
            act,
            Act::Air | Act::Shelling | Act::Suicide | Act::Explosion
        )
    };
    // "The bombing" is none of a march that held none.
    let known = || {
        let mut told = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
        scene.definite && told.any(from_afar)
    };
    draft.family == Family::Crowd && scene.events.iter().any(from_afar) && !known()
}

/// "A car bomb wrecked a bank. Hundreds stood before the parliament": who demonstrates afterwards was not struck.
fn is_march_beside_fire(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let act = |&e: &usize| reading.events[e].act;
    let told = || {
        draft
            .scenes
            .iter()
            .flat_map(|&s| &scenes[s].events)
            .map(act)
    };
    let fire = |a: Act| matches!(a, Act::Air | Act::Shelling | Act::Suicide | Act::Explosion);
    draft.family == Family::Violence
        && !scene.definite
        && !scene.events.is_empty()
        && scene.harms.is_empty()
        && scene.events.iter().map(act).all(|a| a == Act::Protest)
        && told().any(fire)
        && !told().any(Act::is_of_a_crowd)
}

/// "Police dispersed the march. Rebels ambushed two lorries": what fighters do to others than the
/// marchers is no part of a demonstration.
fn is_ambush_beside_march(reading: &Reading<'_>, draft: &Draft, scene: &Scene) -> bool {
    let class = |t: &Tok| reading.actors.at(*t).map(|a| a.class);
    let marchers = |c: ActorClass| matches!(c, ActorClass::Protesters | ActorClass::Rioters);
    let of_fighters = |&e: &usize| {
        let event = &reading.events[e];
        event
            .agents
            .iter()
            .filter_map(class)
            .any(ActorClass::is_nonstate)
            && !event.patients.iter().filter_map(class).any(marchers)
    };
    draft.family == Family::Crowd
        && scene.family != Family::Crowd
        && !scene.definite
        && !scene.events.is_empty()
        && scene.events.iter().all(of_fighters)
}

/// Days before publication beyond which an act is not the undated news of a report.
const LONG_AGO_DAYS: i32 = 14;

pub(super) fn is_long_ago(reading: &Reading<'_>, interval: Interval) -> bool {
    let published = reading.report.metadata().published;
    published.is_some_and(|p| {
        let days = interval.end.until(p).map_or(0, |s| s.get_days());
        days > LONG_AGO_DAYS
    })
}
