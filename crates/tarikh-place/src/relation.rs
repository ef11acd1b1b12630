//! Relations between the happening and the named place: "10 km from", "near", "between A and B",
//! "northern", "the border with", "off the coast of".

use tarikh_syntax::{Tok, TokRange};

use crate::contain::phrase_start;
use crate::distance::{distance_ending, vague_distance_ending};
use crate::phrases::{Phrase, phrases};
use crate::tokens::{Shape, Tokens};
use crate::words::Kind;

/// How the words place something by a name.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Relation {
    /// So far from it, in a direction (degrees from north) where one is named.
    Offset { km: f64, bearing: Option<f64> },
    /// Near, outside, around it; "north of" without a distance has a bearing.
    Near,
    /// On its edge.
    Outskirts,
    /// Part of it: "northern".
    Part,
    /// Its border, or that with the next name.
    Border,
    /// The water off it.
    Coast,
    /// Between it and the name after.
    Between,
    /// On the road from it to the name after.
    Road,
    /// Among it and the two names after.
    Triangle,
}

/// A relation and where its words are.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Found {
    pub(crate) relation: Relation,
    /// From the first word of the relation to the last word of the name.
    pub(crate) tokens: TokRange,
    pub(crate) rule: &'static str,
}

/// Reads the relation that the words around a name state.
pub(crate) fn read(tokens: &Tokens<'_>, name: TokRange) -> Option<Found> {
    let edge = phrase_start(tokens, name.start);
    offset(tokens, edge, name)
        .or_else(|| coast_after(tokens, edge, name))
        .or_else(|| road(tokens, edge, name))
        .or_else(|| road_of_two(tokens, edge, name))
        .or_else(|| border_after(tokens, edge, name))
        .or_else(|| listed(tokens, edge, name))
        .or_else(|| part(tokens, name))
}

fn found(relation: Relation, start: Tok, end: Tok, rule: &'static str) -> Option<Found> {
    Some(Found {
        relation,
        tokens: TokRange::new(start, end),
        rule,
    })
}

fn listed(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    if edge.0 == 0 {
        return None;
    }
    let lists = phrases();
    let longest = |list: &[Phrase]| {
        list.iter()
            .filter_map(|p| tokens.phrase_before(edge, p))
            .min()
    };
    if let Some(start) = longest(&lists.outskirts) {
        return found(Relation::Outskirts, start, name.end, "outskirts");
    }
    if let Some(start) = longest(&lists.near) {
        return found(Relation::Near, start, name.end, "near");
    }
    if let Some(start) = longest(&lists.border) {
        return found(
            Relation::Border,
            back_to_border(tokens, start),
            name.end,
            "border",
        );
    }
    if let Some(start) = longest(&lists.coast) {
        return found(Relation::Coast, start, name.end, "coast");
    }
    // "The tri-border region of A, B and C": the noun is of the relation and not of the name.
    let corners = || {
        let at = tokens.before(name.start).filter(|&b| tokens.is(b, "the"));
        let name = at.unwrap_or(name.start);
        lists
            .triangle
            .iter()
            .filter_map(|p| tokens.phrase_before(name, p))
            .min()
    };
    if let Some(start) = longest(&lists.triangle).or_else(corners) {
        let start = tokens
            .before(start)
            .filter(|&b| tokens.is(b, "the"))
            .unwrap_or(start);
        return found(Relation::Triangle, start, name.end, "triangle");
    }
    let between = tokens.phrase_before(edge, &["between"])?;
    found(Relation::Between, between, name.end, "between")
}

/// "on the road from A [to B]", "the highway between A [and B]".
fn road(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    if !names_road_before(tokens, edge) {
        return None;
    }
    let mut start = tokens.before(edge)?;
    for _ in 0..4 {
        if is_road(tokens.doc.lower(start)) {
            break;
        }
        start = tokens.before(start)?;
    }
    while let Some(b) = tokens.before(start)
        && matches!(tokens.doc.lower(b), "the" | "a" | "main" | "on" | "along")
    {
        start = b;
    }
    found(Relation::Road, start, name.end, "road")
}

/// "the [A]-B road", "the [A] to B highway".
fn road_of_two(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    let link = tokens.at(name.end).filter(|&t| joins_ends(tokens, t))?;
    let second = tokens
        .at(Tok(link.0 + 1))
        .filter(|&t| tokens.is_capital(t))?;
    let road = road_noun_after(tokens, second)?;
    let start = tokens
        .before(edge)
        .filter(|&b| tokens.is(b, "the"))
        .unwrap_or(edge);
    found(Relation::Road, start, Tok(road.0 + 1), "road")
}

/// Whether a name that ends here is the first of the two that name a road.
pub(crate) fn opens_road(tokens: &Tokens<'_>, end: Tok) -> bool {
    let link = tokens.at(end).filter(|&t| joins_ends(tokens, t));
    let second = link.and_then(|link| tokens.at(Tok(link.0 + 1)));
    second.is_some_and(|t| tokens.is_capital(t) && road_noun_after(tokens, t).is_some())
}

fn joins_ends(tokens: &Tokens<'_>, t: Tok) -> bool {
    matches!(tokens.doc.lower(t), "-" | "\u{2013}" | "to" | "/")
}

/// "off the Somali [coast]", "off Somalia['s coast]".
fn coast_after(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    let off = tokens.before(edge).filter(|&b| tokens.is(b, "off"))?;
    let mut at = tokens.at(name.end)?;
    if tokens.is(at, "'s") {
        at = tokens.at(Tok(at.0 + 1))?;
    }
    tokens.is(at, "coast").then_some(())?;
    found(Relation::Coast, off, Tok(at.0 + 1), "coast")
}

/// "near the Syrian [border]", "the Mali-Niger [border]", "the border between A and B".
fn border_after(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    let next = tokens.at(name.end)?;
    let border = |t: Tok| phrases().borders.contains(tokens.doc.lower(t));
    let second = tokens.at(Tok(next.0 + 2));
    let at = if border(next) {
        next
    } else if tokens.is(next, "-") && second.is_some_and(border) {
        second?
    } else {
        return None;
    };
    // "the border town", "a border crossing" are spots by the border, told by their own names; "the
    // Elskan-Corvan border region" is all along it.
    if at == next
        && tokens
            .at(Tok(at.0 + 1))
            .is_some_and(|a| tokens.kind(a).any(Kind::UNIT))
    {
        return None;
    }
    found(
        Relation::Border,
        back_to_border(tokens, edge),
        Tok(at.0 + 1),
        "border",
    )
}

/// Takes the preposition before a border in: "on the", "near the", "along the".
fn back_to_border(tokens: &Tokens<'_>, start: Tok) -> Tok {
    let mut start = start;
    for _ in 0..3 {
        match tokens.before(start) {
            Some(b)
                if matches!(
                    tokens.doc.lower(b),
                    "the" | "on" | "near" | "along" | "at" | "to" | "close" | "its"
                ) =>
            {
                start = b;
            }
            _ => break,
        }
    }
    start
}

/// "north-eastern Syria", "central Mali", "the north of Mali", "Mali's north".
fn part(tokens: &Tokens<'_>, name: TokRange) -> Option<Found> {
    if let Some(b) = tokens.before(name.start) {
        if tokens.kind(b).any(Kind::DIRECTION) && !tokens.is(b, "greater") {
            let mut start = b;
            while let Some(p) = tokens.before(start)
                && (tokens.is(p, "-") || tokens.kind(p).any(Kind::DIRECTION))
            {
                start = p;
            }
            return found(Relation::Part, start, name.end, "part");
        }
        if tokens.is(b, "of")
            && let Some(d) = tokens
                .before(b)
                .filter(|&d| tokens.kind(d).any(Kind::DIRECTION))
            && tokens.before(d).is_some_and(|t| tokens.is(t, "the"))
        {
            return found(Relation::Part, Tok(d.0 - 1), name.end, "part");
        }
    }
    let s = tokens.at(name.end).filter(|&t| tokens.is(t, "'s"))?;
    let mut d = tokens.at(Tok(s.0 + 1))?;
    if tokens.is(d, "far") {
        d = tokens.at(Tok(d.0 + 1))?;
    }
    let middle = matches!(tokens.doc.lower(d), "centre" | "center");
    let bare = middle || phrases().compass.contains_key(tokens.doc.lower(d));
    let ends = tokens
        .at(Tok(d.0 + 1))
        .is_none_or(|n| tokens.shape(n) != Shape::Capital);
    (bare && ends).then_some(())?;
    found(Relation::Part, name.start, Tok(d.0 + 1), "part")
}

/// "[about] 40 km [(25 miles)] [north] of", "10 kilometers from", "30 miles outside".
fn offset(tokens: &Tokens<'_>, edge: Tok, name: TokRange) -> Option<Found> {
    let link = tokens.before(edge)?;
    if !matches!(
        tokens.doc.lower(link),
        "of" | "from" | "outside" | "off" | "away"
    ) {
        return None;
    }
    let mut at = tokens.before(link)?;
    if matches!(tokens.doc.lower(at), "away" | "just" | "outside") {
        at = tokens.before(at)?;
    }
    let mut bearing = None;
    let mut direction_start = None;
    if let Some((degrees, start)) = direction_ending(tokens, at) {
        bearing = Some(degrees);
        direction_start = Some(start);
        match tokens.before(start) {
            Some(b) => at = b,
            None => return found(Relation::Near, start, name.end, "direction"),
        }
        while matches!(tokens.doc.lower(at), "the" | "to" | "just" | "further") {
            at = tokens.before(at)?;
        }
    }
    // A second measure in brackets.
    if tokens.is(at, ")") {
        let open = (at.0.saturating_sub(6)..at.0)
            .rev()
            .map(Tok)
            .find(|&t| tokens.is(t, "("))?;
        at = tokens.before(open)?;
    }
    let at_sea = tokens.is(link, "off");
    if let Some((km, start)) = distance_ending(tokens, at) {
        let mut start = start;
        // Only ships are so many nautical miles away.
        let nautical = |t: u32| {
            let word = tokens.doc.lower(Tok(t));
            word == "nautical" || word.ends_with("nm") || word.ends_with("nmi")
        };
        let by_sea = (start.0..=at.0).any(nautical);
        if at_sea || by_sea {
            return found(Relation::Coast, start, name.end, "coast");
        }
        if let Some(b) = tokens.before(start)
            && phrases().about.contains(tokens.doc.lower(b))
        {
            start = b;
        }
        return found(Relation::Offset { km, bearing }, start, name.end, "offset");
    }
    if let Some(start) = vague_distance_ending(tokens, at) {
        return found(Relation::Near, start, name.end, "near");
    }
    let start = direction_start?;
    // "in the west of Kabul" is in it, "west of Kabul" is outside.
    let relation = match tokens.before(start) {
        Some(b) if tokens.is(b, "the") => Relation::Part,
        _ => Relation::Near,
    };
    found(relation, start, name.end, "direction")
}

/// A compass word that ends at `t` ("north", "north-east", "southwest"): degrees and first token.
fn direction_ending(tokens: &Tokens<'_>, t: Tok) -> Option<(f64, Tok)> {
    let single = |t: Tok| phrases().compass.get(tokens.doc.lower(t)).copied();
    let last = single(t)?;
    if let Some(dash) = tokens.before(t).filter(|&b| tokens.is(b, "-"))
        && let Some(first) = tokens.before(dash)
    {
        let both = format!("{}-{}", tokens.doc.lower(first), tokens.doc.lower(t));
        let degrees = phrases().compass.get(&both).copied();
        if let Some(degrees) = degrees {
            return Some((degrees, first));
        }
    }
    Some((last, t))
}

/// What joins the first name of a line to the second.
pub(crate) fn joins_line(
    tokens: &Tokens<'_>,
    first: TokRange,
    second_start: Tok,
    between: bool,
) -> bool {
    let gap: Vec<&str> = (first.end.0..second_start.0)
        .map(|t| tokens.doc.lower(Tok(t)))
        .filter(|w| !matches!(*w, "the" | "town" | "city" | "village" | "towns" | "of"))
        .collect();
    match gap.as_slice() {
        ["and"] if between => true,
        ["to" | "with" | "and"] if names_road_before(tokens, first.start) => true,
        ["-" | "\u{2013}" | "to" | "/"] => road_noun_after(tokens, second_start).is_some(),
        _ => false,
    }
}

pub(crate) fn is_road(word: &str) -> bool {
    phrases().roads.contains(word)
}

/// "the road from A", "the highway linking A", "the road between A".
fn names_road_before(tokens: &Tokens<'_>, start: Tok) -> bool {
    let Some(link) = tokens.before(start) else {
        return false;
    };
    phrases().road_links.contains(tokens.doc.lower(link))
        && ((1..=4).any(|n| {
            link.0
                .checked_sub(n)
                .is_some_and(|t| is_road(tokens.doc.lower(Tok(t))))
        }) || tokens.is(link, "from") && is_travel(tokens, link))
}

/// "a convoy travelling from A to B".
fn is_travel(tokens: &Tokens<'_>, from: Tok) -> bool {
    let before = tokens.before(from);
    before.is_some_and(|t| phrases().travel.contains(tokens.doc.lower(t)))
}

/// "the A-B road": the noun right behind the capitalised words of the second name.
fn road_noun_after(tokens: &Tokens<'_>, second: Tok) -> Option<Tok> {
    let mut at = second;
    while tokens.is_capital(at) || tokens.is(at, "-") || tokens.is(at, "main") {
        if is_road(tokens.doc.lower(at)) && at > second {
            return Some(at);
        }
        at = tokens.at(Tok(at.0 + 1)).filter(|t| t.0 <= second.0 + 5)?;
    }
    is_road(tokens.doc.lower(at)).then_some(at)
}

/// Behind a name: "on the road to", "on the way to", "towards". The token of the target.
pub(crate) fn road_target(tokens: &Tokens<'_>, end: Tok) -> Option<Tok> {
    let mut at = tokens.at(end)?;
    if tokens.is(at, ",") {
        at = tokens.at(Tok(at.0 + 1))?;
    }
    let leads = &phrases().leads;
    leads.iter().find_map(|lead| tokens.phrase_at(at, lead))
}
