//! Which country a report is of, by its paper, its dateline and the countries that it names: a sign of its
//! customs (which figure of a date is the month), not of where something happened.

use crate::class::PlaceClass;
use crate::gazetteer::{Gazetteer, Posting};
use crate::mention::Hints;
use crate::normalise::name_key;
use crate::resolve::outlet_places;
use crate::words::{Kind, kind};

/// Most words of a text that are looked up.
const MOST_WORDS: usize = 2_000;

impl Gazetteer {
    /// The country (ISO 3166-1 alpha-2) that a report is of: the one country a user expects, that of the outlet
    /// or its domain, of the dateline, or the one that the text names most. `None` where nothing tells.
    #[must_use]
    pub fn country_of_report(&self, text: &str, hints: &Hints<'_>) -> Option<[u8; 2]> {
        let expected = match hints.countries {
            [one] => Some(one.as_str()),
            _ => None,
        };
        let of_domain = || {
            let (_, last) = hints.domain?.rsplit_once('.')?;
            Some(self.country(&last.to_ascii_uppercase())?.country)
        };
        let named = || {
            let dateline = hints.dateline.map(|d| d.of(text));
            dateline.and_then(|words| self.largest(&self.readings(words)))
        };
        let code = expected
            .or_else(|| self.largest(&outlet_places(self, hints)))
            .or_else(of_domain)
            .or_else(named)
            .or_else(|| self.named_most(text))?;
        code.as_bytes().try_into().ok()
    }

    fn readings(&self, words: &str) -> Vec<Posting> {
        let mut postings = Vec::new();
        self.postings(&name_key(words), &mut postings);
        postings
    }

    /// The country of the largest of these places.
    fn largest(&self, postings: &[Posting]) -> Option<&str> {
        let entries = postings.iter().map(|p| self.entry(p.id));
        Some(entries.max_by_key(|e| e.population)?.country)
    }

    /// The country that the words name most, by its name or its people's.
    fn named_most(&self, text: &str) -> Option<&str> {
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c == '-')
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
            .take(MOST_WORDS)
            .collect();
        let mut counted: Vec<(&str, usize)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let pair = words
                .get(at + 1)
                .map(|next| format!("{} {next}", words[at]));
            let found = pair
                .and_then(|pair| Some((self.country_named(&pair)?, 2)))
                .or_else(|| Some((self.country_named(words[at])?, 1)));
            let behind = words.get(at + found.map_or(1, |(_, n)| n));
            // "Niger State" is none of Niger.
            let of_unit = behind.is_some_and(|noun| kind(&name_key(noun)).any(Kind::ADMIN1));
            let unit = of_unit.then(|| self.unit_named(words[at])).flatten();
            at += found.map_or(1, |(_, n)| n);
            let land = found.map(|(country, _)| country).filter(|_| !of_unit);
            let Some(country) = unit.or(land) else {
                continue;
            };
            match counted.iter_mut().find(|(c, _)| *c == country) {
                Some((_, n)) => *n += 1,
                None => counted.push((country, 1)),
            }
        }
        // Of those named as often the first.
        let most = counted.iter().map(|(_, n)| *n).max()?;
        let first = counted.iter().find(|(_, n)| *n == most)?;
        Some(first.0)
    }

    /// The country of a first-order unit.
    fn unit_named(&self, name: &str) -> Option<&str> {
        let postings = self.readings(name);
        let unit = postings
            .iter()
            .find(|p| self.class(p.id) == PlaceClass::Admin1)?;
        Some(self.entry(unit.id).country)
    }

    fn country_named(&self, name: &str) -> Option<&str> {
        if !name.starts_with(char::is_uppercase) {
            return None;
        }
        let postings = self.readings(name);
        let country = postings
            .iter()
            .find(|p| matches!(self.class(p.id), PlaceClass::Country | PlaceClass::Demonym))?;
        Some(self.entry(country.id).country)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(text: &str, outlet: Option<&str>, domain: Option<&str>) -> Option<String> {
        let hints = Hints {
            outlet,
            domain,
            ..Hints::default()
        };
        let found = Gazetteer::embedded().country_of_report(text, &hints)?;
        String::from_utf8(found.to_vec()).ok()
    }

    #[test]
    fn the_paper_tells_the_country_then_the_text() {
        assert_eq!(
            country("", Some("Dallas Tribune"), None).as_deref(),
            Some("US")
        );
        assert_eq!(
            country("", None, Some("corva.com.ng")).as_deref(),
            Some("NG")
        );
        let text = "Pakistani police said two men were shot in Quetta, Pakistan.";
        assert_eq!(country(text, None, None).as_deref(), Some("PK"));
        assert_eq!(
            country("A bomb went off in South Sudan.", None, None).as_deref(),
            Some("SS")
        );
        assert_eq!(
            country("A bomb went off in Niger State.", None, None).as_deref(),
            Some("NG")
        );
        assert_eq!(country("A bomb went off.", None, None), None);
    }
}
