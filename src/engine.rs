//! Starting the runtime and compiling source: what everything above the interpreter begins with.

use pyjit_core::prelude::*;
use pyjit_core::vm::Options;

/// Native stack of the thread that runs Python code; committed only as it is used.
pub const NATIVE_STACK: usize = 512 << 20;

/// Makes the runtime with all built-in classes and the interpreter. Call once, on the thread that will run Python code.
pub fn start(options: Options) -> Result<&'static Vm, String> {
    let vm = Vm::start(options, pyjit_types::core_classes);
    if !vm.thread.reserve(NATIVE_STACK) {
        return Err("cannot reserve memory for the frame stack".into());
    }
    crate::interp::install(vm, compile);
    pyjit_types::init(vm);
    Ok(vm)
}

pub use pyjit_modules::compiling::{compile, syntax_error};
