//! Distances and points on a sphere.

/// Mean radius of the Earth.
const EARTH_KM: f64 = 6371.0088;

/// Great-circle distance in kilometres (haversine).
pub(crate) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// Initial bearing from `a` to `b` in degrees, clockwise from north.
pub(crate) fn bearing(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let dlon = (b.1 - a.1).to_radians();
    let y = dlon.sin() * lat2.cos();
    let x = lat1.cos() * lat2.sin() - lat1.sin() * lat2.cos() * dlon.cos();
    y.atan2(x).to_degrees()
}

/// The point `km` away from `from` in the direction `bearing` (degrees from north).
pub(crate) fn travel(from: (f64, f64), bearing: f64, km: f64) -> (f64, f64) {
    let (lat, lon) = (from.0.to_radians(), from.1.to_radians());
    let (arc, bearing) = (km / EARTH_KM, bearing.to_radians());
    let lat2 = (lat.sin() * arc.cos() + lat.cos() * arc.sin() * bearing.cos()).asin();
    let lon2 =
        lon + (bearing.sin() * arc.sin() * lat.cos()).atan2(arc.cos() - lat.sin() * lat2.sin());
    let lon2 = (lon2.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
    (lat2.to_degrees(), lon2)
}

/// Halfway between two points.
pub(crate) fn midpoint(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    travel(a, bearing(a, b), distance_km(a, b) / 2.0)
}

/// Rounded to a ten-thousandth of a degree (about 10 m), finer than any computed point deserves.
pub(crate) fn rounded(p: (f64, f64)) -> (f64, f64) {
    let r = |x: f64| (x * 1e4).round() / 1e4;
    (r(p.0), r(p.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let (bamako, segou) = ((12.65, -8.0), (13.43, -6.27));
        let km = distance_km(bamako, segou);
        assert!((km - 206.0).abs() < 3.0, "{km}");
        let end = travel(bamako, bearing(bamako, segou), km);
        assert!(distance_km(end, segou) < 0.01);
        assert!(distance_km(midpoint(bamako, segou), bamako) - km / 2.0 < 0.01);
        // Across the date line.
        let east = travel((0.0, 179.9), 90.0, 50.0);
        assert!(east.1 < -179.0, "{east:?}");
    }
}
