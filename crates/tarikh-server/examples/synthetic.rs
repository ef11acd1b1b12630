//! Fills a database with made-up incidents, to load a desk with:
//! `cargo run --release -p tarikh-server --example synthetic -- FILE N`.
//!
//! Each report tells of one incident; every third incident is told by a second report. Days, places
//! and tolls follow from the number of the incident, so that two runs give the same database.
#![expect(clippy::print_stderr, reason = "a command line talks to its user")]

use std::path::Path;
use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use tarikh_record::{Coding, Incident};
use tarikh_store::{Access, Filter, NewReport, Store};
use tarikh_text::Metadata;

/// Reports of one transaction.
const BATCH: usize = 1000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(n)) = (arguments.next(), arguments.next()) else {
        return Err("usage: synthetic FILE NUMBER".into());
    };
    let n: u32 = n.parse()?;
    let mut store = Store::open(Path::new(&path), Access::create())?;
    let begun = Instant::now();
    let mut batch = Vec::with_capacity(BATCH);
    let mut n_reports = 0_u32;
    for i in 0..n {
        batch.push(report(i, 0));
        if i % 3 == 0 {
            batch.push(report(i, 1));
        }
        if BATCH <= batch.len() || i + 1 == n {
            n_reports += batch.len() as u32;
            store.add(&batch, "2026-03-01T08:00:00Z".parse()?)?;
            batch.clear();
        }
        if i % 10_000 == 9_999 {
            eprintln!("{} incidents, {:.0?}", i + 1, begun.elapsed());
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!(
        "{n_reports} reports in {seconds:.1} s ({:.0}/s), {} incidents, {} bytes per report",
        f64::from(n_reports) / seconds,
        store.count(&Filter::default())?,
        std::fs::metadata(&path)?.len() / u64::from(n_reports.max(1)),
    );
    Ok(())
}

/// A number below `below` that looks like chance.
fn scattered(i: u32, salt: u32, below: u32) -> u32 {
    let mixed = (i ^ salt.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    (mixed ^ (mixed >> 15)).wrapping_mul(0xc2b2_ae35) % below
}

/// The n-th report on an incident: published a day later, with a higher toll.
fn report(i: u32, n: u32) -> NewReport {
    let first = Date::constant(2016, 1, 1);
    let day = first.saturating_add((scattered(i, 1, 3650) as i32).days());
    let published = day.saturating_add((1 + n as i32).days());
    let incident = incident(i, day, scattered(i, 2, 40) + n);
    let village = incident.place.name.clone().unwrap_or_default();
    let words = scattered(i, 3 + n, 1 << 20);
    let body = format!(
        "Gunmen attacked {village} on {day}, killing {} people, an official of district {words} \
         said. Houses were burned in quarter {}, and {} families fled to the camp at mile {}.",
        incident.killed.best.unwrap_or(0),
        scattered(i, 11 + n, 1 << 16),
        scattered(i, 12 + n, 1 << 12),
        scattered(i, 13 + n, 1 << 14),
    );
    NewReport {
        metadata: Metadata {
            id: format!("s-{i}-{n}"),
            title: Some(format!("Attack on {village}")),
            outlet: Some(["Elsk Post", "Dunmar Daily"][n as usize % 2].to_owned()),
            published: Some(published),
            url: None,
            language: Some("en".to_owned()),
        },
        coding: Coding {
            report_id: format!("s-{i}-{n}"),
            coder_version: "synthetic 1".to_owned(),
            language: Some("en".to_owned()),
            published: Some(published.to_string()),
            dateline: None,
            incidents: vec![incident],
            context: Vec::new(),
            warnings: Vec::new(),
        },
        body,
    }
}

fn incident(i: u32, day: Date, killed: u32) -> Incident {
    let countries = ["ML", "NE", "BF", "NG", "SO", "SD", "CO", "PH", "AF", "YE"];
    let country = countries[scattered(i, 4, 10) as usize];
    let types = [
        ("Violence against civilians", "Attack"),
        ("Battles", "Armed clash"),
        (
            "Explosions/Remote violence",
            "Remote explosive/landmine/IED",
        ),
        ("Protests", "Peaceful protest"),
    ];
    let (event_type, sub_event_type) = types[scattered(i, 5, 4) as usize];
    let (lat, lon) = (
        f64::from(scattered(i, 6, 30_000)) / 1000.0 - 5.0,
        f64::from(scattered(i, 7, 60_000)) / 1000.0 - 10.0,
    );
    let village = format!("Village {i}");
    let group = format!("Front {}", scattered(i, 8, 60));
    let words = |field: &str, quote: &str| {
        json!({"field": field, "rule": "synthetic", "quote": quote, "start": 15,
            "end": 15 + quote.len(), "zone": "text"})
    };
    let value = json!({
        "id": format!("i-{i}"),
        "event_type": event_type, "sub_event_type": sub_event_type, "flag": null,
        "ucdp_type": 3, "plover_type": "ASSAULT", "plover_mode": null,
        "date_start": day.to_string(), "date_end": day.to_string(), "date_precision": 1,
        "date_text": day.to_string(), "timex": day.to_string(), "time_of_day": null,
        "place": {"text": village, "name": village, "geonameid": null,
            "admin1": format!("Province {}", scattered(i, 9, 12)), "admin2": null,
            "country": country, "lat": lat, "lon": lon, "radius_km": 5.0, "geometry": null,
            "precision": 1, "relation": null},
        "side_a": [group], "side_b": ["Civilians"],
        "actors": [{"name": group, "id": null, "kind": "rebel_group", "country": country,
            "side": "a", "role": "attacker", "suspected": false}],
        "civilians": true,
        "killed": {"best": killed, "low": killed, "high": killed, "side_a": null, "side_b": null,
            "civilians": killed, "unknown": null},
        "injured": {"low": scattered(i, 10, 50), "high": null},
        "abducted": null, "arrested": null, "released": null, "weapons": ["rifles"],
        "sources": [{"name": "an official", "also": [], "kind": "local official",
            "claim": "confirm", "anonymous": false, "via": null}],
        "claims": [{"measure": "killed", "who": "people", "low": killed, "best": killed,
            "high": killed, "source": "an official", "quote": village, "start": 15,
            "end": 15 + village.len(), "zone": "text"}],
        "status": "confirmed", "is_background": false, "shared_toll": false,
        "confidence": f64::from(scattered(i, 14, 100)) / 100.0,
        "evidence": {"quote": village, "start": 15, "end": 15 + village.len(), "zone": "text"},
        "evidence_also": [],
        "provenance": [words("place", &village), words("date_start", &village),
            words("killed", &village), words("side_a", &village), words("event_type", &village)]
    });
    serde_json::from_value(value).expect("the record is complete")
}
