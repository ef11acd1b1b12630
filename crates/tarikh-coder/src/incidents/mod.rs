//! Incidents: scenes folded together, typed, dated, placed, counted and sourced.

mod acts;
mod aftermath;
mod arrests;
mod authors;
mod background;
mod bearing;
mod belongs;
mod borrow;
mod camps;
mod cast;
mod claims;
mod consolidate;
mod context;
mod date;
mod deal;
mod earlier;
mod fold;
mod governor;
mod harmed;
mod headline;
mod holders;
pub(crate) mod items;
mod lasting;
mod members;
mod naming;
mod narrow;
mod near;
mod place;
mod render;
mod scene;
mod setting;
mod sides;
mod signs;
mod sites;
mod sources;
mod spread;
mod status;
mod sums;
mod support;
mod toll;
mod twin;
mod unarmed;
mod unlike;
mod voices_of_the_lead;
mod ways;

use rustc_hash::FxHashSet;
use tarikh_record::{ContextStatement, Incident, Measure};
use tarikh_syntax::Tok;

use crate::codebook::{self, Facts};
use crate::confidence;
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;
use crate::tree;
pub(crate) use arrests::forces_that_lead_away;
use fold::Draft;
pub(crate) use render::evidence;
use scene::Scene;

/// Codes the incidents and the context of a report.
pub(crate) fn code(reading: &Reading<'_>) -> (Vec<Incident>, Vec<ContextStatement>) {
    let scenes = scene::read(reading);
    let mut drafts = fold::fold(reading, &scenes);
    headline::forget(reading, &scenes, &mut drafts);
    consolidate::split_round_up(reading, &scenes, &mut drafts);
    consolidate::consolidate(reading, &scenes, &mut drafts);
    borrow::borrow(reading, &scenes, &mut drafts);
    background::settle(reading, &scenes, &mut drafts);
    narrow::settle(reading, &scenes, &mut drafts);
    deal::settle(reading, &scenes, &mut drafts);
    let telling = bearing::Telling::of(reading, &scenes, &drafts);
    let mut incidents: Vec<Incident> = (0..drafts.len()).map(|d| incident(&telling, d)).collect();
    incidents.sort_by_key(|i| (i.evidence.zone, i.evidence.start, i.evidence.end));
    // The same words, type, place and day: one incident, whatever the drafts were.
    let mut seen = FxHashSet::default();
    incidents.retain(|i| seen.insert(i.id.clone()));
    confidence::fill(&mut incidents);
    (incidents, context::statements(reading, &scenes, &drafts))
}

fn incident(telling: &bearing::Telling<'_>, d: usize) -> Incident {
    let (reading, scenes, drafts) = (telling.reading, telling.scenes, telling.drafts);
    let (draft, about) = (&drafts[d], telling.bearing(d));
    let cast = cast::cast(reading, scenes, draft);
    let claims = toll::claims(reading, scenes, drafts, draft);
    let facts = facts(reading, scenes, draft, &cast, &claims);
    let decision = codebook::sub_event_type(&facts);
    let mut sides = sides::fill(
        reading,
        scenes,
        &about,
        &cast,
        &facts,
        decision.sub_event_type,
    );
    let belongs = belongs::Belongs::of(
        reading,
        scenes,
        draft,
        &sides,
        &claims,
        decision.sub_event_type,
    );
    let mut tolls = toll::compute(&claims, &belongs);
    if draft.shared_toll {
        tolls.killed = tarikh_record::Killed::default();
        tolls.injured = tarikh_record::Range::default();
    }
    if draft.family == scene::Family::Violence {
        sides::add_dead_civilians(&mut sides, &tolls.killed);
    }
    unarmed::add_target(reading, scenes, draft, &mut sides, decision.sub_event_type);
    let voices = sources::of(&about, &sides);
    render::incident(&render::Parts {
        reading,
        scenes,
        draft,
        facts: &facts,
        decision,
        sides: &sides,
        claims: &claims,
        toll: &tolls,
        voices: &voices,
    })
}

/// Gathers what the codebook needs to know.
fn facts(
    reading: &Reading<'_>,
    scenes: &[Scene],
    draft: &Draft,
    cast: &cast::Cast,
    claims: &[toll::ClaimDraft],
) -> Facts {
    let mut facts = acts::of(reading, scenes, draft);
    let doc = reading.doc;
    let class = |t: &Tok| members::meant(reading, *t).map(|a| a.class);
    facts.agents = cast.agents.iter().filter_map(class).collect();
    let demonstrates = facts.acts.iter().any(|a| a.is_of_a_crowd());
    facts.targets = cast
        .targets
        .iter()
        .filter_map(|&t| {
            // "a crowd of demonstrators"
            let of =
                tree::with_case(doc, t, "of").filter(|o| class(o) == Some(ActorClass::Protesters));
            let target = of.unwrap_or(t);
            // "Supporters", "activists" are protesters where there is a protest.
            let loose = reading.knowledge.actors.is_ambiguous(doc.lower(target));
            match class(&target)? {
                ActorClass::Protesters if loose && !demonstrates => Some(ActorClass::Civilians),
                class => Some(class),
            }
        })
        .filter(|c| *c != ActorClass::Government)
        .collect();
    // "Twenty people - ten soldiers and ten attackers - died": the parts tell who the people were.
    let whole = |t: &Tok| reading.knowledge.harms.is_whole(doc.lemma(*t));
    let told_apart = claims
        .iter()
        .any(|c| c.partial && c.class.is_some_and(ActorClass::is_armed));
    if told_apart && cast.targets.iter().all(whole) {
        facts.targets.clear();
    }
    // "a tanker escorted by soldiers", "a bus carrying policemen"
    let held = holders::sites(reading, cast).into_iter().map(|p| p.class);
    facts.targets.extend(held);
    facts.military_site = cast
        .targets
        .iter()
        .any(|&t| sides::site(doc, reading, t, "military-site"));
    facts.civilian_site = cast
        .targets
        .iter()
        .any(|&t| sides::site(doc, reading, t, "civilian-site"));
    for claim in claims {
        let some = claim.count.best != Some(0);
        facts.unharmed |= !some;
        match claim.measure {
            Measure::Killed => facts.deadly |= some,
            Measure::Injured => facts.injured |= some,
            Measure::Arrested => {
                let arrest = reading.harms[claim.harm].trigger;
                facts.arrested |= some && !acts::is_its_cause(reading, arrest);
            }
            _ => {}
        }
        if matches!(
            claim.measure,
            Measure::Killed | Measure::Injured | Measure::Abducted
        ) && some
            && let Some(c) = claim.class
        {
            push(&mut facts.victims, c);
        }
    }
    facts
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// A geometry as GeoJSON: longitude before latitude.
fn geometry(geometry: &tarikh_place::Geometry) -> serde_json::Value {
    use tarikh_place::Geometry;
    let turned = |points: &[(f64, f64)]| -> Vec<[f64; 2]> {
        points.iter().map(|&(lat, lon)| [lon, lat]).collect()
    };
    match geometry {
        Geometry::Point((lat, lon)) => {
            serde_json::json!({ "type": "Point", "coordinates": [lon, lat] })
        }
        Geometry::Line(vertices) => {
            serde_json::json!({ "type": "LineString", "coordinates": turned(vertices) })
        }
        Geometry::Area(corners) => {
            let mut ring = turned(corners);
            ring.extend(ring.first().copied());
            serde_json::json!({ "type": "Polygon", "coordinates": [ring] })
        }
    }
}
