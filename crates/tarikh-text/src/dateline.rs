//! Datelines: "BAMAKO, Mali (AFP) -", "NAIROBI, 3 May (Xinhua) --", "JUBA, Aug 22 (AFP) -".

use crate::report::{Paragraph, Zone};
use crate::span::Span;

/// The opening of an agency report: where and when it was filed, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dateline {
    /// All of it, the closing dash included; coding starts behind it.
    pub span: Span,
    /// The place as written ("BAMAKO, Mali").
    pub place: Span,
    /// The date as written ("Aug 22"), if there is one.
    pub date: Option<Span>,
    /// The agency ("AFP"), if there is one.
    pub agency: Option<Span>,
}

/// Longest dateline in bytes.
const MAX_LEN: usize = 140;

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: &[&str] = &[
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
    let (dash, after) = closing_dash(&words[..limit])?;
    let head = words[..dash].trim_end();
    let base = first.span.start();
    let at = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);

    let (agency, rest_end) = match (head.rfind('('), head.ends_with(')')) {
        (Some(open), true) => (
            Some(at(open + 1, head.len() - 1)),
            head[..open].trim_end().len(),
        ),
        _ => (None, head.len()),
    };
    let mut rest = head[..rest_end].trim_end_matches([',', ' ']);
    let mut date = None;
    // The date is the tail that begins at the first comma piece with a month or a weekday in it.
    let mut piece_start = 0;
    for piece in rest.split(',') {
        let lead = piece.len() - piece.trim_start().len();
        if piece_start > 0 && is_date(piece.trim()) {
            date = Some(at(piece_start + lead, rest.len()));
            rest = rest[..piece_start].trim_end_matches([',', ' ']);
            break;
        }
        piece_start += piece.len() + 1;
    }
    if !is_place(rest, agency.is_some() || date.is_some()) {
        return None;
    }
    Some(Dateline {
        span: at(0, after),
        place: at(0, rest.len()),
        date,
        agency,
    })
}

/// The dash or colon that closes a dateline: its position and the position of what follows.
fn closing_dash(head: &str) -> Option<(usize, usize)> {
    let candidates = ["--", "\u{2014}", "\u{2013}", " - ", ") -", "):"];
    let (at, mark) = candidates
        .iter()
        .filter_map(|c| head.find(c).map(|i| (i, *c)))
        .min_by_key(|&(i, _)| i)?;
    let dash = if mark.starts_with(')') { at + 1 } else { at };
    let tail = head[dash..].trim_start_matches([' ', '-', ':', '\u{2014}', '\u{2013}']);
    Some((dash, head.len() - tail.len()))
}

fn is_date(piece: &str) -> bool {
    let lower = piece.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words
        .any(|w| (w.len() >= 3 && MONTHS.iter().any(|m| w.starts_with(m))) || WEEKDAYS.contains(&w))
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
    fn leaves_sentences_alone() {
        check("The army \u{2014} which denied it \u{2014} said so.", None);
        check("Gunmen killed nine people on Monday.", None);
        check("", None);
    }
}
