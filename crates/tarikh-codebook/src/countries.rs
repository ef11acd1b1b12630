//! Countries as UCDP names and numbers them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// A country in the terms of UCDP GED.
#[derive(Debug, Deserialize)]
pub struct Country {
    iso2: String,
    iso3: String,
    name: String,
    /// UCDP's names, the usual one first, where they differ.
    #[serde(default)]
    ucdp: Vec<String>,
    /// Gleditsch-Ward number; none for what is no state.
    pub gw: Option<u16>,
}

impl Country {
    /// The usual English name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// ISO 3166-1 alpha-3.
    #[must_use]
    pub fn iso3(&self) -> &str {
        &self.iso3
    }

    /// The name that GED gives it.
    #[must_use]
    pub fn ucdp_name(&self) -> &str {
        self.ucdp.first().unwrap_or(&self.name)
    }
}

#[derive(Deserialize)]
struct File {
    country: Vec<Country>,
}

/// Looks a country up by its ISO 3166-1 alpha-2 code.
#[must_use]
pub fn country(iso2: &str) -> Option<&'static Country> {
    static COUNTRIES: OnceLock<BTreeMap<String, Country>> = OnceLock::new();
    let countries = COUNTRIES.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../data/countries.toml"))
            .expect("a test reads the embedded file");
        let entries = file.country.into_iter();
        entries
            .map(|country| (country.iso2.clone(), country))
            .collect()
    });
    countries.get(iso2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        let mali = country("ML").expect("Mali is in the file");
        assert_eq!((mali.ucdp_name(), mali.gw), ("Mali", Some(432)));
        let bosnia = country("BA").expect("Bosnia is in the file");
        assert_eq!(bosnia.ucdp_name(), "Bosnia-Herzegovina");
        assert!(country("XX").is_none());
    }
}
