//! The second look: which of the scored candidates are put down as the parties of the report.
//!
//! The first look scores each candidate by itself. Here it is seen beside its rivals: whether a
//! better candidate has the same head, is written in brackets after it, or holds its words.

use tarikh_syntax::{Doc, Tok};

use crate::candidates::Candidate;

/// Candidates that score less than this in a role are not looked at again.
pub const FLOOR: f32 = -5.0;

/// A candidate seen beside the others of its report, for one role.
#[derive(Clone, Debug)]
pub struct Row {
    /// Index of the candidate.
    pub candidate: usize,
    /// What the trees see of it.
    pub numbers: Vec<f32>,
}

/// A report's candidates with the scores of the first look.
#[derive(Debug)]
pub struct Field<'a> {
    doc: &'a Doc,
    candidates: &'a [Candidate],
    /// Log-odds of each candidate in each role (and of what else the first look was asked).
    scores: &'a [Vec<f32>],
    /// Best score in each role.
    best: Vec<f32>,
    /// Log-odds that the report tells of an incident, and of each act.
    report: &'a [f32],
}

impl<'a> Field<'a> {
    /// Sets the candidates out; `scores` has as many rows, all equally long.
    #[must_use]
    pub fn new(
        doc: &'a Doc,
        candidates: &'a [Candidate],
        scores: &'a [Vec<f32>],
        report: &'a [f32],
    ) -> Self {
        let width = scores.first().map_or(0, Vec::len);
        let best = (0..width)
            .map(|role| scores.iter().map(|s| s[role]).fold(-9.0, f32::max))
            .collect();
        Self {
            doc,
            candidates,
            scores,
            best,
            report,
        }
    }

    /// The candidates worth a second look in a role, best first.
    #[must_use]
    pub fn rows(&self, role: usize) -> Vec<Row> {
        let mut order: Vec<usize> = (0..self.candidates.len())
            .filter(|&i| self.scores[i][role] > FLOOR)
            .collect();
        order.sort_by(|&a, &b| self.scores[b][role].total_cmp(&self.scores[a][role]));
        (0..order.len())
            .map(|rank| Row {
                candidate: order[rank],
                numbers: self.numbers(role, order[rank], &order[..rank], order.len()),
            })
            .collect()
    }

    fn numbers(&self, role: usize, this: usize, better: &[usize], rivals: usize) -> Vec<f32> {
        let candidate = &self.candidates[this];
        let scores = &self.scores[this];
        let own = scores[role];
        let other = |r: usize| if r == role { -9.0 } else { scores[r] };
        let best_where = |is_rival: &dyn Fn(&Candidate) -> bool| {
            let rival = better.iter().find(|&&b| is_rival(&self.candidates[b]));
            rival.map_or(-9.0, |&b| self.scores[b][role])
        };
        let first = candidate.mentions[0];
        let head = self.doc.lemma(first.head);
        let contained = best_where(&|c| holds(&c.key, &candidate.key));
        let containing = best_where(&|c| holds(&candidate.key, &c.key));
        let same_head = best_where(&|c| self.doc.lemma(c.mentions[0].head) == head);
        let shares_word = best_where(&|c| shares_long_word(&c.key, &candidate.key));
        let alias =
            best_where(&|c| self.are_aliases(c, candidate) || self.are_aliases(candidate, c));
        let other_best = |is_kin: &dyn Fn(&str) -> bool| {
            let kin = (0..self.candidates.len())
                .filter(|&i| i != this && is_kin(&self.candidates[i].key));
            kin.map(|i| self.scores[i][role]).fold(-9.0, f32::max)
        };
        let parts = other_best(&|key| holds(&candidate.key, key));
        let wholes = other_best(&|key| holds(key, &candidate.key));
        let apart = better
            .iter()
            .filter(|&&b| {
                let other = &self.candidates[b].key;
                !holds(other, &candidate.key) && !holds(&candidate.key, other)
            })
            .count();
        let mut numbers = vec![
            own,
            self.best[role],
            self.best[role] - own,
            better.len().min(30) as f32,
            apart.min(30) as f32,
            rivals.min(60) as f32,
            (0..scores.len()).map(other).fold(-9.0, f32::max),
            contained,
            containing,
            same_head,
            shares_word,
            alias,
            parts,
            wholes,
            candidate.mentions.len() as f32,
            self.doc.sentence_of(first.head).0 as f32,
            first.tokens.len() as f32,
            self.doc.sentences().len() as f32,
        ];
        numbers.extend(self.report);
        numbers.extend(scores);
        numbers.extend(&self.best);
        numbers
    }

    /// Whether the second is written in brackets after the first somewhere: "X [Y]".
    fn are_aliases(&self, first: &Candidate, second: &Candidate) -> bool {
        let opens = |t: Tok| t.idx() < self.doc.len() && matches!(self.doc.word(t), "[" | "(");
        first.mentions.iter().any(|a| {
            let bracket = a.tokens.end;
            opens(bracket)
                && second
                    .mentions
                    .iter()
                    .any(|b| b.tokens.start.0 <= bracket.0 + 2 && b.tokens.start > bracket)
        })
    }
}

/// Whether the words of `part` stand in `whole` one after another.
#[must_use]
pub fn holds(whole: &str, part: &str) -> bool {
    let mut from = 0;
    while let Some(at) = whole.get(from..).and_then(|rest| rest.find(part)) {
        let (start, end) = (from + at, from + at + part.len());
        let begins = start == 0 || whole.as_bytes()[start - 1] == b' ';
        let ends = end == whole.len() || whole.as_bytes()[end] == b' ';
        if begins && ends {
            return true;
        }
        from = start + whole[start..].chars().next().map_or(1, char::len_utf8);
    }
    false
}

fn shares_long_word(a: &str, b: &str) -> bool {
    a.split(' ')
        .filter(|word| word.len() > 3)
        .any(|word| b.split(' ').any(|other| other == word))
}

/// The best rows whose score reaches `least`, none holding the words of another; with their scores.
#[must_use]
pub fn choose(candidates: &[Candidate], scored: &[(usize, f32)], least: f32) -> Vec<(usize, f32)> {
    let mut order: Vec<(usize, f32)> = scored.iter().copied().filter(|s| s.1 >= least).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut chosen: Vec<(usize, f32)> = Vec::new();
    for (candidate, score) in order {
        let key = &candidates[candidate].key;
        let repeats = chosen.iter().any(|(other, _)| {
            let other = &candidates[*other].key;
            holds(other, key) || holds(key, other)
        });
        if !repeats {
            chosen.push((candidate, score));
        }
    }
    chosen
}
