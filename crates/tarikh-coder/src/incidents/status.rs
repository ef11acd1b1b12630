//! How far a report vouches for an incident (GUIDELINES 3, Status).

use tarikh_record::{ClaimKind, SourceKind, Status};
use tarikh_syntax::Tok;

use super::authors::ACCUSED;
use super::fold::Draft;
use super::scene::{Family, Scene};
use super::sides::Sides;
use super::sources::Vouch;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;

/// Confirmed, claimed, alleged or denied.
pub(crate) fn status(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    vouches: &[Vouch],
    sides: &Sides,
) -> Status {
    let kind = |v: &Vouch| reading.voices[v.voice].kind;
    let only_denied = !vouches.is_empty() && vouches.iter().all(|v| v.claim == ClaimKind::Deny);
    if only_denied && draft.scenes.iter().all(|&i| is_denied(reading, &scenes[i])) {
        return Status::Denied;
    }
    if is_only_alleged(reading, scenes, draft, vouches) {
        return Status::Alleged;
    }
    let state_author = sides.a.iter().any(|p| p.class.is_state());
    // A state's voice, unless it is that of a state that takes no part.
    let takes_part = |country: u16| {
        let states = || {
            sides
                .a
                .iter()
                .chain(&sides.b)
                .filter(|p| p.class.is_state())
        };
        states().all(|p| p.country.is_none()) || states().any(|p| p.country == Some(country))
    };
    // "Police shot dead nine gang members, police said."
    let police_fought = sides.a.iter().any(|p| p.class == ActorClass::Police)
        && sides.b.iter().any(|p| p.class.is_nonstate());
    let by_state = |v: &Vouch| {
        (matches!(kind(v), SourceKind::Military | SourceKind::Government)
            || police_fought && kind(v) == SourceKind::Police)
            && reading.voices[v.voice].country.is_none_or(takes_part)
            || kind(v) == SourceKind::LocalOfficial && !sides.b.iter().any(|p| p.class.is_unarmed())
    };
    // The accused state denies it, and nobody but accusers stands against its word.
    // Who counted the dead knows that it happened, whoever did it.
    let seen = |v: &Vouch| {
        v.claim == ClaimKind::Confirm && matches!(kind(v), SourceKind::Medical | SourceKind::Un)
    };
    // Who is only blamed and denies it disputes the author, and not that it happened.
    let only_blamed = sides.a.iter().all(|p| p.rule == ACCUSED)
        && !is_told_by_sources_alone(reading, scenes, draft);
    let disputed = state_author
        && !only_blamed
        && !vouches.iter().any(seen)
        && vouches
            .iter()
            .any(|v| v.claim == ClaimKind::Deny && by_state(v));
    if disputed {
        return Status::Alleged;
    }
    let fights = matches!(
        draft.family,
        Family::Violence | Family::Territory | Family::Loot
    );
    let own_success = fights && state_author && vouches.iter().all(by_state);
    let by_outlet = vouches.is_empty() && !speaks_for_state(reading);
    if own_success && !by_outlet {
        return Status::Claimed;
    }
    // "The army said it killed nine. The rebels denied that there had been a fight."
    let denied_by_group = |v: &Vouch| v.claim == ClaimKind::Deny && kind(v) == SourceKind::Rebel;
    let only_words = is_told_by_sources_alone(reading, scenes, draft);
    let word_against_word = fights
        && state_author
        && only_words
        && vouches.iter().any(denied_by_group)
        && vouches.iter().all(|v| by_state(v) || denied_by_group(v));
    if word_against_word {
        return Status::Alleged;
    }
    // A group's word about what it did not claim as its own, or about what nobody else tells.
    let by_group = |v: &Vouch| {
        kind(v) == SourceKind::Rebel
            && (v.claim == ClaimKind::Confirm
                || v.claim == ClaimKind::ClaimResponsibility && only_words)
    };
    if !vouches.is_empty() && vouches.iter().all(by_group) {
        return Status::Claimed;
    }
    Status::Confirmed
}

/// Whether each sentence about the act gives it as the words of somebody.
fn is_told_by_sources_alone(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let quoted = |scene: &Scene| {
        let triggers = scene
            .events
            .iter()
            .map(|&e| reading.events[e].trigger)
            .chain(scene.harms.iter().map(|&h| reading.harms[h].trigger));
        let said = |t: Tok| {
            let mut speeches = reading.speeches.iter();
            // Who "claims the attack" does not tell it: it is known.
            speeches.any(|s| {
                s.sentence == scene.sentence
                    && !s.responsibility
                    && s.verb < t
                    && s.content.contains(t)
            })
        };
        triggers.clone().next().is_some() && triggers.into_iter().all(said)
    };
    let mut told = draft.scenes.iter().map(|&i| &scenes[i]);
    told.all(quoted)
}

/// Whether the act is told only in an accusation, by somebody who is no body of a state and no armed
/// group, and nobody confirms it.
fn is_only_alleged(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    vouches: &[Vouch],
) -> bool {
    let accuses = |v: &Vouch| {
        matches!(v.claim, ClaimKind::Blame | ClaimKind::Deny)
            && !matches!(
                reading.voices[v.voice].kind,
                SourceKind::Military
                    | SourceKind::Government
                    | SourceKind::Police
                    | SourceKind::Rebel
            )
            || v.claim == ClaimKind::Deny
    };
    let alleged = |scene: &Scene| {
        reading.speeches.iter().any(|s| {
            s.sentence == scene.sentence
                && has(
                    &reading.knowledge.speech.alleging,
                    reading.doc.lemma(s.verb),
                )
                && (scene.events.iter().map(|&e| reading.events[e].trigger))
                    .chain(scene.harms.iter().map(|&h| reading.harms[h].trigger))
                    .all(|t| s.content.contains(t))
        })
    };
    let mut told = draft.scenes.iter().map(|&i| &scenes[i]);
    vouches.iter().any(|v| v.claim == ClaimKind::Blame)
        && vouches.iter().all(accuses)
        && told.all(alleged)
}

/// Whether the sentence of a scene tells the act only in the words of a denial.
fn is_denied(reading: &Reading<'_>, scene: &Scene) -> bool {
    reading
        .speeches
        .iter()
        .any(|s| s.stance == Stance::Deny && s.sentence == scene.sentence)
}

/// Whether the report is a statement of a state's own bodies: of its forces or its government.
fn speaks_for_state(reading: &Reading<'_>) -> bool {
    reading
        .report
        .metadata()
        .outlet
        .as_deref()
        .is_some_and(|outlet| reading.knowledge.speaks_for_state(outlet))
}
