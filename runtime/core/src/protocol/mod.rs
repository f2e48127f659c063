//! What Python's operations mean, stated once as methods of [`Vm`](crate::vm::Vm): the ops' slow functions, the native
//! modules and the types' methods all call these.

mod attr;
mod calling;
mod compare;
mod container;
mod convert;
mod iterate;
mod number;
mod report;
mod text;

pub use compare::unhashable;
pub use container::Subscript;
pub use number::{BinaryOp, UnaryOp};
pub use report::SCRIPT_DIR;
