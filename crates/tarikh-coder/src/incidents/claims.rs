//! Claims: each number of an incident as one voice puts it, without those of other incidents.

use tarikh_record::{Measure, SourceKind};
use tarikh_syntax::{Doc, Sent, Tok, TokRange, Upos};
use tarikh_text::Zone;
use tarikh_time::{Reach, TimexKind};

use super::fold::Draft;
use super::members;
use super::scene::Scene;
use super::sums::{counts_several_acts, is_total_of};
use crate::knowledge::speech::Stance;
use crate::mentions::actors::ActorClass;
use crate::mentions::harm::{Harm, Stage};
use crate::mentions::lists::DOER;
use crate::mentions::parties::Party;
use crate::mentions::quantities::Count;
use crate::reading::Reading;

/// One number as one voice puts it.
#[derive(Clone, Debug)]
pub(crate) struct ClaimDraft {
    pub(crate) measure: Measure,
    pub(crate) count: Count,
    /// Index of the harm statement.
    pub(crate) harm: usize,
    pub(crate) sentence: Sent,
    /// Words of the number and of those counted.
    pub(crate) tokens: TokRange,
    /// The counted people in words, if the report says.
    pub(crate) who: Option<TokRange>,
    /// Index of the voice; `None` for the report itself.
    pub(crate) voice: Option<usize>,
    /// Someone is said to say so, known or not.
    pub(crate) reported: bool,
    /// The report states it first and names the voice behind it ("Six died, the army said").
    pub(crate) stated: bool,
    /// The voice is that of armed forces or of a rebel group.
    pub(crate) interest: Option<SourceKind>,
    pub(crate) rule: &'static str,
    /// The kind of people counted, if they are of one kind.
    pub(crate) class: Option<ActorClass>,
    /// Index of the mention of the actor that was counted.
    pub(crate) actor: Option<usize>,
    pub(crate) stage: Stage,
    /// Counted in another claim, or counts only some.
    pub(crate) partial: bool,
    /// On top of what was told before ("two others").
    pub(crate) further: bool,
    /// The number that ACLED takes for a word of many or few.
    pub(crate) acled: Option<u32>,
    /// The words do not tell whether they were armed ("people").
    pub(crate) untold: bool,
    /// Counted as civilians by that word: the others of a whole were not.
    pub(crate) called_civilian: bool,
    /// Bodies that someone saw or counted.
    pub(crate) bodies: bool,
    /// One number for people of two kinds ("12 soldiers and civilians").
    pub(crate) mixed: bool,
    /// Those who harmed themselves: the attackers.
    pub(crate) doer: bool,
    /// "Three of them": part of people named before, who need not have been harmed.
    pub(crate) of_them: bool,
    pub(crate) in_title: bool,
}

impl ClaimDraft {
    /// A single person without a number.
    pub(super) fn is_single(&self) -> bool {
        self.rule.starts_with("number:one") || self.count.best == Some(1)
    }
}

/// The claims of a draft in text order.
pub(crate) fn claims(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    draft: &Draft,
) -> Vec<ClaimDraft> {
    let same_kind = |d: &&Draft| d.family == draft.family && !d.is_background;
    let one_of_several = drafts.iter().filter(same_kind).nth(1).is_some();
    let mut out: Vec<ClaimDraft> = Vec::new();
    let told = if draft.own.is_empty() {
        &draft.scenes
    } else {
        &draft.own
    };
    for (n, &s) in told.iter().enumerate() {
        let sentence = scenes[s].sentence;
        if is_over_months(reading, sentence)
            || n > 0 && is_of_another_time(reading, draft, sentence)
            || one_of_several && counts_several_acts(reading, scenes, &scenes[s])
            || one_of_several && is_told_behind_in_parts(reading, scenes, drafts, s)
        {
            continue;
        }
        for &h in &scenes[s].harms {
            let harm = &reading.harms[h];
            let voice = voice_of(reading, harm);
            if draft.share.is_some() && super::deal::counted(harm).count() < 2 {
                continue;
            }
            let own = draft.share.and_then(|n| super::deal::counted(harm).nth(n));
            let is_own = |p: &&Party| own.is_none_or(|o| o.tokens == p.tokens);
            for party in harm.parties.iter().filter(is_own) {
                let claim = claim(reading, harm, party, voice);
                if out.iter().any(|c| c.harm == h && c.tokens == claim.tokens) {
                    continue;
                }
                out.push(ClaimDraft {
                    harm: h,
                    in_title: scenes[s].zone == Zone::Title,
                    ..claim
                });
            }
        }
    }
    out
}

fn claim(reading: &Reading<'_>, harm: &Harm, party: &Party, voice: Option<usize>) -> ClaimDraft {
    let is_noun = matches!(reading.doc.upos(party.head), Upos::Noun | Upos::Propn)
        && (!party.tokens.contains(party.head) || party.rule.starts_with("number:one"));
    let lemma = reading.doc.lemma(party.head);
    let actor = counted_actor(reading, harm, party);
    let class = counted_class(reading, harm, party, actor);
    let also = party.also.and_then(|t| reading.actors.at(t));
    let speech = &reading.knowledge.speech;
    ClaimDraft {
        measure: harm.measure,
        count: party.count,
        harm: 0,
        sentence: harm.sentence,
        tokens: TokRange::new(
            party.tokens.start.min(party.head),
            party.tokens.end.max(Tok(party.head.0 + 1)),
        ),
        who: is_noun.then(|| TokRange::new(party.head, Tok(party.head.0 + 1))),
        voice,
        reported: clause_around(reading, harm).any(|t| speech.is_verb(reading.doc.lemma(t))),
        stated: is_stated(reading, harm),
        interest: voice
            .map(|v| reading.voices[v].kind)
            .filter(|k| matches!(k, SourceKind::Military | SourceKind::Rebel)),
        rule: if party.further {
            "number:further"
        } else {
            party.rule
        },
        class,
        actor,
        stage: harm.stage,
        partial: party.included,
        further: party.further,
        acled: party.acled,
        untold: reading.knowledge.harms.is_untold(lemma)
            && actor == reading.actors.index_at(party.head)
            && !class.is_some_and(ActorClass::is_armed),
        called_civilian: reading.knowledge.harms.says_unarmed(lemma),
        bodies: reading.knowledge.harms.is_body(lemma),
        mixed: also.is_some_and(|a| Some(a.class.is_armed()) != class.map(ActorClass::is_armed)),
        doer: party.rule == DOER,
        of_them: party.of_them,
        in_title: false,
    }
}

/// The mention of those whom a party counts: its own noun, unless that leaves open who they were
/// ("members of a militia", "a captain and four of his men", "the army lost three men").
fn counted_actor(reading: &Reading<'_>, harm: &Harm, party: &Party) -> Option<usize> {
    let (doc, harms) = (reading.doc, &reading.knowledge.harms);
    let lemma = doc.lemma(party.head);
    let own = reading.actors.index_at(party.head);
    if own.is_some() && !harms.is_untold(lemma) {
        return own;
    }
    let armed = |a: &usize| reading.actors.all[*a].class.is_armed();
    let of_parties = |parties: &[Party]| {
        let mut actors = parties
            .iter()
            .filter_map(|p| reading.actors.index_at(p.head));
        actors.find(armed)
    };
    if party.of_them {
        // "opened fire on a bus of officials, killing three of them"
        let start = doc.sentence(harm.sentence).tokens.start;
        let mut before = (start.0..party.tokens.start.0).rev().map(Tok);
        let named = before.find_map(|t| {
            let actor = reading.actors.index_at(t)?;
            let named = &reading.actors.all[actor];
            (!named.generic && named.class != ActorClass::Government).then_some(actor)
        });
        return named.or(own);
    }
    if harms.is_rank(lemma) || is_of_someone(reading, party) {
        return of_parties(&harm.parties);
    }
    let position = harm.parties.iter().position(|p| p.tokens == party.tokens);
    let bare = party.tokens.contains(party.head) && party.rule.starts_with("number:");
    if let Some(before) = position.filter(|&i| i > 0 && bare && own.is_none()) {
        // "three guards at the gate and another two inside"
        return reading.actors.index_at(harm.parties[before - 1].head);
    }
    let of_group = || {
        let of = Tok(party.head.0 + 1);
        let behind = of.0 + 1..doc.len().min(of.idx() + 6) as u32;
        // "14 bodies of rebels"
        let part = lemma == "member" || harms.is_body(lemma);
        let names_group = part && of.idx() < doc.len() && doc.lower(of) == "of";
        let mut behind = behind.map(Tok).filter(|_| names_group);
        behind.find_map(|t| reading.actors.index_at(t))
    };
    let of_owner = || {
        // "The group said that it had lost two": the pronoun's people are named before it.
        let owner = party.owner?;
        let start = doc.sentence(harm.sentence).tokens.start;
        let mut named = (start.0..=owner.0).rev().map(Tok);
        let meant = |t: Tok| {
            let actor = reading.actors.index_at(t)?;
            let named = reading.actors.all[actor].stands_for.unwrap_or(actor);
            Some(named).filter(armed)
        };
        meant(owner).or_else(|| named.find_map(meant))
    };
    let all_of_kind = || all_of_kind(reading, party);
    // "two Front cadres", "the rebel Awa Keita"
    let described = || {
        let (part, person) = (members::nested, members::described);
        let told = part(reading, party.head).or_else(|| person(reading, party.head))?;
        reading.actors.index_at(told.head)
    };
    of_group()
        .or_else(of_owner)
        .or_else(all_of_kind)
        .or(own)
        .or_else(described)
}

/// "Nine people, all of them soldiers": of what kind all of a party are.
fn all_of_kind(reading: &Reading<'_>, party: &Party) -> Option<usize> {
    const REACH: u32 = 6;
    let doc = reading.doc;
    let end = party.tokens.end.0.max(party.head.0 + 1);
    let range = doc.sentence(doc.sentence_of(party.head)).tokens;
    let mut behind = (end..range.end.0.min(end + REACH)).map(Tok);
    let opens = behind.next().is_some_and(|t| doc.lower(t) == ",")
        && behind
            .next()
            .is_some_and(|t| matches!(doc.lower(t), "all" | "both"));
    let mut kind = behind.filter(|_| opens);
    kind.find_map(|t| reading.actors.index_at(t))
}

/// "four of his men": people of one named beside them.
fn is_of_someone(reading: &Reading<'_>, party: &Party) -> bool {
    let before = party.head.0.checked_sub(1).map(Tok);
    before.is_some_and(|t| reading.doc.xpos(t) == "PRP$")
        && reading
            .knowledge
            .harms
            .is_untold(reading.doc.lemma(party.head))
}

/// The kind of those whom a party counts. A rank that stands alone is one of a state's forces.
fn counted_class(
    reading: &Reading<'_>,
    harm: &Harm,
    party: &Party,
    actor: Option<usize>,
) -> Option<ActorClass> {
    let harms = &reading.knowledge.harms;
    // "Captain Keita", "Naik Ali": the rank stands before the name.
    let before_name = |p: &Party| {
        let before = (p.tokens.start.0.min(p.head.0)..p.head.0).map(Tok);
        let before = before.chain(p.tokens.start.0.checked_sub(1).map(Tok));
        reading.doc.upos(p.head) == Upos::Propn
            && before
                .into_iter()
                .any(|t| harms.is_rank(reading.doc.lower(t)))
    };
    let is_rank = |p: &Party| harms.is_rank(reading.doc.lemma(p.head)) || before_name(p);
    let ranked =
        || is_rank(party) || is_of_someone(reading, party) && harm.parties.iter().any(is_rank);
    let class = actor.map(|a| reading.actors.all[a].class);
    class.or_else(|| ranked().then_some(ActorClass::Military))
}

/// "Three officers died in bomb attacks" above a bomb that killed two and one that killed one: the
/// scene's dead are those of several drafts together, told behind it.
fn is_told_behind_in_parts(
    reading: &Reading<'_>,
    scenes: &[Scene],
    drafts: &[Draft],
    scene: usize,
) -> bool {
    let total = scenes[scene].dead(reading);
    let own = |d: &Draft| {
        let others = d
            .scenes
            .iter()
            .filter(|&&s| scenes[s].sentence > scenes[scene].sentence);
        let mut body = others.filter(|&&s| scenes[s].zone == Zone::Body);
        let dead = |s: usize| scenes[s].dead(reading);
        body.find_map(|&s| dead(s).filter(|_| dead(s) != total))
    };
    let told = drafts
        .iter()
        .filter(|d| !d.is_background && !d.shared_toll)
        .filter_map(own);
    is_total_of(total, told.map(Some))
}

/// "Over 1,000 since December", "72 people this year": a running total.
fn is_over_months(reading: &Reading<'_>, sentence: Sent) -> bool {
    const LONGEST: i32 = 21;
    reading
        .within(sentence, &reading.times, |t| t.tokens.start)
        .filter(|(_, t)| !super::context::is_of_rank(reading, t))
        .filter(|(_, t)| !super::date::is_before_when(reading, t.tokens))
        .filter(|(_, t)| !super::date::is_of_ranked_since(reading, t.tokens))
        .filter(|(_, t)| !super::context::is_before_a_colon(reading, t))
        // "The Front, which has fought the army since 2016, killed seven": of the Front, not of the dead.
        .filter(|(_, t)| aside(reading.doc, t.tokens.start).is_none())
        .any(|(_, t)| {
            let Some(i) = t.interval else {
                return false;
            };
            let until = reading.report.metadata().published.unwrap_or(i.end);
            let since = t.reach == Reach::Since || super::date::is_since(reading, t.tokens);
            if since {
                (until - i.start).get_days() > LONGEST
            } else {
                t.kind == TimexKind::Date && i.precision >= 5 && !t.impossible
            }
        })
}

/// The clause between commas around a word that only tells more of the noun before it ("which has been
/// fighting since May").
pub(super) fn aside(doc: &Doc, t: Tok) -> Option<TokRange> {
    let range = doc.sentence(doc.sentence_of(t)).tokens;
    let comma = |x: &Tok| doc.lower(*x) == ",";
    let open = (range.start.0..t.0).rev().map(Tok).find(comma)?;
    let close = (t.0..range.end.0).map(Tok).find(comma)?;
    // A quotation may end at the comma.
    let mut behind = (open.0 + 1..t.0).map(Tok);
    let first = behind.find(|&x| !matches!(doc.lower(x), "\"" | "”" | "''"));
    let relative = first.is_some_and(|x| matches!(doc.lower(x), "which" | "who" | "whose"));
    (relative && open.0 + 1 < t.0).then(|| TokRange::new(Tok(open.0 + 1), close))
}

/// A sentence whose only dates lie outside the incident's, or that counts over a stretch of time,
/// gives the toll of something else.
fn is_of_another_time(reading: &Reading<'_>, draft: &Draft, sentence: Sent) -> bool {
    let Some(own) = draft.when.and_then(|w| w.interval) else {
        return false;
    };
    let mut dates = reading
        .within(sentence, &reading.times, |t| t.tokens.start)
        .filter(|(_, t)| {
            t.reach == Reach::At && matches!(t.kind, TimexKind::Date | TimexKind::Time)
        })
        // "The deadliest attack since the end of the war in 1990": the year only ranks it.
        .filter(|(_, t)| !super::context::is_of_rank(reading, t))
        .filter_map(|(_, t)| t.interval)
        .peekable();
    let apart = |i: tarikh_time::Interval| i.end < own.start && (own.start - i.end).get_days() > 3;
    dates.peek().is_some() && dates.all(apart)
}

/// Whether no verb of speech stands before the statement in its clause.
fn is_stated(reading: &Reading<'_>, harm: &Harm) -> bool {
    let doc = reading.doc;
    let said = |t: &Tok| reading.knowledge.speech.is_verb(doc.lemma(*t));
    let mut before = clause_around(reading, harm).take_while(|t| *t < harm.trigger);
    !before.any(|t| said(&t))
}

/// The words around a statement up to the next semicolon.
fn clause_around<'r>(
    reading: &'r Reading<'_>,
    harm: &Harm,
) -> impl Iterator<Item = Tok> + Clone + 'r {
    let (doc, range) = (reading.doc, reading.doc.sentence(harm.sentence).tokens);
    let trigger = harm.trigger;
    let ends = |t: &Tok| doc.lower(*t) == ";";
    let start = (range.start.0..trigger.0).map(Tok).rfind(ends);
    let end = (trigger.0..range.end.0).map(Tok).find(ends);
    TokRange::new(start.unwrap_or(range.start), end.unwrap_or(range.end)).iter()
}

/// The voice that asserts a statement: the speaker of its clause.
fn voice_of(reading: &Reading<'_>, harm: &Harm) -> Option<usize> {
    reading
        .within(harm.sentence, &reading.speeches, |s| s.verb)
        .map(|(_, s)| s)
        .filter(|s| s.stance != Stance::Judgement)
        .filter(|s| clause_around(reading, harm).any(|t| t == s.verb))
        .min_by_key(|s| s.verb.0.abs_diff(harm.trigger.0))
        .map(|s| s.voice)
}
