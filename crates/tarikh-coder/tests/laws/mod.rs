//! What holds for every report, whatever its bytes. The property tests and the fuzz target share
//! this file; a broken law panics with the words that broke it.

use tarikh_coder::{Coder, Workspace};
use tarikh_record::{Coding, Evidence, Incident, Zone};
use tarikh_text::Report;

/// Codes a report and asserts the laws; gives the coding.
///
/// # Panics
/// If a law is broken.
pub(crate) fn check(coder: &Coder, report: &Report) -> Coding {
    let mut workspace = Workspace::default();
    let coding = coder.code(report, &mut workspace);
    same_input_same_bytes(coder, report, &mut workspace, &coding);
    let original = Original::of(report);
    for incident in &coding.incidents {
        values_agree(incident);
        original.assert_quotes(incident);
    }
    for evidence in coding
        .context
        .iter()
        .map(|statement| &statement.evidence)
        .chain(coding.warnings.iter().filter_map(|w| w.evidence.as_ref()))
    {
        original.assert_evidence(evidence);
    }
    for paragraph in report.paragraphs() {
        let at = report.locate(paragraph.span);
        let zone = if at.in_title { Zone::Title } else { Zone::Text };
        original.assert_quote(report.quote(paragraph.span), at.start, at.end, zone);
    }
    let mut ids: Vec<&str> = coding.incidents.iter().map(|i| i.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), coding.incidents.len(), "incidents share an id");
    coding
}

/// Neither the run nor what the workspace held before shows in the record.
fn same_input_same_bytes(
    coder: &Coder,
    report: &Report,
    workspace: &mut Workspace,
    coding: &Coding,
) {
    let bytes = |coding: &Coding| serde_json::to_string(coding).expect("a record is JSON");
    let first = bytes(coding);
    assert_eq!(
        first,
        bytes(&coder.code(report, workspace)),
        "a used workspace shows"
    );
    assert_eq!(
        first,
        bytes(&coder.code(report, &mut Workspace::default())),
        "two runs differ"
    );
    let read: Coding = serde_json::from_str(&first).expect("a record can be read back");
    assert_eq!(first, bytes(&read), "reading back changes the record");
}

/// Bounds, orders and types that belong together.
fn values_agree(incident: &Incident) {
    let killed = incident.killed;
    assert_ascending("killed", &[killed.low, killed.best, killed.high]);
    assert_ascending("injured", &[incident.injured.low, incident.injured.high]);
    for claim in &incident.claims {
        assert_ascending("claim", &[claim.low, claim.best, claim.high]);
    }
    assert_eq!(incident.sub_event_type.event_type(), incident.event_type);
    assert_eq!(incident.date_start.is_some(), incident.date_end.is_some());
    // As days: the letters of years before year 1 run the other way.
    let day = |d: &Option<String>| d.as_ref().map(|d| d.parse::<jiff::civil::Date>().unwrap());
    assert!(
        day(&incident.date_start) <= day(&incident.date_end),
        "dates run backwards"
    );
    assert!((0.0..=1.0).contains(&incident.confidence));
    let place = &incident.place;
    assert_eq!(place.lat.is_some(), place.lon.is_some());
    assert!(place.lat.is_none_or(|lat| (-90.0..=90.0).contains(&lat)));
    assert!(place.lon.is_none_or(|lon| (-180.0..=180.0).contains(&lon)));
    assert!(place.precision.is_none_or(|p| (1..=7).contains(&p)));
    assert!(incident.date_precision.is_none_or(|p| (1..=5).contains(&p)));
}

fn assert_ascending(what: &str, values: &[Option<u32>]) {
    let known: Vec<u32> = values.iter().flatten().copied().collect();
    assert!(known.is_sorted(), "{what}: {values:?}");
}

/// Title and text as given, by code point.
struct Original {
    title: Vec<char>,
    text: Vec<char>,
}

impl Original {
    fn of(report: &Report) -> Self {
        let title = report.metadata().title.as_deref().unwrap_or_default();
        Self {
            title: title.chars().collect(),
            text: report.original_body().chars().collect(),
        }
    }

    fn assert_quotes(&self, incident: &Incident) {
        self.assert_evidence(&incident.evidence);
        for evidence in &incident.evidence_also {
            self.assert_evidence(evidence);
        }
        for p in &incident.provenance {
            self.assert_quote(&p.quote, p.start, p.end, p.zone);
        }
        for claim in &incident.claims {
            self.assert_quote(&claim.quote, claim.start, claim.end, claim.zone);
        }
    }

    fn assert_evidence(&self, evidence: &Evidence) {
        self.assert_quote(&evidence.quote, evidence.start, evidence.end, evidence.zone);
    }

    /// Every quote is the text at its offsets, and none is empty.
    fn assert_quote(&self, quote: &str, start: u32, end: u32, zone: Zone) {
        let part = match zone {
            Zone::Title => &self.title,
            Zone::Text => &self.text,
        };
        let found = part.get(start as usize..end as usize);
        let found = found.map(|chars| chars.iter().collect::<String>());
        assert_eq!(found.as_deref(), Some(quote), "{zone:?} {start}..{end}");
        assert!(!quote.is_empty(), "an empty quote at {zone:?} {start}");
    }
}
