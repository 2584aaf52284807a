//! A build as one file for the archive.

use super::Release;
use crate::output::MANIFEST;
use anyhow::Context;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs every file of `build` and its manifest into a ZIP file: the same build gives the same bytes.
///
/// # Errors
/// When the build is not what its manifest says ([`super::Refusal`]), or when a disk refuses; an older `file` is left
/// as it was then.
pub fn archive(build: &Release, file: &Path) -> anyhow::Result<()> {
    build.verify(build.manifest.files.keys().map(String::as_str))?;
    let beside = file.with_extension("zip.part");
    let written = pack(build, &beside)
        .and_then(|()| fs::rename(&beside, file).with_context(|| format!("cannot write {}", file.display())));
    if written.is_err() {
        // What is half written is of no use to anyone.
        drop(fs::remove_file(&beside));
    }
    written
}

fn pack(build: &Release, to: &Path) -> anyhow::Result<()> {
    let file = File::create(to).with_context(|| format!("cannot write {}", to.display()))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    // The format's first day stands for no day at all.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for path in build.manifest.files.keys() {
        zip.start_file(path, options)?;
        let bytes = fs::read(build.folder.join(path)).with_context(|| format!("cannot read {path}"))?;
        zip.write_all(&bytes)?;
    }
    zip.start_file(MANIFEST, options)?;
    zip.write_all(&build.manifest.to_json()?)?;
    zip.finish()?.flush().with_context(|| format!("cannot write {}", to.display()))
}
