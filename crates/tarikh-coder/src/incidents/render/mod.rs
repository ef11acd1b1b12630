//! Writes a draft as a record, each value with the words and the rule that read it.

mod act;
mod notes;
mod people;
mod place;
mod tolls;
mod voices;
mod weapons;
mod when;

use tarikh_codebook::{Codebook, Entry, Policy};
use tarikh_record::{Evidence, FieldConfidence, Incident, SubEventType};
use tarikh_text::Span;

use super::fold::Draft;
use super::scene::Scene;
use super::sides::{Party, Sides};
use super::sources::Vouch;
use super::status;
use super::toll::{self, ClaimDraft, Toll};
use crate::codebook::{self, Decision, Facts};
use crate::mentions::actors::ActorClass;
use crate::reading::Reading;
use act::{acts, frame};
use notes::Notes;
pub(crate) use notes::evidence;
use people::{actors, civilians, side};
use place::place;
use tolls::{claims, numbers};
use voices::voices;
use weapons::weapons;
use when::dated;

/// Everything known of one incident.
pub(crate) struct Parts<'p, 'r> {
    pub(crate) reading: &'p Reading<'r>,
    pub(crate) scenes: &'p [Scene],
    pub(crate) draft: &'p Draft,
    pub(crate) facts: &'p Facts,
    pub(crate) decision: Decision,
    pub(crate) sides: &'p Sides,
    pub(crate) claims: &'p [ClaimDraft],
    pub(crate) toll: &'p Toll,
    pub(crate) voices: &'p [Vouch],
}

/// Writes the record.
pub(crate) fn incident(p: &Parts<'_, '_>) -> Incident {
    let mut notes = Notes {
        reading: p.reading,
        list: Vec::new(),
    };
    let (act, also) = acts(p);
    let date = dated(p, &mut notes);
    let place = place(p, &mut notes);
    let (side_a, side_b) = (
        side(&p.sides.a, "side_a", act, &mut notes),
        side(&p.sides.b, "side_b", act, &mut notes),
    );
    let sub = p.decision.sub_event_type;
    notes.add("sub_event_type", act, p.decision.rule);
    notes.add("event_type", act, &frame(p));
    if p.decision.flag.is_some() {
        notes.add("flag", act, p.decision.rule);
    }
    // "Rebels" without a name are of a group all the same.
    let class = |q: &Party| match q.class {
        ActorClass::Gunmen if q.is_organised => ActorClass::Rebel,
        class => class,
    };
    let classes = |side: &[Party]| side.iter().map(class).collect::<Vec<_>>();
    let ucdp_type = codebook::ucdp_type(sub, p.facts, &classes(&p.sides.a), &classes(&p.sides.b));
    if ucdp_type.is_some() {
        notes.add("ucdp_type", act, "codebook:ucdp-type");
    }
    let civilians = civilians(p, act, &mut notes);
    numbers(p, &mut notes);
    let weapons = weapons(p, &mut notes);
    let sources = voices(p, &mut notes);
    let status = status::status(p.reading, p.scenes, p.draft, p.voices, p.sides);
    notes.add("status", act, "status:sources");
    if p.draft.is_background {
        notes.add("is_background", act, "background:date-and-tense");
    }
    let number = |measure| {
        if p.draft.shared_toll {
            None
        } else {
            toll::number(p.claims, measure)
        }
    };
    use tarikh_record::Measure as M;
    let evidence = self::evidence(p.reading, act);
    let (abducted, arrested, released) = (
        number(M::Abducted),
        number(M::Arrested),
        number(M::Released),
    );
    for (field, measure, value) in [
        ("abducted", M::Abducted, abducted),
        ("arrested", M::Arrested, arrested),
        ("released", M::Released, released),
    ] {
        let Some(n) = value else { continue };
        let counted = p.claims.iter().filter(|c| c.measure == measure);
        // "The imam and 17 others": where no number is the whole, its parts are the words.
        match counted.clone().find(|c| c.count.best == Some(n)) {
            Some(whole) => notes.tokens(field, whole.tokens, whole.rule),
            None => counted.for_each(|part| notes.tokens(field, part.tokens, part.rule)),
        }
    }
    let actors = actors(p);
    let mut incident = Incident {
        id: id(
            p.reading.report.id(),
            &evidence,
            sub,
            &[&place.name, &date.start],
        ),
        event_type: sub.event_type(),
        sub_event_type: sub,
        flag: p.decision.flag,
        ucdp_type,
        plover_type: None,
        plover_mode: None,
        date_start: date.start,
        date_end: date.end,
        date_precision: date.precision,
        date_text: date.text,
        timex: date.timex,
        time_of_day: date.time_of_day,
        time_zone: date.time_zone,
        // Judged when the record is whole.
        confidence: 0.0,
        confidence_by_field: FieldConfidence::default(),
        place,
        side_a,
        side_b,
        actors,
        civilians,
        killed: p.toll.killed,
        injured: p.toll.injured,
        abducted,
        arrested,
        released,
        weapons,
        sources,
        claims: claims(p),
        status,
        is_background: p.draft.is_background,
        shared_toll: p.draft.shared_toll,
        evidence,
        evidence_also: also
            .into_iter()
            .map(|s| self::evidence(p.reading, s))
            .collect(),
        provenance: Vec::new(),
    };
    plover(&mut incident, act, &mut notes);
    incident.provenance = notes.list;
    incident
}

/// PLOVER's type and mode, by its codebook.
fn plover(incident: &mut Incident, act: Span, notes: &mut Notes<'_, '_>) {
    let entry = Entry::bare(incident);
    let event = Codebook::plover().event(&entry, Policy::Manual);
    let code = |name| {
        let rule = event.rule(name).map(|rule| format!("plover:{rule}"));
        event.code(name).map(str::to_owned).zip(rule)
    };
    let (kind, mode) = (code("event"), code("mode"));
    for (field, code) in [("plover_type", &kind), ("plover_mode", &mode)] {
        if let Some((_, rule)) = code {
            notes.add(field, act, rule);
        }
    }
    incident.plover_type = kind.map(|(kind, _)| kind);
    incident.plover_mode = mode.map(|(mode, _)| mode);
}

/// `i-` and 16 hexadecimal digits of FNV-1a (64 bits) over what makes the incident itself.
fn id(
    report: &str,
    evidence: &Evidence,
    sub: SubEventType,
    place_and_day: &[&Option<String>; 2],
) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let [place, day] = place_and_day.map(|v| v.as_deref().unwrap_or_default());
    let text = format!(
        "{report}\0{}\0{}\0{sub}\0{place}\0{day}",
        evidence.start, evidence.quote
    );
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("i-{hash:016x}")
}
