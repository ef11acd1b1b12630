//! The arguments as typed: checked one by one, no files opened.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use tarikh_codebook::{Codebook, Policy};
use tarikh_coder::Coder;

use crate::desk_args::{
    AddArgs, ExportArgs, LinkArgs, RebuildArgs, RecodeArgs, ReleaseArgs, RescueArgs, ShowArgs,
    VerifyArgs,
};
use crate::serve_args::{DecideArgs, ServeArgs, UserArgs};

/// Reads news reports on armed violence and writes sourced incident records: who did what to
/// whom, when, where, how many were killed or hurt, and according to whom.
#[derive(Debug, Parser)]
#[command(
    name = "tarikh",
    version = version(),
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        tarikh code --published 2023-04-22 report.txt\n  \
        tarikh code --format csv --output incidents.csv reports/\n  \
        tarikh explain report.txt\n  \
        tarikh add reports/ --db incidents.db\n  \
        tarikh serve --db incidents.db\n\n\
        Exit codes: 0 all coded, 1 some report refused (the others are written), 2 wrong usage."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Codes reports: incidents with dates, places, sides, harm and sources
    Code(CodeArgs),
    /// Looks places up, and compiles or downloads further gazetteers
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Codes reports and adds them to a database of incidents
    Add(AddArgs),
    /// Codes the stored reports again, after an update of tarikh
    Recode(RecodeArgs),
    /// Shows an incident: what is known, from whom, and what was known on a day
    Show(ShowArgs),
    /// Explains why incidents were joined or kept apart, and lists pairs in doubt
    Link(LinkArgs),
    /// Writes the incidents of a database for spreadsheets, maps and pipelines
    Export(ExportArgs),
    /// Writes a release: data, codebook, changes and hashes in one file that can be cited
    Release(ReleaseArgs),
    /// Checks a release, and its quotes against the reports
    Verify(VerifyArgs),
    /// Opens the desk in a browser: map, timeline, review
    Serve(ServeArgs),
    /// Keeps the users of a desk
    User(UserArgs),
    /// Decides on an incident: accept, change, merge, split, reject, undo
    Decide(DecideArgs),
    /// Builds the incidents of a database again, and tells whether they are the same
    Rebuild(RebuildArgs),
    /// Writes a new database with all that can be read of a damaged one
    Rescue(RescueArgs),
    /// Shows a report with its coded words marked, and the rule behind each value
    Explain(ExplainArgs),
    /// Shows the grammar of a report: words, tags, trees, names and noun phrases
    Parse(ParseArgs),
    /// Prints the JSON Schema of the record
    Schema(SchemaArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh code --published 2023-04-22 --outlet 'Elsk Post' report.txt\n  \
    tarikh code --format csv --output incidents.csv reports/ more.jsonl\n  \
    tarikh code --codebook ucdp-ged --output ged.csv reports/\n  \
    curl -s https://example.org/news.html | tarikh code -\n  \
    tarikh code --format jsonl reports.jsonl | jq '.incidents[].killed.best'\n\n\
    A JSONL line is {\"id\", \"title\", \"text\", \"published\", \"outlet\", \"url\", \"language\"}; only\n\
    \"text\" is needed. In CSV (columns of UCDP GED) background incidents are left out.")]
pub(crate) struct CodeArgs {
    /// Text, HTML, JSON or JSONL files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
    /// How to write: table on a terminal, else by the name of --output, else jsonl
    #[arg(long, value_enum)]
    pub(crate) format: Option<FormatArg>,
    /// Write the events of this codebook (table, csv or jsonl), and what it refuses and why
    #[arg(long, value_enum)]
    pub(crate) codebook: Option<CodebookArg>,
    /// How the codebook counts the dead of a report [default: the codebook's own way]
    #[arg(long, value_enum, requires = "codebook")]
    pub(crate) policy: Option<TollArg>,
    /// Leave values open, and incidents out, that are less sure than this (0 to 1); the warnings
    /// tell which
    #[arg(long, value_name = "P", value_parser = probability)]
    pub(crate) min_confidence: Option<f64>,
    /// Write to this file, which is replaced only when all is written
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Number of threads; the output does not depend on it [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh explain --published 2023-04-22 report.txt\n  \
    tarikh explain page.html | less -R\n\n\
    Colours are used on a terminal unless NO_COLOR is set; otherwise marks stand under the words.\n\
    Positions are line:column of the text; for a web page, of its main text.")]
pub(crate) struct ExplainArgs {
    /// A file with one or more reports, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
    #[command(flatten)]
    pub(crate) knowledge: KnowledgeArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh parse report.txt > report.conllu\n  \
    echo 'Gunmen killed nine farmers in Corva.' | tarikh parse --tree -\n\n\
    Prints CoNLL-U, the format of Universal Dependencies.")]
pub(crate) struct ParseArgs {
    /// A file with one or more reports, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// Draw each sentence as a tree: word, tag, lemma, relation to the word above
    #[arg(long)]
    pub(crate) tree: bool,
    #[command(flatten)]
    pub(crate) about: AboutArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh schema\n  \
    tarikh schema --output coding.schema.json")]
pub(crate) struct SchemaArgs {
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Compiles GeoNames dumps into one file that opens at once
    Build(BuildArgs),
    /// Shows which places a name may mean, and why
    Find(FindArgs),
    /// Downloads GeoNames dumps of countries; nothing else in tarikh uses a network
    Fetch(FetchArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    tarikh gazetteer build ML.txt BF.txt NE.txt -o sahel.gaz\n  \
    tarikh code --gazetteer sahel.gaz report.txt")]
pub(crate) struct BuildArgs {
    /// Dumps: 19 columns separated by tabs, no heading
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Write to this file, which is replaced only when all is written
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tarikh gazetteer find Nara --countries ML\n  \
    tarikh gazetteer find Tripoli --near Beirut")]
pub(crate) struct FindArgs {
    /// The name; where no place bears it, similar names are shown
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// A place that it is near
    #[arg(long, value_name = "PLACE")]
    pub(crate) near: Option<String>,
    /// Most places shown
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) places: PlaceArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    tarikh gazetteer fetch ML BF NE --to geonames\n\n\
    The data are GeoNames', under Creative Commons Attribution 4.0 (https://www.geonames.org/).")]
pub(crate) struct FetchArgs {
    /// Countries (ISO 3166-1 alpha-2, as ML)
    #[arg(required = true, value_name = "COUNTRY")]
    pub(crate) countries: Vec<String>,
    /// Where the archives lie: COUNTRY.zip is asked for below this address
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://download.geonames.org/export/dump/"
    )]
    pub(crate) from: String,
    /// Folder for the dumps
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) to: PathBuf,
}

/// What helps to tell places apart.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct PlaceArgs {
    /// A GeoNames dump or a file of `tarikh gazetteer build`, beside the built-in gazetteer;
    /// may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Vec<PathBuf>,
    /// Your own corrections of place names (TOML), which win over every gazetteer
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// Countries that the reports are likely to be about, as ML,BF,NE
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) countries: Vec<String>,
}

/// What a user's files add to what the program knows.
#[derive(Debug, clap::Args)]
pub(crate) struct KnowledgeArgs {
    #[command(flatten)]
    pub(crate) places: PlaceArgs,
    /// Actors of your own, in the form of data/actors (docs/actors.md); may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Vec<PathBuf>,
}

/// What is known about reports that do not say it themselves.
#[derive(Debug, clap::Args)]
pub(crate) struct AboutArgs {
    /// Day of publication, as 2023-04-22, of reports that do not give their own
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,
    /// Who published reports that do not say so
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Headline of reports that have none
    #[arg(long, value_name = "WORDS")]
    pub(crate) title: Option<String>,
    /// Language (ISO 639-1, as en) of reports that do not say so; else it is detected
    #[arg(long, value_name = "CODE", value_parser = language)]
    pub(crate) language: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArg {
    /// One line per incident, for people
    Table,
    /// One object, or a list for several reports
    Json,
    /// One object per report and line
    Jsonl,
    /// One row per incident with the column names of UCDP GED, without background
    Csv,
    /// One feature per incident, for maps
    Geojson,
    /// One row per incident in the shape of ACLED's files, without background
    Acled,
    /// One PLOVER event per line; what has no day or no type there is left out
    Plover,
    /// One row per incident under HXL hashtags, without background
    Hxl,
}

/// Whose rules.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CodebookArg {
    /// ACLED: every event, one number of deaths
    Acled,
    /// UCDP GED: force by named actors, with a death
    UcdpGed,
    /// PLOVER: event types with modes
    Plover,
    /// CAMEO: codes of two to four digits
    Cameo,
}

impl CodebookArg {
    pub(crate) fn book(self) -> &'static Codebook {
        match self {
            Self::Acled => Codebook::acled(),
            Self::UcdpGed => Codebook::ucdp_ged(),
            Self::Plover => Codebook::plover(),
            Self::Cameo => Codebook::cameo(),
        }
    }
}

/// How the dead of one report are counted.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TollArg {
    /// The number that the report leads with
    Manual,
    /// Deaths by side add up to best; a party's own claim only raises high
    Ucdp,
    /// The lowest number reported; "dozens" are 12
    Acled,
    /// Low and high span all voices; best only from a voice without an interest
    Cautious,
}

impl From<TollArg> for Policy {
    fn from(toll: TollArg) -> Self {
        match toll {
            TollArg::Manual => Self::Manual,
            TollArg::Ucdp => Self::Ucdp,
            TollArg::Acled => Self::Acled,
            TollArg::Cautious => Self::Cautious,
        }
    }
}

/// The coder's version without the program's name, which clap puts before it.
fn version() -> &'static str {
    let version = Coder::version();
    version.strip_prefix("tarikh ").unwrap_or(version)
}

fn probability(written: &str) -> Result<f64, String> {
    let number = written.parse().ok();
    let within = number.filter(|p| (0.0..=1.0).contains(p));
    within.ok_or_else(|| "expected a number from 0 to 1, as 0.6".to_owned())
}

pub(crate) fn date(written: &str) -> Result<Date, String> {
    tarikh_io::parse_date(written).map_err(|problem| match problem.hint() {
        Some(hint) => format!("{problem}\n  hint: {hint}"),
        None => problem.to_string(),
    })
}

fn language(written: &str) -> Result<String, String> {
    let code = written.to_ascii_lowercase();
    if matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(code);
    }
    Err("expected a code of two or three letters, as en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
