//! What shows that words of an act mean violence, and an aircraft a party's.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok, Upos};

use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::mentions::actors::ActorClass;
use crate::mentions::harm::Harm;
use crate::reading::Reading;
use crate::tree;

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
        // "The minister called the crash a tragedy"
        let told = tree::is_verbal(doc, crash);
        let aboard = |class| class == ActorClass::Officials && told && t < crash;
        reading
            .actors
            .at(t)
            // Killers and gunmen whom nobody names have no aircraft.
            .is_some_and(|a| a.class.is_armed() && a.class != ActorClass::Gunmen || aboard(a.class))
            || reading.knowledge.lexicon.is(doc, t, "military-aircraft")
    })
}

/// "The crash": of an aircraft of a party, where the report tells of one.
pub(super) fn a_party_crashed(reading: &Reading<'_>) -> bool {
    let mut crashes = reading.events.iter().filter(|e| e.act == Act::Crash);
    crashes.any(|e| is_flown_by_a_party(reading, reading.doc.sentence_of(e.trigger), e.trigger))
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

/// "Signed a deal to end the fighting": an agreement that is about a war.
pub(super) fn is_on_a_war(reading: &Reading<'_>, sentence: Sent, event: &EventMention) -> bool {
    let war = |t: Tok| reading.knowledge.lexicon.is(reading.doc, t, "fought");
    let mut words = reading.doc.sentence(sentence).tokens.iter();
    event.act == Act::Agreement && words.any(war)
}

/// "The bombing of a market on 24 December": a noun of an act with what it hit, beside a day.
pub(super) fn is_deed_at(reading: &Reading<'_>, event: &EventMention) -> bool {
    let hit = |&t: &Tok| {
        let is = |class| reading.knowledge.lexicon.is(reading.doc, t, class);
        ["civilian-site", "military-site", "settlement"]
            .into_iter()
            .any(is)
            || reading.places.iter().any(|p| p.tokens.contains(t))
            || reading.actors.at(t).is_some()
    };
    let of = ["of", "on", "at"].into_iter();
    let mut target = of.filter_map(|p| tree::with_case(reading.doc, event.trigger, p));
    is_deed(reading, event) && target.any(|t| hit(&t))
}

/// "A week after an attack on oil tanks": a noun of an act with what it hit.
pub(super) fn is_deed_on(reading: &Reading<'_>, event: &EventMention) -> bool {
    is_deed(reading, event) && !event.patients.is_empty()
}

/// "On Sunday the village of Corva, in the district of Elsk, was raided": by the order of the words, where the tree gives
/// no subject.
fn is_said_of_a_village(reading: &Reading<'_>, verb: Tok) -> bool {
    let doc = reading.doc;
    let first = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
    let before = |t: Tok| t.0.checked_sub(1).map_or("", |i| doc.lower(Tok(i)));
    let named = |t: Tok| {
        let article = Tok(t.0.saturating_sub(1));
        reading.knowledge.lexicon.is(doc, t, "settlement")
            && doc.lower(article) == "the"
            && (article.0 == first || doc.word(Tok(article.0.saturating_sub(1))) == ",")
    };
    matches!(before(verb), "was" | "were") && (first..verb.0).map(Tok).any(named)
}

/// "The village of Corva was raided at dusk": a settlement as the target of a verb of attack, by nobody named.
pub(super) fn is_raid_on_a_village(reading: &Reading<'_>, event: &EventMention) -> bool {
    let village = |&t: &Tok| reading.knowledge.lexicon.is(reading.doc, t, "settlement");
    event.act == Act::Attack
        && event.agents.is_empty()
        && reading.doc.upos(event.trigger) == Upos::Verb
        && (event.patients.iter().any(village) || is_said_of_a_village(reading, event.trigger))
}

/// "A blast tore up the oil pipeline": what saboteurs blow up.
pub(super) fn is_on_works(reading: &Reading<'_>, event: &EventMention) -> bool {
    let works = |&t: &Tok| {
        reading
            .knowledge
            .lexicon
            .is(reading.doc, t, "infrastructure")
    };
    event.act == Act::Explosion && !event.is_thing && event.patients.iter().any(works)
}

fn is_deed(reading: &Reading<'_>, event: &EventMention) -> bool {
    let noun = matches!(reading.doc.upos(event.trigger), Upos::Noun | Upos::Propn);
    let deed = matches!(
        event.act,
        Act::Attack | Act::Explosion | Act::Shelling | Act::Ambush
    );
    noun && deed && !event.is_thing
}

/// "Nineteen people were killed when a bus plunged into a ravine": no act is told, nobody armed is there.
pub(super) fn is_accident(
    reading: &Reading<'_>,
    sentence: Sent,
    events: &[(usize, &EventMention)],
) -> bool {
    // "Killed in the crash" of an aircraft that no party flew.
    let civil = |e: &EventMention| e.act == Act::Crash && !a_party_crashed(reading);
    // "A wall gave way, killing three": what kills is nobody.
    let nobody = |t: &Tok| reading.actors.at(*t).is_none() && reading.doc.upos(*t) == Upos::Noun;
    // "A gas cylinder burst. The blast broke windows": the accident told of before.
    let blast = |e: &EventMention| {
        let noun = reading.doc.upos(e.trigger) == Upos::Noun;
        e.act == Act::Explosion && e.definite && noun && e.agents.iter().all(nobody)
    };
    let known = events.iter().any(|(_, e)| blast(e));
    let bare = |e: &EventMention| {
        e.act == Act::Kill && e.agents.iter().all(nobody) || civil(e) || blast(e)
    };
    if !events.iter().all(|(_, e)| bare(e)) {
        return false;
    }
    let doc = reading.doc;
    let words = || doc.sentence(sentence).tokens.iter();
    let accident = |t: Tok| reading.knowledge.lexicon.is(doc, t, "accident");
    // "Police said": who only tells of it.
    let speaks = |t: Tok| {
        let mut speeches = reading.speeches.iter();
        speeches.any(|s| s.sentence == sentence && s.speaker == t)
    };
    // "set off rumours that shells were going off": no weapon of the blast itself.
    let clause = |t: Tok| tree::ancestors(doc, t).find(|&v| tree::is_verbal(doc, v));
    let apart = |t: Tok| known && events.iter().all(|(_, e)| clause(t) != clause(e.trigger));
    let armed = |t: Tok| {
        let actor = reading.actors.at(t);
        actor.is_some_and(|a| a.class.is_armed() && !speaks(a.head))
            || reading.knowledge.lexicon.weapon(doc, t).is_some() && !apart(t)
    };
    let own = || words().any(accident) || is_collision(reading, sentence);
    !words().any(armed) && (!known && own() || follows_accident(reading, sentence))
}

/// "A train ran into a bus. At least nine people were killed": what the sentences right before tell is an accident, and no
/// act of violence.
fn follows_accident(reading: &Reading<'_>, sentence: Sent) -> bool {
    const BEHIND: u32 = 8;
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let before = || (sentence.0.saturating_sub(BEHIND)..sentence.0).map(Sent);
    let words = || before().flat_map(|s| doc.sentence(s).tokens.iter());
    let nobody = |t: &Tok| reading.actors.at(*t).is_none() && doc.upos(*t) == Upos::Noun;
    let bare = |e: &EventMention| {
        let unmade = matches!(e.act, Act::Kill | Act::Explosion) && e.agents.iter().all(nobody);
        e.act == Act::Crash || unmade && (e.act == Act::Kill || e.definite)
    };
    let mut told = before().flat_map(|s| {
        reading
            .within(s, &reading.events, |e| e.trigger)
            .map(|(_, e)| e)
    });
    let fighter = |t: Tok| {
        let actor = reading.actors.at(t);
        actor.is_some_and(|a| a.class.is_nonstate()) || lexicon.weapon(doc, t).is_some()
    };
    words().any(|t| lexicon.is(doc, t, "accident")) && told.all(bare) && !words().any(fighter)
}

/// "A minibus was hit by a goods train": run into on the road or the rails, with nobody armed there.
pub(super) fn is_collision(reading: &Reading<'_>, sentence: Sent) -> bool {
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let words = || doc.sentence(sentence).tokens.iter();
    let run_into = |v: Tok| {
        let by = tree::by_phrase(doc, v).filter(|_| tree::is_passive(doc, v));
        tree::is_verbal(doc, v)
            && lexicon.is(doc, v, "run-into")
            && by.is_some_and(|b| lexicon.is(doc, b, "vehicle"))
    };
    let armed = |t: Tok| {
        reading.actors.at(t).is_some_and(|a| a.class.is_armed()) || lexicon.weapon(doc, t).is_some()
    };
    words().any(run_into) && !words().any(armed)
}

/// "Settlers uprooted olive trees": a community is known by its name.
pub(super) fn is_of_a_community(reading: &Reading<'_>, event: &EventMention) -> bool {
    let community = |&t: &Tok| reading.knowledge.lexicon.is(reading.doc, t, "community");
    event.act == Act::Loot && event.agents.iter().any(community)
}

/// "The headquarters of the party was ransacked", "the office of the ruling party was burned": a house that stands for those
/// who hold it, or that is a party's, an official's or a force's.
pub(super) fn is_on_a_seat(reading: &Reading<'_>, event: &EventMention) -> bool {
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let held = |t: Tok| {
        let owner = tree::with_case(doc, t, "of").or(doc.child(t, Deprel::NmodPoss));
        owner.is_some_and(|o| {
            let official = reading
                .actors
                .at(o)
                .is_some_and(|a| a.class.is_state() || a.class == ActorClass::Officials);
            official || lexicon.is(doc, o, "party-name") || doc.lemma(o) == "party"
        })
    };
    let seat = |&t: &Tok| {
        lexicon.is(doc, t, "partisan-house") || lexicon.is(doc, t, "building") && held(t)
    };
    event.act == Act::Loot
        && doc.upos(event.trigger) == Upos::Verb
        && event.patients.iter().any(seat)
}

/// "Four men doused the shelves with petrol and set them on fire": men who burn what is not theirs.
pub(super) fn is_arson_by_men(reading: &Reading<'_>, event: &EventMention) -> bool {
    let doc = reading.doc;
    let fire = |t: Tok| {
        let on = |word: &str| tree::follows(doc, t, &[word.to_owned()]);
        doc.lemma(t) == "torch" || words().burning.iter().any(on)
    };
    let men = |&t: &Tok| reading.knowledge.lexicon.is(doc, t, "stranger") && doc.xpos(t) == "NNS";
    event.act == Act::Loot && fire(event.trigger) && event.agents.iter().any(men)
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

/// "As many as 60 people may have died": an upper bound that the report gives.
pub(super) fn may_have_happened(reading: &Reading<'_>, harm: &Harm) -> bool {
    let doc = reading.doc;
    let has = |word: &str| {
        doc.children(harm.trigger)
            .any(|t| doc.lower(t) == word && doc.upos(t) == Upos::Aux)
    };
    let bounded = harm
        .total()
        .is_some_and(|c| c.best.is_none() && c.high.is_some());
    bounded && has("have") && ["may", "might", "could"].into_iter().any(has)
}
