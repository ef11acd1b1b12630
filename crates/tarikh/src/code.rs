//! `tarikh code`: reads, codes in parallel, writes in the order of the input.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tarikh_codebook::Policy;
use tarikh_coder::{Coder, Workspace, confidence};
use tarikh_io::write::{Coded, Format};
use tarikh_io::{Problem, RawReport, ReadError, Reports, Source};
use tarikh_record::Coding;
use tarikh_text::Metadata;

use crate::args::{CodeArgs, CodebookArg, FormatArg};
use crate::isolate::Panic;
use crate::output::Output;
use crate::progress::Bar;
use crate::sink::{self, Sink, Under};
use crate::{Outcome, coder, diagnostics};

/// Most reports of a batch, and bytes of text after which no further report joins it: what a run
/// holds in memory. Neither depends on the number of threads, so neither does the output.
const BATCH_REPORTS: usize = 256;
const BATCH_BYTES: usize = 32 << 20;

/// Stack of a coding thread; sentences of any nesting must fit.
const STACK_BYTES: usize = 16 << 20;

/// Columns of a table where no terminal says otherwise.
const DEFAULT_WIDTH: usize = 100;

/// What a run does, with every default resolved.
struct Config {
    sources: Vec<Source>,
    defaults: Metadata,
    format: Format,
    /// The codebook by whose rules events are written; `None` for records.
    under: Option<Under>,
    /// Confidence under which a value is left open.
    least: Option<f64>,
    output: Option<PathBuf>,
    /// 0 for one per core.
    threads: usize,
}

impl Config {
    fn resolve(args: CodeArgs) -> anyhow::Result<Self> {
        let format = format(args.format, args.output.as_deref());
        let under = match args.codebook.map(CodebookArg::book) {
            Some(book) => Some(Under {
                book,
                policy: args.policy.map_or(book.policy(), Policy::from),
                shape: sink::shape(format)?,
            }),
            None => None,
        };
        Ok(Self {
            format,
            under,
            least: args.min_confidence,
            defaults: coder::defaults(&args.about),
            sources: args.paths.into_iter().map(coder::source).collect(),
            output: args.output,
            threads: args.threads.map_or(0, usize::from),
        })
    }
}

fn format(asked: Option<FormatArg>, output: Option<&Path>) -> Format {
    let extension = output.and_then(Path::extension).unwrap_or_default();
    match (asked, output, extension.to_str()) {
        (Some(FormatArg::Table), ..) => Format::Table,
        (Some(FormatArg::Json), ..) => Format::Json,
        (Some(FormatArg::Jsonl), ..) => Format::Jsonl,
        (Some(FormatArg::Csv), ..) => Format::Csv,
        (Some(FormatArg::Geojson), ..) => Format::Geojson,
        (Some(FormatArg::Acled), ..) => Format::Acled,
        (Some(FormatArg::Plover), ..) => Format::Plover,
        (Some(FormatArg::Hxl), ..) => Format::Hxl,
        (None, Some(_), Some("csv")) => Format::Csv,
        (None, Some(_), Some("json")) => Format::Json,
        (None, Some(_), Some("geojson")) => Format::Geojson,
        (None, None, _) if std::io::stdout().is_terminal() => Format::Table,
        (None, ..) => Format::Jsonl,
    }
}

/// Columns of the terminal, as far as the environment tells them.
pub(crate) fn terminal_width() -> usize {
    let told = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    told.filter(|columns| (60..=400).contains(columns))
        .unwrap_or(DEFAULT_WIDTH)
}

/// Reports counted by what became of them.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) n_coded: usize,
    pub(crate) n_refused: usize,
    /// Paths that led to no report at all.
    n_missing: usize,
    /// Incidents, and groups of values, that were not sure enough.
    n_withheld: [usize; 2],
}

impl Tally {
    pub(crate) fn refuse(&mut self, error: &ReadError) {
        match error.problem {
            Problem::NotFound | Problem::EmptyFolder => self.n_missing += 1,
            _ => self.n_refused += 1,
        }
    }

    fn note_withheld(&mut self, coding: &Coding) {
        for warning in &coding.warnings {
            match warning.code.as_str() {
                confidence::INCIDENT_LEFT_OUT => self.n_withheld[0] += 1,
                confidence::VALUE_LEFT_OPEN => self.n_withheld[1] += 1,
                _ => {}
            }
        }
    }

    /// What --min-confidence took away; none if nothing.
    fn withheld(&self) -> Option<String> {
        let [incidents, values] = self.n_withheld;
        (0 < incidents + values).then(|| {
            format!("left out {incidents} incidents, left open {values} values: not sure enough\n")
        })
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match (self.n_coded, self.n_refused, self.n_missing) {
            (_, 0, 0) => Outcome::Complete,
            (0, 0, _) => Outcome::NothingToRead,
            _ => Outcome::Refused,
        }
    }

    /// The last line of a run; none where it would say nothing new.
    fn summary(&self) -> Option<String> {
        let (coded, refused) = (self.n_coded, self.n_refused);
        let all = coded + refused;
        if all < 2 && refused == 0 {
            return None;
        }
        let plural = if all == 1 { "" } else { "s" };
        let refusals = if 0 < refused {
            format!(", {refused} refused")
        } else {
            String::new()
        };
        Some(format!("coded {coded} of {all} report{plural}{refusals}\n"))
    }
}

pub(crate) fn run(args: CodeArgs) -> anyhow::Result<Outcome> {
    let coder = coder::open(&args.knowledge)?;
    let config = Config::resolve(args)?;
    let threads = ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .stack_size(STACK_BYTES);
    let threads = threads.build().context("starting the threads")?;
    let mut reports = Reports::new(&config.sources, config.defaults);
    let mut writer = Sink::new(
        Output::open(config.output.as_deref())?,
        config.format,
        config.under,
        terminal_width(),
    );
    let name = config
        .output
        .as_deref()
        .map_or_else(|| "standard output".into(), |p| p.display().to_string());

    let mut tally = Tally::default();
    let mut bar = Bar::default();
    loop {
        let batch = next_batch(&mut reports);
        if batch.is_empty() {
            break;
        }
        let mut coded = Vec::with_capacity(batch.len());
        for result in code_batch(&threads, &coder, config.least, batch) {
            match result {
                Ok(one) => {
                    tally.note_withheld(&one.coding);
                    coded.push(one);
                }
                Err(refused) => {
                    refused.count(&mut tally);
                    writer.note_refused();
                    bar.print(&refused.message());
                }
            }
        }
        tally.n_coded += coded.len();
        writer
            .write(coded)
            .with_context(|| crate::output::WriteError::to(&name))?;
        bar.update(reports.progress(), tally.n_coded);
    }
    bar.finish();
    if tally.outcome() == Outcome::NothingToRead {
        return Ok(Outcome::NothingToRead);
    }
    let output = writer
        .finish()
        .with_context(|| crate::output::WriteError::to(&name))?;
    output.commit()?;
    for line in [tally.withheld(), tally.summary()].into_iter().flatten() {
        diagnostics::print(&line);
    }
    Ok(tally.outcome())
}

/// A report that is not in the output.
pub(crate) enum Refused {
    Unread(ReadError),
    Failed(tarikh_io::Origin, Panic),
}

impl Refused {
    pub(crate) fn count(&self, tally: &mut Tally) {
        match self {
            Self::Unread(error) => tally.refuse(error),
            Self::Failed(..) => tally.n_refused += 1,
        }
    }

    pub(crate) fn message(&self) -> String {
        match self {
            Self::Unread(error) => diagnostics::refusal(error),
            Self::Failed(origin, panic) => diagnostics::failed_report(origin, panic),
        }
    }
}

pub(crate) fn next_batch(reports: &mut Reports) -> Vec<Result<RawReport, ReadError>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_REPORTS && bytes < BATCH_BYTES {
        let Some(found) = reports.next() else { break };
        bytes += found.as_ref().map_or(0, |report| report.body.len());
        batch.push(found);
    }
    batch
}

fn code_batch(
    threads: &ThreadPool,
    coder: &Coder,
    least: Option<f64>,
    batch: Vec<Result<RawReport, ReadError>>,
) -> Vec<Result<Coded, Refused>> {
    let code_one = |workspace: &mut Workspace, found: Result<RawReport, ReadError>| {
        let raw = found.map_err(Refused::Unread)?;
        match coder::code(coder, &raw, workspace) {
            Ok(mut coding) => {
                if let Some(least) = least {
                    confidence::withhold(&mut coding, least);
                }
                Ok(Coded {
                    coding,
                    metadata: raw.metadata,
                    origin: raw.origin,
                })
            }
            Err(panic) => Err(Refused::Failed(raw.origin, panic)),
        }
    };
    threads.install(|| {
        batch
            .into_par_iter()
            .map_init(Workspace::default, code_one)
            .collect()
    })
}
