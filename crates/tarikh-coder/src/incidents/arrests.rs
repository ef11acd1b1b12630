//! "Arrested a man over the blast that killed six": the arrest, and the act that it is for.

use tarikh_syntax::{Deprel, Tok};

use super::scene::{Family, Scene, When};
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::mentions::actors::ActorMention;
use crate::reading::Reading;
use crate::tree;

/// Whether of two events one is an arrest for the other, an act of violence that came before.
pub(super) fn is_for(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    is_below(reading, a, b) || is_below(reading, b, a)
}

fn is_below(reading: &Reading<'_>, arrest: usize, act: usize) -> bool {
    let doc = reading.doc;
    let (arrest, act) = (&reading.events[arrest], &reading.events[act]);
    if arrest.act != Act::Arrest || Family::of(act.act) != Family::Violence {
        return false;
    }
    let path: Vec<Tok> = std::iter::once(act.trigger)
        .chain(tree::ancestors(doc, act.trigger))
        .take_while(|&t| t != arrest.trigger)
        .collect();
    let argument = path
        .last()
        .copied()
        .filter(|&t| doc.head(t) == Some(arrest.trigger));
    argument.is_some_and(|t| match doc.deprel(t) {
        // "the man who killed nine"
        Deprel::Obj | Deprel::NsubjPass => path
            .iter()
            .any(|&t| matches!(doc.deprel(t), Deprel::Acl | Deprel::AclRelcl)),
        Deprel::Obl | Deprel::Advcl | Deprel::Nmod => is_reason(reading, t),
        _ => false,
    })
}

/// "Blamed the killing on rebels, and said that nine men were arrested on Tuesday in Elsk": an arrest with a day or a place
/// of its own beside an act known from before.
pub(super) fn is_of_its_own(
    reading: &Reading<'_>,
    scene: &Scene,
    event: &EventMention,
    (when, place): (Option<&When>, Option<usize>),
) -> bool {
    let act = |&e: &usize| reading.events[e].act;
    scene.definite
        && scene.when.is_none()
        && scene.place.is_none()
        && !scene
            .events
            .iter()
            .map(act)
            .any(|a| a == Act::Arrest || a.is_of_a_crowd())
        && event.act == Act::Arrest
        && !event.definite
        && (when.is_some() || place.is_some())
        && tree::is_verbal(reading.doc, event.trigger)
}

/// "over", "for", "on suspicion of", "in connection with", "after"
fn is_reason(reading: &Reading<'_>, phrase: Tok) -> bool {
    let doc = reading.doc;
    let noun = words().reasons.is(doc, phrase);
    let link = |c: Tok| {
        matches!(doc.deprel(c), Deprel::Case | Deprel::Mark)
            && matches!(doc.lower(c), "over" | "for" | "after" | "following")
    };
    noun || doc.children(phrase).any(link)
}

/// "Soldiers searched the quarter and six young men were led away": who takes away people by nobody named, where only a
/// state's forces are told to act before.
pub(crate) fn forces_that_lead_away(reading: &Reading<'_>, event: &EventMention) -> Option<Tok> {
    let doc = reading.doc;
    let frame = event.frame.map(|f| &reading.knowledge.frames.all[f]);
    let unnamed = event.act == Act::Abduct
        && event.agents.is_empty()
        && tree::is_passive(doc, event.trigger)
        && frame.is_some_and(|f| f.id == "carry-away");
    if !unnamed {
        return None;
    }
    let sentence = doc.sentence_of(event.trigger);
    let near = |a: &&ActorMention| {
        let s = doc.sentence_of(a.head);
        a.class.is_armed() && a.head < event.trigger && s.0 + 1 >= sentence.0
    };
    let all = &reading.actors.all;
    let only_state = all.iter().filter(near).all(|a| a.class.is_state());
    let first = all.iter().find(near).map(|a| a.head);
    first.filter(|_| only_state)
}
