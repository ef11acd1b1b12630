//! The words around an expression: whether it opens, closes or fills a time, whether it lies ahead,
//! and which two expressions make a range.

use tarikh_syntax::{Doc, TokRange};

use crate::atoms::{Atom, Kind};
use crate::calendar::{self, Unit};
use crate::cues::Cue;
use crate::grammar::{MAX_LINK, Piece};
use crate::reading::{Amount, Reading, Shape};
use crate::recognizer::back_a_week;
use crate::resolve;
use crate::rules::{Length, RangeWords, Rules};
use crate::timex::{Interval, Reach, Timex};

/// Where an expression stands.
pub(crate) struct Setting<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) text: &'a str,
    pub(crate) atoms: &'a [Atom],
    /// Penn tags of the atoms, `"_"` or nothing where there are none.
    pub(crate) tags: &'a [&'static str],
    pub(crate) doc: Option<&'a Doc>,
}

/// How far from an expression a verb may stand to decide where it lies, in atoms.
const VERB_WINDOW: usize = 12;

/// Most atoms between a distance and the day of what it counts from ("after the second vote of").
const MAX_NAMED_LINK: usize = 6;

/// How far before an expression the verb of speech may stand that it belongs to, in atoms.
const SPEECH_WINDOW: usize = 4;

impl Setting<'_> {
    fn has(&self, word: u16, cue: Cue) -> bool {
        self.rules.cues.has(word, cue)
    }

    fn word_before(&self, at: usize) -> u16 {
        at.checked_sub(1).map_or(0, |i| self.atoms[i].word)
    }

    /// How the expression stands to what happened, by the preposition before it.
    pub(crate) fn reach(&self, piece: &Piece) -> Reach {
        let before = self.word_before(piece.start);
        if before == 0 {
            return Reach::At;
        }
        // "before dawn on Friday" is on Friday, "since Friday's attack" tells when the attack was.
        let opens_with_time = piece.time.is_some_and(|(start, _)| start == piece.start);
        if opens_with_time && self.has(before, Cue::TimeLead) || self.is_possessive(piece.end) {
            return Reach::At;
        }
        // "after Friday prayers" is on Friday.
        let behind = self.atoms.get(piece.end).map_or(0, |a| a.word);
        if self.has(behind, Cue::Service) {
            return Reach::At;
        }
        let is_length = piece.reading.duration.is_some() || piece.reading.up_to_now;
        match is_length {
            true if self.has(before, Cue::Length) => Reach::For,
            false if self.has(before, Cue::Since) => Reach::Since,
            false if self.has(before, Cue::Until) => Reach::Until,
            _ => Reach::At,
        }
    }

    /// Whether it is an end that may lie ahead of what is told ("until June").
    pub(crate) fn is_open(&self, piece: &Piece) -> bool {
        let before = self.word_before(piece.start);
        self.has(before, Cue::OpenEnd)
    }

    /// Whether a possessive "'s" stands at atom `at`.
    fn is_possessive(&self, at: usize) -> bool {
        let tight = |i: usize| self.atoms.get(i).filter(|a| !a.spaced);
        let apostrophe = tight(at).is_some_and(|a| matches!(a.of(self.text), "'" | "\u{2019}"));
        apostrophe && tight(at + 1).is_some_and(|a| self.has(a.word, Cue::Possessive))
    }

    /// Whether the words between a distance and a day lead from the one to the other: "after", "after the vote
    /// of".
    pub(crate) fn links(&self, from: usize, to: usize) -> bool {
        let words = &self.atoms[from..to];
        let of = |a: &Atom| self.has(a.word, Cue::Of);
        let names = words.last().is_some_and(of) && words.iter().all(|a| a.kind == Kind::Letters);
        words.len() <= MAX_LINK || names && words.len() <= MAX_NAMED_LINK
    }

    /// The first atom of a time of day that begins at `start`, a word such as "before" included.
    pub(crate) fn time_lead(&self, start: usize) -> usize {
        let mut first = start;
        while self.has(self.word_before(first), Cue::TimeLead) && start - first < 2 {
            first -= 1;
        }
        first
    }

    /// Whether the verb that governs the expression looks ahead ("will meet on Monday") or back.
    ///
    /// The nearest verb before the expression decides; where none stands there, the nearest behind.
    pub(crate) fn is_ahead(&self, piece: &Piece) -> Option<bool> {
        let moved = self.has(self.word_before(piece.start), Cue::MovedTo);
        let near = |i: usize| self.tense(i, piece.start, moved);
        let from = piece.start.saturating_sub(VERB_WINDOW);
        let to = (piece.end + VERB_WINDOW).min(self.atoms.len());
        let before = (from..piece.start).rev().find_map(near);
        before.or_else(|| (piece.end..to).find_map(near)).flatten()
    }

    /// Whether the expression tells when somebody spoke ("police said late on Sunday") and not when
    /// it happened.
    pub(crate) fn is_of_speech(&self, piece: &Piece) -> bool {
        let from = piece.start.saturating_sub(SPEECH_WINDOW);
        let before = self.atoms[from..piece.start].iter().rev();
        before
            .take_while(|a| a.kind == Kind::Letters)
            .any(|a| self.has(a.word, Cue::Speech))
    }

    /// Whether an atom is a verb, and whether that looks ahead (`true`), back (`false`), or says
    /// nothing of what it reports (a verb of speech). `expression` is where the expression begins,
    /// `moved` whether it stands behind a word such as "to".
    fn tense(&self, i: usize, expression: usize, moved: bool) -> Option<Option<bool>> {
        let atom = &self.atoms[i];
        // "a would-be bomber" looks nowhere.
        let opens_compound =
            |next: &Atom| next.kind == Kind::Mark && !next.spaced && next.of(self.text) == "-";
        if atom.kind != Kind::Letters || self.atoms.get(i + 1).is_some_and(opens_compound) {
            return None;
        }
        if self.has(atom.word, Cue::Future) {
            // "had been due to expire on Friday" looks ahead from the past.
            return Some((!self.follows_past_perfect(i)).then_some(true));
        }
        // "extended to 16 November"
        if moved && i < expression && self.has(atom.word, Cue::Moved) {
            return Some(Some(true));
        }
        // "is to resume", "set to expire"
        let to = |next: &Atom| self.has(next.word, Cue::To);
        if self.has(atom.word, Cue::ToCome) && self.atoms.get(i + 1).is_some_and(to) {
            return Some(Some(true));
        }
        if self.has(atom.word, Cue::Told) {
            return Some(None);
        }
        // "to be paid"
        if self.has(atom.word, Cue::ToBe) && i >= 2 && to(&self.atoms[i - 1]) {
            return Some(Some(true));
        }
        // "will be held"
        let before = self.word_before(i);
        if self.has(before, Cue::Infinitive) {
            return None;
        }
        if self.has(atom.word, Cue::Past) {
            return Some(Some(false));
        }
        let tag = self.tags.get(i).copied().unwrap_or("_");
        // "they must leave on Monday", but not "they may have left on Monday"
        let perfect = |next: &Atom| self.has(next.word, Cue::Past);
        if tag == "MD" && i < expression && !self.atoms.get(i + 1).is_some_and(perfect) {
            return Some(Some(true));
        }
        // "the men arrested on Friday"
        let beside = i > expression || expression - i <= 2;
        if tag == "VBD" || (tag == "VBN" && beside) {
            return Some(Some(false));
        }
        let word = atom.of(self.text);
        let ends = |endings: &[String]| endings.iter().any(|end| word.ends_with(end.as_str()));
        let writing = &self.rules.writing;
        (tag == "_"
            && word.len() > 4
            && !atom.capital
            && ends(&writing.past_endings)
            && !ends(&writing.not_past_endings))
        .then_some(Some(false))
    }

    /// Whether "had" stands shortly before atom `i`.
    fn follows_past_perfect(&self, i: usize) -> bool {
        let before = &self.atoms[i.saturating_sub(3)..i];
        before.iter().any(|a| self.has(a.word, Cue::PastPerfect))
    }
}

/// Appends the Penn tag of the token at each atom of a sentence, `"_"` where there is none.
pub(crate) fn tags(doc: &Doc, sentence: TokRange, atoms: &[Atom], out: &mut Vec<&'static str>) {
    let mut tokens = sentence.iter().peekable();
    for atom in atoms {
        while tokens
            .next_if(|t| doc.span(*t).end() <= atom.start)
            .is_some()
        {}
        let here = tokens.peek().filter(|t| doc.span(**t).start() < atom.end);
        out.push(here.map_or("_", |t| doc.xpos(*t)));
    }
}

/// Two neighbours that make a range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    /// Index of the first piece; the second follows it.
    first: usize,
    /// Whether both ends belong to it.
    exact: bool,
    /// Whether the second must be the day after the first.
    next_day: bool,
    /// Whether the first is a length of time, and which end of it the second is.
    length: Option<Length>,
}

impl Range {
    fn new(first: usize, words: &RangeWords) -> Self {
        Self {
            first,
            exact: words.exact,
            next_day: words.next_day,
            length: words.length,
        }
    }
}

/// The ranges among the pieces of a sentence; a year named at the end goes to the beginning too.
pub(crate) fn ranges(rules: &Rules, atoms: &[Atom], pieces: &mut [Piece]) -> Vec<Range> {
    let mut out = Vec::new();
    for first in 1..pieces.len() {
        let (a, b) = (&pieces[first - 1], &pieces[first]);
        let [join] = &atoms[a.end..b.start] else {
            continue;
        };
        let open = a.start.checked_sub(1).map_or(0, |i| atoms[i].word);
        let measured = is_length_and_day(&a.reading, &b.reading);
        let words = rules.ranges.iter().find(|r| {
            r.join == join.word && (r.open == 0 || r.open == open) && r.length.is_some() == measured
        });
        let Some(words) = words else { continue };
        if measured {
            out.push(Range::new(first - 1, words));
            continue;
        }
        // "between 2 a.m. and 4 a.m. on Saturday"
        let same_day = a.reading.shape() == Shape::Time && b.reading.time.is_some();
        if same_day {
            let end = b.time.map(|(_, end)| end);
            let whole = a.time.zip(end).map(|((start, _), end)| (start, end));
            pieces[first - 1].time = whole;
            let (a, b) = (&pieces[first - 1], &pieces[first]);
            pieces[first - 1].reading = Reading {
                time: a.reading.time,
                modifier: a.reading.modifier,
                ..b.reading
            };
        } else if a.reading.shape() != b.reading.shape() {
            continue;
        }
        let (year, shift) = (pieces[first].reading.year, pieces[first].reading.shift);
        let a = &mut pieces[first - 1].reading;
        if a.year.is_none() && a.month.is_some() && a.shift.is_none() {
            a.year = year;
            a.shift = shift.filter(|s| s.unit == Unit::Year && year.is_none());
        }
        // "Monday through Friday next week"
        if a.weekday.is_some() && a.shift.is_none() && a.direction.is_none() {
            a.shift = shift.filter(|s| s.unit == Unit::Week);
        }
        out.push(Range::new(first - 1, words));
    }
    // "Friday, Saturday and Sunday": the first pair has the days of the second to take up, and
    // the second then those of the first.
    let rows = out
        .windows(2)
        .any(|w| w[0].next_day && w[0].first + 1 == w[1].first);
    if rows {
        let back: Vec<Range> = out.iter().rev().copied().collect();
        out = [back, out].concat();
    }
    out
}

/// "the week", "the three days" and the day that it ends or begins on.
fn is_length_and_day(a: &Reading, b: &Reading) -> bool {
    let length = matches!(a.duration, Some((Amount::Exactly(..), unit)) if unit >= Unit::Day);
    length && !a.up_to_now && matches!(b.shape(), Shape::Day | Shape::Weekday)
}

/// The days of a length of time of which one end is named.
fn measured(a: &Timex, b: &Timex, side: Length) -> Option<Interval> {
    let Some((Amount::Exactly(n, _), unit)) = a.reading.duration else {
        return None;
    };
    let day = b.interval.filter(|day| day.precision == 1)?;
    let (start, end) = match side {
        Length::Until => {
            let before = calendar::add(day.end, unit, n.checked_neg()?)?;
            (calendar::add_days(before, 1)?, day.end)
        }
        Length::From => {
            let after = calendar::add(day.start, unit, n)?;
            (day.start, calendar::add_days(after, -1)?)
        }
    };
    (start <= end).then(|| Interval {
        start,
        end,
        precision: resolve::precision(start, end),
    })
}

/// Gives both ends of a range the whole of it.
pub(crate) fn spread(timexes: &mut [Timex], range: Range) {
    let [a, b, ..] = &mut timexes[range.first..] else {
        return;
    };
    if let Some(side) = range.length {
        if let Some(whole) = measured(a, b, side) {
            (a.interval, b.interval) = (Some(whole), Some(whole));
        }
        return;
    }
    let (Some(mut first), Some(mut last)) = (a.interval, b.interval) else {
        return;
    };
    if range.next_day {
        let touches = calendar::add_days(first.end, 1).is_some_and(|next| next >= last.start);
        let days = first.precision == 1 && last.precision == 1;
        let months = [&*a, &*b].iter().all(|t| t.reading.shape() == Shape::Month);
        if !touches || first.start > last.start || !(days || months) {
            return;
        }
        last.end = last.end.max(first.end);
    }
    if first.start > last.end && a.weekday.is_some() {
        match back_a_week(first) {
            Some(earlier) => first = earlier,
            None => return,
        }
        a.value = first.start.to_string();
    }
    if first.start > last.end {
        return;
    }
    let days_known = first.precision == 1 && last.precision == 1;
    let precision = match range.exact && days_known && a.time_of_day.is_none() {
        true => 1,
        false => resolve::precision(first.start, last.end),
    };
    let whole = Some(Interval {
        start: first.start,
        end: last.end,
        precision,
    });
    for end in [a, b] {
        end.interval = whole;
        end.reach = Reach::At;
    }
}
