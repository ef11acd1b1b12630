//! Days that an incident without one takes from the sentences around it and from other incidents.

use tarikh_syntax::{Deprel, Sent, TokRange};
use tarikh_text::Zone;

use super::date::{LEAD_SENTENCES, candidates, is_day_of_news, is_speech_time};
use super::fold::Draft;
use super::items;
use super::scene::{Family, Scene, When};
use super::unlike::is_long_ago;
use crate::knowledge::frames::Act;
use crate::reading::Reading;

/// Gives an incident that is still undated the day that stands in its sentences and dates no other;
/// to the report's first incident also that of the sentences after the lead; to an incident told
/// right behind another one the other's day (a round-up).
pub(crate) fn borrow(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut [Draft]) {
    for d in 0..drafts.len() {
        if is_dated(&drafts[d]) {
            continue;
        }
        let taken = |timex: usize| {
            drafts
                .iter()
                .enumerate()
                .any(|(other, draft)| other != d && dates(scenes, draft, timex))
        };
        let first = scenes[drafts[d].scenes[0]].sentence;
        let sentences = sentences(reading, scenes, &drafts[d]);
        let found = sentences
            .into_iter()
            .find_map(|s| day_in(reading, s).filter(|w| !taken(w.timex)));
        let when = found
            .or_else(|| items::day_of_all(reading, first))
            .or_else(|| day_that_opens(reading, first))
            .or_else(|| day_told_before(reading, scenes, drafts, d))
            .or_else(|| day_of_item_before(reading, scenes, drafts, d));
        if when.is_some() {
            drafts[d].when = when;
        }
    }
    share(drafts);
}

/// "Attacked two posts on Monday. The attacks at Corva and Elsk": one act told of several towns has one
/// day at all of them.
fn share(drafts: &mut [Draft]) {
    for d in 0..drafts.len() {
        if is_dated(&drafts[d]) || !drafts[d].shared_toll {
            continue;
        }
        let first = drafts[d].scenes[0];
        let together = |o: &&Draft| o.shared_toll && o.scenes[0] == first && is_dated(o);
        if let Some(when) = drafts.iter().find(together).and_then(|o| o.when) {
            drafts[d].when = Some(when);
        }
    }
}

fn is_dated(draft: &Draft) -> bool {
    draft.when.is_some_and(|w| w.interval.is_some())
}

/// The day of the incident told in the sentence before or the one before that.
fn day_told_before(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    d: usize,
) -> Option<When> {
    let country = |draft: &Draft| {
        let place = draft.place.and_then(|p| reading.places[p].place.as_ref());
        place.and_then(|p| p.country.clone())
    };
    let first = |draft: &Draft| scenes[draft.scenes[0]].sentence.0;
    let own = &drafts[d];
    // "An hour and a half later", and nothing to count it from
    let counts_on = |w: When| reading.times[w.timex].anchor == tarikh_time::Anchor::Narrative;
    if own.is_lead
        || own.when.is_some_and(|w| !counts_on(w))
        || own.scenes.iter().any(|&s| scenes[s].pluperfect)
    {
        return None;
    }
    let of_earlier = |o: &Draft| o.scenes.iter().all(|&s| scenes[s].earlier);
    let past = |o: &Draft| {
        o.when
            .and_then(|w| w.interval)
            .is_some_and(|i| is_long_ago(reading, i))
    };
    // "Seized in April, they were freed on Monday. Hours before, troops shelled the hills": of the news.
    let of_news = drafts.first().is_some_and(|o| is_dated(o) && !past(o));
    let mut before = drafts[..d].iter().rev();
    let near = before.find(|o| is_dated(o) && !of_earlier(o) && !(of_news && past(o)))?;
    // "Arrested a man on Monday over the blast": the day of the arrest.
    let sentence = |draft: &Draft| scenes[draft.scenes[0]].sentence;
    let arrested = near.family == Family::Arrest && own.family == Family::Violence;
    if arrested && sentence(near) == sentence(own) {
        return None;
    }
    if matches!((country(near), country(own)), (Some(a), Some(b)) if a != b) {
        return None;
    }
    if near
        .scenes
        .iter()
        .all(|&s| items::is_apart(reading, scenes[own.scenes[0]].sentence, scenes[s].sentence))
    {
        return None;
    }
    let last = near.scenes.iter().map(|&s| scenes[s].sentence.0);
    let distance = last.map(|s| first(own).abs_diff(s)).min()?;
    near.when
        .filter(|w| distance <= 1 && w.interval.is_some_and(|i| i.precision <= 3))
}

/// "Thursday brought more bloodshed. Gunmen shot ...": a day that is the subject of the sentence before.
fn day_that_opens(reading: &Reading<'_>, sentence: Sent) -> Option<When> {
    let doc = reading.doc;
    let before = Sent(sentence.0.checked_sub(1)?);
    let mut events = reading.within(before, &reading.events, |e| e.trigger);
    let tells = events.any(|(_, e)| !matches!(e.act, Act::Other));
    let acts = |range: TokRange| matches!(doc.deprel(range.start), Deprel::Nsubj);
    let day = candidates(reading, before).find(|&(_, range)| acts(range));
    let (timex, _) = day.filter(|_| !tells)?;
    Some(When::of(reading, timex))
}

/// "-- Near Corva, one strike ... -- Near Elsk, two strikes ...": the day of the item before in the same list.
fn day_of_item_before(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    d: usize,
) -> Option<When> {
    /// Sentences between two items.
    const APART: u32 = 4;
    let doc = reading.doc;
    let bullet = |s: Sent| {
        let first = doc.sentence(s).tokens.start;
        first.idx() < doc.len()
            && matches!(
                doc.word(first),
                "-" | "--" | "\u{2013}" | "\u{2014}" | "\u{2022}" | "*"
            )
    };
    let item = |draft: &Draft| {
        let mut told = draft.scenes.iter().map(|&s| scenes[s].sentence);
        told.find(|&s| bullet(s))
    };
    let before = drafts[..d].iter().rev().find(|o| is_dated(o))?;
    let (own, other) = (item(&drafts[d])?, item(before)?);
    let listed = own.0.abs_diff(other.0) <= APART;
    before.when.filter(|_| listed)
}

/// Whether a time expression dates the draft or one of its scenes.
fn dates(scenes: &[Scene], draft: &Draft, timex: usize) -> bool {
    draft.when.is_some_and(|w| w.timex == timex)
        || draft
            .scenes
            .iter()
            .any(|&s| scenes[s].when.is_some_and(|w| w.timex == timex))
}

/// The sentences in which a draft looks for its day: its own, those of the body first; for the
/// first incident then the opening of the report.
fn sentences(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Vec<Sent> {
    let mut own: Vec<Sent> = draft.scenes.iter().map(|&s| scenes[s].sentence).collect();
    own.sort_by_key(|&s| (reading.zone(s) == Zone::Title, s));
    own.dedup();
    if draft.is_lead {
        let all = 0..reading.doc.sentences().len() as u32;
        let titles = all.map(Sent).filter(|&s| reading.zone(s) == Zone::Title);
        own.extend(titles);
        let opening = (0..reading.doc.sentences().len() as u32)
            .map(Sent)
            .filter(|&s| reading.zone(s) == Zone::Body)
            .take(LEAD_SENTENCES);
        own.extend(opening);
    }
    own
}

/// The first day or short stretch of days that a sentence names for what happened in it.
fn day_in(reading: &Reading<'_>, sentence: Sent) -> Option<When> {
    let published = reading.report.metadata().published;
    candidates(reading, sentence)
        .filter(|&(_, range)| !is_speech_time(reading, range))
        .map(|(timex, _)| When::of(reading, timex))
        .find(|w| w.interval.is_some_and(|i| is_day_of_news(i, published)))
}
