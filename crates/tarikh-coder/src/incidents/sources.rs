//! Which voices stand behind an incident, and what each does for it (GUIDELINES 3, Sources).

use tarikh_record::{ClaimKind, SourceKind};
use tarikh_syntax::{Deprel, Tok, Upos};
use tarikh_text::Zone;

use super::bearing::{Bearing, speaks_of_harm};
use super::sides::{Party, Sides};
use super::voices_of_the_lead;
use crate::events::modality::Modality;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::{ActorClass, ActorMention};
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
pub(super) fn of(bearing: &Bearing<'_>, sides: &Sides) -> Vec<Vouch> {
    let reading = bearing.telling.reading;
    let mut out: Vec<Vouch> = Vec::new();
    let mut in_title: Vec<Vouch> = Vec::new();
    for &speech in &bearing.speeches {
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
