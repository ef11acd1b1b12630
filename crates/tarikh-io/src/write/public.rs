//! What may be published of an incident: no private names, no anonymous sources, no words of the
//! reports, and places as coarse as asked for.
//!
//! Names are taken out of the fields that hold them, and then out of every other text in which
//! they stand (a headline, an address): what is withheld is nowhere in the outcome.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use serde_json::Value;
use tarikh_record::{ActorKind, Evidence, Incident, LinkedIncident, Place, Source, SourceKind};

/// How exactly places are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Places {
    /// As coded.
    #[default]
    Exact,
    /// The second-order unit, without a point.
    Admin2,
    /// The first-order unit, without a point.
    Admin1,
}

/// What is withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// How exactly places are told.
    pub places: Places,
}

/// Shortest name that is looked for in other texts; shorter ones are parts of common words.
const MIN_NAME: usize = 4;

impl Publication {
    /// Takes out of an incident what may not be published, and returns the strings that were
    /// withheld. They may still stand in a headline, here or elsewhere: a [`Redactor`] of all of
    /// them takes them out of there.
    pub fn strip(self, linked: &mut LinkedIncident) -> BTreeSet<String> {
        let mut withheld = BTreeSet::new();
        for entry in &mut linked.ledger {
            entry.quote = None;
            entry.who = entry.who.take().filter(|who| is_description(who));
            if let Some(name) = entry.source.take() {
                let sources = linked.members.iter().flat_map(|m| &m.incident.sources);
                entry.source = Some(masked_voice(&name, sources, &mut withheld));
            }
        }
        self.strip_incident(&mut linked.incident, &mut withheld);
        for member in &mut linked.members {
            self.strip_incident(&mut member.incident, &mut withheld);
            // An id may be the name of a file, and that anything.
            member.report.id.clone_from(&member.report.key);
        }
        for decided in &mut linked.decided {
            withheld.insert(std::mem::replace(&mut decided.who, "coder".to_owned()));
            decided.why = None;
            // The value stands in the record, stripped like the rest.
            decided.value = Value::Null;
        }
        let open = open_names(linked);
        withheld.retain(|name| {
            let name = folded(name);
            MIN_NAME <= name.chars().count() && !open.contains(&name)
        });
        withheld
    }

    fn strip_incident(self, incident: &mut Incident, withheld: &mut BTreeSet<String>) {
        for source in &mut incident.sources {
            mask_source(source, withheld);
        }
        mask_actors(incident, withheld);
        incident.place = self.place(&incident.place, withheld);
        blank(&mut incident.evidence);
        incident.evidence_also.iter_mut().for_each(blank);
        incident.date_text = None;
        incident.time_of_day = None;
        incident.time_zone = None;
        incident.claims.clear();
        incident.provenance.clear();
        incident.weapons.retain(|weapon| is_description(weapon));
    }

    fn place(self, place: &Place, withheld: &mut BTreeSet<String>) -> Place {
        let mut public = Place {
            text: None,
            relation: None,
            ..place.clone()
        };
        let (unit, precision) = match self.places {
            Places::Exact => return public,
            Places::Admin2 => (place.admin2.clone(), 3),
            Places::Admin1 => (place.admin1.clone(), 4),
        };
        // A line or an area may be smaller than any unit ("between two villages"), a point at sea
        // is one.
        let is_coarse = |known: u8| precision <= known && !matches!(known, 5 | 7);
        if place.precision.is_some_and(is_coarse) {
            return public;
        }
        let kept = [&place.admin1, &place.admin2].map(|name| name.as_deref().map(folded));
        for name in [&place.name, &place.text, &place.relation]
            .into_iter()
            .flatten()
        {
            if !kept.contains(&Some(folded(name))) {
                withheld.insert(name.clone());
            }
        }
        public.precision = match place.precision {
            Some(7) => Some(7),
            _ if unit.is_some() => Some(precision),
            _ => Some(6),
        };
        public.name = unit;
        if self.places == Places::Admin1 {
            withheld.extend(
                public
                    .admin2
                    .take()
                    .filter(|name| Some(name) != place.admin1.as_ref()),
            );
        }
        public.geonameid = None;
        (public.lat, public.lon, public.radius_km) = (None, None, None);
        public.geometry = None;
        public
    }
}

/// A voice that speaks for an office or an outlet keeps its name; a private one, one that could be
/// hurt, or one that asked not to be named becomes its kind.
fn mask_source(source: &mut Source, withheld: &mut BTreeSet<String>) {
    if let Some(mask) = mask(source.kind, source.anonymous) {
        withheld.extend(private_names(&source.name));
        withheld.extend(source.also.drain(..).flat_map(|name| private_names(&name)));
        mask.clone_into(&mut source.name);
    }
}

const fn mask(kind: SourceKind, anonymous: bool) -> Option<&'static str> {
    match kind {
        SourceKind::Witness => Some("a witness"),
        SourceKind::Medical => Some("a medical source"),
        SourceKind::LocalOfficial => Some("a local official"),
        SourceKind::AnonymousOfficial => Some("an official"),
        SourceKind::Other => Some("a source"),
        _ if anonymous => Some("a source"),
        _ => None,
    }
}

/// The voice of a claim, as its incident's sources are masked.
fn masked_voice<'a>(
    name: &str,
    mut sources: impl Iterator<Item = &'a Source>,
    withheld: &mut BTreeSet<String>,
) -> String {
    let same = |source: &&Source| source.name == name || source.also.iter().any(|a| a == name);
    let mask = match sources.find(same) {
        Some(source) => mask(source.kind, source.anonymous),
        None => Some("a source"),
    };
    let Some(mask) = mask else {
        return name.to_owned();
    };
    withheld.extend(private_names(name));
    mask.to_owned()
}

/// Names that an incident shows in any case, folded: they are looked for nowhere.
fn open_names(linked: &LinkedIncident) -> BTreeSet<String> {
    let mut open = BTreeSet::new();
    let records = linked.members.iter().map(|member| &member.incident);
    for incident in records.chain([&linked.incident]) {
        let place = &incident.place;
        let names = [&place.name, &place.admin1, &place.admin2, &place.country];
        open.extend(names.into_iter().flatten().map(|name| folded(name)));
        let sides = incident.side_a.iter().chain(&incident.side_b);
        open.extend(sides.map(|name| folded(name)));
    }
    let outlets = linked
        .members
        .iter()
        .filter_map(|member| member.report.outlet.as_deref());
    open.extend(outlets.map(folded));
    open
}

/// Names with a capital are names; "officials" or "a doctor" may stand anywhere.
fn private_names(name: &str) -> Option<String> {
    (!is_description(name)).then(|| name.to_owned())
}

/// Words without a capital describe and do not name.
fn is_description(words: &str) -> bool {
    !words.chars().any(char::is_uppercase)
}

/// Civilians and other actors that the actor files do not have may be private persons.
fn mask_actors(incident: &mut Incident, withheld: &mut BTreeSet<String>) {
    let mut masks: BTreeMap<String, &'static str> = BTreeMap::new();
    for actor in &mut incident.actors {
        let mask = match actor.kind {
            ActorKind::Other if actor.id.is_none() => "Others",
            ActorKind::Civilians if !actor.name.starts_with(CIVILIANS) => CIVILIANS,
            _ => continue,
        };
        let name = std::mem::replace(&mut actor.name, mask.to_owned());
        masks.insert(name, mask);
    }
    for name in incident.side_a.iter_mut().chain(&mut incident.side_b) {
        if let Some(mask) = masks.get(name.as_str()) {
            (*mask).clone_into(name);
        }
    }
    withheld.extend(masks.keys().filter_map(|name| private_names(name)));
}

/// What the coding manual calls people who are no party.
const CIVILIANS: &str = "Civilians";

/// Offsets stay: with the report at hand the words can be read there.
fn blank(evidence: &mut Evidence) {
    evidence.quote.clear();
}

/// Empties every text in which a withheld name stands, however it is spelled or joined.
#[derive(Debug)]
pub struct Redactor {
    names: AhoCorasick,
}

/// Fields that hold free text or a name; the others hold codes, numbers and days.
const TEXTS: &[&str] = &[
    "title", "outlet", "url", "name", "text", "relation", "admin1", "admin2", "side_a", "side_b",
    "who", "source", "via", "also", "weapons",
];

/// What stands in the place of a text that was emptied.
const WITHHELD: &str = "[withheld]";

impl Redactor {
    /// One that looks for all these names at once.
    ///
    /// # Errors
    /// If there are more names than a machine of this size can look for (some hundred millions of
    /// letters).
    pub fn new(withheld: &BTreeSet<String>) -> Result<Self, String> {
        let names = AhoCorasick::new(withheld.iter().map(|name| folded(name)));
        Ok(Self {
            names: names.map_err(|error| error.to_string())?,
        })
    }

    /// Redacts a record, whatever its shape.
    pub fn redact(&self, value: &mut Value) {
        self.redact_field(value, false);
    }

    fn redact_field(&self, value: &mut Value, is_text: bool) {
        match value {
            Value::String(text) if is_text && self.names.is_match(&folded(text)) => {
                WITHHELD.clone_into(text);
            }
            Value::Array(items) => {
                for item in items {
                    self.redact_field(item, is_text);
                }
            }
            Value::Object(fields) => {
                for (name, item) in fields {
                    self.redact_field(item, TEXTS.contains(&name.as_str()));
                }
            }
            _ => {}
        }
    }
}

/// Lower-case letters and digits alone, so that an address spells a name as a headline does.
fn folded(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
