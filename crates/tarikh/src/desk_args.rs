//! The arguments of the commands that work on a database.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use tarikh_link::Policy;

use crate::args::{AboutArgs, date};

/// The file that all these commands work on.
#[derive(Debug, clap::Args)]
pub(crate) struct DbArgs {
    /// The database: one SQLite file
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// Seconds to wait for another program that is writing
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 10,
        hide_short_help = true
    )]
    pub(crate) wait: u64,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh add reports/ --db incidents.db\n  \
    tarikh add --published 2023-04-22 --outlet 'Elsk Post' report.txt --db incidents.db\n\n\
    The file is made if it is missing. A report that it has (text and metadata alike) is skipped, so\n\
    an interrupted run is resumed by running it again. Reports that repeat another's text are kept\n\
    and marked as reprints: agency copy in ten papers is one source.\n\n\
    Exit codes: 0 all added or known, 1 some report refused or the file not written, 2 wrong usage.")]
pub(crate) struct AddArgs {
    /// Text, HTML, JSON or JSONL files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    /// Number of threads; what is stored does not depend on it [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    tarikh recode --db incidents.db\n\n\
    Every report is coded with this version of tarikh. Older codings are kept, and what people\n\
    decided is not changed. A report that this version coded before is skipped.")]
pub(crate) struct RecodeArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    tarikh rebuild --db incidents.db\n\n\
    Builds mentions, links and incidents again from reports, codings and decisions, and tells\n\
    whether the outcome is the same, byte for byte.")]
pub(crate) struct RebuildArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    tarikh rescue --db damaged.db --output incidents.db\n\n\
    Reports, codings, decisions and the list of changes are read row by row, a report only where its\n\
    hash is right; incidents are built again from them. Users are not brought over.\n\n\
    Exit codes: 0 all is there, 1 something was lost, 2 wrong usage.")]
pub(crate) struct RescueArgs {
    /// The damaged database
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// The new database, which must not be there yet
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh show inc-4f0c9e1b2a3d4c5e --db incidents.db\n  \
    tarikh show 4f0c --as-of 2023-04-23 --db incidents.db\n  \
    tarikh show 4f0c --json --db incidents.db | jq .ledger\n\n\
    Ids stand in every export and on the desk. With --as-of only reports published up to that day\n\
    count, and no decision of a person: what was known then.")]
pub(crate) struct ShowArgs {
    /// Id of an incident, or the first digits of it
    #[arg(value_name = "INCIDENT")]
    pub(crate) incident: String,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Show what was known at the end of this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<Date>,
    /// How low, best and high are made of claims
    #[arg(long, value_enum, default_value_t = PolicyArg::Ucdp)]
    pub(crate) policy: PolicyArg,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How a toll is made of claims.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PolicyArg {
    /// Best is the latest figure
    Ucdp,
    /// Best is the lowest figure that still stands
    Acled,
    /// As acled; low and high span every figure ever given
    Cautious,
}

impl From<PolicyArg> for Policy {
    fn from(policy: PolicyArg) -> Self {
        match policy {
            PolicyArg::Ucdp => Self::Ucdp,
            PolicyArg::Acled => Self::Acled,
            PolicyArg::Cautious => Self::Cautious,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct LinkArgs {
    #[command(subcommand)]
    pub(crate) command: LinkCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    /// Tells what speaks for and against two incidents being the same
    #[command(after_help = "Example:\n  \
        tarikh link explain inc-4f0c9e1b2a3d4c5e inc-77aa01c2d3e4f506 --db incidents.db\n\n\
        Keys of mentions (m-...) do as well: two reports' accounts of one incident.")]
    Explain {
        /// An incident or a mention
        #[arg(value_name = "A")]
        a: String,
        /// Another
        #[arg(value_name = "B")]
        b: String,
        #[command(flatten)]
        db: DbArgs,
    },
    /// Lists pairs that may be the same incident, the likeliest first
    #[command(after_help = "Example:\n  tarikh link doubts --limit 20 --db incidents.db")]
    Doubts {
        #[command(flatten)]
        db: DbArgs,
        /// Most pairs
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
}

/// Which incidents are written, and what of them.
#[derive(Debug, clap::Args)]
pub(crate) struct SelectionArgs {
    /// Only what may have happened on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// Only what may have happened up to this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<Date>,
    /// Only this country (ISO 3166-1 alpha-2, as ML); may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Vec<String>,
    /// Only this ACLED event or sub-event type; may be given several times
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) kind: Vec<String>,
    /// Also past incidents told as background
    #[arg(long)]
    pub(crate) background: bool,
}

/// What is withheld.
#[derive(Debug, clap::Args)]
pub(crate) struct PublicationArgs {
    /// What is told: everything, or what may be published
    #[arg(long, value_enum, default_value_t = ProfileArg::Full)]
    pub(crate) profile: ProfileArg,
    /// How exactly places are told, with --profile public
    #[arg(long, value_enum, default_value_t = PlacesArg::Exact)]
    pub(crate) places: PlacesArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfileArg {
    /// All that is known
    Full,
    /// No private names, no anonymous sources, no words of the reports
    Public,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PlacesArg {
    /// As coded
    Exact,
    /// The second-order unit, without a point
    Admin2,
    /// The first-order unit, without a point
    Admin1,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RowFormatArg {
    /// CSV with the column names of UCDP GED
    Ucdp,
    /// CSV in the shape of ACLED's files
    Acled,
    /// CSV with a row of HXL hashtags
    Hxl,
    /// PLOVER events, one JSON object per line
    Plover,
    /// GeoJSON, one feature per incident
    Geojson,
    /// CSV with every field of the record, one row per incident
    Records,
    /// GeoParquet 1.1 with the same columns and the geometry
    Parquet,
    /// Whole incidents with reports and ledger, one JSON object per line
    Jsonl,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh export --format ucdp --output incidents.csv --db incidents.db\n  \
    tarikh export --format parquet -o incidents.parquet --db incidents.db\n  \
    tarikh export --format hxl --since 2023-01-01 --country ML --country NE --db incidents.db\n  \
    tarikh export --format geojson --type 'Air/drone strike' --profile public --db incidents.db\n\n\
    Incidents that a person rejected are left out. Unknown is the empty cell.")]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// How to write
    #[arg(long, value_enum)]
    pub(crate) format: RowFormatArg,
    /// Write to this file, which is replaced only when all is written
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
    #[command(flatten)]
    pub(crate) publication: PublicationArgs,
    /// How low, best and high are made of claims [default: acled for that format, else ucdp]
    #[arg(long, value_enum)]
    pub(crate) policy: Option<PolicyArg>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh release 2026.1 --output incidents-2026.1.zip --db incidents.db\n  \
    tarikh release 2026.1 --profile public --places admin2 -o public.zip --db incidents.db\n\n\
    The zip holds the incidents in every format, what changed since the last release, the reports\n\
    without their texts, a codebook, and a manifest with the hash of each file. The same database\n\
    and version give the same bytes. Check one with: tarikh verify FILE")]
pub(crate) struct ReleaseArgs {
    /// Name of the release, never used before
    #[arg(value_name = "VERSION")]
    pub(crate) version: String,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Write to this file, which is replaced only when all is written
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) publication: PublicationArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh verify incidents-2026.1.zip\n  \
    tarikh verify incidents-2026.1.zip --reports reports/\n\n\
    Needs no network and no database. Each value must have words behind it; with --reports, every\n\
    quote is looked for at its place in the report. A public release has no quotes: its hashes are\n\
    checked.\n\n\
    Exit codes: 0 all is as it should be, 1 something is not or a report is not at hand, 2 wrong usage.")]
pub(crate) struct VerifyArgs {
    /// A release
    #[arg(value_name = "FILE")]
    pub(crate) release: PathBuf,
    /// Files or folders with the reports that it was made from; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) reports: Vec<PathBuf>,
}
