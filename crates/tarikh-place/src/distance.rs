//! Distances in words: "40 km", "thirty miles", "a few kilometres".

use tarikh_syntax::Tok;

use crate::phrases::phrases;
use crate::tokens::Tokens;

/// Kilometres of a nautical mile.
const NAUTICAL_MILE: f64 = 1.852;

/// "a few kilometres", "several miles".
pub(crate) fn vague_distance_ending(tokens: &Tokens<'_>, t: Tok) -> Option<Tok> {
    unit_km(tokens.doc.lower(t))?;
    let before = tokens.before(t)?;
    let vague = phrases().vague_counts.contains(tokens.doc.lower(before));
    vague.then(|| {
        tokens
            .before(before)
            .filter(|&b| tokens.is(b, "a"))
            .unwrap_or(before)
    })
}

/// A distance that ends at `t` ("40 km", "30km", "twenty miles"): kilometres and first token.
pub(crate) fn distance_ending(tokens: &Tokens<'_>, t: Tok) -> Option<(f64, Tok)> {
    let word = tokens.doc.lower(t);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.len() < word.len() {
        return Some((number(digits)? * unit_km(&word[digits.len()..])?, t));
    }
    let mut unit = unit_km(word)?;
    let mut before = tokens.before(t)?;
    if phrases().nautical.contains(tokens.doc.lower(before)) {
        unit = NAUTICAL_MILE;
        before = tokens.before(before)?;
    }
    if tokens.is(before, "-") {
        before = tokens.before(before)?;
    }
    let value = number(tokens.doc.lower(before))?;
    // "20 to 30 km", "20-30 km": the mean.
    if let Some(dash) = tokens
        .before(before)
        .filter(|&d| matches!(tokens.doc.lower(d), "-" | "to"))
        && let Some(first) = tokens.before(dash)
        && let Some(low) = number(tokens.doc.lower(first))
    {
        return Some(((low + value) / 2.0 * unit, first));
    }
    Some((value * unit, before))
}

fn unit_km(word: &str) -> Option<f64> {
    phrases().lengths.get(word).copied()
}

fn number(word: &str) -> Option<f64> {
    let plain: String = word.chars().filter(|&c| c != ',').collect();
    if let Ok(n) = plain.parse::<f64>() {
        return (n.is_finite() && (0.0..20_000.0).contains(&n)).then_some(n);
    }
    phrases().counts.get(word).copied()
}
