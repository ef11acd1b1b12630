//! Who takes part in an incident: the role fillers of its scenes, and the parties that they name.

use tarikh_record::{Measure, Role};
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};
use tarikh_text::Zone;
use tarikh_time::Reach;

use super::acts;
use super::claims::aside;
use super::fold::Draft;
use super::members::{is_many_people, is_of_many, meant, nested};
use super::near::{joined_before, near_agent, near_target};
use super::scene::Scene;
use super::sides::{Party, same};
use crate::events::find::EventMention;
use crate::knowledge::frames::Act;
use crate::knowledge::lexicon::has;
use crate::mentions::actors::{ActorClass, ActorMention};
use crate::reading::Reading;
use crate::tree;

/// What the scenes of a draft say of agents, targets and victims.
#[derive(Default)]
pub(crate) struct Cast {
    pub(crate) agents: Vec<Tok>,
    pub(crate) targets: Vec<Tok>,
    pub(crate) victims: Vec<Tok>,
}

/// Collects the role fillers of a draft: those of the text, then what only the title tells.
pub(crate) fn cast(reading: &Reading<'_>, scenes: &[Scene], draft: &Draft) -> Cast {
    let mut body = Cast::default();
    let mut title = Cast::default();
    let told: usize = draft.scenes.iter().map(|&s| scenes[s].events.len()).sum();
    for &s in &draft.scenes {
        let scene = &scenes[s];
        let into = match scene.zone {
            Zone::Title => &mut title,
            _ => &mut body,
        };
        add(reading, scene, told > 1, into);
    }
    for (own, other) in [
        (&mut body.agents, title.agents),
        (&mut body.targets, title.targets),
        (&mut body.victims, title.victims),
    ] {
        if !own.iter().any(|&t| reading.actors.at(t).is_some()) {
            extend(own, &other);
        }
    }
    body
}

fn add(reading: &Reading<'_>, scene: &Scene, several: bool, cast: &mut Cast) {
    for &e in &scene.events {
        let event = &reading.events[e];
        if several && (is_of_old(reading, event) || is_of_many(reading, event))
            || acts::tells_whom_it_hit(reading, scene, event)
        {
            continue;
        }
        if let Some((one, other)) = between(reading, event) {
            extend(&mut cast.agents, &[one]);
            extend(&mut cast.targets, &[other]);
            continue;
        }
        let told = |t: &&Tok| !speaks(reading, **t);
        let acts = |t: &&Tok| {
            !only_describes(reading, event, **t)
                && !suffers(reading, event, **t)
                && !is_of_victims(reading, event, **t)
        };
        let agents = event.agents.iter().filter(told).filter(acts);
        let agents = agents.map(|&t| antecedent(reading, t));
        let mut meant: Vec<Tok> = agents
            .flat_map(|t| joined_before(reading, t).into_iter().chain([t]))
            .collect();
        let sent: Vec<Tok> = meant.iter().filter_map(|&t| sender(reading, t)).collect();
        meant.extend(sent);
        meant.retain(|&t| !has(&reading.knowledge.actors.words.counts, reading.doc.lemma(t)));
        extend(&mut cast.agents, &meant);
        let hit = |t: &&Tok| !is_spared(reading, **t);
        let patients: Vec<Tok> = event
            .patients
            .iter()
            .filter(told)
            .filter(hit)
            .copied()
            .collect();
        extend(&mut cast.targets, &patients);
        if event.act == Act::Clash {
            let joined: Vec<Tok> = patients
                .iter()
                .filter_map(|&t| joined_before(reading, t))
                .collect();
            extend(&mut cast.targets, &joined);
        }
        if !meant.iter().any(|&t| names_someone(reading, t)) {
            let near = near_agent(reading, event).filter(|&t| scene.holds(t));
            let joined = near.and_then(|t| joined_before(reading, t));
            extend(&mut cast.agents, joined.as_slice());
            extend(&mut cast.agents, near.as_slice());
        }
        if !patients.iter().any(|&t| names_someone(reading, t)) {
            let near = near_target(reading, event)
                .filter(|&t| scene.holds(t) && !cast.agents.contains(&t))
                .filter(|&t| !acts_beside(reading, t));
            extend(&mut cast.targets, near.as_slice());
        }
    }
    for &h in &scene.harms {
        let harm = &reading.harms[h];
        if matches!(
            harm.measure,
            Measure::Killed | Measure::Injured | Measure::Abducted | Measure::Arrested
        ) {
            // "no civilians were killed" makes nobody a victim.
            let some = harm.parties.iter().filter(|p| p.count.best != Some(0));
            // "Ten were hurt, including two gang members": the attackers' own.
            let last = reading.doc.len() as u32 - 1;
            let own = |head: Tok| {
                let named = |t: Tok| reading.actors.at(t).filter(|a| a.class.is_nonstate());
                let words = |a: &ActorMention| {
                    let noun = |t: &Tok| {
                        let is = matches!(reading.doc.upos(*t), Upos::Noun | Upos::Propn);
                        is && !has(&reading.knowledge.actors.words.parts, reading.doc.lemma(*t))
                    };
                    // "the Ti Bwa gang", called so without its noun.
                    let all = a.name.iter().chain([a.head, Tok(a.name.end.0.min(last))]);
                    all.filter(noun)
                        .map(|t| reading.doc.lemma(t))
                        .collect::<Vec<_>>()
                };
                named(head).is_some_and(|v| {
                    let mut agents = cast.agents.iter().filter_map(|&t| named(t));
                    agents.any(|a| words(a).iter().any(|w| words(v).contains(w)))
                })
            };
            let some = some.filter(|p| !(p.included && own(p.head)));
            let heads: Vec<Tok> = some.map(|p| p.head).collect();
            extend(&mut cast.victims, &heads);
        }
    }
}

/// "A school went up in flames when armed men stormed in": who does one of the acts of the sentence.
fn acts_beside(reading: &Reading<'_>, t: Tok) -> bool {
    reading
        .within(reading.doc.sentence_of(t), &reading.events, |e| e.trigger)
        .any(|(_, e)| e.act != Act::Clash && e.agents.contains(&t))
}

/// "The Front, which has been fighting the army since 2016, raided a mine": what a clause beside tells of
/// years is no part of the act.
fn is_of_old(reading: &Reading<'_>, event: &EventMention) -> bool {
    let Some(clause) = aside(reading.doc, event.trigger) else {
        return false;
    };
    // "The army, which is fighting rebels in the area, said"
    let of_a_war = event.act == Act::Clash
        && reading.doc.xpos(event.trigger) == "VBG"
        && reading.doc.children(event.trigger).any(|c| {
            let aux = reading.doc.deprel(c) == Deprel::Aux;
            aux && matches!(reading.doc.lower(c), "is" | "are")
        });
    let mut times = reading.times.iter();
    of_a_war
        || times.any(|t| {
            let long = t.interval.is_none_or(|i| i.precision >= 4);
            clause.contains(t.tokens.start) && (t.reach == Reach::Since || long)
        })
}

fn extend(list: &mut Vec<Tok>, more: &[Tok]) {
    for t in more {
        if !list.contains(t) {
            list.push(*t);
        }
    }
}

/// A word before an event noun that tells where or of what sort the act was, and not who did it:
/// "a Kenya grenade attack", "a terrorist attack". What flies or is fired a state's name owns.
pub(super) fn only_describes(reading: &Reading<'_>, event: &EventMention, t: Tok) -> bool {
    let doc = reading.doc;
    let at = event.trigger;
    if t >= at || !matches!(doc.upos(at), Upos::Noun | Upos::Propn) {
        return false;
    }
    let next_to = (t.0 + 1..at.0)
        .map(Tok)
        .all(|x| matches!(doc.upos(x), Upos::Noun | Upos::Propn | Upos::Adj) || doc.word(x) == "-");
    if !next_to || doc.sentence_of(t) != doc.sentence_of(at) {
        return false;
    }
    if has(&reading.knowledge.actors.words.epithets, doc.lower(t)) {
        return true;
    }
    let letters = doc.word(t).chars().all(|c| c.is_uppercase() || c == '.');
    let owned = matches!(event.act, Act::Air | Act::Shelling);
    // "A Corvan blast": where it was; "a Corvan raid" may be Corva's.
    let blast = matches!(event.act, Act::Explosion | Act::Suicide | Act::Grenade);
    !letters
        && !owned
        && reading.actors.at(t).is_some_and(|a| {
            a.rule == "actor:country" || blast && a.rule == "actor:country-adjective"
        })
}

/// "Soldiers were killed when rebels blew up a bridge and opened fire": a verb joined to a passive
/// one does not take its sufferers for its agents.
fn suffers(reading: &Reading<'_>, event: &EventMention, t: Tok) -> bool {
    let doc = reading.doc;
    let at = event.trigger;
    doc.deprel(at) == Deprel::Conj
        && !is_passive(doc, at)
        && doc.child(at, Deprel::Nsubj).is_none()
        && doc.head(at).is_some_and(|h| tree::is_passive(doc, h))
        && reading.actors.at(t).is_some_and(|a| is_harmed(reading, a))
}

/// "Three were wounded when their patrol hit a mine": what belongs to those who came to harm did not lay it.
fn is_of_victims(reading: &Reading<'_>, event: &EventMention, t: Tok) -> bool {
    let doc = reading.doc;
    let theirs = doc.children(t).any(|c| {
        doc.deprel(c) == Deprel::NmodPoss && has(&reading.knowledge.speech.own, doc.lower(c))
    });
    let first = doc.sentence(doc.sentence_of(t)).tokens.start;
    let harmed = || {
        reading
            .within(doc.sentence_of(t), &reading.harms, |h| h.trigger)
            .any(|(_, h)| h.trigger >= first && h.trigger < t)
    };
    matches!(event.act, Act::Explosion | Act::Ambush | Act::Suicide) && theirs && harmed()
}

/// "No civilians were hurt": those of whom the report says that none came to harm.
fn is_spared(reading: &Reading<'_>, t: Tok) -> bool {
    reading
        .within(reading.doc.sentence_of(t), &reading.harms, |h| h.trigger)
        .flat_map(|(_, h)| &h.parties)
        .any(|p| p.head == t && p.count.best == Some(0))
}

/// "A missile fired by rebels", "gunships of the army": who stands behind a thing that acts.
fn sender(reading: &Reading<'_>, thing: Tok) -> Option<Tok> {
    let doc = reading.doc;
    if reading.actors.at(thing).is_some() {
        return None;
    }
    let by = doc
        .child(thing, Deprel::Acl)
        .and_then(|clause| tree::by_phrase(doc, clause));
    let is = |class: &&str| reading.knowledge.lexicon.is(doc, thing, class);
    let owned = [
        "aircraft",
        "war-aircraft",
        "air-weapon",
        "attack-drone",
        "missile",
    ]
    .iter()
    .any(is);
    let owner = tree::with_case(doc, thing, "of").filter(|_| owned);
    let armed = |a: &ActorMention| a.class.is_armed() || a.class == ActorClass::Government;
    by.into_iter()
        .chain(owner)
        .find(|&t| reading.actors.at(t).is_some_and(armed))
}

/// The two parties of "fighting between X and Y", "the fight pitted X against Y".
pub(super) fn between(reading: &Reading<'_>, event: &EventMention) -> Option<(Tok, Tok)> {
    let doc = reading.doc;
    let at = event.trigger;
    if event.act != Act::Clash {
        return None;
    }
    let end = doc.sentence(doc.sentence_of(at)).tokens.end.0;
    let start = (at.0 + 1..end.min(at.0 + 8))
        .map(Tok)
        // "Fighting opposed the Karda to the Lolo", "the clash pitted soldiers against rebels"
        .find(|&t| {
            let pits = matches!(doc.lemma(t), "oppose" | "pit") && doc.head(at) == Some(t);
            pits || doc.lower(t) == "between"
        })?;
    let mut parties = Vec::new();
    let placed = |t: Tok| has(&reading.knowledge.speech.places, doc.lower(t));
    // "between members of the Karda and Lolo communities"
    let is_part = |i: usize| {
        let head = reading.actors.all[i].head;
        let words = &reading.knowledge.actors.words;
        let next = Tok(head.0 + 1);
        has(&words.parts, doc.lemma(head)) && next.0 < end && has(&words.of, doc.lower(next))
    };
    for t in (start.0 + 1..end.min(start.0 + 24)).map(Tok) {
        // "between the Karda and the Lolo in Elsk": what stands behind is the place.
        if placed(t) && !parties.is_empty() {
            break;
        }
        if let Some(i) = reading.actors.index_at(t)
            && !is_part(i)
            && (reading.actors.all[i].class.is_armed()
                || matches!(
                    reading.actors.all[i].class,
                    ActorClass::Government | ActorClass::People
                )
                || is_many_people(reading, i))
            && !parties.iter().any(|&p| is_same(reading, p, i))
        {
            parties.push(i);
        }
    }
    match parties[..] {
        [one, other, ..] => Some((reading.actors.all[one].head, reading.actors.all[other].head)),
        _ => None,
    }
}

/// "the Front for Change (FC)": the name and its abbreviation are one.
fn is_same(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let id = |i: usize| reading.actors.all[i].id;
    a == b || id(a).is_some() && id(a) == id(b)
}

/// Whether the word is the speaker of what its sentence says: no part of the act.
pub(super) fn speaks(reading: &Reading<'_>, t: Tok) -> bool {
    let covered = reading.actors.index_at(t);
    reading.speeches.iter().any(|s| {
        s.sentence == reading.doc.sentence_of(t)
            && (s.speaker == t
                || covered.is_some() && covered == reading.actors.index_at(s.speaker))
    })
}

/// "The army said that it had killed ten", "that its jets had killed ten": the speaker that a pronoun stands
/// for.
pub(super) fn antecedent(reading: &Reading<'_>, t: Tok) -> Tok {
    let doc = reading.doc;
    let machine = has(&reading.knowledge.actors.words.machines, doc.lemma(t));
    let its = machine
        && doc.children(t).any(|c| {
            doc.deprel(c) == Deprel::NmodPoss && has(&reading.knowledge.speech.own, doc.lower(c))
        });
    if !its && !has(&reading.knowledge.speech.pronouns, doc.lower(t)) {
        return t;
    }
    reading
        .speeches
        .iter()
        .filter(|s| s.sentence == reading.doc.sentence_of(t))
        .filter(|s| s.verb < t && s.content.contains(t))
        .map(|s| s.speaker)
        .find(|&s| {
            let acts = |a: &ActorMention| a.class.is_armed() || a.rule == "actor:country";
            reading.actors.at(s).is_some_and(acts)
        })
        .unwrap_or(t)
}

fn names_someone(reading: &Reading<'_>, t: Tok) -> bool {
    reading.actors.at(t).is_some()
        || nested(reading, t).is_some()
        || reading
            .knowledge
            .lexicon
            .is(reading.doc, t, "military-site")
        || reading
            .knowledge
            .lexicon
            .is(reading.doc, t, "civilian-site")
}

/// Whether the report tells that harm came to those of this mention.
pub(super) fn is_harmed(reading: &Reading<'_>, a: &ActorMention) -> bool {
    reading
        .within(reading.doc.sentence_of(a.head), &reading.harms, |h| {
            h.trigger
        })
        .flat_map(|(_, h)| &h.parties)
        .any(|p| p.head == a.head || a.name.contains(p.head))
}

/// Whether a verb is passive by the auxiliaries before it, else by the tree.
pub(super) fn is_passive(doc: &Doc, verb: Tok) -> bool {
    let first = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
    let auxiliaries = (first..verb.0)
        .rev()
        .map(Tok)
        .take(4)
        .take_while(|&t| matches!(doc.upos(t), Upos::Aux | Upos::Adv | Upos::Part));
    let (mut have, mut be) = (false, false);
    for t in auxiliaries {
        have |= doc.lemma(t) == "have";
        be |= doc.lemma(t) == "be";
    }
    be || !have && tree::is_passive(doc, verb)
}

/// The parties that words name, each once.
pub(super) fn parties(reading: &Reading<'_>, heads: &[Tok], role: Role) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for &t in heads {
        let Some(a) = meant(reading, t) else {
            continue;
        };
        if is_scenery(reading, a) {
            continue;
        }
        let p = party(reading, a, role);
        // "Muslims and Christians fought": both are called civilians, and are two.
        let two = |q: &Party| {
            role == Role::Attacker && p.class == ActorClass::Civilians && q.tokens != p.tokens
        };
        // "People were killed in clashes between herders and farmers": of two words the one that tells more.
        if let Some(q) = out.iter_mut().find(|q| same(q, &p) && !two(q)) {
            if role == Role::Target && q.is_vague && !p.is_vague {
                *q = p;
            }
            continue;
        }
        out.push(p);
    }
    out
}

/// A country that only says where: "in northern Corva".
pub(super) fn is_scenery(reading: &Reading<'_>, a: &ActorMention) -> bool {
    let doc = reading.doc;
    if a.rule != "actor:country" {
        return false;
    }
    // "the Gulf of Elsk"
    let here = reading.doc.sentence_of(a.head);
    let mut places = reading.within(here, &reading.places, |p| p.tokens.start);
    if places.any(|(_, p)| p.tokens.contains(a.head) && p.tokens.len() > a.name.len()) {
        return true;
    }
    (0..a.name.start.0)
        .rev()
        .map(Tok)
        .take(3)
        .find(|&t| !matches!(doc.upos(t), Upos::Adj | Upos::Det | Upos::Noun))
        .is_some_and(|t| has(&reading.knowledge.speech.places, doc.lower(t)) || doc.word(t) == ",")
}

pub(super) fn party(reading: &Reading<'_>, a: &ActorMention, role: Role) -> Party {
    let doc = reading.doc;
    // "the group", "the militants": the named actor that they stand for in this report.
    let named = a.stands_for.map_or(a, |i| &reading.actors.all[i]);
    let words = reading.report.quote(doc.range_span(named.name));
    let entry = a
        .entry
        .and_then(|i| reading.knowledge.actors.actors.get(i as usize));
    // "Three guards" of a prison are called so, and not civilians.
    let coded = entry
        .filter(|e| !(a.class.is_armed() && e.class_on(None).is_unarmed()))
        .and_then(|e| e.coded_as.as_deref());
    let name = match coded {
        Some(coded) => coded.to_owned(),
        None => match a.class {
            ActorClass::Civilians | ActorClass::Officials => "Civilians".to_owned(),
            ActorClass::Protesters => "Protesters".to_owned(),
            ActorClass::Rioters => "Rioters".to_owned(),
            _ => words.to_owned(),
        },
    };
    // "Corvan warplanes": whose they are.
    let tokens = owner_of_machine(reading, named).unwrap_or(named.name);
    let owned = tokens != named.name;
    let flown = has(
        &reading.knowledge.actors.words.machines,
        doc.lemma(named.head),
    );
    let adjective = named.rule == "actor:country-adjective";
    let state = named.country.filter(|_| owned && flown || adjective);
    let name = match state.and_then(|c| reading.knowledge.actors.countries.get(usize::from(c))) {
        Some(state) => state.name.clone(),
        None if owned => reading.report.quote(doc.range_span(tokens)).to_owned(),
        None => name,
    };
    Party {
        name,
        tokens: Some(tokens),
        class: named.class,
        id: named.id,
        country: named.country,
        suspected: a.suspected || named.suspected,
        role,
        is_vague: entry.is_some_and(|e| e.is_of_unknown_status),
        is_loose: reading.knowledge.actors.is_ambiguous(doc.lower(a.head)),
        is_organised: named.is_named() || entry.is_some_and(|e| e.is_organised),
        rule: if a.generic { "actor:role-word" } else { a.rule },
    }
}

/// The words before a machine that name its state ("Corvan" of "Corvan warplanes").
fn owner_of_machine(reading: &Reading<'_>, a: &ActorMention) -> Option<TokRange> {
    let words = &reading.knowledge.actors.words;
    let lemma = reading.doc.lemma(a.head);
    let machine = has(&words.machines, lemma) || has(&words.vehicles, lemma);
    let owner = TokRange::new(a.name.start, a.head.max(a.name.start));
    (machine && !owner.is_empty() && a.name.contains(a.head)).then_some(owner)
}
