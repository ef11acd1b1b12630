//! `tarikh gazetteer`: compiling, searching and downloading lists of places.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use tarikh_place::{EntryId, FindOptions, Gazetteer, Match};
use unicode_width::UnicodeWidthStr;

use crate::args::{BuildArgs, FindArgs, GazetteerCommand, PlaceArgs};
use crate::output::Output;
use crate::{Outcome, coder, diagnostics, gazetteer_fetch};

pub(crate) fn run(command: GazetteerCommand) -> anyhow::Result<Outcome> {
    match command {
        GazetteerCommand::Build(args) => build(&args),
        GazetteerCommand::Find(args) => find(&args),
        GazetteerCommand::Fetch(args) => gazetteer_fetch::run(&args),
    }
}

fn build(args: &BuildArgs) -> anyhow::Result<Outcome> {
    let paths: Vec<&Path> = args.files.iter().map(AsRef::as_ref).collect();
    let (bytes, reports) = Gazetteer::embedded().compile(&paths)?;
    let mut output = Output::open(Some(&args.output))?;
    output.write_all(&bytes).with_context(|| output.error())?;
    output.commit()?;
    let mut n_broken = 0;
    for (path, report) in args.files.iter().zip(&reports) {
        coder::warn_of(report);
        n_broken += report.n_broken;
        diagnostics::print(&format!(
            "{}: {} places, {} lines of other kinds, {} unreadable\n",
            path.display(),
            report.loaded,
            report.passed_over,
            report.n_broken
        ));
    }
    Ok(if 0 < n_broken {
        Outcome::Refused
    } else {
        Outcome::Complete
    })
}

/// The gazetteer that the arguments describe.
fn open(args: &PlaceArgs) -> anyhow::Result<Gazetteer> {
    let mut gazetteer = Gazetteer::embedded();
    for path in &args.gazetteer {
        coder::warn_of(&gazetteer.add_dump(path)?);
    }
    if let Some(path) = &args.corrections {
        gazetteer.add_corrections(path)?;
    }
    Ok(gazetteer)
}

fn find(args: &FindArgs) -> anyhow::Result<Outcome> {
    let gazetteer = open(&args.places)?;
    let countries = countries(&gazetteer, &args.places.countries)?;
    let near = match &args.near {
        Some(name) => Some(anchor(&gazetteer, name, &countries)?),
        None => None,
    };
    let options = FindOptions {
        near,
        countries: &countries,
    };
    let found = gazetteer.find(&args.name, options);
    if found.is_empty() {
        diagnostics::print(&format!(
            "no place is called {:?} or nearly so\n",
            shortened(&args.name)
        ));
        return Ok(Outcome::Refused);
    }
    let mut output = Output::open(None)?;
    write!(output, "{}", table(&gazetteer, &found, args.limit)).with_context(|| output.error())?;
    output.commit()?;
    if args.limit < found.len() {
        let n = found.len() - args.limit;
        diagnostics::print(&format!("{n} more; --limit shows them\n"));
    }
    Ok(Outcome::Complete)
}

/// The codes in capitals, each of a country.
fn countries(gazetteer: &Gazetteer, codes: &[String]) -> anyhow::Result<Vec<String>> {
    codes
        .iter()
        .map(|code| {
            let upper = code.to_ascii_uppercase();
            match gazetteer.iso3(&upper) {
                Some(_) => Ok(upper),
                None => bail!("no country has the code {code:?}; expected two letters, as ML"),
            }
        })
        .collect()
}

/// The place that --near names: its best reading.
fn anchor(gazetteer: &Gazetteer, name: &str, countries: &[String]) -> anyhow::Result<EntryId> {
    let options = FindOptions {
        near: None,
        countries,
    };
    let best = gazetteer.find(name, options).first().map(|m| m.id);
    best.with_context(|| format!("--near: no place is called {name:?}"))
}

/// The start of a name that is longer than any.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 60;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &name[..end]),
        None => name.to_owned(),
    }
}

/// One line for each place: what it is, where it lies, and why it stands where it stands.
fn table(gazetteer: &Gazetteer, found: &[Match], limit: usize) -> String {
    let heading = [
        "place", "kind", "country", "unit", "point", "people", "id", "score", "reasons",
    ];
    let mut rows: Vec<[String; 9]> = vec![heading.map(str::to_owned)];
    for m in found.iter().take(limit) {
        let entry = gazetteer.entry(m.id);
        let units = [entry.admin2, entry.admin1];
        let unit: Vec<&str> = units.into_iter().flatten().collect();
        rows.push([
            entry.name.to_owned(),
            format!("{:?}", entry.class).to_lowercase(),
            entry.country.to_owned(),
            unit.join(", "),
            format!("{:.4} {:.4}", entry.lat, entry.lon),
            match entry.population {
                0 => String::new(),
                n => n.to_string(),
            },
            entry
                .geonameid
                .map_or_else(String::new, |id| id.to_string()),
            format!("{:.1}", m.score),
            m.reasons.join(", "),
        ]);
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            let width = rows.iter().map(|r| r[i].width()).max().unwrap_or(0);
            line += cell;
            line += &" ".repeat(width + 2 - cell.width());
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}
