//! Which mentions are compared at all: those that share a block.
//!
//! A mention with a known point lies in the blocks of its days and its cell of one degree; it
//! searches the neighbouring cells and days. A vague one (a province, a country) lies in the
//! blocks of its days and its country. So a mention meets what happened near it in space and time,
//! and the cost of linking grows with the number of mentions, not with its square.

use crate::Profile;

/// Longest interval in days that is entered: a month.
const MAX_DAYS: i32 = 31;

/// Days before its publication in which a report's undated incident is looked for.
pub(crate) const UNDATED_DAYS: i32 = 3;

/// Days around an interval that are searched: reports disagree by a day.
const SLACK_DAYS: i32 = 1;

/// The blocks that a mention lies in.
///
/// A mention without a day lies in the days before its report's publication. One with an interval of
/// more than a month, or without country and point, lies in none, and is never joined to another by
/// the machine.
#[must_use]
pub fn blocks_of(profile: &Profile) -> Vec<String> {
    let Some((start, end)) = days(profile) else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    for day in start..=end {
        match profile.point {
            Some(point) => {
                let (row, column) = cell(point);
                blocks.push(cell_block(day, row, column));
                if let Some(country) = &profile.country {
                    blocks.push(format!("{day}:{country}:point"));
                }
            }
            None => {
                if let Some(country) = &profile.country {
                    blocks.push(format!("{day}:{country}:vague"));
                }
            }
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
    }
    blocks
}

fn days(profile: &Profile) -> Option<(i32, i32)> {
    let undated = || {
        let published = profile.published?;
        Some((published - UNDATED_DAYS, published))
    };
    let days = profile.days.or_else(undated);
    days.filter(|(start, end)| end - start < MAX_DAYS)
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
