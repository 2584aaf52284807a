//! `samverk search`: asks the index.

use super::{Context, EditionWord, Format, Outcome, parse_date, today};
use crate::model::Date;
use crate::search::{Answer, Hit, Purpose, Query};
use crate::workspace::Workspace;
use std::io::Write;

#[derive(clap::Args)]
pub struct Arguments {
    /// Words, "a phrase", -word, organ:NAME, år:YEAR, typ:KIND
    query: String,
    /// As organ:NAME in the query would
    #[arg(long, value_name = "KEY=VALUE")]
    filter: Vec<String>,
    /// Most hits to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[arg(long, value_name = "EDITION", default_value = "publik")]
    edition: EditionWord,
    /// The day that statuses are told for [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Say why each hit stands where it stands
    #[arg(long)]
    explain: bool,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let mut query = Query::parse(&arguments.query);
    for filter in &arguments.filter {
        let (key, value) = filter.split_once('=').unwrap_or((filter, ""));
        if let Err(unknown) = query.filter(key, value) {
            context.terminal.error(&unknown.to_string());
            return Ok(Outcome::WrongArguments);
        }
    }
    let mut workspace = Workspace::open(&root, today(arguments.date))?;
    let Some(portal) = workspace.edition(arguments.edition.into()) else {
        context.terminal.diagnostics(&workspace.problems());
        return Ok(Outcome::ContentErrors);
    };
    let index = context.index(&workspace.sources, &portal, Purpose::Answers);
    let out = &mut std::io::stdout().lock();
    match arguments.format {
        _ if arguments.explain => write!(out, "{}", index.explain(&query, arguments.limit))?,
        Format::Json => writeln!(out, "{}", serde_json::to_string(&index.search(&query, arguments.limit))?)?,
        Format::Text => write_text(out, &index.search(&query, arguments.limit))?,
    }
    Ok(Outcome::Done)
}

fn write_text(out: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    for note in &answer.notes {
        writeln!(out, "{note}")?;
    }
    for words in &answer.suggestions {
        writeln!(out, "menade du: {words}")?;
    }
    match answer.total {
        0 => writeln!(out, "inga träffar på ”{}”", shown(&answer.query))?,
        1 => writeln!(out, "1 träff")?,
        total => writeln!(out, "{total} träffar")?,
    }
    answer.hits.iter().try_for_each(|hit| write_hit(out, hit))
}

/// The question as it may stand in a line of a terminal.
fn shown(query: &str) -> String {
    let mut signs = query.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    let short: String = signs.by_ref().take(SHOWN).collect();
    if signs.next().is_some() { format!("{short} …") } else { short }
}

/// Signs of a question that are repeated to who asked it.
const SHOWN: usize = 120;

fn write_hit(out: &mut impl Write, hit: &Hit) -> std::io::Result<()> {
    let facts = [hit.context.as_ref(), hit.organ_name.as_ref(), hit.date.as_ref()];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    writeln!(out, "\n{}\n  {}", hit.title, hit.url)?;
    if !facts.is_empty() {
        writeln!(out, "  {}", facts.join(" · "))?;
    }
    writeln!(out, "  {}", hit.plain_excerpt())
}
