//! Which name the words put inside which: "Nara in the Koulikoro region", "Abuja, Nigeria",
//! "Syria's Idlib province", "the Iraqi city of Mosul", "Paris (Texas)".

use tarikh_syntax::{Tok, TokRange, Upos};

use crate::mention::PlaceRole;
use crate::phrases::phrases;
use crate::resolve::Containment;
use crate::spot::Spots;
use crate::tokens::{Shape, Tokens};
use crate::unit::{opens_next_name, unit_noun};
use crate::words::Kind;

/// Most words between the two names.
const MAX_GAP: u32 = 10;

pub(crate) fn find(tokens: &Tokens<'_>, spots: &Spots) -> Vec<Containment> {
    let mut out = Vec::new();
    link_through_peoples(tokens, spots, &mut out);
    for (i, pair) in spots.list.windows(2).enumerate() {
        let (a, b) = (&pair[0], &pair[1]);
        if a.role == PlaceRole::InName
            || b.role == PlaceRole::InName
            || b.role == PlaceRole::Demonym
        {
            continue;
        }
        let gap = TokRange::new(a.tokens.end, b.tokens.start);
        if gap.start.0 + MAX_GAP < gap.end.0
            || !tokens.sentence(a.tokens.start).contains(b.tokens.start)
        {
            continue;
        }
        let link = |inner, outer, by_comma| Containment {
            inner,
            outer,
            by_comma,
        };
        if a.role == PlaceRole::Demonym || a.role == PlaceRole::Metonym && !gap.is_empty() {
            if describes(tokens, gap) {
                out.push(link(i + 1, i, false));
                continue;
            }
            if a.role == PlaceRole::Demonym {
                continue;
            }
        }
        let opens = !gap.is_empty() && opens_next_name(tokens, gap.start);
        if opens && gap.len() == 2 {
            out.push(link(i + 1, i, false));
        } else if possessive(tokens, gap) {
            // "Hyderabad, in Pakistan's Sindh province" lies in the province.
            if let Some(last) = out.last_mut().filter(|l| l.outer == i && l.inner + 1 == i) {
                *last = link(i - 1, i + 1, false);
            }
            out.push(link(i + 1, i, false));
        } else if leads_outward(tokens, gap) {
            // "Tula, Maungdaw township" says that the second is no town of a row.
            let called_unit = unit_noun(tokens, b.tokens.end)
                .is_some_and(|k| k.any(Kind::ADMIN1) || k.any(Kind::ADMIN2));
            let by_comma = gap.len() == 1 && tokens.is(gap.start, ",") && !called_unit;
            out.push(link(i, i + 1, by_comma));
        }
    }
    share_in_lists(tokens, spots, &mut out);
    out
}

/// "The villages of Corva, Dunmar and Elsk in Tolma district": what the last of a list lies in holds the others.
fn share_in_lists(tokens: &Tokens<'_>, spots: &Spots, out: &mut Vec<Containment>) {
    let mut held: Vec<Option<Containment>> = vec![None; spots.list.len()];
    for link in out.iter().rev() {
        held[link.inner] = Some(*link);
    }
    for i in (1..spots.list.len()).rev() {
        let Some(link) = held[i].filter(|c| !c.by_comma) else {
            continue;
        };
        let (a, b) = (&spots.list[i - 1], &spots.list[i]);
        let joined = a.tokens.end < b.tokens.start
            && (a.tokens.end.0..b.tokens.start.0)
                .map(Tok)
                .all(|t| matches!(tokens.doc.lower(t), "," | "and"));
        let free = a.role == PlaceRole::Location && held[i - 1].is_none();
        if joined && free && link.outer > i && is_of_several(tokens, spots, i - 1) {
            let shared = Containment {
                inner: i - 1,
                ..link
            };
            held[i - 1] = Some(shared);
            out.push(shared);
        }
    }
}

/// Whether a plural noun opens the list that a spot stands in ("the villages of").
fn is_of_several(tokens: &Tokens<'_>, spots: &Spots, i: usize) -> bool {
    let mut first = spots.list[i].tokens.start;
    for spot in spots.list[..i].iter().rev() {
        let joins = |t: Tok| matches!(tokens.doc.lower(t), "," | "and");
        if spot.tokens.end >= first || !(spot.tokens.end.0..first.0).map(Tok).all(joins) {
            break;
        }
        first = spot.tokens.start;
    }
    let noun = match tokens.before(first).filter(|&b| tokens.is(b, "of")) {
        Some(of) => tokens.before(of),
        None => tokens.before(first),
    };
    noun.is_some_and(|n| tokens.kind(n).any(Kind::UNIT) && tokens.doc.lower(n).ends_with('s'))
}

/// "Palma, a town in the Mozambican province of Cabo Delgado": the people's word stands between the two.
fn link_through_peoples(tokens: &Tokens<'_>, spots: &Spots, out: &mut Vec<Containment>) {
    for (i, three) in spots.list.windows(3).enumerate() {
        let [a, b, c] = three else { continue };
        let gaps = [
            TokRange::new(a.tokens.end, b.tokens.start),
            TokRange::new(b.tokens.end, c.tokens.start),
        ];
        let whole = gaps[0].start.0 + MAX_GAP >= gaps[1].end.0
            && tokens.sentence(a.tokens.start).contains(c.tokens.start);
        if whole
            && a.role == PlaceRole::Location
            && b.role == PlaceRole::Demonym
            && c.role == PlaceRole::Location
            && leads_outward(tokens, gaps[0])
            && !gaps[1].is_empty()
            && describes(tokens, gaps[1])
        {
            out.push(Containment {
                inner: i,
                outer: i + 2,
                by_comma: false,
            });
        }
    }
}

/// "the Iraqi [northern city of] Mosul": only words that name or place a unit.
fn describes(tokens: &Tokens<'_>, gap: TokRange) -> bool {
    gap.iter().all(|t| {
        tokens.kind(t).any(Kind::UNIT)
            || tokens.kind(t).any(Kind::DIRECTION)
            || matches!(tokens.doc.lower(t), "of" | "-")
            || phrases()
                .between_people_and_name
                .contains(tokens.doc.lower(t))
    })
}

/// "Syria['s northern] Idlib".
fn possessive(tokens: &Tokens<'_>, gap: TokRange) -> bool {
    let mut words = gap.iter();
    words
        .next()
        .is_some_and(|t| matches!(tokens.doc.lower(t), "'s" | "'"))
        && gap.len() <= 6
        && words.all(|t| {
            tokens.shape(t) == Shape::Lower && !tokens.kind(t).any(Kind::PREPOSITION)
                || tokens.is(t, "of")
                || tokens.is(t, "-")
        })
}

/// From the inner to the outer: a comma, a bracket, or "in", "of" with words that name a unit.
fn leads_outward(tokens: &Tokens<'_>, gap: TokRange) -> bool {
    let mut link = false;
    let mut after_comma = false;
    // "Shendi, north of Khartoum" is outside it; "in the north of Mali" is not.
    let beside = |t: Tok| {
        let next = Tok(t.0 + 1);
        let of = gap.contains(next) && tokens.is(next, "of");
        let mut before = gap.iter().take_while(|&b| b < t);
        let part = before.any(|b| tokens.is(b, "the") || tokens.is(b, "in"));
        tokens.kind(t).any(Kind::DIRECTION) && of && !part
    };
    for t in gap.iter() {
        match tokens.doc.lower(t) {
            _ if beside(t) => return false,
            "," | "(" => {
                link = true;
                after_comma = true;
            }
            "in" | "of" | "within" | "inside" => link = true,
            "the" | "a" | "an" | "-" | "." | "'s" => {}
            word if phrases().describing.contains(word) => {}
            "some" | "about" | "near" | "and" | "or" => return false,
            _ if tokens.kind(t).any(Kind::UNIT) || tokens.kind(t).any(Kind::DIRECTION) => {}
            _ if after_comma
                && link
                && (tokens.shape(t) == Shape::Lower || tokens.doc.upos(t) == Upos::Adj)
                && !tokens.kind(t).any(Kind::PREPOSITION)
                // "Corva, gunmen killed six in Elsk" goes on with another clause.
                && !matches!(tokens.doc.xpos(t), "VBD" | "VBZ" | "VBP")
                && gap.len() <= 10 => {}
            _ => return false,
        }
    }
    link
}

/// First token of the noun phrase that a name heads or ends: "the northern town of [Kidal]".
pub(crate) fn phrase_start(tokens: &Tokens<'_>, start: Tok) -> Tok {
    let mut edge = start;
    // "town of", "district headquarters of"; "outskirts" is no unit and stays outside.
    let names_seat = |n: Tok| phrases().seats.contains(tokens.doc.lower(n));
    if let Some(of) = tokens.before(edge).filter(|&b| tokens.is(b, "of"))
        && let Some(noun) = tokens
            .before(of)
            .filter(|&n| tokens.kind(n).any(Kind::UNIT) || names_seat(n))
            .filter(|&n| !phrases().outer_parts.contains(tokens.doc.lower(n)))
    {
        edge = noun;
    }
    for _ in 0..3 {
        let Some(b) = tokens.before(edge) else { break };
        let people = tokens.is_capital(b) && edge < start && is_of_a_people(tokens, b);
        let descriptive = people
            || tokens.kind(b).any(Kind::DIRECTION)
            || tokens.is(b, "-")
                && tokens
                    .before(b)
                    .is_some_and(|p| tokens.kind(p).any(Kind::DIRECTION))
            || phrases().adorning.contains(tokens.doc.lower(b));
        if !descriptive {
            break;
        }
        edge = b;
    }
    if edge < start
        && let Some(article) = article_before_names(tokens, edge)
    {
        return article;
    }
    if let Some(b) = tokens
        .before(edge)
        .filter(|&b| matches!(tokens.doc.lower(b), "the" | "a" | "an"))
    {
        return b;
    }
    possessor_start(tokens, edge).unwrap_or(edge)
}

/// "[the] northern West Bank settlement of Dumna": the article before names and words that say which settlement.
fn article_before_names(tokens: &Tokens<'_>, noun: Tok) -> Option<Tok> {
    const REACH: u32 = 4;
    let mut at = tokens.before(noun).filter(|&b| tokens.is_capital(b))?;
    for _ in 0..REACH {
        if matches!(tokens.doc.lower(at), "the" | "a" | "an") {
            return Some(at);
        }
        let named = tokens.is_capital(at) || tokens.kind(at).any(Kind::DIRECTION);
        at = tokens.before(at).filter(|_| named)?;
    }
    None
}

/// "the [Yemeni] port of Mokha": an adjective in capitals between the article and the noun.
fn is_of_a_people(tokens: &Tokens<'_>, t: Tok) -> bool {
    let article = tokens
        .before(t)
        .is_some_and(|b| matches!(tokens.doc.lower(b), "the" | "a" | "an"));
    article && tokens.doc.upos(t) == Upos::Adj
}

/// "[Yemen's] strategic town of Marib".
fn possessor_start(tokens: &Tokens<'_>, edge: Tok) -> Option<Tok> {
    let s = tokens.before(edge).filter(|&b| tokens.is(b, "'s"))?;
    let mut start = tokens.before(s).filter(|&b| tokens.is_capital(b))?;
    while let Some(b) = tokens.before(start).filter(|&b| tokens.is_capital(b))
        && s.0 - b.0 <= 4
    {
        start = b;
    }
    Some(start)
}

/// One past the unit noun that follows a name, if one does.
pub(crate) fn phrase_end(tokens: &Tokens<'_>, end: Tok) -> Tok {
    match tokens.at(end) {
        Some(t) if tokens.kind(t).any(Kind::UNIT) && !opens_next_name(tokens, t) => Tok(t.0 + 1),
        _ => end,
    }
}
