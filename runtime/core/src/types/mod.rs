//! Payloads of the built-in types that the ops and the object model themselves need. Their methods stand in the `types`
//! crate; here are the structs, constructors and the operations that every tier calls.

mod alias;
mod bytes;
mod code;
mod code_parts;
mod dict;
mod float;
mod function;
mod generator;
mod int;
mod interned;
mod iter;
mod list;
mod module;
mod range;
mod set;
mod slice;
mod str;
mod tuple;

pub use alias::*;
pub use bytes::*;
pub use code::*;
pub use code_parts::{CodeParts, PackedCode, const_value};
pub use dict::*;
pub use float::*;
pub use function::*;
pub use generator::*;
pub use int::*;
pub use interned::Interned;
pub use iter::*;
pub use list::*;
pub use module::*;
pub use range::*;
pub use set::*;
pub use slice::*;
pub use str::*;
pub use tuple::*;
