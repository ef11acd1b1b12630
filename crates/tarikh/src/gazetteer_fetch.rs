//! `tarikh gazetteer fetch`: the only command that uses a network, and only when it is given.
//!
//! An archive is read to its end, unpacked and checked before the dump gets its name, so that a
//! broken download leaves nothing behind.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::args::FetchArgs;
use crate::output::Output;
use crate::{Outcome, diagnostics};

/// Largest archive; the largest country's is below 70 MB.
const MAX_ARCHIVE: u64 = 512 << 20;
/// Largest dump that an archive may hold.
const MAX_DUMP: u64 = 4 << 30;
/// A server that says nothing for so long is not going to.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn run(args: &FetchArgs) -> anyhow::Result<Outcome> {
    let codes: Vec<String> = args
        .countries
        .iter()
        .map(|c| code(c))
        .collect::<Result<_, _>>()?;
    std::fs::create_dir_all(&args.to)
        .with_context(|| format!("making the folder {}", args.to.display()))?;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .build()
        .into();
    let mut outcome = Outcome::Complete;
    for code in &codes {
        match fetch(&agent, &args.from, code, &args.to) {
            Ok(n_bytes) => diagnostics::print(&format!(
                "{}: {:.1} MB, GeoNames, CC BY 4.0\n",
                args.to.join(format!("{code}.txt")).display(),
                n_bytes as f64 / 1e6
            )),
            Err(error) => {
                diagnostics::print(&format!("error: {code}: {error:#}\n"));
                outcome = Outcome::Refused;
            }
        }
    }
    Ok(outcome)
}

/// Two letters: they become part of an address and of a file's name.
fn code(written: &str) -> anyhow::Result<String> {
    let upper = written.to_ascii_uppercase();
    ensure!(
        upper.len() == 2 && upper.bytes().all(|b| b.is_ascii_uppercase()),
        "{written:?} is no country code; expected two letters, as ML"
    );
    Ok(upper)
}

/// Downloads one country's dump; returns its size.
fn fetch(agent: &ureq::Agent, from: &str, code: &str, to: &Path) -> anyhow::Result<usize> {
    let address = format!("{}/{code}.zip", from.trim_end_matches('/'));
    let mut response = agent
        .get(&address)
        .call()
        .with_context(|| format!("asking for {address}"))?;
    let promised = response.body().content_length();
    let archive = response
        .body_mut()
        .with_config()
        .limit(MAX_ARCHIVE)
        .read_to_vec()
        .with_context(|| format!("reading {address}"))?;
    if let Some(n) = promised {
        ensure!(
            archive.len() as u64 == n,
            "{address} broke off after {} of {n} bytes",
            archive.len()
        );
    }
    let dump =
        unpack(&archive, &format!("{code}.txt")).with_context(|| format!("unpacking {address}"))?;
    let path = to.join(format!("{code}.txt"));
    let mut output = Output::open(Some(&path))?;
    std::io::Write::write_all(&mut output, &dump).with_context(|| output.error())?;
    output.commit()?;
    Ok(dump.len())
}

/// The file `name` of a zip archive, its length and checksum compared.
fn unpack(zip: &[u8], name: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = |at: usize, n: usize| {
        at.checked_add(n)
            .and_then(|end| zip.get(at..end))
            .context("the archive is cut short")
    };
    let u16_at = |at: usize| anyhow::Ok(usize::from(u16::from_le_bytes(bytes(at, 2)?.try_into()?)));
    let u32_at = |at: usize| anyhow::Ok(u32::from_le_bytes(bytes(at, 4)?.try_into()?));
    let end = zip
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .context("not a zip archive, or cut short")?;
    let mut at = u32_at(end + 16)? as usize;
    for _ in 0..u16_at(end + 10)? {
        ensure!(
            bytes(at, 4)? == b"PK\x01\x02",
            "the archive's directory is broken"
        );
        let (method, crc) = (u16_at(at + 10)?, u32_at(at + 16)?);
        let (packed, size) = (u32_at(at + 20)? as usize, u32_at(at + 24)?);
        let name_len = u16_at(at + 28)?;
        if bytes(at + 46, name_len)? == name.as_bytes() {
            let local = u32_at(at + 42)? as usize;
            let start = local + 30 + u16_at(local + 26)? + u16_at(local + 28)?;
            let out = inflate(bytes(start, packed)?, method, size)?;
            let mut sum = Crc::new();
            sum.update(&out);
            ensure!(
                sum.sum() == crc,
                "{name} does not have the checksum that the archive gives"
            );
            return Ok(out);
        }
        at += 46 + name_len + u16_at(at + 30)? + u16_at(at + 32)?;
    }
    bail!("no {name} in the archive")
}

fn inflate(packed: &[u8], method: usize, size: u32) -> anyhow::Result<Vec<u8>> {
    ensure!(
        u64::from(size) <= MAX_DUMP,
        "a dump of {size} bytes is no country's"
    );
    let mut out = Vec::new();
    match method {
        0 => out.extend(packed),
        // One byte more than promised shows a false promise.
        8 => {
            DeflateDecoder::new(packed)
                .take(u64::from(size) + 1)
                .read_to_end(&mut out)?;
        }
        _ => bail!("compressed by unknown method {method}"),
    }
    ensure!(
        out.len() == size as usize,
        "{} bytes where {size} were promised",
        out.len()
    );
    Ok(out)
}
