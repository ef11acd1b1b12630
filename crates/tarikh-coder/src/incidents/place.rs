//! The event's place: which of the places that a report names an act happened at.
//!
//! First by grammar: the place in the clause of the act, then the only one of its sentence. Then by
//! discourse: a lead says "in central Mali" and a later sentence the village.

use tarikh_place::{GeoPlace, PlaceClass, PlaceMention, PlaceRole};
use tarikh_syntax::{Deprel, Sent, Tok};
use tarikh_text::Zone;

use super::fold::Draft;
use super::scene::{Family, Scene, governor};
use crate::knowledge::frames::Act;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;
use crate::tree;

/// Sentences behind an act that may still say where it was.
const REACH: u32 = 3;
/// Kilometres within which two places count as one where one is only near its point.
const NEAR_KM: f64 = 40.0;
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
pub(crate) fn own(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<usize> {
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
            _ => {}
        }
    }
    best(
        reading,
        trigger,
        candidates(reading, sentence)
            .filter(|&i| governor(reading, reading.places[i].tokens.start, trigger)),
    )
    .or_else(|| pointed_at(reading, pointed?))
}

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
    name.0.checked_sub(1).map(Tok).is_some_and(|before| {
        matches!(
            reading.doc.lower(before),
            "neighbouring" | "neighboring" | "adjoining" | "adjacent"
        )
    })
}

/// The place of the sentence that suits the act best.
pub(crate) fn any(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<usize> {
    best(reading, trigger, candidates(reading, sentence))
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
        all.iter()
            .any(|&o| reading.places[o].contained_in.contains(&i))
    };
    let finest = all.iter().copied().filter(|&i| !holds_another(i));
    finest.min_by_key(|&i| {
        let place = &reading.places[i];
        (
            precision(place) >= 6,
            !is_direct(reading, place, trigger),
            is_of_agent(reading, place),
            coarseness(place),
            place.tokens.start.0.abs_diff(trigger.0),
        )
    })
}

fn precision(place: &PlaceMention) -> u8 {
    place.place.as_ref().map_or(7, |p| p.precision)
}

/// How much room a place leaves: a line between two towns less than the region around it, and "the
/// Corva area" about as much as a region.
fn coarseness(place: &PlaceMention) -> u8 {
    let Some(geo) = &place.place else { return 7 };
    match geo.precision {
        // A village that no gazetteer has is still a village.
        3 if geo.class == PlaceClass::City && geo.geonameid.is_none() => 1,
        5 if is_stretch(geo) => 3,
        2 if geo.relation.is_none() && geo.geonameid.is_some() => 4,
        n => n,
    }
}

/// Whether it is a short line or area: a road between two towns, and no border from sea to sea.
fn is_stretch(geo: &GeoPlace) -> bool {
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
                        Deprel::Obj | Deprel::Obl | Deprel::NsubjPass
                    ) =>
            {
                return true;
            }
            _ => return false,
        }
    }
    false
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
fn root(reading: &Reading<'_>, place: &PlaceMention) -> Tok {
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
fn candidates<'r>(reading: &'r Reading<'_>, sentence: Sent) -> impl Iterator<Item = usize> + 'r {
    reading
        .within(sentence, &reading.places, |p| p.tokens.start)
        .filter(|(_, p)| p.role == PlaceRole::Location && p.place.is_some())
        .filter(|(_, p)| !is_of_a_speaker(reading, p.tokens.start) && !is_way(reading, p))
        .filter(|(_, p)| !is_owner(reading, p) && !describes_a_country(reading, p))
        .filter(|(_, p)| !is_of_people(reading, p) && !is_country_aside(reading, p))
        .filter(|&(i, _)| !is_told_by_another(reading, i))
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
        !ground.iter().any(|c| lexicon.is(doc, h, c))
            && reading
                .events
                .binary_search_by_key(&h, |e| e.trigger)
                .is_err()
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
            && doc
                .head(head)
                .is_some_and(|verb| reading.knowledge.speech.is_verb(doc.lemma(verb)));
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
    let apposed = place.checked_sub(1).is_some_and(|before| {
        let (p, q) = (&reading.places[before], &reading.places[place]);
        let town =
            p.role == PlaceRole::Location && p.place.as_ref().is_some_and(|g| g.precision <= 2);
        let by_way = matches!(q.rule, "direction" | "offset");
        let comma = q.phrase.start.0.checked_sub(1).map(Tok);
        let joined = comma.is_some_and(|c| c == p.tokens.end && reading.doc.lower(c) == ",");
        town && by_way && joined
    });
    if apposed {
        return true;
    }
    reading.places[first..place].iter().any(|p| {
        p.place
            .as_ref()
            .and_then(|g| g.relation)
            .is_some_and(|r| r.start() <= span.start() && span.end() <= r.end())
    })
}

/// "France's strikes": a country as the one who acts or owns.
fn is_owner(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    precision(place) == 6
        && place.phrase.end <= place.tokens.end
        && place.tokens.end.idx() < doc.len()
        && matches!(doc.lower(place.tokens.end), "'s" | "'")
}

/// "from Niger", "to Bamako": where someone came from or was brought, and no distance from it.
fn is_way(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    if place.place.as_ref().is_some_and(|p| p.relation.is_some()) {
        return false;
    }
    word_before(reading, place)
        .is_some_and(|b| matches!(reading.doc.lower(b), "from" | "to" | "toward" | "towards"))
}

/// The word of the sentence before a place's phrase.
fn word_before(reading: &Reading<'_>, place: &PlaceMention) -> Option<Tok> {
    let doc = reading.doc;
    let start = place.phrase.start.min(place.tokens.start);
    let sentence = doc.sentence(doc.sentence_of(start)).tokens;
    let before = start.0.checked_sub(1).map(Tok);
    before.filter(|&b| sentence.contains(b))
}

/// Gives each incident the most exact place that the report gives for it.
pub(crate) fn settle(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft]) {
    let owners: Vec<Vec<Sent>> = drafts
        .iter()
        .map(|d| d.scenes.iter().map(|&s| scenes[s].sentence).collect())
        .collect();
    for d in 0..drafts.len() {
        if drafts[d].shared_toll {
            continue;
        }
        let others: Vec<Sent> = (0..drafts.len())
            .filter(|&o| o != d)
            .flat_map(|o| owners[o].iter().copied())
            .filter(|s| !owners[d].contains(s))
            .collect();
        let several = tells_of_several(reading, scenes, &drafts[d]);
        if let Some(place) = better(reading, &drafts[d], several, (&owners[d], &others)) {
            drafts[d].place = Some(place);
        } else if drafts[d].place.is_none() && !drafts[d].is_background {
            drafts[d].place =
                carried(reading, drafts, &owners, d).or_else(|| of_dateline(reading, &drafts[d]));
        }
    }
}

/// The place of the incident told of right before: "a second bomb went off twenty minutes later".
fn carried(
    reading: &Reading<'_>,
    drafts: &[Draft],
    owners: &[Vec<Sent>],
    d: usize,
) -> Option<usize> {
    let first = owners[d].iter().min()?;
    (0..d)
        .filter(|&o| !drafts[o].is_background && drafts[o].family.agrees(drafts[d].family))
        .filter(|&o| {
            owners[o]
                .iter()
                .any(|s| s.0 <= first.0 && first.0 <= s.0 + 2)
        })
        .filter_map(|o| drafts[o].place)
        .rfind(|&i| precision(&reading.places[i]) <= 3)
}

/// The town of the dateline, for a lead that names no place, in a report that names none in another
/// country: what a local correspondent tells of without a name happened in his town.
fn of_dateline(reading: &Reading<'_>, draft: &Draft) -> Option<usize> {
    let sentence = |i: usize| reading.doc.sentence_of(reading.places[i].tokens.start);
    let geo = |i: usize| reading.places[i].place.as_ref();
    let all = 0..reading.places.len();
    let town = all
        .clone()
        .find(|&i| reading.is_dateline(sentence(i)) && geo(i).is_some_and(|g| g.precision == 1))?;
    let home = geo(town)?.country.as_ref()?;
    let abroad = |i: usize| {
        reading.places[i].role == PlaceRole::Location
            && geo(i).is_some_and(|g| g.country.as_ref().is_some_and(|c| c != home))
    };
    (draft.is_lead && !all.clone().any(abroad)).then_some(town)
}

/// A place that narrows down the one that an incident has, from its own sentences, the title and
/// those that go on telling of it.
fn better(
    reading: &Reading<'_>,
    draft: &Draft,
    several: bool,
    (own, others): (&[Sent], &[Sent]),
) -> Option<usize> {
    let old = draft.place.map(|i| &reading.places[i]);
    let told = told_in(reading, draft, own, others);
    told.into_iter()
        .flat_map(|(tier, sentence)| candidates(reading, sentence).map(move |i| (tier, i)))
        .filter(|&(tier, i)| {
            let new = &reading.places[i];
            let close = !draft.is_background && old.is_none_or(|o| precision(o) > 2);
            (close || tier <= 1)
                && precision(new) <= 5
                && narrows(old, new)
                && !(several && old.is_some_and(|o| is_quarter(o, new)))
                && is_set_there(reading, new, draft)
        })
        .min_by_key(|&(tier, i)| (tier, precision(&reading.places[i]), i))
        .map(|(_, i)| i)
}

/// "A series of car bombs killed 24 in Corva": of these a quarter told of later has one.
fn tells_of_several(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let doc = reading.doc;
    let many = |t: Tok| doc.xpos(t) == "NNS";
    let told = |t: Tok| {
        let event = reading.events.binary_search_by_key(&t, |e| e.trigger);
        // Clashes are one fight.
        event.is_ok_and(|e| reading.events[e].act != Act::Clash)
            || reading.knowledge.lexicon.weapon(doc, t).is_some()
    };
    let events = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
    events.map(|&e| &reading.events[e]).any(|e| {
        let strikes = matches!(
            e.act,
            Act::Explosion | Act::Suicide | Act::Air | Act::Shelling | Act::Attack
        );
        // "A series of car bombs killed": the bombs stand below the subject.
        let subject = doc.child(e.trigger, Deprel::Nsubj).unwrap_or(e.trigger);
        let of = |c: Tok| {
            doc.child(c, Deprel::Case)
                .is_some_and(|w| doc.lower(w) == "of")
        };
        let by_many = many(subject) && told(subject)
            || doc
                .children(subject)
                .any(|c| doc.deprel(c) == Deprel::Nmod && many(c) && told(c) && of(c));
        strikes && many(e.trigger) || by_many
    })
}

/// Sentences that may tell where an incident was, nearest first, with their rank.
fn told_in(
    reading: &Reading<'_>,
    draft: &Draft,
    own: &[Sent],
    others: &[Sent],
) -> Vec<(u32, Sent)> {
    let n = reading.doc.sentences().len() as u32;
    let mut out: Vec<(u32, Sent)> = own.iter().map(|&s| (0, s)).collect();
    for &s in own {
        let zone = reading.zone(s);
        let reach = if zone == Zone::Title { 1 } else { REACH };
        let after = (s.0 + 1..n).map(Sent).filter(|&s| !reading.is_dateline(s));
        for next in after.take(reach as usize) {
            if others.contains(&next) {
                break;
            }
            out.push((next.0 - s.0, next));
        }
    }
    if draft.is_lead {
        let title = (0..n).map(Sent).filter(|&s| reading.zone(s) == Zone::Title);
        out.extend(title.map(|s| (1, s)));
        let rest = (0..n)
            .map(Sent)
            .filter(|s| !others.contains(s) && reading.zone(*s) == Zone::Body);
        out.extend(rest.map(|s| (REACH + 1, s)));
    }
    out.retain(|(_, s)| !others.contains(s) || own.contains(s));
    out
}

/// Whether a place says more exactly where the old one is, and does not contradict it.
fn narrows(old: Option<&PlaceMention>, new: &PlaceMention) -> bool {
    let Some(new) = &new.place else { return false };
    let Some(old) = old.and_then(|p| p.place.as_ref()) else {
        return true;
    };
    // An unknown name adds nothing to a town that is known.
    let finer = match old.precision {
        // "in Bamako", then "in the Missabougou district": the quarter of the town.
        1 if is_quarter_of(new, old) => true,
        6 => new.precision <= 5,
        5 if old.relation.is_none() => new.precision < 5 || new.relation.is_some(),
        // "in Borno, on the road from Bama to Banki"
        4 => new.precision < 4 || new.precision == 5 && is_stretch(new),
        5 => new.precision < 4,
        // "Dumna, some 15 km from Corva": the place itself, where only a distance to it was told.
        2 => {
            old.relation.is_some()
                && new.precision == 1
                && new.name != old.name
                && distance(old, new).is_none_or(|km| km <= NEAR_KM)
        }
        _ => false,
    };
    let same_country = match (&old.country, &new.country) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let same_unit = match (&old.admin1, &new.admin1) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    finer && same_country && same_unit
}

/// Whether a town and a part of it were named.
fn is_quarter(old: &PlaceMention, new: &PlaceMention) -> bool {
    matches!((&old.place, &new.place), (Some(town), Some(quarter)) if is_quarter_of(quarter, town))
}

/// Whether one place is a part of the town that the other is.
fn is_quarter_of(quarter: &GeoPlace, town: &GeoPlace) -> bool {
    quarter.class == PlaceClass::Quarter
        && town.class == PlaceClass::City
        && distance(town, quarter).is_none_or(|km| km <= NEAR_KM)
}

/// Whether something happens at the place in its sentence: it stands behind a preposition of place or
/// is what was attacked, and no one merely lives or works there.
fn is_set_there(reading: &Reading<'_>, place: &PlaceMention, draft: &Draft) -> bool {
    let doc = reading.doc;
    let before = word_before(reading, place);
    let located = place.place.as_ref().is_some_and(|p| p.relation.is_some())
        || before.is_some_and(|b| {
            matches!(
                doc.lower(b),
                "in" | "at" | "near" | "on" | "outside" | "around" | "inside" | "of" | "between"
            )
        });
    let head = doc.head(root(reading, place));
    let of_noun = doc.deprel(root(reading, place)) == Deprel::Nmod
        && head.is_some_and(|h| reading.actors.at(h).is_some())
        && draft.family != Family::Territory;
    located && !of_noun
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
