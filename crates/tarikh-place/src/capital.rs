//! "The capital", "the Somali capital", "Somalia's capital": the town that the words mean.

use tarikh_syntax::{Tok, TokRange};

use crate::class::PlaceClass;
use crate::evidence::first_evidence;
use crate::gazetteer::{Gazetteer, Posting};
use crate::mention::{Hints, PlaceRole};
use crate::pack::NameKind;
use crate::spot::{Spot, Spots};
use crate::tokens::{Shape, Tokens};

/// Adds a spot for each capital that stands without its name.
pub(crate) fn add(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &mut Spots,
    hints: &Hints<'_>,
) {
    for t in (0..tokens.len()).map(Tok) {
        if !tokens.is(t, "capital") || tokens.shape(t) != Shape::Lower {
            continue;
        }
        let end = match tokens.at(Tok(t.0 + 1)) {
            Some(city) if tokens.is(city, "city") => Tok(t.0 + 2),
            _ => Tok(t.0 + 1),
        };
        let told = land_behind(gazetteer, tokens, spots, end);
        if told.is_none() && is_named(tokens, spots, end) {
            continue;
        }
        let Some(country) = told.or_else(|| country_of(gazetteer, tokens, spots, t, hints)) else {
            continue;
        };
        let Some(id) = gazetteer.capital(&country) else {
            continue;
        };
        let first = spots.pool.len() as u32;
        spots.pool.push(Posting {
            id,
            kind: NameKind::Primary,
        });
        let at = spots.list.partition_point(|s| s.tokens.start < t);
        spots.list.insert(
            at,
            Spot {
                tokens: TokRange::new(t, end),
                postings: first..first + 1,
                role: PlaceRole::Location,
            },
        );
    }
}

/// "the capital Bamako", "the capital, Bamako,", "the capital of Mali", "capital punishment".
fn is_named(tokens: &Tokens<'_>, spots: &Spots, end: Tok) -> bool {
    let Some(mut next) = tokens.at(end) else {
        return false;
    };
    if tokens.is(next, ",") {
        match tokens.at(Tok(next.0 + 1)) {
            Some(after) => next = after,
            None => return false,
        }
        return spots.list.iter().any(|s| s.tokens.start == next) || tokens.is_capital(next);
    }
    tokens.is(next, "of")
        || tokens.is_capital(next)
        || matches!(
            tokens.doc.upos(next),
            tarikh_syntax::Upos::Noun | tarikh_syntax::Upos::Propn
        )
}

/// "The capital of Corva", where that is a country.
fn land_behind(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
    end: Tok,
) -> Option<String> {
    let of = tokens.at(end).filter(|&t| tokens.is(t, "of"))?;
    let spot = spots.list.iter().find(|s| s.tokens.start.0 == of.0 + 1)?;
    let entry = gazetteer.entry(spots.postings(spot).first()?.id);
    (entry.class == PlaceClass::Country).then(|| entry.country.to_owned())
}

/// The country that stands before the word, else the one that the report is about. "The provincial
/// capital" is another town.
fn country_of(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    spots: &Spots,
    t: Tok,
    hints: &Hints<'_>,
) -> Option<String> {
    let before = tokens.before(t)?;
    let owner = match tokens.doc.lower(before) {
        "the" => return leading(gazetteer, spots, hints, t),
        "'s" | "'" => tokens.before(before)?,
        _ => before,
    };
    let spot = spots.list.iter().find(|s| s.tokens.contains(owner))?;
    let id = spots.postings(spot).first()?.id;
    matches!(
        gazetteer.class(id),
        PlaceClass::Country | PlaceClass::Demonym
    )
    .then(|| gazetteer.entry(id).country.to_owned())
}

/// The country with the largest share of the names before the word and of the whole report.
fn leading(gazetteer: &Gazetteer, spots: &Spots, hints: &Hints<'_>, _t: Tok) -> Option<String> {
    let (country, share) = first_evidence(gazetteer, spots, hints).leading()?;
    (share > 0.3).then_some(country)
}
