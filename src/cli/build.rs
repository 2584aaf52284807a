//! `samverk build`: the site, whole or not at all.

use super::{Context, EditionWord, Outcome, parse_date, today};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::model::{Date, Edition, Portal, Site};
use crate::output::{Output, Summary};
use crate::publication;
use crate::render::{CHANGES, Changes, Renderer, Viewing};
use crate::search::{Purpose, Shard, Shards};
use crate::stamp::{Inputs, Look, Stamp};
use crate::workspace::Workspace;
use anyhow::Context as _;
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;

#[derive(clap::Args)]
pub struct Arguments {
    /// Where the site is written [default: public below the portal]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "EDITION", default_value = "publik")]
    edition: EditionWord,
    /// The day the site speaks for [default: today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Absolute address of the site, instead of bas_url in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Threads to use [default: one per core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Leave out the search index
    #[arg(long)]
    no_search: bool,
    /// Build though nothing has changed since the last build
    #[arg(long)]
    force: bool,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let jobs = arguments.jobs.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().context("cannot start threads")?;
    pool.install(|| build(arguments, context, &root))
}

fn build(arguments: &Arguments, context: &Context, root: &Path) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let target = arguments.output.clone().unwrap_or_else(|| root.join("public"));
    let today = today(arguments.date);
    let look = look(arguments, root, today);
    if let Some(last) = look.last(&target).filter(|_| !arguments.force) {
        return Ok(unchanged(context, &last, started));
    }
    let workspace = Workspace::open(root, today)?;
    let (theme, mut problems) = workspace.theme()?;
    let wanted = arguments.edition.into();
    problems.extend(workspace.problems_in(wanted));
    problems.extend(workspace.unlisted(wanted));
    context.terminal.timing("read, link, check", started);
    let held = |portal: &Arc<Portal>| portal.documents.len();
    let read = workspace.portal.as_ref().map_or(0, held);
    // The edition is all that the site is made of: the rest makes room for it.
    let (sources, portal) = workspace.into_edition(wanted);
    let left_out = read.saturating_sub(portal.as_ref().map_or(0, held));
    problems.extend(
        portal.iter().filter(|_| wanted == Edition::Public).flat_map(|portal| publication::check_files(portal, root)),
    );
    let Some(portal) = portal.filter(|_| !problems.iter().any(is_error)) else {
        return Ok(failed(context, problems));
    };
    let renderer = Renderer::new(at_base_url(portal, arguments), Arc::new(theme), Viewing::Published);
    let renderer = if wanted == Edition::Internal { renderer.reporting(report(&problems)) } else { renderer };
    let output = Output::open(&target)?;
    if let Some(other) = output.standing().filter(|edition| arguments.output.is_none() && *edition != wanted.key()) {
        context.terminal.error(&format!(
            "{} holds the edition `{other}`: choose another folder with --output, or name this one",
            target.display()
        ));
        return Ok(Outcome::WrongArguments);
    }
    let rendering = Instant::now();
    let changes = Changes::since(renderer.portal(), output.earlier(CHANGES, wanted.key()).as_deref());
    output.put(CHANGES, &changes.to_json())?;
    let renderer = renderer.changed(changes);
    let faults = write(&renderer, &output)?;
    context.terminal.timing("render and write", rendering);
    if !faults.is_empty() {
        problems.extend(faults);
        return Ok(failed(context, problems));
    }
    let (edition, today) = (renderer.portal().edition.key(), renderer.portal().today.to_string());
    let files_read = renderer.theme().files_read();
    // What another program could not read may be readable the next time.
    let is_settled = !problems.iter().any(|problem| problem.code == "fil-ej-granskad");
    // A problem holds the text that it points into.
    let report = context.terminal.report_of_build(&problems);
    drop(problems);
    if !arguments.no_search {
        let indexing = Instant::now();
        let index = context.index(&sources, renderer.portal(), Purpose::Export);
        // The pages are written, and the index holds all that it needs: the portal makes room for the files of the index.
        drop((sources, renderer));
        write_shards(&Shards::new(&index), &output)?;
        context.terminal.timing("index", indexing);
    } else {
        // The program ends: to give the portal back piece by piece would take longer than its reports.
        std::mem::forget((sources, renderer));
    }
    let Summary { written, unchanged, removed } = output.commit(edition, &today)?;
    context.terminal.text(&report.shown);
    if is_settled {
        look.note(&target, files_read, written + unchanged, report.plain);
    }
    let seconds = started.elapsed().as_secs_f64();
    context.terminal.note(&format!(
        "{edition} utgåva: {written} filer skrivna, {unchanged} oförändrade, {removed} borttagna på {seconds:.2} s"
    ));
    if left_out > 0 {
        context.terminal.note(&format!(
            "{left_out} dokument är inte med: i den publika utgåvan står det som har `synlighet: publik` och inte är utkast"
        ));
    }
    Ok(Outcome::Done)
}

/// The report is read top down, file by file.
fn report(problems: &[Diagnostic]) -> impl Fn() -> Vec<Diagnostic> + Send + Sync + 'static {
    let mut report = problems.to_vec();
    check::sort(&mut report);
    move || report.clone()
}

/// The inputs as they are before they are read.
fn look(arguments: &Arguments, root: &Path, today: Date) -> Look {
    let Arguments { output: _, edition, date: _, base_url, jobs: _, no_search, force: _ } = arguments;
    let options = format!("{edition:?} {today} {base_url:?} {no_search}");
    let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    Look::at(&Inputs { root: &root, folders: &["content", "site", "themes"], options })
}

fn unchanged(context: &Context, last: &Stamp, started: Instant) -> Outcome {
    context.terminal.text(&last.said);
    let seconds = started.elapsed().as_secs_f64();
    context.terminal.note(&format!("ingenting har ändrats: {} filer står som de stod ({seconds:.2} s)", last.files));
    Outcome::Done
}

fn is_error(problem: &Diagnostic) -> bool {
    problem.severity == crate::diagnostic::Severity::Error
}

fn failed(context: &Context, mut problems: Vec<Diagnostic>) -> Outcome {
    check::sort(&mut problems);
    context.terminal.text(&context.terminal.report_of_build(&problems).shown);
    context.terminal.note("ingenting skrevs; den förra versionen ligger kvar");
    Outcome::ContentErrors
}

fn at_base_url(portal: Arc<Portal>, arguments: &Arguments) -> Arc<Portal> {
    match &arguments.base_url {
        Some(url) => {
            let site = Site { base_url: Some(format!("{}/", url.trim_end_matches('/'))), ..Site::clone(&portal.site) };
            Arc::new(Portal { site: Arc::new(site), ..Portal::clone(&portal) })
        }
        None => portal,
    }
}

/// Renders and stages every route. Faults in templates are returned, each once.
fn write(renderer: &Renderer, output: &Output) -> anyhow::Result<Vec<Diagnostic>> {
    let faults = Mutex::new(Vec::new());
    // Few at a time: the feeds and lists that stand last cost more than a page, and no thread is to end alone with them.
    renderer.routes().par_iter().with_max_len(8).try_for_each(|route| match renderer.render(route) {
        Ok(bytes) => output.put(&renderer.url(route), &bytes),
        Err(fault) => {
            faults.lock().expect("no thread panics while it holds the list").push(*fault);
            Ok(())
        }
    })?;
    let mut faults = faults.into_inner().expect("no thread panics while it holds the list");
    check::sort(&mut faults);
    Ok(faults)
}

/// Stages the search index's files, the manifest last.
fn write_shards(shards: &Shards<'_>, output: &Output) -> anyhow::Result<()> {
    let last = shards.count() - 1;
    let put = |at: usize| {
        let Shard { path, bytes } = shards.get(at);
        output.put(&path, &bytes)
    };
    (0..last).into_par_iter().try_for_each(put)?;
    put(last)
}
