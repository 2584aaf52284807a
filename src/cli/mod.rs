//! The command line: arguments become validated options, and options a call. One file a command.

mod build;
mod check;
mod completions;
mod export;
mod import;
mod init;
mod new;
mod output;
mod publish;
mod read_pdf;
mod search;
mod serve;

use crate::model::{Date, Edition, Portal};
use crate::search::{Index, Keeping, Purpose, REPLACED, kept_folder};
use crate::source::{self, Sources};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Turn registers and documents into a searchable portal.
#[derive(Parser)]
#[command(name = "samverk", version, about)]
struct Arguments {
    /// The portal's folder [default: the nearest upwards that has site/site.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Print results and errors only
    #[arg(long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what takes how long
    #[arg(long, global = true)]
    verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: clap::ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a new portal
    Init(init::Arguments),
    /// Make a new document
    New(new::Arguments),
    /// Turn files into draft documents
    Import(import::Arguments),
    /// Report every problem
    Check(check::Arguments),
    /// Write the site
    Build(build::Arguments),
    /// Preview with live reload
    Serve(serve::Arguments),
    /// Ask the index
    Search(search::Arguments),
    /// Bring a build to a host named in site.yaml
    Publish(publish::Arguments),
    /// Pack a build for the archive
    Export(export::Arguments),
    /// Print shell completions
    Completions(completions::Arguments),
    /// Read a PDF from standard input for the process that imports it
    #[command(hide = true)]
    ReadPdf,
}

/// How a command ended, apart from the machine failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// The content has errors; nothing was published.
    ContentErrors,
    /// The arguments were wrong in a way that only the portal shows.
    WrongArguments,
}

/// Runs the command line `arguments`, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; clap knows which stream they belong to.
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(3) };
        }
    };
    let context = Context {
        root: arguments.root,
        terminal: output::Terminal::new(arguments.color, output::Verbosity::of(arguments.quiet, arguments.verbose)),
    };
    match dispatch(arguments.command, &context) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::from(1),
        Ok(Outcome::WrongArguments) => ExitCode::from(2),
        Err(error) => {
            context.terminal.error(&format!("{error:#}"));
            ExitCode::from(3)
        }
    }
}

fn dispatch(command: Command, context: &Context) -> anyhow::Result<Outcome> {
    match command {
        Command::Init(arguments) => init::run(&arguments, context),
        Command::New(arguments) => new::run(&arguments, context),
        Command::Import(arguments) => import::run(&arguments, context),
        Command::Check(arguments) => check::run(&arguments, context),
        Command::Build(arguments) => build::run(&arguments, context),
        Command::Serve(arguments) => serve::run(&arguments, context),
        Command::Search(arguments) => search::run(&arguments, context),
        Command::Publish(arguments) => publish::run(&arguments, context),
        Command::Export(arguments) => export::run(&arguments, context),
        Command::ReadPdf => read_pdf::run(),
        Command::Completions(arguments) => completions::run(&arguments, &mut Arguments::command()),
    }
}

/// What every command gets.
struct Context {
    root: Option<PathBuf>,
    terminal: output::Terminal,
}

impl Context {
    /// The portal's folder, if there is one.
    fn quiet_root(&self) -> Option<PathBuf> {
        match &self.root {
            Some(root) => Some(root.clone()).filter(|root| root.is_dir()),
            None => std::env::current_dir().ok().and_then(|here| source::find_root(&here)),
        }
    }

    /// The portal's folder; says what is wrong when there is none.
    fn root(&self) -> Option<PathBuf> {
        let root = self.quiet_root();
        if root.is_none() {
            self.terminal.error("no portal here: no folder upwards has site/site.yaml (name one with --root, or make one with `samverk init DIR`)");
        }
        root
    }

    /// The portal's index by what is kept of it; says when that could not be used.
    fn index(&self, sources: &Sources, portal: &Portal, purpose: Purpose) -> Index {
        let folder = kept_folder(&sources.root, portal.edition);
        let (index, keeping) = Index::kept(portal, &sources.texts, &folder, purpose);
        if keeping == Keeping::Replaced {
            self.terminal.note(REPLACED);
        }
        index
    }
}

/// An edition, by the word that editors use.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum EditionWord {
    Publik,
    Intern,
}

impl From<EditionWord> for Edition {
    fn from(word: EditionWord) -> Self {
        match word {
            EditionWord::Publik => Self::Public,
            EditionWord::Intern => Self::Internal,
        }
    }
}

/// `--format`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

/// The day the site speaks for.
fn today(asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| jiff::Zoned::now().date())
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written YYYY-MM-DD".to_owned())
}
