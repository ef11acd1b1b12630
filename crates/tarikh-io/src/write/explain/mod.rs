//! A report with its coded words marked, and each value with the words and the rule behind it.

mod marks;
mod values;

use tarikh_record::{Coding, Evidence, Incident, Zone};

use super::columns::{cut, printable, wrap};
use crate::read::RawReport;
use marks::Marked;

/// How an explanation is shown.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colours instead of marks under the words.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// What a coded span was read for; each has its own mark and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Context,
    Act,
    Source,
    Time,
    Place,
    Actor,
    Number,
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Act,
        Self::Actor,
        Self::Number,
        Self::Place,
        Self::Time,
        Self::Source,
        Self::Context,
    ];

    /// What a field of an incident is about, by the first name of its path.
    fn of_field(field: &str) -> Self {
        let first = field.split(['.', '[']).next().unwrap_or_default();
        match first {
            "date_start" | "date_end" | "date_precision" | "date_text" | "timex"
            | "time_of_day" | "time_zone" => Self::Time,
            "place" => Self::Place,
            "side_a" | "side_b" | "actors" | "civilians" => Self::Actor,
            "killed" | "injured" | "abducted" | "arrested" | "released" | "claims"
            | "shared_toll" => Self::Number,
            "sources" | "status" => Self::Source,
            _ => Self::Act,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Act => "act",
            Self::Source => "source",
            Self::Time => "time",
            Self::Place => "place",
            Self::Actor => "actor",
            Self::Number => "number",
        }
    }

    /// The mark under a word, where there are no colours.
    const fn mark(self) -> char {
        match self {
            Self::Context => '.',
            Self::Act => '^',
            Self::Source => '"',
            Self::Time => '~',
            Self::Place => '=',
            Self::Actor => '-',
            Self::Number => '#',
        }
    }

    /// ANSI parameters: underlined, and a colour that reads on dark and light grounds.
    const fn colour(self) -> &'static str {
        match self {
            Self::Context => "2;4",
            Self::Act => "1;4;31",
            Self::Source => "4;35",
            Self::Time => "4;34",
            Self::Place => "4;32",
            Self::Actor => "4;36",
            Self::Number => "1;4;33",
        }
    }
}

impl Style {
    fn paint(self, kind: Kind, words: &str) -> String {
        self.ansi(kind.colour(), words)
    }

    fn bold(self, words: &str) -> String {
        self.ansi("1", words)
    }

    fn ansi(self, parameters: &str, words: &str) -> String {
        if self.colour {
            format!("\u{1b}[{parameters}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// Explains one coding; `coding` must be of `report`.
#[must_use]
pub fn explain(report: &RawReport, coding: &Coding, style: Style) -> String {
    let mut out = String::new();
    let mut line = |words: String| {
        out.push_str(words.trim_end());
        out.push('\n');
    };
    let title = report.metadata.title.as_deref().unwrap_or_default();
    let marked_title = Marked::new(title, spans(coding, Zone::Title));
    let marked_text = Marked::new(&report.body, spans(coding, Zone::Text));

    line(style.bold(&cut(&printable(&heading(report, coding)), style.width)));
    line(legend(style));
    line(String::new());
    if !title.is_empty() {
        marked_title.lines(style, Some("title")).for_each(&mut line);
        line(String::new());
    }
    marked_text.lines(style, None).for_each(&mut line);
    for (i, incident) in coding.incidents.iter().enumerate() {
        line(String::new());
        line(style.bold(&incident_heading(i + 1, incident)));
        for row in values::rows(incident, &marked_title, &marked_text, style) {
            line(row);
        }
    }
    if !coding.context.is_empty() {
        line(String::new());
        line(style.bold("context, kept and not counted"));
        for statement in &coding.context {
            let evidence = &statement.evidence;
            let at = position(evidence.zone, evidence.start, &marked_title, &marked_text);
            let kind = super::cells::name_of(&statement.kind);
            line(format!(
                "  {kind} at {at}, by {}",
                printable(&statement.rule)
            ));
            let quote = format!("\"{}\"", printable(&evidence.quote));
            for words in wrap(&quote, style.width.saturating_sub(4)) {
                line(format!("    {words}"));
            }
        }
    }
    for warning in &coding.warnings {
        line(String::new());
        let words = format!("warning[{}]: {}", warning.code, printable(&warning.message));
        wrap(&words, style.width).into_iter().for_each(&mut line);
    }
    out
}

fn heading(report: &RawReport, coding: &Coding) -> String {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let n_incidents = coding.incidents.len();
    let n_background = coding.incidents.iter().filter(|i| i.is_background).count();
    let mut heading = format!(
        "{}: {n_incidents} incident{}",
        report.origin,
        plural(n_incidents)
    );
    if 0 < n_background {
        heading += &format!(", {n_background} of them background");
    }
    if let Some(published) = &coding.published {
        heading += &format!(", published {published}");
    }
    heading
}

fn legend(style: Style) -> String {
    let entries = Kind::ALL.map(|kind| match style.colour {
        true => style.paint(kind, kind.name()),
        false => format!("{} {}", kind.mark(), kind.name()),
    });
    format!("marks: {}", entries.join("  "))
}

fn incident_heading(number: usize, incident: &Incident) -> String {
    let background = if incident.is_background {
        ", background"
    } else {
        ""
    };
    format!(
        "incident {number}: {} ({}){background}",
        incident.sub_event_type, incident.event_type
    )
}

/// Line and column of a span's first code point, both one-based; in the title `title:column`.
fn position(zone: Zone, start: u32, title: &Marked, text: &Marked) -> String {
    match zone {
        Zone::Title => format!("title:{}", title.line_and_column(start).1),
        Zone::Text => {
            let (line, column) = text.line_and_column(start);
            format!("{line}:{column}")
        }
    }
}

/// A run of code points and what it was read for.
type CodedSpan = (u32, u32, Kind);

/// All coded spans of one zone.
fn spans(coding: &Coding, zone: Zone) -> Vec<CodedSpan> {
    let of_evidence = |e: &Evidence, kind| (e.zone, (e.start, e.end, kind));
    let context = coding
        .context
        .iter()
        .map(|c| of_evidence(&c.evidence, Kind::Context));
    let incidents = coding.incidents.iter().flat_map(|incident| {
        let acts = std::iter::once(&incident.evidence).chain(&incident.evidence_also);
        let values = incident.provenance.iter();
        acts.map(|act| of_evidence(act, Kind::Act))
            .chain(values.map(|p| (p.zone, (p.start, p.end, Kind::of_field(&p.field)))))
    });
    let in_zone = context.chain(incidents).filter(|(at, _)| *at == zone);
    in_zone.map(|(_, span)| span).collect()
}
