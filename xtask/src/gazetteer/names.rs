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

/// "Soum" for "Province du Soum".
pub(crate) fn without_french_kind(name: &str) -> &str {
    let rest = ["Province ", "Cercle ", "Département "]
        .iter()
        .find_map(|kind| name.strip_prefix(kind));
    let Some(rest) = rest else { return name };
    ["de la ", "de l’", "de l'", "du ", "des ", "de ", "d’", "d'"]
        .iter()
        .find_map(|article| rest.strip_prefix(article))
        .unwrap_or(name)
}

/// First words of Arabic names, each with the spellings that English copy has for it.
const SPELLINGS: &[&[&str]] = &[
    &["tall", "tal", "tel", "tell"],
    &["kafr", "kafar", "kfar"],
    &["ayn", "ain", "ein"],
    &["dayr", "deir", "der"],
    &["bayt", "beit", "bait"],
    &["umm", "um"],
    &["khirbat", "khirbet", "kherbet"],
    &["jabal", "jebel"],
    &["shaykh", "sheikh", "shaikh"],
    &["qasr", "kasr"],
    &["burj", "bourj", "borj"],
];

/// "Tal Rifaat", "Tel Rifaat" and "Tell Rifaat" for "Tall Rifaat".
pub(crate) fn respelt(country: &str, names: &[&str]) -> Vec<String> {
    if !ARABIC.contains(&country) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for name in names {
        let key = name_key(name);
        let Some((first, rest)) = key.split_once(' ') else {
            continue;
        };
        let group = SPELLINGS.iter().find(|g| g.contains(&first));
        for other in group.into_iter().copied().flatten() {
            if *other != first {
                out.push(format!("{other} {rest}"));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Nouns of second-order units that stand before the name ("Province of Sulu", "Departement du Gard").
const UNITS_OF: &[&str] = &[
    "province of ",
    "departement de la ",
    "departement des ",
    "departement du ",
    "departement de ",
    "provincia di ",
    "provincia de ",
];

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
        let bare = UNITS_OF.iter().find_map(|unit| key.strip_prefix(unit));
        if let Some(rest) = bare.filter(|rest| rest.len() >= 4) {
            out.push(rest.to_owned());
        }
    }
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_names_are_respelt_and_others_are_not() {
        assert_eq!(
            respelt("SY", &["Tall Rifa‘at"]),
            ["tal rifaat", "tel rifaat", "tell rifaat"]
        );
        assert!(respelt("US", &["Tall Timbers"]).is_empty());
        assert!(respelt("SY", &["Homs"]).is_empty());
    }

    #[test]
    fn french_unit_nouns_fall_away_with_their_article() {
        assert_eq!(without_french_kind("Province du Soum"), "Soum");
        assert_eq!(without_french_kind("Cercle d’Abeïbara"), "Abeïbara");
        assert_eq!(without_french_kind("Provincetown"), "Provincetown");
    }
}
