//! `samverk serve`: the preview.

use super::{Context, EditionWord, Outcome, output};
use crate::diagnostic::Diagnostic;
use crate::search::{Keeping, REPLACED};
use crate::serve::{Options, Preview};
use std::net::IpAddr;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    #[arg(long, default_value_t = 1111)]
    port: u16,
    #[arg(long, value_name = "EDITION", default_value = "intern")]
    edition: EditionWord,
    /// Open the start page in the browser
    #[arg(long)]
    open: bool,
    /// Let other machines see the preview: it has no password and shows internal documents
    #[arg(long)]
    allow_network: bool,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    if !is_loopback(&arguments.host) && !arguments.allow_network {
        context.terminal.error(&format!(
            "{} can be reached from other machines; the preview has no password and shows internal documents. \
             Add --allow-network if that is meant",
            arguments.host
        ));
        return Ok(Outcome::WrongArguments);
    }
    let options =
        Options { root, edition: arguments.edition.into(), host: arguments.host.clone(), port: arguments.port };
    let preview = Preview::start(options)?;
    context.terminal.diagnostics(&preview.problems());
    let address = format!("http://{}/", preview.address);
    output::result(&format!("förhandsvisning: {address} (avsluta med Ctrl+C)"))?;
    if arguments.open {
        open_browser(&address, context);
    }
    let changed = |problems: &[Diagnostic], took: Duration| {
        context.terminal.diagnostics(problems);
        context.terminal.note(&format!("ändrat, läst på {:.0} ms", took.as_secs_f64() * 1000.0));
    };
    let terminal = context.terminal.clone();
    preview.run(changed, move |keeping| {
        if keeping == Keeping::Replaced {
            terminal.note(REPLACED);
        }
    })?;
    Ok(Outcome::Done)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn open_browser(address: &str, context: &Context) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    if std::process::Command::new(program).args(arguments).arg(address).spawn().is_err() {
        context.terminal.note(&format!("no browser could be opened; go to {address}"));
    }
}
