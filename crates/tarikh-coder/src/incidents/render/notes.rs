//! The words behind a value: the evidence of a record and its provenance.

use tarikh_record::{Evidence, Provenance, Zone};
use tarikh_syntax::TokRange;
use tarikh_text::Span;

use crate::reading::Reading;

/// Collects provenance.
pub(super) struct Notes<'p, 'r> {
    pub(super) reading: &'p Reading<'r>,
    pub(super) list: Vec<Provenance>,
}

impl Notes<'_, '_> {
    pub(super) fn add(&mut self, field: &str, span: Span, rule: &str) {
        let e = evidence(self.reading, span);
        self.list.push(Provenance {
            field: field.to_owned(),
            quote: e.quote,
            start: e.start,
            end: e.end,
            zone: e.zone,
            rule: rule.to_owned(),
        });
    }

    pub(super) fn tokens(&mut self, field: &str, tokens: TokRange, rule: &str) {
        if !tokens.is_empty() {
            self.add(field, self.reading.doc.range_span(tokens), rule);
        }
    }
}

/// A span as words and offsets of the text as given.
pub(crate) fn evidence(reading: &Reading<'_>, span: Span) -> Evidence {
    let at = reading.report.locate(span);
    Evidence {
        quote: reading.report.quote(span).to_owned(),
        start: at.start,
        end: at.end,
        zone: if at.in_title { Zone::Title } else { Zone::Text },
    }
}
