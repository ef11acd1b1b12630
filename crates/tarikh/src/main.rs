//! The `tarikh` command: reports in, sourced incident records out.
//!
//! Exit codes: 0 all coded, 1 some report refused or the output not written, 2 wrong usage or
//! nothing to read.

mod add;
mod args;
mod code;
mod coder;
mod database;
mod decide;
mod desk_args;
mod diagnostics;
mod explain;
mod export;
mod gazetteer;
mod gazetteer_fetch;
mod isolate;
mod link;
mod output;
mod parse;
mod progress;
mod publish;
mod rebuild;
mod recode;
mod release;
mod rescue;
mod schema;
mod serve;
mod serve_args;
mod show;
mod sink;
mod user;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::output::WriteError;

/// How a run ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All reports were coded.
    Complete,
    /// Some were refused.
    Refused,
    /// There was not one report.
    NothingToRead,
}

fn main() -> ExitCode {
    let args = Args::parse();
    isolate::silence_panics();
    let outcome = match args.command {
        Command::Code(args) => code::run(args),
        Command::Gazetteer(command) => gazetteer::run(command),
        Command::Add(args) => add::run(args),
        Command::Recode(args) => recode::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Link(args) => link::run(args),
        Command::Export(args) => export::run(&args),
        Command::Release(args) => release::run(&args),
        Command::Verify(args) => verify::run(args),
        Command::Serve(args) => serve::run(args),
        Command::User(args) => user::run(args),
        Command::Decide(args) => decide::run(args),
        Command::Rebuild(args) => rebuild::run(&args),
        Command::Rescue(args) => rescue::run(&args),
        Command::Explain(args) => explain::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Schema(args) => schema::run(&args),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Ok(Outcome::NothingToRead) => ExitCode::from(2),
        // The reader of a pipe has seen enough (`| head`): nothing went wrong.
        Err(error) if WriteError::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            diagnostics::print_failure(&error);
            ExitCode::from(if diagnostics::is_wrong_usage(&error) {
                2
            } else {
                1
            })
        }
    }
}
