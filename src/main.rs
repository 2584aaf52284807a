//! Exit codes, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    samverk::cli::run(std::env::args_os())
}
