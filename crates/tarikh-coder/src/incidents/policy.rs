//! The dead of the same claims under the rules of other codebooks (`docs/codebooks.md` of the field).
//!
//! The record itself follows the coding manual (`toll`). A policy reads the same statements and
//! answers what another coder would enter.

use tarikh_record::{Killed, Measure};

use super::belongs::{Belongs, Column};
use super::toll::{self, Account, ClaimDraft, Statement};
use crate::mentions::quantities::Count;

/// Whose rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// The coding manual: the number that the report leads with.
    Manual,
    /// UCDP GED: deaths by side add up to `best`; a party's own claim only raises `high`.
    Ucdp,
    /// ACLED: one number for all sides, the lowest that is reported; words have fixed numbers.
    Acled,
    /// The lowest and the highest of all voices; `best` only from a voice without an interest.
    Cautious,
}

impl Policy {
    /// The policy of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "manual" => Some(Self::Manual),
            "ucdp" => Some(Self::Ucdp),
            "acled" => Some(Self::Acled),
            "cautious" => Some(Self::Cautious),
            _ => None,
        }
    }
}

/// What ACLED takes for "several" in large-scale fighting.
const SEVERAL_IN_WAR: u32 = 10;
/// What ACLED takes for "several" elsewhere.
const SEVERAL: u32 = 3;

/// The dead under a policy. `war` tells whether the incident is part of large-scale fighting,
/// which only ACLED's rule for "several" asks for.
pub(crate) fn killed(
    claims: &[ClaimDraft],
    belongs: &Belongs,
    policy: Policy,
    war: bool,
) -> Killed {
    let statements = toll::statements(claims, Measure::Killed);
    let whole: Vec<&Statement<'_>> = statements.iter().filter(|s| !s.is_part()).collect();
    match policy {
        Policy::Manual => toll::compute(claims, belongs).killed,
        Policy::Ucdp => ucdp(&statements, claims, belongs),
        Policy::Acled => acled(&whole, &statements, belongs, war),
        Policy::Cautious => cautious(&whole),
    }
}

fn ucdp(statements: &[Statement<'_>], claims: &[ClaimDraft], belongs: &Belongs) -> Killed {
    let Some(account) = toll::account(statements, belongs) else {
        return Killed::default();
    };
    let manual = toll::compute(claims, belongs).killed;
    let sides = [manual.side_a, manual.side_b, manual.civilians];
    let by_side: u32 = sides.into_iter().flatten().sum();
    // Nothing but an upper bound: the deaths stand in `high` alone.
    let asserted = manual.best.or(manual.low).unwrap_or(0);
    let best = asserted.max(by_side);
    let low = manual.low.map_or(best, |n| n.min(best));
    let claimed = party_claims(statements, &account);
    let high = [manual.high, claimed]
        .into_iter()
        .flatten()
        .fold(best, u32::max);
    Killed {
        best: Some(best),
        low: Some(low),
        high: Some(high),
        side_a: Some(manual.side_a.unwrap_or(0)),
        side_b: Some(manual.side_b.unwrap_or(0)),
        civilians: Some(manual.civilians.unwrap_or(0)),
        unknown: Some(best - by_side.min(best)),
    }
}

/// The highest number that a party to the conflict gives beyond those counted.
fn party_claims(statements: &[Statement<'_>], account: &Account<'_, '_>) -> Option<u32> {
    let others = statements
        .iter()
        .filter(|s| !account.counted.iter().any(|c| std::ptr::eq(*c, *s)));
    others
        .filter(|s| s.first().interest.is_some() && !s.is_part())
        .filter_map(|s| s.count.high.or(s.count.best))
        .max()
}

fn acled(
    whole: &[&Statement<'_>],
    statements: &[Statement<'_>],
    belongs: &Belongs,
    war: bool,
) -> Killed {
    let lowest = whole
        .iter()
        .filter(|s| !s.is_zero() && !s.first().in_title)
        .filter_map(|s| s.count.low.or(s.count.best));
    let of_account = toll::account(statements, belongs).and_then(|account| {
        let beside: u32 = account.counted[1..]
            .iter()
            .filter(|s| s.column(belongs) == Column::A)
            .filter_map(|s| s.count.best)
            .sum();
        let lead = account.count.low.or(account.count.best)?;
        Some(lead.saturating_add(beside))
    });
    let in_words = whole.iter().filter_map(|s| words(s, war)).min();
    let n = of_account.or_else(|| lowest.min()).or(in_words);
    Killed {
        best: n,
        low: n,
        high: n,
        ..Killed::default()
    }
}

/// The number that ACLED takes for a statement without one.
fn words(statement: &Statement<'_>, war: bool) -> Option<u32> {
    let of_part = |n: u32| {
        if n == SEVERAL && war {
            SEVERAL_IN_WAR
        } else {
            n
        }
    };
    let parts = statement.parts.iter().filter(|p| !p.partial);
    let numbers: Vec<u32> = parts
        .filter_map(|p| p.count.best.or(p.acled.map(of_part)))
        .collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum())
}

fn cautious(whole: &[&Statement<'_>]) -> Killed {
    let numbered = || {
        whole
            .iter()
            .filter(|s| !s.count.is_vague() && !s.first().further)
    };
    let floor = |c: Count| c.low.or(c.best);
    let disinterested = numbered().filter(|s| s.first().interest.is_none());
    let open = numbered().any(|s| s.count.high.is_none());
    let highest = numbered().filter_map(|s| s.count.high).max();
    let floors = numbered().filter_map(|s| floor(s.count)).max();
    Killed {
        best: disinterested.filter_map(|s| floor(s.count)).min(),
        low: numbered().filter_map(|s| floor(s.count)).min(),
        // A lower bound above every upper bound leaves the range open.
        high: highest.filter(|h| !open || floors.is_none_or(|f| *h > f)),
        ..Killed::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::actors::ActorClass;
    use crate::mentions::harm::Stage;
    use tarikh_record::SourceKind;
    use tarikh_syntax::{Sent, Tok, TokRange};

    fn claim(harm: usize, count: Count) -> ClaimDraft {
        ClaimDraft {
            measure: Measure::Killed,
            count,
            harm,
            sentence: Sent(harm as u32),
            tokens: TokRange::new(Tok(harm as u32), Tok(harm as u32 + 1)),
            who: None,
            voice: None,
            reported: false,
            interest: None,
            rule: "number:exact",
            class: None,
            actor: None,
            stage: Stage::Plain,
            partial: false,
            further: false,
            acled: None,
            untold: false,
            bodies: false,
            in_title: false,
        }
    }

    fn said(voice: usize, interest: Option<SourceKind>, claim: ClaimDraft) -> ClaimDraft {
        ClaimDraft {
            voice: Some(voice),
            interest,
            ..claim
        }
    }

    fn vague(word: u32) -> ClaimDraft {
        ClaimDraft {
            acled: Some(word),
            ..claim(0, Count::VAGUE)
        }
    }

    fn of(claims: &[ClaimDraft], policy: Policy) -> Killed {
        killed(claims, &Belongs::default(), policy, false)
    }

    const AT_LEAST_NINE: Count = Count {
        low: Some(9),
        best: Some(9),
        high: None,
    };

    #[test]
    fn a_policy_has_a_name() {
        assert_eq!(Policy::named("ucdp"), Some(Policy::Ucdp));
        assert_eq!(Policy::named("other"), None);
    }

    #[test]
    fn acled_takes_dozens_for_twelve_and_hundreds_for_a_hundred() {
        assert_eq!(of(&[vague(12)], Policy::Acled).best, Some(12));
        assert_eq!(of(&[vague(100)], Policy::Acled).best, Some(100));
    }

    #[test]
    fn acled_takes_several_for_three_and_in_war_for_ten() {
        assert_eq!(of(&[vague(3)], Policy::Acled).best, Some(3));
        let war = killed(&[vague(3)], &Belongs::default(), Policy::Acled, true);
        assert_eq!(war.best, Some(10));
    }

    #[test]
    fn acled_takes_the_lowest_figure_of_voices_that_differ() {
        let claims = [
            said(0, Some(SourceKind::Military), claim(0, Count::exact(12))),
            said(1, Some(SourceKind::Rebel), claim(1, Count::exact(7))),
        ];
        assert_eq!(of(&claims, Policy::Acled).best, Some(7));
    }

    #[test]
    fn acled_adds_the_dead_of_all_sides() {
        let soldiers = ClaimDraft {
            class: Some(ActorClass::Military),
            ..claim(0, Count::exact(4))
        };
        let others = ClaimDraft {
            class: Some(ActorClass::Civilians),
            ..claim(0, Count::exact(2))
        };
        assert_eq!(of(&[soldiers, others], Policy::Acled).best, Some(6));
    }

    #[test]
    fn ucdp_closes_the_range_of_at_least() {
        let toll = of(&[claim(0, AT_LEAST_NINE)], Policy::Ucdp);
        assert_eq!(
            (toll.low, toll.best, toll.high),
            (Some(9), Some(9), Some(9))
        );
        assert_eq!(toll.unknown, Some(9));
    }

    #[test]
    fn ucdp_puts_an_upper_bound_alone_in_high() {
        let up_to = Count {
            low: None,
            best: None,
            high: Some(30),
        };
        let toll = of(&[claim(0, up_to)], Policy::Ucdp);
        assert_eq!(
            (toll.low, toll.best, toll.high),
            (Some(0), Some(0), Some(30))
        );
    }

    #[test]
    fn ucdp_lets_a_party_raise_only_high() {
        let claims = [
            claim(0, Count::exact(8)),
            said(1, Some(SourceKind::Rebel), claim(1, Count::exact(50))),
        ];
        let toll = of(&claims, Policy::Ucdp);
        assert_eq!((toll.best, toll.high), (Some(8), Some(50)));
    }

    #[test]
    fn ucdp_has_deaths_by_side_that_add_up() {
        let soldiers = ClaimDraft {
            class: Some(ActorClass::Military),
            ..claim(0, Count::exact(4))
        };
        let toll = of(&[soldiers, claim(0, Count::exact(3))], Policy::Ucdp);
        assert_eq!(
            (toll.best, toll.side_b, toll.unknown),
            (Some(7), Some(4), Some(3))
        );
    }

    #[test]
    fn words_give_ucdp_and_the_cautious_no_number() {
        assert_eq!(of(&[vague(12)], Policy::Ucdp), Killed::default());
        assert_eq!(of(&[vague(12)], Policy::Cautious), Killed::default());
    }

    #[test]
    fn the_cautious_range_covers_every_voice() {
        let claims = [
            said(0, None, claim(0, Count::exact(9))),
            said(1, Some(SourceKind::Rebel), claim(1, Count::exact(40))),
        ];
        let toll = of(&claims, Policy::Cautious);
        assert_eq!(
            (toll.low, toll.best, toll.high),
            (Some(9), Some(9), Some(40))
        );
    }

    #[test]
    fn the_cautious_believe_no_party_alone() {
        let toll = of(
            &[said(0, Some(SourceKind::Rebel), claim(0, Count::exact(40)))],
            Policy::Cautious,
        );
        assert_eq!((toll.low, toll.best, toll.high), (Some(40), None, Some(40)));
    }
}
