//! The seeds again as Word, OpenDocument and PDF files, made by an office suite where one is installed: what they hold
//! does not depend on what they are kept in.

use super::pdf_roads::{OWN, imported};
use super::seeds::{compare, keys, read};
use crate::support::shared;
use samverk::import::{Vocabulary, draft};
use samverk::model::Registers;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn no_decision_is_lost_or_invented_in_any_format() {
    let Some(shared) = shared() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let keys: Vec<PathBuf> = ["seeds", "seeds/more"].iter().flat_map(|part| keys(&shared.join(part))).collect();
    let sources: Vec<PathBuf> = keys.iter().map(|key| source(key)).filter(|source| source.exists()).collect();
    for ending in ["docx", "odt", "pdf"] {
        if !convert(&sources, ending, folder.path()) {
            eprintln!("SKIPPED: office files are not made: install libreoffice-writer-nogui");
            return;
        }
        for key in &keys {
            let name = source(key).with_extension(ending).file_name().expect("a name").to_string_lossy().into_owned();
            let Ok(bytes) = fs::read(folder.path().join(&name)) else { continue };
            let draft = draft(&name, &bytes, &Registers::default(), &Vocabulary::default());
            let draft = draft.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            let key: Value = serde_json::from_slice(&fs::read(key).expect("a key")).expect("JSON");
            compare(Path::new(&name), &key, &read(&draft));
            if ending == "pdf" {
                let (_, draft, _) = imported(&folder.path().join(&name), OWN);
                compare(Path::new(&format!("{name}, built-in reader")), &key, &draft);
            }
        }
    }
}

fn source(key: &Path) -> PathBuf {
    PathBuf::from(key.to_string_lossy().replace(".key.json", ".txt"))
}

/// `false` where no office suite is installed.
fn convert(sources: &[PathBuf], ending: &str, to: &Path) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", to.join("profile").display());
    let made = Command::new("soffice")
        .args(["--headless", &profile, "--infilter=Text (encoded):UTF8", "--convert-to", ending, "--outdir"])
        .arg(to)
        .args(sources)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let made = made.is_ok_and(|status| status.success());
    made && sources.iter().all(|source| to.join(source.with_extension(ending).file_name().expect("a name")).exists())
}
