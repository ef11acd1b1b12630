//! The two camps of a fight in which nobody is the attacker.

use tarikh_record::Role;

use super::sides::{Party, same};

/// "Herders and villagers fought", and nobody else is told of: the second fights the first.
pub(super) fn each_other(
    mut agents: Vec<Party>,
    mut targets: Vec<Party>,
) -> (Vec<Party>, Vec<Party>) {
    let fights = |p: &Party| p.class.is_state() || p.class.is_nonstate();
    let alone = targets
        .iter()
        .filter(|p| p.role == Role::Target && !agents.iter().any(|q| same(p, q)))
        .all(|p| !fights(p));
    let two = agents.iter().filter(|p| fights(p)).count() > 1;
    // "Indian and Pakistani troops exchanged fire"
    let two_states = matches!(&agents[..], [p, q] if p.country.is_some() && q.country.is_some() && p.country != q.country);
    if two_states {
        agents.sort_by_key(|p| p.tokens.map(|t| t.start));
    }
    let one_camp = agents.iter().all(|p| p.class.is_state()) && !two_states;
    if alone && two && !one_camp {
        let second = agents.split_off(1);
        targets.extend(second.into_iter().map(|p| Party {
            role: Role::Target,
            ..p
        }));
    }
    (agents, targets)
}

/// With "fought" and "clashed" nobody is the attacker: the state's side with its allies comes first,
/// those whom it fights second.
pub(super) fn camps(a: Vec<Party>, b: Vec<Party>) -> (Vec<Party>, Vec<Party>) {
    let state = |side: &[Party]| side.iter().any(|p| p.class.is_state());
    let group = |side: &[Party]| side.iter().any(|p| p.class.is_nonstate());
    let settled = !a.is_empty() && !(group(&a) && (state(&a) || state(&b)));
    if settled {
        return (a, b);
    }
    let (armed, unarmed): (Vec<Party>, Vec<Party>) = a
        .into_iter()
        .chain(b)
        .partition(|p| p.class.is_state() || p.class.is_nonstate());
    let (mut first, mut second): (Vec<Party>, Vec<Party>) =
        armed.into_iter().partition(|p| p.class.is_state());
    if first.is_empty() {
        std::mem::swap(&mut first, &mut second);
    }
    if second.is_empty() && first.len() > 1 {
        second = first.split_off(1);
    }
    second.extend(unarmed);
    (first, second)
}
