//! What holds of an actor for a time only: a type, a parent, a name (`docs/actors.md`, validity).

use jiff::civil::Date;
use serde::Deserialize;
use toml::value::Datetime;

/// Days between which something holds, both inclusive; a bound left out is open.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Validity {
    #[serde(default)]
    valid_from: Option<Datetime>,
    #[serde(default)]
    valid_to: Option<Datetime>,
}

/// A type, a parent or a name with the days for which it holds.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Dated {
    /// A type of `group`, as in the entry itself.
    #[serde(default)]
    pub(crate) kind: Option<String>,
    /// Id of a `force` from which type and source kind come.
    #[serde(default)]
    pub(crate) force: Option<String>,
    /// Id of the group that it belongs to.
    #[serde(default)]
    pub(crate) parent: Option<String>,
    /// A name.
    #[serde(default)]
    pub(crate) alias: Option<String>,
    #[serde(flatten)]
    pub(crate) validity: Validity,
}

impl Validity {
    /// Whether a day lies within; a day that is not known stands for the present.
    pub(crate) fn holds(&self, day: Option<Date>) -> bool {
        let Some(day) = day else {
            return self.valid_to.is_none();
        };
        let from = self.valid_from.and_then(civil);
        let to = self.valid_to.and_then(civil);
        from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t)
    }

    /// What is wrong with the bounds.
    pub(crate) fn problem(&self) -> Option<String> {
        let bounds = [self.valid_from, self.valid_to];
        if let Some(bad) = bounds.into_iter().flatten().find(|d| civil(*d).is_none()) {
            return Some(format!("{bad} is no day; expected one as 2023-04-15"));
        }
        let [from, to] = bounds.map(|b| b.and_then(civil));
        from.zip(to)
            .filter(|(f, t)| t < f)
            .map(|(f, t)| format!("valid_from = {f} is after valid_to = {t}"))
    }
}

fn civil(d: Datetime) -> Option<Date> {
    let date = d.date?;
    let (year, month, day) = (
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    );
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn validity(text: &str) -> Validity {
        toml::from_str(text).expect("the test's own text")
    }

    #[test]
    fn both_bounds_are_inclusive() {
        let v = validity("valid_from = 2023-04-15\nvalid_to = 2023-05-01");
        assert!(v.holds(Some(date(2023, 4, 15))));
        assert!(v.holds(Some(date(2023, 5, 1))));
        assert!(!v.holds(Some(date(2023, 4, 14))));
        assert!(!v.holds(Some(date(2023, 5, 2))));
    }

    #[test]
    fn an_unknown_day_is_the_present() {
        assert!(validity("valid_from = 2023-04-15").holds(None));
        assert!(!validity("valid_to = 2023-04-14").holds(None));
    }

    #[test]
    fn bounds_the_wrong_way_round_are_named() {
        let v = validity("valid_from = 2023-04-15\nvalid_to = 2022-05-01");
        assert!(v.problem().is_some_and(|p| p.contains("is after")));
        assert!(validity("valid_to = 10:00:00").problem().is_some());
    }
}
