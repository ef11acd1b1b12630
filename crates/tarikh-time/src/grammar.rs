//! Rules applied to a sentence: the longest match at each place, then joins of neighbours.

use crate::atoms::{Atom, Kind};
use crate::build::{Capture, build};
use crate::calendars::Calendar;
use crate::cues::Cue;
use crate::numerals::{Found, Numerals};
use crate::reading::{Reading, Shape};
use crate::rules::{Rule, Rules, Slot};

/// An expression in the making.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// First atom.
    pub(crate) start: usize,
    /// One past the last atom.
    pub(crate) end: usize,
    pub(crate) reading: Reading,
    /// Atoms of the time of day.
    pub(crate) time: Option<(usize, usize)>,
    /// Dropped unless joined.
    weak: bool,
    /// Rules that read it, in order of their words.
    pub(crate) rules: Vec<u16>,
}

impl Piece {
    /// The same, known to a day or so.
    pub(crate) fn by_the_moon(&self) -> Self {
        let reading = Reading {
            calendar: Calendar::Moon,
            ..self.reading
        };
        Self {
            reading,
            ..self.clone()
        }
    }

    /// Whether the expression behind it tells only what it comes before.
    pub(crate) fn ends_before_next(&self, rules: &Rules) -> bool {
        self.rules
            .iter()
            .any(|&rule| rules.rules[rule as usize].ends_before_next)
    }
}

/// The expressions of one sentence, in order, without overlap.
pub(crate) fn pieces(rules: &Rules, text: &str, atoms: &[Atom]) -> Vec<Piece> {
    let sentence = Sentence::new(rules, text, atoms);
    let mut found = Vec::new();
    let mut captures = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        match sentence.longest(at, &mut captures) {
            Some(piece) => {
                at = piece.end;
                found.push(piece);
            }
            None => at += 1,
        }
    }
    let mut joined: Vec<Piece> = Vec::with_capacity(found.len());
    for piece in found {
        let mut piece = piece;
        while let Some(last) = joined.last()
            && let Some(both) = sentence.join(last, &piece)
        {
            joined.pop();
            piece = both;
        }
        joined.push(piece);
    }
    drop_weak(&mut joined);
    joined
}

/// Most atoms between a distance and the day that it counts from ("after the").
pub(crate) const MAX_LINK: usize = 2;

/// Drops what has found no neighbour to join, or none to count from ("the eve of the vote").
fn drop_weak(pieces: &mut Vec<Piece>) {
    let starts: Vec<usize> = pieces.iter().skip(1).map(|p| p.start).collect();
    let mut next = starts.into_iter().map(Some).chain([None]);
    pieces.retain(|piece| {
        let next = next.next().flatten();
        let counts = piece.reading.of_next && next.is_some_and(|n| n - piece.end <= MAX_LINK);
        !piece.weak || counts
    });
}

/// Fewest words that show a sentence to be written in capitals.
const MIN_CAPITALS: usize = 4;

/// A sentence with all that may begin at each of its atoms.
struct Sentence<'a> {
    rules: &'a Rules,
    atoms: &'a [Atom],
    /// Slots that begin at each atom: `found[first[i]..first[i + 1]]`.
    found: Vec<Found>,
    first: Vec<u32>,
    /// Whether all of it is in capitals, which then are no sign of a name.
    in_capitals: bool,
}

impl<'a> Sentence<'a> {
    fn new(rules: &'a Rules, text: &'a str, atoms: &'a [Atom]) -> Self {
        let word_value = |i: usize, slot: Slot| {
            let node = rules.vocabulary.step(0, atoms[i].word)?;
            let accepts = rules.vocabulary.accepts(node);
            accepts.iter().find(|e| e.slot == slot).map(|e| e.value)
        };
        let values = |slot| -> Vec<Option<i32>> {
            (0..atoms.len())
                .map(|i| {
                    if atoms[i].word == 0 {
                        None
                    } else {
                        word_value(i, slot)
                    }
                })
                .collect()
        };
        let (number_words, ordinal_words) = (values(Slot::NumberWord), values(Slot::OrdinalWord));
        let numerals = Numerals {
            text,
            atoms,
            writing: &rules.writing,
            number_words: &number_words,
            ordinal_words: &ordinal_words,
        };
        let mut found = Vec::new();
        let mut first = Vec::with_capacity(atoms.len() + 1);
        let without_capitals = is_without_capitals(atoms);
        for i in 0..atoms.len() {
            first.push(found.len() as u32);
            numerals.at(i, &mut found);
            vocabulary(rules, (text, atoms), i, without_capitals, &mut found);
        }
        first.push(found.len() as u32);
        Self {
            rules,
            atoms,
            found,
            first,
            in_capitals: is_in_capitals(text, atoms),
        }
    }

    /// The longest match that begins at atom `start`; the earlier rule where two are as long.
    fn longest(&self, start: usize, captures: &mut Vec<Capture>) -> Option<Piece> {
        let mut best: Option<(usize, u16, Piece)> = None;
        self.walk(0, start, start, captures, &mut best);
        best.map(|(_, _, piece)| piece)
    }

    fn walk(
        &self,
        node: u32,
        start: usize,
        at: usize,
        captures: &mut Vec<Capture>,
        best: &mut Option<(usize, u16, Piece)>,
    ) {
        let patterns = &self.rules.patterns;
        for &number in patterns.accepts(node) {
            let better = best
                .as_ref()
                .is_none_or(|(end, rule, _)| at > *end || (at == *end && number < *rule));
            if better && let Some(piece) = self.piece(number, start, at, captures) {
                *best = Some((at, number, piece));
            }
        }
        let Some(atom) = self.atoms.get(at) else {
            return;
        };
        if atom.word != 0
            && let Some(next) = patterns.step(node, atom.word)
        {
            self.walk(next, start, at + 1, captures, best);
        }
        let range = self.first[at] as usize..self.first[at + 1] as usize;
        for &(slot, length, value) in &self.found[range] {
            if let Some(next) = patterns.step(node, slot.symbol()) {
                captures.push(Capture {
                    slot,
                    value,
                    start: at,
                    end: at + length,
                });
                self.walk(next, start, at + length, captures, best);
                captures.pop();
            }
        }
    }

    fn piece(&self, number: u16, start: usize, end: usize, captures: &[Capture]) -> Option<Piece> {
        let rule = &self.rules.rules[number as usize];
        let guards = &self.rules.guards[number as usize];
        let before = start.checked_sub(1).map_or(0, |i| self.atoms[i].word);
        let behind = self.atoms.get(end).map_or(0, |a| a.word);
        let allowed = (guards.after.is_empty() || guards.after.contains(&before))
            && (guards.before.is_empty() || guards.before.contains(&behind))
            && !(before != 0 && guards.not_after.contains(&before))
            && !(behind != 0 && guards.not_before.contains(&behind));
        // A word is read whole: not "may" in "may-be" cut by a letter, nor digits glued to letters.
        let cut = self.atoms.get(end).is_some_and(|a| {
            let last = &self.atoms[end - 1];
            !a.spaced && a.kind != Kind::Mark && last.kind != Kind::Mark
        });
        let named = (rule.not_name && self.continues_name(start))
            || (rule.not_before_name && self.opens_name(start, end));
        let numbered =
            rule.not_before_number && self.atoms.get(end).is_some_and(|a| a.kind == Kind::Digits);
        if !allowed || cut || named || numbered || self.is_in_title(start, end) {
            return None;
        }
        let reading = build(rule, captures)?;
        let time = time_atoms(rule, captures, start, end);
        Some(Piece {
            start,
            end,
            reading,
            time,
            weak: rule.weak,
            rules: vec![number],
        })
    }

    /// Whether the capitalised word at `start` continues a name ("Theresa May", "People's
    /// Daily") or a day that does not exist ("31 February").
    fn continues_name(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1).map(|i| &self.atoms[i]) else {
            return false;
        };
        let possessive = before.kind == Kind::Letters && !before.spaced && !before.capital;
        let number = before.kind == Kind::Digits && before.end - before.start <= 2;
        let named = is_named(before) && !self.in_capitals;
        self.atoms[start].capital && (named || possessive || number)
    }

    /// Whether the capitalised words at `start..end` open a name ("April Brown", "Jan-Bako").
    fn opens_name(&self, start: usize, end: usize) -> bool {
        let behind = match &self.atoms[end..] {
            [hyphen, behind, ..] if hyphen.kind == Kind::Mark && !behind.spaced => Some(behind),
            [behind, ..] => Some(behind),
            [] => None,
        };
        self.atoms[start].capital && !self.in_capitals && behind.is_some_and(is_named)
    }

    /// Whether the words belong to the name of a thing ("the 17 October Brigades", "Bloody
    /// Sunday").
    fn is_in_title(&self, start: usize, end: usize) -> bool {
        let is = |atom: Option<&Atom>, cue: Cue| {
            atom.is_some_and(|a| a.capital && a.spaced && self.rules.cues.has(a.word, cue))
        };
        // "Ms. June"
        let is_dot = |i: &usize| self.atoms[*i].kind == Kind::Mark && !self.atoms[*i].spaced;
        let before = start.checked_sub(1).and_then(|i| match is_dot(&i) {
            true => i.checked_sub(1),
            false => Some(i),
        });
        let before = before.map(|i| &self.atoms[i]);
        is(self.atoms.get(end), Cue::Title)
            || (self.atoms[start].capital && !self.in_capitals && is(before, Cue::Epithet))
    }

    /// Both pieces as one, if a join of the data file allows it.
    fn join(&self, left: &Piece, right: &Piece) -> Option<Piece> {
        let between = &self.atoms[left.end..right.start];
        let (a, b) = (left.reading.shape(), right.reading.shape());
        // "Sunday, the eve of the vote": what counts from something behind it names no part of this day.
        if right.reading.of_next {
            return None;
        }
        self.rules.joins.iter().find(|join| {
            join.left.contains(&a)
                && join.right.contains(&b)
                && join.glue.iter().any(|glue| {
                    glue.len() == between.len()
                        && glue.iter().zip(between).all(|(g, atom)| *g == atom.word)
                })
        })?;
        let reading = left.reading.join(&right.reading)?;
        let is_day = |s: Shape| matches!(s, Shape::Weekday | Shape::Day | Shape::Time);
        // "early" on a day is a time of day; in a year it is not.
        let vague = |p: &Piece, shape: Shape, other: Shape| {
            (shape == Shape::Part && is_day(other) && p.reading.time.is_some())
                .then_some((p.start, p.end))
        };
        let left_time = left.time.or(vague(left, a, b));
        let right_time = right.time.or(vague(right, b, a));
        let time = match (left_time, right_time) {
            (Some((s, e)), Some((s2, e2))) => Some((s.min(s2), e.max(e2))),
            (x, y) => x.or(y),
        };
        Some(Piece {
            start: left.start,
            end: right.end,
            reading,
            time,
            // "early" and "morning" alone are no expressions, "early in the morning" is.
            weak: left.weak && right.weak && !(a == Shape::Part && b == Shape::Time),
            rules: [left.rules.as_slice(), &right.rules].concat(),
        })
    }
}

/// Whether a sentence of some words has hardly a small letter.
fn is_in_capitals(text: &str, atoms: &[Atom]) -> bool {
    let words = atoms.iter().filter(|a| a.kind == Kind::Letters);
    let (mut n, mut small) = (0, 0);
    for word in words {
        n += 1;
        small += usize::from(word.of(text).chars().any(char::is_lowercase));
    }
    n >= MIN_CAPITALS && small * 5 < n
}

/// Whether a sentence of some words has no capital at all, which then is no sign of anything.
fn is_without_capitals(atoms: &[Atom]) -> bool {
    let words = atoms.iter().filter(|a| a.kind == Kind::Letters);
    let (n, capitals) = words.fold((0, 0), |(n, c), a| (n + 1, c + usize::from(a.capital)));
    n >= MIN_CAPITALS && capitals == 0
}

/// Whether an atom can be part of a name.
fn is_named(atom: &Atom) -> bool {
    atom.kind == Kind::Letters && atom.capital && atom.word == 0
}

/// Appends the vocabulary's slots that begin at atom `i`.
fn vocabulary(
    rules: &Rules,
    (text, atoms): (&str, &[Atom]),
    i: usize,
    without_capitals: bool,
    found: &mut Vec<Found>,
) {
    let mut node = 0;
    for (n, atom) in atoms[i..].iter().enumerate() {
        // A mark inside a word stands without a blank ("a.m.", "o'clock").
        if n > 0 && atom.kind == Kind::Mark && atom.spaced {
            return;
        }
        if atom.word == 0 {
            return;
        }
        let Some(next) = rules.vocabulary.step(node, atom.word) else {
            return;
        };
        node = next;
        for entry in rules.vocabulary.accepts(node) {
            // "gunmen came on monday"; "mar." and "sat." are other words there.
            let small = without_capitals && atom.of(text) != ".";
            if !entry.capital || atoms[i].capital || small {
                found.push((entry.slot, n + 1, entry.value));
            }
        }
    }
}

/// The atoms of the time of day among the captures.
fn time_atoms(
    rule: &Rule,
    captures: &[Capture],
    start: usize,
    end: usize,
) -> Option<(usize, usize)> {
    let times = captures.iter().filter(|c| is_time(c.slot));
    let span = times.fold(None, |span: Option<(usize, usize)>, c| {
        Some(span.map_or((c.start, c.end), |(s, e)| (s.min(c.start), e.max(c.end))))
    });
    let whole = Some((start, end));
    // "1430 hrs"
    let times_only = captures.iter().all(|c| is_time(c.slot));
    match span {
        Some((first, last)) if rule.minutes.is_none() && times_only && last < end => {
            Some((first, end))
        }
        Some(span) if rule.minutes.is_none() => Some(span),
        Some(_) => whole,
        None => whole.filter(|_| rule.daypart.is_some()),
    }
}

fn is_time(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::Daypart
            | Slot::Dayparts
            | Slot::Clock
            | Slot::DotClock
            | Slot::BareClock
            | Slot::Hour
            | Slot::Meridiem
            | Slot::Zone
    )
}
