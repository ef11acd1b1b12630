//! Everything read from one report before incidents are made of it.

use std::cell::OnceCell;

use jiff::civil::Date;
use tarikh_place::{Gazetteer, PlaceMention};
use tarikh_record::Measure;
use tarikh_syntax::{Doc, Sent, Tok};
use tarikh_text::{Report, Zone};
use tarikh_time::Timex;

use crate::events::find::EventMention;
use crate::incidents::items::Items;
use crate::knowledge::Knowledge;
use crate::knowledge::frames::Act;
use crate::mentions::actors::Actors;
use crate::mentions::harm::Harm;
use crate::mentions::quantities::Quantity;
use crate::mentions::voices::{Speech, Voice};

/// The annotations of one report, each list in text order.
pub(crate) struct Reading<'a> {
    pub(crate) report: &'a Report,
    pub(crate) doc: &'a Doc,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) gazetteer: &'a Gazetteer,
    /// The day of the dateline.
    pub(crate) filed: Option<Date>,
    pub(crate) times: Vec<Timex>,
    pub(crate) places: Vec<PlaceMention>,
    pub(crate) actors: Actors,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) harms: Vec<Harm>,
    pub(crate) events: Vec<EventMention>,
    pub(crate) voices: Vec<Voice>,
    pub(crate) speeches: Vec<Speech>,
    /// The items of a round-up, found when first asked for.
    pub(crate) items: OnceCell<Items>,
}

impl Reading<'_> {
    /// "Police led away 17 people": whom a force of the state takes away is arrested, not abducted.
    pub(crate) fn tell_arrests(&mut self) {
        for e in 0..self.events.len() {
            if let Some(force) = crate::incidents::forces_that_lead_away(self, &self.events[e]) {
                self.events[e].act = Act::Arrest;
                self.events[e].agents = vec![force];
            }
        }
        for h in 0..self.harms.len() {
            let event = self.event_at(self.harms[h].trigger);
            let arrest = event.is_some_and(|e| e.act == Act::Arrest);
            if arrest && self.harms[h].measure == Measure::Abducted {
                self.harms[h].measure = Measure::Arrested;
            }
        }
    }

    /// The act that a word tells.
    pub(crate) fn event_at(&self, trigger: Tok) -> Option<&EventMention> {
        let found = self.events.binary_search_by_key(&trigger, |e| e.trigger);
        found.ok().map(|e| &self.events[e])
    }

    /// Zone of the paragraph that holds a sentence.
    pub(crate) fn zone(&self, sentence: Sent) -> Zone {
        if self.is_dateline(sentence) {
            return Zone::Byline;
        }
        let paragraph = self.doc.sentence(sentence).paragraph as usize;
        self.report
            .paragraphs()
            .get(paragraph)
            .map_or(Zone::Body, |p| p.zone)
    }

    /// Whether the sentence is the place of the dateline.
    pub(crate) fn is_dateline(&self, sentence: Sent) -> bool {
        let span = self.doc.sentence(sentence).span;
        self.report
            .dateline()
            .is_some_and(|d| d.place.contains(span))
    }

    /// The items of a list that begin in a sentence.
    pub(crate) fn within<'l, T>(
        &self,
        sentence: Sent,
        list: &'l [T],
        start: impl Fn(&T) -> Tok,
    ) -> impl Iterator<Item = (usize, &'l T)> {
        let range = self.doc.sentence(sentence).tokens;
        let first = list.partition_point(|x| start(x) < range.start);
        let last = list.partition_point(|x| start(x) < range.end);
        (first..last).zip(&list[first..last])
    }
}
