//! The language of a report.

use whatlang::Lang;

/// A detected language.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Language {
    lang: Lang,
    reliable: bool,
}

/// Fewest letters from which a language is told: below, trigrams say nothing.
const MIN_LETTERS: usize = 40;
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
    let info = whatlang::detect(&sample.to_lowercase())?;
    Some(Language {
        lang: info.lang(),
        reliable: info.is_reliable(),
    })
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
}
