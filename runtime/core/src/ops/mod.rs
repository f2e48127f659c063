//! The meaning of the ops, shared by both dispatchers and the JIT: `slow/` holds what each op does in full, `fast.rs` the
//! bodies that both dispatchers inline, written against the vocabulary of `emit.rs`.

mod act;
mod emit;
pub mod fast;
pub mod slow;

pub use act::{Act, SlowFn, TestFn};
pub use emit::{Arith, Emit, Fast, Miss};
