//! `samverk new`: a document from its type's archetype.

use super::{Context, Outcome, output, today};
use crate::model::{Body, Date, Registers, first_day, slug, written_dates};
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
    let (folder, archetype) = arguments.kind.archetype();
    let date = first_day(&arguments.title);
    let name = file_name(arguments.kind, &arguments.title, date);
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
    let portal = Workspace::open(&root, today(None))?.portal;
    let body = portal.as_ref().and_then(|portal| named_body(&portal.registers, &arguments.title));
    let text = fill(archetype, &arguments.title, date, body.map(|body| (body.id.as_str(), body.name.as_str())));
    let parent = path.parent().context("a document has a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    output::result(&format!("content/{id}.md"))?;
    Ok(Outcome::Done)
}

/// Meetings sort by their dates, where the title tells one; other documents by their names.
fn file_name(kind: KindWord, title: &str, date: Option<Date>) -> String {
    match (kind, date) {
        (KindWord::Mote, Some(date)) => {
            let undated = written_dates(title).into_iter().rev().fold(title.to_owned(), |mut text, written| {
                text.replace_range(written.span, "");
                text
            });
            format!("{date}-{}", slug(&undated).trim_end_matches("-den")).trim_end_matches('-').to_owned()
        }
        _ => slug(title),
    }
}

/// The registered body that the title names; of several the one with the longest name.
fn named_body<'a>(registers: &'a Registers, title: &str) -> Option<&'a Body> {
    let title = format!("-{}-", slug(title));
    let names = registers.bodies.iter().flat_map(|body| {
        let names = [&body.name].into_iter().chain(&body.abbreviation).chain(&body.aliases);
        names.map(move |name| (slug(name), body))
    });
    let named = names.filter(|(name, _)| title.contains(&format!("-{name}-")));
    named.max_by_key(|(name, _)| name.len()).map(|(_, body)| body)
}

/// The archetype with what is known in its places: title, date, and id and name of a body. A line whose place stays open
/// becomes a comment for the editor to fill in: a date or a body is never guessed.
pub fn fill(archetype: &str, title: &str, date: Option<Date>, body: Option<(&str, &str)>) -> String {
    let title = serde_json::to_string(title).expect("a text is always JSON, and JSON texts are YAML");
    let date = date.map(|date| date.to_string());
    let (id, name) = body.unzip();
    let places = [("{titel}", Some(title.as_str())), ("{datum}", date.as_deref()), ("{organ}", id)];
    let archetype = archetype.replace("{organets namn}", name.unwrap_or("Organet"));
    archetype.lines().map(|line| format!("{}\n", filled(line, &places))).collect()
}

fn filled(line: &str, places: &[(&str, Option<&str>)]) -> String {
    let Some((place, value)) = places.iter().find(|(place, _)| line.contains(place)) else { return line.to_owned() };
    match value {
        Some(value) => line.replace(place, value),
        None => {
            let indent = line.len() - line.trim_start().len();
            format!("{}# {}", &line[..indent], line.trim_start().replace(place, "").trim_end())
        }
    }
}
