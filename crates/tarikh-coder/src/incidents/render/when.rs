//! When an incident happened, with the words that date it.

use tarikh_text::Zone;
use tarikh_time::{Clock, Interval, Timex};

use super::Parts;
use super::act::acts;
use super::notes::Notes;
use crate::incidents::date;
use crate::incidents::fold::disjoint;

pub(super) struct Dated {
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) precision: Option<u8>,
    pub(super) text: Option<String>,
    pub(super) timex: Option<String>,
    pub(super) time_of_day: Option<String>,
    pub(super) time_zone: Option<String>,
}

pub(super) fn dated(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) -> Dated {
    let r = p.reading;
    let own = p.draft.when.map(|w| (w.interval, in_body(p, w.timex)));
    let mut out = Dated {
        start: None,
        end: None,
        precision: None,
        text: None,
        timex: None,
        time_of_day: None,
        time_zone: None,
    };
    if let Some((interval, timex)) = own {
        out.text = Some(r.report.quote(timex.span).to_owned());
        out.timex = Some(timex.value.clone());
        notes.add("date_text", timex.span, &timex.rule);
        notes.add("timex", timex.span, &timex.rule);
        if let Some(i) = interval {
            (out.start, out.end, out.precision) = (
                Some(i.start.to_string()),
                Some(i.end.to_string()),
                Some(i.precision),
            );
            for field in ["date_start", "date_precision"] {
                notes.add(field, timex.span, &timex.rule);
            }
            let last = last_of_range(p, timex, i).unwrap_or(timex);
            notes.add("date_end", last.span, &last.rule);
        }
    } else if let Some((i, rule, opens)) = date::of_undated_lead(r, p.scenes, p.draft) {
        (out.start, out.end, out.precision) = (
            Some(i.start.to_string()),
            Some(i.end.to_string()),
            Some(i.precision),
        );
        let (act, _) = acts(p);
        let span = opens.map_or(act, |timex| r.times[timex].span);
        for field in ["date_start", "date_end", "date_precision"] {
            notes.add(field, span, rule);
        }
    }
    if let Some(time) = time_of_day(p) {
        out.time_of_day = time.time_of_day.map(|span| r.report.quote(span).to_owned());
        if let Some(span) = time.time_of_day {
            notes.add("time_of_day", span, &time.rule);
            if let Some((zone, rule)) = zone(p, time.clock) {
                out.time_zone = Some(zone);
                notes.add("time_zone", span, rule);
            }
        }
    }
    out
}

/// Where the title tells the same days as the text, the words of the text.
fn in_body<'a>(p: &'a Parts<'_, '_>, timex: usize) -> &'a Timex {
    let r = p.reading;
    let told = &r.times[timex];
    let scenes = || p.draft.scenes.iter().map(|&s| &p.scenes[s]);
    let titled = r.doc.sentence_of(told.tokens.start);
    if !scenes().any(|s| s.zone == Zone::Title && s.sentence == titled) {
        return told;
    }
    let same = |t: &&Timex| t.interval == told.interval && t.value == told.value;
    scenes()
        .filter(|s| s.zone == Zone::Body)
        .find_map(|s| {
            let mut times = r.within(s.sentence, &r.times, |t| t.tokens.start);
            times.find_map(|(_, t)| Some(t).filter(same))
        })
        .unwrap_or(told)
}

/// "From Thursday to Saturday": the second expression of the range that an expression opens.
fn last_of_range<'a>(p: &'a Parts<'_, '_>, first: &Timex, whole: Interval) -> Option<&'a Timex> {
    let times = &p.reading.times;
    let next = times.partition_point(|t| t.tokens.start <= first.tokens.start);
    let last = times.get(next).filter(|t| t.interval == Some(whole));
    last.filter(|_| whole.start < whole.end)
}

/// The expression that tells the time of day: the incident's own, else the first of its sentences
/// on its day. ("The bomb went off on Sunday morning. Four of the wounded died overnight.")
fn time_of_day<'a>(p: &'a Parts<'_, '_>) -> Option<&'a Timex> {
    let r = p.reading;
    let day = p.draft.when.and_then(|w| w.interval);
    let apart = |t: &Timex| matches!((t.interval, day), (Some(a), Some(b)) if disjoint(a, b));
    let told = |t: &&Timex| t.time_of_day.is_some();
    let own = p.draft.when.map(|w| &r.times[w.timex]).filter(told);
    own.or_else(|| {
        p.draft.scenes.iter().find_map(|&s| {
            let mut times = r.within(p.scenes[s].sentence, &r.times, |t| t.tokens.start);
            times.find_map(|(_, t)| Some(t).filter(|t| told(t) && !apart(t)))
        })
    })
}

/// The zone by whose clock it is told, and the rule that says so: without a word for it, the place's.
fn zone(p: &Parts<'_, '_>, clock: Clock) -> Option<(String, &'static str)> {
    match clock {
        Clock::Universal => return Some(("UTC".to_owned(), "zone:words")),
        Clock::Other => return None,
        Clock::Local | Clock::Unsaid => {}
    }
    let r = p.reading;
    let place = p.draft.place.or_else(|| super::place::country_of(p))?;
    let geo = r.places[place].place.as_ref()?;
    let of_unit = || {
        r.gazetteer
            .zone(geo.country.as_deref()?, geo.admin1.as_deref())
    };
    let zone = geo.timezone.as_deref().or_else(of_unit)?;
    Some((zone.to_owned(), "zone:place"))
}
