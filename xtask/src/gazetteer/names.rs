//! Which names are kept, and which further ones are made from them.

use tarikh_place::{is_latin_name, name_key};

/// Words that name the kind of a first-order unit and that reports leave out or replace.
const UNIT_KINDS: &[&str] = &[
    "oblast",
    "region",
    "province",
    "governorate",
    "state",
    "district",
    "republic",
    "kray",
    "krai",
    "department",
    "county",
    "prefecture",
    "municipality",
    "city",
    "autonomous region",
    "territory",
    "division",
    "voivodeship",
    "canton",
    "republic of",
    "oblast'",
];

/// Articles of Arabic names, assimilated forms included.
const ARTICLES: &[&str] = &[
    "al ", "el ", "ad ", "ar ", "as ", "ash ", "at ", "az ", "an ", "ath ", "ed ", "er ", "es ",
    "et ", "ez ",
];

/// Countries where a leading article of [`ARTICLES`] is Arabic.
const ARABIC: &[&str] = &[
    "AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR",
    "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TD", "TN", "YE",
];

/// The alternate names that an English report could use, each spelling once.
pub(crate) fn kept_alternates(name: &str, alternates: &[String]) -> Vec<String> {
    let own = name_key(name);
    let mut seen = vec![own];
    let mut kept = Vec::new();
    for alternate in alternates {
        let key = name_key(alternate);
        if key.len() >= 2 && is_latin_name(alternate) && !seen.contains(&key) {
            seen.push(key);
            kept.push(alternate.clone());
        }
    }
    kept
}

/// "Hasakah" for "Al-Hasakah", and the other way round for no name at all.
pub(crate) fn without_article(country: &str, names: &[&str]) -> Vec<String> {
    if !ARABIC.contains(&country) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for name in names {
        let key = name_key(name);
        for article in ARTICLES {
            if let Some(rest) = key.strip_prefix(article)
                && rest.len() >= 4
            {
                out.push(rest.to_owned());
                // Assimilation is a matter of spelling: "Ar-Raqqah" is also "Al-Raqqah".
                out.push(format!("al {rest}"));
                out.push(format!("el {rest}"));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// "Donetsk" for "Donetsk Oblast".
pub(crate) fn without_kind(names: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for name in names {
        let key = name_key(name);
        for kind in UNIT_KINDS {
            if let Some(rest) = key.strip_suffix(kind)
                && rest.ends_with(' ')
                && rest.trim_end().len() >= 3
            {
                out.push(rest.trim_end().to_owned());
            }
        }
        if let Some(rest) = key.strip_prefix("republic of ") {
            out.push(rest.to_owned());
        }
    }
    out.sort();
    out.dedup();
    out
}
