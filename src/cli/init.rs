//! `samverk init`: a new portal with registers and one document of each type.

use super::new::fill;
use super::{Context, Outcome, output, today};
use anyhow::Context as _;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The files of a new portal, and the titles that its documents get.
const FILES: [(&str, &str, &str); 14] = [
    ("site/site.yaml", include_str!("archetypes/site.yaml"), ""),
    ("site/organ.yaml", include_str!("archetypes/organ.yaml"), ""),
    ("site/ämnen.yaml", include_str!("archetypes/amnen.yaml"), ""),
    ("site/ordlista.yaml", include_str!("archetypes/ordlista.yaml"), ""),
    ("site/lagrum.yaml", include_str!("archetypes/lagrum.yaml"), ""),
    ("content/_index.md", include_str!("archetypes/start.md"), ""),
    ("content/om.md", include_str!("archetypes/sida.md"), "Om portalen"),
    ("content/moten/_index.md", include_str!("archetypes/moten.md"), ""),
    ("content/moten/exempel.md", include_str!("archetypes/mote.md"), "Samverkansgruppen, exempelmöte"),
    ("content/uppdrag/_index.md", include_str!("archetypes/uppdragen.md"), ""),
    ("content/uppdrag/exempel.md", include_str!("archetypes/uppdrag.md"), "Exempel på uppdrag"),
    ("content/overenskommelser/_index.md", include_str!("archetypes/overenskommelserna.md"), ""),
    ("content/overenskommelser/exempel.md", include_str!("archetypes/overenskommelse.md"), "RÖK Exempel"),
    (".gitignore", "/public\n/.samverk\n", ""),
];

/// The body that the example documents belong to.
const BODY: (&str, &str) = ("samverkansgruppen", "Samverkansgruppen");
/// What an example says that a new document leaves for its editor to say.
const EXAMPLES: [(&str, &str); 2] = [
    ("ämnen: []", "ämnen: [samverkan]"),
    ("# uppföljning: [{kadens: årligen, vem: organ}]", "uppföljning: [{kadens: årligen, vem: samverkansgruppen}]"),
];

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        context.terminal.error(&format!("{} is not empty", folder.display()));
        return Ok(Outcome::WrongArguments);
    }
    for (path, text, title) in FILES {
        let text = match title {
            "" => text.replace("{datum}", &today(None).to_string()),
            title => {
                let text = fill(text, title, Some(today(None)), Some(BODY));
                EXAMPLES.iter().fold(text, |text, (left, said)| text.replace(left, said))
            }
        };
        write(&folder.join(path), &text)?;
    }
    output::result(&format!("{}: ny portal; kör `samverk --root {} serve`", folder.display(), folder.display()))?;
    Ok(Outcome::Done)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
