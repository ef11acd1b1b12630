//! `tarikh release`: a state of the dataset in one file that can be cited and checked.
//!
//! The bytes depend on the database and the version alone: no clock, no names of machines, files
//! in a fixed order with one date.

use std::io::{Seek, Write};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tarikh_coder::Coder;
use tarikh_io::write::{RowFormat, RowWriter};
use tarikh_server::Publisher;
use tarikh_store::{Access, Filter, Release, Store, StoreError, sha256_hex};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::desk_args::{ProfileArg, ReleaseArgs};
use crate::export::policy;
use crate::output::{Output, WriteError};
use crate::publish::publication;
use crate::{Outcome, database, diagnostics};

/// Name of the manifest in a release.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Name of the incidents with members and ledger.
pub(crate) const INCIDENTS: &str = "incidents.jsonl";

/// What a manifest calls the profile that has no words of the reports.
pub(crate) const PUBLIC: &str = "public";

/// Name of the list of reports.
pub(crate) const REPORTS: &str = "reports.jsonl";

/// What each file of incidents is called.
const TABLES: &[(&str, RowFormat)] = &[
    (INCIDENTS, RowFormat::Jsonl),
    ("incidents.ucdp.csv", RowFormat::Ucdp),
    ("incidents.acled.csv", RowFormat::Acled),
    ("incidents.hxl.csv", RowFormat::Hxl),
    ("incidents.plover.jsonl", RowFormat::Plover),
    ("incidents.geojson", RowFormat::Geojson),
    ("incidents.parquet", RowFormat::Parquet),
    ("records.csv", RowFormat::Records),
];

/// What a release says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) version: String,
    pub(crate) profile: String,
    pub(crate) program: String,
    pub(crate) coder_versions: Vec<String>,
    /// When the last change was made that it holds.
    pub(crate) as_of: Option<String>,
    /// Number of that change.
    pub(crate) change: i64,
    /// The release that the changes are told from.
    pub(crate) previous: Option<String>,
    pub(crate) n_incidents: usize,
    pub(crate) n_reports: usize,
    pub(crate) files: Vec<FileEntry>,
}

/// A file of a release.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// A report as a release lists it: without its text, but so that a copy can be recognised.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReportEntry {
    pub(crate) key: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) reprint_of: Option<String>,
    /// SHA-256 of text and metadata, as in the database.
    pub(crate) sha256: String,
    /// SHA-256 of the text that offsets count in.
    pub(crate) text_sha256: String,
}

pub(crate) fn run(args: &ReleaseArgs) -> anyhow::Result<Outcome> {
    check_name(&args.version)?;
    let mut store = database::open(&args.db, Access::write())?;
    let change = store.last_change()?;
    let releases = store.releases()?;
    let known = releases
        .iter()
        .find(|release| release.version == args.version);
    if let Some(known) = known.filter(|known| known.change != change) {
        let message = format!(
            "release {} was made of change {}, and the database is at {change}: give another name",
            known.version, known.change
        );
        return Err(StoreError::Invalid(message).into());
    }
    let previous = releases
        .iter()
        .take_while(|release| release.version != args.version)
        .last();
    let name = args.output.display().to_string();
    let mut bytes = Vec::new();
    let manifest = {
        let publisher = Publisher::new(&store, Filter::default(), publication(&args.publication)?)?;
        let mut packer = Packer::new(std::io::Cursor::new(&mut bytes));
        let manifest = pack(&mut packer, &store, &publisher, args, change, previous)?;
        packer.finish()?;
        manifest
    };
    let mut output = Output::open(Some(&args.output))?;
    output
        .write_all(&bytes)
        .with_context(|| WriteError::to(&name))?;
    output.commit()?;
    let sha256 = sha256_hex(&bytes);
    if known.is_none() {
        store.note_release(&Release {
            version: args.version.clone(),
            at: database::now().to_string(),
            change,
            profile: manifest.profile.clone(),
            sha256: sha256.clone(),
        })?;
    }
    diagnostics::print(&format!(
        "release {} of {} incidents from {} reports\nsha256 {sha256}\n",
        manifest.version, manifest.n_incidents, manifest.n_reports
    ));
    Ok(Outcome::Complete)
}

/// A version stands in citations, names of files and addresses.
fn check_name(version: &str) -> Result<(), StoreError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    if (1..=64).contains(&version.len()) && version.chars().all(is_plain) {
        return Ok(());
    }
    let message = "a version has 1 to 64 letters, digits or . _ - +";
    Err(StoreError::Invalid(message.to_owned()))
}

/// Packs all files, the manifest last.
fn pack<W: Write + Seek>(
    packer: &mut Packer<W>,
    store: &Store,
    publisher: &Publisher<'_>,
    args: &ReleaseArgs,
    change: i64,
    previous: Option<&Release>,
) -> anyhow::Result<Manifest> {
    packer.file("CODEBOOK.md", |out| {
        Ok(out.write_all(include_bytes!("../../../docs/releases.md"))?)
    })?;
    let mut n_incidents = 0;
    for (name, format) in TABLES {
        packer.file(name, |out| {
            let mut rows = RowWriter::new(out, *format);
            publisher.each(policy(*format), |linked| {
                rows.write(&linked).map_err(anyhow::Error::from)
            })?;
            if *format == RowFormat::Jsonl {
                n_incidents = rows.n_written();
            }
            rows.finish()?;
            Ok(())
        })?;
    }
    let mut n_reports = 0;
    packer.file(REPORTS, |out| {
        n_reports = write_reports(out, store, publisher)?;
        Ok(())
    })?;
    packer.file("changes.jsonl", |out| {
        let after = previous.map_or(0, |release| release.change);
        for change in store.changes(after, usize::MAX)? {
            serde_json::to_writer(&mut *out, &change)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })?;
    let schema = serde_json::to_vec_pretty(&tarikh_record::linked_schema())?;
    packer.file("incident.schema.json", |out| Ok(out.write_all(&schema)?))?;
    let manifest = Manifest {
        version: args.version.clone(),
        profile: match args.publication.profile {
            ProfileArg::Full => "full".to_owned(),
            ProfileArg::Public => PUBLIC.to_owned(),
        },
        program: Coder::version().to_owned(),
        coder_versions: store.coder_versions()?,
        as_of: store.last_changed_at()?,
        change,
        previous: previous.map(|release| release.version.clone()),
        n_incidents,
        n_reports,
        files: std::mem::take(&mut packer.files),
    };
    packer.file(MANIFEST, |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest)?;
        Ok(out.write_all(b"\n")?)
    })?;
    Ok(manifest)
}

/// Lists the reports in the order of their keys; those alone that tell of a listed incident.
fn write_reports(
    out: &mut dyn Write,
    store: &Store,
    publisher: &Publisher<'_>,
) -> anyhow::Result<usize> {
    let mut keys = std::collections::BTreeSet::new();
    publisher.each(tarikh_link::Policy::Ucdp, |linked| {
        keys.extend(linked.members.into_iter().map(|member| member.report.key));
        Ok::<(), StoreError>(())
    })?;
    for key in &keys {
        let report = store.report(key)?;
        let entry = ReportEntry {
            key: key.clone(),
            title: report.report.title,
            outlet: report.report.outlet,
            published: report.report.published,
            url: report.report.url,
            reprint_of: report.report.reprint_of,
            sha256: report.sha256,
            text_sha256: sha256_hex(report.text.as_bytes()),
        };
        let mut json: Value = json!(entry);
        publisher.redact(&mut json);
        serde_json::to_writer(&mut *out, &json)?;
        out.write_all(b"\n")?;
    }
    Ok(keys.len())
}

/// Writes a zip and notes the hash of each file.
struct Packer<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<FileEntry>,
}

impl<W: Write + Seek> Packer<W> {
    fn new(out: W) -> Self {
        Self {
            zip: ZipWriter::new(out),
            files: Vec::new(),
        }
    }

    fn file(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(name, options)?;
        self.zip.write_all(&bytes)?;
        self.files.push(FileEntry {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            sha256: sha256_hex(&bytes),
        });
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        self.zip.finish()?;
        Ok(())
    }
}
