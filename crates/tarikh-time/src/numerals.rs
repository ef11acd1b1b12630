//! Numbers, years, clock times and numeric dates at a place in the text.

use crate::atoms::{Atom, Kind};
use crate::rules::{Slot, Writing};

/// What stands at an atom: slot, number of atoms, value.
pub(crate) type Found = (Slot, usize, i32);

/// The sentence that numbers are read from.
#[derive(Clone, Copy)]
pub(crate) struct Numerals<'a> {
    pub(crate) text: &'a str,
    pub(crate) atoms: &'a [Atom],
    pub(crate) writing: &'a Writing,
    /// For each atom its value as a number word ("twenty"), if it is one.
    pub(crate) number_words: &'a [Option<i32>],
    /// The same for ordinals ("third").
    pub(crate) ordinal_words: &'a [Option<i32>],
}

/// Longest run of digits that is read as a number.
const MAX_DIGITS: usize = 9;

impl Numerals<'_> {
    /// Appends all that begins at atom `i`.
    pub(crate) fn at(&self, i: usize, out: &mut Vec<Found>) {
        match self.atoms[i].kind {
            Kind::Digits if !self.is_inside(i) => self.digits(i, out),
            Kind::Letters => self.words(i, out),
            _ => {}
        }
    }

    fn atom_text(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| a.of(self.text))
    }

    /// Whether atom `i` follows without a blank and is this mark.
    fn tight(&self, i: usize, mark: &str) -> bool {
        self.atoms.get(i).is_some_and(|a| !a.spaced) && self.atom_text(i) == mark
    }

    /// The value of the digits at `i` when they follow without a blank and have `n` digits at most.
    fn tight_digits(&self, i: usize, n: usize) -> Option<i32> {
        let atom = self.atoms.get(i)?;
        (atom.kind == Kind::Digits && !atom.spaced && (atom.end - atom.start) as usize <= n)
            .then(|| self.atom_text(i).parse().ok())?
    }

    /// Whether the digits at `i` continue something: a name ("AK-47", "F16"), a sum ("$40"), a
    /// longer number ("1,200") or a road or team number ("#9").
    fn is_inside(&self, i: usize) -> bool {
        let atom = &self.atoms[i];
        let Some(before) = i.checked_sub(1) else {
            return false;
        };
        if self.atom_text(before) == "$" {
            return true;
        }
        if atom.spaced {
            return false;
        }
        let previous = &self.atoms[before];
        let earlier = before.checked_sub(1).map(|j| &self.atoms[j]);
        match self.atom_text(before) {
            // "2020-11-10T14:30"
            "T" => !earlier.is_some_and(|e| e.kind == Kind::Digits && !previous.spaced),
            _ if previous.kind == Kind::Letters => true,
            "\u{a3}" | "\u{20ac}" | "#" | "%" => true,
            "." | "," | ":" | "/" => {
                earlier.is_some_and(|e| e.kind == Kind::Digits) && !previous.spaced
            }
            "-" => {
                !previous.spaced && earlier.is_some_and(|e| e.kind == Kind::Letters && e.word == 0)
            }
            _ => false,
        }
    }

    fn digits(&self, i: usize, out: &mut Vec<Found>) {
        let atom = &self.atoms[i];
        let n_digits = (atom.end - atom.start) as usize;
        if n_digits > MAX_DIGITS {
            return;
        }
        let Ok(value) = self.atom_text(i).parse::<i32>() else {
            return;
        };
        self.composed(i, value, n_digits, out);
        // "3rd", "20th"
        if let Some(next) = self.atoms.get(i + 1)
            && !next.spaced
            && next.kind == Kind::Letters
        {
            let suffix = self.atom_text(i + 1);
            let is = |s: &String| s.eq_ignore_ascii_case(suffix);
            if self.writing.ordinal_suffixes.iter().any(is) {
                out.push((Slot::Ordinal, 2, value));
                if (1..=31).contains(&value) && n_digits <= 2 {
                    out.push((Slot::Day, 2, value));
                    out.push((Slot::OrdinalDay, 2, value));
                } else if n_digits == 2 {
                    out.push((Slot::NoDay, 2, value));
                }
                return;
            }
            if suffix == self.writing.decade_suffix && value % 10 == 0 {
                match n_digits {
                    4 => out.push((Slot::Decade, 2, value)),
                    // "in his 20s" is an age, "the 20s" and "the '20s" are not.
                    2 if self.is_named_decade(i) => out.push((Slot::Decade, 2, 1900 + value)),
                    _ => {}
                }
            }
        }
        if n_digits == 4
            && value % 10 == 0
            && self.tight(i + 1, "'")
            && self.tight(i + 2, &self.writing.decade_suffix)
        {
            out.push((Slot::Decade, 3, value));
        }
        let (length, whole) = self.thousands(i, value, n_digits);
        let fraction = length == 1
            && (self.tight(i + 1, ".") || self.tight(i + 1, ","))
            && self.tight_digits(i + 2, MAX_DIGITS).is_some();
        if fraction {
            return;
        }
        out.push((Slot::Number, length, whole));
        if length > 1 {
            return;
        }
        if n_digits <= 2 && (1..=31).contains(&value) {
            out.push((Slot::Day, 1, value));
        }
        if n_digits == 2 && value > 31 {
            out.push((Slot::NoDay, 1, value));
        }
        if n_digits > 4 {
            out.push((Slot::NoYear, 1, value));
        }
        if n_digits <= 2 && value <= 24 {
            out.push((Slot::Hour, 1, value));
        }
        if n_digits == 4 {
            if (1000..=2999).contains(&value) && !self.continues_number(i) {
                out.push((Slot::Year, 1, value));
            }
            if value / 100 <= 24 && value % 100 < 60 {
                out.push((Slot::BareClock, 1, value / 100 * 60 + value % 100));
            }
        }
    }

    /// Clock times and numeric dates.
    fn composed(&self, i: usize, value: i32, n_digits: usize, out: &mut Vec<Found>) {
        let minutes = |at: usize| {
            let atom = self.atoms.get(at)?;
            let two = atom.end - atom.start == 2;
            self.tight_digits(at, 2).filter(|&m| two && m < 60)
        };
        if n_digits <= 2 && value <= 24 {
            if self.tight(i + 1, ":")
                && let Some(m) = minutes(i + 2)
            {
                let seconds = self.tight(i + 3, ":") && minutes(i + 4).is_some();
                out.push((Slot::Clock, if seconds { 5 } else { 3 }, value * 60 + m));
            }
            // "14h30"
            if self.tight(i + 1, "h")
                && let Some(m) = minutes(i + 2)
            {
                out.push((Slot::Clock, 3, value * 60 + m));
            }
            if self.tight(i + 1, ".")
                && let Some(m) = minutes(i + 2)
            {
                out.push((Slot::DotClock, 3, value * 60 + m));
            }
        }
        let three = |mark: &str, widths: [usize; 2]| {
            let goes_on = self.tight(i + 5, mark) && self.tight_digits(i + 6, MAX_DIGITS).is_some();
            if !self.tight(i + 1, mark) || !self.tight(i + 3, mark) || goes_on {
                return None;
            }
            Some((
                self.tight_digits(i + 2, widths[0])?,
                self.tight_digits(i + 4, widths[1])?,
            ))
        };
        // A year of five digits is read, too: as one that does not exist.
        let by_year = || three("-", [2, 2]).or_else(|| three("/", [2, 2]));
        if matches!(n_digits, 4 | 5)
            && let Some((m, d)) = by_year().or_else(|| three(".", [2, 2]))
        {
            out.push((Slot::IsoDate, 5, value * 10_000 + m * 100 + d));
        }
        // Dotted dates begin with the day.
        if n_digits <= 2
            && let Some((month, year @ 1000..=2999)) = three(".", [2, 4])
        {
            out.push((Slot::IsoDate, 5, year * 10_000 + month * 100 + value));
        }
        // "the night of 14/15 November"
        if (1..31).contains(&value)
            && self.tight(i + 1, "/")
            && self.tight_digits(i + 2, 2) == Some(value + 1)
            && !self.tight(i + 3, "/")
        {
            out.push((Slot::DayPair, 3, value));
        }
        if n_digits <= 2
            && let Some((second, year)) =
                three("/", [2, 4]).or_else(|| three("-", [2, 4]).filter(|(_, year)| 1000 <= *year))
        {
            let (m, d) = self.month_and_day(value, second);
            let year = match year {
                0..50 => 2000 + year,
                50..100 => 1900 + year,
                _ => year,
            };
            if (1000..=2999).contains(&year) {
                out.push((Slot::SlashDate, 5, year * 10_000 + m * 100 + d));
            }
        }
        // "on 13/09"
        if n_digits <= 2
            && self.tight(i + 1, "/")
            && !self.tight(i + 3, "/")
            && let Some(second) = self.tight_digits(i + 2, 2)
        {
            let (m, d) = self.month_and_day(value, second);
            if (1..=12).contains(&m) && (1..=31).contains(&d) {
                out.push((Slot::BareDate, 3, m * 100 + d));
            }
        }
    }

    /// Month and day of "3/4" in the order of the language, unless that cannot be.
    fn month_and_day(&self, first: i32, second: i32) -> (i32, i32) {
        let month_first = match self.writing.month_first {
            true => first <= 12,
            false => second > 12,
        };
        match month_first {
            true => (first, second),
            false => (second, first),
        }
    }

    /// Whether two digits and "s" at `i` name a decade.
    fn is_named_decade(&self, i: usize) -> bool {
        let lead = i.checked_sub(1).map_or("", |before| self.atom_text(before));
        let is = |s: &String| s.eq_ignore_ascii_case(lead);
        lead == "'" || self.writing.decade_leads.iter().any(is)
    }

    /// Whether the four digits at `i` open something else than a year: "2020-555-0199", "2000%".
    fn continues_number(&self, i: usize) -> bool {
        let joined = self.tight(i + 1, "-") || self.tight(i + 1, "/");
        let behind = self
            .atoms
            .get(i + 2)
            .filter(|a| a.kind == Kind::Digits && !a.spaced);
        let year = behind.is_none_or(|a| matches!(a.end - a.start, 2 | 4));
        self.tight(i + 1, "%") || (joined && !year)
    }

    /// "1,200", "1 200 000" is not read: length in atoms and value.
    fn thousands(&self, i: usize, first: i32, n_digits: usize) -> (usize, i32) {
        let (mut length, mut value) = (1, first);
        if n_digits > 3 {
            return (length, value);
        }
        while self.tight(i + length, ",")
            && let Some(atom) = self.atoms.get(i + length + 1)
            && atom.end - atom.start == 3
            && let Some(group) = self.tight_digits(i + length + 1, 3)
        {
            value = value.saturating_mul(1000).saturating_add(group);
            length += 2;
        }
        (length, value)
    }

    /// Number words: "twenty-four", "two hundred and five", "nineteen ninety-six", "twenty-first".
    fn words(&self, i: usize, out: &mut Vec<Found>) {
        if let Some(value) = self.ordinal_words[i] {
            out.push((Slot::Ordinal, 1, value));
            if (1..=31).contains(&value) {
                out.push((Slot::Day, 1, value));
            }
        }
        let Some(first) = self.number_words[i] else {
            return;
        };
        let (mut total, mut group, mut length, mut last) = (0i32, first, 1, first);
        loop {
            let hyphen = usize::from(self.tight(i + length, "-"));
            let and = usize::from(
                last >= 100
                    && hyphen == 0
                    && self
                        .atom_text(i + length)
                        .eq_ignore_ascii_case(&self.writing.and),
            );
            let at = i + length + hyphen + and;
            if (20..100).contains(&last)
                && let Some(Some(unit)) = self.ordinal_words.get(at)
                && *unit < 10
                && total == 0
                && group < 100
            {
                let value = group + unit;
                out.push((Slot::Ordinal, length + hyphen + 1, value));
                if (1..=31).contains(&value) {
                    out.push((Slot::Day, length + hyphen + 1, value));
                }
            }
            let Some(Some(word)) = self.number_words.get(at).copied() else {
                break;
            };
            match (last, word) {
                (10..=20, 10..=99) if length == 1 && hyphen == 0 => {
                    self.spoken_year(i, at, first, word, out);
                    break;
                }
                (20..=90, 1..=9) if last % 10 == 0 => group += word,
                (1..=99, 100) if group < 100 => group *= 100,
                (100, 1..=99) if group % 100 == 0 => group += word,
                (_, 1000..) if word > last => {
                    total = total.saturating_add(group.saturating_mul(word));
                    group = 0;
                }
                (1000.., 1..=99) if group == 0 => group = word,
                _ => break,
            }
            last = word;
            length = at + 1 - i;
        }
        let value = total.saturating_add(group);
        out.push((Slot::Number, length, value));
        if length > 1 && (2000..=2099).contains(&value) {
            out.push((Slot::Year, length, value));
        }
        if (1..=12).contains(&value) && length == 1 {
            out.push((Slot::Hour, 1, value));
        }
    }

    /// "nineteen ninety-six"
    fn spoken_year(&self, i: usize, at: usize, century: i32, tens: i32, out: &mut Vec<Found>) {
        let hyphen = usize::from(self.tight(at + 1, "-"));
        let unit = match self.number_words.get(at + 1 + hyphen) {
            Some(&Some(unit @ 1..=9)) if tens >= 20 => Some(unit),
            _ => None,
        };
        let (length, value) = match unit {
            Some(unit) => (at + 2 + hyphen - i, century * 100 + tens + unit),
            None => (at + 1 - i, century * 100 + tens),
        };
        out.push((Slot::Year, length, value));
    }
}
