//! Which of the words said bear on which incident of a report.

use std::cell::OnceCell;

use tarikh_record::SourceKind;
use tarikh_syntax::{Sent, Tok, TokRange, Upos};
use tarikh_text::Zone;

use super::context::is_over_time;
use super::fold::{Draft, disjoint};
use super::scene::{Family, Scene, same_area};
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::mentions::actors::ActorClass;
use crate::mentions::harm::Harm;
use crate::mentions::voices::Speech;
use crate::reading::Reading;

/// The incidents of a report with what was said in it. What holds of a sentence or of some words, whatever the
/// incident, is found once: a report may tell of thousands of incidents and quote somebody on each.
pub(super) struct Telling<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) scenes: &'a [Scene],
    pub(super) drafts: &'a [Draft],
    /// The drafts that each sentence tells of.
    told_in: Vec<Vec<usize>>,
    /// How many sentences before each one count the harm of many acts.
    of_many_before: Vec<u32>,
    said: Vec<Said<'a>>,
    /// Whether no other draft is apart from each one.
    alone: Vec<OnceCell<bool>>,
}

/// What is said, and what its words tell.
struct Said<'a> {
    speech: &'a Speech,
    of_other_acts: bool,
    confirms_tolls: bool,
    accuses: bool,
    speaks_of_act: bool,
    /// The exact places that it names.
    places: Vec<usize>,
}

impl<'a> Said<'a> {
    fn of(reading: &Reading<'_>, speech: &'a Speech) -> Self {
        let content = speech.content;
        let starts = |t: Tok| reading.places.partition_point(|p| p.tokens.start < t);
        let exact = |i: &usize| {
            let place = reading.places[*i].place.as_ref();
            place.is_some_and(|g| g.precision <= 2)
        };
        let accusing = |t| has(&reading.knowledge.speech.accusing, reading.doc.lemma(t));
        let places = starts(content.start)..starts(content.end);
        Self {
            speech,
            of_other_acts: speech.stance == Stance::Blame && is_of_other_acts(reading, speech),
            confirms_tolls: confirms_tolls(reading, speech),
            accuses: speech.stance == Stance::Blame || content.iter().any(accusing),
            speaks_of_act: speaks_of_act(reading, content),
            places: places.filter(exact).collect(),
        }
    }

    /// Whether the words name the draft's place; `None` when they name no place.
    fn names_place(&self, reading: &Reading<'_>, draft: &Draft) -> Option<bool> {
        let own = draft.place?;
        let is_own = |&i: &usize| i == own || same_area(reading, i, own);
        (!self.places.is_empty()).then(|| self.places.iter().any(is_own))
    }
}

/// What is said about one incident, in text order.
pub(super) struct Bearing<'t> {
    pub(super) telling: &'t Telling<'t>,
    pub(super) draft: &'t Draft,
    pub(super) speeches: Vec<&'t Speech>,
}

impl<'a> Telling<'a> {
    pub(super) fn of(reading: &'a Reading<'a>, scenes: &'a [Scene], drafts: &'a [Draft]) -> Self {
        let sentences = reading.doc.sentences().len();
        let mut told_in: Vec<Vec<usize>> = vec![Vec::new(); sentences];
        for (d, draft) in drafts.iter().enumerate() {
            for &s in &draft.scenes {
                let here = &mut told_in[scenes[s].sentence.0 as usize];
                if here.last() != Some(&d) {
                    here.push(d);
                }
            }
        }
        let said = reading.speeches.iter().map(|s| Said::of(reading, s));
        let mut of_many_before = vec![0];
        // Nobody asks where nobody speaks.
        for s in (0..sentences as u32).filter(|_| !reading.speeches.is_empty()) {
            let before = of_many_before[s as usize];
            of_many_before.push(before + u32::from(is_of_many(reading, Sent(s))));
        }
        Self {
            reading,
            scenes,
            drafts,
            told_in,
            of_many_before,
            said: said.collect(),
            alone: vec![OnceCell::new(); drafts.len()],
        }
    }

    /// What is said about a draft.
    pub(super) fn bearing(&'a self, d: usize) -> Bearing<'a> {
        let said = self.said.iter().filter(|s| self.bears_on(d, s));
        Bearing {
            telling: self,
            draft: &self.drafts[d],
            speeches: said.map(|s| s.speech).collect(),
        }
    }

    /// Whether a sentence tells of any draft.
    pub(super) fn is_told(&self, sentence: Sent) -> bool {
        !self.told_in[sentence.0 as usize].is_empty()
    }

    fn are_apart(&self, d: usize, e: usize) -> bool {
        d != e && are_apart(self.reading, &self.drafts[d], &self.drafts[e])
    }

    /// Whether what is said is about this incident: the words said hold one of its acts, or a
    /// sentence without an incident of its own that follows closely speaks of the act.
    fn bears_on(&self, d: usize, said: &Said<'_>) -> bool {
        let (reading, scenes, draft) = (self.reading, self.scenes, &self.drafts[d]);
        let speech = said.speech;
        if said.of_other_acts {
            return false;
        }
        let here = || {
            let own = draft.scenes.iter().map(|&i| &scenes[i]);
            own.filter(|s| s.sentence == speech.sentence)
        };
        if here().any(|scene| says(reading, scene, speech)) {
            return true;
        }
        if said.confirms_tolls {
            return !draft.is_background;
        }
        if draft.is_background || here().next().is_some() {
            return false;
        }
        let told_apart = |s: u32| {
            let mut there = self.told_in[s as usize].iter();
            there.any(|&e| self.are_apart(e, d))
        };
        if told_apart(speech.sentence.0) {
            return false;
        }
        // The draft told last before the words is what they are about.
        let own = draft.scenes.iter().map(|&i| scenes[i].sentence);
        let Some(mine) = own.filter(|s| *s < speech.sentence).max() else {
            return self.drafts.len() == 1 && leads_up(reading, scenes, draft, speech);
        };
        // "Blasts have hit the city since May. Officials blame the Front": of those, not of this one.
        let last = speech.sentence.0 + u32::from(speech.stance == Stance::Confirm && !said.accuses);
        let of_many = |s: u32| self.of_many_before[s as usize];
        if last > mine.0 + 1 && of_many(last) > of_many(mine.0 + 1) {
            return false;
        }
        // "The helicopter had been on its way back": of what crashed, wherever else it had been.
        let names_aircraft = |t| reading.knowledge.lexicon.is(reading.doc, t, "aircraft");
        if draft.family == Family::Crash && speech.content.iter().any(names_aircraft) {
            return true;
        }
        let placed = said.names_place(reading, draft);
        if placed == Some(true) && said.speaks_of_act {
            return true;
        }
        let alone =
            || *self.alone[d].get_or_init(|| !(0..self.drafts.len()).any(|e| self.are_apart(e, d)));
        if placed == Some(false) && !alone() {
            return false;
        }
        let mut between = (mine.0 + 1..speech.sentence.0).rev();
        if between.any(told_apart) {
            return false;
        }
        self.is_near(said, speech.sentence.0 - mine.0, alone())
    }

    /// Whether words that are said some sentences behind an act speak of it; `alone` where it is the only one.
    fn is_near(&self, said: &Said<'_>, distance: u32, alone: bool) -> bool {
        let (reading, speech) = (self.reading, said.speech);
        let reach = if alone { 2 } else { 1 };
        let of_the_act = speech.responsibility
            || said.accuses && said.speaks_of_act
            || speech.stance == Stance::Deny
                && (said.speaks_of_act || names_act(reading, speech.content))
            || denies_part(reading, speech);
        let kind = reading.voices[speech.voice].kind;
        // "The United States blamed Elsk.": right behind the act.
        let blames =
            speech.stance == Stance::Blame && distance <= 2 && names_party(reading, speech.content);
        // "The army denied that its men had been there": of the act told right before.
        let denies = speech.stance == Stance::Deny
            && matches!(
                kind,
                SourceKind::Military
                    | SourceKind::Police
                    | SourceKind::Rebel
                    | SourceKind::Government
            );
        let near_by = matches!(
            kind,
            SourceKind::Witness | SourceKind::Medical | SourceKind::Police
        );
        let expert = matches!(
            kind,
            SourceKind::Other | SourceKind::Government | SourceKind::Un
        );
        let harm = speaks_of_harm(reading, speech)
            && distance <= 6 * reach
            && kind != SourceKind::Other
            && (alone || kind != SourceKind::Government);
        let act = alone && !expert && said.speaks_of_act && distance <= 3;
        // Who speaks right behind the act speaks of it, if he is someone who can know.
        let next = distance <= 2
            && matches!(
                kind,
                SourceKind::LocalOfficial | SourceKind::AnonymousOfficial | SourceKind::Ngo
            );
        of_the_act && distance <= 8 * reach
            || denies && distance <= 2 * reach
            || blames
            || harm
            || near_by && distance <= 4 * reach
            || act
            || next
    }
}

/// "Blasts have hit the city since May": a sentence that tells of many acts or of those whom they harmed.
fn is_of_many(reading: &Reading<'_>, sentence: Sent) -> bool {
    let mut events = reading.within(sentence, &reading.events, |e| e.trigger);
    let mut harms = reading.within(sentence, &reading.harms, |h| h.trigger);
    is_over_time(reading, sentence) && (events.next().is_some() || harms.next().is_some())
}

/// Whether two drafts cannot be one act told twice: another time or place, or background.
fn are_apart(reading: &Reading<'_>, d: &Draft, e: &Draft) -> bool {
    let time = |d: &Draft| d.when.and_then(|w| w.interval);
    let times = || matches!((time(d), time(e)), (Some(a), Some(b)) if disjoint(a, b));
    let places =
        || matches!((d.place, e.place), (Some(a), Some(b)) if a != b && !same_area(reading, a, b));
    d.is_background != e.is_background || d.shared_toll || times() || places()
}

/// Whether the words said hold an act or harm of the scene.
fn says(reading: &Reading<'_>, scene: &Scene, speech: &Speech) -> bool {
    let inside = |t: Tok| speech.content.contains(t) || t == speech.verb;
    scene
        .events
        .iter()
        .any(|&e| inside(reading.events[e].trigger))
        || scene
            .harms
            .iter()
            .any(|&h| inside(reading.harms[h].trigger))
        || speech.responsibility
        || speech.stance == Stance::Deny
        || speech.stance == Stance::Blame
            && (speaks_of_act(reading, speech.content)
                || names_party(reading, speech.content)
                || names_people(reading, speech))
}

/// Whether the words name someone who can have done it.
fn names_party(reading: &Reading<'_>, content: TokRange) -> bool {
    content.iter().any(|t| {
        matches!(reading.doc.lower(t), "it" | "them")
            || reading.actors.at(t).is_some_and(|a| {
                a.class.is_armed() || a.class == ActorClass::Government && a.rule == "actor:country"
            })
    })
}

/// "An official said the attackers were of the Front. They came at dawn and killed 12": right before the act, of
/// which the words speak.
fn leads_up(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft, speech: &Speech) -> bool {
    let first = draft.scenes.iter().map(|&i| scenes[i].sentence.0).min();
    let knows = !matches!(
        reading.voices[speech.voice].kind,
        SourceKind::Other | SourceKind::Media | SourceKind::Un
    );
    knows
        && first == Some(speech.sentence.0 + 1)
        && reading.zone(speech.sentence) != Zone::Title
        && !is_over_time(reading, speech.sentence)
        && speech.content.iter().any(|t| {
            let attackers = reading.actors.at(t);
            attackers.is_some_and(|a| a.generic)
        })
}

/// "Elsk blames the Front for similar attacks": of acts that the report does not tell of.
pub(super) fn is_of_other_acts(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    // "Officials usually blame the Front."
    let mut before = (speech.verb.0.saturating_sub(2)..speech.verb.0).map(Tok);
    if before.any(|t| has(&reading.knowledge.speech.habitual, doc.lower(t))) {
        return true;
    }
    let mut words = speech.content.iter();
    words.any(|t| {
        let noun = Tok(t.0 + 1);
        has(&reading.knowledge.speech.elsewhere, doc.lower(t))
            && speech.content.contains(noun)
            && doc.xpos(noun) == "NNS"
            && reading.knowledge.frames.nouns.contains_key(doc.lemma(noun))
    })
}

/// "blamed the herders": people right behind the verb who are accused.
fn names_people(reading: &Reading<'_>, speech: &Speech) -> bool {
    let near = (speech.verb.0 + 1..speech.verb.0 + 4).map(Tok);
    let mut near = near.filter(|&t| speech.content.contains(t));
    near.any(|t| {
        let named = reading.actors.at(t);
        named.is_some_and(|a| a.head == t && a.class != ActorClass::Officials)
    })
}

/// Whether the words name an act or attackers.
pub(super) fn speaks_of_act(reading: &Reading<'_>, content: TokRange) -> bool {
    content.iter().any(|t| {
        reading
            .knowledge
            .frames
            .nouns
            .contains_key(reading.doc.lemma(t))
            || reading.actors.at(t).is_some_and(|a| a.class.is_nonstate())
    })
}

/// Whether the words hold an act, however they put it: "denied targeting civilians".
fn names_act(reading: &Reading<'_>, content: TokRange) -> bool {
    let mut events = reading.events.iter();
    events.any(|e| content.contains(e.trigger))
}

/// "The group denies it", "denied any part in it": without a word for the act.
fn denies_part(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let words = &reading.knowledge.speech;
    let mut first = speech.content.iter().take(2);
    speech.stance == Stance::Deny
        && (first.any(|t| doc.lower(t) == "it")
            || speech
                .content
                .iter()
                .any(|t| has(&words.denied, doc.lemma(t))))
}

/// "Hospital officials confirmed the tolls": of everything that the report tells.
fn confirms_tolls(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let tolls = &reading.knowledge.speech.tolls;
    speech.stance == Stance::Confirm
        && speech
            .content
            .iter()
            .take(5)
            .take_while(|&t| !matches!(doc.upos(t), Upos::Adp | Upos::Punct | Upos::Sconj))
            .any(|t| has(tolls, doc.lower(t)))
        // "No casualties were known of, he said": of the act told right before.
        && !speech.content.iter().take(4).any(|t| doc.lower(t) == "no")
        && speech.content.iter().all(|t| doc.upos(t) != Upos::Num)
}

/// Whether the words tell of killed or hurt people.
pub(super) fn speaks_of_harm(reading: &Reading<'_>, speech: &Speech) -> bool {
    let doc = reading.doc;
    let told = |h: &Harm| speech.content.contains(h.trigger);
    let numbered = |t: Tok| {
        matches!(doc.upos(t), Upos::Noun | Upos::Adj)
            && doc.xpos(t) != "NN"
            && !reading.knowledge.harms.of(doc.lower(t)).is_empty()
    };
    reading.harms.iter().any(told)
        || speech.content.iter().any(|t| doc.upos(t) == Upos::Num)
            && speech.content.iter().any(numbered)
}
