//! `tarikh verify`: whether a release is what it says, and its quotes stand in the reports.

mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;

use anyhow::{Context, bail};
use tarikh_io::Reports;
use tarikh_record::{Incident, LinkedIncident, Member, ReportRef, Zone};
use tarikh_store::sha256_hex;
use tarikh_text::Metadata;
use zip::ZipArchive;

use crate::desk_args::VerifyArgs;
use crate::release::{INCIDENTS, MANIFEST, Manifest, PUBLIC, REPORTS, ReportEntry};
use crate::{Outcome, coder, diagnostics};

/// Most faults that are told one by one.
const MAX_FAULTS: usize = 20;

/// Largest file of a release that is unpacked into memory: 4 GiB.
const MAX_BYTES: u64 = 4 << 30;

pub(crate) fn run(args: VerifyArgs) -> anyhow::Result<Outcome> {
    if !args.release.is_file() {
        let message = format!("error: there is no file {}\n", args.release.display());
        diagnostics::print(&message);
        return Ok(Outcome::NothingToRead);
    }
    let mut release = Opened::new(&args.release)?;
    let mut faults = Vec::new();
    let manifest = release.check_files(&mut faults)?;
    let incidents: Vec<LinkedIncident> = release.lines(INCIDENTS, &mut faults)?;
    let reports: Vec<ReportEntry> = release.lines(REPORTS, &mut faults)?;
    check_incidents(&incidents, &reports, &manifest, &mut faults);
    let mut missing = BTreeSet::new();
    let mut told = format!(
        "release {} ({}): {} files, {} incidents, {} reports\n",
        manifest.version,
        manifest.profile,
        manifest.files.len(),
        incidents.len(),
        reports.len()
    );
    if !args.reports.is_empty() {
        let sources: Vec<_> = args.reports.into_iter().map(coder::source).collect();
        told += &check_quotes(&incidents, &reports, &sources, &mut faults, &mut missing);
    }
    for fault in faults.iter().take(MAX_FAULTS) {
        told += &format!("error: {}\n", tarikh_io::write::printable(fault));
    }
    if MAX_FAULTS < faults.len() {
        told += &format!("and {} more\n", faults.len() - MAX_FAULTS);
    }
    told += match (faults.is_empty(), missing.is_empty()) {
        (true, true) => "all is as it should be\n",
        (true, false) => "what could be looked at is as it should be; the rest could not\n",
        (false, _) => "the release is not what it says\n",
    };
    diagnostics::print(&told);
    Ok(if faults.is_empty() && missing.is_empty() {
        Outcome::Complete
    } else {
        Outcome::Refused
    })
}

/// A release opened for reading.
struct Opened {
    zip: ZipArchive<File>,
}

impl Opened {
    fn new(path: &std::path::Path) -> anyhow::Result<Self> {
        let name = || path.display().to_string();
        let file = File::open(path).with_context(name)?;
        let zip = ZipArchive::new(file).with_context(|| format!("{} is not a release", name()))?;
        Ok(Self { zip })
    }

    /// The bytes of a file; `None` if there is none of that name or it cannot be unpacked.
    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn check_files(&mut self, faults: &mut Vec<String>) -> anyhow::Result<Manifest> {
        let Some(bytes) = self.bytes(MANIFEST) else {
            bail!("the file has no {MANIFEST}: it is not a release");
        };
        let manifest: Manifest = serde_json::from_slice(&bytes).context(MANIFEST)?;
        let names = self.zip.file_names_raw();
        let mut extra: BTreeSet<String> = names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        extra.remove(MANIFEST);
        for file in &manifest.files {
            extra.remove(&file.name);
            match self.bytes(&file.name) {
                None => faults.push(format!("{} is missing or cannot be unpacked", file.name)),
                Some(bytes) if sha256_hex(&bytes) != file.sha256 => {
                    faults.push(format!(
                        "{} has another hash than the manifest says",
                        file.name
                    ));
                }
                Some(_) => {}
            }
        }
        for name in extra {
            faults.push(format!("{name} is not in the manifest"));
        }
        Ok(manifest)
    }

    fn lines<T: serde::de::DeserializeOwned>(
        &mut self,
        name: &str,
        faults: &mut Vec<String>,
    ) -> anyhow::Result<Vec<T>> {
        let bytes = self.bytes(name).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut rows = Vec::new();
        for (i, line) in text.lines().enumerate() {
            match serde_json::from_str(line) {
                Ok(row) => rows.push(row),
                Err(error) => faults.push(format!("{name}:{}: {error}", i + 1)),
            }
        }
        Ok(rows)
    }
}

/// Whether the parts of a release agree with each other.
fn check_incidents(
    incidents: &[LinkedIncident],
    reports: &[ReportEntry],
    manifest: &Manifest,
    faults: &mut Vec<String>,
) {
    if (incidents.len(), reports.len()) != (manifest.n_incidents, manifest.n_reports) {
        faults.push("the manifest counts other incidents or reports".to_owned());
    }
    let keys: BTreeSet<&str> = reports.iter().map(|report| report.key.as_str()).collect();
    for linked in incidents {
        let mentions: BTreeSet<&str> = linked.members.iter().map(|m| m.mention.as_str()).collect();
        for member in &linked.members {
            if !keys.contains(member.report.key.as_str()) {
                faults.push(format!(
                    "{}: report {} is not listed",
                    linked.id, member.report.key
                ));
            }
        }
        if manifest.profile != PUBLIC {
            let fields = |member: &Member| values::without_words(&member.incident);
            let bare = linked.members.iter().map(|m| (&m.mention, fields(m)));
            faults.extend(bare.flat_map(|(mention, fields)| {
                let told = move |field| format!("{mention}: {field} has no words behind it");
                fields.into_iter().map(told)
            }));
        }
        for taken in &linked.taken_from {
            if !mentions.contains(taken.mention.as_str()) {
                faults.push(format!(
                    "{}: {} comes from no member",
                    linked.id, taken.field
                ));
            }
        }
    }
}

/// Looks for every quote at its place; returns what was found, for people. Adds the reports that
/// are not at hand, or that have another text by now.
fn check_quotes(
    incidents: &[LinkedIncident],
    reports: &[ReportEntry],
    sources: &[tarikh_io::Source],
    faults: &mut Vec<String>,
    missing: &mut BTreeSet<String>,
) -> String {
    let mut texts: BTreeMap<String, (Vec<char>, Vec<char>)> = BTreeMap::new();
    for found in Reports::new(sources, Metadata::default()) {
        match found {
            Ok(raw) => {
                let title = raw.metadata.title.unwrap_or_default().chars().collect();
                let hash = sha256_hex(raw.body.as_bytes());
                texts.insert(hash, (title, raw.body.chars().collect()));
            }
            Err(error) => diagnostics::print(&diagnostics::refusal(&error)),
        }
    }
    let hashes: BTreeMap<&str, &str> = reports
        .iter()
        .map(|report| (report.key.as_str(), report.text_sha256.as_str()))
        .collect();
    let (mut n_quotes, mut n_withheld) = (0, 0);
    for member in incidents.iter().flat_map(|linked| &linked.members) {
        let key = member.report.key.as_str();
        let Some((title, body)) = hashes.get(key).and_then(|hash| texts.get(*hash)) else {
            missing.insert(key.to_owned());
            continue;
        };
        for quote in quotes(&member.incident) {
            if quote.words.is_empty() {
                n_withheld += 1;
                continue;
            }
            n_quotes += 1;
            let text = match quote.zone {
                Zone::Title => title,
                Zone::Text => body,
            };
            let stands = text.get(quote.start as usize..quote.end as usize);
            if stands.is_none_or(|stands| !stands.iter().copied().eq(quote.words.chars())) {
                faults.push(format!(
                    "{} at {}..{} is not \"{}\" ({})",
                    key, quote.start, quote.end, quote.words, quote.field
                ));
            }
        }
    }
    let mut told = format!(
        "{n_quotes} quotes looked for in {} reports",
        reports.len() - missing.len()
    );
    if 0 < n_withheld {
        told += &format!("; {n_withheld} are withheld");
    }
    if !missing.is_empty() {
        told += &format!("; {} reports are not at hand", missing.len());
    }
    told += "\n";
    told + &absent(incidents, missing)
}

/// The reports that quotes could not be looked for in, as their givers call them.
fn absent(incidents: &[LinkedIncident], missing: &BTreeSet<String>) -> String {
    let members = incidents.iter().flat_map(|linked| &linked.members);
    let named: BTreeMap<&str, &ReportRef> = members
        .map(|m| (m.report.key.as_str(), &m.report))
        .collect();
    let line = |key: &String| {
        let report = named.get(key.as_str())?;
        let known = [&report.published, &report.outlet, &report.title];
        let known = known.into_iter().flatten().map(String::as_str);
        let about: Vec<&str> = [report.id.as_str()].into_iter().chain(known).collect();
        let about = tarikh_io::write::printable(&about.join(", "));
        Some(format!(
            "not at hand, or of another text: {key} ({about})\n"
        ))
    };
    missing.iter().take(MAX_FAULTS).filter_map(line).collect()
}

/// Words and where they should stand.
struct Quote<'a> {
    field: &'a str,
    words: &'a str,
    start: u32,
    end: u32,
    zone: Zone,
}

fn quotes(incident: &Incident) -> Vec<Quote<'_>> {
    let evidence = std::iter::once(&incident.evidence).chain(&incident.evidence_also);
    let evidence = evidence.map(|e| Quote {
        field: "evidence",
        words: &e.quote,
        start: e.start,
        end: e.end,
        zone: e.zone,
    });
    let values = incident.provenance.iter().map(|p| Quote {
        field: &p.field,
        words: &p.quote,
        start: p.start,
        end: p.end,
        zone: p.zone,
    });
    let claims = incident.claims.iter().map(|c| Quote {
        field: "claims",
        words: &c.quote,
        start: c.start,
        end: c.end,
        zone: c.zone,
    });
    evidence.chain(values).chain(claims).collect()
}
