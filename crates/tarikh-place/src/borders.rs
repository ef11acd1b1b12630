//! The lines of land borders, from `data/places/borders.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    border: BTreeMap<String, Vec<(f64, f64)>>,
}

static LINES: LazyLock<BTreeMap<String, Vec<(f64, f64)>>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/places/borders.toml"))
        .expect("the embedded borders are well formed");
    file.border
});

/// The line between two countries (ISO 3166-1 alpha-2) as (latitude, longitude), if they share a border
/// on land.
pub(crate) fn line(a: &str, b: &str) -> Option<&'static [(f64, f64)]> {
    let pair = format!("{}-{}", a.min(b), a.max(b));
    LINES.get(&pair).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::distance_km;

    #[test]
    fn every_line_has_two_ends_on_earth_and_its_pair_is_in_order() {
        for (pair, line) in LINES.iter() {
            let (a, b) = pair.split_once('-').expect("two codes");
            assert!(a < b && a.len() == 2 && b.len() == 2, "{pair}");
            assert!((2..=14).contains(&line.len()), "{pair}");
            let on_earth = |p: &(f64, f64)| p.0.abs() <= 90.0 && p.1.abs() <= 180.0;
            assert!(line.iter().all(on_earth), "{pair}");
        }
    }

    #[test]
    fn three_borders_meet_where_the_sahel_countries_do() {
        let ends = |a, b| {
            let line = line(a, b).expect("neighbours");
            [line[0], line[line.len() - 1]]
        };
        let meeting = (14.91, 0.22);
        for (a, b) in [("ML", "BF"), ("NE", "ML"), ("BF", "NE")] {
            let near = |p: &(f64, f64)| distance_km(*p, meeting) < 30.0;
            assert!(ends(a, b).iter().any(near), "{a} {b}");
        }
        assert_eq!(line("ML", "SO"), None);
    }
}
