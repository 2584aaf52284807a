//! `samverk publish`: a build to a host named in `site.yaml`, and back.

use super::{Context, Outcome, output, today};
use crate::model::{Site, Target};
use crate::output::Foreign;
use crate::publish::{Place, Plan, Refusal, Release};
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// The target's name (namn) under publicering in site.yaml
    #[arg(value_name = "TARGET")]
    target: String,
    /// The build to publish [default: public below the portal]
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Bring back what was replaced last
    #[arg(long, conflicts_with = "from")]
    rollback: bool,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let Some(root) = context.root() else { return Ok(Outcome::WrongArguments) };
    let workspace = Workspace::open(&root, today(None))?;
    let Some(portal) = &workspace.portal else {
        context.terminal.diagnostics(&workspace.problems());
        return Ok(Outcome::ContentErrors);
    };
    let Some(target) = portal.site.targets.iter().find(|target| target.name == arguments.target) else {
        context.terminal.error(&unknown(&arguments.target, &portal.site));
        return Ok(Outcome::WrongArguments);
    };
    match publish(arguments, &root, target) {
        Err(error) => refused(error, context),
        Ok(Err(refusal)) => {
            context.terminal.error(&refusal);
            Ok(Outcome::ContentErrors)
        }
        Ok(Ok((plan, place))) => {
            tell(&plan, &place, arguments, context)?;
            Ok(Outcome::Done)
        }
    }
}

fn unknown(name: &str, site: &Site) -> String {
    let known: Vec<&str> = site.targets.iter().map(|target| target.name.as_str()).collect();
    match known.as_slice() {
        [] => format!("no target `{name}`: site.yaml names none under publicering"),
        known => format!("no target `{name}`: site.yaml names {}", known.join(", ")),
    }
}

/// A refusal is the content's fault; anything else the machine's.
pub(super) fn refused(error: anyhow::Error, context: &Context) -> anyhow::Result<Outcome> {
    if !(error.is::<Refusal>() || error.is::<Foreign>()) {
        return Err(error);
    }
    context.terminal.error(&error.to_string());
    Ok(Outcome::ContentErrors)
}

/// The plan, carried out unless only asked for; or why this build may not go there.
fn publish(arguments: &Arguments, root: &Path, target: &Target) -> anyhow::Result<Result<(Plan, Place), String>> {
    let place = Place::new(root, target);
    let build = if arguments.rollback {
        place.kept()?
    } else {
        match build(root, arguments.from.as_deref())? {
            Ok(build) => build,
            Err(missing) => return Ok(Err(missing)),
        }
    };
    let wanted = target.edition.key();
    if build.manifest.edition != wanted {
        let Release { folder, manifest } = &build;
        return Ok(Err(format!(
            "{} är {} utgåva, och målet {} tar bara {wanted}: bygg med `samverk build --edition {wanted}`",
            folder.display(),
            manifest.edition,
            target.name,
        )));
    }
    let plan = if arguments.dry_run { place.plan(&build)? } else { place.bring(&build)? };
    Ok(Ok((plan, place)))
}

/// The build in `from`, or in the portal's output folder; or the words for its absence.
pub(super) fn build(root: &Path, from: Option<&Path>) -> anyhow::Result<Result<Release, String>> {
    let folder = from.map_or_else(|| root.join("public"), Path::to_owned);
    Ok(Release::read(&folder)?.ok_or_else(|| format!("inget bygge i {}: kör `samverk build` först", folder.display())))
}

fn tell(plan: &Plan, place: &Place, arguments: &Arguments, context: &Context) -> anyhow::Result<()> {
    let Plan { added, changed, removed, unchanged } = plan;
    if arguments.dry_run {
        for (word, paths) in [("ny", added), ("ändrad", changed), ("borttagen", removed)] {
            for path in paths {
                output::result(&format!("{word:<10} {path}"))?;
            }
        }
    }
    let (done, changes) = (if arguments.dry_run { "skulle bli" } else { "är nu" }, added.len() + changed.len());
    context.terminal.note(&format!(
        "{}: {changes} filer {done} skrivna ({} nya), {} borttagna, {unchanged} oförändrade",
        place.folder.display(),
        added.len(),
        removed.len(),
    ));
    Ok(())
}
