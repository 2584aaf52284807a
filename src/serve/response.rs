//! What the preview answers.

use super::Shared;
use super::request::{self, Refusal};
use super::review::{self, Shown};
use super::state::State;
use crate::diagnostic::Diagnostic;
use crate::model::SEARCH_CLIENT;
use crate::render::{Renderer, Route};
use crate::search::PREVIEW_CLIENT;
use std::io::Write;
use tiny_http::{Method, Request, StatusCode};

/// What the review may load and where its forms may go: nothing and nowhere but here.
const GUARDED: &str =
    "Content-Security-Policy: default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n";

/// The script that every page of the preview loads.
const LIVE_JS: &str = include_str!("live.js");

struct Answer {
    status: u16,
    kind: &'static str,
    bytes: Vec<u8>,
    /// Further headers, each with its line end.
    head: String,
}

/// Answers one request.
pub fn answer(mut request: Request, shared: &Shared, port: u16) {
    let state = shared.current();
    if *request.method() == Method::Post {
        let answer = match request::form(&mut request, &shared.options.host, port) {
            Ok(form) => take(shared, &state, &form),
            Err(refusal) => refused(refusal),
        };
        return write(request, &answer);
    }
    let answer = match request::path(&request, &shared.options.host, port) {
        Ok((path, seen)) if path == "live" => {
            return shared.subscribers.add(request.into_writer(), || shared.current().first_event(&seen));
        }
        Ok((path, query)) => page(shared, &state, &path, &query),
        Err(refusal) => refused(refusal),
    };
    write(request, &answer);
}

/// Writes the answer and asks for the connection to be closed.
///
/// The server library gives every open connection a thread, and a connection that comes while all are taken may wait for
/// good: connections that nobody needs any more must not stay. It lets no `Connection` header through its own responses.
fn write(request: Request, answer: &Answer) {
    let Answer { status, kind, bytes, head: more } = answer;
    let reason = StatusCode(*status).default_reason_phrase();
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n{more}Connection: close\r\n\r\n",
        bytes.len()
    );
    let body: &[u8] = if *request.method() == Method::Head { &[] } else { bytes };
    let mut writer = request.into_writer();
    // A reader who went away is nobody's fault.
    drop(writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(body)).and_then(|()| writer.flush()));
}

fn refused((status, why): Refusal) -> Answer {
    Answer::new(status, "text/plain; charset=utf-8", why.as_bytes().to_vec())
}

impl Answer {
    fn new(status: u16, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { status, kind, bytes, head: String::new() }
    }
}

/// An answer to a question of an imported document; no other form is taken.
fn take(shared: &Shared, state: &State, form: &request::Form) -> Answer {
    match state.good() {
        _ if form.path != review::PAGE => refused((405, "bara GET och HEAD besvaras")),
        None => broken(&state.report()),
        Some(renderer) => shown(review::take(state, renderer, form, &shared.token)),
    }
}

fn shown(shown: Shown) -> Answer {
    match shown {
        Shown::Page { status, bytes } => {
            Answer { head: GUARDED.to_owned(), ..Answer::new(status, kind("x.html"), bytes) }
        }
        Shown::Elsewhere(place) => {
            Answer { head: format!("Location: /{place}\r\n"), ..Answer::new(303, kind("x.txt"), Vec::new()) }
        }
        Shown::Refused(status, why) => refused((status, why)),
    }
}

fn page(shared: &Shared, state: &State, path: &str, query: &str) -> Answer {
    if path == "live.js" {
        return Answer::new(200, kind(path), LIVE_JS.as_bytes().to_vec());
    }
    let Some(renderer) = state.good() else { return broken(&state.report()) };
    if path == SEARCH_CLIENT {
        return Answer::new(200, kind(path), PREVIEW_CLIENT.as_bytes().to_vec());
    }
    match path {
        review::PAGE => return shown(review::show(state, renderer, query, &shared.token)),
        review::STYLE => return Answer::new(200, kind(path), review::CSS.to_vec()),
        _ => {}
    }
    if path.starts_with("api/") {
        return match state.answer(path, query) {
            Some(bytes) => Answer::new(200, kind("x.json"), bytes),
            None => refused((404, "frågan finns inte")),
        };
    }
    let path = if path.is_empty() { "index.html" } else { path };
    match renderer.find(path) {
        Some(Route::NotFound) | None => not_found(renderer),
        Some(route) => rendered(renderer.render(&route), 200, path),
    }
}

fn not_found(renderer: &Renderer) -> Answer {
    rendered(renderer.render(&Route::NotFound), 404, "404.html")
}

fn rendered(result: Result<Vec<u8>, Box<Diagnostic>>, status: u16, path: &str) -> Answer {
    match result {
        Ok(bytes) => Answer::new(status, kind(path), bytes),
        Err(fault) => broken(&fault.render(&annotate_snippets::Renderer::plain())),
    }
}

/// A page that says what is wrong, and reloads when it is mended.
fn broken(report: &str) -> Answer {
    let report = ammonia::clean_text(report);
    let page = format!(
        "<!DOCTYPE html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Innehållet har fel</title>\
         <script src=\"/live.js?0\" defer></script><main><h1>Innehållet har fel</h1>\
         <p>Rätta felet och spara: sidan laddas om av sig själv.</p><pre>{report}</pre></main></html>"
    );
    Answer::new(500, "text/html; charset=utf-8", page.into_bytes())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
