//! When: the time that a clause names for its act, and the day of incidents whose own clauses name
//! none.

use jiff::ToSpan;
use jiff::civil::Date;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};
use tarikh_time::{Anchor, Interval, Reach, Timex, TimexKind};

use super::fold::Draft;
use super::governor::governor;
use super::lasting;
use super::scene::{Scene, When};
use crate::knowledge::words::words;
use crate::reading::Reading;
use crate::tree;

/// Sentences of the body in which the report's first incident finds its day.
pub(super) const LEAD_SENTENCES: usize = 4;

/// The time expression that modifies the clause of `trigger`.
pub(super) fn own(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<When> {
    let let_go = reading.doc.child(trigger, Deprel::Xcomp);
    let of_words = || day_of_words_at_an_hour(reading, trigger, sentence);
    let mut own: Vec<(usize, TokRange)> = candidates(reading, sentence)
        .filter(|&(_, range)| !is_of_paper(reading, range))
        .filter(|&(_, range)| !is_of_aftermath(reading, range.start, trigger))
        .filter(|&(_, range)| {
            if let Some(verb) = of_relative(reading, range) {
                return verb == trigger;
            }
            let last = Tok(range.end.0.saturating_sub(1));
            governor(reading, range.start, trigger)
                || governor(reading, last, trigger)
                // "were let go on Sunday"
                || let_go.is_some() && reading.doc.head(last) == let_go
                || is_beside_participle(reading, range.start, trigger)
                || dates_the_clause_above(reading, range.start, trigger)
        })
        .collect();
    if own.iter().any(|(_, range)| range.start > trigger) {
        own.retain(|&(_, range)| !is_of_verb_before(reading, range.start, trigger));
    }
    own.into_iter()
        .min_by_key(|&(_, range)| {
            let distance = range.start.0.abs_diff(trigger.0);
            (distance, range.start < trigger)
        })
        .map(|(i, _)| i)
        .filter(|&i| !(reading.times[i].is_time_alone() && of_words().is_some()))
        .or_else(|| day_before_when(reading, trigger, sentence))
        .or_else(of_words)
        .map(|i| when(reading, i, trigger, sentence))
}

/// "Shelled a bus carrying workers on Sunday": what somebody was doing meanwhile was on the same day.
fn is_beside_participle(reading: &Reading<'_>, time: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let clause = tree::ancestors(doc, time).find(|&t| tree::is_verbal(doc, t));
    let meanwhile = clause.filter(|&v| {
        let about = doc.deprel(v) == Deprel::Acl && doc.xpos(v) == "VBG";
        about && v > trigger && reading.event_at(v).is_none()
    });
    meanwhile
        .and_then(|v| doc.head(v))
        .is_some_and(|noun| doc.head(noun) == Some(trigger) || governor(reading, noun, trigger))
}

/// "Girls who had been seized in a raid on 8 August reached Corva on Sunday": the verb of the clause that a day closes,
/// where the verb of the sentence stands right behind it.
fn of_relative(reading: &Reading<'_>, range: TokRange) -> Option<Tok> {
    const REACH: u32 = 20;
    let doc = reading.doc;
    let words = doc.sentence(doc.sentence_of(range.start)).tokens;
    let next = range.end;
    let closes = next < words.end && doc.xpos(next) == "VBD" && doc.upos(next) == Upos::Verb;
    if !closes {
        return None;
    }
    let first = words.start.0.max(range.start.0.saturating_sub(REACH));
    let mut back = (first..range.start.0).rev().map(Tok);
    let who =
        back.find(|&t| doc.word(t) == "," || matches!(doc.lower(t), "who" | "whom" | "which"))?;
    let mut clause = (who.0 + 1..range.start.0).map(Tok);
    let verb = clause.find(|&t| doc.upos(t) == Upos::Verb);
    verb.filter(|_| doc.word(who) != ",")
}

/// "The deadliest raid since gunmen killed nine in Bourem on 3 April": the day of an act that the clause tells, behind
/// a word that ranks another.
pub(crate) fn is_of_ranked_since(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let start = doc.sentence(doc.sentence_of(range.start)).tokens.start;
    let before = || (start.0..range.start.0).rev().map(Tok);
    let Some(since) = before().find(|&t| doc.lower(t) == "since") else {
        return false;
    };
    let clause = (since.0 + 1..range.start.0).map(Tok);
    let mut verbs = clause.filter(|&t| tree::is_verbal(doc, t));
    let told = verbs.any(|t| reading.event_at(t).is_some());
    let ranks =
        |t: Tok| matches!(doc.xpos(t), "JJS" | "RBS") || matches!(doc.lower(t), "first" | "such");
    // "A week since gunmen killed an imam in Corva on 7 June": the day that is looked back to.
    let distance = since.0.checked_sub(1).map(Tok);
    let looks_back = distance.is_some_and(|t| {
        words().distances.is(doc, t)
            && t.0.checked_sub(1).is_some_and(|d| {
                let det = doc.lower(Tok(d));
                matches!(det, "a" | "one") || doc.upos(Tok(d)) == Upos::Num
            })
    });
    told && (looks_back || (start.0..since.0).map(Tok).any(ranks))
}

/// Whether "when" stands right behind a day, which tells of an act then.
pub(crate) fn is_before_when(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let end = doc.sentence(doc.sentence_of(range.start)).tokens.end;
    let comma = u32::from(range.end < end && doc.word(range.end) == ",");
    let when = Tok(range.end.0 + comma);
    when < end && doc.lower(when) == "when"
}

/// "The worst raid since 11 January, when a bomber killed 34 sailors": the day right before the "when" of the
/// clause, though it opens a stretch up to now.
fn day_before_when(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<usize> {
    let doc = reading.doc;
    let start = doc.sentence(sentence).tokens.start;
    let opens = (start.0..trigger.0).rev().map(Tok);
    let mut opens = opens.take_while(|&t| doc.word(t) != ";");
    let when = opens.find(|&t| doc.lower(t) == "when")?;
    let comma = Tok(when.0.checked_sub(1).filter(|&c| c >= start.0)?);
    let end = if doc.word(comma) == "," { comma } else { when };
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    let day = times.find(|(_, t)| t.kind == TimexKind::Date && t.tokens.end == end);
    day.map(|(i, _)| i)
}

/// "The army said on Sunday that it had bombed a camp at dawn": an hour without a day is one of the day of the words.
fn day_of_words_at_an_hour(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<usize> {
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    let doc = reading.doc;
    let close = |t: Tok| t > trigger && !(trigger.0..t.0).any(|x| doc.lower(Tok(x)) == ";");
    let hour = times.find(|(_, t)| {
        let start = t.tokens.start;
        let alone = is_clock_alone(reading, t) || t.is_time_alone();
        alone && (close(start) || governor(reading, start, trigger))
    });
    let of_words = |range: TokRange| range.end <= trigger && is_speech_time(reading, range);
    let (day, _) = candidates(reading, sentence).find(|&(_, range)| of_words(range))?;
    hour.map(|_| day)
}

/// "Marched on Monday against the killing of a teacher on Saturday": a time between the verb and a
/// noun below it is the verb's, where another stands behind the noun.
fn is_of_verb_before(reading: &Reading<'_>, time: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let noun = matches!(doc.upos(trigger), Upos::Noun | Upos::Propn);
    let below = matches!(doc.deprel(trigger), Deprel::Obl | Deprel::Obj);
    let verb = doc.head(trigger).filter(|&v| below && v < time);
    noun && time < trigger && verb.is_some_and(|v| doc.head(time) == Some(v))
}

/// The sentence's time nearest to `trigger` that is not that of the words spoken.
pub(super) fn any(reading: &Reading<'_>, trigger: Tok, sentence: Sent) -> Option<When> {
    candidates(reading, sentence)
        .filter(|&(_, range)| !is_speech_time(reading, range) && !is_of_paper(reading, range))
        .filter(|&(_, range)| !describes(reading, range.start, trigger))
        .filter(|&(_, range)| of_relative(reading, range).is_none_or(|v| v == trigger))
        .filter(|&(_, range)| !is_of_aftermath(reading, range.start, trigger))
        .min_by_key(|&(_, range)| range.start.0.abs_diff(trigger.0))
        .map(|(i, _)| when(reading, i, trigger, sentence))
}

/// "The country began three days of mourning on Thursday after 40 soldiers were killed": the day of what
/// a death leads to.
fn is_of_aftermath(reading: &Reading<'_>, time: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let verb = tree::ancestors(doc, time).find(|&t| tree::is_verbal(doc, t));
    let Some(verb) = verb.filter(|&v| reading.knowledge.lexicon.is(doc, v, "aftermath")) else {
        return false;
    };
    let clause = std::iter::once(trigger)
        .chain(tree::ancestors(doc, trigger))
        .find(|&t| doc.head(t) == Some(verb));
    let after = |t: Tok| {
        let mut words = doc.children(t);
        words.any(|c| doc.deprel(c) == Deprel::Mark && matches!(doc.lower(c), "after" | "since"))
    };
    clause.is_some_and(|c| doc.deprel(c) == Deprel::Advcl && after(c))
}

/// "students kidnapped two weeks ago are free": the time of a clause that only says who is meant.
fn describes(reading: &Reading<'_>, word: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let mut at = word;
    while let Some(head) = doc.head(at) {
        if tree::is_verbal(doc, head) {
            let below = doc.head(head).and_then(|noun| doc.head(noun)) == Some(trigger);
            let told = doc.deprel(head) == Deprel::Acl && doc.xpos(head) != "VBG";
            return head != trigger && below && told;
        }
        at = head;
    }
    false
}

fn when(reading: &Reading<'_>, timex: usize, trigger: Tok, sentence: Sent) -> When {
    let day = reading.times[timex].interval;
    When {
        timex,
        interval: day.map(|day| lasting::whole(reading, trigger, sentence, day)),
    }
}

/// Expressions that can date an act: points of the calendar, not spans since or until, and not a
/// time of day alone.
pub(super) fn candidates<'r>(
    reading: &'r Reading<'_>,
    sentence: Sent,
) -> impl Iterator<Item = (usize, TokRange)> + 'r {
    reading
        .within(sentence, &reading.times, |t| t.tokens.start)
        .filter(|(_, t)| {
            (matches!(t.kind, TimexKind::Date | TimexKind::Time) || t.is_distance_from_a_day())
                && t.reach == Reach::At
                && !is_clock_alone(reading, t)
                && !super::context::is_of_rank(reading, t)
                && (!is_since(reading, t.tokens) || is_of_ranked_since(reading, t.tokens))
                && !dates_a_count(reading, t.tokens)
                && !is_told_again(reading, t)
        })
        .map(|(i, t)| (i, t.tokens))
}

/// "A day earlier, on Monday, a village was raided", "on 11 April, a day after the vote, two were hurt": the day
/// beside the comma says which day it was.
fn is_told_again(reading: &Reading<'_>, timex: &Timex) -> bool {
    let (doc, start, end) = (reading.doc, timex.tokens.start, timex.tokens.end);
    let is_comma = |t: Tok| t.idx() < doc.len() && doc.word(t) == ",";
    let before = start.0.checked_sub(1).map(Tok).filter(|&t| is_comma(t));
    let mut others = reading.times.iter();
    timex.anchor == Anchor::Narrative
        && others.any(|o| {
            let behind = o.tokens.start > end && o.tokens.start.0 <= end.0 + 2 && is_comma(end);
            let beside = behind || before.is_some_and(|comma| o.tokens.end == comma);
            beside && o.anchor != Anchor::Narrative && o.interval.is_some()
        })
}

/// "The toll from the blasts rose to 290 on Monday": the day of the count, not of the blasts.
fn dates_a_count(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let mut above = std::iter::successors(doc.head(range.start), |&t| doc.head(t)).take(4);
    let rises = |v: Tok| reading.knowledge.lexicon.is(doc, v, "of-a-count");
    let counts = |s: Tok| reading.knowledge.lexicon.is(doc, s, "count");
    let Some(verb) = above
        .find(|&v| tree::is_verbal(doc, v))
        .filter(|&v| v < range.start)
    else {
        return false;
    };
    // "He raised the figure to 15 on Saturday"
    let moved = || {
        let object = doc.child(verb, Deprel::Obj);
        reading.knowledge.harms.raises(doc.lemma(verb)) && object.is_some_and(counts)
    };
    rises(verb) && tree::subject(doc, verb).is_some_and(counts) || moved()
}

/// "since the war began on 15 April": the start of a stretch up to now.
pub(super) fn is_since(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let start = doc.sentence(doc.sentence_of(range.start)).tokens.start;
    (start.0.max(range.start.0.saturating_sub(8))..range.start.0)
        .rev()
        .map(Tok)
        .take_while(|&t| !matches!(doc.lower(t), "," | ";" | ":"))
        .any(|t| doc.lower(t) == "since")
        || is_in_since_clause(reading, range.start)
}

/// "since the army announced operations in October"
pub(super) fn is_in_since_clause(reading: &Reading<'_>, word: Tok) -> bool {
    let doc = reading.doc;
    let mut at = word;
    for _ in 0..8 {
        let mut marks = doc.children(at);
        if marks.any(|c| doc.deprel(c) == Deprel::Mark && doc.lower(c) == "since") {
            return true;
        }
        let Some(head) = doc.head(at) else { break };
        at = head;
    }
    false
}

/// "around 7.50 am": says when in a day, not in which.
fn is_clock_alone(reading: &Reading<'_>, timex: &Timex) -> bool {
    let published = reading.report.metadata().published.is_some();
    timex.is_time_alone() && timex.interval.is_none() && (published || timex.value.starts_with('T'))
}

/// "was on its way back on Saturday when it was attacked": the time stands above the clause.
fn dates_the_clause_above(reading: &Reading<'_>, word: Tok, trigger: Tok) -> bool {
    let doc = reading.doc;
    let temporal = doc.deprel(trigger) == Deprel::Advcl
        && doc.children(trigger).any(|c| {
            matches!(doc.deprel(c), Deprel::Mark | Deprel::Advmod)
                && matches!(doc.lower(c), "when" | "as" | "while")
        });
    let Some(above) = doc.head(trigger).filter(|_| temporal) else {
        return false;
    };
    let above = described_before(reading, above, trigger).unwrap_or(above);
    if reading.knowledge.speech.is_said(doc, above) {
        return false;
    }
    let mut at = word;
    for _ in 0..6 {
        match doc.head(at) {
            Some(head) if head == above => return true,
            Some(head) if !tree::is_verbal(doc, head) => at = head,
            _ => return false,
        }
    }
    false
}

/// "Buried 14 soldiers who were killed on 9 May when gunmen stormed their camp": the verb of a clause about
/// a noun, right before the "when", which tells the same act.
fn described_before(reading: &Reading<'_>, above: Tok, trigger: Tok) -> Option<Tok> {
    let doc = reading.doc;
    let mut between = (above.0 + 1..trigger.0).rev().map(Tok);
    let verb = between.find(|&t| tree::is_verbal(doc, t) && doc.upos(t) != Upos::Aux)?;
    let clause = matches!(doc.deprel(verb), Deprel::Acl | Deprel::AclRelcl);
    let harm = reading.harms.iter().any(|h| h.trigger == verb);
    (clause && harm).then_some(verb)
}

/// "said on Monday", "a statement late Sunday": the time of the words, not of the act.
pub(super) fn is_speech_time(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let speech = &reading.knowledge.speech;
    let mut at = range.start;
    for _ in 0..4 {
        let Some(head) = doc.head(at) else {
            return false;
        };
        let other_clause = matches!(
            doc.deprel(at),
            Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Conj
        );
        if other_clause {
            return false;
        }
        if tree::is_verbal(doc, head) {
            // "Pounded what the army described as shelters on Monday": behind what was said of them.
            let aside = doc.deprel(head) == Deprel::AclRelcl && range.start.0 > head.0 + 2;
            return speech.is_said(doc, head) && !aside && can_date(reading, head, range);
        }
        if speech.papers.iter().any(|p| p == doc.lemma(head)) {
            return true;
        }
        at = head;
    }
    // Right behind a verb of speech, whatever the tree says.
    let before = range.start.0.checked_sub(1).map(Tok);
    before.is_some_and(|b| speech.is_said(doc, b))
}

/// "in a message on Saturday": the day of a paper, whatever the verb above it says.
fn is_of_paper(reading: &Reading<'_>, range: TokRange) -> bool {
    let doc = reading.doc;
    let words = doc.sentence(doc.sentence_of(range.start)).tokens;
    let paper = |n: Tok| {
        let named = reading
            .knowledge
            .speech
            .papers
            .iter()
            .any(|p| p == doc.lemma(n));
        named && doc.upos(n) == Upos::Noun
    };
    let above = doc.head(range.start).filter(|&n| n < range.start);
    let before = range.start.0.checked_sub(2).map(Tok);
    let before = before.filter(|&n| words.contains(n));
    let before = before.filter(|&n| doc.lower(Tok(n.0 + 1)) == "on");
    above.is_some_and(paper) || before.is_some_and(paper)
}

/// Whether a verb of speech can have the time by the order of the words, whatever the tree says:
/// "gunmen attacked on Monday, officials said" and "said that gunmen had attacked on Monday" date
/// the attack.
fn can_date(reading: &Reading<'_>, verb: Tok, range: TokRange) -> bool {
    let start = reading
        .doc
        .sentence(reading.doc.sentence_of(verb))
        .tokens
        .start;
    if range.start < verb {
        // "The envoy on Friday condemned an attack": no act stands before the verb.
        let mut before = (start.0..verb.0).map(Tok);
        let opens = range.start.0 - start.0 <= 2;
        return opens || !before.any(|t| tree::is_verbal(reading.doc, t));
    }
    // "condemned those killings on Saturday": what is named so barely is known, the words are of
    // that day; "condemned the bombing of a market on Saturday", "claimed an attack on Saturday" are news.
    let doc = reading.doc;
    let named = |t: Tok| {
        matches!(doc.deprel(t), Deprel::Obj | Deprel::Obl)
            && doc.head(t) == Some(verb)
            && !tree::is_verbal(doc, t)
            // "condemns the attacks today in Corva"
            && t.0 + 1 != range.start.0
            && !doc.children(t).any(|c| {
                matches!(
                    doc.deprel(c),
                    Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl | Deprel::Compound
                ) || matches!(doc.lower(c), "a" | "an")
            })
    };
    let told = |t: Tok| reading.event_at(t).is_some() && !named(t);
    !(verb.0 + 1..range.start.0).map(Tok).any(told)
}

/// A day or two, at most a week before publication.
pub(super) fn is_day_of_news(interval: Interval, published: Option<Date>) -> bool {
    let recent = published.is_none_or(|p| {
        let days = interval.start.until(p).map_or(-1, |s| s.get_days());
        (0..=7).contains(&days)
    });
    interval.precision <= 2 && recent
}

/// The date of a lead that names none at all, the rule that gives it, and the time expression that
/// opens it, if one does: told as just happened, it is of the day of publication or the day before
/// (GUIDELINES 3, Dates).
pub(crate) fn of_undated_lead(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
) -> Option<(Interval, &'static str, Option<usize>)> {
    let published = reading.report.metadata().published.or(reading.filed)?;
    let of_lead = draft.shared_toll && draft.scenes[0] == 0;
    let opens = draft.is_lead
        || of_lead
        || super::items::place(reading, scenes[draft.scenes[0]].sentence).is_some();
    // "Girls who had been carried off were handed over on Saturday": no news of today.
    let before = draft
        .scenes
        .iter()
        .all(|&s| scenes[s].pluperfect && !scenes[s].backshifted);
    if !opens || before || draft.is_background || draft.when.is_some() {
        return None;
    }
    if let Some((interval, timex)) = still_going_on(reading, scenes, draft, published) {
        return Some((interval, "date:since", Some(timex)));
    }
    let past = draft.scenes.iter().any(|&s| {
        scenes[s].events.is_empty()
            || scenes[s]
                .events
                .iter()
                .any(|&e| is_past(reading, reading.events[e].trigger))
    });
    let triggers = draft.scenes.iter().flat_map(|&s| &scenes[s].events);
    let lasted = triggers
        .map(|&e| reading.events[e].trigger)
        .find_map(|t| lasting::up_to_now(reading, t, published));
    if let Some(interval) = lasted {
        return Some((interval, "date:lasted", None));
    }
    if let Some((interval, timex)) = done_by(reading, scenes, draft, published) {
        return Some((interval, "date:done-by", Some(timex)));
    }
    let told = told_on(reading, scenes, draft, published);
    let end = told.map_or_else(|| filed_on(reading, published), |(day, _)| day);
    let start = end.checked_sub(1.day()).ok()?;
    past.then_some((
        Interval {
            start,
            end,
            precision: 2,
        },
        "date:undated-lead",
        told.map(|(_, timex)| timex),
    ))
}

/// The times that the sentences of a draft tell.
fn told_times<'r>(
    reading: &'r Reading<'_>,
    scenes: &'r [Scene],
    draft: &'r Draft,
) -> impl Iterator<Item = (usize, &'r Timex)> {
    let sentences = draft.scenes.iter().map(|&s| scenes[s].sentence);
    sentences.flat_map(|s| reading.within(s, &reading.times, |t| t.tokens.start))
}

/// "By Monday evening rioters had burned two shops": that day or the one before it.
fn done_by(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    published: Date,
) -> Option<(Interval, usize)> {
    let (timex, day) = told_times(reading, scenes, draft)
        .filter(|(_, t)| {
            let before = t.tokens.start.0.checked_sub(1).map(Tok);
            t.reach == Reach::Until && before.is_some_and(|b| reading.doc.lower(b) == "by")
        })
        .filter(|(_, t)| !dates_a_count(reading, t.tokens))
        .filter_map(|(i, t)| Some((i, t.interval.filter(|d| d.precision == 1)?)))
        .find(|(_, day)| is_day_of_news(*day, Some(published)))?;
    let start = day.end.checked_sub(1.day()).ok()?;
    Some((lasting::stretch(start, day.end), timex))
}

/// The day of the dateline, where the report came out within a week of it.
fn filed_on(reading: &Reading<'_>, published: Date) -> Date {
    let filed = reading.filed.filter(|day| {
        let days = day.until(published).map_or(-1, |s| s.get_days());
        (0..=7).contains(&days)
    });
    filed.unwrap_or(published)
}

/// "The army said on Sunday that rebels had raided a post": the day of the words, where the report came out
/// more than a day later. What they tell was over by then.
fn told_on(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    published: Date,
) -> Option<(Date, usize)> {
    let sentence = scenes[*draft.scenes.first()?].sentence;
    candidates(reading, sentence)
        .filter(|&(_, range)| is_speech_time(reading, range))
        .filter_map(|(i, _)| Some((reading.times[i].interval?, i)))
        .filter(|(i, _)| i.precision == 1 && i.start == i.end)
        .map(|(i, timex)| (i.end, timex))
        .find(|(day, _)| {
            let days = day.until(published).map_or(-1, |s| s.get_days());
            (2..=7).contains(&days)
        })
}

/// "Clashes have killed 20 people since Monday": from that day to the day of publication.
fn still_going_on(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    published: Date,
) -> Option<(Interval, usize)> {
    let (timex, opens) = told_times(reading, scenes, draft)
        .filter(|(_, t)| {
            let since = t.kind == TimexKind::Date && t.reach == Reach::Since;
            since || lasting::is_stretch_of_news(reading, t)
        })
        .filter_map(|(i, t)| Some((i, t.interval?)))
        .find(|(_, i)| i.precision <= 3)?;
    let whole = lasting::stretch(opens.start, published);
    (2..=4).contains(&whole.precision).then_some((whole, timex))
}

fn is_past(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    matches!(doc.xpos(t), "VBD" | "VBN")
        || doc.deprel(t) != Deprel::Root
            && doc
                .head(t)
                .is_some_and(|h| matches!(doc.xpos(h), "VBD" | "VBN"))
}
