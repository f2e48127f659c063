//! The `pyjit` command.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args = std::env::args_os().collect();
    let thread = std::thread::Builder::new()
        .stack_size(pyjit::engine::NATIVE_STACK)
        .spawn(move || pyjit::cli::main(args));
    let status = match thread.map(|t| {
        // Signals are for the thread that runs Python code.
        pyjit_modules::system::signals::block_all();
        t.join()
    }) {
        Ok(Ok(status)) => status,
        _ => {
            eprintln!("pyjit: cannot start the main thread");
            1
        }
    };
    std::process::exit(status);
}
