//! Finds event mentions: trigger words whose frame's conditions hold.

use tarikh_syntax::{Deprel, Doc, Sent, Tok, Upos};

use super::modality::{self, Modality};
use super::reference::{has_time, is_backshifted, is_definite, is_distinct, is_pluperfect};
use super::roles;
use super::senses::Senses;
use crate::knowledge::Knowledge;
use crate::knowledge::frames::{Act, Frame, Reversed, Trigger};
use crate::tree;

/// One mention of an act.
#[derive(Clone, Debug)]
pub(crate) struct EventMention {
    /// Index into [`crate::knowledge::frames::Frames::all`]; `None` for a bare statement of harm.
    pub(crate) frame: Option<usize>,
    pub(crate) act: Act,
    pub(crate) trigger: Tok,
    pub(crate) agents: Vec<Tok>,
    pub(crate) patients: Vec<Tok>,
    pub(crate) modality: Modality,
    /// "the attack", "this raid": refers to an act already told.
    pub(crate) definite: bool,
    /// "another", "a second", "a separate": an act of its own.
    pub(crate) distinct: bool,
    /// "had attacked": before the report's main line.
    pub(crate) pluperfect: bool,
    /// Its past perfect is that of reported speech ("said that gunmen had attacked").
    pub(crate) backshifted: bool,
    /// The frame's words alone do not show violence.
    pub(crate) weak: bool,
    /// The word names the means, not the act ("a bomb").
    pub(crate) is_thing: bool,
}

/// Finds the mentions of one sentence, in order of their words. `skip` marks words of time
/// expressions ("March").
pub(crate) fn find(
    senses: &Senses<'_>,
    sentence: Sent,
    skip: &dyn Fn(Tok) -> bool,
    out: &mut Vec<EventMention>,
) {
    let (doc, knowledge) = (senses.doc, senses.knowledge);
    let range = doc.sentence(sentence).tokens;
    for t in range.iter().filter(|&t| !skip(t)) {
        let Some(candidates) = candidates(doc, t, knowledge) else {
            continue;
        };
        for trigger in candidates {
            let frame = &knowledge.frames.all[trigger.frame];
            if !words_match(doc, t, trigger)
                || refused(senses, range, frame) && !is_by_fighters(senses, t, frame, trigger)
                || is_other_weapon(senses, t, trigger, frame)
                || !is_brought_about(doc, t, frame)
                || is_counted_word(senses, t)
                || trigger.is_thing && senses.is_found(t)
                || frame.act == Act::Explosion && is_figure_of_speech(senses, t)
                || frame.act == Act::GroupChange && only_describes(senses, t, skip)
            {
                continue;
            }
            let (mut agents, mut patients) = roles_of(doc, t, frame, trigger);
            if let Some((arms, bearer)) = agents.first().and_then(|&a| bearer_of(doc, t, a)) {
                agents.retain(|&a| a != arms);
                agents.push(bearer);
            }
            if patients.is_empty() && is_bare_headline(senses, t, frame, &agents) {
                std::mem::swap(&mut agents, &mut patients);
            }
            if agents.is_empty() && frame.roles.is_none() {
                agents.extend(agent_before(senses, t, frame));
            }
            // Whose deed it is decides the frame; the pronoun stays for those who resolve it.
            let doers: Vec<Tok> = agents
                .iter()
                .map(|&a| {
                    speaker(senses, a)
                        .or_else(|| marchers(doc, a, out))
                        .unwrap_or(a)
                })
                .collect();
            let told_before = is_definite(doc, t)
                && !has_time(doc, t)
                && agents.is_empty()
                && out
                    .iter()
                    .any(|e: &EventMention| e.frame == Some(trigger.frame));
            if !told_before && !roles_fit(senses, t, trigger, frame, &doers, &patients) {
                continue;
            }
            // A suicide, and what befalls "you", who are nobody.
            let nobody = |p: &Tok| {
                let word = doc.lower(*p);
                word == "you"
                    || frame.act == Act::Kill
                        && matches!(word, "himself" | "herself" | "themselves")
            };
            if !patients.is_empty() && patients.iter().all(nobody) {
                continue;
            }
            out.push(EventMention {
                frame: Some(trigger.frame),
                act: frame.act,
                trigger: t,
                agents,
                patients,
                modality: modality_of(senses, t, frame.act),
                definite: is_definite(doc, t),
                distinct: is_distinct(senses, t) && !senses.is_of_counted(t, out),
                pluperfect: is_pluperfect(doc, t),
                backshifted: is_backshifted(doc, t, knowledge),
                weak: frame.weak || trigger.is_thing,
                is_thing: trigger.is_thing,
            });
            break;
        }
    }
}

/// "The Karda Group, which broke away from the Front": the past of a group that the sentence names, on no day.
fn only_describes(senses: &Senses<'_>, t: Tok, skip: &dyn Fn(Tok) -> bool) -> bool {
    let doc = senses.doc;
    let clause = doc.deprel(t) == Deprel::AclRelcl;
    let words = doc.sentence(doc.sentence_of(t)).tokens;
    let dated = || {
        let time = |w: &Tok| skip(*w) && !senses.actors.is_in_name(*w);
        let mut times = words.iter().filter(time);
        times.any(|w| tree::ancestors(doc, w).any(|a| a == t))
    };
    clause && !dated()
}

/// How the report puts the act; one that must be completed is not told by trying it.
fn modality_of(senses: &Senses<'_>, t: Tok, act: Act) -> Modality {
    let (doc, words) = (senses.doc, &senses.knowledge.modalities);
    let modality = modality::read(doc, t, words);
    if modality == Modality::Actual && is_in_a_work(senses, t) {
        return Modality::Reported;
    }
    let tried = doc.deprel(t) == Deprel::Xcomp
        && doc
            .head(t)
            .is_some_and(|h| words.prospect.tried.iter().any(|w| w == doc.lemma(h)));
    if modality == Modality::Actual && act.needs_success() && tried {
        return Modality::Prospect;
    }
    modality
}

/// "The film follows a sniper who shoots dead dozens", "she is shot in the last act of the play".
fn is_in_a_work(senses: &Senses<'_>, t: Tok) -> bool {
    let doc = senses.doc;
    let follows = tree::ancestors(doc, t)
        .filter(|&v| tree::is_verbal(doc, v))
        .filter_map(|v| tree::subject(doc, v))
        .any(|s| senses.is(s, "work"));
    let within = || {
        let place = tree::with_case(doc, t, "in")?;
        let whole = tree::with_case(doc, place, "of");
        Some(
            std::iter::once(place)
                .chain(whole)
                .any(|w| senses.is(w, "story")),
        )
    };
    follows || within() == Some(true)
}

/// The frames that the word can evoke, by its part of speech.
fn candidates<'k>(doc: &Doc, t: Tok, knowledge: &'k Knowledge) -> Option<&'k [Trigger]> {
    let lemma = doc.lemma(t);
    let list = match doc.upos(t) {
        // "the fighting groups", "freed hostage": it names who they are.
        Upos::Verb | Upos::Adj if doc.deprel(t) == Deprel::Amod && modifies_next(doc, t) => None,
        Upos::Verb | Upos::Aux => knowledge.frames.verbs.get(lemma),
        // "attack helicopter", "blast victims": the noun behind says what is spoken of.
        Upos::Noun | Upos::Propn if doc.deprel(t) == Deprel::Compound && modifies_next(doc, t) => {
            None
        }
        Upos::Noun => knowledge.frames.nouns.get(lemma),
        // Names of incidents are often tagged as proper nouns in headlines and capitals.
        Upos::Propn => knowledge
            .frames
            .nouns
            .get(doc.lower(t))
            .or_else(|| knowledge.frames.nouns.get(&doc.lemma(t).to_lowercase())),
        Upos::Adj if doc.xpos(t) == "VBN" => knowledge.frames.verbs.get(lemma),
        Upos::Adj if doc.child(t, Deprel::Cop).is_some() => knowledge.frames.adjectives.get(lemma),
        _ => None,
    };
    list.map(Vec::as_slice)
}

/// Whether the noun stands right before the noun that it modifies.
fn modifies_next(doc: &Doc, t: Tok) -> bool {
    doc.head(t).is_some_and(|h| h.0 == t.0 + 1)
}

fn words_match(doc: &Doc, t: Tok, trigger: &Trigger) -> bool {
    if let Some(manner) = &trigger.manner
        && !doc.children(t).any(|c| doc.lower(c) == manner)
        && t.0
            .checked_sub(1)
            .is_none_or(|b| doc.lower(Tok(b)) != manner)
    {
        return false;
    }
    if trigger.rest.is_empty() {
        return true;
    }
    match doc.upos(t) {
        Upos::Noun | Upos::Propn => tree::precedes(doc, t, &trigger.rest),
        _ => tree::follows(doc, t, &trigger.rest) || is_thrown(doc, t, &trigger.rest),
    }
}

/// The noun of an entry ("throw petrol bomb") before its verb: "Two petrol bombs were thrown", "a petrol bomb thrown by
/// strangers", "bottles that youths threw", "had a petrol bomb thrown at his house".
fn is_thrown(doc: &Doc, verb: Tok, rest: &[String]) -> bool {
    let Some((last, before)) = rest.split_last() else {
        return false;
    };
    let spelt = |n: Tok| {
        doc.upos(n) == Upos::Noun
            && n < verb
            && doc.lemma(n) == last
            && tree::precedes(doc, n, before)
    };
    let subject = doc.child(verb, Deprel::NsubjPass);
    let modified = doc.head(verb).filter(|_| match doc.deprel(verb) {
        Deprel::Acl => tree::is_passive(doc, verb),
        Deprel::AclRelcl => doc.child(verb, Deprel::Obj).is_none_or(|o| o < verb),
        _ => false,
    });
    let caused = |h: &Tok| doc.lemma(*h) == "have" && doc.xpos(verb) == "VBN";
    let had = doc.head(verb).filter(caused);
    let had = had.and_then(|h| doc.child(h, Deprel::Obj));
    [subject, modified, had].into_iter().flatten().any(spelt)
}

/// Whether a noun is what a verb brings about, where its frame asks for it.
fn is_brought_about(doc: &Doc, t: Tok, frame: &Frame) -> bool {
    if frame.nouns_of.is_empty() || !matches!(doc.upos(t), Upos::Noun | Upos::Propn) {
        return true;
    }
    let argument = matches!(
        doc.deprel(t),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl
    );
    let verb = doc.head(t).filter(|_| argument);
    let clause = doc.child(t, Deprel::Acl).or(doc.child(t, Deprel::AclRelcl));
    verb.into_iter()
        .chain(clause)
        .any(|v| frame.nouns_of.iter().any(|w| doc.lemma(v) == w))
}

/// "Forty rebel groups inked a pact": the parties who bring a noun's act about, by the verbs that its frame names.
fn brought_about_by(senses: &Senses<'_>, noun: Tok, frame: &Frame) -> Vec<Tok> {
    let doc = senses.doc;
    let brings = |v: &Tok| frame.nouns_of.iter().any(|w| w == doc.lemma(*v));
    let verb = doc.head(noun).filter(brings);
    let subject = match doc.deprel(noun) {
        Deprel::Obj => verb.and_then(|v| tree::subject(doc, v)),
        Deprel::NsubjPass => verb.and_then(|v| tree::by_phrase(doc, v)),
        _ => None,
    };
    let all = subject.into_iter().flat_map(|s| tree::conjuncts(doc, s));
    let mut all: Vec<Tok> = all.collect();
    if !all
        .iter()
        .any(|&a| senses.is(a, "armed") || senses.is(a, "country"))
    {
        all.clear();
    }
    all
}

/// "The police put the number of killed at 19": those of whom there are so many, and nothing that is done there.
fn is_counted_word(senses: &Senses<'_>, t: Tok) -> bool {
    let doc = senses.doc;
    let before = |n: u32| t.0.checked_sub(n).map(Tok);
    let of = before(1).is_some_and(|b| doc.lower(b) == "of");
    let number = |b: Tok| senses.knowledge.lexicon.is(doc, b, "count");
    of && matches!(doc.xpos(t), "VBN" | "VBD") && before(2).is_some_and(number)
}

/// "An explosion of debt": nothing that blows up.
fn is_figure_of_speech(senses: &Senses<'_>, t: Tok) -> bool {
    let of = tree::with_case(senses.doc, t, "of");
    of.is_some_and(|o| {
        senses
            .knowledge
            .lexicon
            .is(senses.doc, o, "figurative-blast")
    })
}

/// Stands in a frame's `refuse` for the result of a match.
const SCORE: &str = "2-1";

/// "2-1": a small number on each side of a hyphen.
fn is_score(doc: &Doc, range: tarikh_syntax::TokRange, hyphen: Tok) -> bool {
    let small = |n: u32| {
        let t = Tok(n);
        range.contains(t) && doc.lower(t).len() <= 2 && doc.lower(t).parse::<u8>().is_ok()
    };
    matches!(doc.lower(hyphen), "-" | "–")
        && hyphen.0.checked_sub(1).is_some_and(small)
        && small(hyphen.0 + 1)
}

/// Whether a word of the sentence shows that the trigger means something else.
fn refused(senses: &Senses<'_>, range: tarikh_syntax::TokRange, frame: &Frame) -> bool {
    let doc = senses.doc;
    // "The Corva Muslim League" plays in none.
    let of_party = |t: Tok| {
        let before = t.0.checked_sub(1).map(Tok).filter(|&b| range.contains(b));
        doc.upos(t) == Upos::Propn
            && before.is_some_and(|b| senses.knowledge.lexicon.is(doc, b, "party-name"))
    };
    frame.refuse.iter().any(|entry| {
        if entry == SCORE {
            return range.iter().any(|t| is_score(doc, range, t));
        }
        let (before, last) = entry.rsplit_once(' ').unwrap_or(("", entry));
        range.iter().any(|t| {
            (doc.lemma(t) == last || doc.lower(t) == last)
                && !of_party(t)
                && (before.is_empty() || {
                    let before: Vec<String> = before.split(' ').map(str::to_owned).collect();
                    tree::precedes(doc, t, &before)
                })
        })
    })
}

/// "Gunmen killed nine farmers in a village hit by floods": what several armed people do to people means nothing else,
/// whatever the sentence speaks of besides.
fn is_by_fighters(senses: &Senses<'_>, t: Tok, frame: &Frame, trigger: &Trigger) -> bool {
    let doc = senses.doc;
    let range = doc.sentence(doc.sentence_of(t)).tokens;
    let harms = [Act::Kill, Act::Shoot, Act::Attack, Act::Clash, Act::Abduct];
    if !harms.contains(&frame.act) || range.iter().any(|t| is_score(doc, range, t)) {
        return false;
    }
    let (agents, patients) = roles_of(doc, t, frame, trigger);
    // Teams are called Pirates and Rebels, too.
    let fighters = |&a: &Tok| {
        let actor = senses.actors.at(a).filter(|m| m.class.is_armed());
        let several = doc.upos(a) == Upos::Noun && doc.xpos(a) == "NNS";
        actor.is_some_and(|m| several || m.id.is_some() && m.class.is_nonstate())
    };
    let people = |&p: &Tok| doc.upos(p) == Upos::Noun && senses.is(p, "person");
    agents.iter().any(fighters) && patients.iter().any(people)
}

/// "a petrol bomb": means of another kind of act than the bare word tells.
fn is_other_weapon(senses: &Senses<'_>, t: Tok, trigger: &Trigger, frame: &Frame) -> bool {
    let longest = senses.knowledge.lexicon.weapon(senses.doc, t);
    trigger.is_thing
        && longest.is_some_and(|(n, act)| n > trigger.rest.len() && act != Some(frame.act))
}

fn roles_of(doc: &Doc, t: Tok, frame: &Frame, trigger: &Trigger) -> (Vec<Tok>, Vec<Tok>) {
    let mut agents = roles::fillers(doc, t, &frame.agent, true);
    let mut patients = roles::fillers(doc, t, &frame.patient, false);
    let below = below_entry(doc, t, trigger, &frame.patient);
    if !below.is_empty() {
        patients = below;
    }
    if agents.is_empty() {
        agents = below_entry(doc, t, trigger, &frame.agent);
    }
    patients.retain(|p| !agents.contains(p));
    if frame.roles == Some(Reversed::Reversed) {
        (patients, agents)
    } else {
        (agents, patients)
    }
}

/// "Rebels armed with rifles and rocket launchers fell upon a post": the arms that the tree takes for who acts, and those
/// who bear them.
fn bearer_of(doc: &Doc, verb: Tok, arms: Tok) -> Option<(Tok, Tok)> {
    const REACH: u32 = 12;
    let start = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
    if arms > verb || !matches!(doc.xpos(verb), "VBD" | "VBZ" | "VBP") {
        return None;
    }
    let listed = |t: &Tok| {
        matches!(
            doc.upos(*t),
            Upos::Noun | Upos::Adj | Upos::Cconj | Upos::Num | Upos::Propn
        ) || matches!(
            doc.deprel(*t),
            Deprel::Amod | Deprel::Compound | Deprel::Punct
        )
    };
    let mut back = (start.max(arms.0.saturating_sub(REACH))..arms.0)
        .rev()
        .map(Tok);
    let with = back.find(|t| !listed(t))?;
    let armed = with.0.checked_sub(1).map(Tok)?;
    let bears = doc.lower(with) == "with" && matches!(doc.lower(armed), "armed" | "equipped");
    let who = match doc.deprel(armed) {
        Deprel::Acl => doc.head(armed),
        _ => tree::subject(doc, armed),
    };
    who.filter(|&w| bears && w < armed).map(|w| (arms, w))
}

/// "seized control of Corva", "fell into the hands of rebels": the noun is part of the entry, and
/// what hangs on it fills the role.
fn below_entry(doc: &Doc, verb: Tok, trigger: &Trigger, places: &[String]) -> Vec<Tok> {
    let spelt = |n: &Tok| trigger.rest.iter().any(|w| w == doc.lemma(*n));
    let argument = |n: &Tok| matches!(doc.deprel(*n), Deprel::Obj | Deprel::Obl);
    doc.children(verb)
        .filter(|n| argument(n) && spelt(n))
        .flat_map(|n| {
            places
                .iter()
                .filter_map(move |p| tree::with_case(doc, n, p))
        })
        .collect()
}

fn roles_fit(
    senses: &Senses<'_>,
    t: Tok,
    trigger: &Trigger,
    frame: &Frame,
    agents: &[Tok],
    patients: &[Tok],
) -> bool {
    let (agents, patients) = if frame.roles.is_some() {
        (patients, agents)
    } else {
        (agents, patients)
    };
    let any = |heads: &[Tok], classes: &[String]| {
        heads
            .iter()
            .any(|&h| classes.iter().any(|c| senses.is(h, c)))
    };
    // The words of a phrasal entry stand for the role ("launch missile").
    let spelt_out = !trigger.rest.is_empty() && patients.is_empty();
    let agent_fits = frame.agent_is.is_empty()
        || any(agents, &frame.agent_is)
        || frame.agent.iter().any(|p| p == "modifier") && modifier_is(senses, t, &frame.agent_is);
    let patient_fits = frame.patient_is.is_empty()
        || any(patients, &frame.patient_is)
        || spelt_out
            && frame.patient_is.iter().any(|c| {
                let mut words = trigger.rest.iter();
                words.any(|w| senses.knowledge.lexicon.holds(c, w))
            });
    agent_fits
        && patient_fits
        && !any(agents, &frame.agent_is_not)
        && !any(patients, &frame.patient_is_not)
}

/// "a helicopter crash": the class stands in a word before the noun.
fn modifier_is(senses: &Senses<'_>, t: Tok, classes: &[String]) -> bool {
    let doc = senses.doc;
    let start = doc.sentence(doc.sentence_of(t)).tokens.start;
    (1..=2)
        .filter_map(|n| t.0.checked_sub(n))
        .map(Tok)
        .filter(|&p| p >= start)
        .any(|p| classes.iter().any(|c| senses.is(p, c)))
}

/// "The rebels said they had struck the post": who the pronoun of a reported clause is.
fn speaker(senses: &Senses<'_>, pronoun: Tok) -> Option<Tok> {
    let doc = senses.doc;
    let verb = doc
        .head(pronoun)
        .filter(|_| matches!(doc.lower(pronoun), "it" | "they" | "we"))?;
    let said = doc
        .head(verb)
        .filter(|_| doc.deprel(verb) == Deprel::Ccomp)?;
    let says = senses.knowledge.speech.is_verb(doc.lemma(said));
    let speaker = tree::subject(doc, said).filter(|_| says)?;
    senses.is(speaker, "armed").then_some(speaker)
}

/// "Youths marched on the office. They threw stones": who the pronoun is right behind a demonstration.
fn marchers(doc: &Doc, pronoun: Tok, told: &[EventMention]) -> Option<Tok> {
    let last = told.last().filter(|_| doc.lower(pronoun) == "they")?;
    let sentence = |t: Tok| doc.sentence_of(t).0;
    let near = sentence(pronoun).saturating_sub(sentence(last.trigger)) <= 1;
    let first = last.agents.first().copied();
    (near && last.act.is_of_a_crowd()).then(|| first.unwrap_or(last.trigger))
}

/// An agent that the tree hangs elsewhere: the nearest noun before a finite verb that is what the
/// frame asks for, with no other verb between them.
fn agent_before(senses: &Senses<'_>, verb: Tok, frame: &Frame) -> Vec<Tok> {
    const REACH: u32 = 15;
    let doc = senses.doc;
    if !frame.agent.iter().any(|a| a == "subject") || !matches!(doc.xpos(verb), "VBD" | "VBZ") {
        return brought_about_by(senses, verb, frame);
    }
    let start = doc.sentence(doc.sentence_of(verb)).tokens.start;
    (start.0.max(verb.0.saturating_sub(REACH))..verb.0)
        .rev()
        .map(Tok)
        .take_while(|&t| !matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP"))
        .filter(|&t| matches!(doc.upos(t), Upos::Noun | Upos::Propn))
        .filter(|&t| doc.child(t, Deprel::Case).is_none())
        .find(|&t| frame.agent_is.iter().any(|c| senses.is(t, c)))
        .into_iter()
        .collect()
}

/// "Nurses ambushed on road", as a headline: who stands before a bare participle suffers.
fn is_bare_headline(senses: &Senses<'_>, t: Tok, frame: &Frame, agents: &[Tok]) -> bool {
    let doc = senses.doc;
    let sentence = doc.sentence(doc.sentence_of(t));
    let last = Tok(sentence.tokens.end.0.saturating_sub(1));
    let transitive = matches!(
        frame.act,
        Act::Ambush | Act::Kill | Act::Abduct | Act::Arrest | Act::Stab | Act::Shoot | Act::Attack
    );
    let object = frame.patient.iter().any(|p| p == "object") && frame.roles.is_none();
    transitive
        && object
        && sentence.paragraph == 0
        && !matches!(doc.word(last), "." | "\"" | "”")
        && doc.upos(t) == Upos::Verb
        && matches!(doc.xpos(t), "VBD" | "VBN")
        && doc.child(t, Deprel::Obj).is_none()
        && !agents.iter().any(|&a| senses.is(a, "gunman"))
}
