//! Acts that last: "for a third day on Tuesday", "a two-day battle that ended on Saturday", "broke out on
//! Thursday and went on", "over the past three days".

use jiff::ToSpan;
use jiff::civil::Date;
use tarikh_syntax::{Sent, Tok, TokRange};
use tarikh_time::{Interval, Reach, Timex, TimexKind};

use super::date;
use super::scene::When;
use crate::events::modality::Modality;
use crate::knowledge::frames::Act;
use crate::knowledge::words::words;
use crate::reading::Reading;

/// Most days that a fight told of as going on can last.
const MONTH: i64 = 31;
/// The same for the stretch that the first sentence of a report tells its news of.
const WEEK: i64 = 7;

/// The days of an act, where the words around its day say that this is only one of several.
pub(super) fn whole(
    reading: &Reading<'_>,
    trigger: Tok,
    sentence: Sent,
    day: Interval,
) -> Interval {
    if day.start != day.end || day.precision > 1 {
        return day;
    }
    let since = |n: i64| {
        let start = day.start.checked_sub((n - 1).days()).ok();
        start.map_or(day, |start| Interval { start, ..day })
    };
    if let Some(n) = nth_day(reading, sentence).or_else(|| length(reading, trigger)) {
        return since(n);
    }
    still_on(reading, trigger, sentence, day).unwrap_or(day)
}

/// The stretch up to publication that an undated fight fills: "three days of fighting have left 30 dead".
pub(super) fn up_to_now(reading: &Reading<'_>, trigger: Tok, published: Date) -> Option<Interval> {
    let n = length(reading, trigger)?;
    let start = published.checked_sub(n.days()).ok()?;
    Some(stretch(start, published))
}

/// "For a third day", "entered its third day": which day of a fight it is.
fn nth_day(reading: &Reading<'_>, sentence: Sent) -> Option<i64> {
    let doc = reading.doc;
    let tokens = doc.sentence(sentence).tokens;
    tokens.iter().find_map(|day| {
        (doc.lower(day) == "day").then_some(())?;
        let mut at = Tok(day.0.checked_sub(1)?);
        while words().consecutive.is(doc, at) {
            at = Tok(at.0.checked_sub(1)?);
        }
        let n = i64::from(reading.knowledge.numbers.ordinal(doc.lower(at))?);
        let before = (at.0.saturating_sub(3).max(tokens.start.0)..at.0).map(Tok);
        let goes_on = |t: Tok| {
            matches!(
                doc.lower(t),
                "for" | "into" | "entered" | "enter" | "enters" | "on" | "in"
            )
        };
        let of_it =
            at.0.checked_sub(1)
                .map(Tok)
                .is_some_and(|t| matches!(doc.lower(t), "a" | "the" | "its" | "their"));
        (of_it && before.into_iter().any(goes_on)).then_some(n)
    })
}

/// "Three days of fighting", "a two-day battle": the days of the fight that a noun names.
fn length(reading: &Reading<'_>, trigger: Tok) -> Option<i64> {
    let doc = reading.doc;
    let fight = reading
        .event_at(trigger)
        .is_some_and(|e| matches!(e.act, Act::Clash | Act::Shelling | Act::Air | Act::Riot));
    // "Three days of fighting": a noun, whatever the tagger takes it for.
    let of = trigger
        .0
        .checked_sub(1)
        .is_some_and(|b| doc.lower(Tok(b)) == "of");
    if !fight || crate::tree::is_verbal(doc, trigger) && !of {
        return None;
    }
    let here = doc.sentence_of(trigger);
    let sentence = doc.sentence(here).tokens;
    let times = || reading.within(here, &reading.times, |t| t.tokens.start);
    let mut before = trigger.0.checked_sub(1).map(Tok)?;
    for _ in 0..3 {
        let adjective = matches!(doc.xpos(before), "JJ" | "NN" | "NNP" | "VBG")
            && !times().any(|(_, t)| t.tokens.contains(before));
        let skip = adjective || matches!(doc.lower(before), "of" | "-");
        if !skip || !sentence.contains(before) {
            break;
        }
        before = before.0.checked_sub(1).map(Tok)?;
    }
    let (_, timex) =
        times().find(|(_, t)| t.kind == TimexKind::Duration && t.tokens.contains(before))?;
    timex.days().filter(|n| (2..=MONTH).contains(n))
}

/// "Clashes that broke out on Thursday were continuing on Tuesday": from the one to the other.
fn still_on(
    reading: &Reading<'_>,
    trigger: Tok,
    sentence: Sent,
    day: Interval,
) -> Option<Interval> {
    let doc = reading.doc;
    let tokens = doc.sentence(sentence).tokens;
    let fight = reading
        .event_at(trigger)
        .is_some_and(|e| e.act == Act::Clash);
    let began = tokens.iter().any(|t| words().outbreak_verbs.is(doc, t));
    let goes_on = tokens.iter().any(|t| words().ongoing_words.is(doc, t));
    if !fight || !began || !goes_on {
        return None;
    }
    let published = reading.report.metadata().published?;
    let last = date::candidates(reading, sentence)
        .filter_map(|(i, _)| reading.times[i].interval)
        .filter(|i| i.precision == 1 && i.start > day.start && i.end <= published)
        .map(|i| i.end)
        .max()
        .unwrap_or(published);
    let days = i64::from(day.start.until(last).ok()?.get_days());
    (1..=MONTH)
        .contains(&days)
        .then(|| stretch(day.start, last))
}

/// Whether an expression is a short stretch up to the day of publication that news can fill ("over the past
/// three days", "since the weekend").
pub(super) fn is_stretch_of_news(reading: &Reading<'_>, timex: &Timex) -> bool {
    let Some(published) = reading.report.metadata().published else {
        return false;
    };
    let recent = |i: Interval| {
        let days = i.start.until(published).map_or(i32::MAX, |s| s.get_days());
        (1..=WEEK).contains(&i64::from(days))
    };
    match timex.reach {
        Reach::Since => timex
            .interval
            .is_some_and(|i| i.precision <= 2 && recent(i)),
        Reach::For | Reach::At => {
            timex.kind != TimexKind::Time
                && timex.interval.is_some_and(|i| {
                    i.end == published && i.start < i.end && i.precision <= 3 && recent(i)
                })
                && fills(reading, timex.tokens)
        }
        Reach::Until => false,
    }
}

/// "Rioters have set fire to buses every evening since Tuesday": who does it, and no count of what it cost.
pub(super) fn is_told_since(reading: &Reading<'_>, sentence: Sent) -> bool {
    let mut harms = reading.within(sentence, &reading.harms, |h| h.trigger);
    let mut events = reading.within(sentence, &reading.events, |e| e.trigger);
    let class = |&t: &Tok| reading.actors.at(t).map(|a| a.class);
    harms.next().is_none()
        && events.any(|(_, e)| {
            matches!(e.act, Act::Riot | Act::Shelling | Act::Air | Act::Mob)
                && e.modality == Modality::Actual
                && crate::tree::is_verbal(reading.doc, e.trigger)
                && e.agents.iter().any(|t| class(t).is_some())
        })
}

/// The days from the one since which such acts have gone on to that of publication.
pub(super) fn since_then(reading: &Reading<'_>, sentence: Sent) -> Option<When> {
    let published = reading.report.metadata().published?;
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    let opens = |t: &Timex| t.reach == Reach::Since && is_stretch_of_news(reading, t);
    let (timex, first) = times.find(|(_, t)| opens(t) && is_told_since(reading, sentence))?;
    let interval = first.interval.map(|i| stretch(i.start, published));
    Some(When { timex, interval })
}

/// "over the past week", "in recent days": a preposition of length stands before.
fn fills(reading: &Reading<'_>, range: TokRange) -> bool {
    range.start.0.checked_sub(1).map(Tok).is_some_and(|t| {
        matches!(
            reading.doc.lower(t),
            "over" | "in" | "during" | "within" | "throughout" | "for"
        )
    })
}

/// A stretch of days of which only some are meant.
pub(super) fn stretch(start: Date, end: Date) -> Interval {
    let days = start.until(end).map_or(i32::MAX, |s| s.get_days());
    let precision = match days {
        ..=0 => 1,
        1..=5 => 2,
        6..=13 => 3,
        14..=31 => 4,
        _ => 5,
    };
    Interval {
        start,
        end,
        precision,
    }
}
