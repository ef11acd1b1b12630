//! Verbs of speech (`data/speech.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use tarikh_syntax::{Doc, Tok};

use super::lexicon::has;
use super::phrases::Phrases;

/// What a verb of speech makes of its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Stance {
    #[serde(rename = "confirm")]
    Confirm,
    #[serde(rename = "deny")]
    Deny,
    #[serde(rename = "blame")]
    Blame,
    /// A judgement: vouches for nothing.
    #[serde(rename = "none")]
    Judgement,
}

#[derive(Deserialize)]
struct Verb {
    claim: Stance,
    lemmas: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

/// Phrases that tell what a statement is about.
#[derive(Deserialize)]
struct Saying {
    phrases: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

impl Saying {
    fn matcher(&self) -> Phrases {
        let mut out = Phrases::default();
        for phrase in &self.phrases {
            out.insert(phrase, 0);
        }
        out
    }
}

/// Verbs that accuse with the words behind them.
#[derive(Deserialize)]
struct Accusation {
    verbs: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

impl Accusation {
    /// Each verb with its further words.
    fn entries(&self) -> Vec<(String, Vec<String>)> {
        let entries = self.verbs.iter().filter_map(|entry| {
            let mut words = entry.split(' ').map(str::to_owned);
            Some((words.next()?, words.collect()))
        });
        entries.collect()
    }
}

#[derive(Deserialize)]
struct Responsibility {
    phrases: Vec<String>,
    verbs: Vec<String>,
    nouns: Vec<String>,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are tests"))]
    examples: Vec<String>,
}

/// Lists of words around speech; each is explained in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    loose: Vec<String>,
    telling: Vec<String>,
    quoting: Vec<String>,
    refusals: Vec<String>,
    papers: Vec<String>,
    contrasts: Vec<String>,
    pronouns: Vec<String>,
    people: Vec<String>,
    spokesmen: Vec<String>,
    vague: Vec<String>,
    further: Vec<String>,
    elsewhere: Vec<String>,
    assessing: Vec<String>,
    possessives: Vec<String>,
    groups: Vec<String>,
    habitual: Vec<String>,
    institutions: Vec<String>,
    desks: Vec<String>,
    branding: Vec<String>,
    baseless: Vec<String>,
    titles: Vec<String>,
    particles: Vec<String>,
    houses: Vec<String>,
    seats: Vec<String>,
    pointers: Vec<String>,
    alleging: Vec<String>,
    links: Vec<String>,
    places: Vec<String>,
    accusing: Vec<String>,
    supposing: Vec<String>,
    deeds: Vec<String>,
    tolls: Vec<String>,
    selves: Vec<String>,
    own: Vec<String>,
    outlets: Vec<String>,
    naming: Vec<String>,
    seeing: Vec<String>,
    denied: Vec<String>,
    first_persons: Vec<String>,
    lives: Vec<String>,
    experts: Vec<String>,
    condemning: Vec<String>,
    unknowing: Vec<String>,
    unknown: Vec<String>,
    local_units: Vec<String>,
    un_missions: Vec<String>,
    state_outlets: Vec<String>,
    force_outlets: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    verb: Vec<Verb>,
    responsibility: Responsibility,
    authorship: Saying,
    accusation: Accusation,
    denial: Saying,
    disclaimer: Saying,
    words: Words,
}

/// The verbs of speech.
#[derive(Debug)]
pub(crate) struct Speech {
    verbs: FxHashMap<String, Stance>,
    pub(crate) responsibility: Phrases,
    /// Words by which a speaker names an author.
    pub(crate) authorship: Phrases,
    /// Words before an act that did not happen.
    pub(crate) denial: Phrases,
    /// Words by which a speaker says that he had no part in an act.
    pub(crate) disclaimer: Phrases,
    /// Verbs that claim the act that is their object.
    pub(crate) claiming: Vec<String>,
    /// Objects of those verbs that are no acts ("responsibility").
    pub(crate) claimed: Vec<String>,
    /// Verbs that are also something else than speech.
    pub(crate) loose: Vec<String>,
    /// Verbs whose object listens.
    pub(crate) telling: Vec<String>,
    /// Verbs whose object speaks.
    pub(crate) quoting: Vec<String>,
    /// Words before a verb of speech that say that nothing is said.
    pub(crate) refusals: Vec<String>,
    /// What is written or read out; its owner speaks.
    pub(crate) papers: Vec<String>,
    /// Words that open a clause with a speaker of its own.
    pub(crate) contrasts: Vec<String>,
    pub(crate) pronouns: Vec<String>,
    /// People who speak as witnesses when nothing else is said of them.
    pub(crate) people: Vec<String>,
    pub(crate) spokesmen: Vec<String>,
    /// Nouns for speakers of whom nothing more is said.
    pub(crate) vague: Vec<String>,
    /// Words before a speaker of whom it is said that another of his kind spoke before.
    pub(crate) further: Vec<String>,
    /// Words before acts that are others than the one told of.
    pub(crate) elsewhere: Vec<String>,
    /// Words by which a force tells in its own statement what it knows.
    pub(crate) assessing: Vec<String>,
    /// Words that point back to the armed group told of before.
    pub(crate) possessives: Vec<String>,
    /// Nouns that stand for the armed group told of before.
    pub(crate) groups: Vec<String>,
    /// Adverbs of what happens again and again.
    pub(crate) habitual: Vec<String>,
    /// Last words of the names of bodies.
    pub(crate) institutions: Vec<String>,
    /// Parts of a force or a group that speak for it to the press.
    pub(crate) desks: Vec<String>,
    /// Verbs that give an accusation a name.
    pub(crate) branding: Vec<String>,
    /// What they call it who deny it.
    pub(crate) baseless: Vec<String>,
    /// Titles that tell no office.
    pub(crate) titles: Vec<String>,
    /// Small words inside names.
    pub(crate) particles: Vec<String>,
    /// Nouns that point to an author ("hallmark").
    pub(crate) pointers: Vec<String>,
    /// Verbs that accuse, each with the words behind it ("hold", "responsible").
    pub(crate) accusations: Vec<(String, Vec<String>)>,
    /// Verbs by which somebody accuses another of an act that he alone tells of.
    pub(crate) alleging: Vec<String>,
    /// Common nouns of bodies that speak only as the subject of a verb of saying.
    pub(crate) houses: Vec<String>,
    /// Where an office holder works.
    pub(crate) seats: Vec<String>,
    /// Prepositions before the body of an office holder.
    pub(crate) links: Vec<String>,
    /// Prepositions before where an office holder sits.
    pub(crate) places: Vec<String>,
    /// Words that make a statement an accusation.
    pub(crate) accusing: Vec<String>,
    /// Participles that make "to be" behind them a supposition.
    pub(crate) supposing: Vec<String>,
    /// Nouns for what an author has done.
    pub(crate) deeds: Vec<String>,
    /// Numbers of dead and hurt as one noun.
    pub(crate) tolls: Vec<String>,
    /// Pronouns for the speaker's own side.
    pub(crate) selves: Vec<String>,
    /// Possessives before the speaker's own men.
    pub(crate) own: Vec<String>,
    /// Nouns for a medium named before.
    pub(crate) outlets: Vec<String>,
    /// Words before the name of a person told of.
    pub(crate) naming: Vec<String>,
    /// Verbs of those who saw what they tell.
    pub(crate) seeing: Vec<String>,
    /// What a denial is of.
    pub(crate) denied: Vec<String>,
    /// Pronouns of a person who tells of himself.
    pub(crate) first_persons: Vec<String>,
    /// What an act claims, and no speaker.
    pub(crate) lives: Vec<String>,
    /// Nouns for those who explain what others tell of.
    pub(crate) experts: Vec<String>,
    /// Verbs that judge an act and tell nothing of it.
    pub(crate) condemning: Vec<String>,
    /// Words of one who does not know.
    pub(crate) unknowing: Vec<String>,
    /// The same behind a negation ("not clear").
    pub(crate) unknown: Vec<String>,
    /// Parts of a country whose officials are local.
    pub(crate) local_units: Vec<String>,
    /// Missions of the United Nations by their short names.
    pub(crate) un_missions: Vec<String>,
    /// Words in the name of an outlet that is itself a body of a state.
    pub(crate) state_outlets: Vec<String>,
    /// Words in the name of an outlet that is a force, or the ministry of one.
    pub(crate) force_outlets: Vec<String>,
    /// The sentences of the file, with the stance they show; none for a claim of responsibility.
    #[cfg(test)]
    pub(crate) examples: Vec<(Option<Stance>, String)>,
}

impl Speech {
    pub(crate) fn embedded() -> Self {
        let file: File = super::parse("speech.toml", include_str!("../../../../data/speech.toml"));
        let verbs = file
            .verb
            .iter()
            .flat_map(|v| v.lemmas.iter().map(|l| (l.clone(), v.claim)))
            .collect();
        let mut responsibility = Phrases::default();
        for p in &file.responsibility.phrases {
            responsibility.insert(p, 0);
        }
        #[cfg(test)]
        let examples = {
            let of_verbs = file
                .verb
                .iter()
                .flat_map(|v| v.examples.iter().map(|e| (Some(v.claim), e.clone())));
            let of_claims = file.responsibility.examples.iter();
            let blames = file.authorship.examples.iter();
            let blames = blames.chain(&file.accusation.examples);
            let of_verbs = of_verbs.chain(blames.map(|e| (Some(Stance::Blame), e.clone())));
            let denies = file.denial.examples.iter();
            let denies = denies.chain(&file.disclaimer.examples);
            let of_verbs = of_verbs.chain(denies.map(|e| (Some(Stance::Deny), e.clone())));
            of_verbs
                .chain(of_claims.map(|e| (None, e.clone())))
                .collect()
        };
        Self {
            verbs,
            responsibility,
            authorship: file.authorship.matcher(),
            denial: file.denial.matcher(),
            disclaimer: file.disclaimer.matcher(),
            pointers: file.words.pointers,
            accusations: file.accusation.entries(),
            claiming: file.responsibility.verbs,
            claimed: file.responsibility.nouns,
            loose: file.words.loose,
            telling: file.words.telling,
            quoting: file.words.quoting,
            refusals: file.words.refusals,
            papers: file.words.papers,
            contrasts: file.words.contrasts,
            pronouns: file.words.pronouns,
            people: file.words.people,
            spokesmen: file.words.spokesmen,
            vague: file.words.vague,
            further: file.words.further,
            elsewhere: file.words.elsewhere,
            assessing: file.words.assessing,
            possessives: file.words.possessives,
            groups: file.words.groups,
            habitual: file.words.habitual,
            institutions: file.words.institutions,
            desks: file.words.desks,
            branding: file.words.branding,
            baseless: file.words.baseless,
            titles: file.words.titles,
            particles: file.words.particles,
            houses: file.words.houses,
            seats: file.words.seats,
            alleging: file.words.alleging,
            links: file.words.links,
            places: file.words.places,
            accusing: file.words.accusing,
            supposing: file.words.supposing,
            deeds: file.words.deeds,
            tolls: file.words.tolls,
            selves: file.words.selves,
            own: file.words.own,
            outlets: file.words.outlets,
            naming: file.words.naming,
            seeing: file.words.seeing,
            denied: file.words.denied,
            first_persons: file.words.first_persons,
            lives: file.words.lives,
            experts: file.words.experts,
            condemning: file.words.condemning,
            unknowing: file.words.unknowing,
            unknown: file.words.unknown,
            local_units: file.words.local_units,
            un_missions: file.words.un_missions,
            state_outlets: file.words.state_outlets,
            force_outlets: file.words.force_outlets,
            #[cfg(test)]
            examples,
        }
    }

    /// The stance of a verb, if it is one of speech.
    pub(crate) fn stance(&self, lemma: &str) -> Option<Stance> {
        self.verbs.get(lemma).copied()
    }

    pub(crate) fn is_verb(&self, lemma: &str) -> bool {
        self.verbs.contains_key(lemma)
    }

    /// Whether somebody says something with the verb: a blast that claims nine lives says nothing.
    pub(crate) fn is_said(&self, doc: &Doc, verb: Tok) -> bool {
        const REACH: u32 = 7;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end.0;
        let mut behind = (verb.0 + 1..end.min(verb.0 + REACH)).map(Tok);
        let takes = has(&self.claiming, doc.lemma(verb)) || doc.lemma(verb) == "give";
        self.is_verb(doc.lemma(verb)) && !(takes && behind.any(|t| has(&self.lives, doc.lemma(t))))
    }
}
