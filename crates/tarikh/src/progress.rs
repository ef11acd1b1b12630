//! The bar on standard error, for runs long enough to wait for.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};
use tarikh_io::Progress;

use crate::diagnostics;

/// A bar that appears only when a run goes on after its first batch, and only on a terminal.
#[derive(Debug, Default)]
pub(crate) struct Bar {
    bar: Option<ProgressBar>,
}

impl Bar {
    /// Shows how far the run has come.
    pub(crate) fn update(&mut self, progress: Progress, n_reports: usize) {
        if self.bar.is_none() && std::io::stderr().is_terminal() {
            self.bar = Some(make(progress.total));
        }
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{n_reports} reports"));
            bar.set_position(progress.read);
        }
    }

    /// Prints a message above the bar.
    pub(crate) fn print(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| diagnostics::print(text)),
            None => diagnostics::print(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn make(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (
            ProgressBar::new(total),
            "{bar:30} {percent:>3}%  {msg}, {elapsed} passed, {eta} to go",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {msg}, {elapsed} passed",
        ),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
