//! Which scene a statement of harm belongs to, and when it makes one of its own.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok};

use super::governor::tree_distance;
use super::scene::{Family, Scene, clause_at, clause_of, same_area};
use super::support::{is_collision, may_have_happened};
use super::{date, headline, place};
use crate::events::modality::{self, Modality};
use crate::events::reference::opens_apart;
use crate::knowledge::frames::Act;
use crate::mentions::harm::Harm;
use crate::reading::Reading;
use crate::tree;

/// Gives each statement of harm to the scene of its clause, or makes a scene of it.
pub(super) fn attach(
    reading: &Reading<'_>,
    sentence: Sent,
    harms: &[(usize, &Harm)],
    is_earlier: &dyn Fn(Tok) -> bool,
    first: usize,
    out: &mut Vec<Scene>,
) {
    for &(index, harm) in harms {
        let earlier = is_earlier(harm.trigger);
        let modality = modality_of(reading, sentence, harm);
        let none = harm.total().is_some_and(|c| c.best == Some(0));
        let told = modality == Modality::Actual
            || none && modality == Modality::Denied
            || may_have_happened(reading, harm) && modality == Modality::Prospect;
        if harm.measure == Measure::Displaced || !told {
            continue;
        }
        let (when, place) = (
            date::own(reading, harm.trigger, sentence),
            place::own(reading, harm.trigger, sentence, &|t| {
                is_earlier(t) == is_earlier(harm.trigger)
            }),
        );
        // "Four died; a camera had been stolen a week earlier": what the clause behind tells is older.
        let is_older = |&i: &usize| {
            let s: &Scene = &out[i];
            let mut events = s.events.iter().map(|&e| reading.events[e].trigger);
            let behind = events.all(|t| t > harm.trigger);
            s.pluperfect && behind && clause_of(reading, s) != clause_at(reading, harm.trigger)
        };
        let beside = (first..out.len()).filter(|i| !is_older(i));
        let best = beside.min_by_key(|&i| {
            let s = &out[i];
            let conflict = matches!((s.place, place), (Some(a), Some(b)) if a != b && !same_area(reading, a, b))
                || headline::parts_from(reading, s, harm.trigger);
            let own = s.events.iter().any(|&e| reading.events[e].trigger == harm.trigger);
            let distance = s.events.iter().map(|&e| tree_distance(reading, reading.events[e].trigger, harm.trigger)).min().unwrap_or(20);
            let parted = clause_of(reading, s) != clause_at(reading, harm.trigger);
            (s.earlier != earlier, !own, conflict, parted, distance)
        });
        let opens = modality != Modality::Prospect && opens_scene(reading, sentence, harm);
        match best {
            Some(i) => out[i].harms.push(index),
            None if opens => out.push(Scene {
                sentence,
                zone: reading.zone(sentence),
                events: Vec::new(),
                family: Family::Violence,
                when,
                place,
                sites: Vec::new(),
                harms: vec![index],
                definite: true,
                distinct: false,
                apart: opens_apart(reading.doc, harm.trigger),
                pluperfect: false,
                backshifted: false,
                supported: true,
                earlier: false,
                earlier_words: None,
            }),
            None if harm.is_part()
                || is_adjective(reading, harm)
                || is_of_bodies_moved(reading, harm) =>
            {
                if let Some(scene) = told_of_before(sentence, &mut out[..first]) {
                    scene.harms.push(index);
                }
            }
            None => {}
        }
    }
}

/// How the report puts that people came to harm: as it puts the act, where one word tells both.
fn modality_of(reading: &Reading<'_>, sentence: Sent, harm: &Harm) -> Modality {
    let mut events = reading.within(sentence, &reading.events, |e| e.trigger);
    let told = events.find(|(_, e)| e.trigger == harm.trigger);
    told.map_or_else(
        || modality::read(reading.doc, harm.trigger, &reading.knowledge.modalities),
        |(_, e)| e.modality,
    )
}

/// The scene shortly before whose harm a sentence tells more of ("The victims were two teachers").
fn told_of_before(sentence: Sent, scenes: &mut [Scene]) -> Option<&mut Scene> {
    const REACH: u32 = 2;
    let mut before = scenes.iter_mut().rev();
    before.find(|s| s.supported && sentence.0.saturating_sub(s.sentence.0) <= REACH)
}

/// Whether people who came to harm are an act of violence that the sentence does not name: killed
/// or hurt, in a number that the report gives, and not by an accident or an animal.
fn opens_scene(reading: &Reading<'_>, sentence: Sent, harm: &Harm) -> bool {
    let counted = harm.total().is_some_and(|c| !c.is_vague());
    let accident = |s: Sent| {
        let mut words = reading.doc.sentence(s).tokens.iter();
        let lexicon = &reading.knowledge.lexicon;
        words.any(|t| {
            ["accident", "animal", "disease", "peaceful-harm"]
                .iter()
                .any(|class| lexicon.is(reading.doc, t, class))
        })
    };
    matches!(harm.measure, Measure::Killed | Measure::Injured)
        && counted
        && !is_adjective(reading, harm)
        && !accident(sentence)
        && !is_collision(reading, sentence)
        && (!is_of_bodies_moved(reading, harm) || tells_no_act(reading, sentence))
        && !((accident(Sent(0)) || is_no_violence(reading, harm))
            && tells_no_act(reading, sentence))
}

/// "The actor died at his home", "nobody died": by itself no sign that anybody did it.
fn is_no_violence(reading: &Reading<'_>, harm: &Harm) -> bool {
    let doc = reading.doc;
    let alone = |s: Tok| doc.xpos(s) == "NNP" && doc.child(s, Deprel::Conj).is_none();
    let of_one = tree::subject(doc, harm.trigger).is_some_and(alone);
    let count = harm.total().and_then(|c| c.best);
    count == Some(0) || count == Some(1) && of_one && doc.lemma(harm.trigger) == "die"
}

/// "Six bodies had been brought to the town": the dead of an act that was told before.
fn is_of_bodies_moved(reading: &Reading<'_>, harm: &Harm) -> bool {
    let (doc, t) = (reading.doc, harm.trigger);
    let moved = |v: Tok| reading.knowledge.lexicon.is(doc, v, "see-to-dead");
    let verb = doc.head(t).filter(|&v| tree::is_verbal(doc, v));
    reading.knowledge.harms.is_body(doc.lemma(t)) && verb.is_some_and(moved)
}

/// "A hospital treated 100 wounded soldiers": the word tells of no act by itself.
fn is_adjective(reading: &Reading<'_>, harm: &Harm) -> bool {
    let (doc, t) = (reading.doc, harm.trigger);
    doc.deprel(t) == Deprel::Amod && doc.head(t).is_some_and(|noun| noun > t)
}

/// Whether no act of violence is told up to a sentence: who died in it died of what the title or the
/// first sentence tells.
fn tells_no_act(reading: &Reading<'_>, sentence: Sent) -> bool {
    let end = reading.doc.sentence(sentence).tokens.end;
    let mut told = reading.events.iter().take_while(|e| e.trigger < end);
    !told.any(|e| e.modality == Modality::Actual && e.act != Act::Crash)
}
