//! The language of a report.

use whatlang::Lang;

use crate::dateline::WEEKDAYS;

/// A detected language.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Language {
    lang: Lang,
    reliable: bool,
}

/// Fewest letters from which a language is told: below, trigrams say nothing.
const MIN_LETTERS: usize = 40;
/// Small words of English that its neighbours do not have, and what a line of news ends with.
const ENGLISH: [&str; 14] = [
    "the", "and", "were", "with", "from", "that", "which", "they", "their", "near", "been", "who",
    "after", "said",
];
/// Words of English in nearly every line of news on violence.
const NEWS: [&str; 44] = [
    "killed",
    "killing",
    "kills",
    "kill",
    "dead",
    "soldiers",
    "rebels",
    "gunmen",
    "attack",
    "attacked",
    "attacks",
    "fighters",
    "militants",
    "troops",
    "villagers",
    "wounded",
    "wounding",
    "injured",
    "people",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "down",
    "up",
    "outside",
    "strike",
    "strikes",
    "blast",
    "shot",
    "army",
    "town",
    "village",
    "city",
    "market",
    "checkpoint",
    "into",
    "officials",
    "residents",
];
/// Small words of English that some of its neighbours share.
const SHARED: [&str; 10] = ["in", "on", "an", "of", "at", "by", "to", "for", "was", "is"];
/// Of five words of English one or more is such a word.
const ONE_IN: usize = 5;
/// Bytes looked at: more do not change the answer.
const SAMPLE: usize = 4000;

impl Language {
    /// ISO 639-1 code where there is one ("en"), else ISO 639-3.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.lang {
            Lang::Eng => "en",
            Lang::Fra => "fr",
            Lang::Ara => "ar",
            Lang::Spa => "es",
            Lang::Por => "pt",
            Lang::Deu => "de",
            Lang::Rus => "ru",
            Lang::Ukr => "uk",
            Lang::Ita => "it",
            Lang::Nld => "nl",
            Lang::Tur => "tr",
            Lang::Pes => "fa",
            Lang::Urd => "ur",
            Lang::Hin => "hi",
            Lang::Ben => "bn",
            Lang::Ind => "id",
            Lang::Mya => "my",
            Lang::Cmn => "zh",
            Lang::Amh => "am",
            Lang::Swe => "sv",
            Lang::Pol => "pl",
            Lang::Ron => "ro",
            Lang::Tgl => "tl",
            other => other.code(),
        }
    }

    /// English name ("French").
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.lang.eng_name()
    }

    /// Whether the detection is sure of itself.
    #[must_use]
    pub fn is_reliable(&self) -> bool {
        self.reliable
    }
}

/// Detects the language of a text; `None` when it has too few letters to tell.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    // Trigrams take all-capitals copy for another language; the words are the same in small letters.
    let small = sample.to_lowercase();
    let info = whatlang::detect(&small)?;
    // Short reports full of names of places abroad have the trigrams of other languages.
    if info.lang() != Lang::Eng && is_english(&small) {
        return Some(Language {
            lang: Lang::Eng,
            reliable: true,
        });
    }
    Some(Language {
        lang: info.lang(),
        reliable: info.is_reliable(),
    })
}

/// Whether the small words of a text in small letters are those of English.
fn is_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic());
    let (mut all, mut own, mut shared) = (0, 0, 0);
    for word in words.filter(|w| !w.is_empty()) {
        all += 1;
        own += usize::from(
            [&ENGLISH[..], &NEWS, WEEKDAYS]
                .iter()
                .any(|l| l.contains(&word)),
        );
        shared += usize::from(SHARED.contains(&word));
    }
    own > 0 && (own + shared) * ONE_IN >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_english_from_french() {
        let en = "Gunmen attacked a village in the north on Monday and killed nine farmers, officials said.";
        let fr = "Des hommes armés ont attaqué un village du nord lundi et tué neuf cultivateurs, selon des élus.";
        assert_eq!(detect(en).map(|l| l.code()), Some("en"));
        assert_eq!(detect(&en.to_uppercase()).map(|l| l.code()), Some("en"));
        assert_eq!(detect(fr).map(|l| l.code()), Some("fr"));
        assert!(detect("Bamako").is_none());
    }

    #[test]
    fn small_words_tell_english_among_names_from_abroad() {
        for en in [
            "Rebels killed 21 soldiers in an attack on a camp near Dumna in Sri Lanka on Sunday.",
            "Gunmen killed five traders near Ansongo, Mali, on Tuesday, police said.",
            "A teenage girl blew herself up at a checkpoint outside Dikwa, killing three militiamen.",
            "Tamil Tiger rebels overran a police post at Mannar in Sri Lanka, killing 14.",
            "Gunmen killed 6 villagers near Zinder on 28 May. Gunmen killed 27 villagers near Dakoro on 9 May.",
        ] {
            assert_eq!(detect(en).map(|l| l.code()), Some("en"), "{en}");
        }
        for (text, code) in [
            (
                "Beväpnade män dödade sex bybor i norr i måndags, uppger polisen för tidningen The Star.",
                "sv",
            ),
            (
                "Gewapende mannen doodden maandag zes dorpelingen in het noorden, zei de politie in de stad.",
                "nl",
            ),
            (
                "Hombres armados mataron el lunes a seis aldeanos en el norte, dijo la policía de la ciudad.",
                "es",
            ),
        ] {
            assert_eq!(detect(text).map(|l| l.code()), Some(code), "{text}");
        }
    }
}
