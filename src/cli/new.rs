//! `samverk new`: a document from its type's archetype.

use super::{Context, Outcome, output, today};
use crate::model::{Date, slug};
use crate::workspace::Workspace;
use anyhow::Context as _;
use clap::ValueEnum;
use std::fs;

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_name = "TYP")]
    kind: KindWord,
    #[arg(value_name = "TITEL")]
    title: String,
}

/// The document types, by the word that editors use.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindWord {
    #[value(name = "möte", alias = "mote")]
    Mote,
    Uppdrag,
    #[value(name = "överenskommelse", alias = "overenskommelse")]
    Overenskommelse,
    Sida,
}

impl KindWord {
    /// The folder it is kept in, and what a new one says.
    fn archetype(self) -> (&'static str, &'static str) {
        match self {
            Self::Mote => ("moten", include_str!("archetypes/mote.md")),
            Self::Uppdrag => ("uppdrag", include_str!("archetypes/uppdrag.md")),
            Self::Overenskommelse => ("overenskommelser", include_str!("archetypes/overenskommelse.md")),
            Self::Sida => ("", include_str!("archetypes/sida.md")),
        }
    }
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let today = today(None);
    let (folder, archetype) = arguments.kind.archetype();
    let name = file_name(arguments.kind, &arguments.title, today);
    if name.is_empty() {
        context.terminal.error("the title has no letter or digit to make a file name of");
        return Ok(Outcome::WrongArguments);
    }
    let id = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    let path = root.join(format!("content/{id}.md"));
    if path.exists() {
        context.terminal.error(&format!("content/{id}.md is there already"));
        return Ok(Outcome::WrongArguments);
    }
    let body = Workspace::open(&root, today)?
        .portal
        .and_then(|portal| portal.registers.bodies.iter().next().map(|body| body.id.to_string()));
    let text = fill(archetype, &arguments.title, today, body.as_deref());
    let parent = path.parent().context("a document has a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    output::result(&format!("content/{id}.md"))?;
    Ok(Outcome::Done)
}

/// Meetings sort by their dates; other documents by their names.
fn file_name(kind: KindWord, title: &str, today: Date) -> String {
    match (kind, slug(title)) {
        (_, title) if title.is_empty() => title,
        (KindWord::Mote, title) => format!("{today}-{title}"),
        (_, title) => title,
    }
}

/// The archetype with the title, the day and a body of the register in their places. Without any body, the line goes.
pub fn fill(archetype: &str, title: &str, today: Date, body: Option<&str>) -> String {
    let title = serde_json::to_string(title).expect("a text is always JSON, and JSON texts are YAML");
    let lines = archetype.lines().filter(|line| body.is_some() || !line.contains("{organ}"));
    let text = lines.map(|line| {
        let line = line.replace("{titel}", &title).replace("{datum}", &today.to_string());
        format!("{}\n", line.replace("{organ}", body.unwrap_or_default()))
    });
    text.collect()
}
