//! The sides where nobody need fight: demonstrations, releases and agreements (GUIDELINES 3, Sides).

use tarikh_record::{Role, SubEventType};
use tarikh_syntax::Tok;

use super::fold::Draft;
use super::scene::Scene;
use super::sides::{Party, Sides, same, unnamed};
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;

/// Attacks on people, rape and abduction whose target the report tells, and not what it is, are on unarmed people; not
/// where soldiers or police stand beside the act who did not commit it, and may have been its target.
pub(super) fn add_target(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    sides: &mut Sides,
    sub: SubEventType,
) {
    let own = || draft.scenes.iter().map(|&s| &scenes[s]);
    let acts = |t: Tok| {
        let mut words = sides.a.iter().filter_map(|p| p.tokens);
        words.any(|w| w.contains(t))
    };
    let forces = || {
        let mut told =
            own().flat_map(|s| reading.within(s.sentence, &reading.actors.all, |a| a.head));
        told.any(|(_, a)| {
            matches!(a.class, ActorClass::Military | ActorClass::Police) && !acts(a.head)
        })
    };
    let is_told = || {
        let events = own().flat_map(|s| &s.events);
        let mut told = events.flat_map(|&e| &reading.events[e].patients).peekable();
        let armed = |t: &Tok| reading.actors.at(*t).is_some_and(|a| a.class.is_armed());
        told.peek().is_some() && !told.any(armed)
    };
    let of_unarmed = match sub {
        SubEventType::SexualViolence => is_told(),
        SubEventType::Attack | SubEventType::Abduction => is_told() && !forces(),
        _ => false,
    };
    if of_unarmed && sides.b.is_empty() {
        sides.b.push(civilians());
    }
}

fn civilians() -> Party {
    Party {
        role: Role::Victim,
        rule: "actor:unarmed-victim",
        ..unnamed("Civilians", ActorClass::Civilians)
    }
}

/// Demonstrators and the forces that face them, whoever used violence.
pub(super) fn crowd(agents: Vec<Party>, targets: Vec<Party>, sub: SubEventType) -> Sides {
    let violent = matches!(
        sub,
        SubEventType::ViolentDemonstration | SubEventType::MobViolence
    );
    let (name, class) = if violent {
        ("Rioters", ActorClass::Rioters)
    } else {
        ("Protesters", ActorClass::Protesters)
    };
    let is_crowd = |p: &Party| {
        matches!(
            p.class,
            ActorClass::Protesters
                | ActorClass::Rioters
                | ActorClass::People
                | ActorClass::Civilians
        )
    };
    let seen = agents.iter().chain(&targets).find(|p| is_crowd(p));
    let a = Party {
        name: name.to_owned(),
        tokens: seen.and_then(|p| p.tokens),
        role: Role::Party,
        rule: "actor:crowd",
        ..unnamed(name, class)
    };
    let mob = sub == SubEventType::MobViolence;
    let lynched = |p: &Party| mob && p.role == Role::Victim && p.class.is_unarmed();
    let mut b: Vec<Party> = agents
        .iter()
        .chain(&targets)
        .filter(|p| {
            lynched(p)
                || matches!(p.class, ActorClass::Police | ActorClass::Military)
                || p.class == ActorClass::External && p.rule == "actor:state-force"
        })
        .cloned()
        .collect();
    // "A mob dragged two men out of a bus": people whom no word tells more of.
    if mob && b.is_empty() && !targets.is_empty() {
        b.push(civilians());
    }
    Sides { a: vec![a], b }
}

/// Who freed captives, and from whom.
pub(super) fn release(agents: Vec<Party>, targets: Vec<Party>, told: Vec<Party>) -> Sides {
    let (state, mut captors): (Vec<Party>, Vec<Party>) = agents
        .into_iter()
        .filter(|p| p.class.is_armed() || p.class == ActorClass::Government)
        .partition(|p| p.class.is_state());
    if captors.is_empty() && !targets.iter().any(|p| p.class.is_nonstate()) {
        captors = told;
    }
    if state.is_empty() {
        let b = targets
            .into_iter()
            .filter(|p| p.class.is_unarmed() || p.class.is_state())
            .collect();
        return Sides { a: captors, b };
    }
    Sides {
        a: state,
        b: captors
            .into_iter()
            .chain(targets.into_iter().filter(|p| p.class.is_nonstate()))
            .collect(),
    }
}

/// The parties of a deal, in the order of the report.
pub(super) fn agreement(agents: Vec<Party>, targets: Vec<Party>, told: Vec<Party>) -> Sides {
    let mut all: Vec<Party> = Vec::new();
    for p in agents.into_iter().chain(targets).chain(told) {
        if all.len() > 1 && p.role == Role::Party {
            break;
        }
        let party = !p.class.is_unarmed() && p.class != ActorClass::People;
        if party && !all.iter().any(|q| same(q, &p)) {
            all.push(Party {
                role: Role::Party,
                ..p
            });
        }
    }
    let b = if all.len() > 1 {
        all.split_off(1)
    } else {
        Vec::new()
    };
    Sides { a: all, b }
}
