//! One record of many accounts.
//!
//! The fullest account is the ground; each value that it lacks comes from the next. A day or a
//! place that another account knows more exactly is taken from there, and tolls follow the policy.

use tarikh_record::{FieldConfidence, Incident, Measure, Member, Source, Status, TakenFrom};

use crate::toll::{Policy, best, ledger, tolls};

/// One record, and where its values come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Consolidated {
    /// The values taken together. Its evidence is that of the account that is its ground.
    pub incident: Incident,
    /// For each value, the mention it was taken from.
    pub taken_from: Vec<TakenFrom>,
}

/// Makes one record of an incident's accounts; `None` if there are none.
#[must_use]
pub fn consolidate(id: &str, accounts: &[Member], policy: Policy) -> Option<Consolidated> {
    let mut sorted: Vec<&Member> = accounts.iter().collect();
    sorted.sort_by(|a, b| {
        rank(a).total_cmp(&rank(b)).reverse().then_with(|| {
            // Of equals the later report knows more.
            let published = b.report.published.cmp(&a.report.published);
            published.then_with(|| a.mention.cmp(&b.mention))
        })
    });
    let ground = *sorted.first()?;
    let mut made = Made {
        incident: Incident {
            id: id.to_owned(),
            // Their offsets count in one report each: they stay with the accounts and the ledger.
            claims: Vec::new(),
            provenance: Vec::new(),
            // So does how sure each report's values are.
            confidence_by_field: FieldConfidence::default(),
            ..ground.incident.clone()
        },
        taken_from: Vec::new(),
    };
    made.take_kind(ground);
    made.take_date(&sorted);
    made.take_hour(&sorted);
    made.take_place(&sorted);
    made.take_sides(&sorted);
    made.take_harm(&sorted, accounts, policy);
    made.take_rest(&sorted, ground);
    Some(Consolidated {
        incident: made.incident,
        taken_from: made.taken_from,
    })
}

/// How full an account is: those of the news before background, then by confidence.
fn rank(account: &Member) -> f64 {
    let incident = &account.incident;
    let news = if incident.is_background { 0.0 } else { 1.0 };
    let known = [
        incident.date_start.is_some(),
        incident.place.name.is_some(),
        incident.place.lat.is_some(),
        !incident.side_a.is_empty(),
        !incident.side_b.is_empty(),
        incident.killed.best.is_some(),
    ];
    let n_known = known.into_iter().filter(|known| *known).count();
    news * 10.0 + n_known as f64 + incident.confidence
}

struct Made {
    incident: Incident,
    taken_from: Vec<TakenFrom>,
}

impl Made {
    fn note(&mut self, field: &str, account: &Member) {
        self.taken_from.push(TakenFrom {
            field: field.to_owned(),
            mention: account.mention.clone(),
        });
    }

    fn take_kind(&mut self, ground: &Member) {
        for field in ["event_type", "sub_event_type", "evidence"] {
            self.note(field, ground);
        }
    }

    /// The day as the account gives it that knows it most exactly.
    fn take_date(&mut self, sorted: &[&Member]) {
        let dated = sorted.iter().filter(|a| a.incident.date_start.is_some());
        let best = dated.min_by_key(|a| a.incident.date_precision.unwrap_or(u8::MAX));
        let Some(best) = best.copied() else { return };
        let (to, from) = (&mut self.incident, &best.incident);
        to.date_start.clone_from(&from.date_start);
        to.date_end.clone_from(&from.date_end);
        to.date_precision = from.date_precision;
        to.date_text.clone_from(&from.date_text);
        to.timex.clone_from(&from.timex);
        self.note("date_start", best);
    }

    fn take_place(&mut self, sorted: &[&Member]) {
        let placed = sorted.iter().filter(|a| {
            let place = &a.incident.place;
            place.name.is_some() || place.text.is_some() || place.country.is_some()
        });
        let best = placed.min_by_key(|a| {
            let place = &a.incident.place;
            (place.precision.unwrap_or(u8::MAX), place.lat.is_none())
        });
        let Some(best) = best.copied() else { return };
        self.incident.place = best.incident.place.clone();
        self.note("place", best);
    }

    /// The sides as the account tells them that names the most actors with an id.
    fn take_sides(&mut self, sorted: &[&Member]) {
        let n_known = |account: &Member| {
            let actors = account.incident.actors.iter();
            let n_ids = actors.filter(|actor| actor.id.is_some()).count();
            let sides = [&account.incident.side_a, &account.incident.side_b];
            (sides.iter().filter(|side| !side.is_empty()).count(), n_ids)
        };
        let mut best: Option<&Member> = None;
        for account in sorted {
            if best.is_none_or(|b| n_known(b) < n_known(account)) {
                best = Some(account);
            }
        }
        let Some(best) = best else { return };
        let (to, from) = (&mut self.incident, &best.incident);
        to.side_a.clone_from(&from.side_a);
        to.side_b.clone_from(&from.side_b);
        to.actors.clone_from(&from.actors);
        to.ucdp_type = from.ucdp_type.or(to.ucdp_type);
        self.note("side_a", best);
        self.note("side_b", best);
    }

    fn take_harm(&mut self, sorted: &[&Member], accounts: &[Member], policy: Policy) {
        let entries = ledger(accounts);
        let (killed, injured) = tolls(&entries, policy);
        let counted = |measure| best(&entries, measure, policy);
        let agrees = |a: &&&Member| a.incident.killed.best == killed.best;
        let by_side = sorted.iter().find(agrees).copied();
        let to = &mut self.incident;
        (to.killed, to.injured) = (killed, injured);
        to.abducted = counted(Measure::Abducted);
        to.arrested = counted(Measure::Arrested);
        to.released = counted(Measure::Released);
        to.shared_toll = sorted.iter().all(|a| a.incident.shared_toll);
        if let Some(account) = by_side.filter(|_| killed.best.is_some()) {
            let from = &account.incident.killed;
            to.killed.side_a = from.side_a;
            to.killed.side_b = from.side_b;
            to.killed.civilians = from.civilians;
            to.killed.unknown = from.unknown;
            self.note("killed", account);
        }
    }

    /// The hour as the fullest account tells it that knows it, and by whose clock.
    fn take_hour(&mut self, sorted: &[&Member]) {
        let timed = sorted.iter().find(|a| a.incident.time_of_day.is_some());
        let Some(account) = timed.copied() else {
            return;
        };
        let (to, from) = (&mut self.incident, &account.incident);
        to.time_of_day.clone_from(&from.time_of_day);
        to.time_zone.clone_from(&from.time_zone);
        self.note("time_of_day", account);
    }

    fn take_rest(&mut self, sorted: &[&Member], ground: &Member) {
        let to = &mut self.incident;
        to.is_background = sorted.iter().all(|a| a.incident.is_background);
        to.status = status(sorted.iter().map(|a| a.incident.status));
        to.sources = sources(sorted);
        to.evidence_also = ground.incident.evidence_also.clone();
        for account in sorted {
            let from = &account.incident;
            to.flag = to.flag.or(from.flag);
            to.ucdp_type = to.ucdp_type.or(from.ucdp_type);
            to.civilians = to.civilians.or(from.civilians);
            fill(&mut to.plover_type, &from.plover_type);
            fill(&mut to.plover_mode, &from.plover_mode);
            for weapon in &from.weapons {
                if !to.weapons.contains(weapon) {
                    to.weapons.push(weapon.clone());
                }
            }
        }
        self.note("status", ground);
    }
}

fn fill(to: &mut Option<String>, from: &Option<String>) {
    if to.is_none() {
        to.clone_from(from);
    }
}

/// The firmest of all: one report that vouches for an incident is enough.
fn status(all: impl Iterator<Item = Status>) -> Status {
    let firmness = |status: &Status| match status {
        Status::Confirmed => 0,
        Status::Claimed => 1,
        Status::Alleged => 2,
        Status::Denied => 3,
    };
    all.min_by_key(firmness).unwrap_or(Status::Alleged)
}

/// Every voice once.
fn sources(sorted: &[&Member]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for source in sorted.iter().flat_map(|a| &a.incident.sources) {
        let known = |s: &Source| s.name == source.name && s.claim == source.claim;
        if !sources.iter().any(known) {
            sources.push(source.clone());
        }
    }
    sources
}
