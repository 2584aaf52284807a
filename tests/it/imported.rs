//! The portal of RSS Dalarna with its handlings imported from their originals instead of written by an editor.

use crate::support::{copy, project, run, shared};
use std::fs;
use std::path::Path;

/// In a folder that goes with it.
pub struct Imported(tempfile::TempDir);

/// An original, the document that it becomes, and what an editor adds to it when asked.
type Original = (&'static str, &'static str, &'static str);

impl Imported {
    pub const FIVE: [Original; 5] = [
        (
            "minnesanteckningar-lanschefsnatverket-2026-01-29",
            "moten/2026-01-29-lanschefsnatverket",
            "datum: 2026-01-29\n",
        ),
        (
            "uppdragsbeskrivning-psykisk-halsa-ocr",
            "uppdrag/processgrupp-psykisk-halsa",
            "titel: Regional processgrupp psykisk hälsa och suicidprevention\n",
        ),
        (
            "uppdragsbeskrivning-samsjuklighet-dalarna",
            "uppdrag/processgrupp-samsjuklighet",
            "datum: 2026-01-29\ntitel: Regional processgrupp samsjuklighet\n",
        ),
        (
            "projektdirektiv-samsjuklighet-sormland",
            "uppdrag/integrerade-arbetssatt-sormland",
            "titel: Integrerade arbetssätt vid samsjuklighet i Sörmland\n",
        ),
        (
            "uppdragsdirektiv-rok-psykisk-funktionsnedsattning-2020",
            "uppdrag/revidering-rok-psykisk-funktionsnedsattning",
            "titel: Revidering av överenskommelsen om psykisk funktionsnedsättning\n",
        ),
    ];
    pub const MORE: [Original; 2] = [
        ("more/02_minnesanteckningar_lchnv", "moten/2026-09-17-lanschefsnatverket", ""),
        ("more/04_projektdirektiv", "uppdrag/projektdirektiv-digital-sip-i-vastmanlands-lan", ""),
    ];

    /// `None` where the originals are not there.
    pub fn new(originals: &[Original]) -> Option<Self> {
        let seeds = shared()?.join("seeds");
        let portal = Self(tempfile::tempdir().expect("a temporary folder"));
        ["site", "content"].iter().for_each(|part| copy(&project().join(part), &portal.root().join(part)));
        for (_, document, _) in Self::FIVE {
            fs::remove_file(portal.document(document)).expect("a document of the portal");
        }
        for (seed, document, answers) in originals {
            let path = seeds.join(format!("{seed}.txt"));
            let output = run(portal.root(), &["import", "--yes", &path.to_string_lossy()]);
            let draft = portal.root().join(String::from_utf8_lossy(&output.stdout).trim());
            let text = fs::read_to_string(&draft).expect("a draft");
            fs::remove_file(&draft).expect("a draft");
            let answered = text.replacen("---\n", &format!("---\n{answers}"), 1);
            fs::write(portal.document(document), answered).expect("a document");
        }
        Some(portal)
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    fn document(&self, id: &str) -> std::path::PathBuf {
        self.root().join("content").join(format!("{id}.md"))
    }
}
