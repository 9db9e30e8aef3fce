//! The composition root: what must happen before anything else, then the command line.

use std::alloc::System;
use std::process::ExitCode;

use adsauth::adapters::{clipboard, process};
use adsauth::cli;
use zeroizing_alloc::ZeroAlloc;

/// Wipes whatever is freed: HTTP, TLS, JSON and the screen hold copies of secrets in buffers that are not ours to wipe.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() == Some(clipboard::HOLD_CLIPBOARD.as_ref()) {
        return clipboard::hold_clipboard(arguments);
    }
    process::harden();
    cli::run()
}
