//! "A day after a bombing that killed 17": the earlier act that a sentence places its news behind.
//!
//! The words behind "after" tell an act of their own when a distance in time stands before them, or
//! when they tell what was done to those who then act. Its day is that of the news less the distance.

use jiff::ToSpan;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};
use tarikh_time::{Interval, TimexKind};

use super::scene::When;
use crate::knowledge::lexicon::has;
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
        let opens = after.0 - range.start.0 < OPENING;
        let end = (after.0 + 1..range.end.0)
            .map(Tok)
            .find(|&t| opens && doc.lower(t) == ",")
            .unwrap_or(range.end);
        let words = TokRange::new(Tok(after.0 + 1), end);
        let (inside, outside): (Vec<Tok>, Vec<Tok>) = reading
            .within(sentence, &reading.events, |e| e.trigger)
            .map(|(_, e)| e.trigger)
            .partition(|&t| words.contains(t));
        let timex = reading
            .within(sentence, &reading.times, |t| t.tokens.start)
            .find(|(_, t)| t.kind == TimexKind::Duration && t.tokens.end == after)
            .map(|(i, _)| i);
        let same_day = has(
            &reading.knowledge.modalities.general.within_a_day,
            doc.lemma(Tok(after.0 - 1)),
        );
        // "A year after soldiers seized power, prices are up": told only to say when, alone as well.
        let long = matches!(doc.lemma(Tok(after.0 - 1)), "month" | "year" | "decade");
        (!inside.is_empty() && (long || !outside.is_empty())).then_some(Self {
            words,
            timex,
            same_day,
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
            })
        })
    }

    /// The day of the earlier act, from that of the news.
    pub(super) fn when(&self, reading: &Reading<'_>, news: Option<When>) -> Option<When> {
        if self.same_day {
            return news;
        }
        let timex = self.timex?;
        let days = days(&reading.times[timex].value)?;
        let news = news?.interval?;
        let back = |d: jiff::civil::Date| d.checked_sub(days.days()).ok();
        let interval = Interval {
            start: back(news.start)?,
            end: back(news.end)?,
            precision: news.precision,
        };
        Some(When {
            timex,
            interval: Some(interval),
        })
    }
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

/// Days of a TIMEX3 duration in days or weeks ("P2D", "P1W").
fn days(value: &str) -> Option<i64> {
    let count = value.strip_prefix('P')?;
    let unit = count.chars().next_back()?;
    let n: i64 = count.strip_suffix(unit)?.parse().ok()?;
    match unit {
        'D' => Some(n),
        'W' => n.checked_mul(7),
        _ => None,
    }
    .filter(|d| *d < 4000)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_and_weeks_count() {
        assert_eq!(days("P2D"), Some(2));
        assert_eq!(days("P1W"), Some(7));
        assert_eq!(days("PT3H"), None);
        assert_eq!(days("P99999999999D"), None);
        assert_eq!(days("PXD"), None);
    }
}
