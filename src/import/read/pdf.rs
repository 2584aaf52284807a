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
const MOST_MEMORY: usize = 384 << 10;

/// The pieces of a PDF's text layer.
pub(super) fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Refusal::Damaged { what: "filen är ingen pdf".to_owned() });
    }
    let text = run(bytes)?;
    if text.len() > MOST_TEXT {
        return Err(Refusal::TooMuchText { limit: MOST_TEXT >> 20 });
    }
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 20 {
        return Err(Refusal::NoTextLayer);
    }
    text::pieces(&text)
}

const PROGRAM: [&str; 6] = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"];

fn run(bytes: &[u8]) -> Result<String, Refusal> {
    let child = command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(|_| missing())?;
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
        _ if ["assword", "ncrypt", "ecrypt"].iter().any(|word| errors.contains(word)) => Err(Refusal::Encrypted),
        Some(101) | None => Err(Refusal::Damaged { what: "läsningen avbröts".to_owned() }),
        _ => Err(Refusal::Damaged { what: errors.lines().next().unwrap_or("läsningen avbröts").to_owned() }),
    }
}

/// The shell sets the bounds of memory and processor time before it becomes the program.
#[cfg(unix)]
fn command() -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("ulimit -v {MOST_MEMORY}; ulimit -t {LONGEST}; exec \"$@\""), "sh"]).args(PROGRAM);
    command
}

#[cfg(not(unix))]
fn command() -> Command {
    let mut command = Command::new(PROGRAM[0]);
    command.args(&PROGRAM[1..]);
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
