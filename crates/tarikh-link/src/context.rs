//! A report as a whole, made ready once for all the incidents that it tells of.
//!
//! What is around an incident tells it from others: the words of its sentences, those of the title,
//! and whether its day and place are its own or were read beside another incident.

use std::collections::BTreeSet;

use tarikh_record::{Evidence, Incident, Zone};

use crate::words::{is_common, words};

/// Letters of a report's beginning that say what it is about.
const LEAD: usize = 400;

/// A report's words, and its incidents beside each other.
#[derive(Clone, Debug)]
pub struct ReportContext<'a> {
    body: Vec<char>,
    /// Letters of the dateline, which says who reports from where and not what happened.
    opening: usize,
    title: Vec<char>,
    lead: BTreeSet<String>,
    incidents: &'a [Incident],
}

impl<'a> ReportContext<'a> {
    /// Of a report's title and text, as given, and all incidents that were coded in it.
    #[must_use]
    pub fn new(title: Option<&str>, body: &str, incidents: &'a [Incident]) -> Self {
        let title = title.unwrap_or_default();
        let body: Vec<char> = body.chars().collect();
        let opening = dateline(&body);
        let end = cut(&body).max(opening);
        let beginning: String = body[opening..end].iter().collect();
        let words = words(title).into_iter().chain(words(&beginning));
        Self {
            lead: words.filter(|word| !is_common(word)).collect(),
            title: title.chars().collect(),
            body,
            opening,
            incidents,
        }
    }

    /// The words of the sentences in which the report states the act and its tolls, those left out
    /// that all reports on violence have.
    pub(crate) fn telling(&self, incident: &Incident) -> BTreeSet<String> {
        let spans: BTreeSet<(bool, usize, usize)> = evidence(incident)
            .map(|evidence| {
                let is_title = evidence.zone == Zone::Title;
                let (start, end) = sentence(self.letters(is_title), evidence);
                let opening = if is_title { 0 } else { self.opening };
                (is_title, start.max(opening.min(end)), end)
            })
            .collect();
        let sentences = spans
            .into_iter()
            .map(|(is_title, start, end)| self.letters(is_title)[start..end].iter().collect());
        let words = sentences.flat_map(|sentence: String| words(&sentence));
        words.filter(|word| !is_common(word)).collect()
    }

    /// The words of title and beginning if the report is about this incident: it is stated there.
    pub(crate) fn lead(&self, incident: &Incident) -> Option<&BTreeSet<String>> {
        let cut = cut(&self.body);
        let is_there = |e: &Evidence| e.zone == Zone::Title || (e.start as usize) < cut;
        evidence(incident).any(is_there).then_some(&self.lead)
    }

    /// Whether the words that a value was read from say so of another incident, which is stated
    /// nearer to them.
    pub(crate) fn is_borrowed(&self, incident: &Incident, field: &str) -> bool {
        let Some(words) = words_of(incident, field) else {
            return false;
        };
        let own = distance(incident, &words);
        let mut others = self.incidents.iter();
        others.any(|other| {
            words_of(other, field).as_ref() == Some(&words) && distance(other, &words) < own
        })
    }

    fn letters(&self, is_title: bool) -> &[char] {
        if is_title { &self.title } else { &self.body }
    }
}

/// Where a value was read: whether in the title, first and last letter.
fn words_of(incident: &Incident, field: &str) -> Option<(bool, u32, u32)> {
    let mut provenance = incident.provenance.iter();
    let from = provenance.find(|p| p.field == field)?;
    Some((from.zone == Zone::Title, from.start, from.end))
}

/// Letters between words and the nearest that state the incident.
fn distance(incident: &Incident, (is_title, start, end): &(bool, u32, u32)) -> u32 {
    let beside = evidence(incident).filter(|e| (e.zone == Zone::Title) == *is_title);
    let gaps = beside.map(|e| {
        let before = e.start.saturating_sub(*end);
        before.max(start.saturating_sub(e.end))
    });
    gaps.min().unwrap_or(u32::MAX)
}

fn evidence(incident: &Incident) -> impl Iterator<Item = &Evidence> {
    std::iter::once(&incident.evidence).chain(&incident.evidence_also)
}

/// Where a report's beginning ends: with a paragraph, if one ends soon.
fn cut(body: &[char]) -> usize {
    let end = body.len().min(LEAD);
    let is_end = |i: &usize| body[*i] == '\n' && body.get(i + 1) == Some(&'\n');
    (LEAD / 4..end).find(is_end).unwrap_or(end)
}

/// Letters of "ARBEL, May 3 (Elsk Post) -" at a text's beginning; 0 if there is no such thing.
fn dateline(body: &[char]) -> usize {
    /// Letters within which a dateline ends.
    const LONGEST: usize = 90;
    let is_dash = |c: char| matches!(c, '-' | '–' | '—');
    let beginning = &body[..body.len().min(LONGEST)];
    let line = beginning.split(|c| *c == '\n').next().unwrap_or_default();
    let is_end =
        |i: &usize| is_dash(line[*i]) && line.get(i + 1).is_none_or(|c| *c == ' ' || is_dash(*c));
    let Some(end) = (1..line.len()).find(|i| is_end(i) && line[i - 1] == ' ') else {
        return 0;
    };
    let before: String = line[..end].iter().collect();
    let is_place = |word: &str| 3 <= word.chars().count() && word.chars().all(char::is_uppercase);
    let names_place = before.split([' ', ',']).any(is_place);
    let names_outlet = before.trim_end().ends_with(')');
    if names_place || names_outlet {
        end + 1
    } else {
        0
    }
}

/// From the full stop or line end before some words to the one after them, in letters.
fn sentence(letters: &[char], evidence: &Evidence) -> (usize, usize) {
    let start = (evidence.start as usize).min(letters.len());
    let end = (evidence.end as usize).clamp(start, letters.len());
    let is_border = |i: usize| match letters[i] {
        '\n' => true,
        '.' | '!' | '?' => letters.get(i + 1).is_none_or(|next| next.is_whitespace()),
        _ => false,
    };
    let from = (0..start)
        .rev()
        .find(|i| is_border(*i))
        .map_or(0, |i| i + 1);
    let to = (end..letters.len())
        .find(|i| is_border(*i))
        .unwrap_or(letters.len());
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_not_about_what_happened() {
        let end = |text: &str| dateline(&text.chars().collect::<Vec<_>>());
        for text in [
            "ARBEL, May 3 (Elsk Post) - A shell hit a bakery.",
            "Arbel (Elsk Post) -- A shell hit a bakery.",
            "ARBEL — A shell hit a bakery.",
        ] {
            let rest: String = text.chars().skip(end(text)).collect();
            assert!(
                rest.trim_start_matches(['-', ' ']).starts_with("A shell"),
                "{text}"
            );
        }
        for text in [
            "A shell hit a bakery - the third this week - on Monday.",
            "A car-bomb killed two.",
            "",
        ] {
            assert_eq!(end(text), 0, "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_at_a_full_stop_or_a_line() {
        let letters: Vec<char> = "ARBEL\nIt rained. A shell hit a bakery. It burned."
            .chars()
            .collect();
        let evidence = Evidence {
            quote: "hit".to_owned(),
            start: 25,
            end: 28,
            zone: Zone::Text,
        };
        let (start, end) = sentence(&letters, &evidence);
        let found: String = letters[start..end].iter().collect();
        assert_eq!(found.trim(), "A shell hit a bakery");
    }
}
