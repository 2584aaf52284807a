//! Exit codes and the allocator, nothing else.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Ten thousand documents are some twenty million small strings, made by several threads and freed by others: the
/// system's allocator spends as long on them as everything else together.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    samverk::cli::run(std::env::args_os())
}
