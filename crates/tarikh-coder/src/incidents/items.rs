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

/// The items of a report, read once.
#[derive(Debug)]
pub(crate) struct Items {
    /// The item that each sentence stands in.
    of: Vec<Option<Item>>,
    /// Whether there are enough of them for a round-up.
    several: bool,
}

/// The sentence with the dateline of an item, and the place there, unless no gazetteer has it.
#[derive(Clone, Copy, Debug)]
struct Item {
    opens: Sent,
    place: Option<usize>,
}

impl Items {
    /// An item lasts to the end of its paragraph, or to the next one in it ("Corva: A bomb went off. Elsk: Gunmen
    /// killed a judge.").
    fn read(reading: &Reading<'_>) -> Self {
        let mut of: Vec<Option<Item>> = Vec::new();
        let mut heads = 0;
        for (n, sentence) in reading.doc.sentences().iter().enumerate() {
            let opens = Sent(n as u32);
            let before = n.checked_sub(1).map(|b| &reading.doc.sentences()[b]);
            let opens_paragraph = before.is_none_or(|b| b.paragraph != sentence.paragraph);
            let placed = head(reading, opens, opens_paragraph);
            heads += usize::from(placed.is_some());
            let named = placed.is_some() || opens_paragraph && is_named_in_capitals(reading, opens);
            let own = named.then_some(Item {
                opens,
                place: placed,
            });
            let goes_on = || of.last().copied().flatten().filter(|_| !opens_paragraph);
            of.push(own.or_else(goes_on));
        }
        Self {
            of,
            several: heads >= SEVERAL,
        }
    }

    fn item(&self, sentence: Sent) -> Option<Item> {
        self.of.get(sentence.0 as usize).copied().flatten()
    }
}

fn items<'r>(reading: &'r Reading<'_>) -> &'r Items {
    reading.items.get_or_init(|| Items::read(reading))
}

/// The item of a round-up that a sentence stands in.
fn item(reading: &Reading<'_>, sentence: Sent) -> Option<Item> {
    let items = items(reading);
    items.item(sentence).filter(|_| items.several)
}

/// The place in the dateline of the item that a sentence stands in.
pub(super) fn place(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    item(reading, sentence)?.place
}

/// Whether a sentence stands above the items of a round-up.
pub(super) fn is_above(reading: &Reading<'_>, sentence: Sent) -> bool {
    let items = items(reading);
    let below = items.of.get(sentence.0 as usize..).unwrap_or_default();
    let own = items.item(sentence);
    items.several && own.is_none() && below.iter().any(Option::is_some)
}

/// The same for the sentence that opens the item, where it tells no place of its own.
pub(super) fn opening_place(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    let item = item(reading, sentence)?;
    let mut all = (item.opens.0..=sentence.0).map(Sent);
    let tells = |s: &Sent| {
        let mut events = reading.within(*s, &reading.events, |e| e.trigger);
        !reading.is_dateline(*s) && events.next().is_some()
    };
    item.place.filter(|_| all.find(tells) == Some(sentence))
}

/// Whether a sentence stands in an item and another one outside of it.
pub(super) fn is_apart(reading: &Reading<'_>, sentence: Sent, other: Sent) -> bool {
    let Some(own) = item(reading, sentence) else {
        return false;
    };
    let paragraph = |s: Sent| reading.doc.sentence(s).paragraph;
    let same = item(reading, other).is_some_and(|o| o.opens == own.opens);
    paragraph(sentence) != paragraph(other) || !same
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
        .map(|(timex, _)| When::of(reading, timex))
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
fn head(reading: &Reading<'_>, sentence: Sent, opens_paragraph: bool) -> Option<usize> {
    let doc = reading.doc;
    let words = doc.sentence(sentence).tokens;
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
    let i = if heads_another(reading, i) { i + 1 } else { i };
    (reading.is_dateline(sentence) || closed()).then_some(i)
}

/// "DUMNAR: A lorry struck a mine": a name in capitals that no gazetteer has, before a colon.
fn is_named_in_capitals(reading: &Reading<'_>, sentence: Sent) -> bool {
    let doc = reading.doc;
    let words = doc.sentence(sentence).tokens;
    let first = words.start;
    let colon = Tok(first.0 + 1);
    let word = doc.word(first);
    let capitals = word.chars().count() > 3 && word.chars().all(char::is_uppercase);
    capitals && words.contains(colon) && doc.word(colon) == ":"
}

/// The town of such a heading of a sentence.
pub(super) fn town_of_heading(reading: &Reading<'_>, sentence: Sent) -> Option<usize> {
    let (unit, _) = reading
        .within(sentence, &reading.places, |p| p.tokens.start)
        .next()?;
    heads_another(reading, unit).then_some(unit + 1)
}

/// "North Corva: Elsk - On Monday": a province that opens a sentence as the heading of a town in it.
pub(super) fn heads_another(reading: &Reading<'_>, i: usize) -> bool {
    let (Some(unit), Some(town)) = (reading.places.get(i), reading.places.get(i + 1)) else {
        return false;
    };
    let doc = reading.doc;
    let mark = unit.tokens.end;
    let sentence = doc.sentence(doc.sentence_of(unit.tokens.start)).tokens;
    let mut before = (sentence.start.0..unit.tokens.start.0).map(Tok);
    let opens = before.all(|t| !doc.word(t).chars().any(char::is_alphanumeric));
    let finer = match (&unit.place, &town.place) {
        (Some(a), Some(b)) => b.precision < a.precision && a.country == b.country,
        _ => false,
    };
    opens
        && finer
        && town.tokens.start.0 == mark.0 + 1
        && sentence.contains(town.tokens.start)
        && closes(reading, mark)
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
