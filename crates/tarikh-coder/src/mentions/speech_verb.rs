//! What a verb of speech says of itself: who speaks with it, on which side of it the words stand,
//! and whether anything is said at all.

use tarikh_record::SourceKind;
use tarikh_syntax::{Deprel, Sent, Tok, TokRange, Upos};

use super::voices::Finder;
use crate::knowledge::lexicon::has;
use crate::knowledge::speech::Stance;
use crate::tree;

impl Finder<'_> {
    pub(super) fn describes(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end;
        let next = Tok(verb.0 + 1);
        // "people accused of crimes": with its own object it would be "accused them of".
        let of_people = has(&self.knowledge.speech.accusing, doc.lemma(verb))
            && verb.0 > 0
            && matches!(doc.upos(Tok(verb.0 - 1)), Upos::Noun | Upos::Pron)
            && next < end
            && doc.lower(next) == "of";
        if of_people {
            return true;
        }
        // "beat up men said to be thieves": others say so.
        let supposed = has(&self.knowledge.speech.supposing, doc.lemma(verb))
            && verb.0 > 0
            && (matches!(doc.upos(Tok(verb.0 - 1)), Upos::Noun | Upos::Propn)
                || doc.xpos(verb) == "VBN" && doc.word(Tok(verb.0 - 1)) == ",")
            && next < end
            && doc.lower(next) == "to";
        if supposed {
            return true;
        }
        // "said the Front was to blame": it is blamed, and blames nobody.
        let near = |n: u32| verb.0.checked_sub(n).map(Tok);
        let to = near(1).is_some_and(|t| doc.lower(t) == "to");
        let to_blame = has(&self.knowledge.speech.accusing, doc.lemma(verb))
            && to
            && near(2).is_some_and(|t| doc.lemma(t) == "be");
        if to_blame {
            return true;
        }
        // "the English-speaking northwest"
        if verb.0 > 0 && doc.word(Tok(verb.0 - 1)) == "-" && doc.xpos(verb) == "VBG" {
            return true;
        }
        if doc.xpos(verb) != "VBN" || tree::by_phrase(doc, verb).is_some() {
            return false;
        }
        let Some(head) = doc.head(verb) else {
            return false;
        };
        match doc.deprel(verb) {
            Deprel::Amod => (verb.0 + 1..head.0)
                .map(Tok)
                .all(|t| doc.upos(t) != Upos::Punct),
            // Right behind its noun, without a comma.
            Deprel::Acl => {
                head.0 + 1 == verb.0 && has(&self.knowledge.speech.accusing, doc.lemma(verb))
            }
            _ => false,
        }
    }

    /// "called the accusations baseless": a denial.
    pub(super) fn calls_baseless(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let words = &self.knowledge.speech;
        if !has(&words.branding, doc.lemma(verb)) {
            return false;
        }
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end;
        let mut behind = (verb.0 + 1..end.0).map(Tok);
        let charge = behind.find(|&t| has(&words.denied, doc.lemma(t)));
        charge.is_some() && behind.take(3).any(|t| has(&words.baseless, doc.lower(t)))
    }

    /// "Gunmen killed two villagers, accusing them of spying": the attackers give their reason.
    pub(super) fn accuses_victims(&self, verb: Tok, stance: Stance) -> bool {
        let doc = self.doc;
        let main = doc.head(verb).filter(|_| doc.xpos(verb) == "VBG");
        let attackers = main
            .and_then(|m| tree::subject(doc, m))
            .and_then(|s| self.actors.at(s))
            .is_some_and(|a| a.class.is_nonstate());
        let says = main.is_some_and(|m| self.knowledge.speech.is_verb(doc.lemma(m)));
        stance == Stance::Blame && attackers && !says
    }

    /// "Raid kills nine; rebels blamed": a headline's passive without "are".
    pub(super) fn closes_clause(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end;
        let next = Tok(verb.0 + 1);
        matches!(doc.xpos(verb), "VBN" | "VBD")
            && doc.child(verb, Deprel::Obj).is_none()
            && (next >= end || doc.upos(next) == Upos::Punct && !is_quotation_mark(doc.word(next)))
    }

    /// "The blast has claimed 22 lives": no speech.
    pub(super) fn claims_lives(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end.0;
        let words = &self.knowledge.speech;
        (has(&words.claiming, doc.lemma(verb)) || doc.lemma(verb) == "give")
            && (verb.0 + 1..end.min(verb.0 + 7))
                .map(Tok)
                .take_while(|&t| !matches!(doc.upos(t), Upos::Verb | Upos::Aux))
                .any(|t| has(&words.lives, doc.lemma(t)))
    }

    /// "no group", "none of the rebels".
    pub(super) fn is_nobody(&self, speaker: Tok) -> bool {
        let doc = self.doc;
        doc.children(speaker)
            .any(|c| c < speaker && has(&self.knowledge.modalities.negation.words, doc.lower(c)))
    }

    /// "The group said that its fighters had raided the camp and claimed that ...": whose men speak in
    /// words that are already the group's speaks himself.
    pub(super) fn leader_of(&self, speaker: Tok, sentence: Sent) -> Tok {
        let doc = self.doc;
        let owned = doc.children(speaker).any(|c| {
            doc.deprel(c) == Deprel::NmodPoss && has(&self.knowledge.speech.own, doc.lower(c))
        });
        let mut before = self.out.speeches.iter().rev();
        let outer = before.find(|s| s.sentence == sentence && owned && s.content.contains(speaker));
        outer.map_or(speaker, |s| s.speaker)
    }

    /// Who speaks, and whether he stands behind the verb.
    pub(super) fn speaker_of(&self, verb: Tok) -> (Option<Tok>, bool) {
        let doc = self.doc;
        if self.is_inverted(verb)
            && let Some(s) = self.reader.after(Tok(verb.0 + 1), 12)
        {
            return (Some(s), true);
        }
        if let Some(s) = self.set_off(verb) {
            return (Some(s), false);
        }
        // "issued an ultimatum, saying that": who is told of before goes on.
        if doc.xpos(verb) == "VBG" {
            // "leaflets claiming the raid": they speak, if anybody does.
            let noun = doc.head(verb).filter(|_| doc.deprel(verb) == Deprel::Acl);
            if let Some(noun) = noun.filter(|n| n.0 + 1 == verb.0) {
                return (Some(noun).filter(|&n| self.reader.can_speak(n)), false);
            }
            // "cited the mayor as saying": the mayor has spoken already.
            let cited = verb.0 > 0 && doc.lower(Tok(verb.0 - 1)) == "as";
            let main = self.main_verb_before(verb).filter(|_| !cited);
            let subject = main
                .and_then(|m| tree::subject(doc, m))
                .filter(|&s| self.reader.can_speak(s));
            return (subject, false);
        }
        if let Some(s) = self.opens_clause(verb) {
            return (Some(s), false);
        }
        if let Some(s) = self.outer_speaker(verb) {
            return (Some(s), false);
        }
        if let Some(s) = self.told_of_before_comma(verb) {
            return (Some(s), false);
        }
        let own = tree::subject(doc, verb)
            .or_else(|| self.subject_of_adjective(verb))
            .map(|s| tree::antecedent(doc, verb, s))
            .filter(|&s| self.reader.can_be_subject(s) || doc.upos(s) == Upos::Pron);
        if let Some(s) = own {
            return (Some(s), s > verb);
        }
        let before = self
            .reader
            .before(verb)
            .filter(|&s| self.reader.can_speak(s));
        (before, false)
    }

    /// "The mayor said that troops had repelled the raid and blamed the Front": the one who said so, where the
    /// verb is joined to one of another tense in his words.
    fn outer_speaker(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let joined = doc.head(verb).filter(|_| {
            doc.deprel(verb) == Deprel::Conj && matches!(doc.xpos(verb), "VBD" | "VBZ")
        })?;
        let had = |t: Tok| doc.deprel(t) == Deprel::Aux && doc.lemma(t) == "have";
        let perfect = doc.xpos(joined) == "VBN" && doc.children(joined).any(had);
        let mut before = self.out.speeches.iter().rev();
        let outer = before.find(|s| {
            s.verb < joined && s.content.contains(joined) && doc.xpos(s.verb) == doc.xpos(verb)
        });
        outer.filter(|_| perfect).map(|s| s.speaker)
    }

    /// "The mayor blamed the Front, which denied any part": the noun before the comma, where the verb is not hung
    /// upon it in the tree.
    fn told_of_before_comma(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let relative = Tok(verb.0.checked_sub(1)?);
        let comma = Tok(relative.0.checked_sub(1)?);
        let noun = Tok(comma.0.checked_sub(1)?);
        let opens = matches!(doc.lower(relative), "who" | "which") && doc.word(comma) == ",";
        let here = doc.sentence_of(noun) == doc.sentence_of(verb);
        Some(noun).filter(|&n| opens && here && self.reader.can_speak(n))
    }

    /// "The group was quick to claim the raid": the subject of the adjective before the verb.
    fn subject_of_adjective(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let head = doc.head(verb).filter(|&h| doc.upos(h) == Upos::Adj)?;
        (doc.deprel(verb) == Deprel::Xcomp)
            .then(|| doc.child(head, Deprel::Nsubj))
            .flatten()
    }

    /// "The army gave no details, but officials in Elsk said": who opens the clause of the verb.
    fn opens_clause(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let start = doc.sentence(doc.sentence_of(verb)).tokens.start;
        let but = (start.0..verb.0)
            .rev()
            .map(Tok)
            .take_while(|&t| !tree::is_verbal(doc, t))
            .find(|&t| {
                doc.deprel(t) == Deprel::Cc && has(&self.knowledge.speech.contrasts, doc.lower(t))
            })?;
        self.reader
            .after(Tok(but.0 + 1), 4)
            .filter(|&s| s < verb && self.reader.can_speak(s))
    }

    /// Whether nothing of what is said stands behind the verb: "..., police said."
    pub(super) fn closes(&self, verb: Tok, range: TokRange) -> bool {
        let doc = self.doc;
        let mut rest = TokRange::new(Tok(verb.0 + 1), range.end)
            .iter()
            .filter(|&t| doc.upos(t) != Upos::Punct);
        let n = rest.clone().count();
        n <= 4 && !rest.any(|t| doc.upos(t) == Upos::Verb) && verb.0 > range.start.0 + 5
            || self.opens_with_content(verb, range)
    }

    /// "has not said why", "declined to say": no words are spoken.
    pub(super) fn is_silence(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let negations = &self.knowledge.modalities.negation.words;
        let near = (1..=2).filter_map(|n| verb.0.checked_sub(n)).map(Tok);
        let negated = doc
            .children(verb)
            .filter(|&c| c < verb)
            .chain(near.filter(|&t| doc.upos(t) == Upos::Part))
            .any(|c| has(negations, doc.lower(c)));
        let refused = (1..=3)
            .filter_map(|n| verb.0.checked_sub(n))
            .map(Tok)
            .any(|t| has(&self.knowledge.speech.refusals, doc.lemma(t)));
        let nothing = doc
            .child(verb, Deprel::Obj)
            .is_some_and(|o| has(&self.knowledge.speech.refusals, doc.lower(o)));
        negated || refused || nothing
    }

    pub(super) fn is_act(&self, t: Tok) -> bool {
        let lemma = self.doc.lemma(t);
        self.knowledge.frames.is_event_noun(lemma) || has(&self.knowledge.speech.claimed, lemma)
    }

    /// "claimed the attack", whatever the tree says.
    pub(super) fn act_behind(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end.0;
        (verb.0 + 1..end.min(verb.0 + 5))
            .map(Tok)
            .take_while(|&t| {
                matches!(
                    doc.upos(t),
                    Upos::Det | Upos::Adj | Upos::Noun | Upos::Num | Upos::Propn
                )
            })
            // "claimed the assault had failed": a clause, and no object.
            .any(|t| {
                let next = Tok(t.0 + 1);
                self.is_act(t)
                    && (next.0 >= end || !matches!(doc.upos(next), Upos::Verb | Upos::Aux))
            })
    }

    /// Whether someone who speaks also in earnest with a verb such as "put", "give", "show".
    pub(super) fn is_earnest(&self, speaker: Tok, verb: Tok) -> bool {
        let doc = self.doc;
        let fights = self
            .actors
            .at(speaker)
            .is_some_and(|a| a.class.is_nonstate() && self.reader.office(speaker).is_none());
        if fights {
            return has(&self.knowledge.speech.claiming, doc.lemma(verb))
                && doc
                    .child(verb, Deprel::Ccomp)
                    .or(doc.child(verb, Deprel::Xcomp))
                    .is_some();
        }
        // "Elsk rejected the accusation"
        let object = doc.child(verb, Deprel::Obj);
        let rejects = object.is_some_and(|o| has(&self.knowledge.speech.denied, doc.lemma(o)));
        // "Awa Keita attributed the raid to the Front"
        let attributes = has(&self.knowledge.speech.accusing, doc.lemma(verb))
            && object.is_some_and(|o| self.is_act(o));
        self.reader.can_speak(speaker)
            && (doc.upos(speaker) != Upos::Propn
                || rejects
                || attributes
                || self.reader.office(speaker).is_some()
                || self.has_office(speaker)
                || self.tells(verb))
    }

    /// "mayor Awa Keita": a person with an office.
    fn has_office(&self, speaker: Tok) -> bool {
        self.reader
            .read(speaker)
            .is_some_and(|s| s.is_person && s.kind != SourceKind::Other)
    }

    /// The noun group right before the verb that opens a sentence or a clause of its own:
    /// "..., security sources said".
    fn set_off(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let head = self
            .reader
            .before(verb)
            .filter(|&s| self.reader.can_speak(s))?;
        let opener = self.reader.listed_before(head).first().copied();
        let start = self.reader.group_start(opener.unwrap_or(head));
        let first = doc.sentence(doc.sentence_of(verb)).tokens.start;
        let before = start.0.checked_sub(1).map(Tok).filter(|&t| t >= first);
        let opener = match before {
            Some(t) if self.reader.is_determiner(t) => {
                t.0.checked_sub(1).map(Tok).filter(|&t| t >= first)
            }
            other => other,
        };
        opener
            .is_none_or(|t| doc.upos(t) == Upos::Punct && doc.word(t) != "-")
            .then_some(head)
    }

    /// The finite verb before a participle in its sentence.
    fn main_verb_before(&self, verb: Tok) -> Option<Tok> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(verb)).tokens.start.0;
        (first..verb.0).rev().map(Tok).find(|&t| {
            doc.upos(t) == Upos::Verb && matches!(doc.xpos(t), "VBD" | "VBZ" | "VBP" | "VBN")
        })
    }

    /// "..., said Awa Keita": behind a mark, with a speaker behind the verb that no verb follows.
    fn is_inverted(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let range = doc.sentence(doc.sentence_of(verb)).tokens;
        let behind_mark = verb == range.start || matches!(doc.upos(Tok(verb.0 - 1)), Upos::Punct);
        let words = &self.knowledge.speech;
        let tells = words.stance(doc.lemma(verb)) == Some(Stance::Confirm)
            && !has(&words.telling, doc.lemma(verb));
        // "The minister, Awa Keita, said the Front was behind it": the comma closes his name.
        let named = tree::subject(doc, verb)
            .filter(|&s| s < verb && self.reader.can_speak(s))
            .is_some_and(|s| s.0 + 2 < verb.0 && doc.word(Tok(s.0 + 1)) == ",");
        if !behind_mark || !tells || named {
            return false;
        }
        let Some(s) = self.reader.after(Tok(verb.0 + 1), 12) else {
            return false;
        };
        let next = (s.0 + 1..range.end.0)
            .map(Tok)
            .find(|&t| doc.upos(t) != Upos::Adv);
        next.is_none_or(|t| !matches!(doc.upos(t), Upos::Verb | Upos::Aux))
            && !self.is_counted_subject(s, range)
    }

    /// "..., said nine guards and two police officers were dead": a count of people who are subject of what is said.
    fn is_counted_subject(&self, first: Tok, range: TokRange) -> bool {
        let doc = self.doc;
        let counted = doc.child(first, Deprel::Nummod).is_some();
        let listed = |t: &Tok| match doc.upos(*t) {
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Det | Upos::Cconj => true,
            _ => doc.word(*t) == ",",
        };
        let behind = (first.0 + 1..range.end.0).map(Tok).find(|t| !listed(t));
        counted && behind.is_some_and(|t| matches!(doc.xpos(t), "VBD" | "VBP" | "VBZ" | "MD"))
    }

    /// Whether the speaker stands behind a comma or a quotation mark that closes what was said.
    fn opens_with_content(&self, verb: Tok, range: TokRange) -> bool {
        let doc = self.doc;
        doc.children(verb).any(|c| {
            c < verb
                && matches!(doc.deprel(c), Deprel::Ccomp | Deprel::Parataxis)
                && c.0 > range.start.0
        }) || doc.deprel(verb) == Deprel::Parataxis && doc.head(verb).is_some_and(|h| h < verb)
    }

    /// Whether a clause, a number or a toll stands behind the verb.
    fn tells(&self, verb: Tok) -> bool {
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end.0;
        doc.child(verb, Deprel::Ccomp).is_some()
            || (verb.0 + 1..end.min(verb.0 + 12)).map(Tok).any(|t| {
                doc.upos(t) == Upos::Num || has(&self.knowledge.speech.papers, doc.lemma(t))
            })
    }
}

/// "blamed "suspected members of the Front"": what is blamed stands behind the mark.
fn is_quotation_mark(word: &str) -> bool {
    matches!(word, "\"" | "\u{201c}" | "\u{2018}" | "'" | "``" | "\u{ab}")
}
