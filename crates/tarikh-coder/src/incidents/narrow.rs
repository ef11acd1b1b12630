//! Where an act was, by discourse: a lead says "in central Mali" and a later sentence the village.

use tarikh_place::{GeoPlace, PlaceClass, PlaceMention, PlaceRole};
use tarikh_syntax::{Deprel, Sent, Tok};
use tarikh_text::Zone;

use super::fold::Draft;
use super::place::{NEAR_KM, candidates, distance, is_stretch, precision, root, word_before};
use super::scene::{Family, Scene};
use super::ways::is_out_at_sea;
use crate::knowledge::frames::Act;
use crate::reading::Reading;

/// Sentences behind an act that may still say where it was.
const REACH: u32 = 3;

/// Gives each incident the most exact place that the report gives for it.
pub(crate) fn settle(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft]) {
    let owners: Vec<Vec<Sent>> = drafts
        .iter()
        .map(|d| d.scenes.iter().map(|&s| scenes[s].sentence).collect())
        .collect();
    let all = 0..reading.places.len();
    let at_sea: Vec<usize> = all
        .filter(|&i| precision(&reading.places[i]) == 7)
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
        let found = better(reading, &drafts[d], several, (&owners[d], &others));
        if let Some(place) = found.filter(|&p| is_of(reading, scenes, &drafts[d], p)) {
            drafts[d].place = Some(place);
        } else if drafts[d].place.is_none() && !drafts[d].is_background {
            drafts[d].place = carried(reading, drafts, &owners, d)
                .or_else(|| of_dateline(reading, &drafts[d]))
                .or_else(|| current_town(reading, drafts, &owners, d));
            drafts[d].place_is_carried = drafts[d].place.is_some();
        }
        if let Some(place) = drafts[d].place
            && let Some(&off) = at_sea.iter().find(|&&p| is_out_at_sea(reading, p, place))
        {
            drafts[d].place = Some(off);
        }
    }
}

/// "Days after an ambush near Corva, rebels raided Elsk": whether a place is of the draft's own words.
fn is_of(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, place: usize) -> bool {
    let start = reading.places[place].tokens.start;
    let here = |s: &&Scene| s.sentence == reading.doc.sentence_of(start);
    let mut told = draft.scenes.iter().map(|&s| &scenes[s]).filter(here);
    told.all(|s| s.holds(start))
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
            owners[o].iter().any(|s| {
                let behind = first.0.checked_sub(s.0);
                behind.is_some_and(|n| n <= 2 || n <= 5 && names_no_place(reading, *s, *first))
            })
        })
        .filter_map(|o| drafts[o].place)
        .rfind(|&i| precision(&reading.places[i]) <= 3)
}

/// The town in which a report goes on telling: that of the last act of the news before, for one that names
/// neither a place nor turns to another.
fn current_town(
    reading: &Reading<'_>,
    drafts: &[Draft],
    owners: &[Vec<Sent>],
    d: usize,
) -> Option<usize> {
    // Those who make peace do so elsewhere than where they fought.
    if drafts[d].family == Family::Agreement {
        return None;
    }
    let first = owners[d].iter().min()?;
    let before = (0..drafts.len())
        .filter(|&o| o != d && !drafts[o].is_background && drafts[o].place.is_some())
        .filter(|&o| owners[o].iter().any(|s| s <= first));
    let last = before.max_by_key(|&o| owners[o].iter().filter(|s| *s <= first).max());
    let town = drafts[last?].place?;
    (precision(&reading.places[town]) <= 3).then_some(town)
}

/// Whether nothing is placed anywhere from one sentence up to another.
fn names_no_place(reading: &Reading<'_>, after: Sent, until: Sent) -> bool {
    let mut places = (after.0 + 1..=until.0)
        .flat_map(|s| reading.within(Sent(s), &reading.places, |p| p.tokens.start));
    !places.any(|(_, p)| p.role == PlaceRole::Location)
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
                && (narrows(old, new) || is_where_it_happened(reading, old, new))
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
        // Clashes are one fight.
        reading.event_at(t).is_some_and(|e| e.act != Act::Clash)
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

/// "Seized on an island of the lake. "It happened at Corva," the governor said.": where an act at sea or on a lake was.
fn is_where_it_happened(
    reading: &Reading<'_>,
    old: Option<&PlaceMention>,
    new: &PlaceMention,
) -> bool {
    let doc = reading.doc;
    let at_sea = old.is_some_and(|o| {
        precision(o) == 7 && o.place.as_ref().is_some_and(|g| g.relation.is_none())
    });
    let sentence = doc.sentence(doc.sentence_of(new.tokens.start)).tokens;
    let happened = |t: Tok| {
        matches!(doc.lemma(t), "happen" | "occur")
            && (t.0 > sentence.start.0)
            && matches!(
                doc.lower(Tok(t.0 - 1)),
                "it" | "this" | "attack" | "raid" | "incident"
            )
    };
    at_sea && precision(new) <= 3 && sentence.iter().any(happened)
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
