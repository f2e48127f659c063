//! pyjit: Python 3.14 as a library. The command line (`main.rs`, `cli/`) is made of this.

pub mod cli;
pub mod engine;
mod interp;
pub mod memory;
pub mod options;
