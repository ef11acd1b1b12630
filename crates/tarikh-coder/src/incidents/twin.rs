//! Two acts in one sentence that a reader keeps apart, and sentences that add up acts told below.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok, Upos};
use tarikh_text::Zone;

use super::scene::{Family, Scene, When};
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::mentions::actors::ActorMention;
use crate::reading::Reading;
use crate::tree;

/// Whether a scene and an event of the same sentence are two acts, whatever their places and days.
pub(super) fn are(reading: &Reading<'_>, scene: &Scene, event: &EventMention) -> bool {
    let mut told = scene.events.iter().map(|&e| &reading.events[e]);
    told.any(|t| follows(reading, t, event) || is_by_the_other_side(reading, t, event))
}

/// "The assault was followed by the explosion of a mine": what comes afterwards is an act of its own.
fn follows(reading: &Reading<'_>, told: &EventMention, event: &EventMention) -> bool {
    let doc = reading.doc;
    let verb = doc
        .head(event.trigger)
        .filter(|&v| doc.lemma(v) == "follow");
    let noun = |t: Tok| matches!(doc.upos(t), Upos::Noun | Upos::Propn);
    let subject = verb.and_then(|v| tree::subject(doc, v));
    let by = verb.and_then(|v| tree::by_phrase(doc, v));
    noun(event.trigger)
        && subject == Some(told.trigger)
        && by == Some(event.trigger)
        && told.act != event.act
}

/// "Rebels took a base, and government jets bombed a town": fire from afar by the enemy of those who act before, in a clause of
/// its own.
fn is_by_the_other_side(reading: &Reading<'_>, told: &EventMention, event: &EventMention) -> bool {
    let doc = reading.doc;
    let afar = |a: Act| matches!(a, Act::Air | Act::Shelling);
    let ground = |a: Act| Family::of(a) == Family::Territory;
    let acts = afar(event.act) && (ground(told.act) || afar(told.act) && told.act != event.act);
    let clauses = [told.trigger, event.trigger].map(|v| {
        let subject = tree::agent(doc, v).filter(|_| doc.upos(v) == Upos::Verb);
        subject.map(|s| (s, side(reading, s)))
    });
    let [Some((first, a)), Some((second, b))] = clauses else {
        return false;
    };
    let title = reading.zone(doc.sentence_of(event.trigger)) == Zone::Title;
    let joins = |t: Tok| match doc.lower(t) {
        "and" => true,
        "," | "as" | "while" => title,
        _ => false,
    };
    let and = (first.0..second.0).map(Tok).any(joins);
    // "Said the army had shelled the post and that jets had bombed it": of one party.
    let opposed = matches!((a, b), (Some(a), Some(b)) if a != b);
    acts && told.trigger < second && and && opposed && !event.patients.is_empty()
}

/// Takes from the scenes told before the places that stand in the clause of their twin.
pub(super) fn take_back(reading: &Reading<'_>, event: &EventMention, told: &mut [Scene]) {
    let doc = reading.doc;
    let start = tree::agent(doc, event.trigger).map_or(event.trigger, |a| a.min(event.trigger));
    for scene in told {
        let behind = scene
            .place
            .filter(|&p| reading.places[p].tokens.start >= start);
        if behind.is_some() {
            scene.place = None;
            scene.sites.clear();
        }
    }
}

/// "Troops entered the town and arrested two men": how those came who led people away, and no change of control.
pub(super) fn is_way_to_a_raid(reading: &Reading<'_>, event: &EventMention) -> bool {
    let doc = reading.doc;
    let entered = event.act == Act::Transfer && doc.upos(event.trigger) == Upos::Verb;
    let joined = |t: Tok| doc.deprel(t) == Deprel::Conj && doc.head(t) == Some(event.trigger);
    let sentence = doc.sentence_of(event.trigger);
    let mut events = reading.within(sentence, &reading.events, |e| e.trigger);
    let own = |v: Tok| doc.child(v, Deprel::Nsubj).is_none();
    entered && events.any(|(_, e)| e.act == Act::Arrest && joined(e.trigger) && own(e.trigger))
}

/// "Agreed on Wednesday to a truce after a night of clashes": the day is that of the deal, and of no clash.
pub(super) fn is_dated_by_what_came(
    reading: &Reading<'_>,
    told: &[Scene],
    event: &EventMention,
    when: &When,
) -> bool {
    let doc = reading.doc;
    let day = reading.times[when.timex].tokens.start;
    let path = std::iter::once(event.trigger).chain(tree::ancestors(doc, event.trigger));
    let mut nouns = path.take_while(|&t| matches!(doc.upos(t), Upos::Noun | Upos::Propn));
    let after = nouns.any(|t| {
        doc.child(t, Deprel::Case)
            .is_some_and(|c| doc.lower(c) == "after" && day < c)
    });
    let deal = |s: &Scene| s.family == Family::Agreement;
    after && told.iter().any(deal)
}

/// What tells whose a subject is: a country that stands in it, or whether it is a state's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Party<'r> {
    /// ISO 3166-1 alpha-2 code.
    Country(&'r str),
    State,
    Fighters,
}

/// "Chadian helicopters": what a country or its government flies.
pub(super) fn is_of_a_state(reading: &Reading<'_>, subject: Tok) -> bool {
    let flown = reading
        .knowledge
        .lexicon
        .is(reading.doc, subject, "war-aircraft");
    flown
        && matches!(
            side(reading, subject),
            Some(Party::Country(_) | Party::State)
        )
}

fn side<'r>(reading: &'r Reading<'_>, subject: Tok) -> Option<Party<'r>> {
    let doc = reading.doc;
    let named = || std::iter::once(subject).chain(doc.children(subject).filter(|&c| c < subject));
    let actor = |t: Tok| reading.actors.at(t);
    let nonstate = |a: &ActorMention| a.class.is_nonstate();
    if named().filter_map(actor).any(nonstate) {
        return Some(Party::Fighters);
    }
    let country = |t: Tok| {
        let last = reading.places.partition_point(|p| p.tokens.start <= t);
        let place = &reading.places[last.checked_sub(1)?];
        let geo = place.place.as_ref().filter(|_| place.tokens.contains(t))?;
        geo.country.as_deref()
    };
    if let Some(code) = named().find_map(country) {
        return Some(Party::Country(code));
    }
    let state =
        |t: Tok| actor(t).is_some_and(|a| a.class.is_state()) || words().state_words.is(doc, t);
    named().any(state).then_some(Party::State)
}

/// "Two soldiers and a farmer have been killed in separate incidents": a sum of acts that the sentences below tell one by one.
pub(super) fn is_sum(reading: &Reading<'_>, sentence: Sent) -> bool {
    const BELOW: u32 = 12;
    let doc = reading.doc;
    let apart = |n: Tok| {
        let mut described = doc.children(n);
        doc.xpos(n) == "NNS"
            && words().occurrences.is(doc, n)
            && described.any(|c| words().apart.is(doc, c))
    };
    let verb = |h: Tok| tree::is_verbal(doc, h) && tree::with_case(doc, h, "in").is_some_and(apart);
    // Each with a toll of its own: else the sum is all that is told of the dead.
    let told = |s: Sent| {
        let mut harms = reading.within(s, &reading.harms, |h| h.trigger);
        harms.any(|(_, h)| {
            let number = h.total().is_some_and(|c| c.best.is_some_and(|n| n > 0));
            h.measure == Measure::Killed && number
        })
    };
    let last = (doc.sentences().len() as u32).min(sentence.0 + BELOW);
    let below = (sentence.0 + 1..last)
        .map(Sent)
        .filter(|&s| reading.zone(s) == Zone::Body);
    let mut harms = reading.within(sentence, &reading.harms, |h| h.trigger);
    harms.any(|(_, h)| {
        verb(h.trigger)
            || doc
                .head(h.trigger)
                .is_some_and(|v| doc.deprel(h.trigger) != Deprel::Root && verb(v))
    }) && below.filter(|&s| told(s)).count() >= 2
}
