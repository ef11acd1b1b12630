//! Which mentions are compared at all: those that share a block.
//!
//! A mention with a known point lies in the blocks of its days and its cell of one degree; it
//! searches the neighbouring cells and days. A vague one (a province, a country) lies in the
//! blocks of its days and its country. One whose report does not even say the country, or names the
//! place of another incident, is compared with all of its days. So a mention meets what happened near it in space and time,
//! and the cost of linking grows with the number of mentions, not with its square.

use crate::Profile;

/// Longest interval in days that is entered: a month.
const MAX_DAYS: i32 = 31;

/// Days before its publication in which a report's undated incident is looked for.
pub(crate) const UNDATED_DAYS: i32 = 3;

/// Days around an interval that are searched: reports disagree by a day.
const SLACK_DAYS: i32 = 1;

/// Longest interval in days of a mention without a country that is entered.
const MAX_DAYS_NOWHERE: i32 = UNDATED_DAYS + 1;

/// The blocks that a mention lies in.
///
/// A mention without a day of its own lies in the days before its report's publication.
/// One with an interval of more than a month lies in none, nor does one of more than four days
/// without country and point; it is never joined to another by the machine.
#[must_use]
pub fn blocks_of(profile: &Profile) -> Vec<String> {
    let Some((start, end)) = days(profile) else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    for day in start..=end {
        if let Some(point) = profile.point {
            let (row, column) = cell(point);
            blocks.push(cell_block(day, row, column));
        }
        match (&profile.country, profile.point) {
            (Some(country), Some(_)) => blocks.push(format!("{day}:{country}:point")),
            (Some(country), None) => blocks.push(format!("{day}:{country}:vague")),
            (None, Some(_)) => {}
            (None, None) => blocks.push(format!("{day}:nowhere")),
        }
        if profile.borrows_place {
            blocks.push(format!("{day}:nowhere"));
        }
        if end - start < MAX_DAYS_NOWHERE {
            blocks.push(format!("{day}:anywhere"));
        }
    }
    blocks
}

/// The blocks in which the mentions lie that may be the same as this one.
#[must_use]
pub fn blocks_to_search(profile: &Profile) -> Vec<String> {
    let Some((start, end)) = days(profile) else {
        return Vec::new();
    };
    let is_short = end - start < MAX_DAYS_NOWHERE;
    let mut blocks = Vec::new();
    for day in start - SLACK_DAYS..=end + SLACK_DAYS {
        if let Some(point) = profile.point {
            let (row, column) = cell(point);
            for r in row - 1..=row + 1 {
                for c in column - 1..=column + 1 {
                    blocks.push(cell_block(day, r, (c + 360) % 360));
                }
            }
        }
        if let Some(country) = &profile.country {
            blocks.push(format!("{day}:{country}:vague"));
            if profile.point.is_none() {
                blocks.push(format!("{day}:{country}:point"));
            }
        }
        if is_nowhere(profile) {
            blocks.push(format!("{day}:anywhere"));
        }
        if is_short {
            blocks.push(format!("{day}:nowhere"));
        }
    }
    blocks
}

/// Whether the report says nothing of where this was.
fn is_nowhere(profile: &Profile) -> bool {
    let says_nothing = profile.country.is_none() && profile.point.is_none();
    says_nothing || profile.borrows_place
}

fn days(profile: &Profile) -> Option<(i32, i32)> {
    let before_print = || {
        let published = profile.published?;
        Some((published - UNDATED_DAYS, published))
    };
    let (start, end) = match profile.days.filter(|_| !profile.is_guessed) {
        // Words that stand beside another incident may say its day: both are tried.
        Some((start, end)) if profile.borrows_day => match before_print() {
            Some((from, to)) if end - start < MAX_DAYS => (start.min(from), end.max(to)),
            _ => (start, end),
        },
        Some(days) => days,
        None => before_print().or(profile.days)?,
    };
    let longest = match is_nowhere(profile) && !profile.borrows_place {
        true => MAX_DAYS_NOWHERE,
        false => MAX_DAYS,
    };
    (end - start < longest).then_some((start, end))
}

/// Row and column of the cell of one degree that holds a point.
fn cell((lat, lon): (f64, f64)) -> (i32, i32) {
    let row = (lat + 90.0).floor() as i32;
    let column = (lon + 180.0).floor() as i32;
    (row, column.rem_euclid(360))
}

fn cell_block(day: i32, row: i32, column: i32) -> String {
    format!("{day}@{row},{column}")
}
