//! The coder as its callers see it.

use std::cell::OnceCell;
use std::path::PathBuf;

use tarikh_place::{Gazetteer, Hints, PlaceRole, Resolver};
use tarikh_record::{Coding, Warning};
use tarikh_syntax::{Analyzer, Doc, Sent, Tok, TokRange};
use tarikh_text::Report;
use tarikh_time::{Context, Recognizer, Timex};

use crate::covered::Covered;
use crate::events;
use crate::gate;
use crate::houses;
use crate::incidents;
use crate::knowledge::Knowledge;
use crate::knowledge::actors::ActorBook;
use crate::knowledge::phrases::Atoms;
use crate::knowledge::user_actors::{ActorsError, ActorsFile};
use crate::mentions::actors::ActorClass;
use crate::mentions::{find_actors, harm, outlets, parties, quantities, voices};
use crate::reading::Reading;
use crate::ships;
use crate::surnames::{self, Surnames};
use crate::warnings::{self, warning};

/// Codes reports; built once, shared by all threads.
#[derive(Debug)]
pub struct Coder {
    analyzer: Analyzer,
    /// The rules of time by language, English first.
    recognizers: Vec<(&'static str, Recognizer)>,
    gazetteer: Gazetteer,
    knowledge: Knowledge,
    countries: Vec<String>,
}

/// What a user may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// GeoNames dumps (tab format) or packed files to add to the embedded gazetteer.
    pub gazetteers: Vec<PathBuf>,
    /// A user's corrections of place names, which win over every gazetteer.
    pub corrections: Option<PathBuf>,
    /// Countries (ISO 3166-1 alpha-2) that reports are likely to be about.
    pub countries: Vec<String>,
    /// Files of actors to add to the embedded ones; an entry of the same id replaces one of those.
    pub actors: Vec<ActorsFile>,
}

/// Why a coder could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// A gazetteer could not be read.
    #[error(transparent)]
    Gazetteer(#[from] tarikh_place::GazetteerError),
    /// The corrections could not be read.
    #[error(transparent)]
    Corrections(#[from] tarikh_place::CorrectionsError),
    /// A country code that no country has.
    #[error("no country has the code {0:?}; expected two letters, as ML")]
    Country(String),
    /// A file of actors is malformed.
    #[error(transparent)]
    Actors(#[from] ActorsError),
}

/// Buffers that a thread reuses from report to report.
#[derive(Debug, Default)]
pub struct Workspace {
    syntax: tarikh_syntax::Workspace,
}

/// The only language whose acts are read so far. Times are read in those of `data/time`, too.
const LANGUAGE: &str = "en";

impl Coder {
    /// Opens the embedded data and models.
    #[must_use]
    pub fn new() -> Self {
        Self {
            analyzer: Analyzer::new(),
            recognizers: Recognizer::languages()
                .filter_map(|code| Some((code, Recognizer::for_language(code)?)))
                .collect(),
            gazetteer: Gazetteer::embedded(),
            knowledge: Knowledge::embedded(),
            countries: Vec::new(),
        }
    }

    /// Opens the embedded data with what a user adds; also returns what was found in each gazetteer.
    ///
    /// # Errors
    /// If a gazetteer, the corrections or a file of actors cannot be read, or no country has a code.
    pub fn with_options(
        options: &Options,
    ) -> Result<(Self, Vec<tarikh_place::DumpReport>), OptionsError> {
        let mut coder = Self::new();
        if !options.actors.is_empty() {
            coder.knowledge.actors = ActorBook::with(&options.actors)?;
        }
        let reports = options
            .gazetteers
            .iter()
            .map(|path| coder.gazetteer.add_dump(path))
            .collect::<Result<_, _>>()?;
        if let Some(path) = &options.corrections {
            coder.gazetteer.add_corrections(path)?;
        }
        for code in &options.countries {
            let code = code.to_ascii_uppercase();
            if coder.gazetteer.iso3(&code).is_none() {
                return Err(OptionsError::Country(code));
            }
            coder.countries.push(code);
        }
        Ok((coder, reports))
    }

    /// Codes one report. Never fails: what cannot be read is left out, with a warning.
    #[must_use]
    pub fn code(&self, report: &Report, workspace: &mut Workspace) -> Coding {
        let mut coding = Coding {
            report_id: report.id().to_owned(),
            coder_version: Self::version().to_owned(),
            language: report.language().map(str::to_owned),
            published: report.metadata().published.map(|d| d.to_string()),
            dateline: report.dateline().map(|d| report.quote(d.span).to_owned()),
            incidents: Vec::new(),
            context: Vec::new(),
            warnings: Vec::new(),
        };
        if let Some(warning) = unread_language(report) {
            coding.warnings.push(warning);
            return coding;
        }
        let mut doc = self.analyzer.tokenize(report);
        if doc.is_empty() {
            coding
                .warnings
                .push(warning("W003", "the text has no sentence to read"));
            return coding;
        }
        if !gate::opens(&doc, &self.knowledge) {
            return coding;
        }
        let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
        self.analyzer
            .analyse(&mut doc, &sentences, &mut workspace.syntax);
        let reading = self.read(report, &doc);
        let (incidents, context) = incidents::code(&reading);
        coding
            .warnings
            .extend(warnings::of_dates(&reading, &incidents));
        coding.incidents = incidents;
        coding.context = context;
        coding
    }

    /// Reads all layers of an analysed document.
    fn read<'a>(&'a self, report: &'a Report, doc: &'a Doc) -> Reading<'a> {
        let knowledge = &self.knowledge;
        let atoms = Atoms::read(doc);
        let offices = outlets::offices(doc, &knowledge.speakers, &atoms);
        let context = self.context(report);
        let mut times = self.recognizer(report).find(doc, &context);
        let in_time = Covered::by(doc.len(), times.iter().map(|x| x.tokens));
        let published = report.metadata().published;
        let actors = find_actors::find(doc, knowledge, (&atoms, &offices), published, &|t| {
            in_time.has(t)
        });
        // "The March 23 Movement" tells no day.
        times.retain(|x| !actors.is_in_name(x.tokens.start) && !surnames::is_given(doc, x.tokens));
        let masked: Vec<TokRange> = actors
            .all
            .iter()
            .filter(|a| a.id.is_some())
            .map(|a| a.name)
            .collect();
        let metadata = report.metadata();
        let hints = Hints {
            outlet: metadata.outlet.as_deref(),
            domain: metadata.url.as_deref().and_then(domain),
            dateline: report.dateline().map(|d| d.place),
            masked: &masked,
            countries: &self.countries,
        };
        let mut places = Resolver::new(&self.gazetteer).find(doc, &hints);
        // "AT DAWN" names no place, nor does a surname.
        let in_time = Covered::by(doc.len(), times.iter().map(|x| x.tokens));
        let surnames = Surnames::of(doc);
        let is_person = |t: Tok| {
            knowledge.lexicon.is(doc, t, "person-noun")
                || actors
                    .at(t)
                    .is_some_and(|a| a.class != ActorClass::Government)
        };
        let of_people = |name| surnames::tells_of_people(doc, name, &is_person);
        let houses: Vec<TokRange> = places
            .iter()
            .filter(|p| houses::names_one(doc, &knowledge.lexicon, &places, p))
            .map(|p| p.tokens)
            .collect();
        for p in places.iter_mut().filter(|p| {
            in_time.meets(p.tokens)
                || surnames.has(p.tokens)
                || of_people(p.tokens)
                || is_of_a_clock(doc, p.tokens)
                || houses.contains(&p.tokens)
                || ships::names_one(doc, &knowledge.lexicon, p.tokens.start)
                || ships::is_make(doc, &knowledge.lexicon, p.tokens.start)
        }) {
            (p.role, p.place) = (PlaceRole::InName, None);
        }
        let in_place = Covered::by(
            doc.len(),
            places
                .iter()
                .filter(|p| p.role != PlaceRole::InName)
                .map(|p| p.tokens),
        );
        let outlet = report.metadata().outlet.as_deref();
        let voices::Found { voices, speeches } = voices::find(
            doc,
            knowledge,
            &actors,
            (&atoms, offices),
            &|t| in_time.has(t),
            &|t| in_place.has(t),
            outlet.filter(|outlet| knowledge.speaks_for_force(outlet)),
        );
        let mut reading = Reading {
            report,
            doc,
            knowledge,
            gazetteer: &self.gazetteer,
            filed: context.dateline,
            times,
            places,
            actors,
            quantities: Vec::new(),
            harms: Vec::new(),
            events: Vec::new(),
            voices,
            speeches,
            items: OnceCell::new(),
        };
        // "MS-13" counts nobody, and "the March 23 Movement" is no march.
        let skip = |t| in_time.has(t) || reading.actors.is_in_name(t);
        let mut all = Vec::new();
        for sentence in doc.sentences() {
            quantities::find(doc, sentence, &knowledge.numbers, &skip, &mut all);
        }
        reading.quantities = all;
        for s in (0..doc.sentences().len() as u32).map(Sent) {
            let people = parties::People {
                doc,
                knowledge,
                actors: &reading.actors,
                quantities: &reading.quantities,
            };
            harm::find(&people, s, &mut reading.harms);
            let senses = events::senses::Senses {
                doc,
                knowledge,
                actors: &reading.actors,
                is_place: &|t| in_place.has(t),
            };
            events::find::find(
                &senses,
                s,
                &|t| in_time.has(t) || reading.actors.is_in_name(t),
                &mut reading.events,
            );
        }
        reading.tell_arrests();
        reading
    }

    /// The time expressions of a report by the rules of its language, also where its acts are not
    /// read. None in a language that has no rules.
    #[must_use]
    pub fn times(&self, report: &Report) -> Vec<Timex> {
        if !self
            .recognizers
            .iter()
            .any(|(code, _)| *code == language(report))
        {
            return Vec::new();
        }
        let doc = self.analyzer.tokenize(report);
        self.recognizer(report).find(&doc, &self.context(report))
    }

    /// The rules of time for the report's language; the English ones where there are none.
    fn recognizer(&self, report: &Report) -> &Recognizer {
        let code = language(report);
        let own = self.recognizers.iter().find(|(c, _)| *c == code);
        &own.unwrap_or(&self.recognizers[0]).1
    }

    fn context(&self, report: &Report) -> Context {
        let bare = Context {
            published: report.metadata().published,
            country: self.country(report),
            dateline: None,
        };
        let words = report
            .dateline()
            .and_then(|d| d.date)
            .map(|s| s.of(report.text()));
        let dateline = words
            .and_then(|w| self.recognizer(report).parse_date(w, &bare))
            .filter(|i| i.start == i.end)
            .map(|i| i.start);
        Context { dateline, ..bare }
    }

    /// The country whose customs of dates the report follows, where it may have any that differ.
    fn country(&self, report: &Report) -> Option<[u8; 2]> {
        let text = report.text();
        if !text.contains('/') && !text.contains(" Day") {
            return None;
        }
        let metadata = report.metadata();
        let hints = Hints {
            outlet: metadata.outlet.as_deref(),
            domain: metadata.url.as_deref().and_then(domain),
            dateline: report.dateline().map(|d| d.place),
            masked: &[],
            countries: &self.countries,
        };
        self.gazetteer.country_of_report(text, &hints)
    }

    /// Version of the program, stamped on every record.
    #[must_use]
    pub const fn version() -> &'static str {
        concat!("tarikh ", env!("CARGO_PKG_VERSION"))
    }
}

impl Default for Coder {
    fn default() -> Self {
        Self::new()
    }
}

/// "(Corva time)": the town whose clocks are read.
fn is_of_a_clock(doc: &Doc, place: TokRange) -> bool {
    let next = place.end;
    next.idx() < doc.len() && matches!(doc.lower(next), "time" | "time)")
}

/// The host of an address.
fn domain(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':'])
        .next()
        .filter(|host| !host.is_empty())
}

/// Code and name of a report's language; English where nothing tells. A clear detection wins over a
/// wrong label.
fn language_and_name(report: &Report) -> (&str, &str) {
    match (
        report.metadata().language.as_deref(),
        report.detected_language(),
    ) {
        (_, Some(d)) if d.is_reliable() => (d.code(), d.name()),
        (Some(code), _) => (code, code),
        (None, _) => (LANGUAGE, LANGUAGE),
    }
}

fn language(report: &Report) -> &str {
    language_and_name(report).0
}

/// A warning when the report is in another language than the one that is read.
fn unread_language(report: &Report) -> Option<Warning> {
    let (code, name) = language_and_name(report);
    (code != LANGUAGE).then(|| {
        warning(
            "W002",
            &format!("the report is in {name}; only English is read so far, so nothing was coded"),
        )
    })
}

/// The example sentences of `data/`, read as reports of one sentence.
#[cfg(test)]
mod examples {
    use super::*;
    use crate::events::modality::Modality;
    use tarikh_text::Metadata;

    /// What a sentence is read as.
    fn read<T>(coder: &Coder, sentence: &str, of: impl Fn(&Reading<'_>) -> T) -> T {
        let report = Report::new(Metadata::default(), sentence);
        let mut doc = coder.analyzer.tokenize(&report);
        let sentences: Vec<Sent> = (0..doc.sentences().len() as u32).map(Sent).collect();
        let mut workspace = Workspace::default();
        coder
            .analyzer
            .analyse(&mut doc, &sentences, &mut workspace.syntax);
        of(&coder.read(&report, &doc))
    }

    /// Sentences that fail, one a line.
    fn assert_none(failures: &[String]) {
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }

    #[test]
    fn a_frame_is_found_in_its_examples_and_not_in_its_counterexamples() {
        let coder = Coder::new();
        let mut failures = Vec::new();
        for (index, frame) in coder.knowledge.frames.all.iter().enumerate() {
            let found = |sentence: &String| {
                read(&coder, sentence, |r| {
                    r.events
                        .iter()
                        .any(|e| e.frame == Some(index) && e.modality == Modality::Actual)
                })
            };
            let missed = frame.examples.iter().filter(|e| !found(e));
            failures.extend(missed.map(|e| format!("{}: not found in {e:?}", frame.id)));
            let wrong = frame.counterexamples.iter().filter(|e| found(e));
            failures.extend(wrong.map(|e| format!("{}: found in {e:?}", frame.id)));
        }
        assert_none(&failures);
    }

    #[test]
    fn times_are_read_in_the_language_of_the_report() {
        let coder = Coder::new();
        let of = |language: &str, text: &str| {
            let metadata = Metadata {
                language: Some(language.to_owned()),
                published: "2020-11-18".parse().ok(),
                ..Metadata::default()
            };
            let report = Report::new(metadata, text);
            let coding = coder.code(&report, &mut Workspace::default());
            let times = coder.times(&report).into_iter().map(|t| t.value);
            (times.collect::<Vec<_>>(), coding.warnings)
        };
        let (times, warnings) = of("fr", "Neuf personnes sont mortes samedi dernier.");
        assert_eq!(times, ["2020-11-14"]);
        assert!(warnings[0].message.contains("only English is read"));
        let (times, warnings) = of("en", "Nine people died on Saturday.");
        assert_eq!(
            (times.as_slice(), warnings.len()),
            (&["2020-11-14".to_owned()][..], 0)
        );
        let (_, warnings) = of("en", "A bomb killed nine people in Bamako on 31 June 2019.");
        let quote = warnings[0].evidence.as_ref().map(|e| e.quote.as_str());
        assert_eq!(
            (warnings[0].code.as_str(), quote),
            ("W004", Some("31 June 2019"))
        );
    }

    #[test]
    fn nine_came_to_harm_in_every_example_of_harm() {
        let coder = Coder::new();
        let mut failures = Vec::new();
        for (measure, sentence) in &coder.knowledge.harms.examples {
            let counts = read(&coder, sentence, |r| {
                let of_measure = r.harms.iter().filter(|h| h.measure == *measure);
                of_measure
                    .filter_map(|h| h.total().and_then(|c| c.best))
                    .collect::<Vec<_>>()
            });
            if !counts.contains(&9) {
                failures.push(format!("{measure:?}: {counts:?} in {sentence:?}"));
            }
        }
        assert_none(&failures);
    }

    #[test]
    fn someone_speaks_in_every_example_of_speech() {
        let coder = Coder::new();
        let mut failures = Vec::new();
        for (stance, sentence) in &coder.knowledge.speech.examples {
            let stances: Vec<_> = read(&coder, sentence, |r| {
                r.speeches
                    .iter()
                    .map(|s| (s.stance, s.responsibility))
                    .collect()
            });
            let as_told = |&(found, responsibility): &(_, bool)| match stance {
                Some(stance) => found == *stance && !responsibility,
                None => responsibility,
            };
            if !stances.iter().any(as_told) {
                failures.push(format!("{stance:?}: {stances:?} in {sentence:?}"));
            }
        }
        assert_none(&failures);
    }

    #[test]
    fn the_words_in_brackets_and_no_others_are_in_their_list() {
        let coder = Coder::new();
        let mut failures = Vec::new();
        for (name, list) in crate::knowledge::words::by_name() {
            assert!(!list.examples.is_empty(), "{name} has no example");
            for example in &list.examples {
                let marked = example.split('[').skip(1);
                let marked: Vec<_> = marked
                    .filter_map(|rest| Some(rest.split_once(']')?.0.to_lowercase()))
                    .collect();
                let found = read(&coder, &example.replace(['[', ']'], ""), |r| {
                    let found = r.doc.tokens().filter(|&t| list.is(r.doc, t));
                    found.map(|t| r.doc.lower(t).to_owned()).collect::<Vec<_>>()
                });
                if marked.is_empty() || found != marked {
                    failures.push(format!("{name}: {found:?} in {example:?}"));
                }
            }
        }
        assert_none(&failures);
    }
}
