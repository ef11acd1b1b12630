//! Folds scenes into incidents: what is one act told several times, and what are several acts.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok};
use tarikh_text::Zone;
use tarikh_time::{Anchor, Interval};

use super::place::{NEAR_KM, compatible, distance, is_stretch, same_spot};
use super::scene::{Family, Scene, When};
use super::signs::{self, actors_conflict, tells_first_toll, weapons_conflict};
use super::ways::is_out_at_sea;
use super::{aftermath, headline, items, spread, unlike};
use crate::knowledge::words::words;
use crate::mentions::harm::Stage;
use crate::reading::Reading;

/// An incident in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Indices of its scenes, in text order.
    pub(crate) scenes: Vec<usize>,
    pub(crate) family: Family,
    pub(crate) when: Option<When>,
    /// Index of the place mention.
    pub(crate) place: Option<usize>,
    /// Its place is that of another act or of the dateline: its own words name none.
    pub(crate) place_is_carried: bool,
    /// The report's first incident.
    pub(crate) is_lead: bool,
    /// One toll is given for it and for the same act at other towns together.
    pub(crate) shared_toll: bool,
    /// Which of the numbers of a common toll is its own, counted from 0.
    pub(crate) share: Option<usize>,
    /// The scenes whose tolls are its own, where others tell of several towns; all if none is named.
    pub(crate) own: Vec<usize>,
    pub(crate) is_background: bool,
}

/// Kilometres between two towns that no act can be at both of.
const FAR_KM: f64 = 150.0;
/// Score of the dead who were counted as wounded before.
const LATER: i32 = 20;
/// What an act of its own ("another blast") loses.
const DISTINCT: i32 = 4;
/// Least score at which a scene joins a draft.
const JOIN: i32 = 2;

/// Folds the scenes of a report.
pub(crate) fn fold(reading: &Reading<'_>, scenes: &[Scene]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let numbers: Vec<_> = scenes.iter().map(|s| signs::numbers(reading, s)).collect();
    for (index, scene) in scenes.iter().enumerate() {
        let when = scene.when.map(|w| anchored(reading, w, &drafts));
        let own_day = when.filter(|w| !is_hour_of_day_told(reading, *w, scene, &drafts));
        let distinct = scene.distinct || aftermath::turns_to_others(reading, scene);
        let best = (0..drafts.len())
            .filter_map(|d| {
                let score = score(reading, scenes, &drafts, d, (index, own_day), &numbers)?;
                Some((score - if distinct { DISTINCT } else { 0 }, d))
            })
            .max_by_key(|&(s, d)| {
                // Of the clauses of a headline the first is the one that the lead goes on.
                let clause = headline::is_of_several(reading, scenes, &drafts[d]);
                (s, !clause, if clause { drafts.len() - d } else { d })
            });
        match best {
            Some((s, d)) if s >= JOIN => {
                let further = spread::uncovered(reading, &drafts, d, scene);
                let apart =
                    !further.is_empty() && spread::is_told_apart(reading, &drafts[d], scene);
                for (e, place) in spread::told(reading, &drafts, d, scene) {
                    join(reading, scenes, &mut drafts[e], index, (own_day, place));
                }
                if apart {
                    drafts[d].place = scene.place;
                    spread::over(reading, &mut drafts, d, &further);
                }
            }
            _ if opens(reading, scenes, scene, &drafts) => {
                let is_lead = drafts.is_empty();
                drafts.push(Draft {
                    scenes: vec![index],
                    family: scene.family,
                    when,
                    place: scene.place,
                    place_is_carried: false,
                    is_lead,
                    shared_toll: false,
                    share: None,
                    own: Vec::new(),
                    is_background: false,
                });
                let last = drafts.len() - 1;
                spread::over(reading, &mut drafts, last, &scene.sites);
            }
            _ => {}
        }
    }
    drafts
}

/// "The grenade was thrown at 7:30 p.m.": an hour of the day that was told before, as far as it is news.
fn is_hour_of_day_told(reading: &Reading<'_>, when: When, scene: &Scene, drafts: &[Draft]) -> bool {
    let is_news = |i: Interval| i.precision <= 2 && !unlike::is_long_ago(reading, i);
    let day_told = |d: &Draft| d.when.and_then(|w| w.interval).is_some_and(is_news);
    reading.times[when.timex].is_time_alone() && !scene.distinct && drafts.iter().any(day_told)
}

/// Resolves "two days earlier" and "the same day" against the incident told before.
fn anchored(reading: &Reading<'_>, when: When, drafts: &[Draft]) -> When {
    let timex = &reading.times[when.timex];
    if when.interval.is_some() || timex.anchor != Anchor::Narrative {
        return when;
    }
    // "Hours before" is said of the news, also behind an act of last month.
    let days = || drafts.iter().rev().filter_map(|d| d.when?.interval);
    let day = days()
        .find(|i| i.precision <= 2)
        .or_else(|| days().next())
        .map(|i| i.start);
    When {
        interval: day.and_then(|d| tarikh_time::resolve_from(timex, d)),
        ..when
    }
}

/// How well a scene fits a draft; `None` when it contradicts it.
fn score(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    d: usize,
    (index, when): (usize, Option<When>),
    numbers: &[Vec<(Measure, u32)>],
) -> Option<i32> {
    let (draft, scene) = (&drafts[d], &scenes[index]);
    if !scene.family.agrees(draft.family)
        || scene.family == Family::Release && draft.family != Family::Release
    {
        return None;
    }
    let stage = |h: &usize| reading.harms[*h].stage;
    let of_wounded = scene.harms.iter().any(|h| stage(h) == Stage::Later);
    let days = (
        draft.when.and_then(|w| w.interval),
        when.and_then(|w| w.interval),
    );
    let on_other_days = matches!(days, (Some(a), Some(b)) if disjoint(a, b));
    let is_agreement = scene.family == Family::Agreement && scene.definite;
    // In a report of thousands of incidents this parts most of them: it is asked first.
    if on_other_days && !is_agreement && !of_wounded {
        return None;
    }
    if headline::are_parted(reading, scenes, draft, scene)
        || is_of_another_item(reading, scenes, draft, scene)
        || scene.apart && !scenes[draft.scenes[0]].apart
        || unlike::are(reading, scenes, drafts, draft, scene)
    {
        return None;
    }
    // "One of the wounded died on Sunday, raising the toll to 10": of the act that wounded them.
    let later = |h: &usize| matches!(stage(h), Stage::Later | Stage::Raised | Stage::Total);
    if of_wounded && scene.harms.iter().all(later) && is_next(scenes, draft, scene) {
        return Some(LATER);
    }
    let mut score = 0;
    let next = is_next(scenes, draft, scene) || is_headline_of(scenes, drafts, draft, scene);
    // The clauses of a headline are told below; what goes on from the sentence before is told there.
    let goes_on = scene.when.is_none() && scene.place.is_none() && scene.zone == Zone::Body;
    let shared = match goes_on && headline::is_of_several(reading, scenes, draft) {
        true => 0,
        // The same number of the same harm is a strong sign of the same act.
        false => {
            let told = |s: &usize| numbers[*s].iter().any(|n| numbers[index].contains(n));
            3 * i32::from(draft.scenes.iter().any(told))
        }
    };
    match days {
        // "The ceasefire takes effect on Friday": signed and held are one.
        (Some(_), Some(_)) if is_agreement => score += i32::from(!on_other_days),
        (Some(_), Some(_)) if on_other_days => return None,
        (Some(a), Some(b)) => {
            score += if a.precision <= 2 && b.precision <= 2 {
                2
            } else {
                1
            }
        }
        // What happened just now and is not dated is not what happened long ago.
        (None, Some(b)) if unlike::is_long_ago(reading, b) => return None,
        _ => {}
    }
    match (draft.place, scene.place) {
        (Some(a), Some(b)) => {
            let (Some(x), Some(y)) = (&reading.places[a].place, &reading.places[b].place) else {
                return None;
            };
            // The same dead in the next sentence are the same act, whatever its place is called, and
            // "the attack" without a day of its own is the one told before.
            let same_dead = shared > 0 && next;
            let known = scene.definite
                && !tells_of_bodies(reading, scene)
                && !opens_with_place(reading, scene)
                && !tells_of_more(reading, scene)
                || next && is_by_the_attackers(reading, scene);
            let undated = |w: Option<When>| w.and_then(|w| w.interval).is_none();
            let refers_back =
                known && !scene.distinct && (when.is_none() || next && undated(draft.when));
            // "Later a bomb went off in the suburb of Elsk"
            let turns = scene.distinct || turns_to_another(reading, scene.sentence);
            let elsewhere = turns && !scene.definite && x.name != y.name;
            let far = || distance(x, y).is_some_and(|km| km > NEAR_KM);
            let off_the_road = is_stretch(x) && y.precision <= 2 && far();
            if elsewhere && (x.precision.max(y.precision) <= 3 || off_the_road) {
                return None;
            }
            let fits = compatible(x, y) || names_the_other(reading, a, b);
            // "One of them wounded a man in Elsk": two towns far apart are never one.
            let apart = x.precision.max(y.precision) <= 3
                && x.country == y.country
                && distance(x, y).is_some_and(|km| km > FAR_KM);
            if !fits && !same_dead && (!refers_back || apart) {
                return None;
            }
            score += match (compatible(x, y), same_spot(x, y)) {
                (false, _) => -1,
                (_, true) => 3,
                (_, false) => 1,
            };
        }
        (_, None) => score += 1,
        (None, Some(_)) => {}
    }
    if when.is_none() {
        score += 1;
    }
    if scene.definite {
        score += 1;
    }
    // "Said that an attack had taken place": of the same day it is the same time.
    if scene.pluperfect
        && !scenes[draft.scenes[0]].pluperfect
        && when.is_some_and(|w| w.interval.is_some())
        && draft.when.is_none_or(|w| w.interval.is_none())
    {
        score -= 2;
    }
    if next {
        score += 1;
    }
    if scene.family == draft.family {
        score += 1;
    }
    if next && tells_first_toll(reading, scenes, draft, scene) {
        score += 3;
    }
    score += shared;
    if actors_conflict(reading, scenes, draft, scene)
        || !(scene.definite || next && aftermath::is_a_bang(reading, scene))
            && weapons_conflict(reading, scenes, draft, scene)
    {
        score -= 3;
    }
    Some(score)
}

/// "The attackers raided the village of Corva": those of the act told right before.
fn is_by_the_attackers(reading: &Reading<'_>, scene: &Scene) -> bool {
    let known =
        |&t: &Tok| words().attackers.is(reading.doc, t) && crate::tree::has_article(reading.doc, t);
    let mut agents = scene.events.iter().flat_map(|&e| &reading.events[e].agents);
    agents.any(known)
}

/// "The bodies of two men were found in Corva": not those of an act at another place.
fn tells_of_bodies(reading: &Reading<'_>, scene: &Scene) -> bool {
    let body = |h: &usize| reading.doc.lemma(reading.harms[*h].trigger) == "body";
    scene.events.is_empty() && scene.harms.iter().any(body)
}

/// "Later, a bomb went off", "On the same day two men were shot": the opening of a further item.
pub(super) fn turns_to_another(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let (start, end) = (
        doc.sentence(sentence).tokens.start,
        doc.sentence(sentence).tokens.end,
    );
    let word = |n: u32| doc.lower(Tok(start.0 + n).min(Tok(end.0 - 1)));
    let then = matches!(word(0), "later" | "earlier" | "also") && word(1) == ","
        || matches!(word(0), "later" | "earlier") && word(1) == "on";
    // "Also on Monday", "A few hours later, gunmen opened fire near Elsk"
    let also = word(0) == "also" && matches!(word(1), "on" | "in" | "at" | "near" | "overnight");
    let hours_on =
        (1..5).any(|n| matches!(word(n), "hour" | "hours") && words().afterwards.has(word(n + 1)));
    // "An hour and a half later", "Two and a half hours later"
    let hours_on = hours_on
        || (3..8).any(|n| {
            words().afterwards.has(word(n))
                && (0..n).any(|m| matches!(word(m), "hour" | "hours"))
                && (0..n).any(|m| word(m) == "half")
        });
    let hours_on = hours_on || word(0) == "hours" && word(1).starts_with("after");
    // "Later that day", "That evening"
    let part_of_day = |n| words().parts_of_day.has(word(n));
    let that_day = word(0) == "that" && word(1) != "day" && part_of_day(1)
        || matches!(word(0), "later" | "earlier")
            && matches!(word(1), "that" | "the")
            && (2..4).any(part_of_day);
    let then = then || that_day;
    let same = (0..3).find(|&n| word(n) == "same");
    let day = |n: u32| part_of_day(n + 1) || word(n + 1) == "time";
    then || also || hours_on || same.is_some_and(day)
}

/// "Two more people died in Elsk": beside those told before.
fn tells_of_more(reading: &Reading<'_>, scene: &Scene) -> bool {
    let mut harms = scene.harms.iter().map(|&h| &reading.harms[h]);
    scene.events.is_empty()
        && harms.any(|h| h.stage == Stage::Plain && h.parties.iter().any(|p| p.further))
}

/// Items of a round-up tell acts of their own.
fn is_of_another_item(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    scene: &Scene,
) -> bool {
    let apart = |&s: &usize| items::is_apart(reading, scene.sentence, scenes[s].sentence);
    let body = draft.scenes.iter().all(|&s| scenes[s].zone != Zone::Title);
    body && !scene.definite && draft.scenes.iter().all(apart)
}

/// "In Elsk, two people died": a bare count of the dead with a town of its own.
fn opens_with_place(reading: &Reading<'_>, scene: &Scene) -> bool {
    let opening = reading.doc.sentence(scene.sentence).tokens.start;
    let near = |p: usize| reading.places[p].tokens.start.0 <= opening.0 + 3;
    scene.events.is_empty()
        && matches!(reading.doc.lower(opening), "in" | "at" | "near" | "outside")
        && scene.place.is_some_and(near)
}

/// "near Nara" and "10 km from Mourdiah on the road to Nara": one place is described by the other.
fn names_the_other(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    describes(reading, a, b) || describes(reading, b, a)
}

/// Whether a place that stands in a relation names the other place in it.
fn describes(reading: &Reading<'_>, relative: usize, other: usize) -> bool {
    let (relative, other) = (&reading.places[relative], &reading.places[other]);
    let (Some(of), Some(place)) = (&relative.place, &other.place) else {
        return false;
    };
    let words = reading.doc.range_span(relative.phrase);
    of.relation.is_some() && words.of(reading.doc.text()).contains(&place.name)
}

/// Whether the draft is that of the headline, and the scene the first of the body.
fn is_headline_of(scenes: &[Scene], drafts: &[Draft], draft: &Draft, scene: &Scene) -> bool {
    let in_title = |d: &Draft| d.scenes.iter().all(|&s| scenes[s].zone == Zone::Title);
    scene.zone == Zone::Body && in_title(draft) && drafts.iter().all(in_title)
}

/// Whether the scene follows the draft's last one at once.
fn is_next(scenes: &[Scene], draft: &Draft, scene: &Scene) -> bool {
    let last = draft.scenes.last().map_or(Sent(0), |&s| scenes[s].sentence);
    scene.sentence.0.saturating_sub(last.0) <= 1
}

/// Whether two intervals cannot hold one day.
pub(crate) fn disjoint(a: Interval, b: Interval) -> bool {
    a.end < b.start || b.end < a.start
}

/// Whether a scene can open an incident of its own.
fn opens(reading: &Reading<'_>, scenes: &[Scene], scene: &Scene, drafts: &[Draft]) -> bool {
    if !scene.supported {
        return false;
    }
    // "Freed eight of the 20 students seized in Corva": the words say whom, and tell of no second act.
    let frees = |d: &Draft| {
        d.family == Family::Release
            && d.scenes
                .iter()
                .any(|&s| scenes[s].sentence == scene.sentence)
    };
    let dated = scene.when.is_some_and(|w| w.interval.is_some());
    if scene.family == Family::Abduct && scene.definite && !dated && drafts.iter().any(frees) {
        return false;
    }
    // "A year after soldiers seized power": no day can be told.
    if scene.earlier && scene.when.is_none_or(|w| w.interval.is_none()) {
        return false;
    }
    if !drafts.is_empty()
        && (aftermath::only_counts_again(reading, scene)
            || aftermath::tells_of_a_natural_death(reading, scene))
    {
        return false;
    }
    if is_summary(reading, scene) || !dated && unlike::is_answered(reading, scene) {
        return false;
    }
    // A bare "were arrested" or "was hurt" belongs to an act told elsewhere, unless it is all there is.
    let anchored = scene.when.is_some_and(|w| w.interval.is_some()) || scene.place.is_some();
    // A report of totals ("the war killed 1,300 civilians in six months") tells its parts undated.
    if drafts.is_empty() && !anchored && scene.zone == Zone::Body && opens_with_total(reading) {
        return false;
    }
    if scene.events.is_empty() {
        return anchored
            || drafts.is_empty() && scene.zone != Zone::Title && has_number(reading, scene);
    }
    // "The attack" without an antecedent, a time or a place tells nothing that can be coded; "in a
    // separate case, the shooting of five men" goes on.
    if scene.definite && !anchored && !scene.distinct && !drafts.is_empty() {
        return false;
    }
    true
}

/// "9 killings and 40 abductions were recorded", above the items that tell them.
fn is_summary(reading: &Reading<'_>, scene: &Scene) -> bool {
    let doc = reading.doc;
    let mut triggers = scene.events.iter().map(|&e| reading.events[e].trigger);
    let counted = |t: Tok| doc.xpos(t) == "NNS" && doc.child(t, Deprel::Nummod).is_some();
    !scene.events.is_empty() && triggers.any(counted) && items::is_above(reading, scene.sentence)
}

/// Whether the first sentence of the body gives a total over a stretch of time.
fn opens_with_total(reading: &Reading<'_>) -> bool {
    let all = 0..reading.doc.sentences().len() as u32;
    let first = all.map(Sent).find(|&s| reading.zone(s) == Zone::Body);
    first.is_some_and(|s| {
        let mut harms = reading.within(s, &reading.harms, |h| h.trigger);
        super::context::is_over_time(reading, s) && harms.next().is_some()
    })
}

fn has_number(reading: &Reading<'_>, scene: &Scene) -> bool {
    scene
        .harms
        .iter()
        .any(|&h| reading.harms[h].total().is_some_and(|c| c.best.is_some()))
}

fn join(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &mut Draft,
    index: usize,
    (when, place): (Option<When>, Option<usize>),
) {
    let scene = &scenes[index];
    // A headline names the place that readers know, the first sentence where it was.
    let first_of_body =
        scene.zone == Zone::Body && draft.scenes.iter().all(|&s| scenes[s].zone == Zone::Title);
    draft.scenes.push(index);
    // A week or a month told in passing does not date an act that stands undated so far.
    if let Some(new) = when
        && better_time(draft.when, new)
        && new.interval.is_none_or(|i| i.precision <= 3)
    {
        draft.when = Some(new);
    }
    if let Some(new) = place
        && (better_place(reading, draft.place, new)
            || first_of_body
                && draft
                    .place
                    .is_some_and(|old| !better_place(reading, Some(new), old))
            || draft.place.is_some_and(|old| describes(reading, new, old))
            || draft
                .place
                .is_some_and(|old| is_out_at_sea(reading, new, old)))
    {
        draft.place = Some(new);
    }
    if precedence(scene.family) < precedence(draft.family) {
        draft.family = scene.family;
    }
}

/// The family that names the incident when it holds several: the lower.
fn precedence(family: Family) -> u8 {
    match family {
        Family::Crash => 0,
        Family::Crowd => 1,
        Family::Violence => 2,
        Family::Territory => 3,
        Family::Abduct => 4,
        _ => 5,
    }
}

fn better_time(old: Option<When>, new: When) -> bool {
    match (old.and_then(|w| w.interval), new.interval) {
        (None, Some(_)) => true,
        (Some(a), Some(b)) => b.precision < a.precision,
        (None, None) => old.is_none(),
        (Some(_), None) => false,
    }
}

pub(super) fn better_place(reading: &Reading<'_>, old: Option<usize>, new: usize) -> bool {
    let precision = |i: usize| reading.places[i].place.as_ref().map_or(7, |p| p.precision);
    // "In the north", then "on the road from Corva to Elsk": both are areas, and the road is the smaller.
    let road = |i: usize| reading.places[i].place.as_ref().is_some_and(is_stretch);
    let narrower = |o: usize| precision(new) == 5 && precision(o) == 5 && road(new) && !road(o);
    old.is_none_or(|o| precision(new) < precision(o) || narrower(o))
}

/// First token of a draft's first scene in the body, for ordering.
pub(crate) fn first_token(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Tok {
    let scene = draft
        .scenes
        .iter()
        .map(|&s| &scenes[s])
        .find(|s| s.zone != Zone::Title)
        .or_else(|| draft.scenes.first().map(|&s| &scenes[s]));
    scene.map_or(Tok(0), |s| reading.doc.sentence(s.sentence).tokens.start)
}
