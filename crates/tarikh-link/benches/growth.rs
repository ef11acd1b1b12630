//! Whether the time of linking grows in line with the number of incidents.
//!
//! `cargo bench -p tarikh-link --bench growth`
//!
//! Invented incidents of one war: 40 a day, each told by two or three reports, over as many days as
//! it takes, at places that crowd around a few towns.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![expect(clippy::disallowed_methods, reason = "a bench looks at the clock")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use tarikh_link::{Constraints, Profile, edges, group};
use tarikh_record::Incident;

const A_DAY: usize = 40;

fn main() {
    println!(
        "{:>9} {:>10} {:>10} {:>10} {:>9} {:>9} {:>9}",
        "mentions", "edges", "groups", "seconds", "a second", "precision", "recall"
    );
    for n in [1_000, 10_000, 100_000] {
        let profiles = profiles(n);
        let told: Vec<String> = profiles.iter().map(|p| p.key.clone()).collect();
        let started = Instant::now();
        let found = edges(&profiles);
        let n_edges = found.len();
        let by_key = profiles.into_iter().map(|p| (p.key.clone(), p)).collect();
        let linking = black_box(group(&by_key, &found, &Constraints::default()));
        let seconds = started.elapsed().as_secs_f64();
        let rate = n as f64 / seconds;
        let (precision, recall) = pairs(&linking.groups, &told);
        println!(
            "{n:>9} {n_edges:>10} {:>10} {seconds:>10.2} {rate:>9.0} {precision:>9.3} {recall:>9.3}",
            linking.groups.len()
        );
    }
}

fn profiles(n: usize) -> Vec<Profile> {
    let mut random = Random(7);
    let mut profiles = Vec::with_capacity(n);
    let mut incident = 0;
    while profiles.len() < n {
        let record = record(incident / A_DAY, &mut random);
        let n_reports = 2 + random.below(2);
        for _ in 0..n_reports.min(n - profiles.len()) {
            let key = format!("{incident:07}-{:07}", profiles.len());
            profiles.push(Profile::new(&key, &key, None, &record));
        }
        incident += 1;
    }
    profiles
}

/// Share of the joined pairs that tell of one incident, and of those that do, share that were joined.
fn pairs(groups: &[Vec<String>], told: &[String]) -> (f64, f64) {
    let n_pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let incident_of = |key: &str| key.split('-').next().map(str::to_owned);
    let n_right = |keys: &[String]| -> usize {
        let mut sizes: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for key in keys {
            *sizes.entry(incident_of(key)).or_default() += 1;
        }
        sizes.into_values().map(n_pairs).sum()
    };
    let joined: usize = groups.iter().map(|keys| n_pairs(keys.len())).sum();
    let right: usize = groups.iter().map(|keys| n_right(keys)).sum();
    (
        right as f64 / joined as f64,
        right as f64 / n_right(told) as f64,
    )
}

fn record(day: usize, random: &mut Random) -> Incident {
    let start: jiff::civil::Date = jiff::civil::date(2001, 1, 1);
    let day = start
        .checked_add(jiff::Span::new().days(day as i64))
        .expect("a day of our era");
    let town = random.below(12) as f64;
    let (lat, lon) = (10.0 + town / 3.0, -5.0 + (town * 7.0) % 5.0);
    let (lat, lon) = (
        lat + random.below(100) as f64 / 100.0,
        lon + random.below(100) as f64 / 100.0,
    );
    let kinds = [
        "Attack",
        "Armed clash",
        "Remote explosive/landmine/IED",
        "Looting/property destruction",
    ];
    let kind = kinds[random.below(4)];
    let killed = random.below(20);
    let value = json!({
        "id": "", "event_type": "Battles", "sub_event_type": kind, "flag": null, "ucdp_type": null,
        "plover_type": null, "plover_mode": null, "date_start": day.to_string(),
        "date_end": day.to_string(), "date_precision": 1, "date_text": null, "timex": null,
        "time_of_day": null,
        "place": {"text": null, "name": format!("Place {lat:.2} {lon:.2}"), "geonameid": null, "admin1": null,
            "admin2": null, "country": "ML", "lat": lat, "lon": lon, "radius_km": null,
            "geometry": null, "precision": 1, "relation": null},
        "side_a": ["gunmen"], "side_b": ["soldiers"], "actors": [], "civilians": null,
        "killed": {"best": killed, "low": killed, "high": killed, "side_a": null, "side_b": null,
            "civilians": null, "unknown": null},
        "injured": {"low": null, "high": null}, "abducted": null, "arrested": null, "released": null,
        "weapons": [], "sources": [], "claims": [], "status": "confirmed", "is_background": false,
        "shared_toll": false, "confidence": 0.8,
        "evidence": {"quote": "attacked", "start": 0, "end": 8, "zone": "text"},
        "evidence_also": [], "provenance": []
    });
    serde_json::from_value(value).expect("the record is complete")
}

/// A linear congruential generator (Knuth's constants): the same incidents in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}
