//! Cells of tables: unknown is empty, and no cell acts as a formula.

use std::io::{self, Write};

use tarikh_codebook::{Cell, Codebook, Event};

/// The row of an event under its codebook's columns.
pub(super) fn row(event: &Event<'_>) -> Vec<String> {
    let cells = event.cells().into_iter();
    cells
        .map(|cell| match cell {
            Cell::Text(words) => text(&words),
            Cell::Number(number) => number,
            Cell::Empty => String::new(),
        })
        .collect()
}

/// Writes the names of a codebook's columns.
pub(super) fn write_header(out: &mut impl Write, book: &Codebook) -> io::Result<()> {
    let names: Vec<&str> = book.columns.iter().map(|c| c.name.as_str()).collect();
    write_row(out, &names)
}

/// Writes a row of CSV.
pub(super) fn write_row(out: &mut impl Write, cells: &[impl AsRef<[u8]>]) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(cells)?;
    let bytes = rows.into_inner().map_err(|error| error.into_error())?;
    out.write_all(&bytes)
}

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
