//! PDF through `pdftotext`: another program, in a child with bounds of time and memory, because no file may bring the portal
//! down with it.

use super::flow::MOST_TEXT;
use super::{Refusal, text};
use crate::import::Piece;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Seconds that reading may take.
const LONGEST: u64 = 10;
/// Kilobytes of memory that the child may take.
const MOST_MEMORY: usize = 512 << 10;
/// The pieces of a PDF's text layer.
pub(super) fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Refusal::Damaged { what: "filen är ingen pdf".to_owned() });
    }
    let text = run(bytes)?;
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 20 {
        return Err(Refusal::NoTextLayer);
    }
    Ok(text::pieces(&text))
}

fn run(bytes: &[u8]) -> Result<String, Refusal> {
    let mut child =
        command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|_| missing())?;
    let input = child.stdin.take().map(|mut pipe| {
        let bytes = bytes.to_vec();
        // The child may stop reading; what it then says is the answer.
        std::thread::spawn(move || pipe.write_all(&bytes).is_ok())
    });
    let (output, errors) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let status = wait(&mut child);
    drop(input);
    let errors = errors.recv().unwrap_or_default();
    let errors = String::from_utf8_lossy(&errors);
    match status? {
        Some(0) => Ok(String::from_utf8_lossy(&output.recv().unwrap_or_default()).into_owned()),
        Some(127) => Err(missing()),
        _ if errors.contains("assword") || errors.contains("ncrypt") => Err(Refusal::Encrypted),
        _ => Err(Refusal::Damaged { what: errors.lines().next().unwrap_or("pdftotext avbröts").to_owned() }),
    }
}

/// The shell sets the bound of memory before it becomes the program.
#[cfg(unix)]
fn command() -> Command {
    let mut command = Command::new("sh");
    let script = format!("ulimit -v {MOST_MEMORY}; exec pdftotext -layout -enc UTF-8 - -");
    command.args(["-c", &script]);
    command
}

#[cfg(not(unix))]
fn command() -> Command {
    let mut command = Command::new("pdftotext");
    command.args(["-layout", "-enc", "UTF-8", "-", "-"]);
    command
}

fn missing() -> Refusal {
    Refusal::ProgramMissing { program: "pdftotext", package: "poppler-utils" }
}

/// Reads a pipe to its end beside the waiting, never more than the cap.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What came before a failure is still the child's answer.
            let _ = pipe.take(MOST_TEXT as u64 + 1).read_to_end(&mut bytes);
        }
        // No one waits for it any longer when the child was stopped.
        let _ = sender.send(bytes);
    });
    receiver
}

/// The exit code; `None` when a signal ended it.
fn wait(child: &mut Child) -> Result<Option<i32>, Refusal> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) if start.elapsed() > Duration::from_secs(LONGEST) => {
                // It may have ended this moment; either way it is gone.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Refusal::TooSlow { seconds: LONGEST });
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Refusal::Damaged { what: error.to_string() }),
        }
    }
}
