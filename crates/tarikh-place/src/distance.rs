//! Distances in words: "40 km", "thirty miles", "a few kilometres".

use tarikh_syntax::Tok;

use crate::tokens::Tokens;

/// "a few kilometres", "several miles".
pub(crate) fn vague_distance_ending(tokens: &Tokens<'_>, t: Tok) -> Option<Tok> {
    unit_km(tokens.doc.lower(t))?;
    let before = tokens.before(t)?;
    let vague = matches!(
        tokens.doc.lower(before),
        "few" | "several" | "some" | "dozen" | "dozens" | "many"
    );
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
    if tokens.is(before, "nautical") {
        unit = 1.852;
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
    Some(match word {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => 1.0,
        "mile" | "miles" | "mi" => 1.609_344,
        "nm" | "nmi" => 1.852,
        "metre" | "metres" | "meter" | "meters" | "m" | "yards" => 0.001,
        _ => return None,
    })
}

fn number(word: &str) -> Option<f64> {
    let plain: String = word.chars().filter(|&c| c != ',').collect();
    if let Ok(n) = plain.parse::<f64>() {
        return (n.is_finite() && (0.0..20_000.0).contains(&n)).then_some(n);
    }
    Some(match word {
        "a" | "an" | "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "twelve" => 12.0,
        "fifteen" => 15.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "hundred" => 100.0,
        _ => return None,
    })
}
