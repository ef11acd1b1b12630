//! Which incidents a client asks for: parameters read into the store's filter.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tarikh_link::Policy;
use tarikh_store::{Bounds, Filter, Harm, Order, Page};
use utoipa::IntoParams;

use crate::error::ApiError;

/// Most rows of a page.
const MAX_LIMIT: usize = 1000;

/// Declares parameters that begin with the filter's own, so that each list takes the same ones.
macro_rules! with_filter {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, Deserialize, IntoParams)]
        #[serde(default, deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(crate) struct $name {
            /// First day (2026-03-01): incidents that may have happened then or later.
            pub(crate) from: Option<String>,
            /// Last day, inclusive.
            pub(crate) to: Option<String>,
            /// Degrees: west,south,east,north. West may be greater than east, across the date line.
            #[param(example = "-5,13,2,16")]
            pub(crate) bbox: Option<String>,
            /// ISO 3166-1 alpha-2 codes, with commas: any of them.
            #[param(example = "ML,NE")]
            pub(crate) country: Option<String>,
            /// Name of a first- or second-order unit.
            pub(crate) admin: Option<String>,
            /// Part of an actor's name, or its id; either side.
            pub(crate) actor: Option<String>,
            /// ACLED event types, with commas: any of them.
            #[param(example = "Battles,Riots")]
            pub(crate) event_type: Option<String>,
            /// ACLED sub-event types, with commas: any of them.
            pub(crate) sub_event_type: Option<String>,
            /// killed, injured, abducted, arrested, released, with commas: any of them.
            #[param(example = "killed,injured")]
            pub(crate) harm: Option<String>,
            /// Fewest killed, by best, else low.
            pub(crate) min_killed: Option<u32>,
            /// unreviewed, accepted, changed, rejected, with commas. All but rejected if left out.
            pub(crate) state: Option<String>,
            /// true: only accepted ones of which more is known now.
            pub(crate) stale: Option<bool>,
            /// true: also past incidents that reports tell as background.
            pub(crate) background: Option<bool>,
            /// Key of a report that tells of it.
            pub(crate) report: Option<String>,
            /// Words that one of its reports holds.
            pub(crate) q: Option<String>,
            $($(#[$doc])* pub(crate) $field: $kind),*
        }

        impl $name {
            /// The store's filter.
            pub(crate) fn filter(&self) -> Result<Filter, ApiError> {
                Ok(Filter {
                    since: day("from", self.from.as_deref())?,
                    until: day("to", self.to.as_deref())?,
                    bounds: self.bbox.as_deref().map(bounds).transpose()?,
                    countries: countries(self.country.as_deref())?,
                    admin: self.admin.clone(),
                    actor: self.actor.clone(),
                    event_types: names("event_type", self.event_type.as_deref())?,
                    sub_event_types: names("sub_event_type", self.sub_event_type.as_deref())?,
                    harms: names::<Harm>("harm", self.harm.as_deref())?,
                    min_killed: self.min_killed,
                    review: names("state", self.state.as_deref())?,
                    stale: self.stale,
                    background: self.background.unwrap_or(false),
                    report: self.report.clone(),
                    text: self.q.clone(),
                    ..Filter::default()
                })
            }
        }
    };
}

with_filter! {
    /// A set of incidents.
    Selection {}
}

with_filter! {
    /// A page of a set of incidents.
    PagedSelection {
        /// latest (the default), earliest, priority (deadly and doubtful first) or killed.
        sort: Option<String>,
        /// `next` of the page before.
        cursor: Option<String>,
        /// Most rows: 1 to 1000, 100 if left out.
        limit: Option<usize>,
    }
}

with_filter! {
    /// A set of incidents to be written out.
    ExportSelection {
        /// full (the default) or public: no private names, anonymous sources or quotes.
        profile: Option<String>,
        /// exact (the default), admin2 or admin1; with profile=public.
        places: Option<String>,
        /// ucdp, acled or cautious: how tolls are made of claims.
        policy: Option<String>,
    }
}

impl PagedSelection {
    /// The store's page.
    pub(crate) fn page(&self) -> Result<Page, ApiError> {
        Ok(Page {
            order: one("sort", self.sort.as_deref())?.unwrap_or(Order::Latest),
            after: self.cursor.clone(),
            limit: self.limit.unwrap_or(100).clamp(1, MAX_LIMIT),
        })
    }
}

/// A day, as ISO 8601 has it.
pub(crate) fn day(name: &str, written: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(written) = written.filter(|written| !written.is_empty()) else {
        return Ok(None);
    };
    let day = tarikh_io::parse_date(written)
        .map_err(|problem| ApiError::unreadable(format!("{name}: {problem}")))?;
    Ok(Some(day.to_string()))
}

/// One name out of a set that serde knows.
pub(crate) fn one<T: DeserializeOwned>(
    name: &str,
    written: Option<&str>,
) -> Result<Option<T>, ApiError> {
    let Some(written) = written.filter(|written| !written.is_empty()) else {
        return Ok(None);
    };
    serde_json::from_value(written.into())
        .map(Some)
        .map_err(|error| ApiError::unreadable(format!("{name}: {error}")))
}

/// How tolls are made of claims; `None` if it was not said.
pub(crate) fn policy(written: Option<&str>) -> Result<Option<Policy>, ApiError> {
    Ok(Some(match written.unwrap_or_default() {
        "" => return Ok(None),
        "ucdp" => Policy::Ucdp,
        "acled" => Policy::Acled,
        "cautious" => Policy::Cautious,
        _ => {
            return Err(ApiError::unreadable(
                "policy: expected ucdp, acled or cautious",
            ));
        }
    }))
}

fn names<T: DeserializeOwned>(name: &str, written: Option<&str>) -> Result<Vec<T>, ApiError> {
    let all: Result<Vec<Option<T>>, _> = parts(written).map(|part| one(name, Some(part))).collect();
    Ok(all?.into_iter().flatten().collect())
}

/// Codes of countries; a name instead of one would find nothing and not say why.
fn countries(written: Option<&str>) -> Result<Vec<String>, ApiError> {
    let code = |part: &str| {
        let is_code = part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
        let wrong = || ApiError::unreadable("country: expected codes of two letters, as ML,NE");
        is_code.then(|| part.to_uppercase()).ok_or_else(wrong)
    };
    parts(written).map(code).collect()
}

fn parts(written: Option<&str>) -> impl Iterator<Item = &str> {
    written
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn bounds(written: &str) -> Result<Bounds, ApiError> {
    let wrong = || ApiError::unreadable("bbox: expected four numbers, west,south,east,north");
    let numbers: Vec<f64> = written
        .split(',')
        .map(|part| part.trim().parse().map_err(|_| wrong()))
        .collect::<Result<_, _>>()?;
    match numbers.as_slice() {
        &[west, south, east, north] if numbers.iter().all(|x| x.is_finite()) && south <= north => {
            Ok(Bounds {
                west,
                south,
                east,
                north,
            })
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tarikh_record::{EventType, ReviewState};

    fn filter(query: &str) -> Result<Filter, String> {
        let uri = format!("/incidents?{query}").parse().expect("an address");
        let read = axum::extract::Query::<Selection>::try_from_uri(&uri);
        let axum::extract::Query(selection) = read.map_err(|error| error.body_text())?;
        selection.filter().map_err(|error| error.message)
    }

    #[test]
    fn parameters_become_the_stores_filter() {
        let expected = Filter {
            since: Some("2026-03-01".to_owned()),
            countries: vec!["ML".to_owned(), "NE".to_owned()],
            event_types: vec![EventType::Battles, EventType::ExplosionsRemoteViolence],
            harms: vec![Harm::Abducted],
            review: vec![ReviewState::Accepted],
            ..Filter::default()
        };
        let query = "from=2026-03-01&country=ml,NE&event_type=Battles,Explosions/Remote%20violence\
                     &harm=abducted&state=accepted";
        assert_eq!(filter(query), Ok(expected));
        assert_eq!(filter("from=&country="), Ok(Filter::default()));
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for (query, word) in [
            ("from=2026-02-30", "from"),
            ("bbox=1,2,3", "bbox"),
            ("bbox=1,9,3,-9", "bbox"),
            ("bbox=1,2,NaN,4", "bbox"),
            ("event_type=Brawls", "event_type"),
            ("state=done", "state"),
            ("country=Mali", "country"),
            ("contry=ML", "contry"),
            ("min_killed=some", "digit"),
        ] {
            let said = filter(query).expect_err(query);
            assert!(said.contains(word), "{query}: {said}");
        }
    }
}
