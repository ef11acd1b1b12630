//! The words that state the act of an incident.

use tarikh_syntax::{Tok, TokRange};
use tarikh_text::Span;

use super::Parts;
use crate::incidents::scene::Scene;

/// Longest act quoted as evidence, in tokens.
const MAX_EVIDENCE: usize = 24;

/// The words that state the act: those of the first scene in the body, then the others'.
pub(super) fn acts(p: &Parts<'_, '_>) -> (Span, Vec<Span>) {
    let mut own: Vec<&Scene> = p.draft.scenes.iter().map(|&s| &p.scenes[s]).collect();
    own.sort_by_key(|s| s.zone == tarikh_text::Zone::Title);
    let mut spans = own.iter().map(|s| act_of(p, s));
    let first = spans.next().unwrap_or_default();
    (
        first,
        spans.filter(|s| !s.overlaps(first)).take(3).collect(),
    )
}

/// The frame that first states the act, else that people came to harm.
pub(super) fn frame(p: &Parts<'_, '_>) -> String {
    let events = p.draft.scenes.iter().flat_map(|&s| &p.scenes[s].events);
    let frame = events.filter_map(|&e| p.reading.events[e].frame).next();
    match frame {
        Some(frame) => format!("frame:{}", p.reading.knowledge.frames.all[frame].id),
        None => "harm".to_owned(),
    }
}

/// The trigger with its nearest agent, patient and place.
fn act_of(p: &Parts<'_, '_>, scene: &Scene) -> Span {
    let r = p.reading;
    let doc = r.doc;
    let sentence = doc.sentence(scene.sentence);
    let main = scene.events.iter().copied().min_by_key(|&e| {
        (
            r.events[e].weak && scene.events.len() > 1,
            r.events[e].trigger,
        )
    });
    let mut range = match (main, scene.harms.first()) {
        (Some(e), _) => {
            let event = &r.events[e];
            let mut range = TokRange::new(event.trigger, Tok(event.trigger.0 + 1));
            for &t in event
                .agents
                .iter()
                .take(1)
                .chain(event.patients.iter().take(1))
            {
                if sentence.tokens.contains(t) {
                    let part = crate::tree::noun_phrase(doc, t);
                    range = cover(range, part);
                }
            }
            range
        }
        (None, Some(&h)) => {
            let harm = &r.harms[h];
            let trigger = TokRange::new(harm.trigger, Tok(harm.trigger.0 + 1));
            harm.parties
                .first()
                .filter(|q| sentence.tokens.contains(q.head))
                .map_or(trigger, |q| {
                    cover(
                        cover(trigger, q.tokens),
                        TokRange::new(q.head, Tok(q.head.0 + 1)),
                    )
                })
        }
        (None, None) => sentence.tokens,
    };
    // For an act at several towns the place is what sets each apart.
    if let Some(place) = p.draft.place
        && scene.sites.contains(&place)
    {
        return doc.range_span(r.places[place].tokens);
    }
    if range.len() > MAX_EVIDENCE {
        let trigger = main.map_or(range.start, |e| r.events[e].trigger);
        let start = Tok(range
            .start
            .0
            .max(trigger.0.saturating_sub(MAX_EVIDENCE as u32 / 2)));
        range = TokRange::new(start, Tok(range.end.0.min(start.0 + MAX_EVIDENCE as u32)));
    }
    if range.is_empty() {
        sentence.span
    } else {
        doc.range_span(range)
    }
}

fn cover(a: TokRange, b: TokRange) -> TokRange {
    TokRange::new(a.start.min(b.start), a.end.max(b.end))
}
