//! The codebook: from act, weapon, target and harm to ACLED's sub-event type and UCDP's type of
//! violence (GUIDELINES 2; ACLED codebook, event types).

use tarikh_record::{EventType, Flag, SubEventType, UcdpType};

use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorClass;

/// What is known of an incident when its type is decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Acts in the order of the report, those of the body before those of the title.
    pub(crate) acts: Vec<Act>,
    pub(crate) agents: Vec<ActorClass>,
    /// Those who take ground.
    pub(crate) takers: Vec<ActorClass>,
    pub(crate) targets: Vec<ActorClass>,
    /// Acts that its weapons point to.
    pub(crate) weapons: Vec<Act>,
    /// An object of armed forces was the target ("a military base").
    pub(crate) military_site: bool,
    /// A place of daily life was the target ("a market").
    pub(crate) civilian_site: bool,
    /// Someone was killed, or a number of dead was given.
    pub(crate) deadly: bool,
    pub(crate) injured: bool,
    /// The report says that nobody was harmed.
    pub(crate) unharmed: bool,
    pub(crate) arrested: bool,
    /// Nobody knows where those are who were taken.
    pub(crate) vanished: bool,
    /// Words of a demonstration stand beside the act ("placards", "slogans").
    pub(crate) signs_of_protest: bool,
    /// Killed or hurt people of a kind.
    pub(crate) victims: Vec<ActorClass>,
    /// The lead tells that an armed group killed unarmed people.
    pub(crate) massacre: bool,
    /// The report says that nobody fought for the place.
    pub(crate) unopposed: bool,
    /// A fixed type that the frame names.
    pub(crate) fixed: Option<SubEventType>,
}

/// The type decided, and the rule that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) sub_event_type: SubEventType,
    pub(crate) flag: Option<Flag>,
    pub(crate) rule: &'static str,
}

impl Facts {
    fn has(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    fn any(&self, acts: &[Act]) -> bool {
        acts.iter().any(|a| self.has(*a))
    }

    /// Armed people, or what they hold, were the target.
    fn armed_target(&self) -> bool {
        let armed = |c: &ActorClass| c.is_armed();
        self.targets.iter().any(armed)
            || self.military_site
            || self.targets.is_empty() && self.victims.iter().any(armed)
    }

    /// Armed people took a place, and fighting is told of.
    fn taken_by_force(&self) -> bool {
        let armed = self.agents.iter().any(|c| c.is_armed());
        let fight = [Act::Clash, Act::Shelling, Act::Air, Act::Ambush];
        armed && self.any(&fight)
    }

    /// "Raids by police led to the arrest of seven men": the raids were for the arrests, and nobody was hurt.
    fn is_police_raid(&self) -> bool {
        let state = |c: &ActorClass| c.is_state();
        let raid = |a: &Act| matches!(a, Act::Attack | Act::Arrest);
        self.has(Act::Arrest)
            && self.acts.iter().all(raid)
            && self.agents.iter().any(state)
            && self.agents.iter().all(state)
            && !self.deadly
            && !self.injured
    }

    /// Unarmed people were the target or among the victims.
    pub(crate) fn unarmed_target(&self) -> bool {
        let unarmed = |c: &ActorClass| {
            matches!(
                c,
                ActorClass::Civilians | ActorClass::Officials | ActorClass::Protesters
            )
        };
        self.targets.iter().any(unarmed) || self.victims.iter().any(unarmed) || self.civilian_site
    }

    /// People who do not demonstrate were killed by nobody of the state: "a candidate was shot dead on his way home from
    /// a rally".
    fn kills_others(&self) -> bool {
        let crowd = |c: &ActorClass| matches!(c, ActorClass::Protesters | ActorClass::Rioters);
        let victims = || self.targets.iter().chain(&self.victims);
        let told = self.any(&[Act::Kill, Act::Shoot]) && self.deadly;
        let state = self.agents.iter().any(|c| c.is_state());
        let unarmed = |c: &ActorClass| matches!(c, ActorClass::Civilians | ActorClass::Officials);
        told && !state
            && !self.has(Act::Riot)
            && victims().any(unarmed)
            && !victims().chain(&self.agents).any(crowd)
    }

    /// "Workers and riot police chased each other": police on one side, unarmed people on the other, and nobody else.
    fn police_fight_people(&self) -> bool {
        let people = |c: &ActorClass| matches!(c, ActorClass::Civilians | ActorClass::People);
        let police = |c: &ActorClass| *c == ActorClass::Police;
        let fight = [Act::Clash, Act::Riot, Act::Disperse, Act::Harm];
        let parties = || self.agents.iter().chain(&self.targets);
        let only_them = parties().all(|c| people(c) || police(c));
        only_them
            && self.acts.iter().all(|a| fight.contains(a))
            && parties().any(police)
            && (self.agents.iter().all(people) || self.targets.iter().all(people))
            && parties().any(people)
    }

    fn crowd(&self) -> bool {
        let fired_at =
            self.any(&[Act::Shoot, Act::Kill]) && self.agents.iter().any(|c| c.is_state());
        self.acts.iter().any(|a| a.is_of_a_crowd())
            || self.targets.contains(&ActorClass::Protesters)
            || fired_at && self.victims.contains(&ActorClass::Protesters)
            || self.shot_while_demonstrating()
    }

    /// "Police shot at youths with placards": people whom the state shot, among signs of a demonstration.
    fn shot_while_demonstrating(&self) -> bool {
        self.signs_of_protest
            && self.any(&[Act::Shoot, Act::Kill])
            && self.agents.iter().any(|c| c.is_state())
            && !self.armed_target()
    }

    /// Rioters who turn on unarmed people or their shops, with no word of a demonstration or of the state.
    fn riot_on_neighbours(&self) -> bool {
        let state = |c: &ActorClass| c.is_state();
        let mut others = self.targets.iter().chain(&self.victims);
        !self.any(&[Act::Protest, Act::Disperse])
            && !self.signs_of_protest
            && !self.agents.contains(&ActorClass::Protesters)
            && !others.any(state)
            && !self.military_site
            && (self.targets.iter().any(|c| c.is_unarmed())
                || self.civilian_site
                || self.has(Act::Loot))
    }

    /// A mob that no demonstration is told of, and that has not turned on the state.
    fn mob_of_its_own(&self) -> bool {
        let state = |c: &ActorClass| c.is_state();
        self.has(Act::Mob)
            && !self.any(&[Act::Protest, Act::Disperse])
            && !self.targets.iter().any(state)
    }
}

/// Decides ACLED's sub-event type.
pub(crate) fn sub_event_type(f: &Facts) -> Decision {
    use SubEventType as T;
    let to = |sub_event_type, rule| Decision {
        sub_event_type,
        flag: None,
        rule,
    };
    let flagged = |sub_event_type, flag, rule| Decision {
        sub_event_type,
        flag: Some(flag),
        rule,
    };
    if let Some(fixed) = f.fixed {
        return to(fixed, "codebook:fixed-by-frame");
    }
    // Rifles that bring an aircraft down fight it (ACLED: an armed clash).
    if f.has(Act::Shootdown) && f.weapons.contains(&Act::Shoot) {
        return flagged(
            T::ArmedClash,
            Flag::AircraftShootdown,
            "codebook:aircraft-lost-to-rifles",
        );
    }
    if f.has(Act::Shootdown) {
        return flagged(
            T::Shelling,
            Flag::AircraftShootdown,
            "codebook:aircraft-lost-to-fire",
        );
    }
    let crashed = f.acts.first() == Some(&Act::Crash);
    if f.has(Act::Crash) && (crashed || !f.any(&[Act::Air, Act::Shelling, Act::Clash])) {
        return flagged(T::Other, Flag::AircraftCrash, "codebook:aircraft-crash");
    }
    if f.mob_of_its_own() {
        return to(T::MobViolence, "codebook:mob");
    }
    if f.crowd()
        && !f.kills_others()
        && !f.any(&[
            Act::Suicide,
            Act::Explosion,
            Act::Air,
            Act::Shelling,
            Act::Abduct,
            Act::Ambush,
        ])
    {
        return to(crowd_type(f), "codebook:demonstration");
    }
    let unarmed_crowd = |c: &ActorClass| matches!(c, ActorClass::Protesters | ActorClass::Rioters);
    if f.has(Act::Clash) && !f.agents.is_empty() && f.agents.iter().all(unarmed_crowd) {
        let with_police = f.targets.iter().chain(&f.victims).any(|c| c.is_state());
        return if with_police {
            to(T::ViolentDemonstration, "codebook:crowd-fights-police")
        } else {
            to(T::MobViolence, "codebook:crowds-fight")
        };
    }
    if f.has(Act::Clash) && f.police_fight_people() {
        return to(T::ViolentDemonstration, "codebook:people-fight-police");
    }
    if f.has(Act::Mob) {
        return to(T::MobViolence, "codebook:mob");
    }
    if f.has(Act::Chemical)
        || f.weapons.contains(&Act::Chemical)
            && f.any(&[
                Act::Attack,
                Act::Kill,
                Act::Air,
                Act::Shelling,
                Act::Grenade,
                Act::Explosion,
                Act::Harm,
            ])
    {
        return to(T::ChemicalWeapon, "codebook:chemical");
    }
    if f.has(Act::Suicide) {
        return to(T::SuicideBomb, "codebook:suicide-bomb");
    }
    // Release and abduction before violence: "freed after gunmen attacked" is a release.
    match f.acts.first() {
        Some(Act::Release) => return flagged(T::Other, Flag::Release, "codebook:release"),
        Some(Act::Agreement) => return to(T::Agreement, "codebook:agreement"),
        Some(Act::Territory) if f.unopposed && !f.deadly => {
            return to(T::NonViolentTransfer, "codebook:taken-without-a-fight");
        }
        Some(Act::Territory) => return to(territory_type(f), "codebook:change-of-control"),
        // "Rebels walked into the town after a morning of shelling"
        Some(Act::Transfer) if f.taken_by_force() => {
            return to(territory_type(f), "codebook:change-of-control");
        }
        // "Changed hands after a day of shelling in which eight rebels died"
        Some(Act::Transfer) if f.deadly && f.armed_target() => {
            return to(T::ArmedClash, "codebook:fought-over");
        }
        Some(Act::Transfer) => return to(T::NonViolentTransfer, "codebook:transfer-of-control"),
        Some(Act::GroupChange) => return to(T::ChangeToGroup, "codebook:group-change"),
        Some(Act::Disrupt) if !f.deadly => {
            return to(T::DisruptedWeaponsUse, "codebook:disrupted-weapons");
        }
        // "Soldiers led him away; nobody has heard from him since."
        Some(Act::Arrest) if f.vanished && !f.deadly => {
            return to(T::Abduction, "codebook:disappearance");
        }
        Some(Act::Base) => return to(T::BaseEstablished, "codebook:base"),
        Some(Act::Arrest)
            if !f.deadly && !f.injured && !f.any(&[Act::Kill, Act::Clash, Act::Ambush]) =>
        {
            return to(T::Arrests, "codebook:arrests");
        }
        // "Police raided a house and hauled in 12 suspects"
        Some(Act::Attack) if f.is_police_raid() => return to(T::Arrests, "codebook:raid"),
        Some(Act::Other) if f.acts.len() == 1 => return to(T::Other, "codebook:other"),
        _ => {}
    }
    if f.has(Act::Sexual) && !f.deadly {
        return to(T::SexualViolence, "codebook:sexual-violence");
    }
    let remote = f
        .acts
        .iter()
        .copied()
        .find(|a| matches!(a, Act::Air | Act::Shelling | Act::Grenade | Act::Explosion))
        .or_else(|| {
            let bare = f
                .acts
                .iter()
                .all(|a| matches!(a, Act::Attack | Act::Kill | Act::Harm | Act::Loot));
            f.weapons.iter().copied().find(|w| {
                bare && matches!(w, Act::Air | Act::Shelling | Act::Grenade | Act::Explosion)
            })
        });
    // Where the report opens with shells, "an exchange of fire" was one of shells.
    let fought = f.has(Act::Clash) && !matches!(f.acts.first(), Some(Act::Air | Act::Shelling));
    let ground = fought || f.any(&[Act::Ambush, Act::Shoot]);
    let armed = |c: &ActorClass| c.is_armed();
    // "Gunfire and explosions shook the town in fighting between the army and rebels."
    let of_armed = f.targets.is_empty() && !f.agents.is_empty() && f.agents.iter().all(armed);
    let of_a_fight = f.armed_target() || fought && of_armed && !f.civilian_site;
    // "stormed a police station and captured 13 officers"
    let stormed = f.has(Act::Attack) && f.military_site && !f.unarmed_only();
    if f.has(Act::Abduct) && !f.deadly && !stormed && !f.any(&[Act::Clash, Act::Ambush]) {
        return to(T::Abduction, "codebook:abduction");
    }
    if let Some(remote) = remote
        && !(ground && of_a_fight)
    {
        return match remote {
            Act::Air => to(T::AirDroneStrike, "codebook:air-strike"),
            Act::Shelling => to(T::Shelling, "codebook:shelling"),
            Act::Grenade => to(T::Grenade, "codebook:grenade"),
            _ => to(T::RemoteExplosive, "codebook:explosive"),
        };
    }
    // "Swooped on a farm and burned two lorries; nobody was harmed": what was burned is what it was about.
    let raid = f.has(Act::Attack) && (!f.unharmed || f.armed_target());
    if f.has(Act::Loot)
        && !f.deadly
        && !f.injured
        && !raid
        && !f.any(&[Act::Clash, Act::Ambush, Act::Shoot, Act::Kill])
    {
        return to(T::Looting, "codebook:property");
    }
    // "Gunmen killed 60 villagers. Soldiers came and drove them off."
    if f.massacre && f.deadly && !f.military_site && !f.victims.iter().any(|c| c.is_armed()) {
        return to(T::Attack, "codebook:unarmed-killed");
    }
    // Where only unarmed people are the target, "a fight" later on is not what the act was.
    let clash = f.has(Act::Clash) && !(f.unarmed_only() && f.acts.first() != Some(&Act::Clash));
    if clash || f.has(Act::Ambush) && !f.unarmed_only() {
        return to(T::ArmedClash, "codebook:clash");
    }
    if f.armed_target() && !f.unarmed_only() {
        return to(T::ArmedClash, "codebook:armed-target");
    }
    if f.has(Act::Abduct) && !f.deadly {
        return to(T::Abduction, "codebook:abduction");
    }
    // Troops that attack an enemy whom the report leaves out.
    let troops = |c: &ActorClass| matches!(c, ActorClass::Military | ActorClass::External);
    if f.any(&[Act::Attack])
        && !f.agents.is_empty()
        && f.agents.iter().all(troops)
        && f.targets.is_empty()
        && f.victims.is_empty()
        && !f.civilian_site
    {
        return to(T::ArmedClash, "codebook:troops-attack");
    }
    to(T::Attack, "codebook:unarmed-target")
}

impl Facts {
    /// Only unarmed people are named as targets.
    fn unarmed_only(&self) -> bool {
        let known: Vec<&ActorClass> = self
            .targets
            .iter()
            .chain(if self.targets.is_empty() {
                self.victims.as_slice()
            } else {
                &[] as &[_]
            })
            .filter(|c| **c != ActorClass::People)
            .collect();
        !known.is_empty() && known.iter().all(|c| c.is_unarmed()) && !self.military_site
    }
}

/// Demonstrations, by the worst that came of them (GUIDELINES 2).
fn crowd_type(f: &Facts) -> SubEventType {
    let state = |c: &ActorClass| c.is_state();
    let by_crowd = f.agents.iter().any(|c| matches!(c, ActorClass::Rioters))
        || f.has(Act::Riot)
        || f.weapons.contains(&Act::Riot);
    if by_crowd && f.riot_on_neighbours() {
        return SubEventType::MobViolence;
    }
    if by_crowd {
        return SubEventType::ViolentDemonstration;
    }
    let live_fire = f.any(&[Act::Shoot, Act::Kill]) && (f.agents.iter().any(state) || f.deadly);
    if live_fire || f.deadly {
        return SubEventType::ExcessiveForce;
    }
    if f.has(Act::Disperse)
        || f.arrested
        || f.weapons.contains(&Act::Disperse)
        || f.injured
        || f.has(Act::Clash)
    {
        return SubEventType::ProtestWithIntervention;
    }
    SubEventType::PeacefulProtest
}

fn territory_type(f: &Facts) -> SubEventType {
    let takers = if f.takers.is_empty() {
        &f.agents
    } else {
        &f.takers
    };
    // An army that takes a town with a militia at its side takes it for the state.
    let army = |c: &ActorClass| matches!(c, ActorClass::Military | ActorClass::Police);
    if takers.iter().any(|c| c.is_nonstate()) && !takers.iter().any(army) {
        return SubEventType::NonStateActorOvertakesTerritory;
    }
    if takers.iter().any(|c| c.is_state()) {
        return SubEventType::GovernmentRegainsTerritory;
    }
    // "The town has been freed from the rebels", by nobody named.
    let from = |is: fn(&ActorClass) -> bool| takers.is_empty() && f.targets.iter().any(is);
    if from(|c| c.is_nonstate()) {
        return SubEventType::GovernmentRegainsTerritory;
    }
    if from(|c| c.is_state()) {
        return SubEventType::NonStateActorOvertakesTerritory;
    }
    SubEventType::ArmedClash
}

/// UCDP's type of violence, from the sides as coded; `None` where the coding manual leaves it open
/// (GUIDELINES 2): 1 a state against an organised group or state, 2 organised groups against each
/// other, 3 unarmed people as the target.
pub(crate) fn ucdp_type(
    sub: SubEventType,
    f: &Facts,
    side_a: &[ActorClass],
    side_b: &[ActorClass],
) -> Option<UcdpType> {
    let any = |side: &[ActorClass], is: fn(ActorClass) -> bool| side.iter().any(|c| is(*c));
    let state = any(side_a, ActorClass::is_state) || any(side_b, ActorClass::is_state);
    let armed_b = any(side_b, ActorClass::is_armed) || f.military_site;
    match sub.event_type() {
        EventType::Protests | EventType::Riots | EventType::StrategicDevelopments => None,
        EventType::ViolenceAgainstCivilians => Some(UcdpType::OneSided),
        EventType::Battles => {
            let group = |c: ActorClass| c.is_nonstate() && c != ActorClass::Gunmen;
            let unnamed = side_a.contains(&ActorClass::Gunmen) || side_a.is_empty();
            match (any(side_a, group), any(side_b, group)) {
                _ if state => Some(UcdpType::StateBased),
                (true, true) => Some(UcdpType::NonState),
                _ if f.military_site => Some(UcdpType::StateBased),
                // Who fights a rebel group and is not named is most often the state it rebels against.
                (_, true) if unnamed => Some(UcdpType::StateBased),
                // Unarmed people who are fought are attacked.
                _ if any(side_b, ActorClass::is_unarmed) && !any(side_b, ActorClass::is_armed) => {
                    Some(UcdpType::OneSided)
                }
                _ => None,
            }
        }
        EventType::ExplosionsRemoteViolence => {
            if sub == SubEventType::Grenade && f.agents.is_empty() {
                None
            } else if armed_b {
                Some(UcdpType::StateBased)
            } else if any(side_b, ActorClass::is_unarmed) || f.unarmed_target() {
                Some(UcdpType::OneSided)
            } else {
                // Aircraft and artillery of a state without a named target are used in its war.
                any(side_a, ActorClass::is_state).then_some(UcdpType::StateBased)
            }
        }
    }
}
