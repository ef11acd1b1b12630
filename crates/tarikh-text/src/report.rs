//! A report: metadata, one immutable text, its zones, and the way back to the text as given.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::dateline::{self, Dateline};
use crate::language::{self, Language};
use crate::normalise::{Normalised, normalise};
use crate::span::Span;
use crate::zones;

/// What is known about a report besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The report's own id; empty to have one derived from its content.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1 code, if the giver knows it.
    pub language: Option<String>,
}

/// Part of a report that a paragraph belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Zone {
    /// The headline.
    Title,
    /// A heading inside the text.
    Heading,
    /// "By ...", "... in Bamako": who wrote it.
    Byline,
    /// The report itself.
    Body,
    /// Links, adverts, copyright lines: left out of coding.
    Boilerplate,
}

/// A paragraph: a run of text without a blank line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Its words, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub zone: Zone,
}

/// Where a span stands in the report as given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location {
    /// Whether the offsets count in the title (else in the body).
    pub in_title: bool,
    /// First Unicode code point, zero-based.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// One report, ready for analysis.
///
/// [`Report::text`] is the normalised title, a blank line and the normalised body; without a title
/// it is the body alone. All spans of all layers point into it.
#[derive(Clone, Debug)]
pub struct Report {
    metadata: Metadata,
    text: Arc<str>,
    /// Byte at which the body begins in `text`.
    body_start: u32,
    title: Normalised,
    body: Normalised,
    original_body: Arc<str>,
    paragraphs: Vec<Paragraph>,
    dateline: Option<Dateline>,
    language: Option<Language>,
}

impl Report {
    /// Reads a report from its metadata and its body as given.
    ///
    /// Never fails: a text that cannot be read as prose simply has few paragraphs.
    #[must_use]
    pub fn new(mut metadata: Metadata, body: &str) -> Self {
        let original_title = metadata.title.clone().unwrap_or_default();
        let title = normalise(&original_title);
        let normalised_body = normalise(body);
        let mut text = String::with_capacity(title.text().len() + normalised_body.text().len() + 2);
        if !title.text().trim().is_empty() {
            text.push_str(title.text());
            text.push_str("\n\n");
        }
        let body_start = text.len() as u32;
        text.push_str(normalised_body.text());
        let paragraphs = zones::paragraphs(&text, body_start);
        let dateline = dateline::find(&text, &paragraphs);
        let language = language::detect(&text);
        if metadata.id.is_empty() {
            metadata.id = content_id(&original_title, body);
        }
        Self {
            metadata,
            text: text.into(),
            body_start,
            title,
            body: normalised_body,
            original_body: body.into(),
            paragraphs,
            dateline,
            language,
        }
    }

    /// The report's id: as given, or `r-` and a hash of title and body.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.metadata.id
    }

    /// What is known besides the words.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The normalised text that all spans point into.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, shared.
    #[must_use]
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The body as given.
    #[must_use]
    pub fn original_body(&self) -> &str {
        &self.original_body
    }

    /// Paragraphs with their zones, in order; the title's come first.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The dateline, if the report opens with one.
    #[must_use]
    pub fn dateline(&self) -> Option<&Dateline> {
        self.dateline.as_ref()
    }

    /// The language: as given, else as detected; `None` when the text is too short to tell.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.metadata
            .language
            .as_deref()
            .or(self.language.as_ref().map(Language::code))
    }

    /// The detected language, whatever the metadata say.
    #[must_use]
    pub fn detected_language(&self) -> Option<&Language> {
        self.language.as_ref()
    }

    /// Whether the span lies in the title.
    #[must_use]
    pub fn is_title(&self, span: Span) -> bool {
        span.start() < self.body_start
    }

    /// The span; of one that goes on from the title into the body the part in the title.
    fn within_zone(&self, span: Span) -> Span {
        let title = self.title.text().len() as u32;
        if self.is_title(span) {
            Span::new(span.start().min(title), span.end().min(title))
        } else {
            span
        }
    }

    /// The span as code-point offsets of the title or the body as given. A span of both counts as
    /// far as the title goes.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        let span = self.within_zone(span);
        let in_title = self.is_title(span);
        let (part, base) = if in_title {
            (&self.title, 0)
        } else {
            (&self.body, self.body_start)
        };
        let (start, end) =
            part.original_chars(span.start() - base, span.end().saturating_sub(base));
        Location {
            in_title,
            start,
            end,
        }
    }

    /// The words of the span as given; of a span of title and body those of the title.
    #[must_use]
    pub fn quote(&self, span: Span) -> &str {
        let span = self.within_zone(span);
        if self.is_title(span) {
            let title = self.metadata.title.as_deref().unwrap_or_default();
            let (a, b) = self.title.original_bytes(span.start(), span.end());
            &title[a..b]
        } else {
            let base = self.body_start;
            let (a, b) = self
                .body
                .original_bytes(span.start() - base, span.end() - base);
            &self.original_body[a..b]
        }
    }
}

/// `r-` and 16 hexadecimal digits of FNV-1a (64 bits) over title and body.
fn content_id(title: &str, body: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in title.bytes().chain([0]).chain(body.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("r-{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_title_and_body_counts_as_far_as_the_title_goes() {
        let metadata = Metadata {
            title: Some("Four killed in Corva".into()),
            ..Metadata::default()
        };
        let report = Report::new(metadata, "DUNMAR - Troops killed four rebels.");
        let both = Span::new(15, report.text().len() as u32);
        assert_eq!(report.quote(both), "Corva");
        let at = report.locate(both);
        assert!(at.in_title);
        assert_eq!((at.start, at.end), (15, 20));
    }
}
