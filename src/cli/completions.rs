//! `samverk completions`: what a shell needs to complete the command line.

use super::Outcome;
use clap_complete::Shell;

#[derive(clap::Args)]
pub struct Arguments {
    shell: Shell,
}

pub fn run(arguments: &Arguments, command: &mut clap::Command) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "samverk", &mut script);
    super::output::result(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}
