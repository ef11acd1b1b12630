//! News or background, dates left open, and what is too thin to code (GUIDELINES 1).

use jiff::civil::Date;
use tarikh_syntax::{Sent, Tok};
use tarikh_text::Zone;
use tarikh_time::Interval;

use super::fold::{Draft, first_token};
use super::items;
use super::scene::{Family, Scene};
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::topics::Effect;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;

/// Days before the lead's date beyond which an act is context.
const RECENT_DAYS: i32 = 4;

/// The same for a report whose lead has no date: days before publication.
const BULLETIN_DAYS: i32 = 14;

/// Marks background, fills dates that follow from the lead, and drops what cannot be coded.
pub(crate) fn settle(reading: &Reading<'_>, scenes: &[Scene], drafts: &mut Vec<Draft>) {
    let topics = reading.knowledge.topics.of(reading.doc);
    let is_of = |effect: Effect| topics.contains(&effect);
    // "The skipper thanked fans who fled a cyclone that left 20 dead"
    let by_accident = |s: Sent| {
        let mut words = reading.doc.sentence(s).tokens.iter();
        let armed = |t: Tok| {
            reading.actors.at(t).is_some_and(|a| a.class.is_armed())
                || reading.knowledge.lexicon.weapon(reading.doc, t).is_some()
        };
        words
            .clone()
            .any(|t| reading.knowledge.lexicon.is(reading.doc, t, "accident"))
            && !words.any(armed)
    };
    let harmed = reading.harms.iter().any(|h| {
        !by_accident(h.sentence)
            && !is_in_scare_quotes(reading, h.trigger)
            && matches!(
                h.measure,
                tarikh_record::Measure::Killed | tarikh_record::Measure::Injured
            )
            && h.total().is_some_and(|c| c.best.is_some_and(|n| n > 0))
    });
    if is_of(Effect::None) && !harmed {
        drafts.clear();
        return;
    }
    drop_title_only(scenes, drafts);
    if is_of(Effect::Private) && !has_armed_agent(reading) {
        drafts.clear();
        return;
    }
    drop_by_topic(reading, scenes, &topics, drafts);
    // A trial tells when the act was; the day of the verdict is not that of the act.
    if is_of(Effect::Past) {
        drafts.retain(|d| d.scenes.iter().any(|&s| scenes[s].when.is_some()));
    }
    let news = day_of_news(reading, scenes, drafts);
    for d in drafts.iter_mut() {
        d.is_background = is_of(Effect::Past) || is_background(reading, scenes, d, news);
    }
    // One act at several towns is news at all of them or at none.
    for d in 1..drafts.len() {
        if !drafts[d].shared_toll {
            continue;
        }
        let mut before = drafts[..d].iter();
        let first = before.find(|e| e.shared_toll && e.scenes[0] == drafts[d].scenes[0]);
        if let Some(is_background) = first.map(|e| e.is_background) {
            drafts[d].is_background = is_background;
        }
    }
    // A report about what is long past: what it tells without a date is past as well.
    if drafts.first().is_some_and(|d| d.is_background) && news.is_none() {
        let undated = |d: &&mut Draft| interval(d).is_none();
        drafts
            .iter_mut()
            .filter(undated)
            .for_each(|d| d.is_background = true);
    }
    drafts.retain(|d| is_codable(reading, scenes, d));
    drafts.sort_by_key(|d| first_token(reading, scenes, d));
}

/// Drops what a report of this kind tells in words of violence.
fn drop_by_topic(
    reading: &Reading<'_>,
    scenes: &[Scene],
    topics: &[Effect],
    drafts: &mut Vec<Draft>,
) {
    let events = |d: &Draft| -> Vec<&EventMention> {
        let all = d.scenes.iter().flat_map(|&s| &scenes[s].events);
        all.map(|&e| &reading.events[e]).collect()
    };
    // Police and robbers are no parties to a conflict; an army or a group with a name is one.
    let is_party = |t: &Tok| {
        let class = reading.actors.at(*t).map(|a| a.class);
        let private = |c| matches!(c, ActorClass::Gunmen | ActorClass::Police);
        class.is_some_and(|c| c.is_armed() && !private(c))
    };
    let stays = |d: &Draft, effect: &Effect| match effect {
        Effect::Staged => d.family == Family::Crash,
        // A strike on a plant is told in the same words, but its lead says who or what struck.
        Effect::Accident => {
            let by_weapon = |e: &EventMention| {
                !matches!(e.act, Act::Explosion | Act::Kill | Act::Attack | Act::Harm)
            };
            let body = |s: &&usize| scenes[**s].zone == Zone::Body;
            let lead = d.scenes.iter().find(body).map(|&s| scenes[s].sentence);
            let of_lead = |e: &&EventMention| lead == Some(reading.doc.sentence_of(e.trigger));
            let mut leading = events(d).into_iter().filter(of_lead);
            d.family != Family::Violence
                || leading.any(|e| by_weapon(e) || e.agents.iter().any(is_party))
        }
        Effect::Crime => {
            let kinds = [
                Family::Arrest,
                Family::Loot,
                Family::Disrupt,
                Family::Violence,
            ];
            let of_party = |e: &EventMention| e.agents.iter().chain(&e.patients).any(is_party);
            let deadly = d.scenes.iter().any(|&s| scenes[s].dead(reading).is_some());
            !kinds.contains(&d.family) || deadly && events(d).into_iter().any(of_party)
        }
        _ => true,
    };
    drafts.retain(|d| topics.iter().all(|effect| stays(d, effect)));
}

/// "Fourteen sailors were "killed"": one word that the report holds at arm's length.
fn is_in_scare_quotes(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    let quote = |t: Tok| {
        matches!(
            doc.word(t),
            "\"" | "“" | "”" | "'" | "‘" | "’" | "``" | "''"
        )
    };
    let before = t.0.checked_sub(1).map(Tok);
    let next = Tok(t.0 + 1);
    before.is_some_and(quote) && next.idx() < doc.len() && quote(next)
}

/// The calendar interval of a draft, if it is known.
pub(crate) fn interval(draft: &Draft) -> Option<Interval> {
    draft.when.and_then(|w| w.interval)
}

/// A headline alone is no incident when the body tells one.
fn drop_title_only(scenes: &[Scene], drafts: &mut Vec<Draft>) {
    let title_only = |d: &Draft| d.scenes.iter().all(|&s| scenes[s].zone == Zone::Title);
    if drafts.iter().any(|d| !title_only(d)) {
        let lead_was_title = drafts.first().is_some_and(title_only);
        drafts.retain(|d| !title_only(d));
        if lead_was_title && let Some(first) = drafts.first_mut() {
            first.is_lead = true;
        }
    }
}

/// The latest known day of what the title and the first sentences tell: the news of the report.
fn day_of_news(reading: &Reading<'_>, scenes: &[Scene], drafts: &[Draft]) -> Option<Date> {
    drafts
        .iter()
        .filter(|d| d.is_lead || is_early(reading, scenes, d))
        .filter_map(interval)
        .filter(|i| i.precision <= 2)
        .map(|i| i.start)
        .max()
}

fn is_background(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    news: Option<Date>,
) -> bool {
    let published = reading.report.metadata().published;
    let own = interval(draft);
    if draft.is_lead {
        // The subject of a report on something else: an act of long ago, or one that the news
        // of the report comes after ("freed students": their abduction).
        let long_ago = matches!((own, published), (Some(i), Some(p)) if days(i.end, p) > 45);
        let overtaken = matches!((own, news), (Some(i), Some(n)) if days(i.end, n) > RECENT_DAYS);
        return long_ago || overtaken;
    }
    let earlier_act = |s: &Scene| s.pluperfect && !s.backshifted;
    // What is also told as reported news is news.
    let news_too = draft.scenes.iter().any(|&s| scenes[s].backshifted);
    let pluperfect = !news_too && draft.scenes.iter().any(|&s| earlier_act(&scenes[s]));
    let Some(own) = own else { return pluperfect };
    let old = match (news, published) {
        // An item of a round-up is dated by the week that the round-up is of.
        (Some(news), _) => {
            let item = items::place(reading, scenes[draft.scenes[0]].sentence).is_some();
            let vague = own.precision >= 3 && !(item && own.end >= news);
            days(own.end, news) > RECENT_DAYS || vague
        }
        // A bulletin without a day of its own covers its week.
        (None, Some(published)) => days(own.end, published) > BULLETIN_DAYS,
        (None, None) => false,
    };
    let earlier = news.or(published).is_some_and(|n| days(own.end, n) > 0);
    old || own.precision >= 4 || pluperfect && earlier
}

/// Days from `a` to `b`; negative when `b` is earlier.
fn days(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

/// Whether an incident is bounded enough in time and place to be coded.
fn is_codable(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let has_time = interval(draft).is_some();
    let has_place = draft.place.is_some();
    let unresolved_time = draft.when.is_some() && !has_time;
    // Bounded within a calendar month or better (GUIDELINES 1); a longer stretch is a total. Of "2024-13-45" the
    // year alone is left, and the report still meant a day.
    let meant_a_day = draft
        .when
        .is_some_and(|w| reading.times[w.timex].impossible);
    if !meant_a_day && interval(draft).is_some_and(|i| i.precision >= 5) {
        return false;
    }
    if draft.is_background {
        return has_time
            && interval(draft).is_some_and(|i| i.precision <= 4)
            && is_definite_act(reading, scenes, draft);
    }
    match draft.family {
        // Outside the lead these are details of other acts.
        Family::Arrest | Family::Other | Family::Group | Family::Disrupt | Family::Loot => {
            draft.is_lead && is_early(reading, scenes, draft) || has_time && has_place
        }
        Family::Agreement | Family::Territory => {
            has_time
                || names_a_place(reading, draft)
                || draft.is_lead && (has_place || unresolved_time)
        }
        _ if draft.is_lead => {
            has_time || unresolved_time || has_place || is_told_as_news(reading, scenes, draft)
        }
        // Beside the lead a country alone does not bound an act that has no date.
        _ => {
            // "The army said it had killed 20 in an air strike": news that somebody reports.
            let reported = draft.scenes.iter().any(|&s| {
                let mut acts = scenes[s].events.iter().map(|&e| reading.events[e].act);
                scenes[s].backshifted && acts.any(|a| matches!(a, Act::Air | Act::Shelling))
            });
            (has_time || unresolved_time || names_a_place(reading, draft) || reported)
                && is_definite_act(reading, scenes, draft)
        }
    }
}

/// "Every truce is broken. Rebels attack", "houses destroyed by air strikes": an act without day and place
/// is news where it tells of victims, or where title or first sentence tell it as past.
fn is_told_as_news(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let opening = first_of_body(reading);
    let early = |s: &Scene| s.zone == Zone::Title || s.sentence.0 <= opening;
    let own = || draft.scenes.iter().map(|&s| &scenes[s]);
    let undated = super::date::of_undated_lead(reading, scenes, draft).is_some();
    let published = reading.report.metadata().published.is_some();
    own().any(|s| !s.harms.is_empty()) || own().any(early) && (undated || !published)
}

/// The number of the first sentence of the body.
fn first_of_body(reading: &Reading<'_>) -> u32 {
    let mut all = (0..reading.doc.sentences().len() as u32).map(Sent);
    all.find(|&s| reading.zone(s) == Zone::Body)
        .map_or(0, |s| s.0)
}

fn has_armed_agent(reading: &Reading<'_>) -> bool {
    let armed = |&t: &tarikh_syntax::Tok| reading.actors.at(t).is_some_and(|a| a.class.is_armed());
    let acts = reading.events.iter().filter(|e| e.act != Act::Arrest);
    acts.flat_map(|e| &e.agents).any(armed)
}

/// Whether the place is a province or smaller.
fn names_a_place(reading: &Reading<'_>, draft: &Draft) -> bool {
    draft
        .place
        .and_then(|p| reading.places[p].place.as_ref())
        .is_some_and(|p| p.precision <= 4)
}

/// Told within the first three sentences of the body.
fn is_early(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    let first_body = first_of_body(reading);
    draft
        .scenes
        .iter()
        .any(|&s| scenes[s].sentence.0 < first_body + 3)
}

/// More than a passing noun: a verb, a number of victims, or an act with a date and a place.
fn is_definite_act(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> bool {
    draft.scenes.iter().any(|&s| {
        let scene = &scenes[s];
        let verb = scene.events.iter().any(|&e| {
            let trigger = reading.events[e].trigger;
            crate::tree::is_verbal(reading.doc, trigger)
                || crate::events::roles::is_said_to_happen(reading.doc, trigger)
        });
        let number = scene
            .harms
            .iter()
            .any(|&h| reading.harms[h].total().is_some());
        verb || number || scene.when.is_some() && scene.place.is_some()
    })
}
