//! Values, objects, types, memory, frames and the meaning of every op.

pub mod buffer;
pub mod call;
pub mod exception;
pub mod frame;
pub mod mem;
pub mod object;
pub mod ops;
pub mod protocol;
mod startup;
pub mod thread;
pub mod types;
pub mod value;
pub mod vm;

/// What code that works with objects needs at hand.
pub mod prelude {
    pub use crate::call::{Args, OwnedArgs, Sig};
    pub use crate::exception::Raised;
    pub use crate::object::{
        ClassSpec, Cmp, GetSetDef, MethodDef, MutCell, NoTrace, Payload, PyBuiltin, Slots,
        TypeObject, define_class, define_plain_class, extend_class, new_object, type_flags,
    };
    pub use crate::py_class;
    pub use crate::types::*;
    pub use crate::value::{Owned, Value};
    pub use crate::vm::{PyResult, Vm};
}
