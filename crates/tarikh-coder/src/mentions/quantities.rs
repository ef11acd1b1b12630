//! Numbers of people as the report puts them: "at least nine", "13 or 14", "dozens".

use tarikh_syntax::{Deprel, Doc, Feats, Sentence, Tok, TokRange, Upos};

use crate::knowledge::numbers::{Bound, Numbers};

/// A number with its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) low: Option<u32>,
    pub(crate) best: Option<u32>,
    pub(crate) high: Option<u32>,
}

impl Count {
    /// Another number given for the same: the bounds make room for it.
    pub(crate) fn widen(&mut self, other: Self) {
        let floor = other.low.or(other.best);
        self.low = match (self.low, floor) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let ceiling = other.high.or(other.best);
        self.high = match (self.high, ceiling) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (None, b) => b.filter(|&b| self.best.is_none_or(|n| b > n)),
            (a, None) => a,
        };
    }

    pub(crate) const fn exact(n: u32) -> Self {
        Self {
            low: Some(n),
            best: Some(n),
            high: Some(n),
        }
    }

    pub(crate) const VAGUE: Self = Self {
        low: None,
        best: None,
        high: None,
    };

    /// As many or fewer: not all of them need have come to harm.
    pub(crate) fn at_most(self) -> Self {
        Self {
            low: None,
            best: self.best.filter(|n| *n == 0),
            high: self.high.or(self.best),
        }
    }

    pub(crate) fn is_vague(self) -> bool {
        self.best.is_none() && self.high.is_none() && self.low.is_none()
    }

    /// Bounds of "N" under a bound word (GUIDELINES 3, Killed).
    fn bounded(n: u32, bound: Option<Bound>) -> Self {
        match bound {
            None | Some(Bound::About) => Self::exact(n),
            Some(Bound::AtLeast | Bound::MoreThan) => Self {
                low: Some(n),
                best: Some(n),
                high: None,
            },
            Some(Bound::UpTo) => Self {
                low: None,
                best: None,
                high: Some(n),
            },
            Some(Bound::LessThan) => Self {
                low: None,
                best: None,
                high: Some(n.saturating_sub(1)),
            },
        }
    }

    /// The sum of two counts of different people; an open bound stays open. "Nine soldiers and
    /// several civilians" are more than nine.
    pub(crate) fn plus(self, other: Self) -> Self {
        let open = |known: Self| Self {
            high: None,
            ..known
        };
        match (self.is_vague(), other.is_vague()) {
            (true, false) => return open(other),
            (false, true) => return open(self),
            _ => {}
        }
        let add = |a: Option<u32>, b: Option<u32>| Some(a?.saturating_add(b?));
        Self {
            low: add(self.low, other.low),
            best: add(self.best, other.best),
            high: add(self.high, other.high),
        }
    }
}

/// A quantity in a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity {
    /// The number with its bound words.
    pub(crate) tokens: TokRange,
    pub(crate) count: Count,
    /// The noun that is counted; the number itself where no noun follows ("killing 11").
    pub(crate) head: Tok,
    /// "two others", "another four": comes on top of what was counted before.
    pub(crate) further: bool,
    /// "three of them": counted already in what was told before.
    pub(crate) of_them: bool,
    /// "two of the wounded": the noun behind "of".
    pub(crate) of_noun: Option<Tok>,
    /// The number that ACLED takes for a word of many or few.
    pub(crate) acled: Option<u32>,
    /// Rule name for provenance.
    pub(crate) rule: &'static str,
}

/// Finds the quantities of one sentence, in order. `skip` marks tokens of times and places.
pub(crate) fn find(
    doc: &Doc,
    sentence: &Sentence,
    numbers: &Numbers,
    skip: &dyn Fn(Tok) -> bool,
    out: &mut Vec<Quantity>,
) {
    let range = sentence.tokens;
    let mut at = range.start;
    while at < range.end {
        if skip(at) || is_of_a_type(doc, range, at) {
            at = Tok(at.0 + 1);
            continue;
        }
        match read(doc, range, at, numbers) {
            Some(q) => {
                at = Tok(q.tokens.end.0.max(at.0 + 1));
                if !is_measure(doc, range, q.tokens.end, numbers)
                    && !is_age(doc, range, &q, numbers)
                {
                    out.push(q);
                }
            }
            None => at = Tok(at.0 + 1),
        }
    }
}

/// "A MiG-21", "an Su-25": a number that a hyphen binds to a name counts nothing.
fn is_of_a_type(doc: &Doc, range: TokRange, number: Tok) -> bool {
    let back = |n: u32| {
        number
            .0
            .checked_sub(n)
            .map(Tok)
            .filter(|&t| range.contains(t))
    };
    let hyphen = back(1).is_some_and(|t| doc.lower(t) == "-");
    let named = back(2).is_some_and(|t| doc.upos(t) == Upos::Propn);
    hyphen && named && doc.deprel(number) == Deprel::Flat
}

fn is_measure(doc: &Doc, range: TokRange, after: Tok, numbers: &Numbers) -> bool {
    // A hyphen glues a number to a measure ("500-pound", "24-year-old").
    let mut next = after;
    let passes = |word: &str| {
        matches!(word, "-" | "new" | "such" | "separate") || numbers.further_after(word)
    };
    while next < range.end && passes(doc.lower(next)) {
        if doc.lower(next) == "-" {
            return true;
        }
        next = Tok(next.0 + 1);
    }
    // "two village guards": the word only describes whom the number counts.
    let describes = |t: Tok| doc.deprel(t) == Deprel::Compound && doc.head(t) == Some(Tok(t.0 + 1));
    next < range.end && numbers.not_people_before(doc.lower(next)) && !describes(next)
}

/// Whether a number tells how old people are: "a teacher, 34, and a pupil, 12,", "Awa Keita (24)", "his two brothers, 8 and 10,
/// were", "a woman of 34", "two girls aged nine and eleven".
fn is_age(doc: &Doc, range: TokRange, q: &Quantity, numbers: &Numbers) -> bool {
    let (first, behind) = (q.tokens.start, q.tokens.end);
    let word = |t: Tok| if range.contains(t) { doc.lower(t) } else { "" };
    let back = |n: u32| {
        first
            .0
            .checked_sub(n)
            .map(Tok)
            .filter(|&t| range.contains(t))
    };
    let before = |n: u32| back(n).map_or("", |t| doc.lower(t));
    let comma = |word: &str| matches!(word, "," | "(" | ")");
    let digits = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok();
    let younger = || {
        comma(before(1))
            && word(behind) == "and"
            && digits(word(Tok(behind.0 + 1)))
            && comma(word(Tok(behind.0 + 2)))
    };
    let older =
        || before(1) == "and" && digits(before(2)) && comma(before(3)) && comma(word(behind));
    if digits(word(first)) && (younger() || older()) {
        return true;
    }
    // A noun behind is what is counted.
    if q.head >= behind {
        return false;
    }
    let listed = || {
        (range.start.0..first.0)
            .rev()
            .map(Tok)
            .take(8)
            .find(|&t| doc.upos(t) != Upos::Num && !matches!(doc.lower(t), "and" | ","))
            .is_some_and(|t| doc.lower(t) == "aged")
    };
    let of_one = || back(2).is_some_and(|t| matches!(doc.xpos(t), "NN" | "NNP" | "NNPS"));
    let ends = comma(word(behind)) || matches!(word(behind), "" | "." | ";");
    match before(1) {
        "of" => numbers.is_aged(before(2)),
        "," | "(" => of_one() && ends || listed(),
        "and" => listed(),
        _ => false,
    }
}

/// Reads a quantity that begins (without its bound words) at `at`.
fn read(doc: &Doc, range: TokRange, at: Tok, numbers: &Numbers) -> Option<Quantity> {
    let word = doc.lower(at);
    let before = || (range.start.0..at.0).rev().map(|i| doc.lower(Tok(i)));
    let (count, end, bound_len, rule) = if let Some((n, end)) = numeral(doc, range, at, numbers) {
        if at > range.start && numbers.not_people_after(doc.lower(Tok(at.0 - 1))) {
            return None;
        }
        let bound = numbers.bound_before(before());
        let after = (end.0..range.end.0).map(|i| doc.lower(Tok(i)));
        let (kind, extra) = match (bound, numbers.bound_after(after)) {
            (None, Some((kind, n_after))) => (Some(kind), n_after as u32),
            (b, _) => (b.map(|b| b.0), 0),
        };
        let end = Tok(end.0 + extra);
        match second_number(doc, range, at, end, numbers) {
            Some((m, end)) if m > n => (
                Count {
                    low: Some(n),
                    best: Some(n),
                    high: Some(m),
                },
                end,
                usize::from(is_between(doc, range, at)),
                "number:range",
            ),
            _ => (
                Count::bounded(n, kind),
                end,
                bound.map_or(0, |b| b.1),
                rule_name(kind),
            ),
        }
    } else if numbers.is_vague(word) {
        // "some 20" is a bound, "many of" and "dozens of" are vague counts.
        // "as many as 15": a bound of the number behind.
        let bounds = at > range.start && matches!(doc.lower(Tok(at.0 - 1)), "as" | "how");
        if word == "many" && bounds {
            return None;
        }
        if word == "some" && numeral(doc, range, Tok(at.0 + 1), numbers).is_some() || word == "more"
        {
            return None;
        }
        // "several dozen", "a few hundred"
        let unit = Tok(at.0 + 1);
        let of_size = unit < range.end
            && (doc.lower(unit) == "dozen" || numbers.multiplier(doc.lower(unit)).is_some());
        (
            Count::VAGUE,
            Tok(unit.0 + u32::from(of_size)),
            0,
            "number:vague",
        )
    } else if let Some(n) = numbers.amount(word) {
        let noun = Tok(at.0 + 1);
        // "no fewer than", "no longer"
        if n == 0
            && noun < range.end
            && matches!(
                doc.lower(noun),
                "fewer" | "less" | "more" | "longer" | "other"
            )
        {
            return None;
        }
        if word == "both"
            && noun < range.end
            && !matches!(
                doc.upos(noun),
                Upos::Noun | Upos::Adj | Upos::Verb | Upos::Aux | Upos::X
            )
            && doc.lower(noun) != "of"
        {
            return None;
        }
        // "a couple" is two people; "the couple" too. "No one" is read as one amount.
        let end = if word == "no" && noun < range.end && doc.lower(noun) == "one" {
            Tok(noun.0 + 1)
        } else {
            noun
        };
        let bound = numbers.bound_before(before());
        (
            Count::bounded(n, bound.map(|b| b.0)),
            end,
            bound.map_or(0, |b| b.1),
            "number:amount",
        )
    } else {
        return None;
    };
    let start = Tok(at.0 - (bound_len as u32).min(at.0 - range.start.0));
    let word_at = |t: Tok| if range.contains(t) { doc.lower(t) } else { "" };
    let previous = start.0.checked_sub(1).map_or("", |i| word_at(Tok(i)));
    let further = numbers.further_before(previous) || numbers.further_after(word_at(end));
    let of = word_at(end) == "of";
    let of_them = of
        && matches!(
            word_at(Tok(end.0 + 1)),
            "them" | "whom" | "these" | "those" | "which"
        );
    let end = if of_them { Tok(end.0 + 2) } else { end };
    let of_noun = (of && !of_them && is_definite(doc, Tok(end.0 + 1).min(Tok(range.end.0 - 1))))
        .then(|| noun_behind(doc, range, Tok(end.0 + 1)))
        .flatten();
    let mut head = of_noun.unwrap_or_else(|| head_of(doc, range, at, end));
    let mut of_noun = of_noun;
    // "lost two of its own": the number stands for the people.
    if doc.lower(head) == "own" {
        (head, of_noun) = (Tok(end.0.saturating_sub(1).max(at.0)), None);
    }
    let mut start = start;
    // "a dozen", "a couple"
    if rule == "number:amount" && bound_len == 0 && previous == "a" {
        start = Tok(start.0 - 1);
    }
    // "a family of six"
    if head < end
        && previous == "of"
        && let Some(collective) = start.0.checked_sub(2).map(Tok)
        && range.contains(collective)
        && numbers.is_collective(doc.lemma(collective))
    {
        (head, start) = (collective, collective);
    }
    Some(Quantity {
        tokens: TokRange::new(start, end),
        count,
        head,
        further,
        of_them,
        of_noun,
        acled: numbers.acled(word).filter(|_| count.is_vague()),
        rule,
    })
}

/// "the wounded", "his men": the word says of which people some are counted.
fn is_definite(doc: &Doc, t: Tok) -> bool {
    doc.upos(t) == Upos::Det || doc.xpos(t) == "PRP$"
}

fn rule_name(bound: Option<Bound>) -> &'static str {
    match bound {
        None => "number:exact",
        Some(Bound::AtLeast) => "number:at-least",
        Some(Bound::MoreThan) => "number:more-than",
        Some(Bound::UpTo) => "number:up-to",
        Some(Bound::LessThan) => "number:less-than",
        Some(Bound::About) => "number:about",
    }
}

/// A numeral of one or several words: "twenty five", "1,200", "two hundred", "two dozen".
fn numeral(doc: &Doc, range: TokRange, at: Tok, numbers: &Numbers) -> Option<(u32, Tok)> {
    if at >= range.end {
        return None;
    }
    if let Some(round) = round_number(doc, range, at, numbers) {
        return Some(round);
    }
    let mut value = numbers.numeral(doc.lower(at))?;
    let mut next = Tok(at.0 + 1);
    // "twenty - five" where the tokenizer parted the hyphen, and "twenty five".
    if (20..100).contains(&value) && value % 10 == 0 {
        let hyphen = next < range.end && doc.lower(next) == "-";
        let unit = Tok(next.0 + u32::from(hyphen));
        if unit < range.end
            && doc.word(at).starts_with(char::is_alphabetic)
            && let Some(n) = numbers
                .numeral(doc.lower(unit))
                .filter(|n| (1..10).contains(n) && doc.word(unit).starts_with(char::is_alphabetic))
        {
            value += n;
            next = Tok(unit.0 + 1);
        }
    }
    while next < range.end {
        let word = doc.lower(next);
        let Some(m) = numbers.multiplier(word).or((word == "dozen").then_some(12)) else {
            break;
        };
        value = value.checked_mul(m)?;
        next = Tok(next.0 + 1);
        // "two hundred and fifty"
        let tail = if next < range.end && doc.lower(next) == "and" {
            Tok(next.0 + 1)
        } else {
            next
        };
        if m >= 100
            && tail < range.end
            && let Some(n) = numbers.numeral(doc.lower(tail)).filter(|n| *n < m)
        {
            value = value.checked_add(n)?;
            next = Tok(tail.0 + 1);
        }
    }
    // "one (1) airstrike", "three (3) terrorists": the bracket repeats the number.
    if next.0 + 2 < range.end.0
        && doc.lower(next) == "("
        && numbers.numeral(doc.lower(Tok(next.0 + 1))) == Some(value)
        && doc.lower(Tok(next.0 + 2)) == ")"
    {
        next = Tok(next.0 + 3);
    }
    Some((value, next))
}

/// "a dozen", "a hundred", "half a dozen".
fn round_number(doc: &Doc, range: TokRange, at: Tok, numbers: &Numbers) -> Option<(u32, Tok)> {
    let word = |n: u32| {
        let t = Tok(at.0 + n);
        if range.contains(t) { doc.lower(t) } else { "" }
    };
    let size = |w: &str| match w {
        "dozen" => numbers.amount(w),
        _ => numbers.multiplier(w),
    };
    match (word(0), word(1), word(2)) {
        ("half", "a", w) => Some((size(w)? / 2, Tok(at.0 + 3))),
        ("half", w, _) => Some((size(w)? / 2, Tok(at.0 + 2))),
        ("a", w, _) => Some((size(w)?, Tok(at.0 + 2))),
        _ => None,
    }
}

fn is_between(doc: &Doc, range: TokRange, at: Tok) -> bool {
    at > range.start && doc.lower(Tok(at.0 - 1)) == "between"
}

/// The second number of "13 or 14", "20 to 30", "between five and 30".
fn second_number(
    doc: &Doc,
    range: TokRange,
    at: Tok,
    end: Tok,
    numbers: &Numbers,
) -> Option<(u32, Tok)> {
    if end >= range.end {
        return None;
    }
    let between = is_between(doc, range, at);
    // "from 14 to 17" is a rise, not a range.
    if at > range.start && doc.lower(Tok(at.0 - 1)) == "from" {
        return None;
    }
    let joins = match doc.lower(end) {
        "or" | "to" | "-" | "\u{2013}" => true,
        "and" => between,
        _ => false,
    };
    if !joins {
        return None;
    }
    numeral(doc, range, Tok(end.0 + 1), numbers)
}

/// The noun counted by the number at `at`: its head in the tree, else the next noun close by.
fn head_of(doc: &Doc, range: TokRange, at: Tok, end: Tok) -> Tok {
    /// Farthest that a number stands from its noun, in tokens.
    const REACH: u32 = 6;
    if let Some(h) = doc.head(at)
        && matches!(doc.deprel(at), Deprel::Nummod | Deprel::Amod | Deprel::Det)
        && matches!(
            doc.upos(h),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron | Upos::Num
        )
        && h >= end
        && h.0 - end.0 <= REACH
        // "kills 19; police chief shot": the mark ends what is counted.
        && TokRange::new(end, h).iter().all(|t| !matches!(doc.lower(t), "," | ";"))
        // "killing 23 with guns": a noun behind a preposition is not what is counted.
        && !follows_preposition(doc, end, h)
        // "two and four people": the noun is that of the second number.
        && !(doc.lower(end) == "and" && doc.upos(Tok(end.0 + 1)) == Upos::Num)
    {
        let run = noun_behind(doc, range, end);
        return run.map_or(h, |n| n.max(h));
    }
    // "dozens of villagers", "nine of the soldiers"
    let of = end < range.end && doc.lower(end) == "of";
    let next = Tok(end.0 + u32::from(of));
    noun_behind(doc, range, next).unwrap_or(Tok(end.0.saturating_sub(1).max(at.0)))
}

/// Whether a preposition other than "of" opens the words between a number and a noun behind it.
fn follows_preposition(doc: &Doc, end: Tok, noun: Tok) -> bool {
    let glued = || doc.lower(Tok(end.0 + 1).min(noun)) == "-";
    end < noun && doc.upos(end) == Upos::Adp && doc.lower(end) != "of" && !glued()
}

/// The last noun of the phrase that begins at `start`.
fn noun_behind(doc: &Doc, range: TokRange, start: Tok) -> Option<Tok> {
    let mut noun = None;
    for i in start.0..range.end.0.min(start.0 + 6) {
        let t = Tok(i);
        match doc.upos(t) {
            Upos::Noun | Upos::Propn => noun = Some(t),
            Upos::Adj | Upos::Det | Upos::Num | Upos::Punct
                if noun.is_none() && !matches!(doc.lower(t), "," | ";") => {}
            Upos::Pron if i == start.0 && is_definite(doc, t) => {}
            // "two wounded soldiers", "the wounded"
            Upos::Verb if noun.is_none() && doc.feats(t).has(Feats::PARTICIPLE) => {
                let last = i + 1 >= range.end.0;
                let before_noun = !last && matches!(doc.upos(Tok(i + 1)), Upos::Noun | Upos::Adj);
                let definite = i > start.0 && doc.upos(Tok(i - 1)) == Upos::Det;
                if !before_noun {
                    return definite.then_some(t);
                }
            }
            Upos::Pron if noun.is_none() && matches!(doc.lower(t), "others" | "them") => {
                return Some(t);
            }
            _ => break,
        }
    }
    noun.or_else(|| {
        // "two of the wounded": the adjective stands for the people.
        let adjective = Tok(start.0 + 1);
        let definite = range.contains(adjective) && is_definite(doc, start);
        let stands_alone = || matches!(doc.upos(adjective), Upos::Adj | Upos::Verb);
        (definite && stands_alone()).then_some(adjective)
    })
}
