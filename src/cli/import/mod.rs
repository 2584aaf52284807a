//! `samverk import`: files become draft documents, with what could not be read as questions.

mod ask;
mod keep;
mod summary;

use super::{Context, Format, Outcome, output, today};
use crate::import::{self, Draft, DraftKind, Vocabulary};
use crate::model::Registers;
use crate::workspace::Workspace;
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use keep::{Keeper, Kept};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Arguments {
    /// Files, and folders with everything in them that can be read
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the files are, when they do not say it
    #[arg(long, value_name = "TYP")]
    typ: Option<KindWord>,
    /// The document's id, instead of one made of what it says; for a single file
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Weave the changes of an original into a document that was edited since it was imported
    #[arg(long)]
    merge: bool,
    /// Ask nothing; leave the questions in the draft
    #[arg(long)]
    yes: bool,
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindWord {
    Minnesanteckningar,
    Protokoll,
    Kallelse,
    Uppdragsbeskrivning,
    #[value(name = "överenskommelse", alias = "overenskommelse")]
    Overenskommelse,
}

impl From<KindWord> for DraftKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Minnesanteckningar => Self::Minnesanteckningar,
            KindWord::Protokoll => Self::Protokoll,
            KindWord::Kallelse => Self::Kallelse,
            KindWord::Uppdragsbeskrivning => Self::Uppdragsbeskrivning,
            KindWord::Overenskommelse => Self::Överenskommelse,
        }
    }
}

/// A file's bytes and what was understood of them.
struct Understood {
    bytes: Vec<u8>,
    draft: Draft,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let (files, passed) = files(&arguments.files);
    if arguments.id.is_some() && files.len() > 1 {
        context.terminal.error("--id goes with a single file");
        return Ok(Outcome::WrongArguments);
    }
    let printing = arguments.format == Format::Json;
    // What was understood can be printed without a portal; then no register helps.
    let root = if printing && context.root.is_none() { context.quiet_root() } else { context.root() };
    if root.is_none() && !printing {
        return Ok(Outcome::WrongArguments);
    }
    if passed > 0 {
        context.terminal.note(&format!("{passed} filer av andra slag är inte med"));
    }
    let registers = root.as_deref().map_or_else(|| Ok(Arc::default()), registers)?;
    let vocabulary = Vocabulary::of(&registers).with_installed();
    let bar = progress(files.len());
    let read: Vec<Read> = files
        .par_iter()
        .map(|file| (file.clone(), understood(file, arguments, &registers, &vocabulary)))
        .inspect(|_| bar.inc(1))
        .collect();
    bar.finish_and_clear();
    if printing {
        return print(read, context);
    }
    let keeper = Keeper::new(root.unwrap_or_default(), arguments.merge, &registers, &vocabulary);
    keep(read, arguments, keeper, context)
}

type Read = (PathBuf, Result<Understood, String>);

/// The named files, and those below named folders that have an ending we know; how many others there were.
fn files(named: &[PathBuf]) -> (Vec<PathBuf>, usize) {
    let (mut files, mut passed) = (Vec::new(), 0);
    for path in named {
        if path.is_dir() {
            below(path, &mut files, &mut passed);
        } else {
            files.push(path.clone());
        }
    }
    (files, passed)
}

fn below(folder: &Path, files: &mut Vec<PathBuf>, passed: &mut usize) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Hidden files, and the lock that Word keeps beside a file that is open.
        if name.starts_with(['.', '~']) {
            continue;
        }
        // A link out of the folder, or in a circle, is nobody's document.
        if path.is_dir() && !path.is_symlink() {
            below(&path, files, passed);
        } else if import::read::is_known(&name) {
            files.push(path);
        } else {
            *passed += 1;
        }
    }
}

/// Shown on a terminal, for more than one file.
fn progress(count: usize) -> ProgressBar {
    if count < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}").expect("a fixed template");
    ProgressBar::new(count as u64).with_style(style)
}

fn registers(root: &Path) -> anyhow::Result<Arc<Registers>> {
    let workspace = Workspace::open(root, today(None))?;
    Ok(workspace.portal.map(|portal| Arc::clone(&portal.registers)).unwrap_or_default())
}

fn understood(
    file: &Path,
    arguments: &Arguments,
    registers: &Registers,
    vocabulary: &Vocabulary,
) -> Result<Understood, String> {
    let bytes = import::read::file(file).map_err(|refusal| refusal.to_string())?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut draft = import::draft(&name, &bytes, registers, vocabulary).map_err(|refusal| refusal.to_string())?;
    if let Some(typ) = arguments.typ {
        draft.kind = Some(typ.into());
    }
    Ok(Understood { bytes, draft })
}

fn print(read: Vec<Read>, context: &Context) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut drafts = Vec::new();
    for (file, result) in read {
        match result {
            Ok(understood) => drafts.push(understood.draft),
            Err(why) => {
                context.terminal.error(&format!("{}: {why}", file.display()));
                outcome = Outcome::ContentErrors;
            }
        }
    }
    match drafts.as_slice() {
        [] => {}
        [draft] => output::result(&serde_json::to_string_pretty(draft)?)?,
        drafts => output::result(&serde_json::to_string_pretty(drafts)?)?,
    }
    Ok(outcome)
}

/// Writes each draft and its original below `content/`; a file that fails does not stop the others.
fn keep(read: Vec<Read>, arguments: &Arguments, mut keeper: Keeper<'_>, context: &Context) -> anyhow::Result<Outcome> {
    let single = read.len() == 1;
    let mut rows = Vec::new();
    let mut kept = Vec::new();
    for (file, result) in read {
        let result = match result {
            Ok(understood) => {
                keeper.keep(&file, &understood, arguments.id.as_deref())?.map(|kept| (kept, understood.draft))
            }
            Err(why) => Err(why),
        };
        match &result {
            Ok((one, draft)) => {
                output::result(&one.document)?;
                if single {
                    tell(one, draft, context);
                }
                kept.push(one.document.clone());
            }
            Err(why) => context.terminal.error(&format!("{}: {why}", file.display())),
        }
        rows.push((file, result));
    }
    if rows.len() > 1 {
        summary::show(&rows, context);
    }
    if !arguments.yes {
        ask::ask(&kept, &keeper, context)?;
    }
    let failed = rows.iter().any(|(_, result)| result.is_err());
    Ok(if failed { Outcome::ContentErrors } else { Outcome::Done })
}

type Row = (PathBuf, Result<(Kept, Draft), String>);

/// What a single document leaves open, and what changed since it was imported before.
fn tell(kept: &Kept, draft: &Draft, context: &Context) {
    if let Some(difference) = &kept.difference {
        context.terminal.note(difference.trim_end());
    }
    for question in &draft.questions {
        context.terminal.note(&format!("  fråga: {}", question.question));
        for evidence in &question.evidence {
            context.terminal.note(&format!("    rad {}: {}", evidence.line, evidence.text.trim()));
        }
    }
    draft.warnings.iter().for_each(|warning| context.terminal.note(&format!("  obs: {warning}")));
}
