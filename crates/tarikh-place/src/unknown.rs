//! Names that no gazetteer has, where the words say that they are places: "the village of Arbel
//! Kara", "Korkoro district", "in Dogofri, central Mali", "12 km from Bessan".

use tarikh_syntax::{EntityKind, Tok, TokRange, Upos};

use crate::class::{PlaceClass, Seat};
use crate::gazetteer::{EntryId, Gazetteer, Posting};
use crate::mention::PlaceRole;
use crate::normalise::{MAX_KEY, name_key};
use crate::spot::{Spot, Spots};
use crate::tokens::{Shape, Style, Tokens};
use crate::words::{self, Kind};

/// Longest name in tokens.
const MAX_TOKENS: usize = 6;

/// A known town up to this size inside a longer name is no reason against the longer name.
const SMALL_TOWN: u32 = 60_000;

/// Adds the unknown names to the spots, in text order, replacing spots inside them.
pub(crate) fn add(gazetteer: &Gazetteer, tokens: &Tokens<'_>, spots: &mut Spots) {
    let mut found: Vec<TokRange> = Vec::new();
    let mut t = Tok(0);
    while t.0 < tokens.len() {
        let run = run_at(tokens, t);
        if run.is_empty() {
            t = Tok(t.0 + 1);
            continue;
        }
        let listed = is_in_list_of_units(tokens, run) && is_proper(tokens, run);
        let slot = listed
            || stands_in_place_slot(tokens, run, spots)
            || continues_list(tokens, run, &found);
        if slot && is_free(gazetteer, tokens, run, spots, listed) {
            found.push(run);
        }
        t = run.end;
    }
    put(spots, &found);
}

/// Puts the unknown names, which are in text order, in place of the spots that they overlap.
fn put(spots: &mut Spots, names: &[TokRange]) {
    let none = spots.pool.len() as u32;
    let unknown = |tokens| Spot {
        tokens,
        postings: none..none,
        role: PlaceRole::Location,
    };
    let mut list = Vec::with_capacity(spots.list.len() + names.len());
    let mut names = names.iter().copied().peekable();
    for spot in std::mem::take(&mut spots.list) {
        while let Some(name) = names.next_if(|n| n.end <= spot.tokens.start) {
            list.push(unknown(name));
        }
        if !names.peek().is_some_and(|n| n.overlaps(spot.tokens)) {
            list.push(spot);
        }
    }
    list.extend(names.map(unknown));
    spots.list = list;
}

/// ", Dunmar and Elsk" in "the villages of Corva, Dunmar and Elsk".
fn is_in_list_of_units(tokens: &Tokens<'_>, run: TokRange) -> bool {
    let joins = |t: Tok| matches!(tokens.doc.lower(t), "," | "and");
    let in_list = |&t: &Tok| joins(t) || tokens.is_capital(t) || tokens.is(t, "-");
    let sentence = tokens.sentence(run.start);
    let mut before = (sentence.start.0..run.start.0).rev().map(Tok);
    let Some(of) = before.find(|t| !in_list(t)) else {
        return false;
    };
    let several = |n: Tok| match tokens.doc.lower(of) {
        "of" => is_small_unit(tokens, n) && tokens.doc.xpos(n) == "NNS",
        // "the camps at Corva and Elsk"
        "at" | "in" | "near" => tokens.kind(n).any(Kind::POST),
        _ => false,
    };
    tokens.before(run.start).is_some_and(joins) && tokens.before(of).is_some_and(several)
}

/// ", Dunmar and Elsk" behind a name that was taken for a place's.
fn continues_list(tokens: &Tokens<'_>, run: TokRange, found: &[TokRange]) -> bool {
    found.last().is_some_and(|last| {
        let gap = last.end.0..run.start.0;
        (1..=2).contains(&gap.len())
            && tokens.sentence(last.start).contains(run.start)
            && gap
                .map(Tok)
                .all(|t| matches!(tokens.doc.lower(t), "," | "and" | "or"))
    })
}

/// The run of capitalised words at `t`, with the small words that names have inside.
fn run_at(tokens: &Tokens<'_>, t: Tok) -> TokRange {
    if let Some(numbered) = numbered_at(tokens, t) {
        return numbered;
    }
    let mut end = t;
    let mut at = Some(t);
    let mut last = t;
    // "Al-Dumna": behind the article the hyphen goes on.
    let mut opened = false;
    while let Some(here) = at {
        let next = tokens.at(Tok(here.0 + 1));
        // "Elsk Pass"
        let tail = here > t && here == last && tokens.kind(here).any(Kind::NAME_TAIL);
        if tokens.is_capital(here) && (tail || !tokens.kind(here).any(Kind::ORDINARY)) {
            last = Tok(here.0 + 1);
            end = last;
        } else if tokens.shape(here) == Shape::Number && end > t && here == last {
            // "PK5", "Block 12" are rare and "Bessan 14 people" is not: numbers end a name.
            break;
        } else {
            let article = tokens.kind(here).any(Kind::ARTICLE);
            let hyphen = opened && tokens.is(here, "-");
            opened = article;
            let inner = (end > t || article || hyphen)
                && (tokens.is(here, "-")
                    || tokens.kind(here).any(Kind::ARTICLE.with(Kind::PARTICLE)));
            if !inner || next.is_none_or(|n| !tokens.is_capital(n) && !tokens.is(n, "-")) {
                break;
            }
        }
        at = next;
    }
    TokRange::new(t, end)
}

/// "Mile 40", "PK12": a name that a number ends.
fn numbered_at(tokens: &Tokens<'_>, t: Tok) -> Option<TokRange> {
    let word = tokens.doc.word(t);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let opens = tokens.is_capital(t) && words::kind(&name_key(letters)).any(Kind::NUMBERED);
    let number = |n: &Tok| {
        let digits = tokens.doc.word(*n);
        digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    match opens {
        true if letters.len() < word.len() => Some(TokRange::new(t, Tok(t.0 + 1))),
        true => tokens
            .at(Tok(t.0 + 1))
            .filter(number)
            .map(|n| TokRange::new(t, Tok(n.0 + 1))),
        false => None,
    }
}

/// Whether the words around a run say that it names a place.
fn stands_in_place_slot(tokens: &Tokens<'_>, run: TokRange, spots: &Spots) -> bool {
    if run.len() > MAX_TOKENS {
        return false;
    }
    let before = tokens.before(run.start);
    if numbered_at(tokens, run.start) == Some(run) {
        let placed = |b: Tok| tokens.kind(b).any(Kind::PREPOSITION) || tokens.is(b, "the");
        return before.is_some_and(placed);
    }
    if tokens.style(run.start) == Style::Capitals || is_abbreviation(tokens, run) {
        return false;
    }
    let after = tokens.at(run.end);
    let of_unit = before.is_some_and(|b| tokens.is(b, "of"))
        && before
            .and_then(|b| tokens.before(b))
            .is_some_and(|n| is_small_unit(tokens, n));
    let unit_after = after.is_some_and(|a| is_small_unit(tokens, a))
        && before.is_some_and(|b| {
            tokens.kind(b).any(Kind::PREPOSITION)
                || matches!(
                    tokens.doc.lower(b),
                    "the" | "and" | "on" | "of" | "," | "'s" | "'"
                )
                || tokens.doc.upos(b) == Upos::Verb
                    && (is_proper(tokens, run) || after.is_some_and(|a| is_one_village(tokens, a)))
        });
    // "The Dunmar area of Corva province"
    let area_after = after.is_some_and(|a| tokens.is(a, "area"))
        && before.is_some_and(|b| tokens.is(b, "the"))
        && is_part_of_place(tokens, Tok(run.end.0 + 1), spots);
    if of_unit
        || unit_after
        || area_after
        || ends_in_unit(tokens, run)
        || is_called_settlement(tokens, run.end)
    {
        return true;
    }
    let second_of_two = before.is_some_and(|b| matches!(tokens.doc.lower(b), "and" | "to"))
        && ends_before(spots, run.start).is_some_and(|s| {
            tokens.before(s.tokens.start).is_some_and(|b| {
                tokens.is(b, "between") || tokens.is(b, "from") && is_road_before(tokens, b)
            })
        });
    if second_of_two {
        return true;
    }
    let governed = before.is_some_and(|b| {
        matches!(
            tokens.doc.lower(b),
            "in" | "near" | "at" | "outside" | "around" | "between"
        ) && tokens.style(run.start) == Style::Prose
            || tokens.kind(b).any(Kind::NEARBY)
    });
    let measured = before.is_some_and(|b| matches!(tokens.doc.lower(b), "from" | "of"))
        && before.and_then(|b| tokens.before(b)).is_some_and(|p| {
            tokens.is(p, ")") || tokens.kind(p).any(Kind::MEASURED.with(Kind::DIRECTION))
        });
    if measured {
        return true;
    }
    // "An attack on Dunmar in the Corva region", "gunmen attacked Dunmar in the Corva region".
    let attacked = before
        .is_some_and(|b| tokens.is(b, "on") || is_assault(tokens, b) && is_proper(tokens, run))
        && tokens.style(run.start) == Style::Prose
        && leads_to_place(tokens, run.end, spots);
    if attacked {
        return true;
    }
    governed
        && (leads_to_place(tokens, run.end, spots)
            || is_proper(tokens, run)
            || tokens
                .entity(run)
                .is_some_and(|(k, _)| k == EntityKind::Place))
}

/// The name that ends right before the word before `start` ("between Corva and [Dunmar]").
fn ends_before(spots: &Spots, start: Tok) -> Option<&Spot> {
    let last = spots.list.partition_point(|s| s.tokens.end < start);
    let spot = spots.list[..last].last()?;
    (spot.tokens.end.0 + 1 == start.0).then_some(spot)
}

/// "Raiders attacked Dumbek village": whatever the tagger makes of the name.
fn is_one_village(tokens: &Tokens<'_>, noun: Tok) -> bool {
    tokens.kind(noun).any(Kind::VILLAGE)
}

/// "The IDP settlement", "an MSF camp".
fn is_abbreviation(tokens: &Tokens<'_>, run: TokRange) -> bool {
    run.len() == 1 && tokens.shape(run.start) == Shape::Capitals && tokens.key(run.start).len() <= 5
}

/// "Dumna Payam": the last word says that it is a unit.
fn ends_in_unit(tokens: &Tokens<'_>, run: TokRange) -> bool {
    let last = tokens.kind(Tok(run.end.0 - 1));
    run.len() > 1
        && last.any(Kind::ADMIN2)
        && !last.any(Kind::ORGANISATION)
        && !last.any(Kind::CIVIC)
        && !tokens.kind(run.start).any(Kind::UNIT)
}

/// Every word is tagged a proper noun, none is an abbreviation, and no word of a longer name or a
/// number follows: "in Dunmar on Monday", but not "in Operation Dunmar" or "at Dunmar University".
fn is_proper(tokens: &Tokens<'_>, run: TokRange) -> bool {
    let word = |t: Tok| {
        tokens.is(t, "-")
            || tokens.shape(t) == Shape::Lower
            || tokens.shape(t) == Shape::Capital && tokens.doc.upos(t) == Upos::Propn
    };
    let ends = tokens
        .at(run.end)
        .is_none_or(|n| !tokens.is_capital(n) && !tokens.is(n, "'s") && !tokens.is(n, "-"));
    run.iter().all(word) && ends
}

/// Behind the run comes ", a farming settlement", ", a small town".
fn is_called_settlement(tokens: &Tokens<'_>, end: Tok) -> bool {
    let word = |n: u32| tokens.at(Tok(end.0 + n));
    let opens = word(0).is_some_and(|t| tokens.is(t, ","))
        && word(1).is_some_and(|t| matches!(tokens.doc.lower(t), "a" | "an"));
    opens
        && (2..5)
            .map_while(word)
            .take_while(|&t| tokens.shape(t) == Shape::Lower)
            .any(|t| tokens.kind(t).any(Kind::SETTLEMENT) && is_small_unit(tokens, t))
}

/// "the road from".
fn is_road_before(tokens: &Tokens<'_>, from: Tok) -> bool {
    tokens
        .before(from)
        .is_some_and(|r| tokens.kind(r).any(Kind::TRACK))
}

/// What is done to towns more than to people.
fn is_assault(tokens: &Tokens<'_>, t: Tok) -> bool {
    let kind = tokens.kind(t);
    tokens.doc.upos(t) == Upos::Verb && (kind.any(Kind::OVERRUN) || kind.any(Kind::ASSAULT))
}

/// A small unit by its noun, written small ("village", "district").
fn is_small_unit(tokens: &Tokens<'_>, t: Tok) -> bool {
    let kind = tokens.kind(t);
    tokens.shape(t) == Shape::Lower
        && (kind.any(Kind::SETTLEMENT)
            || kind.any(Kind::ADMIN2)
            || kind.any(Kind::CAMP)
            || kind.any(Kind::NATURAL)
            || kind.any(Kind::ADMIN1))
        && !kind.any(Kind::VAGUE)
        || tokens.shape(t) == Shape::Lower && kind.any(Kind::CITY_PART)
}

/// Behind the run comes "[,] in ... X" or ", X" where X is a place.
fn leads_to_place(tokens: &Tokens<'_>, end: Tok, spots: &Spots) -> bool {
    let next = spots.list.partition_point(|s| s.tokens.start < end);
    let Some(spot) = spots.list.get(next) else {
        return false;
    };
    let close = spot.tokens.start.0 <= end.0 + 8
        && tokens.sentence(Tok(end.0 - 1)).contains(spot.tokens.start)
        && spot.role == PlaceRole::Location;
    let Some(first) = tokens.at(end) else {
        return false;
    };
    close
        && matches!(tokens.doc.lower(first), "," | "in" | "(")
        && (end.0 + 1..spot.tokens.start.0).map(Tok).all(|t| {
            matches!(
                tokens.doc.lower(t),
                "in" | "the" | "a" | "an" | "of" | "-" | "'s"
            ) || tokens.kind(t).any(Kind::UNIT)
                || tokens.kind(t).any(Kind::DIRECTION)
        })
}

/// "Of Corva province", "in the Corva region".
fn is_part_of_place(tokens: &Tokens<'_>, word: Tok, spots: &Spots) -> bool {
    const REACH: u32 = 4;
    let leads = tokens
        .at(word)
        .is_some_and(|w| matches!(tokens.doc.lower(w), "of" | "in"));
    let next = spots.list.partition_point(|s| s.tokens.start <= word);
    let near = |s: &Spot| {
        s.role == PlaceRole::Location
            && s.tokens.start.0 <= word.0 + REACH
            && tokens.sentence(word).contains(s.tokens.start)
    };
    leads && spots.list.get(next).is_some_and(near)
}

/// Not a person, a title, an actor, or a name that the gazetteer already has.
fn is_free(
    gazetteer: &Gazetteer,
    tokens: &Tokens<'_>,
    run: TokRange,
    spots: &Spots,
    listed: bool,
) -> bool {
    // "Kin Ma village", "Gidan Corva village": the whole of the name before its noun.
    let of = tokens.before(run.start).filter(|&b| tokens.is(b, "of"));
    let noun_before = of.and_then(|b| tokens.before(b));
    let village = tokens
        .at(run.end)
        .into_iter()
        .chain(noun_before)
        .any(|n| is_one_village(tokens, n));
    let blocks = |s: &&Spot| {
        // "Corva LGA" is the district of the town that is known.
        let unit = s.tokens.start == run.start && s.tokens.end.0 + 1 == run.end.0;
        if unit && ends_in_unit(tokens, run) && s.role == PlaceRole::Location {
            return true;
        }
        let is_town = |p: &Posting| gazetteer.class(p.id).is_point();
        let postings = spots.postings(s);
        // "San Miguel del Ene" is none of the towns called San Miguel.
        let next = s.tokens.end;
        let of_another = s.tokens.start == run.start
            && run.contains(next)
            && tokens.kind(next).any(Kind::ROMANCE_OF);
        // "At Sarai Dumna Khan in Corva": a town abroad bears the first word alone.
        let opens_longer = s.tokens.start == run.start
            && s.tokens.len() + 2 <= run.len()
            && postings.iter().all(is_town)
            && tokens.at(run.end).is_some_and(|t| tokens.is(t, "in"))
            && leads_to_place(tokens, run.end, spots);
        let inside = of_another || opens_longer || village && postings.iter().all(is_town);
        let part_of_longer = s.tokens.len() < run.len()
            && s.role != PlaceRole::Demonym
            && (inside || postings.iter().all(|p| is_small(gazetteer, p.id)));
        !part_of_longer
    };
    // "Tula Karga, a remote village": the first word of a longer name speaks for nobody.
    let opens = |s: &Spot| {
        s.role == PlaceRole::Metonym
            && s.tokens.start == run.start
            && s.tokens.len() < run.len()
            && is_called_settlement(tokens, run.end)
    };
    let numbered = numbered_at(tokens, run.start) == Some(run);
    let known = spots.overlapping(run).iter().filter(blocks).any(|s| {
        (!numbered || s.tokens == run)
            && !opens(s)
            && (s.role != PlaceRole::InName || s.tokens == run || s.role == PlaceRole::Demonym)
    });
    let person = tokens
        .entity(run)
        .is_some_and(|(k, _)| k == EntityKind::Person)
        && !listed
        && !ends_in_unit(tokens, run)
        && !is_called_settlement(tokens, run.end)
        && !tokens.before(run.start).is_some_and(|b| {
            matches!(
                tokens.doc.lower(b),
                "of" | "in" | "at" | "near" | "outside" | "nearby"
            ) || is_assault(tokens, b)
        });
    let is_not = |t: Tok| {
        let kind = tokens.kind(t);
        kind.any(Kind::ORGANISATION) || kind.any(Kind::CALENDAR) || kind.any(Kind::DIRECTION)
    };
    // "In Dan Elsk, Corva State"
    let placed = tokens
        .before(run.start)
        .is_some_and(|b| matches!(tokens.doc.lower(b), "in" | "near" | "of"))
        && leads_to_place(tokens, run.end, spots);
    let named = tokens.kind(run.start).any(Kind::TITLE)
        || tokens.kind(run.start).any(Kind::GIVEN) && !placed;
    let words = || tokens.doc.range_span(run).of(tokens.doc.text());
    let never = gazetteer.has_nevers() && gazetteer.is_never(&name_key(words()));
    !known
        && !never
        && !person
        && !named
        && !tokens.is_masked(run)
        && !run.iter().any(is_not)
        && (3..=MAX_KEY).contains(&run.iter().map(|t| tokens.key(t).len()).sum::<usize>())
}

fn is_small(gazetteer: &Gazetteer, id: EntryId) -> bool {
    let entry = gazetteer.entry(id);
    (entry.class.is_point() || entry.class == PlaceClass::Admin2)
        && entry.population < SMALL_TOWN
        && entry.seat < Seat::Admin1
}
