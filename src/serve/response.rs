//! What the preview answers.

use super::Shared;
use super::request::{self, Refusal};
use super::state::State;
use crate::diagnostic::Diagnostic;
use crate::render::{Renderer, Route};
use crate::search::PREVIEW_CLIENT;
use std::io::Cursor;
use tiny_http::{Header, Request, Response};

/// The script that every page of the preview loads.
const LIVE_JS: &str = include_str!("live.js");

struct Answer {
    status: u16,
    kind: &'static str,
    bytes: Vec<u8>,
}

/// Answers one request. A reader who went away is nobody's fault.
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
    let header = |name: &str, value: &str| Header::from_bytes(name, value).expect("a fixed header is well-formed");
    let length = Some(answer.bytes.len());
    let headers = vec![
        header("Content-Type", answer.kind),
        header("Cache-Control", "no-store"),
        header("X-Content-Type-Options", "nosniff"),
    ];
    drop(request.respond(Response::new(answer.status.into(), headers, Cursor::new(answer.bytes), length, None)));
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
