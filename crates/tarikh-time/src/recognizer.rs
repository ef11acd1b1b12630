//! From a document to its time expressions.

use jiff::civil::Date;
use tarikh_syntax::{Doc, TokRange};
use tarikh_text::Span;

use crate::atoms::{self, Atom, Kind};
use crate::calendar::{self, Unit};
use crate::context::{self, Setting};
use crate::grammar::{self, Piece};
use crate::reading::{From, Holiday, Reading, Shape, Shift, TimeOfDay};
use crate::resolve::{self, Env, Narrative, Place};
use crate::rules::Rules;
use crate::timex::{Anchor, Context, Interval, Reach, Timex, TimexKind};
use crate::value;

/// Reads time expressions by the rules of one language.
#[derive(Debug)]
pub struct Recognizer {
    rules: Rules,
}

/// The embedded rules, by ISO 639-1 code of the language; the first is the default.
const LANGUAGES: [(&str, &str); 2] = [
    ("en", include_str!("../../../data/time/en.toml")),
    ("fr", include_str!("../../../data/time/fr.toml")),
];

impl Recognizer {
    /// Opens the embedded rules for English.
    ///
    /// # Panics
    /// Never: a test reads the same file.
    #[must_use]
    pub fn new() -> Self {
        Self::with_rules(LANGUAGES[0].1).expect("the embedded rules are read by the tests")
    }

    /// Opens the embedded rules for a language, named by its ISO 639-1 code; `None` for a language
    /// that has none.
    ///
    /// # Panics
    /// Never: a test reads the same files.
    #[must_use]
    pub fn for_language(code: &str) -> Option<Self> {
        let (_, rules) = LANGUAGES.iter().find(|(language, _)| *language == code)?;
        Some(Self::with_rules(rules).expect("the embedded rules are read by the tests"))
    }

    /// Reads the rules of a language from a file of the form of `data/time/en.toml`, which tells it.
    ///
    /// # Errors
    /// Says what is wrong and in which rule.
    pub fn with_rules(rules: &str) -> Result<Self, String> {
        Rules::parse(rules).map(|rules| Self { rules })
    }

    /// The codes of the languages that have embedded rules.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|(language, _)| *language)
    }

    /// All time expressions of the document's sentences, in order of their words, without overlap.
    ///
    /// Tags are used where a sentence has them, to tell what lies ahead from what is past; nothing
    /// else depends on them.
    #[must_use]
    pub fn find(&self, doc: &Doc, context: &Context) -> Vec<Timex> {
        let mut reader = Reader::new(self, context);
        let mut paragraph = None;
        for sentence in doc.sentences() {
            if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
                reader.env.narrative.turn(reader.env.today);
            }
            reader.read(doc.text(), sentence.span, Some((doc, sentence.tokens)));
        }
        reader.out
    }

    /// The days that a date written alone means ("Aug 22", "February 12, 2020", "2020-02-12").
    ///
    /// `None` unless the whole of `words` is one date.
    #[must_use]
    pub fn parse_date(&self, words: &str, context: &Context) -> Option<Interval> {
        let words = words.trim();
        if words.len() > MAX_DATE {
            return None;
        }
        let read = |words: &str| {
            let mut reader = Reader::new(self, context);
            reader.read(words, Span::new(0, words.len() as u32), None);
            match reader.out.as_slice() {
                [one] if one.span.len() as usize == words.len() && !one.impossible => one.interval,
                _ => None,
            }
        };
        read(words).or_else(|| read(&with_whole_year(words, context)?))
    }

    #[cfg(test)]
    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }
}

impl Default for Recognizer {
    fn default() -> Self {
        Self::new()
    }
}

/// "5 JAN 90" as "5 JAN 1990": the century of publication, or the one before where that lies ahead.
fn with_whole_year(words: &str, context: &Context) -> Option<String> {
    let (date, year) = words.rsplit_once([' ', '-'])?;
    let short: i16 = year.parse().ok().filter(|_| year.len() == 2)?;
    date.chars().any(char::is_alphabetic).then_some(())?;
    let is_of_this_century = match context.today() {
        Some(today) => 2000 + short <= today.year(),
        None => short < PIVOT,
    };
    let century = if is_of_this_century { 2000 } else { 1900 };
    Some(format!("{date} {}", century + short))
}

/// Two-digit years from here on are of the last century where no day of publication tells.
const PIVOT: i16 = 70;

/// Longest date written alone, in bytes.
const MAX_DATE: usize = 64;

/// Most atoms of one sentence that are read; text without sentences is read this far.
const MAX_ATOMS: usize = 4096;

/// Most atoms between a time of day and the day of its clause behind it.
const MAX_CLAUSE: usize = 14;

/// The state of reading one document.
struct Reader<'a> {
    recognizer: &'a Recognizer,
    env: Env,
    country: Option<[u8; 2]>,
    atoms: Vec<Atom>,
    /// Penn tags of the atoms.
    tags: Vec<&'static str>,
    out: Vec<Timex>,
}

impl<'a> Reader<'a> {
    fn new(recognizer: &'a Recognizer, context: &Context) -> Self {
        Self {
            recognizer,
            country: context.country,
            env: Env {
                turns_dates: recognizer.rules.turns_dates(context.country),
                today: context.today(),
                published: context.published,
                narrative: Narrative::at(context.today()),
                ..Env::default()
            },
            atoms: Vec::new(),
            tags: Vec::new(),
            out: Vec::new(),
        }
    }

    /// Reads one sentence.
    fn read(&mut self, text: &str, sentence: Span, doc: Option<(&Doc, TokRange)>) {
        let rules = &self.recognizer.rules;
        let mut atoms = std::mem::take(&mut self.atoms);
        atoms.clear();
        atoms::split(text, sentence.start(), sentence.end(), &mut atoms);
        atoms.truncate(MAX_ATOMS);
        rules.look_up(text, &mut atoms);
        let mut pieces = grammar::pieces(rules, text, &atoms);
        for piece in &mut pieces {
            piece.reading = self.of_country(piece.reading);
        }
        let ranges = context::ranges(rules, &atoms, &mut pieces);
        let mut tags = std::mem::take(&mut self.tags);
        tags.clear();
        if let Some((doc, tokens)) = doc
            && !pieces.is_empty()
        {
            context::tags(doc, tokens, &atoms, &mut tags);
        }
        let setting = Setting {
            rules,
            text,
            atoms: &atoms,
            tags: &tags,
            doc: doc.map(|(doc, _)| doc),
        };
        let first = self.out.len();
        let first_day = self.first_day(&setting, &pieces);
        // "Sunday" in "the eve of Sunday's vote".
        let mut waited_for = false;
        for (i, piece) in pieces.iter().enumerate() {
            let mut env = self.env_of(&setting, piece);
            if let Some((first, day)) = &first_day
                && i < *first
                && pieces[*first].start - piece.end <= MAX_CLAUSE
            {
                env.narrative.tell(day, &piece.reading);
            }
            let next = pieces.get(i + 1);
            let counted_from = next.and_then(|next| self.counted_from(&setting, piece, next));
            if let Some(day) = counted_from {
                env.narrative = Narrative::at(Some(day));
                env.narrative.is_told = true;
            }
            let by_the_moon = next.is_some_and(|next| next.reading.calendar.is_by_the_moon());
            let mut timex = match counted_from.is_some() && by_the_moon {
                // "The eve of Eid" is known no better than that feast.
                true => timex(rules, &setting, &piece.by_the_moon(), &env),
                false => timex(rules, &setting, piece, &env),
            };
            if waited_for {
                timex.reach = Reach::Until;
            }
            let before_next = piece.ends_before_next(rules) || piece.reading.beyond.is_some();
            waited_for = counted_from.is_some() && before_next;
            if counted_from.is_some() {
                timex.anchor = Anchor::None;
                timex.relative = false;
            }
            let told = timex.reach == Reach::At && !setting.is_of_speech(piece);
            self.remember(&timex, &env, told);
            self.out.push(timex);
        }
        for range in ranges {
            context::spread(&mut self.out[first..], range);
        }
        self.atoms = atoms;
        self.tags = tags;
    }

    /// A date in the order of the country's figures, a national day on the country's date.
    fn of_country(&self, reading: Reading) -> Reading {
        let rules = &self.recognizer.rules;
        let holiday = reading.holiday.map(|holiday| match holiday {
            Holiday::OfCountry(number) => {
                rules.national_day(number, reading.country.or(self.country))
            }
            other => other,
        });
        resolve::in_order(Reading { holiday, ..reading }, &self.env)
    }

    /// The first expression of a sentence that is no mere time of day, and its day, if it is one on
    /// which something happened: times of day before it that name no day belong to it ("a dawn raid
    /// on Elsk on Friday").
    fn first_day(&self, setting: &Setting<'_>, pieces: &[Piece]) -> Option<(usize, Place)> {
        let is_time = |piece: &Piece| piece.reading.shape() == Shape::Time;
        let first = pieces.iter().position(|piece| !is_time(piece))?;
        let piece = &pieces[first];
        let happened = !setting.is_of_speech(piece) && setting.reach(piece) == Reach::At;
        if !happened || anchor(&piece.reading) == Anchor::Narrative {
            return None;
        }
        let place = resolve::place(&piece.reading, &self.env_of(setting, piece))?;
        let one_day = place.unit == Unit::Day && piece.reading.last_day.is_none();
        one_day.then_some((first, place))
    }

    /// The day that a distance counts from where it is named right behind ("two days after 3 May").
    fn counted_from(&self, setting: &Setting<'_>, piece: &Piece, next: &Piece) -> Option<Date> {
        let after = match (piece.reading.beyond, piece.reading.shift) {
            (Some(sign), _) => sign > 0,
            (None, Some(shift)) if piece.reading.of_next => shift.offset > 0,
            _ => return None,
        };
        if !setting.links(piece.end, next.start) {
            return None;
        }
        let mut env = self.env_of(setting, next);
        if !after && piece.reading.of_next {
            // "The eve of Monday's vote", told on that Sunday: what has come is the eve.
            env.today = env.today.and_then(|today| calendar::add_days(today, 1));
        }
        let place = resolve::place(&next.reading, &env)?;
        Some(if after { place.end } else { place.start })
    }

    /// What an expression is resolved against.
    fn env_of(&self, setting: &Setting<'_>, piece: &Piece) -> Env {
        // "given until 8 April": what has been set in the past may end in the future.
        let open = setting.is_open(piece);
        Env {
            ahead: setting.is_ahead(piece).filter(|ahead| *ahead || !open),
            open,
            ..self.env
        }
    }

    /// Keeps the day and the quarter last spoken of, for what counts from them; `told` if it says
    /// when something happened.
    fn remember(&mut self, timex: &Timex, env: &Env, told: bool) {
        let Some(place) = resolve::place(&timex.reading, env) else {
            return;
        };
        // Nothing is told yet by "that morning" alone.
        let named = timex.anchor != Anchor::Narrative || timex.interval.is_some();
        if told && named {
            self.env.narrative.tell(&place, &timex.reading);
        } else if timex.reach == Reach::At && named {
            self.env.narrative.speak(&place);
        }
        if place.unit == Unit::Quarter {
            let past = self.env.today.is_none_or(|today| place.start <= today);
            let compared = timex.reading.shift.is_some_and(|s| s.counted);
            if past && !compared {
                self.env.quarter = Some(place.start);
            }
        }
    }
}

fn timex(rules: &Rules, setting: &Setting<'_>, piece: &Piece, env: &Env) -> Timex {
    let reading = piece.reading;
    let span_of = |start: usize, end: usize| {
        Span::new(setting.atoms[start].start, setting.atoms[end - 1].end)
    };
    let span = span_of(piece.start, piece.end);
    let anchor = anchor(&reading);
    let names: Vec<&str> = piece
        .rules
        .iter()
        .map(|&r| rules.rules[r as usize].name.as_str())
        .collect();
    Timex {
        tokens: setting
            .doc
            .map_or(TokRange::default(), |doc| doc.tokens_in(span)),
        span,
        kind: kind(&reading),
        value: value::of(&reading, env),
        modifier: reading.modifier.map(|m| m.as_str()),
        interval: match anchor {
            Anchor::Narrative
                if env.narrative.is_told || counts_from_speech(setting, piece, env) =>
            {
                resolve::interval(&reading, env)
            }
            Anchor::Narrative => None,
            _ => resolve::interval(&reading, env),
        },
        time_of_day: piece
            .time
            .map(|(start, end)| span_of(setting.time_lead(start), end)),
        clock: reading.clock,
        weekday: reading.weekday,
        relative: anchor != Anchor::None,
        anchor,
        reach: setting.reach(piece),
        impossible: reading.impossible,
        rule: names.join("+"),
        reading,
    }
}

/// "The army said on Wednesday that it had been attacked the previous day": days back count from
/// the day of the words, where no other has been told; "the day before the vote" does not.
fn counts_from_speech(setting: &Setting<'_>, piece: &Piece, env: &Env) -> bool {
    let back = |shift: Shift| shift.offset < 0 && shift.unit <= Unit::Week;
    let of_a_happening = piece.reading.of_next
        && setting
            .atoms
            .get(piece.end)
            .is_some_and(|a| a.kind == Kind::Letters);
    env.narrative.is_spoken && piece.reading.shift.is_some_and(back) && !of_a_happening
}

fn kind(reading: &Reading) -> TimexKind {
    if reading.set {
        TimexKind::Set
    } else if reading.duration.is_some() {
        TimexKind::Duration
    } else if matches!(reading.time, Some(TimeOfDay::Clock(_) | TimeOfDay::Part(_))) {
        TimexKind::Time
    } else {
        TimexKind::Date
    }
}

fn anchor(reading: &Reading) -> Anchor {
    if reading.set || reading.reference.is_some() {
        return Anchor::None;
    }
    if reading.beyond.is_some() {
        return Anchor::Narrative;
    }
    if reading.duration.is_some() {
        return if reading.up_to_now {
            Anchor::Publication
        } else {
            Anchor::None
        };
    }
    if let Some(shift) = reading.shift {
        return match shift.from {
            From::Publication => Anchor::Publication,
            From::Narrative => Anchor::Narrative,
        };
    }
    if reading.year.is_some() || reading.decade.is_some() || reading.century.is_some() {
        return Anchor::None;
    }
    let has_day = reading.day.is_some()
        || reading.weekday.is_some()
        || reading.month.is_some()
        || reading.holiday.is_some()
        || reading.season.is_some()
        || reading.quarter.is_some()
        || reading.half.is_some();
    if has_day {
        Anchor::Publication
    } else {
        Anchor::Narrative
    }
}

/// Moves an interval; used where a range wraps around the week.
pub(crate) fn back_a_week(interval: Interval) -> Option<Interval> {
    let back = |d: Date| calendar::add_days(d, -7);
    Some(Interval {
        start: back(interval.start)?,
        end: back(interval.end)?,
        ..interval
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tarikh_syntax::Analyzer;
    use tarikh_text::{Metadata, Report};

    use super::*;
    use crate::{Clock, resolve_from};

    /// Wednesday.
    const PUBLISHED: Date = date(2020, 11, 18);

    fn context() -> Context {
        Context {
            published: Some(PUBLISHED),
            ..Context::default()
        }
    }

    /// The first expression of a text and the words of its time of day.
    fn first(text: &str) -> (Timex, Option<String>) {
        let report = Report::new(Metadata::default(), text);
        let doc = Analyzer::new().tokenize(&report);
        let found = Recognizer::new().find(&doc, &context());
        let timex = found
            .first()
            .unwrap_or_else(|| panic!("nothing found in {text:?}"));
        assert_eq!(
            doc.range_span(timex.tokens).cover(timex.span),
            doc.range_span(timex.tokens)
        );
        let time = timex.time_of_day.map(|s| s.of(doc.text()).to_owned());
        (timex.clone(), time)
    }

    #[test]
    fn words_of_the_time_of_day() {
        for (text, time) in [
            ("It fell at 1:10 pm on Saturday.", Some("1:10 pm")),
            ("It fell before dawn on Friday.", Some("before dawn")),
            (
                "It fell shortly after midnight on Friday.",
                Some("shortly after midnight"),
            ),
            ("It fell early on Saturday.", Some("early")),
            (
                "It fell early on Saturday morning.",
                Some("early on Saturday morning"),
            ),
            (
                "It fell early in the morning of 3 May.",
                Some("early in the morning"),
            ),
            ("It fell overnight.", Some("overnight")),
            ("It fell on Saturday afternoon.", Some("afternoon")),
            (
                "It fell at around 7.50 am local time.",
                Some("around 7.50 am local time"),
            ),
            (
                "It fell during the midday prayers on Friday.",
                Some("midday prayers"),
            ),
            ("It fell on Saturday.", None),
            ("It fell in late October.", None),
        ] {
            assert_eq!(first(text).1.as_deref(), time, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_names_its_clock() {
        for (text, clock) in [
            ("It fell at 1100 GMT on Saturday.", Clock::Universal),
            ("It fell at 11:00 UTC.", Clock::Universal),
            ("It fell at 7.50 am local time.", Clock::Local),
            ("It fell at 5 pm EST on Monday.", Clock::Other),
            ("It fell at 5 pm on Monday.", Clock::Unsaid),
            ("It fell at dawn.", Clock::Unsaid),
        ] {
            assert_eq!(first(text).0.clock, clock, "{text}");
        }
    }

    #[test]
    fn reach_is_told_by_the_preposition() {
        for (text, reach) in [
            ("Many have fled since 2012.", Reach::Since),
            ("The curfew holds until Monday.", Reach::Until),
            ("They must leave by 3 May.", Reach::Until),
            ("They fought for three days.", Reach::For),
            ("Shelling over the past week killed six.", Reach::For),
            ("Attacks grew in recent months.", Reach::For),
            ("Nine died on Monday.", Reach::At),
            ("They fought from Monday to Wednesday.", Reach::At),
            ("After Friday nobody came.", Reach::Since),
        ] {
            assert_eq!(first(text).0.reach, reach, "{text}");
        }
    }

    #[test]
    fn narrative_expressions_count_from_the_day_told_of() {
        let day = date(2020, 8, 7);
        for (text, start, precision) in [
            ("Two days later the army came.", date(2020, 8, 9), 2),
            ("Two days earlier the army came.", date(2020, 8, 5), 2),
            ("The next day the army came.", date(2020, 8, 8), 1),
            ("The following morning the army came.", date(2020, 8, 8), 1),
            ("The previous day the army came.", date(2020, 8, 6), 1),
            ("That day the army came.", day, 1),
            ("The same night the army came.", day, 1),
            ("At dawn the army came.", day, 1),
            ("The following Monday the army came.", date(2020, 8, 10), 1),
        ] {
            let timex = first(text).0;
            assert_eq!(
                (timex.anchor, timex.interval),
                (Anchor::Narrative, None),
                "{text}"
            );
            let interval = resolve_from(&timex, day).map(|i| (i.start, i.precision));
            assert_eq!(interval, Some((start, precision)), "{text}");
        }
    }

    #[test]
    fn a_duration_has_no_days() {
        let timex = first("They fought for three days.").0;
        assert_eq!((timex.kind, timex.interval), (TimexKind::Duration, None));
        assert_eq!(resolve_from(&timex, PUBLISHED), None);
    }

    #[test]
    fn dates_written_alone() {
        let recognizer = Recognizer::new();
        let parse = |words: &str| recognizer.parse_date(words, &context()).map(|i| i.start);
        assert_eq!(parse("Aug 22"), Some(date(2020, 8, 22)));
        assert_eq!(parse("Aug. 22"), Some(date(2020, 8, 22)));
        assert_eq!(parse("3 May"), Some(date(2020, 5, 3)));
        assert_eq!(parse("February 12, 2020"), Some(date(2020, 2, 12)));
        assert_eq!(parse(" 2020-02-12 "), Some(date(2020, 2, 12)));
        assert_eq!(parse("12 February 2020"), Some(date(2020, 2, 12)));
        assert_eq!(parse("19 NOV 89"), Some(date(1989, 11, 19)));
        assert_eq!(parse("3 March 14"), Some(date(2014, 3, 3)));
        assert_eq!(parse("Wednesday"), Some(PUBLISHED));
        assert_eq!(parse("31 February 2020"), None);
        assert_eq!(parse("Bamako"), None);
        assert_eq!(parse(""), None);
        assert_eq!(parse(&"9".repeat(10_000)), None);
    }

    #[test]
    fn the_dateline_serves_without_a_day_of_publication() {
        let report = Report::new(Metadata::default(), "Nine died yesterday.");
        let doc = Analyzer::new().tokenize(&report);
        let context = Context {
            dateline: Some(PUBLISHED),
            ..Context::default()
        };
        let found = Recognizer::new().find(&doc, &context);
        assert_eq!(found[0].value, "2020-11-17");
    }
}
