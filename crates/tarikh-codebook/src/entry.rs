//! One incident as rows and features are made of it, from one report or from many.

use tarikh_record::{Incident, LinkedIncident, ReportRef, ReviewState};

/// An incident with the reports that tell of it.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its values.
    pub incident: &'a Incident,
    /// The reports, in the order of publication.
    pub reports: Vec<ReportRef>,
    /// Reports, reprints counted once.
    pub n_sources: u32,
    /// How far a person has looked at it; `None` for a coding that is in no dataset.
    pub review: Option<ReviewState>,
}

impl<'a> Entry<'a> {
    /// An incident of a dataset.
    #[must_use]
    pub fn linked(linked: &'a LinkedIncident) -> Self {
        let members = linked.members.iter();
        Self {
            incident: &linked.incident,
            reports: members.map(|member| member.report.clone()).collect(),
            n_sources: linked.n_sources,
            review: Some(linked.review),
        }
    }

    /// An incident of one report.
    #[must_use]
    pub fn of_report(incident: &'a Incident, report: ReportRef) -> Self {
        Self {
            incident,
            reports: vec![report],
            n_sources: 1,
            review: None,
        }
    }

    /// An incident without its report.
    #[must_use]
    pub fn bare(incident: &'a Incident) -> Self {
        Self {
            incident,
            reports: Vec::new(),
            n_sources: 0,
            review: None,
        }
    }

    /// What each report says of itself, once each, in order, joined by semicolons; `None` says
    /// nothing.
    #[must_use]
    pub fn of_reports<'r>(&'r self, value: impl Fn(&'r ReportRef) -> Option<&'r str>) -> String {
        let mut unique: Vec<&str> = Vec::new();
        for text in self.reports.iter().filter_map(value) {
            if !unique.contains(&text) {
                unique.push(text);
            }
        }
        unique.join("; ")
    }
}
