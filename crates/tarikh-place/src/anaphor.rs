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
    let mut taken = vec![false; tokens.len() as usize];
    for t in mentions.iter().flat_map(|m| m.phrase.iter()) {
        taken[t.idx()] = true;
    }
    let found: Vec<PlaceMention> = (0..tokens.len())
        .map(Tok)
        .filter(|t| !taken[t.idx()])
        .filter_map(|t| read(tokens, t, mentions))
        .collect();
    if !found.is_empty() {
        *mentions = merge(std::mem::take(mentions), found);
    }
}

/// Both lists as one in text order.
fn merge(mentions: Vec<PlaceMention>, found: Vec<PlaceMention>) -> Vec<PlaceMention> {
    // How many stand before each of the mentions from now on.
    let mut before = Vec::with_capacity(mentions.len());
    for m in &mentions {
        before.push(found.partition_point(|f| f.tokens.start <= m.tokens.start));
    }
    let mut merged = Vec::with_capacity(mentions.len() + found.len());
    let mut found = found.into_iter().peekable();
    for mut mention in mentions {
        for outer in &mut mention.contained_in {
            *outer += before[*outer];
        }
        while let Some(f) = found.next_if(|f| f.tokens.start <= mention.tokens.start) {
            merged.push(f);
        }
        merged.push(mention);
    }
    merged.extend(found);
    merged
}

fn read(tokens: &Tokens<'_>, noun: Tok, mentions: &[PlaceMention]) -> Option<PlaceMention> {
    let kind = tokens.kind(noun);
    let is_noun = tokens.shape(noun) == Shape::Lower && tokens.doc.upos(noun) == Upos::Noun;
    if !is_noun || !kind.any(Kind::REPEATED) {
        return None;
    }
    let (start, insists) = opening(tokens, noun)?;
    if leads_on(tokens, noun) {
        return None;
    }
    let reach = if insists { LONG_REACH } else { REACH };
    let here = tokens.doc.sentence_of(noun).0;
    let earlier = mentions.partition_point(|m| m.tokens.end <= noun);
    let near = || {
        let back = mentions[..earlier].iter().rev();
        back.take_while(|m| tokens.doc.sentence_of(m.tokens.start).0 + reach >= here)
            .filter(|m| is_of_kind(m, kind))
    };
    let before = near()
        .find(|m| !is_called_otherwise(tokens, m, noun) && !is_only_headed_for(tokens, m))
        .or_else(|| near().next())?;
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

/// "the city of Elsk", for "the town": a place that the report calls by another noun.
fn is_called_otherwise(tokens: &Tokens<'_>, mention: &PlaceMention, noun: Tok) -> bool {
    let called = (mention.phrase.start.0..mention.tokens.start.0).map(Tok);
    let mut nouns = called.filter(|&t| tokens.kind(t).any(Kind::SETTLEMENT));
    nouns.any(|t| tokens.doc.lemma(t) != tokens.doc.lemma(noun))
}

/// "Drove off towards Elsk": nothing was there yet.
fn is_only_headed_for(tokens: &Tokens<'_>, mention: &PlaceMention) -> bool {
    let before = tokens.before(mention.phrase.start);
    before.is_some_and(|b| matches!(tokens.doc.lower(b), "towards" | "toward"))
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
