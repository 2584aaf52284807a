//! `content/**.md` into sections and documents.

use super::file_names;
use super::files::{AssetFile, Sources};
use super::front_matter::{OneOrMany, Scalar, decode, split};
use super::headings::{self, Numbering, join};
use super::internal_blocks::without_internal_blocks;
use super::records::{
    AttachmentRecord, CommonRecord, DefaultsRecord, OriginalRecord, PageRecord, QualityWord, QuestionRecord,
    RevisionRecord, VisibilityWord,
};
use super::values::date;
use crate::diagnostic::{Diagnostic, Place, SourceText, nearest};
use crate::model::{
    Attachment, BodyId, DecisionRef, Document, DocumentId, Draft, InMenu, Kind, Original, Page, Party, Quality,
    Reference, Registers, Revision, Text, TopicId, Visibility, slug,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a document's reading depends on besides its own file.
pub struct Context<'a> {
    pub registers: &'a Registers,
    pub inherited: &'a Inherited,
    pub sources: &'a Sources,
    /// The site's own county.
    pub county: Option<&'a str>,
}

/// The `förval` of every folder that has some.
#[derive(Clone, Debug, Default)]
pub struct Inherited(pub BTreeMap<String, DefaultsRecord>);

impl Inherited {
    /// The defaults for a document in `folder` (below `content/`), nearest folder first.
    fn get<T>(&self, folder: &str, key: impl Fn(&DefaultsRecord) -> Option<T>) -> Option<T> {
        let mut folder = folder;
        loop {
            if let Some(value) = self.0.get(folder).and_then(&key) {
                return Some(value);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
}

/// Reads one document. Its path gives its id; `None` when nothing of it can be used.
pub fn document(source: &Arc<SourceText>, context: &Context<'_>) -> (Option<Document>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let document = read(source, context, &mut problems).map(|document| {
        let cut = without_internal_blocks(&document, context.registers).map(Arc::new);
        Document { cut, ..document }
    });
    (document, problems)
}

fn read(source: &Arc<SourceText>, context: &Context<'_>, problems: &mut Vec<Diagnostic>) -> Option<Document> {
    let (yaml, body) = split(source).map_err(|problem| problems.push(problem)).ok()?;
    let id = id(source, problems);
    let section = id.as_str().rsplit_once('/').map_or("", |(section, _)| section).to_owned();
    let place = Place::at(source, yaml.clone());
    let written = type_word(&source.text[yaml.clone()]);
    let typ = written.clone().or_else(|| context.inherited.get(&section, |defaults| defaults.typ.clone()));
    let reader = Reader { source, yaml, body, place, id, section, context };
    match typ.as_deref() {
        Some("möte") => reader.meeting(problems),
        Some("uppdrag") => reader.assignment(problems),
        Some("överenskommelse") => reader.agreement(problems),
        Some("sida") | None => reader.page(problems),
        Some(other) => {
            let known = ["möte", "uppdrag", "överenskommelse", "sida"];
            let problem = Diagnostic::error("okänd-typ", reader.place.of("typ", other), format!("okänd typ `{other}`"));
            problems.push(match nearest(other, known) {
                Some(near) => problem.hint(format!("menade du `{near}`?")),
                None => problem.hint(format!("välj en av: {}", known.join(", "))),
            });
            None
        }
    }
}

/// The id of the document in the file at `path`, below the portal's root.
pub fn document_id(path: &str) -> DocumentId {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    DocumentId::new(path.split('/').map(slug_file).collect::<Vec<_>>().join("/"))
}

/// The same; a path that cannot be a web address on every host is reported.
fn id(source: &SourceText, problems: &mut Vec<Diagnostic>) -> DocumentId {
    problems.extend(file_names::reserved(&source.path));
    let path = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let id = document_id(&source.path);
    let ascii = id.as_str();
    if ascii != path || path.len() > 110 {
        let message = if ascii == path {
            "filens sökväg är längre än 110 tecken".to_owned()
        } else {
            format!("filnamnet `{path}.md` duger inte som webbadress")
        };
        problems.push(
            Diagnostic::error("filnamn", Place::path(source.path.clone()), message)
                .hint(format!("byt namn på filen till `content/{ascii}.md`")),
        );
    }
    id
}

fn slug_file(part: &str) -> String {
    part.split('.').map(slug).collect::<Vec<_>>().join(".")
}

/// The value of a top-level `typ:`. The record to read is chosen by it, before YAML is read.
fn type_word(yaml: &str) -> Option<String> {
    let value = yaml.lines().find_map(|line| line.strip_prefix("typ:"))?;
    Some(value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned())
}

/// A file whose front matter is being turned into a document.
pub struct Reader<'a> {
    pub source: &'a Arc<SourceText>,
    yaml: Range<usize>,
    pub body: Range<usize>,
    pub place: Place,
    id: DocumentId,
    section: String,
    pub context: &'a Context<'a>,
}

impl Reader<'_> {
    pub fn decode<T: DeserializeOwned>(&self, problems: &mut Vec<Diagnostic>) -> Option<T> {
        let (record, found) = decode::<T>(self.source, self.yaml.clone());
        problems.extend(found);
        record
    }

    fn page(&self, problems: &mut Vec<Diagnostic>) -> Option<Document> {
        let (common, (template, weight, menu)) = self.decode::<PageRecord>(problems)?.split();
        let (text, _, found) = headings::text(self.source, self.body.clone(), Numbering::None);
        problems.extend(found);
        let page = Page {
            template,
            weight: weight.unwrap_or_default(),
            in_menu: if menu == Some(true) { InMenu::Yes } else { InMenu::No },
        };
        Some(self.finish(common, Kind::Page(page), text, problems))
    }

    pub fn decision_ref(&self, key: &str, text: &str, problems: &mut Vec<Diagnostic>) -> Option<DecisionRef> {
        let found = DecisionRef::parse(text);
        if found.is_none() {
            problems.push(
                Diagnostic::error(
                    "beslut-hänvisning",
                    self.place.of(key, text),
                    format!("`{text}` är ingen hänvisning till ett beslut"),
                )
                .hint("skriv dokumentets id, # och beslutets ankare: moten/2026-01-29-namn#b-6b-1"),
            );
        }
        found
    }

    pub fn body_id(&self, common: &CommonRecord) -> Option<BodyId> {
        let own = common.organ.clone();
        own.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.organ.clone())).map(BodyId::new)
    }

    pub fn finish(&self, common: CommonRecord, kind: Kind, text: Text, problems: &mut Vec<Diagnostic>) -> Document {
        let body = self.body_id(&common);
        let CommonRecord {
            titel,
            datum,
            organ: _,
            ämnen,
            synlighet,
            sammanfattning,
            dnr,
            version,
            versioner,
            bilagor,
            ersätter,
            grundas_på,
            relaterar,
            original,
            källkvalitet,
            korrekturläst,
            alias,
            utkast,
            län,
            frågor,
        } = common;
        problems.extend(self.open_questions(&frågor));
        let defaults =
            |key: fn(&DefaultsRecord) -> Option<VisibilityWord>| self.context.inherited.get(&self.section, key);
        let visibility = synlighet.or_else(|| defaults(|defaults| defaults.synlighet));
        let visibility = visibility.map_or(Visibility::Internal, VisibilityWord::visibility);
        let quality =
            källkvalitet.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.källkvalitet));
        let county = län.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.län.clone()));
        let topics = ämnen.or_else(|| self.context.inherited.get(&self.section, |defaults| defaults.ämnen.clone()));
        Document {
            id: self.id.clone(),
            title: self.title(titel, utkast, problems),
            date: datum.and_then(|day| date("datum", &day, &self.place, problems)),
            body,
            topics: topics.into_iter().flatten().map(TopicId::new).collect(),
            visibility,
            summary: sammanfattning,
            dnr: dnr.map(|dnr| dnr.0),
            version: version.map(|version| version.0),
            versions: versioner.into_iter().map(|record| self.revision(record, problems)).collect(),
            attachments: bilagor.into_iter().map(|record| self.attachment(record, problems)).collect(),
            replaces: document_ids(ersätter),
            founded_on: grundas_på.0.into_iter().map(reference).collect(),
            relates: relaterar.0.into_iter().map(reference).collect(),
            original: original.map(|record| self.original(record, problems)),
            quality: match quality {
                Some(QualityWord::Ocr) => Quality::Ocr,
                Some(QualityWord::Digital) | None => Quality::Digital,
            },
            proofread: korrekturläst.and_then(|day| date("korrekturläst", &day, &self.place, problems)),
            aliases: alias.0,
            draft: if utkast { Draft::Draft } else { Draft::Finished },
            county: county.filter(|county| Some(county.as_str()) != self.context.county),
            kind,
            text,
            cut: None,
            place: self.place.clone(),
        }
    }

    /// One warning for all: each is told where it is answered.
    fn open_questions(&self, open: &[QuestionRecord]) -> Option<Diagnostic> {
        let about: Vec<&str> = open.iter().map(|question| question.gäller.as_str()).collect();
        let message = format!("obesvarade frågor från importen: {}", about.join(", "));
        let hint =
            "svara i förhandsvisningen (`samverk serve`, sidan Granska), eller skriv uppgiften och ta bort frågan";
        let problem = Diagnostic::warning("öppna-frågor", self.place.of("frågor", ""), message).hint(hint);
        (!open.is_empty()).then_some(problem)
    }

    /// A finished document has a title; a draft without one goes by its file's name until it gets one.
    fn title(&self, written: Option<Scalar>, draft: bool, problems: &mut Vec<Diagnostic>) -> String {
        if let Some(title) = written {
            return title.0;
        }
        let missing = "nyckeln `titel` saknas";
        let problem = match draft {
            true => Diagnostic::warning("nyckel-saknas", self.place.of("typ", ""), missing),
            false => Diagnostic::error("nyckel-saknas", self.place.of("typ", ""), missing),
        };
        problems.push(problem.hint("lägg till en rad `titel: …`"));
        self.id.as_str().rsplit('/').next().unwrap_or_default().to_owned()
    }

    fn revision(&self, record: RevisionRecord, problems: &mut Vec<Diagnostic>) -> Revision {
        let RevisionRecord { version, datum, kommentar } = record;
        let date = datum.and_then(|day| date("datum", &day, &self.place, problems));
        Revision { version: version.0, date, comment: kommentar }
    }

    fn attachment(&self, record: AttachmentRecord, problems: &mut Vec<Diagnostic>) -> Attachment {
        let AttachmentRecord { beteckning, punkt, titel, fil, synlighet } = record;
        Attachment {
            label: beteckning,
            item: punkt.map(|item| item.0),
            title: titel,
            file: fil.and_then(|file| self.file(&file, problems)).map(|(path, _)| path),
            visibility: synlighet.map_or(Visibility::Internal, VisibilityWord::visibility),
        }
    }

    fn original(&self, record: OriginalRecord, problems: &mut Vec<Diagnostic>) -> Original {
        let OriginalRecord { fil, sha256, finns_hos, sidor, synlighet } = record;
        let file = fil.and_then(|file| self.file(&file, problems));
        if let (Some((path, asset)), Some(wanted)) = (&file, &sha256) {
            self.check_hash(path, asset, wanted, problems);
        }
        Original {
            file: file.map(|(path, _)| path),
            sha256,
            held_by: finns_hos,
            pages: sidor,
            visibility: synlighet.map_or(Visibility::Internal, VisibilityWord::visibility),
        }
    }

    fn check_hash(&self, path: &str, asset: &AssetFile, wanted: &str, problems: &mut Vec<Diagnostic>) {
        let message = match asset.sha256() {
            Ok(found) if found.eq_ignore_ascii_case(wanted) => return,
            Ok(found) => format!("`{path}` har ändrats: dess kontrollsumma är {found}"),
            Err(error) => format!("`{path}` kan inte läsas: {error}"),
        };
        problems.push(
            Diagnostic::error("fel-kontrollsumma", self.place.of("sha256", wanted), message)
                .hint("lägg tillbaka originalet, eller granska ändringen och skriv den nya kontrollsumman"),
        );
    }

    /// A file named relative to the document; one that is missing is reported.
    fn file(&self, written: &str, problems: &mut Vec<Diagnostic>) -> Option<(String, AssetFile)> {
        let folder = self.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = join(folder, written);
        match path.as_ref().and_then(|path| self.context.sources.assets.get(path)) {
            Some(asset) => Some((path?, asset.clone())),
            None => {
                problems.push(
                    Diagnostic::error(
                        "fil-saknas",
                        self.place.of("fil", written),
                        format!("filen `{written}` finns inte"),
                    )
                    .hint(format!("lägg filen i `{folder}/` eller rätta namnet; sökvägen räknas från dokumentet")),
                );
                None
            }
        }
    }
}

pub fn numbering(kind: &Kind) -> Numbering {
    match kind {
        Kind::Meeting(_) => Numbering::Items,
        Kind::Assignment(_) | Kind::Agreement(_) => Numbering::Sections,
        Kind::Page(_) => Numbering::None,
    }
}

pub fn parties(texts: OneOrMany<String>) -> Vec<Party> {
    texts.0.into_iter().map(party).collect()
}

/// A text in the form of an id names a body of the register; any other is words.
pub fn party(text: String) -> Party {
    if slug(&text) == text { Party::Body(BodyId::new(text)) } else { Party::Text(text) }
}

/// A path of ids names a document of the portal, also when it is written as a link or with the place in it; any other text
/// is words or an address outside the portal. What only may be an id is taken for one: as words it would tell the public
/// of a document that is internal.
pub fn reference(text: String) -> Reference {
    let path = text.split('#').next().unwrap_or_default().trim();
    let linked = path.starts_with("@/") || path.ends_with(".md");
    let path = path.trim_start_matches("@/").trim_start_matches(['.', '/']);
    let path = path.strip_prefix("content/").unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let is_id = !path.is_empty() && path.split('/').all(|part| !part.is_empty() && slug_file(part) == part);
    let is_path = path.contains('/') && !path.contains([' ', ':']);
    if is_id || linked || is_path { Reference::Document(DocumentId::new(path)) } else { Reference::Text(text) }
}

pub fn document_ids(texts: OneOrMany<String>) -> Vec<DocumentId> {
    texts.0.into_iter().map(DocumentId::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_named_in_many_ways() {
        for text in
            ["moten/x", "moten/x#b-1-1", "@/moten/x.md", "@/moten/x.md#punkt-1", "/moten/x", "content/moten/x.md"]
        {
            assert_eq!(reference(text.to_owned()), Reference::Document(DocumentId::new("moten/x")), "{text}");
        }
        // Told as unknown, rather than shown to the public as words.
        for text in ["moten/Hemligt_möte", "@/Moten/X Y.md", "Hemligt.md"] {
            assert!(matches!(reference(text.to_owned()), Reference::Document(_)), "{text}");
        }
        for text in ["Socialtjänstlagen (2025:400)", "SOU 2021:93", "https://skr.se/rapport#kap-2", "God och nära vård"]
        {
            assert_eq!(reference(text.to_owned()), Reference::Text(text.to_owned()));
        }
    }
}
