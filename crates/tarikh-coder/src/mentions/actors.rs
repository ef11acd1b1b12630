//! Mentions of actors: named groups, states' forces, and people known only by what they are.

use tarikh_record::ActorKind;
use tarikh_syntax::{Tok, TokRange};

/// What an actor is, as far as frames, casualties and sides need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ActorClass {
    /// Army, navy, air force, intelligence.
    Military,
    Police,
    /// Peacekeepers, foreign and international forces.
    External,
    Rebel,
    PoliticalMilitia,
    IdentityMilitia,
    /// Armed people whom the report does not name ("gunmen").
    Gunmen,
    Protesters,
    /// Mobs and other violent crowds.
    Rioters,
    Civilians,
    /// Office holders and politicians: unarmed.
    Officials,
    /// A state or its government.
    Government,
    /// People of whom nothing is known ("people", "youths").
    People,
}

impl ActorClass {
    pub(crate) fn is_armed(self) -> bool {
        matches!(
            self,
            Self::Military
                | Self::Police
                | Self::External
                | Self::Rebel
                | Self::PoliticalMilitia
                | Self::IdentityMilitia
                | Self::Gunmen
        )
    }

    /// Armed and not a state's.
    pub(crate) fn is_nonstate(self) -> bool {
        matches!(
            self,
            Self::Rebel | Self::PoliticalMilitia | Self::IdentityMilitia | Self::Gunmen
        )
    }

    /// A state, its forces or its allies.
    pub(crate) fn is_state(self) -> bool {
        matches!(
            self,
            Self::Military | Self::Police | Self::External | Self::Government
        )
    }

    pub(crate) fn is_unarmed(self) -> bool {
        matches!(self, Self::Civilians | Self::Officials)
    }

    /// ACLED's category.
    pub(crate) fn kind(self) -> ActorKind {
        match self {
            Self::Military | Self::Police | Self::Government => ActorKind::StateForces,
            Self::External => ActorKind::ExternalForces,
            Self::Rebel => ActorKind::RebelGroup,
            Self::PoliticalMilitia => ActorKind::PoliticalMilitia,
            Self::IdentityMilitia => ActorKind::IdentityMilitia,
            Self::Gunmen => ActorKind::UnidentifiedArmedGroup,
            Self::Protesters => ActorKind::Protesters,
            Self::Rioters => ActorKind::Rioters,
            Self::Civilians | Self::Officials => ActorKind::Civilians,
            Self::People => ActorKind::Other,
        }
    }
}

/// One mention.
#[derive(Clone, Debug)]
pub(crate) struct ActorMention {
    /// The noun that heads it.
    pub(crate) head: Tok,
    /// The words of the name as the record gives it.
    pub(crate) name: TokRange,
    pub(crate) class: ActorClass,
    /// Id of a named actor in `data/actors`.
    pub(crate) id: Option<u32>,
    /// Index of its entry in [`crate::knowledge::actors::ActorBook::actors`], named or not; none
    /// for a country.
    pub(crate) entry: Option<u32>,
    /// Index of the country in `data/countries.toml`.
    pub(crate) country: Option<u16>,
    /// "suspected", "presumed".
    pub(crate) suspected: bool,
    /// Only says what they are in this act ("attackers"): no name of its own.
    pub(crate) generic: bool,
    /// Index of the mention that a definite noun phrase stands for ("the group", "the rebels").
    pub(crate) stands_for: Option<usize>,
    /// Rule name for provenance.
    pub(crate) rule: &'static str,
}

impl ActorMention {
    /// Whether it bears a name of its own, known to the files or new.
    pub(crate) fn is_named(&self) -> bool {
        self.id.is_some() || self.rule == "actor:new-group"
    }
}

/// All mentions of a report, in order, with look-up by token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Actors {
    pub(crate) all: Vec<ActorMention>,
    /// For each token the index of the mention that covers it, or `u32::MAX`.
    cover: Vec<u32>,
}

impl Actors {
    /// Indexes mentions; where two overlap the earlier and longer one keeps the token.
    pub(crate) fn new(mut all: Vec<ActorMention>, n_tokens: usize) -> Self {
        all.sort_by_key(|m| (m.name.start.min(m.head), std::cmp::Reverse(m.name.len())));
        let mut cover = vec![u32::MAX; n_tokens];
        for (i, m) in all.iter().enumerate() {
            for t in m.name.iter().chain([m.head]) {
                let slot = &mut cover[t.idx()];
                if *slot == u32::MAX {
                    *slot = i as u32;
                }
            }
        }
        Self { all, cover }
    }

    /// Notes for each mention that `is_definite` names the named actor told of shortly before.
    pub(crate) fn resolve(
        &mut self,
        is_definite: impl Fn(&ActorMention) -> bool,
        reach: impl Fn(&ActorMention, &ActorMention) -> bool,
        together: impl Fn(&ActorMention, &ActorMention) -> bool,
    ) {
        for i in 0..self.all.len() {
            let mention = &self.all[i];
            if !is_definite(mention) {
                continue;
            }
            let named = |&j: &usize| {
                let a = &self.all[j];
                a.is_named() && a.class.is_nonstate() && reach(a, mention)
            };
            let within = |&j: &usize| reach(&self.all[j], mention);
            let first = (0..i).rev().take_while(within).last().unwrap_or(i);
            let nearest = (first..i).rev().find(named);
            // Of several in a sentence before the first: what that sentence is about.
            let antecedent = nearest.and_then(|n| {
                let last = &self.all[n];
                let before = !together(last, mention);
                (first..=n).find(|j| *j == n || before && named(j) && together(&self.all[*j], last))
            });
            self.all[i].stands_for = antecedent;
        }
    }

    /// Whether the token stands inside a name of several words.
    pub(crate) fn is_in_name(&self, t: Tok) -> bool {
        self.at(t)
            .is_some_and(|a| a.is_named() && a.name.len() > 1 && a.name.contains(t))
    }

    /// Index of the mention that covers the token.
    pub(crate) fn index_at(&self, t: Tok) -> Option<usize> {
        self.cover
            .get(t.idx())
            .filter(|&&i| i != u32::MAX)
            .map(|&i| i as usize)
    }

    /// The mention that covers the token.
    pub(crate) fn at(&self, t: Tok) -> Option<&ActorMention> {
        self.index_at(t).map(|i| &self.all[i])
    }
}
