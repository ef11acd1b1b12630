//! The toll ledger: who said how many, when, and what that replaces.

use std::fmt;
use std::str::FromStr;

use tarikh_record::{Killed, LedgerEntry, Measure, Member, Range};

/// How one figure is made of many claims.
///
/// All three set aside what a later report goes beyond: an outlet's own earlier word, and a lower
/// bound ("at least nine") that a higher later figure agrees with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// As UCDP GED: `best` is the latest figure (the lower of one day's), `low` and `high` the extremes of what still stands.
    #[default]
    Ucdp,
    /// As ACLED: `best` is the lowest figure that still stands, so that a dispute counts low.
    Acled,
    /// `low` and `high` span every figure ever given; `best` as ACLED.
    Cautious,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ucdp, Self::Acled, Self::Cautious];

    /// The name as typed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
            Self::Cautious => "cautious",
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Policy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|policy| policy.as_str() == name);
        found.ok_or_else(|| format!("expected ucdp, acled or cautious, found \"{name}\""))
    }
}

/// Lays the numbers of an incident's members side by side, in the order of publication: each
/// report's total first, then its single claims. Undated reports come last.
#[must_use]
pub fn ledger(members: &[Member]) -> Vec<LedgerEntry> {
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_by_key(|member| {
        let published = member.report.published.as_deref();
        (published.is_none(), published, member.mention.as_str())
    });
    let mut entries: Vec<LedgerEntry> = sorted.into_iter().flat_map(entries_of).collect();
    for i in 0..entries.len() {
        let replaced = (0..i).rev().find(|j| replaces(&entries[i], &entries[*j]));
        entries[i].replaces = replaced.map(|j| j as u32);
    }
    entries
}

fn entries_of(member: &Member) -> Vec<LedgerEntry> {
    let incident = &member.incident;
    let blank = LedgerEntry {
        measure: Measure::Killed,
        who: None,
        low: None,
        best: None,
        high: None,
        source: None,
        is_total: true,
        mention: member.mention.clone(),
        report: member.report.key.clone(),
        outlet: member.report.outlet.clone(),
        published: member.report.published.clone(),
        quote: None,
        replaces: None,
    };
    let killed = incident.killed;
    let injured = incident.injured;
    let totals = [
        (Measure::Killed, killed.low, killed.best, killed.high),
        (Measure::Injured, injured.low, None, injured.high),
        (Measure::Abducted, None, incident.abducted, None),
        (Measure::Arrested, None, incident.arrested, None),
        (Measure::Released, None, incident.released, None),
    ];
    let totals = totals
        .into_iter()
        .filter(|(_, low, best, high)| low.or(*best).or(*high).is_some())
        .map(|(measure, low, best, high)| LedgerEntry {
            measure,
            low,
            best,
            high,
            ..blank.clone()
        });
    let claims = incident.claims.iter().map(|claim| LedgerEntry {
        measure: claim.measure,
        who: claim.who.clone(),
        low: claim.low,
        best: claim.best,
        high: claim.high,
        source: claim.source.clone(),
        is_total: false,
        quote: Some(claim.quote.clone()),
        ..blank.clone()
    });
    totals.chain(claims).collect()
}

/// Whether a later entry takes the place of an earlier one.
fn replaces(later: &LedgerEntry, earlier: &LedgerEntry) -> bool {
    let alike = later.measure == earlier.measure
        && later.is_total == earlier.is_total
        && later.report != earlier.report
        && earlier.published.is_some()
        && earlier.published < later.published;
    if !alike {
        return false;
    }
    if !later.is_total {
        let same_voice = match (&later.source, &earlier.source) {
            (Some(p), Some(q)) => p == q,
            (None, None) => later.outlet.is_some() && later.outlet == earlier.outlet,
            _ => false,
        };
        return same_voice && later.who == earlier.who;
    }
    let same_outlet = later.outlet.is_some() && later.outlet == earlier.outlet;
    let was_bound = earlier.high.is_none();
    let beyond = match (later.best.or(later.low), earlier.low.or(earlier.best)) {
        (Some(new), Some(old)) => old <= new,
        _ => false,
    };
    same_outlet || (was_bound && beyond)
}

/// The tolls of an incident by a policy, from its ledger. Deaths by side are not its business.
#[must_use]
pub fn tolls(ledger: &[LedgerEntry], policy: Policy) -> (Killed, Range) {
    let killed = Figures::new(ledger, Measure::Killed, policy);
    let injured = Figures::new(ledger, Measure::Injured, policy);
    let toll = Killed {
        best: killed.best,
        low: killed.low,
        high: killed.high,
        ..Killed::default()
    };
    let range = Range {
        low: injured.low,
        high: injured.high,
    };
    (toll, range)
}

/// The figure of one measure by a policy, for those that the record gives as one number.
pub(crate) fn best(ledger: &[LedgerEntry], measure: Measure, policy: Policy) -> Option<u32> {
    Figures::new(ledger, measure, policy).best
}

/// Low, best and high of one measure.
struct Figures {
    low: Option<u32>,
    best: Option<u32>,
    high: Option<u32>,
}

impl Figures {
    fn new(ledger: &[LedgerEntry], measure: Measure, policy: Policy) -> Self {
        let totals: Vec<(usize, &LedgerEntry)> = ledger
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.is_total && entry.measure == measure)
            .collect();
        let stands = |i: usize| !ledger.iter().any(|e| e.replaces == Some(i as u32));
        let standing = || totals.iter().filter(|(i, _)| stands(*i)).map(|(_, e)| *e);
        let spanned: Vec<&LedgerEntry> = match policy {
            Policy::Cautious => totals.iter().map(|(_, entry)| *entry).collect(),
            Policy::Ucdp | Policy::Acled => standing().collect(),
        };
        let least = |entry: &LedgerEntry| entry.low.or(entry.best).or(entry.high);
        let most = |entry: &LedgerEntry| entry.high.or(entry.best).or(entry.low);
        let low = spanned.iter().filter_map(|entry| least(entry)).min();
        let top = spanned.iter().filter_map(|entry| most(entry)).max();
        let best = match policy {
            Policy::Ucdp => {
                let last = standing()
                    .filter_map(|entry| entry.published.as_deref())
                    .max();
                // Of one day's figures the lower; undated reports only where no other is.
                let on_last = standing().filter(|entry| entry.published.as_deref() == last);
                on_last.filter_map(|entry| entry.best).min()
            }
            Policy::Acled | Policy::Cautious => standing().filter_map(|entry| entry.best).min(),
        };
        // A lower bound that nothing closes leaves the top open.
        let open = spanned
            .iter()
            .any(|entry| entry.high.is_none() && most(entry) == top);
        let high = if open { None } else { top };
        Self { low, best, high }
    }
}
