//! The table for people: one line per incident.

use tarikh_record::{Flag, Incident, Killed, Range, Status};

use tarikh_codebook::{Codebook, Event, Party, Policy};
use tarikh_record::Side;

use super::Coded;
use super::columns::{cut, pad, pad_left, printable, width, wrap};

const HEADER: [&str; N_COLUMNS] = [
    "DATE",
    "EVENT",
    "PLACE",
    "SIDE A / SIDE B",
    "KILLED",
    "INJURED",
    "NOTE",
];
const N_COLUMNS: usize = 7;
/// Columns that give way when the table is too wide, with their least width.
const FLEXIBLE: [(usize, usize); 4] = [(1, 12), (2, 12), (3, 16), (6, 8)];
/// Columns that hold numbers.
const NUMBERS: [usize; 2] = [4, 5];
/// Before each line, and between two columns.
const GAP: usize = 2;

type Row = [String; N_COLUMNS];

/// What a table shows of an incident: its row, or the reason why it has none.
pub(super) trait View {
    /// The row, or why there is none.
    fn row(&self, coded: &Coded, incident: &Incident) -> Result<Row, String>;
}

/// The record itself.
pub(super) struct Record;

impl View for Record {
    fn row(&self, _: &Coded, incident: &Incident) -> Result<Row, String> {
        Ok(row(incident))
    }
}

/// The record under the rules of a codebook.
pub(super) struct Under<'b> {
    pub(super) book: &'b Codebook,
    pub(super) policy: Policy,
}

impl View for Under<'_> {
    fn row(&self, coded: &Coded, incident: &Incident) -> Result<Row, String> {
        let entry = coded.entry(incident);
        let event = self.book.event(&entry, self.policy);
        match event.refusal() {
            None => Ok(row_of_event(&event, incident)),
            Some(refusal) => {
                let [date, kind, at, ..] = row(incident);
                Err(format!(
                    "not coded: {date}, {kind}, {at}: {}",
                    refusal.because
                ))
            }
        }
    }
}

/// Renders the reports of a batch, a line per incident, cut to `columns`.
pub(super) fn render(batch: &[Coded], columns: usize, headings: bool, view: &impl View) -> String {
    let mut refused: Vec<Vec<String>> = Vec::new();
    let mut rows: Vec<Vec<Row>> = Vec::new();
    for coded in batch {
        let incidents = coded.coding.incidents.iter();
        let (shown, left_out): (Vec<_>, Vec<_>) = incidents
            .map(|incident| view.row(coded, incident))
            .partition(Result::is_ok);
        rows.push(shown.into_iter().flatten().collect());
        refused.push(left_out.into_iter().filter_map(Result::err).collect());
    }
    let widths = widths(rows.iter().flatten(), columns);
    let mut out = String::new();
    for (i, (coded, rows)) in batch.iter().zip(&rows).enumerate() {
        if headings {
            if 0 < i {
                out.push('\n');
            }
            out.push_str(&cut(&heading(coded), columns));
            out.push('\n');
        }
        if coded.coding.incidents.is_empty() {
            push_line(&mut out, &no_incident(coded));
        } else if !rows.is_empty() {
            push_row(&mut out, &HEADER.map(str::to_owned), &widths);
        }
        for row in rows {
            push_row(&mut out, row, &widths);
        }
        let warnings = coded.coding.warnings.iter();
        let warnings = warnings.map(|warning| format!("{}: {}", warning.code, warning.message));
        for note in refused[i].iter().cloned().chain(warnings) {
            let words = printable(&note);
            for (n, line) in wrap(&words, columns.saturating_sub(2 * GAP))
                .iter()
                .enumerate()
            {
                let indent = if n == 0 { "" } else { "  " };
                push_line(&mut out, &format!("{indent}{line}"));
            }
        }
    }
    out
}

fn push_line(out: &mut String, words: &str) {
    out.push_str("  ");
    out.push_str(words);
    out.push('\n');
}

fn push_row(out: &mut String, row: &Row, widths: &[usize; N_COLUMNS]) {
    let mut line = String::new();
    for (i, (cell, &width)) in row.iter().zip(widths).enumerate() {
        line.push_str(&" ".repeat(GAP));
        line.push_str(&match NUMBERS.contains(&i) {
            true => pad_left(cell, width),
            false => pad(cell, width),
        });
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Widths of the columns: as wide as their widest cell, then narrowed from the widest flexible
/// one down until the table fits.
fn widths<'a>(rows: impl Iterator<Item = &'a Row>, columns: usize) -> [usize; N_COLUMNS] {
    let mut widths = HEADER.map(width);
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = width(cell).max(*column);
        }
    }
    let available = columns.saturating_sub(GAP * N_COLUMNS);
    while available < widths.iter().sum() {
        let widest = FLEXIBLE
            .iter()
            .filter(|&&(column, least)| least < widths[column])
            .max_by_key(|&&(column, _)| widths[column]);
        match widest {
            Some(&(column, _)) => widths[column] -= 1,
            None => break,
        }
    }
    widths
}

/// `reports.jsonl:3  2023-04-22  Elsk Post  Nine killed in Corva`.
fn heading(coded: &Coded) -> String {
    let mut parts = vec![coded.origin.to_string()];
    if !coded.metadata.id.is_empty() {
        parts.push(coded.metadata.id.clone());
    }
    parts.extend(coded.coding.published.clone());
    parts.extend(coded.metadata.outlet.clone());
    parts.extend(coded.metadata.title.clone());
    printable(&parts.join("  "))
}

fn no_incident(coded: &Coded) -> String {
    match coded.coding.context.len() {
        0 => "no incident".to_owned(),
        1 => "no incident; 1 statement of context".to_owned(),
        n => format!("no incident; {n} statements of context"),
    }
}

fn row(incident: &Incident) -> Row {
    let sides = [&incident.side_a, &incident.side_b].map(|side| match side.is_empty() {
        true => "?".to_owned(),
        false => side.join(", "),
    });
    [
        date(incident),
        incident.sub_event_type.to_string(),
        place(incident),
        sides.join(" / "),
        killed(&incident.killed),
        range(&incident.injured),
        note(incident),
    ]
    .map(|cell| printable(&cell))
}

fn row_of_event(event: &Event<'_>, incident: &Incident) -> Row {
    let [date, _, at, _, _, injured, note] = row(incident);
    let side = |side| {
        let names: Vec<&str> = event.side(side).iter().map(Party::name).collect();
        match names.is_empty() {
            true => "?".to_owned(),
            false => names.join(", "),
        }
    };
    let sides = printable(&format!("{} / {}", side(Side::A), side(Side::B)));
    [
        date,
        event.label(),
        at,
        sides,
        killed(&event.killed()),
        injured,
        note,
    ]
}

/// `2023-04-18`, `2023-04-18/20`, `2023-04-28/05-02`, `2023-04`, or the words that gave no date.
fn date(incident: &Incident) -> String {
    let (Some(start), Some(end)) = (&incident.date_start, &incident.date_end) else {
        let one = incident.date_start.as_ref().or(incident.date_end.as_ref());
        return match (one, &incident.date_text) {
            (Some(day), _) => day.clone(),
            (None, Some(words)) => format!("\"{}\"", cut(words, 14)),
            (None, None) => "?".to_owned(),
        };
    };
    if start == end {
        return start.clone();
    }
    if incident.date_precision == Some(4) && start.get(..7) == end.get(..7) {
        return start.get(..7).unwrap_or(start).to_owned();
    }
    // ISO 8601 lets the end of an interval leave out what it shares with the start.
    let shared = [8, 5]
        .into_iter()
        .find(|&n| start.get(..n).is_some() && start.get(..n) == end.get(..n));
    let rest = shared.and_then(|n| end.get(n..)).unwrap_or(end);
    format!("{start}/{rest}")
}

fn place(incident: &Incident) -> String {
    let place = &incident.place;
    let name = place.name.as_ref().or(place.text.as_ref());
    match (name, &place.country) {
        (Some(name), Some(country)) => format!("{name}, {country}"),
        (Some(name), None) => name.clone(),
        (None, Some(country)) => country.clone(),
        (None, None) => "?".to_owned(),
    }
}

/// `9`, `9+` for "at least nine", `3-5`, `≤5` for "up to five", `?`.
fn killed(killed: &Killed) -> String {
    let low = killed.low.or(killed.best);
    // No upper bound beside a number means "at least" only where the report gave it so: low = best.
    range(&Range {
        low,
        high: killed.high,
    })
}

fn range(range: &Range) -> String {
    match (range.low, range.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!("{low}+"),
        (None, Some(high)) => format!("≤{high}"),
        (None, None) => "?".to_owned(),
    }
}

fn note(incident: &Incident) -> String {
    let mut notes = Vec::new();
    if incident.is_background {
        notes.push("background");
    }
    notes.extend(match incident.flag {
        Some(Flag::AircraftCrash) => Some("crash"),
        Some(Flag::AircraftShootdown) => Some("shot down"),
        Some(Flag::Release) => Some("release"),
        None => None,
    });
    notes.extend(match incident.status {
        Status::Confirmed => None,
        Status::Claimed => Some("claimed"),
        Status::Alleged => Some("alleged"),
        Status::Denied => Some("denied"),
    });
    if incident.shared_toll {
        notes.push("shared toll");
    }
    notes.join(", ")
}
