//! Whose dead a claim counts: those of side A, of side B, or civilians (GUIDELINES 3, Killed).

use tarikh_record::{EventType, Measure, Role, SourceKind, SubEventType};
use tarikh_syntax::{Deprel, Tok};
use tarikh_text::Zone;

use super::fold::Draft;
use super::scene::Scene;
use super::sides::{Party, Sides};
use super::toll::ClaimDraft;
use crate::knowledge::frames::Act;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;

/// The columns of a toll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    A,
    B,
    Civilians,
    Unknown,
}

/// Which column the people of an incident belong to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Belongs {
    /// The mentions counted that are on one side, with it.
    mentions: Vec<(usize, Column)>,
    /// Mentions of guards who belong to a state's guard on side B.
    guards: Vec<usize>,
    /// Mentions of unarmed people by the word for a side that fights ("six farmers died in the clash"), with it.
    fighting: Vec<(usize, Column)>,
    state_is_a: bool,
    state_is_b: bool,
    group_is_a: bool,
    group_is_b: bool,
    /// The demonstrators are side A and violent.
    rioters: bool,
    /// Side A attacks: it is not known only by its dead.
    a_attacks: bool,
    /// The act is told as a fight, without an attack.
    is_fight: bool,
    /// A blast or a strike where people of both kinds may have been: who died is not told.
    status_is_open: bool,
    /// An attack on armed forces and nobody else: a number without a noun is of their dead.
    on_forces: bool,
    /// A crowd did it: those whom it kills cannot fight.
    by_mob: bool,
    /// People of whom nothing is told are civilians: the place is one of daily life, or the attack was on people.
    people_are_civilians: bool,
}

impl Belongs {
    pub(crate) fn of(
        reading: &Reading<'_>,
        scenes: &[Scene],
        draft: &Draft,
        sides: &Sides,
        claims: &[ClaimDraft],
        sub: SubEventType,
    ) -> Self {
        let known = |side: &[Party], is: fn(ActorClass) -> bool| {
            side.iter().any(|p| is(p.class) && p.tokens.is_some())
        };
        let state_is_a = known(&sides.a, ActorClass::is_state);
        let group_is_a = known(&sides.a, ActorClass::is_nonstate);
        // "The attackers" are side A, unless that is the state's.
        let attackers = if state_is_a && !group_is_a {
            Column::B
        } else {
            Column::A
        };
        let on = |side: &[Party], a: &ActorMention| side.iter().any(|p| is_same(p, a));
        let all = &reading.actors.all;
        let mut counted: Vec<usize> = claims.iter().filter_map(|c| c.actor).collect();
        counted.sort_unstable();
        counted.dedup();
        let counted = || counted.iter().copied();
        let side = |m: &ActorMention| {
            if m.generic && m.class == ActorClass::Gunmen {
                return Some(attackers);
            }
            match (on(&sides.a, m), on(&sides.b, m)) {
                (true, false) => Some(Column::A),
                (false, true) => Some(Column::B),
                _ => None,
            }
        };
        let own_dead = match group_is_a {
            true => own_dead(reading, scenes, draft),
            false => Vec::new(),
        };
        let mentions = counted().filter_map(|i| {
            let own = || own_dead.contains(&i).then_some(Column::A);
            Some((i, side(&all[i]).or_else(own)?))
        });
        let attacker = |a: usize| all[a].generic;
        let actors = &reading.knowledge.actors.actors;
        let guards = |m: &ActorMention| {
            let entry = m.entry.and_then(|e| actors.get(e as usize));
            m.class.is_unarmed() && entry.is_some_and(|e| e.bears_arms)
        };
        let armed_victims = claims.iter().any(|c| {
            // Attackers call those whom they killed officers.
            c.interest != Some(SourceKind::Rebel)
                && c.count.best != Some(0)
                // "killing 20 people, two of them officers": the others are the people attacked.
                && !(c.partial && sub == SubEventType::Attack)
                && (c.class.is_some_and(ActorClass::is_armed)
                    || c.actor.is_some_and(|a| guards(&all[a])))
                && !c.actor.is_some_and(attacker)
        });
        // "Eleven guards" where the National Guard was attacked.
        let is_guard = |p: &Party| {
            let words = p.tokens.filter(|_| p.class.is_state());
            words.is_some_and(|w| w.iter().any(|t| reading.doc.lower(t) == "guard"))
        };
        let of_guard = sides.b.iter().any(is_guard);
        let guards = counted().filter(|&i| of_guard && guards(&all[i]));
        let battle = sub.event_type() == EventType::Battles;
        let fighting = counted().filter(|_| battle).filter_map(|i| {
            let of = |side: &[Party]| side.iter().any(|p| is_of_people(reading, p, &all[i]));
            match (of(&sides.a), of(&sides.b)) {
                (true, false) => Some((i, Column::A)),
                (false, true) => Some((i, Column::B)),
                _ => None,
            }
        });
        let acts = |p: &Party| !matches!(p.role, Role::Victim | Role::Target);
        Self {
            mentions: mentions.collect(),
            guards: guards.collect(),
            fighting: fighting.collect(),
            state_is_a,
            state_is_b: known(&sides.b, ActorClass::is_state),
            group_is_a,
            group_is_b: known(&sides.b, ActorClass::is_nonstate),
            rioters: sub == SubEventType::ViolentDemonstration,
            a_attacks: sides.a.is_empty() || sides.a.iter().any(acts),
            is_fight: fights(reading, scenes, draft),
            on_forces: battle
                && !sides.b.is_empty()
                && sides.b.iter().all(|p| p.class.is_armed())
                && sides.a.iter().any(acts)
                && !fights(reading, scenes, draft),
            by_mob: sub == SubEventType::MobViolence,
            status_is_open: sub.event_type() == EventType::ExplosionsRemoteViolence,
            people_are_civilians: !armed_victims
                && is_among_people(reading, scenes, draft, claims, sub),
        }
    }

    /// The column of those that a claim counts.
    pub(crate) fn column(&self, claim: &ClaimDraft) -> Column {
        if claim.doer {
            return Column::A;
        }
        if claim.mixed {
            return Column::Unknown;
        }
        let Some(class) = claim.class.filter(|c| !claim.untold || c.is_armed()) else {
            let bare = claim.class.is_none() && claim.who.is_none();
            return match self.on_forces && bare {
                true => Column::B,
                false => self.people(),
            };
        };
        if matches!(class, ActorClass::Protesters | ActorClass::Rioters) {
            return if self.rioters {
                Column::A
            } else {
                Column::Civilians
            };
        }
        let of = |list: &[(usize, Column)]| {
            let found = list.iter().find(|(i, _)| claim.actor == Some(*i));
            found.map(|&(_, column)| column)
        };
        if claim.actor.is_some_and(|a| self.guards.contains(&a)) {
            return Column::B;
        }
        if let Some(column) = of(&self.fighting) {
            return column;
        }
        if class.is_unarmed() || self.by_mob && class == ActorClass::Gunmen {
            return Column::Civilians;
        }
        if !class.is_armed() {
            return self.people();
        }
        if let Some(column) = of(&self.mentions) {
            return column;
        }
        let (is_a, is_b) = if class.is_state() {
            (self.state_is_a, self.state_is_b)
        } else {
            (self.group_is_a, self.group_is_b)
        };
        if is_a && !is_b { Column::A } else { Column::B }
    }

    /// Whether people of whom nothing is told have a status that the report leaves open.
    pub(crate) fn leaves_status_open(&self) -> bool {
        self.status_is_open
    }

    fn people(&self) -> Column {
        if self.people_are_civilians {
            Column::Civilians
        } else {
            Column::Unknown
        }
    }

    /// Whether two sides fight each other.
    pub(crate) fn is_fight(&self) -> bool {
        self.is_fight
    }

    /// The column of those who attack.
    pub(crate) fn attackers(&self) -> Column {
        if self.a_attacks {
            Column::A
        } else {
            Column::Unknown
        }
    }
}

/// "Fighting", "a clash", and no attack: what the sentences of a draft tell first.
fn fights(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let first = draft.scenes.first().map(|&s| &scenes[s].events);
    let act = |&e: &usize| reading.events[e].act;
    let mut acts = first.into_iter().flatten().map(act);
    let attacks = [Act::Attack, Act::Ambush, Act::Explosion, Act::Suicide];
    acts.clone().any(|a| a == Act::Clash) && !acts.any(|a| attacks.contains(&a))
}

/// Whether people of whom nothing is told are civilians: the act was one against people, or its
/// place is one of daily life (GUIDELINES 3, Killed, version 2).
pub(crate) fn is_among_people(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    claims: &[ClaimDraft],
    sub: SubEventType,
) -> bool {
    use SubEventType as T;
    match sub {
        T::Attack | T::ExcessiveForce | T::MobViolence | T::SexualViolence => true,
        T::AirDroneStrike
        | T::SuicideBomb
        | T::Shelling
        | T::RemoteExplosive
        | T::Grenade
        | T::ChemicalWeapon => {
            let at = draft.place.map(|p| reading.places[p].tokens.start);
            let sentences = draft.scenes.iter().map(|&s| scenes[s].sentence).take(3);
            let sentences = sentences.chain(at.map(|t| reading.doc.sentence_of(t)));
            let is = |t, class| reading.knowledge.lexicon.is(reading.doc, t, class);
            // "a garrison town" is a town.
            let of_town = |t| {
                let noun = reading.doc.head(t);
                let compound = reading.doc.deprel(t) == Deprel::Compound;
                noun.is_some_and(|n| compound && is(n, "settlement"))
            };
            let armed = |s| {
                let mut words = reading.doc.sentence(s).tokens.iter();
                words.any(|t| is(t, "military-site") && !is(t, "civilian-site") && !of_town(t))
            };
            let daily = |s| {
                let mut words = reading.doc.sentence(s).tokens.iter();
                words.any(|t| is(t, "civilian-site") || is(t, "daily-life"))
            };
            // The sentence that counts the dead tells before all others.
            let body = |c: &&ClaimDraft| c.measure == Measure::Killed && !c.in_title;
            let own = claims.iter().find(body).map(|c| c.sentence);
            let own = own.filter(|&s| armed(s) || daily(s));
            match own {
                Some(s) => !armed(s),
                None => !sentences.clone().any(armed) && sentences.into_iter().any(daily),
            }
        }
        _ => false,
    }
}

/// Mentions of fighters who died beside those of side B and are called otherwise ("12 rebels and eight
/// jihadists"): the attackers' own.
pub(super) fn own_dead(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Vec<usize> {
    let doc = reading.doc;
    let actors = &reading.actors;
    let word = |t: Tok| doc.lemma(t);
    // The opponent's word stands before, outside the list of the dead.
    let attacked = |t: Tok| {
        let before = |a: &ActorMention| {
            let sentence = || doc.sentence_of(a.head);
            word(a.head) == word(t)
                && sentence() < doc.sentence_of(t)
                && reading.zone(sentence()) != Zone::Title
        };
        actors.all.iter().any(before)
    };
    let fighters = |t: Tok| {
        let a = actors.index_at(t)?;
        let unnamed = &actors.all[a];
        (unnamed.class.is_nonstate() && unnamed.id.is_none() && !unnamed.generic).then_some(a)
    };
    let mut out = Vec::new();
    for harm in draft.scenes.iter().flat_map(|&s| &scenes[s].harms) {
        let harm = &reading.harms[*harm];
        let dead = || harm.parties.iter().filter(|p| !p.included);
        let both = harm.measure == Measure::Killed && dead().any(|p| attacked(p.head));
        let others = dead().filter(|p| both && !attacked(p.head));
        out.extend(others.filter_map(|p| fighters(p.head)));
    }
    out
}

/// "Herders fought villagers", "six of the dead were villagers": unarmed people by the word that names a
/// community that fights.
fn is_of_people(reading: &Reading<'_>, p: &Party, a: &ActorMention) -> bool {
    let doc = reading.doc;
    let head = p.tokens.filter(|t| !t.is_empty()).map(|t| Tok(t.end.0 - 1));
    p.class.is_nonstate()
        && a.class.is_unarmed()
        && head.is_some_and(|t| doc.lemma(t) == doc.lemma(a.head))
}

/// Whether a mention names a party: the same words, the same actor, or the same kind of force.
fn is_same(p: &Party, a: &ActorMention) -> bool {
    let same_force = p.class == a.class
        && (p.country == a.country || p.country.is_none() || a.country.is_none())
        && (p.id == a.id || p.id.is_none() || a.id.is_none());
    p.tokens == Some(a.name)
        || p.id.is_some() && p.id == a.id
        || p.tokens.is_some() && same_force && a.class != ActorClass::Gunmen
        || a.generic && a.class == ActorClass::Gunmen && p.class.is_nonstate() && p.tokens.is_some()
}
