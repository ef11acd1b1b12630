//! Whole records of fictional reports, as text that a coder can read.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tarikh_codebook::{Codebook, Entry};
use tarikh_coder::{Coder, Workspace};
use tarikh_io::{Reports, Source};
use tarikh_record::{Actor, Claim, Coding, Incident, Side};
use tarikh_text::{Metadata, Report};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn forty_fictional_reports() {
    let coder = Coder::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/samples");
    let files = std::fs::read_dir(folder).expect("the samples are here");
    let mut paths: Vec<PathBuf> = files
        .map(|file| file.expect("the samples can be listed").path())
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 40);
    for path in paths {
        let report = sample(&path);
        let coding = coder.code(&report, &mut Workspace::default());
        insta::assert_snapshot!(report.id().to_owned(), shown(&coding));
    }
}

/// A title, a line with outlet and day, then the text.
fn sample(path: &Path) -> Report {
    let name = path
        .file_stem()
        .expect("a file has a name")
        .to_string_lossy();
    let text = std::fs::read_to_string(path).expect("a sample can be read");
    let mut parts = text.splitn(3, '\n');
    let mut next = || parts.next().expect("a sample has title, outlet and text");
    let (title, line, body) = (next(), next(), next());
    let (outlet, day) = line.rsplit_once(", ").expect("outlet and day");
    let metadata = Metadata {
        id: name.into_owned(),
        title: Some(title.to_owned()),
        outlet: Some(outlet.to_owned()),
        published: Some(day.parse().expect("a day of publication")),
        url: None,
        language: None,
    };
    Report::new(metadata, body.trim())
}

/// The day of publication that `examples/README.md` gives.
const EXAMPLES: [(&str, Option<&str>); 12] = [
    ("abduction-nigeria.html", None),
    ("air-strike-sudan.txt", Some("2023-11-07")),
    ("ambush-niger.txt", Some("2018-05-16")),
    ("background-burundi.txt", Some("2018-04-07")),
    ("ceasefire-chad.txt", Some("2021-02-26")),
    ("french-burkina.txt", Some("2021-06-15")),
    ("helicopter-crash-mozambique.txt", Some("2022-08-21")),
    ("market-bomb-somalia-1.txt", Some("2023-08-20")),
    ("market-bomb-somalia-2.txt", Some("2023-08-22")),
    ("protest-peru.txt", Some("2018-09-03")),
    ("roadside-bomb-kenya.txt", Some("2020-10-16")),
    ("wire.jsonl", None),
];

#[test]
fn the_samples_of_the_user_guide() {
    let coder = Coder::new();
    for (name, published) in EXAMPLES {
        let path = root().join("examples/reports").join(name);
        let defaults = Metadata {
            published: published.map(|day| day.parse().expect("a day")),
            ..Metadata::default()
        };
        let mut out = String::new();
        for found in Reports::new(&[Source::Path(path)], defaults) {
            let raw = found.unwrap_or_else(|error| panic!("{name}: {error}"));
            let report = Report::new(raw.metadata, &raw.body);
            out += &shown(&coder.code(&report, &mut Workspace::default()));
        }
        insta::assert_snapshot!(format!("example-{name}"), out);
    }
}

fn shown(coding: &Coding) -> String {
    let published = coding.published.as_deref().unwrap_or("no day");
    let mut out = format!(
        "published {published}; {}\n",
        count(coding.incidents.len(), "incident")
    );
    for incident in &coding.incidents {
        show(&mut out, incident);
    }
    for statement in &coding.context {
        line(
            &mut out,
            0,
            "context",
            &format!("{:?}: {}", statement.kind, statement.evidence.quote),
        );
    }
    for warning in &coding.warnings {
        line(&mut out, 0, &warning.code, &warning.message);
    }
    out
}

fn show(out: &mut String, i: &Incident) {
    let background = if i.is_background { ", background" } else { "" };
    let flag = i
        .flag
        .map_or_else(String::new, |flag| format!(", {flag:?}"));
    let status = format!("{:?}", i.status).to_lowercase();
    out.push('\n');
    line(
        out,
        0,
        i.sub_event_type.as_str(),
        &format!("{status}{background}{flag}"),
    );
    line(
        out,
        1,
        "act",
        &format!("\"{}\" by {}", i.evidence.quote, rule(i, "event_type")),
    );
    let ucdp = i
        .ucdp_type
        .map_or_else(unknown, |kind| u8::from(kind).to_string());
    let plover = [text(&i.plover_type), text(&i.plover_mode)].join(" ");
    line(
        out,
        1,
        "types",
        &format!(
            "UCDP {ucdp}, PLOVER {plover}, by {}",
            rule(i, "sub_event_type")
        ),
    );
    line(out, 1, "when", &when(i));
    line(out, 1, "where", &place(i));
    for (name, side) in [("side a", Side::A), ("side b", Side::B)] {
        let actors: Vec<String> = i
            .actors
            .iter()
            .filter(|a| a.side == side)
            .map(actor)
            .collect();
        line(out, 1, name, &actors.join("; "));
    }
    line(out, 1, "killed", &killed(i));
    let injured = [number(i.injured.low), number(i.injured.high)].join(" to ");
    line(out, 1, "injured", &injured);
    for (name, n) in [
        ("abducted", i.abducted),
        ("arrested", i.arrested),
        ("released", i.released),
    ] {
        if n.is_some() {
            line(out, 1, name, &number(n));
        }
    }
    if i.shared_toll {
        line(out, 1, "toll", "shared with other incidents");
    }
    if !i.weapons.is_empty() {
        line(out, 1, "weapons", &i.weapons.join(", "));
    }
    for claim in &i.claims {
        line(out, 1, "claim", &claimed(claim));
    }
    for source in &i.sources {
        let also = if source.also.is_empty() {
            String::new()
        } else {
            format!(" (also {})", source.also.join(", "))
        };
        let anonymous = if source.anonymous { ", anonymous" } else { "" };
        let words = format!(
            "{}{also}: {:?}, {:?}{anonymous}",
            source.name, source.kind, source.claim
        );
        line(out, 1, "source", &words);
    }
    for book in Codebook::all() {
        let entry = Entry::bare(i);
        let event = book.event(&entry, book.policy());
        let words = event.refusal().map_or_else(
            || format!("{}, {} dead", event.label(), number(event.killed().best)),
            |refusal| format!("not coded: {}", refusal.because),
        );
        line(out, 1, &book.name, &words);
    }
}

fn when(i: &Incident) -> String {
    let words = i
        .date_text
        .as_ref()
        .map_or_else(String::new, |words| format!(" \"{words}\""));
    let time = i
        .time_of_day
        .as_ref()
        .map_or_else(String::new, |time| format!(", {time}"));
    let precision = number(i.date_precision);
    let days = [text(&i.date_start), text(&i.date_end)].join(" to ");
    format!(
        "{days} ({precision}){words}{time} by {}",
        rule(i, "date_start")
    )
}

fn place(i: &Incident) -> String {
    let p = &i.place;
    let names = [&p.name, &p.admin2, &p.admin1, &p.country]
        .map(text)
        .join(", ");
    let point = p
        .lat
        .zip(p.lon)
        .map_or_else(unknown, |(lat, lon)| format!("{lat:.2} {lon:.2}"));
    let precision = number(p.precision);
    format!("{names}; {point} ({precision}) \"{}\"", text(&p.text))
}

fn actor(a: &Actor) -> String {
    let suspected = if a.suspected { ", suspected" } else { "" };
    let id = text(&a.id);
    format!(
        "{} ({:?}, {}, {id}{suspected})",
        a.name,
        a.kind,
        text(&a.country)
    )
}

fn killed(i: &Incident) -> String {
    let k = &i.killed;
    let [best, low, high, a, b, civilians, unknown] = [
        k.best,
        k.low,
        k.high,
        k.side_a,
        k.side_b,
        k.civilians,
        k.unknown,
    ]
    .map(number);
    format!("{best} ({low} to {high}); a {a}, b {b}, civilians {civilians}, unknown {unknown}")
}

fn claimed(c: &Claim) -> String {
    let [low, best, high] = [c.low, c.best, c.high].map(number);
    let measure = format!("{:?}", c.measure).to_lowercase();
    let extent = format!("{:?}", c.extent).to_lowercase();
    let who = c.source.as_deref().unwrap_or("the report");
    format!(
        "{measure} {best} ({low} to {high}), {extent}: \"{}\", says {who}",
        c.quote
    )
}

fn rule(i: &Incident, field: &str) -> String {
    let found = i.provenance.iter().find(|p| p.field == field);
    found.map_or_else(unknown, |p| p.rule.clone())
}

fn line(out: &mut String, indent: usize, name: &str, words: &str) {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{:indent$}{name}: {words}", "", indent = indent * 2)
        .expect("memory can be written to");
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_else(unknown)
}

fn number(value: Option<impl ToString>) -> String {
    value.map_or_else(unknown, |n| n.to_string())
}

fn unknown() -> String {
    "?".to_owned()
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
