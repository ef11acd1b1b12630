//! "A day after a bombing that killed 17": the earlier act that a sentence places its news behind.
//!
//! The words behind "after" tell an act of their own when a distance in time stands before them, or
//! when they tell what was done to those who then act. Its day is that of the news less the distance.

use jiff::ToSpan;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};
use tarikh_time::{Interval, TimexKind};

use super::scene::{Scene, When};
use super::{date, lasting};
use crate::knowledge::lexicon::has;
use crate::knowledge::words::words;
use crate::reading::Reading;

/// Words at the opening of a sentence among which "Days after a raid on Corva," ends at a comma.
const OPENING: u32 = 4;

/// The part of a sentence that tells the earlier act.
#[derive(Clone, Copy, Debug)]
pub(super) struct Earlier {
    /// The words behind "after".
    pub(super) words: TokRange,
    /// The expression of the distance, if it is one that counts.
    timex: Option<usize>,
    /// "Hours after": of the same day.
    same_day: bool,
    /// "Days after": no distance that counts, and how far it can be.
    unit: Option<Unit>,
}

/// A distance in time without a number.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Days,
    Weeks,
}

impl Unit {
    fn of(reading: &Reading<'_>, t: Tok) -> Option<Self> {
        match (reading.doc.lemma(t), reading.doc.xpos(t)) {
            ("day", "NNS") => Some(Self::Days),
            ("week", "NNS") => Some(Self::Weeks),
            _ => None,
        }
    }

    /// The days before some news in which an act so far back can lie.
    fn before(self, news: Interval) -> Option<Interval> {
        let (most, least) = match self {
            Self::Days => (6, 1),
            Self::Weeks => (28, 7),
        };
        let start = news.start.checked_sub(most.days()).ok()?;
        Some(lasting::stretch(
            start,
            news.end.checked_sub(least.days()).ok()?,
        ))
    }
}

impl Earlier {
    /// Finds the earlier act of a sentence that also tells a later one.
    pub(super) fn find(reading: &Reading<'_>, sentence: Sent) -> Option<Self> {
        let doc = reading.doc;
        let range = doc.sentence(sentence).tokens;
        let marker = range.iter().skip(1).find(|&t| {
            doc.lower(t) == "after" && is_distance(reading, Tok(t.0 - 1))
                || is_answer_to(reading, t)
        });
        let Some(after) = marker else {
            return Self::provoked(reading, sentence);
        };
        // "On 11 April, a day after the vote, two were hurt": between commas as well.
        let aside = reading
            .within(sentence, &reading.times, |t| t.tokens.start)
            .find(|(_, t)| t.tokens.end == after)
            .and_then(|(_, t)| t.tokens.start.0.checked_sub(1))
            .is_some_and(|t| t > range.start.0 && doc.word(Tok(t)) == ",");
        let timed = reading
            .within(sentence, &reading.times, |t| t.tokens.start)
            .any(|(_, t)| t.tokens.end == after && t.tokens.start.0 <= range.start.0 + 1);
        let opens = timed || after.0 - range.start.0 < OPENING;
        // "hours after gunmen stormed it, killing twelve": what they did goes on behind the comma.
        let closes = |t: Tok| {
            let next = Tok(t.0 + 1);
            opens || aside && next < range.end && doc.xpos(next) != "VBG"
        };
        let end = (after.0 + 1..range.end.0)
            .map(Tok)
            .find(|&t| doc.lower(t) == "," && closes(t))
            .unwrap_or(range.end);
        let clause = TokRange::new(Tok(after.0 + 1), end);
        let (inside, outside): (Vec<Tok>, Vec<Tok>) = reading
            .within(sentence, &reading.events, |e| e.trigger)
            .map(|(_, e)| e.trigger)
            .partition(|&t| clause.contains(t));
        let timex = reading
            .within(sentence, &reading.times, |t| t.tokens.start)
            .find(|(_, t)| t.kind == TimexKind::Duration && t.tokens.end == after)
            .map(|(i, _)| i);
        let same_day = has(
            &reading.knowledge.modalities.general.within_a_day,
            doc.lemma(Tok(after.0 - 1)),
        );
        // "A year after soldiers seized power, prices are up": told only to say when, alone as well.
        let long = words().long_stretches.is(doc, Tok(after.0 - 1));
        // "The visit came a week after an ambush."
        let alone = long || timex.is_some();
        (!inside.is_empty() && (alone || !outside.is_empty())).then_some(Self {
            words: clause,
            timex,
            same_day,
            unit: Unit::of(reading, Tok(after.0 - 1)),
        })
    }

    /// "Soldiers killed nine villagers after a bomb had hit their convoy": what was done to those who
    /// then act.
    fn provoked(reading: &Reading<'_>, sentence: Sent) -> Option<Self> {
        let doc = reading.doc;
        let events = || reading.within(sentence, &reading.events, |e| e.trigger);
        let class = |t: &Tok| reading.actors.at(*t).map(|a| a.class);
        let is_theirs = |t: &Tok| {
            doc.child(*t, Deprel::NmodPoss)
                .is_some_and(|p| doc.upos(p) == Upos::Pron)
        };
        doc.sentence(sentence).tokens.iter().find_map(|after| {
            let clause = doc
                .head(after)
                .filter(|_| doc.lower(after) == "after" && doc.deprel(after) == Deprel::Mark)?;
            let words = TokRange::new(after, doc.subtree(clause).end.max(after));
            let actors: Vec<_> = events()
                .filter(|(_, e)| !words.contains(e.trigger))
                .flat_map(|(_, e)| e.agents.iter().filter_map(class))
                .filter(|c| c.is_armed())
                .collect();
            let suffered = |t: &Tok| is_theirs(t) || class(t).is_some_and(|c| actors.contains(&c));
            let provoked = !actors.is_empty()
                && events()
                    .any(|(_, e)| words.contains(e.trigger) && e.patients.iter().any(suffered));
            provoked.then_some(Self {
                words,
                timex: None,
                same_day: false,
                unit: None,
            })
        })
    }

    /// Whether the distance is told in days or weeks.
    pub(super) fn is_counted(&self) -> bool {
        self.timex.is_some() || self.unit.is_some()
    }

    /// Gives the earlier act of a sentence its day, counted back from the news. `out` holds the
    /// scenes of the report so far, those of the sentence from `first` on.
    pub(super) fn date_back(
        &self,
        reading: &Reading<'_>,
        sentence: Sent,
        first: usize,
        out: &mut [Scene],
    ) {
        let (told, scenes) = out.split_at_mut(first);
        let own = scenes.iter().find(|s| !s.earlier).and_then(|s| s.when);
        // "Hours after a truce was signed on Monday, shells fell": the day of both.
        let first = scenes.iter().find(|s| s.earlier).and_then(|s| s.when);
        let undated = scenes.iter_mut().filter(|s| !s.earlier && s.when.is_none());
        for scene in undated {
            match self.same_day {
                true => scene.when = first,
                false => scene.when = first.and_then(|first| self.later(reading, first)),
            }
        }
        for scene in scenes.iter_mut().filter(|s| s.earlier) {
            // "Two days after the attack, shops are closed": which is told by its day elsewhere.
            let named = !scene.definite || scene.place.is_some() || !scene.harms.is_empty();
            let news = own.or_else(|| self.news(reading, sentence, told).filter(|_| named));
            scene.when = scene.when.or_else(|| self.when(reading, news));
            scene.pluperfect = true;
            scene.distinct |= !scene.definite;
        }
    }

    /// The day of the news where no act of the sentence has one: that of its other words ("said on
    /// Monday"), of what was told right before ("The blast came a day after"), or of publication.
    fn news(&self, reading: &Reading<'_>, sentence: Sent, told: &[Scene]) -> Option<When> {
        let days = |s: Sent| {
            let times = date::candidates(reading, s);
            let outside = times.filter(|(_, range)| !self.words.contains(range.start));
            outside
                .map(|(timex, _)| When::of(reading, timex))
                .find(|w| w.interval.is_some_and(|i| i.precision <= 2))
        };
        let before = sentence.0.checked_sub(1).map(Sent);
        let last = told.iter().rev().take_while(|s| Some(s.sentence) >= before);
        let last = || last.filter(|s| !s.earlier).find_map(|s| s.when);
        let published = || {
            let end = reading.report.metadata().published?;
            let start = end.checked_sub(1.days()).ok()?;
            let interval = Some(lasting::stretch(start, end));
            self.timex.map(|timex| When { timex, interval })
        };
        days(sentence)
            .or_else(last)
            .or_else(|| days(before?))
            .or_else(published)
    }

    /// "Two days after Friday's attack, gunmen killed nine": the day of what came so long after.
    fn later(&self, reading: &Reading<'_>, first: When) -> Option<When> {
        let timex = self.timex?;
        let days = reading.times[timex].days()?;
        let first = first.interval.filter(|i| i.precision <= 2)?;
        let interval = Some(Interval {
            start: first.start.checked_add(days.days()).ok()?,
            end: first.end.checked_add(days.days()).ok()?,
            precision: first.precision,
        });
        Some(When { timex, interval })
    }

    /// The day of the earlier act, from that of the news.
    fn when(&self, reading: &Reading<'_>, news: Option<When>) -> Option<When> {
        if self.same_day {
            return news.map(|told| before_dawn(reading, told));
        }
        let told = news?;
        let news = told.interval?;
        let Some(timex) = self.timex else {
            let interval = Some(self.unit?.before(news)?);
            return Some(When { interval, ..told });
        };
        let days = reading.times[timex].days()?;
        // "About a week after"
        let open = i64::from(reading.times[timex].modifier == Some("APPROX"));
        let interval = Interval {
            start: news.start.checked_sub((days + open).days()).ok()?,
            end: news.end.checked_sub((days - open).days()).ok()?,
            precision: news.precision.max(1 + open as u8),
        };
        Some(When {
            timex,
            interval: Some(interval),
        })
    }
}

/// "Before dawn on Friday, hours after a rocket fell": on that day or in the evening before.
fn before_dawn(reading: &Reading<'_>, told: When) -> When {
    let tokens = reading.times[told.timex].tokens;
    let mut told_words = tokens.iter();
    let mut before = (tokens.start.0.saturating_sub(3)..tokens.start.0).map(Tok);
    let early = |t: Tok| words().early_hours.is(reading.doc, t);
    let is_early = told_words.any(early) || before.any(early);
    let wider = || {
        let day = told.interval.filter(|i| i.start == i.end)?;
        let start = day.start.checked_sub(1.days()).ok()?;
        Some(lasting::stretch(start, day.end))
    };
    let interval = wider().filter(|_| is_early).or(told.interval);
    When { interval, ..told }
}

/// "in response to", "in retaliation for": the word that ends such a phrase.
fn is_answer_to(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    let phrases = &reading.knowledge.modalities.general.answers;
    t.0 > 0
        && phrases.iter().any(|phrase| {
            phrase
                .split_once(' ')
                .is_some_and(|(noun, last)| doc.lower(t) == last && doc.lemma(Tok(t.0 - 1)) == noun)
        })
}

/// "days", "weeks": how far apart two acts are.
fn is_distance(reading: &Reading<'_>, t: Tok) -> bool {
    let words = &reading.knowledge.modalities.general.distances;
    has(words, reading.doc.lemma(t))
}
