//! "The village", "the same district": the place of that kind that was named before.
//!
//! Such words are mentions of their own, so that what happened "in the village" is placed where the
//! sentence before says, and not at the capital where somebody spoke of it.

use tarikh_syntax::{Tok, TokRange, Upos};

use crate::class::PlaceClass;
use crate::mention::{PlaceMention, PlaceRole};
use crate::relation::{self, Relation};
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// The rule that such a mention bears.
pub(crate) const RULE: &str = "named before";
/// Sentences after which a village has to be named again.
const REACH: u32 = 4;
/// The same where the words insist ("the same district").
const LONG_REACH: u32 = 12;

/// Adds the mentions in text order; the indices of containers follow.
pub(crate) fn add(tokens: &Tokens<'_>, mentions: &mut Vec<PlaceMention>) {
    let found: Vec<PlaceMention> = (0..tokens.len())
        .map(Tok)
        .filter_map(|t| read(tokens, t, mentions))
        .collect();
    for mention in found {
        let at = mentions.partition_point(|m| m.tokens.start < mention.tokens.start);
        for other in mentions.iter_mut() {
            for outer in &mut other.contained_in {
                *outer += usize::from(*outer >= at);
            }
        }
        mentions.insert(at, mention);
    }
}

fn read(tokens: &Tokens<'_>, noun: Tok, mentions: &[PlaceMention]) -> Option<PlaceMention> {
    let kind = tokens.kind(noun);
    let is_noun = tokens.shape(noun) == Shape::Lower && tokens.doc.upos(noun) == Upos::Noun;
    if !is_noun || !kind.any(Kind::REPEATED) {
        return None;
    }
    let (start, insists) = opening(tokens, noun)?;
    let taken = mentions.iter().any(|m| m.phrase.contains(noun));
    if taken || leads_on(tokens, noun) {
        return None;
    }
    let reach = if insists { LONG_REACH } else { REACH };
    let here = tokens.doc.sentence_of(noun).0;
    let before = mentions
        .iter()
        .rev()
        .skip_while(|m| m.tokens.end > noun)
        .take_while(|m| tokens.doc.sentence_of(m.tokens.start).0 + reach >= here)
        .find(|m| is_of_kind(m, kind))?;
    let mut place = before.place.clone()?;
    let range = TokRange::new(noun, Tok(noun.0 + 1));
    (place.relation, place.geometry) = (None, None);
    match relation::read(tokens, range).map(|found| found.relation) {
        None if before.rule == "near" || before.rule == "outskirts" => {
            (place.precision, place.radius_km) = (place.class.precision(), None);
        }
        None => {}
        Some(Relation::Near | Relation::Outskirts) if place.class.is_point() => {
            place.precision = place.precision.max(2);
        }
        Some(_) => return None,
    }
    Some(PlaceMention {
        tokens: range,
        phrase: TokRange::new(start, range.end),
        place: Some(place),
        entry: before.entry,
        role: PlaceRole::Location,
        contained_in: Vec::new(),
        candidates: before.candidates.clone(),
        rule: RULE,
    })
}

/// Where the phrase begins, and whether it insists that the place is the one named before.
fn opening(tokens: &Tokens<'_>, noun: Tok) -> Option<(Tok, bool)> {
    let before = tokens.before(noun)?;
    match tokens.doc.lower(before) {
        "the" | "this" | "that" => Some((before, false)),
        "same" => tokens
            .before(before)
            .filter(|&the| tokens.is(the, "the"))
            .map(|the| (the, true)),
        _ => None,
    }
}

/// "the village of X", "the town hall", "the district police": another place, or none.
fn leads_on(tokens: &Tokens<'_>, noun: Tok) -> bool {
    tokens.at(Tok(noun.0 + 1)).is_some_and(|next| {
        tokens.is(next, "of")
            || tokens.is(next, "-")
            || tokens.is(next, "called")
            || tokens.is(next, "named")
            || tokens.is_capital(next)
            || matches!(tokens.doc.upos(next), Upos::Noun | Upos::Propn | Upos::Adj)
    })
}

fn is_of_kind(mention: &PlaceMention, kind: Kind) -> bool {
    let Some(place) = &mention.place else {
        return false;
    };
    let whole = place.relation.is_none() || matches!(mention.rule, "near" | "outskirts");
    let fits = match place.class {
        PlaceClass::City => kind.any(Kind::SETTLEMENT) && place.precision <= 3,
        PlaceClass::Admin2 => kind.any(Kind::ADMIN2),
        PlaceClass::Admin1 => kind.any(Kind::ADMIN1),
        PlaceClass::Camp => kind.any(Kind::CAMP),
        _ => false,
    };
    mention.role == PlaceRole::Location && mention.rule != RULE && whole && fits
}
