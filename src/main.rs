//! The `pyjit` command.

use std::io::Write;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: pyjit::memory::Allocator = pyjit::memory::Allocator;

/// Called before `main`, and before the first allocation.
// SAFETY: what the section holds is called as such a function.
#[used]
#[unsafe(link_section = ".init_array")]
static START_SMALL: extern "C" fn() = pyjit::memory::start_small;

/// How long a program runs until it is worth while to give it huge pages.
const SHORT: Duration = Duration::from_millis(50);

fn main() {
    let args = std::env::args_os().collect();
    let thread = std::thread::Builder::new()
        .stack_size(pyjit::engine::NATIVE_STACK)
        .spawn(move || exit(pyjit::cli::main(args)));
    let Ok(thread) = thread else {
        eprintln!("pyjit: cannot start the main thread");
        exit(1);
    };
    // Signals are for the thread that runs Python code.
    pyjit_modules::system::signals::block_all();
    std::thread::sleep(SHORT);
    pyjit::memory::grow();
    // The program's thread ends the process.
    let _ = thread.join();
}

/// Ends the process. Nothing is torn down: the kernel is quicker than the allocator.
fn exit(status: i32) -> ! {
    let _ = std::io::stdout().flush();
    // SAFETY: ends the process at once.
    unsafe { libc::_exit(status) }
}
