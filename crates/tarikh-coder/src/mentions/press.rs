//! Statements of a force in its own words, which name no speaker: "We assess that no civilians were hurt."

use tarikh_syntax::{Sent, Tok, Upos};

use super::actors::{ActorClass, ActorMention};
use super::voices::{Finder, Speech};
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;

impl<'a> Finder<'a> {
    /// "We assess that", "our initial assessment is": of the force whose statement the report is.
    pub(super) fn assessment(&mut self, sentence: Sent) {
        let doc = self.doc;
        let range = doc.sentence(sentence).tokens;
        let quoted = |t: Tok| doc.quotes().iter().any(|&q| doc.tokens_in(q).contains(t));
        let assesses = |&t: &Tok| has(&self.knowledge.speech.assessing, doc.lemma(t)) && !quoted(t);
        // Only the force itself speaks so; "initial assessments" can be anybody's.
        let own = |t: Tok| matches!(doc.lower(t), "we" | "our") && !quoted(t);
        // "It is assessed that four died": in its own release.
        let assessed = range.iter().find(assesses);
        let word = assessed.filter(|_| self.own_statement.is_some() || range.iter().any(own));
        let Some(word) = word else { return };
        if let Some(issuer) = self.issuer() {
            self.speech(issuer.head, word, Stance::Confirm, sentence, range);
        }
    }

    /// What a force tells in its own release, it vouches for.
    pub(super) fn release(&mut self, sentence: Sent) {
        let doc = self.doc;
        let content = doc.sentence(sentence).tokens;
        let quoted = |t: Tok| doc.quotes().iter().any(|&q| doc.tokens_in(q).contains(t));
        let told = content
            .iter()
            .find(|&t| doc.upos(t) == Upos::Verb && !quoted(t));
        let Some(verb) = told.filter(|_| self.own_statement.is_some()) else {
            return;
        };
        let Some(issuer) = self.issuer() else { return };
        let known = self.out.voices.len();
        if let Some(voice) = self.voice(issuer.head) {
            // "The MINUSMA camp was shelled": the mission speaks, not its camp.
            if voice == known {
                self.out.voices[voice].name = issuer.name;
            }
            self.out.speeches.push(Speech {
                voice,
                stance: Stance::Confirm,
                responsibility: false,
                sentence,
                // Nobody's word in the sentence: the force also acts in it.
                speaker: verb,
                verb,
                content,
            });
        }
    }

    /// The force that issued the report, as it names itself, or the first that it names.
    fn issuer(&self) -> Option<&'a ActorMention> {
        let force = |a: &&ActorMention| {
            matches!(a.class, ActorClass::Military | ActorClass::External)
                && (a.id.is_some() || a.country.is_some() || a.class == ActorClass::External)
        };
        let outlet = self.own_statement.unwrap_or_default();
        let in_outlet = |t: Tok| {
            let word = self.doc.word(t);
            let mut words = outlet.split(|c: char| !c.is_alphanumeric());
            word.len() > 3 && words.any(|w| w == word)
        };
        let names_itself = |a: &&ActorMention| a.name.iter().any(in_outlet);
        let actors = self.actors;
        let forces = || actors.all.iter().filter(force);
        let own = forces().find(names_itself);
        own.or_else(|| forces().next())
    }
}
