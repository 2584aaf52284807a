//! PDF by one of two roads, both through another process: `pdftotext` where it is installed, which knows tables and broken
//! files best, else the reader that is built in.

mod child;
mod layout;
mod own;
mod widths;

use super::flow::MOST_TEXT;
use super::{Refusal, text};
use crate::import::Piece;
use child::Ended;
use std::ffi::OsStr;
use std::process::Command;
use std::time::Duration;

/// The command of this program that [`answer`]s.
pub const OWN_COMMAND: &str = "read-pdf";
/// Set to `own`, it takes the built-in reader where `pdftotext` is installed too.
const CHOICE: &str = "SAMVERK_PDF";
/// Seconds that reading may take.
const LONGEST: u64 = 10;
/// Megabytes of memory that the built-in reader may take, and kilobytes of address space for the other.
const MOST_MEMORY: usize = 512;
const MOST_ADDRESSES: usize = 384 << 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Road {
    Pdftotext,
    Own,
}

/// The pieces of a PDF's text layer.
pub(super) fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, Refusal> {
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Refusal::Damaged { what: "filen är ingen pdf".to_owned() });
    }
    let text = match road() {
        Road::Pdftotext => pdftotext(bytes)?,
        Road::Own => built_in(bytes)?,
    };
    if text.len() > MOST_TEXT {
        return Err(Refusal::TooMuchText { limit: MOST_TEXT >> 20 });
    }
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 20 {
        return Err(Refusal::NoTextLayer);
    }
    text::pieces(&text)
}

/// What an editor should know of how PDF files are read on this machine.
pub(super) fn remark() -> Option<&'static str> {
    (road() == Road::Own)
        .then_some("läst med den inbyggda pdf-läsaren: jämför tabeller och spalter med originalet, eller installera pdftotext (poppler), som läser dem säkrare")
}

/// What the built-in reader says of a file, for the process that asked.
pub fn answer(bytes: Vec<u8>) -> String {
    own::answer(bytes).written()
}

fn road() -> Road {
    let name = if cfg!(windows) { "pdftotext.exe" } else { PROGRAM[0] };
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let installed = || std::env::split_paths(&folders).any(|folder| folder.join(name).is_file());
    let chosen = std::env::var_os(CHOICE).is_some_and(|choice| choice == "own");
    if !chosen && installed() { Road::Pdftotext } else { Road::Own }
}

const PROGRAM: [&str; 6] = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"];

fn pdftotext(bytes: &[u8]) -> Result<String, Refusal> {
    let Ended { code, output, errors } = ended(bounded_pdftotext(), bytes)?;
    match code {
        Some(0) => Ok(output),
        Some(127) => Err(missing()),
        _ if ["assword", "ncrypt", "ecrypt"].iter().any(|word| errors.contains(word)) => Err(Refusal::Encrypted),
        Some(_) if !errors.trim().is_empty() => {
            Err(Refusal::Damaged { what: errors.lines().next().unwrap_or_default().to_owned() })
        }
        // A signal: the bounds of the shell, or a fault of the program.
        _ => Err(Refusal::Broken),
    }
}

fn ended(command: Command, bytes: &[u8]) -> Result<Ended, Refusal> {
    child::run(command, bytes, Duration::from_secs(LONGEST)).unwrap_or_else(|| Err(missing()))
}

/// The shell sets the bounds of memory and processor time before it becomes the program.
#[cfg(unix)]
fn bounded_pdftotext() -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("ulimit -v {MOST_ADDRESSES}; ulimit -t {LONGEST}; exec \"$@\""), "sh"]).args(PROGRAM);
    command
}

#[cfg(not(unix))]
fn bounded_pdftotext() -> Command {
    let mut command = Command::new(PROGRAM[0]);
    command.args(&PROGRAM[1..]);
    command
}

fn missing() -> Refusal {
    Refusal::ProgramMissing { program: PROGRAM[0], package: "poppler-utils" }
}

fn built_in(bytes: &[u8]) -> Result<String, Refusal> {
    let program = std::env::current_exe().map_err(|_| missing())?;
    let Ended { code, output, errors } = ended(bounded_self(program.as_os_str()), bytes)?;
    match own::Answer::read(&output) {
        Some(own::Answer::Text(text)) => Ok(text),
        Some(own::Answer::Locked) => Err(Refusal::Encrypted),
        Some(own::Answer::Damaged) => Err(Refusal::BeyondReader),
        None if errors.contains("memory allocation") => Err(Refusal::TooMuchMemory { limit: MOST_MEMORY }),
        // Whoever calls the library from another program has no reader built in.
        None if code == Some(0) => Err(missing()),
        None => Err(Refusal::BeyondReader),
    }
}

/// The allocator itself keeps to the bound, wherever the program runs: it may not ask for more than it set aside at first.
fn bounded_self(program: &OsStr) -> Command {
    let mut command = Command::new(program);
    command.arg(OWN_COMMAND);
    command.env("MIMALLOC_RESERVE_OS_MEMORY", format!("{MOST_MEMORY}MiB")).env("MIMALLOC_DISALLOW_OS_ALLOC", "1");
    command
}
