//! Cells of tables: unknown is empty, and no cell acts as a formula.

use tarikh_record::Incident;

/// A cell of words. Spreadsheets run what begins like a formula, so such a cell gets the
/// apostrophe that makes it text.
pub(super) fn text(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // The full-width forms are read as the plain ones by some.
    if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{line}");
    }
    line
}

pub(super) fn optional(words: Option<&str>) -> String {
    words.map_or_else(String::new, text)
}

pub(super) fn number(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |n| n.to_string())
}

/// Latitude and longitude in degrees.
pub(super) fn point(incident: &Incident) -> Option<(f64, f64)> {
    incident.place.lat.zip(incident.place.lon)
}

/// The year of the first possible day.
pub(super) fn year(incident: &Incident) -> Option<&str> {
    incident.date_start.as_deref()?.get(..4)
}

/// The name of a plain enum's value, as the record writes it.
pub(super) fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        assert_eq!(text("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(text("\t@SUM"), "'@SUM");
        assert_eq!(text("＝1+1"), "'＝1+1");
        assert_eq!(text("two\nlines"), "two lines");
    }
}
