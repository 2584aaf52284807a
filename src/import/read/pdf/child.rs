//! Another program in a process of its own, with bounds of time, memory and output: no file may bring the portal down with
//! it.

use super::super::Refusal;
use super::super::flow::MOST_TEXT;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// More than the text itself, since the program may say a word before it.
const MOST_OUTPUT: u64 = MOST_TEXT as u64 + 100;

/// How the program ended.
pub(super) struct Ended {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

/// Runs the program with `input` to read, at most so long. `None` where it could not be started.
pub(super) fn run(mut command: Command, input: &[u8], longest: Duration) -> Option<Result<Ended, Refusal>> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.ok()?;
    if let Some(mut pipe) = child.stdin.take() {
        let input = input.to_vec();
        // The child may stop reading; what it then says is the answer.
        std::thread::spawn(move || pipe.write_all(&input).is_ok());
    }
    let (output, errors) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let text = |pipe: Receiver<Vec<u8>>| String::from_utf8_lossy(&pipe.recv().unwrap_or_default()).into_owned();
    Some(wait(&mut child, longest).map(|code| Ended { code, output: text(output), errors: text(errors) }))
}

/// Reads a pipe to its end beside the waiting, never more than the cap.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What came before a failure is still the child's answer.
            let _ = pipe.take(MOST_OUTPUT).read_to_end(&mut bytes);
        }
        // No one waits for it any longer when the child was stopped.
        let _ = sender.send(bytes);
    });
    receiver
}

/// The exit code; `None` when a signal ended it.
fn wait(child: &mut Child, longest: Duration) -> Result<Option<i32>, Refusal> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) if start.elapsed() > longest => {
                // It may have ended this moment; either way it is gone.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Refusal::TooSlow { seconds: longest.as_secs() });
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Refusal::Damaged { what: error.to_string() }),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, longest: Duration) -> Result<Ended, Refusal> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        run(command, b"in", longest).expect("a shell")
    }

    #[test]
    fn a_program_answers_or_is_stopped() {
        let ended = shell("cat; echo no >&2; exit 3", Duration::from_secs(9)).expect("an end");
        assert_eq!((ended.code, ended.output.as_str(), ended.errors.as_str()), (Some(3), "in", "no\n"));
        let start = Instant::now();
        let stopped = shell("exec sleep 60", Duration::from_millis(50)).map(|ended| ended.code);
        assert_eq!(stopped, Err(Refusal::TooSlow { seconds: 0 }));
        assert!(start.elapsed() < Duration::from_secs(30));
        let ended = shell("yes ja", Duration::from_secs(9)).expect("an end when nobody listens");
        assert_eq!(ended.output.len() as u64, MOST_OUTPUT);
    }
}
