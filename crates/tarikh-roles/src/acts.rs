//! Which kinds of incident a report tells of, judged by its words and by its parties together.

use crate::labels::{ACTS, Role};

/// A chosen party, as far as the question of acts needs it.
#[derive(Clone, Copy, Debug)]
pub struct Taker<'a> {
    /// Index of its role in [`Role::ALL`].
    pub role: usize,
    /// Log-odds above the threshold of its role.
    pub score: f32,
    /// Log-odds that it takes part in each of [`ACTS`].
    pub acts: &'a [f32],
}

impl Taker<'_> {
    /// The act that it most likely takes part in.
    #[must_use]
    pub fn likeliest(&self) -> usize {
        let rises = |best: usize, act: usize| self.acts[act] > self.acts[best];
        (1..self.acts.len()).fold(0, |best, act| if rises(best, act) { act } else { best })
    }
}

/// What the trees see of one act: `report` has the log-odds of the whole report, that of an
/// incident first, then of each act.
#[must_use]
pub fn numbers(act: usize, report: &[f32], takers: &[Taker<'_>]) -> Vec<f32> {
    let others = || (0..ACTS.len()).filter(|&other| other != act);
    let of_report = |act: usize| report.get(1 + act).copied().unwrap_or(-9.0);
    let best_taker = |act: usize| takers.iter().map(|t| t.acts[act]).fold(-9.0, f32::max);
    let total: f32 = takers.iter().map(|taker| share(taker, act)).sum();
    let own = takers.iter().filter(|t| t.likeliest() == act);
    let mut numbers = vec![
        act as f32,
        report.first().copied().unwrap_or(0.0),
        of_report(act),
        others().map(of_report).fold(-9.0, f32::max),
        best_taker(act),
        others().map(best_taker).fold(-9.0, f32::max),
        takers.len() as f32,
        own.clone().count() as f32,
        total,
        total / (takers.len() as f32).max(1.0),
        takers.iter().map(|t| t.score).fold(-9.0, f32::max),
        own.clone().map(|t| t.score).fold(-9.0, f32::max),
        takers.iter().map(|t| t.score).sum(),
    ];
    for role in 0..Role::ALL.len() {
        let all = takers.iter().filter(|t| t.role == role);
        numbers.push(all.clone().count() as f32);
        numbers.push(all.map(|t| share(t, act)).sum());
    }
    numbers
}

/// The share of an act in what a party may take part in.
fn share(taker: &Taker<'_>, act: usize) -> f32 {
    let weight = |log_odds: f32| log_odds.clamp(-20.0, 20.0).exp();
    let all: f32 = taker.acts.iter().map(|a| weight(*a)).sum();
    weight(taker.acts[act]) / all.max(f32::MIN_POSITIVE)
}
