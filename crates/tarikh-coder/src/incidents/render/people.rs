//! Who took part in an incident: its sides, its actors, and whether civilians were its victims.

use tarikh_record::{Actor, EventType, Side, SubEventType};
use tarikh_text::Span;

use super::Parts;
use super::notes::Notes;
use crate::incidents::belongs;
use crate::incidents::sides::Party;
use crate::mentions::actors::ActorClass;

pub(super) fn side(
    parties: &[Party],
    field: &str,
    act: Span,
    notes: &mut Notes<'_, '_>,
) -> Vec<String> {
    parties
        .iter()
        .enumerate()
        .map(|(i, party)| {
            let path = format!("{field}[{i}]");
            match party.tokens {
                Some(tokens) => notes.tokens(&path, tokens, party.rule),
                None => notes.add(&path, act, party.rule),
            }
            party.name.clone()
        })
        .collect()
}

pub(super) fn actors(p: &Parts<'_, '_>) -> Vec<Actor> {
    let book = &p.reading.knowledge.actors;
    let sides = p
        .sides
        .a
        .iter()
        .map(|q| (q, Side::A))
        .chain(p.sides.b.iter().map(|q| (q, Side::B)));
    sides
        .map(|(q, side)| Actor {
            name: q.name.clone(),
            id: q
                .id
                .and_then(|i| book.actors.get(i as usize))
                .map(|a| a.id.clone()),
            kind: q.class.kind(),
            country: q
                .country
                .and_then(|c| book.countries.get(c as usize))
                .map(|c| c.iso2.clone()),
            side,
            role: q.role,
            suspected: q.suspected,
        })
        .collect()
}

pub(super) fn civilians(p: &Parts<'_, '_>, act: Span, notes: &mut Notes<'_, '_>) -> Option<bool> {
    use SubEventType as T;
    use tarikh_record::Measure as M;
    let harmed = p.claims.iter().filter(|c| {
        matches!(c.measure, M::Killed | M::Injured | M::Abducted) && c.count.best != Some(0)
    });
    let told = || harmed.clone().filter(|c| !c.untold).filter_map(|c| c.class);
    let unarmed = told().any(ActorClass::is_unarmed);
    let all_armed = told().next().is_some()
        && told().all(ActorClass::is_armed)
        && !harmed.clone().any(|c| c.untold && !c.partial);
    let sub = p.decision.sub_event_type;
    // The targets and the real victims stand on side B.
    let hit = p.sides.b.iter().any(|q| q.class.is_unarmed());
    let fights = matches!(
        sub.event_type(),
        EventType::Battles | EventType::ExplosionsRemoteViolence
    );
    let fighters_hit = fights
        && harmed.clone().next().is_some()
        && !p.sides.b.is_empty()
        && p.sides.b.iter().all(|q| q.class.is_armed())
        && !harmed.clone().any(|c| c.untold && !c.partial);
    let unarmed = unarmed && (hit || !fighters_hit);
    let all_armed = all_armed || fighters_hit;
    let value = match sub {
        _ if hit => Some(true),
        T::PeacefulProtest | T::ProtestWithIntervention | T::ExcessiveForce => Some(true),
        T::Attack | T::Abduction | T::SexualViolence if !all_armed => Some(true),
        // Demonstrators who use violence are no civilians; those whom they hurt may be.
        T::ViolentDemonstration | T::MobViolence => unarmed.then_some(true),
        T::ArmedClash | T::GovernmentRegainsTerritory | T::NonStateActorOvertakesTerritory => {
            unarmed
                .then_some(true)
                .or_else(|| all_armed.then_some(false))
        }
        _ if unarmed
            || !all_armed
                && belongs::is_among_people(
                    p.reading,
                    p.scenes,
                    p.draft,
                    p.claims,
                    p.decision.sub_event_type,
                ) =>
        {
            Some(true)
        }
        _ => all_armed.then_some(false),
    };
    if value.is_some() {
        notes.add("civilians", act, "civilians:targets-and-victims");
    }
    value
}
