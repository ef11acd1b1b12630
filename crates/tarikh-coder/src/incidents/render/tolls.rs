//! The claims on how many came to harm, and the words behind each bound of the tolls.

use tarikh_record::{Claim, Extent};
use tarikh_syntax::TokRange;

use super::Parts;
use super::notes::{Notes, evidence};
use crate::incidents::toll::ClaimDraft;
use crate::mentions::harm::Stage;

/// Provenance of the tolls: each bound with the claim that gives it.
pub(super) fn numbers(p: &Parts<'_, '_>, notes: &mut Notes<'_, '_>) {
    use tarikh_record::Measure;
    let k = p.toll.killed;
    let fields = [
        ("killed.best", Measure::Killed, k.best),
        ("killed.low", Measure::Killed, k.low),
        ("killed.high", Measure::Killed, k.high),
        ("killed.side_a", Measure::Killed, k.side_a),
        ("killed.side_b", Measure::Killed, k.side_b),
        ("killed.civilians", Measure::Killed, k.civilians),
        ("killed.unknown", Measure::Killed, k.unknown),
        ("injured.low", Measure::Injured, p.toll.injured.low),
        ("injured.high", Measure::Injured, p.toll.injured.high),
    ];
    for (field, measure, value) in fields {
        let Some(n) = value else { continue };
        let mut of_measure = p.claims.iter().filter(|c| c.measure == measure);
        let exact = of_measure
            .clone()
            .find(|c| c.count.best == Some(n) || c.count.low == Some(n) || c.count.high == Some(n));
        // A sum has the words of each of its parts.
        match exact {
            Some(c) => notes.tokens(field, c.tokens, c.rule),
            None => {
                if let Some(first) = of_measure.next() {
                    notes.tokens(field, first.tokens, first.rule);
                    let adds = |c: &&ClaimDraft| {
                        c.harm == first.harm || c.further || c.stage == Stage::Later
                    };
                    for c in of_measure.filter(adds) {
                        notes.tokens(field, c.tokens, c.rule);
                    }
                }
            }
        }
    }
}

/// The claims in text order; those of one statement share its number. What one voice says twice, or the title
/// in short, is one claim.
pub(super) fn claims(p: &Parts<'_, '_>) -> Vec<Claim> {
    let groups: Vec<&[ClaimDraft]> = p.claims.chunk_by(|a, b| a.harm == b.harm).collect();
    let in_title = |group: &[ClaimDraft]| group.iter().any(|c| c.in_title);
    let told_again = |i: usize| {
        let own = groups[i];
        groups.iter().enumerate().any(|(j, other)| {
            // The fuller words stay, those of the text before those of the title, the first before others.
            let order = |k: usize, g: &[ClaimDraft]| (std::cmp::Reverse(g.len()), in_title(g), k);
            order(j, other) < order(i, own) && repeats(own, other)
        })
    };
    let once = (0..groups.len())
        .filter(|&i| !told_again(i))
        .map(|i| groups[i]);
    let numbered = (0..).zip(once);
    numbered
        .flat_map(|(statement, group)| group.iter().map(move |c| claim(p, c, statement)))
        .collect()
}

/// Whether a statement gives the numbers of another again: "thirteen people were killed", "the 13 dead".
fn repeats(own: &[ClaimDraft], other: &[ClaimDraft]) -> bool {
    let number = |c: &ClaimDraft| (c.count.low, c.count.best, c.count.high);
    let same = |(a, b): (&ClaimDraft, &ClaimDraft)| {
        let several = a.count.best.is_some_and(|n| n > 1);
        let armed = |c: &ClaimDraft| c.class.map(|x| (x.is_state(), x.is_nonstate()));
        let open = |c: &ClaimDraft| c.untold || c.class.is_none();
        let class = armed(a) == armed(b) || open(a) || open(b);
        let voice = a.voice == b.voice || a.in_title && a.voice.is_none();
        let plain = |c: &ClaimDraft| !c.further && !c.partial && c.stage == Stage::Plain;
        let alike = a.measure == b.measure && number(a) == number(b) && class && voice;
        several && alike && plain(a) && plain(b)
    };
    let mut wholes = other.iter().filter(|c| !c.partial);
    let whole = wholes.next().filter(|_| wholes.next().is_none());
    own.len() == 1 && whole.is_some_and(|w| same((&own[0], w)))
        || own.len() == other.len() && own.iter().zip(other).all(same)
}

fn extent(p: &Parts<'_, '_>, c: &ClaimDraft) -> Extent {
    if c.partial {
        Extent::Part
    } else if c.further {
        Extent::Further
    } else if c.stage == Stage::Earlier || p.claims.iter().any(|r| replaces(r, c)) {
        Extent::Earlier
    } else {
        Extent::Whole
    }
}

/// Whether a toll that "had risen to 20" takes the place of one told before it.
fn replaces(raised: &ClaimDraft, c: &ClaimDraft) -> bool {
    raised.stage == Stage::Raised
        && c.stage != Stage::Raised
        && raised.measure == c.measure
        && !raised.partial
        && (c.in_title || c.sentence < raised.sentence)
        && c.count.best.is_some()
        && c.count.best < raised.count.best
}

fn claim(p: &Parts<'_, '_>, c: &ClaimDraft, statement: u32) -> Claim {
    let r = p.reading;
    let e = evidence(r, r.doc.range_span(c.tokens));
    let words = |t: TokRange| r.report.quote(r.doc.range_span(t)).to_owned();
    Claim {
        measure: c.measure,
        who: c.who.map(words),
        low: c.count.low,
        best: c.count.best,
        high: c.count.high,
        source: c.voice.map(|v| words(r.voices[v].name)),
        statement,
        extent: extent(p, c),
        acled: c.acled,
        quote: e.quote,
        start: e.start,
        end: e.end,
        zone: e.zone,
    }
}
