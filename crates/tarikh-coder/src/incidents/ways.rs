//! Places that people came from, went to or were brought to, which are not where an act happened.

use tarikh_place::{PlaceMention, PlaceRole};
use tarikh_syntax::{Deprel, Tok, Upos};

use super::place::{root, word_before};
use crate::knowledge::frames::Act;
use crate::reading::Reading;
use crate::tree;

/// Nouns between a place and the verb of its clause, at most.
const DEEPEST: usize = 6;

/// "A bomb hit a bus in Corva with pilgrims on their way to Elsk": where people were going, told behind
/// the town where it happened.
pub(super) fn is_where_they_went(reading: &Reading<'_>, place: usize) -> bool {
    let p = &reading.places[place];
    let doc = reading.doc;
    let related = p.place.as_ref().is_some_and(|g| g.relation.is_some());
    let travels = |t: Tok| reading.knowledge.lexicon.is(doc, t, "travel");
    let going = related && p.phrase.iter().any(travels);
    let sentence = doc.sentence_of(p.tokens.start);
    let mut before = reading.within(sentence, &reading.places, |q| q.tokens.start);
    let town = |q: &PlaceMention| {
        let geo = q.place.as_ref();
        let located = word_before(reading, q)
            .is_some_and(|b| matches!(doc.lower(b), "in" | "at" | "near" | "of"));
        q.role == PlaceRole::Location
            && located
            && geo.is_some_and(|g| g.precision <= 2 && g.relation.is_none())
    };
    going && before.any(|(i, q)| i < place && town(q))
}

/// "from Niger", "to Bamako": where someone came from or was brought, and no distance from it.
pub(in crate::incidents) fn is_way(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    if place.place.as_ref().is_some_and(|p| p.relation.is_some()) {
        return false;
    }
    // "food to the blockaded town of Djibo"
    let doc = reading.doc;
    let mut before = word_before(reading, place);
    for _ in 0..2 {
        let describes =
            |b: &Tok| matches!(doc.upos(*b), Upos::Det | Upos::Adj) || doc.xpos(*b) == "VBN";
        before = match before.filter(describes) {
            Some(b) => b.0.checked_sub(1).map(Tok),
            None => before,
        };
    }
    before.is_some_and(|b| match doc.lower(b) {
        "from" => !is_taken_from(reading, place),
        "to" => !is_come_to(reading, place),
        word => matches!(word, "toward" | "towards"),
    })
}

/// "Fired two missiles from rebel-held areas of Elskan at Corva": where the shots came from.
pub(super) fn is_origin(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let case = |t: Tok| doc.child(t, Deprel::Case).map_or("", |c| doc.lower(c));
    let of = |t: &Tok| matches!(case(*t), "" | "of");
    let up = |t: &Tok| doc.head(*t).filter(|&h| of(t) && !tree::is_verbal(doc, h));
    let mut nouns = std::iter::successors(Some(root(reading, place)), up).take(DEEPEST);
    nouns.any(|noun| {
        let from = case(noun) == "from";
        let verb = doc
            .head(noun)
            .filter(|_| from && doc.deprel(noun) == Deprel::Obl);
        let event = verb.and_then(|v| reading.event_at(v));
        event.is_some_and(|e| matches!(e.act, Act::Shelling | Act::Air))
    })
}

/// The word that governs the whole phrase of a place.
fn above_phrase(reading: &Reading<'_>, place: &PlaceMention) -> Option<Tok> {
    let doc = reading.doc;
    let inside = |t: &Tok| doc.head(*t).filter(|&h| place.phrase.contains(h));
    let up = std::iter::successors(Some(root(reading, place)), inside);
    doc.head(up.take(DEEPEST).last()?)
}

/// "The attackers came to Bourem at dawn": where an act led its authors.
fn is_come_to(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let verb = above_phrase(reading, place);
    verb.is_some_and(|v| {
        doc.lemma(v) == "come" && reading.event_at(v).is_some_and(|e| e.act == Act::Attack)
    })
}

/// "Kidnapped nine pupils from Bourem", "stole cattle from Bourem": where those were who were taken.
fn is_taken_from(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let doc = reading.doc;
    let above = above_phrase(reading, place);
    let object = above.filter(|&h| doc.deprel(h) == Deprel::Obj);
    let verb = object.and_then(|o| doc.head(o)).or(above);
    let event = verb.and_then(|v| reading.event_at(v));
    event.is_some_and(|e| matches!(e.act, Act::Abduct | Act::Loot))
}

/// "Brought to a hospital in Elsk", "treated at the clinics of Elsk and Corva": where people were taken afterwards.
pub(super) fn is_where_brought(reading: &Reading<'_>, place: &PlaceMention) -> bool {
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let up = |t: &Tok| doc.head(*t);
    let above = std::iter::successors(doc.head(root(reading, place)), up).take(DEEPEST);
    let mut nouns =
        above.take_while(|&t| !tree::is_verbal(doc, t) && reading.event_at(t).is_none());
    let case = |n: Tok| doc.child(n, Deprel::Case).map_or("", |c| doc.lower(c));
    nouns.any(|noun| {
        let verb = doc.head(noun).filter(|_| doc.deprel(noun) == Deprel::Obl);
        let is = |class| verb.is_some_and(|v| lexicon.is(doc, v, class));
        let cared_for = is("treat") && lexicon.is(doc, noun, "care");
        case(noun) == "to" && is("bring") || cared_for && matches!(case(noun), "to" | "at" | "in")
    })
}

/// "At the Alpha barracks in the centre of Corva", "in Bravo avenue": whether a word of the class makes a house or a street
/// of the name.
pub(super) fn is_followed_by(reading: &Reading<'_>, place: &PlaceMention, class: &str) -> bool {
    let (doc, next) = (reading.doc, place.tokens.end);
    next < doc.sentence(doc.sentence_of(place.tokens.start)).tokens.end
        && reading.knowledge.lexicon.is(doc, next, class)
}

/// "South of Corva", then "70 nautical miles south of Corva": the distance says that it was at sea.
pub(super) fn is_out_at_sea(reading: &Reading<'_>, new: usize, old: usize) -> bool {
    let (Some(new), Some(old)) = (&reading.places[new].place, &reading.places[old].place) else {
        return false;
    };
    new.precision == 7 && new.relation.is_some() && old.precision < 7 && new.name == old.name
}
