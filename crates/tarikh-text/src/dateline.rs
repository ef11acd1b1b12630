//! Datelines: "BAMAKO, Mali (AFP) -", "NAIROBI, 3 May (Xinhua) --", "QUETTA:", "Sept 22 -",
//! "[Elsk City, 12 March]", "Elsk, Apr 25 (PTI)", "LIMA, 5 JAN 90 (FW) -- [REPORT] [TEXT]".

use crate::report::{Paragraph, Zone};
use crate::span::Span;

/// The opening of an agency report: where and when it was filed, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dateline {
    /// All of it, the closing dash included; coding starts behind it.
    pub span: Span,
    /// The place as written ("BAMAKO, Mali"); empty where only a date stands.
    pub place: Span,
    /// The date as written ("Aug 22"), if there is one.
    pub date: Option<Span>,
    /// The agency ("AFP"), if there is one.
    pub agency: Option<Span>,
}

/// Longest dateline in bytes.
const MAX_LEN: usize = 140;

/// Most words of a date, and of a place that no agency, date or capitals confirm.
const MAX_BARE_WORDS: usize = 4;

/// Month names by their first three letters, in English and the languages of its neighbours in print.
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene",
    "abr", "ago", "dic", "fév", "avr", "mai", "juin", "juil", "aoû", "déc",
];
/// Days of the week in English, in small letters.
pub(crate) const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Finds the dateline at the start of the first body paragraph, or of a heading before it: a short
/// first paragraph can look like one, and a headline can stand in the text.
pub(crate) fn find(text: &str, paragraphs: &[Paragraph]) -> Option<Dateline> {
    let body = paragraphs.iter().position(|p| p.zone == Zone::Body);
    let opening = body.map_or(paragraphs, |b| &paragraphs[..=b]);
    opening
        .iter()
        .filter(|p| matches!(p.zone, Zone::Body | Zone::Heading))
        .find_map(|p| of_paragraph(text, p))
}

fn of_paragraph(text: &str, first: &Paragraph) -> Option<Dateline> {
    let words = first.span.of(text);
    let mut limit = words.len().min(MAX_LEN);
    while !words.is_char_boundary(limit) {
        limit -= 1;
    }
    let opening = &words[..limit];
    let close = bracketed(opening).or_else(|| closing_mark(opening))?;
    let base = first.span.start();
    let at = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);
    let parts = parts(&opening[close.from..close.to])?;
    let behind = words[close.after..].chars().next();
    if !parts.stands(opening, close, behind) {
        return None;
    }
    let shift = |(from, to): (usize, usize)| at(close.from + from, close.from + to);
    Some(Dateline {
        span: at(0, close.after),
        place: shift(parts.place),
        date: parts.date.map(shift),
        agency: parts.agency.map(shift),
    })
}

/// Where the words of a dateline stand and what closes them.
#[derive(Clone, Copy)]
struct Close {
    from: usize,
    to: usize,
    /// Where the report goes on.
    after: usize,
    mark: Mark,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// A dash, or a bracket before a dash or colon.
    Dash,
    Colon,
    /// An agency in brackets and nothing behind it.
    Agency,
    /// The whole of it stands in square brackets.
    Brackets,
}

/// "[Elsk City, 12 March]"
fn bracketed(opening: &str) -> Option<Close> {
    let inner = opening.strip_prefix('[')?;
    let to = 1 + inner.find(']')?;
    Some(Close {
        from: 1,
        to,
        after: behind_marks(opening, to + 1),
        mark: Mark::Brackets,
    })
}

/// The first dash or colon that can close a dateline.
fn closing_mark(opening: &str) -> Option<Close> {
    let dashes = [
        "--", "\u{2014}", "\u{2013}", " - ", ") -", "):", ".- ", ") |", " | ",
    ];
    let dash = dashes
        .iter()
        .filter_map(|c| opening.find(c).map(|i| (i, *c)))
        .min_by_key(|&(i, _)| i)
        .map(|(i, c)| (i + usize::from(c.starts_with(')')), Mark::Dash));
    let colon = opening.find(": ").map(|i| (i, Mark::Colon));
    let agency = behind_agency(opening).map(|i| (i, Mark::Agency));
    let marks = [dash, colon, agency].into_iter().flatten();
    let (to, mark) = marks.min_by_key(|c| c.0)?;
    Some(Close {
        from: 0,
        to,
        after: behind_marks(opening, to),
        mark,
    })
}

/// Behind "(PTI)", where the report goes on without a mark.
fn behind_agency(opening: &str) -> Option<usize> {
    let open = opening.find('(')?;
    let close = open + opening[open..].find(')')?;
    let is_agency = opening[open + 1..close]
        .chars()
        .all(|c| c.is_ascii_uppercase() || c == '/');
    let mut behind = opening[close + 1..].chars();
    let goes_on = behind.next() == Some(' ')
        && behind
            .next()
            .is_some_and(|c| c.is_alphanumeric() || is_quote(c));
    (is_agency && close > open + 2 && goes_on).then_some(close + 1)
}

/// Where the report goes on: behind the closing marks and the desk's own words in brackets
/// ("-- [REPORT] [TEXT]").
fn behind_marks(opening: &str, to: usize) -> usize {
    let marks = [' ', '-', ':', '.', '|', '\u{2014}', '\u{2013}'];
    let mut tail = opening[to..].trim_start_matches(marks);
    while let Some(inner) = tail.strip_prefix('[')
        && let Some(end) = inner.find(']')
        && !inner[..end].chars().any(char::is_lowercase)
    {
        tail = inner[end + 1..].trim_start_matches(marks);
    }
    opening.len() - tail.len()
}

/// The parts of a dateline's words, as byte ranges in them.
struct Parts<'t> {
    words: &'t str,
    place: (usize, usize),
    date: Option<(usize, usize)>,
    agency: Option<(usize, usize)>,
}

fn parts(head: &str) -> Option<Parts<'_>> {
    let head = head.trim_end().trim_end_matches('.');
    let (agency, rest_end) = match (head.rfind('('), head.ends_with(')')) {
        (Some(open), true) => (
            Some((open + 1, head.len() - 1)),
            head[..open].trim_end().len(),
        ),
        _ => (None, head.len()),
    };
    let whole = head[..rest_end].trim_end_matches([',', ' ']);
    if agency.is_none() && is_bare_date(whole) {
        return Some(Parts {
            words: head,
            place: (0, 0),
            date: Some((0, whole.len())),
            agency,
        });
    }
    // The date is the tail that begins at the first comma piece with a month or a weekday in it.
    let (mut place, mut date, mut piece_start) = (whole, None, 0);
    for piece in whole.split(',') {
        let lead = piece.len() - piece.trim_start().len();
        if piece_start > 0 && is_date(piece.trim()) {
            date = Some((piece_start + lead, whole.len()));
            place = whole[..piece_start].trim_end_matches([',', ' ']);
            break;
        }
        piece_start += piece.len() + 1;
    }
    // "Corva/Elsk 12 May", without a comma
    if date.is_none()
        && let Some(digit) = place.find(|c: char| c.is_ascii_digit())
        && is_date(&place[digit..])
        && place[digit..].split_whitespace().count() <= MAX_BARE_WORDS
    {
        date = Some((digit, place.len()));
        place = place[..digit].trim_end_matches([',', ' ']);
    }
    let open = usize::from(place.starts_with('('));
    let close = place.len() - usize::from(open == 1 && place.ends_with(')'));
    // "(Corva) -": the place itself stands in brackets.
    if place.is_empty() {
        return agency.map(|place| Parts {
            words: head,
            place,
            date,
            agency: None,
        });
    }
    Some(Parts {
        words: head,
        place: (open.min(close), close),
        date,
        agency,
    })
}

impl Parts<'_> {
    /// Whether all of it can be a dateline: a place in capitals, or one that an agency, a date or the
    /// form of the whole confirms, or a date alone.
    fn stands(&self, opening: &str, close: Close, behind: Option<char>) -> bool {
        let place = &self.words[self.place.0..self.place.1];
        let goes_on = behind.is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_quote(c));
        if place.is_empty() {
            return self.date.is_some() && goes_on && close.mark == Mark::Dash;
        }
        let confirmed = self.agency.is_some() || self.date.is_some();
        if close.mark == Mark::Agency {
            return goes_on
                && self.agency.is_some()
                && self.date.is_some()
                && is_place(place, true);
        }
        if close.mark == Mark::Brackets {
            return self.date.is_some() && is_place(place, true);
        }
        if close.mark == Mark::Colon {
            return goes_on
                && place.split_whitespace().count() <= MAX_BARE_WORDS
                && is_place(place, confirmed);
        }
        // "Elsk, Corva - Gunmen": only a dash with room around it, before a new sentence.
        let spaced = opening[..close.to].ends_with(' ') || opening[close.to..].starts_with(' ');
        let bare = spaced && goes_on && place.split_whitespace().count() <= MAX_BARE_WORDS;
        is_place(place, confirmed || bare)
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{ab}')
}

fn is_date(piece: &str) -> bool {
    words_of(piece).any(|w| is_month(&w) || WEEKDAYS.contains(&w.as_str()))
}

/// "Sept 22", "12 March 2014", "22/09/2006": a date and nothing else.
fn is_bare_date(words: &str) -> bool {
    let mut all = words_of(words).peekable();
    let known = |w: &String| {
        is_month(w)
            || WEEKDAYS.contains(&w.as_str())
            || w.trim_end_matches(char::is_alphabetic)
                .parse::<u16>()
                .is_ok()
    };
    let named = is_date(words) && words.chars().any(|c| c.is_ascii_digit());
    all.peek().is_some() && named && all.all(|w| known(&w))
}

fn words_of(piece: &str) -> impl Iterator<Item = String> {
    piece
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
}

fn is_month(word: &str) -> bool {
    word.chars().count() >= 3 && MONTHS.iter().any(|m| word.starts_with(m))
}

/// Whether the words can be a dateline's place: capitals throughout, or a few capitalised words
/// when an agency or a date confirms them.
fn is_place(place: &str, confirmed: bool) -> bool {
    let first = place.split(',').next().unwrap_or_default().trim();
    let n_words = place.split_whitespace().count();
    if first.is_empty()
        || n_words > 8
        || place.contains(['.', '"', '?', '!', ';']) && !place.contains("D.C.")
    {
        return false;
    }
    let letters = || first.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 1 && letters().all(|c| !c.is_lowercase());
    let capitalised = place
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|w| !w.is_empty())
        .all(|w| {
            w.chars().next().is_some_and(|c| !c.is_lowercase())
                || matches!(w, "de" | "la" | "el" | "the" | "of" | "and" | "al" | "du")
        });
    capitals || (confirmed && capitalised)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones;

    fn check(text: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let got = find(text, &zones::paragraphs(text, 0));
        let words = got.map(|d| {
            (
                d.place.of(text),
                d.date.map(|s| s.of(text)),
                d.agency.map(|s| s.of(text)),
            )
        });
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn finds_datelines() {
        check(
            "BAMAKO, Mali (AFP) \u{2014} Gunmen came.",
            Some(("BAMAKO, Mali", None, Some("AFP"))),
        );
        check(
            "NAIROBI, 3 May (Xinhua) -- Police said.",
            Some(("NAIROBI", Some("3 May"), Some("Xinhua"))),
        );
        check(
            "JUBA, Aug 22 (AFP) - He has died.",
            Some(("JUBA", Some("Aug 22"), Some("AFP"))),
        );
        check(
            "Dunmar, July 30 (FW): Gunmen came.",
            Some(("Dunmar", Some("July 30"), Some("FW"))),
        );
        check(
            "BOGOTA - Homemade bombs fell.",
            Some(("BOGOTA", None, None)),
        );
        check(
            "NOUAKCHOTT, February 12, 2020 - Troops.",
            Some(("NOUAKCHOTT", Some("February 12, 2020"), None)),
        );
        check(
            "Bombs kill 13 in Dunmar\n\nDUNMAR (FW) - Attacks left 13 people dead, the authorities said.",
            Some(("DUNMAR", None, Some("FW"))),
        );
        check(
            "Kabul (Reuters) - A blast.",
            Some(("Kabul", None, Some("Reuters"))),
        );
    }

    #[test]
    fn finds_the_forms_of_other_newsrooms() {
        check(
            "ELSK: Gunmen shot dead a warden on Sunday.",
            Some(("ELSK", None, None)),
        );
        check(
            "Sept 22 - A bomb killed seven people.",
            Some(("", Some("Sept 22"), None)),
        );
        check(
            "[Corva City, 12 March] Five marines were wounded.",
            Some(("Corva City", Some("12 March"), None)),
        );
        check(
            "LIMA, 19 NOV 89 (FW) -- [REPORT] [TEXT] THE ARMY SAID SO.",
            Some(("LIMA", Some("19 NOV 89"), Some("FW"))),
        );
        check(
            "Corva, Dunmar \u{2013} Gunmen came at night.",
            Some(("Corva, Dunmar", None, None)),
        );
        check(
            "(Goma) \u{2013} Rebels took a hill.",
            Some(("Goma", None, None)),
        );
        check(
            "Elsk, Apr 25 (FW) At least nine soldiers were killed.",
            Some(("Elsk", Some("Apr 25"), Some("FW"))),
        );
        check("Corva (FW) At least nine soldiers were killed.", None);
        check(
            "Goma, 5 June 2021 (FW).- Rebels took a hill.",
            Some(("Goma", Some("5 June 2021"), Some("FW"))),
        );
        check(
            "Bogotá, 12 mayo (FW) - Two men died.",
            Some(("Bogotá", Some("12 mayo"), Some("FW"))),
        );
        check(
            "GOMA/BUKAVU, Congo - Rebels took a hill.",
            Some(("GOMA/BUKAVU, Congo", None, None)),
        );
    }

    #[test]
    fn leaves_sentences_alone() {
        check("Witnesses: they came at night.", None);
        check("The minister said: \"No one died.\"", None);
        check("March 23 Movement - the largest group - denied it.", None);
        check(
            "Boko Haram \u{2013} which denied it \u{2013} said so.",
            None,
        );
        check("The army \u{2014} which denied it \u{2014} said so.", None);
        check("Gunmen killed nine people on Monday.", None);
        check("", None);
    }
}
