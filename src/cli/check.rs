//! `samverk check`: every problem, none hidden by another.

use super::{Context, EditionWord, Format, Outcome, output, parse_date, today};
use crate::check;
use crate::diagnostic::{Diagnostic, Record, Severity};
use crate::model::{Date, Edition};
use crate::publication;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Arguments {
    /// Check what this edition holds
    #[arg(long, value_name = "EDITION", default_value = "intern")]
    edition: EditionWord,
    /// The day to check for [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    #[arg(long, default_value = "text")]
    format: Format,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let mut workspace = Workspace::open(&root, today(arguments.date))?;
    let (_, mut problems) = workspace.theme()?;
    let wanted = arguments.edition.into();
    problems.extend(workspace.problems_in(wanted));
    if let Some(portal) = workspace.edition(wanted).filter(|portal| portal.edition == Edition::Public) {
        problems.extend(publication::check_files(&portal, &root));
    }
    check::sort(&mut problems);
    match arguments.format {
        Format::Json => {
            let records: Vec<Record<'_>> = problems.iter().map(Diagnostic::record).collect();
            output::result(&serde_json::to_string_pretty(&records)?)?;
        }
        Format::Text => {
            context.terminal.diagnostics(&problems);
            if problems.is_empty() {
                output::result("inga fel, inga varningar")?;
            }
        }
    }
    let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    Ok(if problems.iter().any(is_error) { Outcome::ContentErrors } else { Outcome::Done })
}
