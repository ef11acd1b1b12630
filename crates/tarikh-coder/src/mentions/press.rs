//! Statements of a force in its own words, which name no speaker: "We assess that no civilians were hurt."

use tarikh_syntax::{Sent, Tok};

use super::actors::{ActorClass, ActorMention};
use super::voices::Finder;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;

impl Finder<'_> {
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
        let word = assessed.filter(|_| self.own_statement || range.iter().any(own));
        let Some(word) = word else { return };
        if let Some(issuer) = self.issuer() {
            self.speech(issuer, word, Stance::Confirm, sentence, range);
        }
    }

    /// The force that the report names first.
    fn issuer(&self) -> Option<Tok> {
        let force = |a: &&ActorMention| {
            matches!(a.class, ActorClass::Military | ActorClass::External)
                && (a.id.is_some() || a.country.is_some())
        };
        self.actors.all.iter().find(force).map(|a| a.head)
    }
}
