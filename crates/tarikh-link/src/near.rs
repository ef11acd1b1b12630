//! How near two accounts are in time and space.

use crate::Profile;
use crate::signs::{FAR_DAYS, FAR_KM};

/// Whether two accounts are plainly apart: what comparing them would find too, at a fraction of the cost.
pub(crate) fn are_far(a: &Profile, b: &Profile) -> bool {
    let far_in_time = || match (a.days, b.days) {
        (Some(p), Some(q)) => has_own_day(a) && has_own_day(b) && FAR_DAYS <= gap(p, q),
        _ => false,
    };
    let far_in_space = || match (a.point, b.point) {
        (Some(p), Some(q)) => {
            let are_own = !a.borrows_place && !b.borrows_place;
            are_own && FAR_KM <= distance_km(p, q) && !is_around(a, b)
        }
        _ => false,
    };
    a.report == b.report || far_in_time() || far_in_space()
}

/// Whether its report states a day of this incident.
pub(crate) fn has_own_day(profile: &Profile) -> bool {
    !profile.is_guessed && !profile.borrows_day
}

/// Days between two intervals; 0 where they overlap.
pub(crate) fn gap((a_start, a_end): (i32, i32), (b_start, b_end): (i32, i32)) -> i32 {
    (a_start.max(b_start) - a_end.min(b_end)).max(0)
}

/// Whether one name has all words of the other: "Lima" and "Lima region", "Tel Abyad" and
/// "Tall Tel Abyad".
pub(crate) fn is_same_name(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    let has_all = |whole: &str, part: &str| {
        let mut words = part.split(' ');
        words.all(|word| whole.split(' ').any(|other| other == word))
    };
    has_all(a, b) || has_all(b, a)
}

/// Whether one account names a place in the unit that the other names: a town that bears the
/// name of its province may stand for the province.
pub(crate) fn is_around(a: &Profile, b: &Profile) -> bool {
    let holds = |unit: &Profile, spot: &Profile| {
        unit.place.is_some() && (unit.place == spot.admin1 || unit.place == spot.admin2)
    };
    a.country == b.country && (holds(a, b) || holds(b, a))
}

/// Great-circle distance in kilometres (haversine, mean radius of the Earth).
pub(crate) fn distance_km((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (phi_a, phi_b) = (lat_a.to_radians(), lat_b.to_radians());
    let (d_phi, d_lambda) = (phi_b - phi_a, (lon_b - lon_a).to_radians());
    let h =
        (d_phi / 2.0).sin().powi(2) + phi_a.cos() * phi_b.cos() * (d_lambda / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}
