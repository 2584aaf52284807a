//! Server-sent events: every open page is told when something changed.

use std::io::Write;
use std::sync::Mutex;

/// More open pages than this are told nothing; nobody has so many.
const MOST: usize = 64;

/// The writing ends of the open event streams.
#[derive(Default)]
pub struct Subscribers(Mutex<Vec<Box<dyn Write + Send>>>);

impl Subscribers {
    /// Takes over a connection whose request has been read, and begins its stream with what `first` says. Nothing is told
    /// to all meanwhile, so that no event falls between.
    pub fn add(&self, mut stream: Box<dyn Write + Send>, first: impl FnOnce() -> String) {
        let mut streams = self.0.lock().expect("no thread panics while it writes events");
        let first = first();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        let begun = stream.write_all(format!("{head}retry: 300\n\n{first}").as_bytes()).and_then(|()| stream.flush());
        if begun.is_ok() && streams.len() < MOST {
            streams.push(stream);
        }
    }

    /// Sends one event to all; streams whose page is gone are dropped.
    pub fn tell(&self, event: &str) {
        let mut streams = self.0.lock().expect("no thread panics while it writes events");
        streams.retain_mut(|stream| stream.write_all(event.as_bytes()).and_then(|()| stream.flush()).is_ok());
    }
}
