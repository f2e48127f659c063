//! The slow functions: every op's whole meaning. An operand that is a temp is consumed, on success and on failure.

mod arith;
mod attr;
mod build;
mod control;
mod load;
mod matching;
mod subscript;

pub use arith::*;
pub use attr::*;
pub use build::*;
pub use control::*;
pub use load::*;
pub use matching::*;
pub use subscript::*;
