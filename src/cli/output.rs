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

/// What a build has to say of the portal.
pub struct BuildReport {
    /// As the terminal shows it.
    pub shown: String,
    /// Without colours, to be said again when nothing has changed.
    pub plain: String,
}

/// Standard error, with or without colours.
#[derive(Clone)]
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
        self.text(&report(problems.iter(), problems, &self.excerpts()));
    }

    /// Every error and the first warnings: who builds wants to see what stops the build.
    pub fn report_of_build(&self, problems: &[Diagnostic]) -> BuildReport {
        BuildReport {
            shown: self.first_problems(problems, &self.excerpts()),
            plain: self.first_problems(problems, &Renderer::plain()),
        }
    }

    fn first_problems(&self, problems: &[Diagnostic], excerpts: &Renderer) -> String {
        let is_warning = |problem: &&Diagnostic| problem.severity == Severity::Warning;
        let errors: Vec<_> = problems.iter().filter(|problem| !is_warning(problem)).cloned().collect();
        if self.verbosity == Verbosity::Quiet {
            return report(errors.iter(), &errors, excerpts);
        }
        let shown = errors.iter().chain(problems.iter().filter(is_warning).take(SHOWN_WARNINGS));
        let mut text = report(shown, problems, excerpts);
        if problems.iter().filter(is_warning).count() > SHOWN_WARNINGS {
            text += "alla varningar visas av `samverk check`\n";
        }
        text
    }

    fn excerpts(&self) -> Renderer {
        if self.colors { Renderer::styled() } else { Renderer::plain() }
    }

    /// Says what has its line ends already.
    pub fn text(&self, text: &str) {
        drop(write!(std::io::stderr(), "{text}"));
    }

    fn line(&self, text: &str) {
        // A closed standard error leaves nobody to tell.
        drop(writeln!(std::io::stderr(), "{text}"));
    }
}

/// The excerpts of `shown`, and the numbers of `problems`.
fn report<'a>(shown: impl Iterator<Item = &'a Diagnostic>, problems: &[Diagnostic], excerpts: &Renderer) -> String {
    let mut text: String = shown.map(|problem| format!("{}\n\n", problem.render(excerpts))).collect();
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings > 0 {
        text += &format!("{errors} fel, {warnings} {}\n", if warnings == 1 { "varning" } else { "varningar" });
    }
    text
}

/// Writes a result to standard output. A reader that stops reading is no fault.
pub fn result(text: &str) -> anyhow::Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
