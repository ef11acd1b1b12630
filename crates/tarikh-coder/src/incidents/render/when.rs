//! When an incident happened, with the words that date it.

use super::Parts;
use super::act::acts;
use super::notes::Notes;
use crate::incidents::date;

pub(super) struct Dated {
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) precision: Option<u8>,
    pub(super) text: Option<String>,
    pub(super) timex: Option<String>,
    pub(super) time_of_day: Option<String>,
}

pub(super) fn dated(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) -> Dated {
    let r = p.reading;
    let own = p.draft.when.map(|w| (w.interval, &r.times[w.timex]));
    let mut out = Dated {
        start: None,
        end: None,
        precision: None,
        text: None,
        timex: None,
        time_of_day: None,
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
            for field in ["date_start", "date_end", "date_precision"] {
                notes.add(field, timex.span, &timex.rule);
            }
        }
    } else if let Some((i, rule)) = date::of_undated_lead(r, p.scenes, p.draft) {
        (out.start, out.end, out.precision) = (
            Some(i.start.to_string()),
            Some(i.end.to_string()),
            Some(i.precision),
        );
        let (act, _) = acts(p);
        for field in ["date_start", "date_end", "date_precision"] {
            notes.add(field, act, rule);
        }
    }
    let of_scene = |&s: &usize| {
        r.within(p.scenes[s].sentence, &r.times, |t| t.tokens.start)
            .find_map(|(_, t)| t.time_of_day.map(|span| (span, t.rule.clone())))
    };
    let from_own = own.and_then(|(_, t)| t.time_of_day.map(|span| (span, t.rule.clone())));
    if let Some((span, rule)) = from_own.or_else(|| p.draft.scenes.iter().find_map(of_scene)) {
        out.time_of_day = Some(r.report.quote(span).to_owned());
        notes.add("time_of_day", span, &rule);
    }
    out
}
