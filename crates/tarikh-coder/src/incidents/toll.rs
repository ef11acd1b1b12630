//! Casualty arithmetic: from claims to low, best and high (GUIDELINES 3, Killed).

use tarikh_record::{Killed, Measure, Range};

use super::belongs::{Belongs, Column};
pub(crate) use super::claims::{ClaimDraft, claims};
use crate::mentions::actors::ActorClass;
use crate::mentions::harm::Stage;
use crate::mentions::kinds::ALL;
use crate::mentions::quantities::Count;

/// One statement's total: parties added, those included in others left out.
pub(super) struct Statement<'c> {
    pub(super) parts: Vec<&'c ClaimDraft>,
    pub(super) count: Count,
}

impl Statement<'_> {
    pub(super) fn first(&self) -> &ClaimDraft {
        let others = self.parts.iter().find(|p| !p.doer);
        others.unwrap_or(&self.parts[0])
    }

    pub(super) fn stage(&self) -> Stage {
        self.first().stage
    }

    /// Counts only some of those that another statement counts.
    pub(super) fn is_part(&self) -> bool {
        self.parts.iter().all(|p| p.partial)
    }

    /// Whether a part is one of those that the statement's number counts: not named inside another, unless
    /// all are ("killing three of them").
    fn counts(&self, p: &ClaimDraft) -> bool {
        !p.partial || self.is_part()
    }

    fn is_of_doers(&self) -> bool {
        self.parts.iter().all(|p| p.doer)
    }

    /// "Opened fire on a bus, killing three of them": a part of people who were not all harmed.
    fn is_of_named(&self) -> bool {
        self.parts.iter().any(|p| p.of_them)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.count.best == Some(0)
    }

    fn is_further(&self) -> bool {
        self.first().further
    }

    /// The highest number that it names.
    fn number(&self) -> Option<u32> {
        self.count.best.or(self.count.high)
    }

    fn is_of_state(&self) -> bool {
        self.first().class.is_some_and(ActorClass::is_state)
    }

    fn is_nonstate(&self) -> bool {
        self.first().class.is_some_and(ActorClass::is_nonstate)
    }

    /// "No civilians were hurt".
    fn spares_civilians(&self) -> bool {
        let first = self.first();
        self.is_zero() && first.class.is_some_and(ActorClass::is_unarmed) && !first.untold
    }

    /// Whether all its people are of known columns other than this one.
    fn is_beside(&self, column: Column, belongs: &Belongs) -> bool {
        let mut own = self.parts.iter().filter(|p| self.counts(p));
        let apart = |c| c != Column::Unknown && c != column;
        own.all(|p| apart(belongs.column(p)))
    }

    /// The column of its people, if they are of one.
    pub(super) fn column(&self, belongs: &Belongs) -> Column {
        let mut columns = self
            .parts
            .iter()
            .filter(|p| self.counts(p) && (!p.doer || self.is_of_doers()))
            .map(|p| belongs.column(p));
        let first = columns.next().unwrap_or(Column::Unknown);
        if columns.all(|c| c == first) {
            first
        } else {
            Column::Unknown
        }
    }
}

/// The statements of a measure, in the order of the claims.
pub(super) fn statements(claims: &[ClaimDraft], measure: Measure) -> Vec<Statement<'_>> {
    let mut out: Vec<Statement<'_>> = Vec::new();
    for claim in claims.iter().filter(|c| c.measure == measure) {
        match out.last_mut().filter(|s| s.first().harm == claim.harm) {
            Some(s) => {
                // Those who died by their own hand come beside the toll.
                if !claim.partial && !claim.doer {
                    s.count = if s.is_part() || s.is_of_doers() {
                        claim.count
                    } else {
                        s.count.plus(claim.count)
                    };
                }
                s.parts.push(claim);
            }
            None => out.push(Statement {
                parts: vec![claim],
                count: claim.count,
            }),
        }
    }
    out
}

/// The tolls of an incident.
pub(crate) struct Toll {
    pub(crate) killed: Killed,
    pub(crate) injured: Range,
}

/// Computes the tolls of a draft by the coding manual.
pub(crate) fn compute(claims: &[ClaimDraft], belongs: &Belongs) -> Toll {
    let injuries = statements(claims, Measure::Injured);
    let injured = account(&injuries, belongs);
    let deaths = statements(claims, Measure::Killed);
    // "Nobody was hurt": nor did anybody die, where the report counts no dead.
    let nobody = |s: &Statement<'_>| s.is_zero() && s.first().who.is_none();
    let unhurt = deaths.is_empty() && !injuries.is_empty() && injuries.iter().all(nobody);
    let killed = match unhurt {
        true => Killed {
            best: Some(0),
            low: Some(0),
            high: Some(0),
            ..Killed::default()
        },
        false => killed(&deaths, belongs),
    };
    Toll {
        killed,
        injured: injured.map_or(Range::default(), |a| Range {
            low: a.count.low,
            high: a.count.high,
        }),
    }
}

fn killed(statements: &[Statement<'_>], belongs: &Belongs) -> Killed {
    let spared = statements.iter().any(Statement::spares_civilians);
    let Some(account) = account(statements, belongs) else {
        return Killed {
            civilians: spared.then_some(0),
            ..Killed::default()
        };
    };
    let mut out = Killed {
        best: account.count.best,
        low: account.count.low,
        high: account.count.high,
        ..Killed::default()
    };
    let of_sum = columns_of_sum(statements, &account, belongs);
    let told_later: Vec<&ClaimDraft> = statements
        .iter()
        .filter(|s| s.is_part() && !s.is_of_named())
        .flat_map(|s| s.parts.iter().copied())
        .collect();
    fill_columns(&mut out, &account.counted, &told_later, belongs);
    if out.side_a.or(out.side_b).or(out.civilians).is_none() && !of_sum.is_empty() {
        out.unknown = None;
        for (column, n) in of_sum {
            put(&mut out, column, n);
        }
    }
    if spared && out.civilians.is_none() {
        out.civilians = Some(0);
    }
    out
}

/// "Four soldiers died and two of the wounded later died, bringing the toll to six": the columns of the
/// statements that a toll without a noun adds up; those who died later are like the first, where nothing is told
/// of them. Empty where not all are known.
fn columns_of_sum(
    statements: &[Statement<'_>],
    account: &Account<'_, '_>,
    belongs: &Belongs,
) -> Vec<(Column, u32)> {
    let [lead] = account.counted[..] else {
        return Vec::new();
    };
    let adds_up = matches!(lead.stage(), Stage::Total | Stage::Raised)
        && lead.column(belongs) == Column::Unknown;
    let others = statements.iter().filter(|s| !std::ptr::eq(*s, lead));
    let summed: Vec<&Statement<'_>> = others
        .filter(|s| !s.is_part() && !s.first().in_title)
        .collect();
    let sum = summed
        .iter()
        .try_fold(0_u32, |n, s| n.checked_add(s.count.best?));
    let first = summed
        .first()
        .map_or(Column::Unknown, |s| s.column(belongs));
    if !adds_up || sum.is_none() || sum != account.count.best {
        return Vec::new();
    }
    let parts = summed.iter().flat_map(|s| {
        let later = s.stage() == Stage::Later;
        let counted = s.parts.iter().filter(|p| s.counts(p));
        counted.map(move |p| match belongs.column(p) {
            Column::Unknown if later => (first, p.count.best),
            column => (column, p.count.best),
        })
    });
    let known = parts.map(|(column, n)| Some((column, n?)).filter(|(c, _)| *c != Column::Unknown));
    known.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// A toll with the statements whose people it counts.
pub(super) struct Account<'s, 'c> {
    pub(super) count: Count,
    pub(super) counted: Vec<&'s Statement<'c>>,
}

/// The number that the report leads with, what comes on top of it, and what others put it at.
pub(super) fn account<'s, 'c>(
    statements: &'s [Statement<'c>],
    belongs: &Belongs,
) -> Option<Account<'s, 'c>> {
    let told = |s: &Statement<'_>| !s.count.is_vague() && !s.is_zero();
    let whole = statements.iter().any(|s| !s.is_part());
    let numbered: Vec<&Statement<'_>> = statements
        .iter()
        .filter(|s| told(s) && (!s.is_part() || !whole && s.is_of_named()))
        .collect();
    let Some(lead) = lead(&numbered) else {
        let vague = statements
            .iter()
            .any(|s| !s.is_part() && s.count.is_vague());
        // "No civilians were killed" leaves open whether others were.
        let whole = |s: &&Statement<'_>| s.is_zero() && !s.spares_civilians();
        let zero = statements.iter().find(whole).filter(|_| !vague)?;
        return Some(Account {
            count: Count::exact(0),
            counted: vec![zero],
        });
    };
    let mut out = Account {
        count: lead.count,
        counted: vec![lead],
    };
    let mut before = lead;
    for s in numbered.iter().copied().filter(|s| !std::ptr::eq(*s, lead)) {
        if s.first().in_title {
            continue;
        }
        if adds(lead, before, s, &out, belongs) {
            out.count = out.count.plus(s.count);
            out.counted.push(s);
        } else if stands_apart(lead, s, belongs) {
            out.counted.push(s);
        } else if is_total(s, lead, belongs) {
            out.count.widen(s.count);
        }
        if s.first().sentence >= lead.first().sentence {
            before = s;
        }
    }
    if disputed(lead, &numbered, belongs) || is_anyones_guess(lead, &numbered, belongs) {
        out.count.best = None;
    }
    in_order(&mut out.count);
    Some(out)
}

/// The statement that the report leads with: the first of the body with a number, or the toll that
/// took its place; the title's only when the body has none.
fn lead<'s, 'c>(numbered: &[&'s Statement<'c>]) -> Option<&'s Statement<'c>> {
    let body = || numbered.iter().copied().filter(|s| !s.first().in_title);
    let own = |s: &&Statement<'_>| {
        matches!(s.stage(), Stage::Plain | Stage::Total | Stage::Raised) && !s.is_further()
    };
    let number = |s: &&Statement<'_>| own(s) && s.count.best.is_some();
    let first = body()
        .find(number)
        .or_else(|| body().find(own))
        .or_else(|| numbered.iter().copied().find(own))
        .or_else(|| body().next())?;
    let raised = body().find(|s| s.stage() == Stage::Raised && s.number() >= first.number());
    // The title's number when the body's first is only one of the victims.
    let title = numbered
        .iter()
        .copied()
        .find(|s| s.first().in_title && !s.first().is_single());
    let of_title = title.filter(|t| {
        first.first().is_single()
            && t.number() > first.number()
            && body().all(|s| s.number() < t.number())
    });
    // "Killed a commander. He died along with a bodyguard": the one counted first is one of those.
    let of_more = body().find(|s| {
        first.first().is_single()
            && s.stage() == Stage::Plain
            && !s.is_part()
            && !s.is_further()
            && s.parts.len() > 1
            && s.first().is_single()
            && s.first().sentence.0 == first.first().sentence.0 + 1
    });
    raised.or(of_title).or(of_more).or(Some(first))
}

/// Whether the people of a later statement come on top of those counted so far.
fn adds(
    lead: &Statement<'_>,
    before: &Statement<'_>,
    s: &Statement<'_>,
    so_far: &Account<'_, '_>,
    belongs: &Belongs,
) -> bool {
    let (of_lead, own) = (lead.column(belongs), s.column(belongs));
    // "He raised the figure to 15. Seven inmates also died": others than those counted anew.
    let others_too = s.is_further()
        && s.first().sentence > lead.first().sentence
        && of_lead != own
        && own != Column::Unknown;
    if matches!(lead.stage(), Stage::Raised) && !others_too
        || matches!(s.stage(), Stage::Total | Stage::Raised | Stage::Earlier)
    {
        return false;
    }
    if s.first().sentence < lead.first().sentence {
        return false;
    }
    if s.stage() == Stage::Later {
        // "Eighteen bodies were brought in and two of the wounded died": another count of them all.
        let recounted = before.first().sentence == s.first().sentence
            && !std::ptr::eq(before, lead)
            && !so_far.counted.iter().any(|c| std::ptr::eq(*c, before));
        return !recounted;
    }
    let apart = s.first().sentence.0.abs_diff(before.first().sentence.0);
    let (a, b) = (lead.column(belongs), s.column(belongs));
    // "Two others" go on from the statement right before them, if that was not already a part of the total.
    if s.is_further() {
        return apart <= 1
            && std::ptr::eq(before, so_far.counted[so_far.counted.len() - 1])
            && s.count != lead.count;
    }
    let same_voice = s.first().voice == lead.first().voice;
    let opponents = lead.is_of_state() && s.is_nonstate() || lead.is_nonstate() && s.is_of_state();
    // "Nine rebels died, and four soldiers and two villagers"
    let several = b == Column::Unknown && s.parts.len() > 1 && s.is_beside(a, belongs);
    let different =
        (a != b || opponents) && a != Column::Unknown && (b != Column::Unknown || several);
    let small = s.first().is_single() && !lead.first().is_single();
    // "The army lost five men and killed 30 rebels": the attackers' dead come first, in one breath.
    if different && same_voice && apart == 0 && a == belongs.attackers() && !small {
        return true;
    }
    different
        && same_voice
        && apart <= 1
        && b != belongs.attackers()
        && a != belongs.attackers()
        && !small
}

/// The attackers' own dead, told apart from the toll: they have their column, and are not in the total.
fn stands_apart(lead: &Statement<'_>, s: &Statement<'_>, belongs: &Belongs) -> bool {
    let (a, b) = (lead.column(belongs), s.column(belongs));
    a != b
        && matches!(b, Column::A | Column::B)
        && a != Column::Unknown
        && (s.first().voice == lead.first().voice || lead.first().voice.is_none())
        && s.first().sentence.0.saturating_sub(lead.first().sentence.0) <= 3
}

/// Whether a later statement counts all the dead again: another voice's figure, an earlier toll;
/// not the few that a detail is about.
fn is_total(s: &Statement<'_>, lead: &Statement<'_>, belongs: &Belongs) -> bool {
    if s.first().is_single() {
        return false;
    }
    let (a, b) = (lead.column(belongs), s.column(belongs));
    let same_people = a == b
        || a == Column::Unknown
        || b == Column::Unknown
        || a == Column::Civilians && b != belongs.attackers();
    if !same_people {
        return false;
    }
    // Bodies that someone saw are a part as long as they are fewer, unless the other number is only said, too.
    let only_said = lead.first().voice.is_some() && !lead.first().stated;
    if s.first().bodies && s.number() < lead.number() && !only_said {
        return false;
    }
    if matches!(s.stage(), Stage::Total | Stage::Raised | Stage::Earlier) {
        return true;
    }
    let (mine, theirs) = (s.first().voice, lead.first().voice);
    let near = s.first().sentence.0.saturating_sub(lead.first().sentence.0) <= 3;
    let other_voice = mine != theirs && (mine.is_some() || s.first().reported && near);
    let small =
        matches!((s.number(), lead.number()), (Some(n), Some(m)) if n.saturating_mul(4) < m);
    let (s, lead) = (s.first().interest, lead.first().interest);
    let opponents = s.is_some() && lead.is_some() && s != lead;
    other_voice && (!small || opponents || only_said)
}

/// Two parties to the conflict put the number differently, and nobody else gives one; not where the report
/// states the first itself ("Six soldiers died in the raid, the army said").
fn disputed(lead: &Statement<'_>, numbered: &[&Statement<'_>], belongs: &Belongs) -> bool {
    let Some(kind) = lead.first().interest.filter(|_| !lead.first().stated) else {
        return false;
    };
    let others = numbered
        .iter()
        .filter(|s| s.first().interest.is_some_and(|k| k != kind));
    let differs = others
        .clone()
        .any(|s| s.count.best != lead.count.best && is_total(s, lead, belongs));
    differs && numbered.iter().all(|s| s.first().interest.is_some())
}

/// Several voices put the number quite differently, and the report itself takes none of them: neither its title
/// nor its lead has one ("An adviser said that 500 had died, the police put it at 109").
fn is_anyones_guess(lead: &Statement<'_>, numbered: &[&Statement<'_>], belongs: &Belongs) -> bool {
    let voiced = |s: &&Statement<'_>| s.first().reported && !s.first().stated;
    let far = |n: u32, m: u32| n.max(m) >= n.min(m).saturating_mul(2);
    let differs = |s: &&Statement<'_>| {
        let numbers = s.count.best.zip(lead.count.best);
        s.first().voice != lead.first().voice
            && is_total(s, lead, belongs)
            && numbers.is_some_and(|(n, m)| far(n, m))
    };
    lead.stage() != Stage::Raised
        && numbered.iter().all(voiced)
        && numbered.iter().filter(|s| differs(s)).count() > 1
}

fn in_order(count: &mut Count) {
    if let Some(best) = count.best {
        count.low = count.low.map(|n| n.min(best));
        count.high = count.high.map(|n| n.max(best));
    }
    if let (Some(low), Some(high)) = (count.low, count.high) {
        count.low = Some(low.min(high));
    }
}

/// Adds deaths to a column.
fn put(out: &mut Killed, column: Column, n: u32) {
    let field = match column {
        Column::A => &mut out.side_a,
        Column::B => &mut out.side_b,
        Column::Civilians => &mut out.civilians,
        Column::Unknown => return,
    };
    *field = Some(field.unwrap_or(0).saturating_add(n));
}

/// Deaths by side, civilians and unknown, where the words tell; sentences behind may tell who were
/// among the dead.
fn fill_columns(
    out: &mut Killed,
    counted: &[&Statement<'_>],
    told_later: &[&ClaimDraft],
    belongs: &Belongs,
) {
    let Some(best) = out.best.filter(|b| *b > 0) else {
        return;
    };
    // "All of the dead were children"
    let of_counted = counted.iter().flat_map(|s| s.parts.iter().copied());
    let mut parts = of_counted.chain(told_later.iter().copied());
    if let Some(all) = parts.find(|p| p.rule == ALL)
        && belongs.column(all) != Column::Unknown
    {
        return put(out, belongs.column(all), best);
    }
    for s in counted {
        let whole: u32 = s
            .parts
            .iter()
            .filter(|p| s.counts(p))
            .filter_map(|p| p.count.best)
            .fold(0, u32::saturating_add);
        // Those named inside the total go to their side, the rest to the total's.
        let own = s.parts.iter().any(|p| !s.counts(p));
        let told_later = told_later.iter().filter(|_| !own && counted.len() == 1);
        let mut inside = s
            .parts
            .iter()
            .filter(|p| p.partial)
            .chain(told_later.clone());
        // Where two sides fight, those who died with a medic may have been anybody.
        let contrasted = inside.any(|p| p.called_civilian) || belongs.is_fight();
        let named: Vec<(Column, u32)> = s
            .parts
            .iter()
            .filter(|p| !s.counts(p))
            .chain(told_later)
            .filter_map(|p| Some((belongs.column(p), p.count.best?)))
            .filter(|(c, _)| *c != Column::Unknown)
            .collect();
        let of_total = s.column(belongs);
        let apart: u32 = named
            .iter()
            .filter(|(c, _)| *c != of_total)
            .map(|(_, n)| *n)
            .fold(0, u32::saturating_add);
        let mixed = s.parts.iter().filter(|p| s.counts(p)).count() > 1;
        if of_total == Column::Unknown && !mixed {
            // Those of whom nothing is told may be like the civilians named among them, not like the armed.
            let armed = |c: &Column| matches!(c, Column::A | Column::B);
            let all_named = apart == whole || contrasted || named.iter().any(|(c, _)| armed(c));
            named
                .iter()
                .filter(|(c, _)| armed(c) || all_named)
                .for_each(|(c, n)| put(out, *c, *n));
        } else if apart <= whole && !mixed {
            named
                .iter()
                .filter(|(c, _)| *c != of_total)
                .for_each(|(c, n)| put(out, *c, *n));
            if whole > apart {
                put(out, of_total, whole - apart);
            }
        } else {
            let parts = || s.parts.iter().filter(|p| s.counts(p));
            // "A man and his two sons": those beside whom nobody armed died.
            let columns = || {
                parts()
                    .map(|p| belongs.column(p))
                    .filter(|c| *c != Column::Unknown)
            };
            let unarmed = !belongs.is_fight()
                && columns().next().is_some()
                && columns().all(|c| c == Column::Civilians);
            for p in parts() {
                let column = match belongs.column(p) {
                    Column::Unknown if unarmed && p.untold => Column::Civilians,
                    column => column,
                };
                if let Some(n) = p.count.best {
                    put(out, column, n);
                }
            }
        }
    }
    // More in the column than in the total: the total's own words win.
    if out.civilians.is_some_and(|n| n > best) {
        out.civilians = Some(best);
    }
    let named = [out.side_a, out.side_b, out.civilians];
    let in_columns = named.into_iter().flatten().fold(0, u32::saturating_add);
    let divided = named.iter().any(Option::is_some);
    let rest = best.saturating_sub(in_columns);
    let told_apart = counted.iter().all(|s| s.first().is_single());
    let open = divided || belongs.leaves_status_open() && !told_apart;
    out.unknown = (rest > 0 && open).then_some(rest);
}

/// The number of people of a measure: the first that is given exactly, with those on top of it.
pub(crate) fn number(claims: &[ClaimDraft], measure: Measure) -> Option<u32> {
    let statements = statements(claims, measure);
    let mut usable: Vec<&Statement<'_>> = statements
        .iter()
        .filter(|s| s.count.best.is_some_and(|n| n > 0) && !s.is_part())
        .collect();
    // "arrested 17 of them": part of those who gathered, and nobody else is counted.
    if usable.is_empty() {
        let some = |s: &&Statement<'_>| s.is_of_named() && s.count.best.is_some_and(|n| n > 0);
        usable.extend(statements.iter().filter(some));
    }
    usable.sort_by_key(|s| (s.first().in_title, s.first().is_single()));
    usable.first().and_then(|s| s.count.best)
}
