//! Statements that are kept but are no incidents: running totals, habits, threats, displacement.

use rustc_hash::FxHashSet;
use tarikh_record::{ContextKind, ContextStatement, Measure};
use tarikh_syntax::{Deprel, Sent, Tok, Upos};
use tarikh_text::Zone;
use tarikh_time::{Reach, Timex, TimexKind};

use super::fold::Draft;
use super::render;
use super::scene::Scene;
use crate::events::modality::Modality;
use crate::knowledge::frames::Act;
use crate::knowledge::lexicon::has;
use crate::knowledge::words::words;
use crate::reading::Reading;
use crate::tree;

/// The context statements of a report, one a sentence at most, in text order.
pub(crate) fn statements(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
) -> Vec<ContextStatement> {
    let told = drafts.iter().flat_map(|d| &d.scenes);
    let told: FxHashSet<Sent> = told.map(|&i| scenes[i].sentence).collect();
    let coded = |s: Sent| told.contains(&s);
    (0..reading.doc.sentences().len() as u32)
        .map(Sent)
        .filter(|&s| matches!(reading.zone(s), Zone::Body | Zone::Heading))
        .filter_map(|s| {
            let (kind, rule) = kind(reading, s, coded(s))?;
            let evidence = render::evidence(reading, reading.doc.sentence(s).span);
            Some(ContextStatement {
                kind,
                evidence,
                rule: rule.to_owned(),
            })
        })
        .collect()
}

fn kind(reading: &Reading<'_>, sentence: Sent, coded: bool) -> Option<(ContextKind, &'static str)> {
    let harms: Vec<_> = reading
        .within(sentence, &reading.harms, |h| h.trigger)
        .map(|(_, h)| h)
        .collect();
    let over_time = is_over_time(reading, sentence);
    let people = |m: &[Measure]| {
        harms
            .iter()
            .any(|h| m.contains(&h.measure) && !h.parties.is_empty())
    };
    if over_time
        && people(&[
            Measure::Killed,
            Measure::Injured,
            Measure::Abducted,
            Measure::Arrested,
        ])
    {
        return Some((ContextKind::RunningTotal, "context:total-over-time"));
    }
    if people(&[Measure::Displaced]) {
        return Some((ContextKind::Consequence, "context:displacement"));
    }
    if coded {
        return None;
    }
    if people(&[Measure::Killed])
        && harms
            .iter()
            .all(|h| h.total().is_some_and(|c| c.is_vague()))
    {
        return Some((ContextKind::RunningTotal, "context:vague-total"));
    }
    let events: Vec<_> = reading
        .within(sentence, &reading.events, |e| e.trigger)
        .map(|(_, e)| e)
        .filter(|e| {
            !e.weak
                || e.agents
                    .iter()
                    .any(|&t| reading.actors.at(t).is_some_and(|a| a.class.is_armed()))
        })
        .collect();
    if events.iter().any(|e| e.modality == Modality::General) || over_time && !events.is_empty() {
        return Some((ContextKind::Background, "context:habit-or-trend"));
    }
    events
        .iter()
        .any(|e| e.modality == Modality::Prospect)
        .then_some((ContextKind::Prospect, "context:prospect"))
}

/// "Thousands have been killed": victims by vague words only, in the present perfect.
pub(crate) fn is_vague_total(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let mut victims = reading
        .within(sentence, &reading.harms, |h| h.trigger)
        .map(|(_, h)| h)
        .filter(|h| matches!(h.measure, Measure::Killed | Measure::Injured))
        .peekable();
    let perfect = |h: &crate::mentions::harm::Harm| {
        doc.children(h.trigger)
            .any(|c| doc.deprel(c) == Deprel::Aux && matches!(doc.lower(c), "have" | "has"))
    };
    victims.peek().is_some()
        && reading.zone(sentence) == Zone::Body
        && victims.all(|h| {
            h.parties.iter().all(|p| p.count.is_vague()) && !h.parties.is_empty() && perfect(h)
        })
}

/// "since 2012", "in the first six months", "this year": a stretch, not a day.
pub(crate) fn is_over_time(reading: &Reading<'_>, sentence: Sent) -> bool {
    reading
        .within(sentence, &reading.times, |t| t.tokens.start)
        .filter(|(_, t)| !is_of_rank(reading, t) && !is_held_for(reading, t))
        .filter(|(_, t)| !is_length_of_a_fight(reading, t))
        .filter(|(_, t)| !is_before_a_colon(reading, t))
        // "no such loss since 4 May, when a mine killed six": the day of an act that is told.
        .filter(|(_, t)| !super::date::is_before_when(reading, t.tokens))
        .filter(|(_, t)| !super::date::is_of_ranked_since(reading, t.tokens))
        .any(|(_, t)| {
            let long = t.interval.is_some_and(|i| i.precision >= 5)
                && t.kind == TimexKind::Date
                && !t.impossible;
            matches!(t.reach, Reach::Since | Reach::For)
                && t.kind != TimexKind::Time
                && !of_hours(t)
                || long
                || super::date::is_since(reading, t.tokens)
        })
        || is_of_a_war(reading, sentence)
        || is_of_years(reading, sentence)
        || is_counted_since(reading, sentence)
        || is_since_an_act(reading, sentence)
        || is_statistic(reading, sentence)
        || is_of_thousands(reading, sentence)
}

/// "Mines have killed 8,000 people": more dead than one act costs, beside no day.
fn is_of_thousands(reading: &Reading<'_>, sentence: Sent) -> bool {
    const FEWEST: u32 = 1000;
    let mut harms = reading.within(sentence, &reading.harms, |h| h.trigger);
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    // "Mines wounded or killed over 6,000 herders": counted with the second of two verbs.
    let doc = reading.doc;
    let is_of = |noun: Tok, act: Tok| {
        let object = matches!(doc.deprel(noun), Deprel::Obj | Deprel::NsubjPass);
        let verb = doc.head(noun).filter(|_| object);
        verb.is_some_and(|v| v == act || doc.deprel(v) == Deprel::Conj && doc.head(v) == Some(act))
    };
    let counted = |act: Tok| {
        let mut all = reading.within(sentence, &reading.quantities, |q| q.tokens.start);
        all.any(|(_, q)| q.count.best.is_some_and(|n| n >= FEWEST) && is_of(q.head, act))
    };
    let many = || {
        let mut events = reading.within(sentence, &reading.events, |e| e.trigger);
        events.any(|(_, e)| matches!(e.act, Act::Kill | Act::Explosion) && counted(e.trigger))
    };
    (many()
        || harms.any(|(_, h)| {
            let least = h.total().and_then(|c| c.best.or(c.low));
            matches!(h.measure, Measure::Killed | Measure::Injured)
                && least.is_some_and(|n| n >= FEWEST)
        }))
        && !times.any(|(_, t)| t.interval.is_some_and(|i| i.precision <= 2))
}

/// "the bloodiest attack this year", "the third in a month": the stretch ranks one act among others.
pub(crate) fn is_of_rank(reading: &Reading<'_>, timex: &Timex) -> bool {
    const REACH: u32 = 18;
    let (doc, time) = (reading.doc, timex.tokens.start);
    if timex.reach == Reach::At && timex.interval.is_some_and(|i| i.precision <= 3) {
        return false;
    }
    let start = doc.sentence(doc.sentence_of(time)).tokens.start.0;
    let near = (start.max(time.0.saturating_sub(REACH))..time.0)
        .rev()
        .map(Tok);
    let mut phrase = near.take_while(|&t| !tree::is_verbal(doc, t) && doc.lower(t) != ",");
    phrase.any(|t| {
        let ordinal = doc.lower(t) == "first" || reading.knowledge.numbers.is_ordinal(doc.lower(t));
        let superlative = matches!(doc.xpos(t), "JJS" | "RBS") && doc.lower(t) != "least";
        // "the second in a month"
        let alone = matches!(doc.lower(Tok(t.0 + 1)), "in" | "this" | "since" | "within");
        superlative || ordinal && (alone || doc.deprel(t) == Deprel::Amod)
    })
}

/// "a trader, whom the group had held for 63 days, was freed": how long one man was kept counts no acts.
fn is_held_for(reading: &Reading<'_>, timex: &Timex) -> bool {
    let doc = reading.doc;
    let mut above = std::iter::successors(doc.head(timex.tokens.start), |&t| doc.head(t)).take(4);
    let verb = above.find(|&t| tree::is_verbal(doc, t));
    let held = |v: Tok| has(&reading.knowledge.actors.words.holding, doc.lemma(v));
    timex.reach == Reach::For && verb.is_some_and(held)
}

/// "Killed 90 rebels in two days of fighting", "in day-long battles": how long one act lasted.
fn is_length_of_a_fight(reading: &Reading<'_>, timex: &Timex) -> bool {
    const LONGEST: i64 = 7;
    let doc = reading.doc;
    let describes = timex.tokens.iter().any(|t| doc.word(t).contains('-'))
        || timex.tokens.end.idx() < doc.len() && doc.word(timex.tokens.end) == "-";
    let is_years = timex.value.ends_with('Y');
    if describes && timex.kind == TimexKind::Duration && !is_years {
        return true;
    }
    let before = timex.tokens.start.0.checked_sub(1).map(Tok);
    let inside = before.is_some_and(|t| matches!(doc.lower(t), "in" | "during"));
    let few = timex.days().is_some_and(|n| n <= LONGEST);
    let (of, noun) = (timex.tokens.end, Tok(timex.tokens.end.0 + 1));
    few && inside
        && noun.idx() < doc.len()
        && doc.lower(of) == "of"
        && reading.knowledge.frames.is_event_noun(doc.lemma(noun))
}

/// "Riders have robbed farms since spring: on 4 August they killed three": behind the colon one act is told.
pub(super) fn is_before_a_colon(reading: &Reading<'_>, timex: &Timex) -> bool {
    let doc = reading.doc;
    let sentence = doc.sentence_of(timex.tokens.start);
    let mut behind = (timex.tokens.end.0..doc.sentence(sentence).tokens.end.0).map(Tok);
    let Some(colon) = behind.find(|&t| doc.word(t) == ":") else {
        return false;
    };
    let day = |t: &Timex| t.tokens.start > colon && t.interval.is_some_and(|i| i.precision <= 2);
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    times.any(|(_, t)| day(t))
}

/// "for several hours": within one act, not a stretch over which acts are counted.
fn of_hours(timex: &Timex) -> bool {
    timex.kind == TimexKind::Duration && timex.value.starts_with("PT")
}

/// "Air strikes caused 28 percent of the deaths": shares are of many acts.
fn is_statistic(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let mut words = doc.sentence(sentence).tokens.iter();
    words.any(|t| matches!(doc.lower(t), "percent" | "%")) || is_rate(reading, sentence)
}

/// "Police kill 2,000 people a year": so many in each.
fn is_rate(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let range = doc.sentence(sentence).tokens;
    let word = |t: Tok| if range.contains(t) { doc.lower(t) } else { "" };
    range.iter().any(|t| {
        let each = matches!(word(t), "a" | "per" | "every" | "each")
            && words().rate_stretches.has(word(Tok(t.0 + 1)));
        // "a year after the raid", "a week ago"
        let dated = matches!(
            word(Tok(t.0 + 2)),
            "after" | "before" | "ago" | "earlier" | "later" | "since" | "on" | "old"
        );
        let counted = t.0 > 0 && matches!(doc.upos(Tok(t.0 - 1)), Upos::Noun | Upos::Propn);
        each && !dated && counted
    })
}

/// "The war has caused 16,000 deaths": what a whole war cost.
pub(crate) fn is_of_a_war(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let war = |t: Tok| reading.knowledge.lexicon.is(doc, t, "war");
    // "More than 40,000 people have died in the conflict."
    let in_the_war = |verb: Tok| {
        let perfect = doc
            .children(verb)
            .any(|c| matches!(doc.lower(c), "have" | "has"));
        let whole = |w: Tok| war(w) && tree::has_article(doc, w);
        perfect && tree::with_case(doc, verb, "in").is_some_and(whole)
    };
    reading
        .within(sentence, &reading.harms, |h| h.trigger)
        .any(|(_, h)| {
            let verb = if tree::is_verbal(doc, h.trigger) {
                Some(h.trigger)
            } else {
                doc.head(h.trigger)
            };
            // "until the end of the war, which cost 9,000 lives"
            let meant = |s: Tok| {
                let clause = doc.head(s).filter(|&v| doc.deprel(v) == Deprel::AclRelcl);
                let relative = matches!(doc.lower(s), "which" | "that");
                clause
                    .and_then(|v| doc.head(v))
                    .filter(|_| relative)
                    .unwrap_or(s)
            };
            let subject = |v| tree::subject(doc, v).map(meant);
            verb.is_some_and(|v| subject(v).is_some_and(war) || in_the_war(v))
        })
}

/// "In its 30-year campaign the group has caused 9,000 deaths": what years of fighting cost.
fn is_of_years(reading: &Reading<'_>, sentence: Sent) -> bool {
    const NEAR: u32 = 4;
    let (doc, lexicon) = (reading.doc, &reading.knowledge.lexicon);
    let end = doc.sentence(sentence).tokens.end.0;
    let years = |t: &Timex| {
        let behind = t.tokens.end.0..end.min(t.tokens.end.0 + NEAR);
        let fought = |w: Tok| lexicon.is(doc, w, "war") || doc.lemma(w) == "campaign";
        t.kind == TimexKind::Duration && t.value.ends_with('Y') && behind.map(Tok).any(fought)
    };
    let mut times = reading.within(sentence, &reading.times, |t| t.tokens.start);
    times.any(|(_, t)| years(t))
}

/// "Over 650 people have died since": from a day told before up to now.
fn is_counted_since(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let has_died = |verb: Tok| {
        let mut aux = doc.children(verb);
        let perfect = aux.any(|c| matches!(doc.lower(c), "have" | "has"));
        let mut since = doc.children(verb);
        // "Three have since died" is told of the wounded.
        perfect
            && since
                .any(|c| c > verb && doc.lower(c) == "since" && doc.children(c).next().is_none())
    };
    let mut harms = reading.within(sentence, &reading.harms, |h| h.trigger);
    harms.any(|(_, h)| tree::is_verbal(doc, h.trigger) && has_died(h.trigger))
}

/// "60 people have been killed since the army began its offensive"
fn is_since_an_act(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    doc.sentence(sentence).tokens.iter().any(|t| {
        let clause = doc
            .head(t)
            .filter(|_| doc.deprel(t) == Deprel::Mark && doc.lower(t) == "since");
        clause.is_some_and(|c| {
            let of_harm = |h: Tok| doc.head(c) == Some(h);
            doc.deprel(c) == Deprel::Advcl
                && reading
                    .within(sentence, &reading.harms, |h| h.trigger)
                    .any(|(_, h)| of_harm(h.trigger))
        })
    })
}
