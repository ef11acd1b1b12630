//! Scenes: what one sentence tells of one act, with its time, place and harm.

use tarikh_record::Measure;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange};
use tarikh_text::Zone;
use tarikh_time::Interval;

use super::date;
use super::earlier::Earlier;
use super::fold::disjoint;
use super::governor::governor;
use super::support::{
    a_party_crashed, has_victims, is_accident, is_arson_by_men, is_deed_at, is_deed_on,
    is_flown_by_a_party, is_of_a_community, is_on_a_post, is_on_a_seat, is_on_a_war, is_on_works,
    is_raid_on_a_village, is_violent,
};
use super::{arrests, harmed, headline, items, lasting, place, setting, sites, twin};
use crate::events::find::EventMention;
use crate::events::modality::Modality;
use crate::events::reference::opens_apart;
use crate::knowledge::frames::Act;
use crate::knowledge::speech::Stance;
use crate::mentions::harm::{Harm, Stage};
use crate::mentions::lists::ORDINAL;
use crate::reading::Reading;
use crate::tree;

/// Acts that one incident can hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Violence,
    Crowd,
    Abduct,
    Release,
    Arrest,
    Territory,
    Agreement,
    Crash,
    Loot,
    Disrupt,
    Group,
    Other,
}

impl Family {
    pub(crate) fn of(act: Act) -> Self {
        match act {
            Act::Attack
            | Act::Ambush
            | Act::Clash
            | Act::Kill
            | Act::Shoot
            | Act::Stab
            | Act::Sexual
            | Act::Explosion
            | Act::Suicide
            | Act::Shelling
            | Act::Air
            | Act::Grenade
            | Act::Chemical
            | Act::Shootdown
            | Act::Mob
            | Act::Harm => Self::Violence,
            Act::Protest | Act::Riot | Act::Disperse => Self::Crowd,
            Act::Abduct => Self::Abduct,
            Act::Release => Self::Release,
            Act::Arrest => Self::Arrest,
            Act::Territory | Act::Transfer => Self::Territory,
            Act::Agreement => Self::Agreement,
            Act::Crash => Self::Crash,
            Act::Loot => Self::Loot,
            Act::Disrupt => Self::Disrupt,
            Act::GroupChange => Self::Group,
            Act::Base | Act::Other => Self::Other,
        }
    }

    /// Whether acts of the two families can be one incident.
    pub(crate) fn agrees(self, other: Self) -> bool {
        use Family::{Abduct, Arrest, Crash, Crowd, Loot, Territory, Violence};
        self == other
            || matches!(
                (self, other),
                (Violence, Abduct | Loot | Crowd | Territory | Crash | Arrest)
                    | (Abduct | Loot | Crowd | Territory | Crash | Arrest, Violence)
                    | (Crowd, Arrest | Loot)
                    | (Arrest | Loot, Crowd)
                    | (Abduct, Loot)
                    | (Loot, Abduct)
            )
    }
}

/// When, as far as the sentence says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    /// Index of the time expression.
    pub(crate) timex: usize,
    pub(crate) interval: Option<Interval>,
}

impl When {
    /// The days that a time expression names by itself.
    pub(crate) fn of(reading: &Reading<'_>, timex: usize) -> Self {
        Self {
            timex,
            interval: reading.times[timex].interval,
        }
    }
}

/// What one sentence tells of one act.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) sentence: Sent,
    pub(crate) zone: Zone,
    /// Indices into [`Reading::events`]; empty for a bare statement of harm.
    pub(crate) events: Vec<usize>,
    pub(crate) family: Family,
    pub(crate) when: Option<When>,
    /// Index into [`Reading::places`].
    pub(crate) place: Option<usize>,
    /// Further towns coordinated with the place ("in Corva, Dunmar and Elsk").
    pub(crate) sites: Vec<usize>,
    /// Indices into [`Reading::harms`].
    pub(crate) harms: Vec<usize>,
    pub(crate) definite: bool,
    pub(crate) distinct: bool,
    /// "Elsewhere, …": the sentence itself says that this is another act.
    pub(crate) apart: bool,
    pub(crate) pluperfect: bool,
    /// The past perfect is only that of reported speech.
    pub(crate) backshifted: bool,
    /// Its words show violence by themselves or by what stands beside them.
    pub(crate) supported: bool,
    /// The sentence places its news some days behind this act.
    pub(crate) earlier: bool,
    /// The words of the sentence that tell such an act, where it has one.
    pub(crate) earlier_words: Option<TokRange>,
}

impl Scene {
    /// The dead that it counts, if it counts any.
    pub(crate) fn dead(&self, reading: &Reading<'_>) -> Option<u32> {
        let mut killed = self.harms.iter().map(|&h| &reading.harms[h]);
        let killed = killed.find(|h| h.measure == Measure::Killed && !h.is_part())?;
        killed.total()?.best.filter(|&n| n > 0)
    }

    /// Whether a word of the sentence can speak of this scene.
    pub(crate) fn holds(&self, t: Tok) -> bool {
        self.earlier_words
            .is_none_or(|w| w.contains(t) == self.earlier)
    }
}

/// Reads the scenes of a report in text order.
pub(crate) fn read(reading: &Reading<'_>) -> Vec<Scene> {
    let mut out = Vec::new();
    for s in 0..reading.doc.sentences().len() as u32 {
        let sentence = Sent(s);
        if matches!(reading.zone(sentence), Zone::Boilerplate | Zone::Byline) {
            continue;
        }
        sentence_scenes(reading, sentence, Modality::Actual, &mut out);
    }
    if out.is_empty() {
        denied(reading, &mut out);
    }
    out
}

/// "The army denied that it had shelled the town on Friday": where a report tells of nothing else, the
/// act that somebody denies is its incident.
fn denied(reading: &Reading<'_>, out: &mut Vec<Scene>) {
    let denials = reading.speeches.iter().filter(|s| s.stance == Stance::Deny);
    for speech in denials {
        let tells = out.iter().all(|s| s.sentence != speech.sentence);
        if tells && has_day(reading, speech.sentence) {
            let first = out.len();
            sentence_scenes(reading, speech.sentence, Modality::Denied, out);
            let of_speech = |s: &Scene| {
                let mut events = s.events.iter().map(|&e| reading.events[e].trigger);
                events.any(|t| speech.content.contains(t))
            };
            let kept: Vec<Scene> = out.drain(first..).filter(of_speech).collect();
            out.extend(kept);
        }
    }
}

fn sentence_scenes(
    reading: &Reading<'_>,
    sentence: Sent,
    modality: Modality,
    out: &mut Vec<Scene>,
) {
    let first = out.len();
    let is_total = super::context::is_over_time(reading, sentence)
        || super::context::is_vague_total(reading, sentence);
    let of_a_war = super::context::is_of_a_war(reading, sentence);
    let harms: Vec<(usize, &Harm)> = reading
        .within(sentence, &reading.harms, |h| h.trigger)
        .filter(|(_, h)| !is_only_tried(reading, h))
        .collect();
    let violent = is_violent(reading, sentence, &harms);
    let tells_news = has_day(reading, sentence) || is_lead_since(reading, sentence, violent);
    if of_a_war || is_total && !tells_news || twin::is_sum(reading, sentence) {
        return;
    }
    let events: Vec<(usize, &EventMention)> = reading
        .within(sentence, &reading.events, |e| e.trigger)
        .filter(|(_, e)| e.modality == modality && !is_since(reading, e))
        .filter(|(_, e)| !twin::is_way_to_a_raid(reading, e))
        .collect();
    let part = Earlier::find(reading, sentence);
    let is_earlier = |t: Tok| part.is_some_and(|p| p.words.contains(t));
    let earlier_counts = part.is_some_and(|p| p.is_counted());
    let accident = is_accident(reading, sentence, &events);
    let supports = |event: &EventMention| match event.act {
        _ if accident => false,
        Act::Crash => {
            is_flown_by_a_party(reading, sentence, event.trigger)
                || event.definite && a_party_crashed(reading)
        }
        _ if event.is_thing => has_victims(&harms),
        _ => {
            !event.weak
                || violent
                || is_on_a_post(reading, event)
                || is_on_a_seat(reading, event)
                || is_arson_by_men(reading, event)
                || is_of_a_community(reading, event)
                || is_on_a_war(reading, sentence, event)
                || is_on_works(reading, event)
                || is_raid_on_a_village(reading, event)
                || earlier_counts && is_earlier(event.trigger) && is_deed_on(reading, event)
                || is_deed_at(reading, event)
                    && date::any(reading, event.trigger, sentence).is_some()
        }
    };
    for (index, event) in events {
        let earlier = is_earlier(event.trigger);
        let beside = |t: Tok| is_earlier(t) == earlier;
        let when = date::own(reading, event.trigger, sentence)
            .filter(|w| beside(reading.times[w.timex].tokens.start))
            .filter(|w| !is_of_earlier(reading, w.timex, event.trigger));
        let when = when.filter(|w| !twin::is_dated_by_what_came(reading, &out[first..], event, w));
        let place = place::own(reading, event.trigger, sentence, &beside)
            .filter(|&p| beside(reading.places[p].tokens.start));
        let family = Family::of(event.act);
        let joins = out[first..]
            .iter_mut()
            .rev()
            .filter(|s| s.earlier == earlier)
            .filter(|s| !s.events.iter().any(|&e| arrests::is_for(reading, e, index)))
            .find(|s| joins(reading, s, event, family, when.as_ref(), place));
        if let Some(scene) = joins {
            scene.events.push(index);
            scene.when = scene.when.or(when);
            scene.place = finer(reading, scene.place, place);
            scene.definite &= event.definite;
            // "Eleven rebels died; a soldier was also killed": beside them, in the same act.
            scene.distinct |= event.distinct && event.act != Act::Kill;
            scene.supported |= supports(event);
            if scene.family != family && precedence(family) < precedence(scene.family) {
                scene.family = family;
            }
            continue;
        }
        let of_arrest = |s: &Scene| s.events.iter().any(|&e| arrests::is_for(reading, e, index));
        let parted = |s: &Scene| is_behind_a_semicolon(reading, s, event, place);
        let twins = out[first..].iter().any(|s| twin::are(reading, s, event));
        if twins {
            twin::take_back(reading, event, &mut out[first..]);
        }
        let distinct = event.distinct
            || twins
            || out[first..].iter().any(of_arrest)
            || out[first..].last().is_some_and(parted);
        out.push(Scene {
            sentence,
            zone: reading.zone(sentence),
            events: vec![index],
            family,
            when,
            place,
            sites: Vec::new(),
            harms: Vec::new(),
            definite: event.definite,
            distinct,
            apart: opens_apart(reading.doc, event.trigger),
            pluperfect: event.pluperfect,
            backshifted: event.backshifted,
            supported: supports(event),
            earlier,
            earlier_words: part.map(|p| p.words),
        });
    }
    harmed::attach(reading, sentence, &harms, &is_earlier, first, out);
    fill(reading, sentence, first, out);
    anchor(reading, &mut out[first..]);
    drop_days_of_later_deaths(reading, &mut out[first..]);
    drop_places_of_later_deaths(reading, &mut out[first..]);
    if let Some(part) = part {
        part.date_back(reading, sentence, first, out);
    }
}

/// "Jailed for trying to kill a painter": what a court spoke of, and nobody came to harm by it now.
fn is_only_tried(reading: &Reading<'_>, harm: &Harm) -> bool {
    let event = reading.event_at(harm.trigger);
    event.is_some_and(|e| e.modality == Modality::Reported && e.act == Act::Kill)
        && harm.total().is_none_or(|c| c.best.is_none_or(|n| n <= 1))
}

/// "The worst loss since the coup": only the start of a stretch.
fn is_since(reading: &Reading<'_>, event: &EventMention) -> bool {
    let case = reading.doc.child(event.trigger, Deprel::Case);
    Family::of(event.act) == Family::Other && case.is_some_and(|c| reading.doc.lower(c) == "since")
}

/// "One of the wounded died on the way to Elsk": where somebody died later is not where the act was.
fn drop_places_of_later_deaths(reading: &Reading<'_>, scenes: &mut [Scene]) {
    for scene in scenes.iter_mut().filter(|s| s.events.is_empty()) {
        if scene
            .harms
            .iter()
            .any(|&h| reading.harms[h].stage == Stage::Later)
        {
            scene.place = None;
            scene.sites.clear();
        }
    }
}

/// "One of those hurt in the raid died on Monday": the day of a later death is not that of the act.
fn drop_days_of_later_deaths(reading: &Reading<'_>, scenes: &mut [Scene]) {
    for scene in scenes {
        let mut harms = scene.harms.iter().map(|&h| &reading.harms[h]);
        let buried = |timex: usize, h: &Harm| {
            let doc = reading.doc;
            let object = matches!(doc.deprel(h.trigger), Deprel::Obj | Deprel::NsubjPass);
            let verb = doc
                .head(h.trigger)
                .filter(|&v| object && doc.lemma(v) == "bury");
            let start = reading.times[timex].tokens.start;
            verb.is_some_and(|v| doc.head(start) == Some(v))
        };
        if let Some(when) = scene.when
            && harms.any(|h| buried(when.timex, h))
        {
            scene.when = None;
        }
        let mut later = scene.harms.iter().map(|&h| &reading.harms[h]);
        // "Another officer died on Tuesday, raising the toll to six"
        let mut beside = reading.within(scene.sentence, &reading.harms, |h| h.trigger);
        let raised = beside.any(|(_, h)| h.stage == Stage::Raised);
        let dates = |timex: usize, h: &Harm| {
            let start = reading.times[timex].tokens.start;
            let nth = h.parties.iter().any(|p| p.rule == ORDINAL);
            let later = h.stage == Stage::Later || raised && (nth || h.stage == Stage::Plain);
            // "A third victim of Tuesday's raid has died": the day of the raid.
            let own = tree::ancestors(reading.doc, start).take_while(|&t| t != h.trigger);
            let of_act = own.into_iter().any(|t| reading.event_at(t).is_some());
            later && !of_act && governor(reading, start, h.trigger)
        };
        if let Some(when) = scene.when
            && later.any(|h| dates(when.timex, h))
        {
            scene.when = None;
        }
    }
}

/// "Pupils seized two days earlier were freed on Monday": counted back from the other act.
fn anchor(reading: &Reading<'_>, scenes: &mut [Scene]) {
    let day = |s: &Scene| s.when?.interval.filter(|i| i.precision <= 2);
    let Some(news) = scenes.iter().find_map(day) else {
        return;
    };
    for scene in scenes {
        if let Some(when) = scene.when.as_mut().filter(|w| w.interval.is_none()) {
            let timex = &reading.times[when.timex];
            let narrative = timex.anchor == tarikh_time::Anchor::Narrative;
            when.interval = narrative
                .then(|| tarikh_time::resolve_from(timex, news.start))
                .flatten();
        }
    }
}

/// Whether the sentence names a day, a week or a month beside the stretch of time.
fn has_day(reading: &Reading<'_>, sentence: Sent) -> bool {
    date::candidates(reading, sentence)
        .any(|(i, _)| reading.times[i].interval.is_some_and(|x| x.precision <= 3))
}

/// "Clashes have left 11 dead since Sunday", as the first sentence of the text: news of a fight that
/// goes on, and no running total.
fn is_lead_since(reading: &Reading<'_>, sentence: Sent, violent: bool) -> bool {
    let mut all = (0..sentence.0).map(Sent);
    let first = reading.zone(sentence) == Zone::Body && all.all(|s| reading.zone(s) != Zone::Body);
    // "Health workers have been fighting the outbreak since Monday" is no fight.
    let fought = reading
        .within(sentence, &reading.events, |e| e.trigger)
        .any(|(_, e)| {
            let armed = |&t: &Tok| reading.actors.at(t).is_some_and(|a| a.class.is_armed());
            let lasts = matches!(e.act, Act::Clash | Act::Shelling | Act::Air | Act::Riot);
            let fight = lasts && !tree::is_verbal(reading.doc, e.trigger);
            e.is_thing || fight || e.agents.iter().any(armed)
        });
    (violent && first && fought || lasting::is_told_since(reading, sentence))
        && reading
            .within(sentence, &reading.times, |t| t.tokens.start)
            .any(|(_, t)| lasting::is_stretch_of_news(reading, t))
}

/// Which family names a scene that holds two: the lower.
fn precedence(family: Family) -> u8 {
    match family {
        Family::Crash => 0,
        Family::Crowd => 1,
        Family::Territory => 2,
        Family::Violence => 3,
        Family::Abduct => 4,
        _ => 5,
    }
}

/// Whether an event is part of a scene of the same sentence.
fn joins(
    reading: &Reading<'_>,
    scene: &Scene,
    event: &EventMention,
    family: Family,
    when: Option<&When>,
    place: Option<usize>,
) -> bool {
    if !scene.family.agrees(family)
        || event.distinct && scene.place.is_some()
        || headline::parts(reading, scene, event)
        || arrests::is_of_its_own(reading, scene, event, (when, place))
        || twin::are(reading, scene, event)
    {
        return false;
    }
    let times_differ = match (&scene.when, when) {
        (Some(a), Some(b)) => {
            a.timex != b.timex
                && matches!((a.interval, b.interval), (Some(x), Some(y)) if disjoint(x, y))
        }
        // A past perfect beside another tense, one of them dated, tells an earlier act.
        (None, Some(_)) | (Some(_), None) => {
            scene.pluperfect != event.pluperfect && family != Family::Crowd
        }
        (None, None) => false,
    };
    let places_differ =
        matches!((scene.place, place), (Some(a), Some(b)) if a != b && !same_area(reading, a, b));
    !times_differ && !places_differ && !is_behind_a_semicolon(reading, scene, event, place)
}

/// "Nine died when a post was hit by a strike; at the same time militants fired rockets at Elsk": another act
/// at a place of its own.
fn is_behind_a_semicolon(
    reading: &Reading<'_>,
    scene: &Scene,
    event: &EventMention,
    place: Option<usize>,
) -> bool {
    let last = scene.events.last().map(|&e| &reading.events[e]);
    let parts = |other: &EventMention| {
        let between = TokRange::new(other.trigger.min(event.trigger), event.trigger);
        let mark = |t: Tok| reading.doc.lower(t) == ";";
        other.act != event.act && between.iter().any(mark)
    };
    scene.place != place && place.is_some() && !event.definite && last.is_some_and(parts)
}

/// "In the province gunmen attacked twice: in Corva they set fire to a church": the town of the province.
fn finer(reading: &Reading<'_>, old: Option<usize>, new: Option<usize>) -> Option<usize> {
    let precision = |i: usize| place::precision(&reading.places[i]);
    let on_map = |i: usize| reading.places[i].entry.is_some();
    let is_line = |i: usize| {
        reading.places[i]
            .place
            .as_ref()
            .is_some_and(place::is_stretch)
    };
    match (old, new) {
        // "robbed and killed a driver between Corva and Elsk, in the east of the country"
        (Some(a), Some(b)) if precision(a) >= 5 && !is_line(a) && is_line(b) => new,
        (Some(a), Some(b)) if precision(a) >= 4 && precision(b) <= 2 && on_map(b) => new,
        _ => old.or(new),
    }
}

/// Whether two place mentions can be the same place: one is in the other, or they are close.
pub(crate) fn same_area(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let (Some(x), Some(y)) = (&reading.places[a].place, &reading.places[b].place) else {
        return true;
    };
    place::compatible(x, y) || place::encloses(reading, a, b) || place::encloses(reading, b, a)
}

/// Gives a sentence's only time and place to its scenes that have none of their own.
fn fill(reading: &Reading<'_>, sentence: Sent, first: usize, out: &mut [Scene]) {
    let n = out.len() - first;
    let clauses: Vec<Option<Tok>> = out[first..].iter().map(|s| clause_of(reading, s)).collect();
    let set_before = setting::before(reading, sentence, &out[..first]);
    for (scene, clause) in out[first..].iter_mut().zip(&clauses) {
        let Some(trigger) = trigger_of(reading, scene) else {
            continue;
        };
        // Alone in its clause, it happened when the clause says.
        if scene.when.is_none() && n > 1 && clauses.iter().filter(|c| *c == clause).count() == 1 {
            let any = date::any(reading, trigger, sentence);
            scene.when = any.filter(|w| {
                let day = reading.times[w.timex].tokens.start;
                clause_at(reading, day) == *clause && scene.holds(day)
            });
        }
        if scene.when.is_none() && n == 1 {
            let any = date::any(reading, trigger, sentence);
            // "Four died; a lorry had been stolen a week earlier": what stands behind the semicolon is told of that.
            let same_clause = |day: Tok| day < trigger || clause_at(reading, day) == *clause;
            scene.when = any
                .filter(|w| scene.holds(reading.times[w.timex].tokens.start))
                .filter(|w| same_clause(reading.times[w.timex].tokens.start))
                .filter(|w| !is_of_earlier(reading, w.timex, trigger));
        }
        if scene.when.is_none() && n == 1 {
            scene.when = lasting::since_then(reading, sentence);
        }
        if scene.place.is_none() && n == 1 {
            // "17 die in raid on hamlet; helicopter down near Corva": the place of the other headline.
            let in_title = scene.zone == Zone::Title;
            let own = |t: Tok| !in_title || clause_at(reading, t) == *clause;
            let beside = |t: Tok| own(t) && (scene.holds(t) || points_back(reading, scene));
            scene.place = place::any(reading, trigger, sentence, &beside);
        }
        scene.place = scene
            .place
            .or_else(|| items::opening_place(reading, sentence))
            .or_else(|| items::town_of_heading(reading, sentence));
        if scene.place.is_none() && set_before.is_some() && !scene.definite {
            (scene.place, scene.distinct) = (set_before, true);
        }
        if let Some(place) = scene.place {
            let (first, others) = sites::of(reading, place);
            (scene.place, scene.sites) = (Some(first), others);
            // "The strike was carried out in the areas of Corva and Elsk": one act.
            if is_one_act(reading, scene) {
                scene.sites.clear();
            }
        }
        scene.distinct |= scene.place.is_some_and(|p| place::is_next_door(reading, p));
    }
}

fn trigger_of(reading: &Reading<'_>, scene: &Scene) -> Option<Tok> {
    let event = scene.events.first().map(|&e| reading.events[e].trigger);
    event.or_else(|| scene.harms.first().map(|&h| reading.harms[h].trigger))
}

/// The semicolon that opens the clause of a scene; none in the first.
pub(super) fn clause_of(reading: &Reading<'_>, scene: &Scene) -> Option<Tok> {
    clause_at(reading, trigger_of(reading, scene)?)
}

pub(super) fn clause_at(reading: &Reading<'_>, word: Tok) -> Option<Tok> {
    let doc = reading.doc;
    let start = doc.sentence(doc.sentence_of(word)).tokens.start;
    (start.0..word.0)
        .rev()
        .map(Tok)
        .find(|&t| doc.lower(t) == ";")
}

/// "Visited Corva four days after planes bombed its market": the place is named beside.
fn points_back(reading: &Reading<'_>, scene: &Scene) -> bool {
    let mut words = scene.earlier_words.into_iter().flat_map(|w| w.iter());
    words.any(|t| matches!(reading.doc.lower(t), "its" | "it" | "there"))
}

/// Whether a scene is told by a noun in the singular ("an air strike", "the raid").
fn is_one_act(reading: &Reading<'_>, scene: &Scene) -> bool {
    let mut triggers = scene.events.iter().map(|&e| reading.events[e].trigger);
    !scene.events.is_empty() && triggers.all(|t| reading.doc.xpos(t) == "NN")
}

/// "Attacked posts in Corva, which the rebels had taken last week": the week of what came before.
fn is_of_earlier(reading: &Reading<'_>, timex: usize, trigger: Tok) -> bool {
    let doc = reading.doc;
    let clause = super::claims::aside(doc, reading.times[timex].tokens.start);
    clause.is_some_and(|c| !c.contains(trigger) && c.iter().any(|t| doc.lower(t) == "had"))
}
