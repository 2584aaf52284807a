//! What the preview answers.

use super::Shared;
use super::request::{self, Refusal};
use super::state::State;
use crate::diagnostic::Diagnostic;
use crate::render::{Renderer, Route};
use crate::search::PREVIEW_CLIENT;
use std::io::Write;
use tiny_http::{Method, Request, StatusCode};

/// The script that every page of the preview loads.
const LIVE_JS: &str = include_str!("live.js");

struct Answer {
    status: u16,
    kind: &'static str,
    bytes: Vec<u8>,
}

/// Answers one request.
pub fn answer(request: Request, shared: &Shared, port: u16) {
    let state = shared.current();
    let answer = match request::path(&request, &shared.options.host, port) {
        Ok((path, _)) if path == "live" => {
            let first = if state.has_errors() { state.event() } else { String::new() };
            return shared.subscribers.add(request.into_writer(), &first);
        }
        Ok((path, query)) => page(&state, &path, &query),
        Err(refusal) => refused(refusal),
    };
    write(request, &answer);
}

/// Writes the answer and asks for the connection to be closed.
///
/// The server library gives every open connection a thread, and a connection that comes while all are taken may wait for
/// good: connections that nobody needs any more must not stay. It lets no `Connection` header through its own responses.
fn write(request: Request, answer: &Answer) {
    let Answer { status, kind, bytes } = answer;
    let reason = StatusCode(*status).default_reason_phrase();
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let body: &[u8] = if *request.method() == Method::Head { &[] } else { bytes };
    let mut writer = request.into_writer();
    // A reader who went away is nobody's fault.
    drop(writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(body)).and_then(|()| writer.flush()));
}

fn refused((status, why): Refusal) -> Answer {
    Answer { status, kind: "text/plain; charset=utf-8", bytes: why.as_bytes().to_vec() }
}

fn page(state: &State, path: &str, query: &str) -> Answer {
    if path == "live.js" {
        return Answer { status: 200, kind: kind(path), bytes: LIVE_JS.as_bytes().to_vec() };
    }
    let Some(renderer) = state.good() else { return broken(&state.report()) };
    if path == "sok/client.js" {
        return Answer { status: 200, kind: kind(path), bytes: PREVIEW_CLIENT.as_bytes().to_vec() };
    }
    if path.starts_with("api/") {
        return match state.answer(path, query) {
            Some(bytes) => Answer { status: 200, kind: kind("x.json"), bytes },
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
        Ok(bytes) => Answer { status, kind: kind(path), bytes },
        Err(fault) => broken(&fault.render(&annotate_snippets::Renderer::plain())),
    }
}

/// A page that says what is wrong, and reloads when it is mended.
fn broken(report: &str) -> Answer {
    let report = ammonia::clean_text(report);
    let page = format!(
        "<!DOCTYPE html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Innehållet har fel</title>\
         <script src=\"/live.js\" defer></script><main><h1>Innehållet har fel</h1>\
         <p>Rätta felet och spara: sidan laddas om av sig själv.</p><pre>{report}</pre></main></html>"
    );
    Answer { status: 500, kind: "text/html; charset=utf-8", bytes: page.into_bytes() }
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
