//! Whether a speaker has spoken before: one voice under its several names.

use tarikh_record::SourceKind;
use tarikh_syntax::{Deprel, Doc, Tok, TokRange, Upos};

use super::actors::ActorMention;
use super::speaker::Speaker;
use super::voices::{Finder, Voice};
use crate::knowledge::lexicon::has;
use crate::knowledge::speakers::Part;
use crate::tree;

impl Finder<'_> {
    /// Index of the voice that the noun names, new or known.
    pub(super) fn voice(&mut self, head: Tok) -> Option<usize> {
        let head = if self.reader.is_paper(head) {
            self.owner(head)?
        } else {
            head
        };
        let mut speaker = self.reader.read(head)?;
        let full = self.spelt_out(speaker.name);
        speaker.also.extend(full);
        if let Some(group) = self.group_spelt_out(full) {
            speaker.actor = group.id;
            speaker.kind = self.reader.kind_of_actor(group).unwrap_or(speaker.kind);
        }
        if speaker.is_person
            && let Some(last) = self.single_name(speaker.name)
            && speaker.kind == SourceKind::Other
            && let Some(full) = self.full_name(last)
        {
            speaker = Speaker { head, ..full };
        }
        let short = self.short_for(&speaker);
        speaker.is_person &= short.is_none();
        if let Some(kind) = self.kind_of_one_before(&speaker) {
            speaker.kind = kind;
        }
        let known = short
            .or_else(|| self.told_within(head))
            .or_else(|| self.known(&speaker))
            .or_else(|| self.office_holder(&speaker))
            .or_else(|| self.introduced(&speaker))
            .or_else(|| self.body_named_now(&speaker))
            .or_else(|| self.body_of(&speaker))
            .or_else(|| self.same_outlet(&speaker));
        if let Some(known) = known {
            let of_group = |t: Tok| {
                has(&self.knowledge.speech.groups, self.doc.lemma(t)) && speaker.actor.is_some()
            };
            let named_now = of_group(self.out.voices[known].head) && !of_group(speaker.head)
                || self.body_named_now(&speaker) == Some(known);
            let fuller = !speaker.is_person && !self.out.voices[known].is_person && named_now
                || !speaker.is_person
                    && !self.out.voices[known].is_person
                    && speaker.name.len() > self.out.voices[known].name.len()
                    && has(
                        &self.knowledge.speech.vague,
                        self.doc.lemma(self.out.voices[known].head),
                    );
            let voice = &mut self.out.voices[known];
            // "The health minister said", and then his name.
            let named = speaker.is_person && !voice.is_person;
            voice.is_person |= named;
            if fuller || named {
                std::mem::swap(&mut voice.name, &mut speaker.name);
                if speaker.kind != SourceKind::Other {
                    voice.kind = speaker.kind;
                }
            }
            let names = std::iter::once(speaker.name).chain(speaker.also.iter().copied());
            for a in names {
                let new = doc_words(self.doc, a) != doc_words(self.doc, voice.name)
                    && !voice.also.contains(&a);
                if new {
                    voice.also.push(a);
                }
            }
            if voice.kind == SourceKind::Other {
                voice.kind = speaker.kind;
            }
            return Some(known);
        }
        let sentence = self.doc.sentence(self.doc.sentence_of(head)).tokens;
        let anonymous = self.anonymity.iter().any(|m| sentence.overlaps(m.tokens));
        let kind = match speaker.kind {
            SourceKind::AnonymousOfficial if speaker.is_person => SourceKind::Government,
            SourceKind::Other if self.is_seen(head) => SourceKind::Witness,
            kind => kind,
        };
        self.out.voices.push(Voice {
            head,
            name: speaker.name,
            also: speaker.also,
            kind,
            anonymous: anonymous && !speaker.is_person,
            via: None,
            actor: speaker.actor,
            country: speaker.country,
            is_person: speaker.is_person,
            is_spokesman: speaker.is_spokesman,
        });
        Some(self.out.voices.len() - 1)
    }

    /// The last name that stands alone: "Keita", "al-Keita".
    fn single_name(&self, name: TokRange) -> Option<Tok> {
        let doc = self.doc;
        let last = Tok(name.end.0.checked_sub(1)?);
        let small =
            |t: Tok| doc.word(t) == "-" || has(&self.knowledge.speech.particles, doc.lower(t));
        let alone = (name.start.0..last.0).map(Tok).all(small);
        alone.then_some(last)
    }

    /// "the Emergency Lawyers, a rights group, said, adding": the words that already named the voice.
    fn told_within(&self, head: Tok) -> Option<usize> {
        let mut voices = self.out.voices.iter();
        voices.position(|v| !v.is_person && v.also.iter().any(|a| a.contains(head)))
    }

    /// The armed group that the name in full of a speaker's letters names.
    fn group_spelt_out(&self, full: Option<TokRange>) -> Option<&ActorMention> {
        let last = Tok(full?.end.0.checked_sub(1)?);
        let named = |a: &&ActorMention| a.is_named() && a.class.is_nonstate();
        self.actors.at(last).filter(named)
    }

    /// "the Corva Front (CF)": the name in full of one that stands here by its letters.
    fn spelt_out(&self, name: TokRange) -> Option<TokRange> {
        let doc = self.doc;
        let letters = |t: Tok| {
            let word = doc.word(t);
            word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.')
        };
        let short = (name.len() == 1 && letters(name.start)).then(|| doc.word(name.start))?;
        let bracket = doc.tokens().find(|&t| {
            doc.word(t) == "(" && t.idx() + 1 < doc.len() && doc.word(Tok(t.0 + 1)) == short
        })?;
        let last = Tok(bracket.0.checked_sub(1)?);
        matches!(doc.upos(last), Upos::Noun | Upos::Propn)
            .then(|| TokRange::new(self.reader.group_start(last), bracket))
    }

    /// "The Observatory": the body that spoke under its full name, "the Elsk Observatory for Peace".
    fn short_for(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let before = speaker.name.start.0.checked_sub(1).map(Tok);
        let word = doc.lower(speaker.head);
        let bare = speaker.name.len() == 1
            && doc.word(speaker.head).starts_with(char::is_uppercase)
            && before.is_some_and(|t| doc.lower(t) == "the");
        let mut voices = self.out.voices.iter();
        voices.position(|v| {
            let mut names = v.also.iter().chain([&v.name]);
            let holds = |n: &TokRange| n.len() > 1 && n.iter().any(|t| doc.lower(t) == word);
            bare && !v.is_person && names.any(holds)
        })
    }

    /// "A second source", "another official": of the kind of the one who spoke before.
    fn kind_of_one_before(&self, speaker: &Speaker) -> Option<SourceKind> {
        let doc = self.doc;
        let lemma = doc.lemma(speaker.head);
        let further = |t: Tok| has(&self.knowledge.speech.further, doc.lower(t));
        let first = Tok(speaker.name.start.0.saturating_sub(1));
        let words = TokRange::new(first, speaker.name.end);
        let fits = !speaker.is_person
            && has(&self.knowledge.speech.vague, lemma)
            && speaker.name.len() <= 2
            && words.iter().any(further);
        let before = |v: &&Voice| !v.is_person && doc.lemma(v.head) == lemma;
        let voice = fits.then(|| self.out.voices.iter().rev().find(before));
        voice.flatten().map(|v| v.kind)
    }

    /// "The commander" is the county police commander named before; "minister Awa Keita" is the health
    /// minister who spoke before.
    fn office_holder(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let mine = doc_words(doc, speaker.name);
        let before = speaker.name.start.0.checked_sub(1).map(Tok);
        let definite = before.is_some_and(|t| doc.lower(t) == "the");
        let last = |r: TokRange| r.end.0.checked_sub(1).map(|t| doc.lemma(Tok(t)));
        self.out.voices.iter().rposition(|v| {
            // "an administrative official said. The official added"
            let again = |v: &Voice| {
                !v.is_person
                    && speaker.name.len() == 1
                    && has(&self.knowledge.speech.vague, doc.lemma(speaker.head))
                    && doc.lemma(v.head) == doc.lemma(speaker.head)
                    && doc.xpos(v.head) == "NN"
            };
            if !speaker.is_person {
                return definite && doc.xpos(speaker.head) == "NN" && again(v)
                    || definite
                        && v.is_person
                        && doc.xpos(speaker.head) == "NN"
                        && v.also.iter().any(|&a| {
                            last(a) == last(speaker.name) && is_subset(&mine, &doc_words(doc, a))
                        });
            }
            !v.is_person
                && v.kind == speaker.kind
                && doc.xpos(v.head) == "NN"
                && self.reader.is_part(v.head, Part::Noun)
                && speaker.also.iter().any(|&a| {
                    last(a) == last(v.name)
                        && is_subset(&doc_words(doc, a), &doc_words(doc, v.name))
                })
        })
    }

    /// "..., the regional governor said. Awa Keita added": a full name without an office, right behind the words
    /// of an office holder, is his.
    fn introduced(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let voice = self.last?;
        let v = &self.out.voices[voice];
        // "a doctor at the hospital said. Dr. Awa Keita added"
        let doctor = v.kind == SourceKind::Medical && speaker.kind == SourceKind::Medical;
        let without_office = speaker.kind == SourceKind::Other && speaker.also.is_empty();
        let bare = speaker.is_person && (without_office || doctor) && speaker.name.len() > 1;
        if !bare {
            return None;
        }
        let said = self.out.speeches.last()?;
        let next = doc.sentence_of(speaker.head).0 == said.sentence.0 + 1;
        let official = matches!(
            v.kind,
            SourceKind::Government
                | SourceKind::LocalOfficial
                | SourceKind::Military
                | SourceKind::Police
                | SourceKind::Medical
                | SourceKind::Ngo
                | SourceKind::Other
        );
        let officer = official
            && !v.is_person
            && doc.xpos(v.head) == "NN"
            && self.reader.is_part(v.head, Part::Noun)
            && !has(&self.knowledge.speech.vague, doc.lemma(v.head));
        (next && said.voice == voice && officer).then_some(voice)
    }

    /// "A war monitor said. The Elsk Observatory added": the name of the body that spoke right before.
    fn body_named_now(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let voice = self.last?;
        let v = &self.out.voices[voice];
        let said = self.out.speeches.last()?;
        let next = doc.sentence_of(speaker.head).0 == said.sentence.0 + 1 && said.voice == voice;
        let article = v.name.start.0.checked_sub(1).map(Tok);
        let unnamed = !v.is_person
            && doc.upos(v.head) == Upos::Noun
            && article.is_some_and(|t| matches!(doc.lower(t), "a" | "an"));
        let monitors = v.kind == SourceKind::Ngo && speaker.kind == SourceKind::Ngo;
        let named = !speaker.is_person && doc.upos(speaker.head) == Upos::Propn;
        (next && unnamed && monitors && named).then_some(voice)
    }

    /// "A spokesman said": of the body that spoke last.
    fn body_of(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let bare = !speaker.is_person
            && speaker.name.len() == 1
            && has(&self.knowledge.speech.spokesmen, doc.lemma(speaker.head));
        let here = doc.sentence_of(speaker.head).0;
        let near = |v: &Voice| here - doc.sentence_of(v.head).0.min(here) <= 2;
        bare.then(|| {
            let mut voices = self.out.voices.iter();
            voices.rposition(|v| !v.is_person && v.kind != SourceKind::Witness && near(v))
        })
        .flatten()
    }

    /// A person without an office who speaks of what befell him: "We were asleep," said Awa Keita.
    pub(super) fn tells_of_himself(&mut self, voice: usize, content: TokRange) {
        let doc = self.doc;
        let first_person = |t: Tok| has(&self.knowledge.speech.first_persons, doc.lower(t));
        let unknown = |v: &Voice| v.is_person && v.kind == SourceKind::Other && v.also.is_empty();
        if unknown(&self.out.voices[voice]) && content.iter().any(first_person) {
            self.out.voices[voice].kind = SourceKind::Witness;
        }
    }

    /// "the radio station": the medium that was named last.
    fn same_outlet(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let before = speaker.name.start.0.checked_sub(1).map(Tok);
        let definite = before.is_some_and(|t| doc.lower(t) == "the");
        let outlet = speaker.kind == SourceKind::Media
            && has(&self.knowledge.speech.outlets, doc.lemma(speaker.head))
            && doc.upos(speaker.head) == Upos::Noun;
        (definite && outlet)
            .then(|| {
                self.out
                    .voices
                    .iter()
                    .rposition(|v| v.kind == SourceKind::Media)
            })
            .flatten()
    }

    /// "a man", "a woman": people who tell what they saw.
    fn is_seen(&self, head: Tok) -> bool {
        has(&self.knowledge.speech.people, self.doc.lemma(head))
    }

    /// The owner of a statement: "the army's statement", "a statement by the army", "army figures".
    fn owner(&self, noun: Tok) -> Option<Tok> {
        let doc = self.doc;
        let own = doc
            .child(noun, Deprel::NmodPoss)
            .or_else(|| tree::with_case(doc, noun, "by"))
            .or_else(|| tree::with_case(doc, noun, "from"))
            .or_else(|| tree::with_case(doc, noun, "of"))
            .or_else(|| {
                doc.children(noun)
                    .find(|&c| matches!(doc.deprel(c), Deprel::Compound | Deprel::Amod))
            })
            .or_else(|| {
                doc.children(noun)
                    .find(|&c| doc.deprel(c) == Deprel::Acl)
                    .and_then(|a| tree::by_phrase(doc, a))
            })
            .filter(|&o| self.reader.can_speak(o) && !self.reader.is_paper(o));
        own.or_else(|| {
            let end = doc.sentence(doc.sentence_of(noun)).tokens.end.0;
            let next = Tok(noun.0 + 1);
            let links = next.0 + 1 < end
                && (doc.lower(next) == "by" || has(&self.knowledge.speech.links, doc.lower(next)));
            links
                .then(|| self.reader.after(Tok(next.0 + 1), 7))
                .flatten()
                .filter(|&o| !self.reader.is_paper(o))
        })
    }

    /// The fullest mention of a person in the report whose last name this is, read with its office.
    fn full_name(&self, last: Tok) -> Option<Speaker> {
        let doc = self.doc;
        let word = doc.lower(last);
        doc.tokens()
            .filter(|&t| t != last && doc.upos(t) == Upos::Propn && doc.lower(t) == word)
            .filter(|&t| t.0 > 0 && matches!(doc.upos(Tok(t.0 - 1)), Upos::Propn | Upos::Punct))
            .filter_map(|t| self.reader.read(t))
            .find(|s| {
                s.is_person && s.name.len() > 1 && s.name.iter().any(|t| doc.lower(t) == word)
            })
    }

    /// A voice heard before: under this name, under the last word of it ("Karemire said"), as the
    /// spokesman of the same body, or as one of the same kind of people.
    fn known(&self, speaker: &Speaker) -> Option<usize> {
        let doc = self.doc;
        let mine = doc_words(doc, speaker.name);
        self.out.voices.iter().position(|v| {
            let theirs = doc_words(doc, v.name);
            if theirs == mine {
                return true;
            }
            if speaker.is_person && v.is_person {
                return mine.len() == 1 && theirs.last() == mine.last()
                    || theirs.len() == 1 && theirs.first() == mine.last();
            }
            let same_body = v.actor.is_some() && v.actor == speaker.actor
                || v.also.iter().any(|a| doc_words(doc, *a) == mine)
                || speaker.also.iter().any(|a| doc_words(doc, *a) == theirs);
            let same_head = doc.lemma(v.head) == doc.lemma(speaker.head);
            // "The movement said", and the group by its name or its letters.
            let own_word = |t: Tok| {
                has(&self.knowledge.speech.groups, doc.lemma(t))
                    || self.actors.at(t).is_some_and(|a| a.id.is_some())
            };
            if same_body && own_word(v.head) && own_word(speaker.head) && !v.is_person {
                return v.kind == speaker.kind && !speaker.is_person;
            }
            // "A military official" is not the army's own voice; its spokesman is.
            if (speaker.is_spokesman || v.is_spokesman || same_head) && same_body {
                return v.kind == speaker.kind;
            }
            !speaker.is_person
                && !v.is_person
                && v.kind == speaker.kind
                && same_head
                && (is_subset(&mine, &theirs) || is_subset(&theirs, &mine))
        })
    }
}

fn is_subset(a: &[&str], b: &[&str]) -> bool {
    a.iter().all(|w| b.contains(w))
}

/// The lemmas of a range without articles and marks.
fn doc_words(doc: &Doc, range: TokRange) -> Vec<&str> {
    range
        .iter()
        .filter(|&t| !matches!(doc.upos(t), Upos::Det | Upos::Part | Upos::Punct))
        .map(|t| {
            if doc.upos(t) == Upos::Propn {
                doc.lower(t)
            } else {
                doc.lemma(t)
            }
        })
        .collect()
}
