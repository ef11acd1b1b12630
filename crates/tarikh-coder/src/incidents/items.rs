//! Items of a round-up: paragraphs that open with a dateline of their own ("CORVA - Gunmen killed two").

use tarikh_syntax::{Sent, Tok};
use tarikh_text::Zone;

use super::scene::When;
use super::{date, lasting};
use crate::reading::Reading;

/// Items that make a report a round-up.
const SEVERAL: usize = 2;
/// Longest dateline of an item, in tokens.
const HEAD_WORDS: u32 = 8;

/// The place in the dateline of the item that a sentence stands in.
pub(super) fn place(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    let (_, own) = item(reading, sentence)?;
    let all = (0..reading.doc.sentences().len() as u32).map(Sent);
    let items = all.filter(|&s| head(reading, s).is_some());
    (items.take(SEVERAL).count() == SEVERAL).then_some(own)
}

/// Whether a sentence stands above the items of a round-up.
pub(super) fn is_above(reading: &Reading<'_>, sentence: Sent) -> bool {
    let mut below = (sentence.0..reading.doc.sentences().len() as u32).map(Sent);
    item(reading, sentence).is_none() && below.any(|s| place(reading, s).is_some())
}

/// The sentence with the dateline of the item that a sentence stands in, and the place there: that of its
/// paragraph, or one further down in it ("Corva: A bomb went off. Elsk: Gunmen killed a judge.").
fn item(reading: &Reading<'_>, sentence: Sent) -> Option<(Sent, usize)> {
    let paragraph = reading.doc.sentence(sentence).paragraph;
    let first = reading.doc.sentences_of_paragraph(paragraph).next()? as u32;
    let mut back = (first..=sentence.0).rev().map(Sent);
    back.find_map(|s| Some((s, head(reading, s)?)))
}

/// The same for the sentence that opens the item, where it tells no place of its own.
pub(super) fn opening_place(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    let (opens, _) = item(reading, sentence)?;
    let mut all = (opens.0..=sentence.0).map(Sent);
    let tells = |s: &Sent| {
        let mut events = reading.within(*s, &reading.events, |e| e.trigger);
        !reading.is_dateline(*s) && events.next().is_some()
    };
    (all.find(tells) == Some(sentence)).then(|| place(reading, sentence))?
}

/// Whether a sentence stands in an item and another one outside of it.
pub(super) fn is_apart(reading: &Reading<'_>, sentence: Sent, other: Sent) -> bool {
    let own = |s: Sent| item(reading, s).map(|(opens, _)| opens);
    let paragraph = |s: Sent| reading.doc.sentence(s).paragraph;
    (paragraph(sentence) != paragraph(other) || own(sentence) != own(other))
        && place(reading, sentence).is_some()
}

/// The day that the title or the words above the items give for all of them ("developments on Monday:").
pub(super) fn day_of_all(reading: &Reading<'_>, sentence: Sent) -> Option<When> {
    place(reading, sentence)?;
    let above = (0..sentence.0).map(Sent).filter(|&s| {
        let opens = reading.zone(s) == Zone::Title || item(reading, s).is_none();
        opens && reading.zone(s) != Zone::Boilerplate
    });
    let tells_act = |s: Sent| {
        reading
            .within(s, &reading.events, |e| e.trigger)
            .next()
            .is_some()
    };
    above
        .take_while(|&s| reading.zone(s) == Zone::Title || !tells_act(s))
        .flat_map(|s| date::candidates(reading, s))
        .map(|(timex, _)| When {
            timex,
            interval: reading.times[timex].interval,
        })
        .filter_map(|w| {
            // A reporting period: somewhere in it.
            let interval = w.interval.map(|i| lasting::stretch(i.start, i.end))?;
            Some(When {
                interval: Some(interval),
                ..w
            })
        })
        .find(|w| w.interval.is_some_and(|i| i.precision <= 3))
}

/// The place that opens a sentence before a dash or colon, as the first of its paragraph or behind
/// another item in it.
fn head(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    let doc = reading.doc;
    let words = doc.sentence(sentence).tokens;
    let paragraph = doc.sentence(sentence).paragraph;
    let first = doc.sentences_of_paragraph(paragraph).next();
    let opens_paragraph = first.is_some_and(|s| s as u32 == sentence.0);
    let opens = words
        .iter()
        .find(|&t| doc.word(t).chars().any(char::is_alphanumeric))?;
    let i = reading.places.partition_point(|p| p.tokens.start < opens);
    let place = reading.places.get(i).filter(|p| p.tokens.start == opens)?;
    place.place.as_ref()?;
    let closed = || {
        (place.tokens.end.0..words.end.0.min(opens.0 + HEAD_WORDS))
            .map(Tok)
            .take_while(|&t| !doc.word(t).starts_with(char::is_lowercase))
            .any(|t| match opens_paragraph {
                true => closes(reading, t),
                false => doc.word(t) == ":",
            })
    };
    (reading.is_dateline(sentence) || closed()).then_some(i)
}

/// A colon, or a dash with room around it.
fn closes(reading: &Reading<'_>, t: Tok) -> bool {
    let doc = reading.doc;
    let spaced = || {
        let before = doc.span(Tok(t.0.saturating_sub(1)));
        before.end() < doc.span(t).start()
    };
    match doc.lower(t) {
        ":" | "--" | "\u{2013}" | "\u{2014}" => true,
        "-" => spaced(),
        _ => false,
    }
}
