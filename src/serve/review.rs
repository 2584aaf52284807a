//! The review of imported documents: what a source says beside what was read of it, and a form for what it left open.
//!
//! It exists in the preview only. Everything is shown without script; an answer is posted, written into the document's
//! front matter, and the browser sent back to the page.

use super::request::{Form, unescape};
use super::state::State;
use crate::checksum::sha256;
use crate::import::answer::{self, About, Answer, OpenQuestion, open_questions};
use crate::import::review::{Decided, Review, review};
use crate::import::{Vocabulary, read};
use crate::model::{Document, Kind, Portal, collation_key};
use crate::output;
use crate::render::Renderer;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::sync::Arc;

/// The page's address; `?dokument=ID` chooses one.
pub const PAGE: &str = "granska.html";
pub const STYLE: &str = "granska.css";
pub const CSS: &[u8] = include_bytes!("review.css");
const TEMPLATE: &str = include_str!("review.html");

/// What is sent back: a page, or where to go.
pub enum Shown {
    Page {
        status: u16,
        bytes: Vec<u8>,
    },
    /// Below the page's own address.
    Elsewhere(String),
    Refused(u16, &'static str),
}

/// A word that only pages of this process know: a form that does not send it back was not made by us.
#[derive(Debug)]
pub struct Token(String);

impl Token {
    /// Two keys of the hash maps are drawn from the system's own source of chance.
    pub fn new() -> Self {
        let draw = || RandomState::new().hash_one(std::time::SystemTime::now());
        Self(format!("{:016x}{:016x}", draw(), draw()))
    }
}

/// An answer that could not be one, to be shown beside its question.
struct Mistake {
    at: usize,
    said: String,
    why: String,
}

/// Shows the list of documents to review, or one of them.
pub fn show(state: &State, renderer: &Renderer, query: &str, token: &Token) -> Shown {
    let id = pairs(query).remove("dokument");
    match id {
        None => list(state, renderer),
        Some(id) => match renderer.portal().document(&id) {
            Some(document) => one(state, renderer, document, token, 200, None),
            None => Shown::Refused(404, "dokumentet finns inte"),
        },
    }
}

/// Takes an answer. The document is known by its id; no path comes from the browser.
pub fn take(state: &State, renderer: &Renderer, form: &Form, token: &Token) -> Shown {
    let mut fields = pairs(&form.body);
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    if field("token") != token.0 {
        return Shown::Refused(403, "sidan är för gammal: läs om den och svara igen");
    }
    let Some(document) = renderer.portal().document(&field("dokument")) else {
        return Shown::Refused(404, "dokumentet finns inte");
    };
    let path = state.root().join(&document.place.source.path);
    let Ok(text) = fs::read_to_string(&path) else { return Shown::Refused(404, "dokumentets fil finns inte") };
    let (at, said) = (field("fraga").parse().unwrap_or(usize::MAX), field("svar"));
    if field("summa") != sha256(text.as_bytes()) {
        let why = "dokumentet har ändrats sedan sidan visades: se efter och svara igen".to_owned();
        return one(state, renderer, document, token, 409, Some(Mistake { at, said, why }));
    }
    let answer = if field("klar").is_empty() { Answer::Is(&said) } else { Answer::Settled };
    match answer::answer(&text, at, answer, &renderer.portal().registers) {
        Err(why) => one(state, renderer, document, token, 422, Some(Mistake { at, said, why })),
        Ok(text) => match output::replace(&path, text.as_bytes()) {
            Ok(()) => Shown::Elsewhere(format!("{PAGE}?dokument={}#fragor", document.id)),
            Err(_) => Shown::Refused(500, "filen kunde inte skrivas"),
        },
    }
}

/// The fields of a query or a form; what cannot be read is left out.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter_map(|(key, value)| Some((unescape(key)?, unescape(value)?))).collect()
}

#[derive(Serialize)]
struct Listed {
    title: String,
    url: String,
    about: Vec<&'static str>,
    draft: bool,
    original: bool,
}

/// Every document with open questions or an original that can be read, those with most questions first.
fn list(state: &State, renderer: &Renderer) -> Shown {
    let portal = renderer.portal();
    let listed = portal.documents.iter().filter_map(|document| {
        let open = open_questions(&text(state, document));
        let original = original(document).is_some();
        let about = open.iter().map(|question| question.about.word()).collect::<Vec<_>>();
        (original || !about.is_empty()).then(|| Listed {
            title: document.title.clone(),
            url: format!("{PAGE}?dokument={}", document.id),
            about,
            draft: document.draft == crate::model::Draft::Draft,
            original,
        })
    });
    let mut listed: Vec<Listed> = listed.collect();
    listed.sort_by_cached_key(|row| (std::cmp::Reverse(row.about.len()), collation_key(&row.title)));
    page(renderer, "Granska importerade dokument", 200, vec![("listed", value(listed))])
}

#[derive(Serialize)]
struct Asked {
    at: usize,
    about: &'static str,
    label: String,
    question: String,
    /// How an answer is written; `None` where the text has to be changed.
    form: Option<&'static str>,
    control: Control,
    options: Vec<(String, String)>,
    lines: Vec<(usize, String)>,
    said: String,
    why: Option<String>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Control {
    Text,
    Date,
    Area,
    Select,
}

fn one(
    state: &State,
    renderer: &Renderer,
    document: &Arc<Document>,
    token: &Token,
    status: u16,
    mistake: Option<Mistake>,
) -> Shown {
    let portal = renderer.portal();
    let text = text(state, document);
    let (review, unread) = match reviewed(state, portal, document) {
        Some(Ok(review)) => (Some(review), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    let asked: Vec<Asked> = open_questions(&text)
        .into_iter()
        .enumerate()
        .map(|(at, open)| asked(at, open, portal, review.as_ref(), mistake.as_ref()))
        .collect();
    let said = |part: &[&str]| {
        let mentions = review.iter().flat_map(|review| &review.mentions);
        mentions.filter(|mention| part.contains(&mention.part)).count()
    };
    let counts = (said(&["beslutar", "beslut"]), said(&["återgivet beslut"]));
    let untied = review.iter().flat_map(|review| &review.decisions).filter(|tied| tied.line.is_none()).count();
    let url = document.url().to_string();
    let values = vec![
        ("document", value(Named { id: document.id.as_str(), title: &document.title, url: &url })),
        ("meeting", Value::from(matches!(document.kind, Kind::Meeting(_)))),
        ("token", Value::from(token.0.as_str())),
        ("checksum", Value::from(sha256(text.as_bytes()))),
        ("mistake", Value::from(mistake.filter(|mistake| mistake.at >= asked.len()).map(|mistake| mistake.why))),
        ("asked", value(asked)),
        ("review", value(review)),
        ("unread", Value::from(unread)),
        ("read_as_decisions", Value::from(counts.0)),
        ("read_as_reported", Value::from(counts.1)),
        ("untied", Value::from(untied)),
        ("original", Value::from(original(document).map(|file| file.trim_start_matches("content/").to_owned()))),
    ];
    page(renderer, &format!("Granska: {}", document.title), status, values)
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
    url: &'a str,
}

fn asked(at: usize, open: OpenQuestion, portal: &Portal, review: Option<&Review>, mistake: Option<&Mistake>) -> Asked {
    let OpenQuestion { about, question, lines } = open;
    let own = mistake.filter(|mistake| mistake.at == at);
    let (control, options) = control(about, portal);
    let line = |number: &usize| {
        let shown = review.iter().flat_map(|review| &review.rows).flat_map(|row| &row.lines);
        let found = shown.into_iter().find(|line| line.number == *number);
        let text = found.map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>());
        (*number, text.unwrap_or_default().trim().to_owned())
    };
    Asked {
        at,
        about: about.word(),
        label: crate::model::capitalised(about.word()),
        form: about.form(),
        control,
        options,
        lines: lines.iter().map(line).collect(),
        said: own.map(|mistake| mistake.said.clone()).unwrap_or_default(),
        why: own.map(|mistake| mistake.why.clone()),
        question,
    }
}

fn control(about: About, portal: &Portal) -> (Control, Vec<(String, String)>) {
    match about {
        About::Typ => {
            let words = about.form().unwrap_or_default().replace(" eller ", ", ");
            (Control::Select, words.split(", ").map(|word| (word.to_owned(), word.to_owned())).collect())
        }
        About::Organ => {
            let bodies = portal.registers.bodies.iter();
            let mut options: Vec<_> = bodies.map(|body| (body.id.as_str().to_owned(), body.name.clone())).collect();
            options.sort_by_cached_key(|(_, name)| collation_key(name));
            (Control::Select, options)
        }
        About::Datum => (Control::Date, Vec::new()),
        about if about.is_list() => (Control::Area, Vec::new()),
        _ => (Control::Text, Vec::new()),
    }
}

/// The original read anew; `None` where the document has none that can be read.
fn reviewed(state: &State, portal: &Portal, document: &Document) -> Option<Result<Review, String>> {
    let file = original(document)?;
    let bytes = read::file(&state.root().join(file));
    let vocabulary = Vocabulary::of(&portal.registers).with_installed();
    let read = bytes.and_then(|bytes| review(file, &bytes, &portal.registers, &vocabulary, &decided(document)));
    Some(read.map_err(|refusal| refusal.to_string()))
}

fn original(document: &Document) -> Option<&str> {
    document.original.as_ref()?.file.as_deref().filter(|file| read::is_known(file))
}

fn decided(document: &Document) -> Vec<Decided> {
    let Kind::Meeting(meeting) = &document.kind else { return Vec::new() };
    let decided = meeting.decisions.iter().map(|decision| Decided {
        item: decision.item.map_or(String::new(), |at| meeting.agenda[at].number.clone()),
        text: decision.text.clone(),
        anchor: format!("{}#b-{}", document.url(), decision.id),
    });
    decided.collect()
}

/// The document's text as it stands on disk now, which the state may be a moment behind.
fn text(state: &State, document: &Document) -> String {
    let path = state.root().join(Path::new(&document.place.source.path));
    fs::read_to_string(path).unwrap_or_else(|_| document.place.source.text.to_string())
}

fn page(renderer: &Renderer, title: &str, status: u16, values: Vec<(&'static str, Value)>) -> Shown {
    match renderer.framed(PAGE, title, TEMPLATE, values.into_iter().collect()) {
        Ok(bytes) => Shown::Page { status, bytes },
        // The theme's own base is at fault, which every other page tells of too.
        Err(_) => Shown::Refused(500, "temats mall base.html har ett fel"),
    }
}

fn value<T: Serialize>(view: T) -> Value {
    Value::from(Serde(view))
}
