//! `samverk import`: files become draft documents, with what could not be read as questions.

use super::{Context, Format, Outcome, output, today};
use crate::checksum::sha256;
use crate::import::{self, Draft, DraftKind, Kept, Vocabulary};
use crate::model::{Registers, slug};
use crate::workspace::Workspace;
use anyhow::Context as _;
use clap::ValueEnum;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What the files are, when they do not say it
    #[arg(long, value_name = "TYP")]
    typ: Option<KindWord>,
    /// The document's id, instead of one made of what it says; for a single file
    #[arg(long, value_name = "ID")]
    id: Option<String>,
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

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    if arguments.id.is_some() && arguments.files.len() > 1 {
        context.terminal.error("--id goes with a single file");
        return Ok(Outcome::WrongArguments);
    }
    let printing = arguments.format == Format::Json;
    // What was understood can be printed without a portal; then no register helps.
    let root = if printing && context.root.is_none() { context.quiet_root() } else { context.root() };
    if root.is_none() && !printing {
        return Ok(Outcome::WrongArguments);
    }
    let registers = root.as_deref().map_or_else(|| Ok(Arc::default()), registers)?;
    let vocabulary = Vocabulary::of(&registers).with_installed();
    let read: Vec<_> =
        arguments.files.par_iter().map(|file| (file, draft(file, arguments, &registers, &vocabulary))).collect();
    if printing { print(&read, context) } else { keep(&read, arguments, &root.unwrap_or_default(), context) }
}

fn registers(root: &Path) -> anyhow::Result<Arc<Registers>> {
    let workspace = Workspace::open(root, today(None))?;
    Ok(workspace.portal.map(|portal| portal.registers).unwrap_or_default())
}

fn draft(
    file: &Path,
    arguments: &Arguments,
    registers: &Registers,
    vocabulary: &Vocabulary,
) -> Result<(Vec<u8>, Draft), String> {
    let bytes = fs::read(file).map_err(|error| format!("filen kan inte läsas: {error}"))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut draft = import::draft(&name, &bytes, registers, vocabulary).map_err(|refusal| refusal.to_string())?;
    if let Some(typ) = arguments.typ {
        draft.kind = Some(typ.into());
    }
    Ok((bytes, draft))
}

type Read<'a> = (&'a PathBuf, Result<(Vec<u8>, Draft), String>);

fn print(read: &[Read<'_>], context: &Context) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut drafts = Vec::new();
    for (file, result) in read {
        match result {
            Ok((_, draft)) => drafts.push(draft),
            Err(why) => outcome = refuse(file, why, context),
        }
    }
    match drafts.as_slice() {
        [] => {}
        [draft] => output::result(&serde_json::to_string_pretty(draft)?)?,
        drafts => output::result(&serde_json::to_string_pretty(drafts)?)?,
    }
    Ok(outcome)
}

fn refuse(file: &Path, why: &str, context: &Context) -> Outcome {
    context.terminal.error(&format!("{}: {why}", file.display()));
    Outcome::ContentErrors
}

/// Writes each draft and its original below `content/`; a file that fails does not stop the others.
fn keep(read: &[Read<'_>], arguments: &Arguments, root: &Path, context: &Context) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for (file, result) in read {
        match result {
            Ok((bytes, draft)) => match write(root, file, bytes, draft, arguments)? {
                Ok(path) => {
                    output::result(&path)?;
                    questions(draft, context);
                }
                Err(why) => outcome = refuse(file, &why, context),
            },
            Err(why) => outcome = refuse(file, why, context),
        }
    }
    Ok(outcome)
}

fn write(
    root: &Path,
    file: &Path,
    bytes: &[u8],
    draft: &Draft,
    arguments: &Arguments,
) -> anyhow::Result<Result<String, String>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let id = arguments.id.clone().unwrap_or_else(|| import::document_id(draft, &name));
    if id.split('/').any(|part| part.is_empty() || slug(part) != part) {
        return Ok(Err(format!("`{id}` kan inte vara ett id: använd a–z, 0–9 och bindestreck")));
    }
    let path = root.join(format!("content/{id}.md"));
    if path.exists() {
        return Ok(Err(format!("content/{id}.md finns redan; ta bort den eller välj ett annat id med --id")));
    }
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    // A Markdown original would be read as a document of its own.
    let ending = if ending == "md" { "txt".to_owned() } else { ending };
    let stem = id.rsplit('/').next().unwrap_or(&id);
    let kept = Kept { file: format!("{stem}-original.{ending}"), sha256: sha256(bytes) };
    let folder = path.parent().context("a document has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let original = folder.join(&kept.file);
    fs::write(&original, bytes).with_context(|| format!("cannot write {}", original.display()))?;
    fs::write(&path, import::document(draft, Some(&kept)))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Ok(format!("content/{id}.md")))
}

fn questions(draft: &Draft, context: &Context) {
    for question in &draft.questions {
        context.terminal.note(&format!("  fråga ({}): {}", question.field, question.question));
        for evidence in &question.evidence {
            context.terminal.note(&format!("    rad {}: {}", evidence.line, evidence.text.trim()));
        }
    }
    draft.warnings.iter().for_each(|warning| context.terminal.note(&format!("  obs: {warning}")));
}
