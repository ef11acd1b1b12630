//! The published JSON Schema of the record, generated from its types.

use anyhow::bail;

use crate::workspace;

const PATH: &str = "schema/coding.schema.json";

/// Writes `schema/coding.schema.json`.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn write() -> anyhow::Result<()> {
    workspace::write(&workspace::root().join(PATH), &text()?)?;
    println!("wrote {PATH}");
    Ok(())
}

/// Checks that the committed schema is the one that the types give.
///
/// # Errors
/// If it is missing or stale.
pub(crate) fn check() -> anyhow::Result<()> {
    let committed = workspace::read_to_string(&workspace::root().join(PATH))?;
    if committed != text()? {
        bail!("{PATH} is stale: run `cargo xtask schema` and commit it");
    }
    Ok(())
}

fn text() -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(&tarikh_record::schema())?;
    text.push('\n');
    Ok(text)
}
