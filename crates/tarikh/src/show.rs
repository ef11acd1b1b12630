//! `tarikh show`: one incident, its toll ledger and its reports.

use std::io::Write;

use anyhow::Context;
use tarikh_io::write::printable;
use tarikh_record::{LedgerEntry, LinkedIncident, Member};
use tarikh_store::Access;

use crate::desk_args::ShowArgs;
use crate::output::Output;
use crate::{Outcome, database, diagnostics};

pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<Outcome> {
    let access = Access {
        policy: args.policy.into(),
        ..Access::read()
    };
    let store = database::open(&args.db, access)?;
    let linked = match args.as_of {
        Some(day) => store.incident_as_of(&args.incident, day)?,
        None => Some(store.incident_by(&args.incident, args.policy.into())?),
    };
    let Some(linked) = linked else {
        diagnostics::print("no report of that day or before tells of it\n");
        return Ok(Outcome::Complete);
    };
    let mut output = Output::open(None)?;
    let text = if args.json {
        serde_json::to_string_pretty(&linked)? + "\n"
    } else {
        let doubts = store.doubts_of(&linked.id)?;
        let doubts = doubts.iter().map(|doubt| {
            let other = if doubt.a == linked.id {
                &doubt.b
            } else {
                &doubt.a
            };
            format!("  {other} (score {:.1})\n", doubt.score)
        });
        describe(&linked) + &section("May be the same as", doubts.collect())
    };
    write!(output, "{text}").with_context(|| output.error())?;
    output.commit()?;
    Ok(Outcome::Complete)
}

/// The incident in words. What comes from reports cannot steer the terminal.
fn describe(linked: &LinkedIncident) -> String {
    let incident = &linked.incident;
    let place = &incident.place;
    let names = |names: &[String]| names.join("; ");
    let days = match (&incident.date_start, &incident.date_end) {
        (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
        (Some(start), _) => start.clone(),
        _ => String::new(),
    };
    let whereabouts = [&place.name, &place.admin2, &place.admin1, &place.country];
    let mut whereabouts: Vec<&str> = whereabouts
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    whereabouts.dedup();
    let killed = figures(
        incident.killed.low,
        incident.killed.best,
        incident.killed.high,
    );
    let injured = figures(incident.injured.low, None, incident.injured.high);
    let lines = [
        (
            "Type",
            format!("{} / {}", incident.event_type, incident.sub_event_type),
        ),
        ("Date", days),
        ("Place", whereabouts.join(", ")),
        ("Side A", names(&incident.side_a)),
        ("Side B", names(&incident.side_b)),
        ("Killed", killed),
        ("Injured", injured),
        ("Also", linked.also.join(", ")),
        ("Review", linked.review.as_str().to_owned()),
    ];
    let mut text = format!("{}\n", linked.id);
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        text += &format!("  {name:<8} {}\n", printable(value));
    }
    let decided = linked.decided.iter().map(|decided| {
        let why = decided
            .why
            .as_deref()
            .map_or_else(String::new, |why| format!(": {why}"));
        let line = format!(
            "{} = {} ({}{why})",
            decided.field, decided.value, decided.who
        );
        format!("  {}\n", printable(&line))
    });
    let ledger = linked.ledger.iter().enumerate().map(|(i, entry)| {
        let mut later = linked.ledger.iter();
        let by = later.find(|e| e.replaces == Some(i as u32));
        format!("  {}\n", printable(&claim(entry, by)))
    });
    let reports = linked
        .members
        .iter()
        .map(|member| format!("  {}\n", printable(&report(member))));
    text + &section("Set by people", decided.collect())
        + &section("Tolls", ledger.collect())
        + &section("Reports", reports.collect())
}

fn section(title: &str, lines: Vec<String>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{title}\n{}", lines.concat())
}

/// Three numbers as people read them; empty where none is known.
fn figures(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> String {
    match (low, best, high) {
        (None, None, None) => String::new(),
        (Some(low), Some(best), Some(high)) if low == best && best == high => best.to_string(),
        (Some(low), None, Some(high)) if low == high => low.to_string(),
        (Some(low), best, None) if best.is_none_or(|best| best == low) => {
            format!("{low} or more")
        }
        _ => {
            let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
            let best = best.map_or_else(String::new, |best| format!("{best} "));
            format!("{best}({} to {})", number(low), number(high))
        }
    }
}

/// A line of the ledger; `by` is what took its place later.
fn claim(entry: &LedgerEntry, by: Option<&LedgerEntry>) -> String {
    let numbers = match figures(entry.low, entry.best, entry.high) {
        unknown if unknown.is_empty() => "?".to_owned(),
        known => known,
    };
    let measure = format!("{:?}", entry.measure).to_lowercase();
    let who = entry
        .who
        .as_deref()
        .map_or_else(String::new, |who| format!(" ({who})"));
    let voice = match (&entry.source, entry.is_total) {
        (Some(source), _) => source.clone(),
        (None, true) => "the report's total".to_owned(),
        (None, false) => "the report".to_owned(),
    };
    let outlet = entry.outlet.as_deref().unwrap_or(&entry.report);
    let mark = by.map_or_else(String::new, |later| {
        let day = later.published.as_deref().unwrap_or("later");
        let numbers = figures(later.low, later.best, later.high);
        format!("  [replaced {day}: {numbers}]")
    });
    let day = entry.published.as_deref().unwrap_or("undated   ");
    format!("{day}  {measure} {numbers}{who}: {voice}, {outlet}{mark}")
}

fn report(member: &Member) -> String {
    let report = &member.report;
    let day = report.published.as_deref().unwrap_or("undated   ");
    let title = report.title.as_deref().unwrap_or(&report.id);
    let outlet = report.outlet.as_deref().unwrap_or("");
    let reprint = match &report.reprint_of {
        Some(of) => format!("  [reprint of {of}]"),
        None => String::new(),
    };
    format!(
        "{day}  {outlet} \"{title}\" {} {}{reprint}",
        report.key, member.mention
    )
}
