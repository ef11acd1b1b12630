//! Which voices stand behind an incident, and what each does for it (GUIDELINES 3, Sources).

use tarikh_record::{ClaimKind, SourceKind};
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};
use tarikh_text::Zone;

use super::context::is_over_time;
use super::fold::{Draft, disjoint};
use super::scene::{Family, Scene, same_area};
use super::sides::{Party, Sides};
use super::voices_of_the_lead;
use crate::events::modality::Modality;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::mentions::harm::Harm;
use crate::mentions::voices::Speech;
use crate::reading::Reading;
use crate::tree;

/// A voice of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vouch {
    /// Index into [`Reading::voices`].
    pub(crate) voice: usize,
    pub(crate) claim: ClaimKind,
    /// Voices without a name of their own that this one speaks for.
    pub(crate) also: Vec<usize>,
}

/// The voices of a draft, in text order, each once with its strongest claim.
pub(crate) fn of(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    draft: &Draft,
    sides: &Sides,
) -> Vec<Vouch> {
    let mut out: Vec<Vouch> = Vec::new();
    let mut in_title: Vec<Vouch> = Vec::new();
    for speech in &reading.speeches {
        if !bears_on(reading, scenes, drafts, draft, speech) {
            continue;
        }
        if explains(reading, speech) {
            continue;
        }
        let Some(claim) = claim_of(reading, speech, sides) else {
            continue;
        };
        let title = reading.zone(speech.sentence) == Zone::Title;
        let list = if title { &mut in_title } else { &mut out };
        match list.iter_mut().find(|v| v.voice == speech.voice) {
            Some(v) if strength(claim) > strength(v.claim) => v.claim = claim,
            Some(_) => {}
            None => list.push(Vouch {
                voice: speech.voice,
                claim,
                also: Vec::new(),
            }),
        }
    }
    without_carriers(reading, &mut out);
    // A headline repeats in short whom the text quotes.
    let mut out = if out.is_empty() { in_title } else { out };
    one_body(reading, &mut out);
    without_vague(reading, &mut out);
    voices_of_the_lead::name(reading, &mut out);
    out
}

/// "According to AFP, elders said": the medium carries what another says; it is no voice of its own.
fn without_carriers(reading: &Reading<'_>, vouches: &mut Vec<Vouch>) {
    let media = |voice: usize| reading.voices[voice].kind == SourceKind::Media;
    let others: Vec<usize> = vouches
        .iter()
        .map(|v| v.voice)
        .filter(|&v| !media(v))
        .collect();
    // "The site, citing witnesses, reported": the words cited are those of others.
    let cites = |s: &Speech| has(&reading.knowledge.speech.quoting, reading.doc.lemma(s.verb));
    let carries = |s: &Speech| {
        reading.speeches.iter().any(|inner| {
            inner.sentence == s.sentence
                && inner.verb != s.verb
                && (s.content.contains(inner.verb) || cites(inner))
                && others.contains(&inner.voice)
        })
    };
    vouches.retain(|v| {
        let mut own = reading.speeches.iter().filter(|s| s.voice == v.voice);
        !media(v.voice) || !own.all(carries)
    });
}

/// A body and the officer who speaks for it are one voice: "police said", "police chief Awa Keita".
fn one_body(reading: &Reading<'_>, vouches: &mut Vec<Vouch>) {
    let doc = reading.doc;
    let voice = |v: &Vouch| &reading.voices[v.voice];
    let force = |v: &Vouch| matches!(voice(v).kind, SourceKind::Police | SourceKind::Military);
    let bare = |v: &Vouch| {
        let voice = voice(v);
        force(v)
            && !voice.is_person
            && voice.name.len() <= 3
            && reading
                .actors
                .at(voice.head)
                .is_some_and(|a| a.id.is_none())
            && !has(&reading.knowledge.speech.spokesmen, doc.lemma(voice.head))
    };
    let Some(body) = vouches.iter().position(bare) else {
        return;
    };
    let kind = voice(&vouches[body]).kind;
    let country = voice(&vouches[body]).country;
    let fits = |v: &Vouch| {
        let v = voice(v);
        v.kind == kind && (country.is_none() || v.country == country || v.is_spokesman)
    };
    let mut officers = (0..vouches.len()).filter(|&i| i != body && fits(&vouches[i]));
    let Some(officer) = officers.next() else {
        return;
    };
    let (into, from) = (body.min(officer), body.max(officer));
    let gone = vouches.remove(from);
    let kept = &mut vouches[into];
    kept.also.push(gone.voice);
    kept.also.extend(gone.also);
    if strength(gone.claim) > strength(kept.claim) {
        kept.claim = gone.claim;
    }
}

/// "Officials said" and the official who is named later are one voice.
fn without_vague(reading: &Reading<'_>, vouches: &mut Vec<Vouch>) {
    let doc = reading.doc;
    let official = |v: &Vouch| {
        matches!(
            reading.voices[v.voice].kind,
            SourceKind::Government
                | SourceKind::LocalOfficial
                | SourceKind::Military
                | SourceKind::Police
                | SourceKind::AnonymousOfficial
                | SourceKind::Witness
        )
    };
    let vague = |v: &Vouch| {
        let voice = &reading.voices[v.voice];
        official(v)
            && matches!(v.claim, ClaimKind::Confirm | ClaimKind::Blame)
            && voice.kind != SourceKind::AnonymousOfficial
            && doc.xpos(voice.head) != "NN"
            && voice.name.iter().all(|t| {
                doc.upos(t) == Upos::Adj || has(&reading.knowledge.speech.vague, doc.lemma(t))
            })
    };
    let kind = |v: &Vouch| reading.voices[v.voice].kind;
    let of_state = |v: &Vouch| {
        matches!(
            kind(v),
            SourceKind::Government | SourceKind::LocalOfficial | SourceKind::AnonymousOfficial
        )
    };
    let Some(named) = vouches.iter().position(|v| official(v) && !vague(v)) else {
        return;
    };
    // "Local officials" are not the army.
    let armed = !of_state(&vouches[named]);
    let vague = |v: &Vouch| vague(v) && !(armed && kind(v) == SourceKind::LocalOfficial);
    let others: Vec<usize> = vouches
        .iter()
        .filter(|v| vague(v))
        .map(|v| v.voice)
        .collect();
    if vouches
        .iter()
        .any(|v| vague(v) && v.claim == ClaimKind::Blame)
        && vouches[named].claim == ClaimKind::Confirm
    {
        vouches[named].claim = ClaimKind::Blame;
    }
    vouches[named].also.extend(others);
    vouches.retain(|v| !vague(v));
}

fn claim_of(reading: &Reading<'_>, speech: &Speech, sides: &Sides) -> Option<ClaimKind> {
    if speech.responsibility || claims_own(reading, speech) {
        let denied = speech.stance == Stance::Deny;
        return Some(if denied {
            ClaimKind::Deny
        } else {
            ClaimKind::ClaimResponsibility
        });
    }
    match speech.stance {
        Stance::Confirm if condemns(reading, speech) || knows_nothing(reading, speech) => None,
        Stance::Confirm if accuses(reading, speech, sides) => Some(ClaimKind::Blame),
        Stance::Confirm => Some(ClaimKind::Confirm),
        Stance::Deny => Some(ClaimKind::Deny),
        Stance::Blame => Some(ClaimKind::Blame),
        Stance::Judgement => None,
    }
}

/// An analyst gives context and vouches for nothing, unless he gives numbers of dead or hurt.
fn explains(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let voice = &reading.voices[speech.voice];
    let expert = |t: Tok| has(&reading.knowledge.speech.experts, doc.lemma(t));
    let names = || voice.also.iter().chain([&voice.name]);
    names().any(|n| n.iter().any(expert)) && !speaks_of_harm(reading, speech)
}

/// "His men had attacked at dawn", a spokesman of rebels said: their own deed.
pub(super) fn claims_own(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.speech;
    let owned = |t: Tok| {
        doc.children(t)
            .any(|c| doc.deprel(c) == Deprel::NmodPoss && has(&words.own, doc.lower(c)))
    };
    // "one of its men had shot the judge"
    let own = |t: Tok| {
        let whole = || tree::with_case(doc, t, "of");
        has(&words.selves, doc.lower(t)) || owned(t) || whole().is_some_and(owned)
    };
    reading.voices[speech.voice].kind == SourceKind::Rebel
        && speech.stance == Stance::Confirm
        && reading.events.iter().any(|e| {
            speech.content.contains(e.trigger)
                && e.agents.iter().any(|&t| own(t) && (!e.weak || owned(t)))
        })
}

/// "The motive was not known", he said: who says only that he does not know vouches for nothing.
fn knows_nothing(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.speech;
    let negations = &reading.knowledge.modalities.negation.words;
    let negated = |t: Tok| {
        let mut near = (t.0.saturating_sub(4)..t.0).map(Tok);
        near.any(|x| speech.content.contains(x) && has(negations, doc.lower(x)))
    };
    let unsure = |t: Tok| {
        has(&words.unknowing, doc.lower(t)) || has(&words.unknown, doc.lower(t)) && negated(t)
    };
    // "Gunmen had stormed the bar and it was not clear who they were": he knows of the act.
    let tells = reading.events.iter().any(|e| {
        speech.content.contains(e.trigger)
            && doc.upos(e.trigger) == Upos::Verb
            && e.modality == Modality::Actual
    });
    speech.content.iter().any(unsure) && !tells && !speaks_of_harm(reading, speech)
}

/// Whether what is said only judges the act: "We condemn the attack", he said.
fn condemns(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    speech
        .content
        .iter()
        .any(|t| has(&reading.knowledge.speech.condemning, doc.lemma(t)))
        && !speaks_of_harm(reading, speech)
}

/// Whether what is said names the author of the incident as one who is only suspected.
fn accuses(reading: &Reading<'_>, speech: &Speech, sides: &Sides) -> bool {
    let doc = reading.doc;
    let own_word = has(&reading.knowledge.speech.accusing, doc.lemma(speech.verb));
    let words = || speech.content.iter().chain([speech.verb]);
    let is_author = |a: &ActorMention, p: &Party| match a.id {
        Some(id) => p.id == Some(id),
        None => a.class == ActorClass::Government && a.country.is_some() && p.country == a.country,
    };
    let names_author = words().any(|t| {
        let named = reading.actors.at(t);
        named.is_some_and(|a| sides.a.iter().any(|p| is_author(a, p)))
    });
    // What a force tells in its own release is no accusation.
    let own_release = speech.speaker == speech.verb;
    names_author
        && !own_release
        && (own_word
            || speech.content.iter().any(|t| {
                has(&reading.knowledge.speech.accusing, doc.lemma(t))
                    || reading.knowledge.lexicon.is(doc, t, "supposition")
            }))
}

fn strength(claim: ClaimKind) -> u8 {
    match claim {
        ClaimKind::Confirm => 0,
        ClaimKind::Blame => 1,
        ClaimKind::Deny => 2,
        ClaimKind::ClaimResponsibility => 3,
    }
}

/// Whether what is said is about this incident: the words said hold one of its acts, or a
/// sentence without an incident of its own that follows closely speaks of the act.
pub(super) fn bears_on(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    draft: &Draft,
    speech: &Speech,
) -> bool {
    if speech.stance == Stance::Blame && is_of_other_acts(reading, speech) {
        return false;
    }
    let own = |d: &Draft| {
        d.scenes.iter().any(|&i| {
            let scene = &scenes[i];
            scene.sentence == speech.sentence && says(reading, scene, speech)
        })
    };
    if own(draft) {
        return true;
    }
    let told = |d: &Draft| {
        d.scenes
            .iter()
            .any(|&i| scenes[i].sentence == speech.sentence)
    };
    if confirms_tolls(reading, speech) {
        return !draft.is_background;
    }
    if draft.is_background || told(draft) {
        return false;
    }
    let apart = |d: &Draft| !std::ptr::eq(d, draft) && are_apart(reading, d, draft);
    if drafts.iter().any(|d| told(d) && apart(d)) {
        return false;
    }
    // The draft told last before the words is what they are about.
    let last_before = |d: &Draft| {
        d.scenes
            .iter()
            .map(|&i| scenes[i].sentence)
            .filter(|s| *s < speech.sentence)
            .max()
    };
    let Some(mine) = last_before(draft) else {
        return drafts.len() == 1 && leads_up(reading, scenes, draft, speech);
    };
    let accuses = speech.stance == Stance::Blame
        || speech
            .content
            .iter()
            .any(|t| has(&reading.knowledge.speech.accusing, reading.doc.lemma(t)));
    // "Blasts have hit the city since May. Officials blame the Front": of those, not of this one.
    let last = speech.sentence.0 + u32::from(speech.stance == Stance::Confirm && !accuses);
    let mut between = (mine.0 + 1..last).map(Sent);
    let of_many = |s: Sent| {
        is_over_time(reading, s)
            && (reading
                .within(s, &reading.events, |e| e.trigger)
                .next()
                .is_some()
                || reading
                    .within(s, &reading.harms, |h| h.trigger)
                    .next()
                    .is_some())
    };
    if between.any(of_many) {
        return false;
    }
    // "The helicopter had been on its way back": of what crashed, wherever else it had been.
    let names_aircraft = |t| reading.knowledge.lexicon.is(reading.doc, t, "aircraft");
    if draft.family == Family::Crash && speech.content.iter().any(names_aircraft) {
        return true;
    }
    let alone = !drafts.iter().any(&apart);
    let placed = names_place(reading, draft, speech.content);
    if placed == Some(true) && speaks_of_act(reading, speech.content) {
        return true;
    }
    if placed == Some(false) && !alone {
        return false;
    }
    let latest = drafts
        .iter()
        .filter(|d| apart(d))
        .filter_map(last_before)
        .max();
    if latest.is_some_and(|l| l > mine) {
        return false;
    }
    let distance = speech.sentence.0 - mine.0;
    let reach = if alone { 2 } else { 1 };
    let of_the_act = speech.responsibility
        || accuses && speaks_of_act(reading, speech.content)
        || speech.stance == Stance::Deny
            && (speaks_of_act(reading, speech.content) || names_act(reading, speech.content))
        || denies_part(reading, speech);
    let kind = reading.voices[speech.voice].kind;
    // "The United States blamed Elsk.": right behind the act.
    let blames =
        speech.stance == Stance::Blame && distance <= 2 && names_party(reading, speech.content);
    // "The army denied that its men had been there": of the act told right before.
    let denies = speech.stance == Stance::Deny
        && matches!(
            kind,
            SourceKind::Military | SourceKind::Police | SourceKind::Rebel | SourceKind::Government
        );
    let near_by = matches!(
        kind,
        SourceKind::Witness | SourceKind::Medical | SourceKind::Police
    );
    let expert = matches!(
        kind,
        SourceKind::Other | SourceKind::Government | SourceKind::Un
    );
    let harm = speaks_of_harm(reading, speech)
        && distance <= 6 * reach
        && kind != SourceKind::Other
        && (alone || kind != SourceKind::Government);
    let act = alone && !expert && speaks_of_act(reading, speech.content) && distance <= 3;
    // Who speaks right behind the act speaks of it, if he is someone who can know.
    let next = distance <= 2
        && matches!(
            kind,
            SourceKind::LocalOfficial | SourceKind::AnonymousOfficial | SourceKind::Ngo
        );
    of_the_act && distance <= 8 * reach
        || denies && distance <= 2 * reach
        || blames
        || harm
        || near_by && distance <= 4 * reach
        || act
        || next
}

/// Whether the words name the draft's place; `None` when they name no place.
fn names_place(reading: &Reading<'_>, draft: &Draft, content: TokRange) -> Option<bool> {
    let own = draft.place?;
    let starts = |t: Tok| reading.places.partition_point(|p| p.tokens.start < t);
    let (first, last) = (starts(content.start), starts(content.end));
    let mut named = (first..last)
        .map(|i| (i, &reading.places[i]))
        .filter(|(_, p)| p.place.as_ref().is_some_and(|g| g.precision <= 2))
        .peekable();
    named.peek()?;
    Some(named.any(|(i, _)| i == own || same_area(reading, i, own)))
}

/// Whether two drafts cannot be one act told twice: another time or place, or background.
fn are_apart(reading: &Reading<'_>, d: &Draft, e: &Draft) -> bool {
    let time = |d: &Draft| d.when.and_then(|w| w.interval);
    let times = matches!((time(d), time(e)), (Some(a), Some(b)) if disjoint(a, b));
    let places =
        matches!((d.place, e.place), (Some(a), Some(b)) if a != b && !same_area(reading, a, b));
    d.is_background != e.is_background || times || places || d.shared_toll
}

/// Whether the words said hold an act or harm of the scene.
fn says(reading: &Reading<'_>, scene: &Scene, speech: &Speech) -> bool {
    let inside = |t: Tok| speech.content.contains(t) || t == speech.verb;
    scene
        .events
        .iter()
        .any(|&e| inside(reading.events[e].trigger))
        || scene
            .harms
            .iter()
            .any(|&h| inside(reading.harms[h].trigger))
        || speech.responsibility
        || speech.stance == Stance::Deny
        || speech.stance == Stance::Blame
            && (speaks_of_act(reading, speech.content)
                || names_party(reading, speech.content)
                || names_people(reading, speech))
}

/// Whether the words name someone who can have done it.
fn names_party(reading: &Reading<'_>, content: TokRange) -> bool {
    content.iter().any(|t| {
        matches!(reading.doc.lower(t), "it" | "them")
            || reading.actors.at(t).is_some_and(|a| {
                a.class.is_armed() || a.class == ActorClass::Government && a.rule == "actor:country"
            })
    })
}

/// "An official said the attackers were of the Front. They came at dawn and killed 12": right before the act, of
/// which the words speak.
fn leads_up(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, speech: &Speech) -> bool {
    let first = draft.scenes.iter().map(|&i| scenes[i].sentence.0).min();
    let knows = !matches!(
        reading.voices[speech.voice].kind,
        SourceKind::Other | SourceKind::Media | SourceKind::Un
    );
    knows
        && first == Some(speech.sentence.0 + 1)
        && reading.zone(speech.sentence) != Zone::Title
        && !is_over_time(reading, speech.sentence)
        && speech.content.iter().any(|t| {
            let attackers = reading.actors.at(t);
            attackers.is_some_and(|a| a.generic)
        })
}

/// "Elsk blames the Front for similar attacks": of acts that the report does not tell of.
pub(super) fn is_of_other_acts(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    // "Officials usually blame the Front."
    let mut before = (speech.verb.0.saturating_sub(2)..speech.verb.0).map(Tok);
    if before.any(|t| has(&reading.knowledge.speech.habitual, doc.lower(t))) {
        return true;
    }
    let mut words = speech.content.iter();
    words.any(|t| {
        let noun = Tok(t.0 + 1);
        has(&reading.knowledge.speech.elsewhere, doc.lower(t))
            && speech.content.contains(noun)
            && doc.xpos(noun) == "NNS"
            && reading.knowledge.frames.nouns.contains_key(doc.lemma(noun))
    })
}

/// "blamed the herders": people right behind the verb who are accused.
fn names_people(reading: &Reading<'_>, speech: &Speech) -> bool {
    let near = (speech.verb.0 + 1..speech.verb.0 + 4).map(Tok);
    let mut near = near.filter(|&t| speech.content.contains(t));
    near.any(|t| {
        let named = reading.actors.at(t);
        named.is_some_and(|a| a.head == t && a.class != ActorClass::Officials)
    })
}

/// Whether the words name an act or attackers.
pub(super) fn speaks_of_act(reading: &Reading<'_>, content: TokRange) -> bool {
    content.iter().any(|t| {
        reading
            .knowledge
            .frames
            .nouns
            .contains_key(reading.doc.lemma(t))
            || reading.actors.at(t).is_some_and(|a| a.class.is_nonstate())
    })
}

/// Whether the words hold an act, however they put it: "denied targeting civilians".
fn names_act(reading: &Reading<'_>, content: TokRange) -> bool {
    let mut events = reading.events.iter();
    events.any(|e| content.contains(e.trigger))
}

/// "The group denies it", "denied any part in it": without a word for the act.
fn denies_part(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.speech;
    let mut first = speech.content.iter().take(2);
    speech.stance == Stance::Deny
        && (first.any(|t| doc.lower(t) == "it")
            || speech
                .content
                .iter()
                .any(|t| has(&words.denied, doc.lemma(t))))
}

/// "Hospital officials confirmed the tolls": of everything that the report tells.
fn confirms_tolls(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let tolls = &reading.knowledge.speech.tolls;
    speech.stance == Stance::Confirm
        && speech
            .content
            .iter()
            .take(5)
            .take_while(|&t| !matches!(doc.upos(t), Upos::Adp | Upos::Punct | Upos::Sconj))
            .any(|t| has(tolls, doc.lower(t)))
        // "No casualties were known of, he said": of the act told right before.
        && !speech.content.iter().take(4).any(|t| doc.lower(t) == "no")
        && speech.content.iter().all(|t| doc.upos(t) != Upos::Num)
}

/// Whether the words tell of killed or hurt people.
fn speaks_of_harm(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let told = |h: &Harm| speech.content.contains(h.trigger);
    let numbered = |t: Tok| {
        matches!(doc.upos(t), Upos::Noun | Upos::Adj)
            && doc.xpos(t) != "NN"
            && !reading.knowledge.harms.of(doc.lower(t)).is_empty()
    };
    reading.harms.iter().any(told)
        || speech.content.iter().any(|t| doc.upos(t) == Upos::Num)
            && speech.content.iter().any(numbered)
}
