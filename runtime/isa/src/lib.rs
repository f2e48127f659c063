//! The instruction set: CPython 3.14's canonical bytecode and the threaded form made from it.
#![forbid(unsafe_code)]

pub mod code;
pub mod effects;
pub mod exctable;
pub mod lines;
pub mod opcode;
pub mod packed;
pub mod threaded;
