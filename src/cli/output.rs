//! What is said on the terminal: results on standard output, everything else on standard error.

use crate::diagnostic::{Diagnostic, Severity};
use annotate_snippets::Renderer;
use clap::ColorChoice;
use std::io::{IsTerminal, Write};
use std::time::Instant;

/// How many warnings a build shows with their excerpts.
const SHOWN_WARNINGS: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

impl Verbosity {
    pub fn of(quiet: bool, verbose: bool) -> Self {
        match (quiet, verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ => Self::Normal,
        }
    }
}

/// Standard error, with or without colours.
pub struct Terminal {
    colors: bool,
    verbosity: Verbosity,
}

impl Terminal {
    pub fn new(color: ColorChoice, verbosity: Verbosity) -> Self {
        let colors = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stderr().is_terminal()
            }
        };
        Self { colors, verbosity }
    }

    pub fn error(&self, message: &str) {
        self.line(&format!("error: {message}"));
    }

    /// Said unless `--quiet`.
    pub fn note(&self, message: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.line(message);
        }
    }

    /// Said with `--verbose`: what took how long.
    pub fn timing(&self, what: &str, since: Instant) {
        if self.verbosity == Verbosity::Verbose {
            self.line(&format!("{what}: {:.1} ms", since.elapsed().as_secs_f64() * 1000.0));
        }
    }

    /// Every problem with its excerpt, and their number.
    pub fn diagnostics(&self, problems: &[Diagnostic]) {
        self.excerpts(problems.iter());
        self.counts(problems);
    }

    /// Every error and the first warnings: who builds wants to see what stops the build.
    pub fn diagnostics_of_build(&self, problems: &[Diagnostic]) {
        let is_warning = |problem: &&Diagnostic| problem.severity == Severity::Warning;
        let errors: Vec<_> = problems.iter().filter(|problem| !is_warning(problem)).cloned().collect();
        if self.verbosity == Verbosity::Quiet {
            return self.diagnostics(&errors);
        }
        self.excerpts(errors.iter().chain(problems.iter().filter(is_warning).take(SHOWN_WARNINGS)));
        self.counts(problems);
        if problems.iter().filter(is_warning).count() > SHOWN_WARNINGS {
            self.line("alla varningar visas av `samverk check`");
        }
    }

    fn excerpts<'a>(&self, problems: impl Iterator<Item = &'a Diagnostic>) {
        let renderer = if self.colors { Renderer::styled() } else { Renderer::plain() };
        for problem in problems {
            self.line(&problem.render(&renderer));
            self.line("");
        }
    }

    fn counts(&self, problems: &[Diagnostic]) {
        let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if errors + warnings > 0 {
            self.line(&format!("{errors} fel, {warnings} {}", if warnings == 1 { "varning" } else { "varningar" }));
        }
    }

    fn line(&self, text: &str) {
        // A closed standard error leaves nobody to tell.
        drop(writeln!(std::io::stderr(), "{text}"));
    }
}

/// Writes a result to standard output. A reader that stops reading is no fault.
pub fn result(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
