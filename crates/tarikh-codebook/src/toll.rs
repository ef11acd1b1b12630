//! The dead of one report under the rules of a codebook.
//!
//! The record's own `killed` follows the coding manual: the number that the report leads with. A
//! policy reads the same claims and answers what another coder would enter. How the figures of
//! several reports become one is not decided here but in the dataset's ledger.

use tarikh_record::{Claim, Extent, Incident, Killed, Measure, SourceKind, Zone};

/// Whose rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The coding manual: the number that the report leads with, as the record has it.
    #[default]
    Manual,
    /// UCDP GED: deaths by side add up to `best`; a party's own claim only raises `high`.
    Ucdp,
    /// ACLED: one number for all sides, the lowest that is reported; words have fixed numbers.
    Acled,
    /// The lowest and the highest of all voices; `best` only from a voice without an interest.
    Cautious,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Manual, Self::Ucdp, Self::Acled, Self::Cautious];

    /// The name as typed and as codebooks write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
            Self::Cautious => "cautious",
        }
    }

    /// The policy of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == name)
    }
}

/// The dead of an incident under a policy. A toll shared by several incidents stays unknown.
#[must_use]
pub fn killed(incident: &Incident, policy: Policy) -> Killed {
    if incident.shared_toll {
        return incident.killed;
    }
    match policy {
        Policy::Manual => incident.killed,
        Policy::Ucdp => ucdp(incident),
        Policy::Acled => acled(incident),
        Policy::Cautious => cautious(incident),
    }
}

/// What one voice says in one go: the claims that add up.
struct Statement<'c> {
    first: &'c Claim,
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
    /// Its number where words without one count as ACLED has them.
    in_words: Option<u32>,
    /// The voice is that of armed forces or of a rebel group.
    is_of_party: bool,
}

impl Statement<'_> {
    fn floor(&self) -> Option<u32> {
        self.low.or(self.best)
    }

    fn has_number(&self) -> bool {
        self.low.or(self.best).or(self.high).is_some()
    }
}

/// What is said of all the dead; those who are only part of others, and counts that a later one
/// replaces, are left out.
fn statements(incident: &Incident) -> Vec<Statement<'_>> {
    let whole = |claim: &&Claim| {
        let stands = matches!(claim.extent, Extent::Whole | Extent::Further);
        claim.measure == Measure::Killed && stands
    };
    let claims: Vec<&Claim> = incident.claims.iter().filter(whole).collect();
    let groups = claims.chunk_by(|a, b| a.statement == b.statement);
    groups
        .map(|group| Statement {
            first: group[0],
            low: sum(group, |claim| claim.low),
            best: sum(group, |claim| claim.best),
            high: sum(group, |claim| claim.high),
            in_words: group
                .iter()
                .filter_map(|claim| claim.best.or(claim.acled))
                .reduce(u32::saturating_add),
            is_of_party: is_of_party(incident, group[0]),
        })
        .collect()
}

/// The sum, where each has the number.
fn sum(group: &[&Claim], number: impl Fn(&Claim) -> Option<u32>) -> Option<u32> {
    let numbers: Option<Vec<u32>> = group.iter().map(|claim| number(claim)).collect();
    Some(numbers?.into_iter().fold(0, u32::saturating_add))
}

fn is_of_party(incident: &Incident, claim: &Claim) -> bool {
    let Some(name) = &claim.source else {
        return false;
    };
    let mut sources = incident.sources.iter();
    let voice = sources.find(|source| source.name == *name || source.also.contains(name));
    voice.is_some_and(|source| matches!(source.kind, SourceKind::Military | SourceKind::Rebel))
}

/// The lowest toll that still stands: where the report raised it, what it was raised to.
fn lowest(incident: &Incident) -> Option<u32> {
    let killed = &incident.killed;
    let is_earlier = |claim: &Claim| claim.extent == Extent::Earlier;
    let mut claims = incident.claims.iter();
    if claims.any(|claim| claim.measure == Measure::Killed && is_earlier(claim)) {
        killed.best.or(killed.low)
    } else {
        killed.low.or(killed.best)
    }
}

/// The deaths whose side the report tells.
fn by_side(killed: &Killed) -> u32 {
    let sides = [killed.side_a, killed.side_b, killed.civilians];
    sides.into_iter().flatten().fold(0, u32::saturating_add)
}

fn ucdp(incident: &Incident) -> Killed {
    let manual = incident.killed;
    let told = manual.best.or(manual.low).or(manual.high);
    if told.is_none() && by_side(&manual) == 0 {
        return Killed::default();
    }
    let by_side = by_side(&manual);
    // Nothing but an upper bound: the deaths stand in `high` alone.
    let asserted = manual.best.or(manual.low).unwrap_or(0);
    let best = asserted.max(by_side);
    let statements = statements(incident);
    let of_parties = statements.iter().filter(|s| s.is_of_party);
    let highs = of_parties.filter_map(|s| s.high.or(s.best));
    Killed {
        best: Some(best),
        low: Some(lowest(incident).map_or(best, |n| n.min(best))),
        high: Some(highs.chain(manual.high).fold(best, u32::max)),
        side_a: Some(manual.side_a.unwrap_or(0)),
        side_b: Some(manual.side_b.unwrap_or(0)),
        civilians: Some(manual.civilians.unwrap_or(0)),
        unknown: Some(best.saturating_sub(by_side)),
    }
}

fn acled(incident: &Incident) -> Killed {
    let manual = incident.killed;
    // The attackers' dead, whom a report tells apart from its toll, count as well.
    let apart = by_side(&manual).saturating_sub(manual.best.unwrap_or(u32::MAX));
    let statements = statements(incident);
    let body = || statements.iter().filter(|s| s.first.zone == Zone::Text);
    let lowest_of_all = || body().filter_map(Statement::floor).filter(|n| *n > 0).min();
    let in_words = || statements.iter().filter_map(|s| s.in_words).min();
    let n = lowest(incident)
        .map(|n| n.saturating_add(apart))
        .or_else(lowest_of_all)
        .or_else(in_words);
    Killed {
        best: n,
        low: n,
        high: n,
        ..Killed::default()
    }
}

fn cautious(incident: &Incident) -> Killed {
    let statements = statements(incident);
    let numbered = || {
        let whole = |s: &&Statement<'_>| s.has_number() && s.first.extent == Extent::Whole;
        statements.iter().filter(whole)
    };
    let is_open = numbered().any(|s| s.high.is_none());
    let highest = numbered().filter_map(|s| s.high).max();
    let floors = numbered().filter_map(Statement::floor).max();
    let disinterested = numbered().filter(|s| !s.is_of_party);
    Killed {
        best: disinterested.filter_map(Statement::floor).min(),
        low: numbered().filter_map(Statement::floor).min(),
        // A lower bound above every upper bound leaves the range open.
        high: highest.filter(|h| !is_open || floors.is_none_or(|f| *h > f)),
        ..Killed::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::{Sketch, claim};

    const AT_LEAST_NINE: [Option<u32>; 3] = [Some(9), Some(9), None];

    fn exact(n: u32) -> [Option<u32>; 3] {
        [Some(n); 3]
    }

    /// The dead of claims, whose record leads with the first of them.
    fn of(policy: Policy, claims: Vec<Claim>) -> Killed {
        let mut incident = Sketch::default().incident();
        let first = claims[0].clone();
        incident.killed = Killed {
            low: first.low,
            best: first.best,
            high: first.high,
            ..Killed::default()
        };
        incident.sources = Sketch::sources();
        incident.claims = claims;
        killed(&incident, policy)
    }

    fn words(number: u32) -> Claim {
        Claim {
            acled: Some(number),
            ..claim(0, None, [None; 3])
        }
    }

    #[test]
    fn a_policy_has_a_name() {
        assert_eq!(Policy::named("ucdp"), Some(Policy::Ucdp));
        assert_eq!(Policy::named("other"), None);
    }

    #[test]
    fn acled_takes_dozens_for_twelve() {
        assert_eq!(of(Policy::Acled, vec![words(12)]).best, Some(12));
    }

    #[test]
    fn words_give_ucdp_and_the_cautious_no_number() {
        assert_eq!(of(Policy::Ucdp, vec![words(12)]), Killed::default());
        assert_eq!(of(Policy::Cautious, vec![words(12)]), Killed::default());
    }

    #[test]
    fn acled_takes_the_lowest_figure_of_voices_that_differ() {
        let mut incident = Sketch::default().incident();
        incident.killed = Killed::default();
        incident.claims = vec![
            claim(0, Some("army"), exact(12)),
            claim(1, Some("rebels"), exact(7)),
        ];
        assert_eq!(killed(&incident, Policy::Acled).best, Some(7));
    }

    #[test]
    fn acled_adds_the_attackers_dead_to_the_toll() {
        let mut incident = Sketch::default().incident();
        incident.killed = Killed {
            best: Some(9),
            low: Some(9),
            high: Some(9),
            side_a: Some(3),
            civilians: Some(9),
            ..Killed::default()
        };
        assert_eq!(killed(&incident, Policy::Acled).best, Some(12));
        assert_eq!(killed(&incident, Policy::Ucdp).best, Some(12));
    }

    #[test]
    fn ucdp_closes_the_range_of_at_least() {
        let toll = of(Policy::Ucdp, vec![claim(0, None, AT_LEAST_NINE)]);
        assert_eq!([toll.low, toll.best, toll.high], [Some(9); 3]);
        assert_eq!(toll.unknown, Some(9));
    }

    #[test]
    fn ucdp_puts_an_upper_bound_alone_in_high() {
        let up_to = [None, None, Some(30)];
        let toll = of(Policy::Ucdp, vec![claim(0, None, up_to)]);
        assert_eq!(
            [toll.low, toll.best, toll.high],
            [Some(0), Some(0), Some(30)]
        );
    }

    #[test]
    fn ucdp_lets_a_party_raise_only_high() {
        let claims = vec![
            claim(0, None, exact(8)),
            claim(1, Some("rebels"), exact(50)),
        ];
        let toll = of(Policy::Ucdp, claims);
        assert_eq!((toll.best, toll.high), (Some(8), Some(50)));
    }

    #[test]
    fn ucdp_has_deaths_by_side_that_add_up() {
        let mut incident = Sketch::default().incident();
        incident.killed = Killed {
            best: Some(7),
            side_b: Some(4),
            ..Killed::default()
        };
        let toll = killed(&incident, Policy::Ucdp);
        assert_eq!(
            (toll.best, toll.side_b, toll.unknown),
            (Some(7), Some(4), Some(3))
        );
    }

    #[test]
    fn the_cautious_range_covers_every_voice() {
        let claims = vec![
            claim(0, None, exact(9)),
            claim(1, Some("rebels"), exact(40)),
        ];
        let toll = of(Policy::Cautious, claims);
        assert_eq!(
            [toll.low, toll.best, toll.high],
            [Some(9), Some(9), Some(40)]
        );
    }

    #[test]
    fn the_cautious_believe_no_party_alone() {
        let toll = of(Policy::Cautious, vec![claim(0, Some("rebels"), exact(40))]);
        assert_eq!([toll.low, toll.best, toll.high], [Some(40), None, Some(40)]);
    }

    #[test]
    fn a_toll_that_was_raised_stands_as_raised() {
        let mut incident = Sketch::default().incident();
        incident.killed = Killed {
            low: Some(9),
            best: Some(14),
            high: Some(14),
            ..Killed::default()
        };
        let earlier = Claim {
            extent: Extent::Earlier,
            ..claim(1, None, exact(9))
        };
        incident.claims = vec![claim(0, None, exact(14)), earlier];
        assert_eq!(killed(&incident, Policy::Acled).best, Some(14));
        assert_eq!(killed(&incident, Policy::Ucdp).low, Some(14));
    }

    #[test]
    fn a_part_is_not_counted_again() {
        let part = Claim {
            extent: Extent::Part,
            ..claim(1, None, exact(3))
        };
        let toll = of(Policy::Cautious, vec![claim(0, None, exact(8)), part]);
        assert_eq!(toll.low, Some(8));
    }
}
