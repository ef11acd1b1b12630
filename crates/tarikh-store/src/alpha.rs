//! Krippendorff's alpha: how far coders agree beyond chance.
//!
//! K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011),
//! <https://repository.upenn.edu/asc_papers/43>. The tests are that paper's worked examples.

/// Alpha of what coders said of units: 1 for full agreement, 0 for what chance would give, below it
/// for less. Each unit holds the values of those who coded it; one with fewer than two says
/// nothing. `None` if there is no unit to compare, or no variation in all of them.
///
/// `distance` is the difference between two values, 0 for equal ones; it is squared here.
#[must_use]
pub fn alpha<T>(units: &[Vec<T>], distance: impl Fn(&T, &T) -> f64) -> Option<f64> {
    let paired: Vec<&Vec<T>> = units.iter().filter(|unit| 1 < unit.len()).collect();
    let values: Vec<&T> = paired.iter().flat_map(|unit| unit.iter()).collect();
    let n = values.len() as f64;
    let squared = |a: &T, b: &T| distance(a, b).powi(2);
    let mut observed = 0.0;
    for unit in &paired {
        let sum: f64 = pairs(unit).map(|(a, b)| squared(a, b)).sum();
        observed += 2.0 * sum / (unit.len() as f64 - 1.0);
    }
    let sum: f64 = pairs(&values).map(|(a, b)| squared(a, b)).sum();
    let expected = 2.0 * sum / (n - 1.0);
    (0.0 < expected).then(|| 1.0 - observed / expected)
}

fn pairs<T>(values: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let firsts = values.iter().enumerate();
    firsts.flat_map(|(i, a)| values[i + 1..].iter().map(move |b| (a, b)))
}

/// Distance of values that are only the same or not.
#[must_use]
pub fn nominal<T: PartialEq>(a: &T, b: &T) -> f64 {
    if a == b { 0.0 } else { 1.0 }
}

/// Distance of numbers whose differences count.
#[must_use]
pub fn interval(a: &f64, b: &f64) -> f64 {
    a - b
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turns coders' rows into units; a full stop stands for a missing value.
    fn units(coders: &[&str]) -> Vec<Vec<char>> {
        let rows: Vec<Vec<char>> = coders
            .iter()
            .map(|row| row.chars().filter(|c| *c != ' ').collect())
            .collect();
        let unit = |i| {
            rows.iter()
                .map(move |row: &Vec<char>| row[i])
                .filter(|c| *c != '.')
        };
        (0..rows[0].len()).map(|i| unit(i).collect()).collect()
    }

    fn check(found: Option<f64>, expected: f64) {
        let found = found.expect("the values vary");
        assert!(
            (found - expected).abs() < 0.0005,
            "expected {expected}, found {found}"
        );
    }

    #[test]
    fn two_coders_and_two_values() {
        // Section A: ten articles, alpha 0.095.
        let coded = units(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]);
        check(alpha(&coded, nominal), 0.095);
    }

    #[test]
    fn two_coders_and_five_values() {
        // Section B: twelve articles, alpha 0.692.
        let coded = units(&["a a b b d c c c e d d a", "b a b b b c c c e d d d"]);
        check(alpha(&coded, nominal), 0.692);
    }

    #[test]
    fn four_coders_with_missing_values() {
        // Sections C and D: nominal 0.743, interval 0.849.
        let coded = units(&[
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ]);
        check(alpha(&coded, nominal), 0.743);
        let number = |c: &char| f64::from(*c as u32 - u32::from('0'));
        let numbers: Vec<Vec<f64>> = coded
            .iter()
            .map(|unit| unit.iter().map(number).collect())
            .collect();
        check(alpha(&numbers, interval), 0.849);
    }

    #[test]
    fn without_variation_or_pairs_there_is_no_alpha() {
        assert_eq!(alpha(&units(&["1 1 1", "1 1 1"]), nominal), None);
        assert_eq!(alpha(&units(&["1 2 .", ". . 3"]), nominal), None);
        assert_eq!(alpha::<char>(&[], nominal), None);
    }
}
