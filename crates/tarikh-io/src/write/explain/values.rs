//! The values of an incident, each with its words, where they stand, and the rule that read them.

use serde_json::Value;
use tarikh_record::Incident;

use super::marks::Marked;
use super::{Kind, Style, position};
use crate::write::columns::{cut, pad, printable, width};

/// Widest column of values and of words.
const MAX_CELL: usize = 34;

/// One line per value, aligned: field, value, words, line:column, rule.
pub(super) fn rows(
    incident: &Incident,
    title: &Marked,
    text: &Marked,
    style: Style,
) -> Vec<String> {
    let record = serde_json::to_value(incident).unwrap_or_default();
    let evidence = std::iter::once(&incident.evidence)
        .chain(&incident.evidence_also)
        .map(|e| {
            [
                "act".into(),
                String::new(),
                quoted(&e.quote),
                position(e.zone, e.start, title, text),
                String::new(),
            ]
        });
    let values = incident.provenance.iter().map(|p| {
        [
            p.field.clone(),
            look_up(&record, &p.field).map_or_else(String::new, shown),
            quoted(&p.quote),
            position(p.zone, p.start, title, text),
            p.rule.clone(),
        ]
    });
    let cells: Vec<[String; 5]> = evidence
        .chain(values)
        .map(|row| row.map(|cell| cut(&printable(&cell), MAX_CELL)))
        .collect();
    let mut widths = [0; 5];
    for row in &cells {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = width(cell).max(*column);
        }
    }
    let lines = cells.iter().map(|row| {
        let [field, value, words, at, rule] = row;
        let kind = if field == "act" {
            Kind::Act
        } else {
            Kind::of_field(field)
        };
        let padding = " ".repeat(widths[2].saturating_sub(width(words)));
        format!(
            "  {}  {}  {}{padding}  {}  {rule}",
            pad(field, widths[0]),
            pad(value, widths[1]),
            style.paint(kind, words),
            pad(at, widths[3]),
        )
    });
    lines.collect()
}

fn quoted(words: &str) -> String {
    format!("\"{words}\"")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "null".to_owned(),
        other => other.to_string(),
    }
}

/// The value at a path such as `killed.best` or `side_a[0]`.
fn look_up<'a>(record: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(record, |value, step| {
        let (name, indices) = step.split_at(step.find('[').unwrap_or(step.len()));
        let value = value.get(name)?;
        let indices = indices.split(['[', ']']).filter(|index| !index.is_empty());
        indices.into_iter().try_fold(value, |value, index| {
            value.get(index.parse::<usize>().ok()?)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_values() {
        let record = serde_json::json!({"killed": {"best": 9}, "actors": [{"name": "Elsk Front"}]});
        assert_eq!(look_up(&record, "killed.best"), Some(&Value::from(9)));
        assert_eq!(
            look_up(&record, "actors[0].name"),
            Some(&Value::from("Elsk Front"))
        );
        for nowhere in ["killed.worst", "actors[1]", "actors[x]", "", "killed[0]"] {
            assert_eq!(look_up(&record, nowhere), None, "{nowhere}");
        }
    }
}
