//! Laws of the coder over random reports: random characters, and random prose made of the words
//! that conflict reports use, so that the upper layers have something to do.

mod laws;

use std::sync::LazyLock;

use proptest::prelude::*;
use tarikh_coder::Coder;
use tarikh_text::{Metadata, Report};

static CODER: LazyLock<Coder> = LazyLock::new(Coder::new);

/// Pieces of reports, some of them broken on purpose.
const PIECES: &[&str] = &[
    "Gunmen",
    "suspected jihadists",
    "The army",
    "soldiers",
    "Police",
    "rebels",
    "villagers",
    "a suicide bomber",
    "protesters",
    "a drone",
    "the Bessan Front",
    "civilians",
    "he",
    "they",
    "killed",
    "attacked",
    "ambushed",
    "has shelled",
    "were killed",
    "was abducted",
    "wounding",
    "clashed with",
    "bombed",
    "fired on",
    "did not attack",
    "will strike",
    "may have killed",
    "detonated",
    "freed",
    "signed a ceasefire with",
    "seized",
    "denied killing",
    "burned",
    "at least nine people",
    "dozens of",
    "two others",
    "no casualties",
    "more than 1,200",
    "between 3 and 5",
    "4 294 967 296",
    "4,294,967,295 soldiers and 4,294,967,295 civilians",
    "4,000,000,000 people, 3,000,000,000 women and 2,000,000,000 men,",
    "-7",
    "one soldier",
    "twenty-one",
    "some 40",
    "half a",
    "on Saturday",
    "earlier on Tuesday",
    "last week",
    "on 31 February",
    "in 2012",
    "overnight",
    "at 1:10 pm",
    "yesterday",
    "29 February 2023",
    "three days ago",
    "since Monday",
    "near Arbel",
    "10 km from Corva on the road to Elsk",
    "in Mali",
    "in the Gulf of Guinea",
    "between Dunmar and Bessan",
    "in northern Nigeria",
    "Paris, Texas",
    "at a market",
    "officials said",
    "according to",
    "told AFP",
    "on condition of anonymity",
    "the UN said",
    "claimed responsibility for",
    "\"We did it,\" said",
    "«",
    "\u{201d}",
    "\u{201c}",
    "(",
    ")",
    "—",
    ",",
    ".",
    ". ",
    "...",
    "!",
    ";",
    ":",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{ad}",
    "\u{301}",
    "é",
    "ﬁ",
    "\u{feff}",
    "\0",
    "BAMAKO, Mali (AFP) —",
    "By A Reporter",
    "Read more:",
    "تاريخ",
    "死者",
    "🕊",
    "of",
    "the",
    "and",
    "that",
    "who",
    "which",
    "but",
    "not",
    "after",
    "when",
];

fn prose() -> impl Strategy<Value = String> {
    proptest::collection::vec((proptest::sample::select(PIECES), any::<bool>()), 0..60).prop_map(
        |pieces| {
            let mut text = String::new();
            for (piece, spaced) in pieces {
                text.push_str(piece);
                if spaced {
                    text.push(' ');
                }
            }
            text
        },
    )
}

/// Prose more often than noise: noise alone seldom passes the lower layers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prose(),
        1 => any::<String>(),
        1 => (prose(), any::<String>(), prose()).prop_map(|(a, b, c)| a + &b + &c),
    ]
}

fn published() -> impl Strategy<Value = Option<jiff::civil::Date>> {
    let any_date = (-9999i16..=9999, 1i8..=12, 1i8..=28)
        .prop_map(|(year, month, day)| Some(jiff::civil::date(year, month, day)));
    prop_oneof![
        Just(None),
        Just(Some(jiff::civil::date(2023, 4, 22))),
        Just(Some(jiff::civil::Date::MIN)),
        Just(Some(jiff::civil::Date::MAX)),
        any_date
    ]
}

proptest! {
    #[test]
    fn every_report_keeps_the_laws(
        body in text(),
        title in proptest::option::of(text()),
        published in published(),
        // Without it, noise is mostly told to be no English and is not coded at all.
        language in proptest::option::of(Just("en".to_owned())),
    ) {
        let metadata = Metadata { title, published, language, ..Metadata::default() };
        laws::check(&CODER, &Report::new(metadata, &body));
    }
}

/// A long line without a sentence ends in time, and so does deep nesting.
#[test]
fn long_lines_are_coded() {
    for piece in [
        "killed ",
        "(",
        "\"",
        "a",
        "said that ",
        "1,",
        "near Arbel and ",
    ] {
        let body = piece.repeat(200_000 / piece.len());
        laws::check(&CODER, &Report::new(english(), &body));
    }
}

/// Tolls that no sum can hold are read without failing.
#[test]
fn numbers_too_large_to_add_are_coded() {
    for body in [
        "A bomb killed 4294967295 soldiers and 4294967295 civilians in Arbel on Monday.",
        "A blast in Arbel killed 4,000,000,000 people: 3,000,000,000 soldiers and 2,900,000,000 civilians.",
        "4,000,000,000 people, 3,000,000,000 women and 2,000,000,000 men, were killed in Arbel.",
    ] {
        laws::check(&CODER, &Report::new(english(), body));
    }
}

/// No piece breaks a law on its own or twice over.
#[test]
fn every_piece_alone_keeps_the_laws() {
    for piece in PIECES {
        laws::check(&CODER, &Report::new(english(), piece));
        laws::check(&CODER, &Report::new(english(), &piece.repeat(2)));
    }
}

fn english() -> Metadata {
    Metadata {
        language: Some("en".into()),
        ..Metadata::default()
    }
}
