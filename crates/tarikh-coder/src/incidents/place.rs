//! The event's place: which of the places that a report names an act happened at.
//!
//! By grammar: the place in the clause of the act, then the only one of its sentence.

use tarikh_place::{GeoPlace, PlaceClass, PlaceMention, PlaceRole};
use tarikh_syntax::{Deprel, Sent, Tok, Upos};

use super::governor::governor;
use super::items;
use super::ways::{is_followed_by, is_origin, is_way, is_where_brought, is_where_they_went};
use crate::knowledge::lexicon::has;
use crate::knowledge::words::words;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;
use crate::tree;

/// Kilometres within which two places count as one where one is only near its point.
pub(super) const NEAR_KM: f64 = 40.0;
/// Kilometres between a place and the middle of the district that it may lie in.
const DISTRICT_KM: f64 = 75.0;
/// The same for two named towns.
const SAME_TOWN_KM: f64 = 12.0;
/// The same where one of two names stands for what lies around it.
const AROUND_KM: f64 = 25.0;

/// A line reaching further from its middle says less than the region around it.
const STRETCH_KM: f64 = 100.0;

/// Whether two places can be one: one may be vaguer than the other, but they must not contradict.
pub(crate) fn compatible(a: &GeoPlace, b: &GeoPlace) -> bool {
    if let (Some(x), Some(y)) = (&a.country, &b.country)
        && x != y
    {
        return false;
    }
    let vague = |p: &GeoPlace| p.precision >= 5;
    if vague(a) || vague(b) {
        return true;
    }
    if a.name == b.name {
        return true;
    }
    // Two names, each exact, and no point to measure by: two places.
    let exact = |p: &GeoPlace| p.precision <= 2;
    if exact(a) && exact(b) && distance(a, b).is_none() {
        return false;
    }
    if let (Some(x), Some(y)) = (&a.admin1, &b.admin1)
        && x != y
        && distance(a, b).is_none_or(|km| km > NEAR_KM)
    {
        return false;
    }
    if a.precision == 4 || b.precision == 4 {
        return true;
    }
    let limit = match (a.precision, b.precision) {
        (1, 1) => SAME_TOWN_KM,
        (..=2, ..=2) if a.relation.is_none() && b.relation.is_none() => AROUND_KM,
        (..=2, 3) | (3, ..=2) => DISTRICT_KM,
        _ => NEAR_KM,
    };
    distance(a, b).is_none_or(|km| km <= limit)
}

/// Whether the two name the same spot, both being exact enough to tell.
pub(crate) fn same_spot(a: &GeoPlace, b: &GeoPlace) -> bool {
    a.precision <= 4 && b.precision <= 4 && compatible(a, b)
}

/// The place that the clause of `trigger` names, the most precise first.
///
/// `beside` tells the words that can speak of this act, where the sentence tells of another, too.
pub(crate) fn own(
    reading: &Reading<'_>,
    trigger: Tok,
    sentence: Sent,
    beside: &dyn Fn(Tok) -> bool,
) -> Option<usize> {
    // "while fighting went on elsewhere"
    let doc = reading.doc;
    let clause = doc.head(trigger).filter(|&h| tree::is_verbal(doc, h));
    let words = doc
        .children(trigger)
        .chain(clause.into_iter().flat_map(|c| doc.children(c)));
    let mut pointed = None;
    for word in words {
        match doc.lower(word) {
            "elsewhere" => return None,
            "there" if doc.deprel(word) == Deprel::Advmod => pointed = Some(word),
            _ if is_same_place(reading, word) => pointed = Some(word),
            _ => {}
        }
    }
    best(
        reading,
        trigger,
        candidates(reading, sentence)
            .filter(|&i| beside(reading.places[i].tokens.start))
            .filter(|&i| governor(reading, reading.places[i].tokens.start, trigger)),
    )
    .or_else(|| pointed_at(reading, pointed?))
}

/// "at the same post", "in the same village"
fn is_same_place(reading: &Reading<'_>, word: Tok) -> bool {
    let doc = reading.doc;
    let same = |c: Tok| doc.deprel(c) == Deprel::Amod && doc.lower(c) == "same";
    let site = |class: &&str| reading.knowledge.lexicon.is(doc, word, class);
    doc.deprel(word) == Deprel::Obl
        && doc.child(word, Deprel::Case).is_some()
        && doc.children(word).any(same)
        && (SITES.iter().any(site) || words().spots.is(doc, word))
}

/// Classes of what an act is done at.
const SITES: [&str; 3] = ["settlement", "military-site", "civilian-site"];

/// "Police in Corva said that gunmen killed a judge there": the place named last, whoever sits there.
fn pointed_at(reading: &Reading<'_>, there: Tok) -> Option<usize> {
    let before = reading.places.partition_point(|p| p.tokens.start < there);
    let sentence = |t: Tok| reading.doc.sentence_of(t).0;
    (0..before)
        .rev()
        .take_while(|&i| sentence(there) - sentence(reading.places[i].tokens.start) <= 1)
        .find(|&i| {
            let place = &reading.places[i];
            place.role == PlaceRole::Location && place.place.is_some() && precision(place) <= 4
        })
}

/// "in neighbouring Yobe state": not where what was told before happened.
pub(crate) fn is_next_door(reading: &Reading<'_>, place: usize) -> bool {
    let name = reading.places[place].tokens.start;
    name.0
        .checked_sub(1)
        .map(Tok)
        .is_some_and(|before| words().neighbouring.is(reading.doc, before))
}

/// The place of the sentence that suits the act best.
pub(crate) fn any(
    reading: &Reading<'_>,
    trigger: Tok,
    sentence: Sent,
    beside: &dyn Fn(Tok) -> bool,
) -> Option<usize> {
    let beside = |&i: &usize| beside(reading.places[i].tokens.start);
    best(
        reading,
        trigger,
        candidates(reading, sentence).filter(beside),
    )
}

/// What depends on the act itself comes first; then a town before its region and its country; then
/// the nearest.
fn best(
    reading: &Reading<'_>,
    trigger: Tok,
    candidates: impl Iterator<Item = usize>,
) -> Option<usize> {
    let all: Vec<usize> = candidates.collect();
    let holds_another = |i: usize| {
        all.iter().any(|&o| {
            reading.places[o].contained_in.contains(&i)
                || encloses(reading, i, o)
                || is_around(reading, i, o)
        })
    };
    let finest = all.iter().copied().filter(|&i| !holds_another(i));
    finest.min_by_key(|&i| {
        let place = &reading.places[i];
        (
            precision(place) >= 6,
            is_followed_by(reading, place, "house"),
            is_of_members(reading, place),
            !is_direct(reading, place, trigger),
            is_of_agent(reading, place),
            coarseness(place),
            place.tokens.start.0.abs_diff(trigger.0),
        )
    })
}

/// "A market in Corva in rebel-held Elsk": what stands behind "in" right after a place is around it.
fn is_around(reading: &Reading<'_>, outer: usize, inner: usize) -> bool {
    let doc = reading.doc;
    let (end, start) = (
        reading.places[inner].tokens.end,
        reading.places[outer].tokens.start,
    );
    let mut between = (end.0..start.0).map(Tok);
    let describes = |t: Tok| {
        matches!(
            doc.upos(t),
            Upos::Adj | Upos::Noun | Upos::Punct | Upos::Verb
        ) && doc.word(t) != ","
    };
    between.next().is_some_and(|t| doc.lower(t) == "in") && between.all(describes)
}

/// "In Corva, a bomb went off in a car park in Elsk": the town that opens the sentence, and a name behind it
/// that no gazetteer has, or has next door: a part of that town.
pub(in crate::incidents) fn encloses(reading: &Reading<'_>, outer: usize, inner: usize) -> bool {
    let doc = reading.doc;
    let (p, q) = (&reading.places[outer], &reading.places[inner]);
    let (Some(town), Some(part)) = (&p.place, &q.place) else {
        return false;
    };
    let sentence = doc.sentence(doc.sentence_of(p.tokens.start)).tokens;
    let opens = word_before(reading, p)
        .is_some_and(|b| b == sentence.start && matches!(doc.lower(b), "in" | "at"));
    let end = p.phrase.end.max(p.tokens.end);
    let set_off = end < sentence.end && doc.word(end) == ",";
    let located = word_before(reading, q)
        .is_some_and(|b| matches!(doc.lower(b), "in" | "at" | "of" | "near" | "on"));
    let between = tarikh_syntax::TokRange::new(end, q.tokens.start.max(end));
    // "In Corva, one died and in Elsk two": the second has its own.
    let breaks = |t: Tok| {
        let next = doc.lower(Tok(t.0 + 1).min(Tok(sentence.end.0 - 1)));
        matches!(doc.lower(t), ";" | "while" | "but")
            || doc.lower(t) == "and" && matches!(next, "in" | "at" | "near")
    };
    // What has its own distance and direction, or is a town elsewhere, is no part of it.
    let inside = match q.entry {
        None => part.relation.is_none() && part.geonameid.is_none(),
        Some(_) => distance(town, part).is_some_and(|km| km <= AROUND_KM),
    };
    opens
        && set_off
        && located
        && inside
        && town.precision <= 3
        && part.precision <= 3
        && sentence.contains(q.tokens.start)
        && q.tokens.start >= end
        && !between.iter().any(breaks)
}

pub(super) fn precision(place: &PlaceMention) -> u8 {
    place.place.as_ref().map_or(7, |p| p.precision)
}

/// How much room a place leaves: a line between two towns less than the region around it, and "the
/// Corva area" about as much as a region.
fn coarseness(place: &PlaceMention) -> u8 {
    let Some(geo) = &place.place else { return 7 };
    match geo.precision {
        // A village that no gazetteer has is still a village.
        2 | 3
            if geo.class == PlaceClass::City
                && geo.geonameid.is_none()
                && geo.relation.is_none() =>
        {
            1
        }
        5 if is_stretch(geo) => 3,
        2 if geo.relation.is_none() && geo.geonameid.is_some() => 4,
        n => n,
    }
}

/// Whether it is a short line or area: a road between two towns, and no border from sea to sea.
pub(super) fn is_stretch(geo: &GeoPlace) -> bool {
    geo.geometry.is_some() && geo.radius_km.is_none_or(|km| km <= STRETCH_KM)
}

/// Whether the place's phrase hangs on the act or on what the act is done to ("bombed two schools in
/// Corva"), names of its kind ("the town of") aside.
fn is_direct(reading: &Reading<'_>, place: &PlaceMention, trigger: Tok) -> bool {
    let doc = reading.doc;
    let mut at = root(reading, place);
    for _ in 0..3 {
        match doc.head(at) {
            Some(head) if head == trigger => return true,
            Some(head) if place.phrase.contains(head) => at = head,
            Some(head)
                if doc.head(head) == Some(trigger)
                    && matches!(
                        doc.deprel(head),
                        Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Nmod
                    ) =>
            {
                return true;
            }
            _ => return false,
        }
    }
    false
}

/// "Two lecturers of the University of Corva": where they belong, rather than where they were.
fn is_of_members(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let of = |t: Tok| {
        let case = doc.child(t, Deprel::Case).filter(|&c| doc.lower(c) == "of");
        case.and_then(|_| doc.head(t)).filter(|&h| h < t)
    };
    let name = root(reading, place);
    let house = of(name).filter(|&h| doc.upos(h) == Upos::Propn);
    // "The head of the Corva sports club"
    let club = doc
        .head(name)
        .filter(|_| doc.deprel(name) == Deprel::Compound);
    let members = house.and_then(of).or_else(|| club.and_then(of));
    members.is_some_and(|m| {
        doc.lemma(m) == "head"
            || reading.knowledge.lexicon.is(doc, m, "person-noun")
            || reading.actors.at(m).is_some()
    })
}

/// "Militants in Gaza fired at Sderot": where those stand who act.
fn is_of_agent(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let mut at = root(reading, place);
    // "In Corva gunmen shot him" hangs on them, and says where.
    if doc.deprel(at) == Deprel::Compound {
        return false;
    }
    for _ in 0..3 {
        let Some(head) = doc.head(at).filter(|&h| !tree::is_verbal(doc, h)) else {
            return false;
        };
        if doc.deprel(head) == Deprel::Nsubj {
            return reading.actors.at(head).is_some();
        }
        at = head;
    }
    false
}

/// The word of the name that the rest of it hangs on.
pub(super) fn root(reading: &Reading<'_>, place: &PlaceMention) -> Tok {
    place
        .tokens
        .iter()
        .find(|&t| {
            reading
                .doc
                .head(t)
                .is_none_or(|h| !place.tokens.contains(h))
        })
        .unwrap_or(place.tokens.start)
}

/// Places of a sentence that can be where something happens.
pub(super) fn candidates<'r>(
    reading: &'r Reading<'_>,
    sentence: Sent,
) -> impl Iterator<Item = usize> + 'r {
    reading
        .within(sentence, &reading.places, |p| p.tokens.start)
        .filter(|(_, p)| p.role == PlaceRole::Location && p.place.is_some())
        .filter(|(_, p)| !is_of_a_speaker(reading, p.tokens.start) && !is_way(reading, p))
        .filter(|(_, p)| !is_owner(reading, p) && !describes_a_country(reading, p))
        .filter(|(_, p)| !is_of_people(reading, p) && !is_country_aside(reading, p))
        .filter(|&(i, _)| !is_told_by_another(reading, i) && !items::heads_another(reading, i))
        .filter(|&(i, p)| !is_where_they_went(reading, i) && !is_aged(reading, p))
        .filter(|(_, p)| !is_apposed_to_a_person(reading, p))
        .filter(|(_, p)| !is_where_brought(reading, p) && !is_origin(reading, p))
        .filter(|(_, p)| !is_followed_by(reading, p, "street"))
        .filter(|&(i, _)| !is_quarter_abroad(reading, i))
        .map(|(i, _)| i)
}

/// A country that acts ("North Korea fired shells") or belongs to a thing ("with the help of France").
fn is_country_aside(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let name = root(reading, place);
    if precision(place) != 6 || place.place.as_ref().is_some_and(|p| p.relation.is_some()) {
        return false;
    }
    let of_a_thing = |h: Tok| {
        let lexicon = &reading.knowledge.lexicon;
        let ground = ["territory", "settlement", "part"];
        !ground.iter().any(|c| lexicon.is(doc, h, c)) && reading.event_at(h).is_none()
    };
    let of = doc
        .child(name, Deprel::Case)
        .is_some_and(|c| doc.lower(c) == "of");
    doc.deprel(name) == Deprel::Nsubj
        || of && doc.deprel(name) == Deprel::Nmod && doc.head(name).is_some_and(of_a_thing)
}

/// "16 Niger soldiers", "Corva residents": whose people they are.
fn is_of_people(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let name = root(reading, place);
    // "In Corva police opened fire": no comma, and still where they did.
    let set_in =
        word_before(reading, place).is_some_and(|b| matches!(doc.lower(b), "in" | "at" | "near"));
    !set_in
        && matches!(doc.deprel(name), Deprel::Compound | Deprel::Amod)
        && doc.head(name).is_some_and(|h| {
            // "Corva state" names the place itself, "the Corva government" does not.
            let people = |class| class != ActorClass::Government || !place.phrase.contains(h);
            let ground = reading.knowledge.lexicon.is(doc, h, "territory")
                || reading.knowledge.lexicon.is(doc, h, "settlement")
                || place.place.as_ref().is_some_and(|p| p.relation.is_some());
            h > name && !ground && reading.actors.at(h).is_some_and(|a| people(a.class))
        })
}

/// "the Sahel country's north": the name says which kind of country the report speaks of.
fn describes_a_country(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let next = place.tokens.end;
    next.idx() < reading.doc.len() && reading.knowledge.lexicon.is(reading.doc, next, "country")
}

/// "officials in Bamako", "a spokesman in Elsk": where someone sits who speaks.
fn is_of_a_speaker(reading: &Reading<'_>, word: Tok) -> bool {
    let doc = reading.doc;
    if reading.voices.iter().any(|v| v.head == word) {
        return true;
    }
    let mut at = word;
    for _ in 0..4 {
        let Some(head) = doc.head(at) else {
            return false;
        };
        let speaks = head < word
            && doc.deprel(head) == Deprel::Nsubj
            && doc.head(head).is_some_and(|verb| {
                let speech = &reading.knowledge.speech;
                // "the embassy in Elsk declined to comment"
                speech.is_said(doc, verb) || has(&speech.refusals, doc.lemma(verb))
            });
        if speaks || reading.voices.iter().any(|v| v.head == head) {
            return true;
        }
        if tree::is_verbal(doc, head) {
            return false;
        }
        at = head;
    }
    false
}

/// "15 km from Mourdiah on the road to Nara": the second name only helps to place the first.
fn is_told_by_another(reading: &Reading<'_>, place: usize) -> bool {
    let span = reading.doc.range_span(reading.places[place].tokens);
    let first = place.saturating_sub(2);
    // "Corva, northeast of Elsk": the second only says where the first is.
    // "Dumna, Corva state, near the border with Elskan"
    let behind_town = place.checked_sub(2).is_some_and(|before| {
        let (p, q) = (&reading.places[before], &reading.places[place]);
        let town =
            p.role == PlaceRole::Location && p.place.as_ref().is_some_and(|g| g.precision <= 2);
        let comma = q.phrase.start.0.checked_sub(1).map(Tok);
        let joined = comma.is_some_and(|c| p.phrase.end == c && reading.doc.lower(c) == ",");
        town && joined && q.rule == "border" && p.contained_in.contains(&(place - 1))
    });
    // "Corva province, north of the Elskan capital": a people's word stands between the two.
    let named = |&b: &usize| reading.places[b].role != PlaceRole::Demonym;
    let apposed = (first..place).rev().find(named).is_some_and(|before| {
        let (p, q) = (&reading.places[before], &reading.places[place]);
        let told = |most: u8| {
            let geo = p.place.as_ref().filter(|_| p.role == PlaceRole::Location);
            geo.is_some_and(|g| g.precision <= most)
        };
        // "Corva province, north of the capital": another unit's town says only which way it lies.
        let of = |p: &PlaceMention| p.place.as_ref().and_then(|g| g.admin1.clone());
        let by_town = q.rule == "direction" && of(p) != of(q) && of(q).is_some();
        let by_way = matches!(q.rule, "direction" | "offset" | "border" | "near");
        let is_told = by_way && told(2) || by_town && told(4);
        let comma = q.phrase.start.0.checked_sub(1).map(Tok);
        let ends = |c: Tok| c == p.tokens.end || c == p.phrase.end;
        let joined = comma.is_some_and(|c| ends(c) && reading.doc.lower(c) == ",");
        // "Corva township on the outskirts of Elsk"
        let at_edge = q.rule == "outskirts" && told(3) && q.phrase.start == p.phrase.end;
        is_told && joined || at_edge
    });
    if apposed || behind_town {
        return true;
    }
    reading.places[first..place].iter().any(|p| {
        p.place
            .as_ref()
            .and_then(|g| g.relation)
            .is_some_and(|r| r.start() <= span.start() && span.end() <= r.end())
    })
}

/// "Fired at Awa Keita, 41,": who has an age is a person.
fn is_aged(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    // A name of two parts, of which the place holds the first ("Sae-tia").
    let end = (place.tokens.end.0..doc.len() as u32)
        .map(Tok)
        .take(4)
        .find(|&t| doc.upos(t) != Upos::Propn && doc.word(t) != "-");
    let word = |n: u32| {
        let t = end.map(|e| Tok(e.0 + n)).filter(|t| t.idx() < doc.len());
        t.map_or("", |t| doc.word(t))
    };
    let age = word(1).len() <= 2 && word(1).parse::<u8>().is_ok();
    word(0) == "," && age && matches!(word(2), "," | "." | ";" | "")
}

/// "A guard, Sunday Yakubu, was shot": what names a person is no place.
fn is_apposed_to_a_person(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let name = root(reading, place);
    let first = doc.head(name).filter(|_| doc.deprel(name) == Deprel::Flat);
    let name = first.unwrap_or(name);
    let of = doc.head(name).filter(|_| doc.deprel(name) == Deprel::Appos);
    of.is_some_and(|noun| {
        reading.knowledge.lexicon.is(doc, noun, "person-noun") && doc.upos(noun) == Upos::Noun
    })
}

/// "At Terminus, Elsk": the name before a town's is that of a part of it, and of no town abroad.
fn is_quarter_abroad(reading: &Reading<'_>, place: usize) -> bool {
    let (Some(p), Some(q)) = (reading.places.get(place), reading.places.get(place + 1)) else {
        return false;
    };
    let comma = p.tokens.end.0 + 1 == q.tokens.start.0 && reading.doc.word(p.tokens.end) == ",";
    match (&p.place, &q.place) {
        (Some(a), Some(b)) if comma => {
            a.precision <= 2 && b.precision <= 2 && a.country != b.country && b.country.is_some()
        }
        _ => false,
    }
}

/// "France's strikes": a country as the one who acts or owns.
fn is_owner(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    precision(place) == 6
        && place.phrase.end <= place.tokens.end
        && place.tokens.end.idx() < doc.len()
        && matches!(doc.lower(place.tokens.end), "'s" | "'")
}

/// The word of the sentence before a place's phrase.
pub(super) fn word_before(reading: &Reading<'_>, place: &PlaceMention) -> Option<Tok> {
    let doc = reading.doc;
    let start = place.phrase.start.min(place.tokens.start);
    let sentence = doc.sentence(doc.sentence_of(start)).tokens;
    let before = start.0.checked_sub(1).map(Tok);
    before.filter(|&b| sentence.contains(b))
}

/// Great-circle distance in kilometres, if both have coordinates (haversine, R = 6371 km).
pub(crate) fn distance(a: &GeoPlace, b: &GeoPlace) -> Option<f64> {
    let (la1, lo1, la2, lo2) = (
        a.lat?.to_radians(),
        a.lon?.to_radians(),
        b.lat?.to_radians(),
        b.lon?.to_radians(),
    );
    let h = ((la2 - la1) / 2.0).sin().powi(2)
        + la1.cos() * la2.cos() * ((lo2 - lo1) / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * h.sqrt().min(1.0).asin())
}
