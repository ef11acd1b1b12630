//! Logistic regression on signs that hold or do not, each weight drawn to what is believed of it
//! beforehand, by Newton's method: few weights on few cases.

use std::collections::BTreeMap;

use crate::confidence::solve;

/// Newton's method is done long before.
const MAX_STEPS: usize = 100;

/// Cases that look alike.
pub(crate) struct Cases {
    /// Indices of the signs that hold.
    pub(crate) signs: Vec<usize>,
    pub(crate) is_yes: bool,
    /// How many there are, or how much they count.
    pub(crate) weight: f64,
}

/// What is believed of a weight beforehand, and how firmly, in observations.
#[derive(Clone, Copy)]
pub(crate) struct Belief {
    pub(crate) weight: f64,
    pub(crate) firmness: f64,
}

/// The most likely weights given beliefs and cases.
pub(crate) fn fit(cases: &[Cases], beliefs: &[Belief]) -> Vec<f64> {
    let mut weights: Vec<f64> = beliefs.iter().map(|belief| belief.weight).collect();
    for _ in 0..MAX_STEPS {
        let step = step(cases, beliefs, &weights);
        let longest = step.iter().fold(0.0_f64, |longest, s| longest.max(s.abs()));
        let before = loss(cases, beliefs, &weights);
        let mut part = 1.0;
        let mut next = moved(&weights, &step, part);
        // Far from the optimum a whole step may lead past it.
        while before < loss(cases, beliefs, &next) && 1e-6 < part {
            part /= 2.0;
            next = moved(&weights, &step, part);
        }
        weights = next;
        if longest < 1e-9 {
            break;
        }
    }
    weights
}

fn moved(weights: &[f64], step: &[f64], part: f64) -> Vec<f64> {
    let both = weights.iter().zip(step);
    both.map(|(weight, step)| weight - part * step).collect()
}

fn score(case: &Cases, weights: &[f64]) -> f64 {
    case.signs.iter().map(|&i| weights[i]).sum()
}

/// Negative log likelihood with the cost of leaving the beliefs.
fn loss(cases: &[Cases], beliefs: &[Belief], weights: &[f64]) -> f64 {
    let of_cases: f64 = cases.iter().map(|case| case_loss(case, weights)).sum();
    let pairs = beliefs.iter().zip(weights);
    let of_beliefs: f64 = pairs
        .map(|(belief, weight)| belief.firmness / 2.0 * (weight - belief.weight).powi(2))
        .sum();
    of_cases + of_beliefs
}

/// Negative log likelihood of cases that look alike.
pub(crate) fn case_loss(case: &Cases, weights: &[f64]) -> f64 {
    let score = score(case, weights);
    let signed = if case.is_yes { -score } else { score };
    // ln(1 + e^x) without overflow.
    case.weight * (signed.max(0.0) + (-signed.abs()).exp().ln_1p())
}

fn step(cases: &[Cases], beliefs: &[Belief], weights: &[f64]) -> Vec<f64> {
    let n = weights.len();
    let mut gradient = vec![0.0; n];
    let mut curvature = vec![vec![0.0; n]; n];
    for (i, belief) in beliefs.iter().enumerate() {
        gradient[i] = belief.firmness * (weights[i] - belief.weight);
        curvature[i][i] = belief.firmness;
    }
    for case in cases {
        let p = 1.0 / (1.0 + (-score(case, weights)).exp());
        for &i in &case.signs {
            gradient[i] += case.weight * (p - f64::from(u8::from(case.is_yes)));
            for &j in &case.signs {
                curvature[i][j] += case.weight * p * (1.0 - p);
            }
        }
    }
    solve(curvature, gradient)
}

/// Puts cases that look alike together.
pub(crate) fn gather(cases: impl Iterator<Item = Cases>) -> Vec<Cases> {
    let mut alike: BTreeMap<(Vec<usize>, bool), f64> = BTreeMap::new();
    for case in cases {
        *alike.entry((case.signs, case.is_yes)).or_default() += case.weight;
    }
    let cases = alike.into_iter().map(|((signs, is_yes), weight)| Cases {
        signs,
        is_yes,
        weight,
    });
    cases.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases(n: u32, n_yes: u32, signs: &[usize]) -> Vec<Cases> {
        let of = |is_yes, n: u32| Cases {
            signs: signs.to_vec(),
            is_yes,
            weight: f64::from(n),
        };
        vec![of(true, n_yes), of(false, n - n_yes)]
    }

    #[test]
    fn without_cases_beliefs_stand_and_many_cases_overrule_them() {
        let beliefs =
            [(-2.0, 0.1), (1.0, 4.0)].map(|(weight, firmness)| Belief { weight, firmness });
        assert_eq!(fit(&[], &beliefs), [-2.0, 1.0]);
        let mut many = cases(1000, 100, &[0]);
        many.extend(cases(1000, 50, &[0, 1]));
        let weights = fit(&many, &beliefs);
        assert!(weights[1] < -0.5, "{weights:?}");
    }

    #[test]
    fn the_share_of_cases_is_learned() {
        let free = Belief {
            weight: 0.0,
            firmness: 1e-6,
        };
        let weights = fit(&cases(100, 80, &[0]), &[free]);
        assert!((weights[0] - 4.0_f64.ln()).abs() < 1e-3);
    }
}
