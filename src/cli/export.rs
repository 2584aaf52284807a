//! `samverk export`: a build as one file for the archive.

use super::{Context, Outcome, output, publish};
use crate::publish::archive;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
    /// The build to pack [default: public below the portal]
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let packed = publish::build(&root, arguments.from.as_deref()).and_then(|build| match build {
        Ok(build) => archive(&build, &arguments.file).map(|()| Ok(build.manifest)),
        Err(missing) => Ok(Err(missing)),
    });
    match packed {
        Err(error) => publish::refused(error, context),
        Ok(Err(missing)) => {
            context.terminal.error(&missing);
            Ok(Outcome::ContentErrors)
        }
        Ok(Ok(manifest)) => {
            let (count, edition) = (manifest.files.len(), manifest.edition);
            output::result(&format!("{}: {count} filer, {edition} utgåva", arguments.file.display()))?;
            Ok(Outcome::Done)
        }
    }
}
