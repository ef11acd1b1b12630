//! Sentences that sum up several acts: "attacks around the country left 13 dead" above the items that tell of each.

use tarikh_syntax::{Deprel, Feats, Tok};

use super::scene::Scene;
use crate::knowledge::words::words;
use crate::reading::Reading;

/// Whether a number of dead is that of several acts together; `told` are the dead of each, `None` where one of them
/// tells no number.
pub(super) fn is_total_of(total: Option<u32>, told: impl Iterator<Item = Option<u32>>) -> bool {
    let Some(total) = total else {
        return false;
    };
    let (mut acts, mut sum) = (0, 0);
    for dead in told {
        // Beyond the total nothing brings it back: each counts one at least.
        let Some(more) = dead.filter(|&n| n <= total - sum) else {
            return false;
        };
        acts += 1;
        sum += more;
    }
    acts > 1 && sum == total
}

/// "Two ambushes in the north left 13 dead": a number of acts at no town.
pub(super) fn counts_its_acts(reading: &Reading<'_>, scene: &Scene) -> bool {
    let doc = reading.doc;
    let place = scene.place.and_then(|p| reading.places[p].place.as_ref());
    let numbered = |&e: &usize| {
        let event = &reading.events[e];
        let number = doc.child(event.trigger, Deprel::Nummod);
        !event.definite && doc.xpos(event.trigger) == "NNS" && number.is_some()
    };
    place.is_none_or(|p| p.precision >= 5) && scene.events.iter().any(numbered)
}

/// Several acts at no place in particular: "attacks around Iraq", "killed across the province as clashes spread".
pub(super) fn tells_of_acts_all_over(reading: &Reading<'_>, scene: &Scene) -> bool {
    let doc = reading.doc;
    let place = scene.place.and_then(|p| reading.places[p].place.as_ref());
    let several = |e: &usize| {
        let trigger = reading.events[*e].trigger;
        doc.xpos(trigger) == "NNS" && !reading.events[*e].definite
    };
    let vague = |least: u8| place.is_none_or(|p| p.precision >= least);
    let mut tokens = doc.sentence(scene.sentence).tokens.iter();
    let all_over = tokens.any(|t| words().spread_words.is(doc, t));
    vague(6) && scene.events.first().is_some_and(several)
        || all_over && vague(4) && scene.harms.iter().any(|&h| !reading.harms[h].is_part())
}

/// "14 killed in two raids", "at both camps": one toll for acts that the report tells apart. "Two
/// blasts in Corva" are one act at one town.
pub(super) fn counts_several_acts(reading: &Reading<'_>, scenes: &[Scene], scene: &Scene) -> bool {
    let (doc, knowledge) = (reading.doc, reading.knowledge);
    let range = doc.sentence(scene.sentence).tokens;
    // "Gunmen shot a teacher in Corva, and three bombs went off in Elsk": counted in the other act.
    let of_another = |t: Tok| {
        let mut others = scenes
            .iter()
            .filter(|o| o.sentence == scene.sentence && o.events != scene.events)
            .filter(|o| o.place.is_some() && scene.place.is_some() && o.place != scene.place);
        others.any(|o| o.events.iter().any(|&e| reading.events[e].trigger == t))
    };
    let place = scene.place.and_then(|p| reading.places[p].place.as_ref());
    let at_one_town = scene.sites.is_empty() && place.is_some_and(|p| p.precision <= 2);
    let several = |t: Tok| {
        let word = doc.lower(t);
        word == "both"
            || knowledge
                .numbers
                .numeral(word)
                .is_some_and(|n| (2..20).contains(&n))
    };
    let counted = |t: Tok| {
        (t.0.saturating_sub(3).max(range.start.0)..t.0)
            .map(Tok)
            .any(several)
    };
    range.iter().any(|t| {
        let plural = doc.feats(t).has(Feats::PLURAL) || doc.xpos(t) == "NNS";
        let act_or_site = || {
            let military = || knowledge.lexicon.is(doc, t, "military-site");
            let act = || knowledge.frames.is_event_noun(doc.lemma(t));
            !at_one_town && (act() || military()) || knowledge.lexicon.is(doc, t, "settlement")
        };
        plural && act_or_site() && counted(t) && !of_another(t)
    })
}
