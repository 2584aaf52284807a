//! Drafts and their originals into the portal: new ones, and those that are imported again.

use super::Understood;
use crate::checksum::sha256;
use crate::import::again::{Again, again, difference};
use crate::import::{self, Vocabulary};
use crate::model::{Registers, slug};
use crate::output;
use anyhow::Context as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What has been written where.
pub(super) struct Keeper<'a> {
    pub root: PathBuf,
    pub registers: &'a Registers,
    vocabulary: &'a Vocabulary,
    merging: bool,
    /// The files of this run, by the document they became.
    written: BTreeMap<String, PathBuf>,
}

/// A document that is in place.
pub(super) struct Kept {
    /// `content/moten/x.md`
    pub document: String,
    pub how: How,
    pub difference: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    New,
    Same,
    Replaced,
    Merged,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(root: PathBuf, merging: bool, registers: &'a Registers, vocabulary: &'a Vocabulary) -> Self {
        Self { root, registers, vocabulary, merging, written: BTreeMap::new() }
    }

    /// Writes one draft, its original first. The inner error is what an editor is told.
    pub(super) fn keep(
        &mut self,
        file: &Path,
        understood: &Understood,
        id: Option<&str>,
    ) -> anyhow::Result<Result<Kept, String>> {
        let Understood { bytes, draft } = understood;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let id = id.map_or_else(|| import::document_id(draft, &name), str::to_owned);
        if id.split('/').any(|part| part.is_empty() || slug(part) != part) {
            return Ok(Err(format!("`{id}` kan inte vara ett id: använd a–z, 0–9 och bindestreck")));
        }
        if let Some(other) = self.written.get(&id) {
            return Ok(Err(format!("blir samma dokument som {}: content/{id}.md", other.display())));
        }
        self.written.insert(id.clone(), file.to_owned());
        let original = original(&id, &name, bytes);
        let text = import::document(draft, Some(&original));
        let path = self.root.join(format!("content/{id}.md"));
        let document = format!("content/{id}.md");
        let (text, how, difference) = match fs::read_to_string(&path) {
            Err(_) => (text, How::New, None),
            Ok(current) => match self.renewed(&document, &path, &current, &text) {
                Ok(renewed) => renewed,
                Err(why) => return Ok(Err(why)),
            },
        };
        if how != How::Same {
            let folder = path.parent().context("a document has a folder")?;
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            output::replace(&folder.join(&original.file), bytes)?;
            output::replace(&path, text.as_bytes())?;
        }
        Ok(Ok(Kept { document, how, difference }))
    }

    /// The text for a document that is there already, how it came about, and what differs from what stood there.
    fn renewed(
        &self,
        document: &str,
        path: &Path,
        current: &str,
        reading: &str,
    ) -> Result<(String, How, Option<String>), String> {
        let before = self.as_imported(path, current);
        let changed = difference(before.as_deref().unwrap_or(current), reading);
        let refused = |why: &str| Err(format!("{document} finns redan, {why}\n{}", changed.trim_end()));
        match again(current, before.as_deref(), reading) {
            Again::Same => Ok((current.to_owned(), How::Same, None)),
            Again::Replaced => Ok((reading.to_owned(), How::Replaced, Some(changed))),
            Again::Merged(text) if self.merging => {
                let changed = difference(current, &text);
                Ok((text, How::Merged, Some(changed)))
            }
            Again::Merged(_) => refused(
                "och har redigerats sedan importen: inget är skrivet. Lägg till --merge för att väva in det som originalet har ändrat:",
            ),
            Again::Conflict => refused(
                "och har redigerats på samma rader som originalet har ändrat: inget är skrivet. För in ändringarna för hand:",
            ),
            Again::Other => Err(format!(
                "{document} finns redan och är ett annat dokument: välj ett annat id med --id, eller ta bort det"
            )),
        }
    }

    /// The document as its kept original is read today, which is what it was before anyone edited it.
    fn as_imported(&self, path: &Path, current: &str) -> Option<String> {
        let file = import::answer::original_file(current)?;
        let bytes = fs::read(path.parent()?.join(&file)).ok()?;
        let draft = import::draft(&file, &bytes, self.registers, self.vocabulary).ok()?;
        Some(import::document(&draft, Some(&import::Kept { sha256: sha256(&bytes), file })))
    }
}

fn original(id: &str, name: &str, bytes: &[u8]) -> import::Kept {
    let ending = name.rsplit_once('.').map_or("txt".to_owned(), |(_, ending)| ending.to_lowercase());
    // A Markdown original would be read as a document of its own.
    let ending = if ending == "md" || ending == "markdown" { "txt".to_owned() } else { ending };
    let stem = id.rsplit('/').next().unwrap_or(id);
    import::Kept { file: format!("{stem}-original.{ending}"), sha256: sha256(bytes) }
}
