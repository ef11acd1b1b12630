//! From learned roles to templates. Sections are those of the task's
//! `task-docs/template-doc-part1`.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use tarikh_roles::labels::{ACTS, VALUES};
use tarikh_roles::{Party, Reading, Role};
use tarikh_syntax::{Doc, Tok, TokRange, Upos};

use super::setting::Setting;

/// Slots with their fills, named as in the benchmark.
#[derive(Debug, Default)]
pub(super) struct Template {
    slots: Vec<(&'static str, Vec<Fill>)>,
}

/// A value, and the value of another slot that it tells something of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Fill {
    value: String,
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.slots.len()))?;
        for (slot, fills) in &self.slots {
            map.serialize_entry(slot, fills)?;
        }
        map.end()
    }
}

impl Template {
    fn fill(&mut self, slot: &'static str, value: impl Into<String>, about: Option<&str>) {
        let fill = Fill {
            value: value.into(),
            about: about.map(str::to_owned),
        };
        match self.slots.iter_mut().find(|(name, _)| *name == slot) {
            Some((_, fills)) if fills.contains(&fill) => {}
            Some((_, fills)) => fills.push(fill),
            None => self.slots.push((slot, vec![fill])),
        }
    }
}

/// An act's log-odds from which a party takes part in it, besides the likeliest act.
const ALSO_IN: f32 = 1.0;

/// The templates of a report: one for each kind of act that it tells of, or for the likeliest.
pub(super) fn templates(reading: &Reading, setting: &Setting<'_>) -> Vec<Template> {
    if reading.parties.is_empty() {
        return Vec::new();
    }
    let mut acts: Vec<usize> = (0..ACTS.len())
        .filter(|&act| reading.acts[act] >= 0.0)
        .collect();
    if acts.is_empty() {
        acts.extend(likeliest(&reading.acts));
    }
    let home = |party: &Party| {
        let better = |&a: &usize, &b: &usize| party.acts[a].total_cmp(&party.acts[b]);
        acts.iter().copied().max_by(better)
    };
    acts.iter()
        .map(|&act| {
            let takers = reading.parties.iter();
            let takers = takers.filter(|p| home(p) == Some(act) || p.acts[act] > ALSO_IN);
            template(act, &takers.collect::<Vec<_>>(), setting)
        })
        .collect()
}

fn likeliest(scores: &[f32]) -> Option<usize> {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
}

fn template(act: usize, parties: &[&Party], setting: &Setting<'_>) -> Template {
    let mut template = Template::default();
    let words: Vec<Tok> = parties
        .iter()
        .flat_map(|party| party.mentions.iter().map(|m| m.start))
        .collect();
    template.fill("incident_type", ACTS[act], None);
    template.fill("incident_stage", stage(parties), None);
    if let Some(date) = setting.date(&words) {
        template.fill("incident_date", date, None);
    }
    if let Some(location) = setting.location(&words) {
        template.fill("incident_location", location, None);
    }
    let applies = |role: Role| role != Role::Weapon || !matches!(ACTS[act], "ARSON" | "KIDNAPPING");
    for party in parties.iter().filter(|party| applies(party.role)) {
        fill(&mut template, party, parties, setting.doc);
    }
    if let Some(category) = category(parties) {
        template.fill("perp_category", category, None);
    }
    template
}

/// The slots that one party fills.
fn fill(template: &mut Template, party: &Party, parties: &[&Party], doc: &Doc) {
    let words = words(doc, party.mentions[0]);
    // A described person with a name: what is known of him hangs on the name.
    let name = (party.role == Role::VictimDescription)
        .then(|| named(party, parties, doc))
        .flatten();
    template.fill(party.role.slot(), words.clone(), name.as_deref());
    if name.is_some() {
        return;
    }
    for ((slot, _), (value, log_odds)) in VALUES.iter().zip(party.values) {
        // Every party has a kind; an effect is given only where it is told.
        let is_told = log_odds > 0.0 || !slot.ends_with("_effect");
        if slots_of(party.role).contains(slot) && is_told {
            template.fill(slot, value, Some(&words));
        }
    }
    let number = match party.role {
        Role::PhysicalTarget => "phys_number",
        Role::VictimName => return template.fill("hum_number", "1", Some(&words)),
        Role::VictimDescription => "hum_number",
        _ => return,
    };
    template.fill(number, count(doc, party.mentions[0]), Some(&words));
}

const fn slots_of(role: Role) -> &'static [&'static str] {
    match role {
        Role::PerpetratorIndividual => &[],
        Role::PerpetratorOrganisation => &["perp_org_confidence"],
        Role::PhysicalTarget => &["phys_type", "phys_effect"],
        Role::VictimName | Role::VictimDescription => &["hum_type", "hum_effect"],
        Role::Weapon => &["instrument_type"],
    }
}

/// The name that a description stands beside: "JUDGE X", "X, A JUDGE".
fn named(party: &Party, parties: &[&Party], doc: &Doc) -> Option<String> {
    let names = parties.iter().filter(|p| p.role == Role::VictimName);
    let beside = |name: &TokRange| {
        party.mentions.iter().any(|m| {
            let before = name.start.0.checked_sub(m.end.0);
            let after = m.start.0.checked_sub(name.end.0);
            before.is_some_and(|n| n <= 1) || after.is_some_and(|n| n <= 2)
        })
    };
    let mut names = names.filter(|p| p.mentions.iter().any(beside));
    let name = names.next()?;
    Some(words(doc, name.mentions[0]))
}

/// How many a phrase speaks of (section 7.14): its numeral, else one or several by its head.
fn count(doc: &Doc, mention: TokRange) -> String {
    let from = mention.start.0.saturating_sub(1);
    let sentence = doc.sentence(doc.sentence_of(mention.start)).tokens;
    let numeral = TokRange::new(Tok(from.max(sentence.start.0)), mention.end)
        .iter()
        .filter(|&t| doc.upos(t) == Upos::Num)
        .find_map(|t| number(doc.lower(t)));
    let plural = mention
        .iter()
        .take_while(|&t| doc.upos(t) != Upos::Adp)
        .last()
        .is_some_and(|head| matches!(doc.xpos(head), "NNS" | "NNPS"));
    match numeral {
        Some(n) => n.to_string(),
        None if plural => "PLURAL".to_owned(),
        None => "1".to_owned(),
    }
}

fn number(word: &str) -> Option<u32> {
    let small = NUMBERS.iter().position(|n| *n == word);
    let digits = || word.replace(',', "").parse().ok();
    small.map(|n| n as u32 + 1).or_else(digits)
}

const NUMBERS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// The stage that most parties speak for; a thing done is the rule.
fn stage(parties: &[&Party]) -> &'static str {
    let votes = |value: &str| {
        let votes = parties
            .iter()
            .filter(|p| value_of(p, "incident_stage").0 == value);
        votes.count()
    };
    let stages = ["THREATENED", "ATTEMPTED"];
    let other = stages.into_iter().find(|s| 2 * votes(s) > parties.len());
    other.unwrap_or("ACCOMPLISHED")
}

/// The kind of perpetrator (section 7.9) that the perpetrators, or else all parties, speak for.
fn category(parties: &[&Party]) -> Option<&'static str> {
    let is_perpetrator = |p: &&&Party| {
        matches!(
            p.role,
            Role::PerpetratorIndividual | Role::PerpetratorOrganisation
        )
    };
    let best = |parties: &mut dyn Iterator<Item = &&Party>| {
        let values = parties.map(|p| value_of(p, "perp_category"));
        values.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let value =
        best(&mut parties.iter().filter(is_perpetrator)).or_else(|| best(&mut parties.iter()))?;
    (value.1 > 0.0).then_some(value.0)
}

fn value_of(party: &Party, slot: &str) -> (&'static str, f32) {
    let at = VALUES.iter().position(|(name, _)| *name == slot);
    at.map_or(("", f32::MIN), |at| party.values[at])
}

/// The words on one line, in capitals.
fn words(doc: &Doc, tokens: TokRange) -> String {
    let words = doc.range_span(tokens).of(doc.text());
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").to_uppercase()
}
