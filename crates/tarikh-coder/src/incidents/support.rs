//! What shows that words of an act mean violence, and an aircraft a party's.

use tarikh_record::Measure;
use tarikh_syntax::{Sent, Tok};

use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorClass;
use crate::mentions::harm::Harm;
use crate::reading::Reading;

/// Whether people were killed or hurt.
pub(super) fn has_victims(harms: &[(usize, &Harm)]) -> bool {
    harms
        .iter()
        .any(|(_, h)| matches!(h.measure, Measure::Killed | Measure::Injured))
}

/// Whether an aircraft that the sentence tells of is an armed force's or carries its leaders: the
/// crash of any other is an accident without a party to a conflict (GUIDELINES 2).
pub(super) fn is_flown_by_a_party(reading: &Reading<'_>, sentence: Sent, crash: Tok) -> bool {
    let doc = reading.doc;
    doc.sentence(sentence).tokens.iter().any(|t| {
        // Officials told of behind the crash have to do with it, but were not on board.
        let aboard = |class| class == ActorClass::Officials && t < crash;
        reading
            .actors
            .at(t)
            .is_some_and(|a| a.class.is_armed() || aboard(a.class))
            || reading.knowledge.lexicon.is(doc, t, "military-aircraft")
    })
}

/// Whether the sentence speaks of armed people, weapons or victims.
pub(super) fn is_violent(reading: &Reading<'_>, sentence: Sent, harms: &[(usize, &Harm)]) -> bool {
    has_victims(harms)
        || harms.iter().any(|(_, h)| h.measure == Measure::Abducted)
        || reading.doc.sentence(sentence).tokens.iter().any(|t| {
            reading.actors.at(t).is_some_and(|a| a.class.is_armed())
                || reading.knowledge.lexicon.weapon(reading.doc, t).is_some()
        })
}

/// "The second post was overrun": what armed forces hold is the target.
pub(super) fn is_on_a_post(reading: &Reading<'_>, event: &EventMention) -> bool {
    let post = |&t: &Tok| {
        reading
            .knowledge
            .lexicon
            .is(reading.doc, t, "military-site")
    };
    matches!(event.act, Act::Attack | Act::Ambush) && event.patients.iter().any(post)
}
