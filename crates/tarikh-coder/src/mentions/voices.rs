//! Who says so: every act of speech of a report, its speaker and the words that it vouches for.

use tarikh_record::SourceKind;
use tarikh_syntax::{Deprel, Doc, Sent, Tok, TokRange, Upos};

use super::actors::Actors;
use super::speaker::Reader;
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::has;
use crate::knowledge::phrases::{Atoms, Match};
use crate::knowledge::speakers::Part;
use crate::knowledge::speech::Stance;
use crate::tree;

/// A speaker, once per report.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// The noun that heads its first mention.
    pub(crate) head: Tok,
    /// The words of its name.
    pub(crate) name: TokRange,
    /// Second names: the office of a named person, the body that a spokesman speaks for.
    pub(crate) also: Vec<TokRange>,
    pub(crate) kind: SourceKind,
    pub(crate) anonymous: bool,
    /// The outlet spoken to ("told AFP").
    pub(crate) via: Option<TokRange>,
    /// Id of the armed actor that speaks, if it is one of the files.
    pub(crate) actor: Option<u32>,
    /// Index of the country that it speaks for.
    pub(crate) country: Option<u16>,
    pub(crate) is_person: bool,
    pub(crate) is_spokesman: bool,
}

/// One act of speech.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speech {
    /// Index into the voices.
    pub(crate) voice: usize,
    pub(crate) stance: Stance,
    pub(crate) responsibility: bool,
    pub(crate) sentence: Sent,
    /// The noun or pronoun that speaks.
    pub(crate) speaker: Tok,
    /// The verb, or "according".
    pub(crate) verb: Tok,
    /// The words that are said: of the sentence, what is not the speaker's.
    pub(crate) content: TokRange,
}

/// The voices of a report and what they say.
pub(crate) struct Found {
    pub(crate) voices: Vec<Voice>,
    pub(crate) speeches: Vec<Speech>,
}

/// Finds the voices of a whole report; no name holds a token that `skip` names. `own_statement` names the force that
/// tells it, whose words are then those of no speaker.
pub(crate) fn find(
    doc: &Doc,
    knowledge: &Knowledge,
    actors: &Actors,
    (atoms, offices): (&Atoms, Vec<Match>),
    skip: &dyn Fn(Tok) -> bool,
    is_place: &dyn Fn(Tok) -> bool,
    own_statement: Option<&str>,
) -> Found {
    let phrases = |list: &crate::knowledge::phrases::Phrases| {
        let mut out = Vec::new();
        list.find(doc, atoms, &mut out);
        out
    };
    let mut finder = Finder {
        doc,
        knowledge,
        actors,
        reader: Reader::new(doc, knowledge, actors, offices, skip, is_place),
        responsibility: phrases(&knowledge.speech.responsibility),
        authorship: phrases(&knowledge.speech.authorship),
        denial: phrases(&knowledge.speech.denial),
        disclaimer: phrases(&knowledge.speech.disclaimer),
        anonymity: phrases(&knowledge.speakers.markers),
        out: Found {
            voices: Vec::new(),
            speeches: Vec::new(),
        },
        last: None,
        own_statement,
    };
    for s in 0..doc.sentences().len() as u32 {
        finder.sentence(Sent(s));
    }
    finder.out
}

pub(super) struct Finder<'a> {
    pub(super) doc: &'a Doc,
    pub(super) knowledge: &'a Knowledge,
    pub(super) actors: &'a Actors,
    pub(super) reader: Reader<'a>,
    responsibility: Vec<Match>,
    authorship: Vec<Match>,
    denial: Vec<Match>,
    disclaimer: Vec<Match>,
    pub(super) anonymity: Vec<Match>,
    pub(super) out: Found,
    /// The voice that "he" and "it" go on from.
    pub(super) last: Option<usize>,
    /// The name of the force whose statement the report is.
    pub(super) own_statement: Option<&'a str>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: Sent) {
        let doc = self.doc;
        let first = self.out.speeches.len();
        for t in doc.sentence(sentence).tokens.iter() {
            if doc.lower(t) == "according" {
                self.according(t, sentence);
            } else if doc.upos(t) == Upos::Verb {
                self.verb(t, sentence);
            }
        }
        self.bound(first);
        if self.out.speeches.len() == first {
            self.assessment(sentence);
        }
        if self.out.speeches.len() == first {
            self.release(sentence);
        }
    }

    /// Ends what is said first where the next speaker of the sentence begins.
    fn bound(&mut self, first: usize) {
        let speeches = &mut self.out.speeches[first..];
        for i in 1..speeches.len() {
            let (next, verb) = (speeches[i].content.start, speeches[i].verb);
            let before = &mut speeches[i - 1];
            // "Police and residents said": both say the same.
            let same_words = before.verb == verb;
            if !same_words
                && before.verb < next
                && before.content.start > before.verb
                && before.content.end > next
            {
                before.content.end = verb.max(before.content.start);
            }
        }
    }

    fn according(&mut self, t: Tok, sentence: Sent) {
        let doc = self.doc;
        let tree = doc
            .head(t)
            .filter(|&h| h > t && matches!(doc.upos(h), Upos::Noun | Upos::Propn));
        let near = self.reader.after(Tok(t.0 + 2), 9);
        let head = near.or_else(|| tree.filter(|&h| self.reader.can_be_subject(h)));
        if let Some(head) = head {
            let content = doc.sentence(sentence).tokens;
            self.speech(head, t, Stance::Confirm, sentence, content);
        }
    }

    fn verb(&mut self, verb: Tok, sentence: Sent) {
        let doc = self.doc;
        let words = &self.knowledge.speech;
        // "took responsibility" says so with a verb that otherwise says nothing.
        let claims = || self.responsibility.iter().any(|m| m.tokens.contains(verb));
        let stance = words.stance(doc.lemma(verb));
        // "held the Front responsible"
        let accuses = words.accusations.iter().any(|(lemma, rest)| {
            lemma == doc.lemma(verb)
                && (tree::follows(doc, verb, rest) || self.makes_out(verb, rest))
        });
        let stance = if accuses { Some(Stance::Blame) } else { stance };
        let Some(stance) = stance.or_else(|| claims().then_some(Stance::Confirm)) else {
            return;
        };
        let stance = if self.calls_baseless(verb) {
            Stance::Deny
        } else {
            stance
        };
        if self.is_silence(verb) || self.accuses_victims(verb, stance) {
            return;
        }
        // "put out fires", "found out": another verb.
        let next = Tok(verb.0 + 1);
        let particle = next.idx() < doc.len() && doc.deprel(next) == Deprel::CompoundPrt;
        if has(&words.loose, doc.lemma(verb)) && particle {
            return;
        }
        // "suspected members", "people suspected of": a participle that only describes.
        if self.describes(verb) {
            return;
        }
        // "told" and "blamed" look like participles: only with "be" or a speaker behind "by" are
        // they passive, or behind a verb that is ("were taken and later released").
        let by = tree::by_phrase(doc, verb).filter(|&s| self.reader.can_speak(s));
        let passive = tree::is_passive(doc, verb) && (by.is_some() || has_auxiliary(doc, verb));
        if self.claims_lives(verb) {
            return;
        }
        if stance == Stance::Blame && self.closes_clause(verb) {
            return;
        }
        let quoting = has(&words.quoting, doc.lemma(verb));
        if quoting {
            self.quoted(verb, passive, sentence);
            return;
        }
        let range = doc.sentence(sentence).tokens;
        let (speaker, behind) = if passive {
            (by, true)
        } else {
            self.speaker_of(verb)
        };
        // "No group has claimed the raid": nobody speaks.
        let Some(speaker) = speaker.filter(|&s| !self.is_nobody(s)) else {
            return;
        };
        let object = doc.child(verb, Deprel::Obj);
        let claims_act = has(&words.claiming, doc.lemma(verb))
            && (passive
                || object.is_some_and(|o| self.is_act(tree::antecedent(doc, verb, o)))
                || self.act_behind(verb));
        let speaker = self.leader_of(speaker, sentence);
        let pronoun = doc.upos(speaker) == Upos::Pron;
        if has(&words.loose, doc.lemma(verb)) && pronoun && !claims_act {
            return;
        }
        if has(&words.loose, doc.lemma(verb))
            && !(claims_act || accuses)
            && !self.is_earnest(speaker, verb)
        {
            return;
        }
        // "X said that ...": all behind the verb; "..., X said": all.
        let subject_first = !behind && speaker < verb && !self.closes(verb, range);
        let content = if subject_first {
            TokRange::new(Tok(verb.0 + 1), range.end)
        } else {
            range
        };
        let n_before = self.out.speeches.len();
        self.speech(speaker, verb, stance, sentence, content);
        for s in &mut self.out.speeches[n_before..] {
            s.responsibility |= claims_act;
        }
        if behind && doc.lemma(verb) == "report" && doc.xpos(verb) == "VBZ" {
            self.is_told_by_outlet(n_before);
        }
        self.heard_by(verb, n_before);
    }

    /// "holds the Front, led by Awa Keita, responsible": the word behind a long name.
    fn makes_out(&self, verb: Tok, rest: &[String]) -> bool {
        const REACH: u32 = 24;
        let doc = self.doc;
        let end = doc.sentence(doc.sentence_of(verb)).tokens.end.0;
        let mut behind = (verb.0 + 1..end.min(verb.0 + REACH)).map(Tok);
        rest.len() == 1
            && doc.lemma(verb) == "hold"
            && behind.any(|t| doc.upos(t) == Upos::Adj && doc.lemma(t) == rest[0])
    }

    /// "..., reports Elsk Today": in the present and behind its verb stands an outlet or its reporter.
    fn is_told_by_outlet(&mut self, first: usize) {
        for s in &self.out.speeches[first..] {
            let voice = &mut self.out.voices[s.voice];
            if voice.kind == SourceKind::Other {
                voice.kind = SourceKind::Media;
            }
        }
    }

    /// "cited the mayor as saying", "quoted by the agency": the one quoted speaks, the outlet
    /// carries it.
    fn quoted(&mut self, verb: Tok, passive: bool, sentence: Sent) {
        let doc = self.doc;
        let range = doc.sentence(sentence).tokens;
        if passive {
            let outlet = tree::by_phrase(doc, verb)
                .or_else(|| self.reader.after(Tok(verb.0 + 1), 7))
                .and_then(|o| self.reader.read(o));
            if let (Some(outlet), Some(voice)) = (outlet, self.last) {
                self.out.voices[voice].via.get_or_insert(outlet.name);
            }
            return;
        }
        // "It cited "possible victims"": words are cited, not someone who speaks.
        let next = Tok(verb.0 + 1);
        if next < range.end && doc.upos(next) == Upos::Punct {
            return;
        }
        let object = doc
            .child(verb, Deprel::Obj)
            .filter(|&o| self.reader.can_speak(o))
            .or_else(|| self.reader.after(Tok(verb.0 + 1), 9));
        let Some(object) = object else { return };
        let n_before = self.out.speeches.len();
        self.speech(object, verb, Stance::Confirm, sentence, range);
        let outlet = tree::subject(doc, verb)
            .filter(|&s| self.reader.office(s) == Some(SourceKind::Media))
            .and_then(|s| self.reader.read(s));
        if let (Some(outlet), Some(s)) = (outlet, self.out.speeches.get(n_before)) {
            self.out.voices[s.voice].via.get_or_insert(outlet.name);
        }
    }

    /// "told AFP": the outlet carries it.
    fn heard_by(&mut self, verb: Tok, first: usize) {
        let doc = self.doc;
        if !has(&self.knowledge.speech.telling, doc.lemma(verb)) {
            return;
        }
        let listener = self
            .reader
            .after(Tok(verb.0 + 1), 6)
            .filter(|&l| self.reader.office(l) == Some(SourceKind::Media))
            .and_then(|l| self.reader.read(l));
        let Some(listener) = listener else { return };
        for s in &self.out.speeches[first..] {
            self.out.voices[s.voice].via.get_or_insert(listener.name);
        }
    }

    pub(super) fn speech(
        &mut self,
        speaker: Tok,
        verb: Tok,
        stance: Stance,
        sentence: Sent,
        content: TokRange,
    ) {
        let doc = self.doc;
        let responsibility = self.responsibility.iter().any(|m| {
            doc.sentence_of(m.tokens.start) == sentence
                && (m.tokens.contains(verb)
                    || m.tokens.start > verb && m.tokens.start.0 < verb.0 + 8)
        });
        let is_name = self.reader.is_part(speaker, Part::Name);
        let voices: Vec<(Tok, usize)> = if doc.upos(speaker) == Upos::Pron && !is_name {
            let plain = has(&self.knowledge.speech.pronouns, doc.lower(speaker));
            let here = self.told_of_before(speaker).and_then(|s| self.voice(s));
            let last = here.or(self.last).filter(|_| plain);
            let last = last.and_then(|v| {
                if responsibility {
                    self.group_meant(v)
                } else {
                    Some(v)
                }
            });
            last.into_iter().map(|v| (speaker, v)).collect()
        } else if is_name || matches!(doc.upos(speaker), Upos::Noun | Upos::Propn | Upos::Adj) {
            let joined = tree::conjuncts(doc, speaker)
                .filter(|&h| h == speaker || self.reader.can_speak(h) && self.is_coordinated(h));
            let mut heads = self.reader.listed_before(speaker);
            for h in joined {
                if !heads.contains(&h) {
                    heads.push(h);
                }
            }
            for h in self.reader.listed_behind(speaker, verb) {
                if !heads.contains(&h) {
                    heads.push(h);
                }
            }
            heads
                .into_iter()
                .filter_map(|h| self.voice(h).map(|v| (h, v)))
                .collect()
        } else {
            Vec::new()
        };
        let content = self.with_quotes(content, sentence);
        let said = match stance {
            Stance::Confirm if !responsibility => self.stance_of(content, sentence),
            stance => stance,
        };
        for &(speaker, voice) in &voices {
            // Only one who may have done it denies it by saying that nothing happened.
            let party = matches!(
                self.out.voices[voice].kind,
                SourceKind::Government
                    | SourceKind::LocalOfficial
                    | SourceKind::Military
                    | SourceKind::Police
                    | SourceKind::Rebel
            );
            let stance = if party || said != Stance::Deny {
                said
            } else {
                stance
            };
            self.tells_of_himself(voice, content);
            self.out.speeches.push(Speech {
                voice,
                stance,
                responsibility,
                sentence,
                speaker,
                verb,
                content,
            });
        }
        self.last = voices.first().map(|&(_, v)| v).or(self.last);
    }

    /// "The Front did not answer; it has accused the army": the subject of the clause before the mark.
    fn told_of_before(&self, pronoun: Tok) -> Option<Tok> {
        let doc = self.doc;
        let first = doc.sentence(doc.sentence_of(pronoun)).tokens.start.0;
        let mark = pronoun.0.checked_sub(1).map(Tok)?;
        let parted = doc.word(mark) == ";" && matches!(doc.lower(pronoun), "it" | "they");
        let subject = |t: &Tok| doc.deprel(*t) == Deprel::Nsubj && self.reader.can_speak(*t);
        let mut before = (first..mark.0).rev().map(Tok);
        before.find(subject).filter(|_| parted)
    }

    /// "It also said it was behind the raid", behind the words of an official: the group that spoke before.
    fn group_meant(&self, voice: usize) -> Option<usize> {
        let kind = |v: usize| self.out.voices[v].kind;
        let may = |v: usize| {
            matches!(
                kind(v),
                SourceKind::Rebel | SourceKind::Military | SourceKind::Other
            )
        };
        if may(voice) {
            return Some(voice);
        }
        let mut before = self.out.speeches.iter().rev().map(|s| s.voice);
        before.find(|&v| kind(v) == SourceKind::Rebel)
    }

    /// Whether a statement names an author ("the rebels were behind the raid"), or says that the act
    /// did not happen ("there had been no shelling").
    fn stance_of(&self, content: TokRange, sentence: Sent) -> Stance {
        let doc = self.doc;
        let told = |m: &&Match| {
            content.contains(m.tokens.start) && doc.sentence_of(m.tokens.start) == sentence
        };
        let act = |m: &Match| {
            let behind = m.tokens.end;
            behind.idx() < doc.len() && self.is_act(behind)
        };
        // "too early to say who was behind the raid" names nobody.
        let asks = |m: &Match| {
            let before = m.tokens.start.0.checked_sub(1).map(Tok);
            before.is_some_and(|t| doc.xpos(t).starts_with('W'))
        };
        if self.authorship.iter().any(|m| told(&m) && !asks(m)) {
            Stance::Blame
        } else if self.denial.iter().filter(told).any(act)
            || self
                .disclaimer
                .iter()
                .any(|m| told(&m) && self.is_of_speaker(m))
        {
            Stance::Deny
        } else {
            Stance::Confirm
        }
    }

    /// "said it was not involved": the pronoun before tells that the speaker means himself.
    fn is_of_speaker(&self, m: &Match) -> bool {
        let words = &self.knowledge.speech;
        let near = (m.tokens.start.0.saturating_sub(3)..m.tokens.start.0).map(Tok);
        let mut near = near.map(|t| self.doc.lower(t));
        near.any(|w| has(&words.selves, w) || has(&words.own, w))
    }

    /// What is said with the whole of a quotation that begins or ends in the sentence.
    fn with_quotes(&self, content: TokRange, sentence: Sent) -> TokRange {
        let doc = self.doc;
        let range = doc.sentence(sentence).tokens;
        let mut out = content;
        for quote in doc.quotes().iter().map(|&q| doc.tokens_in(q)) {
            if !quote.overlaps(range) {
                continue;
            }
            if quote.end > range.end && quote.start >= range.start {
                out.end = out.end.max(quote.end);
            } else if quote.start < range.start {
                out.start = out.start.min(quote.start);
            }
        }
        out
    }

    /// "police and residents": the word before the second group is a conjunction or a comma.
    fn is_coordinated(&self, head: Tok) -> bool {
        let doc = self.doc;
        doc.children(head).any(|c| doc.deprel(c) == Deprel::Cc)
    }
}

/// "were released", also where the auxiliary stands at the verb before.
fn has_auxiliary(doc: &Doc, verb: Tok) -> bool {
    let own = |v: Tok| doc.child(v, Deprel::AuxPass).is_some();
    own(verb) || doc.deprel(verb) == Deprel::Conj && doc.head(verb).is_some_and(own)
}
